//! The flags of interventions on the ruler, with their words where there is room, and what a drag would change.

use super::super::draw::View;
use super::super::kit::{self, Kit, dashed, line, point, solid, tint};
use super::super::shape::{Fill, Stroke};
use super::super::{Carried, DropSays, DropTarget, Ink, Rect, Subject};
use super::ruler::LABELS;
use crate::engine::Kind;
use crate::engine::plan::PlanIntervention;
use crate::number::Within;
use crate::scenario::Change;
use crate::time::Time;

/// From a flag's pole to its words.
const WORDS: f64 = 17.0;

pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    let (ruler, axis) = (view.layout.lanes.ruler, view.picture.axis);
    let seen = |f: &&PlanIntervention| axis.shows(f.at) && view.may_see(f.at);
    let flags: Vec<&PlanIntervention> = view.plan.interventions.iter().filter(seen).collect();
    for (i, flag) in flags.iter().enumerate() {
        let x = axis.x(flag.at);
        let after = |f: &&PlanIntervention| axis.x(f.at) - 8.0;
        let mut until = flags.get(i + 1).map_or(ruler.right() + 8.0, after);
        let now = axis.x(view.now) - 9.0;
        if now > x - 9.0 {
            until = until.min(now);
        }
        let lines = super::marks::lines(view).filter(|line| *line > x);
        until = lines.map(|line| line - 4.0).fold(until, f64::min);
        self::flag(kit, view, flag, x, until);
    }
}

/// A flag where the user stepped in; hollow if it had to be skipped, and pale while it is being moved.
fn flag(kit: &mut Kit, view: &View<'_>, flag: &PlanIntervention, x: f64, until: f64) {
    let Some(intervention) = view.picture.scenario.interventions.get(usize::from(flag.index)) else { return };
    let ruler = view.layout.lanes.ruler;
    let (top, bottom) = (ruler.y + LABELS - 1.0, ruler.bottom());
    let carried = view.picture.drag.is_some_and(|d| d.what == Carried::Flag(flag.index));
    let skipped = skipped(view, flag);
    let fill = (!skipped && !carried).then(|| solid(Ink::Accent));
    cloth(kit, x, top, bottom, fill, if carried { dashed(Ink::Accent, 1.2) } else { line(Ink::Accent, 1.4) });
    let rect = Rect::new(x - 6.0, top - 2.0, 24.0, bottom - top + 2.0);
    view.mark(kit, rect, 4.0, Subject::Flag(flag.index));
    let says = view.picture.scenario.in_words(&intervention.what);
    let left = until - x - WORDS;
    let ink = if skipped { Ink::Muted } else { Ink::Accent };
    let full = if skipped { format!("{says}: skipped") } else { says.clone() };
    let text = kit::SMALL.fit([full, says.clone()], left);
    if kit::SMALL.width(&text) <= left {
        kit.text(point(x + WORDS, top + 6.0), left, kit::SMALL.ink(ink), text);
    }
    let state = if skipped { ", skipped" } else { "" };
    kit.object(rect, Subject::Flag(flag.index), format!("{says} at {}{state}", flag.at));
    kit.draggable(true);
}

/// A pole with its cloth.
pub(in super::super) fn cloth(kit: &mut Kit, x: f64, top: f64, bottom: f64, fill: Option<Fill>, stroke: Stroke) {
    kit.line(point(x, top), point(x, bottom), stroke);
    kit.polygon(&[(x, top), (x + 13.0, top + 5.0), (x, top + 10.0)], fill, Some(stroke));
}

fn skipped(view: &View<'_>, flag: &PlanIntervention) -> bool {
    let trace = view.picture.run.trace();
    let first = trace.partition_point(|r| r.time() < flag.at);
    let at = trace[first..].iter().take_while(|r| r.time() == flag.at);
    at.into_iter().any(|r| r.kind() == Kind::SkipIntervention && r.object() == Some(flag.index))
}

/// What a drop would change: from which instant on the run is another, and by what.
pub(super) fn preview(kit: &mut Kit, view: &View<'_>) {
    let Some(drag) = view.picture.drag else { return };
    let (Some(over), Some(DropSays::Change(_))) = (drag.over, &drag.says) else { return };
    let (ruler, axis) = (view.layout.lanes.ruler, view.picture.axis);
    if let Some(change) = drag.change {
        let from = if let Change::FromNow(time) = change { time } else { Time::ZERO };
        let x = axis.x(from).within(ruler.x, ruler.right());
        kit.fill(Rect::new(x, ruler.bottom() - 1.0, ruler.right() - x, 3.0), 1.5, tint(Ink::Accent, 0.75));
    }
    let Carried::Thread(thread) = drag.what else { return };
    let name = view.name(thread);
    let text = match over {
        DropTarget::Core(_) if view.now > Time::ZERO => format!("⚑ run {name} here: preview"),
        DropTarget::Core(core) | DropTarget::Pin(core) => format!("pin {name} to core {}: preview", core.0),
        DropTarget::Process(process) => format!("{name} in {}: preview", view.plan.process(process).name),
        DropTarget::Queue(_) => format!("⚑ {name} in the queue: preview"),
        DropTarget::Bin => format!("without {name}: preview"),
        _ => return,
    };
    let w = (kit::SMALL.width(&text) + 16.0).min(ruler.w);
    let x = (axis.x(view.now) + 9.0).min(ruler.right() - w).max(ruler.x);
    let rect = Rect::new(x, ruler.y + LABELS, w, 19.0);
    kit.fill(rect, 6.0, solid(Ink::Panel));
    kit.rect(rect, 6.0, Some(tint(Ink::Accent, 0.10)), Some(line(Ink::Accent, 1.2)));
    kit.text(rect.center(), w - 10.0, kit::SMALL.middle().ink(Ink::Accent), text);
}
