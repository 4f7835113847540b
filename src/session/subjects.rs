//! What the subjects of one run are in another: a selection outlives a change of the scenario if its thing does.

use crate::engine::Run;
use crate::ids::{GilIx, ProcessIx};
use crate::scene::{OpAt, Subject};

use super::Session;

/// The same thing in the run of a changed scenario, if it is still there. Threads and processes are known by their ids.
pub(super) fn carry_over(subject: Subject, old: &Run, new: &Run) -> Option<Subject> {
    let (before, after) = (old.plan(), new.plan());
    let found = match subject {
        Subject::Thread(ix) => Subject::Thread(after.thread_ix(before.thread(ix).id)?),
        Subject::Input(ix) => Subject::Input(after.thread_ix(before.thread(ix).id)?),
        Subject::Process(ix) => Subject::Process(after.process_ix(before.process(ix).id)?),
        Subject::Gil(ix) => Subject::Gil(gil_over(ix, old, new)?),
        Subject::Resource(ix) => {
            Subject::Resource(after.object_ixs().find(|o| after.object(*o).id == before.object(ix).id)?)
        }
        // A number in a list that may have changed; the same number could now be another thing.
        Subject::Record(_) | Subject::Flag(_) => return None,
        Subject::Op(op) => Subject::Op(OpAt { thread: after.thread_ix(before.thread(op.thread).id)?, ..op }),
        Subject::OpEdge(op) => Subject::OpEdge(OpAt { thread: after.thread_ix(before.thread(op.thread).id)?, ..op }),
        other => other,
    };
    exists(found, new).then_some(found)
}

fn gil_over(gil: GilIx, old: &Run, new: &Run) -> Option<GilIx> {
    new.plan().same_gil(old.plan(), gil)
}

/// The process that a run has and another did not, or else the thread, or else what threads share; `None` if there are several, or as many went.
pub(super) fn added(old: &Run, new: &Run) -> Option<Subject> {
    let (before, after) = (old.plan(), new.plan());
    if after.processes.len() == before.processes.len() + 1 {
        let mut ixs = (0..after.processes.len()).map(|i| ProcessIx(i as u16));
        return ixs.find(|ix| before.process_ix(after.process(*ix).id).is_none()).map(Subject::Process);
    }
    if after.threads.len() == before.threads.len() + 1 {
        return after.thread_ixs().find(|ix| before.thread_ix(after.thread(*ix).id).is_none()).map(Subject::Thread);
    }
    if after.objects.len() == before.objects.len() + 1 {
        let is_old = |id| before.objects.iter().any(|o| o.id == id);
        return after.object_ixs().find(|ix| !is_old(after.object(*ix).id)).map(Subject::Resource);
    }
    None
}

/// Whether a run has such a thing.
fn exists(subject: Subject, run: &Run) -> bool {
    let plan = run.plan();
    match subject.of_lane() {
        Subject::Thread(ix) | Subject::Input(ix) => ix.ix() < plan.threads.len(),
        Subject::Process(ix) => ix.ix() < plan.processes.len(),
        Subject::Core(core) | Subject::Pin(core) => core.0 < plan.cores,
        Subject::Gil(ix) => ix.ix() < plan.gils.len(),
        Subject::Record(number) => (number as usize) < run.trace().len(),
        Subject::Op(op) | Subject::OpEdge(op) => {
            plan.threads.get(op.thread.ix()).is_some_and(|t| usize::from(op.op) < t.ops.len())
        }
        Subject::Flag(number) => usize::from(number) < plan.interventions.len(),
        Subject::Resource(ix) => ix.ix() < plan.objects.len(),
        Subject::ThreadLane(_) | Subject::CoreLane(_) | Subject::GilLane(_) => false,
        Subject::ObjectLane(_) | Subject::QueueLane | Subject::ProcessLane(_) | Subject::ComputerLane => false,
        Subject::ReadyQueue | Subject::Board | Subject::Bin | Subject::Computer => true,
        Subject::Ruler | Subject::Lanes | Subject::Overview => true,
    }
}

impl Session {
    /// Whether there is such a thing now.
    pub(super) fn exists(&self, subject: Subject) -> bool {
        exists(subject, &self.run)
    }
}
