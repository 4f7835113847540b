//! Several threads at once, and copies of threads.

use gilscope::ids::ProcessIx;
use gilscope::scene::{Carried, DropSays, DropTarget, Point, Rect, Shape, Subject, ThreadSet};

use super::pixels::{card, carry, spot};
use super::*;

const DISK: DropTarget = DropTarget::Process(ProcessIx(1));

fn threads(all: &[ThreadIx]) -> ThreadSet {
    all.iter().copied().collect()
}

/// The names of the threads of a process.
fn of(s: &Session, process: usize) -> Vec<&str> {
    s.scenario().processes[process].threads.iter().map(|t| t.name.as_str()).collect()
}

fn says(s: &Session) -> String {
    match s.drag().and_then(|drag| drag.says.clone()) {
        Some(DropSays::Change(text) | DropSays::Refused(text)) => text,
        None => String::new(),
    }
}

#[test]
fn a_thread_joins_the_selection_and_leaves_it_with_a_key_held() {
    let mut s = session(native());
    for (thread, all, shown) in [(ETL, &[ETL][..], ETL), (LOG, &[ETL, LOG], LOG), (ETL, &[LOG], LOG)] {
        let at = card(&s, thread);
        s.update(Action::PointerDownToo(at));
        s.update(Action::PointerUp(at));
        assert_eq!(s.selected_threads(), threads(all));
        assert_eq!(s.selection(), Some(Subject::Thread(shown)), "the inspector shows one of them");
    }
    s.update(Action::Toggle(Subject::Thread(ZIP)));
    assert!(s.is_selected(Subject::Thread(ZIP)) && s.is_selected(Subject::Thread(LOG)));
    // A plain click selects one alone.
    let at = card(&s, ETL);
    s.update(Action::PointerDown(at));
    s.update(Action::PointerUp(at));
    assert_eq!(s.selected_threads(), threads(&[ETL]));
}

/// Whether a frame is drawn between two corners.
fn framed(s: &Session, from: Point, to: Point) -> bool {
    let frame = Rect::new(from.x, from.y, to.x - from.x, to.y - from.y);
    s.scene().shapes.iter().any(|shape| matches!(shape, Shape::Rect { rect, .. } if *rect == frame))
}

#[test]
fn a_frame_selects_the_threads_that_it_touches_and_stays_seen_while_it_is_drawn() {
    let mut s = at(native(), 1_500);
    let scene = s.scene();
    let queue = scene.regions.iter().find(|r| r.subject == Subject::ReadyQueue).expect("the ready queue").rect;
    let (from, to) =
        (Point { x: queue.x + 4.0, y: queue.y + 4.0 }, Point { x: queue.right() - 4.0, y: queue.bottom() - 4.0 });
    s.update(Action::PointerDownToo(from));
    s.update(Action::PointerMove(to));
    assert!(framed(&s, from, to));
    assert_eq!(s.selected_threads(), threads(&[LOG]), "who stands in the queue");
    assert_eq!(said(&s.update(Action::PointerUp(to))), "1 thread is selected");
    assert!(!framed(&s, from, to), "the frame is gone");
    // Another frame adds to what is selected.
    let computer = scene.regions.iter().find(|r| r.subject == Subject::Computer).expect("the computer").rect;
    s.update(Action::PointerDownToo(Point { x: computer.x + 2.0, y: computer.y + 2.0 }));
    s.update(Action::PointerMove(Point { x: computer.right() - 2.0, y: computer.bottom() - 2.0 }));
    s.update(Action::PointerUp(Point { x: computer.right() - 2.0, y: computer.bottom() - 2.0 }));
    assert_eq!(s.selected_threads(), threads(&[ETL, ZIP, LOG]));
}

#[test]
fn dragging_one_of_several_carries_all_and_is_one_step() {
    let mut s = at(python(), 2_000);
    s.update(Action::SelectThreads(threads(&[ETL, ZIP])));
    let to = carry(&mut s, Carried::Thread(ETL), DISK);
    assert_eq!(s.drag().map(|d| d.what), Some(Carried::Threads(threads(&[ETL, ZIP]))));
    assert_eq!(says(&s), "move etl and zip to disk, from the start");
    let texts = s.scene().shapes;
    assert!(texts.iter().any(|shape| matches!(shape, Shape::Text { text, .. } if text == "2 threads")));
    s.update(Action::PointerUp(to));
    assert_eq!((of(&s, 0), of(&s, 1)), (vec![], vec!["log", "etl", "zip"]));
    assert_eq!(s.selected_threads().len(), 2, "they stay selected");
    s.update(Action::Undo);
    assert_eq!(*s.scenario(), python());
    assert_eq!(s.undo_name(), None);
}

#[test]
fn several_are_pinned_run_and_deleted_together_or_not_at_all() {
    let drop = |s: &mut Session, all: &[ThreadIx], target| {
        s.update(Action::Drop { what: Carried::Threads(threads(all)), target })
    };
    let mut s = session(native());
    drop(&mut s, &[ETL, LOG], DropTarget::Pin(CoreId(1)));
    assert_eq!(s.undo_name(), Some("Pin etl and log to core 1"));
    drop(&mut s, &[ETL, ZIP, LOG], DropTarget::Pin(CoreId(1)));
    assert!(s.run().plan().threads.iter().all(|t| t.cores.pinned() == Some(CoreId(1))), "those that were not yet");
    drop(&mut s, &[ETL, ZIP, LOG], DropTarget::Pin(CoreId(1)));
    assert_eq!((s.undo_name(), s.scenario()), (Some("Let 3 threads run on any core"), &native()));

    let mut s = at(native(), 1_500);
    drop(&mut s, &[ZIP, LOG], DropTarget::Core(CoreId(0)));
    assert_eq!(s.undo_name(), Some("Run zip and log on core 0 at 1.5 ms"));
    assert_eq!(s.machine().core(CoreId(0)).thread, Some(ZIP));
    assert_eq!(s.scenario().interventions.len(), 2);
    drop(&mut s, &[ETL, ZIP, LOG], DropTarget::Bin);
    assert_eq!((s.undo_name(), s.scenario().threads().count()), (Some("Delete 3 threads"), 0));

    let mut s = at(python(), 2_000);
    let before = s.scenario().clone();
    let why = complaint(&drop(&mut s, &[ETL, LOG], DropTarget::Core(CoreId(1))));
    assert_eq!(why, "log waits for I/O; a core would not help");
    let why = complaint(&drop(&mut s, &[ETL, ZIP], DropTarget::Queue(0)));
    assert_eq!(why, "Only one thread at a time can be put into the ready queue");
    assert_eq!(*s.scenario(), before);
}

#[test]
fn while_a_key_is_held_what_is_dropped_is_a_copy() {
    let mut s = session(python());
    let to = carry(&mut s, Carried::Thread(ETL), DISK);
    assert_eq!(says(&s), "move etl to disk, from the start");
    s.update(Action::Copying(true));
    assert_eq!(says(&s), "copy etl to disk, from the start");
    let word = |s: &Session| {
        let shapes = s.scene().shapes;
        shapes.iter().any(|shape| matches!(shape, Shape::Text { text, .. } if text == "copy"))
    };
    assert!(word(&s));
    s.update(Action::Copying(false));
    assert!(!word(&s) && says(&s).starts_with("move"));
    s.update(Action::Copying(true));
    s.update(Action::PointerUp(to));
    assert_eq!((of(&s, 0), of(&s, 1)), (vec!["etl", "zip"], vec!["log", "etl 2"]));
    let program = |p: usize, t: usize| &s.scenario().processes[p].threads[t].program;
    assert_eq!(program(0, 0), program(1, 1));
    assert_eq!(s.undo_name(), Some("Copy etl to disk"));
    // Also into its own process, where the thread itself would only be put back.
    let to = carry(&mut s, Carried::Thread(ZIP), DISK);
    s.update(Action::PointerMove(to));
    s.update(Action::Copying(true));
    let home = spot(&s, DropTarget::Process(ProcessIx(0)));
    s.update(Action::PointerMove(home));
    s.update(Action::PointerUp(home));
    assert_eq!(of(&s, 0), ["etl", "zip", "zip 2"]);
    // Anywhere else it says where copies go.
    let core = Action::Drop { what: Carried::Copies(threads(&[ETL])), target: DropTarget::Core(CoreId(0)) };
    assert_eq!(complaint(&s.update(core)), "A copy goes to a process: drop it on one");
}

#[test]
fn what_is_selected_stays_so_when_others_come_and_go() {
    let mut s = session(native());
    s.update(Action::SelectThreads(threads(&[ZIP, LOG])));
    s.update(Action::Delete(Subject::Thread(ETL)));
    let names: Vec<_> = s.selected_threads().iter().map(|t| s.run().plan().thread(t).name.clone()).collect();
    assert_eq!(names, ["zip", "log"]);
    s.update(Action::Drop { what: Carried::Thread(ThreadIx(0)), target: DropTarget::Bin });
    assert_eq!((s.group().len(), s.selected_threads().len()), (0, 1));
}

#[test]
fn a_frame_across_the_names_of_lanes_selects_their_threads() {
    let mut s = at(native(), 1_500);
    let scene = s.scene();
    let lane = |thread| {
        let named = scene.regions.iter().find(|r| r.subject == Subject::ThreadLane(thread));
        named.expect("the lane").rect.center().y
    };
    let lanes = scene.regions.iter().find(|r| r.subject == Subject::Lanes).expect("the lanes").rect;
    let x = lanes.x + 2.0;
    s.update(Action::PointerDownToo(Point { x, y: lane(ZIP) }));
    s.update(Action::PointerMove(Point { x: x + 80.0, y: lane(LOG) }));
    let effects = s.update(Action::PointerUp(Point { x: x + 80.0, y: lane(LOG) }));
    assert_eq!(s.selected_threads(), threads(&[ZIP, LOG]));
    assert_eq!(said(&effects), "2 threads are selected");
}
