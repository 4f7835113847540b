//! Percentiles of lengths of time.

use crate::time::Dur;

/// How long something took: of how many times, and at most how long in half of them, in 95 and 99 of 100, and in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Percentiles {
    /// How many lengths there are; without any, the others are zero.
    pub count: u64,
    /// The median: half of them are no longer.
    pub p50: Dur,
    /// 95 of 100 are no longer.
    pub p95: Dur,
    /// 99 of 100 are no longer.
    pub p99: Dur,
    /// None is longer.
    pub worst: Dur,
}

impl Percentiles {
    /// Those of lengths in ascending order.
    #[must_use]
    pub fn of(sorted: &[Dur]) -> Self {
        let rank = |percent| rank(sorted, percent).unwrap_or_default();
        Self { count: sorted.len() as u64, p50: rank(50), p95: rank(95), p99: rank(99), worst: rank(100) }
    }
}

/// The shortest of some lengths in ascending order that so many of a hundred do not exceed: the nearest rank, so that it is a
/// length that occurred.
pub(super) fn rank(sorted: &[Dur], percent: usize) -> Option<Dur> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied()
}

/// Of at least so many lengths it is told what only few exceed.
const FEWEST: u64 = 20;

/// Whether so many lengths are enough to say what so many of a hundred do not exceed.
pub(super) const fn is_told(count: u64, percent: usize) -> bool {
    count >= FEWEST || percent <= 50 || percent == 100
}

/// Takes lengths in ascending order into a list of such, from behind: no further than the shortest of them goes.
pub(super) fn merge(list: &mut Vec<Dur>, more: Vec<Dur>) {
    let (mut here, mut there) = (list.len(), more.len());
    list.extend_from_slice(&more);
    while there > 0 {
        let at = here + there - 1;
        if here > 0 && list[here - 1] > more[there - 1] {
            here -= 1;
            list[at] = list[here];
        } else {
            there -= 1;
            list[at] = more[there];
        }
    }
}

/// Lengths in ascending order: by their bytes from the last to the first, in time that grows with their number alone.
pub(super) fn in_order(mut lengths: Vec<Dur>) -> Vec<Dur> {
    let longest = lengths.iter().fold(0, |bits, d| bits | d.ns());
    let mut other = lengths.clone();
    for shift in (0..u64::BITS - longest.leading_zeros()).step_by(8) {
        let digit = |d: Dur| (d.ns() >> shift & 0xff) as usize;
        let mut places = [0; 256];
        lengths.iter().for_each(|d| places[digit(*d)] += 1);
        let mut next = 0;
        for place in &mut places {
            next += std::mem::replace(place, next);
        }
        for length in &lengths {
            let place = &mut places[digit(*length)];
            other[*place] = *length;
            *place += 1;
        }
        std::mem::swap(&mut lengths, &mut other);
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_length_that_occurred() {
        let of = |n: u64| Percentiles::of(&(1..=n).map(Dur::from_ns).collect::<Vec<_>>());
        let ns = |p: Percentiles| [p.p50, p.p95, p.p99, p.worst].map(Dur::ns);
        assert_eq!(ns(of(100)), [50, 95, 99, 100]);
        assert_eq!(ns(of(3)), [2, 3, 3, 3]);
        assert_eq!(of(0), Percentiles::default());
    }

    #[test]
    fn lengths_are_taken_into_their_places() {
        let ns = |list: &[u64]| list.iter().copied().map(Dur::from_ns).collect::<Vec<_>>();
        let merged = |mut list: Vec<Dur>, more: &[u64]| {
            merge(&mut list, ns(more));
            list
        };
        assert_eq!(merged(ns(&[2, 4, 4, 9]), &[1, 4, 5, 10]), ns(&[1, 2, 4, 4, 4, 5, 9, 10]));
        assert_eq!((merged(ns(&[]), &[3]), merged(ns(&[3]), &[])), (ns(&[3]), ns(&[3])));
    }

    #[test]
    fn lengths_of_all_sizes_come_in_order() {
        let lengths = [5, 0, u64::MAX, 256, 255, 65_536, 5, 1 << 40].map(Dur::from_ns);
        let mut sorted = lengths.to_vec();
        sorted.sort();
        assert_eq!(in_order(lengths.to_vec()), sorted);
    }
}
