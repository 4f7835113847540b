//! The columns of all lanes as one small picture, a row of pixels for each height of each lane, which is stretched over them:
//! a call into the browser for each lane instead of one for each column.

use gilscope::scene::shape::{Column, Height};
use gilscope::scene::theme::Theme;
use gilscope::scene::{Rect, Shape};
use wasm_bindgen::{Clamped, prelude::*};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::document;

/// The picture, and what is in it.
#[derive(Default)]
pub(crate) struct Strips {
    canvas: Option<HtmlCanvasElement>,
    /// Red, green, blue and opacity of each pixel.
    pixels: Vec<u8>,
    width: usize,
    /// The places of the lanes among the shapes.
    lanes: Vec<usize>,
}

impl Strips {
    /// Paints the columns of a scene, to be shown one lane at a time.
    pub(crate) fn paint(&mut self, shapes: &[Shape], theme: Theme) {
        let lanes = || {
            shapes.iter().enumerate().filter_map(|(i, shape)| match shape {
                Shape::Columns { rect, columns } => Some((i, rect, columns)),
                _ => None,
            })
        };
        self.lanes = lanes().map(|(i, ..)| i).collect();
        self.width = lanes().map(|(_, rect, _)| rect.w.ceil() as usize).max().unwrap_or(0);
        let height = self.lanes.len() * Height::ALL.len();
        if self.width == 0 || height == 0 {
            return;
        }
        self.pixels.clear();
        self.pixels.resize(4 * self.width * height, 0);
        for (lane, (_, rect, columns)) in lanes().enumerate() {
            // Neighbours have often the same.
            let mut last = None;
            for column in columns {
                let rgb =
                    last.filter(|(ink, _)| *ink == column.ink).map_or_else(|| theme.rgb(column.ink), |(_, rgb)| rgb);
                last = Some((column.ink, rgb));
                self.column(lane, rect, column, rgb);
            }
        }
        // A browser that cannot do this shows no columns.
        let _ = self.put(height);
    }

    fn column(&mut self, lane: usize, rect: &Rect, column: &Column, [r, g, b]: [u8; 3]) {
        // Rounded by being cut: below 0 that is 0.
        let at = |x: f32| ((f64::from(x) - rect.x + 0.5) as usize).min(self.width);
        let (from, to) = (at(column.x0), at(column.x1));
        let pixel = [r, g, b, (column.alpha * 255.0) as u8];
        let row = (lane * Height::ALL.len() + column.height as usize) * self.width;
        for x in from..to {
            self.pixels[4 * (row + x)..][..4].copy_from_slice(&pixel);
        }
    }

    fn put(&mut self, height: usize) -> Result<(), JsValue> {
        let canvas = match &self.canvas {
            Some(canvas) => canvas.clone(),
            None => document().create_element("canvas")?.unchecked_into(),
        };
        let (w, h) = (self.width as u32, height as u32);
        if canvas.width() != w || canvas.height() != h {
            canvas.set_width(w);
            canvas.set_height(h);
        }
        let context: Option<js_sys::Object> = canvas.get_context("2d")?;
        let data = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&self.pixels), w, h)?;
        if let Some(context) = context {
            context.unchecked_into::<CanvasRenderingContext2d>().put_image_data(&data, 0.0, 0.0)?;
        }
        self.canvas = Some(canvas);
        Ok(())
    }

    /// Shows the columns of a lane, which is at this place among the shapes.
    pub(crate) fn show(&self, ctx: &CanvasRenderingContext2d, shape: usize, rect: &Rect, columns: &[Column]) {
        let Some(canvas) = &self.canvas else { return };
        let Ok(lane) = self.lanes.binary_search(&shape) else { return };
        ctx.set_image_smoothing_enabled(false);
        for (i, height) in Height::ALL.into_iter().enumerate() {
            if columns.iter().any(|column| column.height == height) {
                let row = (lane * Height::ALL.len() + i) as f64;
                let (Rect { x, y, h, .. }, w) = (height.part(*rect), rect.w.ceil());
                let _ = ctx.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                    canvas, 0.0, row, w, 1.0, x, y, w, h,
                );
            }
        }
    }
}
