//! The page's keys: finds out where one is pressed, and does what [`keys::command`] answers.

use std::rc::Rc;

use gilscope::session::Action;
use gilscope::session::keys::{self, At, Focus, Press};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, UiEvent};

use super::app::App;
use super::{document, window};

/// Which elements have keys of their own, those within others first.
const FOCI: [(&str, Focus); 5] = [
    ("dialog *, dialog, [role=menu] *", Focus::Dialog),
    ("input[type=range]", Focus::Slider),
    ("input, textarea, select", Focus::Field),
    ("[role=tab]", Focus::Tab),
    ("button, summary, a", Focus::Button),
];

/// Listens for keys from now on.
pub(crate) fn listen(app: &Rc<App>) {
    leave_buttons_after_clicks();
    follow_copying(app);
    let app = Rc::clone(app);
    let on_key = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        let event: KeyboardEvent = event.unchecked_into();
        if event.default_prevented() {
            return;
        }
        let key = event.key();
        let ctrl = event.ctrl_key() || event.meta_key();
        let press = Press { key: &key, ctrl, shift: event.shift_key(), alt: event.alt_key() };
        let at = {
            let shown = app.shown();
            At { focus: focus(&app, &event), presenting: shown.presenting, blank: shown.blank }
        };
        if keys::begins_answer(&app.session(), press, at)
            && let Some(field) = answer_field()
        {
            // The browser writes the character where the focus is by then.
            let _ = field.focus();
            return;
        }
        let command = keys::command(&app.session(), press, at);
        if let Some(command) = command {
            event.prevent_default();
            app.command(command);
        }
    });
    window().add_event_listener_with_callback("keydown", on_key.as_ref().unchecked_ref()).unwrap_throw();
    on_key.forget();
}

/// What is carried is a copy while Alt or Ctrl is down, also if the pointer rests meanwhile.
fn follow_copying(app: &Rc<App>) {
    let app = Rc::clone(app);
    let on_key = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        let key: &KeyboardEvent = event.unchecked_ref();
        if matches!(key.key().as_str(), "Alt" | "Control") && app.session().drag().is_some() {
            // Alt alone would open a menu of the browser.
            event.prevent_default();
            app.act(Action::Copying(key.alt_key() || key.ctrl_key()));
        }
    });
    for event in ["keydown", "keyup"] {
        window().add_event_listener_with_callback(event, on_key.as_ref().unchecked_ref()).unwrap_throw();
    }
    on_key.forget();
}

/// The field in which a thread is answered, if one is shown: the first.
fn answer_field() -> Option<HtmlElement> {
    document().query_selector(".answer").ok().flatten()?.dyn_into().ok()
}

/// Takes the focus from a button that a pointer has pressed, so that Space plays and does not press it again. Whoever
/// presses it by a key stays there. It listens before the button does: what that opens has the focus then.
fn leave_buttons_after_clicks() {
    let on_click = Closure::<dyn FnMut(Event)>::new(|event: Event| {
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        let Some(target) = target.filter(|_| event.unchecked_ref::<UiEvent>().detail() > 0) else { return };
        let closest = |selector| target.closest(selector).ok().flatten();
        if let Some(button) = closest("button").filter(|_| closest("dialog, [role=menu]").is_none()) {
            let _ = button.unchecked_into::<HtmlElement>().blur();
        }
    });
    let listener = on_click.as_ref().unchecked_ref();
    window().add_event_listener_with_callback_and_bool("click", listener, true).unwrap_throw();
    on_click.forget();
}

/// What the focus is on.
fn focus(app: &App, event: &KeyboardEvent) -> Focus {
    let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else { return Focus::Page };
    if let Some(subject) = app.subject_of(&target) {
        return Focus::Thing(subject);
    }
    // A choice has letters and arrows of its own, but nothing to undo.
    if target.matches("select").unwrap_or(false) && (event.ctrl_key() || event.meta_key()) {
        return Focus::Page;
    }
    let found = FOCI.iter().find(|(selector, _)| target.matches(selector).unwrap_or(false));
    found.map_or(Focus::Page, |(_, focus)| *focus)
}
