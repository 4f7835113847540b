//! Newtype ids. Two families that must not be mixed up:
//!
//! - `…Id`: written in the scenario, stable while it is edited; a deleted id leaves a gap.
//! - `…Ix`: dense, 0 to n − 1 in ascending order of the id, given when a scenario is made into a run. The engine, the
//!   trace and the picture of one run use these; they mean nothing in another run.
//!
//! A core has no identity beyond its number, so [`CoreId`] serves as both.

use serde::{Deserialize, Deserializer, Serialize};

use crate::number::whole;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($int:ty), $expected:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub $int);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                // `whole` refuses what does not fit.
                whole(from, <$int>::MAX.into(), $expected).map(|n| Self(n as $int))
            }
        }

        impl $name {
            /// The id as an index into a list.
            #[must_use]
            pub const fn ix(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id! {
    /// A thread of the scenario, unique across all processes.
    ThreadId(u16), "a number from 0 to 65535"
}
id! {
    /// A process of the scenario.
    ProcessId(u16), "a number from 0 to 65535"
}
id! {
    /// A core: 0 to the number of cores − 1.
    CoreId(u8), "the number of a core"
}
id! {
    /// Something that threads share: a lock, a queue, a pipe, or another resource. Unique across the scenario.
    ObjectId(u16), "a number from 0 to 65535"
}
id! {
    /// A thread of a run.
    ThreadIx(u16), "a number from 0 to 65535"
}
id! {
    /// A process of a run.
    ProcessIx(u16), "a number from 0 to 65535"
}
id! {
    /// A lock, queue or pipe of a run.
    ObjectIx(u16), "a number from 0 to 65535"
}
id! {
    /// A GIL of a run, in order of the processes that own one.
    GilIx(u16), "a number from 0 to 65535"
}
