//! Whole numbers from JSON, refused in words that a person who wrote the JSON by hand understands.

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
