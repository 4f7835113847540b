//! What a thread waits for may come while it must first wait until its GIL is taken. Only a thread of another interpreter,
//! which has a GIL of its own, can give it then, and these share only queues.

use expect_test::expect;
use gilscope::engine::{Ending, Kind, Run};
use serde_json::{Value, json};

use super::sharing_rules::{MS, python, run_with};
use crate::build::chart;

/// At 7 ms core 0 goes over from x to B, which asks; at that same instant A's Python ends. Only at 9 ms B takes the GIL. R
/// has an interpreter of its own.
fn run(wait: &Value, gives: &Value) -> Run {
    let threads = json!([
        { "id": 1, "name": "A", "cores": [1], "program": [python(7), wait, python(1)] },
        { "id": 2, "name": "B", "cores": [0], "start": { "at": MS }, "program": [python(2)] },
        { "id": 3, "name": "R", "cores": [2], "interpreter": 1, "program": gives },
    ]);
    let shared = json!([{ "id": 1, "name": "q", "kind": "queue" }]);
    let runtime = json!({ "subinterpreters": { "switch_interval": 5 * MS } });
    let load =
        json!([{ "id": 4, "name": "x", "cores": [0], "start": { "at": 2 * MS }, "program": [{ "native": 4 * MS }] }]);
    run_with(&json!({
        "computer": { "cores": 3, "policy": "fcfs", "costs": { "custom": { "hand_off": 2 * MS, "switch": MS } } },
        "processes": [
            { "id": 1, "name": "app", "runtime": runtime, "resources": shared, "threads": threads },
            { "id": 2, "name": "load", "runtime": "native", "threads": load },
        ],
    }))
}

#[test]
fn who_finds_an_item_after_a_forced_wait_does_not_wait_for_it() {
    let run = run(&json!({ "get": 1 }), &json!([{ "native": 8 * MS }, { "put": 1 }]));
    expect![[r#"
        core 0                     --xxxx/--BB---
        core 1                     AAAAAAA------A
        core 2                     RRRRRRRR------
        GIL app, main interpreter  AAAAAAA--BB--A
        asks                              B
        GIL app, interpreter 1     --------------
        A                          PPPPPPPffggwwP
        B                           gggggswwPP
        R                          NNNNNNNN
        x                            NNNN
    "#]]
    .assert_eq(&chart(&run, 14));
    assert!(run.trace().iter().all(|r| r.kind() != Kind::WaitQueue));
    assert_eq!(run.ending(), Some(&Ending::AllFinished));
}
