//! The parts of a machine's state: where each thread is, what each core and GIL do.

use std::collections::VecDeque;

use crate::ids::{CoreId, ThreadIx};
use crate::time::{Dur, Time};

use super::Reason;
use super::policy::{Average, Entity, OnCores, Standing};
use super::ticks::Pace;

/// Where a thread is. It is in exactly one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Its start time is still to come.
    NotStarted,
    /// In the ready queue: waits for a core.
    Ready,
    /// On a core that is still switching to it.
    SwitchingIn,
    /// On a core, computing.
    Running(Work),
    /// Woken, not ready yet.
    Waking,
    /// Waits for the GIL.
    WantsGil,
    /// Gave up the GIL on request and waits until another thread has taken it.
    ForcedWait,
    /// Waits for something else, neither core nor GIL.
    Waiting(Cause),
    /// Its program is over.
    Finished,
}

/// What a running thread computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Work {
    /// Bytecode: holds the GIL, honours a drop request at once.
    Python,
    /// C code that keeps the GIL and cannot be interrupted.
    Extension,
    /// C code without the GIL.
    Native,
}

/// What a waiting thread waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// A device or the network.
    Io,
    /// A device that serves others first.
    Device,
    /// The clock.
    Sleep,
    /// What a person types.
    Input,
    /// A lock that another thread holds, or held when it began to wait.
    Lock,
    /// A semaphore whose count was 0.
    Semaphore,
    /// An event that shall be set.
    Event,
    /// The others at a barrier.
    Barrier,
    /// An item in a queue.
    Queue,
    /// Room in a queue that was full.
    Room,
    /// A message from a pipe.
    Pipe,
    /// The thread that it has started: it shall run.
    Start,
    /// Another thread: it shall finish.
    Join,
}

impl Cause {
    /// What a thread with this cause does, behind its name: “waits for a lock”.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Io => "waits for I/O",
            Self::Device => "waits for a device",
            Self::Sleep => "sleeps",
            Self::Input => "waits for input",
            Self::Lock => "waits for a lock",
            Self::Semaphore => "waits for a semaphore",
            Self::Event => "waits for an event",
            Self::Barrier => "waits at a barrier",
            Self::Queue => "waits for an item",
            Self::Room => "waits for room in a queue",
            Self::Pipe => "waits for a message",
            Self::Start | Self::Join => "waits for another thread",
        }
    }
}

/// What a thread does once it is on a core and has the GIL that it wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resume {
    /// The instruction at `pc`, from its beginning.
    Begin,
    /// The rest of the compute instruction at `pc`.
    Continue,
    /// The part without the GIL of the instruction at `pc`; the GIL has been dropped for it.
    Detached,
    /// It was woken, and tries again without the GIL to get what the instruction at `pc` waits for.
    Retry,
}

/// How a thread that looks for the GIL came to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// For the first time since it last held it.
    Fresh,
    /// It was signalled.
    Signalled,
    /// It waited a whole interval.
    TimedOut,
    /// It was woken at a check of the holder, which will be in time unless the holder does something else by then.
    AtCheck,
}

/// A thread's state.
#[derive(Clone, Debug)]
pub struct ThreadState {
    /// Where it is.
    pub place: Place,
    /// Since when.
    pub since: Time,
    /// The core it is on; set in `SwitchingIn` and `Running`.
    pub core: Option<CoreId>,
    /// The core it was last on.
    pub last_core: Option<CoreId>,
    /// The op it is at, counted as in `PlanThread::ops`; `None` before the first and after the last.
    pub op: Option<u16>,
    /// What remained of a compute op when it last went on a core.
    pub(super) remaining: Dur,
    /// When its current stretch of computing began.
    pub(super) burst_start: Time,
    /// How it gets on while it runs Python and holds a GIL that it gives up at checks.
    pub(super) pace: Option<Pace>,
    /// What it has lost to checks while it ran Python and others wanted its GIL.
    pub(super) checks: Dur,
    /// Next instruction.
    pub(super) pc: u32,
    /// Whether it must take the GIL before it goes on, and how it comes to look for it.
    pub(super) needs_gil: Option<Came>,
    /// How it goes on.
    pub(super) resume: Resume,
    /// `switch_number` when its current wait for the GIL began.
    pub(super) snapshot: u64,
    /// What is left of its slice, if it was displaced by hand.
    pub(super) slice_left: Option<Dur>,
    /// What the policy keeps of it.
    pub(super) entity: Entity,
    /// Who started it and waits until it runs.
    pub(super) starter: Option<ThreadIx>,
    /// When its wait for a lock began, across lost races.
    pub(super) waiting_since: Time,
    /// Why it was woken, and by whom; of meaning on its way from `Waking` to the ready queue.
    pub woken_by: (Reason, Option<ThreadIx>),
}

impl ThreadState {
    /// How much it has computed of its op in the stretch that lasts until `now`.
    pub(super) fn computed(&self, now: Time) -> Dur {
        let elapsed = now.since(self.burst_start);
        self.pace.map_or(elapsed, |pace| pace.python(elapsed))
    }
}

/// A core's state.
#[derive(Clone, Debug, Default)]
pub struct CoreState {
    /// Who is on it, switching in or running.
    pub thread: Option<ThreadIx>,
    /// Who was on it last.
    pub last_thread: Option<ThreadIx>,
    /// What its threads have lost to checks for waiters of a GIL.
    pub(super) checks: Dur,
    /// Since when nobody is on it; meaningful while `thread` is `None`.
    pub(super) idle_since: Time,
    /// When its thread began to compute there; `None` before, and while nobody is on it.
    pub(super) computes_since: Option<Time>,
    /// When the slice of its thread began, or the first of those that it gets unwatched, one after another.
    pub(super) slice_since: Time,
    /// Until when the time of its thread on it is charged by the policy.
    pub(super) charged_until: Time,
    /// Where its thread stood then, for policies that sum that up.
    pub(super) standing: Standing,
}

/// A ready queue.
#[derive(Clone, Debug, Default)]
pub struct ReadyQueue {
    /// Who is in it, in the order in which the policy will pick, as far as that can be known.
    pub threads: VecDeque<ThreadIx>,
    /// The least virtual time in it so far, for policies that go by it; never goes back.
    pub(super) least_v: u64,
    /// What its threads weigh and where they stand in virtual time, which stays while they are in it; for policies that sum
    /// that up.
    pub(super) sums: Average,
    /// The same of the threads on the cores that draw from it, as their virtual time goes on.
    pub(super) on_cores: OnCores,
}

/// The state of something shared.
#[derive(Clone, Debug, Default)]
pub struct ObjectState {
    /// Who holds the lock, or whom the device serves.
    pub holder: Option<ThreadIx>,
    /// How many items or messages are in it; a semaphore's count; 1 for an event that is set.
    pub items: u32,
    /// Who waits for it, first come first; in a queue both for items and for room. Who comes to an event or a barrier is
    /// here at once, also while it is in a forced wait first.
    pub waiters: VecDeque<ThreadIx>,
}

/// A GIL's state, as in CPython's `_gil_runtime_state`.
#[derive(Clone, Debug, Default)]
pub struct GilState {
    /// Who holds it.
    pub holder: Option<ThreadIx>,
    /// When it was last taken.
    pub taken_at: Time,
    /// Who held it last; not cleared by a release.
    pub last_holder: Option<ThreadIx>,
    /// Counts the times that a thread other than the last holder took it.
    pub switch_number: u64,
    /// Who asked the holder to drop it.
    pub requested_by: Option<ThreadIx>,
    /// Who gave it up on request and waits until it is taken.
    pub forced: Option<ThreadIx>,
    /// Who waits for it, in order of the start of their current waits (`gil.cond`).
    pub waiters: VecDeque<ThreadIx>,
    /// How many signalled waiters are on their way.
    pub(super) signalled: u16,
    /// With checks: how much longer its holder must run Python until one of them wakes the first waiter in time, while
    /// the holder does not run; meaningless while it does. `None` if that is not drawn yet.
    pub(super) race_left: Option<Dur>,
}
