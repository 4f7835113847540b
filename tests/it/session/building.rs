//! Building by hand: adding, copying, deleting, the empty page; what a claim is compared with; ten edits back and forth.

use gilscope::ids::ProcessIx;
use gilscope::scenario::{Change, presets};
use gilscope::scene::{DropTarget, Ink, Shape, Subject};
use gilscope::session::Action;

use super::*;

fn names(s: &Session) -> Vec<String> {
    s.scenario().threads().map(|(p, t)| format!("{}: {}", p.name, t.name)).collect()
}

#[test]
fn what_is_added_is_selected_and_can_be_taken_back() {
    let mut s = at(python(), 2_000);
    s.update(Action::AddThread(ProcessIx(0)));
    assert_eq!(names(&s), ["app: etl", "app: zip", "app: worker", "disk: log"]);
    assert_eq!((s.selection(), s.playhead()), (Some(Subject::Thread(ThreadIx(3))), ms(2)));
    s.update(Action::Copy(Subject::Thread(ZIP)));
    assert_eq!((names(&s)[2].as_str(), s.undo_name()), ("app: zip 2", Some("Copy zip as zip 2")));
    s.update(Action::AddProcess);
    assert_eq!(s.selection(), Some(Subject::Process(ProcessIx(2))));
    s.update(Action::Copy(Subject::Process(ProcessIx(1))));
    assert_eq!((names(&s).len(), s.undo_name()), (7, Some("Copy process disk as disk 2")));
    s.update(Action::Copy(Subject::Core(CoreId(0))));
    assert_eq!(s.run().plan().cores, 3);
    while s.undo_name().is_some() {
        s.update(Action::Undo);
    }
    assert_eq!((s.scenario(), s.playhead()), (&python(), ms(2)));
}

#[test]
fn menus_of_processes_and_cores_do_the_same() {
    let s = at(python(), 2_000);
    for (subject, label, action) in [
        (Subject::Process(ProcessIx(1)), "Add a thread", Action::AddThread(ProcessIx(1))),
        (Subject::Process(ProcessIx(1)), "Copy", Action::Copy(Subject::Process(ProcessIx(1)))),
        (Subject::Process(ProcessIx(1)), "Delete", Action::Delete(Subject::Process(ProcessIx(1)))),
        (Subject::Thread(ZIP), "Copy", Action::Copy(Subject::Thread(ZIP))),
        (Subject::Core(CoreId(1)), "Add a core", Action::Copy(Subject::Core(CoreId(1)))),
        (Subject::Computer, "Take the last core away", Action::Delete(Subject::Computer)),
        (Subject::Computer, "Add a process", Action::AddProcess),
    ] {
        let item = s.menu(subject).into_iter().find(|item| item.label == label).expect("a line of the menu");
        let (mut chosen, mut done) = (s.clone(), s.clone());
        chosen.update(item.action);
        done.update(action);
        assert_eq!(chosen.scenario(), done.scenario());
        let name = chosen.undo_name().expect("a change").to_lowercase();
        assert_eq!(format!("{name}, from the start"), item.says.to_lowercase());
    }
    for nothing in [Subject::Thread(ThreadIx(99)), Subject::Flag(0), Subject::Bin] {
        assert_eq!(s.menu(nothing), []);
    }
}

#[test]
fn what_a_limit_forbids_is_refused_with_the_reason() {
    let mut one = native();
    one.computer.cores = 1;
    let mut s = session(one.clone());
    let item = s.menu(Subject::Computer).remove(1);
    assert_eq!(item.refused.as_deref(), Some("computer: it needs at least one core"));
    assert_eq!(complaint(&s.update(item.action)), "computer: it needs at least one core");
    assert_eq!(s.scenario(), &one);
}

#[test]
fn w2_can_be_built_from_an_empty_page() {
    let mut s = at(python(), 9_000);
    assert_eq!(said(&s.update(Action::New)), "Start with an empty page");
    assert_eq!((s.playhead(), names(&s)), (ms(0), vec!["program: main".to_owned()]));
    let io = gilscope::scenario::Op::Io(Dur::from_ms(20));
    let main = s.scenario().processes[0].threads[0].id;
    s.update(s.scenario().with_new_op(main, &[1], io).expect("possible").into());
    s.update(Action::Copy(Subject::Thread(ThreadIx(0))));
    s.update(s.scenario().with_thread_name(main, "worker 1").expect("possible").into());
    assert_eq!(s.run().end(), ms(40), "one computes while the other waits");
    for _ in 0..4 {
        s.update(Action::Undo);
    }
    assert_eq!(s.scenario(), &python());
}

#[test]
fn ten_edits_go_back_and_forth_and_keep_playhead_and_playing() {
    let mut s = at(native(), 7_100);
    s.update(Action::TogglePlay);
    let mut seen = vec![(s.scenario().clone(), None)];
    let drop = |what, target| Action::Drop { what: gilscope::scene::Carried::Thread(what), target };
    for action in [
        Action::AddProcess,
        drop(ETL, DropTarget::Process(ProcessIx(1))),
        drop(LOG, DropTarget::Pin(CoreId(1))),
        Action::Copy(Subject::Thread(ZIP)),
        Action::AddThread(ProcessIx(0)),
        Action::Copy(Subject::Computer),
        run_elsewhere(&s, ZIP),
        Action::Copy(Subject::Process(ProcessIx(1))),
        drop(LOG, DropTarget::Bin),
        Action::Delete(Subject::Process(ProcessIx(1))),
    ] {
        assert_eq!(complaint(&s.update(action.clone())), "", "{action:?}");
        seen.push((s.scenario().clone(), s.undo_name().map(str::to_owned)));
    }
    let playhead = s.playhead();
    assert_eq!(seen.len(), 11);
    for round in 0..3 {
        for (before, after) in seen.iter().zip(&seen[1..]).rev() {
            let undone = after.1.as_deref().expect("a name");
            assert_eq!(said(&s.update(Action::Undo)), format!("Undone: {undone}"), "round {round}");
            assert_eq!((s.scenario(), s.playhead(), s.playing()), (&before.0, playhead, true));
        }
        for after in &seen[1..] {
            s.update(Action::Redo);
            assert_eq!((s.scenario(), s.playhead(), s.playing()), (&after.0, playhead, true));
        }
    }
}

#[test]
fn a_change_is_from_the_start_or_from_now_and_history_knows_which() {
    let mut s = at(native(), 7_100);
    s.update(run_elsewhere(&s, ZIP));
    assert_eq!(s.undo_kind(), Some(Change::FromNow(s.playhead())));
    s.update(Action::Pin { thread: LOG, core: Some(CoreId(1)) });
    assert_eq!(s.undo_kind(), Some(Change::FromStart));
    s.update(Action::Undo);
    assert_eq!((s.redo_kind(), s.undo_kind()), (Some(Change::FromStart), Some(Change::FromNow(s.playhead()))));
}

#[test]
fn the_baseline_is_the_claims_and_edits_do_not_change_it() {
    let mut s = session(presets::by_name("W4").expect("a preset").scenario());
    let baseline = |s: &Session| s.baseline().map(|run| (run.ending().is_some(), run.end()));
    let first = baseline(&s).expect("W4 has a baseline");
    assert!(first.0);
    s.update(Action::Copy(Subject::Computer));
    assert_eq!(baseline(&s), Some(first));
    s.update(Action::New);
    assert_eq!(baseline(&s), None, "an empty page is compared with nothing");
    s.update(Action::Undo);
    assert_eq!(baseline(&s), Some(first));
    s.update(Action::Load(Box::new(native())));
    assert_eq!(baseline(&s), None);
}

#[test]
fn what_is_hidden_or_outlined_stays_so_from_claim_to_claim() {
    let mut s = session(native());
    assert_eq!(s.update(Action::ToggleFuture), [gilscope::session::Effect::Redraw]);
    s.update(Action::ToggleOutlines);
    s.update(Action::Load(Box::new(python())));
    assert!(s.future_hidden() && s.cores_outlined());
    s.update(Action::ToggleFuture);
    s.update(Action::ToggleOutlines);
    assert!(!s.future_hidden() && !s.cores_outlined());
}

#[test]
fn a_thread_keeps_its_colour_when_another_is_deleted() {
    let colours = |s: &Session| {
        let of = |shape: &Shape| match shape {
            Shape::Rect { fill: Some(fill), .. } => Some(fill.ink),
            _ => None,
        };
        let shapes = s.scene().shapes;
        (0..4).filter(|n| shapes.iter().any(|shape| of(shape) == Some(Ink::Thread(*n)))).collect::<Vec<_>>()
    };
    for (gone, left) in [(0, [1, 2]), (1, [0, 2]), (2, [0, 1])] {
        let mut s = session(presets::by_name("P2").expect("a preset").scenario());
        s.update(Action::Seek(ms(12)));
        assert_eq!(colours(&s), [0, 1, 2]);
        s.update(Action::Delete(Subject::Thread(ThreadIx(gone))));
        assert_eq!(colours(&s), left, "without {gone}");
        s.update(Action::AddThread(ProcessIx(0)));
        assert_eq!(colours(&s).len(), 3, "a new one has another: {:?}", colours(&s));
    }
    // On a page of one's own too.
    let mut s = session(python());
    s.update(Action::New);
    s.update(Action::AddThread(ProcessIx(0)));
    s.update(Action::Delete(Subject::Thread(ThreadIx(0))));
    assert_eq!(colours(&s), [1]);
}
