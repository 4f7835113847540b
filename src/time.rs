//! Points in simulated time and lengths of it, both whole nanoseconds and never mixed.
//!
//! A [`Time`] is a point since the start of the run, a [`Dur`] a length. Only `Time + Dur`, `Time - Time` and sums of
//! lengths exist, so adding two points does not compile. Values a person may write stay at or below [`MAX_NS`]; the engine
//! adds at most a few of them, so nothing overflows 64 bits.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Sub, SubAssign};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

use crate::number::whole;

/// The largest time a scenario may name: 2⁵³ − 1 ns (104 days), the largest integer that JSON readers keep exactly.
pub const MAX_NS: u64 = (1 << 53) - 1;

/// A point in simulated time: nanoseconds since the start of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Time(u64);

/// A length of simulated time in nanoseconds, never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Dur(u64);

/// Nanoseconds in a second.
const SECOND: u64 = 1_000_000_000;

/// Nanoseconds in a minute.
const MINUTE: u64 = 60 * SECOND;

/// Nanoseconds in an hour.
const HOUR: u64 = 60 * MINUTE;

const EXPECTED: &str = "whole nanoseconds, from 0 to 2⁵³ − 1";

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        whole(from, MAX_NS, EXPECTED).map(Self)
    }
}

impl<'de> Deserialize<'de> for Dur {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        whole(from, MAX_NS, EXPECTED).map(Self)
    }
}

impl Time {
    /// The start of every run.
    pub const ZERO: Self = Self(0);
    /// Later than any instant of a run: the deadline of something that is not due.
    pub const NEVER: Self = Self(u64::MAX);

    /// The point `ns` nanoseconds after the start.
    #[must_use]
    pub const fn from_ns(ns: u64) -> Self {
        Self(ns)
    }

    /// The point `us` microseconds after the start.
    #[must_use]
    pub const fn from_us(us: u64) -> Self {
        Self(us * 1_000)
    }

    /// The point `ms` milliseconds after the start.
    #[must_use]
    pub const fn from_ms(ms: u64) -> Self {
        Self(ms * 1_000_000)
    }

    /// Nanoseconds since the start.
    #[must_use]
    pub const fn ns(self) -> u64 {
        self.0
    }

    /// The length from `earlier` to here; zero if `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Dur {
        Dur(self.0.saturating_sub(earlier.0))
    }
}

impl Dur {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// `ns` nanoseconds.
    #[must_use]
    pub const fn from_ns(ns: u64) -> Self {
        Self(ns)
    }

    /// `us` microseconds.
    #[must_use]
    pub const fn from_us(us: u64) -> Self {
        Self(us * 1_000)
    }

    /// `ms` milliseconds.
    #[must_use]
    pub const fn from_ms(ms: u64) -> Self {
        Self(ms * 1_000_000)
    }

    /// The length in nanoseconds.
    #[must_use]
    pub const fn ns(self) -> u64 {
        self.0
    }

    /// The length in milliseconds, for figures that are shown and never fed back.
    #[must_use]
    pub fn as_ms_f64(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// Whether this is no time at all.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// This length less `other`, or zero.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Add<Dur> for Time {
    type Output = Self;
    fn add(self, d: Dur) -> Self {
        Self(self.0 + d.0)
    }
}

impl Sub<Time> for Time {
    type Output = Dur;
    /// # Panics
    /// In debug builds, if `earlier` is later than `self`; use [`Time::since`] where that can happen.
    fn sub(self, earlier: Self) -> Dur {
        Dur(self.0 - earlier.0)
    }
}

impl Add for Dur {
    type Output = Self;
    fn add(self, d: Self) -> Self {
        Self(self.0 + d.0)
    }
}

impl AddAssign for Dur {
    fn add_assign(&mut self, d: Self) {
        self.0 += d.0;
    }
}

impl Sub for Dur {
    type Output = Self;
    fn sub(self, d: Self) -> Self {
        Self(self.0 - d.0)
    }
}

impl SubAssign for Dur {
    fn sub_assign(&mut self, d: Self) {
        self.0 -= d.0;
    }
}

impl Mul<u64> for Dur {
    type Output = Self;
    fn mul(self, n: u64) -> Self {
        Self(self.0 * n)
    }
}

impl Sum for Dur {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

/// Writes the length in the largest unit that keeps it at or above 1, with no trailing zeros: `5 ms`, `2.2 µs`, `1.5 s`.
/// A precision (`{:.3}`) rounds to that many decimals instead of writing all of them, and is meant for people alone: it writes
/// `3 min 19.4 s` from two minutes on and `32 h 0 min` from two hours on, of which fewer than three decimals are whole minutes.
impl fmt::Display for Dur {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(places) = f.precision().filter(|_| self.0 >= 2 * MINUTE) {
            return f.write_str(&in_minutes(self.0, places));
        }
        let (unit, div) = match self.0 {
            SECOND.. => ("s", SECOND),
            1_000_000.. => ("ms", 1_000_000),
            1_000.. => ("µs", 1_000),
            0 => return f.write_str("0 ms"),
            _ => ("ns", 1),
        };
        f.write_str(&decimal(self.0, div, f.precision().unwrap_or(9)))?;
        write!(f, " {unit}")
    }
}

/// Writes the point as the length since the start.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Dur(self.0), f)
    }
}

/// Two minutes or more with so many decimals of a second, or in whole minutes.
fn in_minutes(ns: u64, places: usize) -> String {
    let step = if places < 3 && ns >= 2 * HOUR { MINUTE } else { SECOND / 10u64.pow(places.min(9) as u32) };
    let ns = ns.saturating_add(step / 2) / step * step;
    let (hours, minutes, rest) = (ns / HOUR, ns / MINUTE, ns % MINUTE);
    let seconds = decimal(rest, SECOND, places);
    match rest {
        _ if hours < 2 => format!("{minutes} min {seconds} s"),
        0 => format!("{hours} h {} min", minutes % 60),
        _ => format!("{hours} h {} min {seconds} s", minutes % 60),
    }
}

/// `value / div` with at most `places` decimals, rounded half up in integers, without trailing zeros.
fn decimal(value: u64, div: u64, places: usize) -> String {
    let scale = 10u64.pow(places.min(9) as u32);
    // The part below 1 by itself: whole and part together times the scale would not fit 64 bits.
    let part = (value % div * scale + div / 2) / div;
    let (whole, frac) = (value / div + part / scale, part % scale);
    if frac == 0 {
        return whole.to_string();
    }
    let digits = format!("{frac:0width$}", width = places.min(9));
    format!("{whole}.{}", digits.trim_end_matches('0'))
}

/// Why a text is not a length of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseDurError(String);

impl fmt::Display for ParseDurError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ParseDurError {}

/// Reads `20ms`, `1.5 s`, `2.2 µs` (or `us`), `300 ns`; a bare number counts as milliseconds.
///
/// # Errors
/// Names what is wrong: no number, an unknown unit, or above [`MAX_NS`]. What is more precise than a nanosecond is rounded.
impl FromStr for Dur {
    type Err = ParseDurError;
    fn from_str(text: &str) -> Result<Self, ParseDurError> {
        let text = text.trim();
        let at = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (number, unit) = (&text[..at], text[at..].trim());
        if number.is_empty() || unit.contains(|c: char| !c.is_alphabetic()) {
            return Err(no_length(text));
        }
        let per_unit = match unit {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "" | "ms" => 1_000_000,
            "s" => 1_000_000_000,
            _ => return Err(ParseDurError(format!("“{unit}” is not a unit of time; use ns, µs, ms or s"))),
        };
        let ns = scaled(number, per_unit).ok_or_else(|| no_length(text))?;
        if ns > MAX_NS {
            return Err(ParseDurError(format!("“{text}” is longer than 104 days, which is the most")));
        }
        Ok(Self(ns))
    }
}

/// Why a text cannot be read at all.
fn no_length(text: &str) -> ParseDurError {
    let point = text.replacen(',', ".", 1);
    ParseDurError(match text {
        "" => "a length of time, such as 20 ms".to_owned(),
        _ if point != text && point.parse::<Dur>().is_ok() => format!("{point}, with a point"),
        _ => format!("“{text}” is not a length of time, such as 20 ms"),
    })
}

/// A decimal number times `unit`, 10⁹ or less, rounded half up; what is too large for 64 bits becomes the largest number.
/// In integers: the tables for reading floats would be a twentieth of the page's download.
fn scaled(number: &str, unit: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
        return None;
    }
    // The tenth digit decides how the ninth is rounded; more would not fit 64 bits.
    let fraction = fraction.get(..fraction.len().min(10))?;
    let digits = |text: &str| if text.is_empty() { Some(0) } else { text.parse::<u64>().ok() };
    let scale = 10u64.pow(fraction.len() as u32);
    let part = (digits(fraction)? * unit + scale / 2) / scale;
    Some(digits(whole)?.saturating_mul(unit).saturating_add(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_in_the_largest_fitting_unit() {
        let shown = [0, 7, 2_200, 5_000_000, 5_060_000, 1_500_000_000].map(|ns| Dur(ns).to_string());
        assert_eq!(shown, ["0 ms", "7 ns", "2.2 µs", "5 ms", "5.06 ms", "1.5 s"]);
        assert_eq!(format!("{:.1}", Dur(5_060_000)), "5.1 ms");
    }

    #[test]
    fn long_lengths_are_minutes_and_hours_for_people_and_seconds_for_what_reads_them_again() {
        let shown = |ms: u64| [0, 1, 3].map(|places| format!("{:.places$}", Dur::from_ms(ms)));
        assert_eq!(shown(119_940), ["120 s", "119.9 s", "119.94 s"]);
        assert_eq!(shown(199_360), ["3 min 19 s", "3 min 19.4 s", "3 min 19.36 s"]);
        assert_eq!(shown(120_000), ["2 min 0 s"; 3]);
        assert_eq!(shown(115_200_120), ["32 h 0 min", "32 h 0 min", "32 h 0 min 0.12 s"]);
        assert_eq!(shown(115_200_000), ["32 h 0 min"; 3]);
        assert_eq!(shown(7_199_999), ["2 h 0 min", "2 h 0 min", "119 min 59.999 s"]);
        assert_eq!(Dur::from_ms(115_200_120).to_string(), "115200.12 s");
    }

    #[test]
    fn lengths_are_read_as_people_write_them() {
        let read = [
            ("20ms", 20_000_000),
            ("1.5 s", 1_500_000_000),
            (" 2.2 µs", 2_200),
            ("3", 3_000_000),
            (".5 us", 500),
            ("1.", 1_000_000),
        ];
        for (text, ns) in read {
            assert_eq!(text.parse(), Ok(Dur(ns)), "{text}");
        }
        assert_eq!("5 h".parse::<Dur>().unwrap_err().to_string(), "“h” is not a unit of time; use ns, µs, ms or s");
        let why = |text: &str| text.parse::<Dur>().unwrap_err().to_string();
        assert_eq!(why("99999999999 s"), "“99999999999 s” is longer than 104 days, which is the most");
        assert_eq!([why("1,5 ms"), why(" ")], ["1.5 ms, with a point", "a length of time, such as 20 ms"]);
        assert_eq!(why("1,5,3"), "“1,5,3” is not a length of time, such as 20 ms");
        for text in ["", ".", "1.2.3", "1e3", "-4 ms", "99999999999999999999 s"] {
            assert!(text.parse::<Dur>().is_err(), "{text}");
        }
    }
}
