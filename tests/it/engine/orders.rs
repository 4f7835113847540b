//! What each policy says of itself, and where a lone thread stands at the ends of its slices.

use expect_test::expect;
use gilscope::engine::{Kind, Reason};
use gilscope::explain::{sentence, status};
use gilscope::ids::{ThreadId, ThreadIx};
use gilscope::scenario::policy::{Cfs, Eevdf, Fcfs, Lottery, LotteryCompat, Mlfq, Priority, Stride};
use gilscope::scenario::{Intervention, Policy, Runtime, Scenario, What};
use gilscope::time::{Dur, Time};

use crate::build::{Build, chart, computer};

fn native(policy: Policy, threads: &[(&str, u64, &str)]) -> Scenario {
    computer(1).policy(policy).process("app", Runtime::Native, threads)
}

#[test]
fn each_policy_says_what_its_queue_is_ordered_by_and_whose_slices_it_ends() {
    let quantum = Dur::from_ms(2);
    let policies = [
        Policy::FCFS,
        Policy::round_robin(quantum),
        Policy::Sjf,
        Policy::Srtf,
        Policy::Priority(Priority { quantum: Some(quantum), ..Priority::default() }),
        Policy::Priority(Priority { higher_number_first: true, ..Priority::default() }),
        Policy::Mlfq(Mlfq::default()),
        Policy::Lottery(Lottery { quantum, ..Lottery::default() }),
        Policy::Stride(Stride { quantum, ..Stride::default() }),
        Policy::Cfs(Cfs::default()),
        Policy::Eevdf(Eevdf::default()),
    ];
    let threads = [("A", 0, "native 30ms"), ("B", 0, "native 30ms"), ("C", 0, "native 30ms")];
    let mut told = String::new();
    for policy in policies {
        let mut scenario = native(policy, &threads);
        let what = What::Reorder { thread: ThreadId(2), to: 0 };
        scenario.interventions.push(Intervention { at: Time::from_us(500), what, extra: Default::default() });
        let run = scenario.run();
        let machine = run.seen(Time::ZERO);
        told += &status(&run, &machine, *machine.ready().next().as_ref().expect("two wait"), Time::ZERO).detail;
        let first = |wanted: &dyn Fn(Kind, Reason) -> bool| {
            let found = run.trace().iter().position(|r| wanted(r.kind(), r.reason()));
            found.map_or_else(String::new, |i| format!("\n  {}", sentence(&run, i)))
        };
        told += &first(&|kind, _| matches!(kind, Kind::SkipIntervention | Kind::Intervene));
        told += &first(&|_, reason| reason == Reason::SliceEnded);
        told += "\n";
    }
    expect![[r#"
        It is number 1 of 2 in the ready queue. A is on core 0. Under first come, first served a thread keeps its core until it blocks or ends.
          C is moved to the head of the ready queue by hand.
        It is number 1 of 2 in the ready queue. A is on core 0. A slice ends on core 0 at 2 ms, unless something happens earlier.
          C is moved to the head of the ready queue by hand.
          A's slice (quantum 2 ms) ended while others were ready, so it goes to the tail of the ready queue, saved at 2 of 30 ms.
        It is number 1 of 2 in the ready queue, with a burst of 30 ms: the shorter the burst, the earlier. A is on core 0. Under shortest job first a thread keeps its core until it blocks or ends.
          C is not moved in the ready queue by hand: the policy orders it, the shorter the burst, the earlier.
        It is number 1 of 2 in the ready queue, with a burst of 30 ms: the shorter the burst, the earlier. A is on core 0. Under shortest remaining time first a thread keeps its core until it blocks or ends, or one that goes before it is ready.
          C is not moved in the ready queue by hand: the policy orders it, the shorter the burst, the earlier.
        It is number 1 of 2 in the ready queue, with priority 0: the lower its priority's number, the earlier. A is on core 0. A slice ends on core 0 at 2 ms, unless something happens earlier.
          C is not moved in the ready queue by hand: the policy orders it, the lower its priority's number, the earlier.
          A's slice (quantum 2 ms) ended while others were ready, so it goes back into the ready queue, saved at 2 of 30 ms.
        It is number 1 of 2 in the ready queue, with priority 0: the higher its priority's number, the earlier. A is on core 0. Under priority a thread keeps its core until it blocks or ends, or one that goes before it is ready.
          C is not moved in the ready queue by hand: the policy orders it, the higher its priority's number, the earlier.
        It is number 1 of 2 in the ready queue, on level 1 of 3: the higher its level, the earlier. A is on core 0. A slice ends on core 0 at 2 ms, unless something happens earlier.
          C is not moved in the ready queue by hand: the policy orders it, the higher its level, the earlier.
          A's slice ended, so it goes back into the ready queue, saved at 2 of 30 ms.
        It is number 1 of 2 in the ready queue, with 100 tickets: a draw decides, whatever the order. C is on core 0. A slice ends on core 0 at 2 ms, unless something happens earlier.
          C is not moved in the ready queue by hand: it is on a core.
          C's slice (quantum 2 ms) ended while others were ready, so it goes back into the ready queue, saved at 2 of 30 ms.
        It is number 1 of 2 in the ready queue, with 100 tickets: the smaller the pass, the earlier. A is on core 0. A slice ends on core 0 at 2 ms, unless something happens earlier.
          C is not moved in the ready queue by hand: the policy orders it, the smaller the pass, the earlier.
          A's slice (quantum 2 ms) ended while others were ready, so it goes back into the ready queue, saved at 2 of 30 ms.
        It is number 1 of 2 in the ready queue, with virtual runtime 0 ms: the smaller the virtual runtime, the earlier. Its virtual runtime is 0 ms; the smallest goes first. A is on core 0. A slice ends on core 0 at 2 ms, unless something happens earlier.
          C is not moved in the ready queue by hand: the policy orders it, the smaller the virtual runtime, the earlier.
          A's slice ended while others were ready, so it goes back into the ready queue, saved at 2 of 30 ms.
        It is number 1 of 2 in the ready queue, with virtual deadline 1.4 ms: the earlier the virtual deadline, the earlier, of those that are eligible. Its virtual runtime is 0 ms, its lag 0 ms, so it is eligible; its virtual deadline is 1.4 ms. A is on core 0. A slice ends on core 0 at 4 ms, unless something happens earlier.
          C is not moved in the ready queue by hand: the policy orders it, the earlier the virtual deadline, the earlier, of those that are eligible.
          A's slice ended while others were ready, so it goes back into the ready queue, saved at 4 of 30 ms.
    "#]]
    .assert_eq(&told);
}

#[test]
fn a_lone_thread_keeps_its_core_where_no_reference_draws_for_each_quantum() {
    let dispatches = |whole_quanta| {
        let compat = LotteryCompat { whole_quanta, ..LotteryCompat::default() };
        let policy = Policy::Lottery(Lottery { quantum: Dur::from_ms(1), compat });
        let run = native(policy, &[("A", 0, "native 3ms")]).run();
        run.trace().iter().filter(|r| r.kind() == Kind::Dispatch && r.thread() == ThreadIx(0)).count()
    };
    assert_eq!([false, true].map(dispatches), [1, 3]);
}

#[test]
fn in_the_reference_a_free_core_takes_who_was_ready_before_whose_io_ends_at_that_instant() {
    // `process-run.py` picks at the end of a tick, and I/O ends at the beginning of the next. Behind Z comes X again.
    let cyclic = Policy::Fcfs(Fcfs { cyclic: true, ..Fcfs::default() });
    let three = [("X", 0, "io 4ms; native 1ms"), ("Y", 0, "native 1ms; io 1ms; native 1ms"), ("Z", 0, "native 3ms")];
    expect![[r#"
        core 0  YZZZYX-
        X       iiii.N
        Y       Ni..N
        Z       .NNN
    "#]]
    .assert_eq(&chart(&native(cyclic, &three).run(), 7));
}

#[test]
fn under_stride_who_is_still_at_the_least_pass_keeps_its_core() {
    // A has twice as many tickets. At 3 and 6 ms it is at the same pass as B, and goes first.
    let policy = Policy::Stride(Stride { quantum: Dur::from_ms(1), ..Stride::default() });
    let mut scenario = native(policy, &[("A", 0, "native 9ms"), ("B", 0, "native 9ms")]);
    scenario.thread_mut(ThreadId(0)).expect("A").share.tickets = 200;
    let run = scenario.run();
    let ended = run.trace().iter().filter(|r| r.reason() == Reason::SliceEnded).map(|r| r.time().ns() / 1_000_000);
    assert_eq!(ended.take(6).collect::<Vec<_>>(), [1, 2, 4, 5, 7, 8]);
}
