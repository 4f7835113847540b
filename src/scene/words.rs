//! The words of the picture, each state's in one place.

use super::facts::{KeyEntry, KeyState, Res, Wait};
use super::kit;
pub(super) use super::progress::{at, progress};
use crate::engine::code::About;
use crate::engine::plan::ObjectKind;
use crate::engine::{Cause, Machine, Place, Plan, Work};
use crate::ids::ThreadIx;
use crate::order::sorted;
use crate::scenario::Policy;
use crate::time::Time;

/// Where a thread is, as its home chip says it, and in ever fewer words.
pub(super) fn place(plan: &Plan, machine: &Machine, thread: ThreadIx) -> [String; 3] {
    let state = machine.thread(thread);
    match (state.place, state.core) {
        (Place::NotStarted, _) if plan.thread(thread).start < Time::NEVER => {
            let start = plan.thread(thread).start;
            [format!("starts at {start:.2}"), format!("at {start:.2}"), format!("{start:.0}")]
        }
        (Place::Running(_) | Place::SwitchingIn, Some(core)) => {
            [format!("on core {}", core.0), format!("core {}", core.0), core.0.to_string()]
        }
        (Place::WantsGil, _) => [short(state.place), "wants GIL", "wants GIL"].map(str::to_owned),
        (Place::Waiting(Cause::Io), _) => [short(state.place), "I/O", "I/O"].map(str::to_owned),
        (Place::Waiting(Cause::Input), _) => [short(state.place), "input", "input"].map(str::to_owned),
        (Place::Waiting(cause), _) => match object_of(plan, machine, thread) {
            Some(name) => {
                let what = match cause {
                    Cause::Barrier => "waits at",
                    Cause::Room => "waits for room in",
                    Cause::Queue => "waits for an item from",
                    Cause::Pipe => "waits for a message from",
                    _ => "waits for",
                };
                [format!("{what} {name}"), format!("waits: {name}"), "waits".to_owned()]
            }
            None if cause == Cause::Sleep => ["sleeps"; 3].map(str::to_owned),
            None => [short(state.place), "waits", "waits"].map(str::to_owned),
        },
        (place, _) => [short(place); 3].map(str::to_owned),
    }
}

/// The name of the lock, queue or the like that a thread's op is about.
fn object_of<'a>(plan: &'a Plan, machine: &Machine, thread: ThreadIx) -> Option<&'a str> {
    let op = plan.thread(thread).ops.get(usize::from(machine.thread(thread).op?))?;
    if let About::Object(object) = op.about { Some(&plan.object(object).name) } else { None }
}

/// What the policy goes by that a thread has of its own, before other words: “prio 3 · 4.8 ms”; those alone where it goes by
/// nothing of the kind.
pub(super) fn standing(plan: &Plan, machine: &Machine, thread: ThreadIx, and: &str) -> String {
    let share = |thread: ThreadIx| plan.thread(thread).share;
    let own = match &plan.policy {
        Policy::Priority(_) => machine.priority(plan, thread).map(|priority| format!("prio {priority}")),
        Policy::Mlfq(_) => machine.level(plan, thread).map(|level| format!("level {}", level + 1)),
        Policy::Lottery(_) | Policy::Stride(_) => Some(count(share(thread).tickets as usize, "ticket")),
        Policy::Cfs(_) | Policy::Eevdf(_) => {
            plan.thread_ixs().any(|t| share(t).nice != 0).then(|| format!("nice {}", share(thread).nice))
        }
        _ => None,
    };
    match own {
        Some(own) if and.is_empty() => own,
        Some(own) => format!("{own} · {and}"),
        None => and.to_owned(),
    }
}

/// How many threads are counted, and how many of them are where: “+22 more: 20 want GIL, 2 I/O”.
pub(super) fn tally(machine: &Machine, threads: &[ThreadIx]) -> [String; 4] {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for thread in threads {
        let state = match machine.thread(*thread).place {
            Place::WantsGil => "want GIL",
            Place::Running(_) => "run",
            Place::Waiting(cause) => brief(cause),
            place => short(place),
        };
        match counts.iter_mut().find(|(s, _)| *s == state) {
            Some((_, n)) => *n += 1,
            None => counts.push((state, 1)),
        }
    }
    let part = |(state, n): &(&str, usize)| format!("{n} {state}");
    let parts: Vec<String> = sorted(&counts, |(_, n)| usize::MAX - n).into_iter().map(part).collect();
    let (n, all) = (threads.len(), parts.join(", "));
    let most = parts.first().map_or("", String::as_str);
    [format!("+{n} more: {all}"), format!("+{n}: {all}"), format!("+{n}: {most}, …"), format!("+{n} more")]
}

/// What a thread waits for, in a word.
const fn brief(cause: Cause) -> &'static str {
    match cause {
        Cause::Io => "I/O",
        Cause::Sleep => "sleep",
        Cause::Input => "input",
        Cause::Lock => "lock",
        Cause::Device => "device",
        Cause::Semaphore => "semaphore",
        Cause::Event => "event",
        Cause::Barrier => "barrier",
        Cause::Room => "room",
        Cause::Queue => "queue",
        Cause::Pipe => "pipe",
        Cause::Start | Cause::Join => "wait",
    }
}

/// A place in one or two words.
pub(super) const fn short(place: Place) -> &'static str {
    match place {
        Place::NotStarted => "not started",
        Place::Ready => "ready",
        Place::SwitchingIn => "switching in",
        Place::Running(_) => "runs",
        Place::Waking => "waking",
        Place::WantsGil => "wants the GIL",
        Place::ForcedWait => "forced wait",
        Place::Waiting(Cause::Input) => "awaits input",
        Place::Waiting(Cause::Start | Cause::Join) => "waits for a thread",
        Place::Waiting(cause) => cause.in_words(),
        Place::Finished => "finished",
    }
}

/// The title of a waiting place, from long to short.
pub(super) fn well(plan: &Plan, wait: Wait) -> [&'static str; 3] {
    let devices = plan.objects.iter().any(|o| o.kind == ObjectKind::Device);
    match wait {
        Wait::Io if devices => ["waits for I/O or a device", "I/O or a device", "I/O"],
        Wait::Gil => ["wants the GIL →", "wants GIL →", "GIL →"],
        Wait::Io => ["waits for I/O", "I/O", "I/O"],
        Wait::Sleep => ["sleeps"; 3],
        Wait::Input => ["awaits input", "input", "input"],
        Wait::Lock => ["waits for a lock", "for a lock", "lock"],
        Wait::Semaphore => ["waits for a semaphore", "for a semaphore", "semaphore"],
        Wait::Event => ["waits for an event", "for an event", "event"],
        Wait::Barrier => ["waits at a barrier", "at a barrier", "barrier"],
        Wait::Room => ["waits for room in a queue", "for room", "room"],
        Wait::Queue => ["waits for an item", "for an item", "item"],
        Wait::Pipe => ["waits for a message", "for a message", "message"],
        Wait::Thread => ["waits for a thread", "for a thread", "thread"],
        Wait::Others => ["waits for others", "for others", "waits"],
    }
}

/// An entry of the key.
pub(super) const fn key(entry: KeyEntry) -> &'static str {
    match entry {
        KeyEntry::State(state) => state_of_key(state),
        KeyEntry::InVain => "woken, but the GIL was gone",
        KeyEntry::Future => "paler: what will happen",
    }
}

/// A state of the key.
pub(super) const fn state_of_key(state: KeyState) -> &'static str {
    match state {
        KeyState::Runs => "runs",
        KeyState::RunsPython => "runs Python",
        KeyState::Extension => "runs C code, keeps the GIL",
        KeyState::Native => "runs, GIL released",
        KeyState::WantsGil => "wants the GIL",
        KeyState::ForcedWait => "forced wait",
        KeyState::Ready => "ready",
        KeyState::Waking => "waking",
        KeyState::Io => "waits for I/O",
        KeyState::Sleep => "sleeps",
        KeyState::Input => "awaits input",
        KeyState::Another => "waits for others",
        KeyState::Switch => "context switch",
    }
}

/// What a thread does on its core, in a few words and in fewer.
pub(super) fn running(plan: &Plan, thread: ThreadIx, work: Work) -> [&'static str; 2] {
    match (work, plan.thread(thread).gil.is_some()) {
        (Work::Python, true) => ["runs Python, holds the GIL", "holds the GIL"],
        (Work::Extension, true) => ["runs C code, keeps the GIL", "keeps the GIL"],
        (Work::Native, true) => ["runs, GIL released", "GIL released"],
        (Work::Python, false) => ["runs Python"; 2],
        (Work::Extension | Work::Native, false) => ["runs"; 2],
    }
}

/// The policy and its parameter, long and short.
pub(super) fn policy(plan: &Plan) -> [String; 2] {
    let name = plan.policy.names().1;
    match crate::engine::policy::rules(&plan.policy).quantum() {
        Some(quantum) => [format!("{name} · quantum {quantum}"), format!("quantum {quantum}")],
        None => [name.to_owned(), name.to_owned()],
    }
}

/// A resource that only stands there, in words.
pub(super) fn resource(plan: &Plan, res: &Res) -> String {
    match res {
        Res::Interpreter => "interpreter".to_owned(),
        Res::Memory(bytes) => format!("memory {}", bytes_in_words(*bytes)),
        Res::File(name) => format!("file {name}"),
        Res::Files(n) => count(*n, "file"),
        Res::Shared(object) => plan.object(*object).name.clone(),
    }
}

/// What a resource needs, with what changes about it.
pub(super) fn resource_width(plan: &Plan, res: &Res) -> f64 {
    let name = resource(plan, res);
    let bold = kit::SMALL.bold().width(&name);
    match res {
        Res::Shared(object) if plan.object(*object).kind == ObjectKind::Lock => {
            let threads = plan.object(*object).process.map(|p| plan.process(p).threads.as_slice()).unwrap_or_default();
            let names = threads.iter().map(|t| kit::SMALL.width(&plan.thread(*t).name));
            bold + 54.0 + names.fold(kit::SMALL.width("free"), f64::max).min(90.0)
        }
        Res::Shared(object) => {
            let words = match plan.object(*object).kind {
                ObjectKind::Barrier => "10 of 10 there",
                _ => "100 items",
            };
            bold + 32.0 + kit::SMALL.width(words)
        }
        _ => kit::SMALL.width(&name) + 16.0,
    }
}

/// “31 MB”, to three figures.
fn bytes_in_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        1_000_000..1_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10),
    }
}

/// “1 core”, “4 cores”.
pub(super) fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}
