//! What a policy may look at and change: the machine as the operating system's scheduler sees it.

use std::collections::VecDeque;

use super::{Entry, Standing};
use crate::burst::burst;
use crate::draws::Draws;
use crate::ids::{CoreId, ThreadIx};
use crate::scenario::Share;
use crate::state::{CoreState, ReadyQueue, ThreadState};
use crate::time::{Dur, Time};
use crate::{Plan, Reason};

/// What a policy keeps of a thread. Each policy says in its file what it uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entity {
    /// Virtual time in nanoseconds at weight 1,024, a pass, or a burst.
    pub v: u64,
    /// Virtual deadline.
    pub deadline: u64,
    /// Lag, or what a thread was ahead when it left.
    pub lag: i64,
    /// What is left of its slice.
    pub left: Dur,
    /// When it entered the ready queue, or was last raised there.
    pub since: Time,
    /// How many quanta it has left on its level.
    pub allotment: u32,
    /// Its level or priority now.
    pub level: i32,
}

/// Time of a thread on a core.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ran {
    /// The switch to it. Who gets a core, looks for the GIL in vain and leaves it again has used the core for that long;
    /// a fair policy that did not charge it could let such threads keep the one away that holds the GIL.
    pub(super) switching: Dur,
    /// Its computing.
    pub(super) computing: Dur,
}

impl Ran {
    /// All of it.
    pub(super) fn all(self) -> Dur {
        self.switching + self.computing
    }
}

impl CoreState {
    /// What of the time of the thread on this core is not charged yet.
    pub(crate) fn uncharged(&self, now: Time) -> Ran {
        let computes = self.computes_since.map_or(now, |since| since.max(self.charged_until));
        Ran { switching: computes.since(self.charged_until), computing: now.since(computes) }
    }
}

/// The machine as the scheduler sees it at one instant.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    pub(crate) now: Time,
    pub(crate) plan: &'a Plan,
    pub(crate) threads: &'a [ThreadState],
    pub(crate) cores: &'a [CoreState],
    pub(crate) queues: &'a [ReadyQueue],
    pub(crate) counters: &'a [u32],
}

/// The same, with what a policy may change.
pub struct Os<'a> {
    pub(crate) now: Time,
    pub(crate) plan: &'a Plan,
    pub(crate) threads: &'a mut [ThreadState],
    pub(crate) cores: &'a mut [CoreState],
    pub(crate) queues: &'a mut [ReadyQueue],
    /// Remaining passes of each counted loop.
    pub(crate) counters: &'a [u32],
    pub(crate) draws: &'a mut Draws,
    /// Threads that became ready, or went up in a queue, at this instant, and may preempt.
    pub(crate) arrived: &'a mut Vec<(ThreadIx, Entry)>,
    /// Changes of level to be recorded: whose, why, and the new level where it is one of a list.
    pub(crate) level_changes: &'a mut Vec<(ThreadIx, Reason, Option<u16>)>,
}

impl Os<'_> {
    /// What can be seen.
    pub(super) fn seen(&self) -> Seen<'_> {
        Seen {
            now: self.now,
            plan: self.plan,
            threads: self.threads,
            cores: self.cores,
            queues: self.queues,
            counters: self.counters,
        }
    }

    /// Keeps with a core where the thread on it stands, its time there charged.
    pub(crate) fn stands(&mut self, core: CoreId, thread: ThreadIx) -> Standing {
        let Entity { v, deadline, .. } = self.threads[thread.ix()].entity;
        let weight = self.plan.weights[thread.ix()].into();
        let standing = Standing { v: v as i64, deadline: deadline as i64, weight };
        self.cores[core.ix()].standing = standing;
        standing
    }

    /// What is kept of a thread, to be changed.
    pub(super) fn entity_mut(&mut self, thread: ThreadIx) -> &mut Entity {
        &mut self.threads[thread.ix()].entity
    }
}

impl<'a> Seen<'a> {
    /// The threads of a ready queue in its order.
    pub(super) fn queue(self, queue: usize) -> &'a VecDeque<ThreadIx> {
        &self.queues[queue].threads
    }

    /// What is kept of a thread.
    pub(super) fn entity(self, thread: ThreadIx) -> &'a Entity {
        &self.threads[thread.ix()].entity
    }

    /// What the scenario says that a thread's claim is.
    pub(super) fn share(self, thread: ThreadIx) -> Share {
        self.plan.thread(thread).share
    }

    /// How long a thread will compute from now until an op at which it may wait, or its end.
    pub(super) fn burst(self, thread: ThreadIx) -> Dur {
        let plan = self.plan.thread(thread);
        burst(&self.threads[thread.ix()], &plan.code, &plan.ahead, self.counters, self.now)
    }

    /// Behind how many threads of a queue one stands that comes after all for which `before` is true; the queue is in such
    /// an order that these are its first ones.
    pub(super) fn behind(self, queue: usize, before: impl Fn(&Entity, ThreadIx) -> bool) -> usize {
        self.queue(queue).partition_point(|t| before(self.entity(*t), *t))
    }

    /// The threads on the cores that a ready queue serves, by core.
    pub(super) fn running(self, queue: usize) -> impl Iterator<Item = ThreadIx> + 'a {
        self.on_cores(queue).map(|(thread, _)| thread)
    }

    /// The same, with all of their time there that is not charged yet.
    pub(super) fn on_cores(self, queue: usize) -> impl Iterator<Item = (ThreadIx, Dur)> + 'a {
        let cores = if self.queues.len() == 1 { self.cores } else { &self.cores[queue..=queue] };
        cores.iter().filter_map(move |core| Some((core.thread?, self.now.since(core.charged_until))))
    }

    /// The ready queue that a core draws from.
    pub(super) fn queue_of(self, core: CoreId) -> usize {
        if self.queues.len() == 1 { 0 } else { core.ix() }
    }

    /// The first thread of a queue that may run on a core.
    pub(super) fn first_for(self, queue: usize, core: CoreId) -> Option<ThreadIx> {
        self.queue(queue).iter().copied().find(|t| self.plan.thread(*t).cores.allows(core))
    }

    /// What of its time on its core is not charged yet to a thread; nothing if it is on none.
    pub(super) fn uncharged(self, thread: ThreadIx) -> Ran {
        let core = self.threads[thread.ix()].core;
        core.map_or(Ran::default(), |core| self.cores[core.ix()].uncharged(self.now))
    }

    /// Whether a thread has computed since it got its core. If one that has not could lose it, threads that wake up again and
    /// again might take all its time for switches.
    pub(super) fn has_computed(self, thread: ThreadIx) -> bool {
        !self.uncharged(thread).computing.is_zero()
    }
}
