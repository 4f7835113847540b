//! The stretch of time that is shown.

use gilscope::ids::{ProcessIx, ThreadId};
use gilscope::scenario::{Op, presets};
use gilscope::scene::{Carried, DropTarget, Scene, Size, Subject, ThreadSet};
use gilscope::session::{Action, Cursor, Effect};

use super::*;

#[test]
fn at_first_and_on_demand_the_whole_run_is_shown_with_a_margin() {
    let mut s = session(native());
    let whole = s.axis();
    assert!(whole.shows(ms(0)) && whole.shows(ms(32)));
    let margin = (whole.left + whole.width - whole.x(ms(32))) / whole.width;
    assert!((0.03..0.05).contains(&margin), "{margin}");
    s.update(Action::Zoom { x: 400.0, factor: 5.0 });
    s.update(Action::Pan { dx: -120.0 });
    assert_ne!(s.axis(), whole);
    s.update(Action::Fit);
    assert_eq!(s.axis(), whole);
}

#[test]
fn zooming_keeps_the_time_under_the_pointer() {
    let mut s = session(native());
    let time = s.axis().time(500.0);
    assert_eq!(s.update(Action::Zoom { x: 500.0, factor: 2.0 }), [Effect::Redraw]);
    assert_eq!(s.axis().time(500.0), time);
    for factor in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(s.update(Action::Zoom { x: 500.0, factor }), [], "{factor}");
    }
}

#[test]
fn the_run_is_not_lost_by_panning() {
    let mut s = session(native());
    s.update(Action::Pan { dx: -1e9 });
    assert!(s.axis().shows(ms(32)));
    s.update(Action::Pan { dx: 1e9 });
    assert!(s.axis().shows(ms(0)) && s.axis().x(ms(0)) > s.axis().left);
}

#[test]
fn the_lanes_are_computed_to_the_right_edge_after_any_change_of_the_view() {
    let mut s = session(native());
    s.update(Action::Zoom { x: 500.0, factor: 8.0 });
    let edit = s.scenario().with_policy(Policy::round_robin(Dur::from_us(100))).expect("possible");
    s.update(edit.into());
    assert!(s.run().ending().is_some() || s.run().end() > s.axis().to());
    s.update(Action::Zoom { x: 500.0, factor: 0.2 });
    assert!(s.run().ending().is_some() || s.run().end() > s.axis().to());
}

#[test]
fn a_resize_shows_the_same_stretch() {
    let mut s = session(native());
    s.update(Action::Zoom { x: 600.0, factor: 3.0 });
    let (from, to) = (s.axis().from(), s.axis().to());
    s.update(Action::Resize(Size { w: 640.0, h: 800.0 }));
    assert!(s.axis().from().ns().abs_diff(from.ns()) <= 1 && s.axis().to().ns().abs_diff(to.ns()) <= 1);
    s.update(Action::Resize(Size { w: f64::NAN, h: -5.0 }));
    assert!(s.axis().width > 1.0);
}

#[test]
fn the_view_follows_the_playhead_while_playing_but_not_if_it_was_elsewhere() {
    let mut s = session(native());
    s.update(Action::Zoom { x: 0.0, factor: 100.0 });
    s.update(Action::SetSpeed { position: 0.7 });
    s.update(Action::TogglePlay);
    let first = s.axis();
    s.update(Action::Tick { seconds: 0.2 });
    assert!(!first.shows(s.playhead()) && s.axis().shows(s.playhead()), "{}", s.playhead());
    s.update(Action::Pan { dx: -5_000.0 });
    let elsewhere = s.axis();
    assert!(!elsewhere.shows(s.playhead()));
    s.update(Action::Tick { seconds: 0.01 });
    assert_eq!(s.axis(), elsewhere);
}

#[test]
fn a_step_out_of_the_view_turns_it() {
    let mut s = session(native());
    s.update(Action::Zoom { x: 0.0, factor: 100.0 });
    s.update(Action::NextEvent);
    assert_eq!(s.playhead(), ms(4));
    assert!(s.axis().shows(ms(4)));
}

#[test]
fn a_pointer_over_nothing_is_an_arrow_and_changes_nothing() {
    let mut s = session(native());
    let p = gilscope::scene::Point { x: -50.0, y: -50.0 };
    for action in [Action::PointerMove(p), Action::PointerDown(p), Action::PointerUp(p), Action::PointerCancel] {
        assert_eq!(s.update(action), []);
        assert_eq!(s.cursor(), Cursor::Default);
    }
    assert_eq!(s.update(Action::CancelDrag), []);
}

/// Main and worker of one process run Python for 12 ms each.
#[test]
fn of_lanes_out_of_sight_there_are_the_names_alone() {
    let s = g3();
    let (all, upper) = (s.scene(), s.scene_in((0.0, 300.0)));
    let named = |scene: &Scene| -> Vec<(Subject, String)> {
        scene.regions.iter().filter(|r| !r.name.is_empty()).map(|r| (r.subject, r.name.clone())).collect()
    };
    assert_eq!(named(&all), named(&upper));
    let segments = |scene: &Scene| scene.regions.iter().filter(|r| matches!(r.subject, Subject::Record(_))).count();
    assert!(segments(&all) > 10, "{}", segments(&all));
    let lowest = upper.regions.iter().filter(|r| matches!(r.subject, Subject::Record(_))).map(|r| r.rect.y);
    assert!(lowest.fold(0.0, f64::max) < 300.0);
    assert!(segments(&upper) < segments(&all));
    // What is written and painted of the rest of the picture is the same.
    assert!(upper.shapes.iter().all(|shape| all.shapes.contains(shape)));
}

fn g3() -> Session {
    session(presets::by_name("G3").expect("a preset").scenario())
}

fn worker_runs(s: &Session, ms: u64) -> Action {
    s.scenario().with_op(ThreadId(2), &[0], Op::Python(Dur::from_ms(ms))).expect("possible").into()
}

/// Whether the axis is the one that shows the whole run.
fn is_fitted(s: &Session) -> bool {
    let mut fitted = s.clone();
    fitted.update(Action::Fit);
    s.axis() == fitted.axis() && s.axis().shows(s.run().end())
}

#[test]
fn a_finite_run_is_computed_to_its_ending_after_any_change() {
    let mut s = g3();
    let effects = s.update(worker_runs(&s, 20));
    assert!(s.run().ending().is_some(), "computed to {}", s.run().end());
    assert!(s.run().end() >= ms(32) && !effects.contains(&Effect::StartClock));
    s.update(Action::Zoom { x: 300.0, factor: 50.0 });
    for action in [Action::Undo, Action::Redo, Action::Reset] {
        s.update(action.clone());
        assert!(s.run().ending().is_some(), "{action:?}: computed to {}", s.run().end());
    }
}

#[test]
fn a_view_of_the_whole_run_shows_the_whole_of_the_next_one_and_the_playhead_stays() {
    let mut s = g3();
    s.update(Action::Seek(ms(7)));
    let first = s.axis();
    s.update(worker_runs(&s, 60));
    assert!(is_fitted(&s) && !first.shows(s.run().end()));
    s.update(Action::Undo);
    assert_eq!(s.axis(), first);
    s.update(Action::Redo);
    assert!(is_fitted(&s));
    assert_eq!(s.playhead(), ms(7));
}

#[test]
fn a_view_that_the_user_has_chosen_stays_over_an_edit() {
    for choose in [Action::Zoom { x: 300.0, factor: 2.0 }, Action::Pan { dx: -200.0 }] {
        let mut s = g3();
        s.update(choose.clone());
        let chosen = s.axis();
        s.update(worker_runs(&s, 60));
        assert_eq!(s.axis(), chosen, "{choose:?}");
        s.update(Action::Fit);
        s.update(Action::Undo);
        assert!(is_fitted(&s), "{choose:?}");
    }
}

#[test]
fn a_view_of_the_whole_run_ends_with_one_that_became_shorter() {
    let mut s = g3();
    s.update(Action::ToEnd);
    let playhead = s.playhead();
    s.update(worker_runs(&s, 1));
    assert!(s.run().end() < playhead && s.playhead() == s.run().end());
    assert!(!s.axis().shows(playhead) && is_fitted(&s));
}

#[test]
fn the_way_to_the_end_keeps_a_view_of_the_whole_run() {
    let mut s = g3();
    s.update(worker_runs(&s, 60));
    s.update(Action::ToEnd);
    assert_eq!(s.playhead(), s.run().end());
    assert!(is_fitted(&s));
    s.update(worker_runs(&s, 200));
    assert!(is_fitted(&s), "it is a view of the whole run still");
    s.update(Action::Zoom { x: s.axis().left, factor: 50.0 });
    s.update(Action::ToEnd);
    assert!(s.axis().shows(s.playhead()) && !s.axis().shows(ms(0)), "another view turns to the end");
}

#[test]
fn a_zoom_without_a_pointer_keeps_the_playhead_where_it_is() {
    let mut s = g3();
    s.update(Action::Seek(ms(20)));
    let x = s.axis().x(ms(20));
    for _ in 0..20 {
        s.update(Action::Zoom { x: s.zoom_centre(), factor: 1.3 });
    }
    assert!((s.axis().x(ms(20)) - x).abs() < 0.01);
    s.update(Action::Pan { dx: -5_000.0 });
    assert!(!s.axis().shows(ms(20)));
    assert!((s.zoom_centre() - (s.axis().left + s.axis().width / 2.0)).abs() < 1e-9);
}

#[test]
fn a_view_that_shows_the_whole_run_by_hand_shows_the_whole_of_the_next_one_too() {
    // A hand that trembles on the lanes, or the way in and out again, makes no other view of it.
    for by_hand in
        [vec![Action::Pan { dx: 4.0 }], vec![Action::Pan { dx: -9.0 }, Action::Zoom { x: 500.0, factor: 1.01 }]]
    {
        let mut s = g3();
        by_hand.iter().for_each(|action| drop(s.update(action.clone())));
        let all: ThreadSet = [ThreadIx(0), ThreadIx(1)].into_iter().collect();
        s.update(Action::SelectThreads(all));
        let end = s.run().end();
        let from = s.scene().middle_of(DropTarget::Core(CoreId(0))).expect("the core");
        s.update(Action::PickUp { what: Carried::Copies(all), at: from });
        let process = s.scene().middle_of(DropTarget::Process(ProcessIx(0))).expect("the process");
        s.update(Action::PointerMove(process));
        let seen = s.axis();
        s.update(Action::PointerUp(process));
        assert!(s.run().end() > end + (end.since(ms(0))), "four take twice as long: {:?}", s.run().end());
        assert!(seen.shows(s.run().end()), "the preview is seen to its end");
        assert!(s.axis().shows(s.run().end()), "so is the run");
    }
}
