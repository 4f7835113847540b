//! How much of the run is computed: as much as somebody wants, in slices that nobody has to wait for, and what is there can be
//! read meanwhile.

use crate::engine::{Ending, Limit, MAX_RECORDS, Run};
use crate::time::{MAX_NS, Time};

use super::{INSTANTS_PER_JUMP, Session};

/// After how many records nobody goes on unasked, and how many more come when somebody asks. With its lanes a record takes
/// about 50 B.
const UNASKED: usize = MAX_RECORDS / 2;

/// As many updates may leave something to be computed before that is said: a fifth of a second of frames.
const SOON: u32 = 12;

/// How much is computed, and what holds it up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Computing {
    /// How much work may still be done before [`Session::allow`] is called again, in instants; `None`: as much as an update
    /// does by itself.
    allowed: Option<usize>,
    /// Where the playhead is on its way to.
    goal: Option<Time>,
    /// At this many records only the playhead goes further.
    enough: usize,
    /// For how many updates something has been missing.
    waited: u32,
}

/// How far the run is, where that is worth saying.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// It is being computed, and has come to this time; to this part of what is asked for, 0 to 1, if that is known.
    Computing(Time, Option<f64>),
    /// It is computed up to this time and will go on if somebody asks.
    Stopped(Time),
    /// It is computed up to this time and never further, because of this.
    Limit(Time, Limit),
}

impl Computing {
    /// Nothing is computed yet.
    pub(super) const fn new(allowed: Option<usize>) -> Self {
        Self { allowed, goal: None, enough: UNASKED, waited: 0 }
    }

    /// The same for another run.
    pub(super) const fn anew(self) -> Self {
        Self::new(self.allowed)
    }

    /// Computes a run up to a time and on to the first record after it, by at most so many instants; whether it is that far.
    pub(super) fn extend(&mut self, run: &mut Run, until: Time, most: usize) -> bool {
        let most = self.allowed.map_or(most, |allowed| allowed.min(most));
        let mut left = most;
        let far = run.extend_by(until, &mut left);
        if let Some(allowed) = &mut self.allowed {
            *allowed -= most - left;
        }
        far
    }

    /// Whether it has as many records as somebody wants to see.
    pub(super) fn has_enough(&self, run: &Run) -> bool {
        run.trace().len() >= self.enough
    }
}

impl Session {
    /// Lets updates compute this many instants of runs from now on, all together, until this is called again. Whoever has a
    /// clock so decides how long an update may take; without any call each computes what it needs, or a second's worth.
    pub const fn allow(&mut self, instants: usize) {
        self.computing.allowed = Some(instants);
    }

    /// Computes the run further, as [`Computing::extend`].
    pub(super) fn compute(&mut self, until: Time, most: usize) -> bool {
        self.computing.extend(&mut self.run, until, most)
    }

    /// Remembers that the playhead is on its way to a time that is not computed, or is where it shall be. Without a clock
    /// nobody waits for it.
    pub(super) fn head_for(&mut self, goal: Option<Time>) {
        self.computing.goal = goal.filter(|_| self.computing.allowed.is_some());
    }

    /// Takes the playhead on along what is computed by now; whether it has arrived.
    pub(super) fn approach(&mut self) -> bool {
        let Some(goal) = self.computing.goal else { return true };
        self.place_playhead(goal);
        self.computing.goal.is_none()
    }

    /// Counts the updates in a row after which something is missing.
    pub(super) const fn note_missing(&mut self) {
        self.computing.waited = if self.pending { self.computing.waited.saturating_add(1) } else { 0 };
    }

    /// Goes on computing what is shown, or stops with what is computed.
    pub(super) fn set_computing(&mut self, on: bool) {
        let records = self.run.trace().len();
        if on {
            self.computing.enough = records + UNASKED;
        } else {
            self.computing.enough = records;
            self.computing.goal = None;
            if self.playhead() > self.run.end() {
                self.seek(self.run.end());
            }
        }
    }

    /// Whether something that is shown is not computed yet.
    #[must_use]
    pub const fn is_behind(&self) -> bool {
        self.pending
    }

    /// How far the run is computed, if that takes a while, was stopped, or has met its limit.
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        let end = self.run.end();
        if let Some(Ending::LimitReached(limit)) = self.run.ending() {
            return Some(Progress::Limit(end, *limit));
        }
        if self.pending {
            let goal = match self.computing.goal {
                None if self.is_endless() => Some(self.axis.to().max(self.playhead())),
                goal => goal.filter(|goal| *goal < Time::from_ns(MAX_NS)),
            };
            let part = goal.map(|goal| (end.ns() as f64 / goal.ns().max(1) as f64).min(1.0));
            return (self.computing.waited >= SOON).then_some(Progress::Computing(end, part));
        }
        let wanted = if self.is_endless() { self.axis.to() } else { Time::NEVER };
        (self.computing.has_enough(&self.run) && self.run.reached() < wanted).then_some(Progress::Stopped(end))
    }

    /// Computes at once as much as a jump to a time needs, or as much of that as may be done; whether it is that far.
    pub(super) fn compute_for_jump(&mut self, until: Time) -> bool {
        self.compute(until, INSTANTS_PER_JUMP)
    }
}
