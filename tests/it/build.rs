//! Scenarios in a line or two, for tests.

use gilscope::engine::Run;
use gilscope::ids::{ObjectId, ProcessId, ThreadId};
use gilscope::scenario::model::Extra;
use gilscope::scenario::{
    CoreSet, CostSet, Costs, Op, Policy, Process, Resource, ResourceKind, Runtime, Scenario, Start, Step, Thread,
};
use gilscope::time::{Dur, Time};

/// A scenario with this many cores, first come first served, and no costs.
pub(crate) fn computer(cores: u8) -> Scenario {
    let mut scenario = Scenario::empty("test");
    scenario.computer.cores = cores;
    scenario.computer.policy = Policy::FCFS;
    scenario
}

/// Costs that are whole milliseconds, so that a chart shows them.
pub(crate) fn slow_costs(hand_off: u64, late_timeout: u64) -> CostSet {
    CostSet::Custom(Costs {
        hand_off: Dur::from_ms(hand_off),
        late_timeout: Dur::from_ms(late_timeout),
        ..Costs::default()
    })
}

pub(crate) trait Build: Sized {
    fn costs(self, costs: CostSet) -> Self;
    fn policy(self, policy: Policy) -> Self;
    /// Adds a process; threads are `(name, start in ms, "python 5ms; io 2ms")`.
    fn process(self, name: &str, runtime: Runtime, threads: &[(&str, u64, &str)]) -> Self;
    fn python(self, threads: &[(&str, u64, &str)]) -> Self {
        self.process("app", Runtime::cpython(Dur::from_ms(5)), threads)
    }
    /// Pins the thread with this name to cores.
    fn pin(self, name: &str, cores: &[u8]) -> Self;
    /// Lets an interpreter of its process run the thread with this name.
    fn interpreter(self, name: &str, interpreter: u8) -> Self;
    /// Checks the scenario and runs it to its ending.
    fn run(self) -> Run;
}

impl Build for Scenario {
    fn costs(mut self, costs: CostSet) -> Self {
        self.computer.costs = costs;
        self
    }

    fn policy(mut self, policy: Policy) -> Self {
        self.computer.policy = policy;
        self
    }

    fn process(mut self, name: &str, runtime: Runtime, threads: &[(&str, u64, &str)]) -> Self {
        let first = self.threads().count() as u16;
        let threads = threads.iter().enumerate().map(|(i, (name, start, text))| Thread {
            id: ThreadId(first + i as u16),
            name: (*name).to_owned(),
            start: if *start == 0 { Start::Launch } else { Start::At(Time::from_ms(*start)) },
            cores: CoreSet::ALL,
            interpreter: 0,
            share: Default::default(),
            program: program(text),
            extra: Extra::new(),
        });
        let threads = threads.collect();
        let id = ProcessId(self.processes.len() as u16);
        let extra = Extra::new();
        self.processes.push(Process {
            id,
            name: name.to_owned(),
            resources: Vec::new(),
            start: Start::Launch,
            runtime,
            threads,
            extra,
        });
        self
    }

    fn pin(mut self, name: &str, cores: &[u8]) -> Self {
        let id = self.threads().find(|(_, t)| t.name == name).expect("a thread of that name").1.id;
        self.thread_mut(id).expect("just found").cores = cores.to_vec().into();
        self
    }

    fn interpreter(mut self, name: &str, interpreter: u8) -> Self {
        let id = self.threads().find(|(_, t)| t.name == name).expect("a thread of that name").1.id;
        self.thread_mut(id).expect("just found").interpreter = interpreter;
        self
    }

    fn run(self) -> Run {
        self.check().expect("a scenario that passes its check");
        let mut run = Run::new(&self);
        run.extend_to(Time::from_ms(100_000));
        run
    }
}

/// Something that a process has.
pub(crate) fn resource(id: u16, name: &str, kind: ResourceKind) -> Resource {
    Resource { id: ObjectId(id), name: name.to_owned(), kind, extra: Extra::new() }
}

/// `python 5ms; io 2ms` as steps.
pub(crate) fn program(text: &str) -> Vec<Step> {
    let step = |op: &str| {
        let (name, length) = op.trim().split_once(' ').expect("an op and its length");
        Op::timed(name, length.parse().expect("a length")).expect("an op").into()
    };
    text.split(';').filter(|op| !op.trim().is_empty()).map(step).collect()
}

/// The run as a chart of one column per millisecond.
pub(crate) fn chart(run: &Run, to_ms: u64) -> String {
    gilscope::interop::gantt::render(run, Time::ZERO, Time::from_ms(to_ms), Dur::from_ms(1))
}
