//! Where a thread stands that goes from one core's queue to another's, under policies that go by virtual time or passes
//! (`policies.md` sections 4, 6, 7 and 8).

use gilscope::engine::{Kind, Run};
use gilscope::ids::{CoreId, ThreadId, ThreadIx};
use gilscope::scenario::policy::{Cfs, Eevdf, Stride};
use gilscope::scenario::queues::PerCore;
use gilscope::scenario::{Intervention, Policy, Queues, Runtime, Scenario, What};
use gilscope::time::{Dur, Time};

use crate::build::{Build, chart, computer};

/// A, C and E share core 0; on core 1 D has 1 ms and then leaves B alone, so that at 4 ms one is moved there.
fn scenario(policy: Policy) -> Scenario {
    let threads = [
        ("A", 0, "native 12ms"),
        ("B", 0, "native 12ms"),
        ("C", 0, "native 12ms"),
        ("D", 0, "native 1ms"),
        ("E", 0, "native 12ms"),
    ];
    let mut scenario = computer(2).policy(policy).process("app", Runtime::Native, &threads);
    let balance = Some(Dur::from_ms(4));
    scenario.computer.queues = Queues::PerCore(PerCore { balance, pull: false, ..PerCore::default() });
    scenario
}

/// The virtual runtime, deadline and lag of E, in ns, right after its move.
fn of_e(run: &Run) -> (i64, Option<i64>, Option<i64>) {
    let at = Time::from_ms(4);
    let moved = run.trace().iter().find(|r| r.kind() == Kind::Move).expect("a move");
    assert_eq!((moved.time(), moved.thread()), (at, ThreadIx(4)));
    let fairness = run.seen(at).fairness(run.plan(), ThreadIx(4), at).expect("it goes by that");
    (fairness.virtual_runtime, fairness.deadline, fairness.lag)
}

#[test]
fn under_cfs_a_moved_thread_is_as_far_ahead_of_the_least_as_it_was() {
    // On core 0 the least virtual runtime is E's own, 0; on core 1 it is the 1 ms that D left with.
    assert_eq!(of_e(&scenario(Policy::Cfs(Cfs::default())).run()).0, 1_000_000);
}

#[test]
fn under_eevdf_a_moved_thread_keeps_its_lag_and_the_rest_of_its_request() {
    // On core 0 A has had 3 ms, C 1 and E none: the average is 1.333 ms, and so is E's lag. On core 1 B has had 3 ms. With E
    // at 0.333 ms the average there is 1.667, again 1.333 more. Its request is the whole 3 ms.
    let policy = Eevdf { base_slice: Dur::from_ms(3), tick: None, run_to_parity: true };
    let run = scenario(Policy::Eevdf(policy)).run();
    assert_eq!(of_e(&run), (333_334, Some(3_333_334), Some(1_333_333)));
}

#[test]
fn under_eevdf_part_of_a_request_stays_used_up() {
    // C has had 0.9 of its 3 ms when E is put on its core by hand, and is the one that is moved.
    let mut scenario = scenario(Policy::Eevdf(Eevdf { base_slice: Dur::from_ms(3), tick: None, run_to_parity: true }));
    scenario = scenario.pin("A", &[0]).pin("E", &[0]);
    let what = What::RunHere { thread: ThreadId(4), core: CoreId(0) };
    scenario.interventions.push(Intervention { at: Time::from_us(3_900), what, extra: Default::default() });
    let run = scenario.run();
    let at = Time::from_ms(4);
    let of_c = run.seen(at).fairness(run.plan(), ThreadIx(2), at).expect("EEVDF goes by it");
    assert_eq!(of_c.deadline.map(|d| d - of_c.virtual_runtime), Some(2_100_000));
    assert!(run.trace().iter().any(|r| r.kind() == Kind::Move && r.time() == at && r.thread() == ThreadIx(2)));
}

#[test]
fn under_stride_a_moved_thread_is_as_far_ahead_of_the_least_pass_as_it_was() {
    // A turn is 1 ms. At 4 ms C and E have had one each, A two: C is at the least pass and comes to B's, after which it is
    // its turn.
    let policy = Stride { quantum: Dur::from_ms(1), ..Stride::default() };
    expect_test::expect![[r#"
        core 0  ACEAEAEAEAEA
        core 1  BDBBBCBCBCBC
        A       N..N.N.N.N.N
        B       N.NNN.N.N.N.
        C       .N...N.N.N.N
        D       .N
        E       ..N.N.N.N.N.
    "#]]
    .assert_eq(&chart(&scenario(Policy::Stride(policy)).run(), 12));
}
