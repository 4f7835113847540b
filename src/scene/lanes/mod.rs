//! The lanes: cores, GILs and threads over time, past and future.

mod arrows;
mod baseline;
mod columns;
mod core;
mod deadlock;
mod flags;
mod gil;
mod label;
mod marks;
mod overview;
mod program;
mod ruler;
mod shared;
mod small;
mod thread;
mod vain;

pub(super) use flags::cloth;
pub use overview::Kept;
pub(crate) use overview::overview_axis;
pub(super) use program::open;
pub(super) use ruler::ticks;
pub use small::small;
pub(super) use small::{Row, bars, groups};
pub(super) use thread::{Look, bar};
pub(super) use vain::in_vain;

use super::draw::View;
use super::kit::{self, Kit, line, point, solid, tint};
use super::layout::{LaneOf, LanePlace};
use super::shape::{Fill, Pattern};
use super::{Ink, Rect, Subject};
use crate::number::Within;

/// Opacity of what will happen, beside 1 for what has happened.
const FUTURE: f32 = 0.38;

/// The lowest bar with a name: that does not reach beyond it.
const NAMED: f64 = 15.0;

/// The narrowest stretch that can be pointed at, in CSS pixels.
const POINTABLE: f64 = 3.0;

pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    let place = &view.layout.lanes;
    kit.rect(place.panel, 12.0, Some(solid(Ink::Panel)), Some(line(Ink::Line, 1.0)));
    kit.region(place.panel, Subject::Lanes);
    ruler::draw(kit, view);
    overview::draw(kit, view);
    flags::draw(kit, view);
    label::bands(kit, view);
    let mut free = f64::NEG_INFINITY;
    for row in &place.rows {
        label::label(kit, view, row, &mut free);
    }
    kit.clip(Rect { x: place.time.x - 1.0, w: place.time.w + 2.0, ..place.time });
    marks::band(kit, view);
    for row in place.rows.iter().filter(|row| in_sight(view, row)) {
        ground(kit, view, row);
        match row.of {
            LaneOf::Core(core) => core::draw(kit, view, core, row.rect),
            LaneOf::Cores => {
                let cores: Vec<_> = view.plan.core_ids().collect();
                for (core, rect) in cores.iter().zip(parts(row.rect, cores.len())) {
                    core::draw(kit, view, *core, rect);
                }
            }
            LaneOf::Object(object) => shared::draw(kit, view, object, row.rect),
            LaneOf::Ready => shared::ready(kit, view, row.rect),
            LaneOf::Process(process) => {
                let threads = &view.plan.process(process).threads;
                for (thread, rect) in threads.iter().zip(parts(row.rect, threads.len())) {
                    thread::draw(kit, view, *thread, rect);
                }
            }
            LaneOf::Gil(gil) => gil::draw(kit, view, gil, row.rect),
            LaneOf::Baseline(thread) => baseline::draw(kit, view, thread, row.rect),
            LaneOf::Thread(thread) => {
                let (lane, strip) = program::split(view, row);
                thread::draw(kit, view, thread, lane);
                if let Some(strip) = strip {
                    program::draw(kit, view, thread, strip);
                }
            }
        }
    }
    unknown(kit, view);
    arrows::draw(kit, view);
    deadlock::draw(kit, view);
    ruler::playhead(kit, view);
    kit.unclip();
    baseline::finishes(kit, view);
    marks::draw(kit, view);
    flags::preview(kit, view);
}

/// Over what nobody has computed yet, or ever will.
fn unknown(kit: &mut Kit, view: &View<'_>) {
    let (place, axis, known) = (&view.layout.lanes, view.picture.axis, view.drawn.known());
    let (Some(first), Some(last)) = (place.rows.first(), place.rows.last()) else { return };
    if known >= axis.to() || !view.may_see(known) {
        return;
    }
    let x = axis.x(known).max(place.time.x);
    let rect = Rect { x, w: place.time.right() - x, y: first.rect.y, h: last.rect.bottom() - first.rect.y };
    kit.rect(rect, 0.0, Some(Fill { ink: Ink::Muted, alpha: 0.16, pattern: Pattern::Stripes }), None);
    let (text, style) = ("not computed", kit::SMALL.middle());
    let w = style.width(text) + 12.0;
    if rect.w > w {
        let middle = point(rect.center().x, first.rect.center().y);
        kit.fill(Rect::new(middle.x - 0.5 * w, middle.y - 9.0, w, 18.0), 4.0, solid(Ink::Panel));
        kit.text(middle, w, style, text);
    }
}

/// Whether what is on a lane has to be drawn. A selected one keeps the blocks of its program, which may have the focus.
fn in_sight(view: &View<'_>, row: &LanePlace) -> bool {
    let (top, bottom) = view.picture.sight;
    let seen = row.rect.y < bottom && row.rect.bottom() > top;
    seen || row.of.subject().is_some_and(|lane| view.selected(lane.of_lane()))
}

/// The rows of lanes that share one.
fn parts(row: Rect, n: usize) -> impl Iterator<Item = Rect> {
    let h = row.h / n.max(1) as f64;
    (0..n).map(move |i| Rect { y: row.y + i as f64 * h, h, ..row })
}

/// Behind a lane: lit if its thread is under the pointer, marked if it is selected.
fn ground(kit: &mut Kit, view: &View<'_>, row: &LanePlace) {
    if row.of.subject().is_some_and(|lane| view.selected(lane.of_lane())) {
        kit.fill(row.rect, 4.0, tint(Ink::Accent, 0.10));
    } else if matches!(row.of, LaneOf::Thread(t) if view.lit(t)) {
        kit.fill(row.rect, 4.0, tint(Ink::Text, 0.06));
    }
}

/// A part of a stretch on one side of the playhead, with its opacity.
fn sides(view: &View<'_>, x0: f64, x1: f64) -> impl Iterator<Item = (f64, f64, f32)> {
    let now = view.picture.axis.x(view.now).within(x0, x1);
    [(x0, now, 1.0), (now, x1, FUTURE)].into_iter().filter(|(a, b, _)| b - a > 0.3)
}

/// How a name is written in the past part of a stretch.
#[derive(Clone, Copy)]
struct Tag {
    ink: Ink,
    /// What lies under it where the stretch has a pattern, which would make it hard to read.
    ground: Option<Ink>,
}

/// The name of a thread in a stretch, if it fits into the past or, else, into the future part.
fn name(kit: &mut Kit, view: &View<'_>, rect: Rect, text: &str, past: Tag) {
    let style = kit::SMALL.bold();
    let left = rect.x.max(view.layout.lanes.time.x);
    let right = rect.right().min(view.layout.lanes.time.right()).max(left);
    let now = view.picture.axis.x(view.now).within(left, right);
    // Beside the playhead, not on it.
    let beside = if now > left && now < right { 2.5 } else { 0.0 };
    let (before, after) = (now - beside - left, right - now - beside);
    let text = &*style.brief(text, before.max(after) - 4.0);
    let width = style.width(text);
    let (at, room, ink) = match () {
        () if rect.h < NAMED => return,
        () if before > width => (left, before, past.ink),
        () if after > width => (now + beside, after, Ink::Text),
        () => return,
    };
    // In a narrow stretch a short name stands in the middle.
    let pad = (0.5 * (room - width)).min(7.0);
    if let Some(ground) = past.ground {
        let ground = if at == left && ink == past.ink { ground } else { Ink::Panel };
        let under = Rect::new(at + 0.5 * pad, rect.center().y - 8.0, width + pad, 16.0);
        kit.fill(under, 4.0, tint(ground, 0.85));
    }
    kit.text(point(at + pad, rect.center().y), width, style.ink(ink), text);
}

/// A stretch that can be pointed at, outlined if it is selected.
fn pointable(kit: &mut Kit, view: &View<'_>, rect: Rect, record: Option<u32>) {
    let Some(record) = record.filter(|_| rect.w > POINTABLE) else { return };
    let subject = Subject::Record(record);
    kit.region(rect, subject);
    if view.picture.drag.is_none() && view.selected(subject) {
        kit.outline(rect, 4.0, line(Ink::Accent, 2.0));
    }
}
