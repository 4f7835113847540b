//! Ready queues per core: where a thread enters, who takes from whom, and what evens them out.

use expect_test::expect;
use gilscope::engine::{Kind, Reason, Run};
use gilscope::explain::{sentence, status};
use gilscope::ids::{CoreId, ThreadId, ThreadIx};
use gilscope::metrics::Metrics;
use gilscope::scenario::model::Extra;
use gilscope::scenario::queues::{PerCore, PerCoreCompat};
use gilscope::scenario::{Claim, CostSet, Costs, Intervention, Policy, Queues, Runtime, Scenario, Share, What};
use gilscope::time::{Dur, Time};

use crate::build::{Build, chart, computer};

fn ms(ms: u64) -> Dur {
    Dur::from_ms(ms)
}

fn native(cores: u8, queues: PerCore, threads: &[(&str, u64, &str)]) -> Scenario {
    let mut scenario = computer(cores).process("app", Runtime::Native, threads);
    scenario.computer.queues = Queues::PerCore(queues);
    scenario
}

fn nobody_pulls() -> PerCore {
    PerCore { pull: false, ..PerCore::default() }
}

/// Every move: when, who, from which core's queue to which, and why.
fn moves(run: &Run) -> Vec<String> {
    let moves = run.trace().iter().filter(|r| r.kind() == Kind::Move);
    let line = |r: &gilscope::engine::Record| {
        let name = &run.plan().thread(r.thread()).name;
        let (from, to) = (r.object().expect("a core"), r.core().expect("a core").0);
        format!("{} {name} {from}→{to} {:?}", r.time(), r.reason())
    };
    moves.map(line).collect()
}

fn queue(run: &Run, time: Time, core: usize) -> String {
    let machine = run.seen(time);
    machine.queues()[core].threads.iter().map(|t| run.plan().thread(*t).name.as_str()).collect()
}

#[test]
fn new_threads_go_to_the_core_with_the_fewest_and_stay_there() {
    let threads = [("A", 0, "native 1ms"), ("B", 0, "native 5ms"), ("C", 0, "native 1ms"), ("D", 0, "native 1ms")];
    let run = native(2, nobody_pulls(), &threads).run();
    expect![[r#"
        core 0  AC------
        core 1  BBBBBD--
        A       N
        B       NNNNN
        C       .N
        D       .....N
    "#]]
    .assert_eq(&chart(&run, 8));
    assert_eq!((queue(&run, Time::ZERO, 0), queue(&run, Time::ZERO, 1)), ("C".into(), "D".into()));
}

#[test]
fn a_ready_thread_says_where_it_stands_in_the_queue_of_its_core() {
    let threads = [("A", 0, "native 5ms"), ("B", 0, "native 5ms"), ("C", 0, "native 1ms"), ("D", 0, "native 1ms")];
    let run = native(2, nobody_pulls(), &threads).run();
    let says = |i| status(&run, &run.seen(Time::ZERO), ThreadIx(i), Time::ZERO).detail;
    assert!(says(3).starts_with("It is alone in the ready queue of core 1. "), "{}", says(3));
    let threads = [&threads[..], &[("E", 0, "native 1ms"), ("F", 0, "native 1ms")]].concat();
    let run = native(2, nobody_pulls(), &threads).run();
    let says = status(&run, &run.seen(Time::ZERO), ThreadIx(5), Time::ZERO).detail;
    assert!(says.starts_with("It is number 2 of 2 in the ready queue of core 1. "), "{says}");
}

#[test]
fn a_core_about_to_idle_pulls_from_the_longest_queue() {
    let threads = [
        ("A", 0, "native 1ms"),
        ("B", 0, "native 2ms"),
        ("C", 0, "native 6ms"),
        ("D", 0, "native 1ms"),
        ("E", 0, "native 4ms"),
        ("F", 0, "native 2ms"),
        ("G", 0, "native 1ms"),
        ("H", 0, "native 2ms"),
        ("I", 0, "native 2ms"),
    ];
    let run = native(3, PerCore::default(), &threads).run();
    expect![[r#"
        core 0  ADGFFHH--
        core 1  BBEEEE---
        core 2  CCCCCCII-
        A       N
        B       NN
        C       NNNNNN
        D       .N
        E       ..NNNN
        F       ...NN
        G       ..N
        H       .....NN
        I       ......NN
    "#]]
    .assert_eq(&chart(&run, 9));
    expect![[r#"
        3 ms F 2→0 Pulled
        5 ms H 1→0 Pulled"#]]
    .assert_eq(&moves(&run).join("\n"));
    let moved = run.trace().iter().position(|r| r.kind() == Kind::Move).expect("a move");
    expect!["Nobody waits for core 0, so it takes F from the ready queue of core 2, the longest with one that may come: 2 wait there."]
        .assert_eq(&sentence(&run, moved));
    expect!["F is first in the ready queue of core 0, which is free, and gets it after 3 ms of waiting."]
        .assert_eq(&sentence(&run, moved + 1));
}

#[test]
fn of_equally_long_queues_it_is_that_of_the_lowest_core() {
    let threads = [
        ("A", 0, "native 9ms"),
        ("B", 0, "native 9ms"),
        ("C", 0, "native 1ms"),
        ("D", 0, "native 2ms"),
        ("E", 0, "native 2ms"),
    ];
    let run = native(3, PerCore::default(), &threads).run();
    assert_eq!(moves(&run), ["1 ms D 0→2 Pulled", "3 ms E 1→2 Pulled"]);
}

#[test]
fn it_takes_the_first_that_may_move_or_where_thieves_use_the_other_end_the_last() {
    let threads = [
        ("A", 0, "native 9ms"),
        ("C", 0, "native 1ms"),
        ("B", 0, "native 1ms"),
        ("F", 0, "native 1ms"),
        ("G", 0, "native 1ms"),
        ("D", 0, "native 2ms"),
        ("E", 0, "native 2ms"),
    ];
    let moved = |from_tail| {
        let mut scenario = native(2, PerCore { from_tail, ..PerCore::default() }, &threads);
        scenario = ["A", "C"].into_iter().fold(scenario, |s, name| s.pin(name, &[0]));
        moves(&["B", "F", "G"].into_iter().fold(scenario, |s, name| s.pin(name, &[1])).run())
    };
    assert_eq!(moved(false), ["3 ms D 0→1 Pulled", "5 ms E 0→1 Pulled"]);
    assert_eq!(moved(true), ["3 ms E 0→1 Pulled", "5 ms D 0→1 Pulled"]);
}

#[test]
fn without_pulling_a_core_idles_beside_the_queue_of_another() {
    let run =
        native(2, nobody_pulls(), &[("A", 0, "native 2ms"), ("B", 0, "native 1ms"), ("C", 0, "native 2ms")]).run();
    expect![[r#"
        core 0  AACC--
        core 1  B-----
        A       NN
        B       N
        C       ..NN
    "#]]
    .assert_eq(&chart(&run, 6));
}

#[test]
fn balancing_evens_out_ready_and_running_threads_but_moves_no_running_one() {
    let queues = PerCore { balance: Some(ms(4)), ..nobody_pulls() };
    let threads = [
        ("A", 0, "native 8ms"),
        ("B", 0, "native 1ms"),
        ("C", 0, "native 2ms"),
        ("D", 0, "native 1ms"),
        ("E", 0, "native 2ms"),
    ];
    let run = native(2, queues, &threads).run();
    expect![[r#"
        core 0  AAAAAAAAEE--
        core 1  BD--CC------
        A       NNNNNNNN
        B       N
        C       ....NN
        D       .N
        E       ........NN
    "#]]
    .assert_eq(&chart(&run, 12));
    expect!["4 ms C 0→1 Balanced"].assert_eq(&moves(&run).join("\n"));
    let moved = run.trace().iter().position(|r| r.kind() == Kind::Move).expect("a move");
    expect!["Every 4 ms the cores are evened out: C goes from the ready queue of core 0 to that of core 1."]
        .assert_eq(&sentence(&run, moved));
}

#[test]
fn who_is_preempted_when_queues_are_evened_out_is_evened_out_too() {
    let queues = PerCore { balance: Some(ms(2)), ..nobody_pulls() };
    let threads = [("Long", 0, "native 4ms"), ("Short", 2, "native 1ms")];
    // Switching takes time: otherwise the same instant goes on with another look at the queues.
    let costs = CostSet::Custom(Costs { switch: ms(1), ..Costs::default() });
    let run = native(2, queues, &threads).pin("Short", &[0]).policy(Policy::Srtf).costs(costs).run();
    assert_eq!(moves(&run), ["2 ms Long 0→1 Balanced"]);
    expect![[r#"
        core 0  LL/S----
        core 1  --LL----
        Long    NNNN
        Short     sN
    "#]]
    .assert_eq(&chart(&run, 8));
}

#[test]
fn a_thread_that_may_not_run_there_is_neither_pulled_nor_balanced() {
    let queues = PerCore { balance: Some(ms(1)), ..PerCore::default() };
    let threads = [("A", 0, "native 3ms"), ("B", 0, "native 1ms"), ("C", 0, "native 3ms"), ("D", 0, "native 3ms")];
    let run = native(2, queues, &threads).pin("A", &[0]).pin("C", &[0]).pin("D", &[0]).run();
    assert_eq!(moves(&run), [""; 0]);
    assert_eq!(run.end(), Time::from_ms(9));
}

#[test]
fn a_woken_thread_goes_back_to_its_core_if_that_idles_else_to_one_that_does() {
    let threads = [("A", 0, "native 1ms; io 2ms; native 2ms"), ("B", 0, "native 2ms"), ("C", 1, "native 5ms")];
    let run = native(2, nobody_pulls(), &threads).run();
    expect![[r#"
        core 0  ACCCCC--
        core 1  BB-AA---
        A       NiiNN
        B       NN
        C        NNNNN
    "#]]
    .assert_eq(&chart(&run, 8));
}

#[test]
fn if_none_idles_it_waits_for_its_own() {
    let threads = [("A", 0, "native 1ms; io 2ms; native 2ms"), ("B", 0, "native 6ms"), ("C", 1, "native 5ms")];
    let run = native(2, nobody_pulls(), &threads).run();
    expect![[r#"
        core 0  ACCCCCAA--
        core 1  BBBBBB----
        A       Nii...NN
        B       NNNNNN
        C        NNNNN
    "#]]
    .assert_eq(&chart(&run, 10));
}

#[test]
fn who_was_pulled_pays_for_the_migration_if_it_ran_elsewhere() {
    let costs = CostSet::Custom(Costs { migration: ms(1), ..Costs::default() });
    let threads = [("A", 0, "native 4ms"), ("B", 0, "native 3ms"), ("C", 0, "native 4ms")];
    let run = native(2, PerCore::default(), &threads).policy(Policy::round_robin(ms(2))).costs(costs).run();
    expect![[r#"
        core 0  AACCCC----
        core 1  BBB/AA----
        A       NN.sNN
        B       NNN
        C       ..NNNN
    "#]]
    .assert_eq(&chart(&run, 10));
    let migrations: Vec<u64> = Metrics::of(&run, run.end()).threads.iter().map(|t| t.migrations).collect();
    assert_eq!(migrations, [1, 0, 0]);
    let moved = run.trace().iter().position(|r| r.kind() == Kind::Move).expect("a move");
    assert_eq!(run.trace()[moved + 1].reason(), Reason::HeadOfQueue, "of the queue of that core");
}

#[test]
fn an_edit_sets_the_queues_and_a_thread_s_claim_and_refuses_what_cannot_be() {
    let scenario = native(2, nobody_pulls(), &[("A", 0, "native 1ms")]);
    let edit = scenario.with_queues(Queues::One).expect("an edit");
    assert_eq!(
        (edit.name.as_str(), &edit.scenario.computer.queues),
        ("Use one ready queue for all cores", &Queues::One)
    );
    let never = PerCore { balance: Some(Dur::ZERO), ..PerCore::default() };
    let problem = scenario.with_queues(Queues::PerCore(never)).expect_err("no time between");
    assert_eq!(problem.to_string(), "computer, queues, balance: 0 ms; it must be longer");

    let share = scenario.thread(ThreadId(0)).expect("a thread").1.share;
    let nice = share.with(Claim::Nice, " -5 ").expect("a number");
    assert_eq!((nice.nice, nice.text(Claim::Nice)), (-5, "-5".to_owned()));
    let refused = |claim, text| share.with(claim, text).expect_err("no such number");
    assert_eq!(refused(Claim::Tickets, "0"), "tickets: a whole number from 1 to 1000000");
    assert_eq!(refused(Claim::Nice, "-21"), "nice: a whole number from -20 to 19");
    assert_eq!(refused(Claim::Priority, "high"), "priority: a whole number from -32768 to 32767");
    let edit = scenario.with_share(ThreadId(0), nice, Claim::Nice).expect("an edit");
    assert_eq!(edit.name, "Set nice of A to -5");
    assert_eq!(edit.scenario.thread(ThreadId(0)).expect("a thread").1.share, nice);
    let none = Share { tickets: 0, ..share };
    assert!(scenario.with_share(ThreadId(0), none, Claim::Tickets).is_err(), "no tickets");
}

#[test]
fn the_victim_may_be_drawn_and_given_draws_come_first() {
    let threads = [
        ("A", 0, "native 9ms"),
        ("B", 0, "native 9ms"),
        ("C", 0, "native 1ms"),
        ("D", 0, "native 1ms"),
        ("E", 0, "native 1ms"),
    ];
    let run = |victims: Vec<u64>, seed| {
        let compat = PerCoreCompat { victims, ..PerCoreCompat::default() };
        let mut scenario = native(3, PerCore { random_victim: true, compat, ..PerCore::default() }, &threads);
        scenario.seed = seed;
        moves(&scenario.run())
    };
    assert_eq!(run(vec![1, 0], 0), ["1 ms E 1→2 Pulled", "2 ms D 0→2 Pulled"]);
    assert_eq!(run(vec![0, 1], 0), ["1 ms D 0→2 Pulled", "2 ms E 1→2 Pulled"]);
    let first: Vec<String> = (0..8).map(|seed| run(vec![], seed)[0].clone()).collect();
    assert!(["1 ms E 1→2 Pulled", "1 ms D 0→2 Pulled"].iter().all(|m| first.iter().any(|f| f == m)), "{first:?}");
    for none in [2, 64, 99] {
        assert_eq!(run(vec![none, none], 3).len(), 2, "what cannot be a victim is drawn anew");
    }
}

#[test]
fn who_loses_its_core_at_a_time_of_evening_out_goes_to_an_idle_one() {
    // B must take core 0 from A, which may run on both.
    let mut two = native(
        2,
        PerCore { balance: Some(ms(2)), ..nobody_pulls() },
        &[("A", 0, "native 4ms"), ("B", 2, "native 1ms")],
    );
    two = two.policy(Policy::Srtf).pin("B", &[0]);
    assert_eq!(moves(&two.run()), ["2 ms A 0→1 Balanced"]);
}

#[test]
fn in_the_reference_a_thread_with_a_list_of_cores_is_never_taken() {
    // `multi.py` looks at whether there is a list, not at what is in it.
    let compat = PerCoreCompat { peek: Some(ms(2)), pinned_stay: true, ..PerCoreCompat::default() };
    let threads = [("A", 0, "native 4ms"), ("B", 0, "native 1ms"), ("C", 0, "native 1ms")];
    let two = native(2, PerCore { compat, ..nobody_pulls() }, &threads);
    assert_eq!(moves(&two.clone().run()), ["2 ms C 0→1 Pulled"]);
    assert_eq!(moves(&two.pin("C", &[0, 1]).run()), [""; 0]);
}

#[test]
fn by_hand_a_thread_goes_to_any_core_and_within_its_own_queue() {
    let threads = [
        ("A", 0, "native 4ms"),
        ("B", 0, "native 4ms"),
        ("C", 0, "native 1ms"),
        ("D", 0, "native 1ms"),
        ("E", 0, "native 1ms"),
        ("F", 0, "native 1ms"),
    ];
    let mut scenario = native(2, nobody_pulls(), &threads);
    let by_hand = |ms, what| Intervention { at: Time::from_ms(ms), what, extra: Extra::new() };
    scenario.interventions.push(by_hand(1, What::Reorder { thread: ThreadId(5), to: 0 }));
    scenario.interventions.push(by_hand(2, What::RunHere { thread: ThreadId(2), core: CoreId(1) }));
    let run = scenario.run();
    expect![[r#"
        core 0  AAAAE---
        core 1  BBCBBFD-
        A       NNNN
        B       NN.NN
        C       ..N
        D       ......N
        E       ....N
        F       .....N
    "#]]
    .assert_eq(&chart(&run, 8));
    assert_eq!((queue(&run, Time::from_ms(1), 0), queue(&run, Time::from_ms(1), 1)), ("CE".into(), "FD".into()));
    assert_eq!(queue(&run, Time::from_ms(2), 1), "BFD", "who was displaced is first in the queue of its core");
    assert!(run.trace().iter().all(|r| r.kind() != Kind::Move), "that is no move between queues");
}
