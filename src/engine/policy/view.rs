//! What can be seen of what a policy keeps of threads. `time` must be [`Machine::time`] or later with nothing happening in
//! between.

use super::Seen;
use crate::ids::ThreadIx;
use crate::scenario::Policy;
use crate::time::{Dur, Time};
use crate::{Machine, Place, Plan};

impl Machine {
    fn seen_at<'a>(&'a self, plan: &'a Plan, time: Time) -> Seen<'a> {
        Seen { now: time, ..self.seen(plan) }
    }

    fn lives(&self, thread: ThreadIx) -> bool {
        !matches!(self.thread(thread).place, Place::NotStarted | Place::Finished)
    }

    /// How long a thread will compute from `time` until an op at which it may wait, or its end; the longest [`Dur`] there is
    /// for ever. Not the GIL's waits: those cannot be known.
    #[must_use]
    pub fn burst(&self, plan: &Plan, thread: ThreadIx, time: Time) -> Dur {
        self.seen_at(plan, time).burst(thread)
    }

    /// The burst by which SJF or SRTF put a thread in its place when it last became ready; the longest [`Dur`] there is for
    /// ever. Without meaning under other policies.
    #[must_use]
    pub fn burst_when_ready(&self, thread: ThreadIx) -> Dur {
        Dur::from_ns(self.thread(thread).entity.v)
    }

    /// The level that the policy keeps of a thread: the priority with which it became ready and what waiting has added, or
    /// its level under a multi-level feedback queue, from 0. Without meaning under other policies.
    #[must_use]
    pub fn kept_level(&self, thread: ThreadIx) -> i32 {
        self.thread(thread).entity.level
    }

    /// The level of a thread under a multi-level feedback queue, counted from 0, the top one. `None` under other policies,
    /// and before its start and after its end.
    #[must_use]
    pub fn level(&self, plan: &Plan, thread: ThreadIx) -> Option<usize> {
        let mlfq = matches!(plan.policy, Policy::Mlfq(_)) && self.lives(thread);
        mlfq.then(|| self.thread(thread).entity.level as usize)
    }

    /// How many slices a thread may still use up on its level, the present one included. `None` as for [`Self::level`].
    #[must_use]
    pub fn allotment_left(&self, plan: &Plan, thread: ThreadIx) -> Option<u32> {
        self.level(plan, thread).map(|_| self.thread(thread).entity.allotment)
    }

    /// What is left at `time` of a thread's slice, which it keeps while it waits. `None` as for [`Self::level`].
    #[must_use]
    pub fn slice_left(&self, plan: &Plan, thread: ThreadIx, time: Time) -> Option<Dur> {
        self.level(plan, thread)?;
        let seen = self.seen_at(plan, time);
        Some(seen.entity(thread).left.saturating_sub(seen.uncharged(thread).computing))
    }

    /// The priority of a thread under scheduling by priority, with what waiting has added while it is ready. `None` under
    /// other policies.
    #[must_use]
    pub fn priority(&self, plan: &Plan, thread: ThreadIx) -> Option<i32> {
        let own = plan.thread(thread).share.priority.into();
        let ready = self.thread(thread).place == Place::Ready;
        matches!(plan.policy, Policy::Priority(_)).then(|| if ready { self.thread(thread).entity.level } else { own })
    }
}
