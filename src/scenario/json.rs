//! Scenarios as JSON: the text of files and, compressed, of links.
//!
//! The writer is canonical: keys in the order of declaration, defaults omitted. The reader accepts any order, keeps keys
//! that it does not know, refuses what [`Scenario::check`] refuses, and says where something is wrong in the words of
//! [`Problem`]. A place is looked for only after reading failed, so readers of good scenarios pay nothing for it.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::check::{Limits, shortened};
use super::model::SCHEMA;
use super::{CoreSet, CostSet, Intervention, Policy, Problem, Process, Runtime, Scenario, Start, Step, Texts, Thread};
use crate::ids::{ProcessId, ThreadId};
use crate::time::Time;

/// The most characters of what is said to be wrong: it may quote the text.
const LONGEST: usize = 240;

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
    let value: Value = serde_json::from_str(text).map_err(|e| syntax(&e))?;
    if let Some(v) = value.get("v").and_then(Value::as_u64).filter(|v| *v > SCHEMA.into()) {
        return Err(JsonError::Newer(v));
    }
    // The reader consumes the value; the copy is what a place is looked for in.
    let copy = value.clone();
    let scenario: Scenario = serde_json::from_value(value).map_err(|e| locate(&copy, &e.to_string()))?;
    scenario.check().map_err(JsonError::Refused)?;
    Ok(scenario)
}

fn syntax(error: &serde_json::Error) -> JsonError {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default().to_owned();
    JsonError::Syntax { line: error.line(), column: error.column(), what }
}

/// What is wrong with a value of some type, if anything.
type Try = fn(&Value) -> Option<String>;

fn wrong<T: DeserializeOwned>(value: &Value) -> Option<String> {
    serde_json::from_value::<T>(value.clone()).err().map(|e| e.to_string())
}

/// Finds the innermost thing that cannot be read, in reading order; `what` is wrong with the whole if nothing inside is.
fn locate(root: &Value, what: &str) -> JsonError {
    let Some(scenario) = root.as_object() else { return shape("scenario", "is not an object") };
    let keys: [(&str, Try); 4] =
        [("v", wrong::<u32>), ("title", wrong::<String>), ("seed", wrong::<u64>), ("source", wrong::<String>)];
    let texts: [(&str, Try); 2] = [("in_short", wrong::<String>), ("more_exactly", wrong::<String>)];
    let computer: [(&str, Try); 3] = [("cores", wrong_cores), ("policy", wrong::<Policy>), ("costs", wrong::<CostSet>)];
    at_key("scenario", scenario, &keys)
        .or_else(|| part("texts", scenario.get("texts")?, &texts, wrong::<Texts>))
        .or_else(|| part("computer", scenario.get("computer")?, &computer, wrong::<super::Computer>))
        .or_else(|| list("processes", scenario.get("processes")?, process))
        .or_else(|| list("interventions", scenario.get("interventions")?, intervention))
        .unwrap_or_else(|| shape("scenario", what))
}

fn wrong_cores(value: &Value) -> Option<String> {
    wrong::<super::Computer>(&Value::Object(Map::from_iter([("cores".to_owned(), value.clone())])))
}

fn process(i: usize, value: &Value) -> Option<JsonError> {
    let place = named("process", i, value);
    let keys: [(&str, Try); 4] = [
        ("id", wrong::<ProcessId>),
        ("name", wrong::<String>),
        ("start", wrong::<Start>),
        ("runtime", wrong::<Runtime>),
    ];
    let threads = || list(&format!("{place}, threads"), value.get("threads")?, |i, value| thread(&place, i, value));
    at_key(&place, value.as_object()?, &keys)
        .or_else(threads)
        .or_else(|| Some(shape(&place, &wrong::<Process>(value)?)))
}

fn thread(process: &str, i: usize, value: &Value) -> Option<JsonError> {
    let place = format!("{process}, {}", named("thread", i, value));
    let keys: [(&str, Try); 4] =
        [("id", wrong::<ThreadId>), ("name", wrong::<String>), ("start", wrong::<Start>), ("cores", wrong::<CoreSet>)];
    at_key(&place, value.as_object()?, &keys)
        .or_else(|| list(&format!("{place}, program"), value.get("program")?, |i, value| step(&place, i, value)))
        .or_else(|| Some(shape(&place, &wrong::<Thread>(value)?)))
}

fn step(place: &str, i: usize, value: &Value) -> Option<JsonError> {
    let place = format!("{place}, op {}", i + 1);
    let keys = value.as_object()?;
    if let Some(name) = Step::unknown_op(keys) {
        return Some(JsonError::UnknownOp { place, name: shortened(name, Limits::NAME) });
    }
    let inside = keys.get("steps").or_else(|| keys.get("forever"));
    let inside = inside.and_then(|steps| list(&place, steps, |i, value| step(&place, i, value)));
    inside.or_else(|| Some(shape(&place, &wrong::<Step>(value)?)))
}

fn intervention(i: usize, value: &Value) -> Option<JsonError> {
    let place = format!("intervention {}", i + 1);
    at_key(&place, value.as_object()?, &[("at", wrong::<Time>), ("do", wrong::<super::What>)])
        .or_else(|| Some(shape(&place, &wrong::<Intervention>(value)?)))
}

/// The first of the keys that is there and wrong.
fn at_key(place: &str, object: &Map<String, Value>, keys: &[(&str, Try)]) -> Option<JsonError> {
    keys.iter().find_map(|(key, wrong)| {
        let what = wrong(object.get(*key)?)?;
        Some(shape(&format!("{place}, {key}"), &what))
    })
}

fn part(place: &str, value: &Value, keys: &[(&str, Try)], whole: Try) -> Option<JsonError> {
    let Some(object) = value.as_object() else { return Some(shape(place, "is not an object")) };
    at_key(place, object, keys).or_else(|| Some(shape(place, &whole(value)?)))
}

fn list(place: &str, value: &Value, item: impl Fn(usize, &Value) -> Option<JsonError>) -> Option<JsonError> {
    let Some(items) = value.as_array() else { return Some(shape(place, "is not a list")) };
    items.iter().enumerate().find_map(|(i, value)| match value {
        Value::Object(_) => item(i, value),
        _ => Some(shape(&format!("{place}, number {}", i + 1), "is not an object")),
    })
}

/// `process “web”`, or by its number from 1 if it has no name.
fn named(kind: &str, i: usize, value: &Value) -> String {
    match value.get("name").and_then(Value::as_str) {
        Some(name) => format!("{kind} “{}”", shortened(name, Limits::NAME)),
        None => format!("{kind} {}", i + 1),
    }
}

fn shape(place: &str, what: &str) -> JsonError {
    JsonError::Shape(Problem { place: place.to_owned(), what: shortened(what, LONGEST) })
}
