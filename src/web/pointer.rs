//! The canvas's pointer and wheel listeners; fingers are in [`touch`].

use std::rc::Rc;

use gilscope::number::Within;
use gilscope::scene::{DropSays, Point, Region, Subject};
use gilscope::session::Action;
use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, Event, HtmlCanvasElement, MouseEvent, PointerEvent, WheelEvent};

use super::app::App;
use super::{edges, touch};

/// Zoom per CSS pixel of wheel movement, as an exponent.
const ZOOM_PER_PX: f64 = 0.01;
/// The most that one wheel event zooms, in CSS pixels of movement: a notch of a mouse reports a hundred.
const MOST_ZOOM_PX: f64 = 30.0;
/// CSS pixels in a line, for wheels that report lines.
const LINE_PX: f64 = 16.0;

/// Listens from now on.
pub(crate) fn listen(app: &Rc<App>, canvas: &HtmlCanvasElement) {
    on(app, canvas, "pointerdown", |app, canvas, event: PointerEvent| {
        if app.touch.is_palm(&event) {
            return;
        }
        if event.button() != 0 || !event.is_primary() || (is_finger(&event) && touch::down(app, &event)) {
            return;
        }
        // A pointer made by a script cannot be captured; its events come anyway.
        let _ = canvas.set_pointer_capture(event.pointer_id());
        let too = event.shift_key() || event.ctrl_key() || event.meta_key();
        let at = point(app, &event);
        app.act(if too { Action::PointerDownToo(at) } else { Action::PointerDown(at) });
        if event.pointer_type() == "pen" {
            touch::pen_down(app, &event);
        }
        show_cursor(app, canvas, point(app, &event));
    });
    on(app, canvas, "pointermove", |app, canvas, event: PointerEvent| {
        touch::pen_moved(app, &event);
        if event.is_primary() && !app.touch.is_palm(&event) && (!is_finger(&event) || touch::moved(app, &event)) {
            app.act(Action::PointerMove(point(app, &event)));
            show_cursor(app, canvas, point(app, &event));
            if app.session().drag().is_some() {
                app.act(Action::Copying(event.alt_key() || event.ctrl_key()));
                edges::follow(app, f64::from(event.client_x()), f64::from(event.client_y()));
            }
        }
    });
    on(app, canvas, "pointerup", |app, canvas, event: PointerEvent| {
        if !event.is_primary() || app.touch.is_palm(&event) {
            return;
        }
        if event.pointer_type() == "pen" {
            touch::pen_up(app);
        }
        if is_finger(&event) {
            touch::up(app, &event);
        } else {
            app.act(Action::PointerUp(point(app, &event)));
        }
        app.frame.ask_structure();
        show_cursor(app, canvas, point(app, &event));
    });
    for lost in ["pointercancel", "pointerleave"] {
        on(app, canvas, lost, |app, _, event: PointerEvent| {
            if app.touch.is_palm(&event) {
                return;
            }
            touch::pen_up(app);
            touch::cancel(app);
            app.act(Action::PointerCancel);
        });
    }
    on(app, canvas, "contextmenu", |app, _, event: MouseEvent| {
        // A finger that rests has its own way to the menu.
        let at = Point { x: f64::from(event.client_x()), y: f64::from(event.client_y()) };
        if app.touch.holds() || touch::ask_menu(app, point(app, &event), Some(at)) {
            event.prevent_default();
        }
    });
    on(app, canvas, "wheel", |app, canvas, event: WheelEvent| {
        // In a frame the plain wheel belongs to the page around it.
        let ours = app.embed.is_none() || event.ctrl_key() || event.meta_key();
        if let Some(action) = wheel(app, canvas, &event).filter(|action| ours && app.allows(action)) {
            event.prevent_default();
            app.act(action);
        }
    });
    touch::listen(app, canvas);
}

fn is_finger(event: &PointerEvent) -> bool {
    event.pointer_type() == "touch"
}

/// Registers a listener that may prevent what the browser would do. It lives as long as the canvas: as the page.
pub(super) fn on<E: JsCast>(
    app: &Rc<App>,
    canvas: &HtmlCanvasElement,
    event: &str,
    listener: impl Fn(&App, &HtmlCanvasElement, E) + 'static,
) {
    // One kind of closure for all kinds of events: each further one costs the page's download some bytes.
    let (app, target) = (Rc::clone(app), canvas.clone());
    let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| listener(&app, &target, event.unchecked_into()));
    let options = AddEventListenerOptions::new();
    options.set_passive(false);
    canvas
        .add_event_listener_with_callback_and_add_event_listener_options(
            event,
            closure.as_ref().unchecked_ref(),
            &options,
        )
        .unwrap_throw();
    closure.forget();
}

/// Where in the picture.
pub(super) fn point(app: &App, event: &MouseEvent) -> Point {
    let scale = app.scale();
    Point { x: f64::from(event.offset_x()) / scale, y: f64::from(event.offset_y()) / scale }
}

/// What the wheel does. With no key it scrolls the page, so that nobody gets stuck above the picture; a pinch comes as
/// a wheel with the control key.
fn wheel(app: &App, canvas: &HtmlCanvasElement, event: &WheelEvent) -> Option<Action> {
    let px = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => LINE_PX,
        WheelEvent::DOM_DELTA_PAGE => f64::from(canvas.client_height()),
        _ => 1.0,
    };
    let (dx, dy) = (event.delta_x() * px, event.delta_y() * px);
    if event.ctrl_key() || event.meta_key() {
        let factor = (-dy.within(-MOST_ZOOM_PX, MOST_ZOOM_PX) * ZOOM_PER_PX).exp();
        return Some(Action::Zoom { x: point(app, event).x, factor });
    }
    if event.shift_key() {
        return Some(Action::Pan { dx: if dx == 0.0 { -dy } else { -dx } });
    }
    (dx.abs() > dy.abs()).then_some(Action::Pan { dx: -dx })
}

/// Says by the cursor what pressing or letting go would do.
fn show_cursor(app: &App, canvas: &HtmlCanvasElement, at: Point) {
    if !app.allows(&Action::PointerDown(at)) {
        return;
    }
    let says = app.session().drag().map(|drag| drag.says.clone());
    let cursor = match says {
        Some(Some(DropSays::Refused(_))) => "not-allowed",
        Some(_) => "grabbing",
        None => match app.region_at(at) {
            Some(Region { subject: Subject::OpEdge(_), .. }) => "ew-resize",
            Some(region) if region.draggable => "grab",
            Some(Region { subject: Subject::Ruler | Subject::Overview, .. }) => "ew-resize",
            Some(Region { subject: Subject::Lanes, .. }) | None => "",
            Some(_) => "pointer",
        },
    };
    if canvas.style().get_property_value("cursor").as_deref() != Ok(cursor) {
        let _ = canvas.style().set_property("cursor", cursor);
    }
}
