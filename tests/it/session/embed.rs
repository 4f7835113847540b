//! The picture in a frame of another page.

use gilscope::scene::{Size, least_heights};
use gilscope::session::Session;
use gilscope::session::embed::{next_page, scale};

fn heights(session: &Session, width: f64) -> [f64; 2] {
    least_heights(session.run().plan(), session.scenario(), None, width)
}

#[test]
fn the_board_of_a_small_scenario_fits_into_the_frames_that_are_offered() {
    // The stages that are left of 600 × 400 and 360 × 480.
    for stage in [Size { w: 600.0, h: 334.0 }, Size { w: 360.0, h: 414.0 }] {
        let session = Session::new(super::native());
        let scale = scale(&session, stage);
        let [board, _] = heights(&session, stage.w / scale).map(|h| h * scale);
        assert!(board <= stage.h, "{board} px of {} at {scale}", stage.h);
    }
}

#[test]
fn where_there_is_room_nothing_is_made_smaller() {
    let session = Session::new(super::python());
    assert!((scale(&session, Size { w: 1_200.0, h: 900.0 }) - 1.0).abs() < 1e-9);
    let tight = scale(&session, Size { w: 800.0, h: 560.0 });
    let [_, all] = heights(&session, 800.0 / tight);
    assert!(tight < 1.0 && all * tight <= 560.0, "{tight}: {all}");
}

#[test]
fn every_part_of_a_high_picture_is_reached_in_turn() {
    let tops = |stage: f64, lanes: f64, height: f64| {
        let mut seen = vec![(0.0, "Board")];
        while let Some(page) = next_page(seen[seen.len() - 1].0, stage, lanes, height).filter(|p| p.top > 0.0) {
            seen.push((page.top, page.name));
        }
        seen
    };
    assert_eq!(next_page(0.0, 300.0, 200.0, 300.5), None);
    assert_eq!(tops(300.0, 290.0, 500.0), [(0.0, "Board"), (200.0, "Lanes")]);
    assert_eq!(tops(300.0, 290.0, 700.0), [(0.0, "Board"), (290.0, "Lanes"), (400.0, "More")]);
    let high = [(0.0, "Board"), (300.0, "More"), (600.0, "More"), (650.0, "Lanes"), (700.0, "More")];
    assert_eq!(tops(300.0, 650.0, 1_000.0), high);
}
