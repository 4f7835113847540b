//! A run as JSON, for scripts: who was where and when, the figures, and every event with its sentence.
//!
//! Times are integer nanoseconds since the start of the run. A `thread` is named by its name, with “of” its process if a
//! thread of another process has the same name.

use serde::Serialize;

use crate::engine::explain::{sentence, thread_name};
use crate::engine::lanes::Segment;
use crate::engine::metrics::{self, Metrics, Totals};
use crate::engine::{Cause, Ending, Kind, Place, Reason, Run, Work};
use crate::ids::{CoreId, GilIx, ThreadIx};
use crate::time::{Dur, Time};

/// A run from 0 to its ending or to where it was cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunJson {
    /// `all_finished`, `stuck`, `limit_reached`; `cut` if it goes on.
    pub ending: &'static str,
    /// When the last thread finished; null unless all have.
    pub makespan_ns: Option<Time>,
    /// By core, who was on it; one entry per stay, however often it changed what it computes.
    pub cores: Vec<Vec<Stretch>>,
    /// The GILs in order of their processes' ids.
    pub gils: Vec<GilJson>,
    /// The threads in order of their ids.
    pub threads: Vec<ThreadJson>,
    /// The figures.
    pub metrics: MetricsJson,
    /// What happened, in order.
    pub events: Vec<Event>,
}

/// A stretch of time with a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// First instant.
    pub start_ns: Time,
    /// First instant after it, or where the run was cut.
    pub end_ns: Time,
    /// Who.
    pub thread: String,
}

/// A GIL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GilJson {
    /// The process whose threads share it.
    pub process: String,
    /// Who held it.
    pub possessions: Vec<Stretch>,
    /// Who asked for it.
    pub requests: Vec<RequestJson>,
}

/// A drop request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestJson {
    /// When.
    pub time_ns: Time,
    /// Who asked.
    pub thread: String,
}

/// A thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThreadJson {
    /// Its name in the scenario.
    pub name: String,
    /// The name of its process.
    pub process: String,
    /// When it finished.
    pub finished_ns: Option<Time>,
    /// Its life, from its start to its end or to where the run was cut, without gaps.
    pub states: Vec<State>,
    /// How long it was in each state.
    pub totals: TotalsJson,
}

/// A stretch of a thread's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct State {
    /// First instant.
    pub start_ns: Time,
    /// First instant after it, or where the run was cut.
    pub end_ns: Time,
    /// Where it was: see [`state_name`].
    pub state: &'static str,
}

/// How long a thread was in each state, by the name of the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each key is a state's name with its unit; `Totals` says what the states are")]
pub struct TotalsJson {
    pub running_python_ns: Dur,
    pub running_extension_ns: Dur,
    pub running_native_ns: Dur,
    pub switching_in_ns: Dur,
    pub ready_ns: Dur,
    pub waking_ns: Dur,
    pub wants_gil_ns: Dur,
    pub forced_wait_ns: Dur,
    pub waiting_io_ns: Dur,
    pub waiting_sleep_ns: Dur,
}

/// The figures of the whole run; see [`Metrics`] for what each is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each key is a figure of `Metrics` with its unit")]
pub struct MetricsJson {
    pub until_ns: Time,
    pub context_switches: u64,
    pub cores: Vec<CoreFigures>,
    pub gils: Vec<GilFigures>,
    pub threads: Vec<ThreadFigures>,
}

/// The figures of a core.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each key is a figure of `CoreMetrics` with its unit")]
pub struct CoreFigures {
    pub useful_ns: Dur,
    pub overhead_ns: Dur,
    pub idle_ns: Dur,
}

/// The figures of a GIL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each key is a figure of `GilMetrics` with its unit")]
pub struct GilFigures {
    pub held_ns: Dur,
    pub free_ns: Dur,
    pub hand_offs: u64,
    pub requests: u64,
}

/// The figures of a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each key is a figure of `ThreadMetrics` with its unit")]
pub struct ThreadFigures {
    pub thread: String,
    pub start_ns: Time,
    pub response_ns: Option<Dur>,
    pub turnaround_ns: Option<Dur>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// When.
    pub time_ns: Time,
    /// Who.
    pub thread: String,
    /// What.
    pub kind: Kind,
    /// Why.
    pub reason: Reason,
    /// On which core.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub core: Option<CoreId>,
    /// Which other thread brought it about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// The same in one sentence.
    pub text: String,
}

/// The name of a state of a thread that lives: `running_python`, `wants_gil`, `waiting_io`, …
#[must_use]
pub const fn state_name(place: Place) -> &'static str {
    match place {
        Place::NotStarted => "not_started",
        Place::Ready => "ready",
        Place::SwitchingIn => "switching_in",
        Place::Running(Work::Python) => "running_python",
        Place::Running(Work::Extension) => "running_extension",
        Place::Running(Work::Native) => "running_native",
        Place::Waking => "waking",
        Place::WantsGil => "wants_gil",
        Place::ForcedWait => "forced_wait",
        Place::Waiting(Cause::Io) => "waiting_io",
        Place::Waiting(Cause::Sleep) => "waiting_sleep",
        Place::Finished => "finished",
    }
}

/// The name of an ending.
#[must_use]
pub const fn ending_name(ending: Option<&Ending>) -> &'static str {
    match ending {
        Some(Ending::AllFinished) => "all_finished",
        Some(Ending::Stuck(_)) => "stuck",
        Some(Ending::LimitReached(_)) => "limit_reached",
        None => "cut",
    }
}

impl RunJson {
    /// The run up to `until`, as far as which it must be computed, or to its ending.
    #[must_use]
    pub fn of(run: &Run, until: Time) -> Self {
        let (plan, cut) = (run.plan(), metrics::horizon(run, until));
        let figures = Metrics::of(run, cut);
        Self {
            ending: ending_name(run.ending()),
            makespan_ns: figures.makespan,
            cores: plan.core_ids().map(|c| core(run, c, cut)).collect(),
            gils: plan.gil_ixs().map(|g| gil(run, g, cut)).collect(),
            threads: plan.thread_ixs().map(|t| thread(run, t, cut, &figures)).collect(),
            metrics: metrics_json(run, &figures),
            events: (0..run.records_until(until)).map(|i| event(run, i)).collect(),
        }
    }
}

/// The run up to `until` as JSON in lines for people to read, without a line end at its end.
#[must_use]
pub fn to_string(run: &Run, until: Time) -> String {
    serde_json::to_string_pretty(&RunJson::of(run, until)).expect("every key is a string")
}

fn stretch(run: &Run, segment: &impl Segment, thread: ThreadIx, cut: Time) -> Stretch {
    Stretch { start_ns: segment.start(), end_ns: segment.end().min(cut), thread: thread_name(run.plan(), thread) }
}

fn core(run: &Run, id: CoreId, cut: Time) -> Vec<Stretch> {
    let mut stays: Vec<(ThreadIx, Stretch)> = Vec::new();
    for s in run.lanes().core(id).iter().take_while(|s| s.start < cut) {
        match stays.last_mut().filter(|(t, last)| *t == s.thread && last.end_ns == s.start) {
            Some((_, last)) => last.end_ns = s.end.min(cut),
            None => stays.push((s.thread, stretch(run, s, s.thread, cut))),
        }
    }
    stays.into_iter().map(|(_, stay)| stay).collect()
}

fn gil(run: &Run, ix: GilIx, cut: Time) -> GilJson {
    let (plan, lanes) = (run.plan(), run.lanes());
    let possessions = lanes.gil(ix).iter().take_while(|s| s.start < cut);
    let requests = lanes.requests[ix.ix()].iter().take_while(|r| r.time <= cut);
    GilJson {
        process: plan.process(plan.gil(ix).process).name.clone(),
        possessions: possessions.map(|s| stretch(run, s, s.holder, cut)).collect(),
        requests: requests.map(|r| RequestJson { time_ns: r.time, thread: thread_name(plan, r.by) }).collect(),
    }
}

fn thread(run: &Run, ix: ThreadIx, cut: Time, figures: &Metrics) -> ThreadJson {
    let (plan, figures) = (run.plan(), &figures.threads[ix.ix()]);
    let lives = run.lanes().thread(ix).iter().take_while(|s| s.start < cut && s.place != Place::Finished);
    ThreadJson {
        name: plan.thread(ix).name.clone(),
        process: plan.process(plan.thread(ix).process).name.clone(),
        finished_ns: figures.finished,
        states: lives
            .map(|s| State { start_ns: s.start, end_ns: s.end.min(cut), state: state_name(s.place) })
            .collect(),
        totals: totals_json(&figures.totals),
    }
}

const fn totals_json(t: &Totals) -> TotalsJson {
    TotalsJson {
        running_python_ns: t.python,
        running_extension_ns: t.extension,
        running_native_ns: t.native,
        switching_in_ns: t.switching_in,
        ready_ns: t.ready,
        waking_ns: t.waking,
        wants_gil_ns: t.wants_gil,
        forced_wait_ns: t.forced_wait,
        waiting_io_ns: t.io,
        waiting_sleep_ns: t.sleep,
    }
}

fn metrics_json(run: &Run, figures: &Metrics) -> MetricsJson {
    let cores = figures.cores.iter();
    let gils = figures.gils.iter();
    let threads = run.plan().thread_ixs().zip(&figures.threads);
    MetricsJson {
        until_ns: figures.until,
        context_switches: figures.context_switches,
        cores: cores.map(|c| CoreFigures { useful_ns: c.useful, overhead_ns: c.overhead, idle_ns: c.idle }).collect(),
        gils: gils
            .map(|g| GilFigures { held_ns: g.held, free_ns: g.free, hand_offs: g.hand_offs, requests: g.requests })
            .collect(),
        threads: threads
            .map(|(ix, t)| ThreadFigures {
                thread: thread_name(run.plan(), ix),
                start_ns: t.start,
                response_ns: t.response,
                turnaround_ns: t.turnaround,
            })
            .collect(),
    }
}

fn event(run: &Run, index: usize) -> Event {
    let record = &run.trace()[index];
    Event {
        time_ns: record.time(),
        thread: thread_name(run.plan(), record.thread()),
        kind: record.kind(),
        reason: record.reason(),
        core: record.core(),
        cause: record.cause().map(|t| thread_name(run.plan(), t)),
        text: sentence(run, index),
    }
}
