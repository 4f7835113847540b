//! The words of the picture, each state's in one place.

use super::facts::{KeyState, Res, Wait};
use super::kit;
use crate::engine::code::{About, PlanOp};
use crate::engine::plan::ObjectKind;
use crate::engine::{Cause, Machine, Place, Plan, Work};
use crate::explain::object_name;
use crate::ids::ThreadIx;
use crate::order::sorted;
use crate::time::{Dur, Time};

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

/// An entry of the key; `None` is the note about the future.
pub(super) const fn key(entry: Option<KeyState>) -> &'static str {
    match entry {
        Some(KeyState::Runs) => "runs",
        Some(KeyState::RunsPython) => "runs Python",
        Some(KeyState::Extension) => "runs C code, keeps the GIL",
        Some(KeyState::Native) => "runs, GIL released",
        Some(KeyState::WantsGil) => "wants the GIL",
        Some(KeyState::ForcedWait) => "forced wait",
        Some(KeyState::Ready) => "ready",
        Some(KeyState::Waking) => "waking",
        Some(KeyState::Io) => "waits for I/O",
        Some(KeyState::Sleep) => "sleeps",
        Some(KeyState::Input) => "awaits input",
        Some(KeyState::Another) => "waits for others",
        Some(KeyState::Switch) => "context switch",
        None => "paler: what will happen",
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

/// What the thread's op is and how far it is, from long to short, and the part done, 0 to 1.
pub(super) fn progress(plan: &Plan, machine: &Machine, thread: ThreadIx, now: Time) -> ([String; 3], Option<f64>) {
    let state = machine.thread(thread);
    let ops = &plan.thread(thread).ops;
    // Before its first op a thread stands at the beginning of it.
    let next = || ops.iter().find(|op| !matches!(op.name, "repeat" | "forever"));
    let op = match state.op {
        Some(op) => ops.get(usize::from(op)),
        None if state.place == Place::Finished => None,
        None => next(),
    };
    let Some(op) = op else {
        return (["finished"; 3].map(str::to_owned), None);
    };
    if let Some(texts) = waits_for(plan, machine, thread, op) {
        return (texts, None);
    }
    let done = match state.place {
        Place::Waiting(_) => Some((now.since(state.since).min(op.length), op.length)),
        _ if state.op.is_none() => Some((Dur::ZERO, op.length)),
        _ => machine.progress(plan, thread, now),
    };
    if let (Place::Ready, Some(at)) = (state.place, at(plan, machine, thread, now)) {
        let part = done.map_or(1.0, |(done, length)| done.ns() as f64 / length.ns().max(1) as f64);
        return ([format!("saved at {at}"), at, op.name.to_owned()], Some(part));
    }
    if op.length.is_zero() {
        return (about(plan, op), None);
    }
    let Some((done, length)) = done else {
        let text = format!("{} {} done", op.name, op.length);
        return ([text, format!("{} done", op.name), op.name.to_owned()], Some(1.0));
    };
    let part = if length.is_zero() { 1.0 } else { done.ns() as f64 / length.ns() as f64 };
    let (done, length) = (amount(done, length), length.to_string());
    (
        [format!("{} {done} of {length}", op.name), format!("{} {done}/{length}", op.name), format!("{done}/{length}")],
        Some(part),
    )
}

/// An op that takes no time, from long to short: “acquire till”.
fn about(plan: &Plan, op: &PlanOp) -> [String; 3] {
    let of = match &op.about {
        About::Object(object) => plan.object(*object).name.as_str(),
        About::Thread(thread) => plan.thread(*thread).name.as_str(),
        About::Process(process) => plan.process(*process).name.as_str(),
        About::Nothing | About::Prompt(_) => return [op.name; 3].map(str::to_owned),
    };
    let long = format!("{} {of}", op.name);
    [long.clone(), long, op.name.to_owned()]
}

/// What exactly a thread waits for that has no end of its own, from long to short.
fn waits_for(plan: &Plan, machine: &Machine, thread: ThreadIx, op: &PlanOp) -> Option<[String; 3]> {
    let Place::Waiting(cause) = machine.thread(thread).place else { return None };
    let name = |t: ThreadIx| plan.thread(t).name.as_str();
    Some(match (&op.about, cause) {
        (About::Prompt(prompt), _) if prompt.is_empty() => ["somebody types", "input", "input"].map(str::to_owned),
        (About::Prompt(prompt), _) => [prompt.clone(), prompt.clone(), prompt.clone()],
        (About::Object(object), Cause::Lock) => {
            let lock = &plan.object(*object).name;
            let held = machine.object(*object).holder.map(|by| format!("{lock}, held by {}", name(by)));
            let brief = format!("waits: {lock}");
            [held.unwrap_or_else(|| brief.clone()), brief, lock.clone()]
        }
        (About::Object(object), Cause::Device) => {
            let device = &plan.object(*object).name;
            let served = machine.object(*object).holder.map(|by| format!("{device} serves {}", name(by)));
            let brief = format!("waits: {device}");
            [served.unwrap_or_else(|| brief.clone()), brief, device.clone()]
        }
        // Its length can be seen instead.
        (About::Object(_), Cause::Io) => return None,
        (About::Object(object), _) => {
            let name = &plan.object(*object).name;
            [object_name(plan, *object), format!("waits: {name}"), name.clone()]
        }
        (About::Thread(other), Cause::Join) => {
            let other = name(*other);
            [format!("until {other} finishes"), format!("end of {other}"), other.to_owned()]
        }
        (About::Thread(other), _) => {
            let other = name(*other);
            [format!("until {other} runs"), format!("start of {other}"), other.to_owned()]
        }
        _ => return None,
    })
}

/// How far a thread is in the op that it computes: “7.1 of 20 ms”; `None` if it is at none.
pub(super) fn at(plan: &Plan, machine: &Machine, thread: ThreadIx, now: Time) -> Option<String> {
    machine.thread(thread).op?;
    let (done, length) = machine.progress(plan, thread, now)?;
    Some(format!("{} of {length}", amount(done, length)))
}

/// A length in the unit in which `of` is written, without it, to three figures or so.
fn amount(length: Dur, of: Dur) -> String {
    let (length, whole) = (length.ns(), of.ns());
    let unit = match whole {
        1_000_000_000.. => 1_000_000_000,
        1_000_000.. => 1_000_000,
        1_000.. => 1_000,
        _ => 1,
    };
    let (places, parts) = if unit == 1 || length == whole || length == 0 {
        return ((length + unit / 2) / unit).to_string();
    } else if whole >= 2 * unit {
        (1, 10)
    } else {
        (2, 100)
    };
    let rounded = (length * parts + unit / 2) / unit;
    if rounded == 0 {
        return "0".to_owned();
    }
    format!("{}.{:0places$}", rounded / parts, rounded % parts)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_in_the_unit_of_the_whole() {
        let of = |a, b| amount(Dur::from_us(a), Dur::from_us(b));
        assert_eq!([of(7_300, 20_000), of(500, 1_000), of(20_000, 20_000)], ["7.3", "0.50", "20"]);
    }
}
