//! Multi-level feedback queue, as in OSTEP chapter 8 and exactly as its simulator `mlfq.py` (`policies.md` section 2).
//!
//! - A thread starts on the top level.
//! - The highest level goes first, and inside a level round robin with the level's quantum.
//! - Who has used up its allotment of quanta on a level drops one; waits in between do not renew it.
//! - The boost: each such time all go back to the top level, with everything renewed.
//!
//! Ties: at one instant first the slices that end, then the boost, then who becomes ready, by thread id. Who is preempted
//! keeps its place at the head of its level and the rest of its slice; who waits keeps the rest of its slice, and comes back
//! to the tail. At the boost the lowest level comes first behind those on top, then the one above it, and so on: who runs on
//! a lower level gives way to those. A quantum that is used up counts also if the thread waits from that very instant. A
//! thread goes through the ready queue at the end of each slice, also if it is alone.
//!
//! Keeps of a thread: its level from 0, the top one (`level`), what is left of its slice (`left`) and of its allotment
//! (`allotment`); when it was last boosted (`since`) and its place among all then (`v`); when an I/O last brought it to the
//! head of its level, one up, 0 for never (`deadline`): at that instant it stands before whom a higher level preempts.

use super::{Entry, Os, Ran, Rules, Seen};
use crate::ids::{CoreId, ThreadIx};
use crate::scenario::policy::Mlfq;
use crate::time::Time;
use crate::{Place, Reason};

fn renew(rules: &Mlfq, os: &mut Os<'_>, thread: ThreadIx, level: usize) {
    let Some(of_level) = rules.levels.get(level) else { return };
    let entity = os.entity_mut(thread);
    entity.level = level as i32;
    entity.left = of_level.quantum;
    entity.allotment = of_level.allotment;
}

/// Where a thread that loses its core stands: at the head of its level, or at a boost behind those that go before it.
fn place(seen: Seen<'_>, queue: usize, thread: ThreadIx) -> usize {
    let own = seen.entity(thread);
    let head = seen.behind(queue, |other, _| other.level < own.level);
    let first = |t: &ThreadIx| {
        let other = seen.entity(*t);
        let boosted = other.since == seen.now && own.since == seen.now && other.v < own.v;
        other.level == own.level && (boosted || other.deadline == mark(seen.now))
    };
    seen.queue(queue).iter().rposition(first).map_or(head, |i| i + 1)
}

/// An instant as a number that is not 0.
const fn mark(now: Time) -> u64 {
    now.ns() + 1
}

impl Rules for Mlfq {
    fn order(&self) -> Option<&'static str> {
        Some("the higher its level, the earlier")
    }

    fn enter(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, entry: Entry) -> usize {
        os.threads[thread.ix()].slice_left = None;
        if entry == Entry::Starts {
            renew(self, os, thread, 0);
        }
        let bumped = self.compat.io_bump && entry == Entry::Timed;
        if entry.arrives() {
            let now = os.now;
            let entity = os.entity_mut(thread);
            entity.v = if bumped { 0 } else { u64::MAX };
            entity.deadline = if bumped { mark(now) } else { 0 };
        }
        let (seen, level) = (os.seen(), os.seen().entity(thread).level);
        match entry {
            Entry::Preempted | Entry::Displaced => place(seen, queue, thread),
            _ => seen.behind(queue, |other, _| other.level < level || other.level == level && !bumped),
        }
    }

    fn slice_end(&self, seen: Seen<'_>, thread: ThreadIx, _: CoreId, _: Time) -> Time {
        seen.now + seen.entity(thread).left.saturating_sub(seen.uncharged(thread).computing)
    }

    fn requeues_alone(&self) -> bool {
        true
    }

    fn ran(&self, os: &mut Os<'_>, _: usize, thread: ThreadIx, ran: Ran, blocks: bool) {
        let ran = ran.computing;
        let entity = os.entity_mut(thread);
        let (used_up, level) = (ran >= entity.left, entity.level as usize);
        entity.left = entity.left.saturating_sub(ran);
        if blocks && self.compat.stay_on_io {
            renew(self, os, thread, level);
        }
        if !used_up {
            return;
        }
        let entity = os.entity_mut(thread);
        entity.allotment -= 1;
        if entity.allotment > 0 {
            entity.left = self.levels[level].quantum;
            return;
        }
        let lower = (level + 1).min(self.levels.len() - 1);
        renew(self, os, thread, lower);
        if lower != level {
            os.level_changes.push((thread, Reason::LevelDropped, Some(lower as u16)));
        }
    }

    fn accounts(&self) -> bool {
        true
    }

    fn preempts(&self, seen: Seen<'_>, thread: ThreadIx, entry: Entry, running: ThreadIx) -> bool {
        let (own, other) = (seen.entity(thread), seen.entity(running));
        let boosted = own.since == seen.now && other.since == seen.now && own.v < other.v;
        let bumped = self.compat.io_bump && entry == Entry::Timed;
        own.level < other.level || own.level == other.level && (bumped || boosted)
    }

    fn is_preemptive(&self) -> bool {
        true
    }

    fn gives_way(&self, seen: Seen<'_>, running: ThreadIx) -> i128 {
        let entity = seen.entity(running);
        let boosted = if entity.since == seen.now { entity.v } else { 0 };
        i128::from(entity.level) << 64 | i128::from(boosted)
    }

    fn expired_first(&self) -> bool {
        true
    }

    fn has_timer(&self) -> bool {
        self.boost.is_some()
    }

    fn next_timer(&self, seen: Seen<'_>) -> Time {
        self.boost.map_or(Time::NEVER, |boost| Time::from_ns((seen.now.ns() / boost.ns() + 1) * boost.ns()))
    }

    fn timer(&self, os: &mut Os<'_>) {
        let levels = self.levels.len();
        let before = |os: &Os<'_>, t: ThreadIx| match os.seen().entity(t).level as usize {
            0 => 0,
            level => levels - level,
        };
        for queue in 0..os.queues.len() {
            let mut threads = Vec::new();
            for place in 0..levels {
                threads.extend(os.seen().queue(queue).iter().copied().filter(|t| before(os, *t) == place));
            }
            os.queues[queue].threads = threads.into();
        }
        for thread in os.plan.thread_ixs() {
            if matches!(os.threads[thread.ix()].place, Place::NotStarted | Place::Finished) {
                continue;
            }
            let (place, now) = (before(os, thread), os.now);
            let ran = os.seen().uncharged(thread).computing;
            renew(self, os, thread, 0);
            os.threads[thread.ix()].slice_left = None;
            let entity = os.entity_mut(thread);
            // What it has computed is taken from this when it is charged.
            entity.left += ran;
            entity.v = place as u64;
            entity.since = now;
            if place > 0 {
                os.level_changes.push((thread, Reason::Boosted, Some(0)));
            }
        }
        for queue in 0..os.queues.len() {
            os.arrived.extend(os.queues[queue].threads.iter().map(|t| (*t, Entry::Expired)));
        }
    }
}
