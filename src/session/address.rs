//! A page's address: what its query and its fragment ask for.
//!
//! ```text
//! https://example.org/gilscope/?embed&mode=step&theme=dark#preset=G3&t=12.4ms&sel=worker%201
//! ```
//!
//! The fragment names a scenario, by `s=gs1…` (a link) or `preset=G3`, and beside it the playhead `t` and the name of the
//! selected thread `sel`; `cmp=free-threaded` opens a comparison with that variant, `sweep=threads.1-16.speed_up` a sweep. The query says how the page is embedded; see [`Embed`]. Keys that are not known are left to
//! others: a course site may add its own. A value that cannot be read is never taken for another one: what to open is then
//! broken, and anything else is named in [`Address::unread`] and left out.

use crate::ids::ThreadId;
use crate::scenario::link;
use crate::scenario::params::value;
use crate::scenario::presets::{self, Preset};
use crate::scenario::{LinkError, Scenario};
use crate::text::capitalized;
use crate::time::{Dur, Time};

use super::choices::is_choice;
use super::embed::Embed;
use super::sweep::Asked;

/// What an address asks for.
#[derive(Clone, Debug)]
pub struct Address {
    /// What to open.
    pub names: Names,
    /// Where the playhead shall stand.
    pub at: Option<Time>,
    /// The name of the thread that shall be selected; see [`find_thread`].
    pub thread: Option<String>,
    /// What the panel for comparing shows, if it shall be open.
    pub panel: Option<Panel>,
    /// How the page is embedded; `None`: it stands for itself.
    pub embed: Option<Embed>,
    /// What could not be read, as sentences.
    pub unread: Vec<String>,
}

/// What an address names.
#[derive(Clone, Debug)]
pub enum Names {
    /// Nothing at all.
    Nothing,
    /// A preset.
    Preset(&'static Preset),
    /// The scenario that the address holds.
    Link(Box<Scenario>),
    /// Something that cannot be opened.
    Broken(Broken),
}

/// What the panel for comparing shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Panel {
    /// What is open beside the choice with this name; see [`super::Session::choice`].
    Compare(String),
    /// A sweep.
    Sweep(Asked),
}

/// A link that cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Why, as a sentence.
    pub why: String,
    /// The fragment as it was, for copying.
    pub text: String,
}

impl Address {
    /// Reads an address, or what follows a page's path in one.
    #[must_use]
    pub fn read(address: &str) -> Self {
        let (before, fragment) = address.split_once('#').unwrap_or((address, ""));
        let query = before.split_once('?').map_or("", |(_, query)| query);
        let mut unread = Vec::new();
        let embed = Embed::read(query, &mut unread);
        let at = match value(fragment, "t") {
            None => None,
            Some(text) => match text.as_deref().unwrap_or("%").parse::<Dur>() {
                Ok(at) => Some(Time::ZERO + at),
                Err(why) => {
                    unread.push(format!("The time t cannot be read: {why}."));
                    None
                }
            },
        };
        let thread = value(fragment, "sel").and_then(|name| {
            if name.is_none() {
                unread.push("The name of the selected thread, sel, cannot be read.".to_owned());
            }
            name
        });
        let panel = Panel::read(fragment, &mut unread);
        Self { names: Names::read(fragment), at, thread, panel, embed, unread }
    }
}

impl Panel {
    fn read(fragment: &str, unread: &mut Vec<String>) -> Option<Self> {
        if let Some(key) = value(fragment, "cmp") {
            let found = key.filter(|key| is_choice(key));
            if found.is_none() {
                unread.push("What it is compared with, cmp, cannot be read.".to_owned());
            }
            return found.map(Self::Compare);
        }
        match Asked::read(&value(fragment, "sweep")?.unwrap_or_default()) {
            Ok(asked) => Some(Self::Sweep(asked)),
            Err(why) => {
                unread.push(why);
                None
            }
        }
    }

    /// As a fragment names it, behind what names the scenario.
    #[must_use]
    pub fn fragment(&self) -> String {
        match self {
            Self::Compare(key) => format!("&cmp={key}"),
            Self::Sweep(asked) => format!("&sweep={}", asked.text()),
        }
    }
}

impl Names {
    fn read(fragment: &str) -> Self {
        let broken = |why: String| Self::Broken(Broken { why, text: fragment.to_owned() });
        match (value(fragment, "s"), value(fragment, "preset")) {
            (Some(text), _) => match text.ok_or(LinkError::Damaged).and_then(|text| link::decode(&text)) {
                Ok(scenario) => Self::Link(Box::new(scenario)),
                Err(error) => broken(error.to_string()),
            },
            (None, Some(name)) => {
                let name = name.unwrap_or_default();
                presets::by_name(&name)
                    .map_or_else(|| broken(format!("There is no preset named “{name}”.")), Self::Preset)
            }
            (None, None) if fragment.is_empty() => Self::Nothing,
            (None, None) => broken("It names neither a scenario (s=…) nor a preset (preset=…).".to_owned()),
        }
    }
}

/// A fragment without what opens a panel.
#[must_use]
pub fn without_panel(fragment: &str) -> String {
    let stays = |part: &&str| !part.starts_with("cmp=") && !part.starts_with("sweep=");
    fragment.split('&').filter(stays).collect::<Vec<_>>().join("&")
}

/// The thread that an address selects by its name; of several the first.
///
/// # Errors
/// There is none, as a sentence.
pub fn find_thread(scenario: &Scenario, name: &str) -> Result<ThreadId, String> {
    let found = scenario.threads().find(|(_, thread)| thread.name == name);
    found.map(|(_, thread)| thread.id).ok_or_else(|| format!("There is no thread named “{name}” to select."))
}

/// A parameter of the query that is one of few words, or what to say if it is none of them.
pub(super) fn choice<T: Copy>(query: &str, key: &str, words: &[(&str, T)], unread: &mut Vec<String>) -> Option<T> {
    let text = value(query, key)?.unwrap_or_else(|| "%".to_owned());
    let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let mut known: Vec<&str> = words.iter().map(|(word, _)| *word).filter(|word| !word.is_empty()).collect();
        let last = known.pop().unwrap_or_default();
        let why = format!("“{text}” is not known as {key}: it is {} or {last}.", known.join(", "));
        unread.push(capitalized(&why));
    }
    found
}
