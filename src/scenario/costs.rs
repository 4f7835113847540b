//! What the operating system's and the interpreter's own work costs. Each cost is charged once, at the place named.

use crate::time::{Dur, MAX_NS};

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
    /// Added to each check interval of Python 2 while others want the GIL: the system calls of giving it up and taking it back,
    /// and the cache lines shared with those who are woken. Zero on one core.
    pub gil_check: Dur,
    /// From the end of an I/O or a sleep until the thread is ready.
    pub io_end: Dur,
    /// When a core goes directly from one thread to another; from idle it is inside the wake-ups above.
    pub switch: Dur,
    /// Added to `switch` when the two threads belong to different processes.
    pub process_switch: Dur,
    /// When a thread goes on a core other than the one it was last on: its data are not in that core's caches.
    pub migration: Dur,
    /// From the release of a lock, an item put into a queue, the end of a thread or the start of a child until the thread
    /// that waits for it is ready. Zero on one core.
    pub wake_lock: Dur,
    /// From a message sent until the thread that waits for it is ready. Zero on one core.
    pub wake_pipe: Dur,
    /// From an input answered until the thread that waits for it is ready. Zero on one core.
    pub wake_input: Dur,
    /// From the start of a thread by another until it is ready.
    pub thread_start: Dur,
    /// From the spawning of a process until its threads are ready.
    pub process_start: Dur,
    /// What sending a message takes of the sender's time on a core, without the GIL.
    pub message: Dur,
    /// Added to `message` for each 1,024 bytes, and for what remains as one more.
    pub message_per_kib: Dur,
}

impl Costs {
    /// What sending a message of so many bytes takes; at most [`MAX_NS`] nanoseconds.
    #[must_use]
    pub fn message_of(&self, bytes: u32) -> Dur {
        let more = self.message_per_kib.ns().saturating_mul(bytes.div_ceil(1_024).into());
        Dur::from_ns(self.message.ns().saturating_add(more).min(MAX_NS))
    }
}

impl CostSet {
    /// The lengths that this set stands for.
    #[must_use]
    pub const fn costs(self) -> Costs {
        match self {
            Self::Textbook => Costs {
                late_timeout: Dur::ZERO,
                hand_off: Dur::ZERO,
                gil_check: Dur::ZERO,
                io_end: Dur::ZERO,
                switch: Dur::ZERO,
                process_switch: Dur::ZERO,
                migration: Dur::ZERO,
                wake_lock: Dur::ZERO,
                wake_pipe: Dur::ZERO,
                wake_input: Dur::ZERO,
                thread_start: Dur::ZERO,
                process_start: Dur::ZERO,
                message: Dur::ZERO,
                message_per_kib: Dur::ZERO,
            },
            Self::SlowMotion => Costs {
                late_timeout: Dur::from_us(200),
                hand_off: Dur::from_us(200),
                // What slows a thread down by a factor cannot be made larger without making it another program.
                gil_check: Dur::from_ns(2_900),
                io_end: Dur::from_us(400),
                switch: Dur::from_us(500),
                process_switch: Dur::from_us(200),
                migration: Dur::ZERO,
                wake_lock: Dur::from_us(400),
                wake_pipe: Dur::from_us(400),
                wake_input: Dur::from_us(400),
                thread_start: Dur::from_us(600),
                process_start: Dur::from_ms(3),
                message: Dur::from_us(500),
                message_per_kib: Dur::from_us(50),
            },
            Self::Measured => Costs {
                late_timeout: Dur::from_us(60),
                hand_off: Dur::from_us(20),
                // Two threads on two cores take 1.72 times as long with 100 ticks, which are 4 µs (`engine/ticks.rs`).
                gil_check: Dur::from_ns(2_900),
                io_end: Dur::from_us(120),
                switch: Dur::from_ns(2_200),
                process_switch: Dur::ZERO,
                migration: Dur::ZERO,
                wake_lock: Dur::from_us(33),
                wake_pipe: Dur::from_us(25),
                wake_input: Dur::from_us(25),
                // `Thread.start()` takes 60 to 110 µs, of which 33 µs are the wake-up of the one who starts it.
                thread_start: Dur::from_us(50),
                // `multiprocessing` with fork.
                process_start: Dur::from_us(2_300),
                // `multiprocessing.Connection.send`, CPython 3.11 on the same machine: medians of 300 for 10 to 60,000 bytes.
                message: Dur::from_ns(4_500),
                message_per_kib: Dur::from_ns(100),
            },
            Self::Custom(costs) => costs,
        }
    }
}
