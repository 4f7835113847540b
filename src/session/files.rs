//! Reading a file that somebody opens or drops: a scenario, or a sentence that says why it is none.

use crate::scenario::json::{self, JsonError};
use crate::scenario::{Problem, Scenario};

/// The largest file that is read, in bytes: a scenario at all its limits has about one million.
pub const LARGEST: u64 = 4 << 20;

/// Why a file of so many bytes is not even read.
///
/// # Errors
/// It is larger than [`LARGEST`], or empty.
pub fn check_size(bytes: u64) -> Result<(), String> {
    match bytes {
        0 => Err("it is empty".to_owned()),
        _ if bytes > LARGEST => Err("it is larger than any scenario (4 MiB)".to_owned()),
        _ => Ok(()),
    }
}

/// The scenario in a file's text.
///
/// # Errors
/// What is wrong with it, to be put behind “… cannot be opened: ”.
pub fn read(text: &str) -> Result<Scenario, String> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if !text.starts_with('{') {
        return Err("this is not a gilscope file: its text does not begin with {".to_owned());
    }
    json::from_str(text).map_err(|why| match why {
        JsonError::Syntax { line, column, what } => format!("it is damaged: line {line}, column {column}: {what}"),
        JsonError::Newer(_) => format!("it was {why}"),
        JsonError::Shape(Problem { place, what }) if place == "scenario" => {
            format!("this is not a gilscope file: {what}")
        }
        JsonError::Shape(_) | JsonError::UnknownOp { .. } | JsonError::Refused(_) => why.to_string(),
    })
}
