//! The page's keys.

use std::rc::Rc;

use gilscope::session::Action;
use wasm_bindgen::prelude::*;
use web_sys::{Element, KeyboardEvent};

use super::app::App;
use super::window;

/// A press of W or S makes things this much larger or smaller.
const ZOOM_STEP: f64 = 1.3;
/// A press of A or D moves the lanes by this part of their width.
const PAN_STEP: f64 = 0.1;

/// Listens for keys from now on.
pub(crate) fn listen(app: &Rc<App>) {
    let app = Rc::clone(app);
    let on_key = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        if event.default_prevented() || event.alt_key() {
            return;
        }
        if let Some(action) = action(&app, &event) {
            event.prevent_default();
            app.act(action);
        }
    });
    window().add_event_listener_with_callback("keydown", on_key.as_ref().unchecked_ref()).unwrap_throw();
    on_key.forget();
}

/// What a key does where it is pressed.
fn action(app: &App, event: &KeyboardEvent) -> Option<Action> {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let inside = |selector: &str| target.as_ref().is_some_and(|t| t.matches(selector).unwrap_or(false));
    let key = event.key();
    let dragging = app.session().drag().is_some();
    if key == "Escape" && dragging {
        return Some(Action::CancelDrag);
    }
    if inside("input:not([type=range]), textarea, select") {
        return None;
    }
    if key == "Escape" {
        return Some(Action::Select(None));
    }
    if event.ctrl_key() || event.meta_key() {
        return match (key.to_ascii_lowercase().as_str(), event.shift_key()) {
            ("z", false) => Some(Action::Undo),
            ("z", true) | ("y", false) => Some(Action::Redo),
            _ => None,
        };
    }
    let slider = inside("input[type=range]");
    match key.as_str() {
        " " if inside("button, summary, a, input") => None,
        " " => Some(Action::TogglePlay),
        "ArrowLeft" | "ArrowRight" | "Home" | "End" if slider || inside("[role=tab]") => None,
        "ArrowLeft" => Some(Action::PreviousEvent),
        "ArrowRight" => Some(Action::NextEvent),
        "Home" => Some(Action::ToStart),
        "End" => Some(Action::ToEnd),
        _ => view_action(app, &key),
    }
}

/// Keys that change what the lanes show.
fn view_action(app: &App, key: &str) -> Option<Action> {
    let session = app.session();
    let (axis, x) = (session.axis(), session.zoom_centre());
    match key.to_ascii_lowercase().as_str() {
        "w" => Some(Action::Zoom { x, factor: ZOOM_STEP }),
        "s" => Some(Action::Zoom { x, factor: 1.0 / ZOOM_STEP }),
        "a" => Some(Action::Pan { dx: axis.width * PAN_STEP }),
        "d" => Some(Action::Pan { dx: -axis.width * PAN_STEP }),
        "f" => Some(Action::Fit),
        _ => None,
    }
}
