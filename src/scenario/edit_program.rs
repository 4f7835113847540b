//! Edits of a thread's program. Ops are counted in the order in which they are written, a loop before those inside it, from
//! 0: as in `engine::plan::PlanThread::ops`.

use crate::ids::ThreadId;
use crate::time::Dur;

use super::edit::{EditResult, Edited, thread_in};
use super::{Op, Problem, Scenario, Step};

/// Gives an op another length.
///
/// # Errors
/// If there is no such thread or op, or the op has no length.
pub fn set_length(scenario: &Scenario, thread: ThreadId, op: usize, length: Dur) -> EditResult {
    at(scenario, thread, op, |steps, i, who| {
        let name = steps[i].op.name();
        steps[i].op = Op::timed(name, length)?;
        Some(format!("Set {name} of {who} to {length}"))
    })
}

/// Makes an op one of another kind with the same length.
///
/// # Errors
/// If there is no such thread or op, the op has no length, or no timed op has that name.
pub fn set_kind(scenario: &Scenario, thread: ThreadId, op: usize, kind: &str) -> EditResult {
    at(scenario, thread, op, |steps, i, who| {
        let (before, length) = (steps[i].op.name(), steps[i].op.length()?);
        steps[i].op = Op::timed(kind, length)?;
        Some(format!("Change {before} of {who} to {kind}"))
    })
}

/// Sets how often a loop is done; `None` is for ever.
///
/// # Errors
/// If there is no such thread or op, or the op is no loop.
pub fn set_times(scenario: &Scenario, thread: ThreadId, op: usize, times: Option<u32>) -> EditResult {
    at(scenario, thread, op, |steps, i, who| {
        let Op::Repeat { times: t, .. } = &mut steps[i].op else { return None };
        *t = times;
        Some(times.map_or_else(
            || format!("Repeat a loop of {who} for ever"),
            |n| format!("Repeat a loop of {who} {n} times"),
        ))
    })
}

/// Puts an op behind another, in the same loop.
///
/// # Errors
/// If there is no such thread or op.
pub fn add_after(scenario: &Scenario, thread: ThreadId, op: usize, new: Op) -> EditResult {
    at(scenario, thread, op, |steps, i, who| {
        let name = format!("Add {} to {who}", new.name());
        steps.insert(i + 1, Step::from(new));
        Some(name)
    })
}

/// Puts an op at the end of a thread's program.
///
/// # Errors
/// If there is no such thread.
pub fn append(scenario: &Scenario, thread: ThreadId, new: Op) -> EditResult {
    let mut next = scenario.clone();
    let found = thread_in(&mut next, thread)?;
    let name = format!("Add {} to {}", new.name(), found.name);
    found.program.push(Step::from(new));
    Ok(Edited { name, scenario: next })
}

/// Removes an op, a loop with all that is inside.
///
/// # Errors
/// If there is no such thread or op.
pub fn remove(scenario: &Scenario, thread: ThreadId, op: usize) -> EditResult {
    at(scenario, thread, op, |steps, i, who| {
        let removed = steps.remove(i);
        Some(format!("Remove {} from {who}", removed.op.name()))
    })
}

/// Moves an op past its neighbour in the same loop: towards the end, or towards the beginning.
///
/// # Errors
/// If there is no such thread or op, or no neighbour on that side.
pub fn shift(scenario: &Scenario, thread: ThreadId, op: usize, later: bool) -> EditResult {
    at(scenario, thread, op, |steps, i, who| {
        let other = if later { i + 1 } else { i.checked_sub(1)? };
        if other >= steps.len() {
            return None;
        }
        steps.swap(i, other);
        let whither = if later { "later" } else { "earlier" };
        Some(format!("Move {} of {who} {whither}", steps[other].op.name()))
    })
}

/// Changes the list of steps that holds op number `op`. `change` gets the list, the op's place in it and the thread's name,
/// and gives the edit's name, or `None` if it does not apply to that op.
fn at(
    scenario: &Scenario,
    thread: ThreadId,
    op: usize,
    change: impl FnOnce(&mut Vec<Step>, usize, &str) -> Option<String>,
) -> EditResult {
    let mut next = scenario.clone();
    let found = thread_in(&mut next, thread)?;
    let place = format!("thread “{}”, op {}", found.name, op + 1);
    let mut left = op;
    let Some((steps, i)) = list_of(&mut found.program, &mut left) else {
        return Err(Problem { place, what: "there is no such op".to_owned() });
    };
    match change(steps, i, &found.name) {
        Some(name) => Ok(Edited { name, scenario: next }),
        None => Err(Problem { place, what: "that cannot be done with this op".to_owned() }),
    }
}

/// The list that holds the op with `left` ops before it, and its place there; counts `left` down by the ops passed.
fn list_of<'a>(steps: &'a mut Vec<Step>, left: &mut usize) -> Option<(&'a mut Vec<Step>, usize)> {
    let i = steps.iter().position(|step| {
        let inside = *left < size(step);
        if !inside {
            *left -= size(step);
        }
        inside
    })?;
    if *left == 0 {
        return Some((steps, i));
    }
    *left -= 1;
    match &mut steps[i].op {
        Op::Repeat { steps, .. } => list_of(steps, left),
        _ => None,
    }
}

/// The number of ops that a step is: itself and, for a loop, those inside.
fn size(step: &Step) -> usize {
    match &step.op {
        Op::Repeat { steps, .. } => 1 + steps.iter().map(size).sum::<usize>(),
        _ => 1,
    }
}
