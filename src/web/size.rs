//! How large the picture is: as its stage; while presenting it is laid out smaller and painted larger.

use std::cell::Cell;

use gilscope::number::Within;
use gilscope::scene::Size;
use gilscope::session::{Session, embed};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, MediaQueryList};

use super::{root, window};

/// Where the page is one column that scrolls: 1000 CSS pixels at the usual size of text. As in the style sheet.
const ONE_COLUMN: &str = "(width < 62.5em)";

/// The part of the window's height that the picture fills in one column, if it does not need more.
const OF_HEIGHT: f64 = 0.6;

/// The usual size of text, in CSS pixels. As in the style sheet.
const TEXT: f64 = 14.0;

/// The picture is laid out at least this wide: text is not made so large that less of it remains.
const LEAST_WIDTH: f64 = 320.0;

/// The size of the picture.
pub(crate) struct Measure {
    stage: HtmlElement,
    /// In an embed the picture is made smaller until it fits.
    embedded: bool,
    /// Whether the page is one column.
    one_column: Option<MediaQueryList>,
    /// CSS pixels per pixel of the picture.
    scale: Cell<f64>,
    /// What the scale was found for.
    found_for: Cell<Option<(u64, Size)>>,
    /// The height for which a smaller scale was looked for last.
    too_high: Cell<f64>,
    asked: Cell<Option<Size>>,
}

impl Measure {
    pub(crate) fn new(stage: HtmlElement, embedded: bool) -> Self {
        let (scale, too_high) = (Cell::new(1.0), Cell::new(0.0));
        let one_column = window().match_media(ONE_COLUMN).ok().flatten();
        Self { stage, embedded, one_column, scale, found_for: Cell::new(None), too_high, asked: Cell::new(None) }
    }

    /// Where the picture stands.
    pub(crate) const fn stage(&self) -> &HtmlElement {
        &self.stage
    }

    /// CSS pixels per pixel of the picture.
    pub(crate) const fn scale(&self) -> f64 {
        self.scale.get()
    }

    /// The size to lay the picture out for, in its own pixels; `None` while hidden.
    pub(crate) fn size(&self, session: &Session, presenting: bool) -> Option<Size> {
        let css = self.css()?;
        // Alone it depends on the reader's size of text only, which changes the stage too, or is there from the start.
        let fits = presenting || self.embedded;
        let key = Some((if fits { session.generation() } else { u64::MAX }, css));
        if self.found_for.replace(key) != key {
            self.scale.set(match (fits, self.embedded) {
                (false, _) => text_scale().within(1.0, (css.w / LEAST_WIDTH).max(1.0)),
                (_, true) => embed::scale(session, css),
                _ => session.magnification(css),
            });
        }
        let scale = self.scale.get();
        Some(Size { w: css.w / scale, h: css.h / scale })
    }

    /// Finds the scale anew if a picture of this height, in its own pixels, was to be seen whole and is not: what is selected
    /// shows its program too. Whether it is smaller now.
    pub(crate) fn shrinks(&self, session: &Session, presenting: bool, height: f64) -> bool {
        let (scale, Some(css)) = (self.scale.get(), self.css()) else { return false };
        let fits = !presenting || self.embedded || height * scale <= css.h;
        // What fits at no scale is not tried at each draw.
        if fits || self.too_high.replace(height) == height {
            return false;
        }
        self.scale.set(session.magnification(css));
        self.scale.get() < scale
    }

    /// The size if the session has not been told it yet.
    pub(crate) fn new_size(&self, session: &Session, presenting: bool) -> Option<Size> {
        let size = self.size(session, presenting);
        size.filter(|_| self.asked.replace(size) != size)
    }

    /// What the stage has room for, in CSS pixels. In one column the height follows from the window, not from the stage,
    /// whose height follows from what is drawn.
    fn css(&self) -> Option<Size> {
        let pixels = |value: Result<JsValue, JsValue>| value.ok().and_then(|v| v.as_f64()).unwrap_or_default();
        let one_column = !self.embedded && self.one_column.as_ref().is_some_and(MediaQueryList::matches);
        let w = f64::from(self.stage.client_width());
        let h = if one_column {
            pixels(window().inner_height()) * OF_HEIGHT
        } else {
            f64::from(self.stage.client_height())
        };
        (w > 0.0 && h > 0.0).then_some(Size { w, h })
    }
}

/// How much larger than usual the reader wants text: 1 to 2.
fn text_scale() -> f64 {
    let style = window().get_computed_style(&root()).ok().flatten();
    let size = style.and_then(|style| style.get_property_value("font-size").ok()).unwrap_or_default();
    // Whole pixels: the table for reading floating point numbers would be 10 kB of the download.
    let px = size.split(['.', 'p']).next().and_then(|px| px.parse::<u32>().ok()).map_or(TEXT, f64::from);
    (px / TEXT).within(1.0, 2.0)
}
