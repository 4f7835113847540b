//! Every record is explained, every thread's status said.

use std::cell::RefCell;
use std::collections::BTreeSet;

use expect_test::expect;
use gilscope::engine::{Kind, Run};
use gilscope::explain::{own_sentence, sentence, status, thread_name};
use gilscope::ids::{CoreId, ProcessId, ThreadId};
use gilscope::scenario::{CoreSet, CostSet, Intervention, Op, Policy, Process, Runtime, Scenario, Start, Thread, What};
use gilscope::time::{Dur, Time};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use crate::proving::{breaks, cases, config};
use crate::random::{endless_scenarios, quirky, scenarios};
use crate::sharing::{endless_sharing_scenarios, sharing_scenarios};

const HORIZON: Time = Time::from_ms(80);

#[test]
fn every_record_of_random_runs_has_a_sentence_of_its_own() {
    let pairs = RefCell::new(BTreeSet::new());
    // Always the same scenarios, so that which pairs come up is no matter of luck.
    let mut runner = TestRunner::new_with_rng(config(7_000), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let any = prop_oneof![1 => scenarios(), 1 => endless_scenarios(), 5 => sharing_scenarios(), 1 => quirky(endless_sharing_scenarios())];
    let broken = breaks(&mut runner, any, Just(()), |scenario, ()| {
        let mut run = Run::new(scenario);
        run.extend_to(HORIZON);
        for (i, record) in run.trace().iter().enumerate() {
            let text = own_sentence(&run, i);
            prop_assert!(text.is_some(), "no sentence of its own: {record:?}");
            let text = text.unwrap_or_default();
            let name = thread_name(run.plan(), record.thread());
            prop_assert!(text.contains(&name), "does not name {name}: {text}");
            let ends = text.ends_with('.') && !text.ends_with("..");
            prop_assert!(ends && !text.contains("  ") && text.chars().count() < 320, "{record:?}: {text}");
            pairs.borrow_mut().insert((record.kind(), record.reason()));
        }
        Ok(())
    });
    broken.unwrap_or_else(|broken| panic!("{broken}"));
    let pairs = pairs.into_inner();
    let kinds: BTreeSet<Kind> = pairs.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds.len(), Kind::ALL.len(), "a kind never came up: {kinds:?}");
    assert_eq!(pairs.len(), 136, "the pairs that came up: {pairs:?}");
}

#[test]
fn every_thread_has_a_status_at_every_instant() {
    let any = prop_oneof![endless_scenarios(), endless_sharing_scenarios()];
    // It looks at many instants of each: as many looks as other laws have from fewer scenarios.
    let mut runner = TestRunner::new(config(cases() / 6));
    let broken = breaks(&mut runner, any, Just(()), |scenario, ()| {
        let mut run = Run::new(scenario);
        run.extend_to(HORIZON);
        for now in (0..80).map(|ms| Time::from_us(ms * 1_000 + 300)) {
            let machine = run.seen(now);
            for thread in run.plan().thread_ixs() {
                let said = status(&run, &machine, thread, now);
                for text in [&said.headline, &said.detail] {
                    prop_assert!(text.ends_with('.') && !text.contains("  "), "{said:?}");
                }
            }
        }
        Ok(())
    });
    broken.unwrap_or_else(|broken| panic!("{broken}"));
}

fn thread(id: u16, name: &str, program: Vec<Op>) -> Thread {
    Thread {
        id: ThreadId(id),
        name: name.to_owned(),
        start: Start::Launch,
        cores: CoreSet::ALL,
        interpreter: 0,
        share: Default::default(),
        program: program.into_iter().map(Into::into).collect(),
        extra: Default::default(),
    }
}

fn scenario(cores: u8, costs: CostSet, threads: Vec<Thread>) -> Scenario {
    let mut scenario = Scenario::empty("");
    scenario.computer.cores = cores;
    scenario.computer.costs = costs;
    scenario.processes.push(Process {
        id: ProcessId(1),
        name: "web app".to_owned(),
        resources: Vec::new(),
        start: Start::Launch,
        runtime: Runtime::default(),
        threads,
        extra: Default::default(),
    });
    scenario
}

fn run(scenario: &Scenario) -> Run {
    assert_eq!(scenario.check(), Ok(()));
    let mut run = Run::new(scenario);
    run.extend_to(Time::from_ms(200));
    run
}

fn told(run: &Run) -> String {
    (0..run.trace().len()).map(|i| format!("{:.3}: {}\n", run.trace()[i].time(), sentence(run, i))).collect()
}

fn ms(n: u64) -> Dur {
    Dur::from_ms(n)
}

#[test]
fn two_threads_hand_the_gil_to_each_other_in_words() {
    let threads = vec![thread(1, "T1", vec![Op::Python(ms(12))]), thread(2, "T2", vec![Op::Python(ms(6))])];
    let run = run(&scenario(2, CostSet::Measured, threads));
    expect![[r#"
        0 ms: T1 starts as a thread of web app: it is ready and waits for a core.
        0 ms: T2 starts as a thread of web app: it is ready and waits for a core.
        0 ms: T1 is first in the ready queue and core 0 is free, so it gets core 0.
        0 ms: T2 is first in the ready queue and core 1 is free, so it gets core 1.
        0 ms: Nobody holds the GIL, so T1 takes it.
        0 ms: T1 begins 12 ms of Python on core 0, holding the GIL.
        0 ms: T2 needs the GIL to go on, but T1 holds it, so T2 waits and will ask for it after 5 ms without a switch.
        5.06 ms: T2 waited its whole switch interval of 5 ms, plus the 60 µs by which timers are late, for the GIL, so it goes to look, and needs a core for that.
        5.06 ms: T2 is first in the ready queue and core 1 is free, so it gets core 1.
        5.06 ms: T2 waited 5.06 ms for the GIL and nobody switched meanwhile, so it asks T1 to drop it.
        5.06 ms: T2 has asked T1 to drop the GIL and waits behind all other waiters, for a whole switch interval of 5 ms again.
        5.06 ms: T1 sees that T2 asked for the GIL: it drops it at 5.06 of 12 ms of its Python and signals T2.
        5.06 ms: T1 released the GIL and signalled T2, the first who waited; waking takes 20 µs, and the signal is no hand-over: whoever is on a core first takes the GIL.
        5.06 ms: T1 was asked to drop the GIL, so it may not go on before another thread has taken it: otherwise it could snatch it back.
        5.08 ms: T1 released the GIL and signalled T2, which is ready now; the signal is no hand-over: T2 needs a core, and the GIL may be gone by then.
        5.08 ms: T2 is first in the ready queue and core 1 is free, so it gets core 1.
        5.08 ms: T2 waited 5.06 ms for the GIL and nobody switched meanwhile, so it asked; T1 dropped it and T2 took it.
        5.08 ms: T2 took the GIL, so T1, which had dropped it on request, may go on; it wants the GIL again and will ask for it after 5 ms without a switch.
        5.08 ms: T2 begins 6 ms of Python on core 1, holding the GIL.
        10.14 ms: T1 waited its whole switch interval of 5 ms, plus the 60 µs by which timers are late, for the GIL, so it goes to look, and needs a core for that.
        10.14 ms: T1 is first in the ready queue and core 0 is free, so it gets core 0.
        10.14 ms: T1 waited 5.06 ms for the GIL and nobody switched meanwhile, so it asks T2 to drop it.
        10.14 ms: T1 has asked T2 to drop the GIL and waits behind all other waiters, for a whole switch interval of 5 ms again.
        10.14 ms: T2 sees that T1 asked for the GIL: it drops it at 5.06 of 6 ms of its Python and signals T1.
        10.14 ms: T2 released the GIL and signalled T1, the first who waited; waking takes 20 µs, and the signal is no hand-over: whoever is on a core first takes the GIL.
        10.14 ms: T2 was asked to drop the GIL, so it may not go on before another thread has taken it: otherwise it could snatch it back.
        10.16 ms: T2 released the GIL and signalled T1, which is ready now; the signal is no hand-over: T1 needs a core, and the GIL may be gone by then.
        10.16 ms: T1 is first in the ready queue and core 0 is free, so it gets core 0.
        10.16 ms: T1 waited 5.06 ms for the GIL and nobody switched meanwhile, so it asked; T2 dropped it and T1 took it.
        10.16 ms: T1 took the GIL, so T2, which had dropped it on request, may go on; it wants the GIL again and will ask for it after 5 ms without a switch.
        10.16 ms: T1 goes on with its Python on core 0, from 5.06 of 12 ms, holding the GIL.
        15.22 ms: T2 waited its whole switch interval of 5 ms, plus the 60 µs by which timers are late, for the GIL, so it goes to look, and needs a core for that.
        15.22 ms: T2 is first in the ready queue and core 1 is free, so it gets core 1.
        15.22 ms: T2 waited 5.06 ms for the GIL and nobody switched meanwhile, so it asks T1 to drop it.
        15.22 ms: T2 has asked T1 to drop the GIL and waits behind all other waiters, for a whole switch interval of 5 ms again.
        15.22 ms: T1 sees that T2 asked for the GIL: it drops it at 10.12 of 12 ms of its Python and signals T2.
        15.22 ms: T1 released the GIL and signalled T2, the first who waited; waking takes 20 µs, and the signal is no hand-over: whoever is on a core first takes the GIL.
        15.22 ms: T1 was asked to drop the GIL, so it may not go on before another thread has taken it: otherwise it could snatch it back.
        15.24 ms: T1 released the GIL and signalled T2, which is ready now; the signal is no hand-over: T2 needs a core, and the GIL may be gone by then.
        15.24 ms: T2 is first in the ready queue and core 1 is free, so it gets core 1.
        15.24 ms: T2 waited 5.06 ms for the GIL and nobody switched meanwhile, so it asked; T1 dropped it and T2 took it.
        15.24 ms: T2 took the GIL, so T1, which had dropped it on request, may go on; it wants the GIL again and will ask for it after 5 ms without a switch.
        15.24 ms: T2 goes on with its Python on core 1, from 5.06 of 6 ms, holding the GIL.
        16.18 ms: T2 has finished, drops the GIL and signals T1.
        16.18 ms: T2 released the GIL and signalled T1, the first who waited; waking takes 20 µs, and the signal is no hand-over: whoever is on a core first takes the GIL.
        16.18 ms: T2 finishes at 16.18 ms, 16.18 ms after its start.
        16.2 ms: T2 released the GIL and signalled T1, which is ready now; the signal is no hand-over: T1 needs a core, and the GIL may be gone by then.
        16.2 ms: T1 is first in the ready queue and core 0 is free, so it gets core 0.
        16.2 ms: T2 finished and dropped the GIL; T1, which wanted it for 960 µs, takes it.
        16.2 ms: T1 goes on with its Python on core 0, from 10.12 of 12 ms, holding the GIL.
        18.08 ms: T1 has finished and drops the GIL.
        18.08 ms: T1 finishes at 18.08 ms, 18.08 ms after its start.
    "#]].assert_eq(&told(&run));
}

#[test]
fn a_convoy_behind_c_code_in_words() {
    let threads = vec![
        thread(1, "T1", vec![Op::Extension(ms(8)), Op::Python(ms(2))]),
        thread(2, "T2", vec![Op::Io(ms(1)), Op::Python(ms(1)), Op::Native(ms(2))]),
    ];
    let run = run(&scenario(2, CostSet::Textbook, threads));
    expect![[r#"
        0 ms: T1 starts as a thread of web app: it is ready and waits for a core.
        0 ms: T2 starts as a thread of web app: it is ready and waits for a core.
        0 ms: T1 is first in the ready queue and core 0 is free, so it gets core 0.
        0 ms: T2 is first in the ready queue and core 1 is free, so it gets core 1.
        0 ms: Nobody holds the GIL, so T1 takes it.
        0 ms: T1 begins 8 ms of C code on core 0, and keeps the GIL: it cannot be asked to drop it before that code ends.
        0 ms: T2 needs the GIL to go on, but T1 holds it, so T2 waits and will ask for it after 5 ms without a switch.
        5 ms: T2 waited its whole switch interval of 5 ms for the GIL, so it goes to look, and needs a core for that.
        5 ms: T2 is first in the ready queue and core 1 is free, so it gets core 1.
        5 ms: T2 waited 5 ms for the GIL and nobody switched meanwhile, so it asks T1 to drop it; T1 runs C code that keeps the GIL and sees the request only when that ends.
        5 ms: T2 has asked T1 to drop the GIL and waits behind all other waiters, for a whole switch interval of 5 ms again.
        8 ms: T1 sees that T2 asked for the GIL at 5 ms, 3 ms late because C code kept the GIL until now: it drops it and signals T2.
        8 ms: T1 released the GIL and signalled T2, which is ready now; the signal is no hand-over: T2 needs a core, and the GIL may be gone by then.
        8 ms: T1 was asked to drop the GIL, so it may not go on before another thread has taken it: otherwise it could snatch it back.
        8 ms: T2 is first in the ready queue and core 1 is free, so it gets core 1.
        8 ms: T2 waited 5 ms for the GIL and nobody switched meanwhile, so it asked; T1 dropped it and T2 took it.
        8 ms: T2 took the GIL, so T1, which had dropped it on request, may go on; it wants the GIL again and will ask for it after 5 ms without a switch.
        8 ms: T2 drops the GIL and signals T1 before it waits 1 ms for I/O.
        8 ms: T2 released the GIL and signalled T1, which is ready now; the signal is no hand-over: T1 needs a core, and the GIL may be gone by then.
        8 ms: T2 waits 1 ms for I/O and needs neither a core nor the GIL meanwhile.
        8 ms: T1 is first in the ready queue and core 0 is free, so it gets core 0.
        8 ms: T2 dropped the GIL to wait for I/O; T1 takes it.
        8 ms: T1 begins 2 ms of Python on core 0, holding the GIL.
        9 ms: T2's I/O of 1 ms is over, so it is ready and waits for a core, and then needs the GIL.
        9 ms: T2 is first in the ready queue and core 1 is free, so it gets core 1.
        9 ms: T2 needs the GIL to go on, but T1 holds it, so T2 waits and will ask for it after 5 ms without a switch.
        10 ms: T1 has finished, drops the GIL and signals T2.
        10 ms: T1 released the GIL and signalled T2, which is ready now; the signal is no hand-over: T2 needs a core, and the GIL may be gone by then.
        10 ms: T1 finishes at 10 ms, 10 ms after its start.
        10 ms: T2 is first in the ready queue and core 1 is free, so it gets core 1.
        10 ms: T1 finished and dropped the GIL; T2, which wanted it for 1 ms, takes it.
        10 ms: T2 begins 1 ms of Python on core 1, holding the GIL.
        11 ms: T2 drops the GIL before 2 ms of native code, which needs none.
        11 ms: T2 begins 2 ms of native code on core 1, without the GIL, so another thread can run Python at the same time.
        13 ms: Nobody holds the GIL, so T2 takes it.
        13 ms: T2 has finished and drops the GIL.
        13 ms: T2 finishes at 13 ms, 13 ms after its start.
    "#]].assert_eq(&told(&run));
}

#[test]
fn a_preempted_holder_and_a_move_by_hand_in_words() {
    let threads = vec![thread(1, "T1", vec![Op::Python(ms(9))]), thread(2, "T2", vec![Op::Python(ms(3))])];
    let mut scenario = scenario(1, CostSet::SlowMotion, threads);
    scenario.processes.push(Process {
        id: ProcessId(2),
        name: "zip".to_owned(),
        resources: Vec::new(),
        start: Start::Launch,
        runtime: Runtime::Native,
        threads: vec![thread(3, "T1", vec![Op::Native(ms(5))])],
        extra: Default::default(),
    });
    for at in [1, 2] {
        let what = What::RunHere { thread: ThreadId(3), core: CoreId(0) };
        scenario.interventions.push(Intervention { at: Time::from_ms(at), what, extra: Default::default() });
    }
    let run = run(&scenario);
    expect![[r#"
        0 ms: T1 of web app starts as a thread of web app: it is ready and waits for a core.
        0 ms: T2 starts as a thread of web app: it is ready and waits for a core.
        0 ms: T1 of zip starts as a thread of zip: it is ready and waits for a core.
        0 ms: T1 of web app is first in the ready queue and core 0 is free, so it gets core 0.
        0 ms: Nobody holds the GIL, so T1 of web app takes it.
        0 ms: T1 of web app begins 9 ms of Python on core 0, holding the GIL.
        1 ms: T1 of zip is put on core 0 by hand and displaces T1 of web app there.
        1 ms: T1 of zip was put on T1 of web app's core by hand, so T1 of web app goes to the head of the ready queue, saved at 1 of 9 ms, and keeps the rest of its slice; it keeps the GIL, so no other thread of web app can run Python.
        1 ms: T1 of zip gets core 0 by hand, past the ready queue.
        1 ms: Core 0 switches from T1 of web app to T1 of zip: saving the state of one and loading that of the other takes 700 µs, 200 µs of it because they are of different processes.
        1.7 ms: T1 of zip begins 5 ms of native code on core 0.
        2 ms: T1 of zip is not put on core 0 by hand: it is there already.
        5.7 ms: T1 of zip's slice (quantum 4 ms) ended while others were ready, so it goes to the tail of the ready queue, saved at 4 of 5 ms.
        5.7 ms: T1 of web app is first in the ready queue after 4.7 ms there and core 0 is free, so it gets core 0.
        5.7 ms: Core 0 switches from T1 of zip to T1 of web app: saving the state of one and loading that of the other takes 700 µs, 200 µs of it because they are of different processes.
        6.4 ms: T1 of web app goes on with its Python on core 0, from 1 of 9 ms, holding the GIL.
        9.4 ms: T1 of web app's slice (quantum 4 ms) ended while others were ready, so it goes to the tail of the ready queue, saved at 4 of 9 ms; it keeps the GIL, so no other thread of web app can run Python.
        9.4 ms: T2 is first in the ready queue after 9.4 ms there and core 0 is free, so it gets core 0.
        9.4 ms: Core 0 switches from T1 of web app to T2: saving the state of one and loading that of the other takes 500 µs.
        9.9 ms: T2 needs the GIL to go on, but T1 of web app holds it, so T2 waits and will ask for it after 5 ms without a switch.
        9.9 ms: T1 of zip is first in the ready queue after 4.2 ms there and core 0 is free, so it gets core 0.
        9.9 ms: Core 0 switches from T2 to T1 of zip: saving the state of one and loading that of the other takes 700 µs, 200 µs of it because they are of different processes.
        10.6 ms: T1 of zip goes on with its native code on core 0, from 4 of 5 ms.
        11.6 ms: T1 of zip finishes at 11.6 ms, 11.6 ms after its start.
        11.6 ms: T1 of web app is first in the ready queue after 2.2 ms there and core 0 is free, so it gets core 0.
        11.6 ms: Core 0 switches from T1 of zip to T1 of web app: saving the state of one and loading that of the other takes 700 µs, 200 µs of it because they are of different processes.
        12.3 ms: T1 of web app goes on with its Python on core 0, from 4 of 9 ms, holding the GIL.
        15.1 ms: T2 waited its whole switch interval of 5 ms, plus the 200 µs by which timers are late, for the GIL, so it goes to look, and needs a core for that.
        16.3 ms: T1 of web app's slice (quantum 4 ms) ended while others were ready, so it goes to the tail of the ready queue, saved at 8 of 9 ms; it keeps the GIL, so no other thread of web app can run Python.
        16.3 ms: T2 is first in the ready queue after 1.2 ms there and core 0 is free, so it gets core 0.
        16.3 ms: Core 0 switches from T1 of web app to T2: saving the state of one and loading that of the other takes 500 µs.
        16.8 ms: T2 waited 5.2 ms for the GIL and nobody switched meanwhile, so it asks T1 of web app to drop it; T1 of web app is not running and sees the request only when it next runs Python.
        16.8 ms: T2 has asked T1 of web app to drop the GIL and waits behind all other waiters, for a whole switch interval of 5 ms again.
        16.8 ms: T1 of web app is first in the ready queue after 500 µs there and core 0 is free, so it gets core 0.
        16.8 ms: Core 0 switches from T2 to T1 of web app: saving the state of one and loading that of the other takes 500 µs.
        17.3 ms: T1 of web app goes on with its Python on core 0, from 8 of 9 ms, holding the GIL.
        17.3 ms: T1 of web app sees that T2 asked for the GIL at 16.8 ms, 500 µs late because T1 of web app was not running: it drops it at 8 of 9 ms of its Python and signals T2.
        17.3 ms: T1 of web app released the GIL and signalled T2, which is ready now; the signal is no hand-over: T2 needs a core, and the GIL may be gone by then.
        17.3 ms: T1 of web app was asked to drop the GIL, so it may not go on before another thread has taken it: otherwise it could snatch it back.
        17.3 ms: T2 is first in the ready queue and core 0 is free, so it gets core 0.
        17.3 ms: Core 0 switches from T1 of web app to T2: saving the state of one and loading that of the other takes 500 µs.
        17.8 ms: T2 waited 5.2 ms for the GIL and nobody switched meanwhile, so it asked; T1 of web app dropped it and T2 took it.
        17.8 ms: T2 took the GIL, so T1 of web app, which had dropped it on request, may go on; it wants the GIL again and will ask for it after 5 ms without a switch.
        17.8 ms: T2 begins 3 ms of Python on core 0, holding the GIL.
        20.8 ms: T2 has finished, drops the GIL and signals T1 of web app.
        20.8 ms: T2 released the GIL and signalled T1 of web app, which is ready now; the signal is no hand-over: T1 of web app needs a core, and the GIL may be gone by then.
        20.8 ms: T2 finishes at 20.8 ms, 20.8 ms after its start.
        20.8 ms: T1 of web app is first in the ready queue and core 0 is free, so it gets core 0.
        20.8 ms: Core 0 switches from T2 to T1 of web app: saving the state of one and loading that of the other takes 500 µs.
        21.3 ms: T2 finished and dropped the GIL; T1 of web app, which wanted it for 3.5 ms, takes it.
        21.3 ms: T1 of web app goes on with its Python on core 0, from 8 of 9 ms, holding the GIL.
        22.3 ms: T1 of web app has finished and drops the GIL.
        22.3 ms: T1 of web app finishes at 22.3 ms, 22.3 ms after its start.
    "#]].assert_eq(&told(&run));
}

/// The statuses of all threads at these times, in µs.
pub(crate) fn statuses(run: &Run, at: &[u64]) -> String {
    let mut text = String::new();
    for now in at.iter().map(|us| Time::from_us(*us)) {
        let machine = run.seen(now);
        for thread in run.plan().thread_ixs() {
            let said = status(run, &machine, thread, now);
            let name = thread_name(run.plan(), thread);
            text += &format!("{now} {name}: {} {}\n", said.headline, said.detail);
        }
    }
    text
}

#[test]
fn what_each_place_means_in_words() {
    let mut threads = vec![
        thread(1, "T1", vec![Op::Python(ms(12))]),
        thread(2, "T2", vec![Op::Python(ms(6)), Op::Native(ms(4)), Op::Extension(ms(2))]),
        thread(3, "T3", vec![Op::Io(ms(4)), Op::Sleep(ms(9))]),
    ];
    threads[2].start = Start::At(Time::from_ms(1));
    let mut scenario = scenario(2, CostSet::SlowMotion, threads);
    scenario.computer.policy = Policy::round_robin(ms(2));
    let run = run(&scenario);
    expect![[r#"
        500 µs T1: Runs Python on core 0 since 0 ms. It has done 500 µs of 12 ms. It holds the GIL since 0 ms. T2 wants it and looks again at 5.2 ms. Its slice ends at 2 ms; if nobody waits for the core then, it gets a new one.
        500 µs T2: Wants the GIL since 0 ms. T1 holds it. If nobody switches, T2 asks T1 to drop it at 5.2 ms. Core 1 being free does not help.
        500 µs T3: Has not started yet. It starts at 1 ms.
        3 ms T1: Runs Python on core 0 since 0 ms. It has done 3 of 12 ms. It holds the GIL since 0 ms. T2 wants it and looks again at 5.2 ms. Its slice ends at 4 ms; if nobody waits for the core then, it gets a new one.
        3 ms T2: Wants the GIL since 0 ms. T1 holds it. If nobody switches, T2 asks T1 to drop it at 5.2 ms. Core 1 being free does not help.
        3 ms T3: Wants the GIL since 1 ms. T1 holds it. If nobody switches, T3 asks T1 to drop it at 6.2 ms. Core 1 being free does not help.
        5.3 ms T1: Must wait since 5.2 ms until another thread takes the GIL. It dropped the GIL because it was asked to. T3 is waking to take it. As soon as another thread has taken it, T1 goes on.
        5.3 ms T2: Wants the GIL since 0 ms. Nobody holds it now and T3 was signalled; T2 looks at 10.4 ms unless it is signalled before. Core 0 being free does not help.
        5.3 ms T3: Waking since 5.2 ms. T1 released the GIL and signalled it. It is ready at 5.4 ms, and then needs a core. The signal is no hand-over: whoever is on a core first takes the GIL.
        7.5 ms T1: Wants the GIL since 5.4 ms. T2 holds it. It changed hands while T1 waits, so at 10.6 ms T1 may not ask and waits a whole interval again. Core 0 being free does not help.
        7.5 ms T2: Runs Python on core 1 since 5.6 ms. It has done 1.9 of 6 ms. It holds the GIL since 5.6 ms. T1 wants it and looks again at 10.6 ms. Its slice ends at 7.6 ms; if nobody waits for the core then, it gets a new one.
        7.5 ms T3: Waits for I/O since 5.4 ms. The I/O is over at 9.4 ms; then it needs a core and the GIL. Meanwhile it needs no core and does not hold the GIL.
        12 ms T1: Runs Python on core 0 since 12 ms. It has done 5.2 of 12 ms. It holds the GIL since 12 ms. Its slice ends at 14 ms; if nobody waits for the core then, it gets a new one.
        12 ms T2: Runs native code on core 1 since 11.6 ms. It has done 400 µs of 4 ms. It does not hold the GIL: another thread can run Python at the same time. Its slice ends at 13.6 ms; if nobody waits for the core then, it gets a new one.
        12 ms T3: Sleeps since 11.8 ms. The sleep is over at 20.8 ms; then it needs a core and the GIL. Meanwhile it needs no core and does not hold the GIL.
        30 ms T1: Finished at 18.8 ms. Its program is over, 18.8 ms after its start. It needs nothing any more.
        30 ms T2: Finished at 21 ms. Its program is over, 21 ms after its start. It needs nothing any more.
        30 ms T3: Finished at 21.2 ms. Its program is over, 20.2 ms after its start. It needs nothing any more.
    "#]].assert_eq(&statuses(&run, &[500, 3_000, 5_300, 7_500, 12_000, 30_000]));
}
