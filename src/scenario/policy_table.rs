//! Every policy by its key, and its parameters as a table ([`Policy::parameters`]): the JSON, the limits and the fields of the
//! page are made from that.

use super::policy::{Cfs, Eevdf, Fcfs, Lottery, Mlfq, Policy, Priority, RoundRobin, Stride};
use super::setting::{Setting, Slot};
use crate::time::Dur;

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
                of("expired_first", "at a tie, expired before arriving", Flag(&mut p.expired_first)),
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
                of("preempted_first", "preempted keep their place", Flag(&mut p.preempted_first)),
            ],
            Self::Mlfq(p) => vec![
                of("levels", "levels, top first: quantum × how many", Levels(&mut p.levels)),
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
