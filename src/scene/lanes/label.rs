//! The names of the lanes, and the bands of their processes.

use super::super::draw::View;
use super::super::kit::{self, Kit, line, point, solid};
use super::super::layout::{LaneOf, LanePlace, THIN};
use super::super::{Ink, Rect, Subject};
use super::{baseline, gil, shared};
use crate::engine::plan::ObjectKind;
use crate::ids::{GilIx, ProcessIx};

/// A process's colour along the labels of its threads, if there are several processes.
pub(super) fn bands(kit: &mut Kit, view: &View<'_>) {
    if view.plan.processes.len() < 2 {
        return;
    }
    let of = |row: &LanePlace| match row.of {
        LaneOf::Thread(thread) => Some(view.plan.thread(thread).process),
        LaneOf::Process(process) => Some(process),
        _ => None,
    };
    let mut band = |process: ProcessIx, first: Rect, last: Rect| {
        let x = view.layout.lanes.panel.x;
        let (top, bottom) = (first.y + 2.0, last.bottom() - 2.0);
        kit.fill(Rect::new(x, top, 4.0, bottom - top), 2.0, solid(view.band(process)));
    };
    let rows = &view.layout.lanes.rows;
    // A reader may have taken some of them to the top.
    for together in rows.chunk_by(|a, b| of(a) == of(b)) {
        if let (Some(process), [first, .., last] | [first @ last]) = (of(&together[0]), together) {
            band(process, first.rect, last.rect);
        }
    }
}

/// The name of a lane; of thin ones only those have one that are below `free`, the end of the last.
pub(super) fn label(kit: &mut Kit, view: &View<'_>, row: &LanePlace, free: &mut f64) {
    let x = view.layout.lanes.label_x;
    let rect = Rect::new(x - 4.0, row.rect.y, row.rect.x - x, row.rect.h);
    let y = match row.of {
        LaneOf::Gil(_) => gil::bar_rect(row.rect).center().y,
        _ => rect.center().y,
    };
    let style = if row.rect.h >= 19.0 { kit::NOTE } else { kit::SMALL }.bold().ink(Ink::Text);
    let (indent, text) = match row.of {
        LaneOf::Core(core) => (0.0, format!("core {}", core.0)),
        LaneOf::Cores => (0.0, format!("{} cores", view.plan.cores)),
        LaneOf::Gil(gil) => {
            kit.circle(point(x + 4.5, y), 4.5, Some(solid(Ink::Gil)), Some(line(Ink::OnGil, 1.0)));
            (14.0, gil_label(view, gil, style, rect.w - 18.0))
        }
        LaneOf::Object(object) => (0.0, view.plan.object(object).name.clone()),
        LaneOf::Ready => (0.0, ready_label(kit, view, row.rect, style, rect)),
        LaneOf::Baseline(thread) => (0.0, baseline::label(view, thread)),
        LaneOf::Thread(thread) => {
            let tick = Rect::new(x, row.rect.y + 0.2 * row.rect.h, 3.5, 0.6 * row.rect.h);
            kit.fill(tick, 1.75, solid(Ink::Thread(thread.0)));
            (10.0, view.name(thread).to_owned())
        }
        LaneOf::Process(process) => (0.0, view.plan.process(process).name.clone()),
    };
    if row.rect.h >= THIN || y - 0.5 * THIN >= *free {
        kit.text(point(x + indent, y), rect.w - indent - 4.0, style, text);
        *free = y + 0.5 * THIN;
    }
    let Some(lane) = row.of.subject() else { return };
    if view.picture.reading.order.pinned.contains(&lane) {
        kit.circle(point(x - 6.0, y), 2.5, Some(solid(Ink::Accent)), None);
    }
    kit.object(rect, lane, format!("lane of {}", name(view, row.of)));
    kit.region(rect, lane.of_lane());
    kit.draggable(matches!(lane, Subject::ThreadLane(_)));
}

/// “ready queue”, if there is room for that beside the most threads that are in it, which stand at the height of the graph.
fn ready_label(kit: &mut Kit, view: &View<'_>, row: Rect, style: kit::Type, rect: Rect) -> String {
    let most = shared::most_ready(view).to_string();
    let mut room = rect.w;
    if row.h >= THIN {
        let w = kit::SMALL.width(&most);
        kit.text(point(rect.right(), row.y + 8.0), w, kit::SMALL.end(), most);
        room -= w + 6.0;
    }
    style.fit(["ready queue", "ready"].map(str::to_owned), room)
}

/// What a lane is of, for assistive technology.
fn name(view: &View<'_>, of: LaneOf) -> String {
    let plan = view.plan;
    match of {
        LaneOf::Core(core) => format!("core {}", core.0),
        LaneOf::Cores => "all cores".to_owned(),
        LaneOf::Gil(gil) => format!("the GIL of {}", plan.gil_owner(gil)),
        LaneOf::Object(object) => {
            let kind = match plan.object(object).kind {
                ObjectKind::Device => "device",
                ObjectKind::Semaphore => "semaphore",
                _ => "lock",
            };
            format!("{kind} {}", plan.object(object).name)
        }
        LaneOf::Ready => format!("the ready queue, up to {} threads", shared::most_ready(view)),
        LaneOf::Thread(thread) | LaneOf::Baseline(thread) => view.name(thread).to_owned(),
        LaneOf::Process(process) => format!("the threads of {}", plan.process(process).name),
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
