//! What a policy goes by when it shares cores among threads.

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

impl Default for Share {
    /// Nice 0, priority 0, 100 tickets.
    fn default() -> Self {
        Self { nice: 0, priority: 0, tickets: 100 }
    }
}
