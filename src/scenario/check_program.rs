//! The limits of programs, and what their ops may name.

use super::check::{Limits, Problem, check_length, check_time, place_of, problem};
use super::model::{Process, Scenario, Start, Thread};
use super::program::{Op, Step};
use super::{ResourceKind, Runtime, shared::Resource};
use crate::ids::{ObjectId, ThreadId};
use crate::time::Dur;

/// How many ops a step is, with those inside it.
pub(super) fn count(step: &Step) -> usize {
    match &step.op {
        Op::Repeat { steps, .. } => 1 + steps.iter().map(count).sum::<usize>(),
        _ => 1,
    }
}

/// The least time one pass through the steps takes; only whether it is zero matters, so it saturates.
fn least(steps: &[Step]) -> u64 {
    let of = |step: &Step| match &step.op {
        Op::Repeat { times: Some(0), .. } => 0,
        Op::Repeat { steps, .. } => least(steps),
        op => op.length().map_or(0, Dur::ns),
    };
    steps.iter().map(of).fold(0, u64::saturating_add)
}

/// Limits of loops and lengths.
pub(super) fn check_steps(place: &str, steps: &[Step], product: u64, depth: usize) -> Result<(), Problem> {
    for (i, step) in steps.iter().enumerate() {
        let place = format!("{place}, op {}", i + 1);
        match &step.op {
            Op::Repeat { times, steps } => {
                if depth == Limits::LOOP_DEPTH {
                    return problem(place, format!("more than {} loops inside each other", Limits::LOOP_DEPTH));
                }
                let product = product * u64::from(times.unwrap_or(1));
                if product > Limits::LOOP_PRODUCT {
                    return problem(place, format!("repeats {product} times in all; at most {}", Limits::LOOP_PRODUCT));
                }
                if least(steps) == 0 && *times != Some(0) {
                    let kind = if times.is_none() { "an endless loop" } else { "a loop" };
                    return problem(place, format!("{kind} of zero length; put an op that takes time inside"));
                }
                check_steps(&place, steps, product, depth + 1)?;
            }
            Op::Input { prompt, at } => {
                if prompt.chars().count() > Limits::PROMPT {
                    return problem(place, format!("its prompt is longer than {} characters", Limits::PROMPT));
                }
                check_time(&place, at.unwrap_or_default())?;
            }
            op => check_length(&place, op.length().unwrap_or_default())?,
        }
    }
    Ok(())
}

impl Scenario {
    /// That the ops of a thread name what there is, and what they can be done to.
    pub(super) fn check_references(&self, place: &str, process: &Process, thread: &Thread) -> Result<(), Problem> {
        self.check_steps_refer(place, process, thread.id, &thread.program)
    }

    fn check_steps_refer(
        &self,
        place: &str,
        process: &Process,
        thread: ThreadId,
        steps: &[Step],
    ) -> Result<(), Problem> {
        for (i, step) in steps.iter().enumerate() {
            let place = format!("{place}, op {}", i + 1);
            let wrong = match &step.op {
                Op::Repeat { steps, .. } => {
                    self.check_steps_refer(&place, process, thread, steps)?;
                    continue;
                }
                Op::Acquire(id) | Op::Release(id) => no_resource(process, *id, &["lock", "semaphore"]),
                Op::Wait(id) => no_resource(process, *id, &["event", "barrier"]),
                Op::Set(id) | Op::Clear(id) => no_resource(process, *id, &["event"]),
                Op::Put(id) | Op::Get(id) => no_resource(process, *id, &["queue"]),
                Op::IoAt { device, .. } if self.device(*device).is_none() => {
                    Some(format!("there is no device with id {}", device.0))
                }
                Op::Send { pipe, .. } | Op::Receive(pipe) if self.pipe(*pipe).is_none() => {
                    Some(format!("there is no pipe with id {}", pipe.0))
                }
                Op::Start(id) | Op::Join(id) => no_thread(process, thread, *id, &step.op),
                Op::Spawn(id) => match self.process(*id) {
                    None => Some(format!("there is no process with id {}", id.0)),
                    Some(p) if p.id == process.id => Some("a process cannot spawn itself".to_owned()),
                    Some(p) if p.start != Start::Spawned => {
                        Some(format!("“{}” is launched without being spawned, and only once", p.name))
                    }
                    Some(_) => None,
                },
                _ => None,
            };
            if let Some(what) = wrong {
                return problem(place, what);
            }
        }
        Ok(())
    }
}

/// Why an op cannot name a resource of its process, which is of one of these kinds.
fn no_resource(process: &Process, id: ObjectId, kinds: &[&str]) -> Option<String> {
    let found = |r: &&Resource| r.id == id;
    match process.resources.iter().find(found) {
        Some(r) if kinds.contains(&r.kind.name()) => None,
        Some(r) => Some(format!("“{}” is no {}", r.name, kinds.join(" or "))),
        None => Some(format!("process “{}” has no {} with id {}", process.name, kinds.join(" or "), id.0)),
    }
}

/// Why an op cannot start or join a thread.
fn no_thread(process: &Process, own: ThreadId, id: ThreadId, op: &Op) -> Option<String> {
    let starts = matches!(op, Op::Start(_));
    match process.threads.iter().find(|t| t.id == id) {
        None => Some(format!("process “{}” has no thread with id {}", process.name, id.0)),
        Some(_) if id == own && starts => Some("a thread cannot start itself".to_owned()),
        Some(_) if id == own => Some("a thread cannot join itself".to_owned()),
        Some(t) if starts && t.start != Start::Spawned => {
            Some(format!("“{}” starts without it, and a thread can be started only once", t.name))
        }
        Some(_) => None,
    }
}

/// Interpreters share no Python objects but the queues that are made for it (PEP 684, PEP 734): what else a process has is
/// used by threads of one interpreter only.
pub(super) fn check_shared_by_interpreters(process: &Process) -> Result<(), Problem> {
    let Runtime::Subinterpreters { .. } = process.runtime else { return Ok(()) };
    for resource in process.resources.iter().filter(|r| !matches!(r.kind, ResourceKind::Queue(_))) {
        let mut users = process.threads.iter().filter(|t| uses(&t.program, resource.id));
        let Some(first) = users.next() else { continue };
        if let Some(other) = users.find(|t| t.interpreter != first.interpreter) {
            let place = format!("{}, {} “{}”", place_of(process), resource.kind.name(), resource.name);
            let what = format!(
                "used by “{}” of interpreter {} and “{}” of interpreter {}, which share only queues",
                first.name, first.interpreter, other.name, other.interpreter,
            );
            return problem(place, what);
        }
    }
    Ok(())
}

fn uses(steps: &[Step], object: ObjectId) -> bool {
    steps.iter().any(|step| match &step.op {
        Op::Repeat { steps, .. } => uses(steps, object),
        op => op.object() == Some(object),
    })
}
