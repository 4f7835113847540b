//! Earliest eligible virtual deadline first, Linux since 6.6 (`policies.md` section 7): of the threads that have had no more
//! than their share, the one whose request is due first.
//!
//! Ties: of equal deadlines the one queued earlier; the running thread keeps its core only if its deadline is strictly
//! earlier. At one instant those that become ready are queued before the thread whose slice ends.
//!
//! Simplified: all requests are `base_slice` long; a sleeper leaves with its lag at once (no delayed dequeue); while a
//! thread has nobody beside it, its requests are not counted, and the next begins when somebody becomes ready. Threads that
//! start at time 0 begin with a whole request, later ones with half. Who yields gives up the rest of its request. Where none
//! of a queue is eligible, as can be with pinned threads or several cores per queue, the one nearest to it goes first.
//!
//! Of an [`Entity`] it uses `v`, the virtual runtime, and `deadline`, both as signed numbers, and `lag` while a thread is in
//! no queue and on no core.

use super::lag::Average;
use super::weights::{noticed, real_time, virtual_time};
use super::{Entity, Entry, Fairness, Os, Pick, Ran, Rules, Seen, Standing, each};
use crate::ids::{CoreId, ThreadIx};
use crate::scenario::policy::Eevdf;
use crate::time::Time;
use crate::{CoreState, ReadyQueue, Reason};

/// The longest request in virtual time, 37 minutes at nice 0: as many threads may yield as a run has records, each of which
/// gives up a request in no time at all.
const LONGEST: i64 = 1 << 41;

impl Rules for Eevdf {
    fn order(&self) -> Option<&'static str> {
        Some("the earlier the virtual deadline, the earlier, of those that are eligible")
    }

    fn enter(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, entry: Entry) -> usize {
        let seen = os.seen();
        let weight = seen.weight(thread);
        let others = average(seen, queue);
        let request = request(self, weight);
        let Entity { v, deadline, lag, .. } = *seen.entity(thread);
        let (v, deadline) = match entry {
            Entry::Starts | Entry::Signalled | Entry::Timed => {
                let v = others.place(weight, lag).unwrap_or(os.queues[queue].least_v as i64);
                let half = entry == Entry::Starts && os.now > Time::ZERO;
                (v, v + if half { request / 2 } else { request })
            }
            Entry::Yields => {
                let v = (v as i64).max(deadline as i64);
                (v, v + request)
            }
            Entry::Expired | Entry::Preempted | Entry::Displaced | Entry::Moved => (v as i64, deadline as i64),
        };
        // The rest of its request says when its slice ends, also if it was displaced by hand: at a tick.
        os.threads[thread.ix()].slice_left = None;
        let entity = os.entity_mut(thread);
        *entity = Entity { v: v as u64, deadline: deadline as u64, lag: 0, ..*entity };
        os.seen().behind(queue, |other, _| other.deadline as i64 <= deadline)
    }

    fn pick(&self, os: &mut Os<'_>, queue: usize, may: &dyn Fn(ThreadIx) -> bool) -> Option<Pick> {
        let seen = os.seen();
        let threads = || seen.queue(queue).iter().enumerate().filter(|(_, t)| may(**t));
        let all = average(seen, queue);
        let first = threads().next()?.0;
        let eligible = threads().find(|(_, t)| all.is_eligible(virtual_runtime(seen, **t)));
        let nearest = || threads().min_by_key(|(i, t)| (virtual_runtime(seen, **t), *i));
        let place = eligible.or_else(nearest)?.0;
        Some(Pick { reason: (place != first).then_some(Reason::Eligible), ..Pick::first(place) })
    }

    fn picks_first(&self) -> bool {
        false
    }

    fn slice_end(&self, seen: Seen<'_>, thread: ThreadIx, _: CoreId, _: Time) -> Time {
        // Only computing uses up a request, so that a switch that takes longer leaves something of it.
        let weight = seen.weight(thread);
        let computed = virtual_time(seen.uncharged(thread).computing, weight) as i64;
        let left = deadline(seen, thread) - seen.entity(thread).v as i64 - computed;
        noticed(seen.now + real_time(left.max(0) as u64, weight), self.tick)
    }

    fn keeps(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, core: CoreId) -> bool {
        let seen = os.seen();
        let all = average(seen, queue);
        let eligible = |t: &ThreadIx| all.is_eligible(virtual_runtime(seen, *t));
        let others = || seen.queue(queue).iter().filter(|t| seen.plan.thread(**t).cores.allows(core));
        match others().find(|t| eligible(t)) {
            Some(other) => eligible(&thread) && deadline(seen, thread) < deadline(seen, *other),
            None if eligible(&thread) => true,
            None => others().all(|t| virtual_runtime(seen, thread) < virtual_runtime(seen, *t)),
        }
    }

    fn ran(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, ran: Ran, blocks: bool) {
        let weight = os.seen().weight(thread);
        let request = request(self, weight);
        let entity = os.entity_mut(thread);
        let v = entity.v as i64 + virtual_time(ran.all(), weight) as i64;
        entity.v = v as u64;
        if v >= entity.deadline as i64 {
            entity.deadline = (v + request) as u64;
        }
        if let Some(core) = os.threads[thread.ix()].core {
            os.stands(core, thread);
        }
        if blocks {
            let lag = average(os.seen(), queue).lag(v);
            let most = virtual_time((self.base_slice * 2).max(self.tick.unwrap_or_default()), weight) as i64;
            let most = most.min(2 * LONGEST);
            os.queues[queue].least_v = (v + lag) as u64;
            os.entity_mut(thread).lag = lag.clamp(-most, most);
        }
    }

    fn accounts(&self) -> bool {
        true
    }

    fn sums_up(&self) -> bool {
        true
    }

    fn core_to_preempt(&self, seen: Seen<'_>, queue: usize, thread: ThreadIx, _: Entry, cores: u64) -> Option<CoreId> {
        let all = average(seen, queue);
        if !all.is_eligible(virtual_runtime(seen, thread)) {
            return None;
        }
        let (middle, own) = (all.middle(), deadline(seen, thread));
        let mut latest: Option<(i64, CoreId)> = None;
        for core in each(cores) {
            let Some(state) = seen.cores.get(core.ix()).filter(|c| c.thread.is_some()) else { continue };
            let Standing { deadline, weight, .. } = state.standing;
            let ran = state.uncharged(seen.now);
            // Who has not computed since it got its core keeps it; see `Seen::has_computed`.
            if latest.is_some_and(|(latest, _)| deadline <= latest) || ran.computing.is_zero() {
                continue;
            }
            let v = state.standing.after(ran.all());
            let (eligible, used_up) = (v <= middle, v >= deadline);
            let protected = self.run_to_parity && eligible && !used_up;
            let due = if used_up { v + request(self, weight) } else { deadline };
            if !protected && (!eligible || own <= due) {
                latest = Some((deadline, core));
            }
        }
        latest.map(|(_, core)| core)
    }

    fn is_preemptive(&self) -> bool {
        true
    }

    fn only_arrivals_preempt(&self) -> bool {
        true
    }

    fn fairness(&self, seen: Seen<'_>, thread: ThreadIx) -> Option<Fairness> {
        let v = virtual_runtime(seen, thread);
        let on = seen.threads[thread.ix()].core.map(|core| seen.queue_of(core));
        let queue = on.or_else(|| seen.queues.iter().position(|q| q.threads.contains(&thread)));
        let lag = queue.map(|queue| average(seen, queue).lag(v));
        Some(Fairness { virtual_runtime: v, deadline: Some(deadline(seen, thread)), lag })
    }

    fn moves(&self, os: &mut Os<'_>, thread: ThreadIx, from: usize, to: usize) {
        let seen = os.seen();
        let (weight, v) = (seen.weight(thread), virtual_runtime(seen, thread));
        let lag = average(seen, from).with(weight, v).lag(v);
        let there = average(seen, to).place(weight, lag).unwrap_or(seen.queues[to].least_v as i64);
        let left = deadline(seen, thread) - v;
        let entity = os.entity_mut(thread);
        *entity = Entity { v: there as u64, deadline: (there + left) as u64, ..*entity };
    }
}

/// A request of a thread of this weight, in virtual time; 1 ns or more, so that it is used up only by computing.
fn request(rules: &Eevdf, weight: u64) -> i64 {
    (virtual_time(rules.base_slice, weight) as i64).clamp(1, LONGEST)
}

/// The average over who is in a queue and on its cores.
fn average(seen: Seen<'_>, queue: usize) -> Average {
    let ReadyQueue { threads, sums, on_cores, .. } = &seen.queues[queue];
    let of_core = |all: Average, core: CoreId| {
        let CoreState { standing, charged_until, .. } = &seen.cores[core.ix()];
        all.with(standing.weight, standing.after(seen.now.since(*charged_until)))
    };
    let all = each(on_cores.others).fold(sums.and(on_cores.even(seen.now)), of_core);
    let of_thread = |all: Average, t: ThreadIx| all.with(seen.weight(t), virtual_runtime(seen, t));
    debug_assert_eq!(all, threads.iter().copied().chain(seen.running(queue)).fold(Average::default(), of_thread));
    all
}

/// The virtual runtime of a thread with what it has computed just now.
fn virtual_runtime(seen: Seen<'_>, thread: ThreadIx) -> i64 {
    seen.entity(thread).v as i64 + virtual_time(seen.uncharged(thread).all(), seen.weight(thread)) as i64
}

fn deadline(seen: Seen<'_>, thread: ThreadIx) -> i64 {
    seen.entity(thread).deadline as i64
}
