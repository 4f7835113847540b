//! What is run.

use gilscope_model::ids::{ProcessId, ThreadId};
use gilscope_model::scenario::model::Extra;
use gilscope_model::scenario::policy::Eevdf;
use gilscope_model::scenario::{CoreSet, CostSet, Op, Policy, Process, Runtime, Scenario, Share, Start, Step, Thread};
use gilscope_model::time::Dur;

/// Threads that compute for ever with a quantum of 1 ms.
pub(crate) fn round_robin(threads: u16, cores: u8) -> Scenario {
    let mut scenario = Scenario::empty("bench");
    scenario.computer.cores = cores;
    scenario.computer.policy = Policy::round_robin(Dur::from_ms(1));
    let program = repeat(None, vec![Op::Native(Dur::from_ms(1_000)).into()]);
    scenario.processes.push(process(0, Runtime::Native, (0..threads).map(|t| (t, program.clone()))));
    scenario
}

/// The same under Linux's policy of today.
pub(crate) fn gil_and_io_eevdf(threads: u16, cores: u8) -> Scenario {
    let mut scenario = gil_and_io(threads, cores);
    scenario.computer.policy = Policy::Eevdf(Eevdf::default());
    scenario
}

/// Four threads per process that compute in Python, wait for I/O and compute natively, for ever, at measured costs.
pub(crate) fn gil_and_io(threads: u16, cores: u8) -> Scenario {
    let mut scenario = Scenario::empty("bench");
    scenario.computer.cores = cores;
    scenario.computer.costs = CostSet::Measured;
    scenario.computer.policy = Policy::default();
    for p in 0..(threads / 4).min(64) {
        let share = threads / (threads / 4).min(64);
        let members = (p * share..(p + 1) * share).map(|t| {
            let length = |base: u64| Dur::from_us(base + 37 * u64::from(t % 11));
            let steps =
                [Op::Python(length(900)), Op::Io(length(2_000)), Op::Python(length(300)), Op::Native(length(700))];
            (t, repeat(None, steps.map(Into::into).to_vec()))
        });
        scenario.processes.push(process(p, Runtime::default(), members));
    }
    scenario
}

/// Two threads, each with 2,500 counted loops one after another, again and again: a state of many counters.
pub(crate) fn loops() -> Scenario {
    let mut scenario = Scenario::empty("bench");
    scenario.computer.cores = 2;
    scenario.computer.policy = Policy::round_robin(Dur::from_ms(1));
    let small = || repeat(Some(2), vec![Op::Native(Dur::from_us(10)).into()]);
    let program = repeat(None, (0..2_500).flat_map(|_| small()).collect());
    scenario.processes.push(process(0, Runtime::Native, (0..2).map(|t| (t, program.clone()))));
    scenario
}

fn repeat(times: Option<u32>, steps: Vec<Step>) -> Vec<Step> {
    vec![Op::Repeat { times, steps }.into()]
}

fn process(id: u16, runtime: Runtime, threads: impl Iterator<Item = (u16, Vec<Step>)>) -> Process {
    let thread = |(t, program)| Thread {
        id: ThreadId(t),
        name: format!("T{t}"),
        start: Start::Launch,
        cores: CoreSet::ALL,
        interpreter: 0,
        share: Share::default(),
        program,
        extra: Extra::new(),
    };
    Process {
        id: ProcessId(id),
        name: format!("p{id}"),
        start: Start::Launch,
        resources: Vec::new(),
        runtime,
        threads: threads.map(thread).collect(),
        extra: Extra::new(),
    }
}
