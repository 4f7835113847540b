//! The ruler: ticks, the playhead's mark, the flags of interventions.

use super::super::draw::View;
use super::super::kit::{self, Kit, line, point, solid, tint};
use super::super::shape::Stroke;
use super::super::{Carried, DropSays, DropTarget, Ink, Rect, Subject, TimeAxis};
use crate::engine::Kind;
use crate::engine::plan::PlanIntervention;
use crate::scenario::What;
use crate::time::{Dur, Time};

/// Height of the tick labels; marks of the present and flags stand below them.
const LABELS: f64 = 20.0;

pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    let place = &view.layout.lanes;
    kit.region(place.ruler, Subject::Ruler);
    let bottom = place.time.bottom();
    for (x, text) in ticks(&view.picture.axis) {
        let grid = Stroke { alpha: 0.7, ..line(Ink::Line, 1.0) };
        kit.line(point(x, place.ruler.y + LABELS), point(x, bottom), grid);
        let half = kit::SMALL.width(&text) / 2.0;
        // The last label may stand a little to the left of its tick, so as not to leave the panel.
        let at = x.min(place.time.right() + 7.0 - half);
        kit.text(point(at, place.ruler.y + LABELS / 2.0), 2.0 * half, kit::SMALL.middle(), text);
    }
    let preview = view.picture.scenario.interventions.len();
    for flag in view.plan.interventions.iter().filter(|f| usize::from(f.index) < preview) {
        self::flag(kit, view, flag);
    }
}

/// Where ticks stand and what they say: at 1, 2 or 5 times a power of ten, in minutes and hours at whole parts of them.
fn ticks(axis: &TimeAxis) -> Vec<(f64, String)> {
    const STEPS: [u64; 3] = [1, 2, 5];
    const SECOND: u64 = 1_000_000_000;
    let decimal = (1..=10u32).flat_map(|e| STEPS.map(|s| s * 10u64.pow(e))).filter(|s| *s < 60 * SECOND);
    let sixty = [60, 120, 300, 600, 1_200, 3_600, 7_200, 18_000, 36_000, 86_400, 172_800, 432_000, 864_000, 4_320_000];
    for step in decimal.chain(sixty.map(|s| s * SECOND)) {
        let px = step as f64 / axis.ns_per_px;
        if px < 48.0 {
            continue;
        }
        let first = axis.from().ns().div_ceil(step) * step;
        let last = axis.to().ns();
        let at = |ns: u64| (axis.x(Time::from_ns(ns)), words(ns, step));
        let ticks: Vec<_> = (0..).map(|i| first + i * step).take_while(|ns| *ns <= last).map(at).collect();
        let widest = ticks.iter().map(|(_, text)| kit::SMALL.width(text)).fold(0.0, f64::max);
        if px >= 1.5 * widest + 20.0 {
            return ticks;
        }
    }
    Vec::new()
}

/// A tick's label in the unit that suits the step.
fn words(ns: u64, step: u64) -> String {
    const MINUTE: u64 = 60_000_000_000;
    if step < MINUTE {
        return Dur::from_ns(ns).to_string();
    }
    match (ns / (60 * MINUTE), ns / MINUTE % 60) {
        (0, m) => format!("{m} min"),
        (h, 0) => format!("{h} h"),
        (h, m) => format!("{h} h {m} min"),
    }
}

/// A flag where the user stepped in; hollow if it had to be skipped.
fn flag(kit: &mut Kit, view: &View<'_>, flag: &PlanIntervention) {
    let ruler = view.layout.lanes.ruler;
    let x = view.picture.axis.x(flag.at);
    if x < ruler.x || x > ruler.right() {
        return;
    }
    let (top, bottom) = (ruler.y + LABELS - 1.0, ruler.bottom());
    let fill = if skipped(view, flag) { None } else { Some(solid(Ink::Accent)) };
    kit.line(point(x, top), point(x, bottom), line(Ink::Accent, 1.6));
    let cloth = [(x, top), (x + 13.0, top + 5.0), (x, top + 10.0)];
    kit.polygon(&cloth, fill, Some(line(Ink::Accent, 1.4)));
    let rect = Rect::new(x - 6.0, top - 2.0, 24.0, bottom - top + 2.0);
    view.mark(kit, rect, 4.0, Subject::Flag(flag.index));
    let state = if skipped(view, flag) { ", skipped" } else { "" };
    let who = view.name(flag.thread);
    let what = match &flag.what {
        What::RunHere { core, .. } => format!("run {who} on core {}", core.0),
        What::Answer { text, .. } => format!("answer {who}: “{text}”"),
        What::Reorder { to, .. } => format!("move {who} to place {} of the ready queue", to + 1),
        What::Preempt { .. } => format!("take {who} off its core"),
    };
    let name = format!("{what} at {}{state}", flag.at);
    kit.object(rect, Subject::Flag(flag.index), name);
    kit.draggable(true);
}

fn skipped(view: &View<'_>, flag: &PlanIntervention) -> bool {
    let trace = view.picture.run.trace();
    let first = trace.partition_point(|r| r.time() < flag.at);
    let at = trace[first..].iter().take_while(|r| r.time() == flag.at);
    at.into_iter().any(|r| r.kind() == Kind::SkipIntervention && r.object() == Some(flag.index))
}

/// A line through the lanes at the present.
pub(super) fn playhead(kit: &mut Kit, view: &View<'_>) {
    let place = &view.layout.lanes;
    let x = view.picture.axis.x(view.now);
    let (top, bottom) = (place.ruler.bottom() - 9.0, place.time.bottom());
    kit.line(point(x, top), point(x, bottom), line(Ink::Playhead, 1.8));
    let head = [(x - 6.5, top - 1.0), (x + 6.5, top - 1.0), (x, top + 8.5)];
    kit.polygon(&head, Some(solid(Ink::Playhead)), None);
}

/// What the redrawn future would come from, at the playhead.
pub(super) fn preview(kit: &mut Kit, view: &View<'_>) {
    let Some(drag) = view.picture.drag else { return };
    let (Some(over), Some(DropSays::Change(_))) = (drag.over, &drag.says) else { return };
    let Carried::Thread(thread) = drag.what else { return };
    let name = view.name(thread);
    let text = match over {
        DropTarget::Core(_) if view.now > Time::ZERO => format!("⚑ run {name} here: preview"),
        DropTarget::Core(core) | DropTarget::Pin(core) => format!("pin {name} to core {}: preview", core.0),
        DropTarget::Process(process) => format!("{name} in {}: preview", view.plan.process(process).name),
        DropTarget::Queue(_) => format!("⚑ {name} in the queue: preview"),
        DropTarget::Bin => format!("without {name}: preview"),
        DropTarget::Instant(_) => return,
    };
    let ruler = view.layout.lanes.ruler;
    let w = (kit::SMALL.width(&text) + 16.0).min(ruler.w);
    let x = (view.picture.axis.x(view.now) + 9.0).min(ruler.right() - w).max(ruler.x);
    let rect = Rect::new(x, ruler.y + LABELS, w, 19.0);
    kit.fill(rect, 6.0, solid(Ink::Panel));
    kit.rect(rect, 6.0, Some(tint(Ink::Accent, 0.10)), Some(line(Ink::Accent, 1.2)));
    kit.text(rect.center(), w - 10.0, kit::SMALL.middle().ink(Ink::Accent), text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(ns_per_px: f64, start_ns: f64) -> Vec<String> {
        let axis = TimeAxis { start_ns, ns_per_px, left: 0.0, width: 400.0 };
        ticks(&axis).into_iter().map(|t| t.1).collect()
    }

    #[test]
    fn ticks_are_readable_from_nanoseconds_to_hours() {
        assert_eq!(labels(1.0, 0.0), ["0 ms", "100 ns", "200 ns", "300 ns", "400 ns"]);
        assert_eq!(labels(50_000.0, 0.0), ["0 ms", "5 ms", "10 ms", "15 ms", "20 ms"]);
        assert_eq!(labels(1.4e9, 0.0), ["0 min", "2 min", "4 min", "6 min", "8 min"]);
        assert_eq!(labels(6e10, 0.0), ["0 min", "2 h", "4 h", "6 h"]);
        assert_eq!(labels(1.0, 12_400_000.0)[0], "12.4 ms");
    }

    #[test]
    fn tick_labels_never_touch() {
        for e in 0..60 {
            let axis = TimeAxis { start_ns: 1.234_567e9, ns_per_px: 1.7f64.powi(e), left: 0.0, width: 700.0 };
            for pair in ticks(&axis).windows(2) {
                let half = |t: &(f64, String)| kit::SMALL.width(&t.1) / 2.0;
                assert!(pair[0].0 + half(&pair[0]) < pair[1].0 - half(&pair[1]), "{pair:?}");
            }
        }
    }
}
