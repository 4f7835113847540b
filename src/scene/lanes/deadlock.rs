//! The mark of a deadlock: from the instant at which a cycle of waits closes, on the lanes of all who are part of it.

use super::super::draw::View;
use super::super::kit::{self, Kit, line, point, solid, tint};
use super::super::layout::LaneOf;
use super::super::{Ink, Rect};
use super::program::split;
use super::thread::full_height;
use crate::engine::{Ending, Kind};
use crate::ids::ThreadIx;
use crate::time::Time;

/// Records that are looked at from the end of the run on: a deadlock is among the last things that happen to its threads,
/// but others may go on.
const LOOKED_AT: usize = 20_000;

pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    let Some((time, cycle)) = found(view) else { return };
    if !view.may_see(time) {
        return;
    }
    let alpha = if time <= view.now { 1.0 } else { 0.55 };
    let (x, right) = (view.picture.axis.x(time), view.shown.left + view.shown.width);
    let rows: Vec<Rect> =
        view.layout.lanes.rows.iter().filter(|r| in_cycle(view, r.of, &cycle)).map(|r| split(view, r).0).collect();
    for row in &rows {
        let full = full_height(*row);
        let left = x.max(view.shown.left);
        kit.fill(Rect { x: left, w: (right - left).max(0.0), ..full }, 3.0, tint(Ink::Alert, 0.12 * alpha));
    }
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return };
    let stroke = super::super::shape::Stroke { alpha, ..line(Ink::Alert, 2.0) };
    kit.line(point(x, first.y + 2.0), point(x, last.bottom() - 2.0), stroke);
    for row in &rows {
        kit.circle(point(x, row.center().y), 4.0, Some(tint(Ink::Alert, alpha)), None);
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

fn in_cycle(view: &View<'_>, of: LaneOf, cycle: &[ThreadIx]) -> bool {
    matches!(of, LaneOf::Thread(t) if view.drawn_thread(t).is_some_and(|t| cycle.contains(&t)))
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
