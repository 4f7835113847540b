//! What the GIL is dropped for.

use expect_test::expect;
use gilscope::engine::Kind;
use gilscope::explain::sentence;
use gilscope::ids::ThreadIx;
use serde_json::json;

use super::{shared, slowly};
use crate::engine::sharing_rules::{MS, thread};

#[test]
fn a_drop_of_the_gil_says_what_it_is_for_and_who_takes_it_says_so_too() {
    let ops = [
        json!({ "io": MS }),
        json!({ "sleep": MS }),
        json!({ "native": MS }),
        json!({ "input": "?", "at": 0 }),
        json!({ "acquire": 1 }),
        json!({ "acquire": 2 }),
        json!({ "wait": 3 }),
        json!({ "wait": 4 }),
        json!({ "get": 5 }),
        json!({ "put": 5 }),
        json!({ "put": 5 }),
        json!({ "send": 9 }),
        json!({ "receive": 9 }),
        json!({ "start": 4 }),
        json!({ "join": 4 }),
        json!({ "yield": true }),
    ];
    // So that W wants the GIL again before each.
    let with_python = |op: &serde_json::Value| [json!({ "python": MS }), op.clone()];
    let program: Vec<_> = ops.iter().flat_map(with_python).collect();
    let wants = json!([{ "repeat": 60, "steps": [{ "python": 1_000 }, { "io": 1_000 }] }]);
    let helps = json!([
        { "acquire": 1 }, { "acquire": 2 }, { "sleep": 20 * MS }, { "release": 1 }, { "sleep": 9 * MS }, { "release": 2 },
        { "sleep": 9 * MS }, { "set": 3 }, { "sleep": 9 * MS }, { "wait": 4 }, { "sleep": 9 * MS }, { "put": 5 },
        { "sleep": 9 * MS }, { "get": 5 },
    ]);
    let child = json!({ "id": 4, "name": "C", "start": "spawned", "program": [{ "native": 9 * MS }] });
    let threads = json!([thread(1, "A", &json!(program)), thread(2, "W", &wants), thread(3, "H", &helps), child]);
    let run = slowly(4, &json!([{ "id": 1, "name": "app", "resources": shared(), "threads": threads }]));
    let a = Some(ThreadIx(0));
    let of_a = (0..run.trace().len()).filter(|i| {
        let record = run.trace()[*i];
        record.kind() == Kind::DropGil && Some(record.thread()) == a
            || record.kind() == Kind::TakeGil && record.cause() == a
    });
    let told: Vec<String> = of_a.map(|i| sentence(&run, i)).collect();
    expect![[r#"
        A drops the GIL and signals W before it waits 1 ms for I/O.
        A dropped the GIL to wait for I/O; W, which wanted it for 1.5 ms, takes it.
        A drops the GIL and signals W before it sleeps 1 ms.
        A dropped the GIL to sleep; W, which wanted it for 996 µs, takes it.
        A drops the GIL and signals W before 1 ms of native code, which needs none.
        A dropped the GIL to run native code; W, which wanted it for 996 µs, takes it.
        A drops the GIL to wait for input, and signals W.
        A dropped the GIL to wait for input; W, which wanted it for 998 µs, takes it.
        A drops the GIL to wait for lock L, and signals W.
        A dropped the GIL to wait for lock L; W, which wanted it for 994 µs, takes it.
        A drops the GIL to wait for semaphore s, and signals W.
        A dropped the GIL to wait for semaphore s; W, which wanted it for 979 µs, takes it.
        A drops the GIL to wait for event e, and signals W.
        A dropped the GIL to wait for event e; W, which wanted it for 982 µs, takes it.
        A drops the GIL to wait for the others at barrier b, and signals W.
        A dropped the GIL to wait for the others at barrier b; W, which wanted it for 982 µs, takes it.
        A drops the GIL to wait for an item from queue q, and signals W.
        A dropped the GIL to wait for an item from queue q; W, which wanted it for 982 µs, takes it.
        A drops the GIL to wait for room in queue q, and signals W.
        A dropped the GIL to wait for room in queue q; W, which wanted it for 1.982 ms, takes it.
        A drops the GIL to send a message.
        Nobody holds the GIL, so A takes it.
        A drops the GIL to receive a message.
        Nobody holds the GIL, so A takes it.
        A drops the GIL to wait until C runs.
        Nobody holds the GIL, so C takes it.
        A drops the GIL to wait until C has finished.
        Nobody holds the GIL, so C takes it.
        A drops the GIL to let others go first.
        Nobody holds the GIL, so A takes it.
        A has finished and drops the GIL."#]]
    .assert_eq(&told.join("\n"));
}
