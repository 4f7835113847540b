//! Figures that go on from those of an earlier instant, so that following a playhead costs only what has happened since.

use crate::engine::Run;
use crate::time::Time;

use super::Metrics;
use super::tally::Tally;

/// What happened in a run from one instant to another, ready to go on.
pub struct Counted {
    from: Time,
    until: Time,
    tally: Tally,
}

impl Counted {
    /// Nothing yet, from `from` on, as far as which the run must be computed, or have ended.
    #[must_use]
    pub fn new(run: &Run, from: Time) -> Self {
        let mut tally = Tally::new(run);
        if from > Time::ZERO {
            tally.advance(run, from);
            tally.begin();
        }
        Self { from, until: from, tally }
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
        self.until = until.max(self.until);
        self.tally.advance(run, self.until);
        Metrics::told(run, &self.tally, self.from, self.until)
    }
}
