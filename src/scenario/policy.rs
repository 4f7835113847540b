//! How the operating system schedules: its policy with the parameters, and its ready queues. `policies.md` beside the
//! reference cases says what each policy does.
//!
//! What only a reference does stands in a `compat` struct, is off by default and not on the page.

use crate::time::Dur;

/// How the operating system chooses among ready threads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Policy {
    /// First come, first served: a thread keeps its core until it blocks or ends.
    Fcfs(Fcfs),
    /// The shortest next burst first, without preemption.
    Sjf,
    /// The shortest remaining burst first: a newcomer with a strictly shorter one preempts.
    Srtf,
    /// Each thread runs for at most one quantum, then goes to the tail of the ready queue.
    RoundRobin(RoundRobin),
    /// The highest priority first.
    Priority(Priority),
    /// Multi-level feedback queue: who computes long sinks.
    Mlfq(Mlfq),
    /// Each quantum goes to the holder of a drawn ticket.
    Lottery(Lottery),
    /// Each quantum goes to the thread that is furthest behind its share of tickets.
    Stride(Stride),
    /// Linux up to 6.5: the completely fair scheduler.
    Cfs(Cfs),
    /// Linux since 6.6: earliest eligible virtual deadline first.
    Eevdf(Eevdf),
}

/// What only a reference does of first come, first served (`ostep-homework`, `process-run.py`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fcfs {
    /// The next is the first ready thread behind the current one by number, wrapping, whoever came first.
    pub cyclic: bool,
    /// A thread whose I/O ends takes the core at once.
    pub io_preempts: bool,
}

/// The parameters of round robin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundRobin {
    /// Longest stay on a core while others are ready, 1 ns or more.
    pub quantum: Dur,
    /// At one instant, whether a thread whose quantum ended is queued before those that become ready.
    /// Published answers disagree (`policies.md` section 1); most queue the arrivals first.
    pub expired_first: bool,
    /// What only a reference does.
    pub compat: RoundRobinCompat,
}

/// What only a reference does of round robin (textbooks; `ostep-homework`, `multi.py`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoundRobinCompat {
    /// The switch comes after every stay on a core, however short, also when the same thread goes on; who stays ready is
    /// queued when it is over. Nobody is on the core meanwhile.
    pub switch_out: bool,
    /// Slices end on all cores at once, at multiples of the quantum, however late they began.
    pub aligned: bool,
    /// Idle cores take a thread each, in ascending order; a thread does not look for its last core.
    pub by_core: bool,
    /// In which order they do, where it is not ascending: groups of an instant in nanoseconds and the
    /// number of each core.
    pub core_orders: Vec<u64>,
}

/// The parameters of scheduling by priority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priority {
    /// Whether a newcomer of higher priority takes the core at once.
    pub preemptive: bool,
    /// Round robin inside a level, 1 ns or more; without, first come, first served.
    pub quantum: Option<Dur>,
    /// Whether the higher number goes first; otherwise the lower one does.
    pub higher_number_first: bool,
    /// Each such time of waiting in the ready queue raises a thread's priority by one until it gets a core.
    pub aging: Option<Dur>,
    /// Whether a preempted thread goes to the head of its level and keeps the rest of its slice. In Silberschatz it goes to
    /// the tail and loses it.
    pub preempted_first: bool,
}

/// A level of a multi-level feedback queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// Longest stay on a core while others are ready, 1 ns or more.
    pub quantum: Dur,
    /// How many quanta a thread may use up here before it drops a level, 1 or more.
    pub allotment: u32,
}

/// The parameters of the multi-level feedback queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mlfq {
    /// The levels, the top one first; 1 to 16.
    pub levels: Vec<Level>,
    /// Each such time all threads go back to the top level.
    pub boost: Option<Dur>,
    /// What only a reference does.
    pub compat: MlfqCompat,
}

/// What only a reference does of the multi-level feedback queue (`ostep-homework`, `mlfq.py`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MlfqCompat {
    /// An I/O gives a fresh slice and allotment, so who does I/O in time stays on its level.
    pub stay_on_io: bool,
    /// Whose I/O ends goes to the head of its level and preempts who runs of the same one.
    pub io_bump: bool,
}

/// The parameters of the lottery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lottery {
    /// What is drawn for, 1 ns or more.
    pub quantum: Dur,
    /// What only a reference does.
    pub compat: LotteryCompat,
}

/// What only a reference does of the lottery (`ostep-homework`, `lottery.py`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LotteryCompat {
    /// Draws begin at multiples of the quantum: who ends early leaves the rest of it unused.
    pub whole_quanta: bool,
    /// The numbers drawn, in order; the scenario's generator follows when they are used up.
    pub draws: Vec<u64>,
}

/// The parameters of stride scheduling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stride {
    /// What is scheduled, 1 ns or more.
    pub quantum: Dur,
    /// A thread's stride is this divided by its tickets.
    pub constant: u32,
}

/// The parameters of CFS. The defaults are Linux's for one core; with n cores the kernel multiplies them with
/// 1 + ⌊log₂ min(n, 8)⌋.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cfs {
    /// In which each of up to eight threads runs once, `sched_latency`.
    pub latency: Dur,
    /// The shortest slice, `sched_min_granularity`.
    pub min_granularity: Dur,
    /// How far behind a woken thread must be to preempt, `sched_wakeup_granularity`.
    pub wakeup_granularity: Dur,
    /// Slices end only at multiples of this, as a kernel without high-resolution slice ends sees them; without, at once.
    pub tick: Option<Dur>,
}

/// The parameters of EEVDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eevdf {
    /// The request of each thread, `base_slice`.
    pub base_slice: Dur,
    /// Slices end only at multiples of this, as a kernel without high-resolution slice ends sees them; without, at once.
    pub tick: Option<Dur>,
    /// Whether a running thread that is eligible keeps its core at wake-ups until its request is used up.
    pub run_to_parity: bool,
}

impl Default for RoundRobin {
    /// A quantum of 4 ms, one tick of a Linux machine with HZ = 250.
    fn default() -> Self {
        Self { quantum: Dur::from_ms(4), expired_first: false, compat: RoundRobinCompat::default() }
    }
}

impl Default for Priority {
    fn default() -> Self {
        Self { preemptive: true, quantum: None, higher_number_first: false, aging: None, preempted_first: false }
    }
}

impl Default for Mlfq {
    /// Three levels, each with a quantum twice as long as the one above.
    fn default() -> Self {
        let level = |ms| Level { quantum: Dur::from_ms(ms), allotment: 1 };
        Self { levels: vec![level(2), level(4), level(8)], boost: None, compat: MlfqCompat::default() }
    }
}

impl Default for Lottery {
    fn default() -> Self {
        Self { quantum: Dur::from_ms(4), compat: LotteryCompat::default() }
    }
}

impl Default for Stride {
    /// Waldspurger's constant, 2²⁰.
    fn default() -> Self {
        Self { quantum: Dur::from_ms(4), constant: 1 << 20 }
    }
}

impl Default for Cfs {
    fn default() -> Self {
        Self {
            latency: Dur::from_ms(6),
            min_granularity: Dur::from_us(750),
            wakeup_granularity: Dur::from_ms(1),
            tick: None,
        }
    }
}

impl Default for Eevdf {
    /// As on the machine of `linux-measured.json`: two cores, HZ = 250, no high-resolution slice ends.
    fn default() -> Self {
        Self { base_slice: Dur::from_us(1_400), tick: Some(Dur::from_ms(4)), run_to_parity: true }
    }
}

impl Default for Policy {
    /// Round robin with a quantum of 4 ms.
    fn default() -> Self {
        Self::RoundRobin(RoundRobin::default())
    }
}
