//! Every drop made three ways, by pointer, menu and keys: the same edit, the same link.

use gilscope::ids::ProcessIx;
use gilscope::scenario::{Change, PerCore, Queues, link};
use gilscope::scene::{Carried, DropSays, DropTarget, Subject};
use gilscope::session::{Action, Effect};

use super::pixels::carry;
use super::*;

const THREAD: fn(ThreadIx) -> Carried = Carried::Thread;

/// All that a drop leaves behind.
#[derive(Debug, PartialEq)]
struct Left {
    scenario: Scenario,
    link: String,
    undo: Option<String>,
    playhead: Time,
    complaint: String,
}

fn left(s: &Session, effects: &[Effect]) -> Left {
    let undo = s.undo_name().map(str::to_owned);
    let link = link::encode(s.scenario());
    Left { scenario: s.scenario().clone(), link, undo, playhead: s.playhead(), complaint: complaint(effects) }
}

/// Makes a drop by pointer.
pub(super) fn by_pointer(s: &mut Session, what: Carried, target: DropTarget) -> Vec<Effect> {
    let to = carry(s, what, target);
    assert_eq!(s.drag().and_then(|d| d.over), Some(target), "{what:?}");
    s.update(Action::PointerUp(to))
}

/// Makes a drop with the line of the menu that is for this target.
fn by_menu(s: &mut Session, what: Carried, target: DropTarget) -> Vec<Effect> {
    let subject = what.subject().expect("something of the picture");
    let is = |action: &Action| matches!(action, Action::Drop { what: w, target: t } if (*w, *t) == (what, target));
    let item = s.menu(subject).into_iter().find(|item| is(&item.action)).expect("a line for the target");
    s.update(item.action)
}

/// Makes a drop with keys.
fn by_keys(s: &mut Session, what: Carried, target: DropTarget) -> Vec<Effect> {
    s.update(Action::Lift(what));
    for _ in 0..50 {
        s.update(Action::NextTarget);
        let drag = s.drag().expect("it is carried");
        if drag.over == Some(target) {
            return s.update(Action::DropHere);
        }
    }
    panic!("keys do not come to {target:?}");
}

/// The same by all three ways, and one step back; what is left behind.
fn three_ways(scenario: &Scenario, us: u64, what: Carried, target: DropTarget) -> Left {
    let mut first = None;
    for way in [by_pointer, by_menu, by_keys] {
        let mut s = at(scenario.clone(), us);
        let effects = way(&mut s, what, target);
        let left = left(&s, &effects);
        assert_eq!(s.drag(), None);
        if s.undo_name().is_some() {
            s.update(Action::Undo);
        }
        assert_eq!((s.scenario(), s.undo_name()), (scenario, None), "one step back");
        match &first {
            None => first = Some(left),
            Some(first) => assert_eq!(&left, first, "{what:?} on {target:?} at {us} µs"),
        }
    }
    first.expect("three ways")
}

fn changed(left: &Left) -> &str {
    assert_eq!(left.complaint, "");
    left.undo.as_deref().expect("a change")
}

#[test]
fn a_thread_goes_to_a_core_or_a_pin() {
    for core in [0, 1] {
        let left = three_ways(&native(), 1_500, THREAD(LOG), DropTarget::Core(CoreId(core)));
        assert_eq!(changed(&left), format!("Run log on core {core} at 1.5 ms"));
        for us in [0, 1_500] {
            let left = three_ways(&native(), us, THREAD(LOG), DropTarget::Pin(CoreId(core)));
            assert_eq!(changed(&left), format!("Pin log to core {core}"));
        }
    }
    let left = three_ways(&native().pin("log", &[1]), 1_500, THREAD(LOG), DropTarget::Pin(CoreId(1)));
    assert_eq!(changed(&left), "Let log run on any core");
    let refused = three_ways(&python(), 2_000, THREAD(ZIP), DropTarget::Core(CoreId(1)));
    assert_eq!((refused.complaint.as_str(), refused.undo), ("zip wants the GIL; a core would not help", None));
}

#[test]
fn a_thread_goes_to_another_process() {
    for us in [0, 2_000] {
        let left = three_ways(&python(), us, THREAD(ZIP), DropTarget::Process(ProcessIx(1)));
        assert_eq!(changed(&left), "Move zip to disk");
        assert_eq!(left.playhead, Time::from_us(us));
        let names: Vec<_> = left.scenario.processes[1].threads.iter().map(|t| t.name.as_str()).collect();
        assert_eq!(names, ["log", "zip"]);
    }
}

#[test]
fn a_flag_goes_to_the_playhead_or_to_the_bin() {
    let flagged =
        native().with_run_here(native().processes[0].threads[2].id, CoreId(1), ms(5)).expect("possible").scenario;
    let left = three_ways(&flagged, 10_500, Carried::Flag(0), DropTarget::Instant(Time::from_us(10_500)));
    assert_eq!(changed(&left), "Move the flag “run log on core 1” to 10.5 ms");
    assert_eq!((left.scenario.interventions[0].at, left.playhead), (Time::from_us(10_500), Time::from_us(10_500)));
}

#[test]
fn keys_tell_the_targets_by_name_those_that_take_it_first_and_show_what_would_happen() {
    let mut s = at(python(), 2_000);
    assert_eq!(said(&s.update(Action::Lift(THREAD(ZIP)))), "zip picked up: choose a place with the arrow keys");
    assert!(s.carries_by_keys());
    let before = s.scene().shapes;
    assert_eq!(said(&s.update(Action::NextTarget)), "Move to process disk: move zip to disk, from the start");
    let drag = s.drag().expect("a drag").clone();
    assert_eq!(drag.over, Some(DropTarget::Process(ProcessIx(1))));
    assert_eq!(drag.change, Some(Change::FromStart));
    assert_ne!(s.scene().shapes, before, "the future is the one that a drop would make");
    // Nothing lies before the first; the bin is behind all others, also behind those that refuse.
    s.update(Action::PreviousTarget);
    assert_eq!(s.drag().and_then(|d| d.over), drag.over);
    s.update(Action::Carry(50));
    assert_eq!(s.drag().and_then(|d| d.over), Some(DropTarget::Bin));
    assert!(said(&s.update(Action::PreviousTarget)).ends_with(": zip wants the GIL; a core would not help"));
    assert!(matches!(s.drag().and_then(|d| d.says.clone()), Some(DropSays::Refused(_))));
    assert_eq!(s.scenario(), &python());
}

#[test]
fn at_the_start_keys_come_to_each_core_once_and_back_is_never_the_bin() {
    let mut s = session(native());
    s.update(Action::Lift(THREAD(LOG)));
    s.update(Action::PreviousTarget);
    let first = s.drag().and_then(|d| d.over);
    assert!(first.is_some() && first != Some(DropTarget::Bin));
    let mut heard = vec![said(&s.update(Action::Carry(-10)))];
    while s.drag().and_then(|d| d.over) != Some(DropTarget::Bin) {
        heard.push(said(&s.update(Action::NextTarget)));
    }
    for core in ["Pin to core 0", "Pin to core 1", "Delete"] {
        assert_eq!(heard.iter().filter(|h| h.starts_with(core)).count(), 1, "{heard:?}");
    }
    assert!(heard.last().is_some_and(|h| h.starts_with("Delete")), "{heard:?}");
}

#[test]
fn places_in_the_queue_tell_threads_of_one_name_apart() {
    let both = computer(1).process("shop", Runtime::Native, &[("main", 0, "native 9ms"), ("log", 0, "native 9ms")]);
    let mut s = at(both.process("mail", Runtime::Native, &[("main", 0, "native 9ms")]), 1_500);
    s.update(Action::Lift(THREAD(ThreadIx(2))));
    let mut heard = Vec::new();
    for _ in 0..6 {
        heard.push(said(&s.update(Action::NextTarget)));
    }
    let mains: Vec<_> = heard.iter().filter(|h| h.contains("main")).collect();
    assert!(mains.iter().any(|h| h.contains("main of mail")), "{heard:?}");
}

#[test]
fn who_selects_by_keys_hears_what_is_selected() {
    let mut s = session(native());
    let select = |s: &mut Session, what| said(&s.update(Action::Select(what)));
    assert_eq!(select(&mut s, Some(gilscope::scene::Subject::Thread(LOG))), "log is selected");
    assert_eq!(select(&mut s, Some(gilscope::scene::Subject::CoreLane(CoreId(1)))), "Core 1 is selected");
    assert_eq!(select(&mut s, None), "Nothing is selected");
    assert_eq!(select(&mut s, None), "");
}

#[test]
fn what_keys_hold_is_put_back_and_the_pointer_has_nothing_to_do_with_it() {
    let mut s = at(native(), 1_500);
    s.update(Action::Lift(THREAD(LOG)));
    s.update(Action::NextTarget);
    let held = s.drag().cloned();
    s.update(Action::PointerMove(gilscope::scene::Point { x: 400.0, y: 300.0 }));
    s.update(Action::PointerCancel);
    s.update(Action::PointerUp(gilscope::scene::Point { x: 400.0, y: 300.0 }));
    assert_eq!(s.drag().cloned(), held);
    assert_eq!(said(&s.update(Action::CancelDrag)), "Dragging cancelled; nothing changed");
    assert_eq!((s.scenario(), s.drag()), (&native(), None));
    s.update(Action::Lift(THREAD(LOG)));
    assert_eq!(said(&s.update(Action::DropHere)), "log was put back; nothing changed");
    for action in [Action::NextTarget, Action::PreviousTarget, Action::DropHere, Action::Lift(THREAD(ThreadIx(99)))] {
        assert_eq!(s.update(action), [], "nothing is held");
    }
    s.update(Action::Lift(THREAD(LOG)));
    s.update(Action::PointerDown(gilscope::scene::Point { x: 1.0, y: 1.0 }));
    assert_eq!(s.drag(), None, "a press gives it up");
}

#[test]
fn the_scale_of_the_lanes_is_the_same_before_and_after_a_drop() {
    let target = DropTarget::Pin(CoreId(1));
    // Pinned to one core all three take 60 ms instead of 32.
    let pinned = native().pin("etl", &[1]).pin("zip", &[1]);
    let mut s = at(pinned, 1_500);
    let first = s.axis();
    let to = carry(&mut s, THREAD(LOG), target);
    let during = s.axis();
    assert!(during != first, "room is made");
    s.update(Action::PointerUp(to));
    assert_eq!(s.axis(), during);
    assert!(s.axis().shows(s.run().end()));
    s.update(Action::Undo);
    let again = s.axis();
    carry(&mut s, THREAD(LOG), target);
    s.update(Action::CancelDrag);
    assert_eq!(s.axis(), again);
}

#[test]
fn a_drop_that_takes_as_long_leaves_the_scale_alone() {
    let mut s = at(native(), 1_500);
    let first = s.axis();
    by_pointer(&mut s, THREAD(LOG), DropTarget::Core(CoreId(1)));
    assert_eq!(s.axis(), first);
}

#[test]
fn a_ready_thread_moves_within_the_queue_from_now_on() {
    // Two run, three are ready: log, zap and tar.
    let mut five = native();
    for (id, name) in [(3, "zap"), (4, "tar")] {
        let mut thread = five.processes[0].threads[2].clone();
        (thread.id, thread.name) = (gilscope::ids::ThreadId(id), name.to_owned());
        five.processes[0].threads.push(thread);
    }
    let s = at(five.clone(), 1_500);
    assert_eq!(s.machine().ready().collect::<Vec<_>>(), [LOG, ThreadIx(3), ThreadIx(4)]);
    let order = |left: &Left| at(left.scenario.clone(), 1_500).machine().ready().map(|t| t.0).collect::<Vec<_>>();
    let to_tail = three_ways(&five, 1_500, THREAD(LOG), DropTarget::Queue(3));
    assert_eq!(changed(&to_tail), "Move log to place 3 of the ready queue at 1.5 ms");
    assert_eq!(order(&to_tail), [3, 4, 2]);
    let one_back = three_ways(&five, 1_500, THREAD(LOG), DropTarget::Queue(2));
    assert_eq!(order(&one_back), [3, 2, 4]);
    let to_head = three_ways(&five, 1_500, THREAD(ThreadIx(4)), DropTarget::Queue(0));
    assert_eq!(order(&to_head), [4, 2, 3]);
    // Where it stands is no target.
    let places: Vec<_> = s.menu(Subject::Thread(LOG)).into_iter().filter(|i| i.label.contains("queue")).collect();
    assert_eq!(places.len(), 2, "{places:?}");
    assert!(places.iter().all(|item| item.refused.is_none()));
}

#[test]
fn with_a_queue_per_core_a_thread_moves_within_its_own() {
    let mut six = native();
    for (id, name) in [(3, "zap"), (4, "tar"), (5, "gz")] {
        let mut thread = six.processes[0].threads[2].clone();
        (thread.id, thread.name) = (gilscope::ids::ThreadId(id), name.to_owned());
        six.processes[0].threads.push(thread);
    }
    six.computer.queues = Queues::PerCore(PerCore { pull: false, ..PerCore::default() });
    let s = at(six.clone(), 1_500);
    // Those of core 0, then those of core 1.
    let order = |s: &Session| s.machine().ready().map(|t| t.0).collect::<Vec<_>>();
    assert_eq!(order(&s), [2, 4, 3, 5]);
    let to_tail = three_ways(&six, 1_500, THREAD(ThreadIx(3)), DropTarget::Queue(5));
    assert_eq!(changed(&to_tail), "Move zap to place 2 of the ready queue at 1.5 ms");
    assert_eq!(order(&at(to_tail.scenario, 1_500)), [2, 4, 5, 3]);
    let to_head = three_ways(&six, 1_500, THREAD(ThreadIx(4)), DropTarget::Queue(0));
    assert_eq!(order(&at(to_head.scenario, 1_500)), [4, 2, 3, 5]);
    let labels = |thread| {
        let menu = s.menu(Subject::Thread(thread)).into_iter();
        menu.map(|i| i.label).filter(|l| l.contains("queue")).collect::<Vec<_>>()
    };
    assert_eq!(labels(ThreadIx(3)), ["Last in the ready queue"]);
    // Behind the last of core 0's queue is another place than before the first of core 1's.
    assert_eq!(order(&at(three_ways(&six, 1_500, THREAD(LOG), DropTarget::Queue(2)).scenario, 1_500)), [4, 2, 3, 5]);
    let mut s = at(six, 1_500);
    let refused = s.update(Action::Drop { what: THREAD(LOG), target: DropTarget::Queue(3) });
    assert_eq!(complaint(&refused), "log is in the ready queue of another core; drop it on a core to run it there");
    let refused = s.update(Action::Drop { what: THREAD(ETL), target: DropTarget::Queue(3) });
    assert_eq!(complaint(&refused), "etl would wait for its own core; drop it there, or on another core to run it");
}

#[test]
fn a_running_thread_dropped_on_the_queue_is_taken_off_its_core() {
    let left = three_ways(&native(), 1_500, THREAD(ETL), DropTarget::Queue(1));
    assert_eq!(changed(&left), "Take etl off its core at 1.5 ms");
    let s = at(left.scenario, 1_500);
    assert_eq!((s.machine().thread(ETL).core, s.machine().core(CoreId(0)).thread), (None, Some(LOG)));
}

#[test]
fn the_queue_refuses_with_the_reason() {
    let refused = |scenario: &Scenario, us, thread| {
        let s = at(scenario.clone(), us);
        let item =
            s.menu(Subject::Thread(thread)).into_iter().find(|i| i.label.contains("queue") || i.label.contains("off"));
        item.and_then(|i| i.refused).expect("a refusal")
    };
    let at_start = refused(&native(), 0, ETL);
    assert_eq!(at_start, "At the start nothing can be done by hand yet; go on a little, then move etl");
    let waits = refused(&python(), 2_000, LOG);
    assert_eq!(waits, "log is not ready; only threads that wait for a core stand in this queue");
    let runs = refused(&python(), 2_000, ETL);
    assert_eq!(runs, "Nobody else is ready; etl would get its core back at once");
}

#[test]
fn dropped_in_the_bin_a_thread_is_deleted_from_the_start_with_its_flags() {
    let flagged =
        native().with_run_here(native().processes[0].threads[2].id, CoreId(1), ms(5)).expect("possible").scenario;
    let left = three_ways(&flagged, 9_000, THREAD(LOG), DropTarget::Bin);
    assert_eq!(changed(&left), "Delete log, with 1 flag");
    assert_eq!((left.scenario.threads().count(), left.playhead), (2, ms(9)));
    let mut s = at(flagged.clone(), 9_000);
    s.update(Action::Delete(Subject::Thread(LOG)));
    assert_eq!((s.scenario(), s.undo_kind()), (&left.scenario, Some(Change::FromStart)), "the action does the same");
    let left = three_ways(&flagged, 9_000, Carried::Flag(0), DropTarget::Bin);
    assert_eq!(left.scenario, native());
    let mut s = at(flagged, 9_000);
    s.update(Action::Delete(Subject::Flag(0)));
    assert_eq!((s.scenario(), s.undo_kind()), (&native(), Some(Change::FromNow(ms(5)))));
}

#[test]
fn a_thread_that_needs_what_only_its_process_has_does_not_move_away() {
    let json = r#"{"v":1,"processes":[
        {"id":0,"name":"web","resources":[{"id":0,"name":"m","kind":"lock"}],"threads":[
            {"id":0,"name":"main","program":[{"acquire":0},{"python":5000000},{"release":0}]}]},
        {"id":1,"name":"etl","threads":[{"id":1,"name":"reader","program":[{"python":5000000}]}]}]}"#;
    let scenario: Scenario = serde_json::from_str(json).expect("a scenario");
    let left = three_ways(&scenario, 0, THREAD(ThreadIx(0)), DropTarget::Process(ProcessIx(1)));
    assert_eq!(left.complaint, "main uses lock “m” of web; etl has no such lock");
    assert_eq!((left.scenario, left.undo), (scenario.clone(), None));
    let left = three_ways(&scenario, 0, THREAD(ThreadIx(1)), DropTarget::Process(ProcessIx(0)));
    assert_eq!(changed(&left), "Move reader to web");
}

#[test]
fn where_nothing_may_be_changed_a_flag_stays_where_it_is() {
    let log = native().processes[0].threads[2].id;
    let flagged = native().with_run_here(log, CoreId(1), ms(5)).expect("possible").scenario;
    for editable in [true, false] {
        let mut s = at(flagged.clone(), 10_500);
        s.set_editable(editable);
        let to = carry(&mut s, Carried::Flag(0), DropTarget::Instant(ms(20)));
        assert_eq!(s.drag().is_some(), editable);
        s.update(Action::PointerUp(to));
        assert_eq!(s.scenario() != &flagged, editable);
    }
}
