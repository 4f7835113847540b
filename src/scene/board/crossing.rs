//! What is on its way from card to card at this instant: a wake-up, from who caused it to who is waking.

use super::super::draw::View;
use super::super::kit::{Kit, line, point, solid};
use super::super::shape::Stroke;
use super::super::{Ink, Point, Rect};
use crate::engine::Place;
use crate::ids::ThreadIx;
use crate::number::Within;

/// The most arrows at one instant; more would hide what they point at.
const MOST: usize = 12;
/// Cards less apart than this are neighbours.
const NEAR: f64 = 40.0;
/// Straight pieces of a curve.
const PIECES: usize = 14;

pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    let waking = view.plan.thread_ixs().filter(|t| view.machine.thread(*t).place == Place::Waking);
    let wakes: Vec<(ThreadIx, ThreadIx)> = waking.filter_map(|t| Some((waker(view, t)?, t))).take(MOST).collect();
    for (by, woken) in wakes {
        if let (Some(from), Some(to)) = (kit.card(by), kit.card(woken)) {
            arrow(kit, from, to);
        }
    }
    deadlock(kit, view);
}

/// All who are in a cycle of waits. Who waits for whom is on their lanes, where arrows cover no words.
fn deadlock(kit: &mut Kit, view: &View<'_>) {
    let blocked = view.plan.thread_ixs().filter(|t| matches!(view.machine.thread(*t).place, Place::Waiting(_)));
    let Some(cycle) = blocked.into_iter().find_map(|t| view.machine.cycle(view.plan, t)) else { return };
    for card in cycle.iter().filter_map(|t| kit.card(*t)).collect::<Vec<_>>() {
        kit.outline(card, 8.0, line(Ink::Alert, 2.0));
    }
}

/// Who caused that a thread is waking.
fn waker(view: &View<'_>, thread: ThreadIx) -> Option<ThreadIx> {
    let run = view.picture.run;
    let lane = run.lanes().thread(thread);
    let last = lane.part(0..lane.partition_point(|s| s.start <= view.now)).last()?;
    run.trace().get(last.record as usize)?.cause()
}

/// A curve from card to card with a head. It goes over cards that lie side by side, one way above and the other below.
fn arrow(kit: &mut Kit, from: Rect, to: Rect) {
    let (start, end) = edges(from, to);
    let way = (end.x - start.x).hypot(end.y - start.y);
    let level = start.y == from.y + 5.0;
    let bend = (0.12 * way).within(14.0, 34.0) * if end.x < start.x && !level { 1.0 } else { -1.0 };
    let over = point(f64::midpoint(start.x, end.x), f64::midpoint(start.y, end.y) + bend);
    let at = |i: usize| {
        let p = i as f64 / PIECES as f64;
        let mix = |a: f64, b: f64, c: f64| (1.0 - p).powi(2) * a + 2.0 * p * (1.0 - p) * b + p * p * c;
        point(mix(start.x, over.x, end.x), mix(start.y, over.y, end.y))
    };
    let points: Vec<Point> = (0..=PIECES).map(at).collect();
    let neck = points[PIECES - 1];
    for stroke in [Stroke { alpha: 0.85, ..line(Ink::Panel, 5.0) }, line(Ink::Text, 1.8)] {
        kit.polyline(&points, stroke);
    }
    let (dx, dy) = (end.x - neck.x, end.y - neck.y);
    let length = dx.hypot(dy).max(0.1);
    let (ux, uy) = (dx / length, dy / length);
    let side = |s: f64| (end.x - 9.0 * ux - 4.5 * s * uy, end.y - 9.0 * uy + 4.5 * s * ux);
    kit.polygon(&[(end.x, end.y), side(1.0), side(-1.0)], Some(solid(Ink::Text)), None);
}

/// Where an arrow leaves one card and reaches the other: at the edges that face each other.
fn edges(from: Rect, to: Rect) -> (Point, Point) {
    let (a, b) = (from.center(), to.center());
    let near = (from.x - to.right()).max(to.x - from.right());
    match () {
        // Between neighbours there is no room: along their upper edges.
        () if (0.0..NEAR).contains(&near) && from.x > to.x => {
            (point(from.x + 36.0, from.y + 5.0), point(to.right() - 36.0, to.y + 5.0))
        }
        () if (0.0..NEAR).contains(&near) => (point(from.right() - 36.0, from.y + 5.0), point(to.x + 36.0, to.y + 5.0)),
        () if from.x > to.right() => (point(from.x, a.y), point(to.right(), b.y)),
        () if to.x > from.right() => (point(from.right(), a.y), point(to.x, b.y)),
        () if a.y > b.y => (point(a.x, from.y), point(b.x, to.bottom())),
        () => (point(a.x, from.bottom()), point(b.x, to.y)),
    }
}
