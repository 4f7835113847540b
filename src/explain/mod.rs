//! Why it happened, in one plain sentence; and what a thread is doing now and what will make it go on.
//!
//! A record is 16 bytes and holds no numbers but its time: lengths of waits, progress of an op and the like are recomputed
//! from the run before the record. One file per group of kinds; each says every (kind, reason) that the engine emits.

mod compute;
mod cores;
mod figures;
mod gil;
mod hand;
mod shared;
mod standing;
mod status;
mod stretch;
mod sync;
mod teller;
mod threads;
mod ticks;
mod waits;
mod words;

pub use figures::whose;
pub use status::{Status, status};
pub use stretch::{Stretch, stretch};
pub use words::in_few_words;

use crate::engine::plan::ObjectKind;
use crate::engine::{Kind, Plan, Reason, Run};
use crate::ids::{ObjectIx, ThreadIx};
use teller::Teller;

/// One plain sentence that says what happened in record number `record` of the run's trace, and why.
///
/// # Panics
/// If the trace has no such record.
#[must_use]
pub fn sentence(run: &Run, record: usize) -> String {
    own_sentence(run, record).unwrap_or_else(|| format!("{:?}.", run.trace()[record]))
}

/// [`sentence`], but `None` for a pair of kind and reason that has none. The engine emits no such pair.
///
/// # Panics
/// If the trace has no such record.
#[must_use]
pub fn own_sentence(run: &Run, record: usize) -> Option<String> {
    tell(&Teller::new(run, record))
}

/// Whether record number `record` is the policy's choice among several threads by what they are, and not by the order of
/// coming.
///
/// # Panics
/// If the trace has no such record.
#[must_use]
pub fn is_choice(run: &Run, record: usize) -> bool {
    let teller = Teller::new(run, record);
    let reasons = [Reason::HeadOfQueue, Reason::OtherCore, Reason::Eligible, Reason::Drawn];
    teller.record.kind() == Kind::Dispatch
        && reasons.contains(&teller.record.reason())
        && standing::chosen(&teller).is_some()
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

/// “lock L”, “queue jobs”, “pipe results”, “device disk”.
pub(crate) fn object_name(plan: &Plan, object: ObjectIx) -> String {
    let (kind, object) = (kind_name(plan, object), plan.object(object));
    // “lock 1” says what it is.
    if object.name.starts_with(kind) { object.name.clone() } else { format!("{kind} {}", object.name) }
}

/// The same for a sentence, where one that is called by its kind alone is “the lock”.
fn the_object(plan: &Plan, object: ObjectIx) -> String {
    let kind = kind_name(plan, object);
    if plan.object(object).name == kind { format!("the {kind}") } else { object_name(plan, object) }
}

fn kind_name(plan: &Plan, object: ObjectIx) -> &'static str {
    match plan.object(object).kind {
        ObjectKind::Lock => "lock",
        ObjectKind::Semaphore => "semaphore",
        ObjectKind::Event => "event",
        ObjectKind::Barrier => "barrier",
        ObjectKind::Device => "device",
        ObjectKind::Queue => "queue",
        ObjectKind::Pipe => "pipe",
    }
}

/// A deadlock as a sentence: who waits for whom.
#[must_use]
pub fn cycle_in_words(plan: &Plan, cycle: &[ThreadIx]) -> String {
    let alone = if cycle.len() == 1 { "it cannot go on by itself" } else { "none of them can go on by itself" };
    format!("{}; {alone}.", who_waits_for_whom(plan, cycle))
}

/// “Deadlock: A waits for B, which waits for A”
fn who_waits_for_whom(plan: &Plan, cycle: &[ThreadIx]) -> String {
    let names: Vec<String> = cycle.iter().map(|t| thread_name(plan, *t)).collect();
    match &names[..] {
        [one] => format!("Deadlock: {one} waits for itself"),
        names => {
            let first = names.first().map_or("", String::as_str);
            let chain = names[1..].join(", which waits for ");
            format!("Deadlock: {first} waits for {chain}, which waits for {first}")
        }
    }
}

fn tell(teller: &Teller<'_>) -> Option<String> {
    let reason = teller.record.reason();
    match teller.record.kind() {
        Kind::Ready => cores::ready(teller, reason),
        Kind::Dispatch => cores::dispatch(teller, reason),
        Kind::Move => cores::moves(teller, reason),
        Kind::SwitchIn => cores::switch_in(teller, reason),
        Kind::RunPython => compute::python(teller, reason),
        Kind::RunExtension => compute::extension(teller, reason),
        Kind::RunNative => compute::native(teller, reason),
        Kind::Finished => compute::finished(teller, reason),
        Kind::Waking => waits::waking(teller, reason),
        Kind::WaitIo => waits::io(teller, reason),
        Kind::WaitDevice => sync::waits_for_device(teller, reason),
        Kind::WaitSleep => waits::sleep(teller, reason),
        Kind::WaitInput => waits::input(teller, reason),
        Kind::WaitLock => shared::waits_for_lock(teller, reason),
        Kind::WaitSemaphore => shared::waits_for_semaphore(teller, reason),
        Kind::WaitEvent => sync::waits_for_event(teller, reason),
        Kind::WaitBarrier => sync::waits_at_barrier(teller, reason),
        Kind::WaitRoom => shared::waits_for_room(teller, reason),
        Kind::WaitQueue => shared::waits_for_item(teller, reason),
        Kind::WaitPipe => shared::waits_for_message(teller, reason),
        Kind::WaitStart => threads::waits_for_start(teller, reason),
        Kind::WaitJoin => threads::waits_for_end(teller, reason),
        Kind::StartThread => threads::starts(teller, reason),
        Kind::SpawnProcess => threads::spawns(teller, reason),
        Kind::Raise => threads::raises(teller, reason),
        Kind::Deadlock => threads::deadlock(teller, reason),
        Kind::Acquire => shared::acquires(teller, reason),
        Kind::Release => shared::releases(teller, reason),
        Kind::Pass => sync::passes(teller, reason),
        Kind::Set => sync::sets(teller, reason),
        Kind::Clear => sync::clears(teller, reason),
        Kind::Put => shared::puts(teller, reason),
        Kind::Get => shared::gets(teller, reason),
        Kind::Send => shared::sends(teller, reason),
        Kind::Receive => shared::receives(teller, reason),
        Kind::WantsGil => gil::wants(teller, reason),
        Kind::ForcedWait => gil::forced_wait(teller, reason),
        Kind::TakeGil => gil::take(teller, reason),
        Kind::RequestGil => gil::request(teller, reason),
        Kind::DropGil => gil::drop(teller, reason),
        Kind::Intervene => hand::intervene(teller, reason),
        Kind::SkipIntervention => hand::skip(teller, reason),
        Kind::ChangeLevel => standing::changes_level(teller, reason),
    }
}
