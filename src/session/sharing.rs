//! Passing on what is open: the fragment that names it, addresses of the full page and of an embed, the HTML of a frame,
//! and how far a link of some length gets.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::scenario::params::encoded;
use crate::scenario::presets::Preset;
use crate::scenario::{LinkError, Scenario, json, link};
use crate::scene::{Subject, Theme};
use crate::time::Time;

use super::Session;
use super::embed::{KEYS, MODES, Mode, THEMES};

/// Up to here an address is taken whole everywhere that matters: a message of Discord holds 2,000 characters, and 2,083 are
/// what Internet Explorer, and with it fields for addresses in Office and in older systems for courses, could hold.
const ANYWHERE: usize = 2_000;

/// What every program that speaks HTTP should take (RFC 9110, section 4.1). The fragment of a link is not sent to the
/// server, but services that wrap the links of a mail put it into the query of their own.
const MOST_PROGRAMS: usize = 8_000;

/// What Chromium's address bar shows (`kMaxURLDisplayChars`); it opens links of up to 2 MiB (`kMaxURLChars`). Firefox keeps
/// addresses of up to 65,536 characters in its history and as bookmarks.
const ADDRESS_BAR: usize = 32 * 1024;

/// How far a link of so many characters gets, as a sentence.
#[must_use]
pub const fn verdict(characters: usize) -> &'static str {
    if characters <= ANYWHERE {
        "Short enough for mail, chats and course sites."
    } else if characters <= MOST_PROGRAMS {
        "Mail and web pages take it; some chats (Discord: 2,000 characters) and fields for addresses cut it."
    } else if characters <= ADDRESS_BAR {
        "Browsers open it, but chats and many mail programs cut it: put it into a web page, or send the file."
    } else {
        "Browsers open it, but most programs that pass links on cut it: better send the file."
    }
}

impl Session {
    /// The fragment that names the scenario as it is, without `#`: as the preset that it still is, if it is said to be one,
    /// else with all that it holds. With `moment`, also where the playhead stands and which thread is selected.
    ///
    /// # Errors
    /// It is too large for a link: [`link::share`].
    pub fn fragment(&self, unchanged: Option<&Preset>, moment: bool) -> Result<String, LinkError> {
        let mut fragment = match unchanged {
            Some(preset) => format!("preset={}", preset.name),
            None => format!("s={}", link::share(self.scenario())?),
        };
        if moment && self.playhead() > Time::ZERO {
            fragment.push_str("&t=");
            fragment.push_str(&self.playhead().to_string().replace(' ', "").replace('µ', "u"));
        }
        if let Some(name) = self.selected_name().filter(|_| moment) {
            fragment.push_str("&sel=");
            fragment.push_str(&encoded(name));
        }
        Ok(fragment)
    }

    /// The name of the selected thread, if no other thread has it.
    fn selected_name(&self) -> Option<&str> {
        let Some(Subject::Thread(thread)) = self.selection() else { return None };
        let threads = &self.run().plan().threads;
        let name = threads.get(thread.ix())?.name.as_str();
        (threads.iter().filter(|t| t.name == name).count() == 1).then_some(name)
    }
}

/// The address of the full page, for an embed or not: with another fragment and without the parameters of embeds.
#[must_use]
pub fn full_page(address: &str, fragment: &str) -> String {
    let before = address.split('#').next().unwrap_or_default();
    let (page, query) = before.split_once('?').unwrap_or((before, ""));
    let is_ours = |pair: &&str| KEYS.contains(&pair.split('=').next().unwrap_or_default());
    let others: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_ours(pair)).collect();
    let query = if others.is_empty() { String::new() } else { format!("?{}", others.join("&")) };
    format!("{page}{query}#{fragment}")
}

/// A frame of another page, as the share panel offers it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// How much a reader may do.
    pub mode: Mode,
    /// Colours; `None`: as the reader's system prefers.
    pub theme: Option<Theme>,
    /// Whether it plays at once.
    pub autoplay: bool,
    /// Width as HTML wants it: pixels, or a part of the page such as `100%`.
    pub width: &'static str,
    /// Height in CSS pixels.
    pub height: &'static str,
}

impl Frame {
    /// The address of the embedded page with a fragment; `address` is any address of the page.
    #[must_use]
    pub fn address(&self, address: &str, fragment: &str) -> String {
        let page = address.split(['?', '#']).next().unwrap_or_default();
        let mut query = "?embed".to_owned();
        if self.mode != Mode::default() {
            query.push_str("&mode=");
            query.push_str(word(&MODES, self.mode));
        }
        if self.theme.is_some() {
            query.push_str("&theme=");
            query.push_str(word(&THEMES, self.theme));
        }
        if self.autoplay {
            query.push_str("&autoplay");
        }
        format!("{page}{query}#{fragment}")
    }

    /// The HTML of the frame.
    #[must_use]
    pub fn html(&self, address: &str, title: &str) -> String {
        let (address, title) = (escaped(address), escaped(title));
        let Self { width, height, .. } = self;
        format!("<iframe src=\"{address}\" width=\"{width}\" height=\"{height}\" title=\"{title}\"></iframe>")
    }
}

/// The word for a value in an address.
fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    words.iter().find(|(_, meaning)| *meaning == value).map_or("", |(word, _)| *word)
}

/// A text inside of an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The name of the file that holds a scenario: its title as far as every system takes it for a name.
#[must_use]
pub fn file_name(scenario: &Scenario) -> String {
    let words = scenario.title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = String::from("gilscope");
    for word in words {
        if name.len() + word.len() >= 60 {
            break;
        }
        name.push('-');
        name.push_str(&word.to_ascii_lowercase());
    }
    name + ".json"
}

/// The scenario as an address that holds the whole file, to be downloaded.
#[must_use]
pub fn file_address(scenario: &Scenario) -> String {
    let text = json::to_string_pretty(scenario) + "\n";
    format!("data:application/json;base64,{}", STANDARD.encode(text))
}
