//! A scenario made ready to run: names and ids resolved to dense indexes, programs to flat code. Never changes during a run.

use crate::ids::{CoreId, GilIx, ObjectId, ProcessId, ProcessIx, ThreadId, ThreadIx};
use crate::scenario::{CoreSet, Costs, Policy, Process, Queues, Runtime, Scenario, Share, Start, What};
use crate::time::{Dur, Time};

use super::burst::{Ahead, ahead};
use super::code::{Instr, PlanOp};
use super::compile::{Names, compile};
use super::plan_gil::gil_of;
pub use super::plan_gil::{GilRule, PlanGil};
pub use super::plan_objects::{ObjectKind, PlanObject};
use super::plan_objects::{insert_by, objects};
use super::policy::{Traits, weight};
pub use super::ticks::Ticks;

/// The fixed part of a run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What people call the scenario; may be empty.
    pub title: String,
    /// Number of cores.
    pub cores: u8,
    /// Who runs next.
    pub policy: Policy,
    /// What the policy always answers.
    pub(super) traits: Traits,
    /// Where ready threads wait.
    pub queues: Queues,
    /// Start of the generator for what is decided by chance.
    pub seed: u64,
    /// Costs, with those set to zero that one core does not have.
    pub costs: Costs,
    /// In ascending order of their ids; a [`ProcessIx`] counts here.
    pub processes: Vec<PlanProcess>,
    /// In ascending order of their ids; a [`ThreadIx`] counts here.
    pub threads: Box<[PlanThread]>,
    /// What each thread weighs by its niceness.
    pub(super) weights: Box<[u32]>,
    /// The least and the greatest priority number of a thread.
    pub(super) priorities: (i32, i32),
    /// In order of their processes; a [`GilIx`] counts here.
    pub gils: Vec<PlanGil>,
    /// What threads wait for and give each other, in ascending order of their ids; an [`ObjectIx`] counts here.
    pub objects: Vec<PlanObject>,
    /// In order of time, and at one instant in the scenario's order.
    pub interventions: Vec<PlanIntervention>,
    /// How many loop counters all threads need together.
    pub(super) counters: usize,
    /// More rounds than an instant can need to settle: each does at least one thing, and each op and intervention causes
    /// only a few. An instant that needs more is a bug in the phases.
    pub(super) rounds: usize,
}

/// A process of a run.
#[derive(Clone, Debug)]
pub struct PlanProcess {
    /// Its id in the scenario.
    pub id: ProcessId,
    /// Its name.
    pub name: String,
    /// Its GILs, if its runtime has any: one for each of its interpreters, in ascending order of their numbers. The main
    /// interpreter is always there, the others if they have threads.
    pub gils: Vec<GilIx>,
    /// Whether its runtime is a Python: who starts a thread there waits until it runs.
    pub python: bool,
    /// Whether a released lock goes directly to its first waiter, if that has waited 1 ms or more.
    pub lock_handover: bool,
    /// Its threads, in the order in which they are drawn.
    pub threads: Vec<ThreadIx>,
}

/// A thread of a run.
#[derive(Clone, Debug)]
pub struct PlanThread {
    /// Its id in the scenario.
    pub id: ThreadId,
    /// Its name.
    pub name: String,
    /// The process it belongs to.
    pub process: ProcessIx,
    /// The GIL it needs to run Python.
    pub gil: Option<GilIx>,
    /// The cores it may run on.
    pub cores: CoreSet,
    /// What policies go by.
    pub share: Share,
    /// When it starts; [`Time::NEVER`] if another thread starts it or spawns its process.
    pub start: Time,
    /// When it starts once its process is spawned: at that moment, or at this time if that is later.
    pub with_process: Option<Time>,
    /// Its ops in the order in which they are written, loops as one op before those inside; `Record::object` of a `Run…`
    /// record and [`super::ThreadState::op`] count here.
    pub ops: Vec<PlanOp>,
    /// Flat code.
    pub(super) code: Box<[Instr]>,
    /// What is ahead of each instruction.
    pub(super) ahead: Vec<Ahead>,
}

/// An intervention with its references resolved.
#[derive(Clone, Debug)]
pub struct PlanIntervention {
    /// When.
    pub at: Time,
    /// Its place in the scenario's list.
    pub index: u16,
    /// To whom.
    pub thread: ThreadIx,
    /// What is done.
    pub what: What,
}

impl PlanIntervention {
    /// The core that it puts its thread on.
    #[must_use]
    pub const fn core(&self) -> Option<CoreId> {
        match self.what {
            What::RunHere { core, .. } => Some(core),
            _ => None,
        }
    }
}

impl Plan {
    /// Makes a scenario ready to run.
    ///
    /// The scenario must have passed [`Scenario::check`].
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let computer = &scenario.computer;
        let mut costs = computer.costs.costs();
        if computer.cores == 1 {
            let Costs { hand_off, gil_check, wake_lock, wake_pipe, wake_input, .. } = &mut costs;
            for across in [hand_off, gil_check, wake_lock, wake_pipe, wake_input] {
                *across = Dur::ZERO;
            }
        }
        let mut plan = Self {
            title: scenario.title.clone(),
            cores: computer.cores,
            policy: computer.policy.clone(),
            traits: Traits::of(&computer.policy),
            queues: computer.queues.clone(),
            seed: scenario.seed,
            costs,
            processes: Vec::new(),
            threads: Box::default(),
            weights: Box::default(),
            priorities: (0, 0),
            gils: Vec::new(),
            objects: objects(scenario),
            interventions: Vec::new(),
            counters: 0,
            rounds: 0,
        };
        plan.add_processes(scenario);
        plan.add_interventions(scenario);
        let ops: usize = plan.threads.iter().map(|t| t.code.len()).sum();
        plan.rounds = 64 + 16 * (ops + plan.interventions.len());
        plan
    }

    fn add_processes(&mut self, scenario: &Scenario) {
        let mut thread_ids: Vec<ThreadId> = Vec::new();
        for (_, thread) in scenario.threads() {
            insert_by(&mut thread_ids, thread.id, |id| *id);
        }
        let mut processes: Vec<&Process> = Vec::new();
        for process in &scenario.processes {
            insert_by(&mut processes, process, |p| p.id);
        }
        let process_ids: Vec<ProcessId> = processes.iter().map(|p| p.id).collect();
        let object_ids: Vec<ObjectId> = self.objects.iter().map(|o| o.id).collect();
        for object in &mut self.objects {
            let owner = scenario.resource(object.id).map(|(p, _)| p.id);
            object.process = owner.and_then(|id| process_ids.binary_search(&id).ok()).map(|i| ProcessIx(i as u16));
        }
        let mut threads: Vec<Option<PlanThread>> = vec![None; thread_ids.len()];
        for process in processes {
            let ix = ProcessIx(self.processes.len() as u16);
            let gils = self.add_gils(ix, process);
            let names = Names {
                threads: &thread_ids,
                processes: &process_ids,
                objects: &object_ids,
                costs: &self.costs,
                overhead: match process.runtime {
                    Runtime::FreeThreaded { overhead, .. } => overhead,
                    _ => 0,
                },
            };
            let python = process.runtime != Runtime::Native;
            let mut members = Vec::new();
            for thread in &process.threads {
                let rank = thread_ids.partition_point(|id| *id < thread.id);
                members.push(ThreadIx(rank as u16));
                let (ops, code) = compile(&thread.program, &names, &mut self.counters);
                threads[rank] = Some(PlanThread {
                    id: thread.id,
                    name: thread.name.clone(),
                    process: ix,
                    gil: gil_of(&self.gils, &gils, thread.interpreter),
                    cores: thread.cores,
                    share: thread.share,
                    start: point(process.start).max(point(thread.start)),
                    with_process: (thread.start != Start::Spawned).then(|| point(thread.start)),
                    ops,
                    ahead: ahead(&code, python, &self.objects),
                    code: code.into(),
                });
            }
            let (name, lock_handover) = (process.name.clone(), process.runtime.lock_handover());
            self.processes.push(PlanProcess { id: process.id, name, gils, python, lock_handover, threads: members });
        }
        self.threads = threads.into_iter().flatten().collect();
        self.weights = self.threads.iter().map(|t| weight(t.share.nice)).collect();
        let priorities = || self.threads.iter().map(|t| t.share.priority.into());
        self.priorities = (priorities().min().unwrap_or_default(), priorities().max().unwrap_or_default());
    }

    fn add_interventions(&mut self, scenario: &Scenario) {
        for (i, intervention) in scenario.interventions.iter().enumerate() {
            if let Some(thread) = self.thread_ix(intervention.what.thread()) {
                let what = intervention.what.clone();
                let planned = PlanIntervention { at: intervention.at, index: i as u16, thread, what };
                insert_by(&mut self.interventions, planned, |i| i.at);
            }
        }
    }
}

const fn point(start: Start) -> Time {
    match start {
        Start::Launch => Time::ZERO,
        Start::At(time) => time,
        Start::Spawned => Time::NEVER,
    }
}
