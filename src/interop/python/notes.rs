//! What a program cannot do as the scenario has it, in sentences.

use crate::scenario::{CoreSet, Op, Process, ResourceKind, Runtime, Scenario, Share, Start, Step, What};

/// The sentences, each about something that is in this scenario.
pub(super) fn notes(scenario: &Scenario) -> Vec<String> {
    let (_, policy) = scenario.computer.policy.names();
    let mut notes = vec![format!(
        "Who runs where and for how long is decided by your operating system, not by the scenario's policy ({policy}); \
         switching, waking and starting cost what they cost here."
    )];
    let mut add = |is: bool, note: &str| {
        if is {
            notes.push(note.to_owned());
        }
    };
    let threads = || scenario.threads().map(|(_, thread)| thread);
    let resources = || scenario.processes.iter().flat_map(|p| &p.resources);
    let has_op = |is: fn(&Op) -> bool| threads().any(|t| has(&t.program, is));
    add(threads().any(|t| t.share != Share::default()), "Niceness, priorities and tickets are not set.");
    add(threads().any(|t| t.cores != CoreSet::ALL), "Threads are kept to their cores on Linux only.");
    let by_hand = |what: &What| !matches!(what, What::Answer { .. });
    add(
        scenario.interventions.iter().any(|i| by_hand(&i.what)),
        "Threads that were moved or preempted by hand are not: Python cannot do that.",
    );
    add(
        has_op(|op| matches!(op, Op::Input { .. })),
        "Nobody types: an answer comes by the clock when the scenario has it.",
    );
    add(
        resources().any(|r| matches!(r.kind, ResourceKind::Memory(_) | ResourceKind::File)),
        "Memory and files are only shown in the scenario; there are none here.",
    );
    add(!scenario.pipes.is_empty(), "A pipe holds some 64 kB, and who sends more waits until it is read.");
    add(!scenario.devices.is_empty(), "A device is a lock: who waits for it is not always served in order.");
    add(scenario.is_endless(), "Loops without end stop where the prediction does.");
    add(
        scenario.processes.iter().any(|p| matches!(p.start, Start::At(_))),
        "Processes that start late are there from the start; their threads wait.",
    );
    notes.extend(scenario.processes.iter().filter_map(runtime));
    notes
}

/// What is different about a process because of its runtime.
fn runtime(process: &Process) -> Option<String> {
    let note = match process.runtime {
        Runtime::Cpython { lock_handover: false, .. } => return None,
        Runtime::Cpython { .. } => "hands locks over, which Python does from 3.14 on.",
        Runtime::FreeThreaded { .. } => "has no GIL: run this with a build without one, as python3.14t.",
        Runtime::Subinterpreters { .. } => {
            "has several interpreters with a GIL each; here all its threads share one. From Python 3.14 on, \
             concurrent.interpreters makes such interpreters."
        }
        Runtime::Cpython2 { .. } => "is Python 2, which gave its GIL up in another way; here it is Python 3.",
        Runtime::Native => "has no interpreter; here its threads compute in C code that has released the GIL.",
    };
    Some(format!("Process {} {note}", process.name))
}

fn has(steps: &[Step], is: fn(&Op) -> bool) -> bool {
    steps.iter().any(|step| match &step.op {
        Op::Repeat { steps, .. } => has(steps, is),
        op => is(op),
    })
}
