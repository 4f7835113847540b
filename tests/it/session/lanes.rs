//! Arranging lanes by their menus, and which arrows are drawn.

use gilscope::scene::{Arrows, Ink, Scene, Shape, Subject};
use gilscope::session::keys::{At, Command, Press, command};

use super::*;

fn order(s: &Session) -> Vec<Subject> {
    let is_lane = |s: Subject| s.of_lane() != s;
    s.scene().regions.iter().map(|r| r.subject).filter(|s| is_lane(*s)).collect()
}

fn choose(s: &mut Session, lane: Subject, label: &str) -> String {
    let items = s.menu(lane);
    let item = items.iter().find(|i| i.label == label);
    let item = item.unwrap_or_else(|| panic!("no {label}: {:?}", items.iter().map(|i| &i.label).collect::<Vec<_>>()));
    said(&s.update(item.action.clone()))
}

fn offers(s: &Session, lane: Subject, label: &str) -> bool {
    s.menu(lane).iter().any(|i| i.label == label)
}

const fn thread(thread: ThreadIx) -> Subject {
    Subject::ThreadLane(thread)
}

#[test]
fn a_lane_is_moved_within_its_group_and_pinned_above_all() {
    let mut s = session(native());
    assert!(!offers(&s, thread(ETL), "Move the lane up"), "it is the first of its group");
    assert_eq!(choose(&mut s, thread(ETL), "Move the lane down"), "Moved down");
    assert_eq!(order(&s)[2..], [thread(ZIP), thread(ETL), thread(LOG)]);
    choose(&mut s, thread(LOG), "Move the lane up");
    choose(&mut s, thread(LOG), "Move the lane up");
    assert_eq!(order(&s)[2..], [thread(LOG), thread(ZIP), thread(ETL)]);
    choose(&mut s, thread(ETL), "Pin the lane to the top");
    choose(&mut s, Subject::CoreLane(CoreId(1)), "Pin the lane to the top");
    let core = |n| Subject::CoreLane(CoreId(n));
    assert_eq!(order(&s), [thread(ETL), core(1), core(0), thread(LOG), thread(ZIP)]);
    choose(&mut s, core(1), "Move the lane up");
    assert_eq!(order(&s)[..2], [core(1), thread(ETL)]);
    choose(&mut s, thread(ETL), "Do not pin the lane");
    assert_eq!(order(&s), [core(1), core(0), thread(LOG), thread(ZIP), thread(ETL)], "where it was moved to");
    choose(&mut s, Subject::Ruler, "Put all lanes back");
    assert_eq!(order(&s), order(&session(native())));
    assert!(!offers(&s, Subject::Ruler, "Put all lanes back"));
}

#[test]
fn lanes_of_a_process_are_drawn_as_one_and_again_as_one_each() {
    let mut s = session(python());
    let process = Subject::ProcessLane(gilscope::ids::ProcessIx(0));
    assert!(!offers(&s, thread(LOG), "Collapse the lanes of disk"), "it has one thread only");
    choose(&mut s, thread(ZIP), "Collapse the lanes of app");
    assert!(order(&s).ends_with(&[process, thread(LOG)]));
    choose(&mut s, Subject::CoreLane(CoreId(0)), "Collapse the lanes of the cores");
    assert_eq!(order(&s)[0], Subject::ComputerLane);
    choose(&mut s, process, "Expand the lanes of app");
    choose(&mut s, Subject::ComputerLane, "Expand the lanes of the cores");
    assert_eq!(order(&s), order(&session(python())));
}

#[test]
fn how_lanes_are_arranged_follows_their_threads_through_edits() {
    let mut s = session(native());
    choose(&mut s, thread(LOG), "Pin the lane to the top");
    s.update(Action::Delete(Subject::Thread(ETL)));
    // What was the third is the second now.
    assert_eq!(order(&s)[0], thread(ZIP));
    assert_eq!(s.run().plan().thread(ZIP).name, "log");
    s.update(Action::Delete(Subject::Thread(ZIP)));
    assert_eq!(order(&s)[0], Subject::CoreLane(CoreId(0)));
}

#[test]
fn the_menu_of_a_lane_opens_on_its_name_and_arranging_is_no_change_of_the_scenario() {
    let mut s = session(native());
    let label = s.scene().regions.iter().find(|r| r.subject == thread(ZIP)).expect("a lane").rect;
    assert_eq!(s.lane_at(label.center()), Some(thread(ZIP)));
    let beside = gilscope::scene::Point { x: label.right() + 20.0, ..label.center() };
    assert_eq!(s.lane_at(beside), None, "the stretches have menus of their own");
    choose(&mut s, thread(ZIP), "Pin the lane to the top");
    choose(&mut s, Subject::Ruler, "Show a lane of the ready queue");
    assert!(order(&s).contains(&Subject::QueueLane));
    choose(&mut s, Subject::QueueLane, "Pin the lane to the top");
    choose(&mut s, Subject::Ruler, "Hide the lane of the ready queue");
    assert!(s.undo_name().is_none());
}

/// How many heads of arrows are drawn.
fn heads(scene: &Scene) -> usize {
    let is_head = |s: &&Shape| match s {
        Shape::Path { points, closed: true, fill: Some(fill), stroke: None } => {
            points.len() == 3 && fill.ink == Ink::Text
        }
        _ => false,
    };
    scene.shapes.iter().filter(is_head).count()
}

#[test]
fn arrows_are_those_that_cross_or_all_or_the_selected_threads_or_none() {
    let mut s = session(python());
    let press = |s: &mut Session| match command(s, Press { key: "j", ..Press::default() }, At::default()) {
        Some(Command::Do(action)) => said(&s.update(action)),
        other => panic!("{other:?}"),
    };
    let crossing = heads(&s.scene());
    assert_eq!(press(&mut s), "Arrows: all wake-ups, hand-offs, requests and messages");
    let all = heads(&s.scene());
    assert!(all > crossing, "{all} of {crossing}");
    assert_eq!(press(&mut s), "Arrows: none", "nobody is selected");
    press(&mut s);
    press(&mut s);
    s.update(Action::Select(Some(Subject::Thread(ETL))));
    assert_eq!(press(&mut s), "Arrows: those of the selected thread");
    s.update(Action::Select(None));
    assert_eq!((s.arrows(), heads(&s.scene()), s.lacks_thread_for_arrows()), (Arrows::Selected, 0, true));
    s.update(Action::Select(Some(Subject::Thread(ETL))));
    assert!(!s.lacks_thread_for_arrows());
    assert_eq!(heads(&s.scene()), all, "etl and zip hand the GIL to each other");
    s.update(Action::Select(Some(Subject::Thread(LOG))));
    assert_eq!(heads(&s.scene()), 0);
    press(&mut s);
    assert_eq!((s.arrows(), heads(&s.scene())), (Arrows::None, 0));
    press(&mut s);
    assert_eq!((s.arrows(), heads(&s.scene())), (Arrows::Crossing, crossing));
}
