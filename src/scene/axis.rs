//! The time axis: which stretch of simulated time lies under which pixels.

use crate::time::Time;

/// Maps simulated time to horizontal CSS pixels, linearly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeAxis {
    /// The time at the left edge in nanoseconds; not a [`Time`], as it may lie between two of them.
    pub start_ns: f64,
    /// Nanoseconds per CSS pixel, above 0.
    pub ns_per_px: f64,
    /// The left edge in CSS pixels.
    pub left: f64,
    /// The width in CSS pixels.
    pub width: f64,
}

impl TimeAxis {
    /// Where a time lies; beyond the edges too.
    #[must_use]
    pub fn x(&self, time: Time) -> f64 {
        self.left + (time.ns() as f64 - self.start_ns) / self.ns_per_px
    }

    /// The time nearest to a pixel, not before the start of the run.
    #[must_use]
    pub fn time(&self, x: f64) -> Time {
        let ns = self.start_ns + (x - self.left) * self.ns_per_px;
        Time::from_ns(ns.round().max(0.0) as u64)
    }

    /// The first time that is shown.
    #[must_use]
    pub fn from(&self) -> Time {
        self.time(self.left)
    }

    /// The last time that is shown.
    #[must_use]
    pub fn to(&self) -> Time {
        self.time(self.left + self.width)
    }
}
