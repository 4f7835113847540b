//! The small pictures of the library: computed one after the other between frames, so that the page never stands still, and
//! played while the pointer or the focus is on one.

use std::cell::{Cell, OnceCell, RefCell};

use gilscope::number::Within;
use gilscope::scene::{Shape, Size};
use gilscope::session::library::Preview;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::app::App;
use super::painter::Painter;
use super::theme::{self, LESS_MOTION};
use super::{document, window};

/// How long one picture plays, and how long it stands before it plays again: milliseconds.
const PLAYS_MS: f64 = 3_000.0;
const STANDS_MS: f64 = 900.0;

/// How long pictures are made in one frame: milliseconds. The last one begun may take some longer.
const MAKES_MS: f64 = 8.0;

/// What a picture was last painted for.
const PAINTED: &str = "data-painted";

/// The small pictures while the library is open.
#[derive(Default)]
pub(crate) struct Previews {
    made: RefCell<Vec<(String, Preview)>>,
    painter: OnceCell<Option<(HtmlCanvasElement, RefCell<Painter>)>>,
    /// Which one plays, and since when.
    playing: RefCell<Option<(String, Option<f64>)>>,
    callback: OnceCell<Closure<dyn FnMut(f64)>>,
    scheduled: Cell<bool>,
}

impl App {
    /// Makes and paints the pictures that are missing, and the charts of the inspector, from the next frame on.
    pub(crate) fn paint_previews(&self) {
        let Some(app) = self.frame.app() else { return };
        let callback = self.previews.callback.get_or_init(|| Closure::new(move |now| app.on_preview_frame(now)));
        if !self.previews.scheduled.replace(true) {
            let _ = window().request_animation_frame(callback.as_ref().unchecked_ref());
        }
    }

    /// Plays the picture of a card, and no other one.
    pub(crate) fn play_preview(&self, card: Option<String>) {
        let before = self.previews.playing.borrow().as_ref().map(|(card, _)| card.clone());
        if before == card {
            return;
        }
        if let Some(canvas) = before.and_then(|card| canvas_of(&card)) {
            let _ = canvas.remove_attribute(PAINTED);
        }
        let moves = card.filter(|_| !theme::prefers(LESS_MOTION));
        *self.previews.playing.borrow_mut() = moves.map(|card| (card, None));
        self.paint_previews();
    }

    /// Forgets the pictures, or that of one card.
    pub(crate) fn forget_previews(&self, card: Option<&str>) {
        self.previews.made.borrow_mut().retain(|(made, _)| card.is_some_and(|card| made != card));
    }

    fn on_preview_frame(&self, now: f64) {
        self.previews.scheduled.set(false);
        self.paint_charts();
        let Ok(canvases) = document().query_selector_all("#library canvas") else { return };
        let (began, mut left) = (js_sys::Date::now(), false);
        for i in 0..canvases.length() {
            let Some(canvas) = canvases.get(i).map(JsCast::unchecked_into::<HtmlCanvasElement>) else { continue };
            let look = self.look_of(&canvas);
            if canvas.get_attribute(PAINTED).as_ref() == Some(&look) {
                continue;
            }
            if left {
                break;
            }
            let _ = canvas.set_attribute(PAINTED, &look);
            self.paint_preview(&canvas, Preview::whole);
            left = js_sys::Date::now() - began > MAKES_MS;
        }
        let playing = self.previews.playing.borrow_mut().as_mut().map(|(card, since)| {
            let passed = (now - *since.get_or_insert(now)) % (PLAYS_MS + STANDS_MS);
            (card.clone(), (passed / PLAYS_MS).within(0.0, 1.0))
        });
        if let Some((card, part)) = &playing
            && let Some(canvas) = canvas_of(card)
        {
            self.paint_preview(&canvas, |preview, size| preview.at(*part, size));
        }
        if left || playing.is_some() {
            self.paint_previews();
        }
    }

    /// What a picture would be painted for now.
    fn look_of(&self, canvas: &HtmlCanvasElement) -> String {
        let theme = self.shown().theme.theme() as u8;
        format!("{theme} {} {}", canvas.client_width(), (window().device_pixel_ratio() * 100.0) as u32)
    }

    fn paint_preview(&self, canvas: &HtmlCanvasElement, shapes: impl FnOnce(&Preview, Size) -> Vec<Shape>) {
        let size = Size { w: canvas.client_width().into(), h: canvas.client_height().into() };
        let Some(card) = canvas.get_attribute("data-of").filter(|_| size.w > 0.0) else { return };
        let shapes = {
            let mut made = self.previews.made.borrow_mut();
            if !made.iter().any(|(of, _)| *of == card) {
                let Some(scenario) = self.scenario_of(&card) else { return };
                made.push((card.clone(), Preview::of(&scenario)));
            }
            let Some((_, preview)) = made.iter().find(|(of, _)| *of == card) else { return };
            shapes(preview, size)
        };
        self.blit(canvas, &shapes, size);
    }

    /// Paints on the one canvas that has the patterns, and copies that.
    pub(super) fn blit(&self, canvas: &HtmlCanvasElement, shapes: &[Shape], size: Size) {
        let make = || {
            let scratch: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
            Some((scratch.clone(), RefCell::new(Painter::new(scratch)?)))
        };
        let Some((scratch, painter)) = self.previews.painter.get_or_init(make) else { return };
        let density = window().device_pixel_ratio().max(0.5);
        painter.borrow_mut().paint(shapes, &[], size, density, self.shown().theme.theme());
        // Setting the size clears it, too.
        canvas.set_width(scratch.width());
        canvas.set_height(scratch.height());
        if let Ok(Some(context)) = canvas.get_context("2d") {
            let context: CanvasRenderingContext2d = context.unchecked_into();
            let _ = context.draw_image_with_html_canvas_element(scratch, 0.0, 0.0);
        }
    }
}

fn canvas_of(card: &str) -> Option<HtmlCanvasElement> {
    document().query_selector(&format!("#library canvas[data-of=\"{card}\"]")).ok()??.dyn_into().ok()
}
