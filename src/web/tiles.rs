//! Patterns over an even fill, made once per theme and pixel density.

use gilscope::number::decimal;
use gilscope::scene::Ink;
use gilscope::scene::shape::Pattern;
use gilscope::scene::theme::Theme;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasPattern, CanvasRenderingContext2d, HtmlCanvasElement};

use super::document;

/// The patterns of one theme at one pixel density.
pub(crate) struct Tiles {
    stripes: Option<CanvasPattern>,
    dots: Option<CanvasPattern>,
    checks: Option<CanvasPattern>,
}

impl Tiles {
    /// Makes the tiles. A browser that cannot make one shows the even fill.
    pub(crate) fn new(theme: Theme, density: f64) -> Self {
        let [r, g, b] = theme.rgb(Ink::Panel);
        // The strengths are those of the pictures as SVG documents.
        let make = |size: f64, strength: f64, paint: &dyn Fn(&CanvasRenderingContext2d, f64)| {
            tile(size * density, &format!("rgb({r} {g} {b} / {})", decimal(strength)), paint)
        };
        Self {
            // Ten pixels along the edge are seven between the stripes, which run down to the left.
            stripes: make(10.0, 0.45, &|ctx, s| {
                ctx.set_line_width(s * 0.25);
                ctx.begin_path();
                for shift in [-s, 0.0, s] {
                    ctx.move_to(shift - s * 0.5, s * 1.5);
                    ctx.line_to(shift + s * 1.5, -s * 0.5);
                }
                ctx.stroke();
            }),
            dots: make(5.0, 0.7, &|ctx, s| {
                ctx.begin_path();
                let _ = ctx.arc(s * 0.5, s * 0.5, s * 0.2, 0.0, std::f64::consts::TAU);
                ctx.fill();
            }),
            checks: make(6.0, 0.8, &|ctx, s| {
                ctx.fill_rect(0.0, 0.0, s / 2.0, s / 2.0);
                ctx.fill_rect(s / 2.0, s / 2.0, s / 2.0, s / 2.0);
            }),
        }
    }

    /// What is painted over the even fill, in device pixels.
    pub(crate) fn of(&self, pattern: Pattern) -> Option<&CanvasPattern> {
        match pattern {
            Pattern::Solid => None,
            Pattern::Stripes => self.stripes.as_ref(),
            Pattern::Dots => self.dots.as_ref(),
            Pattern::Checks => self.checks.as_ref(),
        }
    }
}

fn tile(size: f64, color: &str, paint: &dyn Fn(&CanvasRenderingContext2d, f64)) -> Option<CanvasPattern> {
    let size = size.round().max(2.0);
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(size as u32);
    canvas.set_height(size as u32);
    let ctx: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    ctx.set_fill_style_str(color);
    ctx.set_stroke_style_str(color);
    paint(&ctx, size);
    ctx.create_pattern_with_html_canvas_element(&canvas, "repeat").ok()?
}
