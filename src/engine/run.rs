//! A run: what a scenario becomes. Grows on demand, and any instant can be looked at.

use std::cell::{Ref, RefCell};
use std::sync::Arc;

use crate::ids::ThreadIx;
use crate::scenario::Scenario;
use crate::time::{MAX_NS, Time};

use super::lanes::Index;
use super::shared_lanes::SharedIndex;
use super::trace::Record;
use super::{CoreState, Ending, GilState, Lanes, Machine, ObjectState, Plan, ReadyQueue, ThreadState};

/// Records between two kept states of a small scenario: a look at any instant replays at most about this many.
const LEAST_REPLAYED: usize = 1_024;

/// Records between two kept states of most scenarios, at most: half a millisecond natively.
const MOST_REPLAYED: usize = 4_096;

/// How many records are taken into the lanes at once, while they are still in the processor's cache.
const TAKE_IN: usize = 1_024;

/// As many records as an instant of a small scenario has; each so many count as another instant where time is limited.
const RECORDS_OF_AN_INSTANT: usize = 8;

/// The most records a run keeps: 2²² × 16 B = 64 MB of trace. [`RECORDS_OF_AN_INSTANT`] times as many instants without any
/// count as that many records: a boost each nanosecond would otherwise keep everybody waiting.
pub const MAX_RECORDS: usize = 1 << 22;

/// From so many records on a run has room for as many as it can have, and some more for its last instant: to move them each
/// time that they have doubled would take longer than a frame. Room in which nothing stands takes no memory. In WebAssembly
/// only: elsewhere the system moves what is large without copying it.
const LONG: usize = 1 << 18;

/// A scenario's run, computed as far as somebody asked.
#[derive(Clone, Debug)]
pub struct Run {
    plan: Arc<Plan>,
    trace: Vec<Record>,
    index: Index,
    /// Made when somebody looks at what it has.
    shared: RefCell<SharedIndex>,
    /// States in order of their instants; never empty.
    checkpoints: Vec<Machine>,
    /// How many records there are between two of them, at least.
    spacing: usize,
    /// At how many records the next one is due.
    next_checkpoint: usize,
    /// Instants so far at which nothing was recorded.
    silent: usize,
    /// The state at the end of what is computed.
    front: Machine,
    /// Up to where everything is computed; nothing happens between the front and this.
    reached: Time,
    ending: Option<Ending>,
}

impl Run {
    /// A run of which only the first instant is computed.
    ///
    /// The scenario must have passed [`Scenario::check`].
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let plan = Arc::new(Plan::new(scenario));
        let front = Machine::new(&plan);
        let spacing = spacing(&plan);
        let mut run = Self {
            index: Index::new(plan.threads.len(), usize::from(plan.cores), plan.gils.len()),
            trace: Vec::new(),
            shared: RefCell::default(),
            checkpoints: vec![front.clone()],
            spacing,
            next_checkpoint: spacing,
            silent: 0,
            front,
            reached: Time::ZERO,
            ending: None,
            plan,
        };
        run.extend_to(Time::ZERO);
        run
    }

    /// Computes the run up to and including `time`, or to its ending if that comes first.
    pub fn extend_to(&mut self, time: Time) {
        while self.ending.is_none() && self.advance(time) {}
        self.index.take_in(&self.trace);
        self.reached = self.reached.max(time);
    }

    /// Computes the run up to and including `time` and on to the first record after it, or to its ending, but no more than
    /// `instants` instants in this call: a scenario may have more of them than anybody wants to wait for. Whether it is
    /// computed that far.
    pub fn extend_past(&mut self, time: Time, instants: usize) -> bool {
        self.extend_by(time, &mut { instants })
    }

    /// The same, and takes the instants from those that are left.
    pub fn extend_by(&mut self, time: Time, left: &mut usize) -> bool {
        let far = self.advance_past(time, left);
        self.index.take_in(&self.trace);
        if far {
            self.reached = self.reached.max(self.front.time());
        }
        far
    }

    fn advance_past(&mut self, time: Time, left: &mut usize) -> bool {
        while self.ending.is_none() && self.trace.last().is_none_or(|r| r.time() <= time) {
            if *left == 0 {
                return false;
            }
            let before = self.trace.len();
            self.advance(Time::NEVER);
            // With many cores one instant has hundreds of records, so these count too.
            *left = left.saturating_sub(1 + (self.trace.len() - before) / RECORDS_OF_AN_INSTANT);
        }
        true
    }

    /// Computes the next instant or finds the ending; false if the next instant is after `until`.
    fn advance(&mut self, until: Time) -> bool {
        match self.front.next_instant().filter(|t| t.ns() <= MAX_NS) {
            None => self.ending = Some(self.front.ending(&self.plan)),
            Some(next) if next > until => return false,
            Some(_) if self.trace.len() + self.silent / RECORDS_OF_AN_INSTANT >= MAX_RECORDS => {
                self.ending = Some(Ending::LimitReached(super::Limit::Records));
            }
            Some(_) => self.step(),
        }
        true
    }

    /// Computes one more instant.
    fn step(&mut self) {
        let before = self.trace.len();
        self.front.settle_next(&self.plan, Some(&mut self.trace));
        let records = self.trace.len();
        if cfg!(target_arch = "wasm32") && before < LONG && records >= LONG {
            // Where there is not so much room it grows as it has to.
            let _ = self.trace.try_reserve_exact(MAX_RECORDS + LONG - records);
        }
        self.silent += usize::from(records == before);
        if records >= self.index.taken() + TAKE_IN {
            self.index.take_in(&self.trace);
        }
        if records >= self.next_checkpoint {
            self.next_checkpoint = records + self.spacing;
            self.checkpoints.push(self.front.clone());
        }
    }

    /// The state after everything that happens at `time`. Computes the run that far first.
    pub fn at(&mut self, time: Time) -> Machine {
        self.extend_to(time);
        self.seen(time)
    }

    /// The state after everything that happens at `time`, or at the end of what is computed if that is earlier.
    #[must_use]
    pub fn seen(&self, time: Time) -> Machine {
        if self.front.time() <= time {
            return self.front.clone();
        }
        let mut machine = self.checkpoint(time).0;
        machine.settle_to(&self.plan, time);
        machine
    }

    /// The last kept state up to an instant, and how many records came before it.
    pub(super) fn checkpoint(&self, time: Time) -> (Machine, usize) {
        let i = self.checkpoints.partition_point(|m| m.time() <= time).saturating_sub(1);
        let machine = self.checkpoints[i].clone();
        // Of the first one nothing has happened yet.
        let records = if i == 0 { 0 } else { self.records_until(machine.time()) };
        (machine, records)
    }

    /// The fixed part: names, programs, costs.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What happened so far, in order.
    #[must_use]
    pub fn trace(&self) -> &[Record] {
        &self.trace
    }

    /// The lanes of what happened so far.
    #[must_use]
    pub fn lanes(&self) -> Lanes<'_> {
        Lanes::new(&self.trace, &self.index)
    }

    /// The index of the lanes of what threads share; see [`SharedIndex::lanes`].
    #[must_use]
    pub fn shared(&self) -> Ref<'_, SharedIndex> {
        // While somebody has it the trace cannot grow.
        if !self.shared.borrow().has(self.trace.len()) {
            self.shared.borrow_mut().take_in(&self.plan, &self.trace);
        }
        self.shared.borrow()
    }

    /// How it ends, once it is computed that far.
    #[must_use]
    pub fn ending(&self) -> Option<&Ending> {
        self.ending.as_ref()
    }

    /// The threads that nobody has started, as far as it is computed.
    pub fn never_started(&self) -> impl Iterator<Item = ThreadIx> + '_ {
        self.plan.thread_ixs().filter(|t| self.lanes().started(*t).is_none())
    }

    /// The last instant at which something happened, as far as it is computed; with an ending, the makespan.
    #[must_use]
    pub fn end(&self) -> Time {
        self.front.time()
    }

    /// Up to where the run is computed: everything that happens at or before this instant is in the trace.
    #[must_use]
    pub fn reached(&self) -> Time {
        if self.ending.is_some() { Time::NEVER } else { self.reached.max(self.front.time()) }
    }

    /// Up to where it is known what happens: as [`reached`](Self::reached), but no further than the end of a run that reached a
    /// limit, which would go on.
    #[must_use]
    pub fn known(&self) -> Time {
        if matches!(self.ending, Some(Ending::LimitReached(_))) { self.end() } else { self.reached() }
    }

    /// The number of records at or before `time`: the index of the first one after it.
    #[must_use]
    pub fn records_until(&self, time: Time) -> usize {
        self.trace.partition_point(|r| r.time() <= time)
    }
}

/// How many records there are between two kept states: so many that all states together take a quarter of what the records
/// do, or, where a look would replay too many for that, no more than they do.
fn spacing(plan: &Plan) -> usize {
    let as_many = state_size(plan) / size_of::<Record>();
    (4 * as_many).clamp(LEAST_REPLAYED, MOST_REPLAYED).max(as_many)
}

/// About how many bytes a kept state takes.
fn state_size(plan: &Plan) -> usize {
    // Each thread is at most in two queues, and has a deadline; each core has two.
    let tree = |slots: usize| 2 * slots.next_power_of_two() * size_of::<Time>();
    let (threads, cores) = (plan.threads.len(), usize::from(plan.cores));
    let threads = threads * (size_of::<ThreadState>() + 2 * size_of::<ThreadIx>()) + tree(threads);
    let cores = cores * size_of::<CoreState>() + 2 * tree(cores);
    let waited_for = plan.gils.len() * size_of::<GilState>() + plan.objects.len() * size_of::<ObjectState>();
    let counters = plan.counters * size_of::<u32>();
    let queues = plan.queue_count() * size_of::<ReadyQueue>();
    size_of::<Machine>() + queues + threads + cores + waited_for + counters
}
