//! Cores, ready queues and policies.

use expect_test::expect;
use gilscope::engine::Kind;
use serde_json::{Value, json};

use super::{statuses, told};
use crate::engine::sharing_rules::{MS, python, run_with, thread};

fn native(name: &str, id: u64, ms: u64, more: Value) -> Value {
    let mut thread = json!({ "id": id, "name": name, "program": [{ "native": ms * MS }] });
    thread.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    thread
}

fn run(computer: &Value, threads: &Value) -> gilscope::engine::Run {
    let app = json!({ "id": 1, "name": "app", "runtime": "native", "threads": threads });
    run_with(&json!({ "computer": computer, "processes": [app] }))
}

#[test]
fn why_a_thread_gets_a_core_is_told() {
    // A comes back at 5 ms while C has its core; D may run on core 0 only, and lets E pass.
    let threads = json!([
        thread(1, "A", &json!([{ "native": MS }, { "io": 4 * MS }, { "native": MS }])),
        native("B", 2, 2, json!({})),
        native("C", 3, 4, json!({ "start": { "at": 3 * MS } })),
        native("D", 4, 1, json!({ "cores": [0], "start": { "at": 6 * MS } })),
        native("E", 5, 1, json!({ "start": { "at": 6 * MS } })),
    ]);
    expect![[r#"
        0 ms: A is first in the ready queue and core 0 is free, so it gets core 0.
        0 ms: B is first in the ready queue and core 1 is free, so it gets core 1.
        3 ms: C is first in the ready queue and core 0 is free, so it gets core 0.
        5 ms: A is first in the ready queue; core 0, where it ran last, is taken, so it moves to core 1, which is free.
        6 ms: Those before E in the ready queue may not run on core 1, so E gets it.
        7 ms: D is first in the ready queue after 1 ms there and core 0 is free, so it gets core 0.
    "#]]
    .assert_eq(&told(&run(&json!({ "cores": 2, "policy": "fcfs" }), &threads), &[Kind::Dispatch]));
    let two = json!([native("A", 1, 2, json!({})), native("B", 2, 1, json!({ "tickets": 1 }))]);
    let lottery = json!({ "cores": 1, "policy": { "lottery": { "quantum": MS } } });
    expect![[r#"
        0 ms: One of A's 100 tickets was drawn, of the 101 of those ready, so it gets core 0.
        1 ms: One of A's 100 tickets was drawn, of the 101 of those ready, so it gets core 0.
        2 ms: A ticket was drawn, one of B's 1, so B gets core 0.
    "#]]
    .assert_eq(&told(&run(&lottery, &two), &[Kind::Dispatch]));
    expect![[r#"
        500 µs A: Runs native code on core 0 since 0 ms. It has done 500 µs of 2 ms. app has no GIL. Its slice ends at 1 ms; if nobody waits for the core then, it gets a new one.
        500 µs B: Ready since 0 ms: waits for a core. It is alone in the ready queue, with 1 ticket. A is on core 0. A slice ends on core 0 at 1 ms, unless something happens earlier.
    "#]]
    .assert_eq(&statuses(&run(&lottery, &two), &[500]));
}

#[test]
fn a_victim_that_is_drawn_is_told() {
    let threads: Vec<_> =
        (1..).zip(["A", "B", "C"]).map(|(id, name)| native(name, id, 3 - id % 3, json!({}))).collect();
    let queues = json!({ "per_core": { "random_victim": true } });
    let computer = json!({ "cores": 2, "policy": "fcfs", "queues": queues });
    expect![[r#"
        1 ms: Nobody waits for core 1, so it takes C from the ready queue of core 0, which was drawn: 1 waits there.
    "#]]
    .assert_eq(&told(&run(&computer, &json!(threads)), &[Kind::Move]));
}

#[test]
fn who_goes_before_whom_is_told() {
    let two = |first: Value, then: Value| json!([native("A", 1, 9, first), native("B", 2, 2, then)]);
    let later = |key: &str, value: i64| json!({ "start": { "at": 2 * MS }, key: value });
    let of = |policy: Value, threads: &Value| {
        told(&run(&json!({ "cores": 1, "policy": policy }), threads), &[Kind::Ready])
            .lines()
            .filter(|line| line.contains("loses its core"))
            .map(|line| format!("{line}\n"))
            .collect::<String>()
    };
    let mut said = of(json!("srtf"), &two(json!({}), later("nice", 0)));
    said += &of(json!("priority"), &two(json!({ "priority": 5 }), later("priority", 3)));
    let levels = json!({ "mlfq": { "levels": [[MS, 1], [9 * MS, 1]] } });
    said += &of(levels, &two(json!({}), later("nice", 0)));
    let cfs = json!({ "cfs": { "latency": 24 * MS } });
    said += &of(
        cfs,
        &json!([thread(1, "B", &json!([{ "sleep": 2 * MS }, { "native": MS }])), native("A", 2, 9, json!({}))]),
    );
    let endless = json!([{ "forever": [{ "native": MS }] }]);
    said += &of(json!("srtf"), &json!([thread(1, "A", &endless), native("B", 2, 2, later("nice", 0))]));
    expect![[r#"
        2 ms: B's burst of 2 ms is shorter than A's of 7 ms, so A loses its core, saved at 2 of 9 ms.
        2 ms: B is ready with priority 3 and goes before A with 5, so A loses its core, saved at 2 of 9 ms.
        2 ms: B is ready on level 1 and goes before A on level 2, so A loses its core, saved at 2 of 9 ms.
        2 ms: B, with virtual runtime 0 ms, became ready, and under CFS (Linux up to 6.5) it goes before A, so A loses its core, saved at 2 of 9 ms.
        2 ms: B's burst of 2 ms is shorter than A's without end, so A loses its core.
    "#]]
    .assert_eq(&said);
}

#[test]
fn a_lone_thread_of_a_process_keeps_its_gil_from_nobody() {
    let app =
        |id: u16, name: &str| json!({ "id": id, "name": name, "threads": [thread(id, name, &json!([python(3)]))] });
    let computer = json!({ "cores": 1, "policy": { "round_robin": { "quantum": 2 * MS } } });
    let run = run_with(&json!({ "computer": computer, "processes": [app(1, "p"), app(2, "q")] }));
    expect![[r#"
        0 ms: p starts as a thread of p: it is ready and waits for a core.
        0 ms: q starts as a thread of q: it is ready and waits for a core.
        2 ms: p's slice (quantum 2 ms) ended while others were ready, so it goes to the tail of the ready queue, saved at 2 of 3 ms; it keeps the GIL of p.
        4 ms: q's slice (quantum 2 ms) ended while others were ready, so it goes to the tail of the ready queue, saved at 2 of 3 ms; it keeps the GIL of q.
    "#]]
    .assert_eq(&told(&run, &[Kind::Ready]));
}
