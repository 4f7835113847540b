//! Why it happened: the other half of the vocabulary of the trace.

use serde::Serialize;

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
    /// Acquire: `cause` released the lock and handed it over, as the thread had waited 1 ms or more. Waking, Ready: likewise.
    HandedOver,
    /// Waking, Ready: `cause` released the semaphore that it waits for.
    SemaphoreReleased,
    /// Waking, Ready: `cause` set the event that it waits for. Pass: the event is set.
    EventSet,
    /// Waking, Ready: `cause` was the last to come to the barrier. Pass: it is the last itself.
    AllThere,
    /// Waking, Ready: `cause` put an item into the queue that it waits for.
    ItemPut,
    /// Waking, Ready: `cause` took an item from the full queue that it waits for.
    ItemTaken,
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
    /// Waking, Ready: `cause` gave the GIL up at a check, which woke this waiter; `cause` has taken it back meanwhile.
    GilCheck,
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
    /// Dispatch: those before it in the ready queue have had more than their share.
    Eligible,
    /// Dispatch: the policy prefers it to the thread that was on this core.
    Outranks,
    /// Dispatch: one of its tickets was drawn.
    Drawn,
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
    /// TakeGil: it was woken at a check and is on a core just as `cause` gives the GIL up at one.
    WonRace,
    /// TakeGil: the operating system took `cause`, which held it, off this core.
    HolderOff,
    /// WantsGil: another thread, `cause`, holds it.
    GilHeld,
    /// WantsGil: it was signalled, but another thread was faster. WaitLock, WaitSemaphore, WaitQueue, WaitRoom, WaitPipe: it
    /// was woken, likewise.
    LostRace,
    /// WantsGil: it gave the GIL up at a check, and `cause` took it before it could take it back.
    LostAtCheck,
    /// WantsGil: it has asked, and waits again.
    AfterRequest,
    /// WantsGil: a switch happened during its wait, so it may not ask, and waits a whole interval again.
    SwitchSeen,
    /// RequestGil: it waited a whole switch interval and nobody switched.
    NoSwitchSeen,
    /// DropGil: a waiter has asked for it.
    Requested,
    /// DropGil: gives it up at a check as after every check interval; `cause` is faster than itself in taking it.
    AtCheck,
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
    /// DropGil: waits for a semaphore.
    ForSemaphore,
    /// DropGil: waits for an event.
    ForEvent,
    /// DropGil: waits for the others at a barrier.
    ForBarrier,
    /// DropGil: waits for an item in a queue.
    ForQueue,
    /// DropGil: waits for room in a queue.
    ForRoom,
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
    /// WaitSemaphore: its count is 0. WaitQueue, WaitPipe: there is nothing in it.
    NothingThere,
    /// WaitRoom: the queue is full.
    QueueFull,
    /// WaitDevice: it serves another thread, `cause`.
    DeviceBusy,
    /// WaitIo: the device is done with those before it.
    DeviceFree,
    /// WaitStart, WaitJoin: the other thread does not run, or has not finished. WaitEvent: the event is not set.
    /// WaitBarrier: others are still to come.
    NotYet,
    /// Acquire: nobody held it.
    LockFree,
    /// Get, Receive: something was in it. Acquire: the semaphore's count was above 0.
    SomethingThere,
    /// StartThread, SpawnProcess, Release, Set, Clear, Put, Send: its program says so.
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
    /// ChangeLevel: it has used up its allotment on the level above.
    LevelDropped,
    /// ChangeLevel: all go back to the top level.
    Boosted,
    /// ChangeLevel: it has waited long in the ready queue.
    Aged,
}
