//! The figures by which two runs are compared and a sweep is drawn: which of two is better, and which are shown first.

use crate::engine::Run;
use crate::metrics::{About, Metrics, Unit, horizon};
use crate::time::Time;

/// Times of which less is better. How much cores are used, how many compute at once and how often something happens tells
/// how a run went, not how well: a slower one may well use its cores more.
const LESS: [&str; 11] = [
    "makespan",
    "turnaround",
    "response",
    "ready",
    "wants_gil",
    "waiting",
    "longest_gil_wait",
    "wake_p50",
    "wake_p95",
    "wake_p99",
    "wake_worst",
];

/// What is made of times and is better the more it is.
const MORE: &str = "speed_up";

/// The figures that tell most, which are shown at once.
const MAIN: [&str; 12] = [
    "makespan",
    "core_use",
    "parallelism",
    "turnaround",
    "response",
    "ready",
    "wants_gil",
    "waiting",
    "context_switches",
    "migrations",
    "hand_offs",
    "wake_p95",
];

/// Whether less of a figure is better, or more; `None`: it tells how, not how well.
#[must_use]
pub fn less_is_better(about: &About) -> Option<bool> {
    let less = LESS.contains(&about.key);
    (less || about.key == MORE).then_some(less)
}

/// Whether a figure is one of those that tell most.
#[must_use]
pub fn is_main(about: &About) -> bool {
    MAIN.contains(&about.key)
}

/// The figures of a run up to an instant or its own end, in the order of [`About::whole`]; `None` for those that it has not,
/// as the makespan of one that does not end.
#[must_use]
pub fn values(run: &Run, until: Time) -> Vec<Option<u64>> {
    let metrics = Metrics::of(run, horizon(run, until));
    About::whole().iter().map(|about| about.of_run(&metrics)).collect()
}

/// What B has more or less than A: “−14 ms (−45 %)”; of parts of a whole the points.
#[must_use]
pub fn difference(unit: Unit, a: u64, b: u64) -> String {
    let (sign, by) = (if b < a { "−" } else { "+" }, a.abs_diff(b));
    let text = unit.text(by);
    if unit == Unit::Share {
        return format!("{sign}{} points", text.trim_end_matches(" %"));
    }
    match a {
        0 => format!("{sign}{text}"),
        // In thousandths of A, as a part of a whole is written.
        _ => format!("{sign}{text} ({sign}{})", Unit::Share.text((by as f64 / a as f64 * 1e6) as u64)),
    }
}
