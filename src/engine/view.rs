//! What can be seen of a machine's state.

use crate::ids::{CoreId, GilIx, ObjectIx, ThreadIx};
use crate::time::{Dur, Time};

use super::machine::Machine;
use super::policy::{Fairness, Seen, rules};
use super::state::Resume;
use super::{Came, CoreState, GilState, ObjectState, Place, Plan, ReadyQueue, Reason, ThreadState, Work};

impl Machine {
    /// The last instant that has settled.
    #[must_use]
    pub const fn time(&self) -> Time {
        self.time
    }

    /// A thread.
    #[must_use]
    pub fn thread(&self, ix: ThreadIx) -> &ThreadState {
        &self.threads[ix.ix()]
    }

    /// A core.
    #[must_use]
    pub fn core(&self, id: CoreId) -> &CoreState {
        &self.cores[id.ix()]
    }

    /// A GIL.
    #[must_use]
    pub fn gil(&self, ix: GilIx) -> &GilState {
        &self.gils[ix.ix()]
    }

    /// Something shared.
    #[must_use]
    pub fn object(&self, ix: ObjectIx) -> &ObjectState {
        &self.objects[ix.ix()]
    }

    /// The locks that a thread holds.
    pub fn locks_of(&self, thread: ThreadIx) -> impl Iterator<Item = ObjectIx> + '_ {
        let held = self.objects.iter().enumerate().filter(move |(_, o)| o.holder == Some(thread));
        held.map(|(i, _)| ObjectIx(i as u16))
    }

    /// The ready threads, in the order in which the policy will pick, as far as that can be known; where each core has a
    /// queue, one queue after another.
    pub fn ready(&self) -> impl Iterator<Item = ThreadIx> + '_ {
        self.queues.iter().flat_map(|q| q.threads.iter().copied())
    }

    /// The ready queues: one for all cores, or one per core.
    #[must_use]
    pub fn queues(&self) -> &[ReadyQueue] {
        &self.queues
    }

    /// When the slice of the thread on a core ends; `None` while idle or switching, or under a policy without slices.
    #[must_use]
    pub fn slice_end(&self, plan: &Plan, core: CoreId) -> Option<Time> {
        let end = if self.unwatched & (1 << core.0) == 0 {
            self.slices.get(core.ix())
        } else {
            self.slice_ends_at(plan, core)
        };
        Some(end).filter(|t| *t != Time::NEVER)
    }

    /// When the switch or the burst of the thread on a core is over; [`Time::NEVER`] if nobody is on it.
    #[must_use]
    pub fn burst_end(&self, core: CoreId) -> Time {
        self.bursts.get(core.ix())
    }

    /// Where a thread stands in virtual time at `time`, which must be [`Self::time`] or later with nothing happening in
    /// between; `None` if the policy does not go by it.
    #[must_use]
    pub fn fairness(&self, plan: &Plan, thread: ThreadIx, time: Time) -> Option<Fairness> {
        rules(&plan.policy).fairness(Seen { now: time, ..self.seen(plan) }, thread)
    }

    /// When a thread's timer is due: its start, wake-up, end of I/O or sleep, or the instant at which it asks for the GIL.
    #[must_use]
    pub fn timer(&self, thread: ThreadIx) -> Option<Time> {
        Some(self.timers.get(thread.ix())).filter(|t| *t != Time::NEVER)
    }

    /// How much of its current compute op a thread has done at `time`, which must be [`Self::time`] or later with nothing
    /// happening in between; and the op's length. `None` if it is not at a compute op.
    #[must_use]
    pub fn progress(&self, plan: &Plan, thread: ThreadIx, time: Time) -> Option<(Dur, Dur)> {
        let state = self.thread(thread);
        let op = plan.thread(thread).ops.get(usize::from(state.op?))?;
        if !matches!(op.name, "python" | "extension" | "native" | "send") {
            return None;
        }
        let left = match (state.place, state.resume) {
            (Place::Running(_), _) => state.remaining.saturating_sub(state.computed(time)),
            (_, Resume::Continue) => state.remaining,
            // It is over, and the next has not begun: the thread wants the GIL first.
            (_, Resume::Begin) => Dur::ZERO,
            _ => op.length,
        };
        Some((op.length.saturating_sub(left), op.length))
    }

    /// Why a thread was woken, while it is on its way to the ready queue.
    #[must_use]
    pub fn woken_by(&self, thread: ThreadIx) -> Option<Reason> {
        let state = self.thread(thread);
        (state.place == Place::Waking).then_some(state.woken_by.0)
    }

    /// Whether a thread is on its way to look for the GIL, or waits for it.
    #[must_use]
    pub fn needs_gil(&self, thread: ThreadIx) -> bool {
        self.thread(thread).needs_gil.is_some()
    }

    /// How a thread that is on its way to look for the GIL, or waits for it, came to look.
    #[must_use]
    pub fn came_for_gil(&self, thread: ThreadIx) -> Option<Came> {
        self.thread(thread).needs_gil
    }

    /// Whether a thread that waits for a GIL has seen it change hands, so that it may not ask for it.
    #[must_use]
    pub fn saw_switch(&self, thread: ThreadIx, gil: GilIx) -> bool {
        self.thread(thread).snapshot != self.gil(gil).switch_number
    }

    /// Whether a thread holds its GIL.
    #[must_use]
    pub fn holds_gil(&self, plan: &Plan, thread: ThreadIx) -> bool {
        plan.thread(thread).gil.is_some_and(|g| self.gil(g).holder == Some(thread))
    }

    /// What a thread computes, if it is on a core.
    #[must_use]
    pub fn work(&self, thread: ThreadIx) -> Option<Work> {
        match self.thread(thread).place {
            Place::Running(work) => Some(work),
            _ => None,
        }
    }
}
