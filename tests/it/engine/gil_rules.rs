//! Each rule of the GIL (`gil-semantics.md` section 1) with a chart that changes when the rule is broken.
//! The switch interval is 5 ms, a column 1 ms; `interop::gantt::KEY` explains the letters.

use expect_test::expect;
use gilscope::engine::{Kind, Reason, Run};
use gilscope::ids::{ThreadId, ThreadIx};
use gilscope::scenario::{CostSet, Costs, Intervention, Policy, Runtime, Scenario, What};
use gilscope::time::{Dur, Time};

use crate::build::{Build, chart, computer, slow_costs};

/// When records of this kind and reason happened, in ms, with the name of their thread.
fn when(run: &Run, kind: Kind, reason: Reason) -> Vec<(f64, String)> {
    let ms = |t: Time| t.ns() as f64 / 1e6;
    let found = run.trace().iter().filter(|r| r.kind() == kind && r.reason() == reason);
    found.map(|r| (ms(r.time()), run.plan().thread(r.thread()).name.clone())).collect()
}

fn at(ms: f64, name: &str) -> (f64, String) {
    (ms, name.to_owned())
}

fn two_hogs(costs: CostSet) -> Scenario {
    computer(2).costs(costs).python(&[("A", 0, "python 12ms"), ("B", 0, "python 12ms")])
}

#[test]
fn a_waiter_asks_after_a_whole_interval_and_the_holder_drops_at_once() {
    let run = two_hogs(CostSet::Textbook).run();
    expect![[r#"
        core 0  AAAAA-----AAAAA-----AA---
        core 1  -----BBBBB-----BBBBB--BB-
        GIL     AAAAABBBBBAAAAABBBBBAABB-
        asks         B    A    B    A
        A       PPPPPgggggPPPPPgggggPP
        B       gggggPPPPPgggggPPPPPggPP
    "#]]
    .assert_eq(&chart(&run, 25));
}

#[test]
fn a_lone_thread_never_drops_the_gil() {
    let run = computer(2).python(&[("A", 0, "python 30ms")]).run();
    assert_eq!(when(&run, Kind::RequestGil, Reason::NoSwitchSeen), []);
    assert_eq!(run.trace().iter().filter(|r| r.kind() == Kind::DropGil).count(), 1, "only when its program is over");
    assert_eq!(run.end(), Time::from_ms(30));
}

#[test]
fn each_wait_takes_a_fresh_snapshot_of_the_switch_number() {
    // At 5 ms B asks and waits again, then A drops and W takes. At 10 ms A and B time out together: A's wait began after
    // that switch, so it asks; B's began before it, so it may not. B's next wait begins at 10 ms just before A takes the
    // GIL, so at 15 ms it has seen a switch again: in step with the others it starves until A has finished.
    let run = computer(3).python(&[("A", 0, "python 12ms"), ("B", 0, "python 12ms"), ("W", 1, "python 12ms")]).run();
    expect![[r#"
        core 0  AAAAA-----AAAAA-----AA----------------
        core 1  -----WWWWW-----WWWWW----------WW------
        core 2  ----------------------BBBBBBBB--BBBB--
        GIL     AAAAAWWWWWAAAAAWWWWWAABBBBBBBBWWBBBB--
        asks         B    A    W    A         W
        A       PPPPPgggggPPPPPgggggPP
        B       ggggggggggggggggggggggPPPPPPPPggPPPP
        W        ggggPPPPPgggggPPPPPggggggggggPP
    "#]]
    .assert_eq(&chart(&run, 38));
    assert_eq!(when(&run, Kind::RequestGil, Reason::NoSwitchSeen)[..2], [at(5.0, "B"), at(10.0, "A")]);
    assert_eq!(when(&run, Kind::WantsGil, Reason::SwitchSeen)[..1], [at(10.0, "B")]);
}

#[test]
fn nobody_asks_whose_wait_saw_a_switch() {
    // W's interval ends at 6 ms, one after the switch to B: it does not ask but waits until 11 ms, so B keeps the GIL for
    // 5 ms at least and less than 10.
    let run =
        computer(3).python(&[("A", 0, "python 3ms; io 20ms"), ("B", 0, "python 20ms"), ("W", 1, "python 3ms")]).run();
    expect![[r#"
        core 0  AAA--------WWW----------------
        core 1  ---BBBBBBBB---BBBBBBBBBBBB----
        core 2  ------------------------------
        GIL     AAABBBBBBBBWWWBBBBBBBBBBBB----
        asks               W
        A       PPPiiiiiiiiiiiiiiiiiiiiggg
        B       gggPPPPPPPPgggPPPPPPPPPPPP
        W        ggggggggggPPP
    "#]]
    .assert_eq(&chart(&run, 30));
    assert_eq!(when(&run, Kind::WantsGil, Reason::SwitchSeen)[..1], [at(6.0, "W")]);
}

#[test]
fn a_forced_dropper_may_not_go_on_before_another_thread_has_taken_the_gil() {
    // The signal takes 2 ms. Without the hand-shake A would take the GIL again at 5 ms.
    let run = two_hogs(slow_costs(2, 0)).run();
    expect![[r#"
        core 0  AAAAA---------AAAAA---------AA--
        core 1  -------BBBBB---------BBBBB------
        GIL     AAAAA--BBBBB--AAAAA--BBBBB--AA--
        asks         B      A      B      A
        A       PPPPPffgggggwwPPPPPffgggggwwPP
        B       gggggwwPPPPPffgggggwwPPPPPffggww
    "#]]
    .assert_eq(&chart(&run, 32));
    assert_eq!(when(&run, Kind::ForcedWait, Reason::HandShake)[..1], [at(5.0, "A")]);
}

#[test]
fn a_drop_for_io_with_a_request_pending_delays_the_io_until_the_gil_is_taken() {
    // At 7 ms the core goes over to B, which asks; at that same instant A's Python ends and its I/O begins. The drop is for
    // the I/O, but the request counts: the 3 ms of I/O begin at 9 ms, when B has taken the GIL.
    let costs = CostSet::Custom(Costs { hand_off: Dur::from_ms(2), switch: Dur::from_ms(1), ..Costs::default() });
    let run = computer(2)
        .costs(costs)
        .python(&[("A", 0, "python 7ms; io 3ms; python 1ms"), ("B", 1, "python 4ms")])
        .process("load", Runtime::Native, &[("x", 2, "native 4ms")])
        .pin("A", &[1])
        .pin("B", &[0])
        .pin("x", &[0])
        .run();
    expect![[r#"
        core 0  --xxxx/--BBBB-----
        core 1  AAAAAAA--------A--
        GIL     AAAAAAA--BBBB--A--
        asks           B
        A       PPPPPPPffiiigwwP
        B        gggggswwPPPP
        x         NNNN
    "#]]
    .assert_eq(&chart(&run, 18));
    assert_eq!(when(&run, Kind::DropGil, Reason::ForIo), [at(7.0, "A")]);
    assert_eq!(when(&run, Kind::WaitIo, Reason::OpBegins), [at(9.0, "A")]);
}

#[test]
fn a_signal_is_no_hand_over_and_a_newcomer_barges_in() {
    // A releases at 3 ms and W is signalled, which takes 2 ms. C starts at 4 ms, finds the GIL free and takes it.
    let run = computer(3)
        .costs(slow_costs(2, 0))
        .python(&[("A", 0, "python 3ms; io 30ms"), ("W", 0, "python 3ms"), ("C", 4, "python 12ms")])
        .run();
    expect![[r#"
        core 0  AAA-CCCCCC-------CCCCCC-
        core 1  ------------WWW---------
        core 2  ------------------------
        GIL     AAA-CCCCCC--WWW--CCCCCC-
        asks              W
        A       PPPiiiiiiiiiiiiiiiiiiiii
        W       gggwwgggggwwPPP
        C           PPPPPPffgggwwPPPPPP
    "#]]
    .assert_eq(&chart(&run, 24));
    assert_eq!(when(&run, Kind::TakeGil, Reason::Barged), [at(4.0, "C")]);
}

#[test]
fn after_a_lost_race_a_waiter_waits_a_whole_interval_again() {
    // As above: W finds the GIL taken at 5 ms and asks at 10 ms, not at 5 ms (its first interval) and not at 9 ms.
    let run = computer(3)
        .costs(slow_costs(2, 0))
        .python(&[("A", 0, "python 3ms; io 30ms"), ("W", 0, "python 3ms"), ("C", 4, "python 12ms")])
        .run();
    assert_eq!(when(&run, Kind::WantsGil, Reason::LostRace), [at(5.0, "W")]);
    assert_eq!(when(&run, Kind::RequestGil, Reason::NoSwitchSeen), [at(10.0, "W")]);
}

#[test]
fn after_a_lost_race_a_waiter_is_behind_those_who_waited_meanwhile() {
    // V began to wait at 2 ms, W at 0; W is signalled first, loses against C, and is then behind V.
    let run = computer(4)
        .costs(slow_costs(2, 0))
        .python(&[
            ("A", 0, "python 3ms; io 40ms"),
            ("W", 0, "python 1ms"),
            ("V", 2, "python 1ms"),
            ("C", 4, "python 2ms; io 40ms"),
        ])
        .run();
    expect![[r#"
        core 0  AAA-CC----------
        core 1  --------V--W----
        core 2  ----------------
        core 3  ----------------
        GIL     AAA-CC--V--W----
        A       PPPiiiiiiiiiiiii
        W       gggwwggggwwP
        V         ggggwwP
        C           PPiiiiiiiiii
    "#]]
    .assert_eq(&chart(&run, 16));
}

#[test]
fn a_request_is_seen_at_the_end_of_an_extension() {
    let run = computer(2).python(&[("A", 0, "extension 8ms; python 4ms"), ("B", 0, "python 3ms")]).run();
    expect![[r#"
        core 0  AAAAAAAA---AAAA-
        core 1  --------BBB-----
        GIL     AAAAAAAABBBAAAA-
        asks         B
        A       XXXXXXXXgggPPPP
        B       ggggggggPPP
    "#]]
    .assert_eq(&chart(&run, 16));
    assert_eq!(when(&run, Kind::RequestGil, Reason::NoSwitchSeen)[..1], [at(5.0, "B")]);
    assert_eq!(when(&run, Kind::DropGil, Reason::Requested)[..1], [at(8.0, "A")]);
}

#[test]
fn a_request_is_seen_between_two_extensions() {
    let run =
        computer(2).python(&[("A", 0, "extension 3ms; extension 3ms; extension 3ms"), ("B", 0, "python 2ms")]).run();
    expect![[r#"
        core 0  AAAAAA--AAA-
        core 1  ------BB----
        GIL     AAAAAABBAAA-
        asks         B
        A       XXXXXXggXXX
        B       ggggggPP
    "#]]
    .assert_eq(&chart(&run, 12));
    assert_eq!(when(&run, Kind::DropGil, Reason::Requested)[..1], [at(6.0, "A")]);
}

#[test]
fn a_request_is_seen_between_an_extension_and_an_io() {
    // The call returns before the I/O begins, so the drop is forced: A goes on to its I/O once it has the GIL again.
    let run = computer(2).python(&[("A", 0, "extension 7ms; io 3ms"), ("B", 0, "python 2ms")]).run();
    expect![[r#"
        core 0  AAAAAAA-------
        core 1  -------BB-----
        GIL     AAAAAAABB-----
        asks         B
        A       XXXXXXXggiii
        B       gggggggPP
    "#]]
    .assert_eq(&chart(&run, 14));
}

#[test]
fn the_one_who_asked_gets_no_priority() {
    // W began to wait before B's second wait, so W is signalled when B's request makes A drop.
    let run = computer(3).python(&[("A", 0, "python 9ms"), ("B", 0, "python 2ms"), ("W", 2, "python 2ms")]).run();
    let first = when(&run, Kind::TakeGil, Reason::AfterSignal);
    assert_eq!(first[0], at(5.0, "W"));
}

#[test]
fn on_one_core_a_waiter_asks_once_it_has_the_core_and_the_holder_sees_it_when_it_next_runs() {
    // Quantum 2 ms, and native threads that keep the core busy: A holds the GIL also while it is ready. B's interval ends
    // at 7 ms, it gets the core at 12 ms and asks; A gets it next and drops the GIL at once. B takes it when it has a core.
    let run = computer(1)
        .policy(Policy::round_robin(Dur::from_ms(2)))
        .python(&[("A", 0, "python 6ms"), ("B", 0, "python 2ms")])
        .process("load", Runtime::Native, &[("x", 0, "native 6ms"), ("y", 0, "native 6ms")])
        .run();
    expect![[r#"
        core 0  AAxxyyAAxxyyxxyyBBAA----
        GIL     AAAAAAAAAAAA----BBAA----
        asks                B
        A       PP....PP....ffffggPP
        B       ..ggggg.........PP
        x       ..NN....NN..NN
        y       ....NN....NN..NN
    "#]]
    .assert_eq(&chart(&run, 24));
    assert_eq!(when(&run, Kind::Ready, Reason::GilTimeout)[0], at(7.0, "B"));
    assert_eq!(when(&run, Kind::RequestGil, Reason::NoSwitchSeen)[0], at(12.0, "B"));
    assert_eq!(when(&run, Kind::DropGil, Reason::Requested)[0], at(12.0, "A"));
    assert_eq!(when(&run, Kind::TakeGil, Reason::AfterSignal)[0], at(16.0, "B"));
}

#[test]
fn native_code_runs_beside_the_holder() {
    let run = computer(2).python(&[("A", 0, "python 1ms; native 6ms; python 1ms"), ("B", 0, "python 7ms")]).run();
    expect![[r#"
        core 0  AAAAAAA-A---
        core 1  -BBBBBBB----
        GIL     ABBBBBBBA---
        A       PNNNNNNgP
        B       gPPPPPPP
    "#]]
    .assert_eq(&chart(&run, 12));
    let progress = |ms| run.seen(Time::from_ms(ms)).progress(run.plan(), ThreadIx(0), Time::from_ms(ms));
    assert_eq!([5, 7].map(progress), [4, 6].map(|done| Some((Dur::from_ms(done), Dur::from_ms(6)))));
}

#[test]
fn each_process_has_a_gil_of_its_own() {
    let python = || Runtime::cpython(Dur::from_ms(5));
    let run = computer(2)
        .process("p", python(), &[("A", 0, "python 6ms")])
        .process("q", python(), &[("B", 0, "python 6ms")])
        .run();
    expect![[r#"
        core 0  AAAAAA--
        core 1  BBBBBB--
        GIL p   AAAAAA--
        GIL q   BBBBBB--
        A       PPPPPP
        B       PPPPPP
    "#]]
    .assert_eq(&chart(&run, 8));
}

#[test]
fn who_was_taken_off_just_as_its_python_was_done_sees_a_request_before_its_next_op() {
    // At 7 ms A is taken off by hand, at the very end of its Python; B asks at 8 ms. N has the core until 9 ms: A drops then,
    // and does not begin the call that would keep the GIL.
    let mut scenario = computer(2)
        .python(&[("A", 0, "python 7ms; extension 4ms"), ("B", 3, "python 2ms")])
        .process("other", Runtime::Native, &[("N", 0, "native 2ms")])
        .pin("A", &[0])
        .pin("N", &[0]);
    let what = What::Preempt { thread: ThreadId(0) };
    scenario.interventions.push(Intervention { at: Time::from_ms(7), what, extra: Default::default() });
    expect![[r#"
        core 0  AAAAAAANN--AAAA---
        core 1  ---------BB-------
        GIL     AAAAAAAAABBAAAA---
        asks            B
        A       PPPPPPP..ggXXXX
        B          ggggggPP
        N       .......NN
    "#]]
    .assert_eq(&chart(&scenario.run(), 18));
}
