//! Cases that expect a Gantt chart: `ostep-sched.json` and most of `textbooks.json`.

use gilscope::engine::Run;
use gilscope::scenario::policy::{Priority, RoundRobinCompat};
use gilscope::scenario::{CostSet, Costs, Policy, RoundRobin};
use gilscope::time::Dur;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::build::{self, compute, finish, first_run, run_to_end, thread};
use crate::timeline::{Stretch, Timeline, ns, units};
use crate::verdict::{Comparison, Row, Stop};

/// Upstream prints averages with two decimals.
const PRINTED: f64 = 0.0051;
/// What a book prints may be cut instead of rounded.
const PUBLISHED: f64 = 0.0101;

#[derive(Deserialize)]
pub(crate) struct Case {
    id: String,
    policy: String,
    params: Params,
    jobs: Vec<Job>,
    expected: Expected,
    #[serde(default)]
    published: Map<String, Value>,
}

#[derive(Deserialize)]
struct Params {
    #[serde(default = "one")]
    cpus: u8,
    quantum: Option<f64>,
    #[serde(default)]
    switch_cost: f64,
    /// The computer may not start before.
    #[serde(default)]
    cpu_idle_until: f64,
    arrival_vs_expired: Option<String>,
    priority_order: Option<String>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

const fn one() -> u8 {
    1
}

#[derive(Deserialize)]
struct Job {
    #[serde(default)]
    name: String,
    #[serde(default)]
    arrival: f64,
    cpu: f64,
    priority: Option<i16>,
}

#[derive(Deserialize)]
struct Expected {
    jobs: Vec<Figures>,
    #[serde(default)]
    avg: Map<String, Value>,
    segments: Option<Vec<Vec<(f64, f64, usize)>>>,
    dispatches: Option<Vec<Dispatch>>,
    makespan: Option<f64>,
}

#[derive(Deserialize)]
struct Figures {
    job: usize,
    #[serde(flatten)]
    by_name: Map<String, Value>,
}

#[derive(Deserialize)]
struct Dispatch {
    cpu: usize,
    job: usize,
    start: f64,
    end: f64,
}

/// The names of a job's figures, as the cases call them.
const FIGURES: [&str; 4] = ["finish", "response", "turnaround", "wait"];

pub(crate) fn compare(case: &Value) -> Result<Comparison, Stop> {
    let case = Case::deserialize(case)?;
    let policy = policy(&case)?;
    let mut order: Vec<usize> = (0..case.jobs.len()).collect();
    if case.params.cpu_idle_until > 0.0 {
        // All that came while the computer stood still begin together, and are queued as they came.
        order.sort_by(|a, b| case.jobs[*a].arrival.total_cmp(&case.jobs[*b].arrival));
    }
    let threads = order.iter().enumerate().map(|(id, &job)| {
        let Job { name, arrival, cpu, priority } = &case.jobs[job];
        let name = if name.is_empty() { job.to_string() } else { name.clone() };
        let mut thread = thread(id, &name, ns(arrival.max(case.params.cpu_idle_until)), vec![compute(*cpu)]);
        thread.share.priority = priority.unwrap_or_default();
        thread
    });
    let mut scenario = build::scenario(&case.id, case.params.cpus, policy, threads.collect());
    let switch = Dur::from_ns(ns(case.params.switch_cost));
    scenario.computer.costs = CostSet::Custom(Costs { switch, ..Costs::default() });
    let run = run_to_end(&scenario)?;
    Ok(rows(&case, &run, &order))
}

fn policy(case: &Case) -> Result<Policy, Stop> {
    let Params { quantum, switch_cost, arrival_vs_expired, other, .. } = &case.params;
    let quantum = || quantum.map(|q| Dur::from_ns(ns(q))).ok_or_else(|| "it has no quantum".to_owned());
    let higher_number_first = case.params.priority_order.as_deref() == Some("higher_number_first");
    let priority = Priority { higher_number_first, ..Priority::default() };
    let policy = match case.policy.as_str() {
        "FCFS" | "FIFO" => Policy::FCFS,
        "SJF" => Policy::Sjf,
        "SRTF" | "STCF" => Policy::Srtf,
        "RR" => Policy::RoundRobin(RoundRobin {
            quantum: quantum()?,
            expired_first: arrival_vs_expired.as_deref() == Some("expired_first"),
            compat: RoundRobinCompat { switch_out: *switch_cost > 0.0, ..RoundRobinCompat::default() },
        }),
        "PRIO" => Policy::Priority(Priority { preemptive: false, ..priority }),
        "PRIO_RR" => Policy::Priority(Priority { quantum: Some(quantum()?), ..priority }),
        other => return Err(Stop::no_policy(other)),
    };
    if let Some(key) = other.keys().next() {
        return Err(Stop::Skip(format!("this reader does not know the parameter {key}")));
    }
    if *switch_cost > 0.0 && case.policy != "RR" {
        return Err(Stop::Skip("a switch after every stay on a core is there for round robin only".to_owned()));
    }
    Ok(policy)
}

fn rows(case: &Case, run: &Run, order: &[usize]) -> Comparison {
    let mut simulated = Timeline::of(run);
    for stretch in simulated.0.iter_mut().flatten() {
        stretch.job = order[stretch.job];
    }
    let place = |job: usize| order.iter().position(|j| *j == job).unwrap_or(usize::MAX);
    let figure = |job: usize, name: &str| -> f64 {
        let Job { arrival, cpu, .. } = &case.jobs[job];
        let finish = finish(run, place(job)).map_or(f64::NAN, units);
        match name {
            "finish" => finish,
            "response" => first_run(run, place(job)).map_or(f64::NAN, units) - arrival,
            "turnaround" => finish - arrival,
            _ => finish - arrival - cpu,
        }
    };
    let mut rows = Vec::new();
    let segments = case.expected.segments.as_ref().map(|cores| {
        let core = |core: &Vec<(f64, f64, usize)>| core.iter().map(|&(a, b, job)| stretch(a, b, job)).collect();
        Timeline(cores.iter().map(core).collect())
    });
    let merged = simulated.merged();
    if let Some(expected) = &segments {
        for (core, expected) in expected.0.iter().enumerate() {
            let empty = Vec::new();
            rows.push(Row::list(format!("segments of core {core}"), expected, merged.0.get(core).unwrap_or(&empty)));
        }
    }
    if let Some(printed) = case.published.get("gantt") {
        rows.push(Row::list("segments, as printed", &printed_gantt(case, printed), &merged.0[0]));
    }
    rows.extend(dispatches(case, &simulated));
    for job in &case.expected.jobs {
        for name in FIGURES {
            if let Some(expected) = job.by_name.get(name).and_then(Value::as_f64) {
                rows.push(Row::near(format!("job {}: {name}", job.job), expected, figure(job.job, name), 1e-4));
            }
        }
    }
    if let Some(makespan) = case.expected.makespan {
        rows.push(Row::near("makespan", makespan, units(simulated.end()), 0.0));
    }
    let jobs = case.jobs.len();
    let average = |name: &str| (0..jobs).map(|job| figure(job, name)).sum::<f64>() / jobs as f64;
    for name in FIGURES {
        if let Some(expected) = case.expected.avg.get(name).and_then(Value::as_f64) {
            rows.push(Row::near(format!("average {name}"), expected, average(name), PRINTED));
        }
        if let Some(printed) = case.published.get(&format!("avg_{name}")).and_then(Value::as_f64) {
            rows.push(Row::near(format!("average {name}, as printed"), printed, average(name), PUBLISHED));
        }
        let per_job = case.published.get(&format!("per_{name}")).and_then(Value::as_array);
        for (job, printed) in per_job.into_iter().flatten().enumerate() {
            if let Some(printed) = printed.as_f64() {
                let what = format!("job {job}: {name}, as printed");
                rows.push(Row::near(what, printed, figure(job, name), PUBLISHED));
            }
        }
    }
    let expected = segments.unwrap_or_else(|| dispatched(case).merged());
    Comparison { rows, timelines: Some((expected, merged)), ..Comparison::default() }
}

/// The chart that a book prints, its jobs by name.
fn printed_gantt(case: &Case, chart: &Value) -> Vec<Stretch> {
    let bar = |bar: &Value| {
        let name = bar[2].as_str().unwrap_or_default();
        let job = case.jobs.iter().position(|j| j.name == name).unwrap_or(usize::MAX);
        stretch(bar[0].as_f64().unwrap_or(f64::NAN), bar[1].as_f64().unwrap_or(f64::NAN), job)
    };
    chart.as_array().into_iter().flatten().map(bar).collect()
}

fn stretch(start: f64, end: f64, job: usize) -> Stretch {
    Stretch { start: ns(start), end: ns(end), job }
}

/// The dispatches that a case expects, by core.
fn dispatched(case: &Case) -> Timeline {
    let mut cores = vec![Vec::new(); usize::from(case.params.cpus)];
    for d in case.expected.dispatches.iter().flatten() {
        if let Some(core) = cores.get_mut(d.cpu) {
            core.push(stretch(d.start, d.end, d.job));
        }
    }
    Timeline(cores)
}

/// Dispatches. References also count those after which the same job goes on: at the end of each quantum, and under SRTF
/// at each arrival. A run does not tell these apart, so its stretches are cut there.
fn dispatches(case: &Case, simulated: &Timeline) -> Vec<Row> {
    if case.expected.dispatches.is_none() {
        return Vec::new();
    }
    let simulated = match (case.policy.as_str(), case.params.quantum) {
        ("SRTF", _) => simulated.cut(|_| case.jobs.iter().map(|j| ns(j.arrival)).collect()),
        (_, Some(quantum)) => simulated.cut_by_quantum(ns(quantum)),
        _ => simulated.clone(),
    };
    let expected = dispatched(case);
    let pairs = expected.0.iter().zip(&simulated.0).enumerate();
    pairs.map(|(core, (e, s))| Row::list(format!("dispatches of core {core}"), e, s)).collect()
}
