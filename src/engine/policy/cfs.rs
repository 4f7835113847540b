//! The completely fair scheduler of Linux up to 6.5 (`policies.md` section 6): who has the smallest virtual runtime goes
//! first, for a slice by its weight.
//!
//! Ties: of equal virtual runtimes the one queued earlier; a thread whose slice ends is queued behind equal ones. At one
//! instant those that become ready are queued before the thread whose slice ends.
//!
//! Simplified: threads that start at time 0 begin even, so a debit (`START_DEBIT`) is paid only by those that start later.
//! A slice is set when a thread gets its core and again when one becomes ready, not when one leaves. Who yields goes behind
//! the first in the queue (the kernel: skips it once). No groups, no buddies, no `BASE_SLICE` floor.
//!
//! Of an [`Entity`](super::Entity) it uses `v`, the virtual runtime.

use super::weights::{noticed, real_time, virtual_time};
use super::{Entry, Fairness, Os, Ran, Rules, Seen};
use crate::ids::{CoreId, ThreadIx};
use crate::scenario::policy::Cfs;
use crate::time::{Dur, Time};

/// Up to how many threads run once each within the latency, `sched_nr_latency`.
const FEW: usize = 8;

/// The most that a thread pays for its start, 52 days at nice 0: all threads of a scenario may start one after the other, and
/// each be the only one that the next one's virtual runtime follows.
const MOST_DEBIT: u64 = 1 << 52;

impl Rules for Cfs {
    fn order(&self) -> Option<&'static str> {
        Some("the smaller the virtual runtime, the earlier")
    }

    fn enter(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, entry: Entry) -> usize {
        let least = advance(os, queue);
        let seen = os.seen();
        let v = seen.entity(thread).v;
        let v = match entry {
            Entry::Starts if seen.now == Time::ZERO => v,
            Entry::Starts => {
                let slice = virtual_time(slice_now(self, seen, queue, thread), seen.weight(thread));
                v.max(least + slice.min(MOST_DEBIT))
            }
            Entry::Signalled | Entry::Timed => v.max(least.saturating_sub(self.latency.ns() / 2)),
            Entry::Yields => v.max(seen.queue(queue).front().map_or(v, |first| seen.entity(*first).v)),
            Entry::Expired | Entry::Preempted | Entry::Displaced | Entry::Moved => v,
        };
        os.entity_mut(thread).v = v;
        os.seen().behind(queue, |other, _| other.v <= v)
    }

    fn slice_end(&self, seen: Seen<'_>, thread: ThreadIx, core: CoreId, _: Time) -> Time {
        let (queue, ran, weight) = (seen.queue_of(core), seen.uncharged(thread).computing, seen.weight(thread));
        let slice = slice_now(self, seen, queue, thread);
        let mut length = slice;
        // Nor may it be ahead of the first by more than a slice, once it had the shortest one.
        if let Some(first) = seen.first_for(queue, core) {
            let ahead_at = seen.entity(first).v + slice.ns() + 1;
            let v = seen.entity(thread).v;
            length = length.min(real_time(ahead_at.saturating_sub(v), weight).max(self.min_granularity));
        }
        noticed(seen.now + length.saturating_sub(ran), self.tick)
    }

    fn keeps(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, core: CoreId) -> bool {
        let seen = os.seen();
        seen.first_for(queue, core).is_none_or(|first| seen.entity(thread).v < seen.entity(first).v)
    }

    fn slices_follow_load(&self) -> bool {
        true
    }

    fn ran(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, ran: Ran, _: bool) {
        let weight = os.seen().weight(thread);
        os.entity_mut(thread).v += virtual_time(ran.all(), weight);
        if let Some(core) = os.threads[thread.ix()].core {
            os.stands(core, thread);
        }
        advance(os, queue);
    }

    fn accounts(&self) -> bool {
        true
    }

    fn sums_up(&self) -> bool {
        true
    }

    fn preempts(&self, seen: Seen<'_>, thread: ThreadIx, _: Entry, running: ThreadIx) -> bool {
        let behind = virtual_runtime(seen, running).saturating_sub(seen.entity(thread).v);
        seen.has_computed(running) && behind > virtual_time(self.wakeup_granularity, seen.weight(thread))
    }

    fn is_preemptive(&self) -> bool {
        true
    }

    fn only_arrivals_preempt(&self) -> bool {
        true
    }

    fn gives_way(&self, seen: Seen<'_>, running: ThreadIx) -> i128 {
        virtual_runtime(seen, running).into()
    }

    fn fairness(&self, seen: Seen<'_>, thread: ThreadIx) -> Option<Fairness> {
        Some(Fairness { virtual_runtime: virtual_runtime(seen, thread) as i64, deadline: None, lag: None })
    }

    fn moves(&self, os: &mut Os<'_>, thread: ThreadIx, from: usize, to: usize) {
        let (from, to) = (os.queues[from].least_v, os.queues[to].least_v);
        let v = &mut os.entity_mut(thread).v;
        *v = (*v + to).saturating_sub(from);
    }
}

/// How long a thread may stay on a core with those that are in its queue and on its cores now, itself among them.
fn slice_now(rules: &Cfs, seen: Seen<'_>, queue: usize, thread: ThreadIx) -> Dur {
    let mut load = seen.queues[queue].sums.load();
    let mut count = seen.queue(queue).len();
    // It is on a core, or comes into the queue.
    for other in seen.running(queue).filter(|t| *t != thread) {
        load += seen.weight(other);
        count += 1;
    }
    let weight = seen.weight(thread);
    slice(rules, count + 1, weight, load + weight)
}

/// The slice of a thread of a weight, of `count` threads that weigh `load` together; 1 ns or more. It is the same for all in
/// virtual time, so that who has had one slice each is even; rounding costs a few nanoseconds.
fn slice(cfs: &Cfs, count: usize, weight: u64, load: u64) -> Dur {
    let period = if count <= FEW { cfs.latency } else { cfs.min_granularity * count as u64 };
    real_time(virtual_time(period, load).max(1), weight)
}

/// The virtual runtime of a thread with what it has computed just now.
fn virtual_runtime(seen: Seen<'_>, thread: ThreadIx) -> u64 {
    seen.entity(thread).v + virtual_time(seen.uncharged(thread).all(), seen.weight(thread))
}

/// Brings the least virtual runtime of a queue and its cores up to date.
fn advance(os: &mut Os<'_>, queue: usize) -> u64 {
    let seen = os.seen();
    let first = seen.queue(queue).front().map(|t| seen.entity(*t).v);
    let running = seen.on_cores(queue).map(|(t, ran)| seen.entity(t).v + virtual_time(ran, seen.weight(t)));
    let least = running.chain(first).min();
    let kept = &mut os.queues[queue].least_v;
    *kept = (*kept).max(least.unwrap_or_default());
    *kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_are_those_of_the_published_examples() {
        // OSTEP chapter 9: latency 48 ms, shortest slice 6 ms.
        let ostep = Cfs { latency: Dur::from_ms(48), min_granularity: Dur::from_ms(6), ..Cfs::default() };
        assert_eq!(slice(&ostep, 4, 1_024, 4 * 1_024), Dur::from_ms(12));
        // 36.141857… and 11.858142… ms.
        assert_eq!(slice(&ostep, 2, 3_121, 4_145), Dur::from_ns(36_141_857));
        assert_eq!(slice(&ostep, 2, 1_024, 4_145), Dur::from_ns(11_858_142));
        assert_eq!(
            slice(&ostep, 10, 1_024, 10 * 1_024),
            Dur::from_ms(6),
            "more than eight share more than the latency"
        );
    }
}
