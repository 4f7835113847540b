//! Why it happened, in one plain sentence; and what a thread is doing now and what will make it go on.
//!
//! A record is 16 bytes and holds no numbers but its time: lengths of waits, progress of an op and the like are recomputed
//! from the run before the record. One file per group of kinds; each says every (kind, reason) that the engine emits.

mod compute;
mod cores;
mod gil;
mod hand;
mod status;
mod teller;
mod waits;

pub use status::{Status, status};

use super::{Kind, Plan, Reason, Run};
use crate::ids::ThreadIx;
use crate::time::Time;
use teller::Teller;

/// One plain sentence that says what happened in record number `record` of the run's trace, and why.
///
/// # Panics
/// If the trace has no such record.
#[must_use]
pub fn sentence(run: &Run, record: usize) -> String {
    own_sentence(run, record).unwrap_or_else(|| {
        let record = &run.trace()[record];
        let who = thread_name(run.plan(), record.thread());
        format!("{who} {} because {}.", did(record.kind()), why(record.reason()))
    })
}

/// [`sentence`], but `None` for a pair of kind and reason that has only the generic sentence. The engine emits none such.
///
/// # Panics
/// If the trace has no such record.
#[must_use]
pub fn own_sentence(run: &Run, record: usize) -> Option<String> {
    tell(&Teller::new(run, record))
}

/// The number of the record that tells most about the last instant at or before `now`: a hand-over of the GIL rather than
/// the wake-ups around it. Of equals the last. `None` before the first record.
#[must_use]
pub fn most_telling(run: &Run, now: Time) -> Option<usize> {
    let end = run.records_until(now);
    let instant = run.trace()[..end].last()?.time();
    let start = run.trace()[..end].partition_point(|r| r.time() < instant);
    (start..end).max_by_key(|i| weight(run.trace()[*i].kind(), run.trace()[*i].reason()))
}

/// How much a record tells about its instant: what a person did, then the GIL, then the cores, then the rest.
const fn weight(kind: Kind, reason: Reason) -> u8 {
    match (kind, reason) {
        (Kind::Intervene | Kind::SkipIntervention, _) => 9,
        (Kind::TakeGil, Reason::AfterSignal | Reason::Barged) | (Kind::WantsGil, Reason::LostRace) => 8,
        (Kind::RequestGil, _) | (Kind::DropGil, Reason::Requested) | (Kind::WantsGil, Reason::SwitchSeen) => 7,
        (Kind::Ready, Reason::SliceEnded | Reason::Displaced) => 6,
        (Kind::Finished, _) => 5,
        (Kind::WantsGil, Reason::GilHeld) => 4,
        (Kind::WaitIo | Kind::WaitSleep | Kind::RunNative | Kind::RunExtension, _) => 3,
        (Kind::RunPython, _) | (Kind::TakeGil | Kind::DropGil | Kind::SwitchIn, _) => 2,
        (Kind::Ready | Kind::Waking | Kind::Dispatch, _) => 1,
        (Kind::ForcedWait | Kind::WantsGil, _) => 0,
    }
}

/// The name of a thread; with “of” its process if a thread of another process has the same name.
#[must_use]
pub fn thread_name(plan: &Plan, thread: ThreadIx) -> String {
    let this = plan.thread(thread);
    if plan.threads.iter().any(|t| t.name == this.name && t.process != this.process) {
        format!("{} of {}", this.name, plan.process(this.process).name)
    } else {
        this.name.clone()
    }
}

fn tell(teller: &Teller<'_>) -> Option<String> {
    let reason = teller.record.reason();
    match teller.record.kind() {
        Kind::Ready => cores::ready(teller, reason),
        Kind::Dispatch => cores::dispatch(teller, reason),
        Kind::SwitchIn => cores::switch_in(teller, reason),
        Kind::RunPython => compute::python(teller, reason),
        Kind::RunExtension => compute::extension(teller, reason),
        Kind::RunNative => compute::native(teller, reason),
        Kind::Finished => compute::finished(teller, reason),
        Kind::Waking => waits::waking(teller, reason),
        Kind::WaitIo => waits::io(teller, reason),
        Kind::WaitSleep => waits::sleep(teller, reason),
        Kind::WantsGil => gil::wants(teller, reason),
        Kind::ForcedWait => gil::forced_wait(teller, reason),
        Kind::TakeGil => gil::take(teller, reason),
        Kind::RequestGil => gil::request(teller, reason),
        Kind::DropGil => gil::drop(teller, reason),
        Kind::Intervene => hand::intervene(teller, reason),
        Kind::SkipIntervention => hand::skip(teller, reason),
    }
}

/// What the thread of a record did, as words behind its name.
const fn did(kind: Kind) -> &'static str {
    match kind {
        Kind::Ready => "is ready and waits for a core",
        Kind::SwitchIn => "is switched in",
        Kind::RunPython => "runs Python",
        Kind::RunExtension => "runs C code that keeps the GIL",
        Kind::RunNative => "runs native code",
        Kind::Waking => "is waking",
        Kind::WantsGil => "waits for the GIL",
        Kind::ForcedWait => "waits until another thread has taken the GIL",
        Kind::WaitIo => "waits for I/O",
        Kind::WaitSleep => "sleeps",
        Kind::Finished => "has finished",
        Kind::Dispatch => "gets a core",
        Kind::TakeGil => "takes the GIL",
        Kind::RequestGil => "asks for the GIL",
        Kind::DropGil => "drops the GIL",
        Kind::Intervene => "is moved by hand",
        Kind::SkipIntervention => "is not moved",
    }
}

/// Why, as words behind “because”.
const fn why(reason: Reason) -> &'static str {
    match reason {
        Reason::Started => "it starts",
        Reason::IoEnded => "its I/O ended",
        Reason::SleepEnded => "its sleep ended",
        Reason::GilSignalled => "the GIL was released and it was signalled",
        Reason::GilTimeout => "it waited a whole switch interval for the GIL",
        Reason::Freed => "another thread has taken the GIL that it gave up",
        Reason::SliceEnded => "its slice ended while others were ready",
        Reason::ByHand => "it was moved by hand",
        Reason::Displaced => "another thread was put on its core by hand",
        Reason::HeadOfQueue => "it was first in the ready queue",
        Reason::OtherCore => "another core than its last is free",
        Reason::OthersPinned => "those before it in the ready queue may not run on this core",
        Reason::CoreChangesThread => "the core goes directly from one thread to another",
        Reason::NextOp => "that is the next op of its program",
        Reason::Resumes => "it goes on where it was taken off",
        Reason::GilFree => "nobody held the GIL",
        Reason::AfterSignal => "the GIL was released and it was signalled",
        Reason::Barged => "the GIL was free while a signalled waiter was still on its way",
        Reason::GilHeld => "another thread holds the GIL",
        Reason::LostRace => "another thread was faster to take the GIL",
        Reason::AfterRequest => "it has asked for the GIL",
        Reason::SwitchSeen => "the GIL changed hands during its wait",
        Reason::NoSwitchSeen => "it waited a whole switch interval and nobody switched",
        Reason::Requested => "a waiter has asked for the GIL",
        Reason::ForIo => "an I/O begins",
        Reason::ForSleep => "a sleep begins",
        Reason::ForNative => "native code begins",
        Reason::ProgramOver => "its program is over",
        Reason::HandShake => "it gave up the GIL on request",
        Reason::OpBegins => "that is the next op of its program",
        Reason::NotReady => "it is neither ready nor running",
        Reason::NotAllowedThere => "it may not run on that core",
        Reason::AlreadyThere => "it is on that core already",
    }
}
