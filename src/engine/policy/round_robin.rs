//! Round robin: one quantum at most, then to the tail of the ready queue (`policies.md` section 1). A slice begins when the
//! switch to the thread is over; a thread that is alone when its slice ends goes on with a new one. Ties: by thread id;
//! arrival against slice end at one instant is a parameter.
//!
//! Its `compat` is what textbooks do when a switch takes time (section 1), and what `multi.py` of ostep-homework does
//! (section 5). For the former an [`Entity`](super::Entity) holds in `since` when a thread is really queued, and in `level`
//! whether its slice ended: the ready queue is in that order, so a thread stands in it while its core still switches.

use super::{Entry, Os, Rules, Seen};
use crate::ids::{CoreId, ThreadIx};
use crate::scenario::RoundRobin;
use crate::time::{Dur, Time};

impl Rules for RoundRobin {
    fn enter(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, entry: Entry) -> usize {
        if self.compat.switch_out {
            return enter_behind_switch(self, os, queue, thread, entry);
        }
        if entry == Entry::Displaced { 0 } else { os.seen().queue(queue).len() }
    }

    fn slice_end(&self, seen: Seen<'_>, _: ThreadIx, _: CoreId, since: Time) -> Time {
        let since = if self.compat.aligned { before(since, self.quantum) } else { since };
        next_end(seen.now, since, self.quantum, self.expired_first)
    }

    fn cores_in_turn(&self, seen: Seen<'_>) -> Option<Vec<CoreId>> {
        let cores = seen.cores.len();
        let mut given = self.compat.core_orders.chunks_exact(cores + 1);
        let order = given.find(|group| group[0] == seen.now.ns());
        let order = order.map(|group| group[1..].iter().filter_map(|c| u8::try_from(*c).ok()).map(CoreId).collect());
        order
            .map(|o: Vec<CoreId>| o.into_iter().filter(|c| c.ix() < cores).collect())
            .or_else(|| self.compat.by_core.then(|| (0..cores as u8).map(CoreId).collect()))
    }

    fn may_take_turns(&self) -> bool {
        self.compat.by_core || !self.compat.core_orders.is_empty()
    }

    fn is_fifo(&self) -> bool {
        !self.compat.switch_out
    }

    fn quantum(&self) -> Option<Dur> {
        Some(self.quantum)
    }

    fn expired_first(&self) -> bool {
        self.expired_first
    }

    fn requeues_alone(&self) -> bool {
        self.compat.aligned || self.compat.switch_out
    }

    fn switches_out(&self) -> bool {
        self.compat.switch_out
    }
}

/// Who becomes ready while a core switches stands before the thread that the core switches away from.
fn enter_behind_switch(rules: &RoundRobin, os: &mut Os<'_>, queue: usize, thread: ThreadIx, entry: Entry) -> usize {
    let (now, expired) = (os.now, !entry.arrives());
    let queued = if expired { now + os.plan.costs.switch } else { now };
    let entity = os.entity_mut(thread);
    (entity.since, entity.level) = (queued, i32::from(expired));
    os.seen().behind(queue, |other, _| {
        other.since < queued || other.since == queued && (other.level == 0 || rules.expired_first || expired)
    })
}

/// The last multiple of a length at or before a time.
pub(super) fn before(time: Time, length: Dur) -> Time {
    Time::from_ns(time.ns() / length.ns() * length.ns())
}

/// When the current one of slices ends that follow each other since `since`. An end that falls on `now` counts, unless
/// the policy looks at it before it looks at who becomes ready; the first slice has not ended when it begins.
pub(super) fn next_end(now: Time, since: Time, slice: Dur, expired_first: bool) -> Time {
    let ran = now.since(since).ns();
    if ran == 0 {
        return since + slice;
    }
    let begun = ran / slice.ns();
    let ends_now = ran.is_multiple_of(slice.ns()) && !expired_first;
    since + slice * if ends_now { begun } else { begun + 1 }
}
