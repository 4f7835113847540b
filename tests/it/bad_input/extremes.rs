//! The least and the greatest that is allowed: it runs, and it ends.

use gilscope::engine::{Ending, Limit, MAX_RECORDS, Run};
use gilscope::ids::{CoreId, ThreadId, ThreadIx};
use gilscope::scenario::policy::{Level, Mlfq, Stride};
use gilscope::scenario::{CoreSet, Op, PerCore, Policy, Queues, Runtime, Scenario, Setting, Share, Slot, Start, Step};
use gilscope::time::{Dur, MAX_NS, Time};

use crate::build::{Build, computer};

const LONGEST: Dur = Dur::from_ns(MAX_NS);

/// Sets each parameter to the least or the greatest it can be, by a bit each of `which`.
fn set(parameters: Vec<Setting<'_>>, which: u32) {
    for (i, parameter) in parameters.into_iter().enumerate() {
        let greatest = which >> i & 1 == 1;
        let length = if greatest { LONGEST } else { Dur::from_ns(1) };
        match parameter.slot {
            Slot::Length(slot) => *slot = length,
            Slot::Maybe(slot) => *slot = Some(length),
            Slot::Flag(slot) => *slot = greatest,
            Slot::Count(slot) => *slot = if greatest { u32::MAX } else { 1 },
            Slot::Levels(slot) => {
                *slot = vec![Level { quantum: length, allotment: if greatest { u32::MAX } else { 1 } }; 16];
            }
            Slot::Numbers(slot) => *slot = vec![if greatest { u64::MAX } else { 0 }; 4],
        }
    }
}

/// Forty threads that begin one after the other, with the greatest and the least claims: they yield, and two compute long.
fn crowd() -> Scenario {
    let mut scenario = computer(2).process("app", Runtime::Native, &[("T", 0, "native 1us")]);
    let first = scenario.processes[0].threads[0].clone();
    scenario.processes[0].threads = (0..40)
        .map(|i| {
            let mut thread = first.clone();
            thread.id = ThreadId(i);
            thread.name = format!("T{i}");
            thread.start = if i < 3 { Start::Launch } else { Start::At(Time::from_us(u64::from(i))) };
            let (nice, priority, tickets) = [(19, i16::MAX, 1), (-20, i16::MIN, 1_000_000)][usize::from(i % 5 == 0)];
            thread.share = Share { nice, priority, tickets };
            let long = Op::Native(if i == 39 { LONGEST } else { Dur::from_us(1) });
            let short: [Step; 3] =
                [Op::Native(Dur::from_ns(300)).into(), Op::Yield.into(), Op::Sleep(Dur::from_ns(1)).into()];
            thread.program = vec![Op::Repeat { times: Some(60), steps: short.to_vec() }.into(), long.into()];
            if i % 7 == 0 {
                thread.cores = CoreSet::from(vec![1]);
            }
            thread
        })
        .collect();
    scenario
}

#[test]
fn each_policy_runs_with_the_least_and_the_greatest_of_each_parameter() {
    for (key, _) in Policy::NAMES {
        let usual = || Policy::usual(key).expect("a policy");
        for which in 0..1 << usual().parameters().len() {
            let mut policy = usual();
            set(policy.parameters(), which);
            let scenario = crowd().policy(policy);
            assert_eq!(scenario.check(), Ok(()), "{key}, {which:b}");
            Run::new(&scenario).extend_past(Time::NEVER, 4_000);
        }
    }
}

#[test]
fn queues_per_core_run_with_the_least_and_the_greatest_of_each_parameter() {
    for which in 0..1 << PerCore::default().parameters().len() {
        let mut queues = PerCore::default();
        set(queues.parameters(), which);
        let mut scenario = crowd().policy(Policy::default());
        scenario.computer.queues = Queues::PerCore(queues);
        assert_eq!(scenario.check(), Ok(()), "{which:b}");
        Run::new(&scenario).extend_past(Time::NEVER, 2_000);
    }
}

#[test]
fn passes_are_in_proportion_to_tickets_also_with_the_largest_constant_and_the_shortest_quantum() {
    let policy = Policy::Stride(Stride { quantum: Dur::from_ns(1), constant: u32::MAX });
    let mut scenario = computer(1).process("app", Runtime::Native, &[("A", 0, "native 1ms"), ("B", 0, "native 1ms")]);
    scenario.processes[0].threads[0].share.tickets = 1;
    scenario.processes[0].threads[1].share.tickets = 3;
    let mut run = Run::new(&scenario.policy(policy));
    run.extend_to(Time::from_us(200));
    let lane = run.lanes().core(CoreId(0)).iter().filter(|s| s.thread == ThreadIx(0));
    let first: Dur = lane.map(|s| s.end.min(Time::from_us(200)) - s.start).sum();
    assert!((49_000..=51_000).contains(&first.ns()), "A has a quarter of 200 us: {first}");
}

#[test]
fn a_run_with_too_many_instants_at_which_nothing_is_recorded_ends_at_a_limit() {
    let levels = Mlfq { boost: Some(Dur::from_ns(1)), ..Mlfq::default() };
    let scenario = computer(1).python(&[("A", 0, "python 1000s")]).policy(Policy::Mlfq(levels));
    let mut run = Run::new(&scenario);
    run.extend_to(Time::NEVER);
    assert_eq!(run.ending(), Some(&Ending::LimitReached(Limit::Records)));
    let instants = run.end().ns() / MAX_RECORDS as u64;
    assert!((7..=8).contains(&instants), "eight of them count as a record: {instants}");
}
