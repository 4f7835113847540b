//! What keys do. One table, in `key_rows`, is read by [`command`], which answers a press, and by the page's list of keys, so
//! that the list cannot say anything else than what happens.

use super::key_rows::ROWS;
use super::{Action, Session};
use crate::scene::{Carried, Subject};

/// A key that went down.
#[derive(Clone, Copy, Debug, Default)]
pub struct Press<'a> {
    /// As browsers name it: `"a"`, `" "`, `"ArrowLeft"`.
    pub key: &'a str,
    /// With Ctrl, or ⌘ on a Mac.
    pub ctrl: bool,
    /// With Shift.
    pub shift: bool,
    /// With Alt: never a key of the page.
    pub alt: bool,
}

/// What has the focus, as far as that has keys of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// Nothing that does.
    #[default]
    Page,
    /// A thing in the picture: a button, too.
    Thing(Subject),
    /// A button or a link: Space presses it.
    Button,
    /// One of several tabs: arrows choose among them.
    Tab,
    /// A slider: arrows move it.
    Slider,
    /// A field or a menu of choices: it takes nearly every key.
    Field,
    /// A dialog or an open menu: it has all keys.
    Dialog,
}

/// Where and when a key is pressed, as far as the session does not know.
#[derive(Clone, Copy, Debug, Default)]
pub struct At {
    /// What has the focus.
    pub focus: Focus,
    /// Whether the page presents: the picture alone, in large type.
    pub presenting: bool,
    /// Whether the screen is blank so that people look at the speaker.
    pub blank: bool,
}

/// What a key asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Something that the session does.
    Do(Action),
    /// Open the claim after this one.
    NextClaim,
    /// Open the claim before this one.
    PreviousClaim,
    /// Show the next variant of the claim; after the last one, the claim as it was.
    NextVariant,
    /// Show the picture alone in large type, or no more.
    Present,
    /// Blank the screen, or show the picture again.
    Blank,
    /// Open the menu of this thing.
    Menu(Subject),
    /// Open the library of scenarios.
    Library,
    /// Give the focus to another thing of the picture.
    Focus(Direction),
    /// Show the table of all events, or no more.
    Events,
    /// Compare two runs, or sweep a parameter.
    Compare,
    /// Show the list of keys.
    Help,
}

/// A line of the list of keys.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// What it belongs to.
    pub group: Group,
    /// The keys that do it, as they are called: `"Ctrl+Z"`, `"Shift+→"`.
    pub keys: &'static [&'static str],
    /// What they do.
    pub says: &'static str,
    pub(super) when: When,
    pub(super) does: fn(&Session, At) -> Option<Command>,
}

/// Where the focus goes in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the thing on the left.
    Left,
    /// To the thing on the right.
    Right,
    /// To the thing above.
    Up,
    /// To the thing below.
    Down,
    /// To the first thing.
    First,
    /// To the last thing.
    Last,
}

/// What keys are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Playing and stepping.
    Play,
    /// Giving a lecture.
    Lecture,
    /// What is shown.
    View,
    /// With the focus on something in the picture.
    Picture,
    /// Changing the scenario.
    Change,
    /// While the keyboard carries something.
    Carry,
}

impl Group {
    /// Every group, in the order of the list.
    pub const ALL: [Self; 6] = [Self::Play, Self::View, Self::Picture, Self::Change, Self::Carry, Self::Lecture];

    /// Its heading.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Play => "Play and step",
            Self::Lecture => "In a lecture",
            Self::View => "View",
            Self::Picture => "With the focus in the picture",
            Self::Change => "Change",
            Self::Carry => "While something is carried",
        }
    }
}

/// Where a key works. None works in a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// Wherever nobody types.
    NotTyping,
    /// Where Space presses no button either.
    NotPressing,
    /// Where arrows choose nothing either.
    NotChoosing,
    /// While the keyboard carries something.
    Carrying,
    /// Where a thread or a flag in the picture has the focus.
    OnThing,
    /// Where anything in the picture has the focus.
    OnPicture,
    /// While presenting, wherever the focus may have been left: a clicker has few keys.
    Presenting,
    /// Everywhere.
    Anywhere,
}

impl When {
    fn holds(self, session: &Session, at: At) -> bool {
        match (self, at.focus) {
            (_, Focus::Dialog) => false,
            (Self::Anywhere, _) => true,
            (Self::Carrying, focus) => session.carries_by_keys() && focus != Focus::Field,
            (Self::OnThing, focus) => carried(focus).is_some(),
            (Self::OnPicture, focus) => matches!(focus, Focus::Thing(_)) && !at.presenting,
            (Self::Presenting, _) => at.presenting,
            (_, Focus::Field) => false,
            (Self::NotPressing, Focus::Button | Focus::Thing(_) | Focus::Tab | Focus::Slider) => false,
            (Self::NotChoosing, Focus::Tab | Focus::Slider) => false,
            _ => true,
        }
    }
}

/// What a pointer does with a key held, by what is pressed and held. The page's list of keys has it too.
pub const WITH_POINTER: [(&str, &str); 6] = [
    ("Shift+drag", "On the lanes and the ruler: select a range of time"),
    ("Shift+drag", "On the board, beginning where nothing can be picked up: frame around threads, selects them"),
    ("Shift+click", "Select this thread too, or no more; Ctrl does the same"),
    ("Ctrl+drag Alt+drag", "Copy a thread to where it is dropped"),
    ("Ctrl+wheel", "Zoom the lanes"),
    ("Shift+wheel", "Move the lanes"),
];

/// All keys. Of the rows that have a key, the first that works where it is pressed answers.
#[must_use]
pub const fn rows() -> &'static [Row] {
    ROWS
}

/// What a key does where it is pressed; `None` if that is the browser's business.
#[must_use]
pub fn command(session: &Session, press: Press<'_>, at: At) -> Option<Command> {
    if press.alt {
        return None;
    }
    let name = name(press);
    let row = ROWS.iter().find(|row| row.keys.contains(&name.as_str()) && row.when.holds(session, at))?;
    (row.does)(session, at)
}

/// Whether a key begins an answer: a letter or a digit while a thread awaits one, where nobody types anything else. No
/// shortcut answers it then.
#[must_use]
pub fn begins_answer(session: &Session, press: Press<'_>, at: At) -> bool {
    let mut chars = press.key.chars();
    let one = chars.next().is_some_and(|c| c.is_alphabetic() || c.is_ascii_digit()) && chars.next().is_none();
    let free = !at.blank && session.drag().is_none() && !matches!(at.focus, Focus::Field | Focus::Dialog);
    one && free && !press.ctrl && !press.alt && session.run().plan().thread_ixs().any(|t| session.awaits(t))
}

/// A key as the table calls it. Shift is named with letters and keys that have a name; other characters may need it or not,
/// which depends on the keyboard.
fn name(press: Press<'_>) -> String {
    let Press { key, ctrl, shift, .. } = press;
    let (named, of) = match key {
        " " => ("Space", true),
        "ArrowLeft" => ("←", true),
        "ArrowRight" => ("→", true),
        "ArrowUp" => ("↑", true),
        "ArrowDown" => ("↓", true),
        "PageUp" => ("Page Up", true),
        "PageDown" => ("Page Down", true),
        "Escape" => ("Esc", true),
        "ContextMenu" => ("Menu", true),
        key => (key, key.len() > 1 || key.chars().all(char::is_alphabetic)),
    };
    let mut name = String::new();
    if ctrl {
        name.push_str("Ctrl+");
    }
    if shift && of {
        name.push_str("Shift+");
    }
    if named.len() == 1 { name + &named.to_ascii_uppercase() } else { name + named }
}

/// What the keyboard would pick up.
pub(super) fn carried(focus: Focus) -> Option<Carried> {
    match focus {
        Focus::Thing(subject) => Carried::of(subject.of_lane()),
        _ => None,
    }
}
