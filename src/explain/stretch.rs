//! A stretch of a lane: what it is, how long it lasts, why it began and ended, and who brought that about.

use super::words::in_few_words;
use super::{the_object, thread_name};
use crate::engine::code::About;
use crate::engine::{Kind, Run};
use crate::ids::{ObjectIx, ThreadIx};
use crate::time::Time;

/// How many events are told of an instant: the last of them lead to what a thread does next.
const TOLD: usize = 3;

/// A stretch of the lane of a thread, or of a GIL's or a lock's: one possession.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Whose.
    pub thread: ThreadIx,
    /// What it is, with who: “worker wants the GIL”.
    pub what: String,
    /// First instant.
    pub from: Time,
    /// First instant after it; `None` while it lasts, as far as the run is computed.
    pub to: Option<Time>,
    /// Numbers of the records that tell why it began: what the thread did at that instant, the last [`TOLD`] of it.
    pub began: Vec<usize>,
    /// Those that tell why it ended; empty while it lasts.
    pub ended: Vec<usize>,
    /// Which other threads brought the one or the other about, each once.
    pub caused_by: Vec<ThreadIx>,
}

/// The stretch that record number `record` began; `None` if that began none: it is a mark.
///
/// # Panics
/// If the trace has no such record.
#[must_use]
pub fn stretch(run: &Run, record: usize) -> Option<Stretch> {
    let trace = run.trace();
    let of = trace[record];
    let (thread, from) = (of.thread(), of.time());
    let to = match of.kind() {
        Kind::TakeGil => {
            let gil = of.gil()?;
            let lane = run.lanes().gil(gil);
            lane.get(lane.partition_point(|s| s.start < from)).map(|s| s.end)?
        }
        Kind::Acquire => {
            let shared = run.shared();
            let lane = shared.lanes(trace).held(ObjectIx(of.object()?));
            lane.get(lane.partition_point(|s| s.start < from)).filter(|s| s.record as usize == record)?.end
        }
        kind if kind.is_place() => {
            let lane = run.lanes().thread(thread);
            lane.get(lane.partition_point(|s| s.start < from)).map(|s| s.end)?
        }
        _ => return None,
    };
    let to = Some(to).filter(|to| *to != Time::NEVER);
    // A possession begins and ends with what happens to the GIL; all that follows at that instant is not about it.
    // And a wait for the GIL that goes on ends nothing. A lock may be released by another thread.
    let tells = |number: &usize| match (of.kind(), trace[*number].kind()) {
        (Kind::TakeGil, kind) => matches!(kind, Kind::TakeGil | Kind::DropGil),
        (Kind::Acquire, kind) => {
            matches!(kind, Kind::Acquire | Kind::Release) && trace[*number].object() == of.object()
        }
        (Kind::WantsGil, kind) => *number <= record || kind != Kind::WantsGil,
        _ => true,
    };
    let own = |time: Time| {
        let first = trace.partition_point(|r| r.time() < time);
        let at_once = (first..trace.len()).take_while(move |i| trace[*i].time() == time);
        at_once.filter(move |i| trace[*i].thread() == thread || of.kind() == Kind::Acquire)
    };
    let began = last(own(from).filter(|i| *i <= record).filter(tells).collect());
    let ended = last(to.into_iter().flat_map(own).filter(|i| *i > record).filter(tells).collect());
    let mut caused_by = Vec::new();
    for by in began.iter().chain(&ended).filter_map(|i| trace[*i].cause()) {
        if by != thread && !caused_by.contains(&by) {
            caused_by.push(by);
        }
    }
    Some(Stretch { thread, what: what(run, record), from, to, began, ended, caused_by })
}

fn last(mut records: Vec<usize>) -> Vec<usize> {
    records.drain(..records.len().saturating_sub(TOLD));
    records
}

/// “worker wants the GIL”, “main waits for lock L”, “main runs Python on core 1”.
fn what(run: &Run, record: usize) -> String {
    let (plan, of) = (run.plan(), run.trace()[record]);
    let who = thread_name(plan, of.thread());
    // A wait names its op.
    let about = of.object().and_then(|op| plan.thread(of.thread()).ops.get(usize::from(op))).map(|op| &op.about);
    let object = || if let Some(About::Object(o)) = about { Some(the_object(plan, *o)) } else { None };
    let does = match of.kind() {
        Kind::TakeGil => "holds the GIL".to_owned(),
        Kind::Acquire => of.object().map_or_else(String::new, |o| format!("holds {}", the_object(plan, ObjectIx(o)))),
        Kind::WaitLock | Kind::WaitSemaphore | Kind::WaitEvent | Kind::WaitBarrier | Kind::WaitDevice => {
            object().map_or_else(|| in_few_words(&of).to_owned(), |o| format!("waits for {o}"))
        }
        Kind::Ready => "waits for a core".to_owned(),
        _ => in_few_words(&of).to_owned(),
    };
    let on = of.core().filter(|_| matches!(of.kind(), Kind::RunPython | Kind::RunExtension | Kind::RunNative));
    on.map_or_else(|| format!("{who} {does}"), |core| format!("{who} {does} on core {}", core.0))
}
