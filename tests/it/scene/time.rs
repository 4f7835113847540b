//! What the lanes show of past and future: the hidden future, the baseline, arrows.

use gilscope::engine::{Kind, Run};
use gilscope::ids::ThreadIx;
use gilscope::scenario::presets;
use gilscope::scene::shape::Stroke;
use gilscope::scene::{Ink, Point, Rect, Scene, Shape, Subject};
use gilscope::time::{Dur, Time};

use super::fixtures::{Shown, deadlock, gil, shop, web};

const SIZES: [(f64, f64); 3] = [(1060.0, 740.0), (680.0, 600.0), (390.0, 760.0)];

pub(super) fn w4(ms: u64, size: (f64, f64)) -> Shown {
    let preset = presets::by_name("W4").expect("there is W4");
    let mut shown = Shown::new(preset.scenario(), Time::from_ms(ms), Dur::from_ms(40), size);
    let mut baseline = Run::new(&preset.baseline().expect("W4 has a baseline"));
    baseline.extend_to(Time::from_ms(40));
    shown.baseline = Some(baseline);
    shown
}

/// From below the ruler to the last lane.
fn lanes(scene: &Scene) -> Rect {
    let ruler = scene.regions.iter().find(|r| r.subject == Subject::Ruler).expect("there is a ruler").rect;
    let labels = scene.regions.iter().filter(|r| r.name.is_empty() && r.rect.right() <= ruler.x && r.rect.y > ruler.y);
    let bottom = labels.map(|r| r.rect.bottom()).fold(0.0, f64::max);
    Rect { y: ruler.bottom(), h: bottom - ruler.bottom(), ..ruler }
}

/// The right end of a shape that tells something of the run, in the lanes.
fn told(shape: &Shape, lanes: Rect) -> Option<f64> {
    let inside = |p: Point| lanes.contains(p);
    match shape {
        Shape::Rect { rect, .. } if inside(rect.center()) && rect.w <= lanes.w => Some(rect.right()),
        Shape::Line { from, to, stroke: Stroke { ink, .. } } if *ink != Ink::Line && inside(*from) => {
            Some(from.x.max(to.x))
        }
        Shape::Path { points, .. } if inside(points[0]) => points.iter().map(|p| p.x).reduce(f64::max),
        Shape::Circle { center, .. } if inside(*center) => Some(center.x),
        _ => None,
    }
}

#[test]
fn a_hidden_future_shows_nothing_after_the_playhead() {
    for size in SIZES {
        for mut shown in [w4(12, size), Shown::new(web(), Time::from_us(2_500), Dur::from_ms(40), size)] {
            shown.hide_future = true;
            let scene = shown.scene();
            let (area, now) = (lanes(&scene), shown.axis().x(shown.playhead));
            let mut seen = 0;
            for right in scene.shapes.iter().filter_map(|s| told(s, area)) {
                assert!(right <= now + 3.0, "{right} is after the playhead at {now}");
                seen += 1;
            }
            assert!(seen > 4, "{seen}");
            for region in &scene.regions {
                if matches!(region.subject, Subject::Record(_) | Subject::Flag(_)) {
                    assert!(region.rect.x <= now + 0.1, "{:?}", region.subject);
                }
            }
            let texts =
                scene.shapes.iter().filter(|s| matches!(s, Shape::Text { text, .. } if text.contains("asks at")));
            assert_eq!(texts.count(), 0);
            shown.hide_future = false;
            assert!(shown.scene().shapes.iter().filter_map(|s| told(s, area)).any(|right| right > now + 50.0));
        }
    }
}

fn texts(scene: &Scene) -> Vec<&str> {
    let text = |s: &'_ Shape| matches!(s, Shape::Text { .. });
    scene
        .shapes
        .iter()
        .filter(|s| text(s))
        .map(|s| if let Shape::Text { text, .. } = s { text.as_str() } else { "" })
        .collect()
}

#[test]
fn the_baseline_is_a_lane_of_its_own_with_both_finishes() {
    let shown = w4(35, SIZES[0]);
    let scene = shown.scene();
    let texts = texts(&scene);
    assert!(texts.contains(&"One thread doing it all"), "{texts:?}");
    assert!(texts.contains(&"baseline") && texts.contains(&"baseline 30 ms"), "{texts:?}");
    assert!(texts.iter().any(|t| t.ends_with("31 ms")), "{texts:?}");
    // Its bar starts and ends where its axis says.
    let axis = shown.axis();
    let bar = scene.shapes.iter().find_map(|s| match s {
        Shape::Rect { rect, fill: Some(fill), .. } if fill.ink == Ink::Muted && rect.w > 300.0 => Some(*rect),
        _ => None,
    });
    let bar = bar.expect("the baseline has a bar");
    assert!((bar.x - axis.x(Time::ZERO)).abs() < 0.5 && (bar.right() - axis.x(Time::from_ms(30))).abs() < 0.5);
}

#[test]
fn a_finish_beyond_the_edge_is_told() {
    for size in SIZES {
        let mut shown = w4(12, size);
        shown.span = Dur::from_ms(20);
        let scene = shown.scene();
        let texts = texts(&scene);
        assert!(texts.iter().any(|t| t.ends_with("31 ms →")), "{texts:?}");
    }
}

/// The arrows as they are drawn: from a dot to the tip of a head.
fn arrows(scene: &Scene) -> Vec<(Point, Point)> {
    let dots = scene.shapes.windows(2).filter_map(|pair| match pair {
        [Shape::Circle { center, radius, .. }, Shape::Path { points, .. }] if *radius < 3.0 => {
            Some((*center, points[0]))
        }
        _ => None,
    });
    dots.collect()
}

#[test]
fn arrows_point_from_the_waker_to_the_next_run_of_the_woken() {
    // Two cores: every hand-off crosses from core to core.
    let shown = Shown::new(gil(2, 2), Time::from_ms(30), Dur::from_ms(40), SIZES[0]);
    let scene = shown.scene();
    let axis = shown.axis();
    let row = |t: ThreadIx| {
        let label = scene.regions.iter().find(|r| {
            r.subject == Subject::Thread(t) && r.name.is_empty() && r.rect.right() < axis.left && r.rect.y > 300.0
        });
        label.expect("a lane has a label").rect
    };
    let arrows = arrows(&scene);
    let wakes: Vec<_> = shown.run.trace().iter().filter(|r| r.kind() == Kind::Waking && r.cause().is_some()).collect();
    assert!(wakes.len() >= 4 && arrows.len() == wakes.len(), "{} {}", wakes.len(), arrows.len());
    for (record, (from, to)) in wakes.iter().zip(&arrows) {
        let (waker, woken) = (row(record.cause().expect("a waker")), row(record.thread()));
        assert!((from.x - axis.x(record.time())).abs() < 0.1 && waker.contains(Point { x: waker.x, ..*from }));
        assert!(to.x >= from.x && woken.contains(Point { x: woken.x, ..*to }), "{woken:?} {to:?}");
    }
}

#[test]
fn a_deadlock_is_marked_on_the_lanes_of_its_cycle_and_as_one_on_the_board() {
    let mut shown = Shown::new(deadlock(), Time::from_ms(15), Dur::from_ms(25), SIZES[0]);
    let alert = |scene: &Scene| {
        let red = |s: &&Shape| matches!(s, Shape::Rect { stroke: Some(stroke), .. } if stroke.ink == Ink::Alert);
        let heads = |s: &&Shape| matches!(s, Shape::Path { points, fill: Some(fill), .. } if points.len() == 3 && fill.ink == Ink::Alert);
        (scene.shapes.iter().filter(red).count(), scene.shapes.iter().filter(heads).count())
    };
    let scene = shown.scene();
    assert!(texts(&scene).contains(&"deadlock"));
    assert_eq!(alert(&scene), (2, 2), "both cards are outlined, and on the lanes each points at the other");
    // Before it happens it is on the lanes alone, and where the future is hidden it is nowhere.
    shown = Shown::new(deadlock(), Time::from_ms(2), Dur::from_ms(25), SIZES[0]);
    assert_eq!(alert(&shown.scene()), (0, 2));
    assert!(texts(&shown.scene()).contains(&"deadlock"));
    shown.hide_future = true;
    assert_eq!(alert(&shown.scene()), (0, 0));
    assert!(!texts(&shown.scene()).contains(&"deadlock"));
}

#[test]
fn a_wait_for_an_answer_that_nobody_gives_goes_on_to_the_edge() {
    let mut shown = Shown::new(shop(), Time::from_ms(16), Dur::from_ms(30), SIZES[0]);
    shown.run.extend_past(Time::NEVER, 10_000);
    let scene = shown.scene();
    assert!(texts(&scene).contains(&"until somebody answers"));
    let axis = shown.axis();
    let ends = scene.shapes.iter().filter_map(|s| match s {
        Shape::Line { to, stroke, .. } if stroke.ink == Ink::Thread(0) && stroke.dash > 0.0 => Some(to.x),
        _ => None,
    });
    assert!((ends.fold(0.0, f64::max) - axis.left - axis.width).abs() < 0.5);
}

#[test]
fn on_one_core_nothing_crosses() {
    let shown = Shown::new(gil(1, 2), Time::from_ms(30), Dur::from_ms(40), SIZES[0]);
    assert_eq!(arrows(&shown.scene()), []);
}

#[test]
fn who_loses_its_core_to_another_is_not_woken_by_it() {
    let feedback = presets::by_name("S2").expect("there is S2").scenario();
    let shown = Shown::new(feedback, Time::from_ms(20), Dur::from_ms(48), SIZES[0]);
    let lost = |r: &gilscope::engine::Record| r.kind() == Kind::Ready && r.cause().is_some();
    assert!(shown.run.trace().iter().any(lost), "editor takes the core from film");
    assert_eq!(arrows(&shown.scene()), []);
}

#[test]
fn the_playhead_strikes_no_words_through() {
    for us in (0..400).map(|i| 100 * i) {
        let shown = Shown::new(gil(2, 2), Time::from_us(us), Dur::from_ms(40), SIZES[0]);
        let (scene, now) = (shown.scene(), shown.axis().x(shown.playhead));
        let asks = scene.shapes.iter().filter_map(|s| match s {
            Shape::Text { text, at, style, .. } if text.ends_with(" asks") => Some((at.x, at.x + style.width(text))),
            _ => None,
        });
        let asks: Vec<_> = asks.collect();
        assert!(asks.len() > 2, "{asks:?}");
        assert!(asks.iter().all(|(left, right)| now <= *left || now >= *right), "{asks:?} at {now}");
        assert!(asks.is_sorted_by(|a, b| a.1 <= b.0), "{asks:?} touch");
    }
}

#[test]
fn what_is_not_computed_is_not_drawn_but_said() {
    for size in SIZES {
        let mut shown = Shown::new(gil(2, 3), Time::from_ms(5), Dur::from_ms(12), size);
        // The view goes on, the run does not.
        shown.span = Dur::from_ms(60);
        let (scene, known) = (shown.scene(), shown.axis().x(shown.run.known()));
        assert!(shown.run.known() < Time::from_ms(40), "the run is known too far for this test");
        let bars = scene.shapes.iter().filter_map(|shape| match shape {
            Shape::Rect { rect, fill: Some(fill), .. } if matches!(fill.ink, Ink::Thread(_) | Ink::Gil) => Some(rect),
            _ => None,
        });
        let lanes = lanes(&scene);
        let right = bars.filter(|bar| lanes.contains(bar.center())).map(Rect::right).fold(0.0, f64::max);
        assert!(right <= known + 0.5, "{right} is beyond {known}");
        let says = |s: &Shape| matches!(s, Shape::Text { text, .. } if text == "not computed");
        assert!(scene.shapes.iter().any(says), "{size:?}");
    }
}
