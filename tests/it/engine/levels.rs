//! Policies with levels, priority and MLFQ, where more than two threads or cores meet (`policies.md` sections 1 and 2).

use expect_test::expect;
use gilscope::engine::{Reason, Run};
use gilscope::ids::ThreadIx;
use gilscope::scenario::policy::{Level, Mlfq, MlfqCompat, Priority};
use gilscope::scenario::{Policy, Runtime, Scenario};
use gilscope::time::{Dur, Time};
use serde_json::{Value, json};

use super::sharing_rules::{MS, run_with};
use crate::build::{Build, chart, computer};

fn native(cores: u8, policy: Policy, threads: &[(&str, u64, &str)]) -> Scenario {
    computer(cores).policy(policy).process("app", Runtime::Native, threads)
}

fn mlfq(quanta: &[u64], boost: Option<u64>, io_bump: bool) -> Policy {
    let levels = quanta.iter().map(|ms| Level { quantum: Dur::from_ms(*ms), allotment: 1 }).collect();
    Policy::Mlfq(Mlfq { levels, boost: boost.map(Dur::from_ms), compat: MlfqCompat { io_bump, ..Default::default() } })
}

/// Native threads, each with a priority of its own.
fn by_priority(cores: u8, priority: Priority, threads: &[(&str, i16, u64, &str)]) -> Scenario {
    let plain: Vec<_> = threads.iter().map(|(name, _, start, text)| (*name, *start, *text)).collect();
    let mut scenario = native(cores, Policy::Priority(priority), &plain);
    for (thread, (_, priority, ..)) in scenario.processes[0].threads.iter_mut().zip(threads) {
        thread.share.priority = *priority;
    }
    scenario
}

/// When a reason was given, in ms, and by whom.
fn when(run: &Run, reason: Reason) -> Vec<(u64, u16)> {
    let found = run.trace().iter().filter(|r| r.reason() == reason);
    found.map(|r| (r.time().ns() / 1_000_000, r.thread().0)).collect()
}

#[test]
fn at_the_boost_who_runs_stands_behind_all_lower_levels_and_before_its_own() {
    // At 14 ms K and L are on the lowest level; R runs on the one above, where M waits.
    let four = [("K", 0, "native 9ms"), ("L", 0, "native 9ms"), ("R", 11, "native 4ms"), ("M", 11, "native 4ms")];
    let run = native(1, mlfq(&[1, 4, 4], Some(14), false), &four).run();
    expect![[r#"
        core 0  KLKKKKLLLLKRMRKLRMKKLLLRMM-
        K       N.NNNN....N...N...NN
        L       .N....NNNN.....N....NNN
        R                  N.N..N......N
        M                  .N....N......NN
    "#]]
    .assert_eq(&chart(&run, 27));
    assert_eq!(when(&run, Reason::Boosted), [0, 1, 2, 3].map(|thread| (14, thread)));
}

#[test]
fn a_boost_changes_no_level_of_who_is_on_top() {
    let run = native(1, mlfq(&[4, 4], Some(2), false), &[("A", 0, "native 3ms"), ("B", 1, "native 3ms")]).run();
    assert_eq!(when(&run, Reason::Boosted), []);
}

#[test]
fn whose_io_ends_while_a_higher_level_runs_goes_to_the_head_of_its_level() {
    let three = [("B", 0, "native 3ms; io 2ms; native 2ms"), ("C", 0, "native 9ms"), ("T", 6, "native 2ms")];
    expect![[r#"
        core 0  BBCCBCTTBBCCCCCC-
        B       NN..Nii.NN
        C       ..NN.N....NNNNNN
        T             NN
    "#]]
    .assert_eq(&chart(&native(1, mlfq(&[2, 4], None, true), &three).run(), 17));
}

#[test]
fn with_several_cores_the_lowest_level_gives_way() {
    // At 6 ms B is on the lowest level, A on the one above it.
    let three = [("A", 4, "native 4ms"), ("B", 0, "native 9ms"), ("N", 6, "native 1ms")];
    expect![[r#"
        core 0  ----AAAA--
        core 1  BBBBBBNBBB
        A           NNNN
        B       NNNNNN.NNN
        N             N
    "#]]
    .assert_eq(&chart(&native(2, mlfq(&[1, 3, 9], None, false), &three).pin("A", &[0]).pin("B", &[1]).run(), 10));
}

#[test]
fn with_several_cores_the_lowest_priority_gives_way() {
    let three = [("A", 2, 0, "native 4ms"), ("B", 3, 0, "native 4ms"), ("H", 1, 2, "native 1ms")];
    expect![[r#"
        core 0  AAAA--
        core 1  BBHBB-
        A       NNNN
        B       NN.NN
        H         N
    "#]]
    .assert_eq(&chart(&by_priority(2, Priority::default(), &three).run(), 6));
}

#[test]
fn nobody_is_raised_to_more_than_one_above_the_highest_priority_there_is() {
    let aging = Priority { preemptive: false, aging: Some(Dur::from_ms(2)), ..Priority::default() };
    let three = [("H", 5, 0, "native 20ms"), ("L", 8, 0, "native 1ms"), ("M", 20, 0, "native 1ms")];
    let run = by_priority(1, aging, &three).run();
    let priority = |ms| run.seen(Time::from_ms(ms)).priority(run.plan(), ThreadIx(1));
    assert_eq!([1, 2, 4, 6, 8, 10, 18].map(priority), [8, 7, 6, 5, 4, 4, 4].map(Some));
}

#[test]
fn a_raise_of_another_thread_does_not_renew_a_slice() {
    let policy = Priority {
        quantum: Some(Dur::from_ms(4)),
        aging: Some(Dur::from_ms(3)),
        preemptive: false,
        ..Priority::default()
    };
    let three = [("A", 2, 0, "native 6ms"), ("B", 2, 0, "native 4ms"), ("C", 9, 0, "native 1ms")];
    expect![[r#"
        core 0  AAAABBBBAAC-
        A       NNNN....NN
        B       ....NNNN
        C       ..........N
    "#]]
    .assert_eq(&chart(&by_priority(1, policy, &three).run(), 12));
}

#[test]
fn a_slice_goes_on_from_the_ends_of_those_that_were_had_alone() {
    // Quantum 4 ms. A has had a slice and a half when B comes.
    let quantum = Priority { quantum: Some(Dur::from_ms(4)), preempted_first: true, ..Priority::default() };
    let two = [("A", 2, 0, "native 10ms"), ("B", 2, 6, "native 2ms")];
    let run = by_priority(1, quantum.clone(), &two).run();
    assert!(chart(&run, 13).starts_with("core 0  AAAAAAAABBAA-"));
    assert!(run.trace().iter().any(|r| r.reason() == Reason::SliceEnded && r.time() == Time::from_ms(8)));
    // H comes as well: A keeps the other half of its slice.
    let three = [two[0], ("H", 1, 6, "native 1ms"), two[1]];
    assert!(chart(&by_priority(1, quantum, &three).run(), 14).starts_with("core 0  AAAAAAHAABBAA-"));
}

#[test]
fn at_the_boost_the_highest_of_the_lower_levels_gives_way() {
    // At 13 ms L is on the lowest level, P on the one above it and Q on the next: all on top now, L first and Q last.
    let three = [("L", 0, "native 20ms"), ("P", 4, "native 20ms"), ("Q", 10, "native 20ms")];
    let run = native(2, mlfq(&[2, 4, 4, 18], Some(13), false), &three).pin("P", &[0]).pin("Q", &[1]).run();
    expect![[r#"
        core 0  LLLLPPPPPPPPPPP
        core 1  ----LLLLLLQQQLL
        L       NNNNNNNNNN...NN
        P           NNNNNNNNNNN
        Q                 NNN..
    "#]]
    .assert_eq(&chart(&run, 15));
}

#[test]
fn a_thread_has_a_level_from_its_start_to_its_end_and_less_of_its_slice_at_each_moment() {
    let run = native(1, mlfq(&[4, 4], None, false), &[("A", 1, "native 3ms")]).run();
    let level = |ms| run.seen(Time::from_ms(ms)).level(run.plan(), ThreadIx(0));
    assert_eq!([0, 1, 3, 4].map(level), [None, Some(0), Some(0), None]);
    let time = Time::from_us(2_500);
    let machine = run.seen(time);
    let (plan, a) = (run.plan(), ThreadIx(0));
    assert_eq!(
        (machine.slice_left(plan, a, time), machine.burst(plan, a, time)),
        (Some(Dur::from_us(2_500)), Dur::from_us(1_500))
    );
}

#[test]
fn a_raise_still_counts_at_the_instant_at_which_the_thread_gets_its_core() {
    // At 3 ms B ends and A, which has been raised from 5 to 2, begins to compute; at that very instant D sets the event for
    // which C waits, which has priority 3 and so does not take the core of A.
    let thread = |id: u16, name: &str, priority: i32, core: u8, program: Value| json!({ "id": id, "name": name, "priority": priority, "cores": [core], "program": program });
    let mut d = thread(4, "D", 1, 1, json!([{ "set": 9 }, { "native": MS }]));
    d["start"] = json!({ "at": 3 * MS });
    let threads = json!([
        thread(1, "C", 3, 0, json!([{ "wait": 9 }, { "native": 2 * MS }])),
        thread(2, "B", 3, 0, json!([{ "native": 3 * MS }])),
        thread(3, "A", 5, 0, json!([{ "native": 2 * MS }])),
        d,
    ]);
    let shared = json!([{ "id": 9, "name": "go", "kind": "event" }]);
    let app = json!({ "id": 1, "name": "app", "runtime": "native", "resources": shared, "threads": threads });
    let computer = json!({ "cores": 2, "policy": { "priority": { "aging": MS } } });
    expect![[r#"
        core 0  BBBACCA-
        core 1  ---D----
        C       eee.NN
        B       NNN
        A       ...N..N
        D          N
    "#]]
    .assert_eq(&chart(&run_with(&json!({ "computer": computer, "processes": [app] })), 8));
}
