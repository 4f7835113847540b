//! The operating system's part: ready queues, dispatch and preemption.

use crate::ids::{CoreId, ThreadIx};
use crate::order::sorted;
use crate::time::Dur;

use super::machine::{Instant, Machine};
use super::plan::Plan;
use super::policy::{Entry, Pick, rules};
use super::{Kind, Place, ReadyQueue, Reason};

impl Machine {
    /// Places a thread in a ready queue, where the policy says.
    pub(super) fn make_ready(&mut self, at: &mut Instant<'_>, thread: ThreadIx, reason: Reason, by: Option<ThreadIx>) {
        let record = self.now(Kind::Ready, thread, reason).by(by);
        self.put(at, thread, Place::Ready, record);
        let entry = Entry::of(reason);
        self.enter(at, thread, entry);
    }

    /// A ready thread that is in no queue enters one.
    pub(super) fn enter(&mut self, at: &mut Instant<'_>, thread: ThreadIx, entry: Entry) {
        let queue = self.queue_for(at.plan, thread, entry);
        self.comes_from(at.plan, thread, self.thread(thread).last_core.map(|c| self.queue_of(c)), queue);
        self.enter_queue(at, thread, queue, entry);
    }

    /// Tells the policy that a thread in no queue goes from one core's queue to another's, if it does.
    pub(super) fn comes_from(&mut self, plan: &Plan, thread: ThreadIx, from: Option<usize>, to: usize) {
        if let Some(from) = from.filter(|from| *from != to) {
            rules(&plan.policy).moves(&mut self.os(plan), thread, from, to);
        }
    }

    /// A ready thread enters a ready queue.
    pub(super) fn enter_queue(&mut self, at: &mut Instant<'_>, thread: ThreadIx, queue: usize, entry: Entry) {
        let traits = &at.plan.traits;
        if traits.is_fifo && entry != Entry::Displaced {
            self.queues[queue].threads.push_back(thread);
        } else {
            let behind = rules(&at.plan.policy).enter(&mut self.os(at.plan), queue, thread, entry);
            self.insert(at.plan, queue, behind, thread);
        }
        // Who had to make room by hand does not take its core back at once.
        let may_preempt = traits.is_preemptive && (entry.arrives() || !traits.only_arrivals_preempt);
        if may_preempt && entry != Entry::Displaced {
            self.arrived.push((thread, entry));
        }
        self.watch_slices(at.plan, thread, queue);
    }

    /// Puts a thread in a ready queue, behind so many others.
    pub(super) fn insert(&mut self, plan: &Plan, queue: usize, behind: usize, thread: ThreadIx) {
        let queue = &mut self.queues[queue];
        queue.threads.insert(behind, thread);
        if plan.traits.sums_up {
            let v = self.threads[thread.ix()].entity.v as i64;
            queue.sums = queue.sums.with(plan.weights[thread.ix()].into(), v);
        }
    }

    /// Takes the thread at a place out of a ready queue.
    fn take(&mut self, plan: &Plan, queue: usize, place: usize) -> Option<ThreadIx> {
        let queue = &mut self.queues[queue];
        let thread = if place == 0 { queue.threads.pop_front() } else { queue.threads.remove(place) }?;
        if plan.traits.sums_up {
            let v = self.threads[thread.ix()].entity.v as i64;
            queue.sums = queue.sums.without(plan.weights[thread.ix()].into(), v);
        }
        Some(thread)
    }

    /// Takes a thread out of the ready queue that it is in.
    pub(super) fn leave_queue(&mut self, plan: &Plan, thread: ThreadIx) {
        let place = |q: &ReadyQueue| q.threads.iter().position(|t| *t == thread);
        let found = self.queues.iter().enumerate().find_map(|(queue, q)| Some((queue, place(q)?)));
        if let Some((queue, place)) = found {
            self.take(plan, queue, place);
        }
    }

    /// The cores that draw from a ready queue, a bit each.
    pub(super) fn cores_of(&self, queue: usize) -> u64 {
        if self.queues.len() == 1 { u64::MAX } else { 1 << queue }
    }

    /// The ready queue that a core draws from.
    pub(super) fn queue_of(&self, core: CoreId) -> usize {
        if self.queues.len() == 1 { 0 } else { core.ix() }
    }

    /// Nobody is on this core any more; its thread `blocks`, or else stays ready.
    pub(super) fn vacate(&mut self, plan: &Plan, core: CoreId, blocks: bool) {
        self.charge(plan, core, blocks);
        self.bursts.clear(core.ix());
        self.slices.clear(core.ix());
        let bit = 1 << core.0;
        self.unwatched &= !bit;
        self.switched &= !bit;
        let now = self.time;
        if plan.traits.switches_out {
            // Idle when that is over; see `burst_ends`.
            self.bursts.set(core.ix(), now + plan.costs.switch);
        } else {
            self.idle |= bit;
        }
        let state = &mut self.cores[core.ix()];
        state.idle_since = now;
        state.computes_since = None;
        if let Some(thread) = state.thread.take() {
            let standing = state.standing;
            self.threads[thread.ix()].core = None;
            if plan.traits.sums_up {
                let queue = self.queue_of(core);
                self.queues[queue].on_cores.goes(core, standing, now);
            }
        }
    }

    /// Phase 8: threads in the order in which the policy picks go to idle cores that they may run on, to their last core if
    /// that is one of them, else to the lowest. Where there is a queue per core, a core with nobody there takes from others.
    pub(super) fn dispatch(&mut self, at: &mut Instant<'_>) {
        if self.idle == 0 {
            return;
        }
        if at.plan.traits.may_take_turns
            && let Some(cores) = rules(&at.plan.policy).cores_in_turn(self.seen(at.plan))
        {
            for core in cores {
                self.dispatch_from(at, self.queue_of(core), 1 << core.0);
            }
        } else if self.queues.len() == 1 {
            self.dispatch_from(at, 0, u64::MAX);
        } else {
            for core in at.plan.core_ids() {
                self.dispatch_from(at, core.ix(), 1 << core.0);
            }
        }
        self.pull(at);
    }

    /// Threads of a ready queue go to these cores, as far as they are idle.
    pub(super) fn dispatch_from(&mut self, at: &mut Instant<'_>, queue: usize, cores: u64) {
        while self.idle & cores != 0 && !self.queues[queue].threads.is_empty() {
            let idle = self.idle & cores;
            let Some(pick) = self.pick(at.plan, queue, idle) else { break };
            let Some(thread) = self.take(at.plan, queue, pick.place) else { break };
            let free = at.plan.thread(thread).cores.bits() & idle;
            let last = self.thread(thread).last_core;
            let core = last.filter(|c| free & (1 << c.0) != 0).unwrap_or(CoreId(free.trailing_zeros() as u8));
            let reason = match (pick.reason, last) {
                (Some(reason), _) => reason,
                (None, _) if pick.place > 0 => Reason::OthersPinned,
                (None, Some(last)) if last != core && self.queues.len() == 1 => Reason::OtherCore,
                _ => Reason::HeadOfQueue,
            };
            self.put_on_core(at, thread, core, reason);
        }
    }

    /// Which thread of a queue goes on one of these cores.
    fn pick(&mut self, plan: &Plan, queue: usize, cores: u64) -> Option<Pick> {
        let may = |t: ThreadIx| plan.thread(t).cores.bits() & cores != 0;
        if plan.traits.picks_first {
            return self.queues[queue].threads.iter().position(|t| may(*t)).map(Pick::first);
        }
        rules(&plan.policy).pick(&mut self.os(plan), queue, &may)
    }

    /// Who became ready and found no idle core takes that of a running thread, if the policy prefers it: that of the one
    /// that gives way first, and of equal ones the lowest core. One at a time, and whether there was one: who lost its core
    /// goes to an idle one, if it may, before it preempts in turn.
    pub(super) fn preempt(&mut self, at: &mut Instant<'_>) -> bool {
        if self.arrived.len() > 1 {
            // Who goes first, preempts first: the others would have the core for no time at all.
            let place = |t| self.queues.iter().find_map(|q| q.threads.iter().position(|other| *other == t));
            let placed = std::mem::take(&mut self.arrived).into_iter().map(|(t, entry)| (place(t), t, entry));
            self.arrived = sorted(placed, |a| a.0).into_iter().map(|(_, t, entry)| (t, entry)).collect();
        }
        let mut next = 0;
        while let Some(&(thread, entry)) = self.arrived.get(next) {
            next += 1;
            if self.thread(thread).place == Place::Ready
                && let Some(core) = self.core_to_preempt(at.plan, thread, entry)
                && let Some(victim) = self.core(core).thread
            {
                self.leave_queue(at.plan, thread);
                self.stop_burst(victim);
                self.make_ready(at, victim, Reason::Outranked, Some(thread));
                self.put_on_core(at, thread, core, Reason::Outranks);
                self.arrived.drain(..next);
                return true;
            }
        }
        self.arrived.clear();
        false
    }

    fn core_to_preempt(&self, plan: &Plan, thread: ThreadIx, entry: Entry) -> Option<CoreId> {
        let (rules, queue) = (rules(&plan.policy), self.queue_holding(thread)?);
        let cores = plan.thread(thread).cores.bits() & self.cores_of(queue) & !self.idle;
        rules.core_to_preempt(self.seen(plan), queue, thread, entry, cores)
    }

    /// The ready queue that a thread is in.
    pub(super) fn queue_holding(&self, thread: ThreadIx) -> Option<usize> {
        if self.queues.len() == 1 {
            return (self.thread(thread).place == Place::Ready).then_some(0);
        }
        self.queues.iter().position(|q| q.threads.contains(&thread))
    }

    /// Gives an idle core to a thread that is in no queue. A core that goes directly from one thread to another pays for it,
    /// and a thread that was last on another core.
    pub(super) fn put_on_core(&mut self, at: &mut Instant<'_>, thread: ThreadIx, core: CoreId, reason: Reason) {
        let state = &self.cores[core.ix()];
        let from = state.last_thread.filter(|t| *t != thread && state.idle_since == self.time);
        let migrates = self.thread(thread).last_core.is_some_and(|last| last != core);
        let from = from.filter(|_| !at.plan.traits.switches_out);
        let cost = from.map_or(Dur::ZERO, |from| switch_cost(at.plan, from, thread))
            + if migrates { at.plan.costs.migration } else { Dur::ZERO };
        let now = self.time;
        let state = &mut self.cores[core.ix()];
        state.thread = Some(thread);
        state.last_thread = Some(thread);
        state.charged_until = now;
        self.idle &= !(1 << core.0);
        at.record(self.now(Kind::Dispatch, thread, reason).on(core).by(from));
        if at.plan.traits.sums_up {
            let queue = self.queue_of(core);
            let standing = self.os(at.plan).stands(core, thread);
            self.queues[queue].on_cores.comes(core, standing, now);
        }
        let state = &mut self.threads[thread.ix()];
        state.core = Some(core);
        state.last_core = Some(core);
        state.place = Place::SwitchingIn;
        state.since = now;
        if cost.is_zero() {
            self.switched |= 1 << core.0;
            if at.plan.traits.switches_out {
                self.bursts.clear(core.ix());
            }
            return;
        }
        let reason = if from.is_some() { Reason::CoreChangesThread } else { Reason::Migrates };
        at.record(self.now(Kind::SwitchIn, thread, reason).on(core).by(from));
        self.bursts.set(core.ix(), now + cost);
    }
}

/// What it costs a core to go directly from one thread to another.
fn switch_cost(plan: &Plan, from: ThreadIx, to: ThreadIx) -> Dur {
    let other_process = plan.thread(from).process != plan.thread(to).process;
    plan.costs.switch + if other_process { plan.costs.process_switch } else { Dur::ZERO }
}
