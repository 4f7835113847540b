//! Slices: how long a thread stays on its core while others are ready, and what the policy charges it for.

use crate::ids::{CoreId, ThreadIx};
use crate::time::Time;

use super::machine::{Instant, Machine};
use super::plan::Plan;
use super::policy::rules;
use super::{CoreState, Reason};

impl Machine {
    /// Somebody is ready: the slices that are renewed unwatched on cores where it may run are watched again, and those that
    /// depend on who is ready are set anew.
    pub(super) fn watch_slices(&mut self, plan: &Plan, ready: ThreadIx, queue: usize) {
        let cores = if plan.traits.slices_follow_load { !self.idle } else { self.unwatched };
        if cores == 0 {
            return;
        }
        let mut cores = cores & plan.thread(ready).cores.bits() & self.cores_of(queue);
        self.unwatched &= !cores;
        while cores != 0 {
            let core = CoreId(cores.trailing_zeros() as u8);
            cores &= cores - 1;
            if core.ix() < self.cores.len() && self.core(core).computes_since.is_some() {
                let end = self.slice_ends_at(plan, core);
                self.slices.set(core.ix(), end);
            }
        }
    }

    /// Sets the slices of running threads anew.
    pub(super) fn renew_slices(&mut self, plan: &Plan) {
        for core in plan.core_ids().filter(|_| plan.traits.has_slices) {
            if self.core(core).computes_since.is_some() && self.unwatched & (1 << core.0) == 0 {
                let end = self.slice_ends_at(plan, core);
                self.slices.set(core.ix(), end);
            }
        }
    }

    /// When the slice of the thread on a core ends if others are ready, by the policy's rules.
    pub(super) fn slice_ends_at(&self, plan: &Plan, core: CoreId) -> Time {
        let CoreState { thread: Some(thread), slice_since: since, .. } = *self.core(core) else { return Time::NEVER };
        rules(&plan.policy).slice_end(self.seen(plan), thread, core, since)
    }

    /// Lets the policy take account of the time of the thread on a core.
    pub(super) fn charge(&mut self, plan: &Plan, core: CoreId, blocks: bool) {
        let Some(thread) = self.core(core).thread.filter(|_| plan.traits.accounts) else { return };
        let (ran, queue) = (self.core(core).uncharged(self.time), self.queue_of(core));
        self.cores[core.ix()].charged_until = self.time;
        rules(&plan.policy).ran(&mut self.os(plan), queue, thread, ran, blocks);
    }

    /// A thread that begins to compute on a core gets a slice, unless it still has one.
    pub(super) fn begin_slice(&mut self, plan: &Plan, thread: ThreadIx, core: CoreId) {
        let now = self.time;
        let state = &mut self.cores[core.ix()];
        if state.computes_since.is_some() {
            return;
        }
        state.computes_since = Some(now);
        state.slice_since = now;
        if plan.traits.has_slices {
            let end = match self.threads[thread.ix()].slice_left.take() {
                Some(left) => now + left,
                None => self.slice_ends_at(plan, core),
            };
            self.slices.set(core.ix(), end);
        }
    }

    /// Phase 7: the slice of a thread ends. It goes back to the ready queue if somebody there may run here. Otherwise it gets
    /// slice after slice; their ends are not watched before somebody is ready, as nothing can happen at them.
    pub(super) fn slices_end(&mut self, at: &mut Instant<'_>) {
        let traits = &at.plan.traits;
        while let Some(i) = self.slices.first_due(self.time) {
            self.slices.clear(i);
            let core = CoreId(i as u8);
            let Some(thread) = self.core(core).thread else { continue };
            let queue = self.queue_of(core);
            let others = self.queues[queue].threads.iter().any(|t| at.plan.thread(*t).cores.allows(core));
            if !others && !traits.requeues_alone {
                self.unwatched |= 1 << core.0;
                self.cores[i].slice_since = self.time;
                continue;
            }
            self.charge(at.plan, core, false);
            if !traits.is_fifo && rules(&at.plan.policy).keeps(&mut self.os(at.plan), queue, thread, core) {
                self.cores[i].slice_since = self.time;
                let end = self.slice_ends_at(at.plan, core);
                self.slices.set(i, end);
            } else {
                self.stop_burst(thread);
                self.make_ready(at, thread, Reason::SliceEnded, None);
            }
        }
    }
}
