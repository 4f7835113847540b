//! Several threads dropped at once, and copies of threads. All or none: if one of them is refused, so are they all.

use super::{Drop, Judge};
use crate::ids::{CoreId, ProcessIx, ThreadId, ThreadIx};
use crate::scenario::{Change, Edit, Problem, Scenario};
use crate::scene::{DropTarget, ThreadSet};
use crate::time::Time;

use super::thread::Move;

impl Judge<'_> {
    pub(super) fn drop_threads(&self, threads: ThreadSet, target: DropTarget) -> Result<Drop, String> {
        let mut moving = self.judge_threads(threads, target)?;
        let who = self.names(moving.iter().copied().collect());
        let now = self.after_what_happens_at(self.playhead);
        let mut playhead = self.playhead;
        let (name, scenario) = match target {
            DropTarget::Process(process) => {
                let to = self.run.plan().process(process);
                (format!("Move {who} to {}", to.name), self.each(&moving, |s, id| s.with_thread_moved(id, to.id))?)
            }
            DropTarget::Core(core) if self.playhead > Time::ZERO => {
                playhead = now;
                // The last one that comes stays there; the others are at the head of the queue, in their order.
                moving.reverse();
                let name = format!("Run {who} on core {} at {now:.3}", core.0);
                (name, self.each(&moving, |s, id| s.with_run_here(id, core, now))?)
            }
            DropTarget::Core(core) | DropTarget::Pin(core) => self.pin_all(&who, &moving, core)?,
            DropTarget::Bin => (format!("Delete {who}"), self.each(&moving, Scenario::without_thread)?),
            _ => return Err(not_there(target)),
        };
        Ok(self.dropped(name, scenario, playhead))
    }

    /// Those of the threads that a target would do something with.
    pub(super) fn judge_threads(&self, threads: ThreadSet, target: DropTarget) -> Result<Vec<ThreadIx>, String> {
        if !matches!(target, DropTarget::Process(_) | DropTarget::Core(_) | DropTarget::Pin(_) | DropTarget::Bin) {
            return Err(not_there(target));
        }
        let (mut moving, mut refused) = (Vec::new(), None);
        for thread in threads.iter() {
            match self.judge(thread, target) {
                // Who is there already stays there, and keeps nobody from coming.
                Err(why) if self.is_there(thread, target) => refused = Some(why),
                Err(why) => return Err(why),
                Ok(_) => moving.push(thread),
            }
        }
        match refused {
            Some(why) if moving.is_empty() => Err(why),
            _ if moving.is_empty() => Err("There are no such threads".to_owned()),
            _ => Ok(moving),
        }
    }

    fn is_there(&self, thread: ThreadIx, target: DropTarget) -> bool {
        let Some(planned) = self.run.plan().threads.get(thread.ix()) else { return false };
        match target {
            DropTarget::Process(process) => planned.process == process,
            DropTarget::Core(core) if self.playhead > Time::ZERO => self.machine.thread(thread).core == Some(core),
            DropTarget::Core(core) => planned.cores.pinned() == Some(core),
            _ => false,
        }
    }

    /// Pins all of them that are not pinned there; if all are, lets go of them.
    fn pin_all(&self, who: &str, threads: &[ThreadIx], core: CoreId) -> Result<(String, Scenario), String> {
        let unpins = threads.iter().all(|t| self.judge(*t, DropTarget::Pin(core)) == Ok(Move::Unpin));
        let pin = (!unpins).then_some(core);
        let name = match pin {
            Some(core) => format!("Pin {who} to core {}", core.0),
            None => format!("Let {who} run on any core"),
        };
        Ok((name, self.each(threads, |s, id| s.with_pin(id, pin))?))
    }

    /// Copies threads: into another process, or into their own.
    pub(super) fn drop_copies(&self, threads: ThreadSet, target: DropTarget) -> Result<Drop, String> {
        let process = self.judge_copies(target)?;
        let to = self.run.plan().process(process);
        let threads: Vec<ThreadIx> = threads.iter().filter(|t| t.ix() < self.run.plan().threads.len()).collect();
        if threads.is_empty() {
            return Err("There are no such threads".to_owned());
        }
        let scenario = self.each(&threads, |s, id| {
            let before: Vec<ThreadId> = s.threads().map(|(_, t)| t.id).collect();
            let copied = s.with_thread_copied(id)?;
            let copy = copied.scenario.threads().map(|(_, t)| t.id).find(|id| !before.contains(id));
            copy.map_or_else(|| Ok(copied.clone()), |copy| copied.scenario.with_thread_moved(copy, to.id))
        })?;
        let name = format!("Copy {} to {}", self.names(threads.into_iter().collect()), to.name);
        Ok(self.dropped(name, scenario, self.playhead))
    }

    /// The process to which a target takes a copy.
    pub(super) fn judge_copies(&self, target: DropTarget) -> Result<ProcessIx, String> {
        match target {
            DropTarget::Process(process) if process.ix() < self.run.plan().processes.len() => Ok(process),
            _ => Err("A copy goes to a process: drop it on one".to_owned()),
        }
    }

    /// Makes the same edit for each of the threads, one after another. One that cannot go because of another one that goes
    /// too goes after it.
    fn each(
        &self,
        threads: &[ThreadIx],
        edit: impl Fn(&Scenario, ThreadId) -> Result<Edit, Problem>,
    ) -> Result<Scenario, String> {
        let mut scenario = self.scenario.clone();
        let mut left: Vec<ThreadId> = threads.iter().map(|t| self.run.plan().thread(*t).id).collect();
        while !left.is_empty() {
            let (before, mut problem) = (left.len(), None);
            left.retain(|id| match edit(&scenario, *id) {
                Ok(edit) => {
                    scenario = edit.scenario;
                    false
                }
                Err(why) => {
                    problem.get_or_insert((*id, why));
                    true
                }
            });
            if let Some((id, problem)) = problem.filter(|_| left.len() == before) {
                let thread = self.run.plan().thread_ix(id);
                return Err(thread.map_or_else(|| problem.to_string(), |thread| self.because(thread, &problem)));
            }
        }
        Ok(scenario)
    }

    /// A drop that comes to a scenario under a name.
    pub(super) fn dropped(&self, name: String, scenario: Scenario, playhead: Time) -> Drop {
        let edit = Edit { kind: Change::between(self.scenario, &scenario), name, scenario };
        Drop { says: edit.says(), edit, playhead }
    }

    /// One or two threads by name, more by their number.
    pub(super) fn names(&self, threads: ThreadSet) -> String {
        let there = threads.iter().filter_map(|t| self.run.plan().threads.get(t.ix()));
        let names: Vec<&str> = there.take(2).map(|t| t.name.as_str()).collect();
        match (threads.len(), &names[..]) {
            (1, [one]) => (*one).to_owned(),
            (2, [one, other]) => format!("{one} and {other}"),
            (n, _) => format!("{n} threads"),
        }
    }
}

fn not_there(target: DropTarget) -> String {
    match target {
        DropTarget::Queue(_) => "Only one thread at a time can be put into the ready queue".to_owned(),
        _ => "Threads go to a process, a core, a pin, or to the bin".to_owned(),
    }
}
