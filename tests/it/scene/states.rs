//! Each state of a thread as it is drawn: its card, or its home chip where it has no card, and its lane around the playhead.

use gilscope::engine::{Cause, Place, Work};
use gilscope::ids::ThreadIx;
use gilscope::scenario::{Scenario, json};
use gilscope::scene::{Ink, Point, Rect, Scene, Shape, Subject};
use gilscope::time::{Dur, Time};

use super::dump::bounds;
use super::fixtures::{Shown, gil};

/// A state, and where one can see it.
pub(super) struct State {
    /// Its name, also of its picture's file.
    pub(super) name: &'static str,
    /// What tells it on a lane.
    pub(super) told_by: &'static str,
    pub(super) place: Place,
    pub(super) thread: ThreadIx,
    scenario: fn() -> Scenario,
    us: u64,
}

/// Threads that from the beginning wait for what they never or much later get; and two that compute beside the GIL.
fn waits() -> Scenario {
    let text = r#"{"v":1,"computer":{"cores":4},"processes":[{"id":1,"name":"app","resources":[
            {"id":1,"name":"till","kind":"lock"}],"threads":[
        {"id":1,"name":"holder","program":[{"acquire":1},{"sleep":50000000},{"release":1}]},
        {"id":2,"name":"clerk","program":[{"acquire":1},{"release":1}]},
        {"id":3,"name":"client","program":[{"io":40000000}]},
        {"id":4,"name":"asker","program":[{"input":"name?"}]},
        {"id":5,"name":"late","start":{"at":60000000},"program":[{"python":1000000}]},
        {"id":6,"name":"early","program":[{"python":1000000}]}]},
      {"id":2,"name":"lib","resources":[{"id":2,"name":"jobs","kind":"queue"}],"threads":[
        {"id":7,"name":"zip","program":[{"native":40000000}]},{"id":8,"name":"worker","program":[{"get":2}]}]},
      {"id":3,"name":"old","threads":[{"id":9,"name":"parse","program":[{"extension":40000000}]}]}]}"#;
    json::from_str(text).expect("a scenario that passes its check")
}

const fn state(
    name: &'static str,
    told_by: &'static str,
    place: Place,
    thread: u16,
    scenario: fn() -> Scenario,
    us: u64,
) -> State {
    State { name, told_by, place, thread: ThreadIx(thread), scenario, us }
}

const TWO: fn() -> Scenario = || gil(2, 2);
const ONE: fn() -> Scenario = || gil(1, 2);

pub(super) const STATES: [State; 15] = [
    state("runs Python", "a full bar", Place::Running(Work::Python), 0, TWO, 2_500),
    state("runs C code, keeps the GIL", "a full bar with dots", Place::Running(Work::Extension), 8, waits, 10_000),
    state("runs, GIL released", "a full bar with stripes", Place::Running(Work::Native), 6, waits, 10_000),
    state("switching in", "a full bar, checked", Place::SwitchingIn, 1, ONE, 4_250),
    state("ready", "a thin bar", Place::Ready, 1, ONE, 2_000),
    state("waking", "a thin outline", Place::Waking, 1, TWO, 5_300),
    state("wants the GIL", "an outline", Place::WantsGil, 1, TWO, 2_500),
    state("forced wait", "a dashed outline", Place::ForcedWait, 0, TWO, 5_300),
    state("waits for a lock", "a line of blocks", Place::Waiting(Cause::Lock), 1, waits, 10_000),
    state("waits for an item", "a line of blocks", Place::Waiting(Cause::Queue), 7, waits, 10_000),
    state("waits for I/O", "a dotted line", Place::Waiting(Cause::Io), 2, waits, 10_000),
    state("sleeps", "a dashed line", Place::Waiting(Cause::Sleep), 0, waits, 10_000),
    state("awaits input", "two dotted lines", Place::Waiting(Cause::Input), 3, waits, 10_000),
    state("not started", "nothing; a ring on its chip", Place::NotStarted, 4, waits, 10_000),
    state("finished", "nothing after a full stop", Place::Finished, 5, waits, 1_600),
];

/// Above and beside a card there may be the GIL's token.
const AROUND: f64 = 14.0;
/// How much of the lane before and after the playhead is taken.
const LANE: (f64, f64) = (90.0, 50.0);

impl State {
    pub(super) fn shown(&self) -> Shown {
        // What is short is looked at from near.
        let short = matches!(self.place, Place::SwitchingIn | Place::Waking | Place::ForcedWait);
        let span = if short { Dur::from_us(self.us + 500) } else { Dur::from_ms(20) };
        let scenario = (self.scenario)();
        // As high as gives lanes of like height.
        let height = if scenario.processes.len() > 1 { 1_300.0 } else { 440.0 };
        Shown::new(scenario, Time::from_us(self.us), span, (1700.0, height))
    }

    /// Where its card or chip lies, and its shapes.
    pub(super) fn card(&self, scene: &Scene) -> (Rect, Vec<Shape>) {
        let named = |r: &&gilscope::scene::Region| r.subject == Subject::Thread(self.thread) && !r.name.is_empty();
        let rect = scene.regions.iter().find(named).expect("it has a card or a chip").rect;
        let around = Rect::new(rect.x - 3.0, rect.y - AROUND, rect.w + 6.0, rect.h + AROUND + 4.0);
        let on = |s: &&Shape| bounds(s).is_some_and(|b| inside(b, around) && b.bottom() > rect.y);
        (rect, scene.shapes.iter().filter(on).cloned().collect())
    }

    /// Where its lane lies around the playhead, and its shapes there.
    pub(super) fn lane(&self, shown: &Shown, scene: &Scene) -> (Rect, Vec<Shape>) {
        let axis = shown.axis();
        let label = |r: &&gilscope::scene::Region| {
            r.subject == Subject::Thread(self.thread) && r.name.is_empty() && r.rect.right() <= axis.left
        };
        let row = scene.regions.iter().find(label).expect("it has a lane").rect;
        let now = axis.x(shown.playhead);
        let left = (now - LANE.0).max(axis.left);
        let window = Rect { x: left, w: now + LANE.1 - left, ..row };
        let on = |s: &&Shape| {
            let ours = |ink| ink == Ink::Thread(self.thread.0) || ink == Ink::Text;
            let inks = match s {
                Shape::Rect { fill, stroke, .. } => fill.map(|f| f.ink).or(stroke.map(|s| s.ink)),
                Shape::Line { stroke, .. } => Some(stroke.ink),
                _ => None,
            };
            let at = bounds(s).is_some_and(|b| {
                b.y >= row.y - 0.1 && b.bottom() <= row.bottom() + 0.1 && b.x < window.right() && b.right() > window.x
            });
            at && inks.is_some_and(ours)
        };
        (window, scene.shapes.iter().filter(on).cloned().collect())
    }

    /// Its card above its lane, at the top left corner.
    pub(super) fn picture(&self) -> Scene {
        let shown = self.shown();
        let scene = shown.scene();
        let (card, on_card) = self.card(&scene);
        let (window, on_lane) = self.lane(&shown, &scene);
        let mut shapes: Vec<Shape> = on_card.into_iter().map(|s| moved(s, card, (8.0, AROUND))).collect();
        let top = AROUND + card.h + 12.0;
        shapes.push(Shape::Clip(Rect::new(8.0, top, window.w, window.h)));
        shapes.extend(on_lane.into_iter().map(|s| moved(s, window, (8.0, top))));
        shapes.push(Shape::Unclip);
        Scene { shapes, height: (top + window.h + 6.0).round(), ..Scene::default() }
    }
}

fn inside(inner: Rect, outer: Rect) -> bool {
    inner.x >= outer.x && inner.y >= outer.y && inner.right() <= outer.right() && inner.bottom() <= outer.bottom()
}

/// A shape that lay in `from` with that one's corner at `to`.
fn moved(mut shape: Shape, from: Rect, to: (f64, f64)) -> Shape {
    let by = |p: &mut Point| (p.x, p.y) = (p.x - from.x + to.0, p.y - from.y + to.1);
    match &mut shape {
        Shape::Rect { rect, .. } | Shape::Clip(rect) => {
            (rect.x, rect.y) = (rect.x - from.x + to.0, rect.y - from.y + to.1);
        }
        Shape::Line { from, to, .. } => [from, to].into_iter().for_each(by),
        Shape::Circle { center, .. } => by(center),
        Shape::Path { points, .. } => points.iter_mut().for_each(by),
        Shape::Text { at, .. } => by(at),
        Shape::Columns { .. } => unreachable!("few segments are drawn one by one"),
        Shape::Unclip => {}
    }
    shape
}
