//! A thread dropped on a core, a pin, a process, a place of the ready queue, or in the bin.

use super::{Drop, Judge};
use crate::engine::Place;
use crate::ids::{CoreId, ProcessIx, ThreadIx};
use crate::scene::DropTarget;
use crate::time::Time;

/// The change in short: enough to know whether a target takes the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    Pin(CoreId),
    Unpin,
    RunHere(CoreId),
    To(ProcessIx),
    /// To this place among the others of the ready queue.
    Reorder(u16),
    Preempt,
    Delete,
}

impl Judge<'_> {
    pub(super) fn drop_thread(&self, thread: ThreadIx, target: DropTarget) -> Result<Drop, String> {
        let to = self.judge(thread, target)?;
        let id = self.run.plan().thread(thread).id;
        let name = self.thread_name(thread);
        let now = self.after_what_happens_at(self.playhead);
        let (edit, by_hand) = match to {
            Move::Pin(core) => (self.scenario.with_pin(id, Some(core)), None),
            Move::Unpin => (self.scenario.with_pin(id, None), None),
            Move::RunHere(core) => (self.scenario.with_run_here(id, core, now), Some(self.says_run_here(thread, core))),
            Move::To(process) => (self.scenario.with_thread_moved(id, self.run.plan().process(process).id), None),
            Move::Reorder(to) => (self.scenario.with_reorder(id, to, now), Some(self.says_reorder(thread, to))),
            Move::Preempt => {
                let says = format!("take {name} off its core now; it goes to the tail of the queue");
                (self.scenario.with_preempt(id, now), Some(says))
            }
            Move::Delete => (self.scenario.without_thread(id), None),
        };
        let edit = edit.map_err(|problem| self.because(thread, &problem))?;
        // An intervention takes the playhead along, so that the board shows what it does.
        let playhead = if by_hand.is_some() { now } else { self.playhead };
        let says = by_hand.unwrap_or_else(|| edit.says());
        Ok(Drop { edit, says, playhead })
    }

    pub(super) fn judge(&self, thread: ThreadIx, target: DropTarget) -> Result<Move, String> {
        let plan = self.run.plan();
        let exists = match target {
            DropTarget::Core(core) | DropTarget::Pin(core) => core.0 < plan.cores,
            DropTarget::Process(process) => process.ix() < plan.processes.len(),
            _ => true,
        };
        if !exists || thread.ix() >= plan.threads.len() {
            return Err("There is no such thread or place".to_owned());
        }
        let name = self.thread_name(thread);
        let pin = plan.thread(thread).cores.pinned();
        match target {
            DropTarget::Pin(core) if pin == Some(core) => Ok(Move::Unpin),
            DropTarget::Pin(core) => Ok(Move::Pin(core)),
            DropTarget::Core(core) if self.playhead > Time::ZERO => self.judge_run_here(thread, core),
            DropTarget::Core(core) if pin == Some(core) => {
                Err(format!("{name} is pinned to core {} already; its pin lets go of it", core.0))
            }
            DropTarget::Core(core) => Ok(Move::Pin(core)),
            DropTarget::Process(process) if plan.thread(thread).process == process => {
                Err(format!("{name} is a thread of {} already", plan.process(process).name))
            }
            DropTarget::Process(process) => Ok(Move::To(process)),
            DropTarget::Queue(place) => self.judge_queue(thread, place),
            DropTarget::Bin => Ok(Move::Delete),
            DropTarget::Before(_) | DropTarget::After(_) | DropTarget::Length(_) => {
                Err("Only an op has a place in a program".to_owned())
            }
            DropTarget::Board => Err("A thread belongs to a process: drop it on one".to_owned()),
            DropTarget::Gil => {
                Err("The GIL is not given by hand: when its holder drops it, one who waits for it takes it".to_owned())
            }
            DropTarget::Lanes => {
                Err(format!("Lanes only show what happens; drop {name} on a core, a process or the ready queue"))
            }
            DropTarget::Instant(_) => Err("A thread starts at a time that is set in its panel".to_owned()),
        }
    }

    /// Whether the engine would carry out *run here now*, and if not, why, in the order in which it looks.
    fn judge_run_here(&self, thread: ThreadIx, core: CoreId) -> Result<Move, String> {
        let name = self.thread_name(thread);
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
            Place::Waiting(cause) => return Err(format!("{name} {}; a core would not help", cause.in_words())),
            Place::Waking => "is still waking; it can be moved once it is ready",
            Place::NotStarted => "has not started yet",
            Place::Finished => "has finished",
        };
        Err(format!("{name} {why}"))
    }

    /// Whether a thread can be put at a place of the ready queue: within it while it is ready, to its tail from a core.
    fn judge_queue(&self, thread: ThreadIx, place: u16) -> Result<Move, String> {
        let name = self.thread_name(thread);
        if self.playhead == Time::ZERO {
            return Err(format!("At the start nothing can be done by hand yet; go on a little, then move {name}"));
        }
        let queue = self.queue_of(thread);
        let elsewhere = self.machine.queues().len() > 1 && !(queue.start..=queue.end).contains(&place);
        if let Some(now) = self.place_in_queue(thread) {
            return match place {
                place if place == now || place == now + 1 => Err(format!("{name} is at this place already")),
                _ if elsewhere => {
                    Err(format!("{name} is in the ready queue of another core; drop it on a core to run it there"))
                }
                place => Ok(Move::Reorder(if place > now { place.min(queue.end) - 1 } else { place } - queue.start)),
            };
        }
        match self.machine.thread(thread).place {
            Place::SwitchingIn | Place::Running(_) if queue.is_empty() => {
                Err(format!("Nobody else is ready; {name} would get its core back at once"))
            }
            Place::SwitchingIn | Place::Running(_) if elsewhere => {
                Err(format!("{name} would wait for its own core; drop it there, or on another core to run it"))
            }
            Place::SwitchingIn | Place::Running(_) => Ok(Move::Preempt),
            _ => Err(format!("{name} is not ready; only threads that wait for a core stand in this queue")),
        }
    }

    fn says_reorder(&self, thread: ThreadIx, to: u16) -> String {
        let name = self.thread_name(thread);
        let queue = self.machine.queues().iter().find(|q| q.threads.contains(&thread));
        let mut others = queue.into_iter().flat_map(|q| q.threads.iter().copied()).filter(|t| *t != thread);
        match others.nth(to.into()) {
            Some(next) if to == 0 => {
                format!("move {name} to the head of the queue now, before {}", self.thread_name(next))
            }
            Some(next) => format!("move {name} before {} now", self.thread_name(next)),
            None => format!("move {name} to the tail of the queue now"),
        }
    }

    fn says_run_here(&self, thread: ThreadIx, core: CoreId) -> String {
        let name = self.thread_name(thread);
        match self.machine.core(core).thread {
            Some(displaced) => {
                format!("run {name} here now; {} goes to the head of the queue", self.thread_name(displaced))
            }
            None => format!("run {name} here now"),
        }
    }
}
