//! A run as JSON, for scripts: who was where and when, the figures, and every event with its sentence.
//!
//! Times are integer nanoseconds since the start of the run. A `thread` is named by its name, with “of” its process if a
//! thread of another process has the same name.

mod shape;

pub use shape::{
    CoreFigures, Event, GilFigures, GilJson, MetricsJson, RequestJson, RunJson, State, Stretch, ThreadFigures,
    ThreadJson, TotalsJson,
};

use crate::engine::segments::Segment;
use crate::engine::{Cause, Ending, Place, Run, Work};
use crate::explain::{sentence, thread_name};
use crate::ids::{CoreId, GilIx, ThreadIx};
use crate::metrics::{self, Metrics, Totals};
use crate::time::{Dur, Time};

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
        Place::Waiting(Cause::Device) => "waiting_device",
        Place::Waiting(Cause::Sleep) => "waiting_sleep",
        Place::Waiting(Cause::Input) => "waiting_input",
        Place::Waiting(Cause::Lock) => "waiting_lock",
        Place::Waiting(Cause::Semaphore) => "waiting_semaphore",
        Place::Waiting(Cause::Event) => "waiting_event",
        Place::Waiting(Cause::Barrier) => "waiting_barrier",
        Place::Waiting(Cause::Room) => "waiting_room",
        Place::Waiting(Cause::Queue) => "waiting_queue",
        Place::Waiting(Cause::Pipe) => "waiting_pipe",
        Place::Waiting(Cause::Start) => "waiting_start",
        Place::Waiting(Cause::Join) => "waiting_join",
        Place::Finished => "finished",
    }
}

/// The name of an ending.
#[must_use]
pub const fn ending_name(ending: Option<&Ending>) -> &'static str {
    match ending {
        Some(Ending::AllFinished) => "all_finished",
        Some(Ending::AwaitingInput(_)) => "awaiting_input",
        Some(Ending::Deadlock(_)) => "deadlock",
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
            None => stays.push((s.thread, stretch(run, &s, s.thread, cut))),
        }
    }
    stays.into_iter().map(|(_, stay)| stay).collect()
}

fn gil(run: &Run, ix: GilIx, cut: Time) -> GilJson {
    let (plan, lanes) = (run.plan(), run.lanes());
    let possessions = lanes.gil(ix).iter().take_while(|s| s.start < cut);
    let requests = lanes.requests(ix).iter().take_while(|r| r.time <= cut);
    GilJson {
        process: plan.process(plan.gil(ix).process).name.clone(),
        interpreter: plan.has_several_gils(plan.gil(ix).process).then_some(plan.gil(ix).interpreter),
        possessions: possessions.map(|s| stretch(run, &s, s.holder, cut)).collect(),
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
        running_python_ns: Dur::from_ns(t.python.ns() + t.checks.ns()),
        running_extension_ns: t.extension,
        running_native_ns: t.native,
        switching_in_ns: t.switching_in,
        ready_ns: t.ready,
        waking_ns: t.waking,
        wants_gil_ns: t.wants_gil,
        forced_wait_ns: t.forced_wait,
        waiting_io_ns: t.io,
        waiting_devices_ns: t.devices,
        waiting_sleep_ns: t.sleep,
        waiting_input_ns: t.input,
        waiting_locks_ns: t.locks,
        waiting_signals_ns: t.signals,
        waiting_messages_ns: t.messages,
        waiting_threads_ns: t.threads,
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
                gil_checks_ns: Some(t.totals.checks).filter(|d| !d.is_zero()),
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
