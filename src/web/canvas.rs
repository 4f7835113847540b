//! The canvas of board and lanes: its component, its own pointer and wheel listeners, its size.
//!
//! Yew delegates events to passive listeners, which cannot keep the page from scrolling or zooming; so the canvas
//! registers its own.

use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;

use gilscope::scene::theme::Theme;
use gilscope::scene::{Scene, Size, Subject};
use gilscope::session::{Session, embed};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

use super::app::App;
use super::overlay::Overlay;
use super::page::PageProps;
use super::painter::Painter;
use super::pointer;
use super::{root, window};

/// Below this width of the window, in CSS pixels, the page is one column that scrolls. As in the style sheet.
const ONE_COLUMN: f64 = 1000.0;

/// The canvas with what is kept between two frames.
pub(crate) struct Canvas {
    element: HtmlCanvasElement,
    painter: RefCell<Painter>,
    overlay: RefCell<Overlay>,
    scene: RefCell<Scene>,
    drawn: Cell<u32>,
    css_height: Cell<f64>,
    /// CSS pixels per unit of the scene: below 1 in a small embed.
    scale: Cell<f64>,
    overlay_root: HtmlElement,
    stage: HtmlElement,
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
        <div class="stage" ref={stage}>
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
        overlay_root: overlay,
        scale: Cell::new(1.0),
        scene: RefCell::default(),
        drawn: Cell::new(0),
        css_height: Cell::new(0.0),
        stage: stage.clone(),
    });
    pointer::listen(app, &canvas);
    follow_size(app, &stage);
}

fn follow_size(app: &Rc<App>, stage: &HtmlElement) {
    let resize = {
        let app = Rc::clone(app);
        move || app.fit_canvas()
    };
    resize();
    let on_resize = Closure::<dyn FnMut()>::new(resize);
    let observer = web_sys::ResizeObserver::new(on_resize.as_ref().unchecked_ref()).unwrap_throw();
    observer.observe(stage);
    // The observer lives as long as what it observes: as long as the page. The window's height counts in one column.
    window().add_event_listener_with_callback("resize", on_resize.as_ref().unchecked_ref()).unwrap_throw();
    on_resize.forget();
}

/// The size to draw for; `None` while hidden. In one column the height follows from the window, not from the stage, whose
/// height follows from what is drawn.
fn size_of(stage: &HtmlElement) -> Option<Size> {
    let pixels = |value: Result<JsValue, JsValue>| value.ok().and_then(|v| v.as_f64()).unwrap_or_default();
    let (width, height) = (pixels(window().inner_width()), pixels(window().inner_height()));
    let w = f64::from(stage.client_width());
    let scrolls = width < ONE_COLUMN && !root().has_attribute("data-embed");
    let h = if scrolls { height * 0.6 } else { f64::from(stage.client_height()) };
    (w > 0.0 && h > 0.0).then_some(Size { w, h })
}

impl Canvas {
    /// The size to draw for, in units of the scene; `None` while hidden. In an embed the picture is made smaller to fit.
    pub(crate) fn fit(&self, session: &Session, embedded: bool) -> Option<Size> {
        let size = size_of(&self.stage)?;
        let scale = if embedded { embed::scale(session.run().plan(), size) } else { 1.0 };
        if self.scale.replace(scale) != scale {
            let _ = self.overlay_root.style().set_property("transform", &format!("scale({scale})"));
        }
        Some(Size { w: size.w / scale, h: size.h / scale })
    }

    /// CSS pixels per unit of the scene.
    pub(crate) const fn scale(&self) -> f64 {
        self.scale.get()
    }

    /// The part of the picture to show next, if it is higher than its stage.
    pub(crate) fn next_page(&self) -> Option<embed::Page> {
        let scene = self.scene();
        let ruler = scene.regions.iter().find(|r| r.subject == Subject::Ruler)?;
        let (scale, stage) = (self.scale(), &self.stage);
        // With the upper edge of the panel around the lanes.
        let lanes = (ruler.rect.y - 10.0) * scale;
        let (top, height) = (f64::from(stage.scroll_top()), f64::from(stage.client_height()));
        embed::next_page(top, height, lanes, scene.height * scale)
    }

    /// Shows the next part of the picture.
    pub(crate) fn turn_page(&self) {
        if let Some(page) = self.next_page() {
            self.stage.set_scroll_top(page.top.round() as i32);
        }
    }

    /// Draws the session's picture.
    pub(crate) fn draw(&self, session: &Session, theme: Theme, now_ms: f64) {
        let Some(mut size) = size_of(&self.stage) else { return };
        let scene = session.scene();
        let scale = self.scale();
        size.h = size.h.max((scene.height * scale).ceil());
        if self.css_height.replace(size.h) != size.h {
            let _ = self.element.style().set_property("height", &format!("{}px", size.h));
        }
        let (size, density) =
            (Size { w: size.w / scale, h: size.h / scale }, window().device_pixel_ratio().max(0.5) * scale);
        self.painter.borrow_mut().paint(&scene.shapes, size, density, theme);
        let moving = session.playing() || session.drag().is_some();
        self.overlay.borrow_mut().renew(&scene.regions, session.selection(), now_ms, moving);
        self.scene.replace(scene);
        let drawn = self.drawn.get() + 1;
        self.drawn.set(drawn);
        let root = root();
        let _ = root.set_attribute("data-gs-drawn", &drawn.to_string());
        if drawn == 1 {
            let _ = root.set_attribute("data-gs-ready", "1");
        }
    }

    /// What was drawn last.
    pub(crate) fn scene(&self) -> Ref<'_, Scene> {
        self.scene.borrow()
    }
}
