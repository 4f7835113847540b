//! `published.json`: figures that others published about the GIL, each within the tolerance that its case names.

use gilscope::engine::Ending;
use gilscope::metrics::Metrics;
use gilscope::scenario::{CostSet, Op, Policy, Scenario};
use gilscope::time::Time;
use serde::Deserialize;
use serde_json::Value;

use crate::build::{process, run_to_end, run_until, thread};
use crate::programs::{Translator, computing, runtime};
use crate::timeline::ns;
use crate::verdict::{Comparison, Row, Stop, short};

#[derive(Deserialize)]
struct Case {
    id: String,
    runtime: String,
    cores: u8,
    switch_interval_ms: Option<f64>,
    threads: Vec<Group>,
    costs: Option<String>,
    simulate_s: Option<f64>,
    measure: String,
    expected: f64,
    tolerance: Option<f64>,
    tolerance_factor: Option<f64>,
    between: Option<(f64, f64)>,
    above: Option<f64>,
}

/// Threads that do the same.
#[derive(Clone, Deserialize)]
struct Group {
    #[serde(default = "one")]
    count: usize,
    name: String,
    /// Whether `loop` is repeated until the end of the simulated time.
    #[serde(default)]
    forever: bool,
    #[serde(default, rename = "loop")]
    body: Vec<Value>,
    #[serde(default)]
    program: Vec<Value>,
}

const fn one() -> usize {
    1
}

pub(crate) fn compare(case: &Value) -> Result<Comparison, Stop> {
    let case = Case::deserialize(case)?;
    let simulated = measure(&case)?;
    let expected = case.expected;
    let ranges = [
        case.tolerance_factor.map(|f| (expected / f, expected * f)),
        case.tolerance.map(|t| (expected - t, expected + t)),
        case.between,
    ];
    let Some((least, most)) = ranges.into_iter().flatten().next() else {
        return Err(Stop::Broken("the case names no tolerance".to_owned()));
    };
    // What must be exceeded is no part of the range itself.
    let least = case.above.map_or(least, |above| least.max(above.next_up()));
    let words = format!("{} to {}", short(least), short(most));
    let row = Row::within(case.measure.clone(), expected, simulated, (least, most), words);
    let met = row.met && case.above.is_none_or(|above| simulated > above);
    Ok(Comparison { rows: vec![Row { met, ..row }], ..Comparison::default() })
}

/// What the case says is measured, read off a run.
fn measure(case: &Case) -> Result<f64, Stop> {
    let unknown = || Stop::Skip(format!("this reader does not know how to measure: {}", case.measure));
    if let Some(divisor) = case.measure.strip_prefix("makespan / ") {
        let seconds: f64 = divisor.trim_end_matches(" s").parse().map_err(|_| unknown())?;
        let run = run_to_end(&scenario(case, &case.threads)?)?;
        return Ok(run.end().ns() as f64 / 1e9 / seconds);
    }
    let rest = case.measure.strip_prefix("iterations of ").ok_or_else(unknown)?;
    let (name, relative) = rest.split_once(" per second").ok_or_else(unknown)?;
    let of_all = iterations_per_second(case, &case.threads, name.trim_matches('\''))?;
    match relative {
        "" => Ok(of_all),
        ", relative to the same with one thread" => {
            let alone: Vec<Group> = case.threads.iter().take(1).map(|g| Group { count: 1, ..g.clone() }).collect();
            Ok(of_all / iterations_per_second(case, &alone, name.trim_matches('\''))?)
        }
        _ => Err(unknown()),
    }
}

/// How often the threads of this name (or `all`) went through their loops per simulated second: what they computed divided
/// by what one round computes.
fn iterations_per_second(case: &Case, groups: &[Group], name: &str) -> Result<f64, Stop> {
    let seconds = case.simulate_s.ok_or_else(|| "the case does not say how long to simulate".to_owned())?;
    let run = run_until(&scenario(case, groups)?, ns(seconds * 1e3))?;
    let whole = matches!(run.ending(), None | Some(Ending::AllFinished));
    if !whole {
        return Err(Stop::Broken(format!("the run ends with {:?}", run.ending())));
    }
    let metrics = Metrics::of(&run, Time::from_ns(ns(seconds * 1e3)));
    let per_thread = groups.iter().flat_map(|g| std::iter::repeat_n(g, g.count)).zip(&metrics.threads);
    let counted = per_thread.filter(|(group, _)| name == "all" || group.name == name);
    let rounds: f64 = counted.map(|(g, t)| t.totals.useful().as_ms_f64() / computing(&g.body)).sum();
    Ok(rounds / seconds)
}

fn scenario(case: &Case, groups: &[Group]) -> Result<Scenario, Stop> {
    let mut scenario = Scenario::empty(&case.id);
    scenario.computer.cores = case.cores;
    scenario.computer.policy = Policy::default();
    scenario.computer.costs = match case.costs.as_deref() {
        None | Some("measured") => CostSet::Measured,
        Some("textbook") => CostSet::Textbook,
        Some(other) => return Err(Stop::Skip(format!("this reader does not know the costs {other}"))),
    };
    let mut translator = Translator { scale: 1.0, ..Translator::default() };
    let mut threads = Vec::new();
    for group in groups {
        for i in 0..group.count {
            let name = if group.count == 1 { group.name.clone() } else { format!("{} {}", group.name, i + 1) };
            let mut steps = translator.steps(&group.program)?;
            if group.forever {
                steps.push(Op::Repeat { times: None, steps: translator.steps(&group.body)? }.into());
            }
            threads.push(thread(threads.len(), &name, 0, steps));
        }
    }
    let mut process = process(0, runtime(&case.runtime, case.switch_interval_ms)?, threads);
    process.resources = translator.shared;
    scenario.processes.push(process);
    Ok(scenario)
}
