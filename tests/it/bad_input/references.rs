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

#[test]
fn ops_name_what_there_is_and_what_can_be_done_to_it() {
    let op = |op, what: &str| (t1("program/0"), op, format!("process “web”, thread “T1”, op 1: {what}"));
    let cases = [
        op(json!({ "acquire": 1 }), "process “web” has no lock or semaphore with id 1"),
        op(json!({ "get": 1 }), "process “web” has no queue with id 1"),
        op(json!({ "wait": 1 }), "process “web” has no event or barrier with id 1"),
        op(json!({ "clear": 1 }), "process “web” has no event with id 1"),
        op(json!({ "io": 5, "device": 9 }), "there is no device with id 9"),
        op(json!({ "sleep": 5, "device": 9 }), "has a “device”, which “sleep” does not take"),
        op(
            json!({ "io": 5, "device": -1 }),
            "“device”: invalid value: integer `-1`, expected a number from 0 to 65535",
        ),
        op(json!({ "io": 5, "set": 1 }), "names two ops, “io” and “set”"),
        op(json!({ "send": 4 }), "there is no pipe with id 4"),
        op(json!({ "receive": 4 }), "there is no pipe with id 4"),
        op(json!({ "start": 2 }), "“T2” starts without it, and a thread can be started only once"),
        op(json!({ "start": 1 }), "a thread cannot start itself"),
        op(json!({ "join": 1 }), "a thread cannot join itself"),
        op(json!({ "join": 3 }), "process “web” has no thread with id 3"),
        op(json!({ "spawn": 1 }), "a process cannot spawn itself"),
        op(json!({ "spawn": 2 }), "“zip” is launched without being spawned, and only once"),
        op(json!({ "spawn": 7 }), "there is no process with id 7"),
        op(json!({ "yield": false }), "“yield”: is not true"),
        op(json!({ "input": 5 }), "“input”: invalid type: integer `5`, expected a string"),
    ];
    let cases: Vec<_> = cases.iter().map(|(at, op, says)| (at.as_str(), op.clone(), says.as_str())).collect();
    refused(&cases);
}

#[test]
fn resources_and_pipes_are_checked() {
    let lock = json!({ "id": 1, "name": "L", "kind": "lock" });
    let of_web = "process “web”, lock “L”";
    refused(&[
        ("/processes/0/resources", json!([lock, lock]), &format!("{of_web}: its id 1 is used twice")),
        (
            "/processes/0/resources",
            json!([{ "id": 1, "name": "L", "kind": "door" }]),
            "process “web”, resource “L”, kind: unknown variant `door`, expected one of `lock`, `semaphore`, `event`, `barrier`, `queue`, `memory`, `file`",
        ),
        (
            "/processes/0/resources",
            json!([{ "id": 1, "name": "", "kind": "lock" }]),
            "process “web”, lock “”: has no name",
        ),
        ("/pipes", json!([{ "id": 1 }]), "pipe 1: missing field `name`"),
        ("/devices", json!([{ "name": "disk" }]), "device “disk”: missing field `id`"),
        ("/devices", json!([{ "id": 1, "name": " " }]), "device “ ”: its name is blank"),
        (
            "/devices",
            json!([{ "id": 1, "name": "disk" }, { "id": 1, "name": "drum" }]),
            "device “drum”: its id 1 is used twice",
        ),
        (
            "/processes/0/runtime",
            json!({ "free_threaded": { "overhead": 2_000 } }),
            "process “web”, overhead: 2000 %; at most 1000 %",
        ),
        (
            "/interventions/0/do",
            json!({ "answer": { "thread": 1, "text": "x".repeat(201) } }),
            "intervention 1: the answer is longer than 200 characters",
        ),
    ]);
}

#[test]
fn numbers_of_resources_and_what_can_be_done_to_each_kind_are_checked() {
    let of = |kind| json!([{ "id": 1, "name": "x", "kind": kind }]);
    let missing = "process “web”, resource “x”, kind: invalid type: null, expected u32";
    refused(&[
        (
            "/processes/0/resources",
            of(json!({ "semaphore": 10_001 })),
            "semaphore “x”: a count from 0 to 10000, not 10001",
        ),
        ("/processes/0/resources", of(json!({ "barrier": 0 })), "barrier “x”: parties from 1 to 10000, not 0"),
        ("/processes/0/resources", of(json!({ "queue": 0 })), "queue “x”: a capacity from 1 to 10000, not 0"),
        ("/processes/0/resources", of(json!("semaphore")), missing),
        ("/processes/0/resources", of(json!("barrier")), missing),
        ("/processes/0/resources", of(json!({ "event": 1 })), "process “web”, resource “x”, kind: takes no parameters"),
    ]);
    let wrong = [
        (json!("event"), "acquire", "lock or semaphore"),
        (json!("lock"), "wait", "event or barrier"),
        (json!({ "barrier": 2 }), "set", "event"),
        (json!({ "semaphore": 2 }), "put", "queue"),
    ];
    for (kind, op, kinds) in wrong {
        let mut scenario = super::good();
        super::put(&mut scenario, "/processes/0/resources", of(kind));
        super::put(&mut scenario, &t1("program/0"), json!({ op: 1 }));
        let found = gilscope::scenario::json::from_str(&scenario.to_string()).expect_err(op).to_string();
        assert_eq!(found, format!("process “web”, thread “T1”, op 1: “x” is no {kinds}"));
    }
}
