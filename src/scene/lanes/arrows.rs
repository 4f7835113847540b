//! Arrows between the lanes of threads: who woke whom, where that crosses cores or processes; or as a reader wants them, also
//! hand-offs, drop requests and messages.

use super::super::draw::View;
use super::super::kit::{Kit, line, point, solid, tint};
use super::super::layout::LaneOf;
use super::super::shape::{Shape, Stroke};
use super::super::{Arrows, Ink, Point, Rect, Subject};
use super::program::split;
use super::thread::full_height;
use crate::engine::segments::ThreadSegment;
use crate::engine::{Kind, Place, Reason, Record};
use crate::ids::{CoreId, ThreadIx};
use crate::time::Time;

/// With more records than this in view nobody could follow an arrow, and there are none.
const RECORDS: usize = 3_000;
/// Pixels between the beginnings of two arrows, at least.
const APART: f64 = 7.0;
/// How many stretches after a wake-up are looked at for the one with which it goes on.
const AHEAD: usize = 12;
/// Half the width and the length of a head; of a short arrow it is half the length, so that there is a shaft too.
const HEAD: (f64, f64) = (3.6, 7.5);

pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    let (run, axis) = (view.drawn, view.shown);
    if axis.width <= 0.0 {
        return;
    }
    let trace = run.trace();
    let first = trace.partition_point(|r| r.time() < axis.from());
    let after = trace.partition_point(|r| r.time() <= axis.to());
    let seen = trace.get(first..after).filter(|seen| seen.len() <= RECORDS).unwrap_or_default();
    let choice = view.picture.reading.arrows;
    let mut free = [f64::NEG_INFINITY; 2];
    for (i, record) in seen.iter().enumerate().filter(|_| choice != Arrows::None) {
        let x = axis.x(record.time());
        // A request and the wake-up that it leads to are two things at one instant.
        let free = &mut free[usize::from(record.kind() == Kind::RequestGil)];
        if x < *free {
            continue;
        }
        let ends = match choice {
            Arrows::Crossing => crossing(view, record),
            _ => any(view, record, (first + i) as u32),
        };
        if let Some((from, to)) = ends {
            let past = record.time() <= view.now;
            arrow(kit, from, to, if past { 0.95 } else { 0.5 });
            *free = x + APART;
        }
    }
}

/// From one thread to another to which a record leads: a wake-up, a hand-off of the GIL, a drop request, a message.
fn any(view: &View<'_>, record: &Record, number: u32) -> Option<(Point, Point)> {
    let shared = view.drawn.shared();
    let (who, cause, time) = (record.thread(), record.cause(), record.time());
    let (by, to, from, until) = match record.kind() {
        // The message itself has an arrow.
        Kind::Waking | Kind::Ready if matches!(record.reason(), Reason::MessageSent | Reason::ItemPut) => return None,
        Kind::Waking | Kind::Ready => (cause?, who, time, goes_on(view, who, record)?.start),
        // Who was signalled has the arrow of that.
        Kind::TakeGil if record.reason() == Reason::AfterSignal => return None,
        Kind::TakeGil => (cause?, who, time, time),
        Kind::RequestGil => (who, cause?, time, time),
        Kind::Receive | Kind::Get => {
            let sent = shared.lanes(view.drawn.trace()).sent(number)?;
            (sent.by, who, sent.time, time)
        }
        _ => return None,
    };
    let selected = |t: ThreadIx| view.own_thread(t).is_some_and(|own| view.selected(Subject::Thread(own)));
    if by == to || view.picture.reading.arrows == Arrows::Selected && !selected(by) && !selected(to) {
        return None;
    }
    between(view, (by, from), (to, until))
}

/// From the lane of who woke somebody to where that one goes on, if it is seen and on another core or in another process.
fn crossing(view: &View<'_>, record: &Record) -> Option<(Point, Point)> {
    if !matches!(record.kind(), Kind::Waking | Kind::Ready) {
        return None;
    }
    let (by, woken, time) = (record.cause()?, record.thread(), record.time());
    let next = goes_on(view, woken, record)?;
    let plan = view.drawn.plan();
    let other_process = plan.thread(by).process != plan.thread(woken).process;
    if by == woken || !other_process && core_of(view, by, time) == next.core {
        return None;
    }
    between(view, (by, time), (woken, next.start))
}

/// From an instant in one thread's lane to one in another's.
fn between(view: &View<'_>, (by, since): (ThreadIx, Time), (to, until): (ThreadIx, Time)) -> Option<(Point, Point)> {
    let (from, to) = (row(view, by)?, row(view, to)?);
    let (x0, x1) = (view.shown.x(since), view.shown.x(until));
    // From inside the one's bar to the edge of the other's.
    let edge = if from.y < to.y { 0.5 } else { -0.5 };
    Some((point(x0, from.center().y + 0.4 * edge * from.h), point(x1, to.center().y - edge * to.h)))
}

/// The stretch with which a thread goes on after it was woken: it runs, or waits for the next thing; if that may be seen.
fn goes_on(view: &View<'_>, thread: ThreadIx, record: &Record) -> Option<ThreadSegment> {
    let lane = view.drawn.lanes().thread(thread);
    let from = lane.partition_point(|s| s.start < record.time());
    // One that was waking has its arrow already; one that was on a core was not woken but lost it.
    let before = lane.part(0..from).last();
    if record.kind() == Kind::Ready && before.is_some_and(|s| s.place == Place::Waking || s.core.is_some()) {
        return None;
    }
    let on_way = |s: &ThreadSegment| !matches!(s.place, Place::Waking | Place::Ready | Place::SwitchingIn);
    lane.part(from..lane.len()).iter().take(AHEAD).find(on_way).filter(|s| view.may_see(s.start))
}

/// The core that a thread was on at an instant, or just before.
fn core_of(view: &View<'_>, thread: ThreadIx, time: Time) -> Option<CoreId> {
    let lane = view.drawn.lanes().thread(thread);
    let until = lane.partition_point(|s| s.start <= time);
    lane.part(until.saturating_sub(2)..until).iter().rev().find_map(|s| s.core)
}

/// Where a thread's bars lie.
fn row(view: &View<'_>, drawn: ThreadIx) -> Option<Rect> {
    let thread = view.own_thread(drawn)?;
    view.layout.lanes.rows.iter().find(|r| r.of == LaneOf::Thread(thread)).map(|r| full_height(split(view, r).0))
}

/// A line with a head, light around it so that it is seen on bars.
fn arrow(kit: &mut Kit, from: Point, to: Point, alpha: f32) {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx.hypot(dy).max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    let part = (length / (2.0 * HEAD.1)).min(1.0);
    let neck = point(to.x - ux * HEAD.1 * part, to.y - uy * HEAD.1 * part);
    kit.line(from, neck, Stroke { alpha: 0.8, ..line(Ink::Panel, 4.0) });
    kit.line(from, neck, Stroke { alpha, ..line(Ink::Text, 1.5) });
    kit.circle(from, 2.4 * part, Some(tint(Ink::Text, alpha)), None);
    let half = HEAD.0 * part;
    let side = |s: f64| point(neck.x - uy * s, neck.y + ux * s);
    let points = vec![to, side(half), side(-half)];
    let fill = if alpha < 0.9 { tint(Ink::Text, 0.6) } else { solid(Ink::Text) };
    kit.push(Shape::Path { points, closed: true, fill: Some(fill), stroke: None });
}
