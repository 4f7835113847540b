//! `ostep-mlfq.json`: the multi-level feedback queue, tick by tick (`policies.md` section 2).

use gilscope::engine::{Kind, Run};
use gilscope::ids::CoreId;
use gilscope::scenario::policy::{Level, Mlfq, MlfqCompat};
use gilscope::scenario::{Op, Policy, Step};
use gilscope::time::{Dur, Time};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::build::{self, compute, finish, first_run, run_to_end, thread};
use crate::timeline::{Timeline, UNIT, ns, units};
use crate::verdict::{Comparison, Row, Stop};

#[derive(Deserialize)]
struct Case {
    id: String,
    params: Params,
    jobs: Vec<Job>,
    expected: Expected,
}

#[derive(Deserialize)]
struct Params {
    /// The lowest level first.
    quantum_by_priority: Vec<f64>,
    allotment_by_priority: Vec<u32>,
    boost: f64,
    io_time: f64,
    stay_on_io: bool,
    io_bump: bool,
}

#[derive(Deserialize)]
struct Job {
    arrival: f64,
    cpu: f64,
    io_every: f64,
}

#[derive(Deserialize)]
struct Expected {
    jobs: Vec<Figures>,
    avg: Map<String, Value>,
    makespan: f64,
    ticks: Vec<Vec<Option<usize>>>,
    tick_priority: Vec<Option<usize>>,
    tick_slice_left_after: Vec<Option<i64>>,
    tick_allot_left: Vec<Option<i64>>,
    events: Vec<(f64, String, Option<usize>)>,
}

#[derive(Deserialize)]
struct Figures {
    job: usize,
    finish: f64,
    response: f64,
    turnaround: f64,
}

/// Upstream prints averages with two decimals.
const PRINTED: f64 = 0.0051;

pub(crate) fn compare(case: &Value) -> Result<Comparison, Stop> {
    let case = Case::deserialize(case)?;
    let Params { quantum_by_priority, allotment_by_priority, boost, stay_on_io, io_bump, .. } = &case.params;
    let level =
        |(quantum, allotment): (&f64, &u32)| Level { quantum: Dur::from_ns(ns(*quantum)), allotment: *allotment };
    let policy = Policy::Mlfq(Mlfq {
        levels: quantum_by_priority.iter().zip(allotment_by_priority).rev().map(level).collect(),
        boost: (*boost > 0.0).then(|| Dur::from_ns(ns(*boost))),
        compat: MlfqCompat { stay_on_io: *stay_on_io, io_bump: *io_bump },
    });
    let jobs = case.jobs.iter().enumerate();
    let threads =
        jobs.map(|(id, job)| thread(id, &format!("job {id}"), ns(job.arrival), program(job, case.params.io_time)));
    let mut run = run_to_end(&build::scenario(&case.id, 1, policy, threads.collect()))?;
    Ok(rows(&case, &mut run))
}

/// Computing with an I/O after every so much of it, but none at the end.
fn program(job: &Job, io_time: f64) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut left = job.cpu;
    while job.io_every > 0.0 && left > job.io_every {
        steps.push(compute(job.io_every));
        steps.push(Op::Io(Dur::from_ns(ns(io_time))).into());
        left -= job.io_every;
    }
    steps.push(compute(left));
    steps
}

/// What can be seen of the running job in one tick: its level, the slice left after the tick, the allotment at its beginning.
type Seen = (Option<usize>, Option<i64>, Option<i64>);

fn observe(case: &Case, run: &mut Run, tick: usize) -> Seen {
    let levels = case.params.quantum_by_priority.len();
    let start = tick as u64 * UNIT as u64;
    let machine = run.at(Time::from_ns(start));
    let Some(thread) = machine.core(CoreId(0)).thread else { return (None, None, None) };
    let level = machine.level(run.plan(), thread).map(|level| levels - 1 - level);
    let allotment = machine.allotment_left(run.plan(), thread).map(i64::from);
    let end = machine.slice_end(run.plan(), CoreId(0)).map_or(0, Time::ns);
    let left = (end as f64 - start as f64) / UNIT - 1.0;
    (level, Some(left.round() as i64), allotment)
}

fn rows(case: &Case, run: &mut Run) -> Comparison {
    let expected = &case.expected;
    let simulated = Timeline::of(run);
    let ticks = simulated.ticks(run.end().ns());
    let seen: Vec<Seen> = (0..ticks[0].len()).map(|t| observe(case, run, t)).collect();
    let none = Vec::new();
    let mut rows = vec![
        Row::list("who runs, by tick", expected.ticks.first().unwrap_or(&none), &ticks[0]),
        Row::list("its priority, by tick", &expected.tick_priority, &seen.iter().map(|s| s.0).collect::<Vec<_>>()),
        Row::list(
            "its slice left, by tick",
            &expected.tick_slice_left_after,
            &seen.iter().map(|s| s.1).collect::<Vec<_>>(),
        ),
        Row::list(
            "its allotment left, by tick",
            &expected.tick_allot_left,
            &seen.iter().map(|s| s.2).collect::<Vec<_>>(),
        ),
        Row::list("events", &expected.events, &events(case, run)),
        Row::near("makespan", expected.makespan, units(run.end().ns()), 0.0),
    ];
    let figure = |job: usize, name: &str| {
        let (first, end) = (first_run(run, job).map_or(f64::NAN, units), finish(run, job).map_or(f64::NAN, units));
        let arrival = case.jobs[job].arrival;
        match name {
            "finish" => end,
            "response" => first - arrival,
            _ => end - arrival,
        }
    };
    for Figures { job, finish, response, turnaround } in &expected.jobs {
        for (name, expected) in [("finish", finish), ("response", response), ("turnaround", turnaround)] {
            rows.push(Row::near(format!("job {job}: {name}"), *expected, figure(*job, name), 0.0));
        }
    }
    let jobs = case.jobs.len();
    for name in ["response", "turnaround"] {
        if let Some(expected) = expected.avg.get(name).and_then(Value::as_f64) {
            let average = (0..jobs).map(|job| figure(job, name)).sum::<f64>() / jobs as f64;
            rows.push(Row::near(format!("average {name}"), expected, average, PRINTED));
        }
    }
    Comparison {
        rows,
        timelines: Some((Timeline::of_ticks(&expected.ticks), simulated.merged())),
        ..Comparison::default()
    }
}

/// What happens, in order. A boost leaves no record of its own; it comes behind the ends of what ran before it.
fn events(case: &Case, run: &Run) -> Vec<(f64, String, Option<usize>)> {
    let mut events: Vec<(f64, String, Option<usize>)> = Vec::new();
    let period = ns(case.params.boost);
    let mut boost = period;
    for record in run.trace() {
        let name = match record.kind() {
            Kind::Ready if record.reason() == gilscope::engine::Reason::Started => "arrive",
            Kind::Ready if record.reason() == gilscope::engine::Reason::IoEnded => "io_done",
            Kind::WaitIo => "io_start",
            Kind::Finished => "finish",
            _ => continue,
        };
        let (time, begins) = (record.time().ns(), matches!(name, "arrive" | "io_done"));
        while period > 0 && (boost < time || boost == time && begins) {
            events.push((units(boost), "boost".to_owned(), None));
            boost += period;
        }
        events.push((units(time), name.to_owned(), Some(record.thread().ix())));
    }
    events
}
