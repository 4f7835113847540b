//! The page's picture without a page: board and lanes as an SVG document.

use crate::scenario::Scenario;
use crate::scene::svg::to_svg;
use crate::scene::{Size, Theme};
use crate::session::{Action, Session};
use crate::time::Time;

/// How large it is, in CSS pixels; it is higher where that is not enough.
const SIZE: Size = Size { w: 1_280.0, h: 800.0 };

/// The picture with the playhead at an instant, and all of the run in the lanes, or a first stretch of one without an end.
#[must_use]
pub fn svg(scenario: Scenario, at: Time) -> String {
    let mut session = Session::new(scenario);
    session.update(Action::Resize(SIZE));
    session.update(Action::Fit);
    session.update(Action::Seek(at));
    // A long run is computed bit by bit.
    let mut computed = None;
    while session.run().reached() <= at && computed != Some(session.run().end()) {
        computed = Some(session.run().end());
        session.update(Action::Tick { seconds: 0.0 });
    }
    let mut scene = session.scene();
    scene.height = scene.height.max(SIZE.h);
    to_svg(&scene, SIZE.w, Theme::Light)
}
