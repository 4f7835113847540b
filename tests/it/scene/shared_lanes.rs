//! Lanes of what threads share, and how a reader arranges lanes: every pixel of a stretch is that stretch.

use gilscope::engine::Run;
use gilscope::engine::shared_lanes::Levels;
use gilscope::ids::{ObjectIx, ProcessIx, ThreadIx};
use gilscope::scene::{Ink, LaneOrder, Point, Rect, Scene, Shape, Subject, TimeAxis};
use gilscope::time::{Dur, Time};
use proptest::prelude::*;

use super::fixtures::{Shown, many, web};
use crate::sharing::sharing_scenarios;

const SIZE: (f64, f64) = (1_060.0, 900.0);

/// The names of lanes from top to bottom.
fn lanes(scene: &Scene) -> Vec<(Subject, Rect, &str)> {
    let is_lane = |s: Subject| s.of_lane() != s;
    scene.regions.iter().filter(|r| is_lane(r.subject)).map(|r| (r.subject, r.rect, r.name.as_str())).collect()
}

fn order(scene: &Scene) -> Vec<Subject> {
    lanes(scene).into_iter().map(|(lane, ..)| lane).collect()
}

/// What a pixel of a lane stands for.
fn hit(scene: &Scene, label: Rect, x: f64) -> Option<Subject> {
    scene.hit(Point { x, y: label.center().y })
}

fn check_held(run: &Run, axis: TimeAxis, scene: &Scene, object: ObjectIx, label: Rect) -> Result<(), TestCaseError> {
    let shared = run.shared();
    for stretch in shared.lanes(run.trace()).held(object).window(axis.from(), axis.to()).iter() {
        let (x0, x1) = (axis.x(stretch.start).max(axis.left), axis.x(stretch.end).min(axis.left + axis.width));
        if x1 - x0 > 3.5 {
            for x in [x0 + 0.5, 0.5 * (x0 + x1), x1 - 0.5] {
                prop_assert_eq!(hit(scene, label, x), Some(Subject::Record(stretch.record)), "at {}", x);
            }
        }
    }
    Ok(())
}

fn check_levels(levels: Levels<'_>, axis: TimeAxis, scene: &Scene, label: Rect) -> Result<(), TestCaseError> {
    let steps: Vec<_> = levels.between(axis.from(), axis.to()).collect();
    // So dense a graph is one of pixel columns, of which none is a single step.
    if steps.len() as f64 > axis.width / 3.0 {
        return Ok(());
    }
    for pair in steps.windows(2) {
        let (x0, x1) = (axis.x(pair[0].0).max(axis.left), axis.x(pair[1].0));
        if pair[0].1 > 0 && x1 - x0 > 3.5 {
            let middle = hit(scene, label, 0.5 * (x0 + x1));
            prop_assert_eq!(middle, pair[0].2.map(Subject::Record), "at {}", pair[0].0);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_hit_test_finds_the_stretch_under_each_pixel_of_these_lanes(
        scenario in sharing_scenarios(),
        us in 500u64..60_000,
    ) {
        let mut shown = Shown::new(scenario, Time::ZERO, Dur::from_us(us), SIZE);
        shown.reading.order.ready = Some(true);
        let (scene, axis) = (shown.scene(), shown.axis());
        let shared = shown.run.shared();
        let of = shared.lanes(shown.run.trace());
        for (lane, label, name) in lanes(&scene) {
            prop_assert!(name.starts_with("lane of "), "{:?}: {}", lane, name);
            match lane {
                Subject::ObjectLane(object) if name.contains("semaphore") => {
                    check_levels(of.taken(object), axis, &scene, label)?;
                }
                Subject::ObjectLane(object) => check_held(&shown.run, axis, &scene, object, label)?,
                Subject::QueueLane => check_levels(of.ready(), axis, &scene, label)?,
                _ => {}
            }
        }
    }
}

#[test]
fn only_what_somebody_uses_has_a_lane_and_a_small_picture_has_no_graph() {
    let scene = Shown::new(super::fixtures::shop(), Time::ZERO, Dur::from_ms(40), SIZE).scene();
    let objects: Vec<_> = order(&scene).into_iter().filter(|s| matches!(s, Subject::ObjectLane(_))).collect();
    assert_eq!(objects, [Subject::ObjectLane(ObjectIx(0))], "the lock, and neither queue nor pipe");
    assert!(!order(&scene).contains(&Subject::QueueLane));
    let many = Shown::new(many(2, 2, 4), Time::ZERO, Dur::from_ms(40), SIZE).scene();
    assert!(order(&many).contains(&Subject::QueueLane));
    let most = lanes(&many).into_iter().find(|(lane, ..)| *lane == Subject::QueueLane).expect("it is there").2;
    assert_eq!(most, "lane of the ready queue, up to 6 threads");
}

#[test]
fn lanes_are_pinned_moved_and_drawn_as_one() {
    let mut shown = Shown::new(web(), Time::from_ms(12), Dur::from_ms(40), SIZE);
    let natural = order(&shown.scene());
    let thread = |n| Subject::ThreadLane(ThreadIx(n));
    shown.reading.order = LaneOrder {
        pinned: vec![thread(3), Subject::GilLane(gilscope::ids::GilIx(1))],
        moved: vec![thread(2), thread(1)],
        collapsed: vec![Subject::ProcessLane(ProcessIx(1)), Subject::ComputerLane],
        ready: Some(true),
        shared: None,
    };
    let arranged = order(&shown.scene());
    assert_eq!(
        arranged,
        [
            thread(3),
            Subject::GilLane(gilscope::ids::GilIx(1)),
            Subject::ComputerLane,
            Subject::GilLane(gilscope::ids::GilIx(0)),
            Subject::QueueLane,
            thread(2),
            thread(1),
            thread(0),
            Subject::ProcessLane(ProcessIx(1)),
        ]
    );
    assert_ne!(natural, arranged);
    // All threads of the process that has one lane are drawn in it.
    let scene = shown.scene();
    let label = lanes(&scene).last().expect("the last").1;
    let inside = |r: &Rect| r.x > label.right() && r.y >= label.y - 0.1 && r.bottom() <= label.bottom() + 0.1;
    for n in [4, 5] {
        let drawn = scene.shapes.iter().any(|s| match s {
            Shape::Rect { rect, fill: Some(fill), .. } => fill.ink == Ink::Thread(n) && inside(rect),
            _ => false,
        });
        assert!(drawn, "thread {n}");
    }
}

#[test]
fn who_woke_in_vain_is_marked_on_both_lanes_and_in_the_key() {
    use crate::build::{Build, computer, slow_costs};
    let says = "woken, but the GIL was gone";
    let has = |scene: &Scene| scene.shapes.iter().any(|s| matches!(s, Shape::Text { text, .. } if text == says));
    let scenario = |native: &str| {
        computer(3).costs(slow_costs(1, 0)).python(&[
            ("C", 0, &*format!("native {native}; python 4ms")),
            ("A", 0, "python 3ms"),
            ("B", 0, "python 2ms"),
        ])
    };
    let shown = Shown::new(scenario("3500us"), Time::ZERO, Dur::from_ms(14), SIZE);
    let scene = shown.scene();
    assert!(has(&scene));
    let shared = shown.run.shared();
    let failed = shared.lanes(shown.run.trace()).failed_of(ThreadIx(2)).first().expect("B wakes in vain");
    let small = |r: &&gilscope::scene::Region| r.subject == Subject::Record(failed.record) && r.rect.w == 10.0;
    let marks: Vec<_> = scene.regions.iter().filter(small).map(|r| r.rect.center()).collect();
    assert_eq!(marks.len(), 2, "on the thread's lane and on the GIL's");
    assert!(marks.iter().all(|p| (p.x - shown.axis().x(failed.time)).abs() < 0.01));
    // Where it happens to nobody, nothing speaks of it.
    assert!(!has(&Shown::new(scenario("9ms"), Time::ZERO, Dur::from_ms(14), SIZE).scene()));
}
