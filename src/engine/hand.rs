//! What a person does to a run: phase 1 of an instant. Skipped, with the reason, if it is not possible any more.

use crate::ids::{CoreId, ThreadIx};
use crate::scenario::What;

use super::machine::{Instant, Machine};
use super::plan::{Plan, PlanIntervention};
use super::policy::rules;
use super::{Cause, Kind, Place, Reason};

impl Machine {
    /// Does what a person does, if it is possible.
    // Seldom, and kept out of the way of what each slice does.
    #[inline(never)]
    pub(super) fn intervene(&mut self, at: &mut Instant<'_>, by_hand: &PlanIntervention) {
        let thread = by_hand.thread;
        let skipped = self.skipped(at.plan, thread, &by_hand.what);
        let (kind, reason) = skipped.map_or((Kind::Intervene, Reason::ByHand), |r| (Kind::SkipIntervention, r));
        let mut record = self.now(kind, thread, reason).of(by_hand.index);
        if let Some(core) = by_hand.core() {
            record = record.on(core);
        }
        at.record(record);
        if skipped.is_some() {
            return;
        }
        match by_hand.what {
            What::RunHere { core, .. } => self.run_here(at, thread, core),
            What::Answer { .. } => {
                self.timers.clear(thread.ix());
                self.wait_over(at.plan, thread);
                self.wake(at, thread, at.plan.costs.wake_input, Reason::Answered, None);
            }
            What::Reorder { to, .. } => {
                let queue = self.queue_holding(thread).unwrap_or_default();
                self.leave_queue(at.plan, thread);
                let place = usize::from(to).min(self.queues[queue].threads.len());
                self.insert(at.plan, queue, place, thread);
            }
            What::Preempt { .. } => {
                self.stop_burst(thread);
                self.make_ready(at, thread, Reason::Preempted, None);
            }
        }
    }

    /// Why what a person does is not possible.
    fn skipped(&self, plan: &Plan, thread: ThreadIx, what: &What) -> Option<Reason> {
        let state = self.thread(thread);
        let on_core = self.is_on_core(thread);
        match *what {
            What::RunHere { core, .. } if on_core || state.place == Place::Ready => {
                if !plan.thread(thread).cores.allows(core) {
                    return Some(Reason::NotAllowedThere);
                }
                (state.core == Some(core)).then_some(Reason::AlreadyThere)
            }
            What::RunHere { .. } => Some(Reason::NotReady),
            What::Answer { .. } => (state.place != Place::Waiting(Cause::Input)).then_some(Reason::NobodyAwaits),
            What::Reorder { .. } if state.place != Place::Ready => Some(Reason::NotReady),
            What::Reorder { .. } => rules(&plan.policy).order().map(|_| Reason::OrderedByKey),
            What::Preempt { .. } => (!on_core).then_some(Reason::NotRunning),
        }
    }

    /// A ready or running thread is put on a core. Who was there goes to the head of the ready queue and keeps its GIL and
    /// the rest of its slice.
    fn run_here(&mut self, at: &mut Instant<'_>, thread: ThreadIx, core: CoreId) {
        let from = self.queue_holding(thread).or_else(|| self.thread(thread).core.map(|c| self.queue_of(c)));
        if self.thread(thread).place == Place::Ready {
            self.leave_queue(at.plan, thread);
        } else {
            self.stop_burst(thread);
            if let Some(left) = self.thread(thread).core {
                self.vacate(at.plan, left, false);
            }
        }
        if let Some(displaced) = self.core(core).thread {
            self.stop_burst(displaced);
            // One that is still being switched to has not begun the slice that it has left.
            if let Some(end) = self.slice_end(at.plan, core) {
                self.threads[displaced.ix()].slice_left = Some(end.since(self.time));
            }
            self.make_ready(at, displaced, Reason::Displaced, Some(thread));
        }
        self.comes_from(at.plan, thread, from, self.queue_of(core));
        self.put_on_core(at, thread, core, Reason::ByHand);
    }
}
