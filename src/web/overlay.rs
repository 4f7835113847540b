//! Focusable elements over the drawn things, for keyboards and assistive technology.
//!
//! They take no pointer events, the field for an answer apart: the canvas below gets those. Their places are set through the CSS object model, as the
//! page's policy allows no `style` attributes.

use std::collections::HashMap;
use std::rc::{Rc, Weak};

use gilscope::ids::ThreadIx;
use gilscope::number::decimal;
use gilscope::scenario::Limits;
use gilscope::scene::{Rect, Region, Subject};
use gilscope::session::Action;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::app::App;
use super::document;

/// The least time between two renewals while the picture moves: milliseconds.
const RENEWAL_MS: f64 = 200.0;

/// A thing, and which of the places where it is drawn.
type Key = (Subject, usize);

/// One element.
struct Spot {
    element: HtmlElement,
    name: String,
    rect: Rect,
    selected: bool,
    /// When a region of it was last drawn.
    renewed_ms: f64,
    on_event: Closure<dyn FnMut(Event)>,
}

/// The elements over a canvas.
pub(crate) struct Overlay {
    root: Element,
    app: Weak<App>,
    spots: HashMap<Key, Spot>,
    order: Vec<Key>,
    renewed_ms: f64,
}

impl Overlay {
    /// An empty overlay whose elements will be children of `root`.
    pub(crate) fn new(root: Element, app: &Rc<App>) -> Self {
        let app = Rc::downgrade(app);
        Self { root, app, spots: HashMap::new(), order: Vec::new(), renewed_ms: f64::NEG_INFINITY }
    }

    /// Makes the elements agree with the named regions; while `moving`, only every so often.
    pub(crate) fn renew(&mut self, regions: &[Region], selection: Option<Subject>, now_ms: f64, moving: bool) {
        if moving && now_ms - self.renewed_ms < RENEWAL_MS {
            return;
        }
        self.renewed_ms = now_ms;
        let mut seen: HashMap<Subject, usize> = HashMap::new();
        let mut order = Vec::new();
        for region in regions.iter().filter(|r| !r.name.is_empty()) {
            let nth = seen.entry(region.subject).or_default();
            let key = (region.subject, *nth);
            *nth += 1;
            order.push(key);
            self.place(key, region, selection == Some(region.subject));
        }
        if order != self.order {
            self.arrange(order);
        }
    }

    /// The thing that an element stands for.
    pub(crate) fn subject_of(&self, element: &Element) -> Option<Subject> {
        let mut spots = self.spots.iter();
        spots.find(|(_, spot)| spot.element.as_ref() as &Element == element).map(|((subject, _), _)| *subject)
    }

    /// Makes an element for a region, or changes what is different about it.
    fn place(&mut self, key: Key, region: &Region, selected: bool) {
        let app = &self.app;
        let spot = self.spots.entry(key).or_insert_with(|| Spot::new(key.0, Weak::clone(app)));
        spot.renewed_ms = self.renewed_ms;
        if spot.name != region.name {
            let _ = spot.element.set_attribute("aria-label", &region.name);
            spot.name.clone_from(&region.name);
        }
        if spot.selected != selected && spot.element.has_attribute("aria-pressed") {
            let _ = spot.element.set_attribute("aria-pressed", if selected { "true" } else { "false" });
            spot.selected = selected;
        }
        if spot.rect != region.rect {
            let style = spot.element.style();
            let Rect { x, y, w, h } = region.rect;
            for (property, value) in [("left", x), ("top", y), ("width", w), ("height", h)] {
                let _ = style.set_property(property, &format!("{}px", decimal(value)));
            }
            spot.rect = region.rect;
        }
    }

    /// Removes elements of things that are gone, and puts the others into reading order without moving the focused one.
    fn arrange(&mut self, order: Vec<Key>) {
        let renewal = self.renewed_ms;
        self.spots.retain(|_, spot| {
            let stays = spot.renewed_ms == renewal;
            if !stays {
                spot.element.remove();
            }
            stays
        });
        let focused = document().active_element();
        let mut next: Option<HtmlElement> = None;
        for key in order.iter().rev() {
            let Some(spot) = self.spots.get(key) else { continue };
            let there = spot.element.next_element_sibling().as_ref() == next.as_deref() && spot.element.is_connected();
            if !there && (focused.as_ref() != Some(&spot.element) || !spot.element.is_connected()) {
                let _ = self.root.insert_before(&spot.element, next.as_deref().map(AsRef::as_ref));
            }
            next = Some(spot.element.clone());
        }
        self.order = order;
    }
}

impl Spot {
    fn new(subject: Subject, app: Weak<App>) -> Self {
        let allows = |action: &Action| app.upgrade().is_none_or(|app| app.allows(action));
        let element = |tag| -> HtmlElement { document().create_element(tag).unwrap_throw().unchecked_into() };
        let (element, class, on_event) = match subject {
            Subject::Input(thread) if allows(&Action::Answer { thread, text: String::new() }) => {
                let element = element("input");
                let on_key = answer(element.unchecked_ref(), thread, app);
                (element, "spot answer", on_key)
            }
            _ if allows(&Action::Select(Some(subject))) => {
                let element = element("button");
                let on_click = button(&element, subject, app);
                (element, "spot", on_click)
            }
            // Where nothing can be selected there is nothing to press, only something to be told.
            _ => {
                let element = element("span");
                let _ = element.set_attribute("role", "img");
                (element, "spot", Closure::new(|_| {}))
            }
        };
        element.set_class_name(class);
        Self { element, name: String::new(), rect: Rect::default(), selected: false, renewed_ms: 0.0, on_event }
    }
}

/// Makes an element a button that selects a thing.
fn button(element: &HtmlElement, subject: Subject, app: Weak<App>) -> Closure<dyn FnMut(Event)> {
    let _ = element.set_attribute("type", "button");
    let _ = element.set_attribute("aria-pressed", "false");
    let on_click = Closure::new(move |_| {
        if let Some(app) = app.upgrade() {
            app.act(Action::Select(Some(subject)));
        }
    });
    element.set_onclick(Some(on_click.as_ref().unchecked_ref()));
    on_click
}

/// Makes an element the field in which a person answers a thread: Enter sends what is written there.
fn answer(element: &HtmlInputElement, thread: ThreadIx, app: Weak<App>) -> Closure<dyn FnMut(Event)> {
    element.set_type("text");
    element.set_max_length(Limits::ANSWER as i32);
    element.set_placeholder("type here");
    let _ = element.set_attribute("autocomplete", "off");
    let field = element.clone();
    let on_key = Closure::new(move |event: Event| {
        let key = event.unchecked_ref::<KeyboardEvent>().key();
        // What is typed is no command to the page; a clicker types nothing.
        if !matches!(key.as_str(), "PageUp" | "PageDown") {
            event.stop_propagation();
        }
        match (key.as_str(), app.upgrade()) {
            ("Enter", Some(app)) => {
                app.act(Action::Answer { thread, text: field.value() });
                // The field goes away; the focus stays in the picture, where Space plays.
                if !app.session().awaits(thread)
                    && let Ok(Some(stage)) = field.closest(".stage")
                {
                    let _ = stage.unchecked_ref::<HtmlElement>().focus();
                }
            }
            ("Escape", _) => drop(field.blur()),
            _ => {}
        }
    });
    element.set_onkeydown(Some(on_key.as_ref().unchecked_ref()));
    on_key
}

impl Drop for Spot {
    fn drop(&mut self) {
        // The element must not call a closure that is gone; naming it here keeps it alive until then.
        let _ = &self.on_event;
        self.element.set_onclick(None);
        self.element.set_onkeydown(None);
    }
}
