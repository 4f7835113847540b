//! The charts of the inspector: small canvases, each painted when what it shows, its width or the theme has changed.

use gilscope::interop::export::named;
use gilscope::scene::svg::to_svg;
use gilscope::scene::{Scene, Size, charts};
use gilscope::time::Time;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, HtmlCanvasElement};

use super::app::App;
use super::export::download;
use super::{document, window};

/// What a chart was last painted for.
const PAINTED: &str = "data-painted";

/// How wide a chart is that is saved, in CSS pixels.
const SAVED: f64 = 640.0;

/// What a chart shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chart {
    /// How many cores were busy, over time.
    Busy,
    /// Each thread's life by state.
    Lives,
    /// How many wake-ups took how long.
    Wakes,
}

impl Chart {
    const ALL: [Self; 3] = [Self::Busy, Self::Lives, Self::Wakes];

    /// The name of its canvas.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Busy => "chart-busy",
            Self::Lives => "chart-lives",
            Self::Wakes => "chart-wakes",
        }
    }

    /// What a button does that saves it.
    pub(crate) const fn saving(self) -> &'static str {
        match self {
            Self::Busy => "Save cores as SVG",
            Self::Lives => "Save threads as SVG",
            Self::Wakes => "Save wake-ups as SVG",
        }
    }

    /// What it is called.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Busy => charts::BUSY,
            Self::Lives => charts::LIVES,
            Self::Wakes => charts::WAKES,
        }
    }

    /// The end of its file's name.
    const fn file(self) -> &'static str {
        match self {
            Self::Busy => "-cores.svg",
            Self::Lives => "-threads.svg",
            Self::Wakes => "-wake-ups.svg",
        }
    }
}

impl App {
    /// Paints the charts that are shown and do not look as they should.
    pub(super) fn paint_charts(&self) {
        for chart in Chart::ALL {
            let canvas = document().get_element_by_id(chart.id()).and_then(|c| c.dyn_into::<HtmlCanvasElement>().ok());
            let Some((canvas, (from, until))) = canvas.zip(self.numbers_of()) else { continue };
            let width = canvas.client_width();
            let session = self.session();
            let look = [
                self.shown().theme.theme() as u64,
                width.unsigned_abs().into(),
                (window().device_pixel_ratio() * 100.0) as u64,
                session.generation(),
                session.run().trace().len() as u64,
                from.ns(),
                until.ns(),
                // Of much there are at first figures of a part.
                self.metrics_between(from, until).until.ns(),
            ];
            let look = look.map(|n| n.to_string()).join(" ");
            if width == 0 || canvas.get_attribute(PAINTED).as_ref() == Some(&look) {
                continue;
            }
            let _ = canvas.set_attribute(PAINTED, &look);
            let scene = self.chart(chart, (from, until), width.into(), None);
            let size = Size { w: width.into(), h: scene.height };
            let _ = canvas.style().set_property("height", &format!("{}px", size.h.ceil() as u32));
            self.blit(&canvas, &scene.shapes, size);
        }
    }

    /// Saves a chart as it is shown, wider.
    pub(super) fn save_chart(&self, chart: Chart) {
        let Some((from, until)) = self.numbers_of() else { return };
        let svg =
            to_svg(&self.chart(chart, (from, until), SAVED, Some(chart.title())), SAVED, self.shown().theme.theme());
        let name = named(&self.session(), chart.file());
        let saved = Blob::new_with_str_sequence(&Array::of1(&svg.into())).is_ok_and(|blob| download(&name, &blob));
        let said = if saved { format!("Saved {name}") } else { "The browser does not save files here.".to_owned() };
        self.show(|s| s.notice = Some(said));
    }

    fn chart(&self, chart: Chart, (from, until): (Time, Time), width: f64, title: Option<&str>) -> Scene {
        let session = self.session();
        let run = session.run();
        match chart {
            Chart::Busy => charts::busy(run, from, until, width, title),
            Chart::Lives => charts::lives(run.plan(), &self.metrics_between(from, until), width, title),
            Chart::Wakes => charts::wakes(&self.metrics_between(from, until), width, title),
        }
    }
}
