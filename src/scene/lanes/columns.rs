//! Stretches of a lane as pixels show them: one by one while they are few, else pixel column by pixel column, so that the
//! cost of a lane follows its width and not the number of its segments.

use super::super::TimeAxis;
use super::Look;
use crate::engine::lanes::Lane;
use crate::engine::mipmap::{Key, Walk};
use crate::engine::segments::Segment;
use crate::engine::{Kind, Place};
use crate::ids::ThreadIx;
use crate::time::Time;

/// How finely the share of a look in a column is told.
const PARTS: u32 = 4;

/// As many segments are drawn one by one however narrow they are.
const FEW: usize = 64;

/// Where they are more, those at least this wide are: CSS pixels.
const WIDE: f64 = 8.0;

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
}

impl Stretch {
    /// Opacity by which a mixed column shows that it is one.
    pub(super) fn alpha(&self) -> f32 {
        0.4 + 0.6 * self.share as f32 / PARTS as f32
    }

    /// Where the thread is meanwhile.
    pub(super) fn place(&self) -> Place {
        self.kind.place().unwrap_or(Place::NotStarted)
    }
}

/// The stretches of a lane inside the axis, from left to right. `look` is what a kind looks like, or `None` if it is not drawn.
///
/// A pixel column is what most of its time is: of the looks the one that has most of it and, by itself, of the threads the
/// one that is there for most of it, both exactly, but for threads beyond the first [`MOST_THREADS`](crate::engine::mipmap::MOST_THREADS) of a lane; those have
/// one sum, and if it is the largest the one at the column's end stands for them. Idle time counts only as less of the rest,
/// so that a core or thread that is seldom busy does not vanish. Equal neighbours become one stretch.
pub(super) fn stretches<S: Segment>(
    lane: Lane<'_, S>,
    axis: &TimeAxis,
    look: &dyn Fn(Kind) -> Option<Look>,
) -> Vec<Stretch> {
    let to = Time::from_ns(axis.to().ns().saturating_add(1));
    let shown = lane.window(axis.from(), to);
    match lane.walk() {
        Some(walk) if shown.len() > FEW => Columns::new(axis, walk, look).draw(lane),
        _ => shown.iter().filter_map(|s| one(lane, axis, &s, axis.left, look)).collect(),
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
    seen.then_some(Stretch { x0, x1, who: segment.who(), kind, share: PARTS, record: Some(record) })
}

/// A lane that is drawn column by column.
struct Columns<'a, S> {
    axis: &'a TimeAxis,
    walk: Walk<'a, S>,
    look: &'a dyn Fn(Kind) -> Option<Look>,
    /// By key of the walk: the first key that looks the same, if it is a kind that is drawn.
    same: Vec<Option<usize>>,
    /// The sums at the last edge of a column.
    before: Vec<u64>,
    out: Vec<Stretch>,
}

impl<'a, S: Segment> Columns<'a, S> {
    fn new(axis: &'a TimeAxis, walk: Walk<'a, S>, look: &'a dyn Fn(Kind) -> Option<Look>) -> Self {
        let looks = || walk.keys().iter().map(|key| if let Key::Kind(kind) = key { look(*kind) } else { None });
        let same = looks().map(|l| l.and_then(|_| looks().position(|other| other == l))).collect();
        let before = vec![0; walk.keys().len()];
        Self { axis, walk, look, same, before, out: Vec::new() }
    }

    fn draw(mut self, lane: Lane<'_, S>) -> Vec<Stretch> {
        let right = self.axis.left + self.axis.width;
        let mut x = self.axis.left;
        self.walk.to(self.axis.from());
        while x < right {
            self.before.copy_from_slice(self.walk.sums());
            let segment = self.walk.segment();
            let single = segment.and_then(|s| one(lane, self.axis, &s, x, self.look).filter(|s| s.x1 - s.x0 >= WIDE));
            x = match single {
                Some(single) if single.x0 <= x => {
                    self.out.push(single);
                    self.walk.to(segment.map_or(Time::ZERO, |s| s.end()).min(self.axis.time(right)));
                    single.x1
                }
                _ => {
                    // Up to the next whole pixel, or to a segment that is drawn by itself.
                    let x1 = (self.axis.left + (x - self.axis.left).floor() + 1.0).min(right);
                    let x1 = single.map_or(x1, |s| s.x0.min(x1));
                    self.column(x, x1);
                    x1
                }
            };
        }
        self.out
    }

    /// Draws the column between two pixels, the first of which the walk has reached.
    fn column(&mut self, x0: f64, x1: f64) {
        let (from, to) = (self.axis.time(x0), self.axis.time(x1));
        self.walk.to(to);
        let mut looks = [0; 64];
        // Who and what: the largest sum with its key, the first of equals.
        let (mut who, mut what) = ((0, None), (0, None));
        for (i, (after, before)) in self.walk.sums().iter().zip(&self.before).enumerate() {
            let length = after.saturating_sub(*before);
            match (self.walk.keys()[i], self.same[i]) {
                (Key::Kind(_), Some(first)) => {
                    looks[first] += length;
                    if looks[first] > what.0 {
                        what = (looks[first], Some(first));
                    }
                }
                (Key::Thread(_) | Key::Others, _) if length > who.0 => who = (length, Some(i)),
                _ => {}
            }
        }
        let Some(Key::Kind(kind)) = what.1.map(|first| self.walk.keys()[first]) else { return };
        let thread = who.1.and_then(|i| match self.walk.keys()[i] {
            Key::Thread(thread) => Some(thread),
            _ => self.walk.segment().and_then(|s| s.who()),
        });
        let most = if who.1.is_some() { what.0.min(who.0) } else { what.0 };
        let parts = (u128::from(most) * u128::from(PARTS)).div_ceil(u128::from(to.since(from).ns().max(1)));
        let share = (parts as u32).clamp(1, PARTS);
        match self.out.last_mut() {
            Some(last)
                if (last.who, last.kind, last.share, last.x1) == (thread, kind, share, x0) && last.record.is_none() =>
            {
                last.x1 = x1;
            }
            _ => self.out.push(Stretch { x0, x1, who: thread, kind, share, record: None }),
        }
    }
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
