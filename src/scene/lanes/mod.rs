//! The lanes: cores, GILs and threads over time, past and future.

mod arrows;
mod baseline;
mod columns;
mod core;
mod deadlock;
mod flags;
mod gil;
mod marks;
mod overview;
mod program;
mod ruler;
mod small;
mod thread;

pub(super) use flags::cloth;
pub(crate) use overview::overview_axis;
pub(super) use program::open;
pub(super) use ruler::ticks;
pub use small::small;
pub(super) use small::{Row, bars, groups};
pub(super) use thread::{Look, bar};

use super::draw::View;
use super::kit::{self, Kit, line, point, solid, tint};
use super::layout::{LaneOf, LanePlace, THIN};
use super::{Ink, Rect, Subject};
use crate::ids::GilIx;
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
    bands(kit, view);
    let mut free = f64::NEG_INFINITY;
    for row in &place.rows {
        label(kit, view, row, &mut free);
    }
    kit.clip(Rect { x: place.time.x - 1.0, w: place.time.w + 2.0, ..place.time });
    marks::band(kit, view);
    for row in &place.rows {
        ground(kit, view, row);
        match row.of {
            LaneOf::Core(core) => core::draw(kit, view, core, row.rect),
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
    arrows::draw(kit, view);
    deadlock::draw(kit, view);
    ruler::playhead(kit, view);
    kit.unclip();
    baseline::finishes(kit, view);
    marks::draw(kit, view);
    flags::preview(kit, view);
}

/// What of the scenario a lane stands for.
fn subject(of: LaneOf) -> Option<Subject> {
    match of {
        LaneOf::Core(core) => Some(Subject::Core(core)),
        LaneOf::Gil(gil) => Some(Subject::Gil(gil)),
        LaneOf::Baseline(_) => None,
        LaneOf::Thread(thread) => Some(Subject::Thread(thread)),
    }
}

/// A process's colour along the labels of its threads, if there are several processes.
fn bands(kit: &mut Kit, view: &View<'_>) {
    if view.plan.processes.len() < 2 {
        return;
    }
    let rows = &view.layout.lanes.rows;
    for process in view.plan.process_ixs() {
        let of = |r: &&LanePlace| matches!(r.of, LaneOf::Thread(t) if view.plan.thread(t).process == process);
        let (Some(first), Some(last)) = (rows.iter().find(of), rows.iter().rfind(of)) else { continue };
        let x = view.layout.lanes.panel.x;
        let (top, bottom) = (first.rect.y + 2.0, last.rect.bottom() - 2.0);
        kit.fill(Rect::new(x, top, 4.0, bottom - top), 2.0, solid(view.band(process)));
    }
}

/// The name of a lane; of thin ones only those have one that are below `free`, the end of the last.
fn label(kit: &mut Kit, view: &View<'_>, row: &LanePlace, free: &mut f64) {
    let x = view.layout.lanes.label_x;
    let rect = Rect::new(x - 4.0, row.rect.y, row.rect.x - x, row.rect.h);
    let y = match row.of {
        LaneOf::Gil(_) => gil::bar_rect(row.rect).center().y,
        _ => rect.center().y,
    };
    let style = if row.rect.h >= 19.0 { kit::NOTE } else { kit::SMALL }.bold().ink(Ink::Text);
    let (indent, text) = match row.of {
        LaneOf::Core(core) => (0.0, format!("core {}", core.0)),
        LaneOf::Gil(gil) => {
            kit.circle(point(x + 4.5, y), 4.5, Some(solid(Ink::Gil)), Some(line(Ink::OnGil, 1.0)));
            (14.0, gil_label(view, gil, style, rect.w - 18.0))
        }
        LaneOf::Baseline(thread) => (0.0, baseline::label(view, thread)),
        LaneOf::Thread(thread) => {
            let tick = Rect::new(x, row.rect.y + 0.2 * row.rect.h, 3.5, 0.6 * row.rect.h);
            kit.fill(tick, 1.75, solid(Ink::Thread(thread.0)));
            (10.0, view.name(thread).to_owned())
        }
    };
    if row.rect.h >= THIN || y - 0.5 * THIN >= *free {
        kit.text(point(x + indent, y), rect.w - indent - 4.0, style, text);
        *free = y + 0.5 * THIN;
    }
    if let Some(subject) = subject(row.of) {
        let of = match row.of {
            LaneOf::Core(core) => format!("core {}", core.0),
            LaneOf::Gil(gil) => format!("the GIL of {}", view.plan.gil_owner(gil)),
            LaneOf::Thread(thread) | LaneOf::Baseline(thread) => view.name(thread).to_owned(),
        };
        kit.object(rect, subject.lane(), format!("lane of {of}"));
        kit.region(rect, subject);
        kit.draggable(matches!(row.of, LaneOf::Thread(_)));
    }
}

/// “GIL web app” if that fits for every GIL, else the process alone: the token beside it says what it is.
fn gil_label(view: &View<'_>, gil: GilIx, style: kit::Type, room: f64) -> String {
    let plan = view.plan;
    let gils = &plan.gils;
    let one_process = plan.gil_ixs().all(|g| plan.gil(g).process == plan.gil(gil).process);
    let name = |gil: GilIx| match plan.gil(gil).interpreter {
        n if one_process => n.to_string(),
        n if plan.has_several_gils(plan.gil(gil).process) => {
            format!("{} {n}", plan.process(plan.gil(gil).process).name)
        }
        _ => plan.process(plan.gil(gil).process).name.clone(),
    };
    let full = |gil: GilIx| format!("GIL {}", name(gil));
    match gils.len() {
        1 => "GIL".to_owned(),
        _ if plan.gil_ixs().all(|g| style.width(&full(g)) <= room) => full(gil),
        _ => name(gil),
    }
}

/// Behind a lane: lit if its thread is under the pointer, marked if it is selected.
fn ground(kit: &mut Kit, view: &View<'_>, row: &LanePlace) {
    if subject(row.of).is_some_and(|s| view.selected(s)) {
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
