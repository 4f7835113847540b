//! The model from JSON values, and errors with their places.

use serde_json::{Map, Value};

use super::check::{Limits, shortened};
use super::json::JsonError;
use super::value::{Leaf, missing, optional};
use super::{Computer, Device, Intervention, Pipe, Problem, Process, Resource, Scenario, Share, Step, Texts, Thread};

/// The most characters of what is said to be wrong: it may quote the text.
const LONGEST: usize = 240;

/// An object that is being read, key by key; the keys that are left are unknown ones.
pub(super) struct Object {
    /// Where it stands, as in [`Problem`].
    pub(super) place: String,
    pub(super) keys: Map<String, Value>,
}

impl Object {
    /// # Errors
    /// The value is not an object.
    pub(super) fn new(place: String, value: Value) -> Result<Self, JsonError> {
        match value {
            Value::Object(keys) => Ok(Self { place, keys }),
            _ => Err(shape(&place, "is not an object")),
        }
    }

    pub(super) fn optional<T: Leaf>(&mut self, key: &str) -> Result<Option<T>, JsonError> {
        optional(&mut self.keys, key).map_err(|what| shape(&format!("{}, {key}", self.place), &what))
    }

    fn or_default<T: Leaf + Default>(&mut self, key: &str) -> Result<T, JsonError> {
        self.optional(key).map(Option::unwrap_or_default)
    }

    fn required<T: Leaf>(&mut self, key: &str) -> Result<T, JsonError> {
        self.optional(key)?.ok_or_else(|| shape(&self.place, &missing(key)))
    }

    /// The items of a list that may be left out.
    fn list<T>(
        &mut self,
        key: &str,
        place: &str,
        read: impl Fn(usize, Value) -> Result<T, JsonError>,
    ) -> Result<Vec<T>, JsonError> {
        self.keys.shift_remove(key).map_or(Ok(Vec::new()), |value| list(place, value, read))
    }
}

/// The items of a list of objects.
pub(super) fn list<T>(
    place: &str,
    value: Value,
    read: impl Fn(usize, Value) -> Result<T, JsonError>,
) -> Result<Vec<T>, JsonError> {
    let Value::Array(items) = value else { return Err(shape(place, "is not a list")) };
    let item = |(i, value): (usize, Value)| match value {
        Value::Object(_) => read(i, value),
        _ => Err(shape(&format!("{place}, number {}", i + 1), "is not an object")),
    };
    items.into_iter().enumerate().map(item).collect()
}

pub(super) fn shape(place: &str, what: &str) -> JsonError {
    JsonError::Shape(Problem { place: place.to_owned(), what: shortened(what, LONGEST) })
}

/// `process “web”`, or by its number from 1 if it has no name.
fn named(kind: &str, i: usize, value: &Value) -> String {
    match value.get("name").and_then(Value::as_str) {
        Some(name) => format!("{kind} “{}”", shortened(name, Limits::NAME)),
        None => format!("{kind} {}", i + 1),
    }
}

impl Scenario {
    pub(super) fn read(value: Value) -> Result<Self, JsonError> {
        let mut object = Object::new("scenario".to_owned(), value)?;
        let part = |object: &mut Object, key: &str| {
            let value = object.keys.shift_remove(key).unwrap_or_else(|| Map::new().into());
            Object::new(key.to_owned(), value)
        };
        Ok(Self {
            v: object.required("v")?,
            title: object.or_default("title")?,
            seed: object.or_default("seed")?,
            source: object.or_default("source")?,
            claim: object.or_default("claim")?,
            texts: Texts::read(part(&mut object, "texts")?)?,
            computer: Computer::read(part(&mut object, "computer")?)?,
            processes: object.list("processes", "processes", Process::read)?,
            pipes: object.list("pipes", "pipes", Pipe::read)?,
            devices: object.list("devices", "devices", Device::read)?,
            interventions: object.list("interventions", "interventions", Intervention::read)?,
            extra: object.keys,
        })
    }
}

impl Texts {
    fn read(mut object: Object) -> Result<Self, JsonError> {
        Ok(Self {
            in_short: object.or_default("in_short")?,
            more_exactly: object.or_default("more_exactly")?,
            extra: object.keys,
        })
    }
}

impl Computer {
    fn read(mut object: Object) -> Result<Self, JsonError> {
        let usual = Self::default();
        Ok(Self {
            cores: object.optional::<Cores>("cores")?.map_or(usual.cores, |cores| cores.0),
            policy: object.or_default("policy")?,
            queues: object.or_default("queues")?,
            costs: object.or_default("costs")?,
            extra: object.keys,
        })
    }
}

/// A number of cores: what is none is refused in its own words.
struct Cores(u8);

impl Leaf for Cores {
    fn read(value: Value) -> Result<Self, String> {
        let cores = crate::number::whole(value, u8::MAX.into(), "a number of cores, from 1 to 64");
        cores.map(|n| Self(n as u8)).map_err(|e: serde_json::Error| e.to_string())
    }
}

/// A number of an interpreter.
struct Interpreter(u8);

impl Leaf for Interpreter {
    fn read(value: Value) -> Result<Self, String> {
        let number = crate::number::whole(value, u8::MAX.into(), "a number of an interpreter, from 0 to 63");
        number.map(|n| Self(n as u8)).map_err(|e: serde_json::Error| e.to_string())
    }
}

impl Process {
    pub(super) fn read(i: usize, value: Value) -> Result<Self, JsonError> {
        let mut object = Object::new(named("process", i, &value), value)?;
        let place = object.place.clone();
        Ok(Self {
            id: object.required("id")?,
            name: object.required("name")?,
            start: object.or_default("start")?,
            runtime: object.or_default("runtime")?,
            resources: object.list("resources", &format!("{place}, resources"), |i, value| {
                Resource::read(format!("{place}, {}", named("resource", i, &value)), value)
            })?,
            threads: object.list("threads", &format!("{place}, threads"), |i, value| {
                Thread::read(format!("{place}, {}", named("thread", i, &value)), value)
            })?,
            extra: object.keys,
        })
    }
}

impl Resource {
    fn read(place: String, value: Value) -> Result<Self, JsonError> {
        let mut object = Object::new(place, value)?;
        Ok(Self {
            id: object.required("id")?,
            name: object.required("name")?,
            kind: object.required("kind")?,
            extra: object.keys,
        })
    }
}

impl Pipe {
    fn read(i: usize, value: Value) -> Result<Self, JsonError> {
        let mut object = Object::new(named("pipe", i, &value), value)?;
        Ok(Self { id: object.required("id")?, name: object.required("name")?, extra: object.keys })
    }
}

impl Device {
    fn read(i: usize, value: Value) -> Result<Self, JsonError> {
        let mut object = Object::new(named("device", i, &value), value)?;
        Ok(Self { id: object.required("id")?, name: object.required("name")?, extra: object.keys })
    }
}

impl Thread {
    pub(super) fn read(place: String, value: Value) -> Result<Self, JsonError> {
        let mut object = Object::new(place.clone(), value)?;
        Ok(Self {
            id: object.required("id")?,
            name: object.required("name")?,
            start: object.or_default("start")?,
            cores: object.or_default("cores")?,
            interpreter: object.optional::<Interpreter>("interpreter")?.map_or(0, |i| i.0),
            share: Share {
                nice: object.or_default("nice")?,
                priority: object.or_default("priority")?,
                tickets: object.optional("tickets")?.unwrap_or(Share::default().tickets),
            },
            program: object.list("program", &format!("{place}, program"), |i, value| Step::read(&place, i, value))?,
            extra: object.keys,
        })
    }
}

impl Intervention {
    fn read(i: usize, value: Value) -> Result<Self, JsonError> {
        let mut object = Object::new(format!("intervention {}", i + 1), value)?;
        Ok(Self { at: object.required("at")?, what: object.required("do")?, extra: object.keys })
    }
}
