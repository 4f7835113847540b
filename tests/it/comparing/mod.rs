//! Two runs side by side, and one parameter over a range.

mod charts;
mod differences;
mod pairs;
mod sweeps;

use gilscope::engine::{Ending, Run};
use gilscope::scenario::{Scenario, presets};
use gilscope::session::compare::Comparison;
use gilscope::time::Time;

fn preset(name: &str) -> Scenario {
    presets::by_name(name).expect("a preset").scenario()
}

/// The run of a scenario to its end.
fn run(scenario: &Scenario) -> Run {
    let mut run = Run::new(scenario);
    run.extend_past(Time::NEVER, 1_000_000);
    run
}

/// When all threads have finished.
fn makespan(scenario: &Scenario) -> f64 {
    let run = run(scenario);
    assert_eq!(run.ending(), Some(&Ending::AllFinished), "{}", scenario.title);
    run.end().ns() as f64
}

/// Two runs, computed in small bits.
fn compared(a: &Scenario, b: &Scenario) -> Comparison {
    let mut comparison = Comparison::new(a, b);
    while !comparison.advance(50) {}
    comparison
}
