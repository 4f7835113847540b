//! The whole run as a slim strip in a row above the ruler, with the view as a window in it; there while the view shows only a part.

use std::cell::RefCell;

use super::super::draw::View;
use super::super::kit::{Kit, line, point, solid, tint};
use super::super::shape::Pattern;
use super::super::{Ink, Rect, Shape, Subject, TimeAxis};
use super::columns::{Flat, stretches};
use super::thread::Look;
use crate::engine::{Kind, Run};
use crate::ids::CoreId;
use crate::number::Within;
use crate::time::Time;

/// From how much of the run on, as a part, a view counts as one of the whole.
const WHOLE: f64 = 0.97;

/// The most cores that are told apart.
const CORES: u8 = 4;

/// The axis of the strip, which has the whole run; `None` while the view shows all of that.
pub(crate) fn overview_axis(run: &Run, view: TimeAxis, playhead: Time) -> Option<TimeAxis> {
    let end = run.end().max(playhead).ns() as f64;
    let shown = (view.start_ns + view.span_ns()).min(end) - view.start_ns.max(0.0);
    (end > 0.0 && shown < WHOLE * end).then_some(TimeAxis { start_ns: 0.0, ns_per_px: end / view.width, ..view })
}

/// What the strip shows of the cores, kept from picture to picture: while the view moves, that stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Kept(RefCell<Option<(Key, Vec<Shape>)>>);

/// What that depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    generation: u64,
    records: usize,
    axis: TimeAxis,
    strip: Rect,
}

impl Kept {
    /// Draws what was kept, or makes it first.
    fn cores(&self, kit: &mut Kit, key: Key, draw: impl FnOnce(&mut Kit)) {
        let mut kept = self.0.borrow_mut();
        if kept.as_ref().is_none_or(|(of, _)| *of != key) {
            let mut own = Kit::default();
            draw(&mut own);
            *kept = Some((key, own.into_shapes()));
        }
        kept.iter().flat_map(|(_, shapes)| shapes).for_each(|shape| kit.push(shape.clone()));
    }
}

/// Who was on the first cores over the whole run.
fn cores(kit: &mut Kit, run: &Run, axis: &TimeAxis, strip: Rect) {
    let cores = run.plan().cores.min(CORES);
    let h = (strip.h - 1.0) / f64::from(cores);
    for core in 0..cores {
        let look = |kind: Kind| Look::at(kind.place()?, true);
        let row = Rect { y: strip.y + 0.5 + f64::from(core) * h, h: (h - 0.5).max(1.0), ..strip };
        let mut flat = Flat::even(row);
        for stretch in stretches(run.lanes().core(CoreId(core)), axis, &look) {
            let Some(thread) = stretch.who else { continue };
            let ink = Ink::Thread(thread.0);
            if !flat.takes(&stretch, Look::Full(Pattern::Solid), ink) {
                kit.fill(stretch.rect(row), 0.0, tint(ink, stretch.alpha()));
            }
        }
        flat.draw(kit);
    }
}

pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    let picture = view.picture;
    let place = &view.layout.lanes;
    let Some(strip) = place.overview else { return };
    let Some(mut axis) = overview_axis(picture.run, picture.axis, view.now) else { return };
    kit.fill(strip, 2.0, solid(Ink::Well));
    let clipped = |time: Time| axis.x(time).within(strip.x, strip.right());
    let (from, to) = (clipped(picture.axis.from()), clipped(picture.axis.to()));
    let marks = picture.reading.markers.into_iter().flatten().map(clipped).map(|x| (x, Ink::Accent));
    let marks: Vec<_> = marks.chain([(clipped(view.now), Ink::Playhead)]).collect();
    let band = picture.reading.range.map(|(from, to)| (clipped(from), clipped(to)));
    if picture.hide_future {
        axis.width = clipped(view.now) - axis.left;
    }
    picture.kept.cores(
        kit,
        Key { generation: picture.generation, records: picture.run.trace().len(), axis, strip },
        |kit| {
            cores(kit, picture.run, &axis, strip);
        },
    );
    // What is out of view is veiled.
    for (x, right) in [(strip.x, from), (to, strip.right())] {
        kit.fill(Rect { x, w: right - x, ..strip }, 0.0, tint(Ink::Panel, 0.6));
    }
    if let Some((from, to)) = band {
        kit.fill(Rect { x: from, w: (to - from).max(1.0), ..strip }, 0.0, tint(Ink::Accent, 0.35));
    }
    for (x, ink) in marks {
        kit.line(point(x, strip.y), point(x, strip.bottom()), line(ink, 1.5));
    }
    let window = Rect { x: from, w: (to - from).max(3.0), ..strip };
    kit.outline(window, 2.0, line(Ink::Text, 1.2));
    for x in [window.x, window.right()] {
        kit.fill(Rect { x: x - 2.0, w: 4.0, ..strip }, 2.0, solid(Ink::Text));
    }
    // All of its row can be touched: 24 px, the least that WCAG 2.2 (2.5.8) wants.
    let reach = place.ruler.y - place.panel.y;
    kit.region(Rect { y: place.panel.y, h: reach, ..place.time }, Subject::Overview);
}
