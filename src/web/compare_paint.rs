//! The work of the panel “Compare” between frames: computing a little more, and painting.

use gilscope::scene::compare::compared;
use gilscope::scene::svg::to_svg;
use gilscope::scene::sweep_chart::{Chart, Drawn, sweep_chart};
use gilscope::scene::{Scene, Shape, Size, Theme};
use gilscope::session::sweep::name;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use super::app::App;
use super::compare::Panel;
use super::compare_pair::{self, Pairing};
use super::compare_sweep::{self, Sweeping};
use super::{document, window};

/// How long is computed in one frame: milliseconds. The last bit begun may take some longer.
const COMPUTES_MS: f64 = 8.0;

/// How many instants are computed before the clock is looked at again.
const INSTANTS: usize = 400;

/// What a canvas was last painted for.
const PAINTED: &str = "data-painted";

/// The lanes of runs that are being computed are drawn anew after two to the power of so many records.
const OFTEN_ENOUGH: u32 = 15;

/// The height of a chart in CSS pixels, and on narrow screens.
const CHART: (f64, f64) = (460.0, 290.0);

/// The width of a chart that is saved, in CSS pixels.
const SAVED: f64 = 800.0;

impl App {
    /// Computes and paints what is missing, from the next frame on.
    pub(super) fn tend_compare(&self) {
        let Some(app) = self.frame.app() else { return };
        let callback = self.compare.callback.get_or_init(|| Closure::new(move |_: f64| app.on_compare_frame()));
        if !self.compare.scheduled.replace(true) {
            let _ = window().request_animation_frame(callback.as_ref().unchecked_ref());
        }
    }

    fn on_compare_frame(&self) {
        self.compare.scheduled.set(false);
        let (changed, more) = {
            let mut panel = self.compare.panel.borrow_mut();
            let Some(panel) = panel.as_mut() else { return };
            let (began, changed) = (js_sys::Date::now(), !panel.is_over());
            while !panel.is_over() {
                panel.advance();
                if js_sys::Date::now() - began > COMPUTES_MS {
                    break;
                }
            }
            panel.version += u32::from(changed);
            let painted = self.paint_panel(panel);
            (changed, !painted || !panel.is_over())
        };
        if changed {
            self.frame.ask_clock();
        }
        if more {
            self.tend_compare();
        }
    }

    /// Paints what is in sight; false while it has no place yet.
    fn paint_panel(&self, panel: &mut Panel) -> bool {
        let id = match (panel.sweeps, &panel.pairing, &panel.sweeping) {
            (true, _, Some(sweeping)) if sweeping.is_drawn() => compare_sweep::CANVAS,
            (false, Some(_), _) => compare_pair::CANVAS,
            _ => return true,
        };
        let found = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlCanvasElement>().ok());
        let Some((canvas, width)) = found.map(|c| (c.clone(), c.client_width())).filter(|(_, w)| *w > 0) else {
            return false;
        };
        let (theme, density) = (self.shown().theme.theme() as u8, (window().device_pixel_ratio() * 100.0) as u32);
        let look = format!("{theme} {density} {width} {}", panel.version);
        if canvas.get_attribute(PAINTED).as_ref() != Some(&look) {
            let _ = canvas.set_attribute(PAINTED, &look);
            let (shapes, height) = match (&mut panel.pairing, &mut panel.sweeping) {
                (_, Some(sweeping)) if panel.sweeps => sweeping.shapes(width.into()),
                (Some(pairing), _) => pairing.shapes(width),
                _ => return true,
            };
            self.blit(&canvas, &shapes, Size { w: width.into(), h: height });
        }
        true
    }
}

impl Panel {
    /// Whether all that is in sight is computed.
    fn is_over(&self) -> bool {
        match (self.sweeps, &self.pairing, &self.sweeping) {
            (true, _, Some(sweeping)) => sweeping.sweep.as_ref().map_or(true, |sweep| sweep.is_over()),
            (false, Some(pairing), _) => pairing.comparison.is_done(),
            _ => true,
        }
    }

    fn advance(&mut self) {
        match (self.sweeps, &mut self.pairing, &mut self.sweeping) {
            (true, _, Some(Sweeping { sweep: Ok(sweep), .. })) => {
                sweep.advance(INSTANTS);
            }
            (false, Some(pairing), _) => {
                pairing.comparison.advance(INSTANTS);
            }
            _ => {}
        }
    }
}

impl Pairing {
    /// The picture with its cursor, and its height. The lanes are drawn anew only where they have changed.
    fn shapes(&mut self, width: i32) -> (Vec<Shape>, f64) {
        let [a, b] = self.comparison.runs();
        // While they are computed, not with every frame.
        let bits = if self.comparison.is_done() { 0 } else { OFTEN_ENOUGH };
        let key = (width, a.trace().len() >> bits, b.trace().len() >> bits);
        if self.drawn.as_ref().is_none_or(|(of, _)| *of != key) {
            let [a, b] = &self.captions;
            let until = self.comparison.until();
            self.drawn = Some((key, compared(self.comparison.runs(), [a, b], until, width.into())));
        }
        let Some((_, drawn)) = &self.drawn else { return (Vec::new(), 0.0) };
        let mut shapes = drawn.shapes.clone();
        shapes.extend(drawn.cursor(self.comparison.cursor()));
        (shapes, drawn.height)
    }
}

impl Sweeping {
    /// The chart, and its height.
    fn shapes(&mut self, width: f64) -> (Vec<Shape>, f64) {
        let h = if width < 600.0 { CHART.1 } else { CHART.0 };
        self.drawn = self.chart(Size { w: width, h });
        (self.drawn.as_ref().map_or_else(Vec::new, |drawn| drawn.shapes.clone()), h)
    }

    /// The chart in a size; `None` without a sweep.
    fn chart(&self, size: Size) -> Option<Drawn> {
        let sweep = self.sweep.as_ref().ok()?;
        let (figure, parameter) = (self.asked.figure, sweep.parameter());
        let values: Vec<Option<f64>> = sweep.series(figure).into_iter().map(|v| v.map(|v| v as f64)).collect();
        let labels: Vec<String> = sweep.points().iter().map(|p| parameter.text(p.value)).collect();
        let bound = if sweep.has_amdahl(figure) { sweep.amdahl() } else { Vec::new() };
        let says = sweep.points().get(self.chosen).map(|p| {
            let value = sweep.says(self.chosen, figure);
            format!("{}: {value}", parameter.says(p.value))
        });
        Some(sweep_chart(&Chart {
            at: &sweep.places(),
            labels: &labels,
            across: parameter.name(),
            values: &values,
            up: name(figure),
            text: &|value| figure.unit.text(value as u64),
            bound: &bound,
            bound_name: "Amdahl’s law",
            chosen: says.as_deref().map(|says| (self.chosen, says)),
            size,
        }))
    }

    /// The chart as an SVG document, wide enough for a paper.
    pub(super) fn svg(&self, theme: Theme) -> Option<String> {
        let size = Size { w: SAVED, h: CHART.0 };
        let shapes = self.chart(size)?.shapes;
        Some(to_svg(&Scene { shapes, height: size.h, ..Scene::default() }, size.w, theme))
    }
}
