//! What a thread does: ops in order, with counted or endless loops.

use super::model::Extra;
use crate::ids::{ObjectId, ProcessId, ThreadId};
use crate::time::{Dur, Time};

/// One op of a program with the source line it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is done.
    pub op: Op,
    /// Line of the scenario's source text, counted from 1.
    pub line: Option<u32>,
    /// Unknown keys.
    pub extra: Extra,
}

/// Something a thread does.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// Bytecode: needs a core and the GIL, and honours a drop request at once.
    Python(Dur),
    /// C code that keeps the GIL: needs a core and the GIL, and cannot be interrupted.
    Extension(Dur),
    /// C code that released the GIL: needs a core only.
    Native(Dur),
    /// Waits for the network, or for a device that serves all at once: needs neither core nor GIL.
    Io(Dur),
    /// The same at a device of the computer that serves one at a time: waits until it has served those who came before, and
    /// then for the length.
    IoAt {
        /// Which one.
        device: ObjectId,
        /// How long it serves.
        length: Dur,
    },
    /// Waits for the clock: needs neither core nor GIL.
    Sleep(Dur),
    /// Waits for what a person types: needs neither core nor GIL.
    Input {
        /// What the person is asked; may be empty.
        prompt: String,
        /// When the answer comes, unless the person at the page gives one before; `None`: only that person gives one.
        at: Option<Time>,
    },
    /// Takes a lock or one of a semaphore of the process, and waits without core and GIL while there is nothing to take.
    Acquire(ObjectId),
    /// Gives a lock or one of a semaphore of the process back.
    Release(ObjectId),
    /// Waits without core and GIL until an event of the process is set, or all parties of a barrier are there.
    Wait(ObjectId),
    /// Sets an event of the process: all who wait for it go on.
    Set(ObjectId),
    /// Makes an event of the process not set.
    Clear(ObjectId),
    /// Puts an item into a queue of the process, and waits without core and GIL while it is full.
    Put(ObjectId),
    /// Takes an item from a queue of the process, and waits without core and GIL while there is none.
    Get(ObjectId),
    /// Starts a thread of the process, and under CPython waits until it runs.
    Start(ThreadId),
    /// Waits without core and GIL until a thread of the process has finished.
    Join(ThreadId),
    /// Launches another process.
    Spawn(ProcessId),
    /// Sends a message to a pipe: needs a core meanwhile, and no GIL.
    Send {
        /// Where to.
        pipe: ObjectId,
        /// Its length in bytes.
        bytes: u32,
    },
    /// Takes a message from a pipe, and waits without core and GIL while there is none.
    Receive(ObjectId),
    /// Lets others go first: drops the GIL and goes to the tail of the ready queue, as `time.sleep(0)` does.
    Yield,
    /// Does the steps over and over.
    Repeat {
        /// How often; `None` is for ever.
        times: Option<u32>,
        /// What is repeated; takes some time.
        steps: Vec<Step>,
    },
}

type MakeTimed = fn(Dur) -> Op;

/// The ops that take a length, by the key that names them.
const TIMED: [(&str, MakeTimed); 5] = [
    ("python", Op::Python),
    ("extension", Op::Extension),
    ("native", Op::Native),
    ("io", Op::Io),
    ("sleep", Op::Sleep),
];

impl Op {
    /// The key that names the op in JSON, which is also its name for people.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Python(_) => "python",
            Self::Extension(_) => "extension",
            Self::Native(_) => "native",
            Self::Io(_) | Self::IoAt { .. } => "io",
            Self::Sleep(_) => "sleep",
            Self::Input { .. } => "input",
            Self::Acquire(_) => "acquire",
            Self::Release(_) => "release",
            Self::Wait(_) => "wait",
            Self::Set(_) => "set",
            Self::Clear(_) => "clear",
            Self::Put(_) => "put",
            Self::Get(_) => "get",
            Self::Start(_) => "start",
            Self::Join(_) => "join",
            Self::Spawn(_) => "spawn",
            Self::Send { .. } => "send",
            Self::Receive(_) => "receive",
            Self::Yield => "yield",
            Self::Repeat { times: Some(_), .. } => "repeat",
            Self::Repeat { times: None, .. } => "forever",
        }
    }

    /// The timed op with this name.
    #[must_use]
    pub fn timed(name: &str, length: Dur) -> Option<Self> {
        TIMED.iter().find(|(n, _)| *n == name).map(|(_, make)| make(length))
    }

    /// The names of the timed ops.
    pub fn timed_names() -> impl Iterator<Item = &'static str> {
        TIMED.iter().map(|(name, _)| *name)
    }

    /// The length of a timed op.
    #[must_use]
    pub const fn length(&self) -> Option<Dur> {
        match self {
            Self::Python(d)
            | Self::Extension(d)
            | Self::Native(d)
            | Self::Io(d)
            | Self::IoAt { length: d, .. }
            | Self::Sleep(d) => Some(*d),
            _ => None,
        }
    }

    /// The same op with another length, if it has one.
    #[must_use]
    pub fn with_length(&self, length: Dur) -> Option<Self> {
        match self {
            Self::IoAt { device, .. } => Some(Self::IoAt { device: *device, length }),
            op => Self::timed(op.name(), length),
        }
    }

    /// The resource, pipe or device that it is about.
    #[must_use]
    pub const fn object(&self) -> Option<ObjectId> {
        match self {
            Self::Acquire(id)
            | Self::Release(id)
            | Self::Wait(id)
            | Self::Set(id)
            | Self::Clear(id)
            | Self::Put(id)
            | Self::Get(id)
            | Self::Receive(id)
            | Self::Send { pipe: id, .. }
            | Self::IoAt { device: id, .. } => Some(*id),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub const fn object_mut(&mut self) -> Option<&mut ObjectId> {
        match self {
            Self::Acquire(id)
            | Self::Release(id)
            | Self::Wait(id)
            | Self::Set(id)
            | Self::Clear(id)
            | Self::Put(id)
            | Self::Get(id)
            | Self::Receive(id)
            | Self::Send { pipe: id, .. }
            | Self::IoAt { device: id, .. } => Some(id),
            _ => None,
        }
    }

    /// The thread that it starts or joins.
    #[must_use]
    pub const fn thread(&self) -> Option<ThreadId> {
        match self {
            Self::Start(id) | Self::Join(id) => Some(*id),
            _ => None,
        }
    }
}

impl From<Op> for Step {
    fn from(op: Op) -> Self {
        Self { op, line: None, extra: Extra::new() }
    }
}

impl Step {
    /// Whether this is a loop without end, or has one inside that it comes to.
    pub(super) fn is_endless(&self) -> bool {
        match &self.op {
            Op::Repeat { times: None, .. } => true,
            Op::Repeat { times: Some(0), .. } => false,
            Op::Repeat { steps, .. } => steps.iter().any(Self::is_endless),
            _ => false,
        }
    }
}
