//! Which lanes there are, and in which order: by kind and process, and then as a reader wants them.

use super::lanes::LaneOf;
use super::{Content, Mode};
use crate::engine::code::About;
use crate::engine::plan::ObjectKind;
use crate::engine::{Plan, Run};
use crate::ids::{ObjectIx, ThreadIx};
use crate::scene::{LaneOrder, Subject};

/// The most lanes that the baseline gets.
const BASELINE_LANES: usize = 4;

/// From so many threads on, how many are ready is worth a lane, if they are also more than the cores; and up to so many lanes
/// there is room for it.
const MANY: usize = 6;
const ROOM: usize = 24;

/// How many lanes of what threads share there is room for beside others, in a wide picture and in a narrow one.
const SHARED: [usize; 2] = [8, 2];

impl LaneOf {
    /// The lane, as what can be pointed at; that of the baseline is nothing of the scenario.
    pub(in super::super) const fn subject(self) -> Option<Subject> {
        Some(match self {
            Self::Core(core) => Subject::CoreLane(core),
            Self::Cores => Subject::ComputerLane,
            Self::Gil(gil) => Subject::GilLane(gil),
            Self::Object(object) => Subject::ObjectLane(object),
            Self::Ready => Subject::QueueLane,
            Self::Thread(thread) => Subject::ThreadLane(thread),
            Self::Process(process) => Subject::ProcessLane(process),
            Self::Baseline(_) => return None,
        })
    }

    /// Lanes of one group stand together: their kind, and whose they are.
    fn group(self, plan: &Plan) -> (u8, u16) {
        match self {
            Self::Core(_) | Self::Cores => (0, 0),
            Self::Gil(_) => (1, 0),
            Self::Object(_) => (2, 0),
            Self::Ready => (3, 0),
            Self::Baseline(_) => (4, 0),
            Self::Thread(thread) => (5, plan.thread(thread).process.0),
            Self::Process(process) => (5, process.0),
        }
    }
}

/// Whether a lock, a semaphore or a device has anybody who uses it.
fn is_used(plan: &Plan, object: ObjectIx) -> bool {
    let kind = plan.object(object).kind;
    matches!(kind, ObjectKind::Lock | ObjectKind::Semaphore | ObjectKind::Device)
        && plan.threads.iter().any(|t| t.ops.iter().any(|op| op.about == About::Object(object)))
}

/// Whether there is a lane of how many threads are ready unless a reader wants it otherwise.
fn is_crowded(plan: &Plan) -> bool {
    let (threads, cores) = (plan.threads.len(), usize::from(plan.cores));
    threads >= MANY && threads > cores && threads + cores < ROOM
}

/// Every lane in groups: cores, GILs, what threads share, the ready queue, the baseline, threads by process; those that a
/// reader has pinned above all.
pub(super) fn lanes(content: Content<'_>, wide: bool) -> Vec<LaneOf> {
    let (plan, order) = (content.plan, content.order);
    let is_collapsed = |lane: Subject| order.collapsed.contains(&lane);
    let mut lanes: Vec<LaneOf> = if is_collapsed(Subject::ComputerLane) {
        vec![LaneOf::Cores]
    } else {
        plan.core_ids().map(LaneOf::Core).collect()
    };
    lanes.extend(plan.gil_ixs().map(LaneOf::Gil));
    let objects: Vec<_> = plan.object_ixs().filter(|o| is_used(plan, *o)).map(LaneOf::Object).collect();
    if order.shared.unwrap_or_else(|| objects.len() <= SHARED[usize::from(!wide)]) {
        lanes.extend(objects);
    }
    if order.ready.unwrap_or_else(|| content.several_ready && is_crowded(plan)) {
        lanes.push(LaneOf::Ready);
    }
    let others = content.baseline.into_iter().flat_map(Plan::thread_ixs).take(BASELINE_LANES);
    lanes.extend(others.map(LaneOf::Baseline));
    for process in plan.process_ixs() {
        let threads = &plan.process(process).threads;
        if is_collapsed(Subject::ProcessLane(process)) && !threads.is_empty() {
            lanes.push(LaneOf::Process(process));
        } else {
            lanes.extend(threads.iter().map(|t| LaneOf::Thread(*t)));
        }
    }
    arranged(lanes, order, |lane| lane.group(plan))
}

/// Lanes as a reader has moved and pinned them.
fn arranged(lanes: Vec<LaneOf>, order: &LaneOrder, group: impl Fn(LaneOf) -> (u8, u16)) -> Vec<LaneOf> {
    let place = |lane: LaneOf| order.moved.iter().position(|s| Some(*s) == lane.subject());
    let mut out: Vec<LaneOf> = Vec::new();
    for lane in lanes {
        // Before the first one of its group that is to stand behind it; one that was never moved stays behind the others.
        let behind = |other: &LaneOf| {
            group(*other) == group(lane) && place(lane).is_some_and(|own| place(*other).is_none_or(|p| p > own))
        };
        let at = out.iter().position(behind).unwrap_or(out.len());
        out.insert(at, lane);
    }
    let pinned = |lane: &LaneOf| order.pinned.iter().position(|s| Some(*s) == lane.subject());
    let mut top: Vec<LaneOf> = Vec::new();
    for subject in &order.pinned {
        top.extend(out.iter().copied().filter(|l| l.subject() == Some(*subject)));
    }
    out.retain(|lane| pinned(lane).is_none());
    top.extend(out);
    top
}

/// The lanes of a picture from top to bottom, those of a baseline left out; of each, whether it is one of the group of the one
/// above it.
#[must_use]
pub(crate) fn lane_subjects(run: &Run, order: &LaneOrder, width: f64) -> Vec<(Subject, bool)> {
    let (plan, shared) = (run.plan(), run.shared());
    let several_ready = shared.lanes(run.trace()).ready().max() > 1;
    let (open, in_vain, overview) = (None::<ThreadIx>, false, false);
    let content = Content { plan, scenario: None, baseline: None, open, order, in_vain, several_ready, overview };
    let lanes = lanes(content, Mode::of(width) == Mode::Wide);
    let is_pinned = |lane: LaneOf| order.pinned.iter().any(|s| Some(*s) == lane.subject());
    let joins = |i: usize| {
        i > 0
            && is_pinned(lanes[i - 1]) == is_pinned(lanes[i])
            && (is_pinned(lanes[i]) || lanes[i - 1].group(plan) == lanes[i].group(plan))
    };
    (0..lanes.len()).filter_map(|i| Some((lanes[i].subject()?, joins(i)))).collect()
}
