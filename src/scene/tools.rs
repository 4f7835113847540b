//! What a hand can hold beside one thing of the picture: several threads, and things that are not there yet.

use crate::ids::ThreadIx;
use crate::scenario::{Limits, ResourceKind};

/// Something new, from the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tool {
    /// A thread of a process.
    Thread,
    /// A process with one thread.
    Process,
    /// A core of the computer.
    Core,
    /// A lock of a process.
    Lock,
    /// A semaphore of a process.
    Semaphore,
    /// An event of a process.
    Event,
    /// A barrier of a process.
    Barrier,
    /// A queue of a process.
    Queue,
    /// A pipe from a process to another.
    Pipe,
    /// A device of the computer.
    Device,
}

/// The count of a new semaphore, and the parties of a new barrier.
const NEW_COUNT: u32 = 2;

impl Tool {
    /// All of them, as the palette shows them.
    pub const ALL: [Self; 10] = [
        Self::Thread,
        Self::Process,
        Self::Core,
        Self::Lock,
        Self::Semaphore,
        Self::Event,
        Self::Barrier,
        Self::Queue,
        Self::Pipe,
        Self::Device,
    ];

    /// What it is, with its article: “a thread”.
    #[must_use]
    pub const fn one(self) -> &'static str {
        match self {
            Self::Thread => "a thread",
            Self::Process => "a process",
            Self::Core => "a core",
            Self::Lock => "a lock",
            Self::Semaphore => "a semaphore",
            Self::Event => "an event",
            Self::Barrier => "a barrier",
            Self::Queue => "a queue",
            Self::Pipe => "a pipe",
            Self::Device => "a device",
        }
    }

    /// What it is, in a word: “thread”.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.one().split_once(' ').map_or("", |(_, name)| name)
    }

    /// The kind of the resource of a process that it adds, if it is one.
    #[must_use]
    pub const fn resource(self) -> Option<ResourceKind> {
        Some(match self {
            Self::Lock => ResourceKind::Lock,
            Self::Semaphore => ResourceKind::Semaphore(NEW_COUNT),
            Self::Event => ResourceKind::Event,
            Self::Barrier => ResourceKind::Barrier(NEW_COUNT),
            Self::Queue => ResourceKind::Queue(None),
            Self::Thread | Self::Process | Self::Core | Self::Pipe | Self::Device => return None,
        })
    }
}

/// Several threads of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ThreadSet([u64; Limits::THREADS / 64]);

impl ThreadSet {
    /// Whether a thread is among them.
    #[must_use]
    pub fn has(&self, thread: ThreadIx) -> bool {
        self.0.get(thread.ix() / 64).is_some_and(|word| word >> (thread.ix() % 64) & 1 == 1)
    }

    /// How many they are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes one in that was not among them, or out that was.
    pub fn toggle(&mut self, thread: ThreadIx) {
        if let Some(word) = self.0.get_mut(thread.ix() / 64) {
            *word ^= 1 << (thread.ix() % 64);
        }
    }

    /// They, in ascending order.
    pub fn iter(self) -> impl Iterator<Item = ThreadIx> {
        (0..Limits::THREADS as u16).map(ThreadIx).filter(move |thread| self.has(*thread))
    }
}

impl FromIterator<ThreadIx> for ThreadSet {
    fn from_iter<I: IntoIterator<Item = ThreadIx>>(threads: I) -> Self {
        let mut set = Self::default();
        for thread in threads {
            if !set.has(thread) {
                set.toggle(thread);
            }
        }
        set
    }
}
