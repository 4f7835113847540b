//! What the board shows of saving and loading, resources, input and outlines.

use gilscope::engine::{Cause, Place};
use gilscope::ids::{CoreId, ThreadIx};
use gilscope::scenario::{CostSet, Op, Runtime, json, presets};
use gilscope::scene::{Ink, Rect, Scene, Shape, Subject};
use gilscope::time::{Dur, Time};

use super::fixtures::{Shown, process, scenario, shop, thread, web};

const SIZES: [(f64, f64); 3] = [(1060.0, 740.0), (680.0, 600.0), (390.0, 760.0)];

fn said(scene: &Scene) -> String {
    let text = |s: &Shape| if let Shape::Text { text, .. } = s { Some(text.clone()) } else { None };
    scene.shapes.iter().filter_map(text).collect::<Vec<_>>().join(" | ")
}

fn region(scene: &Scene, subject: Subject) -> Rect {
    scene.regions.iter().find(|r| r.subject == subject && !r.name.is_empty()).expect("it is there").rect
}

#[test]
fn who_awaits_input_has_a_field_below_its_card_with_the_prompt_as_its_name() {
    for size in SIZES {
        let shown = Shown::new(shop(), Time::from_ms(16), Dur::from_ms(30), size);
        assert_eq!(shown.machine.thread(ThreadIx(0)).place, Place::Waiting(Cause::Input));
        let scene = shown.scene();
        let field = scene.regions.iter().find(|r| r.subject == Subject::Input(ThreadIx(0))).expect("there is a field");
        assert_eq!(field.name, "What is your name?");
        let card = region(&scene, Subject::Thread(ThreadIx(0)));
        assert!(field.rect.h >= 30.0 && field.rect.w >= 100.0, "{:?}", field.rect);
        assert!(field.rect.y >= card.bottom() && field.rect.x == card.x);
        let before = Shown::new(shop(), Time::from_ms(1), Dur::from_ms(30), size).scene();
        assert!(before.regions.iter().all(|r| !matches!(r.subject, Subject::Input(_))));
    }
}

#[test]
fn a_process_shows_what_it_wraps_and_who_holds_its_lock() {
    let at = |us| said(&Shown::new(shop(), Time::from_us(us), Dur::from_ms(30), SIZES[0]).scene());
    let holding = at(5_000);
    for part in ["interpreter", "memory 31 MB", "file log.txt", "till | seller", "jobs | empty", "pipe results"] {
        assert!(holding.contains(part), "{part}: {holding}");
    }
    assert!(at(16_000).contains("till | free"));
}

#[test]
fn what_threads_share_says_how_much_of_it_there_is_and_a_device_whom_it_serves() {
    let text = r#"{"v":1,"computer":{"cores":4},"processes":[{"id":0,"name":"app","resources":[
        {"id":1,"name":"seats","kind":{"semaphore":9}},{"id":2,"name":"open","kind":"event"},
        {"id":3,"name":"gate","kind":{"barrier":3}},{"id":4,"name":"jobs","kind":{"queue":7}}],"threads":[
        {"id":0,"name":"A","program":[{"acquire":1},{"put":4},{"io":5000000,"device":9},{"set":2},{"python":1000000}]},
        {"id":1,"name":"B","program":[{"sleep":1000000},{"io":5000000,"device":9}]},
        {"id":2,"name":"C","program":[{"wait":3}]}]}],"devices":[{"id":9,"name":"disk"}]}"#;
    let at = |us| {
        let scenario = json::from_str(text).expect("a scenario");
        said(&Shown::new(scenario, Time::from_us(us), Dur::from_ms(30), (1570.0, 900.0)).scene())
    };
    let parts =
        ["seats | 8 left", "open | not set", "gate | 1 of 3 there", "jobs | 1/7 items", "device disk | serves A | B"];
    for part in parts {
        assert!(at(2_000).contains(part), "{part}: {}", at(2_000));
    }
    assert!(at(2_000).contains("| disk serves A |"), "B's card: {}", at(2_000));
    assert!(at(2_000).contains("I/O or a device") && !at(2_000).contains("another thread"), "{}", at(2_000));
    assert!(at(2_000).contains("waits at gate") && at(2_000).contains("waits for disk"), "{}", at(2_000));
    assert!(at(5_500).contains("open | set") && at(5_500).contains("device disk | serves B"), "{}", at(5_500));
    assert!(at(11_000).contains("device disk | free"));
}

#[test]
fn during_a_switch_one_is_saved_and_then_the_other_loaded() {
    let p4 = || presets::by_name("P4").expect("there is P4").scenario();
    // The first of them runs for a quantum of 4 ms; the switch takes half a millisecond.
    let at = |us| said(&Shown::new(p4(), Time::from_us(us), Dur::from_ms(40), (1570.0, 900.0)).scene());
    assert!(at(4_100).contains("saving encode at 3.1 of 20 ms"), "{}", at(4_100));
    assert!(at(4_400).contains("loading preview"), "{}", at(4_400));
    assert!(at(6_000).contains("saved at 3.1 of 20 ms"), "{}", at(6_000));
    // The registers fly while they are saved, and lie on the core of the one whose they are afterwards.
    let squares = |us, thread| {
        let scene = Shown::new(p4(), Time::from_us(us), Dur::from_ms(40), (1570.0, 900.0)).scene();
        let of = |s: &&Shape| matches!(s, Shape::Rect { rect, fill: Some(fill), .. } if rect.w == 7.0 && fill.ink == Ink::Thread(thread));
        scene.shapes.iter().filter(of).count()
    };
    assert_eq!([squares(3_000, 0), squares(3_000, 1)], [8, 0]);
    assert!(squares(4_130, 0) > 0 && squares(4_130, 0) < 8 + 3 && squares(4_130, 1) == 0);
    assert_eq!([squares(6_000, 0), squares(6_000, 1)], [0, 8]);
}

#[test]
fn outlined_cores_wear_the_colour_of_the_process_that_occupies_them() {
    let mut shown = Shown::new(web(), Time::from_ms(10), Dur::from_ms(40), SIZES[0]);
    let outlines = |shown: &Shown| {
        let scene = shown.scene();
        let of = |core| {
            let rect = region(&scene, Subject::Core(CoreId(core)));
            scene.shapes.iter().find_map(|s| match s {
                Shape::Rect { rect: r, stroke: Some(stroke), .. } if *r == rect => match stroke.ink {
                    Ink::Process(p) => Some(p),
                    _ => None,
                },
                _ => None,
            })
        };
        [of(0), of(1)]
    };
    assert_eq!(outlines(&shown), [None, None]);
    shown.outline_cores = true;
    let plan = shown.run.plan();
    let on = |core| shown.machine.core(CoreId(core)).thread.map(|t| plan.thread(t).process.0);
    assert_eq!(outlines(&shown), [on(0), on(1)]);
    assert!(said(&shown.scene()).contains("now"));
}

#[test]
fn a_name_of_one_letter_is_written() {
    let app = process(
        1,
        "p",
        Runtime::default(),
        vec![thread(1, "a", &[Op::Python(Dur::from_ms(9))]), thread(2, "b", &[Op::Python(Dur::from_ms(9))])],
    );
    let shown = Shown::new(scenario(2, CostSet::Textbook, 4, vec![app]), Time::from_ms(2), Dur::from_ms(20), SIZES[0]);
    let said = said(&shown.scene());
    assert!(said.matches("| a |").count() >= 2 && said.matches("| b |").count() >= 2, "{said}");
}

#[test]
fn each_ready_queue_has_a_row_with_its_core_before_its_threads() {
    let own = presets::by_name("S4").expect("there is S4").scenario();
    for (cores, size) in [2, 4, 8].into_iter().flat_map(|n| SIZES.map(|size| (n, size))) {
        let mut own = own.clone();
        own.computer.cores = cores;
        let six = own.processes.clone();
        for more in 1..=3 {
            own.processes.extend(six.iter().cloned().map(|mut process| {
                process.id.0 += 6 * more;
                process.threads[0].id.0 += 6 * more;
                process
            }));
        }
        let shown = Shown::new(own, Time::from_ms(1), Dur::from_ms(30), size);
        let scene = shown.scene();
        let panel = region(&scene, Subject::ReadyQueue);
        assert_eq!(scene.queues.len(), usize::from(cores));
        let mut first = 0;
        for (core, (row, queue)) in scene.queues.iter().zip(shown.machine.queues()).enumerate() {
            assert!(
                panel.contains(row.rect.center()) && row.rect.bottom() <= panel.bottom(),
                "{cores} cores, {size:?}"
            );
            assert_eq!(row.first, first);
            first += queue.threads.len() as u16 + 1;
            let head = region(&scene, Subject::Thread(queue.threads[0]));
            assert!(row.rect.contains(head.center()) && head.h >= 20.0, "{cores} cores, {size:?}: {head:?}");
            let name = format!("core {core}");
            let is = |s: &Shape| matches!(s, Shape::Text { text, at, .. } if *text == name && row.rect.contains(*at));
            assert!(scene.shapes.iter().any(is), "{cores} cores, {size:?}");
        }
    }
}
