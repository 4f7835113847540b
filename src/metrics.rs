//! Where the time went: of each thread, core and GIL, from the lanes of a run.

use crate::engine::segments::Segment;
use crate::engine::{Cause, Ending, Kind, Place, Run, Work};
use crate::ids::{CoreId, GilIx, ThreadIx};
use crate::time::{Dur, Time};

/// The figures of a run up to one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metrics {
    /// Up to here.
    pub until: Time,
    /// When the last thread finished; `None` unless all have.
    pub makespan: Option<Time>,
    /// How often a core was given to a thread other than the one it had before, at once or after being idle.
    pub context_switches: u64,
    /// By [`ThreadIx`].
    pub threads: Vec<ThreadMetrics>,
    /// By [`CoreId`].
    pub cores: Vec<CoreMetrics>,
    /// By [`GilIx`].
    pub gils: Vec<GilMetrics>,
}

/// The figures of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadMetrics {
    /// When it starts, possibly after the end of the figures; `None` if another thread has not started it.
    pub start: Option<Time>,
    /// When it finished.
    pub finished: Option<Time>,
    /// From its start until it first computed.
    pub response: Option<Dur>,
    /// From its start until it finished.
    pub turnaround: Option<Dur>,
    /// How often it went on another core than the one that it was on before.
    pub migrations: u64,
    /// Where its time went.
    pub totals: Totals,
}

/// Where a thread's life went, by place. The sum is its life: from its start to its end or the end of the figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Ran bytecode.
    pub python: Dur,
    /// Gave a GIL of Python 2 up at checks and took it back, while others wanted it.
    pub checks: Dur,
    /// Ran C code that keeps the GIL.
    pub extension: Dur,
    /// Ran C code without the GIL.
    pub native: Dur,
    /// Was on a core that switched to it.
    pub switching_in: Dur,
    /// Waited for a core.
    pub ready: Dur,
    /// Was woken and not ready yet.
    pub waking: Dur,
    /// Waited for the GIL.
    pub wants_gil: Dur,
    /// Had given up the GIL on request and waited until another thread had taken it.
    pub forced_wait: Dur,
    /// Waited for I/O, or was served by a device.
    pub io: Dur,
    /// Waited until a device had served others.
    pub devices: Dur,
    /// Slept.
    pub sleep: Dur,
    /// Waited for input.
    pub input: Dur,
    /// Waited for locks or semaphores.
    pub locks: Dur,
    /// Waited for events to be set, or for others at barriers.
    pub signals: Dur,
    /// Waited for items, for room for items, or for messages.
    pub messages: Dur,
    /// Waited for other threads to run or to finish.
    pub threads: Dur,
}

/// The figures of a core. The sum is the whole time.
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
    /// Nobody held it.
    pub free: Dur,
    /// How often a thread took it that was not the last holder; the first taking does not count.
    pub hand_offs: u64,
    /// How often a waiter asked its holder to drop it.
    pub requests: u64,
}

impl Totals {
    /// The thread's life.
    #[must_use]
    pub fn life(&self) -> Dur {
        self.by_name().into_iter().map(|(_, d)| d).sum()
    }

    /// Time in which it computed.
    #[must_use]
    pub fn useful(&self) -> Dur {
        self.python + self.extension + self.native
    }

    /// Each place with its name for people.
    #[must_use]
    pub fn by_name(&self) -> [(&'static str, Dur); 17] {
        [
            ("runs Python", self.python),
            ("checks for waiters", self.checks),
            ("runs C code, GIL kept", self.extension),
            ("runs native code", self.native),
            ("switching in", self.switching_in),
            ("ready", self.ready),
            ("waking", self.waking),
            ("wants the GIL", self.wants_gil),
            ("forced wait", self.forced_wait),
            ("waits for I/O", self.io),
            ("waits for a device", self.devices),
            ("sleeps", self.sleep),
            ("waits for input", self.input),
            ("waits for a lock", self.locks),
            ("waits for an event or barrier", self.signals),
            ("waits for a message", self.messages),
            ("waits for a thread", self.threads),
        ]
    }

    fn of(&mut self, place: Place) -> Option<&mut Dur> {
        Some(match place {
            Place::Running(Work::Python) => &mut self.python,
            Place::Running(Work::Extension) => &mut self.extension,
            Place::Running(Work::Native) => &mut self.native,
            Place::SwitchingIn => &mut self.switching_in,
            Place::Ready => &mut self.ready,
            Place::Waking => &mut self.waking,
            Place::WantsGil => &mut self.wants_gil,
            Place::ForcedWait => &mut self.forced_wait,
            Place::Waiting(Cause::Io) => &mut self.io,
            Place::Waiting(Cause::Device) => &mut self.devices,
            Place::Waiting(Cause::Sleep) => &mut self.sleep,
            Place::Waiting(Cause::Input) => &mut self.input,
            Place::Waiting(Cause::Lock | Cause::Semaphore) => &mut self.locks,
            Place::Waiting(Cause::Event | Cause::Barrier) => &mut self.signals,
            Place::Waiting(Cause::Queue | Cause::Room | Cause::Pipe) => &mut self.messages,
            Place::Waiting(Cause::Start | Cause::Join) => &mut self.threads,
            Place::NotStarted | Place::Finished => return None,
        })
    }
}

impl Metrics {
    /// The figures of a run from 0 up to `until`, which must be computed that far or have ended.
    #[must_use]
    pub fn of(run: &Run, until: Time) -> Self {
        let plan = run.plan();
        // Only the state knows what was lost to checks.
        let checking = plan.gils.iter().any(|g| g.ticks().is_some()).then(|| run.seen(until));
        let lost = |t: ThreadIx| checking.as_ref().map_or(Dur::ZERO, |m| m.lost_to_checks(t, until));
        let lost_on = |c: CoreId| checking.as_ref().map_or(Dur::ZERO, |m| m.lost_to_checks_on(c, until));
        let mut threads: Vec<_> = plan.thread_ixs().map(|t| thread(run, t, until, lost(t))).collect();
        let (context_switches, migrations) = dispatches(run, until);
        for (thread, migrations) in threads.iter_mut().zip(migrations) {
            thread.migrations = migrations;
        }
        let all = matches!(run.ending(), Some(Ending::AllFinished));
        let last = threads.iter().map(|t| t.finished).max().flatten();
        Self {
            until,
            makespan: (all && threads.iter().all(|t| t.finished.is_some() || t.start.is_none()))
                .then(|| last.unwrap_or(Time::ZERO)),
            context_switches,
            threads,
            cores: plan.core_ids().map(|c| core(run, c, until, lost_on(c))).collect(),
            gils: plan.gil_ixs().zip(hand_offs(run, until)).map(|(g, n)| gil(run, g, until, n)).collect(),
        }
    }
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

/// The length of the part of a stretch before `until`.
fn clipped(segment: &impl Segment, until: Time) -> Dur {
    segment.end().min(until).since(segment.start())
}

fn thread(run: &Run, ix: ThreadIx, until: Time, checks: Dur) -> ThreadMetrics {
    let planned = Some(run.plan().thread(ix).start).filter(|t| *t != Time::NEVER);
    let start = run.lanes().started(ix).or(planned);
    let mut totals = Totals::default();
    let (mut finished, mut first) = (None, None);
    for segment in run.lanes().thread(ix).iter().take_while(|s| s.start <= until) {
        match segment.place {
            Place::Finished => finished = Some(segment.start),
            Place::Running(_) => first = first.or(Some(segment.start)),
            _ => {}
        }
        if let Some(total) = totals.of(segment.place) {
            *total += clipped(&segment, until);
        }
    }
    totals.python = totals.python.saturating_sub(checks);
    totals.checks = checks;
    ThreadMetrics {
        start,
        finished,
        response: first.zip(start).map(|(t, start)| t.since(start)),
        turnaround: finished.zip(start).map(|(t, start)| t.since(start)),
        migrations: 0,
        totals,
    }
}

fn core(run: &Run, id: CoreId, until: Time, checks: Dur) -> CoreMetrics {
    let (mut useful, mut overhead) = (Dur::ZERO, Dur::ZERO);
    for segment in run.lanes().core(id).iter().take_while(|s| s.start < until) {
        if segment.place == Place::SwitchingIn {
            overhead += clipped(&segment, until);
        } else {
            useful += clipped(&segment, until);
        }
    }
    let idle = until.since(Time::ZERO).saturating_sub(useful + overhead);
    CoreMetrics { useful: useful.saturating_sub(checks), overhead: overhead + checks, idle }
}

fn gil(run: &Run, ix: GilIx, until: Time, hand_offs: u64) -> GilMetrics {
    let lanes = run.lanes();
    let possessions = lanes.gil(ix).iter().take_while(|s| s.start < until);
    let held: Dur = possessions.map(|s| clipped(&s, until)).sum();
    GilMetrics {
        held,
        free: until.since(Time::ZERO).saturating_sub(held),
        hand_offs,
        requests: lanes.requests(ix).partition_point(|r| r.time <= until) as u64,
    }
}

/// By GIL, how often it went to another thread than it had before. From the trace and not the lanes, as a possession may
/// take no time; in one pass for all GILs.
fn hand_offs(run: &Run, until: Time) -> Vec<u64> {
    let mut hand_offs = vec![0; run.plan().gils.len()];
    for record in &run.trace()[..run.records_until(until)] {
        if record.kind() == Kind::TakeGil
            && let Some(gil) = record.gil()
            && record.cause().is_some_and(|before| before != record.thread())
        {
            hand_offs[gil.ix()] += 1;
        }
    }
    hand_offs
}

/// How often a core went from one thread to another, and by thread how often it went from one core to another.
fn dispatches(run: &Run, until: Time) -> (u64, Vec<u64>) {
    let plan = run.plan();
    let (mut last, mut cores) = (vec![None; usize::from(plan.cores)], vec![None; plan.threads.len()]);
    let (mut switches, mut migrations) = (0, vec![0; plan.threads.len()]);
    for record in &run.trace()[..run.records_until(until)] {
        if let (Kind::Dispatch, Some(core)) = (record.kind(), record.core()) {
            let thread = record.thread();
            let before = last[core.ix()].replace(thread);
            switches += u64::from(before.is_some_and(|t| t != thread));
            let left = cores[thread.ix()].replace(core);
            migrations[thread.ix()] += u64::from(left.is_some_and(|c| c != core));
        }
    }
    (switches, migrations)
}
