//! The picture: drawn at the size that it has now; where things are in what was drawn last, and where that is in the window.

use gilscope::scene::{Point, Region, Subject};
use gilscope::session::Action;
use web_sys::{Element, HtmlElement};

use super::app::App;
use super::canvas::Canvas;
use super::overlay::Overlay;
use super::size::Measure;

impl App {
    /// Hands the canvas over; it is drawn at the next frame.
    pub(crate) fn set_canvas(&self, canvas: Canvas) {
        *self.canvas.borrow_mut() = Some(canvas);
        self.frame.ask_draw();
    }

    /// The name of the part of the picture to show next, if not all of it fits.
    pub(crate) const fn next_page(&self) -> Option<&'static str> {
        self.page.get()
    }

    /// Shows the next part of the picture.
    pub(crate) fn turn_page(&self) {
        if let Some(canvas) = &*self.canvas.borrow() {
            canvas.turn_page();
        }
        self.frame.ask_draw();
    }

    /// Paints all of the picture at the next frame.
    pub(crate) fn repaint(&self) {
        if let Some(canvas) = &*self.canvas.borrow() {
            canvas.forget();
        }
        self.frame.ask_draw();
    }

    /// Draws the picture if something has come into sight that was not drawn.
    pub(crate) fn picture_scrolled(&self) {
        if self.canvas.borrow().as_ref().is_some_and(Canvas::looks_elsewhere) {
            self.frame.ask_draw();
        }
    }

    /// Draws the picture, if there is a canvas and a scenario.
    pub(crate) fn draw(&self, now_ms: f64) {
        if self.shown().broken.is_some() {
            return;
        }
        if let Some(canvas) = &*self.canvas.borrow() {
            let presenting = self.shown().presenting;
            let measure = canvas.measure();
            self.resize(measure, presenting);
            let sight = canvas.look();
            let mut scene = self.session().scene_in(sight);
            if measure.shrinks(&self.session(), presenting, scene.height) {
                self.resize(measure, presenting);
                scene = self.session().scene_in(sight);
            }
            let travels = canvas.draw(&self.session(), scene, &self.shown(), now_ms);
            if travels {
                self.frame.ask_draw();
            }
            let page = self.embed.and_then(|_| canvas.next_page()).map(|page| page.name);
            if self.page.replace(page) != page {
                self.frame.ask_structure();
            }
        }
    }

    fn resize(&self, measure: &Measure, presenting: bool) {
        let size = measure.new_size(&self.session(), presenting);
        if let Some(size) = size {
            self.perform_action(Action::Resize(size));
            // The charts beside the picture may have another width, too.
            self.paint_previews();
        }
    }

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
