//! Ids, what they refer to, and loops that would never end an instant.

use serde_json::json;

use super::{refused, t1};

#[test]
fn references_and_ids_are_checked() {
    let u16 = "expected a number from 0 to 65535";
    refused(&[
        ("/processes/1/id", json!(1), "process “zip”: its id 1 is used twice"),
        ("/processes/1/threads/0/id", json!(1), "process “zip”, thread “Z”: its id 1 is used twice"),
        (&t1("id"), json!(70_000), &format!("process “web”, thread “T1”, id: invalid value: integer `70000`, {u16}")),
        ("/processes/0/id", json!(-1), &format!("process “web”, id: invalid value: integer `-1`, {u16}")),
        ("/interventions/0/do/run_here/thread", json!(9), "intervention 1: there is no thread with id 9"),
        ("/interventions/0/do/run_here/core", json!(2), "intervention 1: there is no core 2"),
        (
            "/interventions/0/do/run_here/core",
            json!(256),
            "intervention 1, do: invalid value: integer `256`, expected the number of a core",
        ),
        (&t1("cores"), json!([]), "process “web”, thread “T1”: may run on none of the 2 cores"),
        (&t1("cores"), json!([2, 3]), "process “web”, thread “T1”: may run on none of the 2 cores"),
        (
            &t1("cores"),
            json!([0, 64]),
            "process “web”, thread “T1”, cores: there is no core 64; they are numbered from 0 to 63",
        ),
        (
            &t1("cores"),
            json!([300]),
            "process “web”, thread “T1”, cores: invalid value: integer `300`, expected the number of a core",
        ),
    ]);
}

#[test]
fn loops_take_time() {
    let endless = "an endless loop of zero length; put an op that takes time inside";
    let counted = "a loop of zero length; put an op that takes time inside";
    refused(&[
        (&t1("program/2/forever"), json!([]), &format!("process “web”, thread “T1”, op 3: {endless}")),
        (
            &t1("program/2/forever"),
            json!([{ "io": 0 }, { "repeat": 0, "steps": [{ "io": 5 }] }]),
            &format!("process “web”, thread “T1”, op 3: {endless}"),
        ),
        (&t1("program/1/steps"), json!([{ "python": 0 }]), &format!("process “web”, thread “T1”, op 2: {counted}")),
        (
            &t1("program/1/steps/0"),
            json!({ "forever": [{ "native": 0 }] }),
            &format!("process “web”, thread “T1”, op 2, op 1: {endless}"),
        ),
    ]);
}
