//! Paints a scene's shapes on a canvas.
//!
//! Calls into the browser are what painting costs, so the context's state is set only when it changes, and the widths of
//! texts are kept.

use std::collections::HashMap;

use gilscope::number::decimal;
use gilscope::scene::damage::Damage;
use gilscope::scene::shape::{Align, Fill, Pattern, Stroke};
use gilscope::scene::theme::Theme;
use gilscope::scene::{Flight, Ink, Point, Rect, Shape, Size, TextStyle};
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::strips::Strips;
use super::tiles::Tiles;

const FAMILY: &str = "system-ui, -apple-system, \"Segoe UI\", Roboto, \"DejaVu Sans\", sans-serif";

/// Texts up to this much wider than allowed are squeezed rather than cut: the scene reckons with mean characters.
const SQUEEZE: f64 = 1.15;

/// Widths of texts are forgotten beyond this many: figures that change with every frame would fill the memory.
const MOST_WIDTHS: usize = 4_000;

/// A canvas with all that is kept between two paintings.
pub(crate) struct Painter {
    canvas: HtmlCanvasElement,
    ctx: CanvasRenderingContext2d,
    theme: Theme,
    density: f64,
    /// By how much what is painted is displaced.
    by: Point,
    tiles: Tiles,
    strips: Strips,
    damage: Damage,
    colors: HashMap<Ink, String>,
    widths: HashMap<(u64, String), f64>,
    state: State,
}

/// What the context is set to, as far as it is known.
#[derive(Default)]
struct State {
    fill: Option<Ink>,
    stroke: Option<Ink>,
    alpha: Option<f64>,
    line_width: Option<f64>,
    dash: Option<f64>,
    font: Option<u64>,
    align: Option<Align>,
}

impl Painter {
    /// A painter for a canvas; `None` if the browser gives it no context.
    pub(crate) fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let ctx = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let (theme, density) = (Theme::Light, 1.0);
        let tiles = Tiles::new(theme, density);
        let (colors, widths) = (HashMap::new(), HashMap::new());
        let by = Point::default();
        let (state, strips, damage) = (State::default(), Strips::default(), Damage::default());
        Some(Self { canvas, ctx, theme, density, by, tiles, strips, damage, colors, widths, state })
    }

    /// The browser has lost what was painted: all of it is to be painted again.
    pub(crate) fn forget(&mut self) {
        self.damage.forget();
    }

    /// Paints what is different from last time, and what flies above the rest. `size` is in CSS pixels, `density` in device
    /// pixels per CSS pixel.
    pub(crate) fn paint(&mut self, shapes: &[Shape], flights: &[Flight], size: Size, density: f64, theme: Theme) {
        if theme != self.theme || density != self.density {
            (self.theme, self.density) = (theme, density);
            self.tiles = Tiles::new(theme, density);
            self.colors.clear();
            self.damage.forget();
        }
        let (width, height) = ((size.w * density).round() as u32, (size.h * density).round() as u32);
        if self.canvas.width() != width || self.canvas.height() != height {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
            self.damage.forget();
        }
        let mut damage = std::mem::take(&mut self.damage);
        let bands = damage.take_in(shapes, flights, (width, height), density);
        if !bands.is_empty() {
            self.strips.paint(shapes, theme);
        }
        for band in bands {
            self.band(band);
            for step in damage.steps(band) {
                if step.by != self.by {
                    self.moved(step.by);
                }
                self.shape(step.shape, &shapes[step.shape]);
            }
            self.ctx.restore();
        }
        self.damage = damage;
    }

    /// Clears a band, given in device pixels, to which what follows is cut until the context is restored.
    fn band(&mut self, Rect { x, y, w, h }: Rect) {
        let _ = self.ctx.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        self.ctx.save();
        self.ctx.begin_path();
        self.ctx.rect(x, y, w, h);
        self.ctx.clip();
        self.ctx.clear_rect(x, y, w, h);
        // A canvas whose size was set, or whose clip was restored, has forgotten the rest.
        self.state = State::default();
        self.moved(Point::default());
        self.ctx.set_text_baseline("middle");
        self.ctx.set_line_join("round");
    }

    /// Paints what follows displaced.
    fn moved(&mut self, by: Point) {
        self.by = by;
        let d = self.density;
        let _ = self.ctx.set_transform(d, 0.0, 0.0, d, d * by.x, d * by.y);
    }

    fn shape(&mut self, place: usize, shape: &Shape) {
        match shape {
            Shape::Rect { rect, radius, fill, stroke } => self.rect(rect, *radius, fill.as_ref(), stroke.as_ref()),
            Shape::Line { from, to, stroke } => {
                self.ctx.begin_path();
                self.ctx.move_to(from.x, from.y);
                self.ctx.line_to(to.x, to.y);
                self.stroke(stroke);
            }
            Shape::Circle { center, radius, fill, stroke } => {
                self.ctx.begin_path();
                let _ = self.ctx.arc(center.x, center.y, radius.max(0.0), 0.0, std::f64::consts::TAU);
                self.fill_and_stroke(fill.as_ref(), stroke.as_ref());
            }
            Shape::Path { points, closed, fill, stroke } => {
                self.trace(points, *closed);
                self.fill_and_stroke(fill.as_ref(), stroke.as_ref());
            }
            Shape::Text { text, at, align, style, ink, max_width } => {
                self.text(text, *at, *align, style, *ink, *max_width);
            }
            Shape::Columns { rect, columns } => {
                self.set_alpha(1.0);
                self.strips.show(&self.ctx, place, rect, columns);
            }
            Shape::Clip(rect) => {
                self.ctx.save();
                self.ctx.begin_path();
                self.ctx.rect(rect.x, rect.y, rect.w, rect.h);
                self.ctx.clip();
            }
            Shape::Unclip => {
                self.ctx.restore();
                self.state = State::default();
            }
        }
    }

    fn rect(&mut self, rect: &Rect, radius: f64, fill: Option<&Fill>, stroke: Option<&Stroke>) {
        if rect.w <= 0.0 || rect.h <= 0.0 {
            return;
        }
        // Without a path: of these there may be thousands.
        if radius <= 0.0 && fill.is_none_or(|fill| fill.pattern == Pattern::Solid) {
            if let Some(Fill { ink, alpha, .. }) = fill {
                self.set_fill(*ink, f64::from(*alpha));
                self.ctx.fill_rect(rect.x, rect.y, rect.w, rect.h);
            }
            if let Some(stroke) = stroke {
                self.set_stroke(stroke);
                self.ctx.stroke_rect(rect.x, rect.y, rect.w, rect.h);
            }
            return;
        }
        self.ctx.begin_path();
        let radius = radius.min(rect.w / 2.0).min(rect.h / 2.0);
        if radius > 0.0 {
            let _ = self.ctx.round_rect_with_f64(rect.x, rect.y, rect.w, rect.h, radius);
        } else {
            self.ctx.rect(rect.x, rect.y, rect.w, rect.h);
        }
        self.fill_and_stroke(fill, stroke);
    }

    fn trace(&self, points: &[Point], closed: bool) {
        self.ctx.begin_path();
        for (i, p) in points.iter().enumerate() {
            if i == 0 {
                self.ctx.move_to(p.x, p.y);
            } else {
                self.ctx.line_to(p.x, p.y);
            }
        }
        if closed {
            self.ctx.close_path();
        }
    }

    /// Fills and strokes the current path.
    fn fill_and_stroke(&mut self, fill: Option<&Fill>, stroke: Option<&Stroke>) {
        if let Some(fill) = fill {
            self.set_fill(fill.ink, f64::from(fill.alpha));
            self.ctx.fill();
            if let Some(tile) = self.tiles.of(fill.pattern) {
                // The path keeps its place; the pattern is in device pixels, so that its edges are sharp.
                let _ = self.ctx.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
                self.ctx.set_fill_style_canvas_pattern(tile);
                self.ctx.fill();
                self.state.fill = None;
                self.moved(self.by);
            }
        }
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
    }

    /// Strokes the current path.
    fn stroke(&mut self, stroke: &Stroke) {
        self.set_stroke(stroke);
        self.ctx.stroke();
    }

    fn set_stroke(&mut self, stroke: &Stroke) {
        self.set_alpha(f64::from(stroke.alpha));
        if self.state.stroke.replace(stroke.ink) != Some(stroke.ink) {
            let ctx = self.ctx.clone();
            ctx.set_stroke_style_str(self.color(stroke.ink));
        }
        if self.state.line_width.replace(stroke.width) != Some(stroke.width) {
            self.ctx.set_line_width(stroke.width);
        }
        if self.state.dash.replace(stroke.dash) != Some(stroke.dash) {
            let dashes = if stroke.dash > 0.0 {
                js_sys::Array::of2(&stroke.dash.into(), &stroke.dash.into())
            } else {
                js_sys::Array::new()
            };
            let _ = self.ctx.set_line_dash(&dashes);
        }
    }

    fn text(&mut self, text: &str, at: Point, align: Align, style: &TextStyle, ink: Ink, max_width: f64) {
        let font = self.set_font(style);
        let shown = self.fitted(font, text, max_width);
        if shown.is_empty() {
            return;
        }
        self.set_fill(ink, 1.0);
        if self.state.align.replace(align) != Some(align) {
            self.ctx.set_text_align(match align {
                Align::Start => "left",
                Align::Middle => "center",
                Align::End => "right",
            });
        }
        let _ = self.ctx.fill_text_with_max_width(&shown, at.x, at.y, max_width);
    }

    /// The text, or as much of its beginning as fits with “…”; nothing where not even one character would.
    fn fitted<'t>(&mut self, font: u64, text: &'t str, max_width: f64) -> std::borrow::Cow<'t, str> {
        if self.width(font, text) <= max_width * SQUEEZE {
            return text.into();
        }
        let ends: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
        let cut = |end: usize| format!("{}…", text[..end].trim_end());
        // The most characters that fit, by bisection over the widths.
        let (mut fits, mut too_many) = (0, ends.len());
        while too_many - fits > 1 {
            let middle = usize::midpoint(fits, too_many);
            if self.width(font, &cut(ends[middle])) <= max_width {
                fits = middle;
            } else {
                too_many = middle;
            }
        }
        if fits == 0 { "".into() } else { cut(ends[fits]).into() }
    }

    fn width(&mut self, font: u64, text: &str) -> f64 {
        let key = (font, text.to_owned());
        if let Some(width) = self.widths.get(&key) {
            return *width;
        }
        if self.widths.len() >= MOST_WIDTHS {
            self.widths.clear();
        }
        let width = self.ctx.measure_text(text).map_or(0.0, |m| m.width());
        self.widths.insert(key, width);
        width
    }

    /// Sets the font and answers with its key. `tabular` needs nothing: the digits of these fonts are of equal width.
    fn set_font(&mut self, style: &TextStyle) -> u64 {
        let key = style.size.to_bits() << 1 | u64::from(style.bold);
        if self.state.font.replace(key) != Some(key) {
            let weight = if style.bold { 600 } else { 400 };
            self.ctx.set_font(&format!("{weight} {}px {FAMILY}", decimal(style.size)));
        }
        key
    }

    fn set_fill(&mut self, ink: Ink, alpha: f64) {
        self.set_alpha(alpha);
        if self.state.fill.replace(ink) != Some(ink) {
            let ctx = self.ctx.clone();
            ctx.set_fill_style_str(self.color(ink));
        }
    }

    fn set_alpha(&mut self, alpha: f64) {
        if self.state.alpha.replace(alpha) != Some(alpha) {
            self.ctx.set_global_alpha(alpha);
        }
    }

    fn color(&mut self, ink: Ink) -> &str {
        self.colors.entry(ink).or_insert_with(|| {
            let [r, g, b] = self.theme.rgb(ink);
            format!("rgb({r} {g} {b})")
        })
    }
}
