//! One pass over the trace that counts and adds up what the figures are made of.

use crate::engine::{Kind, Reason, Record, Run};
use crate::ids::{CoreId, GilIx, ThreadIx};
use crate::time::{Dur, Time};

use super::percentiles::{in_order, merge};
use super::switches::{self, SwitchCause};

/// How many kinds of records put a thread in a place.
const PLACES: usize = Kind::Finished as usize + 1;

/// What happened from an instant on, counted and added up as far as it was taken in.
///
/// What happens at that instant itself is not counted, except at the start of the run; what happens at the last instant is.
/// So the counts of adjoining ranges add up to those of both.
pub(super) struct Tally {
    /// How many records are taken in.
    taken: usize,
    pub(super) threads: Vec<ThreadTally>,
    pub(super) cores: Vec<CoreTally>,
    pub(super) gils: Vec<GilTally>,
    /// Context switches by [`SwitchCause`].
    pub(super) switches: [u64; SwitchCause::ALL.len()],
    /// From each wake-up until its thread computed, in ascending order.
    pub(super) wakes: Vec<Dur>,
    /// Those that are not in order yet, and whose they are.
    woken: Vec<(ThreadIx, Dur)>,
}

#[derive(Clone)]
pub(super) struct ThreadTally {
    /// The place where it is, as the kind of record that put it there.
    place: Option<Kind>,
    /// Up to when its time is added up.
    since: Time,
    /// The core that it is on.
    core: Option<CoreId>,
    /// The core that it was given last.
    last_core: Option<CoreId>,
    gil: Option<GilIx>,
    /// Since when it has been woken and has not computed.
    woken: Option<Time>,
    /// Since when it has wanted its GIL.
    wanted: Option<Time>,
    pub(super) start: Option<Time>,
    pub(super) first_ran: Option<Time>,
    pub(super) finished: Option<Time>,
    /// By [`Kind`].
    pub(super) spent: [Dur; PLACES],
    pub(super) migrations: u64,
    /// Its own [`Tally::wakes`].
    pub(super) wakes: Vec<Dur>,
}

#[derive(Clone)]
pub(super) struct CoreTally {
    last_thread: Option<ThreadIx>,
    /// Why that thread left.
    left: SwitchCause,
    pub(super) computed: Dur,
    pub(super) switched: Dur,
}

#[derive(Clone, Default)]
pub(super) struct GilTally {
    is_held: bool,
    /// How many threads want it.
    wanting: usize,
    /// Up to when its time is added up.
    since: Time,
    pub(super) held: Dur,
    pub(super) contended: Dur,
    pub(super) hand_offs: u64,
    pub(super) requests: u64,
    pub(super) failed_wake_ups: u64,
    pub(super) longest_wait: Dur,
}

impl Tally {
    /// Nothing yet, from the start of a run on.
    pub(super) fn new(run: &Run) -> Self {
        let plan = run.plan();
        let thread = |t: ThreadIx| ThreadTally {
            place: None,
            since: Time::ZERO,
            core: None,
            last_core: None,
            gil: plan.thread(t).gil,
            woken: None,
            wanted: None,
            start: None,
            first_ran: None,
            finished: None,
            spent: [Dur::ZERO; PLACES],
            migrations: 0,
            wakes: Vec::new(),
        };
        let core =
            CoreTally { last_thread: None, left: SwitchCause::Blocked, computed: Dur::ZERO, switched: Dur::ZERO };
        Self {
            taken: 0,
            threads: plan.thread_ixs().map(thread).collect(),
            cores: vec![core; plan.cores.into()],
            gils: vec![GilTally::default(); plan.gils.len()],
            switches: [0; SwitchCause::ALL.len()],
            wakes: Vec::new(),
            woken: Vec::new(),
        }
    }

    /// How many records are taken in.
    pub(super) const fn taken(&self) -> usize {
        self.taken
    }

    /// Takes in what happens up to and including `until`, which is not before what was taken in already.
    pub(super) fn advance(&mut self, run: &Run, until: Time) {
        let records = run.records_until(until);
        for record in &run.trace()[self.taken..records] {
            self.take(record);
        }
        self.taken = records;
        for thread in 0..self.threads.len() {
            self.spend(thread, until);
            let thread = &mut self.threads[thread];
            if thread.place.is_some_and(computes) {
                thread.first_ran.get_or_insert(thread.since);
            }
            if let (Some(since), Some(gil)) = (thread.wanted, thread.gil) {
                let gil = &mut self.gils[gil.ix()];
                gil.longest_wait = gil.longest_wait.max(until.since(since));
            }
        }
        self.gils.iter_mut().for_each(|gil| gil.settle(until));
        self.order_wakes();
    }

    /// Puts what came since in its place among the wake-ups.
    fn order_wakes(&mut self) {
        let woken = std::mem::take(&mut self.woken);
        merge(&mut self.wakes, in_order(woken.iter().map(|(_, took)| *took).collect()));
        let mut of = vec![Vec::new(); self.threads.len()];
        woken.iter().for_each(|(thread, took)| of[thread.ix()].push(*took));
        for (thread, took) in self.threads.iter_mut().zip(of) {
            merge(&mut thread.wakes, in_order(took));
        }
    }

    /// Forgets what was counted; who is where stays known.
    pub(super) fn begin(&mut self) {
        for thread in &mut self.threads {
            (thread.spent, thread.migrations) = ([Dur::ZERO; PLACES], 0);
            thread.wakes.clear();
        }
        for core in &mut self.cores {
            (core.computed, core.switched) = (Dur::ZERO, Dur::ZERO);
        }
        for gil in &mut self.gils {
            let GilTally { is_held, wanting, since, .. } = *gil;
            *gil = GilTally { is_held, wanting, since, ..GilTally::default() };
        }
        self.switches = [0; SwitchCause::ALL.len()];
        self.wakes.clear();
    }

    fn take(&mut self, record: &Record) {
        let kind = record.kind();
        if kind.is_place() {
            return self.goes(record, kind);
        }
        let (thread, now) = (record.thread(), record.time());
        match kind {
            Kind::Dispatch => {
                if let Some(core) = record.core() {
                    self.dispatched(thread, core, now);
                }
            }
            Kind::TakeGil | Kind::DropGil | Kind::RequestGil => {
                let Some(gil) = record.gil() else { return };
                let gil = &mut self.gils[gil.ix()];
                gil.settle(now);
                match kind {
                    Kind::TakeGil => {
                        gil.is_held = true;
                        gil.hand_offs += u64::from(record.cause().is_some_and(|before| before != thread));
                        if let Some(since) = self.threads[thread.ix()].wanted.take() {
                            gil.longest_wait = gil.longest_wait.max(now.since(since));
                        }
                    }
                    Kind::DropGil => gil.is_held = false,
                    _ => gil.requests += 1,
                }
            }
            _ => {}
        }
    }

    fn dispatched(&mut self, thread: ThreadIx, to: CoreId, now: Time) {
        // By hand a thread goes directly from one core to another.
        self.spend(thread.ix(), now);
        if let Some(left) = self.threads[thread.ix()].core.filter(|left| *left != to) {
            self.cores[left.ix()].left = SwitchCause::ByHand;
        }
        let core = &mut self.cores[to.ix()];
        if core.last_thread.replace(thread).is_some_and(|before| before != thread) {
            self.switches[core.left as usize] += 1;
        }
        let thread = &mut self.threads[thread.ix()];
        let before = thread.last_core.replace(to);
        thread.migrations += u64::from(before.is_some_and(|before| before != to));
        thread.core = Some(to);
    }

    /// A thread goes to another place.
    fn goes(&mut self, record: &Record, to: Kind) {
        let (ix, now, core) = (record.thread(), record.time(), record.core());
        self.spend(ix.ix(), now);
        let thread = &mut self.threads[ix.ix()];
        if let Some(left) = thread.core.filter(|left| Some(*left) != core) {
            self.cores[left.ix()].left = switches::cause(record);
        }
        thread.core = core;
        let from = thread.place.replace(to);
        thread.start.get_or_insert(now);
        if let Some(gil) = thread.gil.filter(|_| from == Some(Kind::WantsGil) || to == Kind::WantsGil) {
            let gil = &mut self.gils[gil.ix()];
            gil.settle(now);
            gil.wanting -= usize::from(from == Some(Kind::WantsGil));
            gil.wanting += usize::from(to == Kind::WantsGil);
            gil.failed_wake_ups += u64::from(to == Kind::WantsGil && record.reason() == Reason::LostRace);
        }
        match to {
            Kind::Waking | Kind::Ready if from.is_none_or(waits) => thread.woken = Some(now),
            Kind::WantsGil => _ = thread.wanted.get_or_insert(now),
            Kind::Finished => (thread.woken, thread.wanted, thread.finished) = (None, None, Some(now)),
            _ if waits(to) => thread.woken = None,
            _ if computes(to) => {
                if let Some(since) = thread.woken.take() {
                    self.woken.push((ix, now.since(since)));
                }
            }
            _ => {}
        }
    }

    /// Adds a thread's time up to `now` to that of the place where it is.
    fn spend(&mut self, thread: usize, now: Time) {
        let thread = &mut self.threads[thread];
        let length = now.since(thread.since);
        let since = std::mem::replace(&mut thread.since, now);
        let Some(place) = thread.place.filter(|_| !length.is_zero()) else { return };
        thread.spent[place as usize] += length;
        let computes = computes(place);
        if computes {
            thread.first_ran.get_or_insert(since);
        }
        if let Some(core) = thread.core {
            let core = &mut self.cores[core.ix()];
            match place {
                _ if computes => core.computed += length,
                Kind::SwitchIn => core.switched += length,
                _ => {}
            }
        }
    }
}

impl GilTally {
    /// Adds its time up to `now`.
    fn settle(&mut self, now: Time) {
        let length = now.since(self.since);
        self.since = now;
        if self.is_held {
            self.held += length;
            if self.wanting > 0 {
                self.contended += length;
            }
        }
    }
}

/// Whether a thread there computes.
fn computes(place: Kind) -> bool {
    (Kind::RunPython..=Kind::RunNative).contains(&place)
}

/// Whether a thread there waits for something other than a core or the GIL.
fn waits(place: Kind) -> bool {
    (Kind::WaitIo..=Kind::WaitJoin).contains(&place)
}
