//! Hit test, drop targets and accessible names.

use std::collections::BTreeMap;

use gilscope::engine::Place;
use gilscope::ids::{CoreId, ThreadIx};
use gilscope::scenario::presets;
use gilscope::scene::{DropSays, DropTarget, Ink, Point, Scene, Shape, Subject};
use gilscope::time::{Dur, Time};

use super::fixtures::{Shown, gil, web};

const SIZE: (f64, f64) = (1060.0, 740.0);

fn shown() -> Shown {
    Shown::new(web(), Time::from_us(12_400), Dur::from_ms(40), SIZE)
}

fn named(scene: &Scene, subject: Subject) -> (Point, &str) {
    let region = scene.regions.iter().find(|r| r.subject == subject && !r.name.is_empty());
    let region = region.unwrap_or_else(|| panic!("{subject:?} has a name"));
    (region.rect.center(), &region.name)
}

#[test]
fn the_centre_of_a_card_is_its_thread() {
    let shown = shown();
    let scene = shown.scene();
    for thread in shown.run.plan().thread_ixs() {
        let (center, name) = named(&scene, Subject::Thread(thread));
        assert_eq!(scene.hit(center), Some(Subject::Thread(thread)), "{name}");
        assert!(scene.region_at(center).is_some_and(|r| r.draggable), "{name}");
    }
}

#[test]
fn a_core_is_a_target_under_its_card_and_its_pin_is_one_of_its_own() {
    let shown = shown();
    let scene = shown.scene();
    for core in shown.run.plan().core_ids() {
        let on_it = shown.machine.core(core).thread.expect("both cores are busy");
        let (card, _) = named(&scene, Subject::Thread(on_it));
        assert_eq!(scene.drop_target(card), Some(DropTarget::Core(core)));
        let (pin, _) = named(&scene, Subject::Pin(core));
        assert_eq!(scene.drop_target(pin), Some(DropTarget::Pin(core)));
    }
    let (ready, _) = named(&scene, Subject::ReadyQueue);
    assert!(matches!(scene.drop_target(ready), Some(DropTarget::Queue(_))));
    for target in (0..=shown.machine.ready().count()).map(|place| DropTarget::Queue(place as u16)) {
        let place = scene.middle_of(target).expect("the queue is drawn");
        assert_eq!(scene.drop_target(place), Some(target));
    }
}

#[test]
fn pins_are_large_enough_to_hit() {
    for region in shown().scene().regions.iter().filter(|r| matches!(r.subject, Subject::Pin(_))) {
        assert!(region.rect.w >= 24.0 && region.rect.h >= 24.0);
    }
}

#[test]
fn every_object_has_one_name_and_only_one() {
    let shown = shown();
    let scene = shown.scene();
    let mut names = BTreeMap::new();
    for region in scene.regions.iter().filter(|r| !r.name.is_empty()) {
        let before = names.insert(format!("{:?}", region.subject), &region.name);
        assert_eq!(before, None, "{:?} has two names", region.subject);
    }
    for thread in shown.run.plan().thread_ixs() {
        assert!(names.contains_key(&format!("{:?}", Subject::Thread(thread))));
    }
}

#[test]
fn a_waiter_is_named_with_its_place_in_the_queue() {
    let shown = Shown::new(gil(4, 3), Time::from_ms(2), Dur::from_ms(40), SIZE);
    let scene = shown.scene();
    let names = [0, 1, 2].map(|t| named(&scene, Subject::Thread(ThreadIx(t))).1.to_owned());
    assert_eq!(
        names,
        [
            "T1, thread of python, runs Python, holds the GIL on core 0",
            "T2, thread of python, wants the GIL, first of two",
            "T3, thread of python, wants the GIL, second of two",
        ]
    );
    assert_eq!(named(&scene, Subject::Core(CoreId(1))).1, "core 1, idle");
}

#[test]
fn stretches_of_the_lanes_lead_to_their_record() {
    let shown = shown();
    let scene = shown.scene();
    let axis = shown.axis();
    let records = scene.regions.iter().filter_map(|r| match r.subject {
        Subject::Record(n) => Some((n, r.rect)),
        _ => None,
    });
    let mut seen = 0;
    for (n, rect) in records {
        let record = shown.run.trace()[n as usize];
        let x = axis.x(record.time());
        assert!(x >= rect.x - 7.0 && x <= rect.right(), "{record:?} is not at {rect:?}");
        seen += 1;
    }
    assert!(seen > 10);
}

#[test]
fn a_skipped_intervention_has_a_hollow_flag() {
    let scene = shown().scene();
    let flags: Vec<bool> = scene
        .shapes
        .iter()
        .filter_map(|s| match s {
            Shape::Path { points, fill, stroke: Some(stroke), .. }
                if points.len() == 3 && stroke.ink == Ink::Accent =>
            {
                Some(fill.is_some())
            }
            _ => None,
        })
        .collect();
    // In order of time: io-1 wants the GIL at 2 ms and is skipped, zip is put on core 1 at 3 ms.
    assert_eq!(flags, [false, true]);
    assert!(named(&scene, Subject::Flag(1)).1.ends_with("skipped"));
}

fn has_text(scene: &Scene, wanted: &str, ink: Ink) -> bool {
    scene.shapes.iter().any(|s| matches!(s, Shape::Text { text, ink: i, .. } if text.contains(wanted) && *i == ink))
}

#[test]
fn a_drag_shows_the_change_and_where_the_future_comes_from() {
    let zip = 5;
    assert_eq!(shown().machine.thread(ThreadIx(zip)).place, Place::Ready);
    let says = DropSays::Change("run zip here now".to_owned());
    let scene = shown().dragging(zip, DropTarget::Core(CoreId(1)), (900.0, 240.0), says).scene();
    assert!(has_text(&scene, "run zip here now", Ink::Accent));
    assert!(has_text(&scene, "⚑ run zip here: preview", Ink::Accent));
    assert!(has_text(&scene, "zip was here", Ink::Accent));
}

#[test]
fn a_refusal_gives_the_reason_and_previews_nothing() {
    let says = DropSays::Refused("T2 wants the GIL".to_owned());
    let scene = shown().dragging(1, DropTarget::Core(CoreId(0)), (900.0, 120.0), says).scene();
    assert!(has_text(&scene, "T2 wants the GIL", Ink::Alert));
    assert!(!has_text(&scene, "preview", Ink::Accent));
}

#[test]
fn pointing_at_a_thread_that_waits_lights_who_holds_that_and_whom_they_wait_for() {
    let dinner = presets::by_name("S5").expect("there is one").scenario();
    let mut shown = Shown::new(dinner, Time::from_ms(15), Dur::from_ms(20), SIZE);
    let holds = |shape: &Shape| match shape {
        Shape::Rect { stroke: Some(stroke), .. } => {
            stroke.ink == Ink::Alert && stroke.dash > 0.0 && stroke.width == 2.0
        }
        _ => false,
    };
    let count = |shown: &Shown| shown.scene().shapes.iter().filter(|s| holds(s)).count();
    let before = count(&shown);
    shown.hover = Some(Subject::Thread(ThreadIx(1)));
    let (one, all) = (count(&shown) - before, shown.run.plan().threads.len());
    // In the deadlock each waits for the next: all others are lit, on the card and wherever else they are outlined.
    assert!(one >= all - 1 - 1, "{one} outlines for {all} threads");
    // Who waits for nobody lights nobody else.
    shown.playhead = Time::from_ms(1);
    shown.machine = shown.run.seen(shown.playhead);
    assert_eq!(count(&shown), before);
}

#[test]
fn a_stretch_at_another_time_lights_nobody_on_the_board_who_holds_what_then() {
    let mut shown = Shown::new(gil(2, 3), Time::from_ms(1), Dur::from_ms(40), SIZE);
    let mut life = shown.run.lanes().thread(ThreadIx(1)).iter();
    let record = life.find(|s| s.place == Place::WantsGil && s.start > Time::ZERO).expect("it waits again");
    shown.hover = Some(Subject::Record(record.record));
    let dashed = |shape: &&Shape| match shape {
        Shape::Rect { stroke: Some(stroke), .. } => stroke.ink == Ink::Alert && stroke.dash > 0.0,
        _ => false,
    };
    let count = |shown: &Shown| shown.scene().shapes.iter().filter(dashed).count();
    assert_eq!(count(&shown), 0);
    shown.playhead = record.start + Dur::from_us(100);
    shown.machine = shown.run.seen(shown.playhead);
    assert!(count(&shown) > 0, "{record:?}");
}
