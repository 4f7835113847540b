//! Menus on every object, the way of the focus from thing to thing, the table of events, and scrolling at the edges.

use gilscope::ids::ObjectIx;
use gilscope::scenario::presets;
use gilscope::scene::{Rect, Scene, Size, Subject};
use gilscope::session::keys::Direction;
use gilscope::session::scroll::speed;
use gilscope::session::spatial::next;

use super::*;

fn rich() -> Scenario {
    let json = r#"{"v":1,"computer":{"cores":2,"costs":"textbook"},"devices":[{"id":8,"name":"disk"}],
        "pipes":[{"id":7,"name":"out"}],"processes":[
        {"id":0,"name":"web","resources":[{"id":0,"name":"m","kind":"lock"},{"id":1,"name":"s","kind":{"semaphore":1}},
            {"id":2,"name":"e","kind":"event"},{"id":3,"name":"b","kind":{"barrier":2}},{"id":4,"name":"q","kind":"queue"}],
            "threads":[{"id":0,"name":"T1","program":[{"python":9000000}]},{"id":1,"name":"T2","program":[{"python":9000000}]}]},
        {"id":1,"name":"etl","threads":[{"id":2,"name":"T3","program":[{"io":3000000},{"python":9000000}]}]}],
        "interventions":[{"at":1000000,"do":{"run_here":{"thread":0,"core":1}}}]}"#;
    serde_json::from_str(json).expect("a scenario")
}

/// The part of a picture that has a Tab stop of its own: the board, or the lanes.
fn places(scene: &Scene, lanes: bool) -> Vec<(Subject, Rect)> {
    let panel = scene.regions.iter().find(|r| r.subject == Subject::Lanes).expect("lanes").rect;
    let named = scene.regions.iter().filter(|r| !r.name.is_empty() && panel.contains(r.rect.center()) == lanes);
    named.map(|r| (r.subject, r.rect)).collect()
}

#[test]
fn everything_that_has_a_name_in_the_picture_has_a_menu_and_every_line_says_what_it_would_do() {
    let s = at(rich(), 2_000);
    let mut kinds = Vec::new();
    let scene = s.scene();
    let named = scene.regions.iter().filter(|r| !r.name.is_empty()).map(|r| r.subject);
    for subject in named.chain([Subject::Board, Subject::Lanes, Subject::Ruler, Subject::Record(3)]) {
        let items = s.menu(subject);
        assert!(!items.is_empty() && !s.menu_title(subject).is_empty(), "{subject:?} has no menu");
        for item in &items {
            let says = !item.says.is_empty() || item.label.ends_with(", from the start");
            assert!(!item.label.is_empty() && says, "{subject:?}: {item:?}");
        }
        let labels: Vec<_> = items.iter().map(|i| &i.label).collect();
        let twice = labels.iter().find(|l| labels.iter().filter(|o| o == l).count() > 1);
        assert_eq!(twice, None, "{subject:?}");
        kinds.push(std::mem::discriminant(&subject));
    }
    for subject in [
        Subject::Thread(ETL),
        Subject::Process(gilscope::ids::ProcessIx(0)),
        Subject::Core(CoreId(0)),
        Subject::Pin(CoreId(0)),
        Subject::Gil(gilscope::ids::GilIx(0)),
        Subject::Resource(ObjectIx(0)),
        Subject::ReadyQueue,
        Subject::Flag(0),
        Subject::Computer,
        Subject::ThreadLane(ETL),
        Subject::CoreLane(CoreId(0)),
    ] {
        assert!(kinds.contains(&std::mem::discriminant(&subject)), "{subject:?} has no name in the picture");
    }
}

#[test]
fn a_menu_of_what_threads_share_changes_its_figure_and_deletes_it() {
    let s = session(rich());
    let choose = |object: u16, label: &str| {
        let mut s = s.clone();
        let item = s.menu(Subject::Resource(ObjectIx(object))).into_iter().find(|i| i.label == label);
        s.update(item.unwrap_or_else(|| panic!("no “{label}”")).action);
        s.undo_name().map(str::to_owned)
    };
    assert_eq!(choose(1, "Set its count to 2").as_deref(), Some("Set the count of s to 2"));
    assert_eq!(choose(1, "Set its count to 0").as_deref(), Some("Set the count of s to 0"));
    assert_eq!(choose(3, "Set its parties to 1").as_deref(), Some("Set the parties of b to 1"));
    assert_eq!(choose(0, "Add a lock to web").as_deref(), Some("Add lock 1 to web"));
    for (object, name) in ["m", "s", "e", "b", "q", "out", "disk"].into_iter().enumerate() {
        assert_eq!(choose(object as u16, "Delete").as_deref(), Some(format!("Delete {name}").as_str()));
    }
}

#[test]
fn menus_of_cores_and_processes_name_the_threads_that_could_come() {
    let mut s = at(native(), 1_500);
    let labels = |s: &Session, subject| s.menu(subject).into_iter().map(|i| i.label).collect::<Vec<_>>();
    assert_eq!(labels(&s, Subject::Core(CoreId(1)))[0], "Run here now: log");
    let item = s.menu(Subject::Core(CoreId(1))).remove(0);
    s.update(item.action);
    assert_eq!(s.machine().core(CoreId(1)).thread, Some(LOG));
    let mut s = session(python());
    s.update(Action::Select(Some(Subject::Thread(LOG))));
    let program = Subject::Process(gilscope::ids::ProcessIx(0));
    assert!(labels(&s, program).contains(&"Move log here".to_owned()), "{:?}", labels(&s, program));
    assert!(labels(&s, program).contains(&"Add a pipe to disk".to_owned()));
}

#[test]
fn arrows_lead_to_every_thing_of_every_claim_at_every_width() {
    for preset in presets::all() {
        for (w, h) in [(1_060.0, 740.0), (760.0, 600.0), (390.0, 700.0)] {
            let mut s = session(preset.scenario());
            s.update(Action::Resize(Size { w, h }));
            s.update(Action::Seek(ms(7)));
            let scene = s.scene();
            for lanes in [false, true] {
                let places = places(&scene, lanes);
                let rects: Vec<Rect> = places.iter().map(|(_, rect)| *rect).collect();
                assert!(!rects.is_empty(), "{}", preset.name);
                let mut reached = vec![0];
                let mut at = 0;
                while let Some(&from) = reached.get(at) {
                    at += 1;
                    let four = [Direction::Left, Direction::Right, Direction::Up, Direction::Down];
                    for to in four.into_iter().filter_map(|to| next(&rects, from, to)) {
                        if !reached.contains(&to) {
                            reached.push(to);
                        }
                    }
                }
                let missed: Vec<_> = (0..rects.len()).filter(|i| !reached.contains(i)).map(|i| places[i]).collect();
                assert!(missed.is_empty(), "{} at {w}: {missed:?}", preset.name);
                assert_eq!(next(&rects, 0, Direction::Last), Some(rects.len() - 1));
                assert_eq!(next(&rects, rects.len() - 1, Direction::First), Some(0));
            }
        }
    }
}

#[test]
fn the_way_of_the_focus_is_the_way_that_the_arrow_points() {
    let s = at(native(), 1_500);
    let places = places(&s.scene(), false);
    let rects: Vec<Rect> = places.iter().map(|(_, rect)| *rect).collect();
    let of = |subject| places.iter().position(|(s, _)| *s == subject).expect("a thing");
    let step = |from, to| next(&rects, of(from), to).map(|i| places[i].0);
    assert_eq!(step(Subject::Core(CoreId(0)), Direction::Right), Some(Subject::Pin(CoreId(0))));
    assert_eq!(step(Subject::ReadyQueue, Direction::Down), Some(Subject::Thread(LOG)));
    assert_eq!(step(Subject::Thread(LOG), Direction::Up), Some(Subject::ReadyQueue));
    assert_eq!(next(&rects, 99, Direction::Left), None, "from nothing to nothing");
}

#[test]
fn near_an_edge_it_scrolls_the_faster_the_nearer_and_in_the_middle_not_at_all() {
    let at = |y| speed(y, 100.0, 700.0);
    assert_eq!((at(400.0), at(160.0), at(640.0)), (0.0, 0.0, 0.0));
    assert!(at(110.0) < at(130.0) && at(130.0) < 0.0 && at(680.0) > 0.0 && at(699.0) > at(680.0));
    assert_eq!((at(20.0), at(900.0)), (-900.0, 900.0), "beyond the edge no faster than at it");
    assert_eq!(speed(5.0, 0.0, 10.0), 0.0, "the middle of a low area is no edge");
}

#[test]
fn the_lines_for_many_cores_stand_behind_all_others_and_say_nothing_twice() {
    let s = session(computer(16).process("tools", Runtime::Native, &[("etl", 0, "native 5ms")]));
    let items = s.menu(Subject::Thread(ETL));
    let (others, pins) = items.split_at(items.len() - 16);
    assert!(others.iter().any(|i| i.label == "Delete") && others.iter().any(|i| i.label == "Copy"));
    for (core, item) in pins.iter().enumerate() {
        assert_eq!((item.label.as_str(), item.says.as_str()), (&*format!("Pin to core {core}, from the start"), ""));
    }
    let few = session(computer(4).process("tools", Runtime::Native, &[("etl", 0, "native 5ms")]));
    assert_eq!(few.menu(Subject::Thread(ETL)).last().map(|i| i.label.clone()), Some("Delete".to_owned()));
}
