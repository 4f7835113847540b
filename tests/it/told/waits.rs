//! Waits and wake-ups that take a moment.

use expect_test::expect;
use gilscope::engine::Kind;
use serde_json::{Value, json};

use super::{shared, slowly, statuses, told};
use crate::engine::sharing_rules::{MS, python, thread};

#[test]
fn whom_a_wake_up_takes_a_moment_is_told_by_whom_and_why() {
    let gives = json!([
        { "acquire": 1 }, { "acquire": 2 }, { "native": 2 * MS }, { "release": 1 }, { "native": 2 * MS }, { "release": 2 },
        { "native": 2 * MS }, { "set": 3 }, { "native": 2 * MS }, { "wait": 4 }, { "native": 2 * MS }, { "put": 5 },
        { "native": 2 * MS }, { "get": 5 }, { "join": 2 },
    ]);
    let takes = json!([
        { "acquire": 1 }, { "acquire": 2 }, { "wait": 3 }, { "wait": 4 }, { "get": 5 }, { "put": 5 }, { "put": 5 },
        { "io": MS }, { "sleep": MS },
    ]);
    let run = slowly(
        2,
        &json!([{ "id": 1, "name": "app", "runtime": "native", "resources": shared(), "threads": [
            thread(1, "A", &gives), thread(2, "B", &takes)] }]),
    );
    expect![[r#"
        2 ms: A released lock L, for which B waits; waking takes 1 ms, then B is ready.
        4 ms: A released semaphore s, for which B waits; waking takes 1 ms, then B is ready.
        6 ms: A set event e, for which B waits; waking takes 1 ms, then B is ready.
        8 ms: A was the last to come to barrier b, where B waits; waking takes 1 ms, then B is ready.
        10 ms: A put an item into queue q, where B waits; waking takes 1 ms, then B is ready.
        12 ms: A took an item from queue q, so there is room, for which B waits; waking takes 1 ms, then B is ready.
        14 ms: B's I/O of 1 ms is over; waking takes 1 ms, then it is ready.
        16 ms: B's sleep of 1 ms is over; waking takes 1 ms, then it is ready.
        17 ms: B has finished, so A, which joins it, may go on; waking takes 1 ms, then A is ready.
    "#]]
    .assert_eq(&told(&run, &[Kind::Waking]));
    expect![[r#"
        1 ms A: Runs native code on core 0 since 0 ms. It has done 1 of 2 ms. app has no GIL.
        1 ms B: Waits for lock L since 0 ms. A holds it. Then it needs a core. Meanwhile it needs no core.
        2.5 ms A: Runs native code on core 0 since 2 ms. It has done 500 µs of 2 ms. app has no GIL.
        2.5 ms B: Waking since 2 ms. A released the lock that it waits for. It is ready at 3 ms, and then needs a core.
        4.5 ms A: Runs native code on core 0 since 4 ms. It has done 500 µs of 2 ms. app has no GIL.
        4.5 ms B: Waking since 4 ms. A released the semaphore that it waits for. It is ready at 5 ms, and then needs a core.
        6.5 ms A: Runs native code on core 0 since 6 ms. It has done 500 µs of 2 ms. app has no GIL.
        6.5 ms B: Waking since 6 ms. A set the event that it waits for. It is ready at 7 ms, and then needs a core.
        8.5 ms A: Runs native code on core 0 since 8 ms. It has done 500 µs of 2 ms. app has no GIL.
        8.5 ms B: Waking since 8 ms. A was the last to come to the barrier. It is ready at 9 ms, and then needs a core.
        10.5 ms A: Runs native code on core 0 since 10 ms. It has done 500 µs of 2 ms. app has no GIL.
        10.5 ms B: Waking since 10 ms. A put an item into the queue that it waits for. It is ready at 11 ms, and then needs a core.
        12.5 ms A: Waits since 12 ms until B has finished. B is waking. Then it needs a core. Meanwhile it needs no core.
        12.5 ms B: Waking since 12 ms. A took an item from the queue, so there is room. It is ready at 13 ms, and then needs a core.
    "#]]
    .assert_eq(&statuses(&run, &[1_000, 2_500, 4_500, 6_500, 8_500, 10_500, 12_500]));
}

#[test]
fn what_starts_asks_or_comes_by_a_pipe_is_told() {
    let main = json!([
        { "start": 2 }, { "spawn": 2 }, { "spawn": 3 }, { "spawn": 4 }, { "input": "name?", "at": 3 * MS }, { "input": "", "at": 4 * MS }, { "send": 9 },
        { "join": 2 }, { "yield": true },
    ]);
    let child = json!({ "id": 2, "name": "C", "start": "spawned", "program": [{ "native": 12 * MS }] });
    let other = |id: u16, name: &str, runtime: Value, program: Value| {
        let threads = json!([{ "id": id + 10, "name": format!("m{id}"), "program": program }]);
        json!({ "id": id, "name": name, "start": "spawned", "runtime": runtime, "threads": threads })
    };
    let run = slowly(
        4,
        &json!([
            { "id": 1, "name": "app", "threads": [thread(1, "A", &main), child] },
            other(2, "receiver", json!({ "cpython": { "switch_interval": 5 * MS } }), json!([{ "receive": 9 }])),
            other(3, "tool", json!("native"), json!([{ "native": MS }])),
            other(4, "free", json!({ "free_threaded": { "overhead": 0 } }), json!([python(1)])),
        ]),
    );
    use Kind::{Raise, Ready, SpawnProcess, StartThread, WaitInput, WaitJoin, Waking};
    expect![[r#"
        0 ms: A starts as a thread of app: it is ready and waits for a core.
        0 ms: A starts C, a new thread of app, ready in 1 ms.
        0 ms: A started C; that takes 1 ms, then C is ready.
        1 ms: C starts as a thread of app: A started it, and it is ready.
        1 ms: C runs, so A, which started it, may go on; waking takes 1 ms, then A is ready.
        2 ms: C runs, so A, which started it, may go on: it is ready and waits for a core, and then needs the GIL of app.
        2 ms: A spawns the process receiver, with memory, an interpreter and a GIL of its own, ready in 4 ms.
        2 ms: m2 starts with its process, which A spawned; that takes 4 ms.
        2 ms: A spawns the process tool, with memory of its own, ready in 4 ms.
        2 ms: m3 starts with its process, which A spawned; that takes 4 ms.
        2 ms: A spawns the process free, with memory and an interpreter of its own, ready in 4 ms.
        2 ms: m4 starts with its process, which A spawned; that takes 4 ms.
        2 ms: A asks “name?” and waits for input; it needs neither a core nor the GIL of app until somebody answers.
        3 ms: A has its answer; waking takes 3 ms, then A is ready.
        6 ms: A has its answer, so it is ready and waits for a core, and then needs the GIL of app.
        6 ms: m2 starts with its process receiver, which A spawned: it is ready.
        6 ms: m3 starts with its process tool, which A spawned: it is ready.
        6 ms: m4 starts with its process free, which A spawned: it is ready.
        6 ms: A waits for input; it needs neither a core nor the GIL of app until somebody answers.
        6 ms: A has its answer; waking takes 3 ms, then A is ready.
        9 ms: A has its answer, so it is ready and waits for a core, and then needs the GIL of app.
        10 ms: A sent a message to pipe p, where m2 waits; waking takes 2 ms, then m2 is ready.
        10 ms: A joins C: it waits until that has finished, and needs neither a core nor the GIL of app meanwhile.
        12 ms: A sent a message to pipe p, where m2 waits, so m2 is ready and waits for a core, and then needs the GIL of receiver.
        13 ms: C has finished, so A, which joins it, may go on; waking takes 1 ms, then A is ready.
        14 ms: C has finished, so A, which joins it, may go on: it is ready and waits for a core, and then needs the GIL of app.
        14 ms: A lets others go first: it goes to the tail of the ready queue, and then needs the GIL of app.
    "#]]
    .assert_eq(&told(&run, &[Raise, Ready, SpawnProcess, StartThread, WaitInput, WaitJoin, Waking]));
    expect![[r#"
        0 ms A: Waits since 0 ms until C runs. C is waking. Then it needs a core and the GIL of app. Meanwhile it needs no core and does not hold the GIL of app.
        0 ms C: Starting since 0 ms. A started it, or spawned its process. It is ready at 1 ms, and then needs a core. Nobody holds the GIL of app now.
        0 ms m2: Has not started yet. It starts when receiver is spawned.
        0 ms m3: Has not started yet. It starts when tool is spawned.
        0 ms m4: Has not started yet. It starts when free is spawned.
        2.5 ms A: Waits for input since 2 ms. It asked “name?”. The answer comes at 3 ms, unless you give one before. Then it needs a core and the GIL of app. Meanwhile it needs no core and does not hold the GIL of app.
        2.5 ms C: Runs native code on core 0 since 1 ms. It has done 1.5 of 12 ms. It does not hold the GIL of app: another thread can run Python at the same time.
        2.5 ms m2: Starting since 2 ms. A started it, or spawned its process. It is ready at 6 ms, and then needs a core. Nobody holds the GIL of receiver now.
        2.5 ms m3: Starting since 2 ms. A started it, or spawned its process. It is ready at 6 ms, and then needs a core.
        2.5 ms m4: Starting since 2 ms. A started it, or spawned its process. It is ready at 6 ms, and then needs a core.
        6 ms A: Waking since 6 ms. Its input was answered. It is ready at 9 ms, and then needs a core. Nobody holds the GIL of app now.
        6 ms C: Runs native code on core 0 since 1 ms. It has done 5 of 12 ms. It does not hold the GIL of app: another thread can run Python at the same time.
        6 ms m2: Waits for a message from pipe p since 6 ms. It is empty. Then it needs a core and the GIL of receiver. Meanwhile it needs no core and does not hold the GIL of receiver.
        6 ms m3: Runs native code on core 3 since 6 ms. It has done 0 of 1 ms. tool has no GIL.
        6 ms m4: Runs Python on core 1 since 6 ms. It has done 0 of 1 ms. free has no GIL.
    "#]]
    .assert_eq(&statuses(&run, &[0, 2_500, 6_000]));
}

#[test]
fn what_a_thread_waits_for_is_said_in_a_few_words() {
    use gilscope::engine::Cause::{
        Barrier, Device, Event, Input, Io, Join, Lock, Pipe, Queue, Room, Semaphore, Sleep, Start,
    };
    let all = [Io, Device, Sleep, Input, Lock, Semaphore, Event, Barrier, Queue, Room, Pipe, Start, Join];
    expect![[r#"
        waits for I/O
        waits for a device
        sleeps
        waits for input
        waits for a lock
        waits for a semaphore
        waits for an event
        waits at a barrier
        waits for an item
        waits for room in a queue
        waits for a message
        waits for another thread
        waits for another thread
    "#]]
    .assert_eq(&all.map(|cause| format!("{}\n", cause.in_words())).concat());
}
