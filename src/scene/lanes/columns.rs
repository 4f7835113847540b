//! Stretches of a lane as pixels show them: one by one while they are few, else pixel column by pixel column, so that the
//! cost of a lane follows its width and not the number of its segments.

use super::super::draw::View;
use super::super::kit::Kit;
use super::super::shape::{Column, Height};
use super::super::{Ink, Rect, Shape, Subject, TimeAxis};
use super::Look;
use crate::engine::lanes::Lane;
use crate::engine::mipmap::Walk;
use crate::engine::segments::Segment;
use crate::engine::{Kind, Place};
use crate::ids::ThreadIx;
use crate::number::Within;
use crate::time::Time;

/// How finely the share of a look in a column is told.
const PARTS: u32 = 4;

/// As many segments are drawn one by one however narrow they are.
const FEW: usize = 64;

/// Where they are more, those at least this wide are: CSS pixels.
const WIDE: f64 = 8.0;

/// And those at least this wide are more than a colour and a height.
const DRAWN: f64 = 24.0;

/// A stretch to draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    /// Left edge.
    pub(super) x0: f64,
    /// Right edge.
    pub(super) x1: f64,
    /// Who is there, if the lane tells.
    pub(super) who: Option<ThreadIx>,
    /// What it is.
    pub(super) kind: Kind,
    /// How much of it is that, in parts of [`PARTS`]; all of it unless it stands for many segments.
    pub(super) share: u32,
    /// The segment's record, if it is a single segment.
    pub(super) record: Option<u32>,
    /// Whether it is one of so many that a colour and a height are all that can be seen of it.
    flat: bool,
}

impl Stretch {
    /// Opacity by which a mixed column shows that it is one.
    pub(super) fn alpha(&self) -> f32 {
        0.4 + 0.6 * self.share as f32 / PARTS as f32
    }

    /// Its part of a row.
    pub(super) fn rect(&self, row: Rect) -> Rect {
        Rect { x: self.x0, w: self.x1 - self.x0, ..row }
    }

    /// Where the thread is meanwhile.
    pub(super) fn place(&self) -> Place {
        self.kind.place().unwrap_or(Place::NotStarted)
    }
}

/// The columns of a lane that are too narrow for more than a colour and a height.
pub(super) struct Flat {
    rect: Rect,
    now: f64,
    /// A segment with an outline is drawn as any that is wide.
    selected: Option<u32>,
    columns: Vec<Column>,
}

impl Flat {
    /// No columns yet, of a lane whose bars have this height.
    pub(super) fn new(view: &View<'_>, rect: Rect) -> Self {
        let selected = match view.picture.selection {
            Some(Subject::Record(record)) => Some(record),
            _ => None,
        };
        Self { rect, now: view.picture.axis.x(view.now), selected, columns: Vec::new() }
    }

    /// No columns yet, all of which will be shown as what has happened is.
    pub(super) const fn even(rect: Rect) -> Self {
        Self { rect, now: f64::INFINITY, selected: None, columns: Vec::new() }
    }

    /// Takes a stretch that is one; whether it is.
    pub(super) fn takes(&mut self, stretch: &Stretch, look: Look, ink: Ink) -> bool {
        let flat = stretch.flat && (stretch.record.is_none() || stretch.record != self.selected);
        if flat {
            let (height, strength) = match look {
                Look::Full(_) => (Height::Full, 1.0),
                Look::Hollow => (Height::Most, 0.35),
                Look::HollowDashed => (Height::Most, 0.25),
                Look::Thin => (Height::Thin, 0.45),
                Look::ThinHollow => (Height::Thin, 0.3),
                Look::Dotted | Look::Dashed | Look::DottedTwice | Look::Chain => (Height::Line, 0.7),
            };
            let now = self.now.within(stretch.x0, stretch.x1);
            for (x0, x1, side) in [(stretch.x0, now, 1.0), (now, stretch.x1, super::FUTURE)] {
                if x0 < x1 {
                    let (x0, x1, alpha) = (x0 as f32, x1 as f32, strength * side * stretch.alpha());
                    self.columns.push(Column { x0, x1, height, ink, alpha });
                }
            }
        }
        flat
    }

    /// Draws them.
    pub(super) fn draw(self, kit: &mut Kit) {
        if !self.columns.is_empty() {
            kit.push(Shape::Columns { rect: self.rect, columns: self.columns });
        }
    }
}

/// The stretches of a lane inside the axis, from left to right. `look` is what a kind looks like, or `None` if it is not drawn.
///
/// A pixel column is what most of its time is: of the looks the one that has most of it and, by itself, of the threads the
/// one that is there for most of it, both exactly, but for threads beyond the first [`MOST_THREADS`](crate::engine::mipmap::MOST_THREADS) of a lane; those have
/// one sum, and if it is the largest one of them stands for all. Idle time counts only as less of the rest,
/// so that a core or thread that is seldom busy does not vanish. Equal neighbours become one stretch.
pub(super) fn stretches<S: Segment>(
    lane: Lane<'_, S>,
    axis: &TimeAxis,
    look: &dyn Fn(Kind) -> Option<Look>,
) -> Vec<Stretch> {
    let to = Time::from_ns(axis.to().ns().saturating_add(1));
    let each = |shown: Lane<'_, S>| {
        let seen = shown.iter().take_while(|s| s.start() < to);
        seen.filter_map(|s| one(lane, axis, &s, axis.left, look)).collect()
    };
    // The walk finds its way without a look at the trace, which is long.
    let Some(mut walk) = lane.walk() else { return each(lane.window(axis.from(), to)) };
    walk.to(axis.from());
    if walk.has_more_than(FEW, to) {
        columns(lane, walk, axis, look)
    } else {
        each(lane.whole().part(walk.next_segment()..usize::MAX))
    }
}

/// A single segment, from `left` on.
fn one<S: Segment>(
    lane: Lane<'_, S>,
    axis: &TimeAxis,
    segment: &S,
    left: f64,
    look: &dyn Fn(Kind) -> Option<Look>,
) -> Option<Stretch> {
    let right = axis.left + axis.width;
    let x1 = if segment.end() == Time::NEVER { right } else { axis.x(segment.end()).min(right) };
    let x0 = axis.x(segment.start()).max(left);
    let (kind, record) = (lane.kind(segment), segment.record());
    let seen = x0 < x1 && look(kind).is_some();
    seen.then_some(Stretch { x0, x1, who: segment.who(), kind, share: PARTS, record: Some(record), flat: false })
}

/// Draws a lane column by column, and by themselves those segments that are wide. The walk stands where the axis begins.
fn columns<S: Segment>(
    lane: Lane<'_, S>,
    mut walk: Walk<'_>,
    axis: &TimeAxis,
    look: &dyn Fn(Kind) -> Option<Look>,
) -> Vec<Stretch> {
    let looks: Vec<_> = walk.kinds().map(|(kind, _)| look(kind)).collect();
    let same: Vec<_> = looks.iter().map(|l| l.and_then(|_| looks.iter().position(|other| other == l))).collect();
    let right = axis.left + axis.width;
    let mut out: Vec<Stretch> = Vec::with_capacity(axis.width as usize + 1);
    let (mut x, mut from) = (axis.left, axis.from());
    while x < right {
        let until = walk.until();
        if until.since(from).ns() as f64 >= WIDE * axis.ns_per_px {
            let segment = walk.segment().and_then(|i| lane.whole().get(i));
            let one = segment.and_then(|s| one(lane, axis, &s, x, look));
            out.extend(one.map(|one| Stretch { flat: one.x1 - one.x0 < DRAWN, ..one }));
            x = axis.x(until).min(right);
            from = until.min(axis.to());
            walk.to(from);
            continue;
        }
        let x1 = next_edge(axis.left, x).min(right);
        let to = axis.time(x1).max(from);
        if let Some(most) = walk.most(to, &same) {
            // Times have 53 bits.
            let parts = (most.length * u64::from(PARTS)).div_ceil(to.since(from).ns().max(1));
            let share = (parts as u32).clamp(1, PARTS);
            let looks_like =
                |s: &&mut Stretch| (s.who, s.kind, s.share, s.x1, s.record) == (most.who, most.kind, share, x, None);
            match out.last_mut().filter(looks_like) {
                Some(last) => last.x1 = x1,
                None => {
                    out.push(Stretch { x0: x, x1, who: most.who, kind: most.kind, share, record: None, flat: true })
                }
            }
        }
        (x, from) = (x1, to);
    }
    out
}

/// The edge of the column of pixels behind `x`. Where `x` is on an edge itself, but for what floating point makes of it, that
/// is the next one: it is always farther.
fn next_edge(left: f64, x: f64) -> f64 {
    let edge = left + (x - left).floor() + 1.0;
    if edge > x { edge } else { edge + 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::lanes::{Index, Lanes};
    use crate::engine::{Reason, Record};
    use crate::ids::GilIx;
    use crate::scene::shape::Pattern;

    /// A GIL that two threads possess in turn, every so manieth time, 10 ns each.
    fn trace(n: u64, every: usize) -> Vec<Record> {
        let possession = |i: u64| {
            let of = |kind, reason, ns| Record::new(Time::from_ns(ns), kind, ThreadIx((i % 2) as u16), reason).of(0);
            [of(Kind::TakeGil, Reason::GilFree, 10 * i), of(Kind::DropGil, Reason::Requested, 10 * i + 10)]
        };
        (0..n).step_by(every).flat_map(possession).collect()
    }

    fn drawn(trace: &[Record], ns_per_px: f64) -> Vec<Stretch> {
        let mut index = Index::new(2, 0, 1);
        index.take_in(trace);
        let lane = Lanes::new(trace, &index).gil(GilIx(0));
        let axis = TimeAxis { start_ns: 0.0, ns_per_px, left: 100.0, width: 200.0 };
        stretches(lane, &axis, &|_| Some(Look::Full(Pattern::Solid)))
    }

    #[test]
    fn the_next_edge_is_farther_wherever_the_lanes_begin() {
        // Here the difference of the two is a little less than 156.
        assert!(next_edge(100.811_200_000_000_01, 256.811_2) > 256.811_2);
        for i in 0..10_000 {
            let left = 74.0 + 0.013_37 * f64::from(i);
            let mut x = left;
            for _ in 0..300 {
                let edge = next_edge(left, x);
                assert!(edge > x && edge <= x + 1.0 + 1e-9, "{edge} behind {x}, from {left}");
                x = edge;
            }
        }
    }

    #[test]
    fn few_segments_are_drawn_one_by_one() {
        let out = drawn(&trace(4, 1), 1.0);
        assert_eq!(out.len(), 4);
        assert_eq!((out[1].x0, out[1].x1, out[1].record), (110.0, 120.0, Some(2)));
    }

    #[test]
    fn many_segments_cost_no_more_than_the_columns() {
        let out = drawn(&trace(100_000, 1), 5_000.0);
        assert!(!out.is_empty() && out.len() <= 200, "{}", out.len());
        assert!(out.iter().all(|s| s.record.is_none() && s.x0 >= 100.0 && s.x1 <= 300.0));
    }

    #[test]
    fn a_column_looks_like_most_of_its_time() {
        // 10 ns each of thread 0 and 1 in turn: of columns of 25 ns the first two have 15 ns of thread 0, the third of 1.
        let out = drawn(&trace(500, 1), 25.0);
        assert_eq!((out[0].who, out[0].share), (Some(ThreadIx(0)), 3));
        assert_eq!((out[1].who, out[1].x0), (Some(ThreadIx(1)), 102.0));
    }

    #[test]
    fn a_lane_that_is_seldom_busy_does_not_vanish() {
        let out = drawn(&trace(4_000, 8), 160.0);
        assert_eq!(out.len(), 1, "every column is alike");
        assert_eq!((out[0].who, out[0].share), (Some(ThreadIx(0)), 1));
    }
}
