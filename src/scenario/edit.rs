//! Edits: each takes a scenario and gives the changed one with a name for the undo button.
//!
//! An edit checks only that the things it names exist; limits are checked by [`Scenario::check`] when it is applied. Edits of
//! a thread's program are in [`super::edit_program`].

use crate::ids::{CoreId, ProcessId, ThreadId};
use crate::time::{Dur, Time};

use super::{CoreSet, CostSet, Intervention, Policy, Problem, RoundRobin, Runtime, Scenario, Thread, What};

/// A scenario with an edit applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// What was done, as an order: “Set the quantum to 2 ms”. Says also what the edit took away beside what was asked.
    pub name: String,
    /// The result, not yet checked.
    pub scenario: Scenario,
}

/// An edit's result: the thing it names may be gone.
pub type EditResult = Result<Edited, Problem>;

/// Sets the number of cores. Pins and interventions that name cores which no longer exist go with them.
#[must_use]
pub fn set_cores(scenario: &Scenario, cores: u8) -> Edited {
    let mut next = scenario.clone();
    next.computer.cores = cores;
    let mut freed = Vec::new();
    for thread in next.processes.iter_mut().flat_map(|p| &mut p.threads) {
        if !thread.cores.fits(cores) {
            thread.cores = CoreSet::ALL;
            freed.push(thread.name.as_str());
        }
    }
    let mut name = format!("Set the number of cores to {cores}");
    if !freed.is_empty() {
        name += &format!("; {} may run on any core now", freed.join(", "));
    }
    next.interventions.retain(|Intervention { what: What::RunHere { core, .. }, .. }| core.0 < cores);
    match scenario.interventions.len() - next.interventions.len() {
        0 => {}
        1 => name += "; 1 intervention on a core that is gone was removed",
        n => name += &format!("; {n} interventions on cores that are gone were removed"),
    }
    Edited { name, scenario: next }
}

/// Sets the policy of the operating system.
#[must_use]
pub fn set_policy(scenario: &Scenario, policy: Policy) -> Edited {
    let name = match &policy {
        Policy::Fcfs => "Schedule first come, first served".to_owned(),
        Policy::RoundRobin(rules) => format!("Schedule round robin with a quantum of {}", rules.quantum),
    };
    let mut next = scenario.clone();
    next.computer.policy = policy;
    Edited { name, scenario: next }
}

/// Sets the quantum of round robin.
///
/// # Errors
/// If the policy has no quantum.
pub fn set_quantum(scenario: &Scenario, quantum: Dur) -> EditResult {
    let mut next = scenario.clone();
    match &mut next.computer.policy {
        Policy::RoundRobin(RoundRobin { quantum: q, .. }) => *q = quantum,
        Policy::Fcfs => {
            let what = "first come, first served has no quantum".to_owned();
            return Err(Problem { place: "computer, policy".to_owned(), what });
        }
    }
    Ok(Edited { name: format!("Set the quantum to {quantum}"), scenario: next })
}

/// Sets what switching, waking and handing over cost.
#[must_use]
pub fn set_costs(scenario: &Scenario, costs: CostSet) -> Edited {
    let set = match costs {
        CostSet::Textbook => "textbook",
        CostSet::SlowMotion => "slow motion",
        CostSet::Measured => "measured",
        CostSet::Custom(_) => "own figures",
    };
    let mut next = scenario.clone();
    next.computer.costs = costs;
    Edited { name: format!("Set the costs to {set}"), scenario: next }
}

/// Sets the switch interval of a process.
///
/// # Errors
/// If there is no such process, or it has no GIL.
pub fn set_switch_interval(scenario: &Scenario, process: ProcessId, interval: Dur) -> EditResult {
    let mut next = scenario.clone();
    let found = next.process_mut(process).ok_or_else(|| missing("process", process.0))?;
    let Runtime::Cpython { switch_interval } = &mut found.runtime else {
        return Err(Problem { place: format!("process “{}”", found.name), what: "has no GIL".to_owned() });
    };
    *switch_interval = interval;
    Ok(Edited { name: format!("Set the switch interval of {} to {interval}", found.name), scenario: next })
}

/// Lets a thread run on one core only, or on all.
///
/// # Errors
/// If there is no such thread.
pub fn pin(scenario: &Scenario, thread: ThreadId, core: Option<CoreId>) -> EditResult {
    let mut next = scenario.clone();
    let found = thread_in(&mut next, thread)?;
    found.cores = core.map_or(CoreSet::ALL, CoreSet::only);
    let name = match core {
        Some(core) => format!("Pin {} to core {}", found.name, core.0),
        None => format!("Let {} run on any core", found.name),
    };
    Ok(Edited { name, scenario: next })
}

/// Puts a thread on a core at an instant of the run.
///
/// # Errors
/// If there is no such thread.
pub fn run_here(scenario: &Scenario, thread: ThreadId, core: CoreId, at: Time) -> EditResult {
    let mut next = scenario.clone();
    let name = format!("Run {} on core {} at {at:.3}", thread_in(&mut next, thread)?.name, core.0);
    let what = What::RunHere { thread, core };
    next.interventions.push(Intervention { at, what, extra: super::model::Extra::new() });
    Ok(Edited { name, scenario: next })
}

/// Removes an intervention by its place in the scenario's list.
///
/// # Errors
/// If there is none at that place.
pub fn remove_intervention(scenario: &Scenario, index: u16) -> EditResult {
    let index = usize::from(index);
    let mut next = scenario.clone();
    if index >= next.interventions.len() {
        return Err(Problem { place: format!("intervention {}", index + 1), what: "there is none".to_owned() });
    }
    let Intervention { at, what: What::RunHere { thread, core }, .. } = next.interventions.remove(index);
    let who = scenario.thread(thread).map_or("a thread", |(_, t)| t.name.as_str());
    Ok(Edited { name: format!("Remove “run {who} on core {}” at {at:.3}", core.0), scenario: next })
}

pub(super) fn thread_in(scenario: &mut Scenario, id: ThreadId) -> Result<&mut Thread, Problem> {
    scenario.thread_mut(id).ok_or_else(|| missing("thread", id.0))
}

fn missing(kind: &str, id: u16) -> Problem {
    Problem { place: "edit".to_owned(), what: format!("there is no {kind} with id {id}") }
}
