//! What the picture shows while something is carried.

use gilscope::ids::{CoreId, ProcessIx, ThreadIx};
use gilscope::scene::{Carried, DropTarget, Ink, Point, Rect, Scene, Shape, Subject, Thing};
use gilscope::time::{Dur, Time};

use super::fixtures::{Shown, turns, web};

const SIZES: [(f64, f64); 3] = [(1060.0, 740.0), (680.0, 600.0), (390.0, 760.0)];
const ZIP: ThreadIx = ThreadIx(5);

fn shown(size: (f64, f64)) -> Shown {
    Shown::new(web(), Time::from_us(12_400), Dur::from_ms(40), size)
}

fn carrying(over: DropTarget, at: Point) -> Scene {
    shown(SIZES[0]).carrying(Carried::Thread(ZIP), over, (at.x, at.y)).scene()
}

fn region(scene: &Scene, subject: Subject) -> Rect {
    scene.regions.iter().find(|r| r.subject == subject).unwrap_or_else(|| panic!("{subject:?} is there")).rect
}

/// Whether an area is filled as one that is dropped on.
fn lit(scene: &Scene, area: Rect) -> bool {
    let is =
        |s: &Shape| matches!(s, Shape::Rect { rect, fill: Some(fill), .. } if *rect == area && fill.ink == Ink::Accent);
    scene.shapes.iter().any(is)
}

#[test]
fn a_process_lights_up_under_what_it_would_take() {
    let report = ProcessIx(1);
    let at = region(&shown(SIZES[0]).scene(), Subject::Process(report)).center();
    let scene = carrying(DropTarget::Process(report), at);
    assert_eq!(scene.drop_target(at), Some(DropTarget::Process(report)));
    assert!(lit(&scene, region(&scene, Subject::Process(report))));
    assert!(!lit(&scene, region(&scene, Subject::Process(ProcessIx(0)))));
}

#[test]
fn a_gap_opens_in_the_queue_where_a_thread_would_be_put_and_stays_under_the_pointer() {
    for (size, place) in SIZES[..1].iter().chain(&[(1570.0, 1300.0)]).flat_map(|s| (0..3).map(move |p| (*s, p))) {
        let shown = Shown::new(turns(), Time::from_ms(1), Dur::from_ms(40), size);
        assert_eq!(shown.machine.ready().count(), 2);
        let running = shown.machine.core(CoreId(0)).thread.expect("one runs");
        let target = DropTarget::Queue(place);
        let at = shown.scene().middle_of(target).expect("there is a queue");
        let scene = shown.carrying(Carried::Thread(running), target, (at.x, at.y)).scene();
        let queue = region(&scene, Subject::ReadyQueue);
        let gap = scene.shapes.iter().find_map(|s| match s {
            Shape::Rect { rect, fill: Some(fill), .. } if fill.ink == Ink::Accent && *rect != queue => {
                queue.contains(rect.center()).then_some(*rect)
            }
            _ => None,
        });
        let gap = gap.expect("a gap opens").center();
        let cards =
            scene.regions.iter().filter(|r| matches!(r.subject, Subject::Thread(_)) && queue.contains(r.rect.center()));
        let before = cards.filter(|r| r.rect.center().y < gap.y).count();
        assert_eq!(before, usize::from(place));
        assert_eq!(scene.drop_target(at), Some(target), "the gap does not run away");
    }
}

#[test]
fn the_bin_is_there_only_while_something_is_carried_and_covers_nothing() {
    for size in SIZES {
        let still = shown(size).scene();
        assert!(still.regions.iter().all(|r| r.subject != Subject::Bin));
        let scene = shown(size).carrying(Carried::Thread(ZIP), DropTarget::Bin, (10.0, 10.0)).scene();
        let bin = region(&scene, Subject::Bin);
        assert!(bin.w >= 44.0 && bin.h >= 24.0, "{bin:?}");
        assert_eq!(scene.drop_target(bin.center()), Some(DropTarget::Bin));
        for other in &still.regions {
            let panel = matches!(other.subject, Subject::Lanes);
            let r = other.rect;
            let apart = r.right() <= bin.x || bin.right() <= r.x || r.bottom() <= bin.y || bin.bottom() <= r.y;
            assert!(panel || apart, "{:?} lies under the bin", other.subject);
        }
    }
}

#[test]
fn a_preview_without_the_dragged_thread_leaves_the_board_as_it_is() {
    for (thread, id) in [(ThreadIx(0), 1), (ZIP, 6)] {
        let mut shown = shown(SIZES[0]).carrying(Carried::Thread(thread), DropTarget::Bin, (60.0, 400.0));
        let mut changed = shown.scenario.clone();
        changed.interventions.clear();
        changed.processes.iter_mut().for_each(|p| p.threads.retain(|t| t.id.0 != id));
        shown.previewing(&changed);
        let scene = shown.scene();
        let cards = |s: &Scene| {
            let cards = s.movers.iter().filter(|m| matches!(m.thing, Thing::Card(t) if t != thread));
            cards.map(|m| (m.thing, m.rect)).collect::<Vec<_>>()
        };
        let still = Shown::new(web(), Time::from_us(12_400), Dur::from_ms(40), SIZES[0]).scene();
        let mut kept = cards(&still);
        kept.retain(|c| cards(&scene).contains(c));
        assert_eq!(kept.len(), 5, "the others stay where they are");
        // Its lane is empty: nothing in the colour of the thread is wider than a mark.
        let lanes = region(&scene, Subject::Lanes);
        let bars = scene.shapes.iter().filter(|s| {
            matches!(s, Shape::Rect { rect, fill: Some(f), .. }
                if f.ink == Ink::Thread(thread.0) && rect.w > 6.0 && lanes.contains(rect.center()))
        });
        assert_eq!(bars.count(), 0);
    }
}

#[test]
fn a_carried_flag_stands_where_it_would_be_put() {
    let shown = shown(SIZES[0]);
    let (axis, to) = (shown.axis(), Time::from_ms(20));
    let scene = shown.carrying(Carried::Flag(0), DropTarget::Instant(to), (400.0, 300.0)).scene();
    let flags = scene.shapes.iter().filter_map(|s| match s {
        Shape::Path { points, fill: Some(fill), .. } if points.len() == 3 && fill.ink == Ink::Accent => {
            Some(points[0].x)
        }
        _ => None,
    });
    let flags: Vec<f64> = flags.collect();
    assert!(flags.iter().any(|x| (x - axis.x(to)).abs() < 0.1), "{flags:?}");
    assert!(flags.iter().all(|x| (x - axis.x(Time::from_ms(3))).abs() > 1.0), "the old one is hollow meanwhile");
}
