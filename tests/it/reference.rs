//! Real CPython: measured runs (`tests/reference/cpython/`) against the engine with the *measured* costs and nothing tuned
//! per case. The README beside the cases says how to compare: each run's computing is scaled to the CPU time it really
//! used, simulated, and what is timed by a clock is compared with the tolerance of its case.

use std::collections::BTreeMap;
use std::fmt::Write;

use gilscope::engine::{Cause, Ending, Kind, Place, Run};
use gilscope::ids::{GilIx, ObjectId, ProcessId, ThreadId, ThreadIx};
use gilscope::scenario::model::Extra;
use gilscope::scenario::{
    CoreSet, CostSet, Op, Policy, Process, Resource, ResourceKind, Runtime, Scenario, Start, Step, Thread,
};
use gilscope::time::{Dur, MAX_NS, Time};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Cases {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    runtime: String,
    os_policy: String,
    cores: u8,
    switch_interval_ms: f64,
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

/// The cases in which the operating system hardly ever has to choose.
fn is_asked(case: &Case) -> bool {
    case.os_policy == "any" && case.runtime == "cpython"
}

const LOCK: ObjectId = ObjectId(1);
const QUEUE: ObjectId = ObjectId(2);

fn ms(ms: f64) -> Dur {
    Dur::from_ns((ms * 1e6).round() as u64)
}

/// The steps with their computing multiplied by `scale`; `input` is when input is answered.
fn steps(program: &[Value], scale: f64, input: Option<f64>) -> Vec<Step> {
    let step = |value: &Value| -> Step {
        let parts = value.as_array().expect("a step is a list");
        let object = || match parts[1].as_str() {
            Some("L") => LOCK,
            Some("q") => QUEUE,
            other => panic!("neither the lock nor the queue of these cases: {other:?}"),
        };
        let number = || parts[1].as_f64().expect("a length");
        let op = match parts[0].as_str().expect("a step begins with its name") {
            "python_ms" => Op::Python(ms(number() * scale)),
            "extension_ms" => Op::Extension(ms(number() * scale)),
            "native_ms" => Op::Native(ms(number() * scale)),
            "io_ms" => Op::Io(ms(number())),
            "repeat" => {
                let body = parts[2].as_array().expect("the repeated steps");
                Op::Repeat { times: Some(number() as u32), steps: steps(body, scale, input) }
            }
            "acquire" => Op::Acquire(object()),
            "release" => Op::Release(object()),
            "put" => Op::Put(object()),
            "get" => Op::Get(object()),
            "input" => Op::Input { prompt: String::new(), at: input.map(|at| Time::ZERO + ms(at)) },
            other => panic!("a step that this version does not know: {other}"),
        };
        op.into()
    };
    program.iter().map(step).collect()
}

/// Milliseconds of computing in a program.
fn computing(program: &[Value]) -> f64 {
    let of = |value: &Value| -> f64 {
        match (value[0].as_str(), value[1].as_f64()) {
            (Some("python_ms" | "extension_ms" | "native_ms"), Some(n)) => n,
            (Some("repeat"), Some(n)) => n * computing(value[2].as_array().expect("the repeated steps")),
            _ => 0.0,
        }
    };
    program.iter().map(of).sum()
}

fn scenario(case: &Case, measured: &Measured) -> Scenario {
    let mut scenario = Scenario::empty(&case.id);
    scenario.computer.cores = case.cores;
    scenario.computer.costs = CostSet::Measured;
    scenario.computer.policy = Policy::default();
    let mut next = 0;
    for (i, process) in case.processes.iter().enumerate() {
        let mut threads = Vec::new();
        for thread in &process.threads {
            let nominal = computing(&thread.program);
            let scale = if nominal > 0.0 { measured.cpu_ms[&thread.name] / nominal } else { 1.0 };
            threads.push(Thread {
                id: ThreadId(next),
                name: thread.name.clone(),
                start: Start::Launch,
                cores: CoreSet::ALL,
                share: Default::default(),
                program: steps(&thread.program, scale, case.input_at_ms),
                extra: Extra::new(),
            });
            next += 1;
        }
        scenario.processes.push(Process {
            id: ProcessId(i as u16),
            name: format!("process {i}"),
            start: Start::Launch,
            // No case shares anything in a second process.
            resources: if i == 0 { shared() } else { Vec::new() },
            runtime: Runtime::cpython(ms(case.switch_interval_ms)),
            threads,
            extra: Extra::new(),
        });
    }
    scenario
}

fn shared() -> Vec<Resource> {
    vec![resource(LOCK, "L", ResourceKind::Lock), resource(QUEUE, "q", ResourceKind::Queue(None))]
}

fn resource(id: ObjectId, name: &str, kind: ResourceKind) -> Resource {
    Resource { id, name: name.to_owned(), kind, extra: Extra::new() }
}

/// What is read off one simulated run.
struct Simulated {
    makespan_ms: f64,
    possession_ms: f64,
    handoffs_per_100ms: f64,
    wait_after_ready_ms: BTreeMap<String, f64>,
}

fn simulate(scenario: &Scenario) -> Simulated {
    scenario.check().expect("a reference case is a valid scenario");
    let mut run = Run::new(scenario);
    run.extend_to(Time::from_ns(MAX_NS));
    assert_eq!(run.ending(), Some(&Ending::AllFinished), "{}", scenario.title);
    let makespan_ms = run.end().ns() as f64 / 1e6;
    let possessions = possessions(&run);
    let long: Vec<_> = possessions.iter().filter(|(_, d)| *d > Dur::from_us(50)).collect();
    let handoffs = long.windows(2).filter(|pair| pair[0].0 != pair[1].0).count();
    Simulated {
        makespan_ms,
        possession_ms: median(possessions.iter().map(|(_, d)| d.as_ms_f64()).collect()),
        handoffs_per_100ms: handoffs as f64 / makespan_ms * 100.0,
        wait_after_ready_ms: waits_after_ready(&run),
    }
}

/// Who possessed the GIL and for how long, consecutive possessions of one thread merged.
fn possessions(run: &Run) -> Vec<(ThreadIx, Dur)> {
    let mut merged: Vec<(ThreadIx, Dur)> = Vec::new();
    for segment in run.lanes().gil(GilIx(0)) {
        let length = segment.end - segment.start;
        match merged.last_mut() {
            Some((holder, sum)) if *holder == segment.holder => *sum += length,
            _ => merged.push((segment.holder, length)),
        }
    }
    merged
}

/// By thread, the median from the end of an I/O to running Python (or doing the next thing with the GIL) again.
fn waits_after_ready(run: &Run) -> BTreeMap<String, f64> {
    let mut waits = BTreeMap::new();
    for thread in run.plan().thread_ixs() {
        let ends = run.lanes().thread(thread).iter().filter(|s| s.place == Place::Waiting(Cause::Io)).map(|s| s.end);
        let wait = |end: Time| {
            let from = run.trace().partition_point(|r| r.time() < end);
            let mut later = run.trace()[from..].iter();
            later.find(|r| r.thread() == thread && r.kind() == Kind::TakeGil).map(|r| (r.time() - end).as_ms_f64())
        };
        let all: Vec<f64> = ends.filter_map(wait).collect();
        if !all.is_empty() {
            waits.insert(run.plan().thread(thread).name.clone(), median(all));
        }
    }
    waits
}

fn median(mut values: Vec<f64>) -> f64 {
    if values.is_empty() {
        return f64::NAN;
    }
    values.sort_by(f64::total_cmp);
    (values[(values.len() - 1) / 2] + values[values.len() / 2]) / 2.0
}

/// One compared quantity: how it is called, what was measured, what is simulated, and whether that is close enough.
struct Row {
    what: String,
    measured: f64,
    simulated: f64,
    met: bool,
}

fn compare(case: &Case) -> Vec<Row> {
    let simulated: Vec<Simulated> = case.runs.iter().map(|m| simulate(&scenario(case, m))).collect();
    let of = |f: &dyn Fn(&Simulated) -> f64| median(simulated.iter().map(f).collect());
    let ratios = case.runs.iter().zip(&simulated).map(|(m, s)| m.makespan_ms / s.makespan_ms);
    let ratio = median(ratios.collect());
    let mut rows = vec![Row {
        what: "makespan, real / simulated".to_owned(),
        measured: ratio,
        simulated: 1.0,
        met: (ratio - 1.0).abs() <= case.tolerance.makespan_ratio,
    }];
    if let (Some(measured), Some(tolerance)) = (case.expected.possession_ms, case.tolerance.possession_ms) {
        let simulated = of(&|s| s.possession_ms);
        let met = (measured - simulated).abs() <= tolerance;
        rows.push(Row { what: "possession, ms".to_owned(), measured, simulated, met });
    }
    if let (Some(measured), Some(tolerance)) = (case.expected.handoffs_per_100ms_of_makespan, case.tolerance.handoffs) {
        let simulated = of(&|s| s.handoffs_per_100ms);
        let met = (simulated / measured - 1.0).abs() <= tolerance;
        rows.push(Row { what: "hand-offs per 100 ms".to_owned(), measured, simulated, met });
    }
    for (thread, &measured) in &case.expected.wait_after_ready_ms {
        let simulated = of(&|s| s.wait_after_ready_ms[thread]);
        let met = wait_is_met(case, measured, simulated);
        rows.push(Row { what: format!("{thread}: wait after I/O, ms"), measured, simulated, met });
    }
    rows
}

/// `±x` is in milliseconds; `factor f`: measured and simulated differ by at most that factor.
fn wait_is_met(case: &Case, measured: f64, simulated: f64) -> bool {
    let tolerance = case.tolerance.wait_after_ready_ms.as_deref().expect("a tolerance for what is expected");
    if let Some(range) = tolerance.strip_prefix('±') {
        return (measured - simulated).abs() <= range.parse::<f64>().expect("a number behind ±");
    }
    let factor: f64 = tolerance.strip_prefix("factor ").expect("± or factor").parse().expect("a factor");
    simulated <= measured * factor && measured <= simulated * factor
}

#[test]
fn the_engine_predicts_real_cpython_within_the_tolerances() {
    let text = include_str!("../reference/cpython/cpython.json");
    let cases: Cases = serde_json::from_str(text).expect("the reference cases");
    let (mut table, mut met, mut off, mut skipped) = (String::new(), 0, Vec::new(), 0);
    for case in &cases.cases {
        if !is_asked(case) {
            skipped += 1;
            continue;
        }
        let rows = compare(case);
        if rows.iter().all(|r| r.met) {
            met += 1
        } else {
            off.push(&case.id)
        }
        for r in rows {
            let verdict = if r.met { "met" } else { "OFF" };
            let (id, what, measured, simulated) = (&case.id, r.what, r.measured, r.simulated);
            let _ = writeln!(table, "{id:30} {what:30} {measured:10.3} {simulated:10.3}  {verdict}");
        }
    }
    println!("{:30} {:30} {:>10} {:>10}", "case", "what", "measured", "simulated");
    println!("{table}{met} cases met, {} off, {skipped} skipped: their OS policy is not in this version", off.len());
    assert!(off.is_empty(), "off: {off:?}\n{table}");
    assert_eq!(met, 29, "the cases that were asked for");
}

#[test]
fn the_measured_costs_are_those_that_were_observed() {
    // Source of each figure: `tests/reference/cpython/README.md`, "Costs observed".
    let costs = CostSet::Measured.costs();
    assert_eq!(costs.late_timeout, Dur::from_us(60));
    assert_eq!(costs.hand_off, Dur::from_us(20));
    assert_eq!(costs.io_end, Dur::from_us(120));
    assert_eq!(costs.switch, Dur::from_ns(2_200));
    assert_eq!(costs.process_switch, Dur::ZERO, "none was observed beside the switch");
}
