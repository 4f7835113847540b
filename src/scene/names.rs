//! The names of things for assistive technology: “worker 1, wants the GIL, second of two”.

use super::words::{count, place, running};
use crate::engine::plan::ObjectKind;
use crate::engine::{Machine, Place, Plan};
use crate::explain::object_name;
use crate::ids::{CoreId, GilIx, ObjectIx, ThreadIx};

/// Position in a queue, counted from 0, for assistive technology: “first of two”.
pub(super) fn rank(i: usize, n: usize) -> String {
    if n == 1 {
        return "alone".to_owned();
    }
    const ORDINALS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    const CARDINALS: [&str; 11] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let ordinal = ORDINALS.get(i).map_or_else(|| format!("number {}", i + 1), |s| (*s).to_owned());
    let cardinal = CARDINALS.get(n).map_or_else(|| n.to_string(), |s| (*s).to_owned());
    format!("{ordinal} of {cardinal}")
}

/// A thread's accessible name: “T2, thread of web app, wants the GIL, first of two”.
pub(super) fn thread_name(plan: &Plan, machine: &Machine, thread: ThreadIx) -> String {
    let t = plan.thread(thread);
    let state = machine.thread(thread);
    let queue: Vec<ThreadIx> = match (state.place, t.gil) {
        (Place::Ready, _) => {
            let queue = machine.queues().iter().find(|q| q.threads.contains(&thread));
            queue.map_or_else(Vec::new, |q| q.threads.iter().copied().collect())
        }
        (Place::WantsGil, Some(gil)) => machine.gil(gil).waiters.iter().copied().collect(),
        _ => Vec::new(),
    };
    let rank = queue.iter().position(|q| *q == thread).map(|i| format!(", {}", rank(i, queue.len())));
    let mut name = format!("{}, thread of {}, ", t.name, plan.process(t.process).name);
    match (machine.work(thread), state.core) {
        (Some(work), Some(core)) => name += &format!("{} on core {}", running(plan, thread, work)[0], core.0),
        _ => name += &place(plan, machine, thread)[0],
    }
    name += rank.as_deref().unwrap_or_default();
    if machine.work(thread).is_none() && machine.holds_gil(plan, thread) {
        name += ", holds the GIL";
    }
    name
}

/// A core's accessible name: “core 1, idle”.
pub(super) fn core_name(plan: &Plan, machine: &Machine, core: CoreId) -> String {
    match machine.core(core).thread {
        Some(thread) => format!("core {}, has {}", core.0, plan.thread(thread).name),
        None => format!("core {}, idle", core.0),
    }
}

/// A GIL's accessible name: “GIL of web app, held by T1”.
pub(super) fn gil_name(plan: &Plan, machine: &Machine, gil: GilIx) -> String {
    let process = plan.gil_owner(gil);
    match machine.gil(gil).holder {
        Some(holder) => format!("GIL of {process}, held by {}", plan.thread(holder).name),
        None => format!("GIL of {process}, free"),
    }
}

/// The accessible name of what threads share: “lock till, held by T1”, “queue jobs, 2 items, 1 waits”.
pub(super) fn object(plan: &Plan, machine: &Machine, object: ObjectIx) -> String {
    let waiting = match machine.object(object).waiters.len() {
        0 => String::new(),
        n => format!(", {n} waiting"),
    };
    format!("{}, {}{waiting}", object_name(plan, object), object_state(plan, machine, object))
}

/// How what threads share stands: “held by T1”, “2 items”, “not set”.
#[must_use]
pub fn object_state(plan: &Plan, machine: &Machine, object: ObjectIx) -> String {
    let (of, state) = (plan.object(object), machine.object(object));
    let items = state.items as usize;
    match (of.kind, state.holder) {
        (ObjectKind::Lock, Some(by)) => format!("held by {}", plan.thread(by).name),
        (ObjectKind::Device, Some(by)) => format!("serves {}", plan.thread(by).name),
        (ObjectKind::Lock | ObjectKind::Device, None) => "free".to_owned(),
        (ObjectKind::Semaphore, _) => format!("{items} left"),
        (ObjectKind::Event, _) => if items > 0 { "set" } else { "not set" }.to_owned(),
        (ObjectKind::Barrier, _) => format!("for {}", of.size),
        (ObjectKind::Queue, _) => count(items, "item"),
        (ObjectKind::Pipe, _) => count(items, "message"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_said_as_people_say_them() {
        assert_eq!([rank(0, 2), rank(0, 1), rank(11, 30)], ["first of two", "alone", "number 12 of 30"]);
    }
}
