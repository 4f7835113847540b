//! Speed of the engine, each figure beside a floor measured in turns in the same process.
//!
//! The machine's speed wanders, so only ratios count: a round measures floor, then engine, and the median ratio of the
//! rounds is reported. The floor is the least any such simulator does: take the earliest of n deadlines off a tournament
//! tree and set a new one.

use std::hint::black_box;
use std::time::Instant;

use gilscope::engine::Run;
use gilscope::ids::{ProcessId, ThreadId};
use gilscope::scenario::model::Extra;
use gilscope::scenario::{CoreSet, CostSet, Op, Policy, Process, Runtime, Scenario, Start, Thread};
use gilscope::time::{Dur, Time};

const ROUNDS: usize = 11;

fn main() {
    println!("{ROUNDS} rounds of floor and engine in turns; medians (least to most)");
    println!("{:44} {:>14} {:>24}", "what", "per second", "ratio to the floor");
    for (threads, cores) in [(4, 2), (64, 16), (1_024, 64)] {
        let scenario = round_robin(threads, cores);
        report(&format!("round robin, {threads} threads, {cores} cores: slices"), threads, &scenario, slices);
    }
    for (threads, cores) in [(4, 2), (64, 16), (1_024, 64)] {
        let scenario = gil_and_io(threads, cores);
        report(&format!("GIL and I/O, {threads} threads, {cores} cores: records"), threads, &scenario, records);
    }
    seek();
    edit();
}

/// Threads that compute for ever with a quantum of 1 ms.
fn round_robin(threads: u16, cores: u8) -> Scenario {
    let forever = |op: Op| vec![Op::Repeat { times: None, steps: vec![op.into()] }.into()];
    let mut scenario = Scenario::empty("bench");
    scenario.computer.cores = cores;
    scenario.computer.policy = Policy::round_robin(Dur::from_ms(1));
    let program = forever(Op::Native(Dur::from_ms(1_000)));
    scenario.processes.push(process(0, Runtime::Native, (0..threads).map(|t| (t, program.clone()))));
    scenario
}

/// Four threads per process that compute in Python, wait for I/O and compute natively, for ever, at measured costs.
fn gil_and_io(threads: u16, cores: u8) -> Scenario {
    let mut scenario = Scenario::empty("bench");
    scenario.computer.cores = cores;
    scenario.computer.costs = CostSet::Measured;
    scenario.computer.policy = Policy::default();
    for p in 0..(threads / 4).min(64) {
        let share = threads / (threads / 4).min(64);
        let members = (p * share..(p + 1) * share).map(|t| {
            let length = |base: u64| Dur::from_us(base + 37 * u64::from(t % 11));
            let steps =
                [Op::Python(length(900)), Op::Io(length(2_000)), Op::Python(length(300)), Op::Native(length(700))];
            (t, vec![Op::Repeat { times: None, steps: steps.map(Into::into).to_vec() }.into()])
        });
        scenario.processes.push(process(p, Runtime::default(), members));
    }
    scenario
}

fn process(id: u16, runtime: Runtime, threads: impl Iterator<Item = (u16, Vec<gilscope::scenario::Step>)>) -> Process {
    let thread = |(t, program)| Thread {
        id: ThreadId(t),
        name: format!("T{t}"),
        start: Start::Launch,
        cores: CoreSet::ALL,
        interpreter: 0,
        share: Default::default(),
        program,
        extra: Extra::new(),
    };
    let threads = threads.map(thread).collect();
    Process {
        id: ProcessId(id),
        name: format!("p{id}"),
        start: Start::Launch,
        resources: Vec::new(),
        runtime,
        threads,
        extra: Extra::new(),
    }
}

/// A run of about this many records.
fn run_of(scenario: &Scenario, records: usize) -> Run {
    let mut run = Run::new(scenario);
    let mut ms = 8;
    while run.trace().len() < records && run.ending().is_none() {
        run.extend_to(Time::from_ms(ms));
        ms += ms / 4 + 1;
    }
    run
}

fn slices(run: &Run) -> usize {
    run.lanes().cores.iter().map(Vec::len).sum()
}

fn records(run: &Run) -> usize {
    run.trace().len()
}

fn report(what: &str, threads: u16, scenario: &Scenario, count: fn(&Run) -> usize) {
    let (mut rates, mut ratios) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let floor = floor(usize::from(threads), 2_000_000);
        let start = Instant::now();
        let run = run_of(scenario, 400_000);
        let rate = count(&run) as f64 / start.elapsed().as_secs_f64();
        black_box(&run);
        rates.push(rate / 1e6);
        ratios.push(rate / floor);
    }
    let (low, mid, high) = spread(ratios);
    println!("{what:44} {:>12.1} M {mid:>10.3} ({low:.3}–{high:.3})", spread(rates).1);
}

/// Steps per second of a bare tournament-tree loop over `n` deadlines.
fn floor(n: usize, steps: usize) -> f64 {
    let leaves = n.next_power_of_two();
    let mut tree = vec![u64::MAX; 2 * leaves];
    for i in 0..n {
        tree[leaves + i] = 1_000 + i as u64;
    }
    for i in (1..leaves).rev() {
        tree[i] = tree[2 * i].min(tree[2 * i + 1]);
    }
    let start = Instant::now();
    for _ in 0..steps {
        let earliest = tree[1];
        let mut node = 1;
        while node < leaves {
            node = if tree[2 * node] == earliest { 2 * node } else { 2 * node + 1 };
        }
        tree[node] = earliest + 1_000 + (earliest & 63);
        while node > 1 {
            node /= 2;
            tree[node] = tree[2 * node].min(tree[2 * node + 1]);
        }
    }
    black_box(&tree);
    steps as f64 / start.elapsed().as_secs_f64()
}

fn seek() {
    let run = run_of(&gil_and_io(64, 16), 1_000_000);
    let end = run.end().ns();
    let mut state = 1u64;
    let mut times = Vec::new();
    for _ in 0..2_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let time = Time::from_ns((state >> 11) % end);
        let start = Instant::now();
        black_box(run.seen(time));
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let (_, mid, worst) = spread(times);
    println!("seek in a run of {} records: median {mid:.3} ms, worst {worst:.3} ms", run.trace().len());
}

/// From a changed scenario to the new run of 16 threads on 4 cores over 10 s; the picture is measured in the browser.
fn edit() {
    let scenario = gil_and_io(16, 4);
    let mut times = Vec::new();
    let mut records = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let mut run = Run::new(&scenario);
        run.extend_to(Time::from_ms(10_000));
        times.push(start.elapsed().as_secs_f64() * 1e3);
        records = run.trace().len();
    }
    let (low, mid, high) = spread(times);
    println!("edit to new run, 16 threads, 4 cores, 10 s ({records} records): {mid:.1} ms ({low:.1}–{high:.1})");
}

fn spread(mut values: Vec<f64>) -> (f64, f64, f64) {
    values.sort_by(f64::total_cmp);
    (values[0], values[values.len() / 2], values[values.len() - 1])
}
