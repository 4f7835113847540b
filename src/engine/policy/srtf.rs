//! Shortest remaining time first: as shortest job first, and a thread that becomes ready takes the core of one whose
//! remaining burst is strictly longer (`policies.md` section 1). With several cores the longest gives way, and of equal ones
//! the lowest core. Ties: who runs goes on; in the ready queue as in shortest job first.
//!
//! Only a thread that becomes ready preempts: one that runs into a longer burst without having waited keeps its core.
//!
//! Keeps of a thread: its burst in nanoseconds when it became ready (`v`).

use super::sjf::{ORDER, by_burst};
use super::{Entry, Os, Rules, Seen};
use crate::ids::{CoreId, ThreadIx};
use crate::time::Time;

/// Shortest remaining time first.
pub(super) struct Srtf;

impl Rules for Srtf {
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

    fn preempts(&self, seen: Seen<'_>, thread: ThreadIx, _: Entry, running: ThreadIx) -> bool {
        seen.entity(thread).v < seen.burst(running).ns()
    }

    fn is_preemptive(&self) -> bool {
        true
    }

    fn gives_way(&self, seen: Seen<'_>, running: ThreadIx) -> i128 {
        seen.burst(running).ns().into()
    }
}
