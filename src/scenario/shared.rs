//! What threads and processes share: resources of a process, pipes between processes, devices of the computer.

use super::Limits;
use super::model::Extra;
use crate::ids::ObjectId;

/// Something that the operating system set aside for a process; all its threads share it, and no other process can.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Stable id, unique among all resources, pipes and devices.
    pub id: ObjectId,
    /// For people; 1 to 64 characters.
    pub name: String,
    /// What it is.
    pub kind: ResourceKind,
    /// Unknown keys.
    pub extra: Extra,
}

/// What a resource is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResourceKind {
    /// `threading.Lock`: one thread holds it at a time, and any thread may release it.
    Lock,
    /// `threading.Semaphore` with this initial count, from 0: each `acquire` takes one of it and waits while it is 0; any
    /// thread may release it, also above the initial count.
    Semaphore(u32),
    /// `threading.Event`, not set at the start.
    Event,
    /// `threading.Barrier` for so many parties, from 1: who comes waits until all are there; the last one frees the others.
    Barrier(u32),
    /// A queue of items: `queue.SimpleQueue`, which holds any number, or `queue.Queue` with a capacity from 1: `put` waits
    /// while it is full.
    Queue(Option<u32>),
    /// Memory of this many bytes. It is only shown.
    Memory(u64),
    /// An open file. It is only shown.
    File,
}

impl ResourceKind {
    /// The name in JSON, which is also the one for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lock => "lock",
            Self::Semaphore(_) => "semaphore",
            Self::Event => "event",
            Self::Barrier(_) => "barrier",
            Self::Queue(_) => "queue",
            Self::Memory(_) => "memory",
            Self::File => "file",
        }
    }

    /// The number that belongs to it and what that is called: a semaphore's initial count, a barrier's parties, a queue's
    /// capacity (0 if it is unbounded).
    #[must_use]
    pub const fn figure(&self) -> Option<(&'static str, u32)> {
        match *self {
            Self::Semaphore(count) => Some(("count", count)),
            Self::Barrier(parties) => Some(("parties", parties)),
            Self::Queue(Some(capacity)) => Some(("capacity", capacity)),
            Self::Queue(None) => Some(("capacity", 0)),
            Self::Lock | Self::Event | Self::Memory(_) | Self::File => None,
        }
    }

    /// The same kind with another number, as [`Self::figure`] has it.
    #[must_use]
    pub const fn with_figure(self, figure: u32) -> Self {
        match self {
            Self::Semaphore(_) => Self::Semaphore(figure),
            Self::Barrier(_) => Self::Barrier(figure),
            Self::Queue(_) if figure == 0 => Self::Queue(None),
            Self::Queue(_) => Self::Queue(Some(figure)),
            other => other,
        }
    }

    /// What is wrong with its number.
    pub(super) fn wrong(&self) -> Option<String> {
        let (what, figure, least) = match *self {
            Self::Semaphore(count) => ("a count", count, 0),
            Self::Barrier(parties) => ("parties", parties, 1),
            Self::Queue(Some(capacity)) => ("a capacity", capacity, 1),
            _ => return None,
        };
        let fits = (least..=Limits::COUNT).contains(&figure);
        (!fits).then(|| format!("{what} from {least} to {}, not {figure}", Limits::COUNT))
    }
}

/// A device of the computer, such as a disk: it serves one `io` at a time, first come, first served. All processes use it.
#[derive(Clone, Debug, PartialEq)]
pub struct Device {
    /// Stable id, unique among all resources, pipes and devices.
    pub id: ObjectId,
    /// For people; 1 to 64 characters.
    pub name: String,
    /// Unknown keys.
    pub extra: Extra,
}

/// A channel for messages between processes, `multiprocessing.Pipe`. It holds any number of messages.
#[derive(Clone, Debug, PartialEq)]
pub struct Pipe {
    /// Stable id, unique among all resources, pipes and devices.
    pub id: ObjectId,
    /// For people; 1 to 64 characters.
    pub name: String,
    /// Unknown keys.
    pub extra: Extra,
}
