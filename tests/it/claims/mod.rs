//! Each preset shows what it claims: a test with the claim as its name asserts what makes it true.
//! In the charts a column is 1 ms; `interop::gantt::KEY` explains the letters.

use std::collections::BTreeSet;

use expect_test::expect;
use gilscope::engine::{Cause, Ending, Kind, Place, Run, Work};
use gilscope::ids::{CoreId, GilIx, ThreadIx};
use gilscope::scenario::{Preset, presets};
use gilscope::time::{Dur, Time};

use crate::build::chart;

mod patterns;
mod processes;
mod python;
mod scheduling;
mod waiting;

fn preset(name: &str) -> &'static Preset {
    presets::by_name(name).expect("a preset of that name")
}

/// The runs of a preset and of its variants, all of which end by themselves.
fn runs(name: &str) -> Vec<Run> {
    let preset = preset(name);
    let variants = preset.variants().iter().map(|v| preset.variant(v));
    std::iter::once(preset.scenario()).chain(variants).map(|s| finish(&s)).collect()
}

fn run(name: &str) -> Run {
    finish(&preset(name).scenario())
}

fn finish(scenario: &gilscope::scenario::Scenario) -> Run {
    let mut run = Run::new(scenario);
    run.extend_to(Time::from_ms(1_000));
    assert_eq!(run.ending(), Some(&Ending::AllFinished));
    run
}

fn thread(run: &Run, name: &str) -> ThreadIx {
    run.plan().thread_ixs().find(|t| run.plan().thread(*t).name == name).expect("a thread of that name")
}

/// Every instant at which something happens, but the last; between them nothing changes.
fn instants(run: &Run) -> impl Iterator<Item = Time> + '_ {
    let times: BTreeSet<Time> = run.trace().iter().map(|r| r.time()).filter(|t| *t < run.end()).collect();
    times.into_iter()
}

/// Who is on a core and runs, core by core.
fn running(run: &Run, time: Time) -> Vec<(CoreId, ThreadIx)> {
    let machine = run.seen(time);
    let on = |core: CoreId| machine.core(core).thread.filter(|t| machine.work(*t).is_some()).map(|t| (core, t));
    run.plan().core_ids().filter_map(on).collect()
}

/// The lengths of a thread's stretches in a place.
fn stretches(run: &Run, thread: ThreadIx, place: Place) -> Vec<Dur> {
    run.lanes().thread(thread).iter().filter(|s| s.place == place).map(|s| s.end - s.start).collect()
}

/// The cores that a thread ran on, in order, without repetitions.
fn cores_of(run: &Run, thread: ThreadIx) -> Vec<u8> {
    let mut cores: Vec<u8> = run.lanes().thread(thread).iter().filter_map(|s| s.core).map(|c| c.0).collect();
    cores.dedup();
    cores
}

fn finished_at(run: &Run, thread: ThreadIx) -> Time {
    run.lanes().thread(thread).last().expect("a thread that ran").start
}

/// The work of a thread's program, without loops.
fn demand(run: &Run, thread: ThreadIx) -> Dur {
    run.plan().thread(thread).ops.iter().map(|op| op.length).sum()
}

#[test]
fn p1a_with_a_single_core_everything_takes_turns() {
    let run = run("P1a");
    expect![[r#"
        core 0   eeeemmmmbbbbeeeemmmmbbbbeeeemmmmbbbbeeeebbbbeeee
        editor   NNNN........NNNN........NNNN........NNNN....NNNN
        music    ....NNNN........NNNN........NNNN
        browser  ........NNNN........NNNN........NNNN....NNNN
    "#]]
    .assert_eq(&chart(&run, 48));
    assert_eq!(run.end(), Time::from_ms(48), "turns cost nothing here, and the core is never idle");
    for time in instants(&run) {
        assert_eq!(running(&run, time).len(), 1, "at {time}");
    }
    // A turn lasts one quantum, and then it is everybody else's turn before one's own.
    let turns: Vec<ThreadIx> = run.lanes().core(CoreId(0)).iter().map(|s| s.thread).collect();
    assert!(run.lanes().core(CoreId(0)).iter().all(|s| s.end - s.start == Dur::from_ms(4)));
    for (i, who) in turns.iter().enumerate() {
        let next = turns[i + 1..].iter().position(|t| t == who);
        let Some(between) = next.map(|n| &turns[i + 1..i + 1 + n]) else { continue };
        let unfinished = run.plan().thread_ixs().filter(|t| turns[i + 1..].contains(t)).count();
        assert_eq!(between.iter().collect::<BTreeSet<_>>().len(), unfinished - 1, "after turn {}", i + 1);
        assert_eq!(between.len(), unfinished - 1, "after turn {}", i + 1);
    }
    assert!(run.plan().gils.is_empty(), "a claim about cores needs no GIL");
}

#[test]
fn p2_a_thread_runs_on_one_core_at_a_time_and_others_wait() {
    let run = run("P2");
    expect![[r#"
        core 0  ddddddddddddiiiillii-
        core 1  llliiiiiiiilllldddddd
        draw    NNNNNNNNNNNN...NNNNNN
        load    NNNiiiiiii.NNNN.NN
        index   ...NNNNNNNN.NNNN..NN
    "#]]
    .assert_eq(&chart(&run, 21));
    for time in instants(&run) {
        let on = running(&run, time);
        let threads: BTreeSet<ThreadIx> = on.iter().map(|(_, t)| *t).collect();
        assert_eq!(threads.len(), on.len(), "at {time} no thread is on two cores");
        let machine = run.seen(time);
        for t in run.plan().thread_ixs().filter(|t| machine.work(*t).is_none()) {
            let place = machine.thread(t).place;
            assert!(
                matches!(place, Place::Ready | Place::Waiting(Cause::Io) | Place::Finished),
                "at {time} a thread that does not run waits for a core or for I/O, and is not {place:?}"
            );
        }
    }
    assert_eq!(stretches(&run, thread(&run, "load"), Place::Waiting(Cause::Io)), [Dur::from_ms(7)]);
    assert_eq!(stretches(&run, thread(&run, "draw"), Place::Ready), [Dur::from_ms(3)]);
    for name in ["draw", "index"] {
        let cores = cores_of(&run, thread(&run, name));
        assert!(
            cores.contains(&0) && cores.contains(&1),
            "“{name}” is on different cores at different times: {cores:?}"
        );
    }
}

#[test]
fn p4_time_slicing_saves_a_thread_at_7_1_of_20_ms_and_costs_time() {
    let run = run("P4");
    expect![[r#"
        core 0   eeee/ppppeeee/ppppeeee/ppppeeee/ppeeeee
        encode   NNNN.....NNNN.....NNNN.....NNNN...NNNNN
        preview  ....sNNNN....sNNNN....sNNNN....sNN
    "#]]
    .assert_eq(&chart(&run, 39));
    let (encode, saved) = (thread(&run, "encode"), (Dur::from_us(7_100), Dur::from_ms(20)));
    let lane: Vec<_> = run.lanes().thread(encode).iter().collect();
    let off = lane.iter().position(|s| {
        s.place == Place::Ready && run.seen(s.start).progress(run.plan(), encode, s.start) == Some(saved)
    });
    let off = off.expect("a time slice that ends at 7.1 of 20 ms");
    // Off the core, then switched in, then running from where it was.
    assert_eq!(lane[off + 1].place, Place::SwitchingIn);
    assert_eq!(lane[off + 2].place, Place::Running(Work::Native));
    let on = lane[off + 2].start;
    assert_eq!(run.seen(on).progress(run.plan(), encode, on), Some(saved), "it goes on where it was");
    assert!(on > lane[off].start);

    let switches: Vec<Dur> = run.plan().thread_ixs().flat_map(|t| stretches(&run, t, Place::SwitchingIn)).collect();
    assert!(switches.len() >= 6 && switches.iter().all(|d| *d == Dur::from_us(500)), "{switches:?}");
    let work: Dur = run.plan().thread_ixs().map(|t| demand(&run, t)).sum();
    assert_eq!(run.end(), Time::ZERO + work + switches.iter().copied().sum::<Dur>(), "it costs time, and just that");
}

#[test]
fn g2_in_one_python_process_only_one_thread_runs_python_at_a_time_even_with_cores_free() {
    let run = run("G2");
    expect![[r#"
        core 0    mmmmm-----11111-----22222-----mm22---
        core 1    -----22222-----mmmmm-----11111----11-
        GIL       mmmmm2222211111mmmmm2222211111mm2211-
        asks           1    m    2    1    m    2
        main      PPPPPggggggggggPPPPPggggggggggPP
        worker 1  ggggggggggPPPPPggggggggggPPPPPggggPP
        worker 2  gggggPPPPPggggggggggPPPPPgggggggPP
    "#]]
    .assert_eq(&chart(&run, 37));
    let mut wanted = 0;
    for time in instants(&run) {
        let (machine, on) = (run.seen(time), running(&run, time));
        assert!(on.len() <= 1, "at {time}: {on:?}");
        assert!(on.iter().all(|(_, t)| machine.holds_gil(run.plan(), *t)), "who runs Python holds the GIL");
        wanted += usize::from(run.plan().thread_ixs().any(|t| machine.thread(t).place == Place::WantsGil));
    }
    assert!(wanted >= 12, "and mostly somebody would run Python on it if they might");
    for t in run.plan().thread_ixs() {
        assert_eq!(stretches(&run, t, Place::Ready), [], "nobody waits for a core");
    }
    for t in run.plan().thread_ixs() {
        let cores = cores_of(&run, t);
        assert!(cores.contains(&0) && cores.contains(&1), "the one that runs changes core: {cores:?}");
    }
    let busy: Dur = run.plan().core_ids().flat_map(|core| run.lanes().core(core).iter()).map(|s| s.end - s.start).sum();
    assert!(Time::ZERO + busy <= run.end(), "all the while one of the two cores is free");
    let work: Dur = run.plan().thread_ixs().map(|t| demand(&run, t)).sum();
    assert!(run.end() >= Time::ZERO + work, "so two cores are no faster than one");
}

#[test]
fn g3_an_idle_core_stands_beside_a_thread_that_wants_the_gil() {
    let run = run("G3");
    expect![[r#"
        core 0  mmmmm-----mmmmm-----mm---
        core 1  -----wwwww-----wwwww--ww-
        GIL     mmmmmwwwwwmmmmmwwwwwmmww-
        asks         w    m    w    m
        main    PPPPPgggggPPPPPgggggPP
        worker  gggggPPPPPgggggPPPPPggPP
    "#]]
    .assert_eq(&chart(&run, 25));
    let (main, worker) = (thread(&run, "main"), thread(&run, "worker"));
    let early = run.seen(Time::from_ms(3));
    assert_eq!(early.core(CoreId(0)).thread, Some(main));
    assert_eq!(early.core(CoreId(1)).thread, None, "an idle core");
    assert_eq!(early.thread(worker).place, Place::WantsGil, "beside a thread that wants the GIL");
    assert_eq!(early.ready().count(), 0, "and no thread waits for a core");
    assert_eq!(early.gil(GilIx(0)).holder, Some(main));
    // Whoever runs Python has both: a core and the token.
    for t in [main, worker] {
        for s in run.lanes().thread(t).iter().filter(|s| s.place == Place::Running(Work::Python)) {
            assert!(s.core.is_some());
            let possession = |g: &gilscope::engine::segments::GilSegment| g.holder == t && g.start <= s.start;
            assert!(run.lanes().gil(GilIx(0)).iter().filter(possession).any(|g| s.end <= g.end), "{s:?}");
        }
    }
    // The token changes hands after a switch interval of 5 ms, when it is asked for.
    let asked: Vec<_> = run.trace().iter().filter(|r| r.kind() == Kind::RequestGil).map(|r| r.time()).collect();
    assert_eq!(asked[0], Time::from_us(5_060), "5 ms, and 60 µs that the wake-up is late");
    assert!(asked.len() >= 3);
}

#[test]
fn presets_say_what_they_show_and_show_the_python_with_its_lines() {
    assert_eq!(presets::all()[0].name, "P1a", "the page opens with it");
    let names: Vec<&str> = presets::all().iter().map(|p| p.name).collect();
    let lecture = ["P1a", "P1b", "P2", "P3", "P4", "G1", "G2", "G3", "G4", "W1", "W2", "W3", "W4"];
    let scheduling = ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "S11", "S12"];
    let python = ["Y1", "Y2", "Y3"];
    assert_eq!(names, [&lecture[..], &scheduling, &python].concat());
    let groups = presets::groups().map(|(_, group)| group.iter().map(|p| p.name).collect::<Vec<_>>());
    assert_eq!(groups, [&lecture[..], &scheduling, &python]);
    for preset in presets::all() {
        let (name, scenario) = (preset.name, preset.scenario());
        assert_eq!(scenario.title, preset.title, "{name}");
        assert_eq!(scenario.claim, name, "a link to it brings its baseline and its variants along");
        for text in [&scenario.texts.in_short, &scenario.texts.more_exactly] {
            let sentences = text.matches(". ").count() + 1;
            assert!(text.ends_with('.') && sentences <= 3, "{name}: {text}");
        }
        assert!(!preset.variants().is_empty(), "{name}: More exactly has a button");
        lines_are_there(name, &scenario);
        for variant in preset.variants() {
            let changed = preset.variant(variant);
            assert!(changed != scenario || variant.outlines, "{name}: “{}” changes nothing", variant.label);
            assert_eq!(changed.texts, scenario.texts, "{name}: the texts speak of both");
            lines_are_there(variant.label, &changed);
        }
    }
}

/// Every op stands for a line of the source, except in a process that the source does not show.
fn lines_are_there(name: &str, scenario: &gilscope::scenario::Scenario) {
    fn check(name: &str, lines: &[&str], steps: &[gilscope::scenario::Step]) {
        for step in steps {
            let line = step.line.unwrap_or_else(|| panic!("{name}: no line for {:?}", step.op)) as usize;
            assert!(lines.get(line - 1).is_some_and(|l| !l.trim().is_empty()), "{name}: {:?} at line {line}", step.op);
            if let gilscope::scenario::Op::Repeat { steps, .. } = &step.op {
                check(name, lines, steps);
            }
        }
    }
    if scenario.source.is_empty() {
        let native = scenario.threads().all(|(process, _)| process.runtime == gilscope::scenario::Runtime::Native);
        assert!(native, "{name}: what runs Python shows it");
        return;
    }
    let lines: Vec<&str> = scenario.source.lines().collect();
    for (process, thread) in scenario.threads() {
        if process.name != "shell" {
            check(name, &lines, &thread.program);
        }
    }
}
