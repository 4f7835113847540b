//! JSON values from text and to text, for what the page reads and writes.
//!
//! By hand: what `serde_json` brings along for this, with its tables for floating point numbers, would be a tenth of the
//! page's download. The words for what is wrong are its words, and tests hold both beside each other.

mod read;
mod write;

pub(crate) use read::{SyntaxError, read};
pub(crate) use write::{write, write_pretty};

use serde_json::Value;

/// A whole number from 0 to `max`; `what` stands behind “expected” in the error.
///
/// # Errors
/// Anything but such a number, in words that a person who wrote the JSON by hand understands.
pub(crate) fn whole(value: &Value, max: u64, what: &str) -> Result<u64, String> {
    match value.as_u64() {
        Some(n) if n <= max => Ok(n),
        None if value.as_i64().is_none() => Err(wrong_type(value, what)),
        _ => Err(format!("invalid value: {}, expected {what}", described(value))),
    }
}

/// What to say of a value of another type than the expected.
pub(crate) fn wrong_type(value: &Value, what: &str) -> String {
    format!("invalid type: {}, expected {what}", described(value))
}

fn described(value: &Value) -> String {
    let kind = match value {
        Value::Null => return "null".to_owned(),
        Value::Array(_) => return "sequence".to_owned(),
        Value::Object(_) => return "map".to_owned(),
        Value::String(text) => return format!("string {text:?}"),
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_f64() => "floating point",
        Value::Number(_) => "integer",
    };
    format!("{kind} `{}`", write(value))
}
