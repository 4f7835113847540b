//! The scenario: a computer, processes with their threads, and what the user does to a run of them.
//!
//! As JSON: keys in the order of declaration, defaults omitted, times in nanoseconds, and keys that this version does not
//! know kept per object (`extra`), so an older page does not destroy what a newer one wrote. Only the parameters of a
//! policy, a runtime, a cost set and an intervention refuse unknown keys: run without them they would mean something else.

use serde_json::{Map, Value};

use super::{CoreSet, CostSet, Device, Pipe, Policy, Queues, Resource, Runtime, Share, Step};
use crate::ids::{CoreId, ObjectId, ProcessId, ThreadId};
use crate::time::Time;

/// Keys of an object that this version does not know, kept as they were.
pub type Extra = Map<String, Value>;

/// The schema that this version writes.
pub const SCHEMA: u32 = 1;

/// Everything a run depends on. The same scenario gives the same trace on every machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Version of the schema; [`SCHEMA`] when written by this version.
    pub v: u32,
    /// What people call it; may be empty.
    pub title: String,
    /// The preset that it was made from, or empty: its baseline and its variants belong to this scenario too.
    pub claim: String,
    /// What the scenario is there to show.
    pub texts: Texts,
    /// The machine it runs on.
    pub computer: Computer,
    /// The processes, in the order in which they are drawn.
    pub processes: Vec<Process>,
    /// What connects processes.
    pub pipes: Vec<Pipe>,
    /// Devices that serve one thread at a time, whatever its process.
    pub devices: Vec<Device>,
    /// What the user does while it runs, in the order in which it is applied at one instant.
    pub interventions: Vec<Intervention>,
    /// Start of the generator for policies that draw.
    pub seed: u64,
    /// The program a person would write for it, as text.
    pub source: String,
    /// Unknown keys.
    pub extra: Extra,
}

/// The two texts of a claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Texts {
    /// The claim as a lecturer first says it.
    pub in_short: String,
    /// The truth behind the simplification.
    pub more_exactly: String,
    /// Unknown keys.
    pub extra: Extra,
}

/// Cores, the operating system's scheduling policy, and what its work costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Computer {
    /// Number of cores, 1 to 64.
    pub cores: u8,
    /// Who runs next and for how long.
    pub policy: Policy,
    /// Where ready threads wait.
    pub queues: Queues,
    /// What switching, waking and handing over cost.
    pub costs: CostSet,
    /// Unknown keys.
    pub extra: Extra,
}

impl Default for Computer {
    fn default() -> Self {
        Self {
            cores: 1,
            policy: Policy::default(),
            queues: Queues::One,
            costs: CostSet::default(),
            extra: Extra::new(),
        }
    }
}

/// A program in execution: threads and what they share.
#[derive(Clone, Debug, PartialEq)]
pub struct Process {
    /// Stable id, unique among processes.
    pub id: ProcessId,
    /// For people; 1 to 64 characters.
    pub name: String,
    /// When it is launched; threads that start with their process start then.
    pub start: Start,
    /// What executes its threads.
    pub runtime: Runtime,
    /// What the operating system set aside for it, and what its threads share.
    pub resources: Vec<Resource>,
    /// Its threads, in the order in which they are drawn.
    pub threads: Vec<Thread>,
    /// Unknown keys.
    pub extra: Extra,
}

/// When a process or thread starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// A process: at the start of the run. A thread: with its process.
    #[default]
    Launch,
    /// At this time, or with the process if that is later.
    At(Time),
    /// A process: when a thread spawns it. A thread: when another thread of its process starts it. Never, if none does.
    Spawned,
}

/// A line of execution.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    /// Stable id, unique across all processes.
    pub id: ThreadId,
    /// For people; 1 to 64 characters.
    pub name: String,
    /// When it starts.
    pub start: Start,
    /// The cores that it may run on.
    pub cores: CoreSet,
    /// The interpreter of its process that runs it: 0 is the main one, at most 63. Only
    /// [`Runtime::Subinterpreters`] has others.
    pub interpreter: u8,
    /// What policies go by: its niceness, priority and tickets.
    pub share: Share,
    /// What it does, first to last.
    pub program: Vec<Step>,
    /// Unknown keys.
    pub extra: Extra,
}

/// Something the user does to a run at one instant. What happened before that instant never changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Intervention {
    /// When.
    pub at: Time,
    /// What.
    pub what: What,
    /// Unknown keys.
    pub extra: Extra,
}

/// What an intervention does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Puts a ready or running thread on a core at once; the thread there keeps its GIL and the rest of its slice and goes
    /// to the head of the ready queue.
    RunHere {
        /// Who.
        thread: ThreadId,
        /// Where.
        core: CoreId,
    },
    /// Gives a thread the input that it waits for.
    Answer {
        /// Who.
        thread: ThreadId,
        /// What was typed, at most [`super::Limits::ANSWER`] characters.
        text: String,
    },
    /// Moves a ready thread within the ready queue.
    Reorder {
        /// Who.
        thread: ThreadId,
        /// Its new place, counted from 0 at the head among the others; beyond the end is the tail.
        to: u16,
    },
    /// Takes a thread off its core, to the tail of the ready queue, as if its slice had ended.
    Preempt {
        /// Who.
        thread: ThreadId,
    },
}

impl What {
    /// The thread that it is done to.
    #[must_use]
    pub const fn thread(&self) -> ThreadId {
        match self {
            Self::RunHere { thread, .. }
            | Self::Answer { thread, .. }
            | Self::Reorder { thread, .. }
            | Self::Preempt { thread } => *thread,
        }
    }
}

impl Scenario {
    /// A scenario with one core, no processes and the given title.
    #[must_use]
    pub fn empty(title: &str) -> Self {
        Self {
            v: SCHEMA,
            title: title.to_owned(),
            claim: String::new(),
            texts: Texts::default(),
            computer: Computer::default(),
            processes: Vec::new(),
            pipes: Vec::new(),
            devices: Vec::new(),
            interventions: Vec::new(),
            seed: 0,
            source: String::new(),
            extra: Extra::new(),
        }
    }

    /// Every thread with its process, processes and threads in the order in which they are drawn.
    pub fn threads(&self) -> impl Iterator<Item = (&Process, &Thread)> {
        self.processes.iter().flat_map(|p| p.threads.iter().map(move |t| (p, t)))
    }

    /// Whether a program has a loop without end that it comes to.
    #[must_use]
    pub fn is_endless(&self) -> bool {
        self.threads().any(|(_, thread)| thread.program.iter().any(Step::is_endless))
    }

    /// The thread with this id and its process.
    #[must_use]
    pub fn thread(&self, id: ThreadId) -> Option<(&Process, &Thread)> {
        self.threads().find(|(_, t)| t.id == id)
    }

    /// The thread with this id, for editing.
    pub fn thread_mut(&mut self, id: ThreadId) -> Option<&mut Thread> {
        self.processes.iter_mut().flat_map(|p| &mut p.threads).find(|t| t.id == id)
    }

    /// The process with this id.
    #[must_use]
    pub fn process(&self, id: ProcessId) -> Option<&Process> {
        self.processes.iter().find(|p| p.id == id)
    }

    /// The lock or other resource with this id and the process that it belongs to.
    #[must_use]
    pub fn resource(&self, id: ObjectId) -> Option<(&Process, &Resource)> {
        self.processes.iter().find_map(|p| p.resources.iter().find(|r| r.id == id).map(|r| (p, r)))
    }

    /// The pipe with this id.
    #[must_use]
    pub fn pipe(&self, id: ObjectId) -> Option<&Pipe> {
        self.pipes.iter().find(|p| p.id == id)
    }

    /// The device with this id.
    #[must_use]
    pub fn device(&self, id: ObjectId) -> Option<&Device> {
        self.devices.iter().find(|d| d.id == id)
    }

    /// The process with this id, for editing.
    pub fn process_mut(&mut self, id: ProcessId) -> Option<&mut Process> {
        self.processes.iter_mut().find(|p| p.id == id)
    }
}
