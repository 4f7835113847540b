//! The status of a thread that waits for a core, gets one or is on one.

use std::collections::VecDeque;

use super::{Ask, Said};
use crate::engine::policy::rules;
use crate::engine::{Came, Work};
use crate::explain::standing::{on_level, with_key};
use crate::explain::teller::{at, is_felt, list, others_of_gil, part, virtual_time};
use crate::ids::{CoreId, ThreadIx};
use crate::time::{Dur, Time};

impl Ask<'_> {
    pub(super) fn ready(&self) -> Said {
        let mut detail = vec![self.in_queue()];
        detail.extend(self.fairness());
        detail.extend(self.next_core());
        if self.machine.holds_gil(self.plan, self.thread) {
            detail.push(self.holds_though_off());
        } else if self.machine.needs_gil(self.thread) {
            detail.push(match self.machine.came_for_gil(self.thread) {
                Some(Came::TimedOut) => {
                    format!("It waited a whole switch interval for {}; once on a core it looks again.", self.the_gil())
                }
                Some(Came::Signalled) => format!(
                    "It was signalled that {} is free; once on a core it takes it, unless another thread is faster.",
                    self.the_gil()
                ),
                _ => format!("Once on a core it also needs {}{}.", self.the_gil(), self.held_by()),
            });
        }
        (format!("Ready since {}: waits for a core.", self.since()), detail)
    }

    /// Where it stands in virtual time, under policies that go by it.
    fn fairness(&self) -> Option<String> {
        let fairness = self.machine.fairness(self.plan, self.thread, self.now)?;
        let v = virtual_time(fairness.virtual_runtime);
        let (Some(deadline), Some(lag)) = (fairness.deadline, fairness.lag) else {
            return Some(format!("Its virtual runtime is {v}; the smallest goes first."));
        };
        let eligible = if lag < 0 { "so it is not eligible" } else { "so it is eligible" };
        let (deadline, lag) = (virtual_time(deadline), virtual_time(lag));
        Some(format!("Its virtual runtime is {v}, its lag {lag}, {eligible}; its virtual deadline is {deadline}."))
    }

    fn in_queue(&self) -> String {
        let queues = self.machine.queues();
        let place = |threads: &VecDeque<ThreadIx>| threads.iter().position(|t| *t == self.thread);
        let found = queues.iter().enumerate().find_map(|(i, q)| Some((i, q.threads.len(), place(&q.threads)? + 1)));
        let (core, n, place) = found.unwrap_or_default();
        let of = if queues.len() > 1 { format!(" of core {core}") } else { String::new() };
        let key = with_key(self.plan, self.machine, self.thread);
        if n == 1 {
            return format!("It is alone in the ready queue{of}{key}.");
        }
        let order = rules(&self.plan.policy).order().map_or_else(String::new, |o| format!(": {o}"));
        format!("It is number {place} of {n} in the ready queue{of}{key}{order}.")
    }

    /// Who is on the cores that it may get from its ready queue, and what will free one.
    fn next_core(&self) -> Vec<String> {
        let queues = self.machine.queues();
        let own = queues.iter().position(|q| queues.len() > 1 && q.threads.contains(&self.thread));
        let may = |c: &CoreId| self.plan.thread(self.thread).cores.allows(*c) && own.is_none_or(|own| own == c.ix());
        let allowed: Vec<CoreId> = self.plan.core_ids().filter(may).collect();
        let taken: Vec<String> = allowed
            .iter()
            .filter_map(|c| Some(format!("{} is on core {}", self.name(self.machine.core(*c).thread?), c.0)))
            .collect();
        let mut said = Vec::new();
        if !taken.is_empty() {
            let pinned = own.is_none() && allowed.len() < usize::from(self.plan.cores);
            let only = if pinned { ", and it may run nowhere else" } else { "" };
            said.push(format!("{}{only}.", list(&taken)));
        }
        let slice = |c: &CoreId| Some((self.machine.slice_end(self.plan, *c)?, *c));
        match allowed.iter().filter_map(slice).min() {
            Some((end, core)) => {
                said.push(format!("A slice ends on core {} at {}, unless something happens earlier.", core.0, at(end)))
            }
            None if !rules(&self.plan.policy).has_slices() => {
                let or =
                    if rules(&self.plan.policy).is_preemptive() { ", or one that goes before it is ready" } else { "" };
                let policy = self.plan.policy.names().1;
                said.push(format!("Under {policy} a thread keeps its core until it blocks or ends{or}."));
            }
            None => {}
        }
        said
    }

    fn holds_though_off(&self) -> String {
        let others = others_of_gil(self.plan, self.thread);
        let so = others.map_or_else(String::new, |others| format!(", so {others} can run Python"));
        format!("It was taken off its core and still holds {}{so}.", self.the_gil())
    }

    pub(super) fn switching_in(&self) -> Said {
        let core = self.core();
        let end = self.state.core.map_or(Time::NEVER, |c| self.machine.burst_end(c));
        let mut detail = vec![format!("The switch costs time and is over at {}; then it goes on.", at(end))];
        if self.machine.needs_gil(self.thread) {
            detail.push(format!("It then needs {}{}.", self.the_gil(), self.held_by()));
        }
        (format!("Is being put on {core} since {}.", self.since()), detail)
    }

    pub(super) fn running(&self, work: Work) -> Said {
        let core = self.core();
        let what = match work {
            Work::Python => "Python",
            Work::Extension => "C code",
            Work::Native => "native code",
        };
        let mut detail = Vec::new();
        if let Some((done, length)) = self.machine.progress(self.plan, self.thread, self.now) {
            let done = if is_felt(self.plan, done) { done } else { Dur::ZERO };
            detail.push(format!("It has done {}.", part(done, length)));
        }
        detail.extend(self.gil_while_running(work));
        detail.extend(on_level(self.plan, self.machine, self.thread));
        detail.extend(self.fairness());
        if let Some(end) = self.state.core.and_then(|c| self.machine.slice_end(self.plan, c)) {
            detail
                .push(format!("Its slice ends at {}; if nobody waits for the core then, it gets a new one.", at(end)));
        }
        (format!("Runs {what} on {core} since {}.", self.since()), detail)
    }

    fn gil_while_running(&self, work: Work) -> Vec<String> {
        let Some(gil) = self.gil() else { return vec![format!("{} has no GIL.", self.process())] };
        let (the_gil, state) = (self.the_gil(), self.machine.gil(gil));
        if work == Work::Native {
            return vec![format!("It does not hold {the_gil}: another thread can run Python at the same time.")];
        }
        let checks = if work == Work::Python { self.at_checks(gil) } else { String::new() };
        let mut said = vec![format!("It holds {the_gil} since {}.{checks}", at(state.taken_at))];
        match state.requested_by {
            Some(asker) => {
                said.push(format!("{} has asked for it; this code drops the GIL only at its end.", self.name(asker)));
            }
            None if self.plan.gil(gil).ticks().is_some() => {
                said.extend(state.waiters.front().map(|next| format!("{} wants it.", self.name(*next))));
            }
            None => said.extend(state.waiters.iter().copied().min_by_key(|w| self.machine.timer(*w)).map(|next| {
                let when = self.machine.timer(next).map_or_else(String::new, |t| format!(" at {}", at(t)));
                format!("{} wants it and looks again{when}.", self.name(next))
            })),
        }
        said
    }
}
