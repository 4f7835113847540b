//! How threads get from the ready queue of one core to that of another (`policies.md` section 8): a core with nobody pulls,
//! and queues are evened out at times. Only ready threads move, and only to cores that they may run on.
//!
//! Its `compat` is what `multi.py` of ostep-homework does (section 5).

use std::cmp::Reverse;

use crate::ids::{CoreId, ThreadIx};
use crate::order::sorted;
use crate::scenario::{CoreSet, Queues};
use crate::time::Time;

use super::machine::{Instant, Machine};
use super::plan::Plan;
use super::policy::Entry;
use super::{Kind, Reason};

impl Machine {
    /// Cores that would idle, ascending, take a thread each.
    pub(super) fn pull(&mut self, at: &mut Instant<'_>) {
        let Some(queues) = at.plan.per_core().filter(|q| q.pull && self.idle != 0) else { return };
        for core in at.plan.core_ids().filter(|c| self.idle & (1 << c.0) != 0).collect::<Vec<_>>() {
            if !self.queues[core.ix()].threads.is_empty() {
                continue;
            }
            let sources = || at.plan.core_ids().filter(|c| self.takes(at.plan, *c, core).is_some());
            let victim = if queues.random_victim {
                let sources = sources().fold(0, |set, c| set | 1 << c.0);
                self.draw_victim(at.plan, sources)
            } else {
                sources().max_by_key(|c| (self.queues[c.ix()].threads.len(), Reverse(*c)))
            };
            if let Some(victim) = victim
                && let Some(thread) = self.takes(at.plan, victim, core)
            {
                self.moves_to(at, thread, victim, core, Reason::Pulled);
                self.dispatch_from(at, core.ix(), 1 << core.0);
            }
        }
    }

    /// Which thread of one core's queue another core would take: the first that may, or the last.
    fn takes(&self, plan: &Plan, from: CoreId, to: CoreId) -> Option<ThreadIx> {
        let queues = plan.per_core()?;
        let mut queue = self.queues[from.ix()].threads.iter().copied();
        let may = |t: &ThreadIx| {
            let cores = plan.thread(*t).cores;
            from != to && cores.allows(to) && !(queues.compat.pinned_stay && cores != CoreSet::ALL)
        };
        if queues.from_tail { queue.rfind(may) } else { queue.find(may) }
    }

    /// One of these cores, a bit each: the next of those given with the scenario if it is one of them, else drawn.
    fn draw_victim(&mut self, plan: &Plan, cores: u64) -> Option<CoreId> {
        if cores == 0 {
            return None;
        }
        let given = self.draws.next(&plan.per_core()?.compat.victims, 1);
        if let Some(given) = given.filter(|c| *c < 64 && cores & (1 << *c) != 0) {
            return Some(CoreId(given as u8));
        }
        let nth = self.draws.below(u64::from(cores.count_ones())) as usize;
        plan.core_ids().filter(|c| cores & (1 << c.0) != 0).nth(nth)
    }

    /// A ready thread goes from one core's queue to another's.
    fn moves_to(&mut self, at: &mut Instant<'_>, thread: ThreadIx, from: CoreId, to: CoreId, reason: Reason) {
        self.leave_queue(at.plan, thread);
        at.record(self.now(Kind::Move, thread, reason).on(to).of(from.0.into()));
        self.comes_from(at.plan, thread, Some(from.ix()), to.ix());
        self.enter_queue(at, thread, to.ix(), Entry::Moved);
    }

    /// Right before dispatch: at its times, cores look into each other's queues, or queues are evened out.
    pub(super) fn even_out(&mut self, at: &mut Instant<'_>) {
        let Queues::PerCore(queues) = &at.plan.queues else { return };
        if let Some(every) = queues.compat.peek.filter(|_| self.peek_timer <= self.time) {
            self.peek_timer = self.time + every;
            self.peek(at);
        }
        if queues.balance.is_some_and(|every| self.time.ns().is_multiple_of(every.ns())) {
            while let Some((thread, from, to)) = self.uneven(at.plan) {
                self.moves_to(at, thread, from, to, Reason::Balanced);
            }
        }
    }

    /// Each core whose queue is empty, also one that runs a thread, takes one from the queue of a core drawn at random, if
    /// there is one.
    fn peek(&mut self, at: &mut Instant<'_>) {
        let all = at.plan.core_ids().fold(0, |set, c| set | 1 << c.0);
        for core in at.plan.core_ids() {
            if self.queues[core.ix()].threads.is_empty()
                && let Some(victim) = self.draw_victim(at.plan, all & !(1 << core.0))
                && let Some(thread) = self.takes(at.plan, victim, core)
            {
                self.moves_to(at, thread, victim, core, Reason::Pulled);
            }
        }
    }

    /// Who goes where if queues are evened out: from the core with the most ready and running threads to that with the
    /// fewest, of equal ones the lowest; if nobody there may, to the one with the next fewest, and then from that with the
    /// next most.
    fn uneven(&self, plan: &Plan) -> Option<(ThreadIx, CoreId, CoreId)> {
        let loads = || plan.core_ids().map(|c| (self.load(c), c));
        let most = loads().map(|(load, _)| load).max()?;
        if loads().all(|(load, _)| load + 1 >= most) {
            return None;
        }
        let fewest_first = sorted(loads(), |load| *load);
        let most_first = sorted(loads(), |(load, core)| (Reverse(*load), *core));
        most_first.into_iter().find_map(|(more, from)| {
            let mut targets = fewest_first.iter().take_while(|(fewer, _)| fewer + 1 < more);
            targets.find_map(|&(_, to)| self.takes(plan, from, to).map(|thread| (thread, from, to)))
        })
    }

    /// Sets when queues are evened out next.
    pub(super) fn set_balance_timer(&mut self, plan: &Plan) {
        if let Some(every) = plan.per_core().and_then(|q| q.balance) {
            let next = self.uneven(plan).map(|_| (self.time.ns() / every.ns() + 1) * every.ns());
            self.balance_timer = next.map_or(Time::NEVER, Time::from_ns);
        }
    }
}

/// When cores first look into each other's queues.
pub(super) fn first_peek(plan: &Plan) -> Time {
    plan.per_core().and_then(|q| q.compat.peek).map_or(Time::NEVER, |every| Time::ZERO + every)
}
