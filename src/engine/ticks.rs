//! Python 2's GIL: every so many ticks the holder gives it up and takes it back at once, and a waiter that happens to be
//! awake on another core at that moment is faster (`tests/reference/gil-semantics.md` section 2).
//!
//! A check is not simulated by itself: nothing can happen at one while nobody else wants the GIL. While somebody does, the
//! holder pays [`Costs::gil_check`] for each, and the attempts that the first waiter loses are drawn in one go: it stays
//! where it is until the check whose wake-up will find the GIL free.

use crate::ids::{CoreId, GilIx, ThreadIx};
use crate::scenario::Costs;
use crate::time::{Dur, MAX_NS, Time};

use super::code::Instr;
use super::draws::Draws;
use super::machine::{Instant, Machine};
use super::plan::Plan;
use super::state::{Came, Resume};
use super::{Kind, Place, Reason, Work};

/// A tick is about one bytecode instruction: 100 of them are “1 to 10 µs of loop” (section 2), here 4 µs.
const TICK_NS: u64 = 40;

/// How long the GIL is free at a check that wakes somebody: while the holder is in the system call that does so. It is most
/// of what such a check costs, and of 4 µs and these 2.9 µs follows what was measured: × 1.72 (`cpython/README.md`).
const FREE_NS: u64 = 2_900;

/// From a wake-up until the waiter has seen that the GIL is taken and sleeps again: 5 to 50 µs (section 2).
const ATTEMPT_NS: u64 = 20_000;

/// No more attempts than this are lost in a row; with a million ticks between checks one in 14,000 is won.
const MOST_ATTEMPTS: u64 = 1 << 17;

/// How often the holder of a Python 2 GIL gives it up, and how its waiters fare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticks {
    /// Ticks from one check to the next.
    pub count: u32,
    /// How long these take.
    pub interval: Dur,
    /// What a check costs while others want the GIL.
    pub cost: Dur,
    /// Whether waiters can be awake while the holder runs: there is another core.
    race: bool,
}

impl Ticks {
    pub(super) fn new(count: u32, cores: u8, costs: &Costs) -> Self {
        let interval = Dur::from_ns(TICK_NS * u64::from(count));
        Self { count, interval, cost: costs.gil_check, race: cores > 1 }
    }

    /// From one check to the next while others want the GIL.
    fn period(self) -> Dur {
        self.interval + self.cost
    }

    /// From the beginning of a wait until the check that wakes the waiter in time: the first, or one behind as many lost
    /// attempts as are drawn. It wins with the share of the time in which the GIL is free.
    fn until_won(self, draws: &mut Draws) -> Dur {
        let wins = |_: &u64| draws.below(self.interval.ns() + FREE_NS) < FREE_NS;
        let lost = if self.race { (0..MOST_ATTEMPTS).find(wins).unwrap_or(MOST_ATTEMPTS) } else { 0 };
        let checks_in_attempt = ATTEMPT_NS.div_ceil(self.period().ns());
        let checks = 1 + lost * checks_in_attempt;
        Dur::from_ns(self.period().ns().saturating_mul(checks).min(MAX_NS))
    }
}

/// How a holder gets on that runs Python between checks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    gil: GilIx,
    /// Set while others want the GIL, so that each check costs something.
    contended: Option<Ticks>,
}

impl Pace {
    /// What of a stretch was Python, the rest being checks.
    pub(super) fn python(self, elapsed: Dur) -> Dur {
        match self.contended {
            Some(ticks) => scaled(elapsed, ticks.interval, ticks.period(), 0),
            None => elapsed,
        }
    }

    /// How long a stretch of Python takes, with its checks.
    fn stretched(self, python: Dur) -> Dur {
        match self.contended {
            Some(ticks) => scaled(python, ticks.period(), ticks.interval, u128::from(ticks.interval.ns()) - 1),
            None => python,
        }
    }
}

/// A length times a fraction, rounded down after `more` has been added to the product.
fn scaled(length: Dur, times: Dur, by: Dur, more: u128) -> Dur {
    let product = u128::from(length.ns()) * u128::from(times.ns()) + more;
    Dur::from_ns((product / u128::from(by.ns())).min(MAX_NS.into()) as u64)
}

impl Machine {
    /// The holder of a Python 2 GIL begins to run Python, or others begin or cease to want it: from now on its checks cost
    /// something or nothing, and the first waiter's race is under way.
    pub(super) fn keep_pace(&mut self, plan: &Plan, gil: GilIx) {
        let (Some(ticks), Some(holder)) = (plan.gil(gil).ticks(), self.gil(gil).holder) else { return };
        let Place::Running(Work::Python) = self.thread(holder).place else { return };
        self.count_burst(holder);
        let state = &self.gils[gil.ix()];
        let wanted = state.signalled > 0 || !state.waiters.is_empty();
        let pace = Pace { gil, contended: Some(ticks).filter(|_| wanted) };
        let now = self.time;
        let thread = &mut self.threads[holder.ix()];
        thread.burst_start = now;
        thread.pace = Some(pace);
        if let Some(core) = thread.core {
            self.bursts.set(core.ix(), now + pace.stretched(thread.remaining));
        }
        let state = &mut self.gils[gil.ix()];
        if let (0, Some(first)) = (state.signalled, state.waiters.front()) {
            let left = *state.race_left.get_or_insert_with(|| ticks.until_won(&mut self.draws));
            self.timers.set(first.ix(), now + left);
        }
    }

    /// Takes account of what a running thread has computed up to now, and of what it lost to checks.
    pub(super) fn count_burst(&mut self, thread: ThreadIx) {
        let now = self.time;
        let state = &mut self.threads[thread.ix()];
        let (elapsed, python) = (now - state.burst_start, state.computed(now));
        state.remaining = state.remaining.saturating_sub(python);
        let Some(pace) = state.pace.take() else { return };
        state.checks += elapsed - python;
        if let Some(core) = state.core {
            self.cores[core.ix()].checks += elapsed - python;
        }
        // The race stands still until somebody runs Python again.
        let gil = &mut self.gils[pace.gil.ix()];
        if let (0, Some(first), Some(left)) = (gil.signalled, gil.waiters.front(), &mut gil.race_left) {
            *left = self.timers.get(first.ix()).since(self.time);
            self.timers.clear(first.ix());
        }
    }

    /// What a thread has lost to checks by `now`, which must be [`Self::time`] or later with nothing happening in between.
    #[must_use]
    pub fn lost_to_checks(&self, thread: ThreadIx, now: Time) -> Dur {
        let state = self.thread(thread);
        let burst = state.pace.map_or(Dur::ZERO, |_| now.since(state.burst_start) - state.computed(now));
        state.checks + burst
    }

    /// What the threads of a core have, likewise.
    #[must_use]
    pub fn lost_to_checks_on(&self, core: CoreId, now: Time) -> Dur {
        let state = self.core(core);
        let thread = state.thread.map(|t| self.lost_to_checks(t, now) - self.thread(t).checks);
        state.checks + thread.unwrap_or_default()
    }

    /// Phase 5: the check has come that wakes the first waiter in time.
    pub(super) fn woken_at_check(&mut self, at: &mut Instant<'_>, thread: ThreadIx, gil: GilIx) {
        let state = &mut self.gils[gil.ix()];
        state.waiters.pop_front();
        state.race_left = None;
        state.signalled += 1;
        let holder = state.holder;
        self.threads[thread.ix()].needs_gil = Some(Came::AtCheck);
        self.wake(at, thread, at.plan.costs.hand_off, Reason::GilCheck, holder);
    }

    /// Whether a thread on a core is faster than the holder of a Python 2 GIL, and why.
    ///
    /// It is if it was woken in time and the holder still runs Python; and if the operating system took the holder off this
    /// very core: the holder's next check wakes it while the GIL is free, and having slept it goes first. So on one core the
    /// GIL changes hands with the slice (`cpython/README.md`: 3.86 ms, one tick).
    pub(super) fn beats_holder(&self, plan: &Plan, thread: ThreadIx, holder: ThreadIx, came: Came) -> Option<Reason> {
        let (own, state) = (self.thread(thread), self.thread(holder));
        let in_python = state.resume == Resume::Continue
            && matches!(self.instr(plan, holder), Instr::Compute { work: Work::Python, .. });
        match state.place {
            Place::Running(Work::Python) => (came == Came::AtCheck).then_some(Reason::WonRace),
            Place::Ready if state.last_core == own.core && in_python => Some(Reason::HolderOff),
            _ => None,
        }
    }

    /// The holder of a Python 2 GIL gives it up at a check and is not fast enough to take it back: it must wait for it.
    pub(super) fn lose_gil(&mut self, at: &mut Instant<'_>, holder: ThreadIx, gil: GilIx, winner: ThreadIx) {
        self.stop_burst(holder);
        let state = &mut self.gils[gil.ix()];
        state.holder = None;
        state.last_holder = Some(holder);
        self.threads[holder.ix()].needs_gil = Some(Came::Fresh);
        let record = self.now(Kind::DropGil, holder, Reason::AtCheck).by(Some(winner)).of(gil.0);
        at.record(match self.thread(holder).core {
            Some(core) => record.on(core),
            None => record,
        });
    }
}
