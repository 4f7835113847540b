//! A thread on its way to a core: what dropping it would do, or why it would do nothing. Without pixels, so a drag, the menu
//! and the keyboard do exactly the same.

use crate::engine::{Cause, Machine, Place, Run};
use crate::ids::{CoreId, ThreadIx};
use crate::scenario::{Edit, Scenario};
use crate::scene::{DropSays, DropTarget};
use crate::time::{Dur, Time};

/// What a drop does.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The scenario after it, with a name for the undo button.
    pub edit: Edit,
    /// What it does, in words for the ghost: “run zip here now; etl goes to the head of the queue”.
    pub says: String,
    /// Where the playhead stands after it: where it was, or at the intervention, which is at most 1 ns later.
    pub playhead: Time,
}

/// The change in short: enough to know whether a target takes the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Pin(CoreId),
    Unpin,
    RunHere(CoreId),
}

/// What a drop is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'a> {
    /// The scenario as it is.
    pub scenario: &'a Scenario,
    /// Its run, computed at least to the playhead.
    pub run: &'a Run,
    /// The state at the playhead.
    pub machine: &'a Machine,
    /// The instant at which the thread is dropped.
    pub playhead: Time,
}

impl Judge<'_> {
    /// The targets that would take a thread, cores before pins.
    #[must_use]
    pub fn targets(&self, thread: ThreadIx) -> Vec<DropTarget> {
        let plan = self.run.plan();
        let all = plan.core_ids().map(DropTarget::Core).chain(plan.core_ids().map(DropTarget::Pin));
        all.filter(|target| self.judge(thread, *target).is_ok()).collect()
    }

    /// What dropping a thread on a target would do.
    ///
    /// # Errors
    /// Why it would do nothing: “T3 wants the GIL; a core would not help”.
    pub fn drop(&self, thread: ThreadIx, target: DropTarget) -> Result<Change, String> {
        let id = self.run.plan().threads.get(thread.ix()).ok_or("There is no such thread")?.id;
        let name = self.name(thread);
        let (edit, says, playhead) = match self.judge(thread, target)? {
            Move::Pin(core) => {
                let says = format!("pin {name} to core {}, from the start", core.0);
                (self.scenario.with_pin(id, Some(core)), says, self.playhead)
            }
            Move::Unpin => {
                let says = format!("let {name} run on any core, from the start");
                (self.scenario.with_pin(id, None), says, self.playhead)
            }
            Move::RunHere(core) => {
                let at = self.instant();
                (self.scenario.with_run_here(id, core, at), self.says_run_here(thread, core), at)
            }
        };
        let edit = edit.map_err(|problem| problem.to_string())?;
        Ok(Change { edit, says, playhead })
    }

    /// The same in words.
    #[must_use]
    pub fn says(&self, thread: ThreadIx, target: DropTarget) -> DropSays {
        match self.drop(thread, target) {
            Ok(change) => DropSays::Change(change.says),
            Err(reason) => DropSays::Refused(reason),
        }
    }

    fn judge(&self, thread: ThreadIx, target: DropTarget) -> Result<Move, String> {
        let plan = self.run.plan();
        let (DropTarget::Core(core) | DropTarget::Pin(core)) = target;
        if thread.ix() >= plan.threads.len() || core.0 >= plan.cores {
            return Err("There is no such thread or core".to_owned());
        }
        let here = plan.thread(thread).cores.pinned() == Some(core);
        match target {
            DropTarget::Pin(_) if here => Ok(Move::Unpin),
            DropTarget::Pin(_) => Ok(Move::Pin(core)),
            DropTarget::Core(_) if self.playhead > Time::ZERO => self.judge_run_here(thread, core),
            DropTarget::Core(_) if here => {
                Err(format!("{} is pinned to core {} already; its pin lets go of it", self.name(thread), core.0))
            }
            DropTarget::Core(_) => Ok(Move::Pin(core)),
        }
    }

    /// Whether the engine would carry out *run here now*, and if not, why, in the order in which it looks.
    fn judge_run_here(&self, thread: ThreadIx, core: CoreId) -> Result<Move, String> {
        let name = self.name(thread);
        let why = match self.machine.thread(thread).place {
            Place::Ready | Place::SwitchingIn | Place::Running(_) => {
                let allowed = self.run.plan().thread(thread).cores;
                return match allowed.pinned() {
                    _ if self.machine.thread(thread).core == Some(core) => {
                        Err(format!("{name} is on core {} already", core.0))
                    }
                    _ if allowed.allows(core) => Ok(Move::RunHere(core)),
                    Some(pin) => Err(format!("{name} is pinned to core {}", pin.0)),
                    None => Err(format!("{name} may not run on core {}", core.0)),
                };
            }
            Place::WantsGil => "wants the GIL; a core would not help",
            Place::ForcedWait => "waits until another thread has taken the GIL; a core would not help",
            Place::Waiting(Cause::Io) => "waits for I/O; a core would not help",
            Place::Waiting(Cause::Sleep) => "sleeps; a core would not help",
            Place::Waiting(Cause::Input) => "waits for input; a core would not help",
            Place::Waiting(Cause::Lock) => "waits for a lock; a core would not help",
            Place::Waiting(Cause::Queue) => "waits for an item; a core would not help",
            Place::Waiting(Cause::Pipe) => "waits for a message; a core would not help",
            Place::Waiting(Cause::Start | Cause::Join) => "waits for another thread; a core would not help",
            Place::Waking => "is still waking; it can be moved once it is ready",
            Place::NotStarted => "has not started yet",
            Place::Finished => "has finished",
        };
        Err(format!("{name} {why}"))
    }

    /// When an intervention at the playhead takes effect.
    ///
    /// Interventions come first within an instant, so one at an instant at which something else happens would come before
    /// what the user sees there, and could change it. One nanosecond later it comes after, and the past stays as it is.
    fn instant(&self) -> Time {
        let until = self.run.records_until(self.playhead);
        let taken = self.run.trace()[..until].last().is_some_and(|r| r.time() == self.playhead);
        if taken { self.playhead + Dur::from_ns(1) } else { self.playhead }
    }

    fn says_run_here(&self, thread: ThreadIx, core: CoreId) -> String {
        let name = self.name(thread);
        match self.machine.core(core).thread {
            Some(displaced) => format!("run {name} here now; {} goes to the head of the queue", self.name(displaced)),
            None => format!("run {name} here now"),
        }
    }

    fn name(&self, thread: ThreadIx) -> &str {
        &self.run.plan().thread(thread).name
    }
}
