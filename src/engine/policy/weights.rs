//! What CFS and EEVDF share: the weight of each niceness, and virtual time, which passes the slower for a thread the more it
//! weighs. Whole nanoseconds; products in 128 bits.
//!
//! Source: `sched_prio_to_weight` of Linux, `kernel/sched/core.c` (`policies.md` section 6). The kernel divides by
//! multiplying with a 32-bit reciprocal, which can differ by 1 ns from the quotients here.

use super::Seen;
use crate::ids::ThreadIx;
use crate::time::{Dur, MAX_NS, Time};

/// The weight of each niceness, −20 first.
const WEIGHTS: [u32; 40] = [
    88_761, 71_755, 56_483, 46_273, 36_291, 29_154, 23_254, 18_705, 14_949, 11_916, 9_548, 7_620, 6_100, 4_904, 3_906,
    3_121, 2_501, 1_991, 1_586, 1_277, 1_024, 820, 655, 526, 423, 335, 272, 215, 172, 137, 110, 87, 70, 56, 45, 36, 29,
    23, 18, 15,
];

/// The weight at which virtual time passes as fast as time: that of niceness 0.
pub(super) const ONE: u64 = 1_024;

/// The weight of a niceness, from −20 to 19.
pub(crate) fn weight(nice: i8) -> u32 {
    WEIGHTS[(i32::from(nice) + 20).clamp(0, 39) as usize]
}

/// How much virtual time passes for a thread of this weight that computes for `ran`; rounded down.
pub(super) fn virtual_time(ran: Dur, weight: u64) -> u64 {
    if weight == ONE {
        return ran.ns();
    }
    // A division of 128 bits takes several times as long, and is needed from 208 days on.
    match ran.ns().checked_mul(ONE) {
        Some(product) => product / weight,
        None => (u128::from(ran.ns()) * u128::from(ONE) / u128::from(weight)) as u64,
    }
}

/// How long a thread of this weight computes until at least so much virtual time has passed; no longer than a run can be.
pub(super) fn real_time(virtual_ns: u64, weight: u64) -> Dur {
    let ns = (u128::from(virtual_ns) * u128::from(weight)).div_ceil(u128::from(ONE));
    Dur::from_ns(ns.min(MAX_NS.into()) as u64)
}

/// When something that happens at `time` is noticed: at once, or at the next multiple of the tick.
pub(super) fn noticed(time: Time, tick: Option<Dur>) -> Time {
    tick.map_or(time, |tick| Time::from_ns(time.ns().next_multiple_of(tick.ns().max(1))))
}

impl Seen<'_> {
    /// A thread's weight.
    pub(super) fn weight(self, thread: ThreadIx) -> u64 {
        self.plan.weights[thread.ix()].into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_niceness_weighs_about_a_quarter_more_than_the_next() {
        for (nice, pair) in (-20..).zip(WEIGHTS.windows(2)) {
            let percent = pair[0] * 100 / pair[1];
            assert!((118..=130).contains(&percent), "nice {nice}: {percent} %");
        }
        assert_eq!((weight(-20), weight(0), weight(5), weight(19)), (88_761, 1_024, 335, 15));
    }

    #[test]
    fn virtual_time_is_rounded_down_and_the_time_that_it_takes_up() {
        let d = Dur::from_ns(1_000);
        assert_eq!([1_024, 335, 88_761].map(|w| virtual_time(d, w)), [1_000, 3_056, 11]);
        // 36 years.
        let long = Dur::from_ns(1 << 60);
        assert_eq!([335, 88_761].map(|w| virtual_time(long, w)), [3_524_154_091_693_765_084, 13_300_792_247_917_568]);
        for w in WEIGHTS.map(u64::from) {
            let virt = virtual_time(d, w) + 1;
            let needed = real_time(virt, w);
            assert!(virtual_time(needed, w) >= virt && virtual_time(needed - Dur::from_ns(1), w) < virt);
        }
    }

    #[test]
    fn with_a_tick_nothing_is_noticed_between_its_multiples() {
        let at = |us, tick| noticed(Time::from_us(us), tick);
        let tick = Some(Dur::from_ms(4));
        assert_eq!((at(4_001, tick), at(8_000, tick)), (Time::from_ms(8), Time::from_ms(8)));
        assert_eq!(at(4_001, None), Time::from_us(4_001));
    }
}
