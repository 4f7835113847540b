//! The operating system's policies: who runs next, and for how long.
//!
//! To add one: a variant of [`Policy`] in the scenario, a file here that implements [`Rules`], and an arm in [`rules`].
//! `tests/reference/policies.md` specifies each, ties included.

mod cfs;
mod eevdf;
mod fcfs;
mod lag;
mod lottery;
mod mlfq;
mod on_cores;
mod os;
mod priority;
mod round_robin;
mod sjf;
mod srtf;
mod stride;
mod view;
mod weights;

pub(super) use lag::Average;
pub(super) use on_cores::{OnCores, Standing};
pub(super) use os::{Entity, Os, Ran, Seen};
pub(super) use weights::weight;

use crate::ids::{CoreId, ThreadIx};
use crate::scenario::Policy;
use crate::time::{Dur, Time};

use super::Reason;

/// How a thread comes into a ready queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// It starts.
    Starts,
    /// Another thread's signal woke it: the GIL, a lock, an item, a message, the end or the start of a thread.
    Signalled,
    /// Its I/O or sleep ended, its input was answered, or its wait for the GIL timed out.
    Timed,
    /// Its slice ended.
    Expired,
    /// A thread that the policy prefers takes its core.
    Preempted,
    /// It lets others go first, or was taken off its core by hand.
    Yields,
    /// Another thread was put on its core by hand.
    Displaced,
    /// It comes from the ready queue of another core; [`Rules::moves`] was told before.
    Moved,
}

impl Entry {
    /// How a record says that a thread became ready.
    pub(super) const fn of(reason: Reason) -> Self {
        match reason {
            Reason::Started | Reason::StartedBy => Self::Starts,
            Reason::IoEnded | Reason::SleepEnded | Reason::Answered | Reason::GilTimeout => Self::Timed,
            Reason::SliceEnded => Self::Expired,
            Reason::Outranked => Self::Preempted,
            Reason::Yielded | Reason::Preempted => Self::Yields,
            Reason::Displaced => Self::Displaced,
            _ => Self::Signalled,
        }
    }

    /// Whether the thread was neither on a core nor in a ready queue before.
    pub(super) const fn arrives(self) -> bool {
        matches!(self, Self::Starts | Self::Signalled | Self::Timed)
    }
}

/// Which thread goes on a core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    /// Its place in the ready queue.
    pub(super) place: usize,
    /// Why, unless it is the first that may.
    pub(super) reason: Option<Reason>,
    /// What the reason is about; see there.
    pub(super) object: Option<u16>,
}

impl Pick {
    /// The first in the queue that may.
    pub(super) const fn first(place: usize) -> Self {
        Self { place, reason: None, object: None }
    }
}

/// Where a thread stands in the virtual time of CFS or EEVDF, which passes the slower for it the more it weighs. In
/// nanoseconds at weight 1,024, from an origin without meaning; EEVDF's may lie before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fairness {
    /// How far it has come.
    pub virtual_runtime: i64,
    /// EEVDF: when what it asks for is due.
    pub deadline: Option<i64>,
    /// EEVDF, of a thread that is ready or on a core: how far it is behind the average; below 0 it is ahead, and not eligible.
    pub lag: Option<i64>,
}

/// What a policy decides. [`Seen`] is what it may look at, [`Os`] also what it may change: what it keeps of each thread
/// ([`Entity`]) and queue.
///
/// A ready queue keeps the order in which the policy will pick, as far as that can be known.
pub trait Rules {
    /// What the order of the ready queue is, if it is that of a key: “the shorter the burst, the earlier”. Then it cannot be
    /// changed by hand.
    fn order(&self) -> Option<&'static str> {
        None
    }

    /// A thread enters a ready queue, in which it is not yet: brings what is kept of it up to date, and says behind how many
    /// others it stands.
    fn enter(&self, os: &mut Os<'_>, queue: usize, thread: ThreadIx, entry: Entry) -> usize;

    /// Which thread of a ready queue goes on a core now, by its place in the queue, if one does; only those for which `may`
    /// says so can.
    fn pick(&self, os: &mut Os<'_>, queue: usize, may: &dyn Fn(ThreadIx) -> bool) -> Option<Pick> {
        os.seen().queue(queue).iter().position(|t| may(*t)).map(Pick::first)
    }

    /// Whether [`Rules::pick`] is the first that may, as in most policies.
    fn picks_first(&self) -> bool {
        true
    }

    /// In which order idle cores take a thread each, where that is how it goes. Otherwise threads take cores, in the order in
    /// which they are picked.
    fn cores_in_turn(&self, _os: Seen<'_>) -> Option<Vec<CoreId>> {
        None
    }

    /// Whether threads are taken off their cores for others that wait: whether there are slices.
    fn has_slices(&self) -> bool {
        true
    }

    /// When the slice of a thread on a core ends, if others are ready. It has computed there since `since`, or its slices
    /// were renewed unwatched since then. The present instant counts, unless the policy looks at slices before it looks at
    /// who becomes ready. [`Time::NEVER`]: not before something else happens.
    fn slice_end(&self, os: Seen<'_>, thread: ThreadIx, core: CoreId, since: Time) -> Time;

    /// The longest stay on a core while others are ready, where that is one length for all.
    fn quantum(&self) -> Option<Dur> {
        None
    }

    /// Whether threads enter the ready queue at its tail, or at its head if displaced, leave it at its head, and never keep
    /// their cores when their slices end: then nobody needs to ask.
    fn is_fifo(&self) -> bool {
        false
    }

    /// Whether [`Rules::cores_in_turn`] ever says so.
    fn may_take_turns(&self) -> bool {
        false
    }

    /// Whether a thread whose slice ends goes through the ready queue even if nobody else is there.
    fn requeues_alone(&self) -> bool {
        false
    }

    /// Whether a core switches after every stay of a thread, and not when another one comes.
    fn switches_out(&self) -> bool {
        false
    }

    /// Whether the thread whose slice ends on a core would be picked again, so that it goes on with a new one.
    fn keeps(&self, _os: &mut Os<'_>, _queue: usize, _thread: ThreadIx, _core: CoreId) -> bool {
        false
    }

    /// Whether it goes by what the threads of a queue weigh together.
    fn sums_up(&self) -> bool {
        false
    }

    /// Whether slices of running threads depend on who else is ready, so that each arrival sets them anew.
    fn slices_follow_load(&self) -> bool {
        false
    }

    /// A thread was on a core for `ran`; afterwards it `blocks`, or else stays ready or running.
    fn ran(&self, _os: &mut Os<'_>, _queue: usize, _thread: ThreadIx, _ran: Ran, _blocks: bool) {}

    /// Whether [`Rules::ran`] does anything.
    fn accounts(&self) -> bool {
        false
    }

    /// Whether a thread that is ready now takes the core of a running one at once.
    fn preempts(&self, _os: Seen<'_>, _thread: ThreadIx, _entry: Entry, _running: ThreadIx) -> bool {
        false
    }

    /// Whether [`Rules::preempts`] is ever true.
    fn is_preemptive(&self) -> bool {
        false
    }

    /// Whether only threads preempt that were neither on a core nor in a ready queue before.
    fn only_arrivals_preempt(&self) -> bool {
        false
    }

    /// Among running threads, which gives way first: the greater, the sooner.
    fn gives_way(&self, _os: Seen<'_>, _running: ThreadIx) -> i128 {
        0
    }

    /// Whose core a thread that is ready in a queue takes, of some cores, a bit each: that of the one that gives way first, and
    /// of equal ones the lowest.
    // Here and not where it is asked, so that each policy has a loop of its own, without calls.
    fn core_to_preempt(
        &self,
        os: Seen<'_>,
        _queue: usize,
        thread: ThreadIx,
        entry: Entry,
        cores: u64,
    ) -> Option<CoreId> {
        let mut found: Option<(i128, CoreId)> = None;
        for core in each(cores) {
            let Some(running) = os.cores.get(core.ix()).and_then(|c| c.thread) else { continue };
            let gives_way = self.gives_way(os, running);
            if found.is_none_or(|(most, _)| gives_way > most) && self.preempts(os, thread, entry, running) {
                found = Some((gives_way, core));
            }
        }
        found.map(|(_, core)| core)
    }

    /// Where a thread stands in virtual time, if the policy goes by that.
    fn fairness(&self, _os: Seen<'_>, _thread: ThreadIx) -> Option<Fairness> {
        None
    }

    /// A thread goes from the ready queue of one core to that of another: it has left the one, and [`Rules::enter`] is asked
    /// next.
    fn moves(&self, _os: &mut Os<'_>, _thread: ThreadIx, _from: usize, _to: usize) {}

    /// At one instant, whether a thread whose slice ended is queued before those that become ready.
    fn expired_first(&self) -> bool {
        false
    }

    /// Whether the policy itself does something at times, as a boost.
    fn has_timer(&self) -> bool {
        false
    }

    /// When it does so next, after now.
    fn next_timer(&self, _os: Seen<'_>) -> Time {
        Time::NEVER
    }

    /// The policy's own time has come. Threads whose place in a queue it changes for the better may preempt. Slices of
    /// running threads are set anew afterwards.
    fn timer(&self, _os: &mut Os<'_>) {}
}

/// What a policy always answers. Asked once: several of these are needed at each slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Traits {
    pub(super) picks_first: bool,
    pub(super) has_slices: bool,
    pub(super) is_fifo: bool,
    pub(super) may_take_turns: bool,
    pub(super) requeues_alone: bool,
    pub(super) switches_out: bool,
    pub(super) slices_follow_load: bool,
    pub(super) accounts: bool,
    pub(super) sums_up: bool,
    pub(super) is_preemptive: bool,
    pub(super) only_arrivals_preempt: bool,
    pub(super) expired_first: bool,
    pub(super) has_timer: bool,
}

impl Traits {
    pub(super) fn of(policy: &Policy) -> Self {
        let rules = rules(policy);
        Self {
            picks_first: rules.picks_first(),
            has_slices: rules.has_slices(),
            is_fifo: rules.is_fifo(),
            may_take_turns: rules.may_take_turns(),
            requeues_alone: rules.requeues_alone(),
            switches_out: rules.switches_out(),
            slices_follow_load: rules.slices_follow_load(),
            accounts: rules.accounts(),
            sums_up: rules.sums_up(),
            is_preemptive: rules.is_preemptive(),
            only_arrivals_preempt: rules.only_arrivals_preempt(),
            expired_first: rules.expired_first(),
            has_timer: rules.has_timer(),
        }
    }
}

/// The cores of a set, a bit each, ascending.
fn each(mut cores: u64) -> impl Iterator<Item = CoreId> {
    std::iter::from_fn(move || {
        let core = (cores != 0).then(|| CoreId(cores.trailing_zeros() as u8));
        cores &= cores.wrapping_sub(1);
        core
    })
}

/// The rules of a policy.
#[must_use]
pub fn rules(policy: &Policy) -> &dyn Rules {
    match policy {
        Policy::Fcfs(rules) => rules,
        Policy::RoundRobin(rules) => rules,
        Policy::Lottery(rules) => rules,
        Policy::Stride(rules) => rules,
        Policy::Sjf => &sjf::Sjf,
        Policy::Srtf => &srtf::Srtf,
        Policy::Priority(rules) => rules,
        Policy::Mlfq(rules) => rules,
        Policy::Cfs(rules) => rules,
        Policy::Eevdf(rules) => rules,
    }
}
