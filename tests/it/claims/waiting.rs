//! W1 to W4: what waiting costs, and whom.

use expect_test::expect;
use gilscope::engine::{Cause, Ending, Kind, Place, Run};
use gilscope::ids::GilIx;
use gilscope::metrics::Metrics;
use gilscope::scenario::model::Extra;
use gilscope::scenario::{Intervention, Preset, Scenario, What, presets};
use gilscope::time::{Dur, Time};

use super::{demand, finish, finished_at, stretches, thread};
use crate::build::chart;

fn preset(name: &str) -> &'static Preset {
    presets::by_name(name).expect("a preset of that name")
}

/// The scenario with the input of its thread `who` answered at a time.
fn answered(mut scenario: Scenario, who: &str, ms: u64) -> Scenario {
    let thread = scenario.threads().find(|(_, t)| t.name == who).expect("a thread of that name").1.id;
    let what = What::Answer { thread, text: "Ada".to_owned() };
    scenario.interventions.push(Intervention { at: Time::from_ms(ms), what, extra: Extra::new() });
    scenario
}

fn run(scenario: &Scenario) -> Run {
    let mut run = Run::new(scenario);
    run.extend_to(Time::from_ms(1_000));
    run
}

#[test]
fn w1_alone_a_thread_is_delayed_by_each_thing_it_waits_for() {
    let open = run(&preset("W1").scenario());
    assert!(matches!(open.ending(), Some(Ending::AwaitingInput(_))), "a person has to answer");
    let run = finish(&answered(preset("W1").scenario(), "main", 10));
    expect![[r#"
        core 0  mmm-------mmm--------mmm----
        GIL     mmm-------mmm--------mmm----
        main    PPP???????PPPiiiiiiiiPPP
    "#]]
    .assert_eq(&chart(&run, 28));
    let main = thread(&run, "main");
    assert_eq!(stretches(&run, main, Place::Waiting(Cause::Input)), [Dur::from_ms(7)]);
    assert_eq!(stretches(&run, main, Place::Waiting(Cause::Io)), [Dur::from_ms(8)]);
    let alone = finish(&preset("W1").baseline().expect("a baseline"));
    assert_eq!(alone.end(), Time::from_ms(9), "the same work without the waits");
    let waits = Dur::from_ms(7 + 8);
    assert!(run.end().since(alone.end()) - waits < Dur::from_ms(1), "what comes on top is waiting");
    let scripted = finish(&preset("W1").variant(&preset("W1").variants()[0]));
    assert_eq!(scripted.end(), run.end());
    assert_eq!(run.end().ns() / 1_000_000, 24, "“the whole takes 24 ms”");
}

#[test]
fn w2_while_it_waits_a_thread_needs_neither_gil_nor_core_and_others_run() {
    let preset = preset("W2");
    let run = finish(&answered(preset.scenario(), "main", 9));
    expect![[r#"
        core 0  mfccccccccccccccfffmmm---
        GIL     mfccccccccccccccfffmmm---
        main    P????????.ggggg....PPP
        fetch   .Piiiiiiiiiiii..PPP
        count   ..PPPPPPPPPPPPPP
    "#]]
    .assert_eq(&chart(&run, 25));
    for (name, place) in [("main", Place::Waiting(Cause::Input)), ("fetch", Place::Waiting(Cause::Io))] {
        let waiting = thread(&run, name);
        for s in run.lanes().thread(waiting).iter().filter(|s| s.place == place) {
            assert_eq!(s.core, None);
            let held =
                run.lanes().gil(GilIx(0)).iter().any(|g| g.holder == waiting && g.start < s.end && s.start < g.end);
            assert!(!held, "{name} holds no GIL while it waits");
            let others = run.trace().iter().filter(|r| r.time() > s.start && r.time() < s.end);
            assert!(others.filter(|r| r.thread() != waiting).count() > 0, "others run meanwhile");
        }
    }
    // W1's way: one thread does all of it, with the same answer.
    let one = finish(&answered(preset.baseline().expect("a baseline"), "main", 9));
    let work = |run: &Run| run.plan().thread_ixs().map(|t| demand(run, t)).sum::<Dur>();
    assert_eq!(work(&run), work(&one), "the same work");
    assert_eq!(one.plan().threads.len(), 1);
    assert_eq!(run.plan().cores, 1, "and no second core that could help");
    assert!(run.end().since(Time::ZERO) * 3 < one.end().since(Time::ZERO) * 2, "{} and {}", run.end(), one.end());
    let scripted = finish(&preset.variant(&preset.variants()[0]));
    assert_eq!(scripted.end(), run.end());
    let ms = |run: &Run| run.end().ns() / 1_000_000;
    assert_eq!((ms(&run), ms(&one)), (22, 42), "“22 ms instead of 42 ms”");
}

#[test]
fn w3_nobody_has_to_wait_for_the_user_but_who_asked() {
    let preset = preset("W3");
    let open = run(&preset.scenario());
    assert!(matches!(open.ending(), Some(Ending::AwaitingInput(t)) if t.len() == 1));
    let (clock, mail) = (thread(&open, "clock"), thread(&open, "mail"));
    let ends = [finished_at(&open, clock), finished_at(&open, mail)];
    for ms in [5, 20, 60] {
        let run = finish(&answered(preset.scenario(), "search", ms));
        let search = thread(&run, "search");
        assert_eq!(stretches(&run, search, Place::Waiting(Cause::Input)).len(), 1);
        for (who, end) in [clock, mail].into_iter().zip(ends) {
            let late = finished_at(&run, who).ns().abs_diff(end.ns());
            assert!(late <= Dur::from_ms(8).ns(), "answered at {ms} ms: whoever did not ask hardly notices: {late} ns");
        }
    }
    // One thread for everything: until the answer nothing happens.
    let one = preset.variant(&preset.variants()[0]);
    let stopped = run(&one);
    assert!(matches!(stopped.ending(), Some(Ending::AwaitingInput(_))));
    let later = finish(&answered(one, "main", 100));
    assert!(later.trace().iter().all(|r| r.time() <= stopped.end() || r.time() >= Time::from_ms(100)));
}

#[test]
fn w4_if_every_thread_computes_threads_do_not_help_and_switching_costs_a_little() {
    let preset = preset("W4");
    let (threads, alone) = (finish(&preset.scenario()), finish(&preset.baseline().expect("a baseline")));
    expect![[r#"
        core 0  mmmmm------mmmmm------mmmm-----
        core 1  -----wwwwww-----wwwww-----wwwww
        GIL     mmmmmwwwwwwmmmmmwwwwwwmmmmwwwww
        asks         w    m     w    m
        main    PPPPPggggggPPPPPggggggPPPP
        worker  gggggPPPPPPgggggPPPPPPggggPPPPP
    "#]]
    .assert_eq(&chart(&threads, 31));
    let work = |run: &Run| run.plan().thread_ixs().map(|t| demand(run, t)).sum::<Dur>();
    assert_eq!(work(&threads), work(&alone), "the same work");
    assert_eq!(alone.end(), Time::ZERO + work(&alone));
    assert_eq!((threads.plan().cores, threads.plan().threads.len(), alone.plan().threads.len()), (2, 2, 1));
    assert_eq!(threads.plan().costs, alone.plan().costs);

    let possessions = threads.lanes().gil(GilIx(0));
    let gaps: Vec<Dur> = possessions.iter().zip(possessions.iter().skip(1)).map(|(p, q)| q.start - p.end).collect();
    assert_eq!(gaps, [threads.plan().costs.hand_off; 5], "each hand-off takes its time");
    assert_eq!(threads.end() - alone.end(), gaps.into_iter().sum::<Dur>(), "all of the difference");
}

#[test]
fn w4_native_code_processes_and_a_build_without_a_gil_use_both_cores() {
    let preset = preset("W4");
    let threads = finish(&preset.scenario());
    for variant in &preset.variants()[..3] {
        let run = finish(&preset.variant(variant));
        assert!(
            run.end().since(Time::ZERO) * 3 < threads.end().since(Time::ZERO) * 2,
            "{}: {}",
            variant.label,
            run.end()
        );
        assert!(run.trace().iter().all(|r| r.kind() != Kind::RequestGil), "{}", variant.label);
    }
}

#[test]
fn w4_in_python_2_the_threads_race_for_the_gil_and_are_slower_by_far() {
    let preset = preset("W4");
    let (threads, python_2) = (finish(&preset.scenario()), finish(&preset.variant(&preset.variants()[3])));
    let lengths = [&threads, &python_2].map(|run| run.end().since(Time::ZERO));
    assert!(lengths[1] * 2 > lengths[0] * 3, "{lengths:?}");
    let hand_offs = Metrics::of(&python_2, python_2.end()).gils[0].hand_offs;
    assert!(hand_offs > 50, "{hand_offs}");
}
