//! What keys do. One table is read by [`command`], which answers a press, and by the page's list of keys, so that the list
//! cannot say anything else than what happens.

use super::{Action, Session};
use crate::scene::{Carried, DropTarget, Subject};

/// A press of W or S makes things this much larger or smaller.
const ZOOM_STEP: f64 = 1.3;

/// A press of A or D moves the lanes by this part of their width.
const PAN_STEP: f64 = 0.1;

/// How many places or steps of length Shift goes on at once.
const FAR: i16 = 10;

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
    when: When,
    does: fn(&Session, At) -> Option<Command>,
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
    /// Changing the scenario.
    Change,
}

impl Group {
    /// Every group, in the order of the list.
    pub const ALL: [Self; 4] = [Self::Play, Self::Lecture, Self::View, Self::Change];

    /// Its heading.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Play => "Play and step",
            Self::Lecture => "In a lecture",
            Self::View => "View",
            Self::Change => "Change",
        }
    }
}

/// Where a key works. None works in a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
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
pub const WITH_POINTER: [(&str, &str); 5] = [
    ("Shift+drag", "Frame around threads, beginning where nothing can be picked up: selects them"),
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

macro_rules! row {
    ($group:ident, [$($key:literal),+], $when:ident, $says:literal, $does:expr) => {
        Row { group: Group::$group, keys: &[$($key),+], says: $says, when: When::$when, does: $does }
    };
}

/// A row's answer that is always the same action.
macro_rules! action {
    ($action:ident) => {
        |_, _| Some(Command::Do(Action::$action))
    };
}

static ROWS: &[Row] = &[
    row!(Change, ["→", "↓"], Carrying, "Next place for what is carried", action!(NextTarget)),
    row!(Change, ["←", "↑"], Carrying, "Previous place", action!(PreviousTarget)),
    row!(Change, ["Shift+→", "Shift+↓"], Carrying, "Ten places or steps on for what is carried", |_, _| carry(FAR)),
    row!(Change, ["Shift+←", "Shift+↑"], Carrying, "Ten back for what is carried", |_, _| carry(-FAR)),
    row!(Change, ["Enter", "Space"], Carrying, "Put it down there", action!(DropHere)),
    row!(Change, ["Tab", "Shift+Tab"], Carrying, "Put back what is carried", action!(CancelDrag)),
    row!(Change, ["Space"], OnThing, "Pick up what has the focus: a thread, a flag, a block or its edge", lift),
    row!(Change, ["Ctrl+Space", "Shift+Space"], OnThing, "Select this thread too, or no more", |_, at| toggle(at)),
    row!(View, ["→"], OnPicture, "In the picture: to the thing on the right; on a lane to the next event", |_, _| {
        focus(Direction::Right)
    }),
    row!(
        View,
        ["←"],
        OnPicture,
        "In the picture: to the thing on the left; on a lane to the previous event",
        |_, _| focus(Direction::Left)
    ),
    row!(View, ["↑"], OnPicture, "In the picture: to the thing above; on a block to its lane", |_, _| focus(
        Direction::Up
    )),
    row!(
        View,
        ["↓"],
        OnPicture,
        "In the picture: to the thing below; on a lane whose program is shown to its blocks",
        |_, _| focus(Direction::Down)
    ),
    row!(View, ["Home"], OnPicture, "In the picture: to the first thing of this part", |_, _| focus(Direction::First)),
    row!(View, ["End"], OnPicture, "In the picture: to the last thing of this part", |_, _| focus(Direction::Last)),
    row!(Play, ["Space"], NotPressing, "Play or pause", action!(TogglePlay)),
    row!(Play, ["→"], NotChoosing, "Elsewhere: next event", action!(NextEvent)),
    row!(Play, ["←"], NotChoosing, "Elsewhere: previous event", action!(PreviousEvent)),
    row!(Play, ["Home"], NotChoosing, "Elsewhere: to the start", action!(ToStart)),
    row!(Play, ["End"], NotChoosing, "Elsewhere: to the end", action!(ToEnd)),
    row!(Lecture, ["Page Down"], Presenting, "Next claim, while presenting", |_, _| Some(Command::NextClaim)),
    row!(Lecture, ["Page Up"], Presenting, "Previous claim, while presenting", |_, _| Some(Command::PreviousClaim)),
    row!(Lecture, ["B", "."], Presenting, "Blank screen and back, while presenting", |_, _| Some(Command::Blank)),
    row!(Lecture, ["N"], NotTyping, "Next claim", |_, _| Some(Command::NextClaim)),
    row!(Lecture, ["P"], NotTyping, "Previous claim", |_, _| Some(Command::PreviousClaim)),
    row!(Lecture, ["V"], NotTyping, "Next variant of the claim: what is more exact", |_, _| Some(Command::NextVariant)),
    row!(Lecture, ["L"], NotTyping, "Present, or stop presenting", |_, _| Some(Command::Present)),
    row!(Play, ["G", "Shift+→"], NotChoosing, "Next hand-off of the GIL", action!(NextHandOff)),
    row!(Play, ["Shift+G", "Shift+←"], NotChoosing, "Previous hand-off of the GIL", action!(PreviousHandOff)),
    row!(Play, ["C", "]"], NotTyping, "Next context switch", action!(NextSwitch)),
    row!(Play, ["Shift+C", "["], NotTyping, "Previous context switch", action!(PreviousSwitch)),
    row!(View, ["W", "+"], NotTyping, "Zoom in on the lanes", |s, _| zoom(s, ZOOM_STEP)),
    row!(View, ["S", "-"], NotTyping, "Zoom out", |s, _| zoom(s, 1.0 / ZOOM_STEP)),
    row!(View, ["A"], NotTyping, "Move the lanes to earlier", |s, _| pan(s, PAN_STEP)),
    row!(View, ["D"], NotTyping, "Move the lanes to later", |s, _| pan(s, -PAN_STEP)),
    row!(View, ["F"], NotTyping, "Fit the whole run", action!(Fit)),
    row!(View, ["H"], NotTyping, "Hide the future, or show it", action!(ToggleFuture)),
    row!(View, ["O"], NotTyping, "Outline the cores of each process, or stop", action!(ToggleOutlines)),
    row!(View, ["E"], NotTyping, "Table of all events, or no more", |_, _| Some(Command::Events)),
    row!(View, ["C"], NotTyping, "Compare two runs, or sweep a parameter", |_, _| Some(Command::Compare)),
    row!(Change, ["M", "Menu", "Shift+F10"], NotTyping, "Menu of what has the focus or is selected", menu),
    row!(Change, ["Ctrl+A"], NotTyping, "Select all threads of the process", all_threads),
    row!(Change, ["Delete"], NotTyping, "Delete what is selected", |s, _| delete(s)),
    row!(Change, ["R"], NotTyping, "Reset to the original; undo brings it back", action!(Reset)),
    row!(Change, ["Ctrl+Z"], NotTyping, "Undo", action!(Undo)),
    row!(Change, ["Ctrl+Shift+Z", "Ctrl+Y"], NotTyping, "Redo", action!(Redo)),
    row!(
        View,
        ["Esc"],
        Anywhere,
        "Give up a drag, go from a block to its lane, stop presenting, select nothing",
        escape
    ),
    row!(Lecture, ["/"], NotTyping, "Scenarios: the library", |_, _| Some(Command::Library)),
    row!(View, ["?"], NotTyping, "This list of keys", |_, _| Some(Command::Help)),
];

fn carry(by: i16) -> Option<Command> {
    Some(Command::Do(Action::Carry(by)))
}

fn zoom(session: &Session, factor: f64) -> Option<Command> {
    Some(Command::Do(Action::Zoom { x: session.zoom_centre(), factor }))
}

fn pan(session: &Session, part: f64) -> Option<Command> {
    Some(Command::Do(Action::Pan { dx: session.axis().width * part }))
}

const fn focus(to: Direction) -> Option<Command> {
    Some(Command::Focus(to))
}

/// The menu of what has the focus, or else of what is selected, or else of the board.
fn menu(session: &Session, at: At) -> Option<Command> {
    let focused = if let Focus::Thing(subject) = at.focus { Some(subject) } else { None };
    Some(Command::Menu(focused.or(session.selection()).unwrap_or(Subject::Board)))
}

fn lift(session: &Session, at: At) -> Option<Command> {
    carried(at.focus).map(|what| Command::Do(Action::Lift(session.picked_up_with(what))))
}

fn toggle(at: At) -> Option<Command> {
    carried(at.focus)?.subject().map(|subject| Command::Do(Action::Toggle(subject)))
}

/// Every thread of the process that the focus or the selection is in.
fn all_threads(session: &Session, at: At) -> Option<Command> {
    let plan = session.run().plan();
    let process = match at.focus {
        Focus::Thing(Subject::Thread(thread)) => Some(plan.threads.get(thread.ix())?.process),
        Focus::Thing(Subject::Process(process)) => Some(process),
        _ => session.sensible_process(),
    };
    let threads = plan.processes.get(process?.ix())?.threads.iter().copied().collect();
    Some(Command::Do(Action::SelectThreads(threads)))
}

/// What the keyboard would pick up.
fn carried(focus: Focus) -> Option<Carried> {
    match focus {
        Focus::Thing(subject) => Carried::of(subject.of_lane()),
        _ => None,
    }
}

fn delete(session: &Session) -> Option<Command> {
    let subject = session.selection()?;
    Some(Command::Do(match Carried::of(subject) {
        Some(what) => Action::Drop { what: session.picked_up_with(what), target: DropTarget::Bin },
        None if matches!(subject, Subject::Process(_) | Subject::Resource(_)) => Action::Delete(subject),
        None => return None,
    }))
}

/// Gives up the innermost of what is under way.
fn escape(session: &Session, at: At) -> Option<Command> {
    Some(match at.focus {
        _ if session.drag().is_some() => Command::Do(Action::CancelDrag),
        Focus::Field => return None,
        Focus::Thing(Subject::Op(_) | Subject::OpEdge(_)) if !at.presenting => Command::Focus(Direction::Up),
        _ if at.blank => Command::Blank,
        _ if at.presenting => Command::Present,
        _ => Command::Do(Action::Select(None)),
    })
}
