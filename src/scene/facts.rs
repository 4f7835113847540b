//! What a scenario can reach, whatever its state is now: the picture has a place for that, and for nothing else.

use crate::engine::Plan;
use crate::ids::ProcessIx;

/// What the threads of a process can wait for inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    Gil,
    Io,
    Sleep,
}

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
    Switch,
}

/// The places for waiting threads that a process needs, and for how many threads at most.
pub(super) fn waits(plan: &Plan, process: ProcessIx) -> Vec<(Wait, usize)> {
    let process = plan.process(process);
    let with = |op| process.threads.iter().filter(|t| has(plan, **t, op)).count();
    let contended = if process.gil.is_some() && process.threads.len() > 1 { process.threads.len() } else { 0 };
    let all = [(Wait::Gil, contended), (Wait::Io, with("io")), (Wait::Sleep, with("sleep"))];
    all.into_iter().filter(|(_, n)| *n > 0).collect()
}

fn has(plan: &Plan, thread: crate::ids::ThreadIx, op: &str) -> bool {
    plan.thread(thread).ops.iter().any(|o| o.name == op)
}

/// Whether any process of the computer has a GIL.
pub(super) fn any_gil(plan: &Plan) -> bool {
    !plan.gils.is_empty()
}

/// The states that a thread of this plan can be in, in the order of the key.
pub(super) fn states(plan: &Plan) -> Vec<KeyState> {
    let any = |gil: bool, op| plan.thread_ixs().any(|t| plan.thread(t).gil.is_some() == gil && has(plan, t, op));
    let op = |op| any(true, op) || any(false, op);
    let free = ["python", "extension", "native"].iter().any(|op| any(false, op));
    let contended = plan.process_ixs().any(|p| waits(plan, p).iter().any(|(w, _)| *w == Wait::Gil));
    let queue = plan.threads.len() > usize::from(plan.cores)
        || plan.threads.len() > 1
            && plan.threads.iter().any(|t| (0..plan.cores).any(|c| !t.cores.allows(crate::ids::CoreId(c))))
        || !plan.interventions.is_empty();
    let c = &plan.costs;
    let all = [
        (KeyState::Runs, free),
        (KeyState::RunsPython, any(true, "python") && !free),
        (KeyState::Extension, any(true, "extension")),
        (KeyState::Native, any(true, "native")),
        (KeyState::WantsGil, contended),
        (KeyState::ForcedWait, contended && (queue || !c.hand_off.is_zero())),
        (KeyState::Ready, queue),
        (KeyState::Waking, contended && !c.hand_off.is_zero() || (op("io") || op("sleep")) && !c.io_end.is_zero()),
        (KeyState::Io, op("io")),
        (KeyState::Sleep, op("sleep")),
        (KeyState::Switch, queue && !(c.switch.is_zero() && c.process_switch.is_zero())),
    ];
    all.into_iter().filter(|(_, reachable)| *reachable).map(|(state, _)| state).collect()
}
