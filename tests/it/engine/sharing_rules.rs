//! The rules of locks, queues, pipes, input, starts and joins, each with a chart that changes when the rule is broken, and
//! what happens where a program asks for what cannot be. The switch interval is 5 ms, a column 1 ms.

use expect_test::expect;
use gilscope::engine::{Cause, Ending, Kind, Place, Run};
use gilscope::explain::sentence;
use gilscope::ids::ThreadIx;
use gilscope::scenario::json;
use gilscope::time::Time;
use serde_json::{Value, json};

use crate::build::chart;

pub(crate) const MS: u64 = 1_000_000;

/// Threads of one CPython process with the locks 1 and 2 (L, M) and the queue 3 (q), on two cores, without costs.
fn run(threads: &Value) -> Run {
    run_with(&json!({ "processes": [process(threads)] }))
}

fn process(threads: &Value) -> Value {
    let shared = json!([
        { "id": 1, "name": "L", "kind": "lock" },
        { "id": 2, "name": "M", "kind": "lock" },
        { "id": 3, "name": "q", "kind": "queue" },
    ]);
    json!({ "id": 1, "name": "app", "resources": shared, "threads": threads })
}

pub(crate) fn run_with(parts: &Value) -> Run {
    let mut scenario = json!({ "v": 1, "computer": { "cores": 2, "policy": "fcfs" } });
    scenario.as_object_mut().expect("an object").extend(parts.as_object().expect("an object").clone());
    let mut run = Run::new(&json::from_str(&scenario.to_string()).expect("a scenario"));
    run.extend_to(Time::from_ms(1_000));
    run
}

pub(crate) fn thread(id: u16, name: &str, program: &Value) -> Value {
    json!({ "id": id, "name": name, "program": program })
}

pub(crate) fn python(ms: u64) -> Value {
    json!({ "python": ms * MS })
}

/// The sentences of the records of this kind.
pub(crate) fn told(run: &Run, kind: Kind) -> Vec<String> {
    let of = (0..run.trace().len()).filter(|i| run.trace()[*i].kind() == kind);
    of.map(|i| sentence(run, i)).collect()
}

#[test]
fn who_releases_a_lock_and_takes_it_again_at_once_wins_over_the_one_it_woke() {
    let body = json!([{ "repeat": 3, "steps": [{ "acquire": 1 }, { "io": 2 * MS }, { "release": 1 }] }]);
    let run = run(&json!([thread(1, "A", &body), thread(2, "B", &body)]));
    expect![[r#"
        core 0  -------------
        core 1  -------------
        GIL     -------------
        A       iiiiii
        B       lllllliiiiii
    "#]]
    .assert_eq(&chart(&run, 13));
    assert!(told(&run, Kind::WaitLock).iter().any(|s| s.contains("a release is no hand-over")));
}

#[test]
fn an_uncontended_lock_and_a_queue_with_items_keep_the_gil() {
    let a = json!([python(1), { "acquire": 1 }, { "put": 3 }, { "get": 3 }, { "release": 1 }, python(1)]);
    let run = run(&json!([thread(1, "A", &a), thread(2, "B", &json!([python(2)]))]));
    assert_eq!(run.trace().iter().filter(|r| r.kind() == Kind::DropGil).count(), 2, "only when each is over");
    assert_eq!(run.ending(), Some(&Ending::AllFinished));
}

#[test]
fn a_consumer_sleeps_off_the_gil_until_there_is_an_item() {
    let put = json!([python(3), { "put": 3 }, python(3), { "put": 3 }]);
    let get = json!([{ "get": 3 }, python(1), { "get": 3 }, python(1)]);
    let run = run(&json!([thread(1, "P", &put), thread(2, "C", &get)]));
    expect![[r#"
        core 0  PPPPP-P---
        core 1  -----C-C--
        GIL     PPPPPCPC--
        asks         C
        P       PPPPPgP
        C       gggggPqP
    "#]]
    .assert_eq(&chart(&run, 10));
}

#[test]
fn start_returns_when_the_child_runs_and_then_the_parent_needs_the_gil() {
    let parent = json!([python(2), { "start": 2 }, python(1), { "join": 2 }, python(1)]);
    let child = json!({ "id": 2, "name": "C", "start": "spawned", "program": [python(4)] });
    let run = run(&json!([thread(1, "P", &parent), child]));
    expect![[r#"
        core 0  PPCCCC----
        core 1  ------PP--
        GIL     PPCCCCPP--
        P       PPggggPP
        C         PPPP
    "#]]
    .assert_eq(&chart(&run, 10));
}

#[test]
fn who_starts_or_joins_a_thread_waits_for_that_one_and_without_python_a_start_is_over_at_once() {
    let parent = json!([{ "start": 2 }, { "native": MS }, { "join": 2 }, { "native": MS }]);
    let child = json!({ "id": 2, "name": "C", "start": "spawned", "program": [{ "native": 3 * MS }] });
    let on = |runtime: Value| {
        let app = json!({ "id": 1, "name": "app", "runtime": runtime, "threads": [thread(1, "P", &parent), child] });
        run_with(&json!({ "processes": [app] }))
    };
    let (python, native) = (on(json!({ "cpython": { "switch_interval": 5 * MS } })), on(json!("native")));
    assert_eq!(told(&python, Kind::WaitStart), ["P waits until C runs: Thread.start() returns only then."]);
    assert_eq!(told(&native, Kind::WaitStart), [""; 0]);
    for (run, without) in [(python, "neither a core nor the GIL"), (native, "no core")] {
        let says = format!("P joins C: it waits until that has finished, and needs {without} meanwhile.");
        assert_eq!(told(&run, Kind::WaitJoin), [says]);
        assert_eq!((run.ending(), run.end()), (Some(&Ending::AllFinished), Time::from_ms(4)));
    }
}

#[test]
fn who_joins_a_thread_sleeps_through_the_end_of_another() {
    let joins = thread(1, "A", &json!([{ "join": 3 }, python(1)]));
    let run = run(&json!([joins, thread(2, "B", &json!([python(1)])), thread(3, "C", &json!([{ "io": 3 * MS }]))]));
    assert_eq!(run.seen(Time::from_ms(2)).thread(ThreadIx(0)).place, Place::Waiting(Cause::Join));
    assert_eq!(run.end(), Time::from_ms(5), "C's I/O begins when B gives up the GIL");
}

#[test]
fn yield_lets_a_ready_thread_go_first() {
    let a = json!([python(2), { "yield": true }, python(2)]);
    let threads = json!([thread(1, "A", &a), thread(2, "B", &json!([python(2)]))]);
    let run = run_with(&json!({ "computer": { "policy": "fcfs" }, "processes": [process(&threads)] }));
    expect![[r#"
        core 0  AABBAA-
        GIL     AABBAA-
        A       PP..PP
        B       ..PP
    "#]]
    .assert_eq(&chart(&run, 7));
}

#[test]
fn a_message_costs_the_sender_and_wakes_the_receiver_of_another_process() {
    let costs = json!({ "custom": { "message": MS, "message_per_kib": MS, "wake_pipe": MS } });
    let parent = process(&json!([thread(1, "S", &json!([python(2), { "send": 9, "bytes": 1_025 }, python(1)]))]));
    let child = json!({ "id": 2, "name": "child", "threads": [thread(2, "R", &json!([{ "receive": 9 }, python(2)]))] });
    let run = run_with(&json!({
        "computer": { "cores": 2, "policy": "fcfs", "costs": costs },
        "processes": [parent, child],
        "pipes": [{ "id": 9, "name": "p" }],
    }));
    expect![[r#"
        core 0     SSSSSS---
        core 1     ------RR-
        GIL app    SS---S---
        GIL child  ------RR-
        S          PPNNNP
        R          mmmmmwPP
    "#]]
    .assert_eq(&chart(&run, 9));
}

#[test]
fn a_spawned_process_is_ready_after_its_start_and_its_late_threads_at_their_time() {
    let shell = json!({ "id": 1, "name": "sh", "runtime": "native", "threads": [
        thread(1, "s", &json!([{ "native": MS }, { "spawn": 2 }]))] });
    let app = json!({ "id": 2, "name": "app", "start": "spawned", "threads": [
        thread(2, "m", &json!([python(2)])),
        { "id": 3, "name": "l", "start": { "at": 8 * MS }, "program": [python(1)] },
        { "id": 4, "name": "n", "start": { "at": 4 * MS }, "program": [python(1)] },
    ] });
    let costs = json!({ "custom": { "process_start": 3 * MS } });
    let computer = json!({ "cores": 2, "policy": "fcfs", "costs": costs });
    let run = run_with(&json!({ "computer": computer, "processes": [shell, app] }));
    expect![[r#"
        core 0  s---mm--l-
        core 1  ------n---
        GIL     ----mmn-l-
        s       N
        m        wwwPP
        l               P
        n        wwwggP
    "#]]
    .assert_eq(&chart(&run, 10));
}

#[test]
fn scripted_input_comes_at_its_time_and_input_without_a_script_is_awaited() {
    let asks = json!([python(1), { "input": "?", "at": 4 * MS }, python(1), { "input": "name?" }, python(1)]);
    let run = run(&json!([thread(1, "A", &asks), thread(2, "B", &json!([python(7)]))]));
    expect![[r#"
        core 0  A-------A---
        core 1  -BBBBBBB----
        GIL     ABBBBBBBA---
        A       P???ggggP???
        B       gPPPPPPP
    "#]]
    .assert_eq(&chart(&run, 12));
    assert_eq!(run.ending(), Some(&Ending::AwaitingInput(vec![ThreadIx(0)])));
}

#[test]
fn two_locks_in_opposite_order_end_in_a_deadlock_that_names_its_cycle() {
    let ab = json!([{ "acquire": 1 }, { "io": MS }, { "acquire": 2 }]);
    let ba = json!([{ "acquire": 2 }, { "io": MS }, { "acquire": 1 }]);
    let other = thread(3, "O", &json!([{ "native": 9 * MS }]));
    let run = run(&json!([thread(1, "A", &ab), thread(2, "B", &ba), other]));
    assert_eq!(run.ending(), Some(&Ending::Deadlock(vec![ThreadIx(0), ThreadIx(1)])));
    let at: Vec<Time> = run.trace().iter().filter(|r| r.kind() == Kind::Deadlock).map(|r| r.time()).collect();
    assert_eq!(at, [Time::from_ms(1)], "at once, while others still run");
    let says = "Deadlock: B waits for A, which waits for B; none of them can go on by itself.";
    assert_eq!(told(&run, Kind::Deadlock), [says]);
}

#[test]
fn a_lock_that_its_holder_wants_again_is_a_deadlock_of_one() {
    let run = run(&json!([thread(1, "A", &json!([{ "acquire": 1 }, { "acquire": 1 }]))]));
    assert_eq!(run.ending(), Some(&Ending::Deadlock(vec![ThreadIx(0)])));
    assert!(told(&run, Kind::WaitLock)[0].contains("which it holds itself"), "{:?}", told(&run, Kind::WaitLock));
}

#[test]
fn who_joins_the_thread_that_needs_its_lock_is_in_a_deadlock_with_it() {
    let holds = json!([{ "acquire": 1 }, { "io": MS }, { "join": 2 }]);
    let run = run(&json!([thread(1, "A", &holds), thread(2, "B", &json!([{ "acquire": 1 }]))]));
    assert_eq!(run.ending(), Some(&Ending::Deadlock(vec![ThreadIx(0), ThreadIx(1)])));
    assert_eq!(
        told(&run, Kind::Deadlock),
        ["Deadlock: A waits for B, which waits for A; none of them can go on by itself."]
    );
}

#[test]
fn a_thread_that_will_start_at_its_time_can_be_joined_before() {
    let late = json!({ "id": 2, "name": "L", "start": { "at": 4 * MS }, "program": [python(2)] });
    let run = run(&json!([thread(1, "A", &json!([{ "join": 2 }, python(1)])), late]));
    expect![[r#"
        core 0  ----LLA--
        core 1  ---------
        GIL     ----LLA--
        A       jjjjjjP
        L           PP
    "#]]
    .assert_eq(&chart(&run, 9));
}

#[test]
fn a_queue_that_nobody_fills_and_a_lock_whose_holder_ended_leave_their_waiters_stuck() {
    let forgets = json!([{ "acquire": 1 }, python(1)]);
    let needs = json!([{ "io": MS / 2 }, { "acquire": 1 }]);
    let run = run(&json!([thread(1, "A", &forgets), thread(2, "B", &needs), thread(3, "C", &json!([{ "get": 3 }]))]));
    assert_eq!(run.ending(), Some(&Ending::Stuck(vec![ThreadIx(1), ThreadIx(2)])));
    assert!(told(&run, Kind::Finished)[0].contains("it still holds lock L"), "{:?}", told(&run, Kind::Finished));
}

#[test]
fn what_python_refuses_ends_the_thread_with_a_sentence() {
    let child = json!({ "id": 9, "name": "C", "start": "spawned", "program": [python(1)] });
    let cases = [
        (json!([{ "release": 1 }, python(5)]), "A releases lock L, which nobody holds: Python raises"),
        (json!([{ "start": 9 }, { "start": 9 }]), "A starts C, which was started before: Python raises"),
        (json!([{ "join": 9 }]), "A joins C, which was not started: Python raises"),
        (
            json!([{ "spawn": 2 }, { "spawn": 2 }]),
            "A spawns the process other, which was spawned before: Python raises",
        ),
    ];
    for (program, says) in cases {
        let other = json!({ "id": 2, "name": "other", "start": "spawned", "threads": [] });
        let run = run_with(&json!({ "processes": [process(&json!([thread(1, "A", &program), child])), other] }));
        assert!(told(&run, Kind::Raise)[0].starts_with(says), "{:?}", told(&run, Kind::Raise));
        assert_eq!(run.ending(), Some(&Ending::AllFinished), "{says}");
        assert!(run.seen(run.end()).thread(ThreadIx(0)).op.is_none());
        let started = says.contains("was started before");
        assert_eq!(run.never_started().collect::<Vec<_>>(), if started { vec![] } else { vec![ThreadIx(1)] });
    }
}

#[test]
fn an_answer_that_nobody_awaits_is_skipped_with_a_sentence() {
    let threads = json!([thread(1, "A", &json!([python(5)]))]);
    let answer = json!([{ "at": 2 * MS, "do": { "answer": { "thread": 1, "text": "Ada" } } }]);
    let run = run_with(&json!({ "processes": [process(&threads)], "interventions": answer }));
    let says = "The answer “Ada” to A is skipped: it awaits none now.";
    assert_eq!(told(&run, Kind::SkipIntervention), [says]);
    assert_eq!(run.end(), Time::from_ms(5), "and changes nothing");
    assert_eq!(run.never_started().count(), 0);
}

#[test]
fn who_receives_from_a_pipe_that_nobody_writes_is_stuck_with_a_sentence() {
    let threads = json!([thread(1, "A", &json!([python(1), { "receive": 9 }]))]);
    let run = run_with(&json!({ "processes": [process(&threads)], "pipes": [{ "id": 9, "name": "p" }] }));
    assert_eq!(run.ending(), Some(&Ending::Stuck(vec![ThreadIx(0)])));
    assert!(told(&run, Kind::WaitPipe)[0].contains("wants a message from pipe p, which is empty"));
}

#[test]
fn ten_thousand_messages_that_are_there_are_received_at_one_instant() {
    let sends = json!([{ "repeat": 9_000, "steps": [{ "send": 9 }, { "native": 1 }] }]);
    let receives: Vec<Value> = std::iter::repeat_n(json!({ "receive": 9 }), 9_000).collect();
    let late = json!({ "id": 2, "name": "R", "start": { "at": 50 * MS }, "program": receives });
    let run = run_with(&json!({
        "processes": [process(&json!([thread(1, "S", &sends), late]))],
        "pipes": [{ "id": 9, "name": "p" }],
    }));
    assert_eq!((run.ending(), run.end()), (Some(&Ending::AllFinished), Time::from_ms(50)));
}
