//! The page's keys: finds out where one is pressed, and does what [`keys::command`] answers.

use std::cell::RefCell;
use std::rc::Rc;

use gilscope::session::Action;
use gilscope::session::keys::{self, At, Focus, Press};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, UiEvent};

use super::app::App;
use super::{document, window};

/// The inspector's panel, and the place of the picture: both can have the focus, Tab passes them by.
const PANEL: &str = "#inspector-panel";
const STAGE: &str = ".stage";

/// Which elements have keys of their own, those within others first.
const FOCI: [(&str, Focus); 7] = [
    // What had the focus in an open dialog may have gone away.
    ("body:has(dialog[open])", Focus::Dialog),
    // What has the focus in a dialog keeps it when that closes, until the next frame.
    ("dialog:not([open]) *", Focus::Page),
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

/// Takes the focus from a button that a pointer has pressed, so that Space plays and does not press it again, and gives it
/// back to the thing of the picture that had it. Whoever presses it by a key stays there. It listens before the button
/// does: what that opens has the focus then.
fn leave_buttons_after_clicks() {
    let had = RefCell::new(None::<Element>);
    let on_event = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        if event.type_() == "pointerdown" {
            had.replace(focused().filter(|e| e.matches(".spot").unwrap_or(false)));
            return;
        }
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        let Some(target) = target.filter(|_| event.unchecked_ref::<UiEvent>().detail() > 0) else { return };
        let closest = |selector| target.closest(selector).ok().flatten();
        if let Some(button) = closest("button").filter(|_| closest("dialog, [role=menu]").is_none()) {
            let _ = button.unchecked_into::<HtmlElement>().blur();
            match had.take().filter(|had| had.is_connected()) {
                Some(had) => drop(had.unchecked_into::<HtmlElement>().focus()),
                None if closest(".palette").is_some() => stay(),
                None => {}
            }
        }
    });
    let listener = on_event.as_ref().unchecked_ref();
    for event in ["pointerdown", "click"] {
        window().add_event_listener_with_callback_and_bool(event, listener, true).unwrap_throw();
    }
    on_event.forget();
}

/// What had the focus before the page was rendered, and what gets it if that goes away.
pub(super) type Kept = RefCell<Option<(Element, &'static str)>>;

/// Remembers what has the focus, as the page is about to be rendered.
pub(super) fn keep_focus(kept: &Kept) {
    if let Some(focused) = focused() {
        let home = if focused.closest(".inspector").ok().flatten().is_some() { PANEL } else { STAGE };
        kept.replace(Some((focused, home)));
    }
}

/// Gives the focus to what is left, if that which had it went away when the page was rendered: whoever uses the keyboard
/// stays where they were.
pub(super) fn find_focus(kept: &Kept) {
    if let Some((lost, home)) = kept.take()
        && !lost.is_connected()
        && focused().is_none()
        && !focus_on(home)
    {
        focus_on(STAGE);
    }
}

/// Gives the focus to the picture as a whole if nothing has it, where Space plays and Tab goes on to the board.
pub(super) fn stay() {
    if focused().is_none() {
        focus_on(STAGE);
    }
}

/// What has the focus, if anything has.
fn focused() -> Option<Element> {
    document().active_element().filter(|e| e.tag_name() != "BODY")
}

fn focus_on(selector: &str) -> bool {
    let element = document().query_selector(selector).ok().flatten();
    element.is_some_and(|element| element.unchecked_into::<HtmlElement>().focus().is_ok())
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
