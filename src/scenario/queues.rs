//! The ready queues: one for all cores, or one per core.

use super::Setting;
use super::setting::Slot;
use crate::time::Dur;

/// Where ready threads wait.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Queues {
    /// One ready queue for all cores.
    #[default]
    One,
    /// One ready queue per core.
    PerCore(PerCore),
}

/// How threads get from the ready queue of one core to that of another (`policies.md` section 8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerCore {
    /// Whether a core about to idle takes a thread from another core's queue.
    pub pull: bool,
    /// Whether it draws the other core at random; otherwise it is the one with most threads waiting.
    pub random_victim: bool,
    /// Whether it takes the last of that queue, as work-stealing runtimes do; otherwise the first.
    pub from_tail: bool,
    /// Each such time cores are evened out: ready threads go from the core with the most to that with the fewest, running
    /// ones counted, until they differ by one at most.
    pub balance: Option<Dur>,
    /// What only a reference does.
    pub compat: PerCoreCompat,
}

/// What only a reference does of queues per core (`ostep-homework`, `multi.py`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PerCoreCompat {
    /// Each such time every core whose queue is empty takes a thread from another one's, also while it runs one.
    pub peek: Option<Dur>,
    /// A thread with a list of cores is never taken, also if that lists them all.
    pub pinned_stay: bool,
    /// Threads that start at once are dealt out: the cores in turn take their first permitted one.
    pub deal: bool,
    /// The cores drawn as victims, in order; the scenario's generator follows when they are used up.
    pub victims: Vec<u64>,
}

impl Default for PerCore {
    fn default() -> Self {
        Self { pull: true, random_victim: false, from_tail: false, balance: None, compat: PerCoreCompat::default() }
    }
}

impl PerCore {
    /// Every parameter, to be read or set.
    pub fn parameters(&mut self) -> Vec<Setting<'_>> {
        use Slot::{Flag, Maybe, Numbers};
        let of = Setting::new;
        vec![
            of("pull", "idle cores take from others", Flag(&mut self.pull)),
            of("random_victim", "from a core drawn at random", Flag(&mut self.random_victim)),
            of("from_tail", "from the tail of its queue", Flag(&mut self.from_tail)),
            of("balance", "even out every", Maybe(&mut self.balance)),
            of("peek", "", Maybe(&mut self.compat.peek)).compat(),
            of("pinned_stay", "", Flag(&mut self.compat.pinned_stay)).compat(),
            of("deal", "", Flag(&mut self.compat.deal)).compat(),
            of("victims", "", Numbers(&mut self.compat.victims)).compat(),
        ]
    }
}
