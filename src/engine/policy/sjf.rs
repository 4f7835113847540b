//! Shortest job first: the shortest next burst first, to its end (`policies.md` section 1). A burst is what a thread
//! computes up to the next op at which it may wait ([`crate`]'s `burst.rs`), known in advance as textbooks assume.
//! Ties: first come, first served, and at one instant by thread id; who was taken off its core goes before equals.
//!
//! Keeps of a thread: its burst in nanoseconds when it became ready (`v`).

use super::{Entry, Os, Rules, Seen};
use crate::ids::{CoreId, ThreadIx};
use crate::time::Time;

/// Shortest job first.
pub(super) struct Sjf;

/// The order of the ready queue, for people.
pub(super) const ORDER: &str = "the shorter the burst, the earlier";

impl Rules for Sjf {
    fn order(&self) -> Option<&'static str> {
        Some(ORDER)
    }

    fn enter(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, entry: Entry) -> usize {
        by_burst(os, queue, thread, entry)
    }

    fn has_slices(&self) -> bool {
        false
    }

    fn slice_end(&self, _: Seen<'_>, _: ThreadIx, _: CoreId, _: Time) -> Time {
        Time::NEVER
    }
}

/// Notes the burst of a thread that is ready now, and says behind how many others it stands.
pub(super) fn by_burst(os: &mut Os<'_>, queue: usize, thread: ThreadIx, entry: Entry) -> usize {
    let burst = os.seen().burst(thread).ns();
    os.entity_mut(thread).v = burst;
    let before_equals = matches!(entry, Entry::Preempted | Entry::Displaced);
    os.seen().behind(queue, |other, _| other.v < burst || other.v == burst && !before_equals)
}
