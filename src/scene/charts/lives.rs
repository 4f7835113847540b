//! Each thread's life as a bar of its states, in colours and patterns as on its lane, with a key.

use super::super::facts::KeyState;
use super::super::key::look;
use super::super::kit::{self, Kit, point};
use super::super::lanes::bar;
use super::super::layout::SWATCH;
use super::super::{Ink, Rect, Scene, hue, words};
use super::{PAD, axis, finished, head};
use crate::engine::Plan;
use crate::explain::thread_name;
use crate::ids::ThreadIx;
use crate::metrics::{Metrics, Totals};
use crate::number::Within;
use crate::time::{Dur, Time};

/// A thread's row and its bar, in CSS pixels.
const ROW: f64 = 24.0;
const BAR: f64 = 16.0;
/// A row of the key.
const KEY_ROW: f64 = 22.0;

/// The most threads that are shown.
const MOST: usize = 32;

/// The states in the order in which they follow each other in a bar: on a core, for a core, for the GIL, for other things.
const STATES: [KeyState; 12] = [
    KeyState::RunsPython,
    KeyState::Extension,
    KeyState::Native,
    KeyState::Switch,
    KeyState::Ready,
    KeyState::Waking,
    KeyState::WantsGil,
    KeyState::ForcedWait,
    KeyState::Io,
    KeyState::Sleep,
    KeyState::Input,
    KeyState::Another,
];

/// How long a thread was in a state; one without GIL has no other way to run.
fn spent(state: KeyState, t: &Totals, gil: bool) -> Dur {
    match state {
        KeyState::Runs | KeyState::RunsPython if !gil => t.useful() + t.checks,
        KeyState::Runs | KeyState::RunsPython => t.python + t.checks,
        KeyState::Extension | KeyState::Native if !gil => Dur::ZERO,
        KeyState::Extension => t.extension,
        KeyState::Native => t.native,
        KeyState::Switch => t.switching_in,
        KeyState::Ready => t.ready,
        KeyState::Waking => t.waking,
        KeyState::WantsGil => t.wants_gil,
        KeyState::ForcedWait => t.forced_wait,
        KeyState::Io => t.io,
        KeyState::Sleep => t.sleep,
        KeyState::Input => t.input,
        KeyState::Another => t.devices + t.locks + t.signals + t.messages + t.threads,
    }
}

/// Draws the bars of all threads that have lived, as far as there is room for them.
#[must_use]
pub fn lives(plan: &Plan, metrics: &Metrics, width: f64, title: Option<&str>) -> Scene {
    let mut kit = Kit::default();
    let lived: Vec<_> = plan.thread_ixs().zip(&metrics.threads).filter(|(_, t)| !t.totals.life().is_zero()).collect();
    let shown = &lived[..lived.len().min(MOST)];
    let longest = shown.iter().map(|(_, t)| t.totals.life()).max().unwrap_or_default();
    let name = |ix: ThreadIx| thread_name(plan, ix);
    let names = shown.iter().map(|(ix, _)| kit::NOTE.width(&name(*ix))).fold(0.0, f64::max).within(0.0, 0.3 * width);
    let left = names + 8.0;
    let top = PAD + head(&mut kit, title, width);
    let area = Rect::new(left, top, (width - left - 2.0).max(1.0), ROW * shown.len() as f64);
    let across = axis::across(area, Time::ZERO, longest);
    let mut bottom = axis::draw(&mut kit, area, &across);
    let mut found = [false; STATES.len()];
    for (row, (ix, thread)) in shown.iter().enumerate() {
        let y = area.y + ROW * (row as f64 + 0.5);
        kit.text(point(0.0, y), names, kit::NOTE.ink(Ink::Text), name(*ix));
        let gil = plan.thread(*ix).gil.is_some();
        let mut x = area.x;
        for (state, found) in STATES.into_iter().zip(&mut found) {
            let length = spent(state, &thread.totals, gil);
            let w = length.ns() as f64 / across.ns_per_px;
            if !length.is_zero() {
                *found = true;
                bar(&mut kit, Rect::new(x, y - BAR / 2.0, w, BAR), look(state), Ink::Thread(ix.0), 1.0);
            }
            x += w;
        }
    }
    if lived.len() > MOST {
        let more = format!("threads left out: {}", lived.len() - MOST);
        kit.text(point(area.x, bottom + 10.0), area.w, kit::SMALL, more);
        bottom += 20.0;
    }
    let free = plan.thread_ixs().any(|t| plan.thread(t).gil.is_none());
    let states = STATES.into_iter().zip(found).filter(|(_, found)| *found).map(|(state, _)| match state {
        KeyState::RunsPython if free => KeyState::Runs,
        state => state,
    });
    bottom = key(&mut kit, states, bottom + 4.0, width);
    let mut scene = finished(kit, bottom);
    hue::colour(&mut scene.shapes, plan);
    scene
}

/// The key of these states from `top` on; says where it ends.
fn key(kit: &mut Kit, states: impl Iterator<Item = KeyState>, top: f64, width: f64) -> f64 {
    let (mut x, mut y) = (0.0, top + KEY_ROW / 2.0);
    for state in states {
        let text = words::state_of_key(state);
        let w = SWATCH + 8.0 + kit::NOTE.width(text);
        if x > 0.0 && x + w > width {
            (x, y) = (0.0, y + KEY_ROW);
        }
        bar(kit, Rect::new(x, y - 7.5, SWATCH, 15.0), look(state), Ink::Muted, 1.0);
        kit.text(point(x + SWATCH + 8.0, y), width - x - SWATCH - 8.0, kit::NOTE, text);
        x += w + 14.0;
    }
    y + KEY_ROW / 2.0
}
