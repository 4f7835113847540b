//! Sentences and statuses of what happens seldom, each in a run made for it.

mod cores;
mod drops;
mod gil;
mod hand;
mod shared;
mod waits;

use gilscope::engine::{Kind, Run};
use gilscope::explain::sentence;
use serde_json::{Value, json};

use crate::engine::sharing_rules::{MS, run_with};
use crate::explain::statuses;

/// The sentences of the records of these kinds, with their times.
fn told(run: &Run, kinds: &[Kind]) -> String {
    let of = (0..run.trace().len()).filter(|i| kinds.contains(&run.trace()[*i].kind()));
    of.map(|i| format!("{}: {}\n", run.trace()[i].time(), sentence(run, i))).collect()
}

/// The lock 1 (L), the semaphore 2 (s), the event 3 (e), the barrier 4 (b) for two and the queue 5 (q) for one item.
fn shared() -> Value {
    json!([
        { "id": 1, "name": "L", "kind": "lock" },
        { "id": 2, "name": "s", "kind": { "semaphore": 1 } },
        { "id": 3, "name": "e", "kind": "event" },
        { "id": 4, "name": "b", "kind": { "barrier": 2 } },
        { "id": 5, "name": "q", "kind": { "queue": 1 } },
    ])
}

/// Processes on so many cores where all that wakes somebody takes 1 ms or more.
fn slowly(cores: u8, processes: &Value) -> Run {
    let costs = json!({ "custom": {
        "wake_lock": MS, "wake_pipe": 2 * MS, "wake_input": 3 * MS, "io_end": MS, "hand_off": MS / 2,
        "thread_start": MS, "process_start": 4 * MS, "message": MS,
    } });
    run_with(&json!({
        "computer": { "cores": cores, "policy": "fcfs", "costs": costs },
        "processes": processes,
        "pipes": [{ "id": 9, "name": "p" }],
    }))
}
