//! What other runtimes than one interpreter with one GIL do (`gil-semantics.md` sections 1.8, 2 and 3).

use expect_test::expect;
use gilscope::engine::{Cause, Ending, Kind, Place, Reason, Run, Work};
use gilscope::ids::{GilIx, ProcessIx, ThreadIx};
use gilscope::scenario::{CostSet, Costs, Policy, Runtime, Scenario, Step};
use gilscope::time::{Dur, Time};
use serde_json::Value;

use crate::build::{Build, chart, computer};

const SEVERAL: Runtime = Runtime::Subinterpreters { switch_interval: Runtime::DEFAULT_SWITCH_INTERVAL };
const PYTHON_2: Runtime = Runtime::Cpython2 { check_interval: Runtime::DEFAULT_CHECK_INTERVAL };

#[test]
fn threads_of_different_interpreters_run_python_at_once_and_those_of_one_take_turns() {
    let threads = [("A", 0, "python 8ms"), ("B", 0, "python 8ms"), ("C", 0, "python 8ms")];
    let run = computer(3).process("app", SEVERAL, &threads).interpreter("C", 1).run();
    expect![[r#"
        core 0                     AAAAA-----AAA-----
        core 1                     -----BBBBB---BBB--
        core 2                     CCCCCCCC----------
        GIL app, main interpreter  AAAAABBBBBAAABBB--
        asks                            B    A
        GIL app, interpreter 1     CCCCCCCC----------
        A                          PPPPPgggggPPP
        B                          gggggPPPPPgggPPP
        C                          PPPPPPPP
    "#]]
    .assert_eq(&chart(&run, 18));
}

#[test]
fn interpreters_have_gils_in_order_of_their_numbers_and_the_main_one_always_has() {
    let threads = [("A", 0, "python 1ms"), ("B", 0, "python 1ms")];
    let run = computer(2).process("app", SEVERAL, &threads).interpreter("A", 63).interpreter("B", 7).run();
    let plan = run.plan();
    assert_eq!(plan.gils.iter().map(|g| g.interpreter).collect::<Vec<_>>(), [0, 7, 63]);
    let names: Vec<String> = plan.gil_ixs().map(|g| plan.gil_owner(g)).collect();
    assert_eq!(names, ["app, main interpreter", "app, interpreter 7", "app, interpreter 63"]);
    assert_eq!(run.end(), Time::from_ms(1), "each has its own");
    assert!(plan.has_several_gils(ProcessIx(0)));
    let main_only = computer(2).process("app", SEVERAL, &threads).run();
    assert!(!main_only.plan().has_several_gils(ProcessIx(0)));
    // In another plan they are found by what they are.
    let fewer = computer(2).process("app", SEVERAL, &threads).interpreter("B", 63).run();
    assert_eq!([0, 1, 2].map(|gil| fewer.plan().same_gil(plan, GilIx(gil))), [Some(GilIx(0)), None, Some(GilIx(1))]);
}

#[test]
fn the_interpreter_of_a_thread_means_nothing_to_other_runtimes() {
    let threads = [("A", 0, "python 8ms"), ("B", 0, "python 8ms")];
    let plain = computer(2).python(&threads).run();
    let numbered = computer(2).python(&threads).interpreter("B", 5).run();
    assert_eq!(plain.trace(), numbered.trace());
}

/// Two threads that compute, on this many cores.
fn two_of_python_2(cores: u8, check_interval: u32) -> Scenario {
    computer(cores).costs(CostSet::Measured).policy(Policy::default()).process(
        "app",
        Runtime::Cpython2 { check_interval },
        &[("A", 0, "python 20ms"), ("B", 0, "python 20ms")],
    )
}

fn count(run: &Run, kind: Kind, reason: Reason) -> usize {
    run.trace().iter().filter(|r| r.kind() == kind && r.reason() == reason).count()
}

#[test]
fn a_lone_thread_of_python_2_pays_nothing_for_its_checks() {
    let run = computer(2).costs(CostSet::Measured).process("app", PYTHON_2, &[("A", 0, "python 20ms")]).run();
    assert_eq!(run.end(), Time::from_ms(20));
    assert_eq!(run.trace().iter().filter(|r| r.kind() == Kind::DropGil).count(), 1, "only at its end");
}

#[test]
fn nobody_asks_for_a_gil_of_python_2() {
    let run = two_of_python_2(2, 100).run();
    assert!(run.trace().iter().all(|r| !matches!(r.kind(), Kind::RequestGil | Kind::ForcedWait)));
    assert_eq!(run.ending(), Some(&Ending::AllFinished));
}

#[test]
fn a_waiter_on_another_core_wins_some_races_at_checks_and_more_with_more_checks() {
    let won = |ticks| count(&two_of_python_2(2, ticks).run(), Kind::TakeGil, Reason::WonRace);
    let [often, seldom] = [won(100), won(1_000)];
    assert!(often > 300 && (10..often / 4).contains(&seldom), "{often} and {seldom}");
}

#[test]
fn who_loses_the_gil_at_a_check_wants_it_again_and_keeps_what_it_has_done() {
    let run = two_of_python_2(2, 1_000).run();
    let lost = run.trace().iter().position(|r| r.reason() == Reason::LostAtCheck).expect("a lost race");
    let [drop, take, wants] = [lost - 2, lost - 1, lost].map(|i| run.trace()[i]);
    assert_eq!((drop.kind(), drop.reason()), (Kind::DropGil, Reason::AtCheck));
    assert_eq!((take.kind(), take.reason()), (Kind::TakeGil, Reason::WonRace));
    assert_eq!((wants.thread(), take.thread()), (drop.thread(), drop.cause().expect("the winner")));
    let (done, of) = run.seen(wants.time()).progress(run.plan(), wants.thread(), wants.time()).expect("in its Python");
    assert!(!done.is_zero() && done < of);
}

#[test]
fn on_one_core_the_gil_of_python_2_changes_hands_with_the_slice() {
    let threads = [("A", 0, "python 10ms"), ("B", 0, "python 10ms")];
    let run = computer(1).policy(Policy::round_robin(Dur::from_ms(4))).process("app", PYTHON_2, &threads).run();
    expect![[r#"
        core 0  AAAABBBBAAAABBBBAABB--
        GIL     AAAABBBBAAAABBBBAABB--
        A       PPPP....PPPP....PP
        B       ....PPPP....PPPP..PP
    "#]]
    .assert_eq(&chart(&run, 22));
}

#[test]
fn who_is_taken_off_amid_c_code_or_on_another_core_keeps_the_gil_of_python_2() {
    // A's slice ends at 4 ms. In C code no check comes meanwhile.
    let threads = [("A", 0, "extension 6ms"), ("B", 0, "python 2ms")];
    let run = computer(1).policy(Policy::round_robin(Dur::from_ms(4))).process("app", PYTHON_2, &threads).run();
    expect![[r#"
        core 0  AAAAAABB--
        GIL     AAAAAABB--
        A       XXXXXX
        B       ....ggPP
    "#]]
    .assert_eq(&chart(&run, 10));
    // A check comes only when A runs again: N has its core then, and B looks from another one.
    let threads = [("A", 0, "python 5ms"), ("B", 5, "python 2ms")];
    let run = computer(2)
        .policy(Policy::round_robin(Dur::from_ms(4)))
        .process("app", PYTHON_2, &threads)
        .process("other", Runtime::Native, &[("N", 0, "native 4ms")])
        .pin("A", &[0])
        .pin("N", &[0])
        .pin("B", &[1])
        .run();
    assert_eq!(run.seen(Time::from_ms(6)).thread(ThreadIx(1)).place, Place::WantsGil);
    assert_eq!(count(&run, Kind::TakeGil, Reason::HolderOff), 0);
}

#[test]
fn a_holder_of_python_2_pays_for_its_checks_also_while_its_only_waiter_is_waking() {
    // A check after each 4 µs of Python costs as much again. B is signalled at 1 ms and awake at 5 ms; C takes the GIL at
    // 2 ms, and needs 4 ms for its 2.
    let costs = Costs { hand_off: Dur::from_ms(4), gil_check: Dur::from_us(4), ..Costs::default() };
    let threads = [("A", 0, "extension 1ms; io 9ms"), ("B", 0, "python 1ms"), ("C", 2, "python 2ms")];
    let run = computer(3).costs(CostSet::Custom(costs)).process("app", PYTHON_2, &threads).run();
    let end = |segment: gilscope::engine::segments::GilSegment| (segment.holder.0, segment.start, segment.end);
    let held: Vec<_> = run.lanes().gil(GilIx(0)).iter().map(end).collect();
    assert_eq!(held[1], (2, Time::from_ms(2), Time::from_ms(6)));
}

#[test]
fn no_check_comes_in_c_code_that_keeps_the_gil() {
    let threads = [("C", 0, "extension 30ms; python 1ms"), ("A", 1, "python 1ms")];
    let run = computer(2).costs(CostSet::Measured).process("app", PYTHON_2, &threads).run();
    let took = run.trace().iter().find(|r| r.kind() == Kind::TakeGil && r.thread() == ThreadIx(1));
    assert!(took.expect("it gets it at last").time() >= Time::from_ms(30));
}

#[test]
fn checks_are_no_useful_time_and_are_booked_apart() {
    let run = two_of_python_2(2, 100).run();
    let figures = gilscope::metrics::Metrics::of(&run, run.end());
    let (spent, checks): (Dur, Dur) =
        (figures.threads.iter().map(|t| t.totals.python).sum(), figures.threads.iter().map(|t| t.totals.checks).sum());
    assert_eq!(spent, Dur::from_ms(40));
    assert!(checks > Dur::from_ms(20));
    assert_eq!(figures.cores.iter().map(|c| c.useful).sum::<Dur>(), Dur::from_ms(40));
}

#[test]
fn the_seed_decides_the_races_and_the_same_one_gives_the_same_run() {
    let with = |seed| {
        let mut scenario = two_of_python_2(2, 100);
        scenario.seed = seed;
        scenario.run().trace().to_vec()
    };
    assert_eq!(with(1), with(1));
    assert_ne!(with(1), with(2));
}

/// What was measured with Python 2.7: each case says what to measure, and the range of its median over 20 seeds.
#[test]
fn python_2_takes_as_long_as_was_measured() {
    let file = include_str!("../../reference/cpython/cpython2.json");
    let cases: Value = serde_json::from_str(file).expect("JSON");
    let mut rows = String::new();
    let mut met = 0;
    for case in cases["cases"].as_array().expect("cases") {
        let mut measured: Vec<f64> = (0..20).map(|seed| measure(case, seed)).collect();
        measured.sort_by(f64::total_cmp);
        let median = f64::midpoint(measured[9], measured[10]);
        let bound = |i: usize| case["between"][i].as_f64().expect("a bound");
        met += usize::from((bound(0)..=bound(1)).contains(&median));
        rows += &format!("{} {median:.3} of {}\n", case["id"], case["between"]);
    }
    assert_eq!(met, 4, "\n{rows}");
}

/// What a case asks for, in one run: the run's length beside the computing of all threads, or the median wait after an I/O.
fn measure(case: &Value, seed: u64) -> f64 {
    let number = |key: &str| case[key].as_u64().expect("a number");
    let runtime = Runtime::Cpython2 { check_interval: number("check_interval_ticks") as u32 };
    let mut scenario = computer(number("cores") as u8).costs(CostSet::Measured).policy(Policy::default());
    let threads = case["processes"][0]["threads"].as_array().expect("threads");
    let names: Vec<_> = threads.iter().map(|t| (t["name"].as_str().expect("a name"), 0, "")).collect();
    scenario = scenario.process("app", runtime, &names);
    for (thread, given) in scenario.processes[0].threads.iter_mut().zip(threads) {
        thread.program = steps(&given["program"]);
    }
    scenario.seed = seed;
    let run = scenario.run();
    if case["measure"].as_str().expect("words").starts_with("makespan") {
        return (run.end() - Time::ZERO).as_ms_f64() / 400.0;
    }
    let thread = run.plan().thread_ixs().find(|t| run.plan().thread(*t).name == "IO").expect("a thread IO");
    let lane = run.lanes().thread(thread);
    let ends = lane.iter().filter(|s| s.place == Place::Waiting(Cause::Io)).map(|s| s.end);
    let runs = |end: Time| lane.iter().find(|s| s.start >= end && s.place == Place::Running(Work::Python));
    let mut waits: Vec<f64> = ends.filter_map(|end| Some((runs(end)?.start - end).as_ms_f64())).collect();
    waits.sort_by(f64::total_cmp);
    waits[waits.len() / 2]
}

/// Steps as the cases write them.
fn steps(program: &Value) -> Vec<Step> {
    let step = |step: &Value| match (step[0].as_str().expect("an op"), &step[1]) {
        ("repeat", times) => {
            let times = Some(times.as_u64().expect("a number") as u32);
            gilscope::scenario::Op::Repeat { times, steps: steps(&step[2]) }.into()
        }
        (op, ms) => {
            let length = Dur::from_ns((ms.as_f64().expect("a length") * 1e6) as u64);
            gilscope::scenario::Op::timed(op.trim_end_matches("_ms"), length).expect("an op").into()
        }
    };
    program.as_array().expect("a program").iter().map(step).collect()
}
