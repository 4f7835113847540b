//! What can happen, and why: the vocabulary of the trace.

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
    /// Waits for an I/O.
    WaitIo,
    /// Waits for the clock.
    WaitSleep,
    /// Waits for what a person types.
    WaitInput,
    /// Waits for a lock; `cause` holds it.
    WaitLock,
    /// Waits for an item in a queue.
    WaitQueue,
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
    /// Takes the lock `object`.
    Acquire,
    /// Gives the lock `object` back; `cause` held it, if that was another thread.
    Release,
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
}

impl Kind {
    /// Every kind, in order of their numbers.
    pub const ALL: [Self; 34] = [
        Self::Ready,
        Self::SwitchIn,
        Self::RunPython,
        Self::RunExtension,
        Self::RunNative,
        Self::Waking,
        Self::WantsGil,
        Self::ForcedWait,
        Self::WaitIo,
        Self::WaitSleep,
        Self::WaitInput,
        Self::WaitLock,
        Self::WaitQueue,
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
        Self::Put,
        Self::Get,
        Self::Send,
        Self::Receive,
        Self::Raise,
        Self::Deadlock,
        Self::Intervene,
        Self::SkipIntervention,
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
            Self::WaitSleep => Place::Waiting(Cause::Sleep),
            Self::WaitInput => Place::Waiting(Cause::Input),
            Self::WaitLock => Place::Waiting(Cause::Lock),
            Self::WaitQueue => Place::Waiting(Cause::Queue),
            Self::WaitPipe => Place::Waiting(Cause::Pipe),
            Self::WaitStart => Place::Waiting(Cause::Start),
            Self::WaitJoin => Place::Waiting(Cause::Join),
            Self::Finished => Place::Finished,
            _ => return None,
        })
    }
}

/// Why it happened. Which reasons go with which kind is said at each reason; `explain` has a sentence for every pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Reason {
    /// Ready: the thread starts.
    Started,
    /// Waking, Ready: `cause` started it, or spawned its process.
    StartedBy,
    /// Waking, Ready: its input was answered.
    Answered,
    /// Waking, Ready: `cause` released the lock that it waits for.
    LockReleased,
    /// Waking, Ready: `cause` put an item into the queue that it waits for.
    ItemPut,
    /// Waking, Ready: `cause` sent a message to the pipe that it waits for.
    MessageSent,
    /// Waking, Ready: `cause`, which it has started, runs.
    ChildRuns,
    /// Waking, Ready: `cause`, which it joins, has finished.
    Joined,
    /// Ready: it lets others go first.
    Yielded,
    /// Ready: it was taken off its core by hand.
    Preempted,
    /// Waking, Ready: its I/O ended.
    IoEnded,
    /// Waking, Ready: its sleep ended.
    SleepEnded,
    /// Waking, Ready: the GIL was released and this waiter was signalled; `cause` released it.
    GilSignalled,
    /// Ready: it waited a whole switch interval for the GIL and goes to look.
    GilTimeout,
    /// Ready: the GIL it had to give up was taken by `cause`, so it goes on.
    Freed,
    /// Ready: its slice ended while others were ready.
    SliceEnded,
    /// Ready: `cause`, which the policy prefers, takes its core.
    Outranked,
    /// Ready, Dispatch, Intervene: moved by hand.
    ByHand,
    /// Ready: `cause` was put on its core by hand.
    Displaced,
    /// Dispatch: first in the ready queue, and its last core is free (or it has not run yet and takes the lowest free one).
    HeadOfQueue,
    /// Dispatch: first in the ready queue, and another core than its last is free.
    OtherCore,
    /// Dispatch: those before it in the ready queue may not run on this core.
    OthersPinned,
    /// Dispatch: the policy prefers it to the thread that was on this core.
    Outranks,
    /// Move: nobody waits for the core, so it takes from another core's queue.
    Pulled,
    /// Move: the queues are evened out.
    Balanced,
    /// SwitchIn: the core goes directly from thread `cause` to this one.
    CoreChangesThread,
    /// SwitchIn: it was last on another core.
    Migrates,
    /// Run…: goes on with its program at op `object`.
    NextOp,
    /// Run…: goes on inside op `object`, where it was taken off.
    Resumes,
    /// TakeGil: nobody held it.
    GilFree,
    /// TakeGil: it was released and this waiter was signalled.
    AfterSignal,
    /// TakeGil: it was free although another waiter had been signalled and is still waking.
    Barged,
    /// WantsGil: another thread, `cause`, holds it.
    GilHeld,
    /// WantsGil: it was signalled, but another thread was faster. WaitLock, WaitQueue, WaitPipe: it was woken, likewise.
    LostRace,
    /// WantsGil: it has asked, and waits again.
    AfterRequest,
    /// WantsGil: a switch happened during its wait, so it may not ask, and waits a whole interval again.
    SwitchSeen,
    /// RequestGil: it waited a whole switch interval and nobody switched.
    NoSwitchSeen,
    /// DropGil: a waiter has asked for it.
    Requested,
    /// DropGil: starts an I/O.
    ForIo,
    /// DropGil: sleeps.
    ForSleep,
    /// DropGil: starts native code.
    ForNative,
    /// DropGil: waits for what a person types.
    ForInput,
    /// DropGil: waits for a lock.
    ForLock,
    /// DropGil: waits for an item in a queue.
    ForQueue,
    /// DropGil: sends a message.
    ForSend,
    /// DropGil: takes a message from a pipe, or waits for one.
    ForReceive,
    /// DropGil: waits until the thread that it has started runs.
    ForStart,
    /// DropGil: waits until a thread has finished.
    ForJoin,
    /// DropGil: lets others go first.
    ForYield,
    /// DropGil, Finished: its program is over.
    ProgramOver,
    /// ForcedWait: it was asked to drop the GIL, so it may not go on before another thread has taken it.
    HandShake,
    /// WaitIo, WaitSleep, WaitInput: the op begins.
    OpBegins,
    /// WaitLock: another thread, `cause`, holds it, or this one itself.
    LockHeld,
    /// WaitQueue, WaitPipe: there is nothing in it.
    NothingThere,
    /// WaitStart, WaitJoin: the other thread does not run, or has not finished.
    NotYet,
    /// Acquire: nobody held it.
    LockFree,
    /// Get, Receive: something was in it.
    SomethingThere,
    /// StartThread, SpawnProcess, Release, Put, Send: its program says so.
    ProgramSays,
    /// Raise: the lock is held by nobody.
    LockNotHeld,
    /// Raise: the thread was started before, or the process spawned.
    StartedBefore,
    /// Raise: the thread that it wants to join was not started.
    NotStartedYet,
    /// Finished: an exception that nothing catches.
    Raised,
    /// Deadlock: each waits for the next, and the last for the first.
    CycleOfWaits,
    /// SkipIntervention: the thread is neither ready nor running; or not ready, where it is moved in the ready queue.
    NotReady,
    /// SkipIntervention: the policy orders the ready queue by a key.
    OrderedByKey,
    /// SkipIntervention: the thread is on no core.
    NotRunning,
    /// SkipIntervention: the thread awaits no input.
    NobodyAwaits,
    /// SkipIntervention: the thread may not run on that core.
    NotAllowedThere,
    /// SkipIntervention: the thread is on that core already.
    AlreadyThere,
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
