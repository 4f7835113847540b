//! Lottery and stride: cores in proportion to tickets.

use expect_test::expect;
use gilscope::engine::Run;
use gilscope::scenario::policy::{Lottery, LotteryCompat, Stride};
use gilscope::scenario::{Policy, Runtime, Scenario};
use gilscope::time::{Dur, Time};

use crate::build::{Build, chart, computer};

/// Native threads on one core, with their tickets.
fn threads(threads: &[(&str, u64, &str)], tickets: &[u32]) -> Scenario {
    let mut scenario = computer(1).process("app", Runtime::Native, threads);
    for (thread, tickets) in scenario.processes[0].threads.iter_mut().zip(tickets) {
        thread.share.tickets = *tickets;
    }
    scenario
}

fn lottery(draws: &[u64], whole_quanta: bool) -> Policy {
    let compat = LotteryCompat { whole_quanta, draws: draws.to_vec() };
    Policy::Lottery(Lottery { quantum: Dur::from_ms(2), compat })
}

fn stride(quantum: u64) -> Policy {
    Policy::Stride(Stride { quantum: Dur::from_ms(quantum), constant: 6 })
}

/// How long the thread with this number was on the core up to a time.
fn on_core(run: &Run, thread: usize, until: u64) -> Dur {
    let thread = run.plan().thread_ixs().nth(thread).expect("such a thread");
    let lane = run.lanes().core(gilscope::ids::CoreId(0)).iter();
    lane.filter(|s| s.thread == thread)
        .map(|s| s.end.min(Time::from_ms(until)) - s.start.min(Time::from_ms(until)))
        .sum()
}

#[test]
fn a_quantum_goes_to_the_holder_of_the_drawn_ticket() {
    // Of 3 tickets, A holds number 0 and B the numbers 1 and 2.
    let two = threads(&[("A", 0, "native 4ms"), ("B", 0, "native 4ms")], &[1, 2]);
    expect![[r#"
        core 0  BBAABBAA-
        A       ..NN..NN
        B       NN..NN
    "#]]
    .assert_eq(&chart(&two.policy(lottery(&[4, 3, 2, 7], false)).run(), 9));
}

#[test]
fn who_ends_early_lets_another_be_drawn_at_once_unless_quanta_are_whole() {
    let two = threads(&[("A", 0, "native 1ms"), ("B", 0, "native 3ms")], &[1, 1]);
    expect![[r#"
        core 0  ABBB-
        A       N
        B       .NNN
    "#]]
    .assert_eq(&chart(&two.clone().policy(lottery(&[0, 0, 0], false)).run(), 5));
    expect![[r#"
        core 0  A-BBB-
        A       N
        B       ..NNN
    "#]]
    .assert_eq(&chart(&two.policy(lottery(&[0, 0, 0], true)).run(), 6));
}

#[test]
fn without_given_draws_the_seed_decides_and_shares_approach_the_tickets() {
    let two =
        || threads(&[("A", 0, "native 4000ms"), ("B", 0, "native 4000ms")], &[300, 100]).policy(lottery(&[], false));
    let run = two().run();
    assert_eq!(run.trace(), two().run().trace(), "the same seed, the same draws");
    let share = on_core(&run, 0, 4_000).as_ms_f64() / 4_000.0;
    assert!((share - 0.75).abs() < 0.03, "{share}");
    let mut other = two();
    other.seed = 1;
    assert_ne!(run.trace(), other.run().trace());
}

#[test]
fn stride_follows_the_least_pass_and_of_equal_ones_the_first_thread() {
    // Strides 2, 3 and 6: A B C A B A, then all passes are 6.
    let three = threads(&[("A", 0, "native 6ms"), ("B", 0, "native 4ms"), ("C", 0, "native 2ms")], &[3, 2, 1]);
    expect![[r#"
        core 0  ABCABAABCABA-
        A       N..N.NN..N.N
        B       .N..N..N..N
        C       ..N.....N
    "#]]
    .assert_eq(&chart(&three.policy(stride(1)).run(), 13));
}

#[test]
fn who_joins_starts_at_the_least_pass_and_not_at_zero() {
    // At 4 ms A and B have had two quanta each; from 0, C would get all of the next four.
    let three = threads(&[("A", 0, "native 6ms"), ("B", 0, "native 6ms"), ("C", 4, "native 4ms")], &[1, 1, 1]);
    expect![[r#"
        core 0  ABABABCABCABCABC-
        A       N.N.N..N..N..N
        B       .N.N.N..N..N..N
        C           ..N..N..N..N
    "#]]
    .assert_eq(&chart(&three.policy(stride(1)).run(), 17));
}

#[test]
fn who_waits_keeps_what_it_was_ahead() {
    // A used half a quantum before its I/O, so it comes back half a stride ahead of B, and B goes first.
    let two = threads(&[("A", 0, "native 1ms; io 2ms; native 4ms"), ("B", 0, "native 8ms")], &[1, 1]);
    expect![[r#"
        core 0  ABBBBAABBAABB-
        A       Nii..NN..NN
        B       .NNNN..NN..NN
    "#]]
    .assert_eq(&chart(&two.policy(stride(2)).run(), 14));
}
