//! Where a thread's life went.

use crate::engine::{Cause, Place, Work};
use crate::time::Dur;

/// Where a thread's life went, by place. The sum is its life: from its start to its end or the end of the figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Ran bytecode.
    pub python: Dur,
    /// Gave a GIL of Python 2 up at checks and took it back, while others wanted it.
    pub checks: Dur,
    /// Ran C code that keeps the GIL.
    pub extension: Dur,
    /// Ran C code without the GIL.
    pub native: Dur,
    /// Was on a core that switched to it.
    pub switching_in: Dur,
    /// Waited for a core.
    pub ready: Dur,
    /// Was woken and not ready yet.
    pub waking: Dur,
    /// Waited for the GIL.
    pub wants_gil: Dur,
    /// Had given up the GIL on request and waited until another thread had taken it.
    pub forced_wait: Dur,
    /// Waited for I/O, or was served by a device.
    pub io: Dur,
    /// Waited until a device had served others.
    pub devices: Dur,
    /// Slept.
    pub sleep: Dur,
    /// Waited for input.
    pub input: Dur,
    /// Waited for locks or semaphores.
    pub locks: Dur,
    /// Waited for events to be set, or for others at barriers.
    pub signals: Dur,
    /// Waited for items, for room for items, or for messages.
    pub messages: Dur,
    /// Waited for other threads to run or to finish.
    pub threads: Dur,
}

impl Totals {
    /// The thread's life.
    #[must_use]
    pub fn life(&self) -> Dur {
        self.by_name().into_iter().map(|(_, d)| d).sum()
    }

    /// Time in which it computed.
    #[must_use]
    pub fn useful(&self) -> Dur {
        self.python + self.extension + self.native
    }

    /// Time in which it wanted the GIL, or had to leave it to another thread.
    #[must_use]
    pub fn for_gil(&self) -> Dur {
        self.wants_gil + self.forced_wait
    }

    /// Time in which it waited for something other than a core and the GIL.
    #[must_use]
    pub fn waiting(&self) -> Dur {
        let resources = self.io + self.devices + self.sleep + self.input;
        resources + self.locks + self.signals + self.messages + self.threads
    }

    /// Each place with its name for people.
    #[must_use]
    pub fn by_name(&self) -> [(&'static str, Dur); 17] {
        [
            ("runs Python", self.python),
            ("checks for waiters", self.checks),
            ("runs C code, GIL kept", self.extension),
            ("runs native code", self.native),
            ("switching in", self.switching_in),
            ("ready", self.ready),
            ("waking", self.waking),
            ("wants the GIL", self.wants_gil),
            ("forced wait", self.forced_wait),
            ("waits for I/O", self.io),
            ("waits for a device", self.devices),
            ("sleeps", self.sleep),
            ("waits for input", self.input),
            ("waits for a lock", self.locks),
            ("waits for an event or barrier", self.signals),
            ("waits for a message", self.messages),
            ("waits for a thread", self.threads),
        ]
    }

    /// The part that belongs to a place; a thread that has not started or has finished spends no time.
    pub(super) fn of(&mut self, place: Place) -> Option<&mut Dur> {
        Some(match place {
            Place::Running(Work::Python) => &mut self.python,
            Place::Running(Work::Extension) => &mut self.extension,
            Place::Running(Work::Native) => &mut self.native,
            Place::SwitchingIn => &mut self.switching_in,
            Place::Ready => &mut self.ready,
            Place::Waking => &mut self.waking,
            Place::WantsGil => &mut self.wants_gil,
            Place::ForcedWait => &mut self.forced_wait,
            Place::Waiting(Cause::Io) => &mut self.io,
            Place::Waiting(Cause::Device) => &mut self.devices,
            Place::Waiting(Cause::Sleep) => &mut self.sleep,
            Place::Waiting(Cause::Input) => &mut self.input,
            Place::Waiting(Cause::Lock | Cause::Semaphore) => &mut self.locks,
            Place::Waiting(Cause::Event | Cause::Barrier) => &mut self.signals,
            Place::Waiting(Cause::Queue | Cause::Room | Cause::Pipe) => &mut self.messages,
            Place::Waiting(Cause::Start | Cause::Join) => &mut self.threads,
            Place::NotStarted | Place::Finished => return None,
        })
    }
}
