//! Where slices end, and what counts at the instant at which one does.

use expect_test::expect;
use gilscope::ids::{CoreId, ThreadId};
use gilscope::scenario::model::Extra;
use gilscope::scenario::policy::{Priority, RoundRobinCompat};
use gilscope::scenario::{CostSet, Costs, Intervention, Policy, RoundRobin, Runtime, Scenario, What};
use gilscope::time::{Dur, Time};

use crate::build::{Build, chart, computer};

fn native(cores: u8, policy: Policy, threads: &[(&str, u64, &str)]) -> Scenario {
    computer(cores).policy(policy).process("app", Runtime::Native, threads)
}

#[test]
fn a_newcomer_does_not_renew_the_rest_of_a_slice() {
    // Quantum 4 ms. At 1 ms B is put on the core by hand, and A keeps 3 ms of its slice, from 3 to 6 ms. C comes at 4 ms.
    let three = [("A", 0, "native 6ms"), ("B", 0, "native 2ms"), ("C", 4, "native 2ms")];
    let mut scenario = native(1, Policy::round_robin(Dur::from_ms(4)), &three);
    let what = What::RunHere { thread: ThreadId(1), core: CoreId(0) };
    scenario.interventions.push(Intervention { at: Time::from_ms(1), what, extra: Extra::new() });
    expect![[r#"
        core 0  ABBAAACCAA-
        A       N..NNN..NN
        B       .NN
        C           ..NN
    "#]]
    .assert_eq(&chart(&scenario.run(), 11));
}

#[test]
fn inside_a_level_who_comes_as_a_slice_ends_is_queued_first() {
    let policy = Policy::Priority(Priority { quantum: Some(Dur::from_ms(2)), ..Priority::default() });
    let three = [("A", 0, "native 4ms"), ("B", 0, "native 4ms"), ("C", 2, "native 2ms")];
    expect![[r#"
        core 0  AABBCCAABB-
        A       NN....NN
        B       ..NN....NN
        C         ..NN
    "#]]
    .assert_eq(&chart(&native(1, policy, &three).run(), 11));
}

#[test]
fn each_core_that_switches_after_a_stay_is_free_again_after_it() {
    let costs = CostSet::Custom(Costs { switch: Dur::from_ms(1), ..Costs::default() });
    let compat = RoundRobinCompat { switch_out: true, ..RoundRobinCompat::default() };
    let policy = Policy::RoundRobin(RoundRobin { quantum: Dur::from_ms(2), compat, ..RoundRobin::default() });
    let two = [("A", 0, "native 4ms"), ("B", 0, "native 4ms")];
    expect![[r#"
        core 0  AA-AA--
        core 1  BB-BB--
        A       NN.NN
        B       NN.NN
    "#]]
    .assert_eq(&chart(&native(2, policy, &two).costs(costs).run(), 7));
}
