//! A context switch: what is in a core's registers is saved with the thread that leaves, then loaded for the one that comes.
//!
//! The model knows only how long it takes; the picture gives half of that to each.

use super::super::draw::View;
use super::super::facts;
use super::super::kit::{self, Kit, line, point, solid, tint};
use super::super::{Ink, Rect, words};
use crate::engine::Place;
use crate::ids::{CoreId, ThreadIx};
use crate::time::Time;

/// How many registers are drawn, and the size of one with what is between two.
const N: usize = 8;
const SIDE: f64 = 7.0;
const PITCH: f64 = 9.5;

/// Whether switching takes time here, so that it can be seen.
pub(super) fn shown(view: &View<'_>) -> bool {
    facts::slow_switch(view.plan)
}

/// How far a switch to a thread is, 0 to 1, and whom it takes off the core and saves, if that one goes on later.
fn switch(view: &View<'_>, core: CoreId, thread: ThreadIx) -> Option<(f64, Option<ThreadIx>)> {
    let state = view.machine.thread(thread);
    if state.place != Place::SwitchingIn {
        return None;
    }
    let past = view.picture.run.lanes().core(core).window(Time::ZERO, state.since);
    let before = past.last().map(|s| s.thread).filter(|t| *t != thread);
    let costs = &view.plan.costs;
    let other = before.is_some_and(|t| view.plan.thread(t).process != view.plan.thread(thread).process);
    let takes = costs.switch.ns() + if other { costs.process_switch.ns() } else { 0 };
    let part = view.now.since(state.since).ns() as f64 / takes.max(1) as f64;
    let saved = before.filter(|t| view.machine.thread(*t).place != Place::Finished);
    Some((part.min(1.0), saved))
}

/// What a core does while it switches, in words and in fewer.
pub(super) fn caption(view: &View<'_>, core: CoreId, thread: ThreadIx) -> [String; 3] {
    let (verb, who) = match switch(view, core, thread) {
        Some((part, Some(saved))) if part < 0.5 => ("saving", saved),
        _ => ("loading", thread),
    };
    let name = view.name(who);
    let at = words::at(view.plan, view.machine, who, view.now);
    let long = at.map_or_else(|| format!("{verb} {name}"), |at| format!("{verb} {name} at {at}"));
    [long, format!("{verb} {name}"), verb.to_owned()]
}

/// The registers of a core, in the colour of the thread of which they hold the state.
pub(super) fn draw(kit: &mut Kit, view: &View<'_>, core: CoreId, rect: Rect) {
    let Some(thread) = view.machine.core(core).thread else { return };
    let style = kit::SMALL;
    let word = style.width("registers");
    let all = PITCH * N as f64;
    let x = if word + 8.0 + all <= rect.w { rect.x + word + 8.0 } else { rect.x };
    if x > rect.x {
        kit.text(point(rect.x, rect.center().y), word, style, "registers");
    }
    let switch = switch(view, core, thread);
    for i in 0..N {
        let cell = Rect::new(x + PITCH * i as f64, rect.center().y - SIDE / 2.0, SIDE, SIDE);
        let whose = match switch {
            None => Some(thread),
            Some((part, saved)) => {
                let done = part * 2.0 * N as f64;
                match saved {
                    Some(saved) if (i as f64) >= done => Some(saved),
                    _ => ((N + i) as f64 <= done).then_some(thread),
                }
            }
        };
        match whose {
            Some(thread) => kit.fill(cell, 1.5, solid(Ink::Thread(thread.0))),
            None => kit.rect(cell, 1.5, Some(tint(Ink::Card, 0.6)), Some(line(Ink::Line, 1.0))),
        }
    }
}

/// The register on its way to the card of the thread with which it is saved.
pub(super) fn fly(kit: &mut Kit, view: &View<'_>) {
    for (core, place) in view.plan.core_ids().zip(&view.layout.board.cores) {
        let Some(thread) = view.machine.core(core).thread else { continue };
        let Some((part, Some(saved))) = switch(view, core, thread) else { continue };
        let (Some(from), Some(to)) = (kit.card(thread), kit.card(saved)) else { continue };
        if part >= 0.5 {
            continue;
        }
        let on_way = (part * 2.0 * N as f64).fract();
        let start = point(from.x + 20.0, place.bottom() - 14.0);
        let end = to.center();
        let at =
            |p: f64| point(start.x + (end.x - start.x) * p, start.y + (end.y - start.y) * p - 60.0 * p * (1.0 - p));
        for (behind, alpha) in [(0.0, 1.0), (0.12, 0.5), (0.24, 0.25)] {
            let p = on_way - behind;
            if p > 0.0 {
                let center = at(p);
                let cell = Rect::new(center.x - SIDE / 2.0, center.y - SIDE / 2.0, SIDE, SIDE);
                kit.fill(cell, 1.5, tint(Ink::Thread(saved.0), alpha));
            }
        }
    }
}
