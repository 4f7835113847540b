//! Where things are in the picture that was drawn last, and where that is in the window.

use gilscope::scene::{Point, Region, Subject};
use web_sys::{Element, HtmlElement};

use super::app::App;
use super::overlay::Overlay;

impl App {
    /// CSS pixels per pixel of the picture.
    pub(crate) fn scale(&self) -> f64 {
        self.canvas.borrow().as_ref().map_or(1.0, |canvas| canvas.measure().scale())
    }

    /// The region that was drawn at a point.
    pub(crate) fn region_at(&self, point: Point) -> Option<Region> {
        self.canvas.borrow().as_ref().and_then(|c| c.scene().region_at(point).cloned())
    }

    /// Does something with the elements over the picture.
    pub(crate) fn with_overlay(&self, act: impl FnOnce(&mut Overlay)) {
        if let Some(canvas) = &*self.canvas.borrow() {
            canvas.with_overlay(act);
        }
    }

    /// Where the picture stands.
    pub(crate) fn stage(&self) -> Option<HtmlElement> {
        self.canvas.borrow().as_ref().map(|canvas| canvas.measure().stage().clone())
    }

    /// Where in the picture a place in the window lies.
    pub(crate) fn point_at(&self, x: f64, y: f64) -> Point {
        self.canvas.borrow().as_ref().map_or(Point { x, y }, |canvas| canvas.point_at(x, y))
    }

    /// The thing in the picture that an element stands for.
    pub(crate) fn subject_of(&self, element: &Element) -> Option<Subject> {
        self.canvas.borrow().as_ref()?.subject_of(element)
    }

    /// Where in the window the lower left corner of a thing is drawn, in CSS pixels.
    pub(crate) fn corner_of(&self, subject: Subject) -> Option<Point> {
        self.rect_of(subject).map(|r| Point { x: r.x, y: r.bottom() })
    }
}
