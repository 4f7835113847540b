//! How a plan is looked at: its parts by index and by id.

use super::plan::{Plan, PlanGil, PlanObject, PlanProcess, PlanThread};
use crate::ids::{CoreId, GilIx, ObjectIx, ProcessId, ProcessIx, ThreadId, ThreadIx};
use crate::scenario::{PerCore, Queues};

impl Plan {
    /// The index of the thread with this id.
    #[must_use]
    pub fn thread_ix(&self, id: ThreadId) -> Option<ThreadIx> {
        self.threads.binary_search_by_key(&id, |t| t.id).ok().map(|i| ThreadIx(i as u16))
    }

    /// The index of the process with this id.
    #[must_use]
    pub fn process_ix(&self, id: ProcessId) -> Option<ProcessIx> {
        self.processes.binary_search_by_key(&id, |p| p.id).ok().map(|i| ProcessIx(i as u16))
    }

    /// The parameters of queues per core, if there are some.
    #[must_use]
    pub fn per_core(&self) -> Option<&PerCore> {
        match &self.queues {
            Queues::PerCore(queues) => Some(queues),
            Queues::One => None,
        }
    }

    /// A thread.
    #[must_use]
    pub fn thread(&self, ix: ThreadIx) -> &PlanThread {
        &self.threads[ix.ix()]
    }

    /// A process.
    #[must_use]
    pub fn process(&self, ix: ProcessIx) -> &PlanProcess {
        &self.processes.as_slice()[ix.ix()]
    }

    /// A GIL.
    #[must_use]
    pub fn gil(&self, ix: GilIx) -> &PlanGil {
        &self.gils.as_slice()[ix.ix()]
    }

    /// Something shared.
    #[must_use]
    pub fn object(&self, ix: ObjectIx) -> &PlanObject {
        &self.objects.as_slice()[ix.ix()]
    }

    /// How many ready queues there are: one, or one per core.
    #[must_use]
    pub fn queue_count(&self) -> usize {
        if self.queues == Queues::One { 1 } else { self.cores.into() }
    }

    /// Everything shared.
    pub fn object_ixs(&self) -> impl Iterator<Item = ObjectIx> + use<> {
        (0..self.objects.len() as u16).map(ObjectIx)
    }

    /// Every thread.
    pub fn thread_ixs(&self) -> impl Iterator<Item = ThreadIx> + use<> {
        (0..self.threads.len() as u16).map(ThreadIx)
    }

    /// Every core.
    pub fn core_ids(&self) -> impl Iterator<Item = CoreId> + use<> {
        (0..self.cores).map(CoreId)
    }

    /// Every GIL.
    pub fn gil_ixs(&self) -> impl Iterator<Item = GilIx> + use<> {
        (0..self.gils.len() as u16).map(GilIx)
    }

    /// Every process, in ascending order of their ids.
    pub fn process_ixs(&self) -> impl Iterator<Item = ProcessIx> + use<> {
        (0..self.processes.len() as u16).map(ProcessIx)
    }
}
