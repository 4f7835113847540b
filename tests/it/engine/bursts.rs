//! How long a thread will compute, as policies that go by it see it, wherever the thread is.

use gilscope::engine::{Place, Run};
use gilscope::ids::{ObjectIx, ThreadIx};
use gilscope::scenario::{CostSet, Costs, Policy, Runtime};
use gilscope::time::{Dur, Time};
use serde_json::json;

use super::sharing_rules::{MS, run_with, thread};
use crate::build::{Build, chart, computer};

/// The burst of a thread at a time, in milliseconds.
fn burst(run: &Run, thread: u16, ms: u64) -> u64 {
    let time = Time::from_ms(ms);
    run.seen(time).burst(run.plan(), ThreadIx(thread), time).ns() / MS
}

#[test]
fn who_was_woken_for_a_lock_is_taken_to_get_it() {
    // A gives the lock back at 2 ms and computes on until 11 ms; B is ready meanwhile. Of its 3 ms behind the lock and the
    // 2 ms of C, C's go first.
    let locks = json!([{ "id": 1, "name": "L", "kind": "lock" }]);
    let threads = json!([
        thread(1, "A", &json!([{ "acquire": 1 }, { "io": 2 * MS }, { "release": 1 }, { "native": 9 * MS }])),
        thread(2, "B", &json!([{ "acquire": 1 }, { "native": 3 * MS }])),
        thread(3, "C", &json!([{ "sleep": 3 * MS }, { "native": 2 * MS }])),
    ]);
    let app = json!({ "id": 1, "name": "app", "runtime": "native", "resources": locks, "threads": threads });
    let run = run_with(&json!({ "computer": { "cores": 1, "policy": "sjf" }, "processes": [app] }));
    assert_eq!(run.seen(Time::from_ms(3)).thread(ThreadIx(1)).place, Place::Ready);
    let tries_again = |thread| run.seen(Time::from_ms(3)).retries(run.plan(), ThreadIx(thread));
    assert_eq!([0, 1].map(tries_again), [None, Some(ObjectIx(0))]);
    assert_eq!(burst(&run, 1, 3), 3);
    assert!(chart(&run, 17).starts_with("core 0  --AAAAAAAAACCBBB-"), "{}", chart(&run, 17));
}

#[test]
fn who_may_not_go_on_yet_wants_to_compute_what_it_dropped_the_gil_for() {
    // At 7 ms core 0 goes over from x to B, which asks; at that same instant A's Python ends. What it does next needs no GIL,
    // but begins only when B has taken that, at 9 ms: native code is a burst then, an I/O is none.
    let costs = CostSet::Custom(Costs { hand_off: Dur::from_ms(2), switch: Dur::from_ms(1), ..Costs::default() });
    let run = |then: &str| {
        computer(2)
            .costs(costs)
            .policy(Policy::FCFS)
            .python(&[("A", 0, then), ("B", 1, "python 4ms")])
            .process("load", Runtime::Native, &[("x", 2, "native 4ms")])
            .pin("A", &[1])
            .pin("B", &[0])
            .pin("x", &[0])
            .run()
    };
    for (then, expected) in [("python 7ms; native 3ms; native 1ms; io 1ms", 4), ("python 7ms; io 3ms; python 1ms", 0)] {
        let run = run(then);
        assert_eq!(run.seen(Time::from_ms(8)).thread(ThreadIx(0)).place, Place::ForcedWait);
        assert_eq!(burst(&run, 0, 8), expected, "{then}");
    }
}

#[test]
fn who_puts_an_item_may_have_to_wait_only_where_room_is_bounded() {
    let queues = json!([{ "id": 1, "name": "q", "kind": { "queue": 2 } }, { "id": 2, "name": "u", "kind": "queue" }]);
    let program = |queue: u64| json!([{ "native": MS }, { "put": queue }, { "native": 4 * MS }]);
    let threads = json!([thread(1, "A", &program(1)), thread(2, "B", &program(2))]);
    let app = json!({ "id": 1, "name": "app", "runtime": "native", "resources": queues, "threads": threads });
    let run = run_with(&json!({ "processes": [app] }));
    assert_eq!([0, 1].map(|thread| burst(&run, thread, 0)), [1, 5]);
}
