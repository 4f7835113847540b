//! The numbers of two runs and their differences.

use gilscope::metrics::{About, Metrics, Unit, horizon};
use gilscope::scenario::pairs::offers;
use gilscope::scenario::{CostSet, Op, Pair};
use gilscope::session::compare::Comparison;
use gilscope::session::numbers::{is_main, less_is_better, values};
use gilscope::time::{Dur, Time};

use proptest::prelude::*;

use super::{compared, preset, run};
use crate::random;

fn line(comparison: &Comparison, key: &str) -> String {
    let row = comparison.rows().iter().find(|row| row.about.key == key).expect("a row");
    let [a, b] = &row.values;
    format!("{a} | {b} | {} | {}", row.difference, row.verdict)
}

#[test]
fn the_table_of_w4_says_what_a_build_without_a_gil_gains() {
    let w4 = preset("W4");
    let comparison = compared(&w4, &Pair::FreeThreaded.of(&w4).expect("a variant"));
    expect_test::expect![[r#"
        makespan: 31 ms | 16.5 ms | −14.5 ms (−46.8 %) | better
        core use: 48.4 % | 100 % | +51.6 points | 
        hand-offs: 5 | no GIL | – | 
        GIL: 26.2 ms | no GIL | – | 
        B finishes in 16.5 ms, A in 31 ms: B is 1.88 times as fast."#]]
    .assert_eq(&format!(
        "makespan: {}\ncore use: {}\nhand-offs: {}\nGIL: {}\n{}",
        line(&comparison, "makespan"),
        line(&comparison, "core_use"),
        line(&comparison, "hand_offs"),
        line(&comparison, "wants_gil"),
        comparison.says(),
    ));
}

#[test]
fn both_ways_round_better_is_worse() {
    let w4 = preset("W4");
    let free = Pair::FreeThreaded.of(&w4).expect("a variant");
    let (there, back) = (compared(&w4, &free), compared(&free, &w4));
    for (a, b) in there.rows().iter().zip(back.rows()) {
        assert_eq!([&a.values[0], &a.values[1]], [&b.values[1], &b.values[0]]);
        let turned = match a.verdict {
            "better" => "worse",
            "worse" => "better",
            _ => "",
        };
        assert_eq!(b.verdict, turned, "{}", a.about.key);
        assert_eq!(a.difference.starts_with('+'), b.difference.starts_with('−'), "{}", a.about.key);
    }
}

#[test]
fn numbers_are_those_of_the_runs() {
    for name in ["G3", "W2", "S1", "G4"] {
        let run = run(&preset(name));
        let values = values(&run, Time::NEVER);
        let metrics = Metrics::of(&run, horizon(&run, Time::NEVER));
        let alone: Vec<_> = About::whole().iter().map(|about| about.of_run(&metrics)).collect();
        assert_eq!(values, alone, "{name}");
    }
}

#[test]
fn only_times_are_better_or_worse() {
    let judged = About::whole().iter().filter(|about| less_is_better(about).is_some());
    assert!(judged.clone().all(|about| matches!(about.unit, Unit::Ns | Unit::Factor)));
    assert_eq!(judged.clone().filter(|about| is_main(about)).count(), 7);
    // Locks without a GIL: slower, with more of the cores in use.
    let s10 = preset("S10");
    let comparison = compared(&s10, &Pair::FreeThreaded.of(&s10).expect("a variant"));
    let verdicts: Vec<_> = comparison.rows().iter().map(|row| (row.about.key, row.verdict)).collect();
    assert!(verdicts.contains(&("makespan", "worse")) && verdicts.contains(&("core_use", "")), "{verdicts:?}");
    assert!(line(&comparison, "hand_offs").contains("| no GIL |"));
}

#[test]
fn figures_that_other_cores_change_by_themselves_carry_no_verdict() {
    let g4 = preset("G4");
    let comparison = compared(&g4, &Pair::Cores(1).of(&g4).expect("a variant"));
    let verdict = |key: &str| comparison.rows().iter().find(|row| row.about.key == key).expect("a row").verdict;
    assert_eq!([verdict("core_use"), verdict("parallelism"), verdict("makespan")], ["", "", "worse"]);
}

#[test]
fn the_same_scenario_twice_differs_in_nothing() {
    let comparison = compared(&preset("G3"), &preset("G3"));
    assert!(comparison.rows().iter().all(|row| row.difference == "the same" && row.verdict.is_empty()));
    assert!(comparison.says().starts_with("A and B both take "), "{}", comparison.says());
}

#[test]
fn what_takes_nearly_as_long_is_not_said_to_be_once_as_fast() {
    let alone = |us: u64| {
        let mut scenario = preset("P1a");
        scenario.processes.truncate(1);
        scenario.processes[0].threads.truncate(1);
        scenario.processes[0].threads[0].program = vec![Op::Native(Dur::from_us(us)).into()];
        scenario.computer.costs = CostSet::Textbook;
        scenario
    };
    let says = |a: u64, b: u64| compared(&alone(a), &alone(b)).says();
    assert_eq!(says(100_000, 100_200), "A finishes in 100 ms, B in 100.2 ms: hardly any difference.");
    assert_eq!(says(102_000, 100_000), "B finishes in 100 ms, A in 102 ms: B is 1.02 times as fast.");
}

#[test]
fn both_are_read_at_one_instant_that_steps_through_the_events_of_both() {
    let w4 = preset("W4");
    let mut comparison = compared(&w4, &Pair::FreeThreaded.of(&w4).expect("a variant"));
    comparison.seek(Time::from_ms(3));
    let [a, b] = comparison.readings();
    assert_eq!(a, "on a core: main · wants the GIL: worker");
    assert_eq!(b, "on a core: main, worker");
    let mut seen = vec![comparison.cursor()];
    for _ in 0..3 {
        comparison.step(true);
        seen.push(comparison.cursor());
    }
    assert!(seen.is_sorted_by(|a, b| a < b), "{seen:?}");
    comparison.step(false);
    assert_eq!(comparison.cursor(), seen[2]);
    comparison.move_by(2.0);
    assert_eq!(comparison.cursor(), comparison.until());
    comparison.move_by(-2.0);
    assert_eq!(comparison.cursor(), Time::ZERO);
}

#[test]
fn what_has_no_end_is_compared_for_a_while_and_what_waits_is_said_to() {
    let endless = gilscope::scenario::json::from_str(
        r#"{"v":1,"processes":[{"id":1,"name":"p","threads":[{"id":1,"name":"t","program":[{"forever":[{"python":1000000}]}]}]}]}"#,
    )
    .expect("a scenario");
    let comparison = compared(&endless, &preset("W4"));
    assert_eq!(comparison.says(), "A is compared up to 200 ms; B finishes in 31 ms.");
    let waiting = compared(&preset("W3"), &preset("W4"));
    assert_eq!(waiting.says(), "A awaits an answer; B finishes in 31 ms.");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_scenario_can_be_compared_with_all_its_variants(scenario in random::scenarios()) {
        for offer in offers(&scenario) {
            let Ok(other) = offer.scenario else { continue };
            prop_assert_eq!(other.check(), Ok(()), "{:?}", offer.pair);
            let comparison = compared(&scenario, &other);
            prop_assert!(!comparison.rows().is_empty() && comparison.says().ends_with('.'));
            prop_assert!(comparison.readings().iter().all(|text| !text.is_empty()));
        }
    }
}
