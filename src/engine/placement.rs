//! Which ready queue a thread enters, where there is one per core (`policies.md` section 8).
//!
//! Its `compat` is what `multi.py` of ostep-homework does (section 5).

use crate::ids::{CoreId, ThreadIx};

use super::Place;
use super::machine::Machine;
use super::plan::Plan;
use super::policy::Entry;

impl Machine {
    /// The ready queue that a thread enters. One that was on a core stays with it. One that starts or was woken goes back to
    /// its core if that has nobody, else to the lowest core that has nobody, else to its own; a new one to the core with
    /// the fewest, of equal ones the lowest.
    pub(super) fn queue_for(&self, plan: &Plan, thread: ThreadIx, entry: Entry) -> usize {
        if self.queues.len() == 1 {
            return 0;
        }
        if entry == Entry::Starts && plan.per_core().is_some_and(|q| q.compat.deal) {
            return dealt_to(plan, thread);
        }
        let allowed = plan.thread(thread).cores;
        let last = self.thread(thread).last_core.filter(|c| allowed.allows(*c));
        if let Some(last) = last
            && (!entry.arrives() || self.load(last) == 0)
        {
            return last.ix();
        }
        let cores = || plan.core_ids().filter(|c| allowed.allows(*c));
        let empty = cores().find(|c| self.load(*c) == 0);
        let least = || cores().min_by_key(|c| (self.load(*c), *c));
        empty.or(last).or_else(least).map_or(0, |core| core.ix())
    }

    /// How many threads are ready or running on a core that has its own queue.
    pub(super) fn load(&self, core: CoreId) -> usize {
        self.queues[core.ix()].threads.len() + usize::from(self.core(core).thread.is_some())
    }

    /// Whether a thread is on a core.
    pub(super) fn is_on_core(&self, thread: ThreadIx) -> bool {
        matches!(self.thread(thread).place, Place::SwitchingIn | Place::Running(_))
    }
}

/// The core to which a thread is dealt among all those that start at the same time as it: the cores in turn take their first
/// permitted one.
fn dealt_to(plan: &Plan, thread: ThreadIx) -> usize {
    let start = plan.thread(thread).start;
    let mut left: Vec<ThreadIx> = plan.thread_ixs().filter(|t| plan.thread(*t).start == start).collect();
    // Each thread may run on some core, so each round takes one at least.
    for core in (0..plan.cores).cycle().map(CoreId) {
        let Some(place) = left.iter().position(|t| plan.thread(*t).cores.allows(core)) else { continue };
        if left.remove(place) == thread {
            return core.ix();
        }
    }
    0
}
