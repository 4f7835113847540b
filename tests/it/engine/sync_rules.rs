//! The rules of semaphores, events, barriers, bounded queues and devices, and of locks that are handed over, each with a
//! chart that changes when the rule is broken. The switch interval is 5 ms, a column 1 ms.

use expect_test::expect;
use gilscope::engine::{Ending, Kind, Place, Reason, Run};
use gilscope::explain::status;
use gilscope::ids::{ObjectIx, ThreadIx};
use gilscope::time::Time;
use serde_json::{Value, json};

use super::sharing_rules::{MS, python, run_with, thread, told};
use crate::build::chart;

/// The semaphore 1 (s) with a count of 2, the event 2 (e), the barrier 3 (b) for three, the queue 4 (q) for one item, and
/// the lock 5 (L).
fn shared() -> Value {
    json!([
        { "id": 1, "name": "s", "kind": { "semaphore": 2 } },
        { "id": 2, "name": "e", "kind": "event" },
        { "id": 3, "name": "b", "kind": { "barrier": 3 } },
        { "id": 4, "name": "q", "kind": { "queue": 1 } },
        { "id": 5, "name": "L", "kind": "lock" },
    ])
}

/// Threads of one process with [`shared`] on so many cores; all share the device 9 (disk).
fn run_on(cores: u8, runtime: &Value, threads: &Value) -> Run {
    let process = json!({ "id": 1, "name": "app", "runtime": runtime, "resources": shared(), "threads": threads });
    run_with(&json!({
        "computer": { "cores": cores, "policy": "fcfs" },
        "processes": [process],
        "devices": [{ "id": 9, "name": "disk" }],
    }))
}

fn cpython() -> Value {
    json!({ "cpython": { "switch_interval": 5 * MS } })
}

/// Threads of one CPython process on two cores.
fn run(threads: &Value) -> Run {
    run_on(2, &cpython(), threads)
}

fn drops(run: &Run) -> usize {
    run.trace().iter().filter(|r| r.kind() == Kind::DropGil).count()
}

#[test]
fn as_many_as_a_semaphore_counts_are_inside_at_once() {
    let body = json!([{ "acquire": 1 }, { "io": 3 * MS }, { "release": 1 }]);
    let names = ["A", "B", "C", "D"];
    let threads: Vec<_> = (1..).zip(names).map(|(id, name)| thread(id, name, &body)).collect();
    let run = run(&json!(threads));
    expect![[r#"
        core 0  --------
        core 1  --------
        GIL     --------
        A       iii
        B       iii
        C       vvviii
        D       vvviii
    "#]]
    .assert_eq(&chart(&run, 8));
    assert!(told(&run, Kind::WaitSemaphore)[0].contains("needs semaphore s, whose count is 0"));
    assert!(told(&run, Kind::Release)[0].contains("releases one of semaphore s, and wakes C, the first who waits"));
}

#[test]
fn a_semaphore_may_be_released_above_its_count_and_by_who_did_not_acquire_it() {
    let run = run(&json!([thread(1, "A", &json!([{ "release": 1 }, python(1)]))]));
    assert_eq!(run.ending(), Some(&Ending::AllFinished));
    assert_eq!(run.seen(run.end()).object(ObjectIx(0)).items, 3);
}

#[test]
fn who_releases_a_semaphore_and_acquires_it_again_at_once_wins_over_the_one_it_woke() {
    let greedy = json!([{ "acquire": 1 }, { "acquire": 1 }, { "repeat": 3, "steps": [
        { "io": 2 * MS }, { "release": 1 }, { "acquire": 1 }] }]);
    let run = run(&json!([thread(1, "A", &greedy), thread(2, "B", &json!([{ "sleep": MS }, { "acquire": 1 }]))]));
    expect![[r#"
        core 0  --------
        core 1  --------
        GIL     --------
        A       iiiiii
        B       zvvvvvvv
    "#]]
    .assert_eq(&chart(&run, 8));
    assert!(told(&run, Kind::WaitSemaphore)[1].contains("another thread took it first"));
    assert_eq!(run.ending(), Some(&Ending::Stuck(vec![ThreadIx(1)])), "a semaphore has no holder to wait for");
}

#[test]
fn setting_an_event_frees_all_who_wait_and_who_comes_later_does_not_wait() {
    let sets = json!([{ "native": 3 * MS }, { "set": 2 }, python(2)]);
    let waits = json!([{ "wait": 2 }, { "native": 2 * MS }]);
    let late = json!([{ "sleep": 6 * MS }, { "wait": 2 }, { "native": 2 * MS }]);
    let threads = [thread(1, "S", &sets), thread(2, "A", &waits), thread(3, "B", &waits), thread(4, "L", &late)];
    let run = run_on(4, &cpython(), &json!(threads));
    expect![[r#"
        core 0  SSSSS-----
        core 1  -----AA---
        core 2  -----BB---
        core 3  ------LL--
        GIL     ---SS-----
        S       NNNPP
        A       eeeggNN
        B       eeeggNN
        L       zzzzzzNN
    "#]]
    .assert_eq(&chart(&run, 10));
    assert_eq!(told(&run, Kind::Set), ["S sets event e, and wakes A and B."]);
    assert_eq!(told(&run, Kind::Pass), ["Event e is set, so L goes on at once."]);
}

#[test]
fn who_was_freed_by_an_event_goes_on_although_it_was_cleared_at_once() {
    let pulse = json!([{ "native": 2 * MS }, { "set": 2 }, { "clear": 2 }, python(1), { "wait": 2 }]);
    let run = run(&json!([thread(1, "S", &pulse), thread(2, "A", &json!([{ "wait": 2 }, python(1)]))]));
    assert_eq!(run.ending(), Some(&Ending::Stuck(vec![ThreadIx(0)])), "A went on, and S waits for who sets it again");
    assert!(told(&run, Kind::WaitEvent)[1].starts_with("S waits until event e is set"));
    assert_eq!(told(&run, Kind::Clear), ["S clears event e: who comes to it from now on waits."]);
}

#[test]
fn the_last_at_a_barrier_frees_the_others_and_goes_on_without_giving_up_the_gil() {
    let come = |ms: u64| json!([{ "native": ms * MS }, { "wait": 3 }, python(2)]);
    let threads = [thread(1, "A", &come(1)), thread(2, "B", &come(2)), thread(3, "C", &come(4))];
    let run = run_on(3, &cpython(), &json!(threads));
    expect![[r#"
        core 0  A-----AA---
        core 1  BB------BB-
        core 2  CCCCCC-----
        GIL     ----CCAABB-
        A       NbbbggPP
        B       NNbbggggPP
        C       NNNNPP
    "#]]
    .assert_eq(&chart(&run, 11));
    assert_eq!(
        told(&run, Kind::Pass),
        ["C is the last of 3 to come to barrier b: it goes on at once, and wakes A and B."]
    );
    assert!(told(&run, Kind::WaitBarrier)[0].starts_with("A comes to barrier b and waits until all 3 are there"));
}

#[test]
fn a_barrier_serves_again_and_one_that_not_all_come_to_leaves_its_waiters_stuck() {
    let often = |times: u64| json!([{ "repeat": times, "steps": [{ "wait": 3 }, { "native": MS }] }]);
    let threads = [thread(1, "A", &often(3)), thread(2, "B", &often(3)), thread(3, "C", &often(2))];
    let run = run_on(3, &json!("native"), &json!(threads));
    assert_eq!(told(&run, Kind::Pass).len(), 2);
    assert_eq!(run.ending(), Some(&Ending::Stuck(vec![ThreadIx(0), ThreadIx(1)])));
}

#[test]
fn who_comes_to_a_barrier_counts_although_it_must_first_wait_until_its_gil_is_taken() {
    // At 7 ms core 0 goes over from x to B, which asks; at that same instant A's Python ends and it comes to the barrier.
    let threads = json!([
        { "id": 1, "name": "A", "cores": [1], "program": [python(7), { "wait": 3 }] },
        { "id": 2, "name": "B", "cores": [0], "start": { "at": MS }, "program": [python(1), { "wait": 3 }] },
        { "id": 3, "name": "C", "cores": [2], "start": { "at": 12 * MS }, "program": [{ "wait": 3 }] },
    ]);
    let load =
        json!([{ "id": 4, "name": "x", "cores": [0], "start": { "at": 2 * MS }, "program": [{ "native": 4 * MS }] }]);
    let run = run_with(&json!({
        "computer": { "cores": 3, "policy": "fcfs", "costs": { "custom": { "hand_off": 2 * MS, "switch": MS } } },
        "processes": [
            { "id": 1, "name": "app", "resources": shared(), "threads": threads },
            { "id": 2, "name": "load", "runtime": "native", "threads": load },
        ],
    }));
    let machine = run.seen(Time::from_us(7_500));
    assert_eq!(machine.thread(ThreadIx(0)).place, Place::ForcedWait);
    assert_eq!(machine.object(ObjectIx(2)).waiters, [ThreadIx(0)]);
    assert_eq!((told(&run, Kind::Pass).len(), run.ending()), (1, Some(&Ending::AllFinished)));
}

#[test]
fn a_producer_waits_off_the_gil_while_the_queue_is_full() {
    let puts = json!([{ "put": 4 }, python(1), { "put": 4 }, python(1)]);
    let gets = json!([{ "sleep": 4 * MS }, { "get": 4 }, { "native": 2 * MS }, { "get": 4 }]);
    let run = run(&json!([thread(1, "P", &puts), thread(2, "C", &gets)]));
    expect![[r#"
        core 0  P----P--
        core 1  -----CC-
        GIL     P----P--
        P       PrrrrP
        C       gzzzzNN
    "#]]
    .assert_eq(&chart(&run, 8));
    assert!(told(&run, Kind::WaitRoom)[0].starts_with("P wants to put an item into queue q, which is full"));
    assert_eq!(told(&run, Kind::Get)[0], "C takes an item from queue q, and wakes P, the first who waits for room.");
    assert_eq!(run.ending(), Some(&Ending::AllFinished));
}

#[test]
fn a_woken_producer_or_consumer_may_find_that_another_was_faster() {
    let fills =
        json!([{ "put": 4 }, { "native": 2 * MS }, { "get": 4 }, { "put": 4 }, { "native": 2 * MS }, { "get": 4 }]);
    let run1 = run(&json!([thread(1, "A", &fills), thread(2, "B", &json!([{ "sleep": MS }, { "put": 4 }]))]));
    assert!(told(&run1, Kind::WaitRoom)[1].contains("woken for room in queue q, but another thread took it first"));
    assert_eq!(run1.ending(), Some(&Ending::AllFinished));
    let empties = json!([{ "native": 2 * MS }, { "put": 4 }, { "get": 4 }, { "native": 2 * MS }, { "put": 4 }]);
    let run2 = run(&json!([thread(1, "A", &empties), thread(2, "B", &json!([{ "get": 4 }]))]));
    assert!(
        told(&run2, Kind::WaitQueue)[1].contains("woken for an item from queue q, but another thread took it first")
    );
    assert_eq!(run2.ending(), Some(&Ending::AllFinished));
}

#[test]
fn what_need_not_wait_keeps_the_gil() {
    let program = json!([
        { "acquire": 1 }, { "release": 1 }, { "set": 2 }, { "wait": 2 }, { "clear": 2 }, { "put": 4 }, { "get": 4 }, python(1),
    ]);
    let run = run(&json!([thread(1, "A", &program), thread(2, "B", &json!([python(2)]))]));
    assert_eq!(drops(&run), 2, "only when each is over");
}

#[test]
fn a_drop_says_what_the_thread_waits_for_and_a_wake_up_what_is_over() {
    let waits = [
        json!({ "acquire": 5 }),
        json!({ "acquire": 1 }),
        json!({ "wait": 2 }),
        json!({ "wait": 3 }),
        json!({ "get": 4 }),
    ];
    let takes = json!([{ "acquire": 5 }, { "acquire": 1 }, { "acquire": 1 }, { "sleep": 2 * MS }, { "io": 3 * MS }]);
    let mut threads = vec![thread(1, "A", &takes)];
    threads.extend((2..).zip(&waits).map(|(id, wait)| thread(id, "B", &json!([wait]))));
    let run = run(&json!(threads));
    let reasons = |kind: Kind| -> Vec<Reason> {
        run.trace()
            .iter()
            .filter(|r| r.kind() == kind && r.reason() != Reason::ProgramOver)
            .map(|r| r.reason())
            .collect()
    };
    use Reason::{ForBarrier, ForEvent, ForIo, ForLock, ForQueue, ForSemaphore, ForSleep, IoEnded, SleepEnded};
    assert_eq!(reasons(Kind::DropGil), [ForSleep, ForLock, ForSemaphore, ForEvent, ForBarrier, ForQueue, ForIo]);
    assert_eq!(reasons(Kind::Ready)[6..], [SleepEnded, IoEnded]);
}

#[test]
fn a_wake_up_says_what_came() {
    let waits = json!([{ "acquire": 5 }, { "acquire": 1 }, { "get": 4 }, { "wait": 2 }, { "put": 4 }, { "put": 4 }]);
    let gives = json!([
        { "acquire": 5 }, { "acquire": 1 }, { "acquire": 1 }, { "native": MS }, { "release": 5 }, { "native": MS },
        { "release": 1 }, { "native": MS }, { "put": 4 }, { "native": MS }, { "set": 2 }, { "native": MS }, { "get": 4 },
    ]);
    let run = run_on(2, &json!("native"), &json!([thread(1, "A", &gives), thread(2, "B", &waits)]));
    let ready = run.trace().iter().filter(|r| r.kind() == Kind::Ready && r.thread() == ThreadIx(1));
    use Reason::{EventSet, ItemPut, ItemTaken, LockReleased, SemaphoreReleased, Started};
    let reasons: Vec<_> = ready.map(|r| r.reason()).collect();
    assert_eq!(reasons, [Started, LockReleased, SemaphoreReleased, ItemPut, EventSet, ItemTaken]);
}

#[test]
fn who_releases_the_lock_of_another_says_so() {
    let takes = json!([{ "acquire": 5 }, { "native": 2 * MS }]);
    let gives = json!([{ "native": MS }, { "release": 5 }, { "acquire": 5 }, { "release": 5 }]);
    let run = run_on(2, &json!("native"), &json!([thread(1, "A", &takes), thread(2, "B", &gives)]));
    assert_eq!(told(&run, Kind::Release), ["B releases lock L, which A holds.", "B releases lock L."]);
}

#[test]
fn a_device_serves_one_at_a_time_first_come_first_served() {
    let io = |sleep: u64, ms: u64| json!([{ "sleep": sleep * MS }, { "io": ms * MS, "device": 9 }, { "native": MS }]);
    let threads = [thread(1, "A", &io(1, 3)), thread(2, "B", &io(2, 2)), thread(3, "C", &io(0, 2))];
    let run = run_on(3, &json!("native"), &json!(threads));
    expect![[r#"
        core 0  -----A---
        core 1  -------B-
        core 2  --C------
        A       zdiiiN
        B       zzdddiiN
        C       iiN
    "#]]
    .assert_eq(&chart(&run, 9));
    assert_eq!(
        told(&run, Kind::WaitDevice)[0],
        "A needs device disk for 3 ms, but it is serving C, so A waits for its turn, without a core."
    );
    assert_eq!(told(&run, Kind::WaitIo)[1], "Device disk is done with C and serves A, the next, for 3 ms.");
    assert_eq!(run.ending(), Some(&Ending::AllFinished));
}

#[test]
fn a_status_says_what_is_waited_for_and_who_can_end_it() {
    let io = json!([{ "io": 9 * MS, "device": 9 }]);
    let threads = json!([
        thread(1, "A", &io),
        thread(2, "B", &io),
        thread(3, "C", &io),
        thread(4, "D", &json!([{ "acquire": 1 }, { "acquire": 1 }, { "acquire": 1 }])),
        thread(5, "E", &json!([{ "wait": 2 }])),
        thread(6, "F", &json!([{ "wait": 3 }])),
        thread(7, "G", &json!([{ "put": 4 }, { "put": 4 }])),
    ]);
    let run = run_on(7, &json!("native"), &threads);
    let now = Time::from_ms(4);
    let machine = run.seen(now);
    let said: Vec<String> = run
        .plan()
        .thread_ixs()
        .map(|t| status(&run, &machine, t, now))
        .map(|s| format!("{} {}\n", s.headline, s.detail))
        .collect();
    expect![[r#"
        Is served by device disk since 0 ms. The I/O is over at 9 ms; then it needs a core. Meanwhile it needs no core.
        Waits for device disk since 0 ms. It serves A until 9 ms, and then B. Then it needs a core. Meanwhile it needs no core.
        Waits for device disk since 0 ms. It serves A until 9 ms, then B, and then C. Then it needs a core. Meanwhile it needs no core.
        Waits for semaphore s since 0 ms. Its count is 0, until somebody releases it. Then it needs a core. Meanwhile it needs no core.
        Waits for event e since 0 ms. It goes on when that is set. Then it needs a core. Meanwhile it needs no core.
        Waits at barrier b since 0 ms. 1 of 3 are there; the last one frees the others. Then it needs a core. Meanwhile it needs no core.
        Waits for room in queue q since 0 ms. It is full. Then it needs a core. Meanwhile it needs no core.
    "#]].assert_eq(&said.concat());
}

#[test]
fn a_device_serves_the_threads_of_all_processes() {
    let threads = |id, name| json!([thread(id, name, &json!([{ "io": 2 * MS, "device": 9 }]))]);
    let run = run_with(&json!({
        "processes": [
            { "id": 1, "name": "p", "threads": threads(1, "A") },
            { "id": 2, "name": "q", "threads": threads(2, "B") },
        ],
        "devices": [{ "id": 9, "name": "disk" }],
    }));
    assert_eq!(run.end(), Time::from_ms(4));
}

#[test]
fn a_lock_of_3_14_goes_directly_to_who_has_waited_a_millisecond() {
    let body = json!([{ "repeat": 2, "steps": [{ "acquire": 5 }, { "io": 2 * MS }, { "release": 5 }] }]);
    let threads = json!([thread(1, "A", &body), thread(2, "B", &body)]);
    let fair = json!({ "cpython": { "switch_interval": 5 * MS, "lock_handover": true } });
    let run = run_on(2, &fair, &threads);
    expect![[r#"
        core 0  ----------
        core 1  ----------
        GIL     ----------
        A       iillii
        B       lliillii
    "#]]
    .assert_eq(&chart(&run, 10));
    assert!(
        told(&run, Kind::Acquire)
            .contains(&"A hands lock L over to B, which has waited 2 ms for it: 1 ms or more.".to_owned()),
        "{:?}",
        told(&run, Kind::Acquire)
    );
    assert!(told(&run_on(2, &cpython(), &threads), Kind::Acquire).iter().all(|s| !s.contains("hands")), "before 3.14");
}

#[test]
fn a_lock_of_3_14_is_not_handed_over_to_who_has_waited_less() {
    let body = json!([{ "repeat": 3, "steps": [{ "acquire": 5 }, { "io": MS / 2 }, { "release": 5 }] }]);
    let threads = json!([thread(1, "A", &body), thread(2, "B", &json!([{ "acquire": 5 }, { "release": 5 }]))]);
    for runtime in ["cpython", "free_threaded"] {
        let first = if runtime == "cpython" { ("switch_interval", 5 * MS) } else { ("overhead", 0) };
        let run = run_on(2, &json!({ runtime: { first.0: first.1, "lock_handover": true } }), &threads);
        let waits = told(&run, Kind::WaitLock);
        assert!(waits[1].contains("a release is no hand-over"), "after half a millisecond: {waits:?}");
        let handed = run.trace().iter().find(|r| r.cause().is_some() && r.kind() == Kind::Acquire);
        assert_eq!(handed.map(|r| r.time()), Some(Time::from_ms(1)), "counted from its first wait: {runtime}");
        assert!(told(&run, Kind::Acquire).iter().any(|s| s.contains("over to B, which has waited 1 ms for it")));
    }
}
