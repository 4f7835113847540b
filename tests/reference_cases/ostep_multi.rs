//! `ostep-multi.json`: several cores, one ready queue or one per core, affinity, stealing by peeking with the draws that the
//! case gives, and caches (`policies.md` section 5).

use std::collections::BTreeMap;

use gilscope::engine::Run;
use gilscope::scenario::policy::RoundRobinCompat;
use gilscope::scenario::queues::PerCoreCompat;
use gilscope::scenario::{CoreSet, PerCore, Policy, Queues, RoundRobin, Scenario};
use gilscope::time::{Dur, Time};
use serde::Deserialize;
use serde_json::Value;

use crate::build::{self, compute, finish, first_run, run_to_end, thread};
use crate::timeline::{Stretch, Timeline, UNIT, ns, units};
use crate::verdict::{Comparison, Row, Stop};
use crate::warmth::{Caches, Warmth, Work};

#[derive(Deserialize)]
struct Case {
    id: String,
    params: Params,
    jobs: Vec<Job>,
    #[serde(default)]
    peek_draws: Vec<(f64, usize, u64)>,
    #[serde(default)]
    order_draws: Vec<(f64, Vec<u64>)>,
    expected: Expected,
}

#[derive(Deserialize)]
struct Params {
    cpus: u8,
    quantum: f64,
    per_cpu_queues: bool,
    #[serde(default)]
    peek_interval: f64,
    #[serde(flatten)]
    caches: Caches,
}

#[derive(Deserialize)]
struct Job {
    #[serde(default)]
    name: String,
    work: i64,
    #[serde(default)]
    working_set: i64,
    affinity: Option<Vec<u8>>,
}

#[derive(Deserialize)]
struct Expected {
    initial_queues: Vec<Vec<usize>>,
    jobs: Vec<Figures>,
    makespan: usize,
    cpus: Vec<Cpu>,
    ticks: Vec<Vec<Option<usize>>>,
    tick_work_left: Vec<Vec<Option<i64>>>,
    segments: Option<Vec<Vec<(f64, f64, usize)>>>,
    warm_after_tick_changes: Vec<(usize, usize, Vec<usize>)>,
    queue_after_tick_changes: Vec<(usize, Vec<Vec<usize>>)>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Figures {
    job: usize,
    first_run: usize,
    finish: usize,
    cpu_ticks: usize,
    migrations: usize,
}

#[derive(Deserialize)]
struct Cpu {
    cpu: usize,
    utilization_pct: f64,
    warm_pct: f64,
}

/// Percentages are given with two decimals.
const PERCENT: f64 = 0.0051;

pub(crate) fn compare(case: &Value) -> Result<Comparison, Stop> {
    let case = Case::deserialize(case)?;
    let work: Vec<Work> = case.jobs.iter().map(|j| Work { work: j.work, working_set: j.working_set }).collect();
    // A job with nothing to do still takes one tick.
    let mut lengths: Vec<u64> = case.jobs.iter().map(|j| j.work.max(1) as u64).collect();
    // Each round puts one job right at least, and as often as another one's end moves its last tick.
    for _ in 0..=case.jobs.len() * case.jobs.len() + 1 {
        let mut run = run_to_end(&scenario(&case, &lengths)?)?;
        let ticks = Timeline::of(&run).ticks(run.end().ns());
        let warmth = case.params.caches.follow(&ticks, &work);
        if warmth.disagree.is_empty() {
            return Ok(rows(&case, &mut run, &ticks, &warmth));
        }
        for (job, length) in warmth.disagree {
            lengths[job] = length;
        }
    }
    Err(Stop::Broken("run and caches never agree".to_owned()))
}

fn scenario(case: &Case, lengths: &[u64]) -> Result<Scenario, Stop> {
    let Params { cpus, quantum, per_cpu_queues, peek_interval, .. } = &case.params;
    let orders = case.order_draws.iter().flat_map(|(t, cores)| std::iter::once(ns(*t)).chain(cores.iter().copied()));
    let policy = Policy::RoundRobin(RoundRobin {
        quantum: Dur::from_ns(ns(*quantum)),
        compat: RoundRobinCompat {
            aligned: true,
            by_core: true,
            core_orders: orders.collect(),
            ..RoundRobinCompat::default()
        },
        ..RoundRobin::default()
    });
    let threads = case.jobs.iter().enumerate().map(|(id, job)| {
        let name = if job.name.is_empty() { id.to_string() } else { job.name.clone() };
        let mut thread = thread(id, &name, 0, vec![compute(lengths[id] as f64)]);
        if let Some(cores) = &job.affinity {
            thread.cores = CoreSet::from(cores.clone());
        }
        thread
    });
    let mut scenario = build::scenario(&case.id, *cpus, policy, threads.collect());
    if *per_cpu_queues {
        let compat = PerCoreCompat {
            peek: (*peek_interval > 0.0).then(|| Dur::from_ns(ns(*peek_interval))),
            pinned_stay: true,
            deal: true,
            victims: case.peek_draws.iter().map(|(_, _, victim)| *victim).collect(),
        };
        scenario.computer.queues = Queues::PerCore(PerCore { pull: false, compat, ..PerCore::default() });
    }
    Ok(scenario)
}

/// The ready queues during a tick.
fn queues(run: &mut Run, tick: usize) -> Vec<Vec<usize>> {
    let machine = run.at(Time::from_ns(tick as u64 * UNIT as u64));
    machine.queues().iter().map(|q| q.threads.iter().map(|t| t.ix()).collect()).collect()
}

/// How often a job goes on on another core than it was on before.
fn migrations(ticks: &[Vec<Option<usize>>], job: usize) -> usize {
    let mut by_tick: BTreeMap<usize, usize> = BTreeMap::new();
    for (core, lane) in ticks.iter().enumerate() {
        by_tick.extend(lane.iter().enumerate().filter(|(_, j)| **j == Some(job)).map(|(t, _)| (t, core)));
    }
    let cores: Vec<usize> = by_tick.into_values().collect();
    cores.windows(2).filter(|w| w[0] != w[1]).count()
}

fn rows(case: &Case, run: &mut Run, ticks: &[Vec<Option<usize>>], warmth: &Warmth) -> Comparison {
    let expected = &case.expected;
    let makespan = ticks.first().map_or(0, Vec::len);
    let by_tick: Vec<_> = (0..makespan).map(|t| queues(run, t)).collect();
    let figures = |job: usize| Figures {
        job,
        first_run: first_run(run, job).map_or(usize::MAX, |t| units(t) as usize),
        finish: finish(run, job).map_or(usize::MAX, |t| units(t) as usize),
        cpu_ticks: ticks.iter().flatten().filter(|t| **t == Some(job)).count(),
        migrations: migrations(ticks, job),
    };
    let jobs: Vec<Figures> = expected.jobs.iter().map(|j| figures(j.job)).collect();
    let changes = |from: &dyn Fn(usize) -> bool| (0..makespan).filter(|&t| t == 0 || from(t)).collect::<Vec<_>>();
    let queue_changes: Vec<_> =
        changes(&|t| by_tick[t] != by_tick[t - 1]).into_iter().map(|t| (t, by_tick[t].clone())).collect();
    let mut rows = vec![
        Row::list("ready queues at first", &expected.initial_queues, &initial(case, ticks, &by_tick)),
        Row::list("ready queues, when they change", &expected.queue_after_tick_changes, &queue_changes),
        Row::list("figures of the jobs", &expected.jobs, &jobs),
        Row::near("makespan", expected.makespan as f64, makespan as f64, 0.0),
    ];
    for (core, lane) in ticks.iter().enumerate() {
        let (none, no_work) = (Vec::new(), Vec::new());
        rows.push(Row::list(
            format!("who runs on core {core}, by tick"),
            expected.ticks.get(core).unwrap_or(&none),
            lane,
        ));
        let left = expected.tick_work_left.get(core).unwrap_or(&no_work);
        rows.push(Row::list(format!("work left on core {core}, by tick"), left, &warmth.work_left[core]));
    }
    let warm = |t: usize, core: usize| &warmth.cached[t][core];
    let mut warm_changes = Vec::new();
    for t in 0..makespan {
        for core in 0..ticks.len() {
            if t == 0 || warm(t, core) != warm(t - 1, core) {
                warm_changes.push((t, core, warm(t, core).clone()));
            }
        }
    }
    rows.push(Row::list("caches, when they change", &expected.warm_after_tick_changes, &warm_changes));
    let percent = |n: usize| 100.0 * n as f64 / makespan as f64;
    for Cpu { cpu, utilization_pct, warm_pct } in &expected.cpus {
        let busy = ticks[*cpu].iter().flatten().count();
        rows.push(Row::near(format!("core {cpu} in use, %"), *utilization_pct, percent(busy), PERCENT));
        rows.push(Row::near(format!("core {cpu} warm, %"), *warm_pct, percent(warmth.warm_ticks[*cpu]), PERCENT));
    }
    let stretch = |&(a, b, job): &(f64, f64, usize)| Stretch { start: ns(a), end: ns(b), job };
    let (wanted, simulated) = (Timeline::of_ticks(&expected.ticks), Timeline::of_ticks(ticks));
    if let Some(segments) = &expected.segments {
        let segments: Vec<Vec<Stretch>> = segments.iter().map(|core| core.iter().map(stretch).collect()).collect();
        rows.push(Row::list("segments, by core", &segments, &simulated.0));
    }
    Comparison { rows, timelines: Some((wanted, simulated)), ..Comparison::default() }
}

/// The ready queues before anybody got a core: those who got one at 0 stood before those who wait, in the order of the jobs
/// where one queue serves all.
fn initial(case: &Case, ticks: &[Vec<Option<usize>>], by_tick: &[Vec<Vec<usize>>]) -> Vec<Vec<usize>> {
    let running = |core: usize| ticks[core].first().copied().flatten();
    if case.params.per_cpu_queues {
        let queue = |core: usize| running(core).into_iter().chain(by_tick[0][core].iter().copied()).collect();
        return (0..ticks.len()).map(queue).collect();
    }
    let mut all: Vec<usize> = (0..ticks.len()).filter_map(running).chain(by_tick[0][0].iter().copied()).collect();
    all.sort_unstable();
    vec![all]
}
