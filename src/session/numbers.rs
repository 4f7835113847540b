//! The numbers by which two runs are compared and a sweep is drawn.

use crate::engine::Run;
use crate::metrics::{Metrics, Totals, horizon};
use crate::number::decimal;
use crate::time::{Dur, Time};

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nanoseconds.
    Time,
    /// How many.
    Count,
    /// Parts of a hundred.
    Percent,
    /// So many times as much.
    Times,
}

/// Which of two values is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// The smaller one.
    Less,
    /// The larger one.
    More,
    /// Neither: it tells how, not how well.
    Neither,
}

/// A number of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// Its name in an address.
    pub key: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// What it means, as a sentence.
    pub says: &'static str,
    /// What it counts.
    pub unit: Unit,
    /// Which of two is better.
    pub better: Better,
}

impl Unit {
    /// A value as a person reads it, with its unit.
    #[must_use]
    pub fn text(self, value: f64) -> String {
        match self {
            Self::Time => format!("{:.3}", Dur::from_ns(value.max(0.0) as u64)),
            Self::Count => decimal(value),
            Self::Percent => format!("{} %", decimal((value * 10.0).round() / 10.0)),
            Self::Times => format!("× {}", decimal((value * 100.0).round() / 100.0)),
        }
    }
}

const fn number(key: &'static str, name: &'static str, unit: Unit, better: Better, says: &'static str) -> Number {
    Number { key, name, says, unit, better }
}

/// All numbers, the most telling first.
pub static NUMBERS: [Number; 10] = [
    number("makespan", "makespan", Unit::Time, Better::Less, "From the start until the last thread has finished."),
    number("use", "core use", Unit::Percent, Better::More, "The part of the cores’ time in which threads computed."),
    number(
        "turnaround",
        "mean turnaround",
        Unit::Time,
        Better::Less,
        "From a thread’s start until it has finished, in the mean.",
    ),
    number(
        "response",
        "mean response",
        Unit::Time,
        Better::Less,
        "From a thread’s start until it first computes, in the mean.",
    ),
    number("gil", "waiting for a GIL", Unit::Time, Better::Less, "What all threads together waited for a GIL."),
    number(
        "ready",
        "waiting for a core",
        Unit::Time,
        Better::Less,
        "What all threads together were ready and had no core.",
    ),
    number(
        "overhead",
        "switching",
        Unit::Time,
        Better::Less,
        "What the cores spent on switching instead of computing.",
    ),
    number(
        "switches",
        "context switches",
        Unit::Count,
        Better::Less,
        "How often a core went from one thread to another.",
    ),
    number(
        "migrations",
        "migrations",
        Unit::Count,
        Better::Less,
        "How often a thread went on another core than before.",
    ),
    number(
        "handoffs",
        "GIL hand-offs",
        Unit::Count,
        Better::Neither,
        "How often a GIL went from one thread to another.",
    ),
];

/// The place of the number with this name in [`NUMBERS`].
#[must_use]
pub fn place(key: &str) -> Option<usize> {
    NUMBERS.iter().position(|number| number.key == key)
}

/// The numbers of a run up to an instant, in the order of [`NUMBERS`]; without those that it has not, as the makespan of one
/// that does not end.
#[must_use]
pub fn values(run: &Run, until: Time) -> Vec<Option<f64>> {
    let until = horizon(run, until);
    let metrics = Metrics::of(run, until);
    let time = |d: Dur| Some(d.ns() as f64);
    let sum = |of: fn(&Totals) -> Dur| time(metrics.threads.iter().map(|t| of(&t.totals)).sum());
    let whole = until.ns() as f64 * metrics.cores.len() as f64;
    let useful: Dur = metrics.cores.iter().map(|c| c.useful).sum();
    vec![
        metrics.makespan.map(|t| t.ns() as f64),
        (whole > 0.0).then(|| 100.0 * useful.ns() as f64 / whole),
        mean(metrics.threads.iter().filter_map(|t| t.turnaround)),
        mean(metrics.threads.iter().filter_map(|t| t.response)),
        sum(|t| t.wants_gil + t.forced_wait).filter(|_| !metrics.gils.is_empty()),
        sum(|t| t.ready),
        time(metrics.cores.iter().map(|c| c.overhead).sum()),
        Some(metrics.context_switches as f64),
        Some(metrics.threads.iter().map(|t| t.migrations).sum::<u64>() as f64),
        (!metrics.gils.is_empty()).then(|| metrics.gils.iter().map(|g| g.hand_offs).sum::<u64>() as f64),
    ]
}

fn mean(lengths: impl Iterator<Item = Dur>) -> Option<f64> {
    let (sum, count) = lengths.fold((0.0, 0.0), |(sum, n), d| (sum + d.ns() as f64, n + 1.0));
    (count > 0.0).then(|| sum / count)
}
