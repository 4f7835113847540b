//! What each policy does, ties included: the rules of `tests/reference/policies.md` in small charts.

use expect_test::expect;
use gilscope::engine::Run;
use gilscope::scenario::{Op, Policy, Runtime, Scenario};

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
    run.extend_to(gilscope::time::Time::from_ms(10));
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
fn who_is_preempted_with_the_same_time_left_goes_on_before_who_came_later() {
    // At 2 ms A has 3 ms left; B comes with as much and C with 1 ms, so that A has to wait beside B.
    let three = [("A", 0, "native 5ms"), ("B", 2, "native 3ms"), ("C", 2, "native 1ms")];
    assert_eq!(core_0(&native(1, Policy::Srtf, &three).run(), 10), "AACAAABBB-");
}
