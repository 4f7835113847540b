//! How much larger the picture is painted while presenting.

use gilscope::scenario::presets;

use super::*;

/// What a stage has room for on a projector of 1440 by 900, in CSS pixels.
const STAGE: Size = Size { w: 1_400.0, h: 700.0 };

/// Whether the picture is seen whole when it is laid out for a part of the stage.
fn fits(s: &mut Session, scale: f64) -> bool {
    let h = STAGE.h / scale;
    s.update(Action::Resize(Size { w: STAGE.w / scale, h }));
    s.scene().height <= h
}

#[test]
fn every_claim_is_magnified_as_much_as_fits() {
    for preset in presets::all() {
        let mut s = session(preset.scenario());
        let scale = s.magnification(STAGE);
        assert!((1.0..=2.0).contains(&scale), "{}: {scale}", preset.name);
        assert!(fits(&mut s, scale), "{} is cut off at {scale}", preset.name);
        assert!(scale > 1.99 || !fits(&mut s, scale + 0.05), "{} could be larger than {scale}", preset.name);
    }
}

#[test]
fn a_narrow_picture_is_not_magnified_and_one_that_cannot_fit_is_to_be_scrolled() {
    let s = session(python());
    assert_eq!(s.magnification(Size { w: 390.0, h: 500.0 }), 1.0);
    assert_eq!(s.magnification(Size { w: 1_400.0, h: 120.0 }), 1.2);
}
