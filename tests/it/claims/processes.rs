//! P1b, P3, G1, G4, and what the variants of the others show.

use std::collections::BTreeSet;

use expect_test::expect;
use gilscope::engine::{Cause, Kind, Place, Reason, Run};
use gilscope::ids::{ProcessIx, ThreadIx};
use gilscope::scenario::{ResourceKind, presets};
use gilscope::time::{Dur, Time};

use super::{demand, finish, finished_at, instants, run, running, stretches, thread};
use crate::build::chart;

/// The run of a preset's variant, counted from 0.
fn variant(name: &str, number: usize) -> Run {
    let preset = presets::by_name(name).expect("a preset of that name");
    finish(&preset.variant(&preset.variants()[number]))
}

/// The most threads that run at one moment.
fn most_running(run: &Run) -> usize {
    instants(run).map(|t| running(run, t).len()).max().unwrap_or_default()
}

#[test]
fn p1a_with_a_second_core_two_run_at_a_time_and_still_take_turns() {
    let run = variant("P1a", 0);
    assert_eq!(most_running(&run), 2);
    assert!(run.trace().iter().any(|r| r.reason() == Reason::SliceEnded));
}

#[test]
fn p1b_two_cores_run_two_processes_at_the_same_moment_and_they_can_signal_each_other() {
    let run = run("P1b");
    expect![[r#"
        core 0    rrrrrrrrrrrrrrrrrrrrrrr----
        core 1    -------pppp--pppp--ppppppp-
        recorder  NNNNNNNNNNNNNNNNNNNNNNN
        player    mmmmmmwNNNNmmNNNNmmNNNNNNN
    "#]]
    .assert_eq(&chart(&run, 27));
    let both = instants(&run).filter(|t| {
        let processes: BTreeSet<ProcessIx> =
            running(&run, *t).iter().map(|(_, t)| run.plan().thread(*t).process).collect();
        processes.len() == 2
    });
    assert!(both.count() >= 3, "two processes at the same moment");
    let woken: Vec<_> = run.trace().iter().filter(|r| r.reason() == Reason::MessageSent).collect();
    assert!(woken.len() >= 3);
    for record in woken {
        let sender = record.cause().expect("who sent it");
        assert_ne!(
            run.plan().thread(sender).process,
            run.plan().thread(record.thread()).process,
            "it crosses processes"
        );
    }
    let alone = variant("P1b", 0);
    for t in alone.plan().thread_ixs() {
        assert_eq!(finished_at(&alone, t), Time::ZERO + demand(&alone, t), "without messages neither waits");
    }
}

#[test]
fn p2_as_python_code_the_threads_wait_for_all_three_things() {
    let run = variant("P2", 0);
    for place in [Place::Ready, Place::Waiting(Cause::Io), Place::WantsGil] {
        assert!(run.plan().thread_ixs().any(|t| !stretches(&run, t, place).is_empty()), "nobody is {place:?}");
    }
}

#[test]
fn p3_a_process_wraps_threads_and_resources_and_may_be_on_several_cores_at_once() {
    let scenario = presets::by_name("P3").expect("a preset of that name").scenario();
    for process in &scenario.processes {
        assert!(!process.threads.is_empty());
        let kinds: Vec<_> = process.resources.iter().map(|r| r.kind).collect();
        assert!(kinds.contains(&ResourceKind::File) && kinds.iter().any(|k| matches!(k, ResourceKind::Memory(_))));
    }
    let run = run("P3");
    expect![[r#"
        core 0   ttttttttsssscccc----
        core 1   sscccccccctttsss----
        typing   NNNNNNNN..NNN
        saving   NNlllll.NNNN.NNN
        copying  ..NNNNNNNN..NNNN
    "#]]
    .assert_eq(&chart(&run, 20));
    let both = instants(&run).any(|t| {
        let processes: Vec<ProcessIx> = running(&run, t).iter().map(|(_, t)| run.plan().thread(*t).process).collect();
        processes == [ProcessIx(0), ProcessIx(0)]
    });
    assert!(both, "two threads of one process on two cores");
    let waits = |t: ThreadIx| stretches(&run, t, Place::Waiting(Cause::Lock));
    assert!(run.plan().thread_ixs().any(|t| !waits(t).is_empty()), "one waits for the lock");
}

#[test]
fn p4_with_the_measured_costs_a_switch_is_hardly_there() {
    let run = variant("P4", 0);
    let switches: Vec<Dur> = run.plan().thread_ixs().flat_map(|t| stretches(&run, t, Place::SwitchingIn)).collect();
    assert!(switches.len() >= 6 && switches.iter().all(|d| *d == Dur::from_ns(2_200)), "{switches:?}");
}

#[test]
fn g1_launching_a_program_makes_a_process_with_a_main_thread_which_can_start_more() {
    let run = run("G1");
    expect![[r#"
        core 0  ss---mmm-aaaabbbb---
        core 1  ------------------m-
        GIL     -----mmm-aaaabbbbbm-
        shell   NN
        main      wwwPPPcggggcggggP
        a               wPPPP
        b                    PPPP
    "#]]
    .assert_eq(&chart(&run, 20));
    let (main, a, b) = (thread(&run, "main"), thread(&run, "a"), thread(&run, "b"));
    let spawned = run.trace().iter().find(|r| r.kind() == Kind::SpawnProcess).expect("the launch").time();
    let launched = run.lanes().started(main).expect("a main thread");
    assert_eq!((launched, stretches(&run, main, Place::Waking)[0]), (spawned, Dur::from_ms(3)));
    let starts: Vec<_> = run.trace().iter().filter(|r| r.kind() == Kind::StartThread).map(|r| r.object()).collect();
    assert_eq!(starts, [Some(a.0), Some(b.0)], "the main thread starts them one after the other");
    assert_eq!(stretches(&run, main, Place::Waiting(Cause::Start)).len(), 2, "and waits until each runs");
    assert!(finished_at(&run, main) > finished_at(&run, a) && finished_at(&run, main) > finished_at(&run, b));
    let fast = variant("G1", 0);
    assert!(fast.end() < run.end());
}

#[test]
fn g2_code_without_the_gil_sub_interpreters_and_a_build_without_one_run_on_both_cores() {
    for number in [0, 1, 2] {
        let run = variant("G2", number);
        assert_eq!(most_running(&run), 2);
        assert!(run.end() < super::run("G2").end());
    }
}

#[test]
fn g3_more_cores_change_nothing() {
    assert_eq!(variant("G3", 0).end(), run("G3").end());
}

#[test]
fn g4_several_python_processes_run_truly_in_parallel_with_a_gil_each() {
    let run = run("G4");
    assert_eq!(run.plan().gils.len(), 2);
    let parallel = instants(&run).any(|t| {
        let machine = run.seen(t);
        run.plan().gil_ixs().all(|g| machine.gil(g).holder.is_some_and(|h| machine.work(h).is_some()))
    });
    assert!(parallel, "both run Python at one moment");
    let work: Dur = run.plan().thread_ixs().map(|t| demand(&run, t)).sum();
    assert!(run.end().since(Time::ZERO) * 3 < work * 2, "so it takes little more than half the time");
}

#[test]
fn g4_they_can_talk_if_they_pay() {
    let run = variant("G4", 0);
    expect![[r#"
        core 0      ppppppppppppppppp--------
        core 1      ------cccccccccccccccc---
        GIL parent  pppp-ppppp-pppp----------
        GIL child   ------cccccccccccccccc---
        parent      PPPPNNPPPPNPPPPNN
        child       wwwmmmPPPPPPPPPPPPPPPP
    "#]]
    .assert_eq(&chart(&run, 25));
    let sends = run.trace().iter().filter(|r| r.kind() == Kind::Send).count();
    assert_eq!(sends, 3);
    let cost = run.plan().costs.message_of(20_000);
    assert!(cost > Dur::from_ms(1), "a message costs: {cost}");
    let parent = run.plan().thread_ixs().next().expect("the parent");
    let native: Dur =
        run.plan().thread_ixs().flat_map(|t| stretches(&run, t, Place::Running(gilscope::engine::Work::Native))).sum();
    assert_eq!(native, cost * 3, "and the sender pays on its core, {parent:?}");
}
