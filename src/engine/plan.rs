//! A scenario made ready to run: names and ids resolved to dense indexes, programs to flat code. Never changes during a run.

use crate::ids::{CoreId, GilIx, ProcessId, ProcessIx, ThreadId, ThreadIx};
use crate::scenario::{CoreSet, Costs, Policy, Process, Runtime, Scenario, Start, What};
use crate::time::{Dur, Time};

use super::Work;
use super::compile::compile;

/// The fixed part of a run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Number of cores.
    pub cores: u8,
    /// Who runs next.
    pub policy: Policy,
    /// Costs, with those set to zero that one core does not have.
    pub costs: Costs,
    /// In ascending order of their ids; a [`ProcessIx`] counts here.
    pub processes: Vec<PlanProcess>,
    /// In ascending order of their ids; a [`ThreadIx`] counts here.
    pub threads: Vec<PlanThread>,
    /// In order of their processes; a [`GilIx`] counts here.
    pub gils: Vec<PlanGil>,
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
    /// Its GIL, if its runtime has one.
    pub gil: Option<GilIx>,
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
    /// When it starts.
    pub start: Time,
    /// Its ops in the order in which they are written, loops as one op before those inside; `Record::object` of a `Run…`
    /// record and [`super::ThreadState::op`] count here.
    pub ops: Vec<PlanOp>,
    /// Flat code.
    pub(super) code: Vec<Instr>,
}

/// An op as the picture and the sentences want it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanOp {
    /// Its name.
    pub name: &'static str,
    /// Its length; zero for a loop.
    pub length: Dur,
    /// Loops around it.
    pub depth: usize,
    /// Source line, counted from 1.
    pub line: Option<u32>,
}

/// A GIL of a run.
#[derive(Clone, Copy, Debug)]
pub struct PlanGil {
    /// The process whose threads share it.
    pub process: ProcessIx,
    /// How long a waiter waits before it asks.
    pub interval: Dur,
}

/// An intervention with its references resolved.
#[derive(Clone, Copy, Debug)]
pub struct PlanIntervention {
    /// When.
    pub at: Time,
    /// Its place in the scenario's list.
    pub index: u16,
    /// Who is put there.
    pub thread: ThreadIx,
    /// On which core.
    pub core: CoreId,
}

/// An instruction of a thread's flat code.
#[derive(Clone, Copy, Debug)]
pub(super) enum Instr {
    Compute { work: Work, length: Dur, op: u16 },
    Io { length: Dur, op: u16 },
    Sleep { length: Dur, op: u16 },
    LoopStart { counter: u32, times: u32 },
    LoopEnd { counter: Option<u32>, start: u32 },
    End,
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
            costs.hand_off = Dur::ZERO;
        }
        let mut plan = Self {
            cores: computer.cores,
            policy: computer.policy.clone(),
            costs,
            processes: Vec::new(),
            threads: Vec::new(),
            gils: Vec::new(),
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
        let mut threads: Vec<Option<PlanThread>> = vec![None; thread_ids.len()];
        for process in processes {
            let ix = ProcessIx(self.processes.len() as u16);
            let gil = match process.runtime {
                Runtime::Cpython { switch_interval } => {
                    self.gils.push(PlanGil { process: ix, interval: switch_interval });
                    Some(GilIx(self.gils.len() as u16 - 1))
                }
                Runtime::Native => None,
            };
            let mut members = Vec::new();
            for thread in &process.threads {
                let rank = thread_ids.partition_point(|id| *id < thread.id);
                members.push(ThreadIx(rank as u16));
                let (ops, code) = compile(&thread.program, &mut self.counters);
                threads[rank] = Some(PlanThread {
                    id: thread.id,
                    name: thread.name.clone(),
                    process: ix,
                    gil,
                    cores: thread.cores,
                    start: point(process.start).max(point(thread.start)),
                    ops,
                    code,
                });
            }
            self.processes.push(PlanProcess { id: process.id, name: process.name.clone(), gil, threads: members });
        }
        self.threads = threads.into_iter().flatten().collect();
    }

    fn add_interventions(&mut self, scenario: &Scenario) {
        for (i, intervention) in scenario.interventions.iter().enumerate() {
            let What::RunHere { thread, core } = intervention.what;
            if let Some(thread) = self.thread_ix(thread) {
                let planned = PlanIntervention { at: intervention.at, index: i as u16, thread, core };
                insert_by(&mut self.interventions, planned, |i| i.at);
            }
        }
    }

    /// The index of the thread with this id.
    #[must_use]
    pub fn thread_ix(&self, id: ThreadId) -> Option<ThreadIx> {
        self.threads.binary_search_by_key(&id, |t| t.id).ok().map(|i| ThreadIx(i as u16))
    }

    /// The index of the process with this id.
    #[must_use]
    pub fn process_ix(&self, id: ProcessId) -> Option<ProcessIx> {
        self.processes.binary_search_by_key(&id, |p| p.id).ok().map(|i| ProcessIx(i as u16))
    }

    /// A thread.
    #[must_use]
    pub fn thread(&self, ix: ThreadIx) -> &PlanThread {
        &self.threads[ix.ix()]
    }

    /// A process.
    #[must_use]
    pub fn process(&self, ix: ProcessIx) -> &PlanProcess {
        &self.processes[ix.ix()]
    }

    /// A GIL.
    #[must_use]
    pub fn gil(&self, ix: GilIx) -> &PlanGil {
        &self.gils[ix.ix()]
    }

    /// Every thread.
    pub fn thread_ixs(&self) -> impl Iterator<Item = ThreadIx> + use<> {
        (0..self.threads.len() as u16).map(ThreadIx)
    }

    /// Every core.
    pub fn core_ids(&self) -> impl Iterator<Item = CoreId> + use<> {
        (0..self.cores).map(CoreId)
    }

    /// Every GIL.
    pub fn gil_ixs(&self) -> impl Iterator<Item = GilIx> + use<> {
        (0..self.gils.len() as u16).map(GilIx)
    }

    /// Every process, in ascending order of their ids.
    pub fn process_ixs(&self) -> impl Iterator<Item = ProcessIx> + use<> {
        (0..self.processes.len() as u16).map(ProcessIx)
    }
}

const fn point(start: Start) -> Time {
    match start {
        Start::Launch => Time::ZERO,
        Start::At(time) => time,
    }
}

/// Inserts into a list in ascending order of the key, behind what has the same one. A thousand things are the most there
/// are, and the sorts of the standard library would be some kilobytes of the page's download for each type of thing.
fn insert_by<T, K: Ord>(list: &mut Vec<T>, item: T, key: impl Fn(&T) -> K) {
    let place = list.partition_point(|other| key(other) <= key(&item));
    list.insert(place, item);
}
