//! CFS: who gives way to a thread that wakes, and for how long one stays (`policies.md` section 6).

use expect_test::expect;
use gilscope::engine::{Reason, Run};
use gilscope::ids::ThreadIx;
use gilscope::scenario::policy::Cfs;
use gilscope::scenario::{Policy, Runtime, Scenario};
use gilscope::time::{Dur, Time};

use crate::build::{Build, chart, computer};

/// Threads with a niceness each under CFS with this latency and this shortest slice, in ms; a sleeper must be 1 ms behind.
fn cfs(cores: u8, (latency, least): (u64, u64), threads: &[(&str, i8, u64, &str)]) -> Scenario {
    let parameters = Cfs { latency: Dur::from_ms(latency), min_granularity: Dur::from_ms(least), ..Cfs::default() };
    let plain: Vec<_> = threads.iter().map(|(name, _, start, text)| (*name, *start, *text)).collect();
    let mut scenario = computer(cores).policy(Policy::Cfs(parameters)).process("app", Runtime::Native, &plain);
    for (thread, (_, nice, ..)) in scenario.processes[0].threads.iter_mut().zip(threads) {
        thread.share.nice = *nice;
    }
    scenario
}

/// When slices ended while others were ready, in ns.
fn slice_ends(run: &Run) -> Vec<u64> {
    let ended = run.trace().iter().filter(|r| r.reason() == Reason::SliceEnded);
    ended.map(|r| r.time().ns()).collect()
}

#[test]
fn a_sleeper_that_is_behind_by_more_than_the_granularity_takes_the_core_amid_a_slice() {
    let run = |sleep: &str| {
        cfs(1, (12, 1), &[("S", 0, 0, sleep), ("A", 0, 0, "native 9ms"), ("B", 0, 0, "native 9ms")]).run()
    };
    // At 8 ms B has had 2 ms since S slept, at 7 ms just 1.
    expect![[r#"
        core 0  AAAAAABBSSBBBBBB
        S       zzzzzzzzNN
        A       NNNNNN..........
        B       ......NN..NNNNNN
    "#]]
    .assert_eq(&chart(&run("sleep 8ms; native 2ms"), 16));
    expect![[r#"
        core 0  AAAAAABBBBSSBBBB
        S       zzzzzzz...NN
        A       NNNNNN..........
        B       ......NNNN..NNNN
    "#]]
    .assert_eq(&chart(&run("sleep 7ms; native 2ms"), 16));
}

#[test]
fn of_several_the_one_that_is_farthest_ahead_gives_way() {
    // B is lighter, so its virtual time passes faster; it has just come back.
    let threads = [
        ("S", 0, 0, "sleep 8ms; native 2ms"),
        ("B", 5, 0, "native 6ms; sleep 1ms; native 9ms"),
        ("A", 0, 0, "native 20ms"),
    ];
    expect![[r#"
        core 0  AAAAAAAAAAAAAAAA
        core 1  BBBBBB-BSSBBBBBB
        S       zzzzzzzzNN
        B       NNNNNNzN..NNNNNN
        A       NNNNNNNNNNNNNNNN
    "#]]
    .assert_eq(&chart(&cfs(2, (24, 3), &threads).run(), 16));
}

#[test]
fn who_had_to_give_way_takes_no_other_core_amid_a_slice() {
    // S takes B's core. A is farther ahead, but B does not wake: it waits until A has had the shortest slice.
    let threads = [
        ("S", 0, 0, "sleep 8ms; native 3ms"),
        ("A", 5, 0, "native 6ms; sleep 1ms; native 9ms"),
        ("B", 0, 0, "native 20ms"),
    ];
    expect![[r#"
        core 0  AAAAAA-AAABBBBBB
        core 1  BBBBBBBBSSSAAAAA
        S       zzzzzzzzNNN
        A       NNNNNNzNNN.NNNNN
        B       NNNNNNNN..NNNNNN
    "#]]
    .assert_eq(&chart(&cfs(2, (24, 3), &threads).pin("S", &[1]).run(), 16));
}

#[test]
fn who_is_ahead_of_the_first_by_more_than_a_slice_leaves() {
    // A begins its stay at 4 ms with a virtual runtime of 2 ms; S, with 1.5 ms, is first from 4.2 ms on. A slice is 6 ms: at
    // 9.5 ms A is as far ahead.
    let threads =
        [("S", 0, 0, "native 1500us; sleep 2700us; native 5ms"), ("A", 0, 0, "native 2ms; sleep 500us; native 20ms")];
    assert_eq!(slice_ends(&cfs(1, (12, 1), &threads).run())[..1], [9_500_001]);
}

#[test]
fn who_is_still_behind_the_first_when_its_slice_ends_keeps_its_core() {
    // Slices of 4.5 and 1.5 ms end at ticks. At 32 ms A has had 24 ms, which is less than B's 8 ms weigh: 24.45.
    let policy = Policy::Cfs(Cfs { tick: Some(Dur::from_ms(4)), ..Cfs::default() });
    let run = cfs(1, (6, 1), &[("A", 0, 0, "native 60ms"), ("B", 5, 0, "native 60ms")]).policy(policy).run();
    assert_eq!(slice_ends(&run)[..6], [8, 12, 20, 24, 40, 44].map(|ms| ms * 1_000_000));
}

#[test]
fn more_than_eight_share_more_than_the_latency_and_a_newcomer_is_one_of_them() {
    let mut threads = vec![("T", 0, 0, "native 9ms"); 8];
    threads.push(("N", 0, 1, "native 9ms"));
    let scenario = cfs(1, (6, 1), &threads).policy(Policy::Cfs(Cfs::default()));
    let (run, at) = (scenario.run(), Time::from_ms(1));
    // A slice of nine is the shortest, 0.75 ms.
    let newcomer = run.seen(at).fairness(run.plan(), ThreadIx(8), at).expect("CFS goes by it");
    assert_eq!(newcomer.virtual_runtime, 750_000);
}
