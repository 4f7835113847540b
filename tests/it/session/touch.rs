//! Fingers: tapping, scrolling, picking up, pinching.

use gilscope::scene::Point;
use gilscope::session::touch::{Finger, LONG_PRESS_MS, Lifted, Pinch};

const DOWN: Point = Point { x: 100.0, y: 200.0 };
const NEAR: Point = Point { x: 104.0, y: 197.0 };
const FAR: Point = Point { x: 100.0, y: 240.0 };

#[test]
fn a_finger_that_goes_up_soon_taps() {
    let mut finger = Finger::resting(DOWN, 1_000.0);
    assert!(!finger.moved(NEAR) && !finger.holds());
    assert_eq!(finger.waited(1_000.0 + LONG_PRESS_MS - 1.0), None);
    assert_eq!(finger.lift(), Lifted::Tap);
    assert_eq!(finger, Finger::Free);
}

#[test]
fn a_finger_that_moves_before_it_has_rested_scrolls_the_page_and_picks_nothing_up() {
    let mut finger = Finger::resting(DOWN, 0.0);
    assert!(!finger.moved(FAR));
    assert_eq!(finger.waited(10_000.0), None);
    assert!(!finger.holds());
    assert_eq!(finger.lift(), Lifted::Nothing);
}

#[test]
fn a_finger_that_has_rested_carries_and_drops() {
    let mut finger = Finger::resting(DOWN, 50.0);
    assert_eq!(finger.waited(50.0 + LONG_PRESS_MS), Some(DOWN));
    assert_eq!(finger.waited(50.0 + 2.0 * LONG_PRESS_MS), None, "it picks up once");
    assert!(finger.holds() && !finger.moved(NEAR));
    assert!(finger.moved(FAR) && finger.moved(DOWN), "once under way it carries, wherever it is");
    assert_eq!(finger.lift(), Lifted::Drop);
}

#[test]
fn a_finger_that_rests_and_goes_up_asks_for_the_menu() {
    let mut finger = Finger::resting(DOWN, 0.0);
    assert_eq!(finger.waited(LONG_PRESS_MS), Some(DOWN));
    assert!(!finger.moved(NEAR));
    assert_eq!(finger.lift(), Lifted::Menu);
}

#[test]
fn two_fingers_zoom_by_their_distance_and_pan_by_their_middle() {
    let at = |x1: f64, x2: f64| Pinch::of(Point { x: x1, y: 10.0 }, Point { x: x2, y: 10.0 });
    assert_eq!(at(100.0, 200.0).to(at(100.0, 300.0)), (2.0, 50.0));
    assert_eq!(at(200.0, 100.0).to(at(120.0, 220.0)), (1.0, 20.0));
    // Fingers that meet do not zoom without end.
    let (factor, _) = at(100.0, 100.0).to(at(100.0, 101.0));
    assert!((factor - 1.0).abs() < 1e-9, "{factor}");
}
