//! The canvas of board and lanes: its component, its own pointer and wheel listeners, its size.
//!
//! Yew delegates events to passive listeners, which cannot keep the page from scrolling or zooming; so the canvas
//! registers its own.

use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;

use gilscope::number::decimal;
use gilscope::scene::{Motion, Point, Rect, Scene, Size, Subject, Theme};
use gilscope::session::{Session, embed};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlCanvasElement, HtmlElement, MediaQueryList};
use yew::prelude::*;

use super::app::App;
use super::overlay::Overlay;
use super::page::PageProps;
use super::painter::Painter;
use super::pointer;
use super::shown::Shown;
use super::size::Measure;
use super::{document, root, window};

/// How far beyond what is in sight is drawn too, in CSS pixels: a page scrolls at once, and is drawn a little later.
const AHEAD: f64 = 200.0;

/// How far it scrolls until it is drawn again, at most.
const SCROLLED: f64 = 100.0;

/// The canvas with what is kept between two frames.
pub(crate) struct Canvas {
    element: HtmlCanvasElement,
    painter: RefCell<Painter>,
    overlay: RefCell<Overlay>,
    scene: RefCell<Scene>,
    motion: RefCell<Motion>,
    /// Whether things shall not travel over the screen.
    reduced: Option<MediaQueryList>,
    drawn: Cell<u32>,
    css_height: Cell<f64>,
    /// The part of the picture that was drawn, from top to bottom.
    sight: Cell<(f64, f64)>,
    measure: Measure,
    overlay_root: HtmlElement,
}

/// Where the canvas and its overlay stand.
#[component]
pub(crate) fn Stage(props: &PageProps) -> Html {
    let app = props.app.clone();
    let (stage, canvas, overlay) = (use_node_ref(), use_node_ref(), use_node_ref());
    {
        let (stage, canvas, overlay) = (stage.clone(), canvas.clone(), overlay.clone());
        use_effect_with((), move |()| {
            if let (Some(stage), Some(canvas), Some(overlay)) = (stage.cast(), canvas.cast(), overlay.cast()) {
                mount(&app, stage, canvas, overlay);
            }
        });
    }
    html! {
        <div class="stage" tabindex="-1" ref={stage}>
            <canvas ref={canvas} data-gs-timeline="" aria-hidden="true" />
            <div class="overlay" ref={overlay} />
        </div>
    }
}

/// Starts drawing, listening and following the size. The stage stays as long as the page does.
fn mount(app: &Rc<App>, stage: HtmlElement, canvas: HtmlCanvasElement, overlay: HtmlElement) {
    let Some(painter) = Painter::new(canvas.clone()) else {
        app.complain("This browser gives the page no canvas to draw on".to_owned());
        return;
    };
    app.set_canvas(Canvas {
        element: canvas.clone(),
        painter: RefCell::new(painter),
        overlay: RefCell::new(Overlay::new(overlay.clone().into(), app)),
        scene: RefCell::default(),
        motion: RefCell::default(),
        reduced: window().match_media("(prefers-reduced-motion: reduce)").ok().flatten(),
        drawn: Cell::new(0),
        css_height: Cell::new(0.0),
        sight: Cell::default(),
        measure: Measure::new(stage.clone(), app.embed.is_some()),
        overlay_root: overlay,
    });
    pointer::listen(app, &canvas);
    follow_size(app, &stage);
    follow_loss(app, &canvas);
    follow_scrolling(app);
}

/// Draws what comes into sight. Whatever scrolls has the picture in it: its stage or, in one column, the page.
fn follow_scrolling(app: &Rc<App>) {
    let app = Rc::clone(app);
    let on_scroll = Closure::<dyn FnMut()>::new(move || app.picture_scrolled());
    // Scrolling does not bubble.
    let capture = true;
    document()
        .add_event_listener_with_callback_and_bool("scroll", on_scroll.as_ref().unchecked_ref(), capture)
        .unwrap_throw();
    on_scroll.forget();
}

/// Browsers may throw a picture away that is not looked at for long, and say so when it is wanted again.
fn follow_loss(app: &Rc<App>, canvas: &HtmlCanvasElement) {
    let app = Rc::clone(app);
    let on_restored = Closure::<dyn FnMut()>::new(move || app.repaint());
    canvas.add_event_listener_with_callback("contextrestored", on_restored.as_ref().unchecked_ref()).unwrap_throw();
    // The canvas stays as long as the page does.
    on_restored.forget();
}

fn follow_size(app: &Rc<App>, stage: &HtmlElement) {
    let on_resize = {
        let app = Rc::clone(app);
        // The size is measured when it is drawn.
        Closure::<dyn FnMut()>::new(move || app.frame.ask_draw())
    };
    let observer = web_sys::ResizeObserver::new(on_resize.as_ref().unchecked_ref()).unwrap_throw();
    observer.observe(stage);
    // The observer lives as long as what it observes: as long as the page. The window's height counts in one column.
    window().add_event_listener_with_callback("resize", on_resize.as_ref().unchecked_ref()).unwrap_throw();
    on_resize.forget();
}

impl Canvas {
    /// Paints all of the picture next time, whatever of it is as it was.
    pub(crate) fn forget(&self) {
        self.painter.borrow_mut().forget();
    }

    /// The part of the picture's height that is in sight, and some above and below, in its own pixels.
    fn in_sight(&self) -> (f64, f64) {
        let pixels = |value: Result<JsValue, JsValue>| value.ok().and_then(|v| v.as_f64()).unwrap_or_default();
        let (top, scale) = (self.element.get_bounding_client_rect().top(), self.measure.scale());
        // In steps, so that little scrolling changes nothing.
        let step = |y: f64| (y / SCROLLED).floor() * SCROLLED;
        (step(-top / scale - AHEAD), step((pixels(window().inner_height()) - top) / scale + AHEAD + SCROLLED))
    }

    /// What is to be drawn now.
    pub(crate) fn look(&self) -> (f64, f64) {
        self.sight.set(self.in_sight());
        self.sight.get()
    }

    /// Whether something else is in sight than was drawn.
    pub(crate) fn looks_elsewhere(&self) -> bool {
        self.in_sight() != self.sight.get()
    }

    /// How large the picture is.
    pub(crate) const fn measure(&self) -> &Measure {
        &self.measure
    }

    /// The part of the picture to show next, if it is higher than its stage.
    pub(crate) fn next_page(&self) -> Option<embed::Page> {
        let scene = self.scene();
        let panel = scene.regions.iter().find(|r| r.subject == Subject::Lanes)?;
        let (scale, stage) = (self.measure.scale(), self.measure.stage());
        // With its upper edge.
        let lanes = (panel.rect.y - 4.0) * scale;
        let (top, height) = (f64::from(stage.scroll_top()), f64::from(stage.client_height()));
        embed::next_page(top, height, lanes, scene.height * scale)
    }

    /// Shows the next part of the picture.
    pub(crate) fn turn_page(&self) {
        if let Some(page) = self.next_page() {
            self.measure.stage().set_scroll_top(page.top.round() as i32);
        }
    }

    /// Draws a picture of the session. Whether something in it still travels, so that another frame is needed.
    pub(crate) fn draw(&self, session: &Session, scene: Scene, shown: &Shown, now_ms: f64) -> bool {
        let Some(mut size) = self.measure.size(session, shown.presenting) else { return false };
        let scale = self.measure.scale();
        size.h = size.h.max(scene.height);
        let css_height = (size.h * scale).floor();
        if self.css_height.replace(css_height) != css_height {
            let _ = self.element.style().set_property("height", &format!("{}px", decimal(css_height)));
        }
        let _ = self.overlay_root.style().set_property("transform", &format!("scale({})", decimal(scale)));

        let still = session.drag().is_some() || self.reduced.as_ref().is_some_and(MediaQueryList::matches);
        let flights = self.motion.borrow_mut().follow(&scene, now_ms, still);
        let density = self.density();
        self.painter.borrow_mut().paint(&scene.shapes, &flights, size, density, shown.theme.theme());
        let moving = session.playing() || session.drag().is_some();
        let selected = (session.selection(), session.group());
        let held = session.drag().and_then(|drag| drag.what.subject());
        self.overlay.borrow_mut().renew(&scene.regions, selected, held, now_ms, moving);
        self.scene.replace(scene);
        let drawn = self.drawn.get() + 1;
        self.drawn.set(drawn);
        let root = root();
        let _ = root.set_attribute("data-gs-drawn", &drawn.to_string());
        if drawn == 1 {
            let _ = root.set_attribute("data-gs-ready", "1");
        }
        !flights.is_empty()
    }

    /// Device pixels per pixel of the picture.
    fn density(&self) -> f64 {
        window().device_pixel_ratio().max(0.5) * self.measure.scale()
    }

    /// A picture of a scene as large as this one, with nothing behind it. `None` if the browser makes none.
    pub(crate) fn whole(&self, scene: &Scene, theme: Theme) -> Option<HtmlCanvasElement> {
        let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
        let density = self.density();
        let size = Size { w: f64::from(self.element.width()) / density, h: f64::from(self.element.height()) / density };
        Painter::new(canvas.clone())?.paint(&scene.shapes, &[], size, density, theme);
        Some(canvas)
    }

    /// Where in the window a thing is drawn, in CSS pixels.
    pub(crate) fn rect_of(&self, subject: Subject) -> Option<Rect> {
        let scene = self.scene.borrow();
        let Rect { x, y, w, h } = scene.regions.iter().rev().find(|r| r.subject == subject)?.rect;
        let (on, scale) = (self.element.get_bounding_client_rect(), self.measure.scale());
        Some(Rect::new(on.left() + x * scale, on.top() + y * scale, w * scale, h * scale))
    }

    /// The thing that an element over the picture stands for.
    pub(crate) fn subject_of(&self, element: &Element) -> Option<Subject> {
        self.overlay.borrow().subject_of(element)
    }

    /// Does something with the elements over the picture, unless they are just being changed.
    pub(crate) fn with_overlay(&self, act: impl FnOnce(&mut Overlay)) {
        if let Ok(mut overlay) = self.overlay.try_borrow_mut() {
            act(&mut overlay);
        }
    }

    /// Where in the picture a place in the window lies.
    pub(crate) fn point_at(&self, x: f64, y: f64) -> Point {
        let (on, scale) = (self.element.get_bounding_client_rect(), self.measure.scale());
        Point { x: (x - on.left()) / scale, y: (y - on.top()) / scale }
    }

    /// What was drawn last.
    pub(crate) fn scene(&self) -> Ref<'_, Scene> {
        self.scene.borrow()
    }
}
