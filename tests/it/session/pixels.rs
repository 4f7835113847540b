//! The pointer on the real picture: what is found in its regions is pressed, dragged, dropped.

use gilscope::scene::{Carried, DropSays, DropTarget, Point, Rect, Subject};
use gilscope::session::{Action, Cursor, Effect};

use super::*;

/// The middle of the topmost region that is this subject, draggable if asked for.
fn middle(s: &Session, draggable: bool, is: impl Fn(Subject) -> bool) -> Point {
    let scene = s.scene();
    let mut found = scene.regions.iter().rev().filter(|r| is(r.subject) && (r.draggable || !draggable));
    found.find(|r| scene.hit(r.rect.center()) == Some(r.subject)).map(|r| r.rect.center()).expect("a region")
}

pub(super) fn card(s: &Session, thread: ThreadIx) -> Point {
    middle(s, true, |subject| subject == Subject::Thread(thread))
}

/// A point at which a drop goes to this target.
pub(super) fn spot(s: &Session, target: DropTarget) -> Point {
    let scene = s.scene();
    if let DropTarget::Instant(time) = target {
        let ruler = middle(s, false, |subject| subject == Subject::Ruler);
        return Point { x: s.axis().x(time), ..ruler };
    }
    if let Some(p) = scene.middle_of(target).filter(|p| scene.drop_target(*p) == Some(target)) {
        return p;
    }
    let points = scene.regions.iter().flat_map(|r| {
        let Rect { x, y, w, h } = r.rect;
        [(0.5, 0.5), (0.5, 0.9), (0.9, 0.5), (0.1, 0.1)].map(|(a, b)| Point { x: x + a * w, y: y + b * h })
    });
    points.into_iter().find(|p| scene.drop_target(*p) == Some(target)).expect("a place to drop")
}

/// Presses on the thread's card, or on a flag, and carries it to a target, without letting go.
pub(super) fn carry(s: &mut Session, what: Carried, target: DropTarget) -> Point {
    let from = match what {
        Carried::Flag(_) | Carried::Op(_) | Carried::OpEdge(_) => {
            middle(s, false, |subject| Some(subject) == what.subject())
        }
        _ => card(s, what.threads().iter().next().expect("a thread")),
    };
    s.update(Action::PointerDown(from));
    s.update(Action::PointerMove(Point { x: from.x + 3.0, y: from.y + 3.0 }));
    let mut to = spot(s, target);
    if let (Carried::Flag(flag), DropTarget::Instant(_)) = (what, target) {
        // The pole is not where the flag was pressed.
        let pole = s.axis().x(s.scenario().interventions[usize::from(flag)].at);
        to.x += from.x - pole;
    }
    s.update(Action::PointerMove(to));
    to
}

#[test]
fn a_click_selects_and_does_not_drag() {
    let mut s = at(native(), 1_500);
    let p = card(&s, LOG);
    s.update(Action::PointerDown(p));
    s.update(Action::PointerMove(Point { x: p.x + 2.0, y: p.y }));
    assert!(s.drag().is_none());
    s.update(Action::PointerUp(p));
    assert_eq!((s.selection(), s.undo_name()), (Some(Subject::Thread(LOG)), None));
}

#[test]
fn hovering_redraws_only_when_it_comes_to_something_else() {
    let mut s = at(native(), 1_500);
    let p = card(&s, LOG);
    assert_eq!(s.update(Action::PointerMove(p)), [Effect::Redraw]);
    assert_eq!(s.cursor(), Cursor::Grab);
    assert_eq!(s.update(Action::PointerMove(Point { x: p.x + 1.0, y: p.y })), []);
    assert_eq!(s.update(Action::PointerCancel), [Effect::Redraw]);
    assert_eq!(s.cursor(), Cursor::Default);
}

#[test]
fn a_thread_carried_over_a_core_shows_the_future_that_a_drop_would_make() {
    let mut s = at(native(), 1_500);
    // A view that is the user's own stays where it is when a drop changes how long the run is.
    s.update(Action::Pan { dx: -1.0 });
    let to = carry(&mut s, Carried::Thread(LOG), DropTarget::Core(CoreId(1)));
    assert_eq!(s.cursor(), Cursor::Grabbing);
    let drag = s.drag().expect("a drag").clone();
    assert_eq!((drag.what, drag.over, drag.pointer), (Carried::Thread(LOG), Some(DropTarget::Core(CoreId(1))), to));
    assert!(drag.targets.contains(&DropTarget::Core(CoreId(0))));
    let says = "run log here now; zip goes to the head of the queue".to_owned();
    assert_eq!(drag.says, Some(DropSays::Change(says)));
    assert_eq!(s.scenario(), &native(), "nothing is changed before the drop");
    let during = s.scene();
    s.update(Action::PointerUp(to));
    assert!(s.drag().is_none());
    assert_eq!(s.undo_name(), Some("Run log on core 1 at 1.5 ms"));
    let records = |scene: &gilscope::scene::Scene| -> Vec<_> {
        scene.regions.iter().filter(|r| matches!(r.subject, Subject::Record(_))).map(|r| r.rect).collect()
    };
    assert_eq!(records(&during), records(&s.scene()), "the lanes were drawn as they are now");
}

#[test]
fn a_drop_does_what_the_menu_does() {
    for us in [0, 1_500, 4_000] {
        let (mut dragged, mut chosen) = (at(native(), us), at(native(), us));
        let to = carry(&mut dragged, Carried::Thread(LOG), DropTarget::Core(CoreId(0)));
        dragged.update(Action::PointerUp(to));
        chosen.update(run_here(LOG, 0));
        assert_eq!(dragged.scenario(), chosen.scenario(), "at {us} µs");
        assert_eq!(dragged.undo_name(), chosen.undo_name());
        dragged.update(Action::Undo);
        assert_eq!(dragged.scenario(), &native());
    }
}

#[test]
fn dropped_on_a_pin_it_is_pinned_and_dropped_there_again_it_is_free() {
    let mut s = at(native(), 1_500);
    let to = carry(&mut s, Carried::Thread(LOG), DropTarget::Pin(CoreId(1)));
    assert_eq!(said(&s.update(Action::PointerUp(to))), "Pin log to core 1");
    let to = carry(&mut s, Carried::Thread(LOG), DropTarget::Pin(CoreId(1)));
    assert_eq!(said(&s.update(Action::PointerUp(to))), "Let log run on any core");
}

#[test]
fn a_refusal_is_told_while_dragging_and_at_the_drop() {
    let mut s = at(python(), 2_000);
    let to = carry(&mut s, Carried::Thread(ZIP), DropTarget::Core(CoreId(1)));
    let reason = "zip wants the GIL; a core would not help";
    assert_eq!(s.drag().and_then(|d| d.says.clone()), Some(DropSays::Refused(reason.to_owned())));
    s.update(Action::PointerMove(Point { x: 1.0, y: 1.0 }));
    assert!(s.update(Action::PointerMove(to)).contains(&Effect::Announce(reason.to_owned())), "said on coming back");
    assert!(!s.update(Action::PointerMove(to)).contains(&Effect::Announce(reason.to_owned())), "and said once");
    assert!(s.update(Action::PointerUp(to)).contains(&Effect::Complain(reason.to_owned())));
    assert_eq!((s.scenario(), s.drag()), (&python(), None));
}

#[test]
fn the_gil_and_the_lanes_say_why_they_take_no_thread() {
    let mut s = at(python(), 2_000);
    let says = |s: &Session| match s.drag().and_then(|d| d.says.clone()) {
        Some(DropSays::Refused(why)) => why,
        other => panic!("{other:?}"),
    };
    carry(&mut s, Carried::Thread(ZIP), DropTarget::Lanes);
    assert_eq!(says(&s), "Lanes only show what happens; drop zip on a core, a process or the ready queue");
    let gil = middle(&s, false, |subject| matches!(subject, Subject::Gil(_)));
    s.update(Action::PointerMove(gil));
    assert!(["not given by hand", "would not help"].iter().any(|why| says(&s).contains(why)), "{}", says(&s));
    s.update(Action::PointerUp(gil));
    assert_eq!(s.scenario(), &python());
}

#[test]
fn escape_and_a_lost_pointer_give_up_the_drag() {
    for give_up in [Action::CancelDrag, Action::PointerCancel] {
        let mut s = at(native(), 1_500);
        let to = carry(&mut s, Carried::Thread(LOG), DropTarget::Core(CoreId(1)));
        assert!(s.update(give_up).contains(&Effect::Redraw));
        s.update(Action::PointerUp(to));
        assert_eq!((s.scenario(), s.undo_name(), s.drag()), (&native(), None, None));
    }
}

#[test]
fn time_stands_still_while_a_thread_is_held() {
    let mut s = at(native(), 1_500);
    s.update(Action::TogglePlay);
    carry(&mut s, Carried::Thread(LOG), DropTarget::Core(CoreId(1)));
    s.update(Action::Tick { seconds: 0.1 });
    assert_eq!((s.playhead(), s.playing()), (Time::from_us(1_500), true));
    s.update(Action::CancelDrag);
    s.update(Action::Tick { seconds: 0.1 });
    assert!(s.playhead() > Time::from_us(1_500));
}

#[test]
fn dragging_the_ruler_scrubs_and_dragging_the_lanes_pans() {
    let mut s = at(native(), 1_500);
    let ruler = middle(&s, false, |subject| subject == Subject::Ruler);
    s.update(Action::PointerDown(ruler));
    assert_eq!((s.cursor(), s.playhead()), (Cursor::Scrub, s.axis().time(ruler.x)));
    s.update(Action::PointerMove(Point { x: ruler.x + 60.0, y: 0.0 }));
    assert_eq!(s.playhead(), s.axis().time(ruler.x + 60.0));
    s.update(Action::PointerUp(Point { x: ruler.x + 60.0, y: 0.0 }));
    s.update(Action::Zoom { x: ruler.x, factor: 4.0 });
    let lane = middle(&s, false, |subject| matches!(subject, Subject::Record(_) | Subject::Lanes));
    let (playhead, time) = (s.playhead(), s.axis().time(lane.x));
    s.update(Action::PointerDown(lane));
    s.update(Action::PointerMove(Point { x: lane.x + 40.0, y: lane.y }));
    assert_eq!(s.cursor(), Cursor::Pan);
    s.update(Action::PointerUp(Point { x: lane.x + 40.0, y: lane.y }));
    assert_eq!((s.axis().time(lane.x + 40.0), s.playhead(), s.selection()), (time, playhead, None));
}

#[test]
fn a_click_on_a_stretch_of_a_lane_selects_it() {
    let mut s = at(native(), 1_500);
    let p = middle(&s, false, |subject| matches!(subject, Subject::Record(_)));
    s.update(Action::PointerDown(p));
    s.update(Action::PointerUp(p));
    assert!(matches!(s.selection(), Some(Subject::Record(_))));
}
