//! Lottery: each quantum goes to the holder of a drawn ticket (`policies.md` section 4; Waldspurger and Weihl 1994).
//!
//! Tickets are laid out in order of the thread ids, those of the ready threads that may run on the core one after another; a
//! number modulo their sum is drawn, and the first thread with more tickets up to and including its own wins. So there are no
//! ties. A thread that blocks or ends before its quantum is over lets another be drawn at once.
//!
//! Its `compat` is what `lottery.py` of ostep-homework does: given draws, and none but at multiples of the quantum.

use super::round_robin::{before, next_end};
use super::{Entry, Os, Pick, Rules, Seen};
use crate::Reason;
use crate::ids::{CoreId, ThreadIx};
use crate::scenario::policy::Lottery;
use crate::time::{Dur, Time};

impl Rules for Lottery {
    fn order(&self) -> Option<&'static str> {
        Some("a draw decides, whatever the order")
    }

    fn enter(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, _: Entry) -> usize {
        os.seen().behind(queue, |_, other| other < thread)
    }

    fn pick(&self, os: &mut Os<'_>, queue: usize, may: &dyn Fn(ThreadIx) -> bool) -> Option<Pick> {
        if self.compat.whole_quanta && before(os.now, self.quantum) != os.now {
            return None;
        }
        let tickets = |os: &Os<'_>, t: ThreadIx| if may(t) { u64::from(os.seen().share(t).tickets) } else { 0 };
        let total: u64 = os.seen().queue(queue).iter().map(|t| tickets(os, *t)).sum();
        if total == 0 {
            return None;
        }
        let winner = os.draws.next(&self.compat.draws, 0).map_or_else(|| os.draws.below(total), |drawn| drawn % total);
        let mut sum = 0;
        let place = os.seen().queue(queue).iter().position(|t| {
            sum += tickets(os, *t);
            sum > winner
        })?;
        Some(Pick { place, reason: Some(Reason::Drawn), object: None })
    }

    fn picks_first(&self) -> bool {
        false
    }

    fn slice_end(&self, seen: Seen<'_>, _: ThreadIx, _: CoreId, since: Time) -> Time {
        next_end(seen.now, since, self.quantum, false)
    }

    fn quantum(&self) -> Option<Dur> {
        Some(self.quantum)
    }

    /// A reference draws for each quantum, also where one thread is left.
    fn requeues_alone(&self) -> bool {
        self.compat.whole_quanta
    }

    fn has_timer(&self) -> bool {
        self.compat.whole_quanta
    }

    fn next_timer(&self, seen: Seen<'_>) -> Time {
        before(seen.now, self.quantum) + self.quantum
    }
}
