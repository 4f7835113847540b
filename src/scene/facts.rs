//! What a scenario can reach, whatever its state is now: the picture has a place for that, and for nothing else.

use super::layout::Content;
use crate::engine::code::{About, PlanOp};
use crate::engine::plan::{ObjectKind, PlanObject, PlanThread};
use crate::engine::{Cause, Plan};
use crate::ids::{CoreId, ObjectIx, ProcessIx, ThreadIx};
use crate::scenario::ResourceKind;
use crate::time::Dur;

/// What the threads of a process can wait for inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    Gil,
    Io,
    Sleep,
    Input,
    Lock,
    Semaphore,
    Event,
    Barrier,
    Queue,
    Room,
    Pipe,
    /// Another thread: that it runs, or finishes.
    Thread,
    /// Any from the lock on, where a process has too many places for each to have its own.
    Others,
}

impl Wait {
    /// The place for a cause of waiting.
    pub(super) const fn of(cause: Cause) -> Self {
        match cause {
            Cause::Io | Cause::Device => Self::Io,
            Cause::Sleep => Self::Sleep,
            Cause::Input => Self::Input,
            Cause::Lock => Self::Lock,
            Cause::Semaphore => Self::Semaphore,
            Cause::Event => Self::Event,
            Cause::Barrier => Self::Barrier,
            Cause::Queue => Self::Queue,
            Cause::Room => Self::Room,
            Cause::Pipe => Self::Pipe,
            Cause::Start | Cause::Join => Self::Thread,
        }
    }

    /// What the threads of a process may wait for at an op. Only Python waits for a thread that it has started.
    fn at(plan: &Plan, op: &PlanOp, python: bool) -> Option<Self> {
        let object = if let About::Object(ix) = op.about { Some(plan.object(ix)) } else { None };
        let kind = object.map(|o| o.kind);
        Some(match op.name {
            "io" => Self::Io,
            "sleep" => Self::Sleep,
            "input" => Self::Input,
            "acquire" if kind == Some(ObjectKind::Semaphore) => Self::Semaphore,
            "acquire" => Self::Lock,
            "wait" if kind == Some(ObjectKind::Barrier) => Self::Barrier,
            "wait" => Self::Event,
            "put" if object.is_some_and(|o| o.size < u32::MAX) => Self::Room,
            "get" => Self::Queue,
            "receive" => Self::Pipe,
            "join" => Self::Thread,
            "start" if python => Self::Thread,
            _ => return None,
        })
    }

    /// Whether those who wait for this stand here.
    pub(super) fn takes(self, wait: Self) -> bool {
        let alone = matches!(wait, Self::Gil | Self::Io | Self::Sleep | Self::Input);
        self == wait || self == Self::Others && !alone
    }
}

/// The places for waiting threads beside the GIL's, in their order.
const WAITS: [Wait; 11] = [
    Wait::Io,
    Wait::Sleep,
    Wait::Input,
    Wait::Lock,
    Wait::Semaphore,
    Wait::Event,
    Wait::Barrier,
    Wait::Queue,
    Wait::Room,
    Wait::Pipe,
    Wait::Thread,
];

/// With more places than this for waiting threads, those who wait for each other share one.
const MOST_WAITS: usize = 4;

/// A context switch of this length can be seen at the speeds at which one looks at it.
const SLOW_SWITCH: Dur = Dur::from_us(20);

/// An entry of the key of states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyState {
    Runs,
    RunsPython,
    Extension,
    Native,
    WantsGil,
    ForcedWait,
    Ready,
    Waking,
    Io,
    Sleep,
    Input,
    /// For a lock, an item, a message, another thread.
    Another,
    Switch,
}

/// An entry of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyEntry {
    State(KeyState),
    /// The mark of who was woken, but the GIL was gone.
    InVain,
    /// What is said about the future.
    Future,
}

/// The places for waiting threads that a process needs, and for how many threads at most.
pub(super) fn waits(plan: &Plan, process: ProcessIx) -> Vec<(Wait, usize)> {
    let process = plan.process(process);
    let may = |t: &ThreadIx, wait: Wait| {
        let ops = &plan.thread(*t).ops;
        ops.iter().any(|op| Wait::at(plan, op, process.python).is_some_and(|w| wait.takes(w)))
    };
    let with = |wait| (wait, process.threads.iter().filter(|t| may(t, wait)).count());
    let of = |gil| process.threads.iter().filter(|t| plan.thread(**t).gil == Some(gil)).count();
    let contended = process.gils.iter().map(|gil| of(*gil)).filter(|n| *n > 1).sum();
    let mut all = vec![(Wait::Gil, contended)];
    all.extend(WAITS.map(with));
    all.retain(|(_, n)| *n > 0);
    if all.len() > MOST_WAITS {
        let before = all.len();
        all.retain(|(wait, _)| !Wait::Others.takes(*wait));
        if all.len() < before {
            all.push(with(Wait::Others));
        }
    }
    all
}

/// Something that the operating system set aside for a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Res {
    Interpreter,
    /// So many bytes.
    Memory(u64),
    /// A single one, by name.
    File(String),
    Files(usize),
    /// Something that its threads share.
    Shared(ObjectIx),
}

/// What a process wraps beside its threads, if the scenario names any of it.
pub(super) fn resources(content: Content<'_>, process: ProcessIx) -> Vec<Res> {
    let id = content.process(process).id;
    let Some(owner) = content.scenario.and_then(|s| s.process(id)).filter(|p| !p.resources.is_empty()) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    if content.process(process).python {
        all.push(Res::Interpreter);
    }
    let memory =
        owner.resources.iter().filter_map(|r| if let ResourceKind::Memory(n) = r.kind { Some(n) } else { None });
    let bytes = memory.fold(0u64, u64::saturating_add);
    if bytes > 0 {
        all.push(Res::Memory(bytes));
    }
    let files: Vec<&str> =
        owner.resources.iter().filter(|r| r.kind == ResourceKind::File).map(|r| r.name.as_str()).collect();
    match files.as_slice() {
        [] => {}
        [one] => all.push(Res::File((*one).to_owned())),
        many => all.push(Res::Files(many.len())),
    }
    let objects = content.object_ixs().filter(|o| content.object(*o).process == Some(process));
    all.extend(objects.map(Res::Shared));
    all
}

fn has(plan: &Plan, thread: ThreadIx, op: &str) -> bool {
    plan.thread(thread).ops.iter().any(|o| o.name == op)
}

/// Whether there is something that makes a thread wait for others at an op that is no wait by its name.
fn shares(plan: &Plan) -> bool {
    let waits = |o: &PlanObject| o.kind == ObjectKind::Device || o.kind == ObjectKind::Queue && o.size < u32::MAX;
    plan.objects.iter().any(waits)
}

/// Whether any process of the computer has a GIL.
pub(super) fn any_gil(plan: &Plan) -> bool {
    !plan.gils.is_empty()
}

/// Whether threads may have to wait for a core.
fn queues(plan: &Plan) -> bool {
    let pinned = |t: &PlanThread| (0..plan.cores).any(|c| !t.cores.allows(CoreId(c)));
    plan.threads.len() > usize::from(plan.cores)
        || plan.threads.len() > 1 && plan.threads.iter().any(pinned)
        || !plan.interventions.is_empty()
}

/// Whether a context switch takes so long that one should see what happens meanwhile.
pub(super) fn slow_switch(plan: &Plan) -> bool {
    queues(plan) && plan.costs.switch.max(plan.costs.process_switch) >= SLOW_SWITCH
}

/// The states that a thread of this plan can be in, in the order of the key.
pub(super) fn states(plan: &Plan) -> Vec<KeyState> {
    let any = |gil: bool, op| plan.thread_ixs().any(|t| plan.thread(t).gil.is_some() == gil && has(plan, t, op));
    let op = |op| any(true, op) || any(false, op);
    let free = ["python", "extension", "native", "send"].iter().any(|op| any(false, op));
    let contended = plan.process_ixs().any(|p| waits(plan, p).iter().any(|(w, _)| *w == Wait::Gil));
    let asks = plan.gils.iter().any(|g| g.switch_interval().is_some());
    let queue = queues(plan);
    let c = &plan.costs;
    let wakes = [
        (&["io", "sleep"][..], c.io_end),
        (&["input"], c.wake_input),
        (&["acquire", "wait", "get", "join"], c.wake_lock),
        (&["receive"], c.wake_pipe),
        (&["start"], c.thread_start),
        (&["spawn"], c.process_start),
    ];
    let waking = wakes.iter().any(|(ops, cost)| !cost.is_zero() && ops.iter().any(|o| op(o)));
    let all = [
        (KeyState::Runs, free),
        (KeyState::RunsPython, any(true, "python") && !free),
        (KeyState::Extension, any(true, "extension")),
        (KeyState::Native, any(true, "native") || any(true, "send")),
        (KeyState::WantsGil, contended),
        (KeyState::ForcedWait, contended && asks && (queue || !c.hand_off.is_zero())),
        (KeyState::Ready, queue),
        (KeyState::Waking, contended && !c.hand_off.is_zero() || waking),
        (KeyState::Io, op("io")),
        (KeyState::Sleep, op("sleep")),
        (KeyState::Input, op("input")),
        (
            KeyState::Another,
            ["acquire", "wait", "get", "receive", "join", "start"].iter().any(|o| op(o)) || shares(plan),
        ),
        (KeyState::Switch, queue && !(c.switch.is_zero() && c.process_switch.is_zero())),
    ];
    all.into_iter().filter(|(_, reachable)| *reachable).map(|(state, _)| state).collect()
}
