//! Scenarios as JSON: the text of files and, compressed, of links.
//!
//! The writer is canonical: keys in the order of declaration, defaults omitted. The reader accepts any order, keeps keys
//! that it does not know, refuses what [`Scenario::check`] refuses, and says where something is wrong in the words of
//! [`Problem`].

use std::fmt;

use serde_json::Value;

use super::model::SCHEMA;
use super::{Problem, Scenario};

/// Why a text is not a scenario that can run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonError {
    /// It is not JSON.
    Syntax {
        /// Line of the text, from 1.
        line: usize,
        /// Column in that line, from 1; 0 where the line has not begun.
        column: usize,
        /// What is wrong there.
        what: String,
    },
    /// A newer version of gilscope wrote it, with this schema.
    Newer(u64),
    /// A program has an op that this version does not know.
    UnknownOp {
        /// The place, as in [`Problem`].
        place: String,
        /// The key that names the op.
        name: String,
    },
    /// It is JSON, but a value is missing or of the wrong kind.
    Shape(Problem),
    /// It is a scenario, but breaks a limit or names something that does not exist.
    Refused(Problem),
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { line, column, what } => write!(f, "not JSON: line {line}, column {column}: {what}"),
            Self::Newer(v) => {
                write!(f, "made by a newer version of gilscope: its schema is {v}, this version reads up to {SCHEMA}")
            }
            Self::UnknownOp { place, name } => write!(f, "{place}: “{name}” is not an op that this version knows"),
            Self::Shape(problem) | Self::Refused(problem) => problem.fmt(f),
        }
    }
}

impl std::error::Error for JsonError {}

/// The scenario as canonical JSON in one line.
#[must_use]
pub fn to_string(scenario: &Scenario) -> String {
    serde_json::to_string(scenario).expect("every key of a scenario is a string")
}

/// The scenario as canonical JSON for people to read, without a line end at its end.
#[must_use]
pub fn to_string_pretty(scenario: &Scenario) -> String {
    serde_json::to_string_pretty(scenario).expect("every key of a scenario is a string")
}

/// Reads a scenario that can run.
///
/// # Errors
/// The first thing that is wrong with the text, with its place.
pub fn from_str(text: &str) -> Result<Scenario, JsonError> {
    from_value(serde_json::from_str(text).map_err(|e| syntax(&e))?)
}

/// As [`from_str`], for a scenario inside of other JSON.
///
/// # Errors
/// As [`from_str`].
pub fn from_value(value: Value) -> Result<Scenario, JsonError> {
    if let Some(v) = value.get("v").and_then(Value::as_u64).filter(|v| *v > SCHEMA.into()) {
        return Err(JsonError::Newer(v));
    }
    let scenario = Scenario::read(value)?;
    scenario.check().map_err(JsonError::Refused)?;
    Ok(scenario)
}

fn syntax(error: &serde_json::Error) -> JsonError {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default().to_owned();
    JsonError::Syntax { line: error.line(), column: error.column(), what }
}
