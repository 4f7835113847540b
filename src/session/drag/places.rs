//! Where something that is carried can go, in reading order, and what those places are called.

use std::ops::Range;

use super::Judge;
use crate::ids::{CoreId, ProcessIx, ThreadIx};
use crate::order::sorted;
use crate::scene::{Carried, DropTarget, Tool};
use crate::time::Time;

impl Judge<'_> {
    /// The targets that would take it, in reading order; for a flag without the instants, which are all over the ruler.
    #[must_use]
    pub fn targets(&self, what: Carried) -> Vec<DropTarget> {
        match what {
            Carried::Thread(thread) => {
                self.all(thread).into_iter().filter(|target| self.judge(thread, *target).is_ok()).collect()
            }
            // Among its own kind an op goes nearly anywhere.
            Carried::Flag(_) | Carried::Op(_) => vec![DropTarget::Bin],
            Carried::OpEdge(_) => Vec::new(),
            _ => self.everywhere(what).into_iter().filter(|target| self.takes(what, *target)).collect(),
        }
    }

    /// Every target that there is for several threads, copies and new things, but where all of it is already.
    fn everywhere(&self, what: Carried) -> Vec<DropTarget> {
        let plan = self.run.plan();
        let mut all: Vec<_> = (0..plan.processes.len()).map(|i| DropTarget::Process(ProcessIx(i as u16))).collect();
        match what {
            Carried::New(Tool::Process | Tool::Core | Tool::Device) => all = vec![DropTarget::Board],
            Carried::Threads(_) => {
                all.extend(plan.core_ids().map(DropTarget::Core));
                all.extend(plan.core_ids().map(DropTarget::Pin));
                all.push(DropTarget::Bin);
                all.retain(|target| !self.is_home(what, *target));
            }
            _ => {}
        }
        all
    }

    /// Whether a target would take it, as far as that is known without making the change.
    fn takes(&self, what: Carried, target: DropTarget) -> bool {
        match what {
            Carried::Thread(thread) => self.judge(thread, target).is_ok(),
            Carried::Threads(threads) => self.judge_threads(threads, target).is_ok(),
            Carried::Copies(_) => self.judge_copies(target).is_ok(),
            Carried::New(tool) => self.judge_new(tool, target).is_ok(),
            Carried::Flag(_) => matches!(target, DropTarget::Bin | DropTarget::Instant(_)),
            Carried::Op(_) | Carried::OpEdge(_) => self.drop(what, target).is_ok(),
        }
    }

    /// Where keys carry it: to the targets that would take it, then to those that say why they would not, and last to the
    /// bin. At the start a core and its pin are one place.
    #[must_use]
    pub fn places(&self, what: Carried) -> Vec<DropTarget> {
        let mut all = match what {
            Carried::Thread(thread) => self.all(thread),
            Carried::Op(op) => return self.gaps(op).into_iter().chain([DropTarget::Bin]).collect(),
            _ => self.menu_places(what),
        };
        all.retain(|target| self.playhead > Time::ZERO || !matches!(target, DropTarget::Core(_)));
        sorted(all, |target| (*target == DropTarget::Bin, !self.takes(what, *target)))
    }

    /// The lines of a menu: where it can go, and where it would be refused. At the start a drop on a core is one on its pin,
    /// so there is only one line for both.
    #[must_use]
    pub fn menu_places(&self, what: Carried) -> Vec<DropTarget> {
        match what {
            Carried::Thread(thread) => {
                let mut all = self.all(thread);
                let Range { start: head, end: tail } = self.queue_of(thread);
                let now = self.place_in_queue(thread).unwrap_or_default();
                all.retain(|target| match *target {
                    DropTarget::Core(_) => self.playhead > Time::ZERO,
                    // A long queue makes no long menu: its ends, and one place forward or back.
                    DropTarget::Queue(place) => [head, tail, now.saturating_sub(1), now + 2].contains(&place),
                    _ => true,
                });
                all
            }
            Carried::Flag(_) => vec![DropTarget::Instant(self.playhead), DropTarget::Bin],
            Carried::Op(op) => self.next_gaps(op).into_iter().chain([DropTarget::Bin]).collect(),
            // It goes to any length.
            Carried::OpEdge(_) => Vec::new(),
            _ => {
                let mut all = self.everywhere(what);
                all.retain(|target| self.playhead > Time::ZERO || !matches!(target, DropTarget::Core(_)));
                all
            }
        }
    }

    /// Everywhere but where it is.
    fn all(&self, thread: ThreadIx) -> Vec<DropTarget> {
        let plan = self.run.plan();
        let processes = (0..plan.processes.len()).map(|i| DropTarget::Process(ProcessIx(i as u16)));
        // From elsewhere there is only one way into the queue: to its tail.
        let Range { start, end: tail } = self.queue_of(thread);
        let head = if self.place_in_queue(thread).is_some() { start } else { tail };
        let queue = (head..=tail).map(DropTarget::Queue);
        let cores = plan.core_ids().map(DropTarget::Core);
        let pins = plan.core_ids().map(DropTarget::Pin);
        let all = processes.chain(queue).chain(cores).chain(pins).chain([DropTarget::Bin]);
        all.filter(|target| !self.is_home(Carried::Thread(thread), *target)).collect()
    }

    /// Whether a target is where it is now, so that a drop there puts it back.
    #[must_use]
    pub fn is_home(&self, what: Carried, target: DropTarget) -> bool {
        match (what, target) {
            (Carried::Thread(thread), DropTarget::Process(process)) => {
                self.run.plan().threads.get(thread.ix()).is_some_and(|t| t.process == process)
            }
            (Carried::Thread(thread), DropTarget::Core(core)) => {
                self.playhead > Time::ZERO && self.core_of(thread) == Some(core)
            }
            (Carried::Thread(thread), DropTarget::Queue(place)) => {
                self.place_in_queue(thread).is_some_and(|now| place == now || place == now + 1)
            }
            (Carried::Threads(threads), target) => threads.iter().all(|t| self.is_home(Carried::Thread(t), target)),
            (Carried::Flag(flag), DropTarget::Instant(time)) => {
                self.scenario.interventions.get(usize::from(flag)).is_some_and(|i| i.at == time)
            }
            (Carried::Op(op), DropTarget::Before(to)) => self.is_own_gap(op, to, false),
            (Carried::Op(op), DropTarget::After(to)) => self.is_own_gap(op, to, true),
            (Carried::OpEdge(op), DropTarget::Length(length)) => {
                self.op(op).is_some_and(|op| op.length() == Some(length))
            }
            _ => false,
        }
    }

    fn core_of(&self, thread: ThreadIx) -> Option<CoreId> {
        self.run.plan().threads.get(thread.ix()).and_then(|_| self.machine.thread(thread).core)
    }

    /// The place of a thread in the ready queue, if it is ready.
    pub(super) fn place_in_queue(&self, thread: ThreadIx) -> Option<u16> {
        let Range { start, end } = self.queue_of(thread);
        (start..end).find(|place| self.in_queue(*place) == Some(thread))
    }

    /// Who stands at a place of the ready queues; behind the last of each there is one for its tail.
    fn in_queue(&self, place: u16) -> Option<ThreadIx> {
        let mut place = usize::from(place);
        for queue in self.machine.queues() {
            if place <= queue.threads.len() {
                return queue.threads.get(place).copied();
            }
            place -= queue.threads.len() + 1;
        }
        None
    }

    /// The places of the ready queue that a thread may stand at: those of its core's, where each core has one.
    pub(in super::super) fn queue_of(&self, thread: ThreadIx) -> Range<u16> {
        let mut start = 0;
        let on = self.core_of(thread);
        for (i, queue) in self.machine.queues().iter().enumerate() {
            let end = start + queue.threads.len() as u16;
            if queue.threads.contains(&thread) || on.is_some_and(|core| core.ix() == i) {
                return start..end;
            }
            start = end + 1;
        }
        0..start - 1
    }

    /// What is carried, by name.
    #[must_use]
    pub fn name(&self, what: Carried) -> String {
        match what {
            Carried::Thread(thread) => {
                self.run.plan().threads.get(thread.ix()).map_or_else(String::new, |t| t.name.clone())
            }
            Carried::Flag(flag) => {
                let intervention = self.scenario.interventions.get(usize::from(flag));
                intervention.map_or_else(String::new, |i| format!("The flag “{}”", self.scenario.in_words(&i.what)))
            }
            Carried::Op(op) | Carried::OpEdge(op) => self.op_text(op),
            Carried::Threads(threads) => self.names(threads),
            Carried::Copies(threads) => format!("A copy of {}", self.names(threads)),
            Carried::New(tool) => format!("A new {}", tool.name()),
        }
    }

    /// What a target is called in a menu: “Run on core 1 now”.
    #[must_use]
    pub fn label(&self, what: Carried, target: DropTarget) -> String {
        let plan = self.run.plan();
        match target {
            DropTarget::Core(core) if self.playhead > Time::ZERO => format!("Run on core {} now", core.0),
            DropTarget::Core(core) | DropTarget::Pin(core) => {
                let thread = what.thread().and_then(|t| plan.threads.get(t.ix()));
                let here = thread.is_some_and(|t| t.cores.pinned() == Some(core));
                format!("{} core {}", if here { "Let go of" } else { "Pin to" }, core.0)
            }
            DropTarget::Process(process) => {
                let name = plan.processes.get(process.ix()).map_or("", |p| p.name.as_str());
                match what {
                    Carried::New(tool) => format!("Add {} to {name}", tool.one()),
                    Carried::Copies(_) => format!("Copy to process {name}"),
                    _ => format!("Move to process {name}"),
                }
            }
            DropTarget::Board => match what {
                Carried::New(tool) => format!("Add {}", tool.one()),
                _ => "The board".to_owned(),
            },
            DropTarget::Queue(_) if what.thread().is_none_or(|t| self.place_in_queue(t).is_none()) => {
                let on_core = what.thread().is_some_and(|t| self.core_of(t).is_some());
                if on_core { "Take off its core" } else { "Put into the ready queue" }.to_owned()
            }
            DropTarget::Queue(place) if what.thread().is_some_and(|t| self.queue_of(t).start == place) => {
                "First in the ready queue".to_owned()
            }
            DropTarget::Queue(place) if what.thread().is_some_and(|t| self.queue_of(t).end == place) => {
                "Last in the ready queue".to_owned()
            }
            DropTarget::Queue(place) => match self.in_queue(place) {
                Some(next) => format!("Before {} in the ready queue", self.thread_name(next)),
                None => "Last in the ready queue".to_owned(),
            },
            DropTarget::Bin => "Delete".to_owned(),
            DropTarget::Gil => "The GIL".to_owned(),
            DropTarget::Lanes => "The lanes".to_owned(),
            DropTarget::Instant(time) if time == self.playhead => "Move to the playhead".to_owned(),
            DropTarget::Instant(time) => format!("Move to {time:.3}"),
            DropTarget::Before(to) => self.gap_label(what, to, false),
            DropTarget::After(to) => self.gap_label(what, to, true),
            DropTarget::Length(length) => length.to_string(),
        }
    }
}
