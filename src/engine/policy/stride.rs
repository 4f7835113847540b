//! Stride: each quantum goes to the thread with the least pass, which then grows by its stride, a constant divided by its
//! tickets (`policies.md` section 4; Waldspurger 1995).
//!
//! Ties: by thread id (the literature leaves it open). A part of a quantum adds that part of the stride. One that starts does
//! so at the least pass there is, never at 0; one that waits remembers how far ahead of it it was (“remain”), and is that
//! much ahead when it comes back. An [`Entity`](super::Entity) holds the pass in `v` and the remain in `lag`.

use super::round_robin::next_end;
use super::{Entry, Os, Ran, Rules, Seen};
use crate::ids::{CoreId, ThreadIx};
use crate::scenario::policy::Stride;
use crate::time::{Dur, MAX_NS, Time};

/// Bits of a pass behind the point, where there is room for so many.
const FRACTION: u32 = 16;

/// Bits of the greatest pass: those of `remain`, and some room for what starts ahead of others.
const BITS: u32 = 60;

/// What a thread's pass grows by when it is on a core for `ran`: something for the shortest stay, or those who stay for
/// moments could keep all others away.
fn growth(rules: &Stride, seen: Seen<'_>, thread: ThreadIx, ran: Dur) -> u64 {
    let stride = u128::from((rules.constant / seen.share(thread).tickets).max(1)) << FRACTION;
    // Bits that a thread with one ticket would need in the longest run, beyond those there are.
    let needed = rules.constant.ilog2() + FRACTION + MAX_NS.ilog2() + 2 - rules.quantum.ns().ilog2();
    let unit = u128::from(rules.quantum.ns()) << needed.saturating_sub(BITS);
    (stride * u128::from(ran.ns())).div_ceil(unit) as u64
}

/// The least pass of the threads that are ready or running in a queue; as it last was, if there are none.
fn least_pass(rules: &Stride, seen: Seen<'_>, queue: usize) -> u64 {
    let ready = seen.queue(queue).front().map(|first| seen.entity(*first).v);
    let running = seen.running(queue).map(|t| seen.entity(t).v + growth(rules, seen, t, seen.uncharged(t).all()));
    ready.into_iter().chain(running).min().unwrap_or(seen.queues[queue].least_v)
}

impl Rules for Stride {
    fn order(&self) -> Option<&'static str> {
        Some("the smaller the pass, the earlier")
    }

    fn enter(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, entry: Entry) -> usize {
        if entry.arrives() {
            let least = least_pass(self, os.seen(), queue);
            let entity = os.entity_mut(thread);
            entity.v = least.saturating_add_signed(entity.lag);
        }
        let pass = os.seen().entity(thread).v;
        os.seen().behind(queue, |other, ix| (other.v, ix) < (pass, thread))
    }

    fn slice_end(&self, seen: Seen<'_>, _: ThreadIx, _: CoreId, since: Time) -> Time {
        next_end(seen.now, since, self.quantum, false)
    }

    fn quantum(&self) -> Option<Dur> {
        Some(self.quantum)
    }

    fn keeps(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, core: CoreId) -> bool {
        let (seen, pass) = (os.seen(), os.seen().entity(thread).v);
        let mut others = seen.queue(queue).iter().filter(|t| seen.plan.thread(**t).cores.allows(core));
        others.next().is_none_or(|first| (pass, thread) < (seen.entity(*first).v, *first))
    }

    fn accounts(&self) -> bool {
        true
    }

    fn ran(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, ran: Ran, blocks: bool) {
        let growth = growth(self, os.seen(), thread, ran.all());
        os.entity_mut(thread).v += growth;
        let least = least_pass(self, os.seen(), queue);
        let known = &mut os.queues[queue].least_v;
        *known = least.max(*known);
        if blocks {
            let ahead = os.seen().entity(thread).v - least;
            os.entity_mut(thread).lag = ahead as i64;
        }
    }

    fn moves(&self, os: &mut Os<'_>, thread: ThreadIx, from: usize, to: usize) {
        let (old, new) = (least_pass(self, os.seen(), from), least_pass(self, os.seen(), to));
        let entity = os.entity_mut(thread);
        entity.v = entity.v.saturating_sub(old) + new;
    }
}
