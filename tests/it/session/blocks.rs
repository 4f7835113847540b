//! The blocks of a program below the lane of its thread: other lengths by their edges, another order.

use gilscope::scenario::Change;
use gilscope::scene::{Carried, DropSays, DropTarget, OpAt, Point, Rect, Subject};
use gilscope::session::{Action, Effect};

use super::*;

/// One core for `main`: native 4 ms, twice (io 3 ms, native 2 ms), sleep 5 ms; and nobody else.
fn looping() -> Session {
    let ops = "native 4ms; repeat 2 { io 3ms; native 2ms }; sleep 5ms";
    let s = computer(1).process("tools", Runtime::Native, &[("main", 0, "native 1ms")]);
    let id = s.processes[0].threads[0].id;
    let mut s = session(s.with_program_text(id, ops).expect("a program").scenario);
    s.update(Action::Select(Some(Subject::Thread(ThreadIx(0)))));
    s
}

const fn op(op: u16) -> OpAt {
    OpAt { thread: ThreadIx(0), op }
}

fn program(s: &Session) -> String {
    let scenario = s.scenario();
    let text = scenario.program_to_text(scenario.processes[0].threads[0].id);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Each place where something is drawn, from left to right.
fn places(s: &Session, subject: Subject) -> Vec<Rect> {
    s.scene().regions.iter().filter(|r| r.subject == subject).map(|r| r.rect).collect()
}

fn press(s: &mut Session, p: Point) {
    s.update(Action::PointerDown(p));
    s.update(Action::PointerMove(Point { x: p.x + 4.0, y: p.y }));
}

/// Pulls the edge of an op, at one of the times that it is done, by so much time.
fn pull(s: &mut Session, at: OpAt, nth: usize, ms: f64) -> Point {
    let from = places(s, Subject::OpEdge(at))[nth].center();
    press(s, from);
    let to = Point { x: from.x + ms * 1e6 / s.axis().ns_per_px, y: from.y + 30.0 };
    s.update(Action::PointerMove(to));
    to
}

fn says(s: &Session) -> Option<DropSays> {
    s.drag().and_then(|d| d.says.clone())
}

#[test]
fn blocks_stand_where_the_ops_are_done() {
    let s = looping();
    let axis = s.axis();
    for (at, starts) in [(op(0), &[0][..]), (op(2), &[4, 9]), (op(3), &[7, 12]), (op(4), &[14])] {
        let blocks = places(&s, Subject::Op(at));
        let expected: Vec<f64> = starts.iter().map(|ms| axis.x(Time::from_ms(*ms))).collect();
        let found: Vec<f64> = blocks.iter().map(|r| r.x).collect();
        assert!(
            found.len() == expected.len() && found.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 0.1),
            "{at:?}"
        );
    }
    assert_eq!(places(&s, Subject::Op(op(1))), [], "a loop is a bracket");
    let scene = s.scene();
    let named: Vec<_> =
        scene.regions.iter().filter(|r| matches!(r.subject, Subject::Op(_) | Subject::OpEdge(_))).collect();
    let names: Vec<_> = named.iter().filter(|r| !r.name.is_empty()).map(|r| r.name.as_str()).collect();
    let ops = [
        "native 4 ms, op 1 of main",
        "io 3 ms, op 2.1 of main",
        "native 2 ms, op 2.2 of main",
        "sleep 5 ms, op 3 of main",
    ];
    let all: Vec<_> = ops.iter().flat_map(|op| [(*op).to_owned(), format!("length of {op}")]).collect();
    assert_eq!(names, all, "each op is named once");
    let mut nobody = looping();
    nobody.update(Action::Select(None));
    assert_eq!(places(&nobody, Subject::Op(op(0))), []);
}

#[test]
fn an_edge_is_pulled_to_another_length_and_the_future_shows_it() {
    let mut s = looping();
    let before = s.run().end();
    let to = pull(&mut s, op(0), 0, 6.0);
    assert_eq!(says(&s), Some(DropSays::Change("native 10 ms, was 4 ms, from the start".to_owned())));
    assert_eq!(s.drag().expect("a drag").change, Some(Change::FromStart));
    // The block under the pointer is as long as it would be.
    let block = places(&s, Subject::Op(op(0)))[0];
    assert!((block.right() - s.axis().x(Time::from_ms(10))).abs() < 0.1);
    assert_eq!(program(&s), "native 4 ms repeat 2 { io 3 ms native 2 ms } sleep 5 ms", "nothing has changed yet");
    s.update(Action::PointerUp(to));
    assert_eq!(program(&s), "native 10 ms repeat 2 { io 3 ms native 2 ms } sleep 5 ms");
    assert_eq!(s.run().end(), before + Dur::from_ms(6));
    assert_eq!(s.undo_name(), Some("Set an op of main to native 10 ms"));
    s.update(Action::Undo);
    assert_eq!((s.undo_name(), s.run().end()), (None, before), "one step");
}

#[test]
fn an_op_in_a_loop_is_edited_wherever_it_is_done() {
    for nth in [0, 1] {
        let mut s = looping();
        let to = pull(&mut s, op(3), nth, -1.0);
        s.update(Action::PointerUp(to));
        assert_eq!(program(&s), "native 4 ms repeat 2 { io 3 ms native 1 ms } sleep 5 ms");
    }
}

#[test]
fn lengths_are_round_and_never_zero() {
    let mut s = looping();
    for ms in [1.27, -2.61, 0.9] {
        pull(&mut s, op(0), 0, ms);
        let Some(DropTarget::Length(length)) = s.drag().and_then(|d| d.over) else { panic!("a length") };
        assert_eq!(length.ns() % 100_000, 0, "{length}");
        s.update(Action::CancelDrag);
    }
    let to = pull(&mut s, op(0), 0, -30.0);
    s.update(Action::PointerUp(to));
    assert_eq!(
        s.scenario().step(s.run().plan().threads[0].id, &[0]).and_then(|s| s.op.length()).map(|d| d.is_zero()),
        Some(false)
    );
}

#[test]
fn keys_make_an_op_longer_step_by_step_and_esc_gives_it_up() {
    let mut s = looping();
    s.update(Action::Lift(Carried::OpEdge(op(0))));
    let mut lengths = Vec::new();
    for action in [Action::NextTarget, Action::NextTarget, Action::PreviousTarget, Action::Carry(10)] {
        let effects = s.update(action);
        let Some(DropTarget::Length(length)) = s.drag().and_then(|d| d.over) else { panic!("a length") };
        assert!(said(&effects).starts_with(&format!("{length}: native {length}, was 4 ms")), "{effects:?}");
        lengths.push(length.ns());
    }
    let step = lengths[0] - 4_000_000;
    assert_eq!(lengths, [4_000_000 + step, 4_000_000 + 2 * step, 4_000_000 + step, 4_000_000 + 11 * step]);
    let mut given_up = s.clone();
    given_up.update(Action::CancelDrag);
    assert_eq!((given_up.undo_name(), program(&given_up)), (None, program(&looping())));
    s.update(Action::DropHere);
    assert!(s.undo_name().is_some_and(|name| name.starts_with("Set an op of main to native ")));
    s.update(Action::Undo);
    assert_eq!(s.undo_name(), None, "one step");
}

/// Carries the block of an op to one half of another one.
fn carry_block(s: &mut Session, from: OpAt, to: OpAt, part: f64) -> Vec<Effect> {
    let press_at = places(s, Subject::Op(from))[0];
    press(s, Point { x: press_at.x + 3.0, y: press_at.center().y });
    let r = places(s, Subject::Op(to))[0];
    let to = Point { x: r.x + part * r.w, y: r.center().y };
    s.update(Action::PointerMove(to));
    s.update(Action::PointerUp(to))
}

#[test]
fn a_block_goes_to_another_place_by_pointer_menu_and_keys() {
    let moved = "repeat 2 { io 3 ms native 2 ms native 4 ms } sleep 5 ms";
    let target = DropTarget::After(op(3));
    let mut by_pointer = looping();
    carry_block(&mut by_pointer, op(0), op(3), 0.8);
    let mut by_keys = looping();
    by_keys.update(Action::Lift(Carried::Op(op(0))));
    while by_keys.drag().expect("it is carried").over != Some(target) {
        by_keys.update(Action::NextTarget);
    }
    by_keys.update(Action::DropHere);
    for s in [by_pointer, by_keys] {
        assert_eq!((program(&s).as_str(), s.undo_name()), (moved, Some("Move native 4 ms of main behind native 2 ms")));
        assert_eq!(s.selection(), Some(Subject::Op(op(3))), "it is still the one that is selected");
    }
    let mut s = looping();
    let lines: Vec<_> = s.menu(Subject::Op(op(4))).into_iter().map(|item| item.label).collect();
    assert_eq!(lines, ["Move up", "Copy", "Put a loop around it", "Delete"]);
    let up = s.menu(Subject::Op(op(4))).swap_remove(0).action;
    s.update(up);
    assert_eq!(program(&s), "native 4 ms sleep 5 ms repeat 2 { io 3 ms native 2 ms }");
}

#[test]
fn a_block_is_carried_beside_the_picture_and_each_menu_line_is_one_step() {
    let mut s = looping();
    s.update(Action::Lift(Carried::Op(op(4))));
    let effects = s.update(Action::CarryTo(Some(DropTarget::Before(op(2)))));
    assert!(said(&effects).contains("move sleep 5 ms of main before io 3 ms"), "{effects:?}");
    assert_eq!(s.update(Action::CarryTo(Some(DropTarget::Before(op(2))))), [], "it is there already");
    s.update(Action::CarryTo(None));
    assert_eq!(says(&s), None);
    s.update(Action::CarryTo(Some(DropTarget::Before(op(2)))));
    s.update(Action::DropHere);
    assert_eq!(program(&s), "native 4 ms repeat 2 { sleep 5 ms io 3 ms native 2 ms }");

    let lines = [
        (1, "Move up", "repeat 2 { io 3 ms native 2 ms } native 4 ms sleep 5 ms"),
        (2, "Move down", "native 4 ms repeat 2 { native 2 ms io 3 ms } sleep 5 ms"),
        (0, "Move down", "repeat 2 { io 3 ms native 2 ms } native 4 ms sleep 5 ms"),
        (4, "Copy", "native 4 ms repeat 2 { io 3 ms native 2 ms } sleep 5 ms sleep 5 ms"),
        (3, "Delete", "native 4 ms repeat 2 { io 3 ms } sleep 5 ms"),
        (0, "Put a loop around it", "repeat 2 { native 4 ms } repeat 2 { io 3 ms native 2 ms } sleep 5 ms"),
        (1, "Take the loop away", "native 4 ms io 3 ms native 2 ms sleep 5 ms"),
    ];
    for (at, label, expected) in lines {
        let mut s = looping();
        let item = s.menu(Subject::Op(op(at))).into_iter().find(|item| item.label == label).expect(label);
        s.update(item.action);
        assert_eq!(program(&s), expected, "{label}");
        s.update(Action::Undo);
        assert_eq!(s.undo_name(), None, "{label}: one step");
    }
}

#[test]
fn a_drop_that_cannot_be_says_why_and_changes_nothing() {
    let mut s = looping();
    let lonely = "native 4ms; repeat 2 { io 3ms }";
    let id = s.scenario().processes[0].threads[0].id;
    let edit = s.scenario().with_program_text(id, lonely).expect("a program");
    s.update(edit.into());
    let effects = carry_block(&mut s, op(2), op(0), 0.2);
    assert!(complaint(&effects).contains("a loop of zero length"), "{effects:?}");
    assert_eq!(program(&s), "native 4 ms repeat 2 { io 3 ms }");
}

#[test]
fn a_click_selects_the_op_and_delete_takes_it_away() {
    let mut s = looping();
    let p = places(&s, Subject::Op(op(4)))[0].center();
    s.update(Action::PointerDown(p));
    s.update(Action::PointerUp(p));
    assert_eq!(s.selection(), Some(Subject::Op(op(4))));
    s.update(Action::Drop { what: Carried::Op(op(4)), target: DropTarget::Bin });
    assert_eq!(program(&s), "native 4 ms repeat 2 { io 3 ms native 2 ms }");
    assert_eq!(s.selection(), None);
}

#[test]
fn who_may_not_edit_sees_the_blocks_and_picks_up_nothing() {
    let mut s = looping();
    s.set_editable(false);
    let scene = s.scene();
    assert!(scene.regions.iter().any(|r| matches!(r.subject, Subject::Op(_))));
    assert!(scene.regions.iter().all(|r| !r.draggable && !matches!(r.subject, Subject::OpEdge(_))));
}
