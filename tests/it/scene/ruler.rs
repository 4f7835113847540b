//! The ruler: nothing that is written on it touches anything else there, and what follows the lanes' edge stays inside.

use gilscope::scene::shape::Align;
use gilscope::scene::{Ink, Rect, Scene, Shape, Subject};
use gilscope::time::{Dur, Time};
use proptest::prelude::*;

use super::fixtures::{Shown, web};
use super::time::w4;

fn region(scene: &Scene, subject: Subject) -> Rect {
    scene.regions.iter().find(|r| r.subject == subject).expect("there is one").rect
}

/// Each text with its place, by the estimate of its width, as high as its small letters.
fn texts(scene: &Scene) -> Vec<(&str, Rect)> {
    let text = |shape| match shape {
        &Shape::Text { ref text, at, align, style, max_width, .. } => {
            let w = style.width(text).min(max_width);
            let left = match align {
                Align::Start => at.x,
                Align::Middle => at.x - 0.5 * w,
                Align::End => at.x - w,
            };
            Some((text.as_str(), Rect { x: left, y: at.y - 5.0, w, h: 10.0 }))
        }
        _ => None,
    };
    scene.shapes.iter().filter_map(text).collect()
}

fn touch(a: Rect, b: Rect) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}

const US: u64 = 40_000;

proptest! {
    #[test]
    fn nothing_on_the_ruler_touches_anything_wherever_range_and_markers_are(
        width in 320.0..1_300.0f64,
        [span, playhead] in [300..US, 0..US],
        markers in [proptest::option::of(0..US), proptest::option::of(0..US)],
        range in proptest::option::of((0..US, 1..US)),
        near in proptest::option::of(0..400u64),
    ) {
        let mut shown = Shown::new(web(), Time::from_us(playhead), Dur::from_us(US), (width, 700.0));
        shown.span = Dur::from_us(span);
        let [a, b] = markers;
        // Two markers are often side by side.
        let b = a.and(near.map_or(b, |near| a.map(|a| a + near)));
        shown.reading.markers = [a, b].map(|us| us.map(Time::from_us));
        shown.reading.range = range.map(|(from, length)| (Time::from_us(from), Time::from_us(from + length)));
        let scene = shown.scene();
        let ruler = region(&scene, Subject::Ruler);
        let axis = shown.axis();
        let texts: Vec<_> = texts(&scene).into_iter().filter(|(_, r)| touch(*r, ruler)).collect();
        for (i, (text, rect)) in texts.iter().enumerate() {
            for (other, at) in &texts[i + 1..] {
                prop_assert!(!touch(*rect, *at), "{text} at {rect:?} and {other} at {at:?}");
            }
        }
        let struck = scene.shapes.iter().filter_map(|shape| match shape {
            Shape::Line { from, to, stroke } if from.x == to.x && matches!(stroke.ink, Ink::Accent | Ink::Playhead) => {
                let line = Rect { x: from.x, y: from.y.min(to.y), w: 0.5, h: (to.y - from.y).abs() };
                texts.iter().find(|(_, rect)| touch(line, *rect))
            }
            _ => None,
        });
        let struck: Vec<_> = struck.collect();
        prop_assert!(struck.is_empty(), "a line goes through {struck:?}");
        // No letter is left out but for want of room.
        for (letter, at) in ["A", "B"].iter().zip(shown.reading.markers) {
            let seen = at.is_some_and(|at| axis.shows(at));
            prop_assert_eq!(texts.iter().filter(|(text, _)| text == letter).count(), usize::from(seen));
        }
        prop_assert!(texts.len() >= 2, "{texts:?}");
    }

    #[test]
    fn the_ends_of_two_runs_are_told_inside_the_lanes_and_beside_the_playhead(
        width in 360.0..1_300.0f64,
        [span, playhead] in [8_000..US, 0..US],
    ) {
        let mut shown = w4(0, (width, 700.0));
        shown.playhead = Time::from_us(playhead);
        shown.span = Dur::from_us(span);
        let scene = shown.scene();
        let lanes = region(&scene, Subject::Ruler);
        let now = shown.axis().x(shown.playhead);
        let is_end = |text: &str| ["30 ms", "31 ms", "30 ms →", "31 ms →"].iter().any(|end| text.ends_with(end));
        let texts = texts(&scene).into_iter();
        let ends: Vec<_> = texts.filter(|(text, r)| is_end(text) && r.y > lanes.bottom() && r.x > lanes.x).collect();
        prop_assert!(!ends.is_empty());
        for (text, rect) in ends {
            prop_assert!(rect.right() <= lanes.right() && rect.x >= lanes.x, "{text} at {rect:?} in {lanes:?}");
            prop_assert!(now <= rect.x - 2.0 || now >= rect.right() + 2.0, "{text} at {rect:?}, playhead {now}");
        }
    }
}
