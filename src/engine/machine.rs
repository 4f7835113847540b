//! The state of the computer at one instant, and the order in which an instant settles.
//!
//! The phases of an instant, repeated until nothing is due: 1 interventions; 2 ends of switches and bursts, by core; 3 ends
//! of I/O and sleep, and starts; 4 waking → ready; 5 GIL deadlines; 6 drop requests seen; 7 slice ends; 8 dispatch, then
//! preemption by who became ready. Inside a phase by thread or core number, except queues, which keep their order. A policy
//! may look at slice ends before phase 3; what it does by itself comes right before that phase. Queues are evened out right
//! before dispatch.

use crate::ids::{GilIx, ThreadIx};
use crate::time::{Dur, Time};

use super::deadlines::Deadlines;
use super::draws::Draws;
use super::moves::first_peek;
use super::plan::{ObjectKind, PlanObject};
use super::policy::{Entity, Entry, Os, Seen, rules};
use super::state::{Came, ReadyQueue, Resume};
use super::{CoreState, GilState, Kind, ObjectState, Place, Plan, Reason, Record, ThreadState};

/// The whole state at one instant. A clone of it is a checkpoint.
#[derive(Clone, Debug)]
pub struct Machine {
    pub(super) time: Time,
    /// When the next thing happens; [`Time::NEVER`] if never.
    pub(super) next: Time,
    // Lists that keep their lengths are not of type `Vec`, the index of which is a call where code is compiled for size.
    pub(super) threads: Box<[ThreadState]>,
    pub(super) cores: Box<[CoreState]>,
    pub(super) gils: Box<[GilState]>,
    pub(super) objects: Box<[ObjectState]>,
    /// A bit for each process that was spawned.
    pub(super) spawned: u64,
    /// One ready queue for all cores, or one per core.
    pub(super) queues: Box<[ReadyQueue]>,
    /// What is decided by chance.
    pub(super) draws: Draws,
    /// When the policy itself does something next.
    pub(super) policy_timer: Time,
    /// When queues are evened out next; [`Time::NEVER`] while that would change nothing.
    pub(super) balance_timer: Time,
    /// When cores look into the queues of others next, as `multi.py` does.
    pub(super) peek_timer: Time,
    /// Who became ready at this instant and may preempt. Empty between instants.
    pub(super) arrived: Vec<(ThreadIx, Entry)>,
    /// Changes of level that are not recorded yet. Empty between instants.
    pub(super) level_changes: Vec<(ThreadIx, Reason, Option<u16>)>,
    /// Remaining passes of each counted loop.
    pub(super) counters: Box<[u32]>,
    /// A bit for each core with nobody on it.
    pub(super) idle: u64,
    /// A bit for each core whose thread gets slice after slice, as nobody who may run there is ready.
    pub(super) unwatched: u64,
    /// A thread's start, wake-up, end of I/O or sleep, or GIL deadline.
    pub(super) timers: Deadlines,
    /// A bit for each core whose switch is over as soon as it begins, and is yet to be seen. 0 between instants.
    pub(super) switched: u64,
    /// The end of a core's switch or burst.
    pub(super) bursts: Deadlines,
    /// The end of the slice of the thread on a core.
    pub(super) slices: Deadlines,
    /// GILs with a request whose holder has just begun to run Python, or which was just set. Empty between instants.
    pub(super) look: Vec<GilIx>,
    /// Threads whose timer is due, with the place they were in then. Empty between phases; kept for its allocation.
    pub(super) due: Vec<(ThreadIx, Place)>,
    pub(super) next_intervention: usize,
}

/// An instant under way: the fixed part, and where records go.
pub(super) struct Instant<'a> {
    pub(super) plan: &'a Plan,
    pub(super) trace: Option<&'a mut Vec<Record>>,
}

impl Instant<'_> {
    pub(super) fn record(&mut self, record: Record) {
        if let Some(trace) = &mut self.trace {
            trace.push(record);
        }
    }
}

/// What is shared, before anything happens: a semaphore has its initial count.
fn objects(plan: &Plan) -> Box<[ObjectState]> {
    let count = |o: &PlanObject| if o.kind == ObjectKind::Semaphore { o.size } else { 0 };
    plan.objects.iter().map(|o| ObjectState { items: count(o), ..ObjectState::default() }).collect()
}

impl Machine {
    /// The state before anything happens.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let mut timers = Deadlines::new(plan.threads.len());
        let mut threads = Vec::with_capacity(plan.threads.len());
        for (i, thread) in plan.threads.iter().enumerate() {
            timers.set(i, thread.start);
            threads.push(ThreadState {
                place: Place::NotStarted,
                since: Time::ZERO,
                core: None,
                last_core: None,
                op: None,
                remaining: Dur::ZERO,
                burst_start: Time::ZERO,
                pace: None,
                checks: Dur::ZERO,
                pc: 0,
                needs_gil: thread.gil.map(|_| Came::Fresh),
                resume: Resume::Begin,
                snapshot: 0,
                slice_left: None,
                entity: Entity::default(),
                starter: None,
                waiting_since: Time::ZERO,
                woken_by: (Reason::Started, None),
            });
        }
        let cores = usize::from(plan.cores);
        let mut machine = Self {
            time: Time::ZERO,
            next: Time::NEVER,
            threads: threads.into(),
            cores: vec![CoreState::default(); cores].into(),
            gils: vec![GilState::default(); plan.gils.len()].into(),
            objects: objects(plan),
            spawned: 0,
            queues: vec![ReadyQueue::default(); plan.queue_count()].into(),
            draws: Draws::new(plan.seed),
            policy_timer: Time::NEVER,
            balance_timer: Time::NEVER,
            peek_timer: first_peek(plan),
            arrived: Vec::new(),
            level_changes: Vec::new(),
            counters: vec![0; plan.counters].into(),
            idle: u64::MAX >> (64 - cores),
            unwatched: 0,
            switched: 0,
            timers,
            bursts: Deadlines::new(cores),
            slices: Deadlines::new(cores),
            look: Vec::new(),
            due: Vec::new(),
            next_intervention: 0,
        };
        machine.set_policy_timer(plan);
        machine.next = machine.first_due(plan);
        machine
    }

    /// What the policy sees.
    pub(super) fn os<'a>(&'a mut self, plan: &'a Plan) -> Os<'a> {
        Os {
            now: self.time,
            plan,
            threads: &mut self.threads,
            cores: &mut self.cores,
            queues: &mut self.queues,
            counters: &self.counters,
            draws: &mut self.draws,
            arrived: &mut self.arrived,
            level_changes: &mut self.level_changes,
        }
    }

    /// The same, without changing anything.
    pub(super) fn seen<'a>(&'a self, plan: &'a Plan) -> Seen<'a> {
        Seen {
            now: self.time,
            plan,
            threads: &self.threads,
            cores: &self.cores,
            queues: &self.queues,
            counters: &self.counters,
        }
    }

    pub(super) fn set_policy_timer(&mut self, plan: &Plan) {
        if plan.traits.has_timer {
            self.policy_timer = rules(&plan.policy).next_timer(self.seen(plan));
        }
    }

    /// Puts a thread in a place, leaving its core if it is on one and the place is not.
    pub(super) fn put(&mut self, at: &mut Instant<'_>, thread: ThreadIx, place: Place, record: Record) {
        let on_core = matches!(place, Place::SwitchingIn | Place::Running(_));
        if !on_core && let Some(core) = self.threads[thread.ix()].core {
            self.vacate(at.plan, core, place != Place::Ready);
            if place == Place::Finished {
                self.level_changes.clear();
            }
            self.record_levels(at);
        }
        let state = &mut self.threads[thread.ix()];
        state.place = place;
        state.since = self.time;
        at.record(record);
    }

    /// Records the changes of level that the policy has made.
    pub(super) fn record_levels(&mut self, at: &mut Instant<'_>) {
        if self.level_changes.is_empty() {
            return;
        }
        for (thread, reason, level) in std::mem::take(&mut self.level_changes) {
            let record = self.now(Kind::ChangeLevel, thread, reason);
            at.record(level.map_or(record, |level| record.of(level)));
        }
    }

    /// A record of this instant.
    pub(super) const fn now(&self, kind: Kind, thread: ThreadIx, reason: Reason) -> Record {
        Record::new(self.time, kind, thread, reason)
    }
}
