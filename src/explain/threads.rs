//! Sentences about threads and processes that start, wait for each other, fail, and lock each other out.

use super::teller::{Teller, len};
use crate::engine::Reason;
use crate::engine::code::About;
use crate::ids::{ProcessIx, ThreadIx};
use crate::time::Dur;

/// “, which is ready in 600 µs”, if that takes time.
fn ready_in(cost: Dur) -> String {
    if cost.is_zero() { String::new() } else { format!(", ready in {}", len(cost)) }
}

/// Starts a thread.
pub(super) fn starts(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let child = t.name(ThreadIx(t.record.object()?));
    let ready = ready_in(t.plan.costs.thread_start);
    (reason == Reason::ProgramSays)
        .then(|| format!("{} starts {child}, a new thread of {}{ready}.", t.who(), t.process()))
}

/// Spawns a process.
pub(super) fn spawns(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let process = t.plan.process(ProcessIx(t.record.object()?));
    let own = match (!process.gils.is_empty(), process.python) {
        (true, _) => ", with memory, an interpreter and a GIL of its own",
        (false, true) => ", with memory and an interpreter of its own",
        (false, false) => ", with memory of its own",
    };
    let ready = ready_in(t.plan.costs.process_start);
    (reason == Reason::ProgramSays).then(|| format!("{} spawns the process {}{own}{ready}.", t.who(), process.name))
}

/// Waits until the thread that it has started runs.
pub(super) fn waits_for_start(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, child) = (t.who(), t.other());
    (reason == Reason::NotYet).then(|| format!("{who} waits until {child} runs: Thread.start() returns only then."))
}

/// Waits until a thread has finished.
pub(super) fn waits_for_end(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let without = t.needs();
    (reason == Reason::NotYet).then(|| {
        format!("{} joins {}: it waits until that has finished, and needs {without} meanwhile.", t.who(), t.other())
    })
}

/// Does what Python refuses.
pub(super) fn raises(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let who = t.who();
    let op = t.op()?;
    let what = match (&op.about, reason) {
        (About::Object(lock), Reason::LockNotHeld) => {
            format!("releases {}, which nobody holds", super::the_object(t.plan, *lock))
        }
        (About::Thread(other), Reason::StartedBefore) => format!("starts {}, which was started before", t.name(*other)),
        (About::Process(process), Reason::StartedBefore) => {
            format!("spawns the process {}, which was spawned before", t.plan.process(*process).name)
        }
        (About::Thread(other), Reason::NotStartedYet) => format!("joins {}, which was not started", t.name(*other)),
        _ => return None,
    };
    Some(if t.plan.process(t.plan.thread(t.record.thread()).process).python {
        format!("{who} {what}: Python raises an exception that nothing catches, so {who} ends.")
    } else {
        format!("{who} {what}: that is a mistake, and {who} ends.")
    })
}

/// A cycle of waits.
pub(super) fn deadlock(t: &Teller<'_>, reason: Reason) -> Option<String> {
    // As it was at the record: later in the same instant somebody may have released a lock.
    let mut cycle = vec![t.record.thread()];
    while let Some(next) = waits_for(t, cycle[cycle.len() - 1]).filter(|next| !cycle.contains(next)) {
        cycle.push(next);
    }
    (reason == Reason::CycleOfWaits).then(|| super::cycle_in_words(t.plan, &cycle))
}

/// For whom a thread has waited since before this record.
fn waits_for(t: &Teller<'_>, thread: ThreadIx) -> Option<ThreadIx> {
    let began = t.earlier().find(|(_, r)| r.thread() == thread && r.kind().is_place());
    began.and_then(|(_, r)| r.cause())
}
