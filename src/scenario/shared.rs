//! What threads and processes share: resources of a process, and pipes between processes.

use super::model::Extra;
use crate::ids::ObjectId;

/// Something that the operating system set aside for a process; all its threads share it, and no other process can.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Stable id, unique among all resources and pipes.
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
    /// `queue.SimpleQueue`: any number of items.
    Queue,
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
            Self::Queue => "queue",
            Self::Memory(_) => "memory",
            Self::File => "file",
        }
    }
}

/// A channel for messages between processes, `multiprocessing.Pipe`. It holds any number of messages.
#[derive(Clone, Debug, PartialEq)]
pub struct Pipe {
    /// Stable id, unique among all resources and pipes.
    pub id: ObjectId,
    /// For people; 1 to 64 characters.
    pub name: String,
    /// Unknown keys.
    pub extra: Extra,
}
