//! Numbers that look random and come again with the same seed.

/// A small generator (SplitMix64); the quality that tests need, and nothing to depend on.
#[derive(Debug)]
pub struct Chance(u64);

impl Chance {
    /// Starts from the seed in this variable, or anywhere; the seed is printed.
    pub fn from_env(variable: &str) -> Self {
        let seed = setting(variable).unwrap_or_else(|| getrandom::u64().unwrap());
        println!("{variable}={seed}");
        Self(seed)
    }

    /// Another one that comes of this.
    pub fn fork(&mut self) -> Self {
        Self(self.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below the end.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap();
        usize::try_from(self.next() % end).unwrap()
    }

    /// A number from the first up to the last.
    pub fn between(&mut self, first: u64, last: u64) -> u64 {
        first + self.next() % (last - first + 1)
    }

    /// One of them.
    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// A number that somebody set in the environment.
#[expect(
    clippy::disallowed_methods,
    reason = "how long a test runs and where it begins is not configuration"
)]
pub fn setting(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}
