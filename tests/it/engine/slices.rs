//! Where slices end, and what counts at the instant at which one does.

use expect_test::expect;
use gilscope::ids::{CoreId, ThreadId};
use gilscope::scenario::model::Extra;
use gilscope::scenario::policy::{Mlfq, Priority, RoundRobinCompat};
use gilscope::scenario::queues::PerCore;
use gilscope::scenario::{CostSet, Costs, Intervention, Policy, Queues, RoundRobin, Runtime, Scenario, What};
use gilscope::time::{Dur, Time};

use crate::build::{Build, chart, computer};

fn native(cores: u8, policy: Policy, threads: &[(&str, u64, &str)]) -> Scenario {
    computer(cores).policy(policy).process("app", Runtime::Native, threads)
}

#[test]
fn a_newcomer_does_not_renew_the_rest_of_a_slice() {
    // Quantum 4 ms. At 1 ms B is put on core 0 by hand, and A keeps 3 ms of its slice, from 3 to 6 ms. At 4 ms Z leaves its
    // core, and X goes on with a new slice; at 5 ms Y and C come for the cores of X and A.
    let threads = [
        ("A", 0, "native 6ms"),
        ("B", 0, "native 2ms"),
        ("X", 0, "native 9ms"),
        ("Z", 0, "native 4ms"),
        ("Y", 5, "native 1ms"),
        ("C", 5, "native 2ms"),
        ("V", 0, "native 9ms"),
    ];
    let pins = [("A", 0), ("B", 0), ("X", 1), ("Z", 2), ("Y", 1), ("C", 0), ("V", 3)];
    let scenario = native(4, Policy::round_robin(Dur::from_ms(4)), &threads);
    let mut scenario = pins.into_iter().fold(scenario, |s, (name, core)| s.pin(name, &[core]));
    let what = What::RunHere { thread: ThreadId(1), core: CoreId(0) };
    scenario.interventions.push(Intervention { at: Time::from_ms(1), what, extra: Extra::new() });
    expect![[r#"
        core 0  ABBAAACCAA-
        core 1  XXXXXXXXYX-
        core 2  ZZZZ-------
        core 3  VVVVVVVVV--
        A       N..NNN..NN
        B       .NN
        X       NNNNNNNN.N
        Z       NNNN
        Y            ...N
        C            .NN
        V       NNNNNNNNN
    "#]]
    .assert_eq(&chart(&scenario.clone().run(), 11));
    // Also where only C comes.
    scenario.processes[0].threads.retain(|thread| thread.name != "Y");
    let run = scenario.run();
    assert!(chart(&run, 11).starts_with("core 0  ABBAAACCAA-"));
    assert_eq!(run.seen(Time::from_ms(4)).slice_end(run.plan(), CoreId(0)), Some(Time::from_ms(6)));
}

#[test]
fn slices_of_a_thread_that_was_alone_end_again_whatever_other_cores_do() {
    // Quantum 2 ms. X leaves core 2 at 3 ms; C comes to core 0 at 5 ms, D to core 1 at 7 ms.
    let threads = [
        ("A", 0, "native 12ms"),
        ("B", 0, "native 12ms"),
        ("X", 0, "native 3ms"),
        ("C", 5, "native 1ms"),
        ("D", 7, "native 1ms"),
    ];
    let pins = [("A", 0), ("B", 1), ("X", 2), ("C", 0), ("D", 1)];
    let scenario = native(3, Policy::round_robin(Dur::from_ms(2)), &threads);
    let run = pins.into_iter().fold(scenario, |s, (name, core)| s.pin(name, &[core])).run();
    expect![[r#"
        core 0  AAAAAACAAAAAA-
        core 1  BBBBBBBBDBBBB-
        core 2  XXX-----------
        A       NNNNNN.NNNNNN
        B       NNNNNNNN.NNNN
        X       NNN
        C            .N
        D              .N
    "#]]
    .assert_eq(&chart(&run, 14));
}

#[test]
fn of_those_that_give_way_alike_it_is_the_lowest_core() {
    let three = [("A", 0, "native 4ms"), ("B", 0, "native 4ms"), ("C", 1, "native 1ms")];
    expect![[r#"
        core 0  ACAAA-
        core 1  BBBB--
        A       N.NNN
        B       NNNN
        C        N
    "#]]
    .assert_eq(&chart(&native(2, Policy::Srtf, &three).run(), 6));
}

#[test]
fn inside_a_level_who_comes_as_a_slice_ends_is_queued_first() {
    let policy = Policy::Priority(Priority { quantum: Some(Dur::from_ms(2)), ..Priority::default() });
    let three = [("A", 0, "native 4ms"), ("B", 0, "native 4ms"), ("C", 2, "native 2ms")];
    expect![[r#"
        core 0  AABBCCAABB-
        A       NN....NN
        B       ..NN....NN
        C         ..NN
    "#]]
    .assert_eq(&chart(&native(1, policy, &three).run(), 11));
}

#[test]
fn each_core_that_switches_after_a_stay_is_free_again_after_it() {
    let costs = CostSet::Custom(Costs { switch: Dur::from_ms(1), ..Costs::default() });
    let compat = RoundRobinCompat { switch_out: true, ..RoundRobinCompat::default() };
    let policy = Policy::RoundRobin(RoundRobin { quantum: Dur::from_ms(2), compat, ..RoundRobin::default() });
    let two = [("A", 0, "native 4ms"), ("B", 0, "native 4ms")];
    expect![[r#"
        core 0  AA-AA--
        core 1  BB-BB--
        A       NN.NN
        B       NN.NN
    "#]]
    .assert_eq(&chart(&native(2, policy, &two).costs(costs).run(), 7));
}

#[test]
fn on_a_core_with_its_own_queue_slices_count_again_once_somebody_comes() {
    // Quantum 2 ms. B has had slice after slice on core 1 since 0 ms; C comes at 5 ms.
    let three = [("A", 0, "native 12ms"), ("B", 0, "native 8ms"), ("C", 5, "native 2ms")];
    let mut scenario = native(2, Policy::round_robin(Dur::from_ms(2)), &three).pin("B", &[1]).pin("C", &[1]);
    scenario.computer.queues = Queues::PerCore(PerCore::default());
    expect![[r#"
        core 0  AAAAAAAAAAAA-
        core 1  BBBBBBCCBB---
        A       NNNNNNNNNNNN
        B       NNNNNN..NN
        C            .NN
    "#]]
    .assert_eq(&chart(&scenario.clone().run(), 13));
    let run = scenario.run();
    assert_eq!(run.seen(Time::from_ms(3)).slice_end(run.plan(), CoreId(1)), Some(Time::from_ms(4)));
}

#[test]
fn a_newcomer_takes_the_core_of_its_own_queue() {
    let three = [("A", 0, "native 9ms"), ("B", 0, "native 5ms"), ("C", 2, "native 1ms")];
    let mut scenario = native(2, Policy::Srtf, &three).pin("C", &[1]);
    scenario.computer.queues = Queues::PerCore(PerCore::default());
    expect![[r#"
        core 0  AAAAAAAAA-
        core 1  BBCBBB----
        A       NNNNNNNNN
        B       NN.NNN
        C         N
    "#]]
    .assert_eq(&chart(&scenario.run(), 10));
}

#[test]
fn who_comes_at_the_end_of_a_switch_goes_before_whom_the_core_switches_away_from() {
    let costs = CostSet::Custom(Costs { switch: Dur::from_ms(2), ..Costs::default() });
    let run = |expired_first, comes| {
        let compat = RoundRobinCompat { switch_out: true, ..RoundRobinCompat::default() };
        let policy = RoundRobin { quantum: Dur::from_ms(2), expired_first, compat };
        let two = [("A", 0, "native 4ms"), ("B", comes, "native 1ms")];
        let chart = chart(&native(1, Policy::RoundRobin(policy), &two).costs(costs).run(), 12);
        chart.lines().next().expect("core 0").to_owned()
    };
    assert_eq!(run(false, 4), "core 0  AA--B--AA---");
    assert_eq!(run(true, 4), "core 0  AA--AA--B---");
    assert_eq!(run(true, 3), "core 0  AA--B--AA---", "before it is over");
}

#[test]
fn given_orders_of_cores_count_at_their_times() {
    let compat = RoundRobinCompat { core_orders: vec![0, 1, 0], ..RoundRobinCompat::default() };
    let policy = RoundRobin { quantum: Dur::from_ms(9), compat, ..RoundRobin::default() };
    let run = native(2, Policy::RoundRobin(policy), &[("A", 0, "native 1ms"), ("B", 0, "native 1ms")]).run();
    assert!(chart(&run, 2).starts_with("core 0  B-\ncore 1  A-\n"));
}

#[test]
fn a_boost_amid_a_switch_ends_no_slice_that_has_not_begun() {
    // Quantum 1 ms. The boosts at 7 and 14 ms come amid switches.
    let mut mlfq = Mlfq { boost: Some(Dur::from_ms(7)), ..Mlfq::default() };
    mlfq.levels.iter_mut().for_each(|level| level.quantum = Dur::from_ms(1));
    let costs = CostSet::Custom(Costs { switch: Dur::from_ms(3), ..Costs::default() });
    let two = [("A", 0, "native 4ms"), ("B", 0, "native 4ms")];
    expect![[r#"
        core 0  A///B///A///B///A///
        A       N....sssN....sssN...
        B       .sssN....sssN....sss
    "#]]
    .assert_eq(&chart(&native(1, Policy::Mlfq(mlfq), &two).costs(costs).run(), 20));
}
