//! Draws of the engine: the same seed gives the same numbers on every machine.

/// A generator of pseudo-random numbers: SplitMix64, with the constants of Steele, Lea and Flood, “Fast splittable
/// pseudorandom number generators” (OOPSLA 2014).
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// How many draws fail before the first that succeeds, of which `wins` in `of` do; at most `most`.
    pub(super) fn failures(&mut self, wins: u64, of: u64, most: u64) -> u64 {
        (0..most).find(|_| self.next() % of < wins).unwrap_or(most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_splitmix64() {
        // Of the reference implementation with the seed 1234567, as widely published.
        let mut random = Random::new(1_234_567);
        assert_eq!([random.next(), random.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn failures_are_as_many_as_the_odds_say() {
        let mut random = Random::new(1);
        let sum: u64 = (0..10_000).map(|_| random.failures(1, 4, 1_000)).sum();
        assert!((28_500..31_500).contains(&sum), "3 on average: {sum}");
        assert_eq!(random.failures(0, 1, 7), 7);
        assert_eq!(random.failures(1, 1, 7), 0);
    }
}
