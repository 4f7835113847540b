//! `linux-measured.json`: shares of a core that tasks got on a live Linux kernel (EEVDF), against those that they get here.
//!
//! “Other work shared the machine” there: the tasks' times do not add up to the wall time. What is missing is simulated as one
//! more task at nice 0 that wants that part of the core, for a tick at a time, and counts in no share. For tasks that only
//! compute it changes nothing; one that sleeps gets a larger share, as its sleeps pass while others work.

use gilscope::metrics::Metrics;
use gilscope::scenario::policy::Eevdf;
use gilscope::scenario::{CostSet, Op, Policy};
use gilscope::time::{Dur, Time};
use serde::Deserialize;
use serde_json::Value;

use crate::build::{self, compute, run_until, thread};
use crate::timeline::ns;
use crate::verdict::{Comparison, Row, Stop};

/// How long other work computes at a time where no tick is given.
const OTHER_WORK_MS: f64 = 4.0;

#[derive(Deserialize)]
struct Case {
    id: String,
    policy: String,
    params: Params,
    #[serde(alias = "tasks")]
    jobs: Vec<Job>,
    expected: Expected,
    #[serde(default)]
    tolerance: String,
}

#[derive(Deserialize)]
struct Params {
    cpus: u8,
    tick_ms: Option<f64>,
    wall_s: f64,
    expected_base_slice_ms: Option<f64>,
}

#[derive(Deserialize)]
struct Job {
    #[serde(default)]
    nice: i8,
    behaviour: Behaviour,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Behaviour {
    Named(String),
    Sleeps { run_us: f64, sleep_us: f64 },
}

#[derive(Deserialize)]
struct Expected {
    jobs: Vec<Share>,
    total_cpu_ms: Option<f64>,
}

#[derive(Deserialize)]
struct Share {
    job: usize,
    share: f64,
}

pub(crate) fn compare(case: &Value) -> Result<Comparison, Stop> {
    let case = Case::deserialize(case)?;
    if case.policy != "EEVDF" {
        return Err(Stop::no_policy(&case.policy));
    }
    let length = |ms: f64| Dur::from_ns(ns(ms));
    let usual = Eevdf::default();
    let policy = Policy::Eevdf(Eevdf {
        base_slice: case.params.expected_base_slice_ms.map_or(usual.base_slice, length),
        tick: case.params.tick_ms.map(length),
        ..usual
    });
    let mut threads = Vec::new();
    for (id, job) in case.jobs.iter().enumerate() {
        let round = match &job.behaviour {
            Behaviour::Named(name) if name == "cpu_bound" => vec![compute(1e3)],
            Behaviour::Named(other) => return Err(Stop::Skip(format!("this reader does not know {other}"))),
            Behaviour::Sleeps { run_us, sleep_us } => {
                vec![compute(run_us / 1e3), Op::Sleep(length(sleep_us / 1e3)).into()]
            }
        };
        let mut thread = thread(id, &format!("task {id}"), 0, vec![Op::Repeat { times: None, steps: round }.into()]);
        thread.share.nice = job.nice;
        threads.push(thread);
    }
    let tick = case.params.tick_ms.unwrap_or(OTHER_WORK_MS);
    let others = case.expected.total_cpu_ms.map_or(0.0, |ms| 1.0 - ms / (case.params.wall_s * 1e3));
    if others > 0.0 {
        let rest = Op::Sleep(length(tick * (1.0 - others) / others));
        let round = vec![compute(tick), rest.into()];
        threads.push(thread(threads.len(), "other work", 0, vec![Op::Repeat { times: None, steps: round }.into()]));
    }
    let mut scenario = build::scenario(&case.id, case.params.cpus, policy, threads);
    scenario.computer.costs = CostSet::Measured;
    let until = ns(case.params.wall_s * 1e3);
    let run = run_until(&scenario, until)?;
    let metrics = Metrics::of(&run, Time::from_ns(until));
    let useful = |job: usize| metrics.threads.get(job).map_or(f64::NAN, |t| t.totals.useful().as_ms_f64());
    let total: f64 = (0..case.jobs.len()).map(useful).sum();
    let allowed = allowed(&case.tolerance);
    let row = |s: &Share| Row::near(format!("task {}: share", s.job), s.share, useful(s.job) / total, allowed);
    Ok(Comparison { rows: case.expected.jobs.iter().map(row).collect(), ..Comparison::default() })
}

/// By how much a share may differ: the number behind `+-` in the tolerance.
fn allowed(tolerance: &str) -> f64 {
    let text = tolerance.split(['±', '-']).find_map(|part| {
        let number: String = part.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        number.trim_end_matches('.').parse().ok()
    });
    text.unwrap_or(0.01)
}
