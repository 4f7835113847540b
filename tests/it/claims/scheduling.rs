//! S1 to S6: how the operating system chooses, and what threads that share something do to each other.

use expect_test::expect;
use gilscope::engine::{Cause, Ending, Place, Run};
use gilscope::ids::CoreId;
use gilscope::metrics::Metrics;
use gilscope::time::{Dur, Time};

use super::{finish, finished_at, preset, runs, stretches, thread};
use crate::build::chart;

fn ms(lengths: &[Dur]) -> u64 {
    lengths.iter().map(|d| d.ns()).sum::<u64>() / 1_000_000
}

/// How many milliseconds a thread waited for a core.
fn waited(run: &Run, name: &str) -> u64 {
    ms(&stretches(run, thread(run, name), Place::Ready))
}

/// How many milliseconds of a core a thread has had until a time.
fn had(run: &Run, name: &str, until: u64) -> u64 {
    Metrics::of(run, Time::from_ms(until)).threads[thread(run, name).ix()].totals.native.ns() / 1_000_000
}

#[test]
fn s1_first_come_first_served_makes_a_short_job_wait_for_all_of_a_long_one() {
    let runs = runs("S1");
    expect![[r#"
        core 0  bbbbbbbbbbbbbbbbbbbbbbbbmmmmmm222233
        backup  NNNNNNNNNNNNNNNNNNNNNNNN
        mail     .......................NNNNNN
        chat      ............................NNNN
        clock      ...............................NN
    "#]]
    .assert_eq(&chart(&runs[0], 36));
    assert_eq!([0, 1, 2, 3].map(|i| waited(&runs[i], "clock")), [31, 21, 0, 5]);
    assert_eq!(
        [0, 1, 2, 3].map(|i| finished_at(&runs[i], thread(&runs[i], "backup"))),
        [24, 24, 36, 36].map(Time::from_ms)
    );
}

#[test]
fn s2_with_a_feedback_queue_who_computes_sinks_and_who_waits_gets_the_core_at_once() {
    let runs = runs("S2");
    expect![[r#"
        core 0  fffffffffffffffececececececececfffffffffffffffff
        film    NNNNNNNNNNNNNNN................NNNNNNNNNNNNNNNNN
        editor                iNiNiNiNiNiNiNiN
        chat                  i.NiNiNiNiNiNiNiN
    "#]]
    .assert_eq(&chart(&runs[0], 48));
    expect![[r#"
        core 0  fffffffffffffffececeffceffceceffceffcecfffffffff
        film    NNNNNNNNNNNNNNN.....NN..NN....NN..NN...NNNNNNNNN
        editor                iNiNiNi..Ni..NiNi..Ni..N
        chat                  i.NiNi..Ni..NiNi..Ni..NiN
    "#]]
    .assert_eq(&chart(&runs[2], 48));
    assert_eq!([0, 1].map(|i| waited(&runs[i], "editor")), [0, 17]);
    let longest = |run: &Run| stretches(run, thread(run, "film"), Place::Ready).into_iter().max();
    assert_eq!([0, 2].map(|i| longest(&runs[i])), [Some(Dur::from_ms(16)), Some(Dur::from_ms(5))]);
    let film = thread(&runs[0], "film");
    let starved = runs[0].lanes().thread(film).iter().find(|s| s.place == Place::Ready).expect("it waits");
    assert_eq!([starved.start, starved.end], [15, 31].map(Time::from_ms));
}

#[test]
fn s3_who_has_twice_the_tickets_gets_twice_the_time() {
    let runs = runs("S3");
    let shares = |i: usize| ["film", "album", "backup"].map(|name| had(&runs[i], name, 30));
    assert_eq!([0, 1].map(shares), [[15, 10, 5], [12, 10, 8]]);
    for by_nice in [2, 3].map(shares) {
        let near = by_nice.iter().zip([15_u64, 10, 5]).all(|(had, share)| had.abs_diff(share) <= 1);
        assert!(near, "“about the same shares”: {by_nice:?}");
    }
    for turn in (6..=60).step_by(6) {
        let had = ["film", "album", "backup"].map(|name| had(&runs[0], name, turn));
        assert_eq!(had, [turn / 2, turn / 3, turn / 6], "at {turn} ms");
    }
}

#[test]
fn s4_a_core_whose_ready_queue_is_empty_takes_a_thread_from_another() {
    let runs = runs("S4");
    for (run, wanted) in runs.iter().zip([
        expect![[r#"
            core 0  ffffaaaabbbbaaaabbbbbbbbbb----------------
            core 1  mmmm3355ffffffffffaaaaaa------------------
            film    NNNN....NNNNNNNNNN
            mail    NNNN
            album   ....NNNN....NNNN..NNNNNN
            chat    ....NN
            backup  ........NNNN....NNNNNNNNNN
            clock   ......NN
        "#]],
        expect![[r#"
            core 0  ffffaaaabbbbffffaaaabbbbffffaaaabbbbffaabb
            core 1  mmmm3355----------------------------------
            film    NNNN........NNNN........NNNN........NN
            mail    NNNN
            album   ....NNNN........NNNN........NNNN......NN
            chat    ....NN
            backup  ........NNNN........NNNN........NNNN....NN
            clock   ......NN
        "#]],
        expect![[r#"
            core 0  ffffaaaabbbbaaaabbbbbbbbbb----------------
            core 1  mmmm3355--ffffffffffaaaaaa----------------
            film    NNNN......NNNNNNNNNN
            mail    NNNN
            album   ....NNNN....NNNN....NNNNNN
            chat    ....NN
            backup  ........NNNN....NNNNNNNNNN
            clock   ......NN
        "#]],
    ]) {
        wanted.assert_eq(&chart(run, 42));
    }
    assert_eq!([0, 1, 2].map(|i| runs[i].end()), [26, 42, 26].map(Time::from_ms));
    let at = Time::from_ms(9);
    let idle = |run: &Run| run.seen(at).core(CoreId(1)).thread.is_none();
    assert_eq!([0, 1, 2].map(|i| idle(&runs[i])), [false, true, true]);
    assert_eq!(runs[1].seen(at).ready().count(), 2, "beside an idle core");
}

#[test]
fn s5_five_threads_that_hold_a_lock_each_and_wait_for_the_next_cannot_go_on() {
    let preset = preset("S5");
    let mut run = Run::new(&preset.scenario());
    run.extend_to(Time::from_ms(1_000));
    let Some(Ending::Deadlock(cycle)) = run.ending() else { panic!("{:?}", run.ending()) };
    assert_eq!(cycle.len(), 5);
    assert_eq!(run.end().ns() / 1_000_000, 11);

    let ordered = finish(&preset.variant(&preset.variants()[0]));
    expect![[r#"
        core 0  A---------------AA---------
        core 1  -BCDE-----DDCCBB--------EE-
        GIL     ABCDE-----DDCCBBAA------EE-
        Ada     PzzzzzzlllllllllPP
        Ben     gPzzzzzzllllllPP
        Cem     ggPzzzzzzlllPP
        Dan     gggPzzzzzzPP
        Eva     ggggPlllllllllllllzzzzzzPP
    "#]]
    .assert_eq(&chart(&ordered, 27));
    assert_eq!(ordered.end().ns() / 1_000_000, 26);
    let held = ordered.seen(Time::from_ms(11));
    let holds = |name: &str| held.locks_of(thread(&ordered, name)).count();
    assert_eq!(["Dan", "Eva"].map(holds), [2, 0]);
}

#[test]
fn s6_when_a_queue_is_full_the_faster_thread_waits_for_the_slower_one() {
    let runs = runs("S6");
    for (run, wanted) in runs.iter().zip([
        expect![[r#"
        core 0  wwww---w---w---w----w---------------
        core 1  ------------------------------------
        GIL     wwww---w---w---w----w---------------
        writer  PPPPrrrPrrrPrrrPrrrrPrrr
        sender  gggiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii
    "#]],
        expect![[r#"
        core 0    wwwww--ww--w------------------------
        core 1    ------------------------------------
        GIL       wwwww--ww--w------------------------
        writer    PPPPPrrPPrrP
        sender 1  gggiiiiiiiiiiiiiiii
        sender 2  gggiiiiiiiiiiiiiiii
    "#]],
        expect![[r#"
        core 0    wwwww--w---w---w--------------------
        core 1    ------------------------------------
        GIL       wwwww--w---w---w--------------------
        writer    PPPPPrrPrrrPrrrPrrr
        sender 1  gggiiiiddddiiiiddddiiiiddddiiii
        sender 2  gggddddiiiiddddiiiiddddiiiiddddiiii
    "#]],
    ]) {
        wanted.assert_eq(&chart(run, 36));
    }
    assert_eq!([0, 1, 2].map(|i| (runs[i].end().ns() + 500_000) / 1_000_000), [36, 20, 35]);
    let full = |run: &Run| stretches(run, thread(run, "writer"), Place::Waiting(Cause::Room)).len();
    assert!(full(&runs[0]) >= 4);
}
