//! Any sequence of actions on any scenario.

use gilscope::engine::Run;
use gilscope::ids::{GilIx, ObjectId, ObjectIx, ProcessId, ProcessIx, ThreadId};
use gilscope::scenario::{Change, ResourceKind, Start};
use gilscope::scene::{Arrows, Carried, DropTarget, OpAt, Point, Subject, ThreadSet, Tool};
use gilscope::session::Action;
use gilscope::session::embed::Mode;
use gilscope::session::navigate::Read;
use gilscope::session::range::End;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::random::{endless_scenarios, scenarios};

fn points() -> impl Strategy<Value = Point> {
    (-50.0..1_050.0f64, -50.0..900.0f64).prop_map(|(x, y)| Point { x, y })
}

fn subjects() -> impl Strategy<Value = Subject> {
    (0u16..20).prop_flat_map(|i| {
        prop::sample::select(vec![
            Subject::Thread(ThreadIx(i)),
            Subject::Core(CoreId(i as u8)),
            Subject::Gil(GilIx(i)),
            Subject::Process(ProcessIx(i / 4)),
            Subject::Computer,
            Subject::Record(u32::from(i) * 40),
            Subject::Flag(i),
            Subject::ReadyQueue,
            Subject::Resource(ObjectIx(i)),
            Subject::Board,
            Subject::Lanes,
            Subject::Op(op(i)),
            Subject::OpEdge(op(i)),
        ])
    })
}

fn threads() -> impl Strategy<Value = ThreadSet> {
    vec(0u16..8, 1..4).prop_map(|threads| threads.into_iter().map(ThreadIx).collect())
}

/// One of the first ops of one of the first threads.
const fn op(i: u16) -> OpAt {
    OpAt { thread: ThreadIx(i % 4), op: i / 4 }
}

fn one() -> impl Strategy<Value = Carried> {
    prop_oneof![
        4 => (0u16..8).prop_map(|i| Carried::Thread(ThreadIx(i))),
        1 => (0u16..3).prop_map(Carried::Flag),
        2 => (0u16..24).prop_map(|i| Carried::Op(op(i))),
        1 => (0u16..24).prop_map(|i| Carried::OpEdge(op(i))),
    ]
}

fn carried() -> impl Strategy<Value = Carried> {
    prop_oneof![
        5 => one(),
        1 => threads().prop_map(Carried::Threads),
        1 => threads().prop_map(Carried::Copies),
        1 => prop::sample::select(Tool::ALL.to_vec()).prop_map(Carried::New),
    ]
}

fn targets() -> impl Strategy<Value = DropTarget> {
    prop_oneof![
        (0u8..5).prop_map(|core| DropTarget::Core(CoreId(core))),
        (0u8..5).prop_map(|core| DropTarget::Pin(CoreId(core))),
        (0u16..4).prop_map(|process| DropTarget::Process(ProcessIx(process))),
        (0u16..6).prop_map(DropTarget::Queue),
        Just(DropTarget::Bin),
        Just(DropTarget::Board),
        (0u16..24).prop_map(|i| DropTarget::Before(op(i))),
        (0u16..24).prop_map(|i| DropTarget::After(op(i))),
        (0u64..9_000).prop_map(|us| DropTarget::Length(Dur::from_us(us))),
        (0u64..60_000_000).prop_map(|ns| DropTarget::Instant(Time::from_ns(ns))),
    ]
}

/// Every action but those that change the scenario.
fn looks() -> impl Strategy<Value = Action> {
    prop_oneof![
        Just(Action::TogglePlay),
        (0.0..0.3f64).prop_map(|seconds| Action::Tick { seconds }),
        (-0.5..1.5f64).prop_map(|position| Action::SetSpeed { position }),
        (0u64..60_000_000).prop_map(|ns| Action::Seek(Time::from_ns(ns))),
        prop::sample::select(vec![
            Action::ToStart,
            Action::ToEnd,
            Action::NextEvent,
            Action::PreviousEvent,
            Action::NextHandOff,
            Action::PreviousHandOff,
            Action::NextSwitch,
            Action::PreviousSwitch,
            Action::Fit
        ]),
        prop::option::of(subjects()).prop_map(Action::Select),
        (0.0..1_500.0f64, 0.0..1_500.0f64).prop_map(|(w, h)| Action::Resize(Size { w, h })),
        points().prop_map(Action::PointerDown),
        points().prop_map(Action::PointerDownToo),
        points().prop_map(Action::PointerMove),
        subjects().prop_map(Action::Toggle),
        threads().prop_map(Action::SelectThreads),
        any::<bool>().prop_map(Action::Copying),
        (carried(), points()).prop_map(|(what, at)| Action::PickUp { what, at }),
        points().prop_map(Action::PointerUp),
        carried().prop_map(Action::Lift),
        prop::sample::select(vec![Action::NextTarget, Action::PreviousTarget, Action::Carry(7), Action::Carry(-9)]),
        prop::option::of(targets()).prop_map(Action::CarryTo),
        prop::sample::select(vec![
            Read::RangeEnd(End::From),
            Read::RangeEnd(End::To),
            Read::Mark,
            Read::Unmark,
            Read::Fit,
            Read::Next,
            Read::Previous,
            Read::Record(7),
            Read::Record(usize::MAX),
            Read::Arrows(Arrows::All),
        ])
        .prop_map(Action::Read),
        prop::sample::select(vec![Action::ToggleFuture, Action::ToggleOutlines]),
        prop::sample::select(vec![Action::PointerCancel, Action::CancelDrag]),
        (0.0..1_000.0f64, 0.2..5.0f64).prop_map(|(x, factor)| Action::Zoom { x, factor }),
        (-2_000.0..2_000.0f64).prop_map(|dx| Action::Pan { dx }),
    ]
}

/// Actions that change the scenario, each with one undo step at most.
fn changes() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => (0u16..8, 0u8..5).prop_map(|(t, core)| run_here(ThreadIx(t), core)),
        2 => (0u16..8, prop::option::of(0u8..5)).prop_map(|(t, core)| Action::Pin {
            thread: ThreadIx(t),
            core: core.map(CoreId),
        }),
        4 => (carried(), targets()).prop_map(|(what, target)| Action::Drop { what, target }),
        2 => Just(Action::DropHere),
        2 => (0u16..8).prop_map(|t| Action::Answer { thread: ThreadIx(t), text: "yes".to_owned() }),
        1 => (0u16..4).prop_map(|p| Action::AddThread(ProcessIx(p))),
        1 => prop::sample::select(vec![Action::AddProcess, Action::New]),
        1 => prop::sample::select(Tool::ALL.to_vec()).prop_map(Action::Add),
        2 => subjects().prop_map(Action::Copy),
        2 => subjects().prop_map(Action::Delete),
        1 => (0u16..4).prop_map(Action::RemoveFlag),
        1 => Just(Action::Reset),
    ]
}

/// An action, or a number of cores to set: an edit depends on the scenario that it changes.
fn steps() -> impl Strategy<Value = Result<Action, u8>> {
    prop_oneof![
        4 => looks().prop_map(Ok),
        3 => changes().prop_map(Ok),
        1 => (0u8..6).prop_map(Err),
        1 => prop::sample::select(vec![Action::Undo, Action::Redo]).prop_map(Ok),
    ]
}

fn perform(s: &mut Session, step: Result<Action, u8>) {
    match step {
        Ok(action) => drop(s.update(action)),
        Err(cores) => {
            if let Ok(edit) = s.scenario().with_cores(cores) {
                s.update(edit.into());
            }
        }
    }
}

/// What holds after every action.
fn holds(s: &Session) {
    s.scenario().check().expect("the scenario always passes its check");
    assert!(s.scene().height.is_finite());
    for item in s.selection().map(|subject| s.menu(subject)).unwrap_or_default() {
        assert!(!item.label.is_empty());
        assert!(!item.says.is_empty() || item.label.ends_with(", from the start"));
        let mut tried = s.clone();
        let looks = Mode::Step.allows(&item.action) && item.refused.is_none();
        tried.update(item.action);
        assert_eq!(looks || item.refused.is_some(), tried.scenario() == s.scenario(), "{}: {}", item.label, item.says);
    }
    assert!(s.range().is_none_or(|(from, to)| from < to));
    assert!(s.markers()[0].is_some() || s.markers()[1].is_none());
    assert!(s.machine().time() <= s.playhead());
    assert_eq!(s.run().plan().cores, s.scenario().computer.cores);
    assert!(s.axis().ns_per_px >= 1.0 && s.axis().start_ns.is_finite());
    if let Some(story) = s.story() {
        assert!(story.time <= s.playhead() && story.time == s.run().trace()[story.record].time());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_sequence_of_actions_panics(
        scenario in prop_oneof![scenarios(), endless_scenarios()],
        steps in vec(steps(), 1..40),
    ) {
        let mut s = session(scenario);
        for step in steps {
            perform(&mut s, step);
            holds(&s);
        }
    }

    #[test]
    fn undoing_all_gives_the_first_scenario_and_redoing_all_the_last(
        scenario in scenarios(),
        steps in vec(prop_oneof![looks(), changes()], 1..40),
    ) {
        let mut s = session(scenario.clone());
        for action in steps {
            s.update(action);
        }
        let (last, playhead) = (s.scenario().clone(), s.playhead());
        while s.undo_name().is_some() {
            s.update(Action::Undo);
        }
        prop_assert_eq!(s.scenario(), &scenario);
        while s.redo_name().is_some() {
            s.update(Action::Redo);
        }
        prop_assert_eq!(s.scenario(), &last);
        // On the way it may have come to the end of a shorter run.
        prop_assert!(s.playhead() <= playhead);
        let machine = Run::new(&last).at(s.playhead());
        prop_assert_eq!(format!("{:?}", s.machine()), format!("{machine:?}"));
    }

    #[test]
    fn running_a_thread_here_now_changes_nothing_before(
        scenario in scenarios(),
        us in 1u64..40_000,
        step in any::<bool>(),
        thread in 0u16..8,
        core in 0u8..4,
    ) {
        let mut s = at(scenario, us);
        if step {
            s.update(Action::NextEvent);
        }
        let flags = s.scenario().interventions.len();
        let (playhead, until_now) = (s.playhead(), past(&s, s.playhead() + Dur::from_ns(1)));
        s.update(run_here(ThreadIx(thread), core));
        if s.scenario().interventions.len() > flags {
            let until_now_after: Vec<_> = past(&s, s.playhead() + Dur::from_ns(1));
            prop_assert_eq!(&until_now_after[..until_now.len()], &until_now[..]);
            prop_assert!(s.playhead().ns() - playhead.ns() <= 1);
            prop_assert!(until_now_after.len() > until_now.len(), "it is carried out, or skipped for a reason");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_is_said_to_be_from_now_changes_nothing_before(scenario in scenarios(), us in 0u64..40_000, action in changes()) {
        let mut s = at(scenario, us);
        let before: Vec<_> = s.run().trace().to_vec();
        s.update(action);
        if let Some(Change::FromNow(time)) = s.undo_kind() {
            let until = before.partition_point(|r| r.time() < time);
            // A flag may have another number in the list now.
            let bare = |r: &Record| (r.time(), r.kind(), r.thread(), r.reason(), r.core(), r.cause());
            let after: Vec<_> = past(&s, time).iter().map(bare).collect();
            prop_assert_eq!(after, before[..until].iter().map(bare).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_menu_and_the_keys_make_the_same_edit(scenario in scenarios(), us in 0u64..40_000, what in one()) {
        let s = at(scenario, us);
        let subject = what.subject().expect("something of the picture");
        for item in s.menu(subject) {
            // An edge has the menu of its op.
            let Action::Drop { what: held, target } = item.action else { continue };
            if held != what {
                continue;
            }
            let (mut chosen, mut carried) = (s.clone(), s.clone());
            chosen.update(item.action);
            carried.update(Action::Lift(what));
            while carried.drag().expect("it is carried").over != Some(target) {
                carried.update(Action::NextTarget);
            }
            carried.update(Action::DropHere);
            prop_assert_eq!(chosen.scenario(), carried.scenario());
            prop_assert_eq!((chosen.undo_name(), chosen.playhead()), (carried.undo_name(), carried.playhead()));
        }
    }

    #[test]
    fn every_edit_ends_in_a_scenario_that_runs_or_in_a_reason(scenario in scenarios(), ids in (0u16..30, 0u16..8, 0u16..8)) {
        let (thread, process, object) = (ThreadId(ids.0), ProcessId(ids.1), ObjectId(ids.2));
        let starts = [Start::Launch, Start::At(ms(3)), Start::Spawned];
        let edits = [
            scenario.with_new_thread(process),
            scenario.with_thread_copied(thread),
            scenario.without_thread(thread),
            scenario.with_thread_moved(thread, process),
            scenario.with_thread_name(thread, "zip"),
            scenario.with_new_process(),
            scenario.with_process_copied(process),
            scenario.without_process(process),
            scenario.with_process_name(process, "web"),
            scenario.with_title("Two"),
            scenario.with_nothing(),
            scenario.with_new_resource(process, ResourceKind::Lock),
            scenario.with_new_resource(process, ResourceKind::Barrier(2)),
            scenario.with_new_pipe(),
            scenario.with_new_device(),
            scenario.with_resource_figure(object, u32::from(ids.0)),
            scenario.without_resource(object),
            scenario.with_resource_name(object, "m"),
            scenario.with_reorder(thread, 2, ms(3)),
            scenario.with_preempt(thread, ms(3)),
        ];
        let starting = starts.map(|start| scenario.with_thread_start(thread, start));
        let launching = starts.map(|start| scenario.with_process_start(process, start));
        for edit in edits.into_iter().chain(starting).chain(launching) {
            match edit {
                Ok(edit) => {
                    prop_assert!(edit.scenario.check().is_ok() && !edit.name.is_empty());
                    let mut run = Run::new(&edit.scenario);
                    run.extend_past(ms(50), 2_000);
                }
                Err(problem) => prop_assert!(!problem.what.is_empty()),
            }
        }
    }
}
