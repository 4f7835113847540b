//! Y1 to Y3: what people meet when they use threads in Python.

use expect_test::expect;
use gilscope::engine::{Place, Run};
use gilscope::time::Dur;

use super::{finished_at, runs, stretches, thread};
use crate::build::chart;

/// The tenths of a millisecond at which each run ends, rounded.
fn ends(runs: &[Run]) -> Vec<u64> {
    runs.iter().map(|run| tenths(run.end().ns())).collect()
}

const fn tenths(ns: u64) -> u64 {
    (ns + 50_000) / 100_000
}

#[test]
fn y1_a_pool_of_threads_does_not_compute_faster_on_four_cores() {
    let runs = runs("Y1");
    assert_eq!(ends(&runs), [484, 143, 123, 135]);
    assert_eq!(runs.iter().map(|run| run.plan().gils.len()).collect::<Vec<_>>(), [1, 5, 5, 0]);
    let starts = stretches(&runs[1], thread(&runs[1], "worker 1"), Place::Waking);
    assert_eq!(starts, [Dur::from_us(2_300)], "for starting it");
}

#[test]
fn y2_a_second_core_makes_computing_threads_of_python_2_slower() {
    let runs = runs("Y2");
    assert_eq!(ends(&runs), [411, 241, 240]);
    expect![[r#"
        core 0  mmmmm-----mmmmm-----mm---
        core 1  -----wwwww-----wwwww--ww-
        GIL     mmmmmwwwwwmmmmmwwwwwmmww-
        asks         w    m    w    m
        main    PPPPPgggggPPPPPgggggPP
        worker  gggggPPPPPgggggPPPPPggPP
    "#]]
    .assert_eq(&chart(&runs[1], 25));
    let cores = |run: &Run| run.plan().core_ids().count();
    assert_eq!([0, 1, 2].map(|i| cores(&runs[i])), [2, 2, 1]);
    let turns = |run: &Run| run.lanes().gil(gilscope::ids::GilIx(0)).iter().count();
    assert!(turns(&runs[0]) > 10 * turns(&runs[1]), "they fight: {} against {}", turns(&runs[0]), turns(&runs[1]));
}

#[test]
fn y3_who_answers_waits_for_the_gil_before_each_answer_while_another_computes() {
    let runs = runs("Y3");
    expect![[r#"
        core 0  cccccccccccc-cccccccccccccccccccccc-cccccc-
        core 1  ------------s----------------------s-------
        GIL     ccccccccccccsccccccccccccccccccccccscccccc-
        asks         s      s      s       s       s
        crunch  PPPPPPPPPPPPgPPPPPPPPPPPPPPPPPPPPPPgPPPPPP
        serve   gggggiigggggPiigggggiiigggggiigggggP
    "#]]
    .assert_eq(&chart(&runs[0], 43));
    let done = |run: &Run| tenths(finished_at(run, thread(run, "serve")).ns());
    assert_eq!([0, 1, 2, 3].map(|i| done(&runs[i])), [359, 159, 105, 107]);
    let waits = stretches(&runs[0], thread(&runs[0], "serve"), Place::WantsGil);
    assert_eq!(waits.len(), 5, "before it begins, and before each answer");
    assert!(waits.iter().all(|d| *d >= Dur::from_ms(5)), "{waits:?}");
}
