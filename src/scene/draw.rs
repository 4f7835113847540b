//! From a picture to a scene.

use super::kit::{self, Kit, dashed, line, tint};
use super::layout::{Content, Layout};
use super::shape::Stroke;
use super::{
    Carried, DropSays, DropTarget, Ink, Picture, Rect, Scene, Subject, TimeAxis, board, chain, drag, hue, key, lanes,
    overview_axis,
};
use crate::engine::plan::PlanThread;
use crate::engine::{Machine, Plan, Run};
use crate::ids::{CoreId, GilIx, ProcessIx, ThreadIx};
use crate::number::Within;
use crate::order::sorted;
use crate::time::Time;

/// Draws everything: board, lanes, and the drag above them.
#[must_use]
pub fn draw(picture: &Picture<'_>) -> Scene {
    let plan = picture.run.plan();
    let shared = picture.run.shared();
    let shared = shared.lanes(picture.run.trace());
    let content = Content {
        plan,
        scenario: Some(picture.scenario),
        baseline: picture.baseline.map(Run::plan),
        open: lanes::open(picture),
        order: &picture.reading.order,
        in_vain: plan.gil_ixs().any(|gil| !shared.failed(gil).is_empty()),
        several_ready: shared.ready().max() > 1,
        overview: overview_axis(picture.run, picture.axis, picture.playhead).is_some(),
    };
    let layout = Layout::new(content, picture.size);
    let view = View::new(picture, plan, &layout);
    let mut kit = Kit::default();
    lanes::draw(&mut kit, &view);
    key::draw(&mut kit, &view);
    board::draw(&mut kit, &view);
    drag::draw(&mut kit, &view);
    if let Some(frame) = picture.frame {
        kit.rect(frame, 2.0, Some(tint(Ink::Accent, 0.08)), Some(dashed(Ink::Accent, 1.5)));
    }
    let mut scene = kit.finish(layout.height, stage(picture, plan), picture.run.records_until(picture.playhead));
    hue::colour(&mut scene.shapes, plan);
    scene
}

/// A number that is the same while the places of things stay comparable: of what decides who is there and where things lie.
fn stage(picture: &Picture<'_>, plan: &Plan) -> u64 {
    let ids = plan.threads.iter().flat_map(|t| [u64::from(t.id.0), u64::from(t.process.0)]);
    let fixed = [u64::from(plan.cores), picture.size.w.to_bits(), picture.size.h.to_bits()];
    let title = picture.scenario.title.bytes().map(u64::from);
    // FNV-1a, by whole numbers.
    let mix = |h: u64, n: u64| (h ^ n).wrapping_mul(0x100_0000_01b3);
    fixed.into_iter().chain(ids).chain(title).fold(0xcbf2_9ce4_8422_2325, mix)
}

/// What every part of the picture looks things up in.
pub(super) struct View<'a> {
    pub(super) picture: &'a Picture<'a>,
    pub(super) plan: &'a Plan,
    pub(super) machine: &'a Machine,
    pub(super) layout: &'a Layout,
    pub(super) now: Time,
    /// What of the time axis has something drawn on it: all, or what lies before the playhead.
    pub(super) shown: TimeAxis,
    /// The run that the lanes show, with threads and GILs that may be numbered otherwise.
    pub(super) drawn: &'a Run,
    /// Names by thread, made different where several processes use the same.
    names: Vec<String>,
    /// Width of the longest of them on a card.
    pub(super) longest: f64,
    /// The thread under the pointer, lit wherever it is, and those for whom it waits, one for the other.
    lit: Vec<ThreadIx>,
    /// How many of them are lit on the board too, which shows the playhead and not a stretch at another time.
    lit_now: usize,
}

impl<'a> View<'a> {
    fn new(picture: &'a Picture<'a>, plan: &'a Plan, layout: &'a Layout) -> Self {
        let hover = picture.hover.filter(|_| picture.drag.is_none());
        let lit = chain::lit(picture.run, picture.machine, hover);
        let (machine, now, mut shown) = (picture.machine, picture.playhead, picture.axis);
        if picture.hide_future {
            shown.width = (shown.x(now) - shown.left).within(0.0, shown.width);
        }
        let drawn = picture.preview.unwrap_or(picture.run);
        let known = shown.x(drawn.known().min(shown.to())) - shown.left;
        shown.width = shown.width.min(known.max(0.0));
        let names = names(plan);
        let longest = names.iter().map(|name| kit::NAME.width(name)).fold(0.0, f64::max);
        let lit_now = if chain::is_now(picture.run, now, hover) { lit.len() } else { 1 };
        Self { picture, plan, machine, layout, now, shown, drawn, names, longest, lit, lit_now }
    }

    /// A thread's number in the run that the lanes show; `None` if it has none there.
    pub(super) fn drawn_thread(&self, own: ThreadIx) -> Option<ThreadIx> {
        match self.picture.preview {
            None => Some(own),
            Some(run) => run.plan().thread_ix(self.plan.thread(own).id),
        }
    }

    /// The number as it is of a thread of the run that the lanes show.
    pub(super) fn own_thread(&self, drawn: ThreadIx) -> Option<ThreadIx> {
        match self.picture.preview {
            None => Some(drawn),
            Some(run) => self.plan.thread_ix(run.plan().thread(drawn).id),
        }
    }

    /// A GIL's number in the run that the lanes show; `None` if it has none there.
    pub(super) fn drawn_gil(&self, own: GilIx) -> Option<GilIx> {
        let Some(run) = self.picture.preview else { return Some(own) };
        run.plan().same_gil(self.plan, own)
    }

    /// Whether what happens at an instant may be seen.
    pub(super) fn may_see(&self, time: Time) -> bool {
        time <= self.now || !self.picture.hide_future
    }

    pub(super) fn selected(&self, subject: Subject) -> bool {
        match (self.picture.selection, subject) {
            // Who looks at an op looks at its thread too.
            (Some(Subject::Op(at)), Subject::Thread(thread)) if at.thread == thread => true,
            (_, Subject::Thread(thread)) if self.picture.group.has(thread) => true,
            (selection, subject) => selection == Some(subject),
        }
    }

    pub(super) fn lit(&self, thread: ThreadIx) -> bool {
        self.lit.contains(&thread)
    }

    pub(super) fn name(&self, thread: ThreadIx) -> &str {
        &self.names[thread.ix()]
    }

    /// On how many cores threads of a process are now.
    pub(super) fn occupies(&self, process: ProcessIx) -> usize {
        let on = self.plan.core_ids().filter_map(|c| self.machine.core(c).thread);
        on.filter(|t| self.plan.thread(*t).process == process).count()
    }

    pub(super) fn band(&self, process: ProcessIx) -> Ink {
        Ink::Process(process.0)
    }

    /// Whether the thread has been picked up.
    pub(super) fn dragged(&self, thread: ThreadIx) -> bool {
        self.picture.drag.is_some_and(|d| match d.what {
            // The originals stay where they are.
            Carried::Copies(_) => false,
            what => what.threads().has(thread),
        })
    }

    /// The threads pinned to a core, in the scenario as it is.
    pub(super) fn pinned(&self, core: CoreId) -> Vec<ThreadIx> {
        let threads = self.picture.scenario.threads();
        let pinned = threads.filter(|(_, t)| t.cores.pinned() == Some(core));
        pinned.filter_map(|(_, t)| self.plan.thread_ix(t.id)).collect()
    }

    /// Draws the outline of what is selected or under the pointer.
    pub(super) fn mark(&self, kit: &mut Kit, rect: Rect, radius: f64, subject: Subject) {
        let lit_now = &self.lit[..self.lit_now.min(self.lit.len())];
        let lit = matches!(subject, Subject::Thread(t) if lit_now.contains(&t)) || self.picture.hover == Some(subject);
        if self.selected(subject) {
            kit.outline(rect, radius, line(Ink::Accent, 2.0));
        } else if lit && self.picture.drag.is_none() {
            let holds = matches!(subject, Subject::Thread(t) if self.lit.first() != Some(&t));
            let ink = if holds { dashed(Ink::Alert, 2.0) } else { Stroke { alpha: 0.55, ..line(Ink::Text, 1.5) } };
            kit.outline(rect, radius, ink);
        }
    }

    /// Whether what is under the pointer would not take what is dragged.
    pub(super) fn refuses(&self) -> bool {
        self.picture.drag.is_some_and(|d| matches!(d.says, Some(DropSays::Refused(_))))
    }

    /// Lights a place that would take what is dragged, and more so the one under the pointer.
    pub(super) fn target(&self, kit: &mut Kit, rect: Rect, radius: f64, target: DropTarget) {
        if self.picture.drag.is_some_and(|d| d.over == Some(target)) {
            // Grey and red, or magenta; `drag` adds a sign.
            let (fill, ink) = if self.refuses() {
                (tint(Ink::Muted, 0.22), Ink::Alert)
            } else {
                (tint(Ink::Accent, 0.20), Ink::Accent)
            };
            kit.rect(rect, radius, Some(fill), Some(line(ink, 2.0)));
        } else {
            self.targets(kit, rect, radius, |t| *t == target);
        }
    }

    /// Lights a place that stands for several targets, one of which would take what is dragged.
    pub(super) fn targets(&self, kit: &mut Kit, rect: Rect, radius: f64, which: impl Fn(&DropTarget) -> bool) {
        if self.picture.drag.is_some_and(|d| d.targets.iter().any(which)) {
            kit.rect(rect, radius, Some(tint(Ink::Accent, 0.05)), Some(dashed(Ink::Accent, 1.0)));
        }
    }
}

/// The threads' names; where two have the same one, with the process's before it, or that alone if it has no other thread.
fn names(plan: &Plan) -> Vec<String> {
    let sorted = sorted(plan.threads.iter().map(|t| t.name.as_str()), |name| *name);
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
