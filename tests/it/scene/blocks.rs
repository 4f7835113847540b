//! The blocks of a program below the lane of its thread, as they are drawn.

use gilscope::ids::ThreadIx;
use gilscope::scene::{Carried, DropTarget, Ink, OpAt, Rect, Scene, Shape, Subject};
use gilscope::time::{Dur, Time};

use super::fixtures::{Shown, web};

/// `T1` does python 20 ms, io 6 ms, python 8 ms.
const fn op(op: u16) -> OpAt {
    OpAt { thread: ThreadIx(0), op }
}

fn shown() -> Shown {
    Shown::new(web(), Time::from_us(1_000), Dur::from_ms(120), (1060.0, 740.0))
}

fn block(scene: &Scene, at: OpAt) -> Rect {
    scene.regions.iter().find(|r| r.subject == Subject::Op(at)).expect("a block").rect
}

fn written(scene: &Scene, within: Rect) -> Vec<&str> {
    let texts = scene.shapes.iter().filter_map(|s| match s {
        Shape::Text { text, at, .. } if within.contains(*at) => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

/// The narrow bars in the colour of what a drop would change.
fn carets(scene: &Scene) -> Vec<Rect> {
    let is = |s: &Shape| match s {
        Shape::Rect { rect, fill: Some(fill), .. } if fill.ink == Ink::Accent && rect.w <= 3.0 && rect.h > 3.0 => {
            Some(*rect)
        }
        _ => None,
    };
    scene.shapes.iter().filter_map(is).collect()
}

#[test]
fn a_carried_op_hangs_at_the_pointer_and_a_caret_stands_where_it_would_go() {
    let still = shown().carrying(Carried::Op(op(0)), DropTarget::Bin, (10.0, 10.0)).scene();
    assert_eq!(carets(&still), []);
    let io = block(&still, op(1));
    for (target, x) in [(DropTarget::Before(op(1)), io.x), (DropTarget::After(op(1)), io.right())] {
        let scene = shown().carrying(Carried::Op(op(0)), target, (io.center().x, io.center().y)).scene();
        let carets: Vec<_> = carets(&scene).iter().map(|r| r.center().x).collect();
        assert!(carets.len() == 1 && (carets[0] - x).abs() < 0.1, "{carets:?} instead of {x}");
        assert_eq!(block(&scene, op(1)), io, "blocks stay where they are under the pointer");
        let ghost = Rect::new(io.center().x, io.center().y - 60.0, 240.0, 120.0);
        assert!(written(&scene, ghost).contains(&"python 20 ms"), "{:?}", written(&scene, ghost));
    }
}

#[test]
fn an_edge_in_hand_has_the_new_length_on_its_block() {
    let length = DropTarget::Length(Dur::from_ms(35));
    let mut shown = shown().carrying(Carried::OpEdge(op(0)), length, (500.0, 600.0));
    let id = shown.scenario.processes[0].threads[0].id;
    let longer = shown.scenario.with_program_text(id, "python 35; io 6; python 8").expect("a program").scenario;
    let before = block(&shown.scene(), op(0));
    shown.previewing(&longer);
    let scene = shown.scene();
    let after = block(&scene, op(0));
    assert_eq!(written(&scene, after), ["python 35 ms"]);
    assert!(after.right() > before.right() + 10.0, "{before:?} became {after:?}");
    assert!(!scene.regions.iter().any(|r| r.subject == Subject::Bin), "a length is dropped in no bin");
}
