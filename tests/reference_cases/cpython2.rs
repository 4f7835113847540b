//! `cpython/cpython2.json`: what was measured of Python 2.7. Random effects of the hardware decide each race, so a case names
//! a range, and the median over 20 seeds must lie in it.

use gilscope::engine::Run;
use gilscope::scenario::{CostSet, Policy, Runtime, Scenario};
use serde::Deserialize;
use serde_json::Value;

use crate::build::{process, run_to_end, thread};
use crate::cpython::waits_after_ready;
use crate::programs::{Translator, computing, median};
use crate::verdict::{Comparison, Row, Stop, short};

#[derive(Deserialize)]
struct Case {
    id: String,
    cores: u8,
    check_interval_ticks: Option<u32>,
    processes: Vec<CaseProcess>,
    measure: String,
    expected: f64,
    between: (f64, f64),
}

#[derive(Deserialize)]
struct CaseProcess {
    threads: Vec<CaseThread>,
}

#[derive(Deserialize)]
struct CaseThread {
    name: String,
    program: Vec<Value>,
}

/// How many seeds the median is taken over.
pub(crate) const SEEDS: u64 = 20;

pub(crate) fn compare(case: &Value) -> Result<Comparison, Stop> {
    let case = Case::deserialize(case)?;
    let scenario = scenario(&case)?;
    let mut values = Vec::new();
    for seed in 1..=SEEDS {
        let run = run_to_end(&Scenario { seed, ..scenario.clone() })?;
        values.push(measure(&case, &run)?);
    }
    let (least, most) = case.between;
    let words = format!("{} to {}", short(least), short(most));
    let what = format!("{}, median over {SEEDS} seeds", case.measure);
    let row = Row::within(what, case.expected, median(values), case.between, words);
    Ok(Comparison { rows: vec![row], ..Comparison::default() })
}

fn scenario(case: &Case) -> Result<Scenario, Stop> {
    let mut scenario = Scenario::empty(&case.id);
    scenario.computer.cores = case.cores;
    scenario.computer.costs = CostSet::Measured;
    scenario.computer.policy = Policy::default();
    let check_interval = case.check_interval_ticks.unwrap_or(Runtime::DEFAULT_CHECK_INTERVAL);
    let mut next = 0;
    for (i, of_case) in case.processes.iter().enumerate() {
        let mut translator = Translator { scale: 1.0, ..Translator::default() };
        let mut threads = Vec::new();
        for CaseThread { name, program } in &of_case.threads {
            threads.push(thread(next, name, 0, translator.steps(program)?));
            next += 1;
        }
        let mut process = process(i, Runtime::Cpython2 { check_interval }, threads);
        process.resources = translator.shared;
        scenario.processes.push(process);
    }
    Ok(scenario)
}

/// What the case says is measured, read off a run.
fn measure(case: &Case, run: &Run) -> Result<f64, Stop> {
    if case.measure.starts_with("makespan divided by the sum of the computing") {
        let threads = case.processes.iter().flat_map(|p| &p.threads);
        let total: f64 = threads.map(|t| computing(&t.program)).sum();
        return Ok(run.end().ns() as f64 / 1e6 / total);
    }
    if let Some(thread) = case.measure.strip_prefix("median ms from the end of an I/O to running Python again, thread ")
    {
        let waits = waits_after_ready(run);
        return waits.get(thread).copied().ok_or_else(|| Stop::Broken(format!("thread {thread} did no I/O")));
    }
    Err(Stop::Skip(format!("this reader does not know how to measure: {}", case.measure)))
}
