//! What can happen: half of the vocabulary of the trace; the other half is why, in `reasons.rs`.

use serde::Serialize;

/// What happened to the thread of the record. The first group puts the thread in a new place, which it keeps until the
/// next record of that group; the second group are acts that leave it where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Kind {
    /// Placed in the ready queue: waits for a core.
    Ready,
    /// Put on `core`, whose switch to it has begun.
    SwitchIn,
    /// Runs bytecode on `core`, holding its GIL if its runtime has one.
    RunPython,
    /// Runs C code that keeps the GIL on `core`.
    RunExtension,
    /// Runs C code without the GIL on `core`.
    RunNative,
    /// Woken: on its way to the ready queue, which takes a moment.
    Waking,
    /// Waits for the GIL `object`, at the tail of those who do; `cause` holds it.
    WantsGil,
    /// Dropped the GIL `object` on request and waits until another thread has taken it.
    ForcedWait,
    /// Waits for an I/O; at a device that serves one at a time, it is served.
    WaitIo,
    /// Waits until a device has served those before it; `cause` is served now.
    WaitDevice,
    /// Waits for the clock.
    WaitSleep,
    /// Waits for what a person types.
    WaitInput,
    /// Waits for a lock; `cause` holds it.
    WaitLock,
    /// Waits for a semaphore, whose count is 0.
    WaitSemaphore,
    /// Waits until an event is set.
    WaitEvent,
    /// Waits until all parties of a barrier are there.
    WaitBarrier,
    /// Waits for an item in a queue.
    WaitQueue,
    /// Waits for room in a queue.
    WaitRoom,
    /// Waits for a message from a pipe.
    WaitPipe,
    /// Waits until `cause`, which it has started, runs.
    WaitStart,
    /// Waits until `cause` has finished.
    WaitJoin,
    /// Ended.
    Finished,
    /// Chosen for `core`. Followed at the same instant or after the switch by what it does there.
    Dispatch,
    /// Goes from the ready queue of the core with number `object` to that of `core`.
    Move,
    /// Takes the GIL `object`.
    TakeGil,
    /// Asks `cause` to drop the GIL `object`.
    RequestGil,
    /// Drops the GIL `object`.
    DropGil,
    /// Starts the thread `object`.
    StartThread,
    /// Spawns the process `object`.
    SpawnProcess,
    /// Takes the lock `object`, or one of the semaphore; `cause` handed the lock over.
    Acquire,
    /// Gives the lock `object` back, or one of the semaphore; `cause` held the lock, if that was another thread.
    Release,
    /// Need not wait for the event or barrier `object`.
    Pass,
    /// Sets the event `object`.
    Set,
    /// Makes the event `object` not set.
    Clear,
    /// Puts an item into the queue `object`.
    Put,
    /// Takes an item from the queue `object`.
    Get,
    /// Has sent a message to the pipe `object`.
    Send,
    /// Takes a message from the pipe `object`.
    Receive,
    /// Does what Python refuses with an exception; nothing catches it, so the thread ends.
    Raise,
    /// Has begun a wait that closes a cycle of waits; `cause` is next in the cycle.
    Deadlock,
    /// An intervention on this thread takes effect; `object` is its place in the scenario's list.
    Intervene,
    /// An intervention on this thread is skipped; `object` is its place in the scenario's list.
    SkipIntervention,
    /// The policy moves it to another level: to `object`, counted from 0, the top one, where levels are a list.
    ChangeLevel,
}

impl Kind {
    /// Every kind, in order of their numbers.
    pub const ALL: [Self; 43] = [
        Self::Ready,
        Self::SwitchIn,
        Self::RunPython,
        Self::RunExtension,
        Self::RunNative,
        Self::Waking,
        Self::WantsGil,
        Self::ForcedWait,
        Self::WaitIo,
        Self::WaitDevice,
        Self::WaitSleep,
        Self::WaitInput,
        Self::WaitLock,
        Self::WaitSemaphore,
        Self::WaitEvent,
        Self::WaitBarrier,
        Self::WaitQueue,
        Self::WaitRoom,
        Self::WaitPipe,
        Self::WaitStart,
        Self::WaitJoin,
        Self::Finished,
        Self::Dispatch,
        Self::Move,
        Self::TakeGil,
        Self::RequestGil,
        Self::DropGil,
        Self::StartThread,
        Self::SpawnProcess,
        Self::Acquire,
        Self::Release,
        Self::Pass,
        Self::Set,
        Self::Clear,
        Self::Put,
        Self::Get,
        Self::Send,
        Self::Receive,
        Self::Raise,
        Self::Deadlock,
        Self::Intervene,
        Self::SkipIntervention,
        Self::ChangeLevel,
    ];

    /// Whether the record puts its thread in a new place.
    #[must_use]
    pub const fn is_place(self) -> bool {
        (self as u8) <= Self::Finished as u8
    }

    /// The place that a record of this kind puts its thread in.
    #[must_use]
    pub const fn place(self) -> Option<super::Place> {
        use super::{Cause, Place, Work};
        Some(match self {
            Self::Ready => Place::Ready,
            Self::SwitchIn => Place::SwitchingIn,
            Self::RunPython => Place::Running(Work::Python),
            Self::RunExtension => Place::Running(Work::Extension),
            Self::RunNative => Place::Running(Work::Native),
            Self::Waking => Place::Waking,
            Self::WantsGil => Place::WantsGil,
            Self::ForcedWait => Place::ForcedWait,
            Self::WaitIo => Place::Waiting(Cause::Io),
            Self::WaitDevice => Place::Waiting(Cause::Device),
            Self::WaitSleep => Place::Waiting(Cause::Sleep),
            Self::WaitInput => Place::Waiting(Cause::Input),
            Self::WaitLock => Place::Waiting(Cause::Lock),
            Self::WaitSemaphore => Place::Waiting(Cause::Semaphore),
            Self::WaitEvent => Place::Waiting(Cause::Event),
            Self::WaitBarrier => Place::Waiting(Cause::Barrier),
            Self::WaitQueue => Place::Waiting(Cause::Queue),
            Self::WaitRoom => Place::Waiting(Cause::Room),
            Self::WaitPipe => Place::Waiting(Cause::Pipe),
            Self::WaitStart => Place::Waiting(Cause::Start),
            Self::WaitJoin => Place::Waiting(Cause::Join),
            Self::Finished => Place::Finished,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_numbered_as_they_are_listed() {
        for (i, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, i);
            assert_eq!(kind.is_place(), kind.place().is_some());
        }
    }
}
