//! CFS and EEVDF: who runs when, by virtual time.

use expect_test::expect;
use gilscope::engine::{Kind, Reason, Run};
use gilscope::explain::{sentence, status};
use gilscope::ids::{CoreId, ThreadId, ThreadIx};
use gilscope::scenario::model::Extra;
use gilscope::scenario::policy::{Cfs, Eevdf};
use gilscope::scenario::{Intervention, Op, Policy, Runtime, Scenario, What};
use gilscope::time::{Dur, Time};

use crate::build::{Build, chart, computer};

/// Native threads with a niceness each, on one core: `(name, niceness, start in ms, program)`.
fn nice(policy: Policy, threads: &[(&str, i8, u64, &str)]) -> Scenario {
    let plain: Vec<_> = threads.iter().map(|(name, _, start, text)| (*name, *start, *text)).collect();
    let mut scenario = computer(1).policy(policy).process("app", Runtime::Native, &plain);
    for (name, nice, ..) in threads {
        let id = scenario.threads().find(|(_, t)| t.name == *name).expect("just added").1.id;
        scenario.thread_mut(id).expect("just found").share.nice = *nice;
    }
    scenario
}

/// Who has core 0, and for how long: “A 4.521, B 1.479”, in milliseconds.
fn turns(run: &Run, first: usize) -> String {
    let mut turns: Vec<(ThreadIx, Dur)> = Vec::new();
    for segment in run.lanes().core(CoreId(0)).iter() {
        let length = segment.end - segment.start;
        match turns.last_mut() {
            Some((thread, sum)) if *thread == segment.thread => *sum += length,
            _ => turns.push((segment.thread, length)),
        }
    }
    let of =
        |(thread, length): &(ThreadIx, Dur)| format!("{} {:.4}", run.plan().thread(*thread).name, length.as_ms_f64());
    turns.iter().take(first).map(of).collect::<Vec<_>>().join(", ")
}

/// The share of core time that a thread had until a time.
fn share(run: &Run, name: &str, until: Time) -> f64 {
    let lane = run.lanes().core(CoreId(0)).iter().filter(|s| run.plan().thread(s.thread).name == name);
    let had: Dur = lane.map(|s| s.end.min(until) - s.start.min(until)).sum();
    had.as_ms_f64() / (until - Time::ZERO).as_ms_f64()
}

fn eevdf(base_slice: u64) -> Policy {
    Policy::Eevdf(Eevdf { base_slice: Dur::from_ms(base_slice), tick: None, run_to_parity: true })
}

fn cfs() -> Policy {
    Policy::Cfs(Cfs::default())
}

#[test]
fn cfs_gives_slices_by_weight() {
    let two = nice(cfs(), &[("A", 0, 0, "native 40ms"), ("B", 5, 0, "native 40ms")]).run();
    expect!["A 4.5210, B 1.4790, A 4.5210, B 1.4790, A 4.5210, B 1.4790"].assert_eq(&turns(&two, 6));
    let three = [("A", 0, 0, "native 40ms"), ("B", 0, 0, "native 40ms"), ("C", 5, 0, "native 40ms")];
    expect!["A 2.5783, B 2.5783, C 0.8435, A 2.5783, B 2.5783, C 0.8435, A 2.5783"]
        .assert_eq(&turns(&nice(cfs(), &three).run(), 7));
}

#[test]
fn cfs_shares_are_those_of_the_weights() {
    for (niceness, expected) in [(0, 0.5), (1, 0.5553), (5, 0.7535), (19, 0.9856), (-20, 0.0114)] {
        let two = nice(cfs(), &[("A", 0, 0, "native 3s"), ("B", niceness, 0, "native 3s")]).run();
        let had = share(&two, "A", Time::from_ms(2_400));
        assert!((had - expected).abs() < 0.005, "nice {niceness}: {had}");
    }
}

#[test]
fn a_new_thread_pays_a_slice_before_it_runs() {
    let run = nice(cfs(), &[("A", 0, 0, "native 20ms"), ("B", 0, 10, "native 20ms")]).run();
    expect![[r#"
        core 0  AAAAAAAAAAAAABBBAAABBBAAABBBAB
        A       NNNNNNNNNNNNN...NNN...NNN...N
        B                 ...NNN...NNN...NNN.N
    "#]]
    .assert_eq(&chart(&run, 30));
}

#[test]
fn a_sleeper_preempts_once_it_wakes_and_is_not_paid_for_its_whole_sleep() {
    let run = nice(cfs(), &[("hog", 0, 0, "native 60ms"), ("zzz", 0, 0, "native 1ms; sleep 20ms; native 9ms")]).run();
    expect![[r#"
        core 0  hhhzhhhhhhhhhhhhhhhhhhhhzzzhhhzzzhhhzzzh
        hog     NNN.NNNNNNNNNNNNNNNNNNNN...NNN...NNN...N
        zzz     ...NzzzzzzzzzzzzzzzzzzzzNNN...NNN...NNN
    "#]]
    .assert_eq(&chart(&run, 40));
}

#[test]
fn a_sleeper_of_little_weight_waits_for_the_slice_end() {
    let run = nice(cfs(), &[("hog", 0, 0, "native 60ms"), ("zzz", 5, 0, "native 1ms; sleep 5ms; native 1ms")]).run();
    expect![[r#"
        core 0  hhhhhzhhhhhzhhhhhhhhhhhhhhhhhhhhhhhhhhhh
        hog     NNNNN.NNNNN.NNNNNNNNNNNNNNNNNNNNNNNNNNNN
        zzz     .....NzzzzzN
    "#]]
    .assert_eq(&chart(&run, 40));
}

#[test]
fn with_a_tick_slices_end_at_its_multiples() {
    let tick = Some(Dur::from_ms(4));
    let policy = Policy::Cfs(Cfs { tick, ..Cfs::default() });
    let run = nice(policy, &[("A", 0, 0, "native 20ms"), ("B", 5, 0, "native 20ms")]).run();
    expect!["A 8.0000, B 4.0000, A 8.0000, B 4.0000, A 4.0000, B 12.0000"].assert_eq(&turns(&run, 6));
}

#[test]
fn eevdf_takes_turns_among_equals() {
    let threads = ["A", "B", "C"].map(|name| (name, 0, 0, "native 9ms"));
    expect![[r#"
        core 0  AAABBBCCCAAABBBCCCAAABBBCCC
        A       NNN......NNN......NNN
        B       ...NNN......NNN......NNN
        C       ......NNN......NNN......NNN
    "#]]
    .assert_eq(&chart(&nice(eevdf(3), &threads).run(), 27));
}

#[test]
fn eevdf_gives_whole_slices_seldom_to_a_thread_of_little_weight() {
    let run = nice(eevdf(3), &[("A", 0, 0, "native 60ms"), ("B", 5, 0, "native 60ms")]).run();
    expect![[r#"
        core 0  AAABBBAAAAAAAAABBBAAAAAAAAABBB
        A       NNN...NNNNNNNNN...NNNNNNNNN...
        B       ...NNN.........NNN.........NNN
    "#]]
    .assert_eq(&chart(&run, 30));
}

#[test]
fn eevdf_shares_are_those_of_the_weights() {
    for (niceness, expected) in [(0, 0.5), (1, 0.5553), (5, 0.7535), (19, 0.9856), (-20, 0.0114)] {
        let two =
            nice(Policy::Eevdf(Eevdf::default()), &[("A", 0, 0, "native 3s"), ("B", niceness, 0, "native 3s")]).run();
        let had = share(&two, "A", Time::from_ms(2_400));
        assert!((had - expected).abs() < 0.005, "nice {niceness}: {had}");
    }
}

#[test]
fn a_thread_says_where_it_stands_in_virtual_time() {
    let run = nice(eevdf(3), &[("A", 0, 0, "native 60ms"), ("B", 5, 0, "native 60ms")]).run();
    let time = Time::from_ms(9);
    let of = |thread| run.seen(time).fairness(run.plan(), ThreadIx(thread), time).expect("EEVDF goes by it");
    let (a, b) = (of(0), of(1));
    assert_eq!((a.virtual_runtime, a.deadline), (6_000_000, Some(9_000_000)));
    assert_eq!((b.virtual_runtime, b.deadline), (9_170_149, Some(18_340_298)));
    // The average is (1024 × 6 + 335 × 9.170149) / 1359 = 6.781456…
    assert_eq!((a.lag, b.lag), (Some(781_456), Some(-2_388_693)));
    let later = Time::from_us(9_500);
    let grown = run.seen(later).fairness(run.plan(), ThreadIx(0), later).expect("EEVDF goes by it");
    assert_eq!(grown.virtual_runtime, 6_500_000, "also between two instants");
    let dispatch = run.trace().iter().position(|r| r.kind() == Kind::Dispatch && r.thread() == ThreadIx(1));
    expect!["B has the earliest virtual deadline of those eligible, 9.17 ms, so it gets core 0; those before it have had more than their share."].assert_eq(&sentence(&run, dispatch.expect("B runs")));
    expect!["It is alone in the ready queue, with virtual deadline 18.34 ms. Its virtual runtime is 9.17 ms, its lag −2.389 ms, so it is not eligible; its virtual deadline is 18.34 ms. A is on core 0. A slice ends on core 0 at 12 ms, unless something happens earlier."].assert_eq(&status(&run, &run.seen(time), ThreadIx(1), time).detail);
}

#[test]
fn a_sleeper_preempts_under_eevdf_once_the_request_of_who_runs_is_used_up() {
    let run =
        nice(eevdf(3), &[("hog", 0, 0, "native 30ms"), ("zzz", 0, 0, "sleep 8ms; native 1ms; sleep 1ms; native 1ms")]);
    expect![[r#"
        core 0  hhhhhhhhhhhzhzhhhhhh
        hog     NNNNNNNNNNN.N.NNNNNN
        zzz     ...zzzzzzzzNzN
    "#]]
    .assert_eq(&chart(&run.run(), 20));
}

#[test]
fn who_was_displaced_by_hand_ends_its_request_at_a_tick_as_any_other() {
    let policy = Policy::Eevdf(Eevdf { base_slice: Dur::from_us(1_400), ..Eevdf::default() });
    let mut two = nice(policy, &[("A", 0, 0, "native 20ms"), ("B", 0, 0, "native 20ms")]);
    // B has core 0 for 100 us only.
    let by_hand = |us, what| Intervention { at: Time::from_us(us), what, extra: Extra::new() };
    two.interventions.push(by_hand(9_000, What::RunHere { thread: ThreadId(1), core: CoreId(0) }));
    two.interventions.push(by_hand(9_100, What::RunHere { thread: ThreadId(0), core: CoreId(0) }));
    let run = two.run();
    let ends = run.trace().iter().filter(|r| r.reason() == Reason::SliceEnded);
    let off: Vec<Time> = ends.map(|r| r.time()).filter(|t| t.ns() % 4_000_000 != 0).collect();
    assert_eq!(off, []);
}

#[test]
fn under_cfs_who_yields_goes_behind_the_first_although_it_had_less() {
    let run = nice(cfs(), &[("B", 0, 0, "native 9ms"), ("A", 0, 0, "native 1ms; native 6ms")]);
    let yields = with_yield(run);
    expect![[r#"
        core 0  BBBABBBAAABBBAAA-
        B       NNN.NNN...NNN
        A       ...N...NNN...NNN
    "#]]
    .assert_eq(&chart(&yields.run(), 17));
}

#[test]
fn under_eevdf_who_yields_gives_up_the_rest_of_its_request() {
    let run = with_yield(nice(eevdf(3), &[("B", 0, 0, "native 9ms"), ("A", 0, 0, "native 1ms; native 6ms")])).run();
    let of_a = |ms| {
        let time = Time::from_ms(ms);
        let of_a = run.seen(time).fairness(run.plan(), ThreadIx(1), time).expect("EEVDF goes by it");
        (of_a.virtual_runtime, of_a.deadline)
    };
    assert_eq!([3, 4].map(of_a), [(0, Some(3_000_000)), (3_000_000, Some(6_000_000))]);
    assert!(run.trace().iter().all(|r| r.reason() != Reason::SliceEnded || r.time() != Time::from_ms(4)));
}

/// Lets the second thread yield behind its first op.
fn with_yield(mut scenario: Scenario) -> Scenario {
    scenario.thread_mut(ThreadId(1)).expect("the second").program.insert(1, Op::Yield.into());
    scenario
}

#[test]
fn under_eevdf_a_newcomer_begins_where_the_last_one_left_with_half_a_request() {
    let run = nice(eevdf(3), &[("A", 0, 0, "native 3ms"), ("B", 0, 5, "native 9ms")]).run();
    let time = Time::from_ms(5);
    let of_b = run.seen(time).fairness(run.plan(), ThreadIx(1), time).expect("EEVDF goes by it");
    assert_eq!((of_b.virtual_runtime, of_b.deadline), (3_000_000, Some(4_500_000)));
}

#[test]
fn under_eevdf_those_that_are_ahead_of_the_average_take_turns_on_the_core_that_they_have() {
    // X alone may run on core 1, and weighs so much that the average stays where it is: A and Q are ahead of it for good.
    let threads = [("X", 0, "native 12ms"), ("A", 0, "native 9ms"), ("Q", 0, "native 9ms")];
    let mut scenario = computer(2).policy(eevdf(3)).process("app", Runtime::Native, &threads).pin("X", &[1]);
    scenario.thread_mut(ThreadId(0)).expect("X").share.nice = -20;
    expect![[r#"
        core 0  AAAQQQAAAQQQAAA---
        core 1  XXXXXXXXXXXXQQQ---
        X       NNNNNNNNNNNN
        A       NNN...NNN...NNN
        Q       ...NNN...NNNNNN
    "#]]
    .assert_eq(&chart(&scenario.run(), 18));
}

#[test]
fn virtual_time_passes_also_while_nothing_happens() {
    let run = nice(cfs(), &[("A", 0, 0, "native 40ms"), ("B", 5, 0, "native 40ms")]).run();
    let at = |us| {
        let time = Time::from_us(us);
        run.seen(time).fairness(run.plan(), ThreadIx(0), time).map(|f| f.virtual_runtime)
    };
    assert_eq!([at(0), at(1_500), at(4_000)], [Some(0), Some(1_500_000), Some(4_000_000)]);
}

#[test]
fn under_eevdf_who_keeps_its_core_does_not_pass_through_the_ready_queue() {
    // A's requests end each 3 ms, from 6 ms on before B is eligible.
    let run = nice(eevdf(3), &[("A", 0, 0, "native 60ms"), ("B", 5, 0, "native 60ms")]).run();
    let ended = run.trace().iter().filter(|r| r.reason() == Reason::SliceEnded).map(|r| r.time().ns() / 1_000_000);
    assert_eq!(ended.take(5).collect::<Vec<_>>(), [3, 6, 15, 18, 27]);
}

#[test]
fn under_eevdf_the_latest_deadline_gives_way() {
    // A request of 6 ms is due at 11.7 ms of virtual time for A, at 18.3 for B, at 10.8 for S, which wakes at 2 ms.
    let threads = [("S", 0, 0, "sleep 2ms; native 2ms"), ("B", 5, 0, "native 9ms"), ("A", 3, 0, "native 9ms")];
    let policy = Policy::Eevdf(Eevdf { base_slice: Dur::from_ms(6), tick: None, run_to_parity: false });
    let mut scenario = nice(policy, &threads).pin("A", &[0]).pin("B", &[1]);
    scenario.computer.cores = 2;
    expect![[r#"
        core 0  AAAAAAAAA---
        core 1  BBSSBBBBBBB-
        S       zzNN
        B       NN..NNNNNNN
        A       NNNNNNNNN
    "#]]
    .assert_eq(&chart(&scenario.run(), 12));
}
