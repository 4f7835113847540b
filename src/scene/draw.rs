//! From a picture to a scene.

use super::kit::{Kit, dashed, line, tint};
use super::layout::Layout;
use super::shape::Stroke;
use super::{DropTarget, Ink, Picture, Rect, Scene, Subject, board, drag, key, lanes};
use crate::engine::plan::PlanThread;
use crate::engine::{Machine, Plan};
use crate::ids::{CoreId, ProcessIx, ThreadIx};
use crate::time::Time;

/// Draws everything: board, lanes, and the drag above them.
#[must_use]
pub fn draw(picture: &Picture<'_>) -> Scene {
    let plan = picture.run.plan();
    let layout = Layout::new(plan, picture.size);
    let view = View::new(picture, plan, &layout);
    let mut kit = Kit::default();
    lanes::draw(&mut kit, &view);
    key::draw(&mut kit, &view);
    board::draw(&mut kit, &view);
    drag::draw(&mut kit, &view);
    kit.finish(layout.height)
}

/// What every part of the picture looks things up in.
pub(super) struct View<'a> {
    pub(super) picture: &'a Picture<'a>,
    pub(super) plan: &'a Plan,
    pub(super) machine: &'a Machine,
    pub(super) layout: &'a Layout,
    pub(super) now: Time,
    /// Names by thread, made different where several processes use the same.
    names: Vec<String>,
    /// The thread under the pointer, lit wherever it is.
    lit: Option<ThreadIx>,
}

impl<'a> View<'a> {
    fn new(picture: &'a Picture<'a>, plan: &'a Plan, layout: &'a Layout) -> Self {
        let lit = match picture.hover {
            _ if picture.drag.is_some() => None,
            Some(Subject::Thread(thread)) => Some(thread),
            Some(Subject::Record(n)) => picture.run.trace().get(n as usize).map(|r| r.thread()),
            _ => None,
        };
        Self { picture, plan, machine: picture.machine, layout, now: picture.playhead, names: names(plan), lit }
    }

    pub(super) fn selected(&self, subject: Subject) -> bool {
        self.picture.selection == Some(subject)
    }

    pub(super) fn lit(&self, thread: ThreadIx) -> bool {
        self.lit == Some(thread)
    }

    pub(super) fn name(&self, thread: ThreadIx) -> &str {
        &self.names[thread.ix()]
    }

    pub(super) fn band(&self, process: ProcessIx) -> Ink {
        Ink::Process(process.0)
    }

    /// Whether the thread has been picked up.
    pub(super) fn dragged(&self, thread: ThreadIx) -> bool {
        self.picture.drag.is_some_and(|d| d.what.thread() == Some(thread))
    }

    /// The threads pinned to a core, in the scenario as it is.
    pub(super) fn pinned(&self, core: CoreId) -> Vec<ThreadIx> {
        let threads = self.picture.scenario.threads();
        let pinned = threads.filter(|(_, t)| t.cores.pinned() == Some(core));
        pinned.filter_map(|(_, t)| self.plan.thread_ix(t.id)).collect()
    }

    /// Draws the outline of what is selected or under the pointer.
    pub(super) fn mark(&self, kit: &mut Kit, rect: Rect, radius: f64, subject: Subject) {
        let lit = matches!(subject, Subject::Thread(t) if self.lit(t)) || self.picture.hover == Some(subject);
        if self.selected(subject) {
            kit.outline(rect, radius, line(Ink::Accent, 2.0));
        } else if lit && self.picture.drag.is_none() {
            kit.outline(rect, radius, Stroke { alpha: 0.55, ..line(Ink::Text, 1.5) });
        }
    }

    /// Lights a place that would take what is dragged. True if it does.
    pub(super) fn target(&self, kit: &mut Kit, rect: Rect, radius: f64, target: DropTarget) -> bool {
        let Some(drag) = self.picture.drag else { return false };
        let refused = matches!(drag.says, Some(super::DropSays::Refused(_)));
        if drag.over == Some(target) {
            let ink = if refused { Ink::Alert } else { Ink::Accent };
            kit.rect(rect, radius, Some(tint(ink, 0.16)), Some(line(ink, 2.0)));
        } else if drag.targets.contains(&target) {
            kit.rect(rect, radius, Some(tint(Ink::Accent, 0.05)), Some(dashed(Ink::Accent, 1.0)));
        } else {
            return false;
        }
        true
    }
}

/// The threads' names; where two have the same one, with the process's before it, or that alone if it has no other thread.
fn names(plan: &Plan) -> Vec<String> {
    let mut sorted: Vec<&str> = plan.threads.iter().map(|t| t.name.as_str()).collect();
    sorted.sort_unstable();
    let twice = |name: &str| {
        let first = sorted.partition_point(|n| *n < name);
        sorted.get(first + 1) == Some(&name)
    };
    let name = |t: &PlanThread| {
        let process = plan.process(t.process);
        match (twice(&t.name), process.threads.len()) {
            (false, _) => t.name.clone(),
            (true, 1) => process.name.clone(),
            (true, _) => format!("{}: {}", process.name, t.name),
        }
    };
    plan.threads.iter().map(name).collect()
}
