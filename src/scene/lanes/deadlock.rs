//! The mark of a deadlock: from the instant at which a cycle of waits closes, on the lanes of all who are part of it.

use super::super::draw::View;
use super::super::kit::{self, Kit, line, point, solid, tint};
use super::super::layout::{LaneOf, LanePlace};
use super::super::shape::Stroke;
use super::super::{Ink, Rect};
use super::program::split;
use super::thread::full_height;
use crate::engine::{Ending, Kind};
use crate::ids::ThreadIx;
use crate::time::Time;

/// Records that are looked at from the end of the run on: a deadlock is among the last things that happen to its threads,
/// but others may go on.
const LOOKED_AT: usize = 20_000;
/// Straight pieces of an arc.
const PIECES: usize = 16;

pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    let Some((time, cycle)) = found(view) else { return };
    if !view.may_see(time) {
        return;
    }
    let alpha = if time <= view.now { 1.0 } else { 0.55 };
    let (x, right) = (view.picture.axis.x(time), view.shown.left + view.shown.width);
    let members: Vec<(ThreadIx, Rect)> =
        view.layout.lanes.rows.iter().filter_map(|r| member(view, r, &cycle)).collect();
    let rows: Vec<Rect> = members.iter().map(|(_, row)| *row).collect();
    for row in &rows {
        let full = full_height(*row);
        let left = x.max(view.shown.left);
        kit.fill(Rect { x: left, w: (right - left).max(0.0), ..full }, 3.0, tint(Ink::Alert, 0.12 * alpha));
    }
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return };
    let stroke = Stroke { alpha, ..line(Ink::Alert, 2.0) };
    kit.line(point(x, first.y + 2.0), point(x, last.bottom() - 2.0), stroke);
    for row in &rows {
        kit.circle(point(x, row.center().y), 4.0, Some(tint(Ink::Alert, alpha)), None);
    }
    let place = |t: ThreadIx| members.iter().find(|(of, _)| *of == t).map(|(_, row)| row.center().y);
    for (waits, for_whom) in cycle.iter().zip(cycle.iter().cycle().skip(1)) {
        if let (Some(from), Some(to), true) = (place(*waits), place(*for_whom), waits != for_whom) {
            arc(kit, (x, right), (from, to), stroke);
        }
    }
    let style = kit::SMALL.bold().ink(Ink::Alert);
    let w = style.width("deadlock");
    let full = full_height(*first);
    if x + 10.0 + w <= right && full.h >= 13.0 {
        let y = full.center().y;
        kit.fill(Rect::new(x + 7.0, y - 8.0, w + 6.0, 16.0), 4.0, solid(Ink::Panel));
        kit.text(point(x + 10.0, y), w, style, "deadlock");
    }
}

/// The thread of the drawn run that has a lane, and that lane, if it is in the cycle.
fn member(view: &View<'_>, row: &LanePlace, cycle: &[ThreadIx]) -> Option<(ThreadIx, Rect)> {
    let LaneOf::Thread(own) = row.of else { return None };
    let thread = view.drawn_thread(own).filter(|t| cycle.contains(t))?;
    Some((thread, split(view, row).0))
}

/// An arc with a head from the lane of who waits to that of whom it waits for, behind the instant: the farther, the wider.
fn arc(kit: &mut Kit, (x, right): (f64, f64), (from, to): (f64, f64), stroke: Stroke) {
    let wide = (8.0 + 0.16 * (to - from).abs()).min(right - x - 4.0);
    if wide < 6.0 {
        return;
    }
    let away = if to > from { 1.0 } else { -1.0 };
    let (start, end) = (from + 2.0 * away, to - 5.0 * away);
    // A cubic curve that leaves and arrives level.
    let at = |i: usize| {
        let p = i as f64 / PIECES as f64;
        point(x + 5.0 + 4.0 * (wide - 5.0).max(1.0) * p * (1.0 - p), start + (end - start) * p * p * (3.0 - 2.0 * p))
    };
    let points: Vec<_> = (0..=PIECES).map(at).collect();
    kit.polyline(&points, Stroke { width: 1.6, ..stroke });
    let tip = point(x + 4.0, end);
    let head = [(tip.x, tip.y), (tip.x + 6.5, tip.y - 3.4), (tip.x + 6.5, tip.y + 3.4)];
    kit.polygon(&head, Some(tint(Ink::Alert, stroke.alpha)), None);
}

/// When the last cycle of waits was closed, and by whom.
fn found(view: &View<'_>) -> Option<(Time, Vec<ThreadIx>)> {
    let (run, plan) = (view.drawn, view.drawn.plan());
    // Only locks and joins can close one.
    if !plan.threads.iter().any(|t| t.ops.iter().any(|o| matches!(o.name, "acquire" | "join"))) {
        return None;
    }
    let record = run.trace().iter().rev().take(LOOKED_AT).find(|r| r.kind() == Kind::Deadlock)?;
    let cycle = match run.ending() {
        Some(Ending::Deadlock(cycle)) if cycle.contains(&record.thread()) => cycle.clone(),
        _ => {
            let seen = (record.time() <= view.machine.time()).then(|| view.machine.cycle(plan, record.thread()));
            seen.flatten().unwrap_or_else(|| record.cause().into_iter().chain([record.thread()]).collect())
        }
    };
    Some((record.time(), cycle))
}
