//! `ostep-process-run.json`: how computing and I/O overlap, instruction by instruction (`policies.md` section 3).
//!
//! What an instruction costs is this reader's business: `io` is one tick of computing, then the I/O, then `io_done` is one
//! more tick of computing. Under SWITCH_ON_END a process keeps its core while its I/O is under way, which to the engine is
//! computing; this reader knows which ticks of it were the I/O.

use gilscope::engine::{Place, Run};
use gilscope::ids::ThreadIx;
use gilscope::scenario::policy::Fcfs;
use gilscope::scenario::{Op, Policy, Step};
use gilscope::time::{Dur, Time};
use serde::Deserialize;
use serde_json::Value;

use crate::build::{self, compute, run_to_end, thread};
use crate::timeline::{Stretch, Timeline, UNIT, ns};
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
    io_length: usize,
    switch: String,
    io_done: String,
}

#[derive(Deserialize)]
struct Job {
    instructions: Vec<String>,
}

#[derive(Deserialize)]
struct Expected {
    jobs: Vec<Figures>,
    makespan: usize,
    cpu_busy: usize,
    io_busy: usize,
    ticks: Vec<Vec<Option<usize>>>,
    tick_instr: Vec<Option<String>>,
    tick_state: Vec<String>,
    tick_ios_in_flight: Vec<usize>,
    tick_io_completed: Vec<bool>,
    segments: Vec<Vec<(f64, f64, usize)>>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Figures {
    job: usize,
    first_run: usize,
    finish: usize,
    cpu_ticks: usize,
    blocked_ticks: usize,
    ready_ticks: usize,
}

/// What a process does in one tick on a core: an instruction, or `None` while its I/O keeps the core.
type OnCore<'a> = Vec<Option<&'a str>>;

pub(crate) fn compare(case: &Value) -> Result<Comparison, Stop> {
    let case = Case::deserialize(case)?;
    let keeps_core = match case.params.switch.as_str() {
        "SWITCH_ON_IO" => false,
        "SWITCH_ON_END" => true,
        other => return Err(Stop::Skip(format!("this reader does not know {other}"))),
    };
    let io_preempts = match case.params.io_done.as_str() {
        "IO_RUN_LATER" => false,
        "IO_RUN_IMMEDIATE" => true,
        other => return Err(Stop::Skip(format!("this reader does not know {other}"))),
    };
    let policy = Policy::Fcfs(Fcfs { cyclic: true, io_preempts });
    let threads = case.jobs.iter().enumerate().map(|(id, job)| {
        let program = program(&job.instructions, case.params.io_length, keeps_core);
        thread(id, &format!("PID {id}"), 0, program)
    });
    let run = run_to_end(&build::scenario(&case.id, 1, policy, threads.collect()))?;
    let io_on_core = if keeps_core { case.params.io_length } else { 0 };
    let on_core: Vec<OnCore<'_>> = case.jobs.iter().map(|job| on_core(&job.instructions, io_on_core)).collect();
    Ok(rows(&case, &observe(&run, &on_core)))
}

fn program(instructions: &[String], io_length: usize, keeps_core: bool) -> Vec<Step> {
    let mut steps = Vec::new();
    for instruction in instructions {
        steps.push(compute(1.0));
        if instruction == "io" {
            let length = Dur::from_ns(ns(io_length as f64));
            steps.push(if keeps_core { Op::Native(length).into() } else { Op::Io(length).into() });
        }
    }
    steps
}

fn on_core(instructions: &[String], io_on_core: usize) -> OnCore<'_> {
    let mut ticks = Vec::new();
    for instruction in instructions {
        ticks.push(Some(instruction.as_str()));
        if instruction == "io" {
            ticks.extend(std::iter::repeat_n(None, io_on_core));
        }
    }
    ticks
}

/// What one tick of a run looks like.
struct Tick {
    running: Option<usize>,
    instruction: Option<String>,
    state: String,
    ios_in_flight: usize,
    io_completed: bool,
}

fn observe(run: &Run, on_core: &[OnCore<'_>]) -> Vec<Tick> {
    let occupied = Timeline::of(run).ticks(run.end().ns());
    let mut done = vec![0; on_core.len()];
    let mut blocked_before = vec![false; on_core.len()];
    let tick = |(t, current): (usize, &Option<usize>)| {
        let instruction = current.and_then(|job| {
            done[job] += 1;
            on_core[job].get(done[job] - 1).copied().flatten()
        });
        let letter = |job: usize| match place(run, job, t) {
            Some(Place::Running(_)) if instruction.is_some() => 'X',
            Some(Place::Running(_) | Place::Waiting(_)) => 'B',
            Some(Place::Finished) => 'D',
            _ => 'R',
        };
        let state: String = (0..on_core.len()).map(letter).collect();
        let blocked: Vec<bool> = state.chars().map(|s| s == 'B').collect();
        let io_completed = blocked.iter().zip(&blocked_before).any(|(now, before)| *before && !now);
        let ios_in_flight = blocked.iter().filter(|b| **b).count();
        blocked_before = blocked;
        let running = current.filter(|_| instruction.is_some());
        Tick { running, instruction: instruction.map(str::to_owned), state, ios_in_flight, io_completed }
    };
    occupied[0].iter().enumerate().map(tick).collect()
}

/// Where a process is during a tick.
fn place(run: &Run, job: usize, tick: usize) -> Option<Place> {
    let start = Time::from_ns(tick as u64 * UNIT as u64);
    let lane = run.lanes().thread(ThreadIx(job as u16));
    lane.iter().rev().find(|s| s.start <= start).map(|s| s.place)
}

fn figures(job: usize, ticks: &[Tick]) -> Figures {
    let letters = || ticks.iter().map(|t| t.state.chars().nth(job));
    let count = |letter: char| letters().filter(|s| *s == Some(letter)).count();
    let first_run = letters().position(|s| s == Some('X')).unwrap_or(0);
    let finish = letters().rposition(|s| s == Some('X')).map_or(0, |last| last + 1);
    let (cpu_ticks, blocked_ticks, ready_ticks) = (count('X'), count('B'), count('R'));
    Figures { job, first_run, finish, cpu_ticks, blocked_ticks, ready_ticks }
}

fn rows(case: &Case, ticks: &[Tick]) -> Comparison {
    let expected = &case.expected;
    let running: Vec<_> = ticks.iter().map(|t| t.running).collect();
    let none = Vec::new();
    let jobs: Vec<Figures> = expected.jobs.iter().map(|j| figures(j.job, ticks)).collect();
    let exact = |what: &str, expected: usize, simulated: usize| Row::near(what, expected as f64, simulated as f64, 0.0);
    let of = |f: fn(&Tick) -> usize| ticks.iter().filter(|t| f(t) > 0).count();
    let mut rows = vec![
        Row::list("who runs, by tick", expected.ticks.first().unwrap_or(&none), &running),
        Row::list("instruction, by tick", &expected.tick_instr, &map(ticks, |t| t.instruction.clone())),
        Row::list("states, by tick", &expected.tick_state, &map(ticks, |t| t.state.clone())),
        Row::list("I/Os under way, by tick", &expected.tick_ios_in_flight, &map(ticks, |t| t.ios_in_flight)),
        Row::list("I/O completed, by tick", &expected.tick_io_completed, &map(ticks, |t| t.io_completed)),
        Row::list("figures of the processes", &expected.jobs, &jobs),
        exact("makespan", expected.makespan, ticks.len()),
        exact("ticks in which the CPU is busy", expected.cpu_busy, of(|t| usize::from(t.running.is_some()))),
        exact("ticks in which an I/O is under way", expected.io_busy, of(|t| t.ios_in_flight)),
    ];
    let stretch = |&(a, b, job): &(f64, f64, usize)| Stretch { start: ns(a), end: ns(b), job };
    let segments = Timeline(expected.segments.iter().map(|core| core.iter().map(stretch).collect()).collect());
    let simulated = Timeline::of_ticks(&[running]);
    rows.push(Row::list("segments", segments.0.first().unwrap_or(&Vec::new()), &simulated.0[0]));
    Comparison { rows, timelines: Some((segments, simulated)), ..Comparison::default() }
}

fn map<T>(ticks: &[Tick], f: impl Fn(&Tick) -> T) -> Vec<T> {
    ticks.iter().map(f).collect()
}
