//! Small random scenarios that pass [`Scenario::check`], for property tests.
//!
//! They are drawn without dependent choices: what refers to something else is drawn as a plain number and reduced to what
//! exists, so that they shrink to few processes, threads and ops. Lengths come from a coarse grid, so that things often
//! happen at the same instant, and now and then from beside it.

use gilscope::ids::{CoreId, ProcessId, ThreadId};
use gilscope::scenario::policy::{
    Cfs, Eevdf, Fcfs, Level, Lottery, LotteryCompat, Mlfq, MlfqCompat, Priority, RoundRobinCompat, Stride,
};
use gilscope::scenario::queues::{PerCore, PerCoreCompat};
use gilscope::scenario::{
    Computer, CoreSet, CostSet, Costs, Intervention, Op, Policy, Process, Queues, RoundRobin, Runtime, Scenario, Share,
    Start, Step, Texts, Thread, What,
};
use gilscope::time::{Dur, Time};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::proving::hold;

/// Scenarios whose programs all end: 1 to 4 cores, 1 to 3 processes with up to 4 threads each, all policies, queue layouts,
/// runtimes and cost sets, the ops that are about time, counted loops, pins, late starts, up to 3 interventions. A run has some hundred records.
pub(crate) fn scenarios() -> impl Strategy<Value = Scenario> {
    parts(false).prop_map(build)
}

/// The same, but about every third thread ends in an endless loop.
pub(crate) fn endless_scenarios() -> impl Strategy<Value = Scenario> {
    parts(true).prop_map(build)
}

/// The same scenarios, with what only a reference does: rules that other laws do not allow for, such as cores that idle.
pub(crate) fn quirky(scenarios: impl Strategy<Value = Scenario>) -> impl Strategy<Value = Scenario> {
    let numbers = vec(0u64..1_000_000, 0..=4);
    (scenarios, any::<[bool; 4]>(), prop::option::of(1u64..=20), numbers).prop_map(
        |(mut scenario, flags, peek, numbers)| {
            let [one, two, three, four] = flags;
            match &mut scenario.computer.policy {
                Policy::Fcfs(compat) => *compat = Fcfs { cyclic: one, io_preempts: two },
                Policy::RoundRobin(parameters) => {
                    let compat =
                        RoundRobinCompat { switch_out: one, aligned: two, by_core: three, ..Default::default() };
                    parameters.compat = compat;
                }
                Policy::Lottery(parameters) => {
                    parameters.compat = LotteryCompat { whole_quanta: one, draws: numbers.clone() };
                }
                _ => {}
            }
            if let Queues::PerCore(queues) = &mut scenario.computer.queues {
                let peek = peek.map(|halves| Dur::from_us(500 * halves));
                queues.compat = PerCoreCompat { peek, pinned_stay: three, deal: four, victims: numbers };
            }
            scenario
        },
    )
}

/// What is drawn for a scenario before references are resolved.
#[derive(Clone, Debug)]
struct Parts {
    cores: u8,
    policy: Policy,
    queues: Queues,
    costs: CostSet,
    processes: Vec<ProcessParts>,
    interventions: Vec<(Time, usize, u8)>,
    ids: Ids,
    seed: u64,
}

#[derive(Clone, Debug)]
struct ProcessParts {
    runtime: Runtime,
    start: Start,
    threads: Vec<ThreadParts>,
}

#[derive(Clone, Debug)]
struct ThreadParts {
    start: Start,
    /// A bit per core; none of the computer's means all.
    cores: u8,
    share: Share,
    interpreter: u8,
    program: Vec<Step>,
}

/// How ids are given: with gaps, and against the order in which threads are drawn, or not.
#[derive(Clone, Copy, Debug)]
struct Ids {
    first: u16,
    step: u16,
    falling: bool,
}

impl Ids {
    fn of(self, i: usize, n: usize) -> u16 {
        let rank = if self.falling { n - 1 - i } else { i };
        self.first + rank as u16 * self.step
    }
}

fn parts(endless: bool) -> impl Strategy<Value = Parts> {
    let ids = (0u16..3, 1u16..3, any::<bool>()).prop_map(|(first, step, falling)| Ids { first, step, falling });
    let interventions = vec((time(40), 0usize..16, 0u8..4), 0..=3);
    (1u8..=4, (policy(), queues()), costs(), vec(process(endless), 1..=3), interventions, ids, 0u64..3).prop_map(
        |(cores, (policy, queues), costs, processes, interventions, ids, seed)| Parts {
            cores,
            policy,
            queues,
            costs,
            processes,
            interventions,
            ids,
            seed,
        },
    )
}

fn policy() -> impl Strategy<Value = Policy> {
    prop_oneof![
        1 => Just(Policy::FCFS),
        3 => (quantum(), any::<bool>()).prop_map(|(quantum, expired_first)| {
            Policy::RoundRobin(RoundRobin { quantum, expired_first, ..RoundRobin::default() })
        }),
        1 => quantum().prop_map(|quantum| Policy::Lottery(Lottery { quantum, ..Lottery::default() })),
        1 => (quantum(), 1u32..=2_000).prop_map(|(quantum, constant)| Policy::Stride(Stride { quantum, constant })),
        1 => Just(Policy::Sjf),
        1 => Just(Policy::Srtf),
        2 => priority(),
        2 => mlfq(),
        1 => (cost(), cost(), cost(), tick()).prop_map(|(latency, min_granularity, wakeup_granularity, tick)| {
            let [latency, min_granularity, wakeup_granularity] =
                [latency, min_granularity, wakeup_granularity].map(|d| d + Dur::from_us(100));
            Policy::Cfs(Cfs { latency, min_granularity, wakeup_granularity, tick })
        }),
        1 => (cost(), tick(), any::<bool>()).prop_map(|(base_slice, tick, run_to_parity)| {
            Policy::Eevdf(Eevdf { base_slice: base_slice + Dur::from_us(400), tick, run_to_parity })
        }),
    ]
}

/// None, of whole milliseconds, or an odd one.
fn tick() -> impl Strategy<Value = Option<Dur>> {
    prop::sample::select(vec![None, Some(Dur::from_ms(1)), Some(Dur::from_ms(4)), Some(Dur::from_us(300))])
}

fn queues() -> impl Strategy<Value = Queues> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    let per_core = (flags, prop::option::of(1u64..=20)).prop_map(|((pull, random_victim, from_tail), balance)| {
        let balance = balance.map(|halves| Dur::from_us(500 * halves));
        Queues::PerCore(PerCore { pull, random_victim, from_tail, balance, ..PerCore::default() })
    });
    prop_oneof![2 => Just(Queues::One), 1 => per_core]
}

fn quantum() -> impl Strategy<Value = Dur> {
    (1u64..=12).prop_map(|halves| Dur::from_us(500 * halves))
}

fn priority() -> impl Strategy<Value = Policy> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (flags, prop::option::of(quantum()), prop::option::of(quantum())).prop_map(
        |((preemptive, higher_number_first, preempted_first), quantum, aging)| {
            Policy::Priority(Priority { preemptive, quantum, higher_number_first, aging, preempted_first })
        },
    )
}

fn mlfq() -> impl Strategy<Value = Policy> {
    let level = (quantum(), 1u32..=3).prop_map(|(quantum, allotment)| Level { quantum, allotment });
    let boost = prop::option::of((1u64..=20).prop_map(Dur::from_ms));
    (vec(level, 1..=4), boost, any::<bool>(), any::<bool>()).prop_map(|(levels, boost, stay_on_io, io_bump)| {
        Policy::Mlfq(Mlfq { levels, boost, compat: MlfqCompat { stay_on_io, io_bump } })
    })
}

/// What policies go by: often all the same.
fn share() -> impl Strategy<Value = Share> {
    let some = (-20i8..=19, -2i16..=2, 1u32..=300);
    let some = some.prop_map(|(nice, priority, tickets)| Share { nice, priority, tickets });
    prop_oneof![1 => Just(Share::default()), 2 => some]
}

fn costs() -> impl Strategy<Value = CostSet> {
    prop_oneof![
        Just(CostSet::Textbook),
        Just(CostSet::SlowMotion),
        Just(CostSet::Measured),
        prop::collection::vec(cost(), Costs::NAMES.len()).prop_map(|given| {
            let mut costs = Costs::default();
            costs.each_mut().into_iter().zip(given).for_each(|(cost, given)| *cost = given);
            // It comes with each 20 to 4,000 µs of Python, and so is a factor.
            costs.gil_check = Dur::from_ns(costs.gil_check.ns() / 100);
            CostSet::Custom(costs)
        }),
    ]
}

fn cost() -> impl Strategy<Value = Dur> {
    prop_oneof![2 => Just(Dur::ZERO), 1 => (1u64..=10).prop_map(|n| Dur::from_us(100 * n))]
}

fn process(endless: bool) -> impl Strategy<Value = ProcessParts> {
    let runtime = prop_oneof![
        3 => prop::sample::select(vec![500u64, 1_000, 2_000, 5_000])
            .prop_map(|us| Runtime::cpython(Dur::from_us(us))),
        1 => Just(Runtime::Native),
        1 => prop::sample::select(vec![1_000u64, 5_000])
            .prop_map(|us| Runtime::Subinterpreters { switch_interval: Dur::from_us(us) }),
        1 => prop::sample::select(vec![500u32, 1_000, 10_000, 100_000])
            .prop_map(|check_interval| Runtime::Cpython2 { check_interval }),
        1 => prop::sample::select(vec![0u16, 10, 25, 1_000]).prop_map(Runtime::free_threaded),
    ];
    (runtime, start(), vec(thread(endless), 1..=4)).prop_map(|(runtime, start, threads)| ProcessParts {
        runtime,
        start,
        threads,
    })
}

fn thread(endless: bool) -> impl Strategy<Value = ThreadParts> {
    let cores = prop_oneof![3 => Just(0u8), 1 => 1u8..16];
    let tail = vec(step(), 1..=3).prop_map(move |steps| {
        let last = Op::Repeat { times: None, steps: with_length(steps) };
        Some(Step::from(last)).filter(|_| endless)
    });
    let tail = prop_oneof![2 => Just(None), 1 => tail];
    let claim = (0u8..3, share());
    (start(), cores, claim, vec(step(), 0..=5), tail).prop_map(
        |(start, cores, (interpreter, share), mut program, tail)| {
            program.extend(tail);
            ThreadParts { start, cores, interpreter, share, program }
        },
    )
}

fn start() -> impl Strategy<Value = Start> {
    prop_oneof![3 => Just(Start::Launch), 1 => time(12).prop_map(Start::At)]
}

/// A time up to `ms` milliseconds.
fn time(ms: u64) -> impl Strategy<Value = Time> {
    prop_oneof![3 => (0..=ms).prop_map(Time::from_ms), 1 => (0..=ms * 1_000).prop_map(Time::from_us)]
}

fn length() -> impl Strategy<Value = Dur> {
    prop_oneof![
        1 => Just(Dur::ZERO),
        6 => (1u64..=12).prop_map(Dur::from_ms),
        2 => (1u64..=9_000).prop_map(Dur::from_us),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let timed = (prop::sample::select(vec!["python", "python", "io", "native", "extension", "sleep"]), length())
        .prop_map(|(name, length)| Op::timed(name, length).expect("a timed op"));
    let op = timed.prop_recursive(2, 6, 3, |inner| {
        let steps = vec(inner.prop_map(Step::from), 0..=3);
        (0u32..=4, steps).prop_map(|(times, steps)| Op::Repeat { times: Some(times), steps: with_length(steps) })
    });
    (op, prop::option::weighted(0.2, 1u32..40)).prop_map(|(op, line)| Step { line, ..op.into() })
}

/// A loop must take time: one that may not gets an op that does.
fn with_length(mut steps: Vec<Step>) -> Vec<Step> {
    fn takes_time(step: &Step) -> bool {
        match &step.op {
            Op::Repeat { times, steps } => *times != Some(0) && steps.iter().any(takes_time),
            op => op.length().is_some_and(|d| !d.is_zero()),
        }
    }
    if !steps.iter().any(takes_time) {
        steps.push(Op::Python(Dur::from_ms(1)).into());
    }
    steps
}

fn build(parts: Parts) -> Scenario {
    let Parts { cores, policy, queues, costs, processes, interventions, ids, seed } = parts;
    let n_processes = processes.len();
    let n_threads: usize = processes.iter().map(|p| p.threads.len()).sum();
    let mut nth = 0;
    let mut thread = |parts: ThreadParts| {
        let id = ThreadId(ids.of(nth, n_threads));
        nth += 1;
        let list: Vec<u8> = (0..cores).filter(|c| parts.cores & (1 << c) != 0).collect();
        let cores = if list.is_empty() { CoreSet::ALL } else { CoreSet::from(list) };
        let name = format!("T{nth}");
        Thread {
            id,
            name,
            start: parts.start,
            cores,
            interpreter: parts.interpreter,
            share: parts.share,
            program: parts.program,
            extra: Default::default(),
        }
    };
    let processes = processes.into_iter().enumerate().map(|(i, parts)| Process {
        id: ProcessId(ids.of(i, n_processes)),
        name: format!("P{}", i + 1),
        start: parts.start,
        resources: Vec::new(),
        runtime: parts.runtime,
        threads: parts.threads.into_iter().map(&mut thread).collect(),
        extra: Default::default(),
    });
    let processes = processes.collect();
    let interventions = interventions.into_iter().map(|(at, thread, core)| {
        let thread = ThreadId(ids.of(thread % n_threads, n_threads));
        Intervention { at, what: What::RunHere { thread, core: CoreId(core % cores) }, extra: Default::default() }
    });
    let interventions = interventions.collect();
    Scenario {
        texts: Texts::default(),
        computer: Computer { cores, policy, queues, costs, ..Computer::default() },
        processes,
        interventions,
        seed,
        ..Scenario::empty("random")
    }
}

#[test]
fn random_scenarios_pass_the_check() {
    hold(quirky(prop_oneof![scenarios(), endless_scenarios()]), |scenario| {
        prop_assert_eq!(scenario.check(), Ok(()));
        Ok(())
    });
}
