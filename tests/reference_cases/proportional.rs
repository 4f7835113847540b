//! The facts about lottery and stride in `textbooks.json`. Each case has keys of its own; this reader goes by what they say
//! and skips a case that has none that it knows.

use gilscope::engine::Run;
use gilscope::scenario::policy::{Lottery, LotteryCompat, Stride};
use gilscope::scenario::{Op, Policy};
use gilscope::time::Dur;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::build::{self, compute, run_until, thread};
use crate::timeline::{Timeline, ns};
use crate::verdict::{Comparison, Row, Stop};

#[derive(Deserialize)]
struct Case {
    id: String,
    policy: String,
    #[serde(default)]
    params: Map<String, Value>,
    jobs: Vec<Job>,
    expected: Map<String, Value>,
    /// Among them the draws.
    #[serde(flatten)]
    other: Map<String, Value>,
}

#[derive(Deserialize)]
struct Job {
    name: Option<String>,
    tickets: u32,
    /// Without, it computes for ever.
    cpu: Option<f64>,
}

/// Stride's usual constant, where a case names none.
const CONSTANT: u32 = 10_000;

/// How many quanta are simulated where a case does not say: enough for shares.
const MANY: usize = 10_000;

/// What a share may differ by after as many.
const SHARE: f64 = 0.02;

/// One quantum, where a case names none: the cases count quanta.
const QUANTUM: f64 = 1.0;

pub(crate) fn compare(case: &Value) -> Result<Comparison, Stop> {
    let case = Case::deserialize(case).map_err(|why| Stop::unknown_form(&why))?;
    let draws = draws(&case);
    let quantum = param(&case, &["quantum", "quantum_ms"]).unwrap_or(QUANTUM);
    let length = Dur::from_ns(ns(quantum));
    let constant = param(&case, &["C", "constant", "stride_constant", "stride1", "big_number"]);
    let policy = match case.policy.as_str() {
        "STRIDE" => Policy::Stride(Stride { quantum: length, constant: constant.map_or(CONSTANT, |c| c as u32) }),
        _ => Policy::Lottery(Lottery {
            quantum: length,
            compat: LotteryCompat { whole_quanta: true, draws: draws.clone() },
        }),
    };
    let forever = || vec![Op::Repeat { times: None, steps: vec![compute(1e6)] }.into()];
    let threads = case.jobs.iter().enumerate().map(|(id, job)| {
        let name = job.name.clone().unwrap_or_else(|| format!("job {id}"));
        let mut thread = thread(id, &name, 0, job.cpu.map_or_else(forever, |cpu| vec![compute(cpu)]));
        thread.share.tickets = job.tickets;
        thread
    });
    // Long enough for the longest list that the case expects, and for shares.
    let longest = case.expected.values().filter_map(Value::as_array).map(Vec::len).max().unwrap_or(0);
    let quanta = if draws.is_empty() { longest.max(MANY) } else { draws.len() };
    let scenario = build::scenario(&case.id, 1, policy, threads.collect());
    let run = run_until(&scenario, quanta as u64 * length.ns())?;
    let order = order(&run, length.ns(), quanta);
    let mut comparison = Comparison::default();
    // Figures per job are those after the quanta that the case lists, if it lists them.
    let listed = case.expected.iter().find(|(key, _)| is_order(key)).and_then(|(_, v)| Some(v.as_array()?.len()));
    let listed = listed.filter(|_| draws.is_empty()).unwrap_or(quanta).min(order.len());
    for (key, value) in &case.expected {
        match row(&case, key, value, (&order, listed), constant) {
            Some(row) => comparison.rows.push(row),
            None => comparison.not_compared.push(key.clone()),
        }
    }
    Ok(comparison)
}

/// The numbers drawn, wherever the case has them.
fn draws(case: &Case) -> Vec<u64> {
    let is_draws = |key: &str| key.contains("draw") || key.contains("winning");
    let everywhere = case.other.iter().chain(&case.params).find(|(key, _)| is_draws(key));
    everywhere.map(|(_, v)| numbers(v)).unwrap_or_default().into_iter().map(|n| n as u64).collect()
}

fn param(case: &Case, names: &[&str]) -> Option<f64> {
    names.iter().find_map(|name| case.params.get(*name)?.as_f64())
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

/// Who got each quantum.
fn order(run: &Run, quantum: u64, quanta: usize) -> Vec<usize> {
    let until = quanta as u64 * quantum;
    let quanta = Timeline::of(run).cut_until(until).cut_by_quantum(quantum);
    quanta.0[0].iter().map(|s| s.job).collect()
}

/// A job as a case names it: by number or by name.
fn job(case: &Case, value: &Value) -> Option<usize> {
    let by_name = |name: &str| case.jobs.iter().position(|j| j.name.as_deref() == Some(name));
    value.as_u64().map(|n| n as usize).or_else(|| by_name(value.as_str()?))
}

/// Whether what is expected is who got each quantum.
fn is_order(key: &str) -> bool {
    ["order", "winner", "schedule", "sequence", "picks"].iter().any(|word| key.contains(word))
}

/// Compares one expected thing with who got each quantum and after how many of them figures are taken.
fn row(case: &Case, key: &str, value: &Value, run: (&[usize], usize), constant: Option<f64>) -> Option<Row> {
    let (order, listed) = run;
    let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
    if let Some(winner) = job(case, value).filter(|_| is_order(key)) {
        return Some(Row::list(key, &[winner], &order[..1]));
    }
    let list = value.as_array()?;
    let counts = |n: usize| -> Vec<usize> {
        (0..case.jobs.len()).map(|j| order.iter().take(n).filter(|o| **o == j).count()).collect()
    };
    if has(&["share"]) && list.len() == case.jobs.len() {
        let whole = if has(&["pct", "percent"]) { 100.0 } else { 1.0 };
        let share = |n: usize| whole * n as f64 / order.len() as f64;
        let simulated: Vec<f64> = counts(order.len()).into_iter().map(share).collect();
        let near = numbers(value).iter().zip(&simulated).all(|(e, s)| (e - s).abs() <= whole * SHARE);
        let row = Row::list(key, &numbers(value), &simulated);
        return Some(if near { Row { met: true, tolerance: format!("± {}", whole * SHARE), ..row } } else { row });
    }
    if is_order(key) {
        let expected: Vec<Option<usize>> = list.iter().map(|v| job(case, v)).collect();
        let simulated: Vec<Option<usize>> = order.iter().take(list.len()).map(|j| Some(*j)).collect();
        return Some(Row::list(key, &expected, &simulated));
    }
    if has(&["pass"]) {
        let strides = strides(case, constant.unwrap_or(f64::from(CONSTANT)));
        let after = |n: usize| -> Vec<f64> { counts(n).iter().zip(&strides).map(|(c, s)| *c as f64 * s).collect() };
        if list.iter().all(Value::is_array) {
            // One row per quantum, with or without the state before the first one.
            let expected: Vec<Vec<f64>> = list.iter().map(numbers).collect();
            let first = usize::from(expected.first().is_some_and(|row| row.iter().any(|p| *p > 0.0)));
            let simulated: Vec<Vec<f64>> = (first..first + list.len()).map(after).collect();
            return Some(Row::list(key, &expected, &simulated));
        }
        // After how many quanta is said only by the list of who got them.
        let said = case.expected.keys().any(|key| is_order(key));
        return (said && list.len() == case.jobs.len()).then(|| Row::list(key, &numbers(value), &after(listed)));
    }
    if has(&["stride"]) {
        let strides = strides(case, constant.unwrap_or(f64::from(CONSTANT)));
        return Some(Row::list(key, &numbers(value), &strides));
    }
    if has(&["count", "wins", "quanta", "slices", "runs"]) && list.len() == case.jobs.len() {
        let expected: Vec<usize> = numbers(value).iter().map(|n| *n as usize).collect();
        return Some(Row::list(key, &expected, &counts(listed)));
    }
    None
}

/// Each job's stride, given the constant.
fn strides(case: &Case, constant: f64) -> Vec<f64> {
    case.jobs.iter().map(|j| (constant / f64::from(j.tickets)).floor()).collect()
}
