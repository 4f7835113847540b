//! A reload loses nothing, and what was not saved whole is not taken for something else.

use gilscope::ids::CoreId;
use gilscope::scenario::{Op, Scenario, json};
use gilscope::scene::{Size, Subject};
use gilscope::session::save::{MAX_SAVE, SaveError};
use gilscope::session::{Action, Session};
use gilscope::time::Time;
use proptest::prelude::*;

use super::{ETL, LOG, ZIP, at, ms, native, session};

const MUCH: usize = MAX_SAVE;

fn edited() -> Session {
    let mut s = at(native(), 6_500);
    for (thread, core) in [(ETL, 0), (ZIP, 1), (LOG, 0), (LOG, 1)] {
        s.update(Action::Pin { thread, core: Some(CoreId(core)) });
    }
    s.update(Action::Undo);
    s.update(Action::Undo);
    s
}

fn restored(s: &Session) -> Session {
    let mut restored = Session::restore(&s.save(MUCH)).expect("what was saved");
    restored.update(Action::Resize(Size { w: 1_000.0, h: 600.0 }));
    restored
}

#[test]
fn everything_is_as_it_was() {
    let mut s = edited();
    s.update(Action::Select(Some(Subject::Thread(ZIP))));
    s.update(Action::SetSpeed { position: 0.3 });
    s.update(Action::Zoom { x: 500.0, factor: 3.0 });
    let mut again = restored(&s);
    assert_eq!((again.scenario(), again.original()), (s.scenario(), s.original()));
    assert_eq!((again.playhead(), again.selection()), (s.playhead(), s.selection()));
    assert_eq!((stretch(&again), again.speed_position()), (stretch(&s), 0.3));
    assert_eq!((again.undo_name(), again.redo_name()), (Some("Pin zip to core 1"), Some("Pin log to core 0")));
    assert!(!again.playing());
    // The whole way forth and back.
    for action in [Action::Redo, Action::Redo, Action::Redo, Action::Undo, Action::Undo, Action::Undo, Action::Undo] {
        again.update(action.clone());
        s.update(action);
        assert_eq!(again.scenario(), s.scenario());
        assert_eq!((again.undo_name(), again.redo_name()), (s.undo_name(), s.redo_name()));
    }
    assert_eq!(*again.scenario(), native());
}

/// The stretch of time that is shown.
fn stretch(s: &Session) -> (Time, Time) {
    (s.axis().from(), s.axis().to())
}

#[test]
fn a_view_of_the_whole_run_stays_one() {
    let mut s = restored(&at(native(), 1_000));
    let whole = stretch(&s);
    s.update(Action::Edit { name: "Longer".to_owned(), scenario: Box::new(longer()) });
    s.update(Action::Tick { seconds: 0.0 });
    assert!(stretch(&s).1 > whole.1, "the view does not follow a longer run");
}

fn longer() -> Scenario {
    let mut scenario = native();
    scenario.processes[0].threads[0].program.extend(native().processes[0].threads[0].program.clone());
    scenario
}

#[test]
fn what_is_unchanged_is_saved_once() {
    let s = session(native());
    let scenario = json::to_string(&native());
    assert_eq!(s.save(MUCH).matches(&scenario).count(), 1);
    assert_eq!(restored(&s).original(), s.original());
}

#[test]
fn where_there_is_little_room_the_oldest_changes_are_left_out() {
    let s = edited();
    let one = json::to_string(s.scenario()).len();
    for (steps, undo, redo) in [(6, 2, 2), (3, 1, 2), (2, 0, 2), (1, 0, 1), (0, 0, 0)] {
        // Now and as loaded, and so many changes.
        let text = s.save(one * (2 + steps) + one / 2);
        let mut again = Session::restore(&text).expect("what was saved");
        let count = |s: &mut Session, action: Action, more: fn(&Session) -> bool| {
            (0..10).take_while(|_| more(s) && !s.update(action.clone()).is_empty()).count()
        };
        assert_eq!(again.scenario(), s.scenario());
        let redone = count(&mut again, Action::Redo, |s| s.redo_name().is_some());
        (0..redone).for_each(|_| drop(again.update(Action::Undo)));
        let undone = count(&mut again, Action::Undo, |s| s.undo_name().is_some());
        assert_eq!((undone, redone), (undo, redo), "room for {steps}");
    }
}

#[test]
fn a_text_that_was_not_saved_whole_is_refused() {
    let text = edited().save(MUCH);
    for end in (0..text.len()).step_by(7).filter(|end| text.is_char_boundary(*end)) {
        assert_eq!(Session::restore(&text[..end]).err(), Some(SaveError::Damaged), "cut at {end}");
    }
    for (part, with, why) in [
        ("\"gilscope\":1", "\"gilscope\":2", SaveError::OtherVersion),
        ("\"gilscope\":1", "\"gilscope\":0", SaveError::OtherVersion),
        ("\"gilscope\":1", "\"other\":1", SaveError::Damaged),
        ("\"cores\":2", "\"cores\":0", SaveError::Scenario),
        ("\"past\":[", "\"past\":[3,", SaveError::Damaged),
        ("\"t\":", "\"t\":-", SaveError::Damaged),
        ("\"speed\":", "\"sped\":", SaveError::Damaged),
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
        assert_eq!(Session::restore(&text.replace(part, with)).err(), Some(why), "{with}");
    }
    assert_eq!(Session::restore(&" ".repeat(MAX_SAVE + 1)).err(), Some(SaveError::TooLarge));
}

#[test]
fn a_selection_that_is_not_there_selects_nothing() {
    let mut s = at(native(), 0);
    s.update(Action::Select(Some(Subject::Thread(LOG))));
    let text = s.save(MUCH);
    assert_eq!(Session::restore(&text).expect("saved").selection(), Some(Subject::Thread(LOG)));
    for with in ["[\"thread\",9]", "[\"ghost\",1]", "[\"core\",700]", "7", "[]"] {
        let changed = text.replace("[\"thread\",2]", with);
        assert_ne!(changed, text);
        assert_eq!(Session::restore(&changed).expect("all else is good").selection(), None, "{with}");
    }
}

#[test]
fn the_playhead_of_a_run_without_end_is_kept() {
    let mut scenario = native();
    let steps = std::mem::take(&mut scenario.processes[0].threads[0].program);
    scenario.processes[0].threads[0].program = vec![Op::Repeat { times: None, steps }.into()];
    let mut s = session(scenario);
    s.update(Action::Seek(ms(700)));
    assert_eq!(restored(&s).playhead(), ms(700));
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        prop_assert!(Session::restore(&text).is_err());
    }
}
