//! Stretches of a lane as pixels show them: one by one while they are few, else pixel column by pixel column, so that the
//! cost of a lane follows its width and not the number of its segments.

use super::super::TimeAxis;
use crate::engine::lanes::{Segment, window};
use crate::time::Time;

/// How many instants of a column are looked at.
const SAMPLES: u32 = 4;

/// A stretch to draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch<L> {
    /// Left edge.
    pub(super) x0: f64,
    /// Right edge.
    pub(super) x1: f64,
    /// What it looks like.
    pub(super) look: L,
    /// How much of it looks like that, in parts of [`SAMPLES`]; all of it unless it stands for many segments.
    pub(super) share: u32,
    /// The segment's record, if it is a single segment.
    pub(super) record: Option<u32>,
}

impl<L> Stretch<L> {
    /// Opacity by which a mixed column shows that it is one.
    pub(super) fn alpha(&self) -> f32 {
        0.4 + 0.6 * self.share as f32 / SAMPLES as f32
    }
}

/// The stretches of a lane inside the axis, from left to right. `look` is `None` for a segment that is not drawn.
pub(super) fn stretches<S: Segment, L: Copy + PartialEq>(
    lane: &[S],
    axis: &TimeAxis,
    look: impl Fn(&S) -> Option<(L, u32)>,
) -> Vec<Stretch<L>> {
    let to = Time::from_ns(axis.to().ns().saturating_add(1));
    let shown = window(lane, axis.from(), to);
    if shown.len() as f64 > axis.width / 2.0 {
        return by_column(shown, axis, |s| look(s).map(|l| l.0));
    }
    let one = |s: &S| {
        let (look, record) = look(s)?;
        let right = axis.left + axis.width;
        let x1 = if s.end() == Time::NEVER { right } else { axis.x(s.end()).min(right) };
        let x0 = axis.x(s.start()).max(axis.left);
        (x0 < x1).then_some(Stretch { x0, x1, look, share: SAMPLES, record: Some(record) })
    };
    shown.iter().filter_map(one).collect()
}

/// One look per pixel column: the one that most of its samples have. Equal neighbours become one stretch.
fn by_column<S: Segment, L: Copy + PartialEq>(
    shown: &[S],
    axis: &TimeAxis,
    look: impl Fn(&S) -> Option<L>,
) -> Vec<Stretch<L>> {
    let mut out: Vec<Stretch<L>> = Vec::new();
    for column in 0..axis.width.ceil() as u32 {
        let x0 = axis.left + f64::from(column);
        let x1 = (x0 + 1.0).min(axis.left + axis.width);
        let sample = |i: u32| {
            let time = axis.time(x0 + (x1 - x0) * (f64::from(i) + 0.5) / f64::from(SAMPLES));
            let i = shown.partition_point(|s| s.end() <= time);
            shown.get(i).filter(|s| s.start() <= time).and_then(&look)
        };
        let samples: [Option<L>; SAMPLES as usize] = std::array::from_fn(|i| sample(i as u32));
        let count = |l: Option<L>| samples.iter().filter(|s| **s == l).count() as u32;
        // The first of the most frequent, so that ties are always resolved alike.
        let most = samples.iter().rev().max_by_key(|s| count(**s)).copied().flatten();
        let Some(look) = most else { continue };
        let share = count(Some(look));
        match out.last_mut() {
            Some(last) if last.look == look && last.share == share && last.x1 == x0 => last.x1 = x1,
            _ => out.push(Stretch { x0, x1, look, share, record: None }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::lanes::GilSegment;
    use crate::ids::ThreadIx;

    fn lane(n: u64) -> Vec<GilSegment> {
        let segment = |i: u64| GilSegment {
            start: Time::from_ns(10 * i),
            end: Time::from_ns(10 * i + 10),
            holder: ThreadIx((i % 2) as u16),
            record: i as u32,
        };
        (0..n).map(segment).collect()
    }

    fn drawn(lane: &[GilSegment], ns_per_px: f64) -> Vec<Stretch<ThreadIx>> {
        let axis = TimeAxis { start_ns: 0.0, ns_per_px, left: 100.0, width: 200.0 };
        stretches(lane, &axis, |s| Some((s.holder, s.record)))
    }

    #[test]
    fn few_segments_are_drawn_one_by_one() {
        let out = drawn(&lane(4), 1.0);
        assert_eq!(out.len(), 4);
        assert_eq!((out[1].x0, out[1].x1, out[1].record), (110.0, 120.0, Some(1)));
    }

    #[test]
    fn many_segments_cost_no_more_than_the_columns() {
        let out = drawn(&lane(100_000), 5_000.0);
        assert!(!out.is_empty() && out.len() <= 200, "{}", out.len());
        assert!(out.iter().all(|s| s.record.is_none() && s.x0 >= 100.0 && s.x1 <= 300.0));
    }

    #[test]
    fn columns_agree_with_segments_where_both_can_be_drawn() {
        let lane = lane(150);
        for stretch in drawn(&lane, 10.0) {
            let time = ((stretch.x0 - 100.0) * 10.0 + 5.0) as u64;
            assert_eq!(stretch.look, lane[(time / 10) as usize].holder);
        }
    }
}
