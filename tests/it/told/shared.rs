//! Locks, queues, pipes and devices.

use expect_test::expect;
use gilscope::engine::Kind;
use serde_json::json;

use super::{shared, slowly, statuses, told};
use crate::engine::sharing_rules::{MS, run_with, thread};

#[test]
fn acts_on_what_is_shared_say_whom_they_wake() {
    // All at one instant: each wakes only whom it wakes.
    let gives = json!([
        { "acquire": 1 }, { "acquire": 2 }, { "native": MS }, { "release": 1 }, { "release": 2 }, { "put": 5 }, { "set": 3 },
        { "native": MS }, { "get": 5 }, { "send": 9 }, { "native": 4 * MS }, { "receive": 9 },
    ]);
    let threads = json!([
        thread(1, "A", &gives),
        thread(2, "B", &json!([{ "acquire": 1 }])),
        thread(3, "C", &json!([{ "acquire": 2 }])),
        thread(4, "D", &json!([{ "wait": 3 }])),
        thread(5, "E", &json!([{ "acquire": 1 }, { "acquire": 1 }])),
        thread(6, "F", &json!([{ "sleep": 3 * MS }, { "join": 2 }, { "acquire": 1 }])),
        thread(7, "G", &json!([{ "sleep": 2 * MS }, { "get": 5 }])),
    ]);
    let run =
        slowly(7, &json!([{ "id": 1, "name": "app", "runtime": "native", "resources": shared(), "threads": threads }]));
    use Kind::{Acquire, Deadlock, Get, Put, Receive, Release, Send, Set, WaitLock, WaitQueue, WaitSemaphore};
    let kinds = [Acquire, Deadlock, Get, Put, Receive, Release, Send, Set, WaitLock, WaitQueue, WaitSemaphore];
    expect![[r#"
        0 ms: A takes lock L, which nobody holds.
        0 ms: A takes one of semaphore s.
        0 ms: B needs lock L, but A holds it, so it waits for its release, without a core.
        0 ms: C needs semaphore s, whose count is 0, so it waits for a release, without a core.
        0 ms: E needs lock L, but A holds it, so it waits for its release, without a core.
        1 ms: A releases lock L, and wakes B, the first who waits for it.
        1 ms: A releases one of semaphore s, and wakes C, the first who waits for it.
        1 ms: A puts an item into queue q.
        1 ms: A sets event e, and wakes D.
        2 ms: A takes an item from queue q.
        2 ms: B takes lock L, which nobody holds.
        2 ms: C takes one of semaphore s.
        3 ms: A has sent a message to pipe p.
        3 ms: G wants an item from queue q, which is empty, so it waits, without a core.
        4 ms: F needs lock L, but B holds it, so it waits for its release, without a core.
        7 ms: A takes a message from pipe p.
    "#]]
    .assert_eq(&told(&run, &kinds));
    expect![[r#"
        20 ms A: Finished at 7 ms. Its program is over, 7 ms after its start. It needs nothing any more.
        20 ms B: Finished at 2 ms. Its program is over, 2 ms after its start. It needs nothing any more.
        20 ms C: Finished at 2 ms. Its program is over, 2 ms after its start. It needs nothing any more.
        20 ms D: Finished at 2 ms. Its program is over, 2 ms after its start. It needs nothing any more.
        20 ms E: Waits for lock L since 0 ms. B finished without releasing it. Then it needs a core. Meanwhile it needs no core.
        20 ms F: Waits for lock L since 4 ms. B finished without releasing it. Then it needs a core. Meanwhile it needs no core.
        20 ms G: Waits for an item from queue q since 3 ms. It is empty. Then it needs a core. Meanwhile it needs no core.
    "#]]
    .assert_eq(&statuses(&run, &[20_000]));
}

#[test]
fn a_lock_that_is_handed_over_is_told_with_the_wait_for_it() {
    let body = json!([{ "repeat": 3, "steps": [{ "acquire": 1 }, { "io": MS * 3 / 4 }, { "release": 1 }] }]);
    let threads =
        json!([thread(1, "A", &body), thread(2, "B", &json!([{ "native": MS / 4 }, { "acquire": 1 }, { "io": MS }]))]);
    let fair = json!({ "cpython": { "switch_interval": 5 * MS, "lock_handover": true } });
    let run =
        slowly(2, &json!([{ "id": 1, "name": "app", "runtime": fair, "resources": shared(), "threads": threads }]));
    expect![[r#"
        0 ms: A takes lock L, which nobody holds.
        250 µs: B needs lock L, but A holds it, so it waits for its release, without a core and without the GIL.
        750 µs: A's I/O of 750 µs is over; waking takes 1 ms, then it is ready.
        1.75 ms: A hands lock L over to B, which has waited 1.5 ms for it: 1 ms or more.
        1.75 ms: A handed lock L over to B; waking takes 1 ms, then B is ready.
        1.75 ms: A needs lock L, but B holds it, so it waits for its release, without a core and without the GIL.
        3.75 ms: B's I/O of 1 ms is over; waking takes 1 ms, then it is ready.
    "#]]
    .assert_eq(&told(&run, &[Kind::Acquire, Kind::Waking, Kind::WaitLock]));
}

#[test]
fn a_device_says_whom_it_serves_and_sleep_how_long_it_is() {
    let io = json!([{ "io": 2 * MS, "device": 9 }, { "sleep": MS }]);
    let threads = json!([thread(1, "A", &io), thread(2, "B", &io)]);
    let run = run_with(&json!({
        "processes": [{ "id": 1, "name": "app", "runtime": "native", "threads": threads }],
        "devices": [{ "id": 9, "name": "disk" }],
    }));
    expect![[r#"
        0 ms: Device disk serves A for 2 ms; A needs no core meanwhile.
        0 ms: B needs device disk for 2 ms, but it is serving A, so B waits for its turn, without a core.
        2 ms: Device disk is done with A and serves B, the next, for 2 ms.
        2 ms: A sleeps 1 ms and needs no core meanwhile.
        4 ms: B sleeps 1 ms and needs no core meanwhile.
    "#]]
    .assert_eq(&told(&run, &[Kind::WaitIo, Kind::WaitSleep, Kind::WaitDevice]));
}
