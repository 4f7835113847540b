//! The measurements.

use crate::platform::{allocated, seconds};
use gilscope_engine::Run;
use gilscope_model::scenario::Scenario;
use gilscope_model::time::Time;
use std::hint::black_box;

/// Records of a run whose speed is measured.
const RECORDS: usize = 400_000;

/// Records of a run that is looked at, or weighed.
const MANY: usize = 1_000_000;

/// Random instants that are looked at.
const SEEKS: usize = 1_000;

/// How often each thing is done; the quickest counts, as the slower ones were interrupted.
pub(crate) const TRIES: usize = 3;

/// A run of about this many records, computed in steps as the page does.
fn run_of(scenario: &Scenario, records: usize) -> Run {
    let mut run = Run::new(scenario);
    let mut ms = 8;
    while run.trace().len() < records && run.ending().is_none() {
        run.extend_to(Time::from_ms(ms));
        ms += ms / 4 + 1;
    }
    run
}

/// Stays on cores per second of a growing run, its lanes included.
pub(crate) fn slices_per_second(scenario: &Scenario) -> f64 {
    rate(scenario, |run| run.plan().core_ids().map(|core| run.lanes().core(core).len()).sum())
}

/// Records per second of a growing run, its lanes included.
pub(crate) fn records_per_second(scenario: &Scenario) -> f64 {
    rate(scenario, |run| run.trace().len())
}

fn rate(scenario: &Scenario, count: impl Fn(&Run) -> usize) -> f64 {
    let start = seconds();
    let run = run_of(scenario, RECORDS);
    let took = seconds() - start;
    count(black_box(&run)) as f64 / took
}

/// Milliseconds to the state at a random instant: the median and the worst.
pub(crate) fn seek(scenario: &Scenario) -> (f64, f64) {
    let run = run_of(scenario, MANY);
    let end = run.end().ns();
    let mut state = 1u64;
    let mut times: Vec<f64> = Vec::new();
    for _ in 0..SEEKS {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let time = Time::from_ns((state >> 11) % end);
        let look = |_| {
            let start = seconds();
            black_box(run.seen(time));
            seconds() - start
        };
        times.push((0..TRIES).map(look).fold(f64::INFINITY, f64::min) * 1e3);
    }
    times.sort_by(f64::total_cmp);
    (times[SEEKS / 2], times[SEEKS - 1])
}

/// Milliseconds from a changed scenario to its new run over 10 s; the picture is measured in the browser.
pub(crate) fn edit(scenario: &Scenario) -> f64 {
    let compute = |_| {
        let start = seconds();
        let mut run = Run::new(scenario);
        run.extend_to(Time::from_ms(10_000));
        black_box(&run);
        (seconds() - start) * 1e3
    };
    (0..=TRIES).map(compute).fold(f64::INFINITY, f64::min)
}

/// Megabytes that a run has allocated per million of its records, and how much of that its records are, without the room
/// that a growing list keeps free. Nothing where allocations are not counted.
pub(crate) fn memory(scenario: &Scenario) -> Vec<(&'static str, f64)> {
    let Some(before) = allocated() else { return Vec::new() };
    let run = run_of(scenario, MANY);
    let after = allocated().unwrap_or(before);
    let millions = run.trace().len() as f64 / 1e6;
    let megabytes = |bytes: usize| bytes as f64 / 1e6 / millions;
    vec![("", megabytes(after - before)), (", its records", megabytes(size_of_val(run.trace())))]
}
