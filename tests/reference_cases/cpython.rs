//! `cpython/cpython.json` and `cpython/free_threaded.json`: measured runs of real CPython against the engine with the
//! *measured* costs and nothing tuned per case. The README beside the cases says how to compare: each run's computing is
//! scaled to the CPU time it really used, simulated, and what is timed by a clock is compared with the case's tolerance.

use std::collections::BTreeMap;

use gilscope::engine::{Cause, Kind, Place, Run};
use gilscope::ids::ThreadIx;
use gilscope::scenario::policy::Eevdf;
use gilscope::scenario::{CostSet, Policy, Scenario};
use gilscope::time::{Dur, Time};
use serde::Deserialize;
use serde_json::Value;

use crate::build::{process, run_to_end, thread};
use crate::programs::{Translator, computing, median, runtime};
use crate::timeline::ns;
use crate::verdict::{Comparison, Row, Stop};

#[derive(Deserialize)]
struct Case {
    id: String,
    /// Its version, `3.13t` without a GIL.
    #[serde(default)]
    python: String,
    runtime: String,
    os_policy: String,
    cores: u8,
    switch_interval_ms: Option<f64>,
    input_at_ms: Option<f64>,
    processes: Vec<CaseProcess>,
    expected: Expected,
    tolerance: Tolerance,
    runs: Vec<Measured>,
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

#[derive(Deserialize)]
struct Expected {
    possession_ms: Option<f64>,
    handoffs_per_100ms_of_makespan: Option<f64>,
    #[serde(default)]
    wait_after_ready_ms: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
struct Tolerance {
    makespan_ratio: f64,
    possession_ms: Option<f64>,
    handoffs: Option<f64>,
    wait_after_ready_ms: Option<String>,
}

#[derive(Deserialize)]
struct Measured {
    makespan_ms: f64,
    cpu_ms: BTreeMap<String, f64>,
}

pub(crate) fn compare(case: &Value) -> Result<Comparison, Stop> {
    let case = Case::deserialize(case)?;
    let simulate = |m: &Measured| -> Result<Simulated, Stop> { Ok(observe(&run_to_end(&scenario(&case, m)?)?)) };
    let simulated = case.runs.iter().map(simulate).collect::<Result<Vec<_>, _>>()?;
    Ok(Comparison { rows: rows(&case, &simulated)?, ..Comparison::default() })
}

fn policy(case: &Case) -> Result<Policy, Stop> {
    if case.os_policy == "any" {
        return Ok(Policy::default());
    }
    // "EEVDF, tick 4 ms"
    let tick = case.os_policy.strip_prefix("EEVDF").ok_or_else(|| Stop::no_policy(&case.os_policy))?;
    let ms = tick.split_whitespace().find_map(|word| word.parse::<f64>().ok());
    let usual = Eevdf::default();
    Ok(Policy::Eevdf(Eevdf { tick: ms.map_or(usual.tick, |ms| Some(Dur::from_ns(ns(ms)))), ..usual }))
}

/// The scenario of one measured run: each thread's computing is as long as it was.
fn scenario(case: &Case, measured: &Measured) -> Result<Scenario, Stop> {
    let mut scenario = Scenario::empty(&case.id);
    scenario.computer.cores = case.cores;
    scenario.computer.costs = CostSet::Measured;
    scenario.computer.policy = policy(case)?;
    let mut next = 0;
    for (i, of_case) in case.processes.iter().enumerate() {
        let mut translator = Translator { input_at_ms: case.input_at_ms, ..Translator::default() };
        let mut threads = Vec::new();
        for CaseThread { name, program } in &of_case.threads {
            let (nominal, real) = (computing(program), measured.cpu_ms.get(name));
            translator.scale = real.filter(|_| nominal > 0.0).map_or(1.0, |real| real / nominal);
            threads.push(thread(next, name, 0, translator.steps(program)?));
            next += 1;
        }
        let runtime = runtime(&case.runtime, case.switch_interval_ms)?.with_lock_handover(hands_over(&case.python));
        let mut process = process(i, runtime, threads);
        if i > 0 && !translator.shared.is_empty() {
            return Err(Stop::Skip("this reader shares objects in the first process only".to_owned()));
        }
        process.resources = translator.shared;
        scenario.processes.push(process);
    }
    Ok(scenario)
}

/// Whether locks are handed over directly in this version of CPython: since 3.14.
fn hands_over(python: &str) -> bool {
    let minor = python.strip_prefix("3.").map(|rest| rest.trim_end_matches('t'));
    minor.and_then(|minor| minor.split('.').next()?.parse::<u32>().ok()).is_some_and(|minor| minor >= 14)
}

/// What is read off one simulated run.
pub(crate) struct Simulated {
    makespan_ms: f64,
    possession_ms: f64,
    handoffs_per_100ms: f64,
    wait_after_ready_ms: BTreeMap<String, f64>,
}

/// A hand-off is a change of thread between two possessions that are longer.
const LONG: Dur = Dur::from_us(50);

fn observe(run: &Run) -> Simulated {
    let makespan_ms = run.end().ns() as f64 / 1e6;
    let possessions = possessions(run);
    let long: Vec<_> = possessions.iter().filter(|(_, d)| *d > LONG).collect();
    let handoffs = long.windows(2).filter(|pair| pair[0].0 != pair[1].0).count();
    Simulated {
        makespan_ms,
        possession_ms: median(possessions.iter().map(|(_, d)| d.as_ms_f64()).collect()),
        handoffs_per_100ms: handoffs as f64 / makespan_ms * 100.0,
        wait_after_ready_ms: waits_after_ready(run),
    }
}

/// Who possessed the first GIL and for how long, consecutive possessions of one thread merged.
fn possessions(run: &Run) -> Vec<(ThreadIx, Dur)> {
    let mut merged: Vec<(ThreadIx, Dur)> = Vec::new();
    for segment in run.plan().gil_ixs().next().into_iter().flat_map(|gil| run.lanes().gil(gil).iter()) {
        let length = segment.end - segment.start;
        match merged.last_mut() {
            Some((holder, sum)) if *holder == segment.holder => *sum += length,
            _ => merged.push((segment.holder, length)),
        }
    }
    merged
}

/// By thread, the median from the end of an I/O to running Python (or doing the next thing with the GIL) again.
pub(crate) fn waits_after_ready(run: &Run) -> BTreeMap<String, f64> {
    let mut waits = BTreeMap::new();
    for thread in run.plan().thread_ixs() {
        let ends = run.lanes().thread(thread).iter().filter(|s| s.place == Place::Waiting(Cause::Io)).map(|s| s.end);
        let goes_on = |kind: Kind| kind == Kind::TakeGil || matches!(kind.place(), Some(Place::Running(_)));
        let wait = |end: Time| {
            let from = run.trace().partition_point(|r| r.time() < end);
            let mut later = run.trace()[from..].iter();
            later.find(|r| r.thread() == thread && goes_on(r.kind())).map(|r| (r.time() - end).as_ms_f64())
        };
        let all: Vec<f64> = ends.filter_map(wait).collect();
        if !all.is_empty() {
            waits.insert(run.plan().thread(thread).name.clone(), median(all));
        }
    }
    waits
}

fn rows(case: &Case, simulated: &[Simulated]) -> Result<Vec<Row>, Stop> {
    let of = |f: &dyn Fn(&Simulated) -> f64| median(simulated.iter().map(f).collect());
    let Case { expected, tolerance, .. } = case;
    let ratio = median(case.runs.iter().zip(simulated).map(|(m, s)| m.makespan_ms / s.makespan_ms).collect());
    let mut rows = vec![Row::near("makespan, real / simulated", 1.0, ratio, tolerance.makespan_ratio)];
    if let (Some(measured), Some(allowed)) = (expected.possession_ms, tolerance.possession_ms) {
        rows.push(Row::near("possession, ms", measured, of(&|s| s.possession_ms), allowed));
    }
    if let (Some(measured), Some(allowed)) = (expected.handoffs_per_100ms_of_makespan, tolerance.handoffs) {
        let row = Row::near("hand-offs per 100 ms", measured, of(&|s| s.handoffs_per_100ms), measured * allowed);
        rows.push(row);
    }
    for (thread, &measured) in &expected.wait_after_ready_ms {
        let simulated = of(&|s| s.wait_after_ready_ms.get(thread).copied().unwrap_or(f64::NAN));
        let what = format!("{thread}: wait after I/O, ms");
        let tolerance = tolerance.wait_after_ready_ms.as_deref().unwrap_or_default();
        rows.push(wait_row(what, measured, simulated, tolerance)?);
    }
    Ok(rows)
}

/// `±x` is in milliseconds; `factor f`: measured and simulated differ by at most that factor.
fn wait_row(what: String, measured: f64, simulated: f64, tolerance: &str) -> Result<Row, Stop> {
    let number = |text: &str| text.trim().parse::<f64>().ok();
    let absolute = tolerance.strip_prefix('±').and_then(number);
    let factor = tolerance.strip_prefix("factor").and_then(number);
    match (absolute, factor) {
        (Some(allowed), _) => Ok(Row::near(what, measured, simulated, allowed)),
        (_, Some(factor)) => Ok(Row::factor(what, measured, simulated, factor)),
        _ => Err(Stop::Broken(format!("{what}: the tolerance “{tolerance}” is neither ± nor a factor"))),
    }
}
