//! What keys do, where.

use gilscope::scene::{Carried, DropTarget, Subject};
use gilscope::session::keys::{At, Command, Direction, Focus, Group, Press, begins_answer, command, rows};
use gilscope::session::navigate::Read;
use gilscope::session::spatial;

use super::*;

fn press(s: &Session, key: &str, at: At) -> Option<Command> {
    command(s, Press { key, ..Press::default() }, at)
}

fn shifted(s: &Session, key: &str) -> Option<Command> {
    command(s, Press { key, shift: true, ..Press::default() }, At::default())
}

fn with_ctrl(s: &Session, key: &str, shift: bool) -> Option<Command> {
    command(s, Press { key, ctrl: true, shift, alt: false }, At::default())
}

const fn on(focus: Focus) -> At {
    At { focus, presenting: false, blank: false }
}

const PRESENTING: At = At { focus: Focus::Page, presenting: true, blank: false };

const FOCI: [Focus; 7] = [
    Focus::Page,
    Focus::Thing(Subject::Thread(ETL)),
    Focus::Button,
    Focus::Tab,
    Focus::Slider,
    Focus::Field,
    Focus::Dialog,
];

/// A session with a selected flag and something to open a menu of, where every key has something to do.
fn busy() -> Session {
    let mut s = at(native(), 6_000);
    let action = run_elsewhere(&s, LOG);
    s.update(action);
    s.update(Action::Select(Some(Subject::Thread(LOG))));
    s
}

/// What a browser calls a key that the table calls so.
fn typed(name: &str) -> (String, bool, bool) {
    let (mut rest, mut ctrl, mut shift) = (name, false, false);
    while let Some((modifier, key)) = rest.split_once('+').filter(|(_, key)| !key.is_empty()) {
        (ctrl, shift, rest) = (ctrl || modifier == "Ctrl", shift || modifier == "Shift", key);
    }
    let key = match rest {
        "Space" => " ".to_owned(),
        "→" => "ArrowRight".to_owned(),
        "←" => "ArrowLeft".to_owned(),
        "↑" => "ArrowUp".to_owned(),
        "↓" => "ArrowDown".to_owned(),
        "Page Up" => "PageUp".to_owned(),
        "Page Down" => "PageDown".to_owned(),
        "Esc" => "Escape".to_owned(),
        "Menu" => "ContextMenu".to_owned(),
        // A letter comes as it would be typed.
        letter if letter.len() == 1 && !shift => letter.to_ascii_lowercase(),
        other => other.to_owned(),
    };
    (key, ctrl, shift)
}

#[test]
fn every_key_of_the_list_does_something_and_no_two_rows_of_one_place_share_a_key() {
    let mut free = busy();
    let mut carrying = busy();
    carrying.update(Action::Lift(Carried::Thread(LOG)));
    free.update(Action::Select(Some(Subject::Thread(LOG))));
    let ats = [At::default(), PRESENTING, on(Focus::Thing(Subject::Thread(LOG)))];
    for row in rows() {
        assert!(Group::ALL.contains(&row.group) && !row.says.is_empty());
        for &name in row.keys {
            let (key, ctrl, shift) = typed(name);
            let pressed = Press { key: &key, ctrl, shift, alt: false };
            let does = |s: &Session| ats.iter().any(|at| command(s, pressed, *at).is_some());
            assert!(does(&free) || does(&carrying), "{name} does nothing: {}", row.says);
            let twins = rows().iter().filter(|r| r.group == row.group && r.keys.contains(&name));
            assert_eq!(twins.count(), 1, "{name}");
        }
    }
}

#[test]
fn the_keyboard_carries_a_thread_from_place_to_place() {
    let mut s = at(native(), 6_000);
    let on_log = on(Focus::Thing(Subject::Thread(LOG)));
    let Some(Command::Do(lift)) = press(&s, " ", on_log) else { panic!("Space lifts nothing") };
    assert_eq!(lift, Action::Lift(Carried::Thread(LOG)));
    s.update(lift);
    for (key, action) in [("ArrowRight", Action::NextTarget), ("ArrowUp", Action::PreviousTarget)] {
        assert_eq!(press(&s, key, on_log), Some(Command::Do(action)));
    }
    s.update(Action::NextTarget);
    assert_eq!(press(&s, "Escape", on_log), Some(Command::Do(Action::CancelDrag)));
    for key in ["Enter", " "] {
        assert_eq!(press(&s, key, on_log), Some(Command::Do(Action::DropHere)));
    }
    s.update(Action::DropHere);
    assert!(s.undo_name().is_some());
    assert_eq!(press(&s, "ArrowRight", on_log), Some(Command::Focus(Direction::Right)));
    assert_eq!(press(&s, "Enter", on_log), None, "Enter selects");
}

#[test]
fn arrows_lead_through_the_picture_where_it_has_the_focus_and_step_elsewhere() {
    let s = session(native());
    let on_core = on(Focus::Thing(Subject::Core(CoreId(0))));
    for (key, to, elsewhere) in [
        ("ArrowRight", Direction::Right, Some(Action::NextEvent)),
        ("ArrowLeft", Direction::Left, Some(Action::PreviousEvent)),
        ("ArrowDown", Direction::Down, None),
        ("Home", Direction::First, Some(Action::ToStart)),
        ("End", Direction::Last, Some(Action::ToEnd)),
    ] {
        assert_eq!(press(&s, key, on_core), Some(Command::Focus(to)));
        assert_eq!(press(&s, key, At::default()), elsewhere.clone().map(Command::Do));
        // Wherever a speaker left the focus, their keys go on with the lecture.
        assert_eq!(press(&s, key, At { presenting: true, ..on_core }), elsewhere.map(Command::Do));
    }
}

#[test]
fn several_threads_are_selected_and_carried_by_keys() {
    let mut s = session(native());
    let on_thread = |thread| on(Focus::Thing(Subject::Thread(thread)));
    let pressed = |s: &Session, key, ctrl, shift, at| match command(s, Press { key, ctrl, shift, alt: false }, at) {
        Some(Command::Do(action)) => action,
        other => panic!("{key}: {other:?}"),
    };
    for (thread, ctrl) in [(ETL, true), (LOG, false)] {
        let toggle = pressed(&s, " ", ctrl, !ctrl, on_thread(thread));
        assert_eq!(toggle, Action::Toggle(Subject::Thread(thread)));
        s.update(toggle);
    }
    let both = [ETL, LOG].into_iter().collect();
    assert_eq!(pressed(&s, " ", false, false, on_thread(LOG)), Action::Lift(Carried::Threads(both)));
    assert_eq!(pressed(&s, " ", false, false, on_thread(ZIP)), Action::Lift(Carried::Thread(ZIP)));
    let bin = Action::Drop { what: Carried::Threads(both), target: DropTarget::Bin };
    assert_eq!(pressed(&s, "Delete", false, false, At::default()), bin);
    let all = pressed(&s, "a", true, false, on_thread(ZIP));
    assert_eq!(all, Action::SelectThreads([ETL, ZIP, LOG].into_iter().collect()));
}

#[test]
fn letters_work_in_both_cases_and_only_shift_turns_them_round() {
    let s = session(python());
    assert_eq!(press(&s, "g", At::default()), Some(Command::Do(Action::NextHandOff)));
    // With the caps lock on.
    assert_eq!(press(&s, "G", At::default()), Some(Command::Do(Action::NextHandOff)));
    assert_eq!(shifted(&s, "G"), Some(Command::Do(Action::PreviousHandOff)));
    assert_eq!(shifted(&s, "ArrowRight"), Some(Command::Do(Action::NextHandOff)));
    assert_eq!(press(&s, "c", At::default()), Some(Command::Do(Action::NextSwitch)));
    assert_eq!(shifted(&s, "C"), Some(Command::Do(Action::PreviousSwitch)));
    // Some keyboards need Shift for it, others do not.
    assert_eq!(shifted(&s, "?"), Some(Command::Help));
    assert_eq!(press(&s, "?", At::default()), Some(Command::Help));
}

#[test]
fn undo_and_redo_have_their_usual_keys_and_no_other_key_of_the_browser_is_taken() {
    let s = session(python());
    assert_eq!(with_ctrl(&s, "z", false), Some(Command::Do(Action::Undo)));
    assert_eq!(with_ctrl(&s, "Z", true), Some(Command::Do(Action::Redo)));
    assert_eq!(with_ctrl(&s, "y", false), Some(Command::Do(Action::Redo)));
    for key in ["f", "s", "r", "p", "d", "ArrowLeft", "Home", "PageDown", "+", "-"] {
        assert_eq!(with_ctrl(&s, key, false), None, "Ctrl+{key}");
        assert_eq!(command(&s, Press { key, alt: true, ..Press::default() }, At::default()), None, "Alt+{key}");
    }
}

#[test]
fn what_has_the_focus_keeps_its_own_keys() {
    let s = session(python());
    for focus in [Focus::Thing(Subject::Computer), Focus::Button, Focus::Tab, Focus::Slider] {
        assert_eq!(press(&s, " ", on(focus)), None, "{focus:?}");
        assert!(press(&s, "n", on(focus)).is_some(), "{focus:?}");
    }
    for focus in [Focus::Tab, Focus::Slider] {
        for key in ["ArrowLeft", "ArrowRight", "Home", "End"] {
            assert_eq!(press(&s, key, on(focus)), None, "{focus:?} {key}");
        }
    }
    assert_eq!(press(&s, "ArrowRight", on(Focus::Button)), Some(Command::Do(Action::NextEvent)));
    for key in [" ", "n", "?", "Delete", "ArrowLeft", "Escape", "PageDown"] {
        assert_eq!(press(&s, key, on(Focus::Field)), None, "{key}");
        assert_eq!(press(&s, key, on(Focus::Dialog)), None, "{key}");
    }
}

#[test]
fn a_clicker_gives_the_lecture_wherever_the_focus_was_left() {
    let s = session(python());
    for focus in FOCI.into_iter().filter(|f| *f != Focus::Dialog) {
        let at = At { focus, ..PRESENTING };
        assert_eq!(press(&s, "PageDown", at), Some(Command::NextClaim), "{focus:?}");
        assert_eq!(press(&s, "PageUp", at), Some(Command::PreviousClaim), "{focus:?}");
        assert_eq!(press(&s, "PageDown", on(focus)), None, "without presenting the page scrolls");
    }
    for key in [".", "b"] {
        assert_eq!(press(&s, key, PRESENTING), Some(Command::Blank));
    }
    assert_eq!(press(&s, "b", At::default()), None);
    assert_eq!(press(&s, ".", At::default()), Some(Command::Do(Action::Read(Read::Next))), "elsewhere it is a key");
    assert_eq!(press(&s, " ", PRESENTING), Some(Command::Do(Action::TogglePlay)));
}

#[test]
fn escape_gives_up_the_innermost_of_what_is_under_way() {
    let mut s = session(native());
    let select_nothing = Some(Command::Do(Action::Select(None)));
    let escape = |s: &Session, at| press(s, "Escape", at);
    assert_eq!(escape(&s, At::default()), select_nothing);
    assert_eq!(escape(&s, PRESENTING), Some(Command::Present));
    assert_eq!(escape(&s, At { blank: true, ..PRESENTING }), Some(Command::Blank));
    let scene = s.scene();
    let card = scene.regions.iter().find(|r| r.draggable && r.subject == Subject::Thread(ETL)).expect("a card");
    let from = card.rect.center();
    s.update(Action::PointerDown(from));
    s.update(Action::PointerMove(gilscope::scene::Point { x: from.x + 40.0, y: from.y }));
    assert!(s.drag().is_some());
    for focus in FOCI.into_iter().filter(|f| *f != Focus::Dialog) {
        assert_eq!(escape(&s, At { focus, ..PRESENTING }), Some(Command::Do(Action::CancelDrag)), "{focus:?}");
    }
}

#[test]
fn the_menu_opens_for_what_has_the_focus_or_else_is_selected_or_else_for_the_board() {
    let mut s = session(native());
    let (etl, zip) = (Subject::Thread(ETL), Subject::Thread(ZIP));
    assert_eq!(press(&s, "m", At::default()), Some(Command::Menu(Subject::Board)));
    assert_eq!(press(&s, "m", on(Focus::Thing(zip))), Some(Command::Menu(zip)));
    s.update(Action::Select(Some(etl)));
    assert_eq!(press(&s, "m", At::default()), Some(Command::Menu(etl)));
    assert_eq!(press(&s, "m", on(Focus::Thing(zip))), Some(Command::Menu(zip)));
    let computer = Some(Command::Menu(Subject::Computer));
    assert_eq!(press(&s, "m", on(Focus::Thing(Subject::Computer))), computer);
    assert_eq!(press(&s, "ContextMenu", on(Focus::Thing(Subject::Computer))), computer);
}

#[test]
fn delete_drops_the_selected_thread_or_flag_into_the_bin() {
    let mut s = busy();
    s.update(Action::Select(None));
    assert_eq!(press(&s, "Delete", At::default()), None);
    for what in [Carried::Flag(0), Carried::Thread(LOG)] {
        let subject = what.subject().expect("something of the picture");
        s.update(Action::Select(Some(subject)));
        let drop = Action::Drop { what, target: DropTarget::Bin };
        assert_eq!(press(&s, "Delete", At::default()), Some(Command::Do(drop.clone())));
        s.update(drop);
    }
    assert!(s.scenario().interventions.is_empty());
    assert_eq!(s.scenario().threads().count(), 2);
}

#[test]
fn a_letter_begins_an_answer_only_while_a_thread_awaits_one_and_nobody_types() {
    let json = r#"{"v":1,"computer":{"cores":1,"costs":"textbook"},"processes":[
        {"id":0,"name":"app","runtime":"native","threads":[
            {"id":0,"name":"ask","program":[{"native":1000000},{"input":"name?"}]}]}]}"#;
    let scenario: Scenario = serde_json::from_str(json).expect("a scenario");
    let begins = |s: &Session, key, focus| begins_answer(s, Press { key, ..Press::default() }, on(focus));
    let mut s = at(scenario, 500);
    assert!(!begins(&s, "a", Focus::Page), "nobody asks yet");
    s.update(Action::Seek(ms(2)));
    for key in ["a", "B", "7", "ä"] {
        assert!(begins(&s, key, Focus::Page), "{key}");
        assert!(begins(&s, key, Focus::Button), "{key}");
        assert!(!begins(&s, key, Focus::Field) && !begins(&s, key, Focus::Dialog), "{key}");
    }
    for key in [" ", "?", "+", "Enter", "F5", "PageDown", "ArrowLeft"] {
        assert!(!begins(&s, key, Focus::Page), "{key}");
    }
    assert!(!begins_answer(&s, Press { key: "z", ctrl: true, ..Press::default() }, At::default()));
    assert!(!begins_answer(&s, Press { key: "b", ..Press::default() }, At { blank: true, ..PRESENTING }));
    s.update(Action::Lift(Carried::Thread(ThreadIx(0))));
    assert!(!begins(&s, "a", Focus::Page), "something is carried");
}

/// The names of the lanes' things that keys go through, and where each is.
fn on_lanes(s: &Session) -> Vec<(Subject, gilscope::scene::Rect)> {
    let scene = s.scene();
    let lanes = scene.regions.iter().find(|r| r.subject == Subject::Lanes).expect("the lanes").rect;
    let named = scene.regions.iter().filter(|r| !r.name.is_empty() && lanes.contains(r.rect.center()));
    named.map(|r| (r.subject, r.rect)).collect()
}

#[test]
fn arrows_lead_from_the_lane_of_the_selected_thread_into_its_blocks_and_back() {
    let mut s = session(computer(1).process(
        "tools",
        Runtime::Native,
        &[("etl", 0, "native 5ms; io 5ms"), ("zip", 0, "native 20ms")],
    ));
    let (etl, zip) = (Subject::ThreadLane(ETL), Subject::ThreadLane(ZIP));
    let go = |s: &Session, from: Subject, to| {
        let things = on_lanes(s);
        let from = things.iter().position(|(s, _)| *s == from).expect("it is on a lane");
        spatial::go(&things, from, to).map(|to| things[to].0)
    };
    assert_eq!(go(&s, etl, Direction::Down), Some(zip), "nobody is selected, so there are no blocks");
    s.update(Action::Select(Some(Subject::Thread(ETL))));
    let op = |op| gilscope::scene::OpAt { thread: ETL, op };
    let strip = [Subject::Op(op(0)), Subject::OpEdge(op(0)), Subject::Op(op(1)), Subject::OpEdge(op(1))];
    assert_eq!(go(&s, etl, Direction::Down), Some(strip[0]));
    for pair in strip.windows(2) {
        assert_eq!(go(&s, pair[0], Direction::Right), Some(pair[1]));
        assert_eq!(go(&s, pair[1], Direction::Left), Some(pair[0]));
    }
    assert_eq!(go(&s, strip[0], Direction::Left), None);
    assert_eq!(go(&s, strip[3], Direction::Right), None);
    for block in strip {
        assert_eq!(go(&s, block, Direction::Up), Some(etl));
        assert_eq!(go(&s, block, Direction::Down), Some(zip));
        let escape = press(&s, "Escape", on(Focus::Thing(block)));
        assert_eq!(escape, Some(Command::Focus(Direction::Up)), "Esc leaves the blocks");
        assert!(spatial::near(block).any(|near| near == etl), "where it goes if the block goes");
    }
    assert_eq!(go(&s, zip, Direction::Up), Some(etl));
}

#[test]
fn tab_puts_back_what_is_carried() {
    let mut s = session(native());
    let on_log = on(Focus::Thing(Subject::Thread(LOG)));
    assert_eq!(press(&s, "Tab", on_log), None, "the browser's own");
    s.update(Action::Lift(Carried::Thread(LOG)));
    assert_eq!(press(&s, "Tab", on_log), Some(Command::Do(Action::CancelDrag)));
    let back = Press { key: "Tab", shift: true, ..Press::default() };
    assert_eq!(command(&s, back, on_log), Some(Command::Do(Action::CancelDrag)));
}
