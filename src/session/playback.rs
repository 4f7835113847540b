//! The playhead, and how fast it moves.

use crate::number::Within;
use crate::time::{Dur, MAX_NS, Time};

/// Simulated nanoseconds per second of wall time at the slow end of the speed slider: 1 µs.
const SLOWEST: f64 = 1e3;

/// How much faster the fast end is: 1 s of simulated time per second of wall time.
const RANGE: f64 = 1e6;

/// Where the slider stands at first: about 4 ms per second, so a run of 50 ms plays for about 12 s.
const FIRST_POSITION: f64 = 0.6;

/// The longest stretch of wall time that one tick may stand for, in seconds. A page that was in the background gets its
/// next tick late; nobody saw what would have played meanwhile.
const LONGEST_TICK: f64 = 0.25;

/// Simulated nanoseconds per second of wall time for a position of the speed slider, 0 to 1, on a logarithmic scale.
#[must_use]
pub fn ns_per_second(position: f64) -> f64 {
    SLOWEST * RANGE.powf(position.within(0.0, 1.0))
}

/// The position of the speed slider for a length of simulated time per second of wall time; `None` beyond its ends.
#[must_use]
pub fn position_of(per_second: Dur) -> Option<f64> {
    let position = (per_second.ns() as f64 / SLOWEST).ln() / RANGE.ln();
    (0.0..=1.0).contains(&position).then_some(position)
}

/// Where the playhead is, whether it moves, how fast.
#[derive(Clone, Debug)]
pub(super) struct Playback {
    playhead: Time,
    /// What the playhead is ahead of its whole nanosecond, 0 to 1: slow playback moves by less than one per tick.
    fraction: f64,
    playing: bool,
    position: f64,
}

impl Playback {
    pub(super) const fn new() -> Self {
        Self { playhead: Time::ZERO, fraction: 0.0, playing: false, position: FIRST_POSITION }
    }

    pub(super) const fn playhead(&self) -> Time {
        self.playhead
    }

    pub(super) const fn playing(&self) -> bool {
        self.playing
    }

    pub(super) const fn position(&self) -> f64 {
        self.position
    }

    pub(super) const fn play(&mut self) {
        self.playing = true;
    }

    pub(super) const fn pause(&mut self) {
        self.playing = false;
    }

    /// Moves the playhead; times beyond the limit of a scenario become that limit.
    pub(super) fn seek(&mut self, time: Time) {
        self.playhead = time.min(Time::from_ns(MAX_NS));
        self.fraction = 0.0;
    }

    /// Sets the position of the speed slider; anything outside 0 to 1 becomes the nearer end.
    pub(super) fn set_position(&mut self, position: f64) {
        if !position.is_nan() {
            self.position = position.within(0.0, 1.0);
        }
    }

    /// Moves the playhead on by so many seconds of wall time.
    pub(super) fn advance(&mut self, seconds: f64) {
        let seconds = if seconds.is_nan() { 0.0 } else { seconds.within(0.0, LONGEST_TICK) };
        let ns = self.fraction + seconds * ns_per_second(self.position);
        let whole = ns.floor();
        let playhead = self.playhead.ns().saturating_add(whole as u64);
        self.seek(Time::from_ns(playhead));
        self.fraction = ns - whole;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slider_runs_from_a_microsecond_to_a_second_per_second() {
        assert!((ns_per_second(0.0) - 1e3).abs() < 1e-6);
        assert!((ns_per_second(0.5) - 1e6).abs() < 1e-3);
        assert!((ns_per_second(1.0) - 1e9).abs() < 1.0);
        let seconds = 50e6 / ns_per_second(FIRST_POSITION);
        assert!((10.0..15.0).contains(&seconds), "50 ms play for {seconds} s");
    }

    #[test]
    fn a_length_per_second_is_a_position_of_the_slider() {
        for us in [1, 3, 1_000, 4_000, 1_000_000] {
            let position = position_of(Dur::from_us(us)).expect("a position");
            assert!((ns_per_second(position) / (us as f64 * 1e3) - 1.0).abs() < 1e-9, "{us} µs at {position}");
        }
        for beyond in [Dur::ZERO, Dur::from_ns(999), Dur::from_ms(1_001)] {
            assert_eq!(position_of(beyond), None);
        }
    }

    #[test]
    fn slow_playback_keeps_the_parts_of_a_nanosecond() {
        let mut playback = Playback::new();
        playback.set_position(0.0);
        for _ in 0..10_000 {
            playback.advance(0.000_25);
        }
        let ns = playback.playhead().ns();
        assert!((2_499..=2_500).contains(&ns), "{ns}");
    }

    #[test]
    fn nonsense_from_the_clock_does_not_move_the_playhead() {
        let mut playback = Playback::new();
        playback.advance(f64::NAN);
        playback.advance(-1.0);
        assert_eq!(playback.playhead(), Time::ZERO);
        playback.set_position(f64::NAN);
        playback.advance(f64::INFINITY);
        assert!(playback.playhead() < Time::from_ms(2));
    }
}
