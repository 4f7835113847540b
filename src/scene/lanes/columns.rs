//! Stretches of a lane as pixels show them: one by one while they are few, else pixel column by pixel column, so that the
//! cost of a lane follows its width and not the number of its segments.

use super::super::TimeAxis;
use crate::engine::lanes::Lane;
use crate::engine::segments::Segment;
use crate::time::Time;

/// How finely the share of a look in a column is told.
const PARTS: u32 = 4;

/// How many segments of a column are looked at.
const LOOKED_AT: usize = 24;

/// A stretch to draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch<L> {
    /// Left edge.
    pub(super) x0: f64,
    /// Right edge.
    pub(super) x1: f64,
    /// What it looks like.
    pub(super) look: L,
    /// How much of it looks like that, in parts of [`PARTS`]; all of it unless it stands for many segments.
    pub(super) share: u32,
    /// The segment's record, if it is a single segment.
    pub(super) record: Option<u32>,
}

impl<L> Stretch<L> {
    /// Opacity by which a mixed column shows that it is one.
    pub(super) fn alpha(&self) -> f32 {
        0.4 + 0.6 * self.share as f32 / PARTS as f32
    }
}

/// The stretches of a lane inside the axis, from left to right. `look` is `None` for a segment that is not drawn.
pub(super) fn stretches<S: Segment, L: Copy + PartialEq>(
    lane: Lane<'_, S>,
    axis: &TimeAxis,
    look: impl Fn(&S) -> Option<(L, u32)>,
) -> Vec<Stretch<L>> {
    let to = Time::from_ns(axis.to().ns().saturating_add(1));
    let shown = lane.window(axis.from(), to);
    if shown.len() as f64 > axis.width / 2.0 {
        return by_column(shown, axis, |s| look(s).map(|l| l.0));
    }
    let one = |s: S| {
        let (look, record) = look(&s)?;
        let right = axis.left + axis.width;
        let x1 = if s.end() == Time::NEVER { right } else { axis.x(s.end()).min(right) };
        let x0 = axis.x(s.start()).max(axis.left);
        (x0 < x1).then_some(Stretch { x0, x1, look, share: PARTS, record: Some(record) })
    };
    shown.iter().filter_map(one).collect()
}

/// One look per pixel column, the one that most of its time has; idle time counts only as less of it, so that a core or
/// thread that is seldom busy does not vanish. Equal neighbours become one stretch.
fn by_column<S: Segment, L: Copy + PartialEq>(
    shown: Lane<'_, S>,
    axis: &TimeAxis,
    look: impl Fn(&S) -> Option<L>,
) -> Vec<Stretch<L>> {
    let mut out: Vec<Stretch<L>> = Vec::new();
    let mut rest = shown;
    for column in 0..axis.width.ceil() as u32 {
        let x0 = axis.left + f64::from(column);
        let x1 = (x0 + 1.0).min(axis.left + axis.width);
        let (from, to) = (axis.time(x0), axis.time(x1));
        rest = rest.part(rest.partition_point(|s| s.end() <= from)..rest.len());
        let inside = rest.part(0..rest.partition_point(|s| s.start() < to));
        let Some((look, share)) = most(inside, from, to, &look) else { continue };
        match out.last_mut() {
            Some(last) if last.look == look && last.share == share && last.x1 == x0 => last.x1 = x1,
            _ => out.push(Stretch { x0, x1, look, share, record: None }),
        }
    }
    out
}

/// The look that the segments have for most of the time from `from` to `to`, and its share in parts of [`PARTS`], rounded
/// up. If there are many segments, every so manieth of them stands for its neighbours.
fn most<S: Segment, L: Copy + PartialEq>(
    segments: Lane<'_, S>,
    from: Time,
    to: Time,
    look: impl Fn(&S) -> Option<L>,
) -> Option<(L, u32)> {
    let mut sums: Vec<(L, u64)> = Vec::new();
    let mut total = 0;
    for segment in segments.iter().step_by(segments.len().div_ceil(LOOKED_AT).max(1)) {
        let length = segment.end().min(to).since(segment.start().max(from)).ns();
        total += length;
        let Some(look) = look(&segment) else { continue };
        match sums.iter_mut().find(|(l, _)| *l == look) {
            Some((_, sum)) => *sum += length,
            None => sums.push((look, length)),
        }
    }
    // Lanes of cores and GILs have gaps, which no segment stands for.
    let whole = if segments.len() <= LOOKED_AT { to.since(from).ns() } else { total }.max(1);
    // The first of the largest, so that ties are always resolved alike.
    let (look, sum) = sums.into_iter().rev().max_by_key(|(_, sum)| *sum)?;
    let parts = (u128::from(sum) * u128::from(PARTS)).div_ceil(u128::from(whole));
    Some((look, (parts as u32).clamp(1, PARTS)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::lanes::{Index, Lanes};
    use crate::engine::{Kind, Reason, Record};
    use crate::ids::{GilIx, ThreadIx};

    /// A GIL that two threads possess in turn, every so manieth time, 10 ns each.
    fn trace(n: u64, every: usize) -> Vec<Record> {
        let possession = |i: u64| {
            let of = |kind, reason, ns| Record::new(Time::from_ns(ns), kind, ThreadIx((i % 2) as u16), reason).of(0);
            [of(Kind::TakeGil, Reason::GilFree, 10 * i), of(Kind::DropGil, Reason::Requested, 10 * i + 10)]
        };
        (0..n).step_by(every).flat_map(possession).collect()
    }

    fn drawn(trace: &[Record], ns_per_px: f64) -> Vec<Stretch<ThreadIx>> {
        let mut index = Index::new(2, 0, 1);
        index.take_in(trace);
        let lane = Lanes::new(trace, &index).gil(GilIx(0));
        let axis = TimeAxis { start_ns: 0.0, ns_per_px, left: 100.0, width: 200.0 };
        stretches(lane, &axis, |s| Some((s.holder, s.record)))
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
        assert_eq!((out[0].look, out[0].share), (ThreadIx(0), 3));
        assert_eq!((out[1].look, out[1].x0), (ThreadIx(1), 102.0));
    }

    #[test]
    fn a_lane_that_is_seldom_busy_does_not_vanish() {
        let out = drawn(&trace(4_000, 8), 160.0);
        assert_eq!(out.len(), 1, "every column is alike");
        assert_eq!((out[0].look, out[0].share), (ThreadIx(0), 1));
    }
}
