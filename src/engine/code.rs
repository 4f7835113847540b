//! The ops of a thread's program as a run has them, and the flat code that they are made into.

use super::Work;
use crate::ids::{ObjectIx, ProcessIx, ThreadIx};
use crate::time::{Dur, Time};

/// An op as the picture and the sentences want it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanOp {
    /// Its name.
    pub name: &'static str,
    /// Its length; zero for an op that takes none.
    pub length: Dur,
    /// What it is about.
    pub about: About,
    /// Loops around it.
    pub depth: usize,
    /// Source line, counted from 1.
    pub line: Option<u32>,
}

/// What an op is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum About {
    /// Nothing else.
    #[default]
    Nothing,
    /// A resource of its process, a pipe or a device.
    Object(ObjectIx),
    /// Another thread.
    Thread(ThreadIx),
    /// Another process.
    Process(ProcessIx),
    /// What a person is asked.
    Prompt(String),
}

/// An instruction of a thread's flat code.
#[derive(Clone, Copy, Debug)]
pub(super) enum Instr {
    Compute {
        work: Work,
        length: Dur,
        op: u16,
    },
    Io {
        length: Dur,
        device: Option<ObjectIx>,
        op: u16,
    },
    Sleep {
        length: Dur,
        op: u16,
    },
    Input {
        at: Option<Time>,
        op: u16,
    },
    /// A lock or one of a semaphore.
    Acquire {
        lock: ObjectIx,
        op: u16,
    },
    /// Likewise.
    Release {
        lock: ObjectIx,
        op: u16,
    },
    /// For an event or at a barrier.
    Wait {
        object: ObjectIx,
        op: u16,
    },
    Set {
        event: ObjectIx,
        op: u16,
    },
    Clear {
        event: ObjectIx,
        op: u16,
    },
    Put {
        queue: ObjectIx,
        op: u16,
    },
    Get {
        queue: ObjectIx,
        op: u16,
    },
    Start {
        thread: ThreadIx,
        op: u16,
    },
    Join {
        thread: ThreadIx,
        op: u16,
    },
    Spawn {
        process: ProcessIx,
        op: u16,
    },
    Send {
        pipe: ObjectIx,
        length: Dur,
        op: u16,
    },
    Receive {
        pipe: ObjectIx,
        op: u16,
    },
    Yield {
        op: u16,
    },
    LoopStart {
        counter: u32,
        times: u32,
    },
    LoopEnd {
        counter: Option<u32>,
        start: u32,
    },
    End,
}

impl Instr {
    /// The op that it is made of.
    pub(super) const fn op(&self) -> Option<u16> {
        match *self {
            Self::Compute { op, .. }
            | Self::Io { op, .. }
            | Self::Sleep { op, .. }
            | Self::Input { op, .. }
            | Self::Acquire { op, .. }
            | Self::Release { op, .. }
            | Self::Wait { op, .. }
            | Self::Set { op, .. }
            | Self::Clear { op, .. }
            | Self::Put { op, .. }
            | Self::Get { op, .. }
            | Self::Start { op, .. }
            | Self::Join { op, .. }
            | Self::Spawn { op, .. }
            | Self::Send { op, .. }
            | Self::Receive { op, .. }
            | Self::Yield { op } => Some(op),
            Self::LoopStart { .. } | Self::LoopEnd { .. } | Self::End => None,
        }
    }
}
