//! Where things lie, for random scenarios at the three sizes that the page is designed for.

use gilscope::engine::{Place, Run};
use gilscope::ids::CoreId;
use gilscope::scenario::{CostSet, Op, Runtime, Scenario};
use gilscope::scene::shape::Align;
use gilscope::scene::{Rect, Region, Scene, Shape, Size, Subject, lanes_area};
use gilscope::time::{Dur, Time};
use proptest::prelude::*;

use super::fixtures::{Shown, deadlock, gil, many, process, scenario, shop, thread, turns, web};

const SIZES: [(f64, f64); 3] = [(1060.0, 740.0), (680.0, 600.0), (390.0, 760.0)];

fn op() -> impl Strategy<Value = Op> {
    (0..5usize, 1..12u64).prop_map(|(kind, n)| {
        let length = Dur::from_ms(n);
        [Op::Python(length), Op::Native(length), Op::Extension(length), Op::Io(length), Op::Sleep(length)][kind].clone()
    })
}

/// Threads with their names and programs, whether there is a GIL, and the process's name.
type AnyProcess = (Vec<(Vec<Op>, String)>, bool, String);

fn any_scenario() -> impl Strategy<Value = Scenario> {
    let program = prop::collection::vec(op(), 1..4);
    let threads = prop::collection::vec((program, "[a-zA-Z][a-zA-Z ]{0,19}"), 0..8);
    let processes = prop::collection::vec((threads, any::<bool>(), "[a-zA-Z][a-zA-Z ]{0,23}"), 0..6);
    (1..20u8, 1..6u64, any::<bool>(), processes).prop_map(|(cores, quantum, slow, processes)| {
        let mut id = 0;
        let build = |(p, (threads, gil, name)): (usize, AnyProcess)| {
            let mut one = |(ops, name): (Vec<Op>, String)| {
                id += 1;
                thread(id, &name, &ops)
            };
            let runtime = if gil { Runtime::default() } else { Runtime::Native };
            process(p as u16, &name, runtime, threads.into_iter().map(&mut one).collect())
        };
        let processes = processes.into_iter().enumerate().map(build).collect();
        scenario(cores, if slow { CostSet::SlowMotion } else { CostSet::Measured }, quantum, processes)
    })
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.x + 0.1 < b.right() && b.x + 0.1 < a.right() && a.y + 0.1 < b.bottom() && b.y + 0.1 < a.bottom()
}

fn inside(inner: Rect, outer: Rect) -> bool {
    inner.x >= outer.x - 0.1
        && inner.right() <= outer.right() + 0.1
        && inner.y >= outer.y - 0.1
        && inner.bottom() <= outer.bottom() + 0.1
}

/// The estimated extent of each text, cut at its width.
fn texts(scene: &Scene) -> Vec<(String, Rect)> {
    let extent = |shape: &Shape| {
        let Shape::Text { text, at, align, style, max_width, .. } = shape else { return None };
        let w = style.width(text).min(*max_width);
        let x = match align {
            Align::Start => at.x,
            Align::Middle => at.x - w / 2.0,
            Align::End => at.x - w,
        };
        Some((text.clone(), Rect::new(x, at.y - 0.4 * style.size, w, 0.8 * style.size)))
    };
    scene.shapes.iter().filter_map(extent).collect()
}

fn cards(scene: &Scene) -> Vec<&Region> {
    scene.regions.iter().filter(|r| matches!(r.subject, Subject::Thread(_)) && !r.name.is_empty()).collect()
}

pub(super) fn assert_tidy(shown: &Shown) {
    let scene = shown.scene();
    let canvas = Rect::new(0.0, 0.0, shown.size.w, scene.height);
    let texts = texts(&scene);
    for (i, (text, rect)) in texts.iter().enumerate() {
        assert!(inside(*rect, canvas), "“{text}” leaves the canvas: {rect:?} of {canvas:?}");
        for (other, rest) in &texts[i + 1..] {
            assert!(!overlap(*rect, *rest), "“{text}” {rect:?} touches “{other}” {rest:?} at {:?}", shown.size);
        }
    }
    // Pipes stand below the last process.
    if shown.size.w >= 900.0 && shown.scenario.pipes.is_empty() {
        assert_panels_end_together(&scene);
    }
    let cards = cards(&scene);
    for (i, card) in cards.iter().enumerate() {
        assert!(inside(card.rect, canvas), "{} leaves the canvas", card.name);
        for other in &cards[i + 1..] {
            assert_ne!(card.subject, other.subject, "{} is there twice", card.name);
            assert!(!overlap(card.rect, other.rect), "{} lies on {}", card.name, other.name);
        }
    }
}

/// Processes, ready queue and computer stand side by side and end at the same height.
fn assert_panels_end_together(scene: &Scene) {
    let bottom = |wanted: fn(Subject) -> bool| {
        let named = scene.regions.iter().filter(|r| wanted(r.subject) && !r.name.is_empty());
        named.map(|r| r.rect.bottom()).reduce(f64::max)
    };
    let computer = bottom(|s| s == Subject::Computer).expect("there is a computer");
    let queue = bottom(|s| s == Subject::ReadyQueue).expect("there is a ready queue");
    let processes = bottom(|s| matches!(s, Subject::Process(_))).unwrap_or(computer);
    assert!((queue - computer).abs() < 0.1 && (processes - computer).abs() < 0.1, "{processes} {queue} {computer}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]
    #[test]
    fn nothing_overlaps_whatever_the_scenario(scenario in any_scenario(), us in 0..60_000u64) {
        for size in SIZES {
            assert_tidy(&Shown::new(scenario.clone(), Time::from_us(us), Dur::from_ms(40), size));
        }
    }
}

#[test]
fn nothing_overlaps_when_there_is_much_of_everything() {
    for size in SIZES {
        for scenario in [turns(), web(), gil(4, 6), many(64, 10, 10), many(12, 1, 60), many(3, 64, 1)] {
            let mut shown = Shown::new(scenario, Time::from_ms(9), Dur::from_ms(60), size);
            assert_tidy(&shown);
            let mut baseline = Run::new(&gil(1, 2));
            baseline.extend_to(Time::from_ms(100));
            shown.baseline = Some(baseline);
            (shown.hide_future, shown.outline_cores) = (true, true);
            assert_tidy(&shown);
        }
    }
}

#[test]
fn nothing_overlaps_whatever_threads_wait_for() {
    for size in SIZES {
        for us in (0..30_000).step_by(650) {
            for scenario in [shop(), deadlock()] {
                let mut shown = Shown::new(scenario, Time::from_us(us), Dur::from_ms(30), size);
                assert_tidy(&shown);
                shown.outline_cores = true;
                assert_tidy(&shown);
            }
        }
    }
}

#[test]
fn a_canvas_without_room_is_no_reason_to_panic() {
    for size in [(0.0, 0.0), (1.0, 1.0), (200.0, 100.0), (10_000.0, 30.0)] {
        for scenario in [turns(), web(), Scenario::empty("nothing"), many(64, 3, 3)] {
            let scene = Shown::new(scenario, Time::from_ms(9), Dur::from_ms(60), size).scene();
            assert!(scene.height.is_finite() && !scene.shapes.is_empty());
        }
    }
}

#[test]
fn the_lanes_area_is_where_the_ruler_is_and_does_not_move_with_time() {
    for (w, h) in SIZES {
        let area = lanes_area(Run::new(&web()).plan(), Size { w, h });
        for ms in [0, 7, 13, 29] {
            let scene = Shown::new(web(), Time::from_ms(ms), Dur::from_ms(40), (w, h)).scene();
            let ruler = scene.regions.iter().find(|r| r.subject == Subject::Ruler).expect("there is a ruler");
            assert_eq!((ruler.rect.x, ruler.rect.y, ruler.rect.w), (area.x, area.y, area.w));
            let lanes = scene.regions.iter().find(|r| r.subject == Subject::Lanes).expect("there are lanes");
            assert!(inside(area, lanes.rect));
            assert!(scene.height >= area.bottom());
        }
    }
}

#[test]
fn the_picture_fills_the_height_that_it_has() {
    for size in [(1060.0, 740.0), (1090.0, 760.0), (1570.0, 940.0), (1400.0, 1500.0)] {
        for scenario in [turns(), gil(1, 1), gil(2, 2), gil(2, 3), gil(4, 4)] {
            let scene = Shown::new(scenario, Time::from_ms(9), Dur::from_ms(40), size).scene();
            assert!((scene.height - size.1).abs() < 1.0, "{} of {size:?}", scene.height);
            let lanes = scene.regions.iter().find(|r| r.subject == Subject::Lanes).expect("there are lanes");
            assert!(size.1 - lanes.rect.bottom() < 8.0, "nothing is left below the lanes' panel");
        }
    }
}

#[test]
fn more_height_makes_nothing_lower_but_the_lanes_where_cards_get_their_second_line() {
    let rects = |h| {
        let scene = Shown::new(web(), Time::from_ms(9), Dur::from_ms(40), (1060.0, h)).scene();
        let lanes = scene.regions.iter().find(|r| r.subject == Subject::Lanes).expect("there are lanes").rect.y;
        let kept = scene.regions.iter().filter(|r| !matches!(r.subject, Subject::Record(_) | Subject::Gil(_)));
        kept.map(|r| (r.subject, r.rect.y >= lanes, r.rect.h)).collect::<Vec<_>>()
    };
    let mut before = rects(300.0);
    let mut lines_became_cards = 0;
    for h in (320..1400).step_by(20) {
        let now = rects(f64::from(h));
        assert_eq!(before.len(), now.len());
        let lower: Vec<_> = before.iter().zip(&now).filter(|(low, high)| high.2 + 0.5 < low.2).collect();
        assert!(lower.iter().all(|(low, _)| low.1), "at {h} the board has lower things: {lower:?}");
        lines_became_cards += usize::from(!lower.is_empty());
        before = now;
    }
    assert_eq!(lines_became_cards, 1);
}

#[test]
fn the_picture_needs_no_more_height_than_it_has_where_little_is_shown() {
    let scene = Shown::new(turns(), Time::ZERO, Dur::from_ms(40), SIZES[0]).scene();
    assert!(scene.height <= SIZES[0].1);
    let scene = Shown::new(many(8, 4, 5), Time::ZERO, Dur::from_ms(40), SIZES[0]).scene();
    assert!(scene.height > SIZES[0].1, "many lanes scroll");
}

#[test]
fn the_number_of_shapes_is_bounded_by_the_width_and_not_by_the_length_of_the_run() {
    let busy = |id| thread(id, &format!("T{id}"), &[Op::Native(Dur::from_ms(10_000))]);
    let mut long =
        scenario(2, CostSet::Measured, 1, vec![process(1, "p", Runtime::Native, (1..=4).map(busy).collect())]);
    long.computer.policy = gilscope::scenario::Policy::round_robin(Dur::from_us(200));
    let shown = Shown::new(long, Time::from_ms(5_000), Dur::from_ms(20_000), SIZES[0]);
    let segments: usize = shown.run.plan().thread_ixs().map(|t| shown.run.lanes().thread(t).len()).sum();
    assert!(segments > 100_000, "{segments}");
    let shapes = shown.scene().shapes.len();
    let lanes = 6.0;
    assert!((shapes as f64) < lanes * 3.0 * SIZES[0].0, "{shapes}");
}

#[test]
fn a_board_without_gil_has_no_place_for_one() {
    let scene = Shown::new(turns(), Time::from_ms(5), Dur::from_ms(40), SIZES[0]).scene();
    assert!(texts(&scene).iter().all(|(text, _)| !text.contains("GIL") && !text.contains("I/O")));
    assert!(!scene.regions.iter().any(|r| matches!(r.subject, Subject::Gil(_))));
}

#[test]
fn a_holder_in_the_ready_queue_carries_the_token() {
    // One core: T1 is preempted while it holds the GIL.
    let shown = Shown::new(gil(1, 2), Time::from_us(4_100), Dur::from_ms(40), SIZES[0]);
    let plan = shown.run.plan();
    let holder = plan.thread_ixs().find(|t| shown.machine.holds_gil(plan, *t)).expect("somebody holds it");
    assert_eq!(shown.machine.thread(holder).place, Place::Ready);
    let scene = shown.scene();
    let card = cards(&scene).into_iter().find(|r| r.subject == Subject::Thread(holder)).expect("it has a card").rect;
    let on_card = |r: &Region| matches!(r.subject, Subject::Gil(_)) && r.name.is_empty() && overlap(r.rect, card);
    assert!(scene.regions.iter().any(on_card));
    assert!(shown.machine.core(CoreId(0)).thread != Some(holder));
}
