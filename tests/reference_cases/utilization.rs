//! The facts about what switching costs in `textbooks.json` (RR_UTILIZATION): the share of time in which a core computes,
//! read off a run.

use gilscope::engine::{Kind, Run};
use gilscope::ids::{CoreId, ThreadIx};
use gilscope::scenario::policy::RoundRobinCompat;
use gilscope::scenario::{CostSet, Costs, Op, Policy, RoundRobin, Step};
use gilscope::time::{Dur, Time};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::build::{self, compute, run_until, thread};
use crate::timeline::{ns, units};
use crate::verdict::{Comparison, Row, Stop};

#[derive(Deserialize)]
struct Case {
    id: String,
    params: Params,
    jobs: Vec<Job>,
    expected: Map<String, Value>,
}

#[derive(Deserialize)]
struct Params {
    quantum_ms: f64,
    switch_cost_ms: f64,
}

#[derive(Deserialize)]
struct Job {
    program_repeat: Vec<(String, Value)>,
}

/// How many rounds are simulated before the core is looked at, and until it no longer is.
const ROUNDS: (usize, usize) = (20, 220);
/// What a printed figure may differ by, relative to it.
const PUBLISHED: f64 = 0.0105;
/// What a derived figure may differ by.
const EXACT: f64 = 1e-6;

pub(crate) fn compare(case: &Value) -> Result<Comparison, Stop> {
    let case = Case::deserialize(case).map_err(|why| Stop::unknown_form(&why))?;
    let quantum = Dur::from_ns(ns(case.params.quantum_ms));
    let compat = RoundRobinCompat { switch_out: true, ..RoundRobinCompat::default() };
    let policy = Policy::RoundRobin(RoundRobin { quantum, compat, ..RoundRobin::default() });
    let mut threads = Vec::new();
    for (id, job) in case.jobs.iter().enumerate() {
        let steps = job.program_repeat.iter().map(step).collect::<Result<Vec<_>, _>>()?;
        threads.push(thread(id, &format!("job {id}"), 0, vec![Op::Repeat { times: None, steps }.into()]));
    }
    let mut scenario = build::scenario(&case.id, 1, policy, threads);
    let switch = Dur::from_ns(ns(case.params.switch_cost_ms));
    scenario.computer.costs = CostSet::Custom(Costs { switch, ..Costs::default() });
    let round = (case.params.quantum_ms + case.params.switch_cost_ms) * case.jobs.len() as f64;
    let run = run_until(&scenario, ns(round * (ROUNDS.1 + 10) as f64))?;
    let busy = utilization(&run, ThreadIx(case.jobs.len() as u16 - 1), switch)?;
    let first_run = build::first_run(&run, case.jobs.len() - 1).map_or(f64::NAN, units);
    let mut comparison = Comparison::default();
    for (key, expected) in &case.expected {
        let printed = key.contains("_published");
        let name = key.trim_end_matches("_published").trim_end_matches("_exact");
        let (what, simulated) = match name {
            "cpu_utilization_pct" => ("CPU utilisation, %", 100.0 * busy),
            "overhead_pct" => ("time spent switching, %", 100.0 * (1.0 - busy)),
            "last_job_first_run_ms" => ("first run of the last job, ms", first_run),
            _ => {
                comparison.not_compared.push(key.clone());
                continue;
            }
        };
        let expected = expected.as_f64().unwrap_or(f64::NAN);
        // What a book prints is rounded to one or two digits.
        let allowed = if printed { f64::max(1.0, expected * PUBLISHED) } else { EXACT };
        let what = if printed { format!("{what}, as printed") } else { what.to_owned() };
        comparison.rows.push(Row::near(what, expected, simulated, allowed));
    }
    Ok(comparison)
}

fn step((name, length): &(String, Value)) -> Result<Step, Stop> {
    let ms = match length {
        Value::String(text) if text == "unbounded" => 1e6,
        _ => length.as_f64().ok_or_else(|| format!("{length} is no length"))?,
    };
    match name.as_str() {
        "cpu_ms" => Ok(compute(ms)),
        "io_ms" => Ok(Op::Io(Dur::from_ns(ns(ms))).into()),
        other => Err(Stop::Skip(format!("this reader does not know the step {other}"))),
    }
}

/// The share of time in which the core computes, between two dispatches of one thread that are many rounds apart.
fn utilization(run: &Run, of: ThreadIx, switch: Dur) -> Result<f64, Stop> {
    let dispatches = run.trace().iter().filter(|r| r.kind() == Kind::Dispatch && r.thread() == of);
    let times: Vec<Time> = dispatches.map(|r| r.time()).collect();
    let (Some(&from), Some(&to)) = (times.get(ROUNDS.0), times.get(ROUNDS.1)) else {
        return Err(Stop::Broken(format!("the last job got the core only {} times", times.len())));
    };
    let (mut useful, mut overhead) = (0, 0);
    // After every stay the core switches; it counts as idle then, as nobody is on it.
    for s in run.lanes().core(CoreId(0)).iter().filter(|s| s.start >= from && s.start < to) {
        useful += s.end.min(to).since(s.start).ns();
        overhead += switch.ns();
    }
    Ok(useful as f64 / (useful + overhead) as f64)
}
