//! Lanes of what threads share: who holds a lock, whom a device serves; and small graphs of how many of a semaphore are taken,
//! how many threads are ready, how many wait for a GIL.

use super::super::draw::View;
use super::super::kit::{Kit, line, point, tint};
use super::super::shape::{Pattern, Stroke};
use super::super::{Ink, Rect};
use super::columns::stretches;
use super::thread::{Look, bar, full_height};
use super::{NAMED, Tag};
use crate::engine::plan::ObjectKind;
use crate::engine::shared_lanes::Levels;
use crate::ids::{GilIx, ObjectIx};
use crate::time::{Dur, Time};

/// Height of the graph of those who wait for a GIL, below its bar, and the least row that has room for it.
pub(super) const WAITERS: f64 = 6.0;
const WAITERS_ROW: f64 = 40.0;

pub(super) fn draw(kit: &mut Kit, view: &View<'_>, object: ObjectIx, row: Rect) {
    let (own, plan) = (view.plan.object(object), view.drawn.plan());
    // The drawn run is that of a drop that would happen, which may take it away.
    let Some(drawn) = plan.object_ixs().find(|o| plan.object(*o).id == own.id) else { return };
    let shared = view.drawn.shared();
    let lanes = shared.lanes(view.drawn.trace());
    if own.kind == ObjectKind::Semaphore {
        let levels = lanes.taken(drawn);
        return graph(kit, view, levels, levels.max().max(own.size.min(u16::MAX.into()) as u16), row);
    }
    let y = row.center().y;
    // Lower than those of threads that run, if names fit: to hold is not to run.
    let h = (0.62 * row.h).max(NAMED.min(row.h - 2.0));
    let full = Rect { y: y - 0.5 * h, h, ..row };
    kit.line(point(row.x, y), point(row.right(), y), line(Ink::Line, 1.0));
    let look = Look::Full(Pattern::Solid);
    for stretch in stretches(lanes.held(drawn), &view.shown, &|_| Some(look)) {
        let Some(thread) = stretch.who.and_then(|t| view.own_thread(t)) else { continue };
        let rect = Rect { x: stretch.x0, w: stretch.x1 - stretch.x0, ..full };
        for (x0, x1, alpha) in super::sides(view, stretch.x0, stretch.x1) {
            bar(kit, Rect { x: x0, w: x1 - x0, ..full }, look, Ink::Thread(thread.0), alpha * stretch.alpha());
        }
        if stretch.record.is_some() {
            super::name(kit, view, rect, view.name(thread), Tag { ink: Ink::OnThread(thread.0), ground: None });
        }
        super::pointable(kit, view, rect, stretch.record);
    }
}

/// The most threads that are ready at once, as far as that may be seen.
pub(super) fn most_ready(view: &View<'_>) -> u16 {
    let shared = view.drawn.shared();
    let ready = shared.lanes(view.drawn.trace()).ready();
    if view.picture.hide_future { ready.peak(Time::ZERO, view.now + Dur::from_ns(1)) } else { ready.max() }
}

pub(super) fn ready(kit: &mut Kit, view: &View<'_>, row: Rect) {
    let shared = view.drawn.shared();
    graph(kit, view, shared.lanes(view.drawn.trace()).ready(), most_ready(view), row);
}

/// The graph below the bar of a GIL of how many wait for it, if they are ever several and there is room; whether there is one.
pub(super) fn waiters(kit: &mut Kit, view: &View<'_>, drawn: GilIx, row: Rect) -> bool {
    let shared = view.drawn.shared();
    let levels = shared.lanes(view.drawn.trace()).waiting(drawn);
    let most = if row.h < WAITERS_ROW { 0 } else { levels.max() };
    if most > 1 {
        steps(kit, view, levels, most, Rect { y: row.bottom() - WAITERS, h: WAITERS - 1.0, ..row });
    }
    most > 1
}

fn graph(kit: &mut Kit, view: &View<'_>, levels: Levels<'_>, most: u16, row: Rect) {
    let full = full_height(row);
    let ground = Stroke { alpha: 0.9, ..line(Ink::Line, 1.0) };
    kit.line(point(row.x, full.bottom()), point(row.right(), full.bottom()), ground);
    steps(kit, view, levels, most, full);
}

/// A step for each change of a number, or where these are dense the most of each pixel column, on the lower edge of a place
/// that is as high as `most`.
fn steps(kit: &mut Kit, view: &View<'_>, levels: Levels<'_>, most: u16, place: Rect) {
    let axis = view.shown;
    let (from, to) = (axis.from(), axis.to());
    let mut draw = |x0: f64, x1: f64, level: u16, record: Option<u32>| {
        let h = place.h * f64::from(level.min(most)) / f64::from(most.max(1));
        let rect = Rect::new(x0, place.bottom() - h, x1 - x0, h);
        for (x0, x1, alpha) in super::sides(view, x0, x1) {
            let part = Rect { x: x0, w: x1 - x0, ..rect };
            kit.fill(part, 0.0, tint(Ink::Muted, 0.45 * alpha));
            kit.fill(Rect { h: h.min(1.5), ..part }, 0.0, tint(Ink::Text, 0.8 * alpha));
        }
        super::pointable(kit, view, Rect { y: place.y, h: place.h, ..rect }, record);
    };
    // Behind what is computed nothing is known.
    let end = axis.x(view.drawn.reached().min(to)).min(axis.left + axis.width);
    let (mut left, mut level, mut record) = (axis.left, 0, None);
    if levels.count(from, to) as f64 <= axis.width / 3.0 {
        for (time, next, by) in levels.between(from, to) {
            let x = axis.x(time).max(axis.left).min(end);
            if level > 0 {
                draw(left, x, level, record);
            }
            (left, level, record) = (x, next, by);
        }
    } else {
        for column in 0..axis.width.ceil() as u32 {
            let x = (axis.left + f64::from(column)).min(end);
            let next = levels.peak(axis.time(x), axis.time(x + 1.0));
            if next != level {
                if level > 0 {
                    draw(left, x, level, None);
                }
                (left, level) = (x, next);
            }
        }
    }
    if level > 0 && end > left {
        draw(left, end, level, record);
    }
}
