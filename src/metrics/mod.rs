//! Where the time went: of each thread, core and GIL, from the trace of a run; up to an instant, or between two.
//!
//! `tally` counts in one pass over the trace, [`Counted`] goes on from where it was, [`Metrics`] is what comes of it, `words`
//! names each figure and says what it means, and `rows` lists them all. Everything is in integers. To add a figure: count it
//! in `tally`, give it a field here, and an entry in `words`.

mod busy;
mod counted;
mod percentiles;
mod rows;
mod sums;
mod switches;
mod tally;
mod totals;
mod words;
mod words_parts;

pub use busy::{Busy, busy};
pub use counted::Counted;
pub use percentiles::Percentiles;
pub use rows::{About, Of, Row, Unit, brief};
pub use switches::SwitchCause;
pub use totals::Totals;

use crate::engine::{Ending, Kind, Place, Run};
use crate::ids::{CoreId, ThreadIx};
use crate::time::{Dur, Time};

use tally::{Tally, ThreadTally};

/// The figures of a run between two instants.
///
/// Lengths of time are those of what lies between the two. What happened is counted from after the first instant, or from
/// the start of the run with what happens there, up to and with the last: so figures of adjoining ranges add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metrics {
    /// From here.
    pub from: Time,
    /// Up to here.
    pub until: Time,
    /// When the last thread finished; `None` unless all have, and of a range that begins after the start.
    pub makespan: Option<Time>,
    /// The least makespan that any schedule could have on so many cores: that of all useful time, spread evenly, or that
    /// of the longest thread, with its I/O and sleep. Where there is a makespan.
    pub ideal: Option<Dur>,
    /// The makespan of the run that this one is compared with, if there is one; see [`Self::against`].
    pub baseline: Option<Time>,
    /// How often a core was given to a thread other than the one it had before, at once or after being idle.
    pub context_switches: u64,
    /// The same by why the other thread had left, in order of [`SwitchCause::ALL`].
    pub switches: [u64; SwitchCause::ALL.len()],
    /// From each wake-up until its thread computed, in ascending order; see [`ThreadMetrics::wake`].
    pub wakes: Vec<Dur>,
    /// By [`ThreadIx`].
    pub threads: Vec<ThreadMetrics>,
    /// By [`CoreId`].
    pub cores: Vec<CoreMetrics>,
    /// By [`crate::ids::GilIx`].
    pub gils: Vec<GilMetrics>,
}

/// The figures of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadMetrics {
    /// When it starts, possibly after the end of the figures; `None` if another thread has not started it.
    pub start: Option<Time>,
    /// When it finished, if that is between the two instants.
    pub finished: Option<Time>,
    /// From its start until it first computed, if that is between the two instants.
    pub response: Option<Dur>,
    /// From its start until it finished, if that is between the two instants.
    pub turnaround: Option<Dur>,
    /// How often it ran on a different core from the one before.
    pub migrations: u64,
    /// From being started, or woken from a wait for something other than a core or the GIL, until it computed; by the
    /// instant of the latter. Who waits for something else before that was woken in vain, and is not among these.
    pub wake: Percentiles,
    /// Where its time went.
    pub totals: Totals,
}

/// The figures of a core. The sum of times is the whole time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CoreMetrics {
    /// A thread computed.
    pub useful: Dur,
    /// It switched to a thread, or its thread lost time to checks for waiters of a GIL.
    pub overhead: Dur,
    /// Nobody was on it.
    pub idle: Dur,
}

/// The figures of a GIL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GilMetrics {
    /// Somebody held it.
    pub held: Dur,
    /// Of that, while another thread stood waiting for it.
    pub contended: Dur,
    /// Nobody held it.
    pub free: Dur,
    /// How often a thread took it that was not the last holder; the first taking does not count.
    pub hand_offs: u64,
    /// How often a waiter asked its holder to drop it.
    pub requests: u64,
    /// How often a thread was woken to take it, and it was gone.
    pub failed_wake_ups: u64,
    /// The longest that a thread wanted it until it had it, retries included: of the waits that ended between the two
    /// instants, and as far as they had come of those under way at the last one. Counted from the wait's beginning.
    pub longest_wait: Dur,
}

impl Metrics {
    /// The figures of a run from 0 up to `until`, which must be computed that far or have ended.
    #[must_use]
    pub fn of(run: &Run, until: Time) -> Self {
        Self::between(run, Time::ZERO, until)
    }

    /// The figures of a run from `from` up to `until`, likewise. If that is not later, of no time at all.
    #[must_use]
    pub fn between(run: &Run, from: Time, until: Time) -> Self {
        Counted::new(run, from).go_on(run, until)
    }

    /// The same figures beside those of the run that this one is compared with, which must be computed to its end.
    #[must_use]
    pub fn against(self, baseline: &Run) -> Self {
        Self { baseline: makespan(baseline), ..self }
    }

    /// How long it is from the first instant to the last.
    #[must_use]
    pub fn span(&self) -> Dur {
        self.until.since(self.from)
    }

    /// So many of a hundred wake-ups took no longer until their thread computed; `None` without any, and for what only few
    /// exceed, of few: from 20 on 95 of 100 are another than the longest.
    #[must_use]
    pub fn wake(&self, percent: usize) -> Option<Dur> {
        let told = percentiles::is_told(self.wakes.len() as u64, percent);
        percentiles::rank(&self.wakes, percent).filter(|_| told)
    }

    fn told(run: &Run, tally: &Tally, from: Time, until: Time) -> Self {
        let plan = run.plan();
        // Only the state knows what was lost to checks.
        let ticks = plan.gils.iter().any(|g| g.ticks().is_some());
        let at = |time: Time| (ticks && time > Time::ZERO).then(|| run.seen(time));
        let (before, after) = (at(from), at(until));
        let lost = |t: ThreadIx| {
            let [before, after] =
                [(&before, from), (&after, until)].map(|(m, now)| m.as_ref().map(|m| m.lost_to_checks(t, now)));
            after.unwrap_or_default().saturating_sub(before.unwrap_or_default())
        };
        let lost_on = |c: CoreId| {
            let [before, after] =
                [(&before, from), (&after, until)].map(|(m, now)| m.as_ref().map(|m| m.lost_to_checks_on(c, now)));
            after.unwrap_or_default().saturating_sub(before.unwrap_or_default())
        };
        let span = until.since(from);
        let parts = plan.thread_ixs().zip(&tally.threads);
        let threads: Vec<_> = parts.map(|(ix, t)| thread(run, ix, t, lost(ix), from)).collect();
        let cores = plan.core_ids().zip(&tally.cores).map(|(id, c)| {
            let checks = lost_on(id);
            let idle = span.saturating_sub(c.computed + c.switched);
            CoreMetrics { useful: c.computed.saturating_sub(checks), overhead: c.switched + checks, idle }
        });
        let gils = tally.gils.iter().map(|g| GilMetrics {
            held: g.held,
            contended: g.contended,
            free: span.saturating_sub(g.held),
            hand_offs: g.hand_offs,
            requests: g.requests,
            failed_wake_ups: g.failed_wake_ups,
            longest_wait: g.longest_wait,
        });
        let makespan = makespan(run).filter(|last| from == Time::ZERO && *last <= until);
        Self {
            from,
            until,
            makespan,
            ideal: makespan.map(|_| ideal(run, &threads)),
            baseline: None,
            context_switches: tally.switches.iter().sum(),
            switches: tally.switches,
            wakes: tally.wakes.clone(),
            cores: cores.collect(),
            gils: gils.collect(),
            threads,
        }
    }
}

/// When the last thread of a run finished; `None` unless all that were started have.
#[must_use]
pub fn makespan(run: &Run) -> Option<Time> {
    matches!(run.ending(), Some(Ending::AllFinished)).then(|| horizon(run, Time::NEVER))
}

/// Up to when figures of a whole run make sense: until its last thread finished; `until` if it goes on beyond.
#[must_use]
pub fn horizon(run: &Run, until: Time) -> Time {
    let finish = |t: ThreadIx| run.lanes().thread(t).last().filter(|s| s.place == Place::Finished).map(|s| s.start);
    match run.ending() {
        Some(Ending::AllFinished) => run.plan().thread_ixs().filter_map(finish).max().unwrap_or(Time::ZERO).min(until),
        Some(_) => run.end().min(until),
        None => until,
    }
}

/// The least makespan for what the threads did: all of it on all cores at once, or the longest of them without any wait
/// that another schedule could spare it.
fn ideal(run: &Run, threads: &[ThreadMetrics]) -> Dur {
    let plan = run.plan();
    let work: Dur = threads.iter().map(|t| t.totals.useful()).sum();
    let spread = Dur::from_ns(work.ns().div_ceil(plan.cores.max(1).into()));
    let alone = plan.thread_ixs().zip(threads).map(|(ix, t)| {
        let planned = plan.thread(ix).start;
        // When another thread starts it depends on the schedule.
        let start = if planned == Time::NEVER { Dur::ZERO } else { planned.since(Time::ZERO) };
        start + t.totals.useful() + t.totals.io + t.totals.sleep
    });
    alone.fold(spread, Dur::max)
}

fn thread(run: &Run, ix: ThreadIx, tally: &ThreadTally, checks: Dur, from: Time) -> ThreadMetrics {
    let planned = Some(run.plan().thread(ix).start).filter(|t| *t != Time::NEVER);
    let start = tally.start.or_else(|| run.lanes().started(ix)).or(planned);
    let mut totals = Totals::default();
    for (kind, spent) in Kind::ALL.into_iter().zip(tally.spent) {
        if let Some(total) = kind.place().and_then(|place| totals.of(place)) {
            *total += spent;
        }
    }
    totals.python = totals.python.saturating_sub(checks);
    totals.checks = checks;
    let inside = |t: &Time| *t > from || from == Time::ZERO;
    let finished = tally.finished.filter(inside);
    let since_start = |t: Time| start.map(|start| t.since(start));
    ThreadMetrics {
        start,
        finished,
        response: tally.first_ran.filter(inside).and_then(since_start),
        turnaround: finished.and_then(since_start),
        migrations: tally.migrations,
        wake: Percentiles::of(&tally.wakes),
        totals,
    }
}
