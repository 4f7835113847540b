//! Numbers: whole ones read from JSON, refused in words that a person who wrote the JSON by hand understands; and floating
//! point ones, without what Rust's own ways for them add to the page's download.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, Unexpected, Visitor};

/// Reads a whole number from 0 to `max`; `what` stands behind “expected” in the error.
///
/// # Errors
/// Anything but such a number.
pub(crate) fn whole<'de, D: Deserializer<'de>>(from: D, max: u64, what: &'static str) -> Result<u64, D::Error> {
    from.deserialize_u64(Whole { max, what })
}

struct Whole {
    max: u64,
    what: &'static str,
}

impl Visitor<'_> for Whole {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }

    fn visit_u64<E: Error>(self, n: u64) -> Result<u64, E> {
        if n <= self.max { Ok(n) } else { Err(E::invalid_value(Unexpected::Unsigned(n), &self)) }
    }

    fn visit_i64<E: Error>(self, n: i64) -> Result<u64, E> {
        match u64::try_from(n) {
            Ok(n) => self.visit_u64(n),
            Err(_) => Err(E::invalid_value(Unexpected::Signed(n), &self)),
        }
    }
}

/// A whole number as a person wrote it, from `least` to `most`; `what` says what it is.
///
/// # Errors
/// What is expected: “nice: a whole number from -20 to 19”.
pub fn written(what: &str, text: &str, least: i64, most: i64) -> Result<i64, String> {
    let number = text.trim().parse().ok().filter(|n| (least..=most).contains(n));
    number.ok_or_else(|| format!("{what}: a whole number from {least} to {most}"))
}

/// The number with at most three decimals, rounded, without zeros at its end; meant for what is smaller than 10¹².
///
/// Rust's own way prints every digit of every number, and is 6 kB of the page's download.
#[must_use]
pub fn decimal(number: f64) -> String {
    let thousandths = (number * 1e3).round() as i64;
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, part) = (thousandths.unsigned_abs() / 1000, thousandths.unsigned_abs() % 1000);
    let text = format!("{sign}{whole}.{part:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A count for people, with a comma between thousands from 10,000 on: `9999`, `1,216,872`.
#[must_use]
pub fn grouped(count: u64) -> String {
    let mut text = count.to_string();
    if count >= 10_000 {
        let mut at = text.len();
        while at > 3 {
            at -= 3;
            text.insert(at, ',');
        }
    }
    text
}

/// Numbers that are kept between two others.
pub trait Within {
    /// The number, `low` if it is less, `high` if it is more. Where `low` is above `high`, `high`.
    ///
    /// Unlike `clamp` it has no words for wrong limits, which would bring the writing of every digit back.
    #[must_use]
    fn within(self, low: Self, high: Self) -> Self;
}

impl Within for f64 {
    fn within(self, low: Self, high: Self) -> Self {
        self.max(low).min(high)
    }
}

#[cfg(test)]
mod tests {
    use super::{Within, decimal, grouped, written};

    #[test]
    fn what_is_no_whole_number_within_its_limits_is_refused_with_those() {
        assert_eq!([" -5 ", "19"].map(|text| written("nice", text, -20, 19)), [Ok(-5), Ok(19)]);
        for text in ["", "20", "1.5", "99999999999999999999", "five"] {
            assert_eq!(written("nice", text, -20, 19), Err("nice: a whole number from -20 to 19".to_owned()), "{text}");
        }
    }

    #[test]
    fn decimals_are_three_at_most() {
        let numbers = [0.0, 100.0, 12.5, -0.75, 0.0004, 0.9996, -0.0001, 1.0 / 3.0, 1e9];
        let texts = ["0", "100", "12.5", "-0.75", "0", "1", "0", "0.333", "1000000000"];
        assert_eq!(numbers.map(decimal), texts);
    }

    #[test]
    fn counts_have_a_comma_between_thousands_from_ten_thousand_on() {
        let texts = ["0", "9999", "10,000", "123,456", "1,216,872", "18,446,744,073,709,551,615"];
        assert_eq!([0, 9_999, 10_000, 123_456, 1_216_872, u64::MAX].map(grouped), texts);
    }

    #[test]
    fn limits_hold() {
        assert_eq!([-1.0, 0.5, 7.0].map(|n: f64| n.within(0.0, 1.0)), [0.0, 0.5, 1.0]);
    }
}
