//! S7 to S12: what goes wrong where threads share cores and locks, and what helps.

use expect_test::expect;
use gilscope::engine::{Cause, Ending, Kind, Place, Run, Work};
use gilscope::ids::CoreId;
use gilscope::scenario::Costs;
use gilscope::time::{Dur, Time};

use super::{finish, finished_at, preset, runs, stretches, thread};
use crate::build::chart;

/// The millisecond in which each run ends, rounded.
fn ends(runs: &[Run]) -> Vec<u64> {
    runs.iter().map(|run| (run.end().ns() + 500_000) / 1_000_000).collect()
}

/// When a thread is first in a place.
fn first(run: &Run, name: &str, place: Place) -> Time {
    let lane = run.lanes().thread(thread(run, name));
    lane.iter().find(|s| s.place == place).unwrap_or_else(|| panic!("“{name}” is never {place:?}")).start
}

#[test]
fn s7_a_thread_of_low_priority_starves_while_others_always_go_first() {
    let runs = runs("S7");
    expect![[r#"
        core 0   pp11pp11pp11pp11pp11pp11pp11pp11222222
        player   NNiiNNiiNNiiNNiiNNiiNNiiNNiiNNii
        browser  ..NNiiNNiiNNiiNNiiNNiiNNiiNNiiNNii
        backup   ................................NNNNNN
    "#]]
    .assert_eq(&chart(&runs[0], 38));
    let turn = |run| first(run, "backup", Place::Running(Work::Native));
    assert_eq!([0, 1, 2].map(|i| turn(&runs[i])), [32, 14, 4].map(Time::from_ms));
    assert_eq!(finished_at(&runs[0], thread(&runs[0], "player")), Time::from_ms(32), "“when ‘player’ has ended”");
}

#[test]
fn s8_a_thread_that_is_bound_to_a_core_waits_beside_an_idle_one() {
    let runs = runs("S8");
    expect![[r#"
        core 0  ffffaaaaffffaaaaffffaaaa
        core 1  bbbbbbbbbbbb------------
        film    NNNN....NNNN....NNNN
        album   ....NNNN....NNNN....NNNN
        backup  NNNNNNNNNNNN
    "#]]
    .assert_eq(&chart(&runs[0], 24));
    let beside = runs[0].seen(Time::from_ms(13));
    assert!(beside.core(CoreId(1)).thread.is_none() && beside.ready().count() == 1);
    assert_eq!(ends(&runs), [24, 23]);
    let moves: Vec<Dur> =
        runs[1].plan().thread_ixs().flat_map(|t| stretches(&runs[1], t, Place::SwitchingIn)).collect();
    assert_eq!(moves, [Dur::from_ms(1); 6], "six moves of 1 ms each");
    assert_eq!(
        preset("S8").scenario().computer.costs.costs(),
        Costs { migration: Dur::from_ms(1), ..Costs::default() }
    );
}

#[test]
fn s9_with_a_lock_between_them_a_high_priority_waits_for_a_middle_one() {
    let runs = runs("S9");
    expect![[r#"
        core 0   wwsccccccccccccwwwssw-
        steer      NlllllllllllllllNN
        camera      NNNNNNNNNNNN
        weather  NN.............NNN..N
    "#]]
    .assert_eq(&chart(&runs[0], 22));
    let steer = |run: &Run, place| first(run, "steer", place);
    let waits = Place::Waiting(Cause::Lock);
    assert_eq!([0, 1].map(|i| steer(&runs[i], waits)), [3, 3].map(Time::from_ms));
    let done = |run: &Run| finished_at(run, thread(run, "steer"));
    assert_eq!([0, 1, 2].map(|i| done(&runs[i])), [18, 13, 7].map(|ms| Time::from_ms(ms + 2)), "2 ms with the bus");
    assert!(runs[0].plan().thread(thread(&runs[0], "camera")).ops.len() == 1, "“which needs no bus”");
}

#[test]
fn s10_four_threads_that_hold_a_lock_while_they_read_take_as_long_as_one() {
    let runs = runs("S10");
    assert_eq!(ends(&runs), [62, 18, 62]);
    let order = |run: &Run| {
        let takes = run.trace().iter().filter(|r| r.kind() == Kind::Acquire).map(|r| r.thread());
        takes.map(|t| run.plan().thread(t).name.split(' ').next_back().unwrap_or_default()).collect::<String>()
    };
    expect!["111444222333"].assert_eq(&order(&runs[0]));
    expect!["123412341234"].assert_eq(&order(&runs[2]));
    for run in &runs {
        let most = run.trace().iter().map(|r| {
            let seen = run.seen(r.time());
            run.plan().thread_ixs().filter(|t| seen.locks_of(*t).count() > 0).count()
        });
        assert_eq!(most.max(), Some(1), "one at a time");
    }
}

#[test]
fn s11_two_threads_that_take_two_locks_in_opposite_orders_can_wait_for_ever() {
    let preset = preset("S11");
    let mut run = Run::new(&preset.scenario());
    run.extend_to(Time::from_ms(1_000));
    let Some(Ending::Deadlock(cycle)) = run.ending() else { panic!("{:?}", run.ending()) };
    assert_eq!((cycle.len(), run.end().ns() / 1_000_000), (2, 12));
    expect![[r#"
        core 0  ppppp-----p--
        core 1  -----rrrrr-r-
        GIL     ppppprrrrrpr-
        asks         r    p
        pay     PPPPPgggggPll
        repay   gggggPPPPPgPl
    "#]]
    .assert_eq(&chart(&run, 13));
    let [ordered, lucky] = [0, 1].map(|i| finish(&preset.variant(&preset.variants()[i])));
    let blocked = |run: &Run| stretches(run, thread(run, "repay"), Place::Waiting(Cause::Lock)).len();
    assert_eq!([blocked(&ordered), blocked(&lucky)], [1, 0]);
    let asked = lucky.trace().iter().filter(|r| r.kind() == Kind::RequestGil).count();
    assert_eq!(asked, 0, "“no hand-over comes in between”");
}

#[test]
fn s12_a_few_threads_of_a_pool_do_many_tasks() {
    let runs = runs("S12");
    expect![[r#"
        core 0    m----------2---------2---------2-
        core 1    ----------1---------1---------1--
        GIL       m---------12--------12--------12-
        main      Pjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjg
        worker 1  giiiiiiiiiPiiiiiiiiiPiiiiiiiiiP
        worker 2  giiiiiiiiigPiiiiiiiiiPiiiiiiiiiP
    "#]]
    .assert_eq(&chart(&runs[0], 33));
    assert_eq!(ends(&runs), [32, 61, 23, 16]);
    let six = &runs[3];
    let reading = six.seen(Time::from_ms(8));
    let workers = || six.plan().thread_ixs().filter(|t| six.plan().thread(*t).name.starts_with("worker"));
    assert!(workers().all(|t| reading.thread(t).place == Place::Waiting(Cause::Io)), "they all download at once");
    let waits = workers().flat_map(|t| stretches(six, t, Place::WantsGil)).max();
    assert!(waits > Some(Dur::from_ms(4)), "but parse one after the other: {waits:?}");
}
