//! Programs as JSON: a step is an object with one key that names the op.
//!
//! `{"python": 20000000}`, `{"io": 5000000, "line": 3}`, `{"repeat": 50, "steps": […]}`, `{"forever": […]}`,
//! `{"acquire": 1}` (the id of a lock or semaphore), `{"wait": 4}` (of an event or barrier), `{"io": 5000000, "device": 7}`,
//! `{"input": "name?", "at": 5000000}`, `{"start": 2}` (the id of a thread),
//! `{"send": 3, "bytes": 1000}`, `{"yield": true}`.

use serde_json::{Map, Value};

use super::check::{Limits, shortened};
use super::json::JsonError;
use super::program::{Op, Step};
use super::read::{Object, list, shape};
use super::value::{Leaf, optional};
use super::write::add_unknown;
use crate::ids::{ObjectId, ProcessId, ThreadId};
use crate::time::Dur;

/// The other ops by the keys that name them.
const OTHERS: [&str; 16] = [
    "input", "acquire", "release", "wait", "set", "clear", "put", "get", "start", "join", "spawn", "send", "receive",
    "yield", "repeat", "forever",
];

impl Step {
    /// The keys of a JSON object that name ops that this version knows.
    pub(super) fn op_keys(keys: &Map<String, Value>) -> impl Iterator<Item = &str> {
        let known = |key: &&str| Op::timed_names().chain(OTHERS).any(|name| name == *key);
        keys.keys().map(String::as_str).filter(known)
    }

    /// The key that was meant to name the op of a JSON object that names none.
    pub(super) fn unknown_op(keys: &Map<String, Value>) -> Option<&str> {
        if Self::op_keys(keys).next().is_some() {
            return None;
        }
        keys.keys().map(String::as_str).find(|key| *key != "line")
    }

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
            name if !Op::timed_names().any(|timed| timed == name) => {
                other(name, value, &mut keys).map_err(|what| wrong(format!("“{name}”: {what}")))?
            }
            name => {
                let length = Dur::read(value).map_err(|what| wrong(format!("“{name}”: {what}")))?;
                match optional(&mut keys, "device").map_err(|what| wrong(format!("“device”: {what}")))? {
                    Some(device) if name == "io" => Op::IoAt { device, length },
                    Some(ObjectId(_)) => return Err(wrong(format!("has a “device”, which “{name}” does not take"))),
                    None => Op::timed(name, length).ok_or_else(|| wrong("names no op".to_owned()))?,
                }
            }
        };
        if keys.contains_key("steps") {
            return Err(wrong(format!("has “steps”, which “{name}” does not take")));
        }
        Ok(Self { op, line, extra: keys })
    }
}

/// The op with this name that is neither timed nor a loop.
fn other(name: &str, value: Value, keys: &mut Map<String, Value>) -> Result<Op, String> {
    Ok(match name {
        "input" => Op::Input { prompt: String::read(value)?, at: optional(keys, "at")? },
        "start" => Op::Start(ThreadId::read(value)?),
        "join" => Op::Join(ThreadId::read(value)?),
        "spawn" => Op::Spawn(ProcessId::read(value)?),
        "yield" if value == Value::Bool(true) => Op::Yield,
        "yield" => return Err("is not true".to_owned()),
        name => {
            let id = ObjectId::read(value)?;
            match name {
                "acquire" => Op::Acquire(id),
                "release" => Op::Release(id),
                "wait" => Op::Wait(id),
                "set" => Op::Set(id),
                "clear" => Op::Clear(id),
                "put" => Op::Put(id),
                "get" => Op::Get(id),
                "receive" => Op::Receive(id),
                _ => Op::Send { pipe: id, bytes: optional(keys, "bytes")?.unwrap_or_default() },
            }
        }
    })
}

fn whole(key: &str, value: &Value, what: &str) -> Result<u32, String> {
    let number = value.as_u64().and_then(|n| u32::try_from(n).ok());
    number.ok_or_else(|| format!("“{key}”: {value} is not {what}, from 0 to {}", u32::MAX))
}

/// The value behind the name of an op that is no loop.
fn operand(op: &Op) -> Value {
    match op {
        Op::Input { prompt, .. } => prompt.as_str().into(),
        Op::Start(id) | Op::Join(id) => id.0.into(),
        Op::Spawn(id) => id.0.into(),
        Op::Yield => true.into(),
        op => match (op.length(), op.object()) {
            (None, Some(id)) => id.0.into(),
            (length, _) => length.unwrap_or_default().ns().into(),
        },
    }
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
                keys.insert(name, operand(op));
            }
        }
        match &step.op {
            Op::Input { at: Some(at), .. } => keys.extend([("at".to_owned(), at.ns().into())]),
            Op::IoAt { device, .. } => keys.extend([("device".to_owned(), device.0.into())]),
            Op::Send { bytes: bytes @ 1.., .. } => keys.extend([("bytes".to_owned(), (*bytes).into())]),
            _ => {}
        }
        if let Some(line) = step.line {
            keys.insert("line".to_owned(), line.into());
        }
        add_unknown(&mut keys, &step.extra);
        Self::Object(keys)
    }
}
