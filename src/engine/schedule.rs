//! The operating system's part: the ready queue, slices and dispatch.

use crate::ids::{CoreId, ThreadIx};
use crate::time::{Dur, Time};

use super::Place;
use super::machine::{Instant, Machine};
use super::plan::Plan;
use super::policy::{End, rules};
use super::{Kind, Reason};

impl Machine {
    /// Places a thread at the tail of the ready queue.
    pub(super) fn make_ready(&mut self, at: &mut Instant<'_>, thread: ThreadIx, reason: Reason, by: Option<ThreadIx>) {
        self.queue(at, thread, End::Tail, reason, by);
    }

    pub(super) fn queue(
        &mut self,
        at: &mut Instant<'_>,
        thread: ThreadIx,
        end: End,
        reason: Reason,
        by: Option<ThreadIx>,
    ) {
        let record = self.now(Kind::Ready, thread, reason).by(by);
        self.put(at, thread, Place::Ready, record);
        match end {
            End::Head => self.ready.push_front(thread),
            End::Tail => self.ready.push_back(thread),
        }
        self.watch_slices(at.plan, thread);
    }

    /// Somebody is ready: the slices that are renewed unwatched on cores where it may run are watched again.
    fn watch_slices(&mut self, plan: &Plan, ready: ThreadIx) {
        let mut cores = self.unwatched & plan.thread(ready).cores.bits();
        self.unwatched &= !cores;
        while cores != 0 {
            let core = CoreId(cores.trailing_zeros() as u8);
            cores &= cores - 1;
            if let Some(end) = self.unwatched_slice_end(plan, core) {
                self.slices.set(core.ix(), end);
            }
        }
    }

    /// When the current one of the slices that a thread got one after another ends. An end that falls on this instant
    /// counts, unless the policy looks at it before it looks at who becomes ready.
    pub(super) fn unwatched_slice_end(&self, plan: &Plan, core: CoreId) -> Option<Time> {
        let rules = rules(&plan.policy);
        let slice = rules.slice()?;
        let since = self.time.since(self.core(core).renewed_at).ns();
        let begun = since / slice.ns();
        let ends_now = since > 0 && since.is_multiple_of(slice.ns()) && !rules.expired_first();
        let slices = if ends_now { begun } else { begun + 1 };
        Some(self.core(core).renewed_at + slice * slices)
    }

    /// Nobody is on this core any more.
    pub(super) fn vacate(&mut self, core: CoreId) {
        self.bursts.clear(core.ix());
        self.slices.clear(core.ix());
        self.unwatched &= !(1 << core.0);
        self.idle |= 1 << core.0;
        let now = self.time;
        let state = &mut self.cores[core.ix()];
        state.thread = None;
        state.idle_since = now;
    }

    /// A thread that begins to compute on a core gets a slice, unless it still has one.
    pub(super) fn begin_slice(&mut self, plan: &Plan, thread: ThreadIx, core: CoreId) {
        if let Some(slice) = rules(&plan.policy).slice()
            && self.slices.get(core.ix()) == Time::NEVER
            && self.unwatched & (1 << core.0) == 0
        {
            let slice = self.threads[thread.ix()].slice_left.take().unwrap_or(slice);
            self.slices.set(core.ix(), self.time + slice);
        }
    }

    /// Phase 7: the slice of a thread ends. It goes back to the ready queue if somebody there may run here. Otherwise it gets
    /// slice after slice; their ends are not watched before somebody is ready, as nothing can happen at them.
    pub(super) fn slices_end(&mut self, at: &mut Instant<'_>) {
        while let Some(i) = self.slices.first_due(self.time) {
            self.slices.clear(i);
            let core = CoreId(i as u8);
            let Some(thread) = self.core(core).thread else { continue };
            if self.ready.iter().any(|t| at.plan.thread(*t).cores.allows(core)) {
                self.stop_burst(thread);
                self.queue(at, thread, rules(&at.plan.policy).expired(), Reason::SliceEnded, None);
            } else {
                self.unwatched |= 1 << core.0;
                self.cores[i].renewed_at = self.time;
            }
        }
    }

    /// Phase 8: threads in the order of the ready queue go to idle cores that they may run on, to their last core if that
    /// is one of them, else to the lowest.
    pub(super) fn dispatch(&mut self, at: &mut Instant<'_>) {
        while self.idle != 0 {
            let may_run = |t: &ThreadIx| at.plan.thread(*t).cores.bits() & self.idle != 0;
            let Some(i) = self.ready.iter().position(may_run) else { return };
            let Some(thread) = self.ready.remove(i) else { return };
            let free = at.plan.thread(thread).cores.bits() & self.idle;
            let last = self.thread(thread).last_core;
            let core = last.filter(|c| free & (1 << c.0) != 0).unwrap_or(CoreId(free.trailing_zeros() as u8));
            let reason = match last {
                _ if i > 0 => Reason::OthersPinned,
                Some(last) if last != core => Reason::OtherCore,
                _ => Reason::HeadOfQueue,
            };
            self.put_on_core(at, thread, core, reason);
        }
    }

    /// Gives an idle core to a thread that is in no queue. A core that goes directly from one thread to another pays for it.
    pub(super) fn put_on_core(&mut self, at: &mut Instant<'_>, thread: ThreadIx, core: CoreId, reason: Reason) {
        let state = &self.cores[core.ix()];
        let from = state.last_thread.filter(|t| *t != thread && state.idle_since == self.time);
        let cost = from.map_or(Dur::ZERO, |from| switch_cost(at.plan, from, thread));
        let now = self.time;
        let state = &mut self.cores[core.ix()];
        state.thread = Some(thread);
        state.last_thread = Some(thread);
        self.idle &= !(1 << core.0);
        at.record(self.now(Kind::Dispatch, thread, reason).on(core).by(from));
        let state = &mut self.threads[thread.ix()];
        state.core = Some(core);
        state.last_core = Some(core);
        state.place = Place::SwitchingIn;
        state.since = now;
        if !cost.is_zero() {
            at.record(self.now(Kind::SwitchIn, thread, Reason::CoreChangesThread).on(core).by(from));
        }
        self.bursts.set(core.ix(), now + cost);
    }
}

/// What it costs a core to go directly from one thread to another.
fn switch_cost(plan: &Plan, from: ThreadIx, to: ThreadIx) -> Dur {
    let other_process = plan.thread(from).process != plan.thread(to).process;
    plan.costs.switch + if other_process { plan.costs.process_switch } else { Dur::ZERO }
}
