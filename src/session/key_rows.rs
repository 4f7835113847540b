//! The table of keys. Of the rows that have a key, the first that works where it is pressed answers.

use super::keys::{At, Command, Direction, Focus, Group, Row, When, carried};
use super::navigate::Read;
use super::range::End;
use super::{Action, Session};
use crate::scene::{Carried, DropTarget, Subject};

/// A press of W or S makes things this much larger or smaller.
const ZOOM_STEP: f64 = 1.3;

/// A press of A or D moves the lanes by this part of their width.
const PAN_STEP: f64 = 0.1;

/// How many places or steps of length Shift goes on at once.
const FAR: i16 = 10;

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

/// A row's answer that reads the run.
macro_rules! read {
    ($($read:tt)+) => {
        |_, _| Some(Command::Do(Action::Read(Read::$($read)+)))
    };
}

pub(super) static ROWS: &[Row] = &[
    row!(Carry, ["→", "↓"], Carrying, "Next place", action!(NextTarget)),
    row!(Carry, ["←", "↑"], Carrying, "Previous place", action!(PreviousTarget)),
    row!(Carry, ["Shift+→", "Shift+↓"], Carrying, "Ten places or steps on", |_, _| carry(FAR)),
    row!(Carry, ["Shift+←", "Shift+↑"], Carrying, "Ten back", |_, _| carry(-FAR)),
    row!(Carry, ["Enter", "Space"], Carrying, "Put it down there", action!(DropHere)),
    row!(Carry, ["Tab", "Shift+Tab"], Carrying, "Put it back", action!(CancelDrag)),
    row!(Picture, ["Space"], OnThing, "Pick up what has the focus: a thread, a flag, a block or its edge", lift),
    row!(Picture, ["Ctrl+Space", "Shift+Space"], OnThing, "Select this thread too, or no more", |_, at| toggle(at)),
    row!(Picture, ["→"], OnPicture, "To the thing on the right; on a lane to the next event", |_, _| {
        focus(Direction::Right)
    }),
    row!(Picture, ["←"], OnPicture, "To the thing on the left; on a lane to the previous event", |_, _| focus(
        Direction::Left
    )),
    row!(Picture, ["↑"], OnPicture, "To the thing above; on a block to its lane", |_, _| focus(Direction::Up)),
    row!(Picture, ["↓"], OnPicture, "To the thing below; on a lane whose program is shown to its blocks", |_, _| {
        focus(Direction::Down)
    }),
    row!(Picture, ["Home"], OnPicture, "To the first thing of this part", |_, _| focus(Direction::First)),
    row!(Picture, ["End"], OnPicture, "To the last thing of this part", |_, _| focus(Direction::Last)),
    row!(Play, ["Space"], NotPressing, "Play or pause", action!(TogglePlay)),
    row!(Play, ["→"], NotChoosing, "Next event", action!(NextEvent)),
    row!(Play, ["←"], NotChoosing, "Previous event", action!(PreviousEvent)),
    row!(Play, ["Home"], NotChoosing, "To the start", action!(ToStart)),
    row!(Play, ["End"], NotChoosing, "To the end", action!(ToEnd)),
    row!(Lecture, ["Page Down"], Presenting, "Next claim, while presenting", |_, _| Some(Command::NextClaim)),
    row!(Lecture, ["Page Up"], Presenting, "Previous claim, while presenting", |_, _| Some(Command::PreviousClaim)),
    row!(Lecture, ["B", "."], Presenting, "Blank screen and back, while presenting", |_, _| Some(Command::Blank)),
    row!(Lecture, ["N"], NotTyping, "Next claim", |_, _| Some(Command::NextClaim)),
    row!(Lecture, ["P"], NotTyping, "Previous claim", |_, _| Some(Command::PreviousClaim)),
    row!(Lecture, ["V"], NotTyping, "Next variant of the claim: what is more exact", |_, _| Some(Command::NextVariant)),
    row!(Lecture, ["L"], NotTyping, "Present, or stop presenting", |_, _| Some(Command::Present)),
    row!(Play, ["G", "Shift+→"], NotChoosing, "Next hand-off of the GIL", action!(NextHandOff)),
    row!(Play, ["Shift+G", "Shift+←"], NotChoosing, "Previous hand-off of the GIL", action!(PreviousHandOff)),
    row!(Play, ["C"], NotTyping, "Next context switch", action!(NextSwitch)),
    row!(Play, ["Shift+C"], NotTyping, "Previous context switch", action!(PreviousSwitch)),
    row!(View, ["W", "+"], NotTyping, "Zoom in on the lanes", |s, _| zoom(s, ZOOM_STEP)),
    row!(View, ["S", "-"], NotTyping, "Zoom out", |s, _| zoom(s, 1.0 / ZOOM_STEP)),
    row!(View, ["A"], NotTyping, "Move the lanes to earlier", |s, _| pan(s, PAN_STEP)),
    row!(View, ["D"], NotTyping, "Move the lanes to later", |s, _| pan(s, -PAN_STEP)),
    row!(View, ["F"], NotTyping, "Fit the range or what is selected; again: the whole run", read!(Fit)),
    row!(Play, ["."], NotTyping, "Next event of the selected thread", read!(Next)),
    row!(Play, [","], NotTyping, "Previous event of the selected thread", read!(Previous)),
    row!(View, ["["], NotTyping, "A range of time begins at the playhead", read!(RangeEnd(End::From))),
    row!(View, ["]"], NotTyping, "The range of time ends at the playhead", read!(RangeEnd(End::To))),
    row!(
        View,
        ["X"],
        NotTyping,
        "Marker A at the playhead, then B: how long it is between them; where one is, take it away",
        read!(Mark)
    ),
    row!(View, ["H"], NotTyping, "Hide the future, or show it", action!(ToggleFuture)),
    row!(View, ["O"], NotTyping, "Outline the cores of each process, or stop", action!(ToggleOutlines)),
    row!(View, ["J"], NotTyping, "Other arrows between lanes: crossing, all, of the selected thread, none", |s, _| {
        Some(Command::Do(Action::Read(Read::Arrows(s.arrows().next()))))
    }),
    row!(View, ["E"], NotTyping, "Table of all events, or no more", |_, _| Some(Command::Events)),
    row!(View, ["T"], NotTyping, "Compare two runs, or sweep a parameter", |_, _| Some(Command::Compare)),
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
        "Give up a drag, go from a block to its lane, stop presenting, take range and markers away, select nothing",
        |s, at| escape(s, at)
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
        _ if session.is_marked() => Command::Do(Action::Read(Read::Unmark)),
        _ => Command::Do(Action::Select(None)),
    })
}
