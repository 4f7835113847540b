//! Sentences about waits that need neither core nor GIL, and about waking.

use super::cores::ended;
use super::teller::{Teller, len};
use super::ticks;
use crate::engine::code::About;
use crate::engine::{Place, Reason};
use crate::ids::ProcessIx;

/// Waits for an I/O.
pub(super) fn io(t: &Teller<'_>, reason: Reason) -> Option<String> {
    match t.op_object() {
        Some(device) => super::sync::served(t, reason, &device),
        None => wait(t, reason, "waits", " for I/O"),
    }
}

/// Waits for the clock.
pub(super) fn sleep(t: &Teller<'_>, reason: Reason) -> Option<String> {
    wait(t, reason, "sleeps", "")
}

/// Waits for what a person types.
pub(super) fn input(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let asks = match &t.op()?.about {
        About::Prompt(prompt) if !prompt.is_empty() => format!(" asks “{prompt}” and"),
        _ => String::new(),
    };
    let without = t.needs();
    (reason == Reason::OpBegins)
        .then(|| format!("{}{asks} waits for input; it needs {without} until somebody answers.", t.who()))
}

fn wait(t: &Teller<'_>, reason: Reason, does: &str, what: &str) -> Option<String> {
    if reason != Reason::OpBegins {
        return None;
    }
    let length = t.op().map_or_else(String::new, |op| format!(" {}", len(op.length)));
    let without = t.needs();
    Some(format!("{} {does}{length}{what} and needs {without} meanwhile.", t.who()))
}

/// Woken, and on its way to the ready queue.
pub(super) fn waking(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, costs) = (t.who(), &t.plan.costs);
    Some(match reason {
        Reason::IoEnded => format!("{}; waking takes {}, then it is ready.", ended(t, "I/O"), len(costs.io_end)),
        Reason::SleepEnded => format!("{}; waking takes {}, then it is ready.", ended(t, "sleep"), len(costs.io_end)),
        Reason::StartedBy if spawned(t).is_some() => {
            format!(
                "{} starts with its process, which {} spawned; that takes {}.",
                who,
                t.other(),
                len(costs.process_start)
            )
        }
        Reason::StartedBy => {
            format!("{} started {who}; that takes {}, then {who} is ready.", t.other(), len(costs.thread_start))
        }
        Reason::GilCheck => ticks::woken(t),
        Reason::GilSignalled => format!(
            "{} released {} and signalled {who}, the first who waited; waking takes {}, and the signal is no hand-over: \
             whoever is on a core first takes the GIL.",
            t.other(),
            t.gil(),
            len(costs.hand_off),
        ),
        _ => {
            let cost = match reason {
                Reason::Answered => costs.wake_input,
                Reason::MessageSent => costs.wake_pipe,
                _ => costs.wake_lock,
            };
            format!("{}; waking takes {}, then {who} is ready.", woken(t, reason)?, len(cost))
        }
    })
}

/// The process with which the record's thread starts, if another process spawned it.
pub(super) fn spawned(t: &Teller<'_>) -> Option<ProcessIx> {
    let process = t.plan.thread(t.record.thread()).process;
    t.record.cause().filter(|by| t.plan.thread(*by).process != process).map(|_| process)
}

/// Why a thread was woken that waited for a person or another thread, as the beginning of a sentence.
pub(super) fn woken(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, other) = (t.who(), t.other());
    let object = || {
        // Its wait may have begun at this very instant.
        let thread = t.record.thread();
        let wait =
            t.earlier().find(|(_, r)| r.thread() == thread && matches!(r.kind().place(), Some(Place::Waiting(_))));
        match t.op_of(wait?.1)?.about {
            About::Object(object) => Some(super::the_object(t.plan, object)),
            _ => None,
        }
    };
    let object = || object().unwrap_or_else(|| "it".to_owned());
    Some(match reason {
        Reason::Answered => format!("{who} has its answer"),
        Reason::LockReleased | Reason::SemaphoreReleased => {
            format!("{other} released {}, for which {who} waits", object())
        }
        Reason::HandedOver => format!("{other} handed {} over to {who}", object()),
        Reason::EventSet => format!("{other} set {}, for which {who} waits", object()),
        Reason::AllThere => format!("{other} was the last to come to {}, where {who} waits", object()),
        Reason::ItemTaken => format!("{other} took an item from {}, so there is room, for which {who} waits", object()),
        Reason::ItemPut => format!("{other} put an item into {}, where {who} waits", object()),
        Reason::MessageSent => format!("{other} sent a message to {}, where {who} waits", object()),
        Reason::ChildRuns => format!("{other} runs, so {who}, which started it, may go on"),
        Reason::Joined => format!("{other} has finished, so {who}, which joins it, may go on"),
        _ => return None,
    })
}
