//! A session as text, so that a reload loses nothing: scenario, undo and redo, playhead, view, selection and speed.
//!
//! The text is for the browser's own storage and only for the version that wrote it, or one that says it can read it:
//! whoever wants to keep a scenario takes a link or a file.

use std::fmt;

use serde_json::{Map, Value};

use crate::ids::{CoreId, GilIx, ObjectIx, ProcessIx, ThreadIx};
use crate::scenario::{Scenario, json as scenario_json};
use crate::scene::Subject;
use crate::time::{MAX_NS, Time};

use super::Session;
use super::history::{History, Step};

/// The version of the text.
const VERSION: u64 = 1;

/// The most bytes of a text that is read. Browsers keep 5 MiB or so for all pages of a site.
pub const MAX_SAVE: usize = 2 << 20;

/// The speed slider's position is saved in whole parts of this size.
const SPEED_PARTS: f64 = 1e6;

/// Why a text is no session that can be gone on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveError {
    /// More than [`MAX_SAVE`] bytes.
    TooLarge,
    /// No JSON, or not what is expected in it.
    Damaged,
    /// Another version of gilscope wrote it.
    OtherVersion,
    /// A scenario in it cannot run here.
    Scenario,
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "What was saved is too large to be restored",
            Self::Damaged => "What was saved is damaged",
            Self::OtherVersion => "What was saved comes from another version of gilscope",
            Self::Scenario => "What was saved holds a scenario that cannot run here",
        })
    }
}

impl std::error::Error for SaveError {}

impl Session {
    /// The session as a text of about `most` bytes or less: the oldest changes are left out, then what was taken back. What
    /// is left of a scenario that is larger by itself is that scenario.
    #[must_use]
    pub fn save(&self, most: usize) -> String {
        // Put together by hand: serde's way through values would be a second writer of scenarios in the page's download.
        let (current, original) = (text(self.scenario()), text(self.original()));
        let mut room = most.saturating_sub(current.len() + original.len());
        let future = steps(self.history.future(), &mut room);
        let past = steps(self.history.past(), &mut room);
        let original = if original == current { "null" } else { &original };
        let view = match self.is_fitted() {
            true => "null".to_owned(),
            false => format!("[{},{}]", self.axis.start_ns.round() as i64, self.axis.span_ns().round() as u64),
        };
        let selected = self.selection.and_then(code).map_or("null".to_owned(), |(kind, n)| format!("[\"{kind}\",{n}]"));
        let speed = (self.speed_position() * SPEED_PARTS).round() as u64;
        format!(
            "{{\"gilscope\":{VERSION},\"scenario\":{current},\"original\":{original},\"past\":{past},\"future\":{future},\
             \"t\":{},\"view\":{view},\"sel\":{selected},\"speed\":{speed}}}",
            self.playhead().ns()
        )
    }

    /// The session that a text holds, standing still. Send [`super::Action::Resize`] before the first draw.
    ///
    /// # Errors
    /// The text is not one that [`Self::save`] made, or of another version. Each scenario in it passed its check.
    pub fn restore(text: &str) -> Result<Self, SaveError> {
        if text.len() > MAX_SAVE {
            return Err(SaveError::TooLarge);
        }
        let Ok(Value::Object(mut saved)) = serde_json::from_str(text) else { return Err(SaveError::Damaged) };
        match saved.get("gilscope").and_then(Value::as_u64) {
            Some(VERSION) => {}
            Some(_) => return Err(SaveError::OtherVersion),
            None => return Err(SaveError::Damaged),
        }
        let current = scenario(take(&mut saved, "scenario")?)?;
        let original = match take(&mut saved, "original")? {
            Value::Null => current.clone(),
            original => scenario(original)?,
        };
        let past = read_steps(take(&mut saved, "past")?)?;
        let future = read_steps(take(&mut saved, "future")?)?;
        let playhead = take(&mut saved, "t")?.as_u64().filter(|ns| *ns <= MAX_NS).ok_or(SaveError::Damaged)?;
        let speed = take(&mut saved, "speed")?.as_u64().ok_or(SaveError::Damaged)? as f64 / SPEED_PARTS;
        let view = read_view(&take(&mut saved, "view")?)?;

        let mut session = Self::new(current.clone());
        session.history = History::restored(original, current, past, future);
        session.playback.set_position(speed);
        session.seek(Time::from_ns(playhead));
        session.selection = decode(&take(&mut saved, "sel")?).filter(|s| session.exists(*s));
        if let Some((start_ns, span_ns)) = view {
            session.show_stretch(start_ns, span_ns);
        } else {
            session.fit();
        }
        session.settle();
        Ok(session)
    }
}

fn text(scenario: &Scenario) -> String {
    scenario_json::to_string(scenario)
}

/// The last of some changes as a list, oldest first, as far as there is room.
fn steps(all: &[Step], room: &mut usize) -> String {
    let mut kept = Vec::new();
    for step in all.iter().rev() {
        let entry = format!("[{},{}]", Value::from(step.name.as_str()), text(&step.scenario));
        let Some(left) = room.checked_sub(entry.len()) else {
            // A change without those after it would lead to another scenario.
            *room = 0;
            break;
        };
        *room = left;
        kept.push(entry);
    }
    kept.reverse();
    format!("[{}]", kept.join(","))
}

fn take(saved: &mut Map<String, Value>, key: &str) -> Result<Value, SaveError> {
    saved.remove(key).ok_or(SaveError::Damaged)
}

fn scenario(value: Value) -> Result<Scenario, SaveError> {
    scenario_json::from_value(value).map_err(|_| SaveError::Scenario)
}

fn read_steps(value: Value) -> Result<Vec<Step>, SaveError> {
    let Value::Array(items) = value else { return Err(SaveError::Damaged) };
    let step = |item: Value| match item {
        Value::Array(mut parts) if parts.len() == 2 => {
            let (Some(after), Some(Value::String(name))) = (parts.pop(), parts.pop()) else {
                return Err(SaveError::Damaged);
            };
            Ok(Step { name, scenario: scenario(after)? })
        }
        _ => Err(SaveError::Damaged),
    };
    items.into_iter().map(step).collect()
}

/// Start and length of the stretch of time that was shown, in nanoseconds; `None`: all of it.
fn read_view(value: &Value) -> Result<Option<(f64, f64)>, SaveError> {
    if value.is_null() {
        return Ok(None);
    }
    let number = |at: usize| value.get(at).and_then(Value::as_f64).filter(|n| n.is_finite());
    match (number(0), number(1)) {
        (Some(start), Some(span)) if span > 0.0 => Ok(Some((start, span))),
        _ => Err(SaveError::Damaged),
    }
}

/// What is selected, by kind and number: the same scenario gives its things the same numbers.
fn code(subject: Subject) -> Option<(&'static str, u16)> {
    Some(match subject {
        Subject::Thread(ix) => ("thread", ix.0),
        Subject::Process(ix) => ("process", ix.0),
        Subject::Gil(ix) => ("gil", ix.0),
        Subject::Core(core) => ("core", core.0.into()),
        Subject::Flag(number) => ("flag", number),
        Subject::Computer => ("computer", 0),
        Subject::ReadyQueue => ("queue", 0),
        Subject::Resource(ix) => ("object", ix.0),
        // Nothing that a person would miss.
        _ => return None,
    })
}

fn decode(value: &Value) -> Option<Subject> {
    let number = value.get(1)?.as_u64().and_then(|n| u16::try_from(n).ok())?;
    Some(match value.get(0)?.as_str()? {
        "thread" => Subject::Thread(ThreadIx(number)),
        "process" => Subject::Process(ProcessIx(number)),
        "gil" => Subject::Gil(GilIx(number)),
        "core" => Subject::Core(CoreId(u8::try_from(number).ok()?)),
        "flag" => Subject::Flag(number),
        "computer" => Subject::Computer,
        "queue" => Subject::ReadyQueue,
        "object" => Subject::Resource(ObjectIx(number)),
        _ => return None,
    })
}
