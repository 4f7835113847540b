//! What a thread does: ops in order, with counted or endless loops.
//!
//! As JSON a step is an object with one key that names the op: `{"python": 20000000}`, `{"io": 5000000, "line": 3}`,
//! `{"repeat": 50, "steps": […]}`, `{"forever": […]}`.

use serde_json::{Map, Value};

use super::check::{Limits, shortened};
use super::json::JsonError;
use super::model::Extra;
use super::read::{Object, list, shape};
use super::value::Leaf;
use super::write::add_unknown;
use crate::time::Dur;

/// One op of a program with the source line it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is done.
    pub op: Op,
    /// Line of the scenario's source text, counted from 1.
    pub line: Option<u32>,
    /// Unknown keys.
    pub extra: Extra,
}

/// Something a thread does.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// Bytecode: needs a core and the GIL, and honours a drop request at once.
    Python(Dur),
    /// C code that keeps the GIL: needs a core and the GIL, and cannot be interrupted.
    Extension(Dur),
    /// C code that released the GIL: needs a core only.
    Native(Dur),
    /// Waits for a device or the network: needs neither core nor GIL.
    Io(Dur),
    /// Waits for the clock: needs neither core nor GIL.
    Sleep(Dur),
    /// Does the steps over and over.
    Repeat {
        /// How often; `None` is for ever.
        times: Option<u32>,
        /// What is repeated; takes some time.
        steps: Vec<Step>,
    },
}

type MakeTimed = fn(Dur) -> Op;

/// The ops that take a length, by the key that names them.
const TIMED: [(&str, MakeTimed); 5] = [
    ("python", Op::Python),
    ("extension", Op::Extension),
    ("native", Op::Native),
    ("io", Op::Io),
    ("sleep", Op::Sleep),
];

impl Op {
    /// The key that names the op in JSON, which is also its name for people.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Python(_) => "python",
            Self::Extension(_) => "extension",
            Self::Native(_) => "native",
            Self::Io(_) => "io",
            Self::Sleep(_) => "sleep",
            Self::Repeat { times: Some(_), .. } => "repeat",
            Self::Repeat { times: None, .. } => "forever",
        }
    }

    /// The timed op with this name.
    #[must_use]
    pub fn timed(name: &str, length: Dur) -> Option<Self> {
        TIMED.iter().find(|(n, _)| *n == name).map(|(_, make)| make(length))
    }

    /// The names of the timed ops.
    pub fn timed_names() -> impl Iterator<Item = &'static str> {
        TIMED.iter().map(|(name, _)| *name)
    }

    /// The length of a timed op.
    #[must_use]
    pub const fn length(&self) -> Option<Dur> {
        match self {
            Self::Python(d) | Self::Extension(d) | Self::Native(d) | Self::Io(d) | Self::Sleep(d) => Some(*d),
            Self::Repeat { .. } => None,
        }
    }
}

impl From<Op> for Step {
    fn from(op: Op) -> Self {
        Self { op, line: None, extra: Extra::new() }
    }
}

impl Step {
    /// Whether this is a loop without end, or has one inside that it comes to.
    pub(super) fn is_endless(&self) -> bool {
        match &self.op {
            Op::Repeat { times: None, .. } => true,
            Op::Repeat { times: Some(0), .. } => false,
            Op::Repeat { steps, .. } => steps.iter().any(Self::is_endless),
            _ => false,
        }
    }

    /// The keys of a JSON object that name ops that this version knows.
    pub(super) fn op_keys(keys: &Map<String, Value>) -> impl Iterator<Item = &str> {
        let loops = ["repeat", "forever"].into_iter();
        let known = move |key: &&str| Op::timed_names().chain(loops.clone()).any(|name| name == *key);
        keys.keys().map(String::as_str).filter(known)
    }

    /// The key that was meant to name the op of a JSON object that names none.
    pub(super) fn unknown_op(keys: &Map<String, Value>) -> Option<&str> {
        if Self::op_keys(keys).next().is_some() {
            return None;
        }
        keys.keys().map(String::as_str).find(|key| *key != "line")
    }
}

impl Step {
    /// Reads the `i`th op of a program or a loop at `place`.
    pub(super) fn read(place: &str, i: usize, value: Value) -> Result<Self, JsonError> {
        let Object { place, mut keys } = Object::new(format!("{place}, op {}", i + 1), value)?;
        if let Some(name) = Self::unknown_op(&keys) {
            return Err(JsonError::UnknownOp { place, name: shortened(name, Limits::NAME) });
        }
        let wrong = |what: String| shape(&place, &what);
        let line = keys.shift_remove("line").map(|value| whole("line", &value, "the number of a line"));
        let line = line.transpose().map_err(wrong)?;
        let name = match Self::op_keys(&keys).collect::<Vec<_>>()[..] {
            [name] => name.to_owned(),
            [one, other, ..] => return Err(wrong(format!("names two ops, “{one}” and “{other}”"))),
            [] => return Err(wrong("names no op".to_owned())),
        };
        let value = keys.shift_remove(&name).unwrap_or_default();
        let steps = |value| list(&place, value, |i, value| Self::read(&place, i, value));
        let op = match name.as_str() {
            "repeat" => {
                let times = whole("repeat", &value, "a number of times").map_err(wrong)?;
                let value = keys.shift_remove("steps");
                let value = value.ok_or_else(|| wrong("“repeat” has no “steps”".to_owned()))?;
                Op::Repeat { times: Some(times), steps: steps(value)? }
            }
            "forever" => Op::Repeat { times: None, steps: steps(value)? },
            name => {
                let length = Dur::read(value).map_err(|what| wrong(format!("“{name}”: {what}")))?;
                Op::timed(name, length).ok_or_else(|| wrong("names no op".to_owned()))?
            }
        };
        if keys.contains_key("steps") {
            return Err(wrong(format!("has “steps”, which “{name}” does not take")));
        }
        Ok(Self { op, line, extra: keys })
    }
}

fn whole(key: &str, value: &Value, what: &str) -> Result<u32, String> {
    let number = value.as_u64().and_then(|n| u32::try_from(n).ok());
    number.ok_or_else(|| format!("“{key}”: {value} is not {what}, from 0 to {}", u32::MAX))
}

impl From<&Step> for Value {
    fn from(step: &Step) -> Self {
        let mut keys = Map::new();
        let name = step.op.name().to_owned();
        let steps = |steps: &[Step]| steps.iter().map(Self::from).collect::<Vec<_>>();
        match &step.op {
            Op::Repeat { times: Some(times), steps: body } => {
                keys.insert(name, (*times).into());
                keys.insert("steps".to_owned(), steps(body).into());
            }
            Op::Repeat { times: None, steps: body } => {
                keys.insert(name, steps(body).into());
            }
            op => {
                keys.insert(name, op.length().unwrap_or_default().ns().into());
            }
        }
        if let Some(line) = step.line {
            keys.insert("line".to_owned(), line.into());
        }
        add_unknown(&mut keys, &step.extra);
        Self::Object(keys)
    }
}
