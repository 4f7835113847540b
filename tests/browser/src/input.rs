//! The pointer, the wheel and the keyboard.

use crate::page::Page;
use anyhow::Result;
use serde_json::{Value, json};

/// Keys that have no character, for [`Page::press`].
pub mod key {
    /// Shift.
    pub const SHIFT: &str = "\u{e008}";
    /// Control.
    pub const CONTROL: &str = "\u{e009}";
    /// Alt.
    pub const ALT: &str = "\u{e00a}";
    /// Tab.
    pub const TAB: &str = "\u{e004}";
    /// Enter.
    pub const ENTER: &str = "\u{e007}";
    /// Escape.
    pub const ESCAPE: &str = "\u{e00c}";
    /// Backspace.
    pub const BACKSPACE: &str = "\u{e003}";
    /// Delete.
    pub const DELETE: &str = "\u{e017}";
    /// PageUp.
    pub const PAGE_UP: &str = "\u{e00e}";
    /// PageDown.
    pub const PAGE_DOWN: &str = "\u{e00f}";
    /// End.
    pub const END: &str = "\u{e010}";
    /// Home.
    pub const HOME: &str = "\u{e011}";
    /// ArrowLeft.
    pub const LEFT: &str = "\u{e012}";
    /// ArrowUp.
    pub const UP: &str = "\u{e013}";
    /// ArrowRight.
    pub const RIGHT: &str = "\u{e014}";
    /// ArrowDown.
    pub const DOWN: &str = "\u{e015}";
    /// Space.
    pub const SPACE: &str = " ";

    /// The key that the web calls by a name; any other text stands for itself.
    pub(super) fn named(name: &str) -> &str {
        match name {
            "Shift" => SHIFT,
            "Control" => CONTROL,
            "Alt" => ALT,
            "Tab" => TAB,
            "Enter" => ENTER,
            "Escape" => ESCAPE,
            "Backspace" => BACKSPACE,
            "Delete" => DELETE,
            "PageUp" => PAGE_UP,
            "PageDown" => PAGE_DOWN,
            "End" => END,
            "Home" => HOME,
            "ArrowLeft" => LEFT,
            "ArrowUp" => UP,
            "ArrowRight" => RIGHT,
            "ArrowDown" => DOWN,
            "Space" => SPACE,
            other => other,
        }
    }
}

/// How many moves the pointer makes on its way. A page sees each of them.
const MOVES: u32 = 12;
/// How long one move takes, in milliseconds: about a frame.
const MOVE_MS: u32 = 16;

/// A place in the window, in CSS pixels from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

impl Point {
    /// The place at a part of the way from here to there.
    fn towards(self, to: Point, part: f64) -> Point {
        Point { x: self.x + (to.x - self.x) * part, y: self.y + (to.y - self.y) * part }
    }
}

impl Page {
    /// Presses the pointer at one place, moves it to another in small steps, and lets go there.
    ///
    /// # Errors
    ///
    /// A place is outside of the window.
    pub fn drag(&self, from: Point, to: Point) -> Result<()> {
        self.drag_and_hold(from, to)?;
        self.let_go()
    }

    /// As [`Page::drag`], but keeps the pointer pressed: for looking at the page while dragging.
    ///
    /// # Errors
    ///
    /// A place is outside of the window.
    pub fn drag_and_hold(&self, from: Point, to: Point) -> Result<()> {
        let mut actions = vec![move_to(from, 0), json!({ "type": "pointerDown", "button": 0 })];
        let part = |step: u32| f64::from(step) / f64::from(MOVES);
        actions.extend((1..=MOVES).map(|step| move_to(from.towards(to, part(step)), MOVE_MS)));
        self.pointer(actions)
    }

    /// Moves the pointer, pressed or not, to a place.
    ///
    /// # Errors
    ///
    /// The place is outside of the window.
    pub fn move_pointer(&self, to: Point) -> Result<()> {
        self.pointer(vec![move_to(to, MOVE_MS)])
    }

    /// Clicks at a place, whatever is there.
    ///
    /// # Errors
    ///
    /// The place is outside of the window.
    pub fn click_at(&self, at: Point) -> Result<()> {
        self.pointer(vec![
            move_to(at, 0),
            json!({ "type": "pointerDown", "button": 0 }),
            json!({ "type": "pointerUp", "button": 0 }),
        ])
    }

    /// Lets the pointer go where it is.
    ///
    /// # Errors
    ///
    /// The browser is gone.
    pub fn let_go(&self) -> Result<()> {
        self.pointer(vec![json!({ "type": "pointerUp", "button": 0 })])
    }

    /// Turns the wheel over a place, by so many CSS pixels to the right and down.
    ///
    /// # Errors
    ///
    /// The place is outside of the window.
    pub fn wheel(&self, at: Point, right: i32, down: i32) -> Result<()> {
        let scroll = json!({
            "type": "scroll", "origin": "viewport", "duration": 0,
            "x": whole(at.x), "y": whole(at.y), "deltaX": right, "deltaY": down,
        });
        self.act(json!({ "type": "wheel", "id": "wheel", "actions": [scroll] }))
    }

    /// Presses keys one after the other and releases them in reverse: `&[key::CONTROL, "z"]`, or just `&["h"]`.
    ///
    /// # Errors
    ///
    /// Something is no key.
    pub fn press(&self, keys: &[&str]) -> Result<()> {
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
        self.act(json!({ "type": "key", "id": "keyboard", "actions": down.chain(up).collect::<Vec<_>>() }))
    }

    /// As [`Page::press`], with the keys as people write them: `Control+Shift+z`, `Escape`, `h`.
    ///
    /// # Errors
    ///
    /// Something is no key.
    pub fn press_named(&self, keys: &str) -> Result<()> {
        self.press(&keys.split('+').map(key::named).collect::<Vec<_>>())
    }

    /// Puts a finger down, lets it rest, moves it to another place and lifts it.
    ///
    /// # Errors
    ///
    /// A place is outside of the window.
    pub fn swipe(&self, from: Point, rest_ms: u32, to: Point) -> Result<()> {
        let mut actions = vec![
            move_to(from, 0),
            json!({ "type": "pointerDown", "button": 0 }),
            json!({ "type": "pause", "duration": rest_ms }),
        ];
        let part = |step: u32| f64::from(step) / f64::from(MOVES);
        if from != to {
            actions.extend((1..=MOVES).map(|step| move_to(from.towards(to, part(step)), MOVE_MS)));
        }
        // The driver forgets a finger between two requests.
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
        self.act(json!({
            "type": "pointer", "id": "finger", "parameters": { "pointerType": "touch" }, "actions": actions,
        }))
    }

    fn pointer(&self, actions: Vec<Value>) -> Result<()> {
        self.act(json!({
            "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions,
        }))
    }

    fn act(&self, source: Value) -> Result<()> {
        self.drawn_after(self.post("/actions", json!({ "actions": [source] })))
    }
}

fn move_to(to: Point, ms: u32) -> Value {
    json!({
        "type": "pointerMove", "origin": "viewport", "duration": ms, "x": whole(to.x), "y": whole(to.y),
    })
}

/// The driver takes whole pixels only. Windows are far smaller than the range.
fn whole(pixels: f64) -> i32 {
    pixels.round() as i32
}
