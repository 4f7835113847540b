//! Scheduling by priority (`policies.md` section 1): the highest level first, and inside a level first come, first served,
//! or round robin. Ties: by arrival, at one instant by thread id; a newcomer of the same level does not preempt. With several
//! cores the lowest priority gives way, and of equal ones the lowest core.
//!
//! Who is preempted goes to the tail of its level and loses the rest of its slice, as in Silberschatz; or to the head and
//! keeps it, where the parameter says so. A slice that ends at the instant at which others arrive ends after that.
//!
//! Aging: each such time in the ready queue raises a thread by one, at most to one above the highest priority that the
//! scenario gives, so that it goes before all in the end. A raise lasts until the thread has computed: then its own priority
//! counts again.
//!
//! Keeps of a thread: its priority now (`level`), when it entered the queue or was last raised (`since`), and what is left
//! of its slice (`left`).

use super::round_robin::next_end;
use super::{Entity, Entry, Os, Ran, Rules, Seen};
use crate::Reason;
use crate::ids::{CoreId, ThreadIx};
use crate::scenario::policy::Priority;
use crate::time::{Dur, Time};

/// The lower, the earlier.
const fn rank(rules: &Priority, priority: i32) -> i32 {
    if rules.higher_number_first { -priority } else { priority }
}

fn own(seen: Seen<'_>, thread: ThreadIx) -> i32 {
    seen.share(thread).priority.into()
}

/// The rank of a thread on a core.
fn rank_running(rules: &Priority, seen: Seen<'_>, thread: ThreadIx) -> i32 {
    let core = seen.threads[thread.ix()].core.map(|core| &seen.cores[core.ix()]);
    let computed = core.and_then(|core| core.computes_since).is_some_and(|since| since < seen.now);
    rank(rules, if computed { own(seen, thread) } else { seen.entity(thread).level })
}

fn behind(rules: &Priority, seen: Seen<'_>, queue: usize, thread: ThreadIx, before_equals: bool) -> usize {
    let rank = |entity: &Entity| rank(rules, entity.level);
    let own = rank(seen.entity(thread));
    seen.behind(queue, |other, _| rank(other) < own || rank(other) == own && !before_equals)
}

/// The rank that nobody is raised above.
fn highest(rules: &Priority, seen: Seen<'_>) -> i32 {
    seen.plan.thread_ixs().map(|t| rank(rules, own(seen, t))).min().unwrap_or_default() - 1
}

impl Rules for Priority {
    fn order(&self) -> Option<&'static str> {
        Some(if self.higher_number_first {
            "the higher its priority's number, the earlier"
        } else {
            "the lower its priority's number, the earlier"
        })
    }

    fn enter(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, entry: Entry) -> usize {
        let stays = entry == Entry::Displaced || entry == Entry::Preempted && self.preempted_first;
        let (level, now) = (own(os.seen(), thread), os.now);
        os.threads[thread.ix()].slice_left = None;
        let entity = os.entity_mut(thread);
        // Who only changes the queue has waited on.
        if entry != Entry::Moved {
            entity.level = level;
            entity.since = now;
        }
        if !stays && entry != Entry::Moved {
            entity.left = self.quantum.unwrap_or_default();
        }
        behind(self, os.seen(), queue, thread, stays)
    }

    fn has_slices(&self) -> bool {
        self.quantum.is_some()
    }

    fn slice_end(&self, seen: Seen<'_>, thread: ThreadIx, _: CoreId, _: Time) -> Time {
        let Some(quantum) = self.quantum else { return Time::NEVER };
        let (left, ran) = (seen.entity(thread).left, seen.uncharged(thread).computing);
        if ran <= left {
            seen.now + (left - ran)
        } else {
            next_end(seen.now, Time::from_ns(seen.now.ns() - (ran - left).ns()), quantum, false)
        }
    }

    fn quantum(&self) -> Option<Dur> {
        self.quantum
    }

    fn keeps(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, core: CoreId) -> bool {
        let seen = os.seen();
        let own = rank(self, own(seen, thread));
        let before = |t: &ThreadIx| rank(self, seen.entity(*t).level) <= own && seen.plan.thread(*t).cores.allows(core);
        !seen.queue(queue).iter().any(before)
    }

    fn ran(&self, os: &mut Os<'_>, _: usize, thread: ThreadIx, ran: Ran, _: bool) {
        let ran = ran.computing;
        let Some(quantum) = self.quantum else { return };
        let left = &mut os.entity_mut(thread).left;
        *left = match ran.ns().checked_sub(left.ns()) {
            None => *left - ran,
            Some(more) => quantum - Dur::from_ns(more % quantum.ns()),
        };
    }

    fn accounts(&self) -> bool {
        self.quantum.is_some()
    }

    fn preempts(&self, seen: Seen<'_>, thread: ThreadIx, _: Entry, running: ThreadIx) -> bool {
        rank(self, seen.entity(thread).level) < rank_running(self, seen, running)
    }

    fn is_preemptive(&self) -> bool {
        self.preemptive
    }

    fn gives_way(&self, seen: Seen<'_>, running: ThreadIx) -> i128 {
        rank_running(self, seen, running).into()
    }

    fn has_timer(&self) -> bool {
        self.aging.is_some()
    }

    fn next_timer(&self, seen: Seen<'_>) -> Time {
        let (Some(aging), highest) = (self.aging, highest(self, seen)) else { return Time::NEVER };
        let ready = seen.queues.iter().flat_map(|q| &q.threads).map(|t| seen.entity(*t));
        let rising = ready.filter(|entity| rank(self, entity.level) > highest);
        rising.map(|entity| entity.since + aging).min().unwrap_or(Time::NEVER)
    }

    fn timer(&self, os: &mut Os<'_>) {
        let (Some(aging), highest, now) = (self.aging, highest(self, os.seen()), os.now) else { return };
        for queue in 0..os.queues.len() {
            let seen = os.seen();
            let due = |t: &ThreadIx| {
                let entity = seen.entity(*t);
                rank(self, entity.level) > highest && entity.since + aging <= now
            };
            let due: Vec<ThreadIx> = seen.queue(queue).iter().copied().filter(due).collect();
            for thread in due {
                os.queues[queue].threads.retain(|t| *t != thread);
                let entity = os.entity_mut(thread);
                entity.level -= rank(self, 1);
                entity.since = now;
                let behind = behind(self, os.seen(), queue, thread, false);
                os.queues[queue].threads.insert(behind, thread);
                os.level_changes.push((thread, Reason::Aged, None));
                if self.preemptive {
                    os.arrived.push((thread, Entry::Timed));
                }
            }
        }
    }
}
