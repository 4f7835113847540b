//! Fingers on the canvas. What they mean is decided in [`gilscope::session::touch`]; here is the clock, and what keeps the
//! browser from scrolling.

use std::cell::Cell;
use std::rc::Rc;

use gilscope::scene::{Point, Region, Subject};
use gilscope::session::Action;
use gilscope::session::keys::Command;
use gilscope::session::touch::{Finger, LONG_PRESS_MS, Lifted, Pinch, RISE};
use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, PointerEvent, Touch as TouchPoint, TouchEvent};

use super::app::App;
use super::palette::Hand;
use super::pointer::{on, point};
use super::{ask, window};

/// How long a telephone shakes when something has been picked up, in milliseconds.
const SHAKE_MS: u32 = 12;

/// How far a pen that rests may stray, in CSS pixels.
const PEN_STRAY: f64 = 4.0;

/// The fingers on the canvas, and the pen.
#[derive(Default)]
pub(crate) struct Touch {
    finger: Cell<Finger>,
    pinch: Cell<Option<Pinch>>,
    /// Whether the finger moves the playhead.
    scrubs: Cell<bool>,
    /// Where in the window a pen presses, and since when; it has not moved far.
    pen: Cell<Option<(f64, f64, f64)>>,
    /// Whether a pen is down: then a hand lies on the screen, too.
    pen_down: Cell<bool>,
    /// Whether the pointer drags a block of a program by its grip.
    pub(super) grip: Cell<bool>,
    /// What the pointer does with a thing of the palette.
    pub(super) hand: Cell<Hand>,
    /// Where in the window something is carried, and when it was last scrolled for that.
    pub(super) edge: Cell<Option<(f64, f64, Option<f64>)>>,
}

/// Listens from now on.
pub(crate) fn listen(app: &Rc<App>, canvas: &HtmlCanvasElement) {
    on(app, canvas, "touchstart", |app, canvas, event: TouchEvent| {
        if app.touch.pen_down.get() {
            return event.prevent_default();
        }
        if !app.allows(&Action::PointerDown(Point { x: 0.0, y: 0.0 })) {
            return;
        }
        let fingers = app.touch.fingers(app, canvas, &event);
        let on_ruler = fingers.iter().any(|p| matches!(region_at(app, *p), Some(Subject::Ruler | Subject::Overview)));
        app.touch.scrubs.set(on_ruler && fingers.len() == 1);
        let pinch = match fingers[..] {
            [a, b] if is_in_lanes(app, a) && is_in_lanes(app, b) => Some(Pinch::of(a, b)),
            _ => None,
        };
        app.touch.pinch.set(pinch);
        if pinch.is_some() {
            app.touch.finger.set(Finger::Free);
            app.act(Action::PointerCancel);
        }
        if on_ruler || pinch.is_some() {
            event.prevent_default();
        }
    });
    on(app, canvas, "touchmove", |app, canvas, event: TouchEvent| {
        if let (Some(before), [a, b]) = (app.touch.pinch.get(), &app.touch.fingers(app, canvas, &event)[..]) {
            let after = Pinch::of(*a, *b);
            let (factor, dx) = before.to(after);
            app.touch.pinch.set(Some(after));
            app.act(Action::Pan { dx });
            app.act(Action::Zoom { x: after.middle, factor });
            event.prevent_default();
        } else if (app.touch.finger.get().holds() || app.touch.scrubs.get()) && event.cancelable() {
            event.prevent_default();
        }
    });
}

impl Touch {
    fn fingers(&self, app: &App, canvas: &HtmlCanvasElement, event: &TouchEvent) -> Vec<Point> {
        let rect = canvas.get_bounding_client_rect();
        let at = |touch: TouchPoint| Point {
            x: (f64::from(touch.client_x()) - rect.left()) / app.scale(),
            y: (f64::from(touch.client_y()) - rect.top()) / app.scale(),
        };
        (0..event.touches().length()).filter_map(|i| event.touches().get(i)).map(at).collect()
    }

    /// Whether a pointer is a hand that lies on the screen while a pen draws.
    pub(super) fn is_palm(&self, event: &PointerEvent) -> bool {
        event.pointer_type() == "touch" && self.pen_down.get()
    }

    /// Whether a finger holds something.
    pub(super) fn holds(&self) -> bool {
        self.finger.get() != Finger::Free
    }
}

fn region_at(app: &App, p: Point) -> Option<Subject> {
    app.region_at(p).map(|r| r.subject)
}

fn is_in_lanes(app: &App, p: Point) -> bool {
    app.session().lanes_area().contains(p)
}

/// A pen went down: it draws like a mouse, and asks for the menu if it rests.
pub(super) fn pen_down(app: &App, event: &PointerEvent) {
    let since = event.time_stamp();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    app.touch.pen_down.set(true);
    app.touch.pen.set(Some((x, y, since)));
    later(app, move |app| {
        if app.touch.pen.get().is_some_and(|(.., then)| then == since) {
            app.touch.pen.set(None);
            app.act(Action::CancelDrag);
            app.act(Action::PointerCancel);
            ask_menu(app, app.point_at(x, y), Some(Point { x, y }));
        }
    });
}

/// A pen moved; far enough, it rests no more.
pub(super) fn pen_moved(app: &App, event: &PointerEvent) {
    if let Some((x, y, _)) = app.touch.pen.get()
        && (f64::from(event.client_x()) - x).hypot(f64::from(event.client_y()) - y) > PEN_STRAY
    {
        app.touch.pen.set(None);
    }
}

/// A pen went up, or out of reach.
pub(super) fn pen_up(app: &App) {
    app.touch.pen_down.set(false);
    app.touch.pen.set(None);
}

/// Opens the menu of what lies at a place of the picture, at a place in the window or below the thing. Whether there is one.
pub(super) fn ask_menu(app: &App, p: Point, at: Option<Point>) -> bool {
    let lane = app.session().lane_at(p);
    let Some(subject) = lane.or_else(|| region_at(app, p)) else { return false };
    if !app.obeys(&Command::Menu(subject)) || app.session().menu(subject).is_empty() {
        return false;
    }
    let is_background = matches!(subject, Subject::Board | Subject::Lanes | Subject::Ruler | Subject::Overview);
    if !is_background && !app.session().is_selected(subject) {
        app.act(Action::Select(Some(subject)));
    }
    app.open_menu(subject, at);
    true
}

/// Does something once a finger or a pen has rested.
fn later(app: &App, act: impl FnOnce(&App) + 'static) {
    let Some(app) = app.frame.app() else { return };
    let wait = Closure::once_into_js(move || act(&app));
    let listener = wait.unchecked_ref();
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(listener, LONG_PRESS_MS as i32);
}

/// A finger went down. Whether the session shall not know yet.
pub(super) fn down(app: &App, event: &PointerEvent) -> bool {
    let p = point(app, event);
    let can_be_picked_up = |r: Region| r.draggable || matches!(r.subject, Subject::Flag(_));
    if !app.region_at(p).is_some_and(can_be_picked_up) {
        app.touch.finger.set(Finger::Free);
        return false;
    }
    app.touch.finger.set(Finger::resting(p, event.time_stamp()));
    // A little later, so that no rounding makes it too early.
    let due = event.time_stamp() + LONG_PRESS_MS + 1.0;
    later(app, move |app| pick_up(app, due));
    true
}

/// The finger picks up what it is on if it has rested by now, unless it went up or another one has gone down since.
fn pick_up(app: &App, now: f64) {
    let mut finger = app.touch.finger.get();
    let Some(from) = finger.waited(now) else { return };
    app.touch.finger.set(finger);
    app.act(Action::PointerDown(from));
    app.act(Action::PointerMove(Point { y: from.y - RISE, ..from }));
    shake();
}

/// Shakes the telephone, if it can and lets the page do so: not before a first tap.
fn shake() {
    let navigator = window().navigator();
    let active = Reflect::get(&navigator, &"userActivation".into());
    let active = active.and_then(|a| Reflect::get(&a, &"hasBeenActive".into()));
    if active.is_ok_and(|a| a.is_truthy()) {
        ask(&navigator, "vibrate", &SHAKE_MS.into());
    }
}

/// The finger moved. Whether the session shall know.
pub(super) fn moved(app: &App, event: &PointerEvent) -> bool {
    let free = app.touch.finger.get() == Finger::Free;
    // A page that is busy hears late that it has rested: that it moves may come first.
    pick_up(app, began(event));
    let mut finger = app.touch.finger.get();
    let carries = finger.moved(point(app, event));
    app.touch.finger.set(finger);
    carries || free
}

/// When a move began: a page that is busy is told of many as one, which has the time of the last of them.
fn began(event: &PointerEvent) -> f64 {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into());
    // Not all browsers have it, and none where the page has no secure context.
    let all = get(event, "getCoalescedEvents").and_then(JsCast::dyn_into::<Function>);
    let first = all.and_then(|all| get(&all.call1(event, &JsValue::UNDEFINED)?, "0"));
    let began = first.and_then(|first| get(&first, "timeStamp")).ok();
    began.and_then(|at| at.as_f64()).unwrap_or_else(|| event.time_stamp())
}

/// The finger went up.
pub(super) fn up(app: &App, event: &PointerEvent) {
    pick_up(app, event.time_stamp());
    let p = point(app, event);
    let mut finger = app.touch.finger.get();
    let free = finger == Finger::Free;
    let lifted = finger.lift();
    app.touch.finger.set(finger);
    match lifted {
        Lifted::Nothing if free => app.act(Action::PointerUp(p)),
        Lifted::Nothing => {}
        Lifted::Tap => {
            app.act(Action::PointerDown(p));
            app.act(Action::PointerUp(p));
        }
        Lifted::Menu => {
            app.act(Action::CancelDrag);
            ask_menu(app, p, None);
        }
        Lifted::Drop => app.act(Action::PointerUp(p)),
    }
}

/// The browser has taken the finger away, to scroll.
pub(super) fn cancel(app: &App) {
    app.touch.finger.set(Finger::Free);
}
