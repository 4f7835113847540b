//! The engine's own generator, for what a policy or the hardware decides by chance: the same seed, the same draws, on every
//! machine. SplitMix64 (Steele, Lea and Flood, “Fast splittable pseudorandom number generators”, 2014): a counter and a mix
//! of its bits, so its state is one word and a checkpoint holds it.

/// A source of draws.
#[derive(Clone, Debug)]
pub(super) struct Draws {
    state: u64,
    /// How many of the numbers given with the scenario were used, of each kind.
    pub(super) given: [usize; 2],
}

impl Draws {
    pub(super) const fn new(seed: u64) -> Self {
        Self { state: seed, given: [0; 2] }
    }

    /// The next of the numbers that were given for a kind of draw; `None` if there are no more.
    pub(super) fn next(&mut self, given: &[u64], kind: usize) -> Option<u64> {
        let next = given.get(self.given[kind]).copied();
        self.given[kind] += usize::from(next.is_some());
        next
    }

    /// The next 64 bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, which must not be 0. Its bias is below n / 2⁶⁴.
    pub(super) fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(n)) >> 64) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_those_of_the_published_generator() {
        // The first outputs for seed 1234567 of the reference implementation by Sebastiano Vigna.
        let mut draws = Draws::new(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| draws.bits()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn a_number_below_n_is_below_n_and_all_come() {
        let mut draws = Draws::new(1);
        let mut seen = [0; 6];
        for _ in 0..600 {
            seen[draws.below(6) as usize] += 1;
        }
        assert!(seen.iter().all(|n| *n > 60), "{seen:?}");
    }
}
