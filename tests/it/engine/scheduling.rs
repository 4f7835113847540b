//! The operating system's part: ready queue, slices, cores, costs, and threads put on a core by hand.

use expect_test::expect;
use gilscope::engine::{Ending, Kind, Limit, Place, Reason, Run};
use gilscope::ids::{CoreId, ThreadId, ThreadIx};
use gilscope::scenario::model::Extra;
use gilscope::scenario::policy::RoundRobinCompat;
use gilscope::scenario::{CostSet, Costs, Intervention, Op, Policy, RoundRobin, Runtime, Scenario, What};
use gilscope::time::{Dur, MAX_NS, Time};

use crate::build::{Build, chart, computer};

fn native(cores: u8, threads: &[(&str, u64, &str)]) -> Scenario {
    computer(cores).process("app", Runtime::Native, threads)
}

fn round_robin(ms: u64) -> Policy {
    Policy::round_robin(Dur::from_ms(ms))
}

fn run_here(mut scenario: Scenario, at: Time, thread: u16, core: u8) -> Scenario {
    let what = What::RunHere { thread: ThreadId(thread), core: CoreId(core) };
    scenario.interventions.push(Intervention { at, what, extra: Extra::new() });
    scenario
}

#[test]
fn first_come_first_served_runs_to_completion() {
    let run = native(1, &[("A", 0, "native 4ms"), ("B", 1, "native 2ms"), ("C", 2, "native 1ms")]).run();
    expect![[r#"
        core 0  AAAABBC-
        A       NNNN
        B        ...NN
        C         ....N
    "#]]
    .assert_eq(&chart(&run, 8));
}

#[test]
fn round_robin_takes_turns_of_one_quantum() {
    let run = native(1, &[("A", 0, "native 5ms"), ("B", 0, "native 3ms")]).policy(round_robin(2)).run();
    expect![[r#"
        core 0  AABBAABA-
        A       NN..NN.N
        B       ..NN..N
    "#]]
    .assert_eq(&chart(&run, 9));
}

#[test]
fn at_one_instant_an_arrival_is_queued_before_the_expired_thread() {
    let scenario = native(1, &[("A", 0, "native 4ms"), ("B", 2, "native 2ms")]).policy(round_robin(2));
    expect![[r#"
        core 0  AABBAA-
        A       NN..NN
        B         NN
    "#]]
    .assert_eq(&chart(&scenario.run(), 7));
}

#[test]
fn or_behind_it_where_a_textbook_says_so() {
    let policy =
        Policy::RoundRobin(RoundRobin { quantum: Dur::from_ms(2), expired_first: true, ..RoundRobin::default() });
    let three = [("A", 0, "native 4ms"), ("B", 0, "native 4ms"), ("C", 2, "native 1ms")];
    let expired_first = native(1, &three).policy(policy).run();
    let arrival_first = native(1, &three).policy(round_robin(2)).run();
    expect![[r#"
        core 0  AABBAACBB-
        A       NN..NN
        B       ..NN...NN
        C         ....N
    "#]]
    .assert_eq(&chart(&expired_first, 10));
    expect![[r#"
        core 0  AABBCAABB-
        A       NN...NN
        B       ..NN...NN
        C         ..N
    "#]]
    .assert_eq(&chart(&arrival_first, 10));
}

#[test]
fn a_textbook_switches_after_every_stay_and_queues_who_goes_on_behind_who_came_meanwhile() {
    let costs = CostSet::Custom(Costs { switch: Dur::from_ms(2), ..Costs::default() });
    let compat = RoundRobinCompat { switch_out: true, ..RoundRobinCompat::default() };
    let policy = Policy::RoundRobin(RoundRobin { quantum: Dur::from_ms(2), compat, ..RoundRobin::default() });
    let three = [("A", 0, "native 6ms"), ("B", 7, "native 1ms"), ("C", 15, "native 1ms")];
    let run = native(1, &three).policy(policy).costs(costs).run();
    expect![[r#"
        core 0  AA--AA--B--AA--C----
        A       NN..NN.....NN
        B              .N
        C                      N
    "#]]
    .assert_eq(&chart(&run, 20));
}

#[test]
fn a_switch_costs_time_and_a_lone_thread_pays_none() {
    let costs = CostSet::Custom(Costs { switch: Dur::from_ms(1), ..Costs::default() });
    let two = native(1, &[("A", 0, "native 4ms"), ("B", 0, "native 4ms")]).policy(round_robin(2)).costs(costs).run();
    expect![[r#"
        core 0  AA/BB/AA/BB-
        A       NN...sNN
        B       ..sNN...sNN
    "#]]
    .assert_eq(&chart(&two, 12));
    assert_eq!(two.seen(Time::from_us(2_500)).burst_end(CoreId(0)), Time::from_ms(3), "amid the first switch");
    let one = native(1, &[("A", 0, "native 8ms")]).policy(round_robin(2)).costs(costs).run();
    assert_eq!(one.end(), Time::from_ms(8));
}

#[test]
fn from_idle_a_core_pays_no_switch() {
    let costs = CostSet::Custom(Costs { switch: Dur::from_ms(1), ..Costs::default() });
    let run = native(1, &[("A", 0, "native 2ms"), ("B", 4, "native 2ms")]).costs(costs).run();
    expect![[r#"
        core 0  AA--BB-
        A       NN
        B           NN
    "#]]
    .assert_eq(&chart(&run, 7));
}

#[test]
fn a_thread_prefers_its_last_core_and_takes_another_if_that_is_busy() {
    let run =
        native(2, &[("A", 0, "native 1ms; io 4ms; native 2ms"), ("B", 0, "native 2ms"), ("C", 3, "native 4ms")]).run();
    expect![[r#"
        core 0  A--CCCC--
        core 1  BB---AA--
        A       NiiiiNN
        B       NN
        C          NNNN
    "#]]
    .assert_eq(&chart(&run, 9));
    let of_a = run.trace().iter().filter(|r| r.kind() == Kind::Dispatch && r.thread() == ThreadIx(0));
    assert_eq!(of_a.map(|r| r.reason()).collect::<Vec<_>>(), [Reason::HeadOfQueue, Reason::OtherCore]);
}

#[test]
fn a_pinned_thread_waits_for_its_core_while_another_is_idle() {
    let run = native(2, &[("A", 0, "native 3ms"), ("B", 0, "native 2ms")]).pin("A", &[0]).pin("B", &[0]).run();
    expect![[r#"
        core 0  AAABB-
        core 1  ------
        A       NNN
        B       ...NN
    "#]]
    .assert_eq(&chart(&run, 6));
}

#[test]
fn a_pinned_thread_lets_those_behind_it_pass() {
    let run = native(2, &[("A", 0, "native 3ms"), ("B", 0, "native 2ms"), ("C", 0, "native 2ms")])
        .pin("A", &[0])
        .pin("B", &[0])
        .run();
    expect![[r#"
        core 0  AAABB-
        core 1  CC----
        A       NNN
        B       ...NN
        C       NN
    "#]]
    .assert_eq(&chart(&run, 6));
    let passed = run.trace().iter().find(|r| r.reason() == Reason::OthersPinned).expect("C passes B");
    assert_eq!(passed.thread(), ThreadIx(2));
}

#[test]
fn the_end_of_an_io_takes_a_moment_to_be_noticed() {
    let costs = CostSet::Custom(Costs { io_end: Dur::from_ms(1), ..Costs::default() });
    let run = native(1, &[("A", 0, "native 1ms; io 2ms; native 1ms; sleep 2ms")]).costs(costs).run();
    expect![[r#"
        core 0  A---A----
        A       NiiwNzzw
    "#]]
    .assert_eq(&chart(&run, 9));
}

#[test]
fn loops_repeat_their_steps() {
    let mut scenario = native(1, &[("A", 0, "native 1ms")]);
    let body = crate::build::program("native 1ms; io 1ms");
    let inner = Op::Repeat { times: Some(2), steps: body }.into();
    let steps = vec![inner, Op::Native(Dur::from_ms(2)).into()];
    scenario.thread_mut(ThreadId(0)).unwrap().program = vec![Op::Repeat { times: Some(2), steps }.into()];
    expect![[r#"
        core 0  A-A-AAA-A-AA--
        A       NiNiNNNiNiNN
    "#]]
    .assert_eq(&chart(&scenario.run(), 14));
}

#[test]
fn run_here_now_displaces_the_runner_which_keeps_the_rest_of_its_slice() {
    // Quantum 4 ms. At 1 ms C is put on core 0: A has 3 ms of its slice left and is first in the queue, before B.
    let scenario = native(1, &[("A", 0, "native 6ms"), ("B", 0, "native 2ms"), ("C", 0, "native 2ms")]);
    let run = run_here(scenario.policy(round_robin(4)), Time::from_ms(1), 2, 0).run();
    expect![[r#"
        core 0  ACCAAABBAA-
        A       N..NNN..NN
        B       ......NN
        C       .NN
    "#]]
    .assert_eq(&chart(&run, 11));
}

#[test]
fn run_here_now_moves_a_running_thread() {
    let scenario = native(2, &[("A", 0, "native 4ms"), ("B", 0, "native 4ms")]);
    let run = run_here(scenario, Time::from_ms(2), 0, 1).run();
    expect![[r#"
        core 0  AABB--
        core 1  BBAA--
        A       NNNN
        B       NNNN
    "#]]
    .assert_eq(&chart(&run, 6));
}

#[test]
fn two_threads_change_places_by_hand_at_one_instant() {
    let scenario = native(2, &[("A", 0, "native 5ms"), ("B", 0, "native 4ms")]);
    let there = run_here(scenario, Time::from_ms(2), 0, 1);
    let run = run_here(there, Time::from_ms(2), 1, 0).run();
    expect![[r#"
        core 0  AABB---
        core 1  BBAAA--
        A       NNNNN
        B       NNNN
    "#]]
    .assert_eq(&chart(&run, 7));
}

#[test]
fn an_intervention_that_is_not_possible_any_more_is_skipped_with_its_reason() {
    let cases = [
        ("io 5ms", &[][..], 0, Reason::NotReady),
        ("native 5ms", &[][..], 0, Reason::AlreadyThere),
        ("native 5ms", &[0][..], 1, Reason::NotAllowedThere),
    ];
    for (program, pin, core, reason) in cases {
        let mut scenario = native(2, &[("A", 0, program)]);
        if !pin.is_empty() {
            scenario = scenario.pin("A", pin);
        }
        let run = run_here(scenario, Time::from_ms(1), 0, core).run();
        let skipped: Vec<_> = run.trace().iter().filter(|r| r.kind() == Kind::SkipIntervention).collect();
        assert_eq!(skipped.len(), 1, "{program}");
        assert_eq!(skipped[0].reason(), reason, "{program}");
        assert_eq!(run.ending(), Some(&Ending::AllFinished));
    }
}

#[test]
fn a_run_without_end_stops_at_its_limit_with_everything_kept() {
    let mut scenario = native(1, &[("A", 0, "native 1ms"), ("B", 0, "native 1ms")]).policy(round_robin(1));
    for id in [ThreadId(0), ThreadId(1)] {
        let steps = crate::build::program("native 1ms");
        scenario.thread_mut(id).unwrap().program = vec![Op::Repeat { times: None, steps }.into()];
    }
    let mut run = Run::new(&scenario);
    run.extend_to(Time::from_ms(u64::MAX / 2_000_000));
    assert_eq!(run.ending(), Some(&Ending::LimitReached(Limit::Records)));
    assert!(run.trace().len() >= gilscope::engine::MAX_RECORDS);
    let place = run.seen(Time::from_ms(3)).thread(ThreadIx(1)).place;
    assert!(matches!(place, Place::Running(_)), "{place:?}");
}

#[test]
fn a_run_ends_at_the_longest_time_although_more_would_come_after_it() {
    let mut scenario = native(1, &[("A", 0, "")]);
    let longest = Op::Sleep(Dur::from_ns(MAX_NS));
    scenario.thread_mut(ThreadId(0)).expect("A").program = vec![longest.clone().into(), longest.into()];
    let mut run = Run::new(&scenario);
    run.extend_to(Time::NEVER);
    assert_eq!((run.ending(), run.end()), (Some(&Ending::LimitReached(Limit::Time)), Time::from_ns(MAX_NS)));
    assert_eq!(run.trace().last().map(|r| r.kind()), Some(Kind::WaitSleep), "the first sleep is over, at its end");
}

#[test]
fn a_scenario_without_threads_ends_at_once() {
    let run = computer(1).run();
    assert_eq!((run.ending(), run.end()), (Some(&Ending::AllFinished), Time::ZERO));
}
