//! The phases in which an instant settles; `machine.rs` says which.

use crate::ids::{CoreId, ThreadIx};
use crate::time::Time;

use super::machine::{Instant, Machine};
use super::policy::rules;
use super::{Place, Plan, Reason, Record};

impl Machine {
    /// When the next thing happens; `None` if never.
    pub(super) fn next_instant(&self) -> Option<Time> {
        (self.next != Time::NEVER).then_some(self.next)
    }

    /// The earliest deadline there is.
    pub(super) fn first_due(&self, plan: &Plan) -> Time {
        let intervention = plan.interventions.get(self.next_intervention).map_or(Time::NEVER, |i| i.at);
        let mut next = self.timers.next().min(self.bursts.next()).min(self.slices.next()).min(intervention);
        // What the policy does by itself matters only while somebody could run.
        if next != Time::NEVER || self.queues.iter().any(|q| !q.threads.is_empty()) {
            next = next.min(self.policy_timer).min(self.balance_timer).min(self.peek_timer);
        }
        next
    }

    /// Goes to the next instant and lets it settle.
    pub(super) fn settle_next(&mut self, plan: &Plan, trace: Option<&mut Vec<Record>>) {
        let Some(now) = self.next_instant() else { return };
        self.time = now;
        let mut instant = Instant { plan, trace };
        let bound = plan.rounds;
        for _ in 0..bound {
            self.round(&mut instant);
            if self.switched == 0 && self.look.is_empty() {
                self.next = self.first_due(plan);
                if self.next > now {
                    return;
                }
            }
        }
        unreachable!("the instant {now} does not settle in {bound} rounds");
    }

    /// Settles every instant up to and including `time`, without recording.
    pub(super) fn settle_to(&mut self, plan: &Plan, time: Time) {
        while self.next_instant().is_some_and(|next| next <= time) {
            self.settle_next(plan, None);
        }
    }

    /// All phases once.
    fn round(&mut self, at: &mut Instant<'_>) {
        while let Some(i) = at.plan.interventions.get(self.next_intervention).filter(|i| i.at <= self.time) {
            self.next_intervention += 1;
            self.intervene(at, i);
        }
        while let Some(core) = self.next_burst() {
            self.burst_ends(at, core);
        }
        let expired_first = at.plan.traits.expired_first;
        if expired_first {
            self.slices_end(at);
        }
        if self.policy_timer <= self.time {
            rules(&at.plan.policy).timer(&mut self.os(at.plan));
            self.renew_slices(at.plan);
            self.record_levels(at);
        }
        self.timers_end(at);
        self.requests_seen(at);
        if !expired_first {
            self.slices_end(at);
        }
        self.even_out(at);
        self.dispatch(at);
        while self.preempt(at) {
            // Who lost its core may go where another one may not.
            self.even_out(at);
            self.dispatch(at);
        }
        self.record_levels(at);
        self.set_policy_timer(at.plan);
        self.set_balance_timer(at.plan);
    }

    /// Takes the lowest core off those whose switches or bursts are over.
    fn next_burst(&mut self) -> Option<CoreId> {
        let switched = self.switched.trailing_zeros() as usize;
        if let Some(core) = self.bursts.first_due(self.time).filter(|core| *core < switched) {
            self.bursts.clear(core);
            return Some(CoreId(core as u8));
        }
        // The lowest bit, if there is one.
        self.switched &= self.switched.wrapping_sub(1);
        (switched < 64).then_some(CoreId(switched as u8))
    }

    /// Phases 3, 4 and 5: what a timer means follows from where its thread is.
    fn timers_end(&mut self, at: &mut Instant<'_>) {
        if self.timers.next() > self.time {
            return;
        }
        let mut due = std::mem::take(&mut self.due);
        while let Some(i) = self.timers.first_due(self.time) {
            self.timers.clear(i);
            due.push((ThreadIx(i as u16), self.threads[i].place));
        }
        // Starts first: they were known before any wait began (`policies.md` section 2).
        for &(thread, _) in due.iter().filter(|(_, place)| *place == Place::NotStarted) {
            self.make_ready(at, thread, Reason::Started, None);
        }
        for &(thread, _) in due.iter().filter(|(_, place)| matches!(place, Place::Waiting(_))) {
            self.wait_ends(at, thread);
        }
        for &(thread, _) in due.iter().filter(|(_, place)| *place == Place::Waking) {
            let (reason, cause) = self.thread(thread).woken_by;
            self.make_ready(at, thread, reason, cause);
        }
        for &(thread, _) in due.iter().filter(|(_, place)| *place == Place::WantsGil) {
            self.gil_deadline(at, thread);
        }
        due.clear();
        self.due = due;
    }
}
