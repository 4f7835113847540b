//! The time axis: which stretch of simulated time lies under which pixels.

use crate::number::Within;
use crate::time::{Dur, MAX_NS, Time};

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

/// The largest magnification: one pixel for the smallest step of time.
const FINEST_NS_PER_PX: f64 = 1.0;

/// How much of the width may lie before the start of the run, and stays free on both sides of a run shown whole.
const MARGIN: f64 = 0.04;

/// Where the playhead stands after the view has turned to it, as a part of the width.
const AFTER_TURN: f64 = 0.1;

impl TimeAxis {
    /// An axis between two pixels that shows a run of this length whole.
    #[must_use]
    pub fn fitting(length: Dur, left: f64, width: f64) -> Self {
        let mut axis = Self { start_ns: 0.0, ns_per_px: FINEST_NS_PER_PX, left, width: width.max(1.0) };
        axis.fit(length);
        axis
    }

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

    /// Whether a time lies under the axis, edges included.
    #[must_use]
    pub fn shows(&self, time: Time) -> bool {
        (self.left..=self.left + self.width).contains(&self.x(time))
    }

    /// The length of time under the axis in nanoseconds.
    #[must_use]
    pub fn span_ns(&self) -> f64 {
        self.width * self.ns_per_px
    }

    /// Shows a run of this length whole, with a margin on both sides.
    pub fn fit(&mut self, length: Dur) {
        self.ns_per_px = length.ns() as f64 / (self.width * (1.0 - 2.0 * MARGIN));
        self.start_ns = f64::NEG_INFINITY;
        self.clamp();
    }

    /// Shows a stretch of time with a margin on both sides.
    pub fn fit_stretch(&mut self, from: Time, to: Time) {
        self.ns_per_px = to.since(from).ns() as f64 / (self.width * (1.0 - 2.0 * MARGIN));
        self.clamp();
        self.start_ns = 0.5 * (from.ns() as f64 + to.ns() as f64 - self.span_ns());
        self.clamp();
    }

    /// Lies between other pixels from now on, and shows the same stretch of time there.
    pub fn place(&mut self, left: f64, width: f64) {
        let span = self.span_ns();
        self.left = left;
        self.width = width.max(1.0);
        self.ns_per_px = span / self.width;
        self.clamp();
    }

    /// Makes everything larger by `factor`, which is above 0, while the time under pixel `x` stays there as far as the
    /// limits allow.
    pub fn zoom(&mut self, x: f64, factor: f64) {
        let fixed = self.start_ns + (x - self.left) * self.ns_per_px;
        self.ns_per_px /= factor;
        self.clamp();
        self.start_ns = fixed - (x - self.left) * self.ns_per_px;
        self.clamp();
    }

    /// Moves everything to the right by `dx` CSS pixels.
    pub fn pan(&mut self, dx: f64) {
        self.start_ns -= dx * self.ns_per_px;
        self.clamp();
    }

    /// Turns the page: shows `time` near the left edge, in the same scale.
    pub fn turn_to(&mut self, time: Time) {
        self.start_ns = time.ns() as f64 - AFTER_TURN * self.span_ns();
        self.clamp();
    }

    /// Goes back so far that a run which ends at `end` is not lost out of view.
    pub fn keep_in_view(&mut self, end: Time) {
        self.start_ns = self.start_ns.min(end.ns() as f64 - AFTER_TURN * self.span_ns());
        self.clamp();
    }

    /// Between 1 ns per pixel and all of time, and not before the start of the run by more than the margin.
    fn clamp(&mut self) {
        let coarsest = (MAX_NS as f64 / self.width).max(FINEST_NS_PER_PX);
        self.ns_per_px = self.ns_per_px.within(FINEST_NS_PER_PX, coarsest);
        self.start_ns = self.start_ns.within(-MARGIN * self.span_ns(), MAX_NS as f64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis() -> TimeAxis {
        TimeAxis::fitting(Dur::from_ms(92), 100.0, 1_000.0)
    }

    #[test]
    fn a_run_shown_whole_has_a_margin_on_both_sides() {
        let a = axis();
        assert!((a.ns_per_px - 100_000.0).abs() < 1e-6);
        assert!((a.x(Time::ZERO) - 140.0).abs() < 1e-6);
        assert!((a.x(Time::from_ms(92)) - 1_060.0).abs() < 1e-6);
        assert_eq!((a.from(), a.to()), (Time::ZERO, Time::from_ms(96)));
    }

    #[test]
    fn the_pixel_under_the_pointer_keeps_its_time_while_zooming() {
        let mut a = axis();
        let time = a.time(600.0);
        a.zoom(600.0, 3.0);
        assert_eq!(a.time(600.0), time);
        assert!((a.ns_per_px - 100_000.0 / 3.0).abs() < 1e-6);
    }

    #[test]
    fn zoom_stops_at_a_nanosecond_per_pixel_and_at_all_of_time() {
        let mut a = axis();
        a.zoom(600.0, 1e12);
        assert!((a.ns_per_px - 1.0).abs() < f64::EPSILON);
        a.zoom(600.0, 1e-30);
        assert!((a.span_ns() - MAX_NS as f64).abs() < 1_000.0);
        assert!(a.x(Time::ZERO) <= 140.0 + 1e-6);
    }

    #[test]
    fn nothing_lies_before_the_start_but_the_margin() {
        let mut a = axis();
        a.pan(10_000.0);
        assert!((a.x(Time::ZERO) - 140.0).abs() < 1e-6);
        a.pan(-500.0);
        assert!((a.x(Time::ZERO) + 360.0).abs() < 1e-6);
    }

    #[test]
    fn a_new_width_shows_the_same_stretch() {
        let mut a = axis();
        a.pan(-300.0);
        let (from, to) = (a.from(), a.to());
        a.place(20.0, 333.0);
        assert_eq!((a.from(), a.to()), (from, to));
        assert!((a.x(from) - 20.0).abs() < 0.01);
    }

    #[test]
    fn the_view_turns_to_a_time_and_does_not_lose_the_run() {
        let mut a = axis();
        a.turn_to(Time::from_ms(500));
        assert!((a.x(Time::from_ms(500)) - 200.0).abs() < 1e-6);
        assert!(a.shows(Time::from_ms(500)) && !a.shows(Time::from_ms(489)));
        a.keep_in_view(Time::from_ms(92));
        assert!((a.x(Time::from_ms(92)) - 200.0).abs() < 1e-6);
    }
}
