//! How a run ends, and who waits for whom.

use super::code::Instr;
use super::machine::Machine;
use super::state::Resume;
use super::{Cause, Place, Plan};
use crate::ids::{ObjectIx, ThreadIx};
use crate::time::{MAX_NS, Time};

/// How a run ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Every thread that was started has finished.
    AllFinished,
    /// Nothing happens any more before a person answers these threads.
    AwaitingInput(Vec<ThreadIx>),
    /// Each of these threads waits for the next, and the last for the first; a thread alone waits for itself.
    Deadlock(Vec<ThreadIx>),
    /// Nothing will happen any more, and these threads have not finished.
    Stuck(Vec<ThreadIx>),
    /// The run goes on, but a limit of this program is reached.
    LimitReached(Limit),
}

/// What a run may not exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The number of records, or of instants without any, [`super::MAX_RECORDS`].
    Records,
    /// The longest time, [`MAX_NS`].
    Time,
}

impl Machine {
    /// How a run ends for which no next instant exists, or only one beyond all limits.
    pub(super) fn ending(&self, plan: &Plan) -> Ending {
        if self.next_instant().is_some_and(|t| t.ns() > MAX_NS) {
            return Ending::LimitReached(Limit::Time);
        }
        let at = |place: Place| move |t: &ThreadIx| self.thread(*t).place == place;
        let awaiting: Vec<_> = plan.thread_ixs().filter(at(Place::Waiting(Cause::Input))).collect();
        if !awaiting.is_empty() {
            return Ending::AwaitingInput(awaiting);
        }
        if let Some(cycle) = plan.thread_ixs().find_map(|t| self.cycle(plan, t)) {
            return Ending::Deadlock(cycle);
        }
        let over = |t: &ThreadIx| matches!(self.thread(*t).place, Place::Finished | Place::NotStarted);
        let left: Vec<_> = plan.thread_ixs().filter(|t| !over(t)).collect();
        if left.is_empty() { Ending::AllFinished } else { Ending::Stuck(left) }
    }

    /// The thread without which a waiting one cannot go on: the holder of its lock, the thread that it joins or has
    /// started. `None` if it waits for nobody in particular: a device goes on by itself, and any thread may release a
    /// semaphore, set an event, come to a barrier, fill or empty a queue. So a cycle of waits is told only where it is
    /// certain; where such waits are part of one, the run ends as [`Ending::Stuck`].
    #[must_use]
    pub fn waits_for(&self, plan: &Plan, thread: ThreadIx) -> Option<ThreadIx> {
        let Place::Waiting(_) = self.thread(thread).place else { return None };
        match *self.instr(plan, thread) {
            Instr::Acquire { lock, .. } => self.object(lock).holder,
            Instr::Join { thread, .. } | Instr::Start { thread, .. } => Some(thread),
            _ => None,
        }
    }

    /// The lock, semaphore, queue or pipe for which a thread was woken and will try again.
    #[must_use]
    pub fn retries(&self, plan: &Plan, thread: ThreadIx) -> Option<ObjectIx> {
        if self.thread(thread).resume != Resume::Retry {
            return None;
        }
        match *self.instr(plan, thread) {
            Instr::Acquire { lock: object, .. }
            | Instr::Put { queue: object, .. }
            | Instr::Get { queue: object, .. }
            | Instr::Receive { pipe: object, .. } => Some(object),
            _ => None,
        }
    }

    /// The cycle of waits that a thread is part of, beginning with it: each waits for the next, the last for the first.
    #[must_use]
    pub fn cycle(&self, plan: &Plan, thread: ThreadIx) -> Option<Vec<ThreadIx>> {
        let mut cycle = vec![thread];
        while let Some(next) = self.waits_for(plan, cycle[cycle.len() - 1]) {
            if next == thread {
                return Some(cycle);
            }
            // It leads into a cycle that this thread is not part of.
            if cycle.len() > plan.threads.len() {
                return None;
            }
            cycle.push(next);
        }
        None
    }

    /// The instruction that a thread is at.
    pub(super) fn instr<'a>(&self, plan: &'a Plan, thread: ThreadIx) -> &'a Instr {
        &plan.thread(thread).code[self.thread(thread).pc as usize]
    }

    /// Whether a thread that has not started has a time at which it will.
    pub(super) fn will_start(&self, thread: ThreadIx) -> bool {
        self.timers.get(thread.ix()) != Time::NEVER
    }
}
