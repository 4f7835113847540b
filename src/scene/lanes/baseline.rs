//! The baseline: the run that this one is compared with, as thin lanes on the same axis, and where both end.

use super::super::draw::View;
use super::super::kit::{self, Kit, line, point, solid};
use super::super::shape::Stroke;
use super::super::{Ink, Rect};
use super::columns::{Flat, stretches};
use super::thread::{Look, bar, full_height};
use crate::engine::{Ending, Kind, Run};
use crate::ids::ThreadIx;
use crate::order::sorted;
use crate::time::Time;

/// The name of a lane: the only one is that of the baseline.
pub(super) fn label(view: &View<'_>, thread: ThreadIx) -> String {
    let plan = view.picture.baseline.map(Run::plan);
    match plan {
        Some(plan) if plan.threads.len() > 1 => plan.thread(thread).name.clone(),
        _ => "baseline".to_owned(),
    }
}

/// Its lane, in no thread's colour.
pub(super) fn draw(kit: &mut Kit, view: &View<'_>, thread: ThreadIx, row: Rect) {
    let Some(run) = view.picture.baseline else { return };
    let full = full_height(row);
    let mut flat = Flat::new(view, full);
    let look = |kind: Kind| Look::of(run.plan(), thread, kind.place()?);
    for stretch in stretches(run.lanes().thread(thread), &view.shown, &look) {
        let Some(look) = look(stretch.kind) else { continue };
        if flat.takes(&stretch, look, Ink::Muted) {
            continue;
        }
        for (x0, x1, alpha) in super::sides(view, stretch.x0, stretch.x1) {
            let rect = Rect { x: x0, w: x1 - x0, ..full };
            bar(kit, rect, look, Ink::Muted, alpha * stretch.alpha());
        }
    }
    flat.draw(kit);
}

/// When a run has ended, if it does and that may be seen.
fn finish(view: &View<'_>, run: &Run) -> Option<Time> {
    let ended = run.ending() == Some(&Ending::AllFinished) && view.may_see(run.end());
    ended.then(|| run.end())
}

/// The line of words above the baseline: what it is, and when it and this run are done.
pub(super) fn finishes(kit: &mut Kit, view: &View<'_>) {
    let (Some(run), Some(row)) = (view.picture.baseline, view.layout.lanes.caption()) else { return };
    let style = kit::SMALL;
    let title = run.plan().title.as_str();
    let last = view.layout.lanes.time;
    let baseline_bottom = row.y + row.h * (1.0 + run.plan().threads.len().min(4) as f64);
    let ends = [(run, false), (view.drawn, true)]
        .into_iter()
        .filter_map(|(run, own)| finish(view, run).map(|end| (view.picture.axis.x(end), end, own)))
        .filter(|(x, ..)| *x >= row.x);
    let mut ends: Vec<(f64, Time, bool)> = sorted(ends, |(_, end, _)| *end);
    let edge = row.right() + 1.0;
    for &(x, end, own) in ends.iter().filter(|(x, ..)| *x <= edge) {
        let alpha = if end <= view.now { 0.9 } else { 0.5 };
        let bottom = if own { last.bottom() } else { baseline_bottom };
        let stroke = Stroke { alpha, dash: if own { 3.0 } else { 0.0 }, ..line(Ink::Text, 1.4) };
        kit.line(point(x, row.y + 2.0), point(x, bottom), stroke);
    }
    let mut left = row.x + 2.0 + style.width(title) + 10.0;
    let words = |x: f64, end: Time, own: bool| {
        // Beyond the edge it can only be told.
        let at = format!("{end:.1}{}", if x > edge { " →" } else { "" });
        [format!("{} {at}", if own { "this run" } else { "baseline" }), at]
    };
    let now = view.picture.axis.x(view.now);
    let mut right = row.right() - 2.0;
    // The later one to the right of its line, or as far to the right as it can be; the earlier one to the left of its own.
    if let Some((x, end, own)) = ends.pop() {
        let room = if x > edge { 0.4 * row.w } else { right - x - 5.0 };
        let text = style.fit(words(x, end, own), room);
        let w = style.width(&text);
        let at = beside(now, (x + 5.0).min(right - w), w, right);
        plate(kit, Rect { x: at, w, ..row });
        kit.text(point(at, row.center().y), w, style.ink(Ink::Text), text);
        right = at.min(x) - 5.0;
    }
    if let Some((x, end, own)) = ends.pop() {
        right = right.min(x - 5.0);
        let text = style.fit(words(x, end, own), right - left);
        let w = style.width(&text);
        let at = beside(now, right - w, w, right);
        if at >= left {
            kit.text(point(at, row.center().y), w, style.ink(Ink::Text), text);
            right = at - 8.0;
        }
    }
    left = row.x + 2.0;
    let w = style.width(title).min(right - left);
    if (left..left + w).contains(&now) {
        plate(kit, Rect { x: left, w: now - left, ..row });
    }
    kit.text(point(left, row.center().y), right - left, style, title);
}

/// Where a text begins so that the playhead does not strike it through: where it would, else behind that, else before it.
fn beside(now: f64, at: f64, w: f64, right: f64) -> f64 {
    match now {
        _ if now < at - 3.0 || now > at + w + 3.0 => at,
        _ if now + 5.0 + w <= right => now + 5.0,
        _ => now - 5.0 - w,
    }
}

/// What lies under a text that a line goes through.
fn plate(kit: &mut Kit, rect: Rect) {
    kit.fill(Rect::new(rect.x - 2.0, rect.y + 2.0, rect.w + 4.0, rect.h - 4.0), 3.0, solid(Ink::Panel));
}
