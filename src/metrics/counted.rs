//! Figures that go on from those of an earlier instant, so that following a playhead costs only what has happened since.

use crate::engine::Run;
use crate::time::Time;

use super::Metrics;
use super::tally::Tally;

/// What happened in a run from one instant to another, ready to go on.
pub struct Counted {
    from: Time,
    /// Before `from` while it is on the way there.
    until: Time,
    tally: Tally,
}

impl Counted {
    /// Nothing yet, from `from` on.
    #[must_use]
    pub fn new(run: &Run, from: Time) -> Self {
        Self { from, until: Time::ZERO, tally: Tally::new(run) }
    }

    /// Where it begins.
    #[must_use]
    pub const fn from(&self) -> Time {
        self.from
    }

    /// How far it has gone.
    #[must_use]
    pub const fn until(&self) -> Time {
        self.until
    }

    /// The figures up to `until`, which is not before [`Self::until`]. The run must be the same, and be computed that far or
    /// have ended.
    #[must_use]
    pub fn go_on(&mut self, run: &Run, until: Time) -> Metrics {
        self.go_towards(run, until, usize::MAX)
    }

    /// The same, but with about so many records of the run more and no further: the figures say how far they are.
    #[must_use]
    pub fn go_towards(&mut self, run: &Run, until: Time, mut records: usize) -> Metrics {
        if self.until < self.from {
            records -= self.advance(run, self.from, records);
            if self.until < self.from {
                return Metrics::told(run, &Tally::new(run), self.from, self.from);
            }
            self.tally.begin();
        }
        self.advance(run, until.max(self.until), records);
        Metrics::told(run, &self.tally, self.from, self.until)
    }

    /// Goes on to an instant, or to that of the last of so many records; by how many, at most so many.
    fn advance(&mut self, run: &Run, until: Time, records: usize) -> usize {
        let before = self.tally.taken();
        let last = run.trace().get(before.saturating_add(records));
        self.until = last.map_or(until, |record| record.time().min(until));
        self.tally.advance(run, self.until);
        (self.tally.taken() - before).min(records)
    }
}
