//! Focusable elements over the drawn things, for keyboards and assistive technology.
//!
//! Tab stops once at the board and once at the lanes, where the focus was last; arrows lead from thing to thing.
//! They take no pointer events, the field for an answer apart: the canvas below gets those. Their places are set through the CSS object model, as the
//! page's policy allows no `style` attributes.

use std::collections::HashMap;
use std::rc::{Rc, Weak};

use gilscope::ids::ThreadIx;
use gilscope::number::decimal;
use gilscope::scenario::Limits;
use gilscope::scene::{Rect, Region, Subject, ThreadSet};
use gilscope::session::Action;
use gilscope::session::keys::{Command, Direction};
use gilscope::session::spatial;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

use super::app::App;
use super::document;

/// The least time between two renewals while the picture moves: milliseconds.
const RENEWAL_MS: f64 = 200.0;

/// A thing, and which of the places where it is drawn.
type Key = (Subject, usize);

/// The parts of the picture with a Tab stop each.
const GROUPS: [&str; 2] = ["Board", "Lanes"];

/// One element.
struct Spot {
    /// Which of the parts it is in.
    group: usize,
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
    groups: [Element; 2],
    app: Weak<App>,
    spots: HashMap<Key, Spot>,
    /// In each part.
    order: [Vec<Key>; 2],
    /// Where Tab stops in each part.
    stops: [Option<Key>; 2],
    /// What was selected at the last renewal.
    selection: Option<Subject>,
    renewed_ms: f64,
}

impl Overlay {
    /// An empty overlay whose elements will be children of `root`.
    pub(crate) fn new(root: Element, app: &Rc<App>) -> Self {
        let groups = GROUPS.map(|name| {
            let group = document().create_element("div").unwrap_throw();
            let _ = group.set_attribute("role", "group");
            let _ = group.set_attribute("aria-label", name);
            let _ = root.append_child(&group);
            group
        });
        listen(app, &root);
        let app = Rc::downgrade(app);
        let (spots, order) = (HashMap::new(), Default::default());
        Self { groups, app, spots, order, stops: [None; 2], selection: None, renewed_ms: f64::NEG_INFINITY }
    }

    /// Makes the elements agree with the named regions; while `moving`, only every so often.
    pub(crate) fn renew(
        &mut self,
        regions: &[Region],
        (selection, threads): (Option<Subject>, ThreadSet),
        held: Option<Subject>,
        now_ms: f64,
        moving: bool,
    ) {
        if moving && now_ms - self.renewed_ms < RENEWAL_MS {
            return;
        }
        self.renewed_ms = now_ms;
        let mut seen: HashMap<Subject, usize> = HashMap::new();
        let mut order: [Vec<Key>; 2] = Default::default();
        let lanes = regions.iter().find(|r| r.subject == Subject::Lanes).map(|r| r.rect).unwrap_or_default();
        for region in regions.iter().filter(|r| !r.name.is_empty()) {
            let nth = seen.entry(region.subject).or_default();
            let key = (region.subject, *nth);
            *nth += 1;
            let group = usize::from(lanes.contains(region.rect.center()));
            order[group].push(key);
            let selected = matches!(region.subject.of_lane(), Subject::Thread(thread) if threads.has(thread));
            self.place(key, group, region, selected || selection == Some(region.subject.of_lane()));
        }
        // What is carried may be out of sight for a while; it keeps the focus.
        if let Some(spot) = held.and_then(|held| self.spots.get_mut(&(held, 0))) {
            spot.renewed_ms = now_ms;
        }
        if order != self.order {
            self.arrange(order);
        }
        if std::mem::replace(&mut self.selection, selection) != selection {
            self.follow_op(selection);
        }
    }

    /// Keeps the focus on a block that has been carried to another place of its program, and has another number there.
    fn follow_op(&mut self, selection: Option<Subject>) {
        let focused = document().active_element();
        let on_op = focused.and_then(|e| self.spot_of(&e).map(|(key, _)| key.0));
        if let (Some(Subject::Op(_)), Some(to @ Subject::Op(_))) = (on_op, selection) {
            self.focus_on(to);
        }
    }

    /// Gives the focus to a thing of the picture, if it is there.
    fn focus_on(&mut self, subject: Subject) {
        let key = (subject, 0);
        if let Some(spot) = self.spots.get(&key) {
            let group = spot.group;
            let _ = spot.element.focus();
            self.stop_at(group, Some(key));
        }
    }

    /// The thing that is reached from another one; `None` if there is none on that side.
    pub(crate) fn next(&self, from: &Element, to: Direction) -> Option<HtmlElement> {
        let (key, spot) = self.spot_of(from)?;
        let order = &self.order[spot.group];
        let things: Vec<_> = order.iter().filter_map(|key| Some((key.0, self.spots.get(key)?.rect))).collect();
        let next = spatial::go(&things, order.iter().position(|k| *k == key)?, to)?;
        Some(self.spots.get(order.get(next)?)?.element.clone())
    }

    /// Whether an element is over a lane.
    pub(crate) fn is_lane(&self, element: &Element) -> bool {
        let spot = self.spot_of(element);
        let own = |s| matches!(s, Subject::Flag(_) | Subject::Op(_) | Subject::OpEdge(_));
        spot.is_some_and(|(key, spot)| spot.group == 1 && !own(key.0))
    }

    /// An element has the focus: Tab stops there from now on.
    fn focused(&mut self, element: &Element) {
        if let Some((key, group)) = self.spot_of(element).map(|(key, spot)| (key, spot.group)) {
            self.stop_at(group, Some(key));
        }
    }

    fn stop_at(&mut self, group: usize, key: Option<Key>) {
        let before = std::mem::replace(&mut self.stops[group], key);
        for (key, index) in [(before, "-1"), (key, "0")] {
            if let Some(spot) = key.and_then(|key| self.spots.get(&key)) {
                spot.tab(index);
            }
        }
    }

    fn spot_of(&self, element: &Element) -> Option<(Key, &Spot)> {
        let mut spots = self.spots.iter();
        spots.find(|(_, spot)| spot.element.as_ref() as &Element == element).map(|(key, spot)| (*key, spot))
    }

    /// The thing that an element stands for.
    pub(crate) fn subject_of(&self, element: &Element) -> Option<Subject> {
        self.spot_of(element).map(|((subject, _), _)| subject)
    }

    /// Makes an element for a region, or changes what is different about it.
    fn place(&mut self, key: Key, group: usize, region: &Region, selected: bool) {
        let app = &self.app;
        let spot = self.spots.entry(key).or_insert_with(|| Spot::new(key.0, Weak::clone(app)));
        spot.renewed_ms = self.renewed_ms;
        spot.group = group;
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
    fn arrange(&mut self, order: [Vec<Key>; 2]) {
        let renewal = self.renewed_ms;
        let focused = document().active_element();
        let mut lost = None;
        self.spots.retain(|key, spot| {
            let stays = spot.renewed_ms == renewal;
            if !stays {
                if focused.as_ref() == Some(&spot.element) {
                    lost = Some((key.0, spot.group));
                }
                spot.element.remove();
            }
            stays
        });
        for (group, order) in self.groups.iter().zip(&order) {
            let mut next: Option<HtmlElement> = None;
            for key in order.iter().rev() {
                let Some(spot) = self.spots.get(key) else { continue };
                let connected = spot.element.parent_element().as_ref() == Some(group);
                let there = spot.element.next_element_sibling().as_ref() == next.as_deref() && connected;
                if !there && (focused.as_ref() != Some(&spot.element) || !connected) {
                    let _ = group.insert_before(&spot.element, next.as_deref().map(AsRef::as_ref));
                }
                next = Some(spot.element.clone());
            }
        }
        for (group, order) in order.iter().enumerate() {
            let stays = self.stops[group].filter(|key| order.contains(key));
            self.stop_at(group, stays.or(order.first().copied()));
        }
        self.order = order;
        // What had the focus is gone: whoever uses the keyboard stays in the picture.
        let Some((lost, group)) = lost else { return };
        let near = spatial::near(lost).map(|subject| (subject, 0)).find(|key| self.spots.contains_key(key));
        if let Some(key) = near.or(self.stops[group]) {
            self.focus_on(key.0);
        }
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
        Self {
            group: 0,
            element,
            name: String::new(),
            rect: Rect::default(),
            selected: false,
            renewed_ms: 0.0,
            on_event,
        }
    }
}

impl Spot {
    /// Whether Tab stops there; always at a field.
    fn tab(&self, index: &str) {
        if self.element.tag_name() == "BUTTON" {
            let _ = self.element.set_attribute("tabindex", index);
        }
    }
}

/// Follows the focus, and opens menus with the key for that.
fn listen(app: &Rc<App>, root: &Element) {
    let app = Rc::downgrade(app);
    let on_event = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        let (Some(app), Some(target)) = (app.upgrade(), target) else { return };
        if event.type_() == "contextmenu" {
            if target.has_type::<HtmlInputElement>() {
                return;
            }
            event.prevent_default();
            // A key: a pointer presses the canvas below.
            if event.unchecked_ref::<MouseEvent>().button() <= 0
                && let Some(subject) = app.subject_of(&target)
            {
                app.command(Command::Menu(subject));
            }
        } else {
            app.with_overlay(|overlay| overlay.focused(&target));
        }
    });
    for event in ["focusin", "contextmenu"] {
        let _ = root.add_event_listener_with_callback(event, on_event.as_ref().unchecked_ref());
    }
    // It lives as long as the overlay: as the page.
    on_event.forget();
}

/// Makes an element a button that selects a thing.
fn button(element: &HtmlElement, subject: Subject, app: Weak<App>) -> Closure<dyn FnMut(Event)> {
    let _ = element.set_attribute("type", "button");
    let _ = element.set_attribute("aria-pressed", "false");
    let _ = element.set_attribute("tabindex", "-1");
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
                // What has the focus then is not to be pressed by the same key.
                event.prevent_default();
                app.act(Action::Answer { thread, text: field.value() });
                // The field goes away; the focus stays in the picture, where Space plays.
                if !app.session().awaits(thread) {
                    app.with_overlay(|overlay| overlay.focus_on(Subject::Thread(thread)));
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
