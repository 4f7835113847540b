//! First come, first served: to completion in order of arrival (`policies.md` section 1). Ties: by thread id.
//!
//! Its `compat` is what `process-run.py` of ostep-homework does (`policies.md` section 3).

use super::{Entry, Os, Pick, Rules, Seen};
use crate::ids::{CoreId, ThreadIx};
use crate::scenario::policy::Fcfs;
use crate::time::Time;

impl Rules for Fcfs {
    fn enter(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, entry: Entry) -> usize {
        if self.cyclic {
            os.entity_mut(thread).since = os.now;
            return os.seen().behind(queue, |_, other| other < thread);
        }
        if entry == Entry::Displaced { 0 } else { os.seen().queue(queue).len() }
    }

    fn pick(&self, os: &mut Os<'_>, queue: usize, may: &dyn Fn(ThreadIx) -> bool) -> Option<Pick> {
        let seen = os.seen();
        let last = os.cores.iter().find_map(|core| core.last_thread).filter(|_| self.cyclic);
        let behind = last.map_or(0, |last| seen.behind(queue, |_, other| other <= last));
        let all = || (behind..seen.queue(queue).len()).chain(0..behind).filter(|i| may(seen.queue(queue)[*i]));
        // A core that is free looks for the next before I/O that ends at the same instant makes others ready.
        let before = all().find(|i| seen.entity(seen.queue(queue)[*i]).since < os.now);
        before.filter(|_| self.cyclic).or_else(|| all().next()).map(Pick::first)
    }

    fn picks_first(&self) -> bool {
        !self.cyclic
    }

    fn is_fifo(&self) -> bool {
        !self.cyclic
    }

    fn has_slices(&self) -> bool {
        false
    }

    fn slice_end(&self, _: Seen<'_>, _: ThreadIx, _: CoreId, _: Time) -> Time {
        Time::NEVER
    }

    fn preempts(&self, _: Seen<'_>, _: ThreadIx, entry: Entry, _: ThreadIx) -> bool {
        self.io_preempts && entry == Entry::Timed
    }

    fn is_preemptive(&self) -> bool {
        self.io_preempts
    }
}
