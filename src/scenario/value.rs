//! JSON values of the model's small types, and what reading them has in common.
//!
//! By hand and through [`Value`]: the readers that serde derives are compiled for each type anew, which was a tenth of
//! the page's download. The words for what is wrong are serde's.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{CoreSet, CostSet, Costs, PerCore, Policy, Queues, ResourceKind, Start, What, setting};
use crate::ids::{CoreId, ObjectId, ProcessId, ThreadId};
use crate::time::{Dur, Time};

/// A type whose errors need no place inside: the words stand behind the place of the whole.
pub(super) trait Leaf: Sized {
    fn read(value: Value) -> Result<Self, String>;
}

fn plain<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_json::from_value(value).map_err(|e| e.to_string())
}

macro_rules! plain {
    ($($name:ty),+) => {$(
        impl Leaf for $name {
            fn read(value: Value) -> Result<Self, String> {
                plain(value)
            }
        }
    )+};
}

plain!(String, i8, i16, u16, u32, u64, bool, Time, Dur, ObjectId, ProcessId, ThreadId, CoreId);

/// The value of a key, if it is there.
pub(super) fn optional<T: Leaf>(keys: &mut Map<String, Value>, key: &str) -> Result<Option<T>, String> {
    keys.shift_remove(key).map(T::read).transpose()
}

pub(super) fn missing(key: &str) -> String {
    format!("missing field `{key}`")
}

pub(super) fn required<T: Leaf>(keys: &mut Map<String, Value>, key: &str) -> Result<T, String> {
    optional(keys, key)?.ok_or_else(|| missing(key))
}

/// The keys of an object that may have no others than these.
pub(super) fn closed(value: Value, names: &[&str]) -> Result<Map<String, Value>, String> {
    let Value::Object(keys) = value else { return Err("is not an object".to_owned()) };
    match keys.keys().find(|key| !names.contains(&key.as_str())) {
        Some(key) => Err(unknown("field", key, names)),
        None => Ok(keys),
    }
}

/// Which of the names a value is, as a bare text, or with parameters as an object of one key; null without.
pub(super) fn variant(value: Value, names: &[&'static str]) -> Result<(&'static str, Value), String> {
    let (name, parameters) = match value {
        Value::String(name) => (name, Value::Null),
        Value::Object(keys) if keys.len() == 1 => keys.into_iter().next().unwrap_or_default(),
        _ => return Err("is neither a name nor an object with one key".to_owned()),
    };
    match names.iter().find(|known| **known == name) {
        Some(known) => Ok((known, parameters)),
        None => Err(unknown("variant", &name, names)),
    }
}

fn unknown(what: &str, name: &str, names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let known = match &quoted[..] {
        [one, other] => format!("{one} or {other}"),
        [_, _, _, ..] => format!("one of {}", quoted.join(", ")),
        _ => quoted.concat(),
    };
    format!("unknown {what} `{name}`, expected {known}")
}

/// The variant's value, if it has no parameters.
pub(super) fn bare<T>(variant: T, parameters: &Value) -> Result<T, String> {
    if parameters.is_null() { Ok(variant) } else { Err("takes no parameters".to_owned()) }
}

impl Leaf for Policy {
    fn read(value: Value) -> Result<Self, String> {
        let (name, parameters) = variant(value, &Self::NAMES.map(|(key, _)| key))?;
        let mut policy = Self::usual(name).unwrap_or_default();
        setting::from_json(policy.parameters(), parameters)?;
        Ok(policy)
    }
}

impl From<&Policy> for Value {
    fn from(policy: &Policy) -> Self {
        let (name, _) = policy.names();
        let mut usual = Policy::usual(name).unwrap_or_default();
        with_parameters(name, setting::to_json(&policy.clone().parameters(), &usual.parameters()))
    }
}

impl Leaf for Queues {
    fn read(value: Value) -> Result<Self, String> {
        match variant(value, &["one", "per_core"])? {
            ("one", parameters) => bare(Self::One, &parameters),
            (_, parameters) => {
                let mut per_core = PerCore::default();
                setting::from_json(per_core.parameters(), parameters)?;
                Ok(Self::PerCore(per_core))
            }
        }
    }
}

impl From<&Queues> for Value {
    fn from(queues: &Queues) -> Self {
        let Queues::PerCore(per_core) = queues else { return "one".into() };
        let parameters = setting::to_json(&per_core.clone().parameters(), &PerCore::default().parameters());
        with_parameters("per_core", parameters)
    }
}

/// A bare name where no parameter differs from the usual ones.
fn with_parameters(name: &str, parameters: Map<String, Value>) -> Value {
    if parameters.is_empty() { name.into() } else { one(name, parameters).into() }
}

impl Leaf for Start {
    fn read(value: Value) -> Result<Self, String> {
        match variant(value, &["launch", "spawned", "at"])? {
            ("launch", parameters) => bare(Self::Launch, &parameters),
            ("spawned", parameters) => bare(Self::Spawned, &parameters),
            (_, time) => Time::read(time).map(Self::At),
        }
    }
}

impl From<&Start> for Value {
    fn from(start: &Start) -> Self {
        match start {
            Start::Launch => "launch".into(),
            Start::At(time) => one("at", time.ns()).into(),
            Start::Spawned => "spawned".into(),
        }
    }
}

impl Leaf for What {
    fn read(value: Value) -> Result<Self, String> {
        let (name, parameters) = variant(value, &["run_here", "answer", "reorder", "preempt"])?;
        let second = match name {
            "run_here" => "core",
            "answer" => "text",
            "reorder" => "to",
            _ => "thread",
        };
        let mut keys = closed(parameters, &["thread", second])?;
        let thread = required(&mut keys, "thread")?;
        Ok(match name {
            "run_here" => Self::RunHere { thread, core: required(&mut keys, second)? },
            "answer" => Self::Answer { thread, text: required(&mut keys, second)? },
            "reorder" => Self::Reorder { thread, to: required(&mut keys, second)? },
            _ => Self::Preempt { thread },
        })
    }
}

impl From<&What> for Value {
    fn from(what: &What) -> Self {
        let mut keys = one("thread", what.thread().0);
        let (name, second) = match what {
            What::RunHere { core, .. } => ("run_here", Some(("core", core.0.into()))),
            What::Answer { text, .. } => ("answer", Some(("text", text.as_str().into()))),
            What::Reorder { to, .. } => ("reorder", Some(("to", (*to).into()))),
            What::Preempt { .. } => ("preempt", None),
        };
        keys.extend(second.map(|(key, value)| (key.to_owned(), value)));
        one(name, keys).into()
    }
}

impl Leaf for ResourceKind {
    fn read(value: Value) -> Result<Self, String> {
        match variant(value, &["lock", "semaphore", "event", "barrier", "queue", "memory", "file"])? {
            ("lock", parameters) => bare(Self::Lock, &parameters),
            ("semaphore", count) => u32::read(count).map(Self::Semaphore),
            ("event", parameters) => bare(Self::Event, &parameters),
            ("barrier", parties) => u32::read(parties).map(Self::Barrier),
            ("queue", Value::Null) => Ok(Self::Queue(None)),
            ("queue", capacity) => u32::read(capacity).map(|n| Self::Queue(Some(n))),
            ("file", parameters) => bare(Self::File, &parameters),
            (_, bytes) => u64::read(bytes).map(Self::Memory),
        }
    }
}

impl From<&ResourceKind> for Value {
    fn from(kind: &ResourceKind) -> Self {
        match kind {
            ResourceKind::Memory(bytes) => one(kind.name(), *bytes).into(),
            ResourceKind::Semaphore(n) | ResourceKind::Barrier(n) | ResourceKind::Queue(Some(n)) => {
                one(kind.name(), *n).into()
            }
            kind => kind.name().into(),
        }
    }
}

impl Leaf for CoreSet {
    fn read(value: Value) -> Result<Self, String> {
        let Value::Array(cores) = value else { return Err("is not a list of cores".to_owned()) };
        Self::try_from(cores.into_iter().map(CoreId::read).collect::<Result<Vec<_>, _>>()?)
    }
}

impl From<CoreSet> for Value {
    fn from(cores: CoreSet) -> Self {
        Vec::from(cores).into()
    }
}

impl Costs {
    /// The names of the costs, which are their keys in JSON, in order of [`Self::each_mut`].
    pub const NAMES: [&str; 14] = [
        "late_timeout",
        "hand_off",
        "gil_check",
        "io_end",
        "switch",
        "process_switch",
        "migration",
        "wake_lock",
        "wake_pipe",
        "wake_input",
        "thread_start",
        "process_start",
        "message",
        "message_per_kib",
    ];

    /// Every cost, in order of [`Self::NAMES`].
    pub const fn each_mut(&mut self) -> [&mut Dur; 14] {
        [
            &mut self.late_timeout,
            &mut self.hand_off,
            &mut self.gil_check,
            &mut self.io_end,
            &mut self.switch,
            &mut self.process_switch,
            &mut self.migration,
            &mut self.wake_lock,
            &mut self.wake_pipe,
            &mut self.wake_input,
            &mut self.thread_start,
            &mut self.process_start,
            &mut self.message,
            &mut self.message_per_kib,
        ]
    }
}

impl Leaf for CostSet {
    fn read(value: Value) -> Result<Self, String> {
        let (name, parameters) = variant(value, &["textbook", "slow_motion", "measured", "custom"])?;
        if name == "custom" {
            let (mut keys, mut costs) = (closed(parameters, &Costs::NAMES)?, Costs::default());
            for (key, cost) in Costs::NAMES.into_iter().zip(costs.each_mut()) {
                *cost = optional(&mut keys, key)?.unwrap_or_default();
            }
            return Ok(Self::Custom(costs));
        }
        let set = match name {
            "textbook" => Self::Textbook,
            "slow_motion" => Self::SlowMotion,
            _ => Self::Measured,
        };
        bare(set, &parameters)
    }
}

impl From<CostSet> for Value {
    fn from(set: CostSet) -> Self {
        match set {
            CostSet::Textbook => "textbook".into(),
            CostSet::SlowMotion => "slow_motion".into(),
            CostSet::Measured => "measured".into(),
            CostSet::Custom(mut costs) => {
                let given = Costs::NAMES.into_iter().zip(costs.each_mut()).filter(|(_, cost)| !cost.is_zero());
                let keys: Map<String, Self> = given.map(|(key, cost)| (key.to_owned(), cost.ns().into())).collect();
                one("custom", keys).into()
            }
        }
    }
}

pub(super) fn one(key: &str, value: impl Into<Value>) -> Map<String, Value> {
    Map::from_iter([(key.to_owned(), value.into())])
}
