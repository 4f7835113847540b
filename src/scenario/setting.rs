//! Parameters as a table: what is made from it are the JSON, the limits and the fields of the page.

use serde_json::{Map, Value};

use super::check::{Limits, Problem, check_length, problem};
use super::policy::Level;
use super::value::{Leaf, closed, missing};
use crate::number::written;
use crate::time::Dur;

/// A parameter of a policy or of the ready queues.
pub struct Setting<'a> {
    /// The key in JSON.
    pub key: &'static str,
    /// The name for people; empty for what is not on the page.
    pub label: &'static str,
    /// Its place.
    pub slot: Slot<'a>,
    /// Whether it must be given in JSON.
    required: bool,
    /// Whether it belongs to what only a reference does.
    compat: bool,
}

/// The place of a parameter's value, by its kind.
pub enum Slot<'a> {
    /// A length of 1 ns or more.
    Length(&'a mut Dur),
    /// A length of 1 ns or more, or none.
    Maybe(&'a mut Option<Dur>),
    /// Yes or no.
    Flag(&'a mut bool),
    /// A number, 1 or more.
    Count(&'a mut u32),
    /// Levels, the top one first.
    Levels(&'a mut Vec<Level>),
    /// Numbers that a reference has drawn.
    Numbers(&'a mut Vec<u64>),
}

impl<'a> Setting<'a> {
    pub(super) const fn new(key: &'static str, label: &'static str, slot: Slot<'a>) -> Self {
        Self { key, label, slot, required: false, compat: false }
    }

    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(super) const fn compat(mut self) -> Self {
        self.compat = true;
        self
    }

    /// The value as a person writes it: “4 ms”, “none”, “yes”, “2 ms × 1, 4 ms × 2”.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.slot {
            Slot::Length(length) => length.to_string(),
            Slot::Maybe(length) => length.map_or_else(|| "none".to_owned(), |d| d.to_string()),
            Slot::Flag(flag) => if **flag { "yes" } else { "no" }.to_owned(),
            Slot::Count(count) => count.to_string(),
            Slot::Levels(levels) => {
                let texts: Vec<_> = levels.iter().map(|l| format!("{} × {}", l.quantum, l.allotment)).collect();
                texts.join(", ")
            }
            Slot::Numbers(_) => String::new(),
        }
    }

    /// Sets the value that a person wrote.
    ///
    /// # Errors
    /// What is wrong with it, or what is expected: “base slice: longer than 0 ms”.
    pub fn set(&mut self, text: &str) -> Result<(), String> {
        let (text, label) = (text.trim(), self.name());
        match &mut self.slot {
            Slot::Length(length) => **length = written_length(label, text)?,
            Slot::Maybe(length) if matches!(text, "" | "none") => **length = None,
            Slot::Maybe(length) => **length = Some(written_length(label, text)?),
            Slot::Flag(flag) if matches!(text, "yes" | "no") => **flag = text == "yes",
            Slot::Flag(_) => return Err(format!("{label}: yes or no")),
            Slot::Count(count) => **count = written(label, text, 1, u32::MAX.into())? as u32,
            Slot::Levels(levels) => {
                let read = text.split(',').map(|level| written_level(label, level));
                **levels = read.collect::<Result<_, _>>()?;
            }
            Slot::Numbers(_) => {}
        }
        Ok(())
    }

    /// What it is called in a sentence.
    fn name(&self) -> &'static str {
        self.label.split(':').next().unwrap_or(self.label)
    }

    /// The name of an edit that sets it to its value.
    fn says(&self) -> String {
        let (name, text) = (self.name(), self.text());
        match self.slot {
            Slot::Flag(_) | Slot::Maybe(_) => format!("Set “{name}” to {text}"),
            _ => format!("Set the {name} to {text}"),
        }
    }

    /// The value in JSON; `null` for none.
    fn value(&self) -> Value {
        match &self.slot {
            Slot::Length(length) => length.ns().into(),
            Slot::Maybe(length) => length.map_or(Value::Null, |d| d.ns().into()),
            Slot::Flag(flag) => (**flag).into(),
            Slot::Count(count) => (**count).into(),
            Slot::Levels(levels) => {
                levels.iter().map(|l| Value::from(vec![l.quantum.ns(), l.allotment.into()])).collect()
            }
            Slot::Numbers(numbers) => (**numbers).clone().into(),
        }
    }

    fn read(&mut self, value: Value) -> Result<(), String> {
        match &mut self.slot {
            Slot::Length(length) => **length = Dur::read(value)?,
            Slot::Maybe(length) => **length = if value.is_null() { None } else { Some(Dur::read(value)?) },
            Slot::Flag(flag) => **flag = bool::read(value)?,
            Slot::Count(count) => **count = u32::read(value)?,
            Slot::Levels(levels) => **levels = list(value)?.into_iter().map(level).collect::<Result<_, _>>()?,
            Slot::Numbers(numbers) => **numbers = list(value)?.into_iter().map(u64::read).collect::<Result<_, _>>()?,
        }
        Ok(())
    }

    fn check(&self, place: &str) -> Result<(), Problem> {
        let place = format!("{place}, {}", self.key);
        let length = |length: Dur| {
            check_length(&place, length)?;
            if length.is_zero() { problem(&place, "0 ms; it must be longer") } else { Ok(()) }
        };
        match &self.slot {
            Slot::Length(d) => length(**d),
            Slot::Maybe(d) => d.map_or(Ok(()), length),
            Slot::Flag(_) => Ok(()),
            Slot::Count(count) if **count == 0 => problem(place, "0; it must be 1 or more"),
            Slot::Count(_) => Ok(()),
            Slot::Levels(levels) if !(1..=Limits::LEVELS).contains(&levels.len()) => {
                problem(place, format!("{} of them; from 1 to {}", levels.len(), Limits::LEVELS))
            }
            Slot::Levels(levels) => levels.iter().try_for_each(|level| match level.allotment {
                0 => problem(&place, "an allotment of 0 quanta; it must be 1 or more"),
                _ => length(level.quantum),
            }),
            Slot::Numbers(numbers) if numbers.len() > Limits::DRAWS => {
                problem(place, format!("{} of them; at most {}", numbers.len(), Limits::DRAWS))
            }
            Slot::Numbers(_) => Ok(()),
        }
    }
}

/// A length above 0 as a person wrote it.
fn written_length(label: &str, text: &str) -> Result<Dur, String> {
    let length: Dur = text.parse().map_err(|e: crate::time::ParseDurError| format!("{label}: {e}"))?;
    if length.is_zero() { Err(format!("{label}: longer than 0 ms")) } else { Ok(length) }
}

/// “4 ms × 2”, or “4 ms” for an allotment of one quantum.
fn written_level(label: &str, text: &str) -> Result<Level, String> {
    let (quantum, allotment) = text.split_once(['×', 'x', '*']).unwrap_or((text, "1"));
    let allotment = written("quanta on a level", allotment, 1, u32::MAX.into())? as u32;
    Ok(Level { quantum: written_length(label, quantum)?, allotment })
}

/// The name of an edit after the first parameter on the page that it changes: “Set the quantum to 2 ms”; `None` if it changes
/// none.
pub(super) fn change(old: &[Setting<'_>], new: &[Setting<'_>]) -> Option<String> {
    let changed = |(old, new): &(&Setting<'_>, &Setting<'_>)| !new.label.is_empty() && old.value() != new.value();
    old.iter().zip(new).find(changed).map(|(_, new)| new.says())
}

fn list(value: Value) -> Result<Vec<Value>, String> {
    match value {
        Value::Array(items) => Ok(items),
        _ => Err("is not a list".to_owned()),
    }
}

fn level(value: Value) -> Result<Level, String> {
    match <[Value; 2]>::try_from(list(value)?) {
        Ok([quantum, allotment]) => Ok(Level { quantum: Dur::read(quantum)?, allotment: u32::read(allotment)? }),
        Err(_) => Err("a level is a list of its quantum and its allotment".to_owned()),
    }
}

/// The parameters that differ from the usual ones, as JSON; those that only a reference has under `compat`.
pub(super) fn to_json(settings: &[Setting<'_>], usual: &[Setting<'_>]) -> Map<String, Value> {
    let (mut keys, mut compat) = (Map::new(), Map::new());
    for (setting, usual) in settings.iter().zip(usual) {
        let value = setting.value();
        if setting.required || value != usual.value() {
            let keys = if setting.compat { &mut compat } else { &mut keys };
            keys.insert(setting.key.to_owned(), value);
        }
    }
    if !compat.is_empty() {
        keys.insert("compat".to_owned(), compat.into());
    }
    keys
}

/// Sets the parameters that are given in JSON; the others stay as they are.
pub(super) fn from_json(mut settings: Vec<Setting<'_>>, value: Value) -> Result<(), String> {
    if value.is_null() && !settings.iter().any(|s| s.required) {
        return Ok(());
    }
    let names = |compat: bool| settings.iter().filter(move |s| s.compat == compat).map(|s| s.key);
    let mut known: Vec<&str> = names(false).collect();
    let quirks: Vec<&str> = names(true).collect();
    if !quirks.is_empty() {
        known.push("compat");
    }
    let mut keys = closed(value, &known)?;
    let mut compat = match keys.shift_remove("compat") {
        Some(value) => closed(value, &quirks)?,
        None => Map::new(),
    };
    for setting in &mut settings {
        let keys = if setting.compat { &mut compat } else { &mut keys };
        match keys.shift_remove(setting.key) {
            Some(value) => setting.read(value).map_err(|what| format!("{}: {what}", setting.key))?,
            None if setting.required => return Err(missing(setting.key)),
            None => {}
        }
    }
    Ok(())
}

/// # Errors
/// The first parameter that is out of its limits.
pub(super) fn check(place: &str, settings: &[Setting<'_>]) -> Result<(), Problem> {
    settings.iter().try_for_each(|setting| setting.check(place))
}
