//! What a policy goes by when it shares cores among threads.

use super::{Limits, Policy};
use crate::number::written;

/// A thread's claim on cores. Each policy reads the one that it goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Niceness as in Unix, −20 to 19: the nicer, the less. CFS and EEVDF go by it.
    pub nice: i8,
    /// Scheduling by priority goes by it: the lower number first, unless the policy says otherwise.
    pub priority: i16,
    /// Tickets, 1 or more: lottery and stride go by them.
    pub tickets: u32,
}

/// A part of a thread's claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// [`Share::nice`].
    Nice,
    /// [`Share::priority`].
    Priority,
    /// [`Share::tickets`].
    Tickets,
}

impl Claim {
    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nice => "nice",
            Self::Priority => "priority",
            Self::Tickets => "tickets",
        }
    }
}

impl Policy {
    /// Which part of a thread's claim it goes by, if by any.
    #[must_use]
    pub const fn goes_by(&self) -> Option<Claim> {
        match self {
            Self::Priority(_) => Some(Claim::Priority),
            Self::Lottery(_) | Self::Stride(_) => Some(Claim::Tickets),
            Self::Cfs(_) | Self::Eevdf(_) => Some(Claim::Nice),
            Self::Fcfs(_) | Self::Sjf | Self::Srtf | Self::RoundRobin(_) | Self::Mlfq(_) => None,
        }
    }
}

impl Share {
    /// A part of it as a person writes it.
    #[must_use]
    pub fn text(self, claim: Claim) -> String {
        match claim {
            Claim::Nice => self.nice.to_string(),
            Claim::Priority => self.priority.to_string(),
            Claim::Tickets => self.tickets.to_string(),
        }
    }

    /// With a part of it as a person wrote it.
    ///
    /// # Errors
    /// What is expected, if that is no whole number, or none within its limits.
    pub fn with(mut self, claim: Claim, text: &str) -> Result<Self, String> {
        let read = |least, most| written(claim.name(), text, least, most);
        let (least, most) = Limits::NICE;
        match claim {
            Claim::Nice => self.nice = read(least.into(), most.into())? as i8,
            Claim::Priority => self.priority = read(i16::MIN.into(), i16::MAX.into())? as i16,
            Claim::Tickets => self.tickets = read(1, Limits::TICKETS.into())? as u32,
        }
        Ok(self)
    }
}

impl Default for Share {
    /// Nice 0, priority 0, 100 tickets.
    fn default() -> Self {
        Self { nice: 0, priority: 0, tickets: 100 }
    }
}
