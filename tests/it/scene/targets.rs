//! Each drag target as it is lit, and as it refuses: what a drag adds to the picture in the colours of targets
//! and refusals; and where the ghost hangs.

use expect_test::{Expect, expect};
use gilscope::ids::{CoreId, ProcessIx, ThreadIx};
use gilscope::scene::{Carried, DropSays, DropTarget, Ink, Point, Scene, Shape, Tool};
use gilscope::time::{Dur, Time};

use super::dump::look;
use super::fixtures::{Shown, turns, web};

const SIZE: (f64, f64) = (1060.0, 740.0);

/// What is carried over which target in which picture.
struct Drag {
    shown: fn() -> Shown,
    what: Carried,
    over: DropTarget,
}

fn busy() -> Shown {
    Shown::new(web(), Time::from_us(12_400), Dur::from_ms(40), SIZE)
}

fn queueing() -> Shown {
    Shown::new(turns(), Time::from_ms(1), Dur::from_ms(40), SIZE)
}

const fn thread(over: DropTarget) -> Drag {
    Drag { shown: busy, what: Carried::Thread(ThreadIx(5)), over }
}

const QUEUE: Drag = Drag { shown: queueing, what: Carried::Thread(ThreadIx(0)), over: DropTarget::Queue(1) };
const RULER: Drag = Drag { shown: busy, what: Carried::Flag(0), over: DropTarget::Instant(Time::from_ms(20)) };

/// The shapes in the inks of targets that a drag adds, the ghost and its words apart.
fn added(drag: &Drag, refused: bool) -> String {
    let still = (drag.shown)().scene();
    let mut shown = (drag.shown)().carrying(drag.what, drag.over, (900.0, 300.0));
    if refused {
        let carried = shown.drag.as_mut().expect("something is carried");
        (carried.says, carried.change) = (Some(DropSays::Refused("no".to_owned())), None);
        carried.targets.clear();
    }
    let lit = |s: &&Shape| matches!(inks(s), [Some(Ink::Accent | Ink::Alert), _] | [_, Some(Ink::Accent | Ink::Alert)]);
    let scene: Scene = shown.scene();
    let new: Vec<String> = scene.shapes.iter().filter(|s| !still.shapes.contains(s)).filter(lit).map(look).collect();
    new.join("\n")
}

fn inks(shape: &Shape) -> [Option<Ink>; 2] {
    match shape {
        Shape::Rect { fill, stroke, .. } | Shape::Path { fill, stroke, .. } | Shape::Circle { fill, stroke, .. } => {
            [fill.map(|f| f.ink), stroke.map(|s| s.ink)]
        }
        Shape::Line { stroke, .. } => [Some(stroke.ink), None],
        Shape::Text { ink, .. } => [Some(*ink), None],
        Shape::Columns { .. } | Shape::Clip(_) | Shape::Unclip => [None; 2],
    }
}

fn golden(drag: &Drag, lit: &Expect, refused: &Expect) {
    lit.assert_eq(&added(drag, false));
    refused.assert_eq(&added(drag, true));
}

#[test]
fn a_core_is_lit_as_a_whole_and_red_when_it_refuses() {
    golden(
        &thread(DropTarget::Core(CoreId(0))),
        &expect![[r#"
            rect w=912 h=3 Accent 0.75
            rect w=162 h=19 Accent 0.10 | Accent 1.2
            “⚑ run zip here: preview” 12 Accent
            “zip was here” 13 Accent
            rect w=242 h=152 Accent 0.20 | Accent 2
            rect w=98 h=29 Accent 0.10 | Accent 1.5
            circle r=8.0 Accent | Panel 1.5
            “do that” 13 bold Accent
            circle r=8.0 Accent | Panel 1.5"#]],
        &expect![[r#"
            “zip was here” 13 Accent
            rect w=242 h=152 Muted 0.22 | Alert 2
            rect w=62 h=29 Alert 0.10 | Alert 1.5
            circle r=8.0 Alert | Panel 1.5
            “no” 13 bold Alert
            circle r=8.0 Alert | Panel 1.5"#]],
    );
}

#[test]
fn a_pin_is_lit_within_its_core() {
    golden(
        &thread(DropTarget::Pin(CoreId(1))),
        &expect![[r#"
            rect w=912 h=3 Accent 0.75
            rect w=174 h=19 Accent 0.10 | Accent 1.2
            “pin zip to core 1: preview” 12 Accent
            “zip was here” 13 Accent
            rect w=54 h=24 Accent 0.20 | Accent 2
            rect w=98 h=29 Accent 0.10 | Accent 1.5
            circle r=8.0 Accent | Panel 1.5
            “do that” 13 bold Accent
            circle r=8.0 Accent | Panel 1.5"#]],
        &expect![[r#"
            “zip was here” 13 Accent
            rect w=54 h=24 Muted 0.22 | Alert 2
            rect w=62 h=29 Alert 0.10 | Alert 1.5
            circle r=8.0 Alert | Panel 1.5
            “no” 13 bold Alert
            circle r=8.0 Alert | Panel 1.5"#]],
    );
}

#[test]
fn a_process_is_lit_as_a_whole() {
    golden(
        &thread(DropTarget::Process(ProcessIx(0))),
        &expect![[r#"
            rect w=912 h=3 Accent 0.75
            rect w=163 h=19 Accent 0.10 | Accent 1.2
            “zip in web app: preview” 12 Accent
            rect w=552 h=202 Accent 0.20 | Accent 2
            “zip was here” 13 Accent
            rect w=98 h=29 Accent 0.10 | Accent 1.5
            circle r=8.0 Accent | Panel 1.5
            “do that” 13 bold Accent
            circle r=8.0 Accent | Panel 1.5"#]],
        &expect![[r#"
            rect w=552 h=202 Muted 0.22 | Alert 2
            “zip was here” 13 Accent
            rect w=62 h=29 Alert 0.10 | Alert 1.5
            circle r=8.0 Alert | Panel 1.5
            “no” 13 bold Alert
            circle r=8.0 Alert | Panel 1.5"#]],
    );
}

#[test]
fn in_the_queue_a_gap_opens_that_says_here_or_not_here() {
    golden(
        &QUEUE,
        &expect![[r#"
            rect w=912 h=3 Accent 0.75
            rect w=205 h=19 Accent 0.10 | Accent 1.2
            “⚑ editor in the queue: preview” 12 Accent
            rect w=212 h=234 Accent 0.20 | Accent 2
            rect w=192 h=4 Accent
            “editor was here” 13 Accent
            rect w=98 h=29 Accent 0.10 | Accent 1.5
            circle r=8.0 Accent | Panel 1.5
            “do that” 13 bold Accent
            circle r=8.0 Accent | Panel 1.5"#]],
        &expect![[r#"
            rect w=212 h=234 Muted 0.22 | Alert 2
            rect w=192 h=4 Alert
            “editor was here” 13 Accent
            rect w=62 h=29 Alert 0.10 | Alert 1.5
            circle r=8.0 Alert | Panel 1.5
            “no” 13 bold Alert
            circle r=8.0 Alert | Panel 1.5"#]],
    );
}

#[test]
fn the_bin_opens_its_lid() {
    golden(
        &thread(DropTarget::Bin),
        &expect![[r#"
            rect w=912 h=3 Accent 0.75
            rect w=143 h=19 Accent 0.10 | Accent 1.2
            “without zip: preview” 12 Accent
            “zip was here” 13 Accent
            rect w=112 h=36 Accent 0.20 | Accent 2
            line w=14 h=0 | Accent 1.8
            line w=5 h=0 | Accent 1.8
            path of 4 | Accent 1.6
            line w=0 h=6 | Accent 1.2
            line w=0 h=6 | Accent 1.2
            “delete” 13 bold Accent
            rect w=98 h=29 Accent 0.10 | Accent 1.5
            circle r=8.0 Accent | Panel 1.5
            “do that” 13 bold Accent
            circle r=8.0 Accent | Panel 1.5"#]],
        &expect![[r#"
            “zip was here” 13 Accent
            rect w=112 h=36 Muted 0.22 | Alert 2
            line w=14 h=0 | Accent 1.8
            line w=5 h=0 | Accent 1.8
            path of 4 | Accent 1.6
            line w=0 h=6 | Accent 1.2
            line w=0 h=6 | Accent 1.2
            “delete” 13 bold Accent
            rect w=62 h=29 Alert 0.10 | Alert 1.5
            circle r=8.0 Alert | Panel 1.5
            “no” 13 bold Alert
            circle r=8.0 Alert | Panel 1.5"#]],
    );
}

#[test]
fn on_the_ruler_a_flag_stands_where_it_would_be_put() {
    golden(
        &RULER,
        &expect![[r#"
            line w=0 h=19 | Accent 1.2 dash=4
            path of 3 | Accent 1.2 dash=4
            rect w=912 h=3 Accent 0.75
            line w=0 h=280 | Accent 1.5 dash=4
            path of 3 Accent 0.60 | Accent 1.5 dash=4
            rect w=98 h=29 Accent 0.10 | Accent 1.5
            circle r=8.0 Accent | Panel 1.5
            “do that” 13 bold Accent"#]],
        &expect![[r#"
            line w=0 h=19 | Accent 1.2 dash=4
            path of 3 | Accent 1.2 dash=4
            line w=0 h=280 | Accent 1.5 dash=4
            path of 3 Accent 0.60 | Accent 1.5 dash=4
            rect w=62 h=29 Alert 0.10 | Alert 1.5
            circle r=8.0 Alert | Panel 1.5
            “no” 13 bold Alert"#]],
    );
}

#[test]
fn the_ghost_hangs_beside_the_pointer_and_inside_the_canvas() {
    for (x, y) in [(2.0, 2.0), (1055.0, 3.0), (500.0, 350.0), (3.0, 736.0), (1058.0, 738.0)] {
        for what in [Carried::Thread(ThreadIx(5)), Carried::New(Tool::Thread)] {
            let scene = busy().carrying(what, DropTarget::Process(ProcessIx(0)), (x, y)).scene();
            let ghost = scene.shapes.iter().filter_map(|s| match s {
                Shape::Rect { rect, stroke: Some(stroke), .. }
                    if stroke.dash > 0.0 && [34.0, 54.0].contains(&rect.h) =>
                {
                    Some(*rect)
                }
                _ => None,
            });
            let ghost = ghost.reduce(|_, last| last).expect("there is a ghost");
            assert!(!ghost.contains(Point { x, y }), "{ghost:?} at {x}, {y}");
            assert!(
                ghost.x >= 0.0 && ghost.y >= 0.0 && ghost.right() <= SIZE.0 && ghost.bottom() <= SIZE.1,
                "{ghost:?}"
            );
        }
    }
}
