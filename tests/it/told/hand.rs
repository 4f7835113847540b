//! What a person does to a run.

use expect_test::expect;
use gilscope::engine::Kind;
use serde_json::{Value, json};

use super::{statuses, told};
use crate::engine::sharing_rules::{MS, python, run_with, thread};

#[test]
fn what_is_done_by_hand_and_what_cannot_be_is_told() {
    let at = |ms: u64, what: Value| json!({ "at": ms * MS, "do": what });
    let here = |thread: u64, core: u64| json!({ "run_here": { "thread": thread, "core": core } });
    let by_hand = json!([
        at(1, here(3, 0)),
        at(1, here(9, 0)),
        at(2, here(5, 0)),
        at(2, here(4, 0)),
        at(2, here(3, 0)),
        at(2, json!({ "preempt": { "thread": 3 } })),
        at(2, json!({ "preempt": { "thread": 1 } })),
        at(3, json!({ "reorder": { "thread": 4, "to": 0 } })),
        at(3, json!({ "reorder": { "thread": 2, "to": 1 } })),
        at(3, json!({ "reorder": { "thread": 1, "to": 0 } })),
        at(4, json!({ "answer": { "thread": 5, "text": "Ada" } })),
        at(5, json!({ "answer": { "thread": 5, "text": "" } })),
        at(30, here(4, 0)),
    ]);
    let pinned = json!({ "id": 4, "name": "D", "cores": [1], "program": [{ "native": 2 * MS }] });
    let late = json!({ "id": 9, "name": "L", "start": { "at": 20 * MS }, "program": [] });
    let asks = json!([{ "input": "name?" }, { "input": "" }]);
    let threads = json!([
        thread(1, "A", &json!([python(6)])),
        thread(2, "B", &json!([{ "native": 5 * MS }])),
        thread(3, "C", &json!([{ "native": 4 * MS }])),
        pinned,
        thread(5, "E", &asks),
        late,
    ]);
    let run = run_with(&json!({
        "processes": [{ "id": 1, "name": "app", "runtime": "native", "threads": threads }],
        "interventions": by_hand,
    }));
    use Kind::{Intervene, Ready, SkipIntervention};
    expect![[r#"
        0 ms: A starts as a thread of app: it is ready and waits for a core.
        0 ms: B starts as a thread of app: it is ready and waits for a core.
        0 ms: C starts as a thread of app: it is ready and waits for a core.
        0 ms: D starts as a thread of app: it is ready and waits for a core.
        0 ms: E starts as a thread of app: it is ready and waits for a core.
        1 ms: C is put on core 0 by hand and displaces A there.
        1 ms: C was put on A's core by hand, so A goes to the head of the ready queue, saved at 1 of 6 ms.
        1 ms: L is not put on core 0 by hand: it has not started yet.
        2 ms: E is put on core 0 by hand and displaces C there.
        2 ms: E was put on C's core by hand, so C goes to the head of the ready queue, saved at 1 of 4 ms.
        2 ms: D is not put on core 0 by hand: it may not run there.
        2 ms: C is put on core 0 by hand and displaces E there.
        2 ms: C was put on E's core by hand, so E goes to the head of the ready queue.
        2 ms: C is taken off its core by hand.
        2 ms: C was taken off its core by hand, so it goes to the tail of the ready queue, saved at 1 of 4 ms.
        2 ms: A is not taken off its core by hand: it is on none.
        3 ms: D is moved to the head of the ready queue by hand.
        3 ms: B is not moved in the ready queue by hand: it is on a core.
        3 ms: A is not moved in the ready queue by hand: it is on a core.
        4 ms: A person answers E: “Ada”.
        4 ms: E has its answer, so it is ready and waits for a core.
        5 ms: The answer “” to E is skipped: it awaits none now.
        20 ms: L starts as a thread of app: it is ready and waits for a core.
        30 ms: D is not put on core 0 by hand: it has finished.
    "#]]
    .assert_eq(&told(&run, &[Intervene, SkipIntervention, Ready]));
    expect![[r#"
        4.5 ms A: Runs Python on core 0 since 2 ms. It has done 3.5 of 6 ms. app has no GIL.
        4.5 ms B: Runs native code on core 1 since 0 ms. It has done 4.5 of 5 ms. app has no GIL.
        4.5 ms C: Ready since 2 ms: waits for a core. It is number 2 of 3 in the ready queue. A is on core 0 and B is on core 1. Under first come, first served a thread keeps its core until it blocks or ends.
        4.5 ms D: Ready since 0 ms: waits for a core. It is number 1 of 3 in the ready queue. B is on core 1, and it may run nowhere else. Under first come, first served a thread keeps its core until it blocks or ends.
        4.5 ms E: Ready since 4 ms: waits for a core. It is number 3 of 3 in the ready queue. A is on core 0 and B is on core 1. Under first come, first served a thread keeps its core until it blocks or ends.
        4.5 ms L: Has not started yet. It starts at 20 ms.
    "#]]
    .assert_eq(&statuses(&run, &[4_500]));
}
