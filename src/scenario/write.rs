//! The model as JSON values: keys in the order of declaration, defaults omitted, then the unknown ones.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::model::Extra;
use super::{Computer, Device, Intervention, Pipe, Process, Resource, Scenario, Share, Step, Texts, Thread};

/// Adds the unknown keys, none in place of a known one.
pub(super) fn add_unknown(keys: &mut Map<String, Value>, extra: &Extra) {
    for (key, value) in extra {
        if !keys.contains_key(key) {
            keys.insert(key.clone(), value.clone());
        }
    }
}

/// An object that is being written.
struct Object(Map<String, Value>);

impl Object {
    fn new() -> Self {
        Self(Map::new())
    }

    fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    /// The key, unless its value is the usual one.
    fn unless(self, usual: bool, key: &str, value: impl Into<Value>) -> Self {
        if usual { self } else { self.with(key, value) }
    }

    fn text(self, key: &str, text: &str) -> Self {
        self.unless(text.is_empty(), key, text)
    }

    fn list<'a, T>(self, key: &str, items: &'a [T]) -> Self
    where
        Value: From<&'a T>,
    {
        self.unless(items.is_empty(), key, items.iter().map(Value::from).collect::<Vec<_>>())
    }

    fn end(mut self, extra: &Extra) -> Value {
        add_unknown(&mut self.0, extra);
        Value::Object(self.0)
    }
}

impl From<&Scenario> for Value {
    fn from(s: &Scenario) -> Self {
        Object::new()
            .with("v", s.v)
            .text("title", &s.title)
            .text("claim", &s.claim)
            .unless(s.texts == Texts::default(), "texts", &s.texts)
            .unless(s.computer == Computer::default(), "computer", &s.computer)
            .list("processes", &s.processes)
            .list("pipes", &s.pipes)
            .list("devices", &s.devices)
            .list("interventions", &s.interventions)
            .unless(s.seed == 0, "seed", s.seed)
            .text("source", &s.source)
            .end(&s.extra)
    }
}

impl From<&Texts> for Value {
    fn from(t: &Texts) -> Self {
        Object::new().text("in_short", &t.in_short).text("more_exactly", &t.more_exactly).end(&t.extra)
    }
}

impl From<&Computer> for Value {
    fn from(c: &Computer) -> Self {
        let usual = Computer::default();
        Object::new()
            .unless(c.cores == usual.cores, "cores", c.cores)
            .unless(c.policy == usual.policy, "policy", &c.policy)
            .unless(c.queues == usual.queues, "queues", &c.queues)
            .unless(c.costs == usual.costs, "costs", c.costs)
            .end(&c.extra)
    }
}

impl From<&Process> for Value {
    fn from(p: &Process) -> Self {
        Object::new()
            .with("id", p.id.0)
            .with("name", p.name.as_str())
            .unless(p.start == Default::default(), "start", &p.start)
            .unless(p.runtime == Default::default(), "runtime", &p.runtime)
            .list("resources", &p.resources)
            .list("threads", &p.threads)
            .end(&p.extra)
    }
}

impl From<&Resource> for Value {
    fn from(r: &Resource) -> Self {
        Object::new().with("id", r.id.0).with("name", r.name.as_str()).with("kind", &r.kind).end(&r.extra)
    }
}

impl From<&Pipe> for Value {
    fn from(p: &Pipe) -> Self {
        Object::new().with("id", p.id.0).with("name", p.name.as_str()).end(&p.extra)
    }
}

impl From<&Device> for Value {
    fn from(d: &Device) -> Self {
        Object::new().with("id", d.id.0).with("name", d.name.as_str()).end(&d.extra)
    }
}

impl From<&Thread> for Value {
    fn from(t: &Thread) -> Self {
        let usual = Share::default();
        Object::new()
            .with("id", t.id.0)
            .with("name", t.name.as_str())
            .unless(t.start == Default::default(), "start", &t.start)
            .unless(t.cores == Default::default(), "cores", t.cores)
            .unless(t.interpreter == 0, "interpreter", t.interpreter)
            .unless(t.share.nice == usual.nice, "nice", t.share.nice)
            .unless(t.share.priority == usual.priority, "priority", t.share.priority)
            .unless(t.share.tickets == usual.tickets, "tickets", t.share.tickets)
            .list("program", &t.program)
            .end(&t.extra)
    }
}

impl From<&Intervention> for Value {
    fn from(i: &Intervention) -> Self {
        Object::new().with("at", i.at.ns()).with("do", &i.what).end(&i.extra)
    }
}

macro_rules! serde_through_values {
    ($($name:ident: $read:expr),+) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                Value::from(self).serialize(to)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let read: fn(Value) -> Result<Self, super::json::JsonError> = $read;
                read(Value::deserialize(from)?).map_err(serde::de::Error::custom)
            }
        }
    )+};
}

serde_through_values!(
    Scenario: Scenario::read,
    Process: |value| Process::read(0, value),
    Thread: |value| Thread::read("thread".to_owned(), value),
    Step: |value| Step::read("program", 0, value)
);
