//! Changes of the scenario, undo and redo, loading, sharing.

use gilscope::scenario::link;
use gilscope::scene::Subject;
use gilscope::session::{Action, Effect};

use super::*;

fn quantum(s: &Session, ms: u64) -> Action {
    s.scenario().with_policy(Policy::round_robin(Dur::from_ms(ms))).expect("a possible quantum").into()
}

#[test]
fn an_edit_redraws_the_past_and_keeps_the_playhead_and_the_playing() {
    let mut s = at(native(), 7_100);
    s.update(Action::TogglePlay);
    let before = past(&s, s.playhead());
    let effects = s.update(quantum(&s, 2));
    assert_eq!(effects, [Effect::Redraw, Effect::Announce("Set the quantum to 2 ms".to_owned())]);
    assert_eq!((s.playhead(), s.playing()), (Time::from_us(7_100), true));
    assert_ne!(past(&s, s.playhead()), before);
    assert_eq!(s.undo_name(), Some("Set the quantum to 2 ms"));
}

#[test]
fn undo_and_redo_go_back_and_forth_and_never_move_the_playhead() {
    let mut s = at(native(), 7_100);
    s.update(run_elsewhere(&s, LOG));
    s.update(quantum(&s, 2));
    s.update(Action::TogglePlay);
    let (changed, playhead) = (s.scenario().clone(), s.playhead());
    assert_eq!(said(&s.update(Action::Undo)), "Undone: Set the quantum to 2 ms");
    assert_eq!(said(&s.update(Action::Undo)), "Undone: Run log on core 1 at 7.1 ms");
    assert_eq!(*s.scenario(), native());
    assert_eq!(said(&s.update(Action::Undo)), "There is nothing to undo");
    assert_eq!(s.redo_name(), Some("Run log on core 1 at 7.1 ms"));
    s.update(Action::Redo);
    s.update(Action::Redo);
    assert_eq!(said(&s.update(Action::Redo)), "There is nothing to redo");
    assert_eq!(*s.scenario(), changed);
    assert_eq!((s.playhead(), s.playing()), (playhead, true));
}

#[test]
fn a_playhead_beyond_the_end_of_a_shorter_run_returns_to_the_end() {
    let mut s = at(native(), 29_000);
    let shorter =
        s.scenario().with_op(gilscope::ids::ThreadId(0), &[0], gilscope::scenario::Op::Native(Dur::from_ms(1)));
    s.update(shorter.expect("possible").into());
    assert!(s.run().end() < ms(29));
    assert_eq!(s.playhead(), s.run().end());
    assert_eq!(s.story().map(|s| s.time), Some(s.run().end()));
}

#[test]
fn a_scenario_that_does_not_pass_its_check_changes_nothing_and_says_why() {
    let mut s = at(native(), 7_100);
    s.update(quantum(&s, 2));
    let before = s.scenario().clone();
    let mut bad = before.clone();
    bad.computer.cores = 65;
    for action in [
        Action::Edit { name: "Set the cores".to_owned(), scenario: Box::new(bad.clone()) },
        Action::Load(Box::new(bad)),
    ] {
        let effects = s.update(action);
        assert_eq!(effects.len(), 1);
        assert_eq!(complaint(&effects), "computer: 65 cores; from 1 to 64");
        assert_eq!((s.scenario(), s.playhead()), (&before, Time::from_us(7_100)));
        assert_eq!(s.undo_name(), Some("Set the quantum to 2 ms"));
    }
}

#[test]
fn an_edit_that_changes_nothing_is_no_undo_step() {
    let mut s = session(native());
    assert_eq!(s.update(quantum(&s, 4)), []);
    assert_eq!(s.update(Action::RemoveFlag(3)), []);
    assert_eq!(s.update(Action::Reset), []);
    assert_eq!(s.undo_name(), None);
}

#[test]
fn loading_starts_anew_but_keeps_the_speed() {
    let mut s = at(native(), 7_100);
    s.update(quantum(&s, 2));
    s.update(Action::Select(Some(Subject::Thread(LOG))));
    s.update(Action::SetSpeed { position: 0.25 });
    s.update(Action::TogglePlay);
    let effects = s.update(Action::Load(Box::new(python())));
    assert_eq!(said(&effects), "Loaded test");
    assert!(effects.contains(&Effect::StopClock) && effects.contains(&Effect::Redraw));
    assert_eq!((s.playhead(), s.playing(), s.selection()), (ms(0), false, None));
    assert_eq!((s.undo_name(), s.redo_name()), (Some("Open test"), None));
    assert!((s.speed_position() - 0.25).abs() < 1e-12);
    assert_eq!((s.scenario(), s.original()), (&python(), &python()));
    assert_eq!(format!("{:?}", s.machine()), format!("{:?}", session(python()).machine()));
}

#[test]
fn undo_opens_what_was_changed_before_another_was_loaded_and_redo_goes_on() {
    let mut s = at(native(), 7_100);
    let first = s.loading();
    s.update(quantum(&s, 2));
    let left = s.scenario().clone();
    s.update(Action::Load(Box::new(python())));
    // Who looks at one more without a change has still left the same.
    let other = Scenario { title: "other".to_owned(), ..python() };
    s.update(Action::Load(Box::new(other.clone())));
    let third = s.loading();
    s.update(quantum(&s, 9));
    let changed = s.scenario().clone();

    assert_eq!(said(&s.update(Action::Undo)), "Undone: Set the policy to round robin");
    assert_eq!(said(&s.update(Action::Undo)), "Undone: Open other");
    assert_eq!((s.scenario(), s.original(), s.loading()), (&left, &native(), first));
    assert_eq!(s.playhead(), Time::from_us(7_100), "where it was left");
    assert_eq!((s.undo_name(), s.redo_name()), (Some("Set the quantum to 2 ms"), Some("Open other")));

    assert_eq!(said(&s.update(Action::Redo)), "Done again: Open other");
    assert_eq!((s.scenario(), s.original(), s.loading()), (&other, &other, third));
    s.update(Action::Redo);
    assert_eq!(s.scenario(), &changed);
    s.update(Action::Reset);
    assert_eq!(s.scenario(), &other);

    // A change made after going back takes the place of what was undone.
    s.update(Action::Undo);
    s.update(Action::Undo);
    s.update(Action::Undo);
    s.update(quantum(&s, 3));
    assert_eq!((s.undo_name(), s.redo_name()), (Some("Set the quantum to 3 ms"), None));
}

#[test]
fn loading_what_was_left_needs_no_way_back_to_it() {
    let mut s = session(native());
    s.update(quantum(&s, 2));
    let left = s.scenario().clone();
    s.update(Action::Load(Box::new(python())));
    s.update(Action::Load(Box::new(left)));
    assert_eq!(s.undo_name(), None);
}

#[test]
fn an_empty_page_has_a_history_of_its_own_and_what_it_replaced_is_one_undo_away() {
    let mut s = session(native());
    s.update(Action::New);
    let page = s.scenario().clone();
    assert_eq!((s.original(), s.undo_name()), (&page, Some("Start with an empty page")));
    s.update(Action::AddProcess);
    s.update(Action::Reset);
    assert_eq!(s.scenario(), &page);
    for _ in 0..3 {
        s.update(Action::Undo);
    }
    assert_eq!((s.scenario(), s.original(), s.undo_name()), (&native(), &native(), None));
    assert_eq!(s.redo_name(), Some("Start with an empty page"));
}

#[test]
fn reset_is_one_undo_step() {
    let mut s = session(native());
    s.update(quantum(&s, 2));
    s.update(quantum(&s, 1));
    let changed = s.scenario().clone();
    s.update(Action::Reset);
    assert_eq!(*s.scenario(), native());
    s.update(Action::Undo);
    assert_eq!(*s.scenario(), changed);
}

#[test]
fn a_shared_link_holds_the_scenario_as_it_is() {
    let mut s = at(native(), 7_100);
    s.update(run_elsewhere(&s, LOG));
    let fragment = s.fragment(None, false).expect("a small scenario");
    assert_ne!(*s.scenario(), native());
    let text = fragment.strip_prefix("s=").expect("a fragment");
    assert_eq!(link::decode(text).expect("a link"), *s.scenario());
}

#[test]
fn where_the_scenario_may_not_be_changed_nothing_can_be_picked_up() {
    let mut s = at(native(), 7_100);
    let draggable = |s: &Session| s.scene().regions.iter().filter(|r| r.draggable).count();
    assert!(draggable(&s) > 0);
    s.set_editable(false);
    assert_eq!(draggable(&s), 0);
    s.update(run_elsewhere(&s, LOG));
    s.update(Action::Load(Box::new(python())));
    assert_eq!((draggable(&s), s.scenario()), (0, &python()));
    s.update(Action::Pin { thread: LOG, core: Some(CoreId(1)) });
    assert_eq!((s.scenario(), s.undo_name()), (&python(), None));
}

#[test]
fn a_flag_is_removed() {
    let mut s = at(native(), 7_100);
    s.update(run_elsewhere(&s, LOG));
    s.update(Action::Select(Some(Subject::Flag(0))));
    assert_eq!(said(&s.update(Action::RemoveFlag(0))), "Remove the flag “run log on core 1” at 7.1 ms");
    assert_eq!((s.scenario(), s.selection()), (&native(), None));
}

#[test]
fn a_selection_outlives_an_edit_if_its_thing_does() {
    let mut s = session(native());
    s.update(Action::Select(Some(Subject::Thread(LOG))));
    let mut fewer = native();
    fewer.processes[0].threads.remove(1);
    s.update(Action::Edit { name: "Delete zip".to_owned(), scenario: Box::new(fewer.clone()) });
    assert_eq!(s.selection(), Some(Subject::Thread(ThreadIx(1))), "log is the second now");
    fewer.processes[0].threads.remove(1);
    s.update(Action::Edit { name: "Delete log".to_owned(), scenario: Box::new(fewer) });
    assert_eq!(s.selection(), None);
    s.update(Action::Select(Some(Subject::Core(CoreId(1)))));
    s.update(s.scenario().with_cores(1).expect("possible").into());
    assert_eq!(s.selection(), None);
    s.update(Action::Select(Some(Subject::Thread(LOG))));
    assert_eq!(s.selection(), None, "there is no such thread any more");
}
