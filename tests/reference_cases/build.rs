//! From the jobs of a case to a scenario: one process of native threads, one unit of a case is one millisecond.

use gilscope::engine::{Ending, Place, Run};
use gilscope::ids::{ProcessId, ThreadId, ThreadIx};
use gilscope::scenario::model::Extra;
use gilscope::scenario::{CoreSet, Op, Policy, Process, Runtime, Scenario, Share, Start, Step, Thread};
use gilscope::time::{Dur, MAX_NS, Time};

use crate::timeline::ns;

/// A thread that starts at `start` (in nanoseconds) and has this program.
pub(crate) fn thread(id: usize, name: &str, start: u64, program: Vec<Step>) -> Thread {
    Thread {
        id: ThreadId(id as u16),
        name: name.to_owned(),
        start: if start == 0 { Start::Launch } else { Start::At(Time::from_ns(start)) },
        cores: CoreSet::ALL,
        interpreter: 0,
        share: Share::default(),
        program,
        extra: Extra::new(),
    }
}

/// A process that is launched at 0.
pub(crate) fn process(id: usize, runtime: Runtime, threads: Vec<Thread>) -> Process {
    Process {
        id: ProcessId(id as u16),
        name: format!("process {id}"),
        start: Start::Launch,
        resources: Vec::new(),
        runtime,
        threads,
        extra: Extra::new(),
    }
}

/// A computer without costs, and one process with these threads.
pub(crate) fn scenario(title: &str, cores: u8, policy: Policy, threads: Vec<Thread>) -> Scenario {
    let mut scenario = Scenario::empty(&title.chars().take(64).collect::<String>());
    scenario.computer.cores = cores;
    scenario.computer.policy = policy;
    scenario.processes = vec![process(0, Runtime::Native, threads)];
    scenario
}

/// This many units of computing without a GIL.
pub(crate) fn compute(units: f64) -> Step {
    Op::Native(Dur::from_ns(ns(units))).into()
}

/// Runs a scenario to its ending, which must be that every thread has finished.
pub(crate) fn run_to_end(scenario: &Scenario) -> Result<Run, String> {
    let run = run_until(scenario, MAX_NS)?;
    match run.ending() {
        Some(Ending::AllFinished) => Ok(run),
        other => Err(format!("the run ends with {other:?}")),
    }
}

/// Runs a scenario up to and including an instant.
pub(crate) fn run_until(scenario: &Scenario, ns: u64) -> Result<Run, String> {
    scenario.check().map_err(|problem| format!("the engine refuses the scenario: {problem}"))?;
    let mut run = Run::new(scenario);
    run.extend_to(Time::from_ns(ns));
    Ok(run)
}

/// When a job ended, in nanoseconds.
pub(crate) fn finish(run: &Run, job: usize) -> Option<u64> {
    let last = run.lanes().thread(ThreadIx(job as u16)).last()?;
    (last.place == Place::Finished).then(|| last.start.ns())
}

/// When a job first computed, in nanoseconds.
pub(crate) fn first_run(run: &Run, job: usize) -> Option<u64> {
    let mut lane = run.lanes().thread(ThreadIx(job as u16)).iter();
    lane.find(|s| matches!(s.place, Place::Running(_))).map(|s| s.start.ns())
}
