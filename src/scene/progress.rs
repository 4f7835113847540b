//! What a thread's op is and how far it is, in words.

use crate::engine::code::{About, PlanOp};
use crate::engine::{Cause, Machine, Place, Plan};
use crate::explain::object_name;
use crate::ids::ThreadIx;
use crate::time::{Dur, Time};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_in_the_unit_of_the_whole() {
        let of = |a, b| amount(Dur::from_ns(a), Dur::from_us(b));
        assert_eq!(
            [of(7_300_000, 20_000), of(500_000, 1_000), of(20_000_000, 20_000), of(1, 1_000)],
            ["7.3", "0.50", "20", "0"]
        );
    }
}
