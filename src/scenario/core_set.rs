//! The cores that a thread may run on.

use super::Limits;
use crate::ids::CoreId;

/// The cores that a thread may run on: all, or a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoreSet(u64);

impl CoreSet {
    /// Every core, also those added later.
    pub const ALL: Self = Self(u64::MAX);

    /// Only this core: the thread is pinned to it.
    #[must_use]
    pub const fn only(core: CoreId) -> Self {
        Self(1 << (core.0 & 63))
    }

    /// Whether the thread may run on `core`.
    #[must_use]
    pub const fn allows(self, core: CoreId) -> bool {
        core.0 < 64 && self.0 & (1 << core.0) != 0
    }

    /// Whether at least one of the first `cores` cores is allowed.
    #[must_use]
    pub const fn fits(self, cores: u8) -> bool {
        self.0.trailing_zeros() < cores as u32
    }

    /// The single allowed core, if the thread is pinned to one.
    #[must_use]
    pub const fn pinned(self) -> Option<CoreId> {
        if self.0.count_ones() == 1 { Some(CoreId(self.0.trailing_zeros() as u8)) } else { None }
    }

    /// The allowed cores as a bit per core, core 0 the lowest.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }
}

impl Default for CoreSet {
    fn default() -> Self {
        Self::ALL
    }
}

impl From<Vec<u8>> for CoreSet {
    /// Core numbers above 63 do not exist and are dropped; `Scenario::check` refuses a set that no core satisfies.
    fn from(cores: Vec<u8>) -> Self {
        Self(cores.into_iter().filter(|&c| c < 64).fold(0, |set, c| set | 1 << c))
    }
}

impl TryFrom<Vec<CoreId>> for CoreSet {
    type Error = String;

    fn try_from(cores: Vec<CoreId>) -> Result<Self, String> {
        match cores.iter().find(|c| c.0 >= Limits::CORES) {
            Some(core) => {
                Err(format!("there is no core {}; they are numbered from 0 to {}", core.0, Limits::CORES - 1))
            }
            None => Ok(cores.into_iter().fold(Self(0), |set, c| Self(set.0 | 1 << c.0))),
        }
    }
}

impl From<CoreSet> for Vec<u8> {
    fn from(set: CoreSet) -> Self {
        (0..64).filter(|&c| set.allows(CoreId(c))).collect()
    }
}
