//! The facts about CFS and EEVDF in `textbooks.json`: slices by weight, and lags. Read off runs in which every job computes
//! for ever.

use gilscope::engine::Run;
use gilscope::scenario::policy::{Cfs, Eevdf};
use gilscope::scenario::{Op, Policy};
use gilscope::time::Dur;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::build::{self, compute, run_until, thread};
use crate::programs::median;
use crate::timeline::{Stretch, Timeline, ns, units};
use crate::verdict::{Comparison, Row, Stop};

#[derive(Deserialize)]
struct Case {
    id: String,
    params: Map<String, Value>,
    jobs: Vec<Job>,
    expected: Map<String, Value>,
}

#[derive(Deserialize)]
struct Job {
    #[serde(default)]
    nice: i8,
}

/// What a derived figure may differ by: a slice is whole nanoseconds.
const EXACT_MS: f64 = 2e-5;
/// What a book prints as “about” so many milliseconds.
const ABOUT_MS: f64 = 0.5;
/// How many times each job gets its turn.
const ROUNDS: usize = 40;

impl Case {
    fn length(&self, key: &str) -> Result<Dur, Stop> {
        let ms = self.params.get(key).and_then(Value::as_f64).ok_or_else(|| format!("it has no {key}"))?;
        Ok(Dur::from_ns(ns(ms)))
    }

    /// Who has the core, when all compute for ever, for so many milliseconds.
    fn simulate(&self, policy: Policy, ms: f64) -> Result<Vec<Stretch>, Stop> {
        let threads = self.jobs.iter().enumerate().map(|(id, job)| {
            let forever = Op::Repeat { times: None, steps: vec![compute(1e6)] };
            let mut thread = thread(id, &format!("job {id}"), 0, vec![forever.into()]);
            thread.share.nice = job.nice;
            thread
        });
        let scenario = build::scenario(&self.id, 1, policy, threads.collect());
        let run: Run = run_until(&scenario, ns(ms))?;
        Ok(Timeline::of(&run).cut_until(ns(ms)).0.swap_remove(0))
    }

    fn numbers(&self, key: &str) -> Option<Vec<f64>> {
        Some(self.expected.get(key)?.as_array()?.iter().filter_map(Value::as_f64).collect())
    }

    fn unknown(&self) -> Stop {
        let keys: Vec<&str> = self.expected.keys().map(String::as_str).collect();
        Stop::Skip(format!("this reader does not know the expected {}", keys.join(", ")))
    }
}

/// How long the slices of CFS are.
pub(crate) fn cfs_slice(case: &Value) -> Result<Comparison, Stop> {
    let case = Case::deserialize(case).map_err(|why| Stop::unknown_form(&why))?;
    let (latency, min_granularity) = (case.length("sched_latency_ms")?, case.length("min_granularity_ms")?);
    let n = case.jobs.len();
    let round = latency.as_ms_f64().max(min_granularity.as_ms_f64() * n as f64);
    let policy = Policy::Cfs(Cfs { latency, min_granularity, ..Cfs::default() });
    let stays = case.simulate(policy, round * ROUNDS as f64)?;
    // The last stay may be cut short by the end of what is simulated.
    let whole = &stays[..stays.len().saturating_sub(1)];
    let slice = |job: usize| median(whole.iter().filter(|s| s.job == job).map(|s| units(s.end - s.start)).collect());
    let mut rows = Vec::new();
    for (key, allowed) in
        [("slice_ms", EXACT_MS), ("slice_ms_exact", EXACT_MS), ("slice_ms_published_approx", ABOUT_MS)]
    {
        for (job, expected) in case.numbers(key).into_iter().flatten().enumerate() {
            rows.push(Row::near(format!("job {job}: slice, ms"), expected, slice(job), allowed));
        }
    }
    if let Some(expected) = case.expected.get("vruntime_rate_ratio_A_to_B").and_then(Value::as_f64) {
        // Both have the same virtual time after each round, so its rates are as the other one's slices.
        let what = "rate of virtual time, first to second job";
        rows.push(Row::near(what, expected, slice(1) / slice(0), 1e-6));
    }
    if rows.is_empty() { Err(case.unknown()) } else { Ok(Comparison { rows, ..Comparison::default() }) }
}

/// Who runs under EEVDF, and each job's lag after each slice.
pub(crate) fn eevdf_lag(case: &Value) -> Result<Comparison, Stop> {
    let case = Case::deserialize(case).map_err(|why| Stop::unknown_form(&why))?;
    let slice = case.length("slice_ms")?;
    let lags = case.expected.get("lag_after_each_slice_ms").and_then(Value::as_array);
    let order: Option<Vec<usize>> =
        case.numbers("order").map(|order| order.into_iter().map(|job| job as usize).collect());
    let slices = lags.map_or(0, Vec::len).max(order.as_ref().map_or(0, Vec::len));
    let policy = Policy::Eevdf(Eevdf { base_slice: slice, tick: None, ..Eevdf::default() });
    let stays = case.simulate(policy, slice.as_ms_f64() * slices as f64)?;
    let stays = Timeline(vec![stays]).cut_by_quantum(slice.ns()).0.swap_remove(0);
    let mut rows = Vec::new();
    if let Some(order) = order {
        let simulated: Vec<usize> = stays.iter().take(order.len()).map(|s| s.job).collect();
        rows.push(Row::list("order of the slices", &order, &simulated));
    }
    for (i, row) in lags.into_iter().flatten().enumerate() {
        let until = slice.ns() * (i as u64 + 1);
        for (job, expected) in row.as_array().into_iter().flatten().enumerate() {
            let (expected, simulated) = (expected.as_f64().unwrap_or(f64::NAN), lag(&case, &stays, job, until));
            rows.push(Row::near(format!("job {job}: lag after slice {}, ms", i + 1), expected, simulated, 0.01));
        }
    }
    if rows.is_empty() { Err(case.unknown()) } else { Ok(Comparison { rows, ..Comparison::default() }) }
}

/// What a job is short of its fair share at an instant, in milliseconds: the definition of lag, for jobs that always want to
/// run.
fn lag(case: &Case, stays: &[Stretch], job: usize, until: u64) -> f64 {
    let got: u64 = stays.iter().filter(|s| s.job == job).map(|s| s.end.min(until).saturating_sub(s.start)).sum();
    let weight = |job: &Job| WEIGHTS[usize::try_from(i32::from(job.nice) + 20).unwrap_or(20)];
    let all: f64 = case.jobs.iter().map(weight).sum();
    units(until) * weight(&case.jobs[job]) / all - units(got)
}

/// Linux's weights for nice −20 to 19 (`policies.md` section 6).
const WEIGHTS: [f64; 40] = [
    88761.0, 71755.0, 56483.0, 46273.0, 36291.0, 29154.0, 23254.0, 18705.0, 14949.0, 11916.0, 9548.0, 7620.0, 6100.0,
    4904.0, 3906.0, 3121.0, 2501.0, 1991.0, 1586.0, 1277.0, 1024.0, 820.0, 655.0, 526.0, 423.0, 335.0, 272.0, 215.0,
    172.0, 137.0, 110.0, 87.0, 70.0, 56.0, 45.0, 36.0, 29.0, 23.0, 18.0, 15.0,
];
