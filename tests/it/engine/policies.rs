//! What each policy does, ties included: the rules of `tests/reference/policies.md` in small charts.

use expect_test::expect;
use gilscope::engine::{Kind, Place, Reason, Run};
use gilscope::ids::{CoreId, ThreadId, ThreadIx};
use gilscope::scenario::model::Extra;
use gilscope::scenario::policy::{Level, Mlfq, MlfqCompat, Priority};
use gilscope::scenario::{Intervention, Op, Policy, Runtime, Scenario, What};
use gilscope::time::{Dur, Time};

use crate::build::{Build, chart, computer, program};

fn native(cores: u8, policy: Policy, threads: &[(&str, u64, &str)]) -> Scenario {
    computer(cores).policy(policy).process("app", Runtime::Native, threads)
}

/// The first line of the chart: who is on the first core.
fn core_0(run: &Run, to_ms: u64) -> String {
    let chart = chart(run, to_ms);
    chart.lines().next().unwrap_or_default().trim_start_matches("core 0").trim().to_owned()
}

/// Puts the program of the first thread into a loop.
fn in_a_loop(mut scenario: Scenario, times: Option<u32>, steps: &str) -> Scenario {
    let first = scenario.threads().next().expect("a thread").1.id;
    scenario.thread_mut(first).expect("just found").program = vec![Op::Repeat { times, steps: program(steps) }.into()];
    scenario
}

#[test]
fn shortest_job_first_takes_the_shortest_of_those_that_have_come() {
    // Silberschatz's 7, 4, 1, 4; at the tie B, which came first, goes before D.
    let four = [("A", 0, "native 7ms"), ("B", 2, "native 4ms"), ("C", 4, "native 1ms"), ("D", 5, "native 4ms")];
    expect![[r#"
        core 0  AAAAAAACBBBBDDDD-
        A       NNNNNNN
        B         ......NNNN
        C           ...N
        D            .......NNNN
    "#]]
    .assert_eq(&chart(&native(1, Policy::Sjf, &four).run(), 17));
}

#[test]
fn a_burst_ends_where_the_thread_may_wait_and_not_at_each_op() {
    // A computes 1 + 4 ms before its I/O, B 3 ms; after it A needs 1 ms, C 2 ms.
    let three =
        [("A", 0, "native 1ms; native 4ms; io 1ms; native 1ms"), ("B", 0, "native 3ms"), ("C", 5, "native 2ms")];
    expect![[r#"
        core 0  BBBAAAAACCA---
        A       ...NNNNNi.N
        B       NNN
        C            ...NN
    "#]]
    .assert_eq(&chart(&native(1, Policy::Sjf, &three).run(), 14));
}

#[test]
fn a_loop_without_waits_is_one_burst_and_an_endless_one_the_longest() {
    let two = [("A", 0, "native 1ms"), ("B", 0, "native 5ms")];
    assert_eq!(core_0(&in_a_loop(native(1, Policy::Sjf, &two), Some(4), "native 1ms").run(), 10), "AAAABBBBB-");
    assert_eq!(core_0(&in_a_loop(native(1, Policy::Sjf, &two), Some(6), "native 1ms").run(), 12), "BBBBBAAAAAA-");
    let mut run = Run::new(&in_a_loop(native(1, Policy::Sjf, &two), None, "native 1ms"));
    run.extend_to(Time::from_ms(10));
    assert_eq!(core_0(&run, 10), "BBBBBAAAAA");
}

#[test]
fn shortest_remaining_time_first_preempts_for_a_strictly_shorter_newcomer() {
    // At 2 ms B has 3 ms left and C comes with 3 ms: B goes on. At 3 ms D comes with 1 ms.
    let four = [("A", 0, "native 10ms"), ("B", 1, "native 4ms"), ("C", 2, "native 3ms"), ("D", 3, "native 1ms")];
    expect![[r#"
        core 0  ABBDBBCCCAAAAAAAAA-
        A       N........NNNNNNNNN
        B        NN.NN
        C         ....NNN
        D          N
    "#]]
    .assert_eq(&chart(&native(1, Policy::Srtf, &four).run(), 19));
}

#[test]
fn with_several_cores_the_longest_remaining_time_gives_way() {
    let three = [("A", 0, "native 4ms"), ("B", 0, "native 6ms"), ("C", 1, "native 2ms")];
    expect![[r#"
        core 0  AAAA-----
        core 1  BCCBBBBB-
        A       NNNN
        B       N..NNNNN
        C        NN
    "#]]
    .assert_eq(&chart(&native(2, Policy::Srtf, &three).run(), 9));
}

#[test]
fn who_loses_its_core_to_a_pinned_thread_takes_an_idle_one() {
    let two = [("A", 0, "native 4ms"), ("B", 1, "native 2ms")];
    expect![[r#"
        core 0  ABB---
        core 1  -AAA--
        A       NNNN
        B        NN
    "#]]
    .assert_eq(&chart(&native(2, Policy::Srtf, &two).pin("B", &[0]).run(), 6));
}

#[test]
fn who_is_put_on_a_core_by_hand_keeps_it_although_another_goes_first() {
    let two = [("A", 0, "native 3ms"), ("B", 0, "native 4ms")];
    let mut scenario = native(1, Policy::Srtf, &two);
    let what = What::RunHere { thread: ThreadId(1), core: CoreId(0) };
    scenario.interventions.push(Intervention { at: Time::from_ms(1), what, extra: Extra::new() });
    assert_eq!(core_0(&scenario.run(), 8), "ABBBBAA-");
}

#[test]
fn who_is_preempted_with_the_same_time_left_goes_on_before_who_came_later() {
    // At 2 ms A has 3 ms left; B comes with as much and C with 1 ms, so that A has to wait beside B.
    let three = [("A", 0, "native 5ms"), ("B", 2, "native 3ms"), ("C", 2, "native 1ms")];
    assert_eq!(core_0(&native(1, Policy::Srtf, &three).run(), 10), "AACAAABBB-");
}

/// The same with a priority for each thread, in order.
fn with_priorities(mut scenario: Scenario, priorities: &[i16]) -> Scenario {
    let ids: Vec<_> = scenario.threads().map(|(_, t)| t.id).collect();
    for (id, priority) in ids.into_iter().zip(priorities) {
        scenario.thread_mut(id).expect("just listed").share.priority = *priority;
    }
    scenario
}

fn priority(change: impl FnOnce(&mut Priority)) -> Policy {
    let mut priority = Priority::default();
    change(&mut priority);
    Policy::Priority(priority)
}

#[test]
fn the_lower_priority_number_goes_first_and_takes_the_core() {
    // D comes at 3 ms with B's priority: it does not preempt, and A, which is lower, waits for both.
    let four = [("A", 0, "native 4ms"), ("B", 1, "native 4ms"), ("C", 2, "native 1ms"), ("D", 4, "native 1ms")];
    let scenario = |policy| with_priorities(native(1, policy, &four), &[3, 2, 1, 2]);
    expect![[r#"
        core 0  ABCBBBDAAA-
        A       N......NNN
        B        N.NNN
        C         N
        D           ..N
    "#]]
    .assert_eq(&chart(&scenario(priority(|_| ())).run(), 11));
    let keeps = scenario(priority(|p| p.preemptive = false)).run();
    assert_eq!(core_0(&keeps, 11), "AAAACBBBBD-");
    let higher = scenario(priority(|p| p.higher_number_first = true)).run();
    assert_eq!(core_0(&higher, 11), "AAAABBBBDC-");
}

#[test]
fn inside_a_level_threads_take_turns_and_who_is_preempted_loses_its_turn() {
    // At 3 ms A has had 1 of the 2 ms of its turn when H comes: B is next, then C.
    let four = [("A", 0, "native 4ms"), ("B", 0, "native 3ms"), ("C", 1, "native 2ms"), ("H", 5, "native 1ms")];
    let scenario = |policy| with_priorities(native(1, policy, &four), &[2, 2, 2, 1]);
    let quantum = Some(Dur::from_ms(2));
    expect![[r#"
        core 0  AABBCHAABC-
        A       NN....NN
        B       ..NN....N
        C        ...N....N
        H            N
    "#]]
    .assert_eq(&chart(&scenario(priority(|p| p.quantum = quantum)).run(), 11));
    let two = [("A", 0, "native 5ms"), ("B", 0, "native 3ms"), ("H", 1, "native 1ms")];
    let scenario = |first| {
        let policy = priority(|p| (p.quantum, p.preempted_first) = (quantum, first));
        with_priorities(native(1, policy, &two), &[2, 2, 1]).run()
    };
    assert_eq!(core_0(&scenario(false), 10), "AHBBAABAA-", "to the tail, and a whole slice when it comes up again");
    assert_eq!(core_0(&scenario(true), 10), "AHABBAABA-", "at the head, with 1 ms of its slice left");
}

#[test]
fn a_lower_level_gets_no_turn_while_a_higher_one_has_work() {
    let three = [("A", 0, "native 6ms"), ("B", 0, "native 2ms"), ("L", 0, "native 1ms")];
    let policy = priority(|p| p.quantum = Some(Dur::from_ms(2)));
    let run = with_priorities(native(1, policy, &three), &[1, 1, 2]).run();
    assert_eq!(core_0(&run, 10), "AABBAAAAL-");
    // From 4 ms on A is alone on its level: the ends of its slices change nothing.
    let ended: Vec<_> = run.trace().iter().filter(|r| r.reason() == Reason::SliceEnded).map(|r| r.time()).collect();
    assert_eq!(ended, [2].map(Time::from_ms));
}

#[test]
fn waiting_raises_a_priority_until_the_thread_has_computed() {
    // L rises from 3 to 2, 1 and 0 every 2 ms, and at 6 ms takes the core of H (1). H has risen to 0 at 8 ms, where L, which
    // has computed, counts as 3 again.
    let two = [("H", 0, "native 10ms"), ("L", 0, "native 4ms")];
    let policy = priority(|p| p.aging = Some(Dur::from_ms(2)));
    let run = with_priorities(native(1, policy, &two), &[1, 3]).run();
    expect![[r#"
        core 0  HHHHHHLLHHHHLL-
        H       NNNNNN..NNNN
        L       ......NN....NN
    "#]]
    .assert_eq(&chart(&run, 15));
    let raised: Vec<_> = run.trace().iter().filter(|r| r.kind() == Kind::ChangeLevel).map(|r| r.time()).collect();
    assert_eq!(raised[..4], [2, 4, 6, 8].map(Time::from_ms));
    assert_eq!(run.seen(Time::from_ms(5)).priority(run.plan(), ThreadIx(1)), Some(1));
    assert_eq!(run.seen(Time::from_ms(7)).priority(run.plan(), ThreadIx(1)), Some(3));
}

fn mlfq(levels: &[(u64, u32)], boost: Option<u64>, compat: MlfqCompat) -> Policy {
    let level = |(ms, allotment): &(u64, u32)| Level { quantum: Dur::from_ms(*ms), allotment: *allotment };
    let boost = boost.map(Dur::from_ms);
    Policy::Mlfq(Mlfq { levels: levels.iter().map(level).collect(), boost, compat })
}

#[test]
fn who_computes_long_sinks_and_a_newcomer_starts_on_top() {
    let two = [("A", 0, "native 10ms"), ("B", 5, "native 2ms")];
    let run = native(1, mlfq(&[(1, 1), (2, 1), (4, 1)], None, MlfqCompat::default()), &two).run();
    expect![[r#"
        core 0  AAAAABBAAAAA-
        A       NNNNN..NNNNN
        B            NN
    "#]]
    .assert_eq(&chart(&run, 13));
    let dropped = |r: &&gilscope::engine::Record| r.reason() == Reason::LevelDropped;
    let drops: Vec<_> = run.trace().iter().filter(dropped).map(|r| (r.time(), r.thread().0, r.object())).collect();
    assert_eq!(drops, [(1, 0, 1), (3, 0, 2), (6, 1, 1)].map(|(ms, t, level)| (Time::from_ms(ms), t, Some(level))));
}

#[test]
fn an_allotment_counts_across_waits_unless_the_reference_lets_threads_stay() {
    // A uses 1 ms of its slice of 2 ms before each I/O.
    let policy = |stay_on_io| mlfq(&[(2, 1), (8, 1)], None, MlfqCompat { stay_on_io, io_bump: false });
    let one = [("A", 0, "native 1ms; io 1ms; native 1ms; io 1ms; native 1ms")];
    let level = |run: &Run, ms| run.seen(Time::from_ms(ms)).level(run.plan(), ThreadIx(0));
    let (counted, stays) = (native(1, policy(false), &one).run(), native(1, policy(true), &one).run());
    assert_eq!([1, 2, 3, 4].map(|ms| level(&counted, ms)), [Some(0), Some(0), Some(1), Some(1)]);
    assert_eq!([1, 2, 3, 4].map(|ms| level(&stays, ms)), [Some(0); 4]);
    let left = |ms| counted.seen(Time::from_ms(ms)).slice_left(counted.plan(), ThreadIx(0), Time::from_ms(ms));
    assert_eq!([0, 1, 3].map(left), [2, 1, 8].map(|ms| Some(Dur::from_ms(ms))));
}

#[test]
fn the_boost_brings_all_to_the_top_the_lowest_level_first() {
    // At 9 ms A runs on the middle level, B is on the lowest.
    let two = [("B", 0, "native 12ms"), ("A", 5, "native 6ms")];
    let run = native(1, mlfq(&[(1, 1), (4, 1), (4, 1)], Some(9), MlfqCompat::default()), &two).run();
    expect![[r#"
        core 0  BBBBBAAAABABBBBABB-
        B       NNNNN....N.NNNN.NN
        A            NNNN.N....N
    "#]]
    .assert_eq(&chart(&run, 19));
    let boosted = run.trace().iter().filter(|r| r.reason() == Reason::Boosted);
    let boosted: Vec<_> = boosted.map(|r| (r.time(), r.thread().0)).collect();
    assert_eq!(boosted[..2], [(Time::from_ms(9), 0), (Time::from_ms(9), 1)]);
}

#[test]
fn who_is_preempted_keeps_its_place_and_the_rest_of_its_slice() {
    // On the lower level A has computed 1 of its 3 ms when C comes: A goes on before B, for 2 ms.
    let three = [("A", 0, "native 6ms"), ("B", 0, "native 5ms"), ("C", 3, "native 1ms")];
    let run = native(1, mlfq(&[(1, 1), (3, 1)], None, MlfqCompat::default()), &three).run();
    expect![[r#"
        core 0  ABACAABBBAAB-
        A       N.N.NN...NN
        B       .N....NNN..N
        C          N
    "#]]
    .assert_eq(&chart(&run, 13));
}

#[test]
fn whose_io_ends_goes_before_the_thread_that_a_newcomer_preempts_at_that_instant() {
    // At 6 ms C, on the top level, takes the core from A; B, back from I/O, is at the head of A's level by then.
    let compat = MlfqCompat { io_bump: true, ..MlfqCompat::default() };
    let three = [("B", 0, "native 3ms; io 1ms; native 2ms"), ("A", 0, "native 9ms"), ("C", 6, "native 1ms")];
    assert_eq!(core_0(&native(1, mlfq(&[(2, 1), (6, 1)], None, compat), &three).run(), 16), "BBAABACBBAAAAAA-");
}

#[test]
fn of_those_that_come_at_one_instant_the_one_that_goes_first_preempts() {
    // D loses its core to C; A, which came with it, has not had the core and stays before B.
    let four = [("D", 0, "native 2ms"), ("A", 1, "native 1ms"), ("C", 1, "native 1ms"), ("B", 1, "native 1ms")];
    let run = with_priorities(native(1, priority(|_| {}), &four), &[3, 2, 1, 2]).run();
    assert_eq!(core_0(&run, 6), "DCABD-");
    let outranked = run.trace().iter().filter(|r| r.reason() == Reason::Outranked);
    assert_eq!(outranked.map(|r| r.thread().0).collect::<Vec<_>>(), [0], "nobody gets the core for no time");
}

#[test]
fn a_ready_thread_says_what_it_is_ordered_by() {
    let three = [("A", 0, "native 4ms"), ("B", 0, "native 5ms"), ("C", 1, "native 2ms")];
    let says = |policy| {
        let run = with_priorities(native(1, policy, &three), &[2, 3, 1]).run();
        let told = |(i, r): (usize, &gilscope::engine::Record)| {
            let told = matches!(r.reason(), Reason::Outranked | Reason::LevelDropped | Reason::Aged | Reason::Boosted)
                || r.kind() == Kind::Dispatch && r.time() > Time::ZERO;
            (told && r.time() < Time::from_ms(4))
                .then(|| format!("{} {}\n", r.time(), gilscope::explain::sentence(&run, i)))
        };
        let at = Time::from_ms(2);
        let status = gilscope::explain::status(&run, &run.seen(at), ThreadIx(1), at);
        assert_eq!(run.seen(at).thread(ThreadIx(1)).place, Place::Ready);
        let told: String = run.trace().iter().enumerate().filter_map(told).collect();
        told + "2 ms B: " + &status.detail + "\n"
    };
    expect![[r#"
        1 ms C's burst of 2 ms is shorter than A's of 3 ms, so A loses its core, saved at 1 of 4 ms.
        1 ms C's burst of 2 ms is shorter than A's of 3 ms, so it takes core 0 at once.
        3 ms A's remaining burst of 3 ms is the shortest of those ready, so it gets core 0.
        2 ms B: It is number 2 of 2 in the ready queue, with a burst of 5 ms: the shorter the burst, the earlier. C is on core 0. Under shortest remaining time first a thread keeps its core until it blocks or ends, or one that goes before it is ready.
    "#]]
    .assert_eq(&says(Policy::Srtf));
    expect![[r#"
        1 ms C is ready with priority 1 and goes before A with 2, so A loses its core, saved at 1 of 4 ms.
        1 ms C is ready with priority 1 and goes before A with 2, so it takes core 0 at once.
        2 ms B has waited 2 ms more in the ready queue, so its priority rises to 2 until it has computed.
        3 ms A has waited 2 ms more in the ready queue, so its priority rises to 1 until it has computed.
        3 ms A has the highest priority of those ready, 1, so it gets core 0.
        2 ms B: It is number 2 of 2 in the ready queue, with priority 2: the lower its priority's number, the earlier. C is on core 0. Under priority a thread keeps its core until it blocks or ends, or one that goes before it is ready.
    "#]]
    .assert_eq(&says(priority(|p| p.aging = Some(Dur::from_ms(2)))));
    expect![[r#"
        1 ms A has used up its allotment on level 1, a slice of 1 ms, so it drops to level 2 of 2, where a slice is 4 ms.
        1 ms B is the first on level 1 of 2, and nobody is ready on a higher one, so it gets core 0.
        2 ms B has used up its allotment on level 1, a slice of 1 ms, so it drops to level 2 of 2, where a slice is 4 ms.
        2 ms C is the first on level 1 of 2, and nobody is ready on a higher one, so it gets core 0.
        3 ms C has used up its allotment on level 1, a slice of 1 ms, so it drops to level 2 of 2, where a slice is 4 ms.
        3 ms A goes back to the top level, as all threads do every 3 ms, so that nobody waits for ever.
        3 ms B goes back to the top level, as all threads do every 3 ms, so that nobody waits for ever.
        3 ms C goes back to the top level, as all threads do every 3 ms, so that nobody waits for ever.
        3 ms A is the first on level 1 of 2, and nobody is ready on a higher one, so it gets core 0.
        2 ms B: It is number 2 of 2 in the ready queue, on level 2 of 2: the higher its level, the earlier. C is on core 0. A slice ends on core 0 at 3 ms, unless something happens earlier.
    "#]]
    .assert_eq(&says(mlfq(&[(1, 1), (4, 2)], Some(3), MlfqCompat::default())));
}

#[test]
fn whose_io_ends_stands_before_whom_an_arrival_preempts_at_that_instant() {
    // At 5 ms C starts on the top level and takes A's core; B comes back from its I/O to the head of A's level.
    let compat = MlfqCompat { io_bump: true, ..MlfqCompat::default() };
    let three = [("A", 0, "native 6ms"), ("B", 0, "native 1ms; io 3ms; native 2ms"), ("C", 5, "native 1ms")];
    expect![[r#"
        core 0  ABAAACBBAA--
        A       N.NNN...NN
        B       .Niii.NN
        C            N
    "#]]
    .assert_eq(&chart(&native(1, mlfq(&[(1, 1), (4, 1)], None, compat), &three).run(), 12));
}
