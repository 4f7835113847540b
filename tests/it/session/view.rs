//! The stretch of time that is shown.

use gilscope::scene::Size;
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
    assert!(s.run().end() > s.axis().to() && s.run().ending().is_none(), "no further than needed");
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
