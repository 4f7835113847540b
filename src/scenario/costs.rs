//! What the operating system's and the interpreter's own work costs. Each cost is charged once, at the place named.

use crate::time::Dur;

/// The costs by name, or given one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CostSet {
    /// All zero, as in textbook exercises.
    #[default]
    Textbook,
    /// Large enough to see beside slices of some milliseconds.
    SlowMotion,
    /// As measured with CPython 3.7 to 3.13 on Linux 6.18 (`tests/reference/cpython/README.md`, "Costs observed").
    Measured,
    /// Given one by one.
    Custom(Costs),
}

/// Lengths of the costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Costs {
    /// Added to the switch interval of each GIL wait: timer slack, wake-up, and restart of the forced dropper.
    pub late_timeout: Dur,
    /// From the signal of the GIL's condition variable until that waiter is ready. Zero on one core.
    pub hand_off: Dur,
    /// From the end of an I/O or a sleep until the thread is ready.
    pub io_end: Dur,
    /// When a core goes directly from one thread to another; from idle it is inside the wake-ups above.
    pub switch: Dur,
    /// Added to `switch` when the two threads belong to different processes.
    pub process_switch: Dur,
}

impl CostSet {
    /// The lengths that this set stands for.
    #[must_use]
    pub const fn costs(self) -> Costs {
        match self {
            Self::Textbook => Costs {
                late_timeout: Dur::ZERO,
                hand_off: Dur::ZERO,
                io_end: Dur::ZERO,
                switch: Dur::ZERO,
                process_switch: Dur::ZERO,
            },
            Self::SlowMotion => Costs {
                late_timeout: Dur::from_us(200),
                hand_off: Dur::from_us(200),
                io_end: Dur::from_us(400),
                switch: Dur::from_us(500),
                process_switch: Dur::from_us(200),
            },
            Self::Measured => Costs {
                late_timeout: Dur::from_us(60),
                hand_off: Dur::from_us(20),
                io_end: Dur::from_us(120),
                switch: Dur::from_ns(2_200),
                process_switch: Dur::ZERO,
            },
            Self::Custom(costs) => costs,
        }
    }
}
