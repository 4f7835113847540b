//! How cards and tokens travel from one picture to the next.

use gilscope::engine::{Place, Work};
use gilscope::ids::{GilIx, ThreadIx};
use gilscope::scene::{Flight, Motion, Mover, Point, Rect, Scene, Thing};
use gilscope::time::{Dur, Time};

use super::fixtures::{Shown, gil};

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
