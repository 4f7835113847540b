//! How cards and tokens travel from one picture to the next.

use std::collections::BTreeSet;

use gilscope::engine::{Place, Work};
use gilscope::ids::{CoreId, GilIx, ThreadIx};
use gilscope::scene::{Carried, DropTarget, Flight, Motion, Mover, Point, Rect, Scene, Thing};
use gilscope::time::{Dur, Time};
use proptest::prelude::*;

use super::fixtures::{Shown, gil, shop, web};

const SIZE: (f64, f64) = (1060.0, 740.0);
const CARD: Thing = Thing::Card(ThreadIx(0));
const TOKEN: Thing = Thing::Token(GilIx(0));

/// A scene of things at places, one shape each.
fn scene(things: &[(Thing, f64, f64, Option<u16>)]) -> Scene {
    let mover = |(i, &(thing, x, y, rides)): (usize, &(Thing, f64, f64, Option<u16>))| {
        let rect = Rect::new(x, y, 20.0, 20.0);
        Mover { thing, rect, shapes: i..i + 1, rides: rides.map(ThreadIx) }
    };
    Scene { movers: things.iter().enumerate().map(mover).collect(), ..Scene::default() }
}

fn card(x: f64) -> Scene {
    scene(&[(CARD, x, 0.0, None)])
}

/// Where the only thing is displayed, of which the top left corner belongs at `(x, y)`.
fn at(flights: &[Flight], x: f64, y: f64) -> Point {
    let by = flights.first().map_or_else(Point::default, |f| f.by);
    Point { x: x + by.x, y: y + by.y }
}

#[test]
fn a_card_starts_where_it_was_and_ends_exactly_where_it_belongs() {
    let mut motion = Motion::default();
    assert_eq!(motion.follow(&card(100.0), 0.0, false), [], "what was never shown does not travel");
    assert_eq!(at(&motion.follow(&card(300.0), 1_000.0, false), 300.0, 0.0), Point { x: 100.0, y: 0.0 });
    let flights = motion.follow(&card(300.0), 1_100.0, false);
    assert!(flights[0].by.x < 0.0 && flights[0].by.x > -200.0 && flights[0].shapes == (0..1));
    assert_eq!(motion.follow(&card(300.0), 1_260.0, false), [], "it has arrived");
    assert_eq!(motion.follow(&card(300.0), 9_000.0, false), []);
}

#[test]
fn a_card_never_turns_back() {
    let mut motion = Motion::default();
    motion.follow(&card(100.0), 0.0, false);
    let mut before = 100.0;
    for ms in 0..300 {
        let x = at(&motion.follow(&card(300.0), 1_000.0 + f64::from(ms), false), 300.0, 0.0).x;
        assert!((before..=300.0).contains(&x), "{x} after {before}");
        before = x;
    }
    assert!((before - 300.0).abs() < f64::EPSILON);
}

#[test]
fn a_card_sent_on_before_it_arrived_starts_where_it_is_displayed() {
    let mut motion = Motion::default();
    motion.follow(&card(100.0), 0.0, false);
    motion.follow(&card(300.0), 1_000.0, false);
    let there = at(&motion.follow(&card(300.0), 1_050.0, false), 300.0, 0.0).x;
    let here = at(&motion.follow(&card(0.0), 1_050.0, false), 0.0, 0.0).x;
    assert!((there - here).abs() < 1e-9, "{there} and {here}");
    assert_eq!(motion.follow(&card(0.0), 1_400.0, false), []);
}

#[test]
fn what_is_sent_on_again_and_again_is_soon_where_it_belongs() {
    let mut motion = Motion::default();
    motion.follow(&card(0.0), 0.0, false);
    let mut flights = Vec::new();
    for i in 1..6 {
        flights = motion.follow(&card(f64::from(i) * 50.0), 1_000.0 + 16.0 * f64::from(i), false);
    }
    assert_eq!(flights, []);
    // With time to travel it travels again.
    assert_ne!(motion.follow(&card(0.0), 3_000.0, false), []);
}

#[test]
fn nothing_travels_to_another_stage_or_far_in_time_or_while_it_shall_be_still() {
    let changes: [fn(&mut Scene); 2] = [|s| s.stage = 1, |s| s.records = 1_000];
    for change in changes {
        let mut motion = Motion::default();
        motion.follow(&card(0.0), 0.0, false);
        let mut next = card(300.0);
        change(&mut next);
        assert_eq!(motion.follow(&next, 1_000.0, false), []);
    }
    let mut motion = Motion::default();
    motion.follow(&card(0.0), 0.0, false);
    assert_eq!(motion.follow(&card(300.0), 1_000.0, true), []);
    assert_eq!(motion.follow(&card(300.0), 1_010.0, false), [], "it was there already");
}

#[test]
fn a_token_flies_in_an_arc_from_holder_to_holder() {
    let mut motion = Motion::default();
    motion.follow(&scene(&[(TOKEN, 0.0, 200.0, Some(0))]), 0.0, false);
    let next = scene(&[(TOKEN, 400.0, 200.0, Some(1))]);
    assert_eq!(at(&motion.follow(&next, 1_000.0, false), 400.0, 200.0), Point { x: 0.0, y: 200.0 });
    let middle = at(&motion.follow(&next, 1_050.0, false), 400.0, 200.0);
    assert!(middle.y < 190.0 && middle.y > 150.0, "{middle:?}");
    assert_eq!(motion.follow(&next, 1_300.0, false), []);
}

#[test]
fn a_token_rides_on_the_card_of_its_holder() {
    let mut motion = Motion::default();
    motion.follow(&scene(&[(CARD, 0.0, 0.0, None), (TOKEN, 80.0, 0.0, Some(0))]), 0.0, false);
    let next = scene(&[(CARD, 400.0, 100.0, None), (TOKEN, 500.0, 100.0, Some(0))]);
    for ms in [0.0, 60.0, 140.0] {
        let flights = motion.follow(&next, 1_000.0 + ms, false);
        assert_eq!(flights.len(), 2);
        let [card, token] = [flights[0].by, flights[1].by];
        assert!((card.x - token.x).hypot(card.y - token.y) < 1e-9, "{card:?} {token:?} after {ms} ms");
    }
    assert_eq!(motion.follow(&next, 1_300.0, false), []);
}

fn shown(us: u64) -> Shown {
    Shown::new(gil(2, 2), Time::from_us(us), Dur::from_ms(20), SIZE)
}

#[test]
fn every_card_and_token_of_a_scene_is_one_mover_with_its_own_shapes() {
    let scene = shown(15_600).scene();
    let mut things: Vec<Thing> = scene.movers.iter().map(|m| m.thing).collect();
    things.sort_unstable();
    assert_eq!(things, [CARD, Thing::Card(ThreadIx(1)), TOKEN]);
    let mut ranges: Vec<_> = scene.movers.iter().map(|m| m.shapes.clone()).collect();
    ranges.sort_by_key(|r| r.start);
    assert!(ranges.iter().all(|r| !r.is_empty() && r.end <= scene.shapes.len()));
    assert!(ranges.windows(2).all(|r| r[0].end <= r[1].start));
}

#[test]
fn a_step_over_a_hand_off_moves_the_token_and_both_cards() {
    let (before, after) = (shown(5_000), shown(6_000));
    let places = |s: &Shown| [0, 1].map(|t| s.machine.thread(ThreadIx(t)).place);
    assert_eq!(places(&before)[0], Place::Running(Work::Python));
    assert_eq!(places(&after)[1], Place::Running(Work::Python));
    let (before, after) = (before.scene(), after.scene());
    assert_eq!(before.stage, after.stage);
    let mut motion = Motion::default();
    motion.follow(&before, 0.0, false);
    assert_eq!(motion.follow(&after, 1_000.0, false).len(), 3);
    assert_eq!(motion.follow(&after, 1_300.0, false), []);
}

/// Where everything is displayed, by thing.
fn displayed(scene: &Scene, flights: &[Flight]) -> Vec<(Thing, Point)> {
    let place = |m: &Mover| {
        let by = flights.iter().find(|f| f.shapes == m.shapes).map_or_else(Point::default, |f| f.by);
        (m.thing, Point { x: m.rect.center().x + by.x, y: m.rect.center().y + by.y })
    };
    scene.movers.iter().map(place).collect()
}

#[test]
fn a_step_moves_what_its_event_moved_and_those_whose_places_that_shifts_and_nothing_else() {
    let still = |a: &Scene, b: &Scene| -> BTreeSet<Thing> {
        let same = |m: &&Mover| b.movers.iter().any(|o| o.thing == m.thing && o.rect == m.rect && o.rides == m.rides);
        a.movers.iter().filter(same).map(|m| m.thing).collect()
    };
    for scenario in [gil(2, 3), web(), shop()] {
        let at = |time: Time| Shown::new(scenario.clone(), time, Dur::from_ms(30), SIZE);
        let first = at(Time::ZERO);
        let mut events: Vec<Time> = first.run.trace().iter().map(|r| r.time()).collect();
        events.dedup();
        let mut before = first.scene();
        let mut motion = Motion::default();
        motion.follow(&before, 0.0, false);
        for (i, event) in events.iter().enumerate().take_while(|(_, t)| **t < Time::from_ms(25)) {
            let began = 1_000.0 * (i as f64 + 1.0);
            let after = at(*event).scene();
            let flights = motion.follow(&after, began, false);
            let stay = still(&before, &after);
            for mover in after.movers.iter().filter(|m| stay.contains(&m.thing)) {
                let flies = flights.iter().any(|f| f.shapes == mover.shapes && !f.shapes.is_empty());
                assert!(!flies, "{:?} flies at {event} though it stays", mover.thing);
            }
            // Then all is at rest until the next step.
            assert_eq!(motion.follow(&after, began + 260.0, false), [], "at {event}");
            before = after;
        }
    }
}

#[test]
fn at_high_speed_nothing_travels_and_the_lanes_tell() {
    // A second of wall time for each simulated one: many hand-offs a frame.
    let mut motion = Motion::default();
    let mut flights = 0;
    for frame in 0..60 {
        let shown = Shown::new(gil(2, 6), Time::from_ms(16 * frame), Dur::from_ms(1_000), SIZE);
        let found = motion.follow(&shown.scene(), 16.7 * frame as f64, false);
        // It begins as any other; by then it has had no time to rest.
        if frame > 6 {
            flights += found.len();
        }
    }
    assert_eq!(flights, 0);
}

#[test]
fn what_is_carried_hangs_at_the_pointer_without_lag_and_comes_from_there_when_let_go() {
    let zip = ThreadIx(5);
    let carried = |x: f64, y: f64| {
        let shown = Shown::new(web(), Time::from_us(12_400), Dur::from_ms(40), SIZE);
        shown.carrying(Carried::Thread(zip), DropTarget::Core(CoreId(0)), (x, y)).scene()
    };
    let ghost = |scene: &Scene| {
        let is = |m: &&Mover| m.thing == Thing::Card(zip) && !m.shapes.is_empty();
        scene.movers.iter().find(is).expect("there is a ghost").rect
    };
    let mut motion = Motion::default();
    for (i, (x, y)) in [(300.0, 200.0), (307.0, 190.0), (640.0, 120.0), (80.0, 600.0)].into_iter().enumerate() {
        let scene = carried(x, y);
        assert_eq!(motion.follow(&scene, 16.0 * i as f64, true), [], "nothing is on its way during a drag");
        let at = ghost(&scene);
        // Beside what one aims at.
        assert_eq!((at.x - 16.0, at.y - 16.0), (x, y));
    }
    let dropped = Shown::new(web(), Time::from_us(12_400), Dur::from_ms(40), SIZE).scene();
    let flights = motion.follow(&dropped, 100.0, false);
    let home = dropped.movers.iter().find(|m| m.thing == Thing::Card(zip)).expect("it has a card");
    let by = flights.iter().find(|f| f.shapes == home.shapes).expect("it travels").by;
    let from = Point { x: home.rect.x + by.x, y: home.rect.y + by.y };
    assert!((from.x - 96.0).abs() < 0.01 && (from.y - 616.0).abs() < 0.01, "{from:?}");
}

/// At these instants, in milliseconds after the one before, everything belongs somewhere else.
fn interruptions() -> impl Strategy<Value = Vec<(f64, Vec<f64>, bool)>> {
    prop::collection::vec((90.0..600.0, prop::collection::vec(0.0..900.0, 4), any::<bool>()), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn nothing_jumps_by_a_pixel_when_it_is_sent_elsewhere_and_the_token_stays_on_its_card(steps in interruptions()) {
        // Two cards; the token lies on the second one's right end, or goes over to the first.
        let place = |at: &[f64], first: bool| {
            let (card, on) = (if first { 0 } else { 2 }, u16::from(!first));
            scene(&[
                (CARD, at[0], at[1], None),
                (Thing::Card(ThreadIx(1)), at[2], at[3], None),
                (TOKEN, at[card] + 80.0, at[card + 1] - 4.0, Some(on)),
            ])
        };
        let mut motion = Motion::default();
        let (mut now, mut there, mut holder) = (0.0, place(&[0.0, 0.0, 300.0, 90.0], false), false);
        // Until then the token is on its way from one to the other.
        let mut alone_until = 0.0;
        motion.follow(&there, now, false);
        for (after, at, first) in steps {
            now += after;
            let before = displayed(&there, &motion.follow(&there, now, false));
            there = place(&at, first);
            let flights = motion.follow(&there, now, false);
            for ((thing, a), (other, b)) in before.iter().zip(&displayed(&there, &flights)) {
                prop_assert_eq!(thing, other);
                let arrived = there.movers.iter().any(|m| m.thing == *thing && m.rect.center() == *b);
                prop_assert!((a.x - b.x).hypot(a.y - b.y) < 0.6 || arrived, "{:?} jumps from {:?} to {:?}", thing, a, b);
            }
            if first != holder || now < alone_until {
                alone_until = now + 260.0;
            } else {
                for later in [0.0, 30.0, 80.0] {
                    let flights = motion.follow(&there, now + later, false);
                    let seen = displayed(&there, &flights);
                    let card = seen[usize::from(!first)].1;
                    let token = seen[2].1;
                    let apart = (token.x - card.x - 80.0).hypot(token.y - card.y + 4.0);
                    prop_assert!(apart < 0.6, "the token is {apart} beside its card after {later} ms");
                }
            }
            holder = first;
        }
    }
}
