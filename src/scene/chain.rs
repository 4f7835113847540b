//! Who waits for whom: lit together while one of them is under the pointer.

use super::Subject;
use crate::engine::{Cause, Machine, Place, Plan, Run};
use crate::ids::ThreadIx;
use crate::time::Time;

/// The threads that are lit while something is under the pointer: first the thread that it is or belongs to; then, one
/// behind the other, who holds what that waits for. Around a deadlock it ends where it began.
pub(super) fn lit(run: &Run, machine: &Machine, hover: Option<Subject>) -> Vec<ThreadIx> {
    let plan = run.plan();
    match hover {
        Some(Subject::Thread(thread)) => chain(plan, machine, thread),
        Some(Subject::Record(number)) => {
            let Some(record) = run.trace().get(number as usize) else { return Vec::new() };
            let thread = record.thread();
            // Who holds what at the playhead says nothing of a stretch at another time: its own record does.
            match record.cause().filter(|by| record.kind().is_place() && *by != thread) {
                Some(holder) => vec![thread, holder],
                None => vec![thread],
            }
        }
        _ => Vec::new(),
    }
}

/// Whether what is under the pointer is of the playhead's time: all but stretches of lanes that lie before or behind it.
pub(super) fn is_now(run: &Run, now: Time, hover: Option<Subject>) -> bool {
    let Some(Subject::Record(number)) = hover else { return true };
    let Some(record) = run.trace().get(number as usize) else { return true };
    let there = run.lanes().thread(record.thread()).window(now, Time::from_ns(now.ns() + 1));
    there.iter().any(|stretch| stretch.record == number)
}

fn chain(plan: &Plan, machine: &Machine, first: ThreadIx) -> Vec<ThreadIx> {
    let mut chain = vec![first];
    let mut last = first;
    while let Some(next) = waits_for(plan, machine, last).filter(|next| !chain.contains(next)) {
        chain.push(next);
        last = next;
    }
    chain
}

/// Who has what a thread waits for: the GIL's holder, the lock's, whom the device serves; whom it joins or has started.
fn waits_for(plan: &Plan, machine: &Machine, thread: ThreadIx) -> Option<ThreadIx> {
    match machine.thread(thread).place {
        Place::WantsGil => machine.gil(plan.thread(thread).gil?).holder,
        Place::Waiting(Cause::Device) => {
            let object = plan.object_ixs().find(|o| machine.object(*o).waiters.contains(&thread))?;
            machine.object(object).holder
        }
        _ => machine.waits_for(plan, thread),
    }
}
