//! Where the threads on cores stand in virtual time, at hand where all cores are looked at, and summed up, so that for the most
//! part nobody has to.

use super::lag::Average;
use super::weights::{ONE, virtual_time};
use crate::ids::CoreId;
use crate::time::{Dur, Time};

/// Of the thread on a core, what the policy keeps of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Its virtual runtime, up to where it is charged.
    pub(crate) v: i64,
    /// When its request is due.
    pub(crate) deadline: i64,
    /// Its weight.
    pub(crate) weight: u64,
}

impl Standing {
    /// Its virtual runtime with time on its core that is not charged yet.
    pub(super) fn after(self, ran: Dur) -> i64 {
        self.v + virtual_time(ran, self.weight) as i64
    }
}

/// The threads on the cores of a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct OnCores {
    /// Those for whom virtual time passes as time does, with the virtual runtimes that would have brought them where they are
    /// if they had been on their cores since time 0.
    even: Average,
    /// A bit for each core with another one. Its virtual runtime is rounded at each instant, so no sum of such is kept.
    pub(super) others: u64,
}

impl OnCores {
    /// A thread comes on a core.
    pub(crate) fn comes(&mut self, core: CoreId, thread: Standing, now: Time) {
        if thread.weight == ONE {
            self.even = self.even.with(ONE, thread.v - now.ns() as i64);
        } else {
            self.others |= 1 << core.0;
        }
    }

    /// It leaves the core, and all of its time there is charged.
    pub(crate) fn goes(&mut self, core: CoreId, thread: Standing, now: Time) {
        if thread.weight == ONE {
            self.even = self.even.without(ONE, thread.v - now.ns() as i64);
        } else {
            self.others &= !(1 << core.0);
        }
    }

    /// Those for whom virtual time passes as time does, as they are now.
    pub(super) fn even(self, now: Time) -> Average {
        self.even.later(now.ns() as i64)
    }
}
