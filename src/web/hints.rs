//! The hints of a first visit: one at a time beside what it is about.

use std::rc::Rc;

use gilscope::number::decimal;
use gilscope::scenario::presets;
use gilscope::scene::{Point, Rect, Size, Subject};
use gilscope::session::Action;
use gilscope::session::hints::{Hint, Hints, place};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::app::{App, Handle};
use super::theme::{self, LESS_MOTION};
use super::{autosave, document, window};

const KEY: &str = "gilscope.hints";

/// On a first visit to an address that names nothing plays the first preset, and shows the hints from now on.
pub(crate) fn begin(app: &Rc<App>, names_nothing: bool) {
    if app.embed.is_some() || !names_nothing {
        return;
    }
    let [tab, ever] = autosave::storages();
    let get = |storage: &Option<web_sys::Storage>, key| storage.as_ref().and_then(|s| s.get_item(key).ok().flatten());
    // Who comes back to what was open last knows the page.
    let ever = get(&ever, KEY).or_else(|| get(&ever, autosave::KEY));
    let hints = Hints::begin(get(&tab, KEY).as_deref(), ever.as_deref());
    if hints.shown().is_none() {
        return;
    }
    let first = *app.session().scenario() == presets::first().scenario() && app.session().playhead().ns() == 0;
    if first && !theme::prefers(LESS_MOTION) {
        app.act(Action::TogglePlay);
    }
    app.keep_hints(hints);
    let app = Rc::clone(app);
    let on_resize = Closure::<dyn FnMut()>::new(move || app.frame.ask_clock());
    let listener = on_resize.as_ref().unchecked_ref();
    window().add_event_listener_with_callback("resize", listener).unwrap_throw();
    on_resize.forget();
}

impl App {
    /// A hint was followed or dismissed.
    pub(crate) fn hint_done(&self, hint: Hint) {
        let mut hints = self.hints.get();
        if hints.done(hint) {
            self.keep_hints(hints);
        }
    }

    fn keep_hints(&self, hints: Hints) {
        self.hints.set(hints);
        for storage in autosave::storages().into_iter().flatten() {
            // Where it is forbidden they come once per page.
            let _ = storage.set_item(KEY, &hints.text());
        }
        self.frame.ask_structure();
    }

    /// Where in the window the thing lies that a hint is about.
    fn hinted_at(&self, hint: Hint) -> Option<Rect> {
        let selector = match hint {
            Hint::Play => ".transport .primary",
            Hint::Drag => return self.rect_of(Subject::ReadyQueue),
            Hint::Share => ".history .gold",
        };
        let rect = document().query_selector(selector).ok()??.get_bounding_client_rect();
        Some(Rect::new(rect.x(), rect.y(), rect.width(), rect.height()))
    }
}

/// The hint that is shown now; its place stays in the page, so that it is announced.
pub(crate) fn hint(app: &Handle) -> Html {
    // What is carried must not meet a hint on its way.
    let waits = app.shown().presenting || app.shown().broken.is_some() || app.session().drag().is_some();
    let hint = app.hints.get().shown().filter(|_| !waits);
    let target = hint.and_then(|hint| app.hinted_at(hint));
    let whole = |n: f64| decimal(n.round());
    let data = target.map(|r| [r.x, r.y, r.w, r.h].map(whole).join(" "));
    html! {
        <div id="hint" class="hint-place" role="status" data-target={data}>
            if let (Some(hint), Some(_)) = (hint, target) {
                <div class="hint">
                    <p>{ hint.says() }</p>
                    <button type="button" class="button small" onclick={
                        let app = app.clone();
                        move |_: MouseEvent| app.hint_done(hint)
                    }>{ "Got it" }</button>
                </div>
            }
        </div>
    }
}

/// Puts the hint beside what it is about, through the CSS object model.
pub(crate) fn follow() {
    let Some(element) = document().get_element_by_id("hint").and_then(|e| e.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let Some(target) = element.get_attribute("data-target") else { return };
    let numbers: Vec<f64> = target.split(' ').filter_map(|n| n.parse::<i32>().ok()).map(f64::from).collect();
    let [x, y, w, h] = numbers[..] else { return };
    let pixels = |of: Result<JsValue, JsValue>| of.ok().and_then(|v| v.as_f64()).unwrap_or_default();
    let rect = element.get_bounding_client_rect();
    let room = Size { w: pixels(window().inner_width()), h: pixels(window().inner_height()) };
    let Point { x, y } = place(Rect::new(x, y, w, h), Size { w: rect.width(), h: rect.height() }, room);
    let scrolled = |by: Result<f64, JsValue>| by.unwrap_or_default();
    let (x, y) = (x + scrolled(window().scroll_x()), y + scrolled(window().scroll_y()));
    let _ = element.style().set_property("left", &format!("{}px", decimal(x)));
    let _ = element.style().set_property("top", &format!("{}px", decimal(y)));
}
