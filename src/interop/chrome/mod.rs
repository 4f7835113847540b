//! A run as a trace that Perfetto (ui.perfetto.dev) and speedscope (speedscope.app) open: the JSON of Chrome's “Trace Event
//! Format”, with a track for each core, GIL, lock, device and thread.
//!
//! Times are in microseconds with three decimals, written from whole nanoseconds, so that none is lost. A stretch is a pair
//! of events, `B` and `E`, and not one `X` with a length: readers add that length to the start in floating point, and the
//! sum may lie behind the start of the next stretch, from where on speedscope nests what does not belong together. Both
//! events of a pair carry the name, by which speedscope matches them, and even names of tracks carry a time, without which
//! older ones refuse the file. `displayTimeUnit` is left out: some versions of Perfetto take it for the unit of all times.

mod counters;
mod flows;

use std::fmt::Write;

use serde_json::Value;

use self::counters::counters;
use self::flows::flows;
use super::{in_words, named_objects};
use crate::engine::lanes::Lane;
use crate::engine::plan::ObjectKind;
use crate::engine::segments::Segment;
use crate::engine::{Place, Run};
use crate::explain::thread_name;
use crate::ids::{CoreId, GilIx, ObjectIx, ThreadIx};
use crate::metrics;
use crate::time::Time;

/// A track: the numbers of its process and its thread in the trace. No two tracks have the same second number, as some
/// readers go by that alone.
type Track = (u32, u32);

/// What stands in place of a process for all cores.
const CORES: u32 = 1;

/// What stands in place of a process for all GILs.
const GILS: u32 = 2;

/// What stands in place of a process for all locks and devices, and for the counts of semaphores.
const SHARED: u32 = 3;

/// The first of the scenario's own processes.
const PROCESSES: u32 = 10;

fn core_track(core: CoreId) -> Track {
    (CORES, 1_000 + u32::from(core.0))
}

fn gil_track(gil: GilIx) -> Track {
    (GILS, 2_000 + u32::from(gil.0))
}

fn object_track(object: ObjectIx) -> Track {
    (SHARED, 3_000 + u32::from(object.0))
}

fn thread_track(run: &Run, thread: ThreadIx) -> Track {
    (PROCESSES + u32::from(run.plan().thread(thread).process.0), 10_000 + u32::from(thread.0))
}

/// The run up to `until`, as far as which it must be computed, or to its ending.
#[must_use]
pub fn render(run: &Run, until: Time) -> String {
    let mut out = Out::new(metrics::horizon(run, until));
    names(run, &mut out);
    lanes(run, &mut out);
    // Behind the stretches that they lead from and to, so that they find them open.
    flows(run, &mut out);
    counters(run, &mut out);
    out.text.push_str("\n]}\n");
    out.text
}

struct Out {
    text: String,
    /// Where the run is cut.
    cut: Time,
}

impl Out {
    fn new(cut: Time) -> Self {
        Self { text: "{\"traceEvents\":[".to_owned(), cut }
    }

    /// An event; `rest` are further keys, each behind a comma.
    fn event(&mut self, phase: char, (pid, tid): Track, at: Time, name: &str, rest: &str) {
        let comma = if self.text.ends_with('[') { "" } else { "," };
        let (us, ns) = (at.ns() / 1_000, at.ns() % 1_000);
        // Writing to a string does not fail.
        let _ = write!(
            self.text,
            "{comma}\n{{\"ph\":\"{phase}\",\"pid\":{pid},\"tid\":{tid},\"ts\":{us}.{ns:03},\"name\":{}{rest}}}",
            quoted(name)
        );
    }

    /// What a track or a process is called, and where among the others it stands.
    fn named(&mut self, what: &str, track: Track, name: &str, place: usize) {
        let args = format!(",\"args\":{{\"name\":{}}}", quoted(name));
        self.event('M', track, Time::ZERO, &format!("{what}_name"), &args);
        let args = format!(",\"args\":{{\"sort_index\":{place}}}");
        self.event('M', track, Time::ZERO, &format!("{what}_sort_index"), &args);
    }

    /// A lane's stretches.
    fn lane<S: Segment>(&mut self, track: Track, lane: Lane<'_, S>, name: impl Fn(&S) -> Option<String>) {
        let cut = self.cut;
        for stretch in lane.iter().take_while(|s| s.start() < cut) {
            if let Some(name) = name(&stretch) {
                self.event('B', track, stretch.start(), &name, "");
                self.event('E', track, stretch.end().min(cut), &name, "");
            }
        }
    }
}

/// The text as JSON.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn names(run: &Run, out: &mut Out) {
    let plan = run.plan();
    out.named("process", (CORES, 0), "cores", 0);
    for core in plan.core_ids() {
        out.named("thread", core_track(core), &format!("core {}", core.0), core.ix());
    }
    if !plan.gils.is_empty() {
        out.named("process", (GILS, 0), "GILs", 1);
    }
    for gil in plan.gil_ixs() {
        out.named("thread", gil_track(gil), &format!("GIL of {}", plan.gil_owner(gil)), gil.ix());
    }
    let objects = named_objects(plan);
    if !objects.is_empty() {
        out.named("process", (SHARED, 0), "locks and devices", 2);
    }
    for (object, _, name) in objects.iter().filter(|(_, kind, _)| *kind != ObjectKind::Semaphore) {
        out.named("thread", object_track(*object), name, object.ix());
    }
    for process in plan.process_ixs() {
        let (number, process) = (process.ix(), plan.process(process));
        out.named("process", (PROCESSES + number as u32, 0), &process.name, 3 + number);
        for (place, thread) in process.threads.iter().enumerate() {
            out.named("thread", thread_track(run, *thread), &plan.thread(*thread).name, place);
        }
    }
}

fn lanes(run: &Run, out: &mut Out) {
    let (plan, lanes, cut) = (run.plan(), run.lanes(), out.cut);
    let threads: Vec<String> = plan.thread_ixs().map(|t| thread_name(plan, t)).collect();
    let name = |thread: ThreadIx| threads[thread.ix()].as_str();
    for core in plan.core_ids() {
        out.lane(core_track(core), lanes.core(core), |s| {
            let name = name(s.thread);
            Some(if s.place == Place::SwitchingIn { format!("switches to {name}") } else { name.to_owned() })
        });
    }
    for gil in plan.gil_ixs() {
        out.lane(gil_track(gil), lanes.gil(gil), |s| Some(name(s.holder).to_owned()));
        for request in lanes.requests(gil).iter().take_while(|r| r.time <= cut) {
            let name = format!("{} asks for it", name(request.by));
            out.event('i', gil_track(gil), request.time, &name, ",\"s\":\"t\"");
        }
    }
    let shared = run.shared();
    for (object, ..) in named_objects(plan) {
        let held = shared.lanes(run.trace()).held(object);
        out.lane(object_track(object), held, |s| Some(name(s.holder).to_owned()));
    }
    for thread in plan.thread_ixs() {
        out.lane(thread_track(run, thread), lanes.thread(thread), |s| {
            let words = in_words(s.place);
            match (s.place, s.core) {
                (Place::Finished, _) => None,
                (_, Some(core)) => Some(format!("{words}, core {}", core.0)),
                _ => Some(words.to_owned()),
            }
        });
    }
}
