//! How the operating system schedules: its policy with the parameters, and its ready queues. `policies.md` beside the
//! reference cases says what each policy does.
//!
//! Every policy lists its parameters as a table ([`Policy::parameters`]): its JSON, its limits and its fields on the page
//! are made from that. What only a reference does stands in a `compat` struct, is off by default and not on the page.

use super::Setting;
use super::setting::Slot;
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

impl Policy {
    /// First come, first served.
    pub const FCFS: Self = Self::Fcfs(Fcfs { cyclic: false, io_preempts: false });

    /// Every policy: its key in JSON and its name for people, in the order in which they are offered.
    pub const NAMES: [(&str, &str); 10] = [
        ("fcfs", "first come, first served"),
        ("sjf", "shortest job first"),
        ("srtf", "shortest remaining time first"),
        ("round_robin", "round robin"),
        ("priority", "priority"),
        ("mlfq", "multi-level feedback queue"),
        ("lottery", "lottery"),
        ("stride", "stride"),
        ("cfs", "CFS (Linux up to 6.5)"),
        ("eevdf", "EEVDF (Linux since 6.6)"),
    ];

    /// Round robin with this quantum and the usual tie rule.
    #[must_use]
    pub fn round_robin(quantum: Dur) -> Self {
        Self::RoundRobin(RoundRobin { quantum, ..RoundRobin::default() })
    }

    /// The policy with this key and its usual parameters.
    #[must_use]
    pub fn usual(key: &str) -> Option<Self> {
        Some(match key {
            "fcfs" => Self::FCFS,
            "sjf" => Self::Sjf,
            "srtf" => Self::Srtf,
            "round_robin" => Self::default(),
            "priority" => Self::Priority(Priority::default()),
            "mlfq" => Self::Mlfq(Mlfq::default()),
            "lottery" => Self::Lottery(Lottery::default()),
            "stride" => Self::Stride(Stride::default()),
            "cfs" => Self::Cfs(Cfs::default()),
            "eevdf" => Self::Eevdf(Eevdf::default()),
            _ => return None,
        })
    }

    /// The key in JSON and the name for people.
    #[must_use]
    pub const fn names(&self) -> (&'static str, &'static str) {
        Self::NAMES[match self {
            Self::Fcfs(_) => 0,
            Self::Sjf => 1,
            Self::Srtf => 2,
            Self::RoundRobin(_) => 3,
            Self::Priority(_) => 4,
            Self::Mlfq(_) => 5,
            Self::Lottery(_) => 6,
            Self::Stride(_) => 7,
            Self::Cfs(_) => 8,
            Self::Eevdf(_) => 9,
        }]
    }

    /// Every parameter, to be read or set.
    pub fn parameters(&mut self) -> Vec<Setting<'_>> {
        use Slot::{Count, Flag, Length, Levels, Maybe, Numbers};
        let of = Setting::new;
        match self {
            Self::Sjf | Self::Srtf => Vec::new(),
            Self::Fcfs(p) => vec![
                of("cyclic", "", Flag(&mut p.cyclic)).compat(),
                of("io_preempts", "", Flag(&mut p.io_preempts)).compat(),
            ],
            Self::RoundRobin(p) => vec![
                of("quantum", "quantum", Length(&mut p.quantum)).required(),
                of("expired_first", "at one instant, expired before arriving threads", Flag(&mut p.expired_first)),
                of("switch_out", "", Flag(&mut p.compat.switch_out)).compat(),
                of("aligned", "", Flag(&mut p.compat.aligned)).compat(),
                of("by_core", "", Flag(&mut p.compat.by_core)).compat(),
                of("core_orders", "", Numbers(&mut p.compat.core_orders)).compat(),
            ],
            Self::Priority(p) => vec![
                of("preemptive", "preemptive", Flag(&mut p.preemptive)),
                of("quantum", "quantum inside a level", Maybe(&mut p.quantum)),
                of("higher_number_first", "higher number first", Flag(&mut p.higher_number_first)),
                of("aging", "one level up after waiting", Maybe(&mut p.aging)),
                of("preempted_first", "preempted threads keep their place", Flag(&mut p.preempted_first)),
            ],
            Self::Mlfq(p) => vec![
                of("levels", "levels", Levels(&mut p.levels)),
                of("boost", "all to the top level every", Maybe(&mut p.boost)),
                of("stay_on_io", "", Flag(&mut p.compat.stay_on_io)).compat(),
                of("io_bump", "", Flag(&mut p.compat.io_bump)).compat(),
            ],
            Self::Lottery(p) => vec![
                of("quantum", "quantum", Length(&mut p.quantum)),
                of("whole_quanta", "", Flag(&mut p.compat.whole_quanta)).compat(),
                of("draws", "", Numbers(&mut p.compat.draws)).compat(),
            ],
            Self::Stride(p) => vec![
                of("quantum", "quantum", Length(&mut p.quantum)),
                of("constant", "stride of one ticket", Count(&mut p.constant)),
            ],
            Self::Cfs(p) => vec![
                of("latency", "latency", Length(&mut p.latency)),
                of("min_granularity", "shortest slice", Length(&mut p.min_granularity)),
                of("wakeup_granularity", "wake-up granularity", Length(&mut p.wakeup_granularity)),
                of("tick", "tick", Maybe(&mut p.tick)),
            ],
            Self::Eevdf(p) => vec![
                of("base_slice", "base slice", Length(&mut p.base_slice)),
                of("tick", "tick", Maybe(&mut p.tick)),
                of("run_to_parity", "run to parity", Flag(&mut p.run_to_parity)),
            ],
        }
    }
}

impl Default for Policy {
    /// Round robin with a quantum of 4 ms.
    fn default() -> Self {
        Self::RoundRobin(RoundRobin::default())
    }
}
