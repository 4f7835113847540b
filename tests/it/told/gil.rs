//! The GIL: who asks, who barges in, who is faster at a check.

use expect_test::expect;
use gilscope::engine::Kind;
use serde_json::{Value, json};

use super::{slowly, statuses, told};
use crate::engine::sharing_rules::{MS, python, run_with, thread};

#[test]
fn who_barges_in_who_asked_and_who_lost_is_told() {
    // A drops the GIL at 3 ms and W is signalled; C starts just then and is faster; V wants it as well.
    let late = |id: u16, name: &str, at: u64, program: Value| json!({ "id": id, "name": name, "start": { "at": at }, "program": program });
    let run = slowly(
        4,
        &json!([{ "id": 1, "name": "app", "threads": [
            thread(1, "A", &json!([python(3), { "sleep": 30 * MS }])),
            thread(2, "W", &json!([python(2), { "native": MS }])),
            late(3, "C", 3 * MS + MS / 4, json!([python(9), { "extension": 9 * MS }])),
            late(4, "V", 4 * MS, json!([python(2)])),
        ] }]),
    );
    use Kind::{DropGil, Finished, RequestGil, TakeGil, WantsGil};
    expect![[r#"
        0 ms: Nobody holds the GIL, so A takes it.
        0 ms: W needs the GIL to go on, but A holds it, so W waits and will ask for it after 5 ms without a switch.
        3 ms: A drops the GIL and signals W before it sleeps 30 ms.
        3.25 ms: The GIL is free because W was signalled and is still on its way; C is on a core first and takes it, so W will have to wait again.
        3.5 ms: W was signalled, but the signal is no hand-over: C was on a core first and took the GIL, so W waits for it again, for a whole switch interval of 5 ms.
        4 ms: V needs the GIL to go on, but C holds it, so V waits and will ask for it after 5 ms without a switch.
        8.5 ms: W waited 5 ms for the GIL and nobody switched meanwhile, so it asks C to drop it.
        8.5 ms: W has asked C to drop the GIL and waits behind all other waiters, for a whole switch interval of 5 ms again.
        8.5 ms: C sees that W asked for the GIL: it drops it at 5.25 of 9 ms of its Python and signals V.
        9 ms: C dropped the GIL because W had asked for it; but asking sends one back to the tail of those who wait, so V, now the first of them, takes it after 5 ms.
        9 ms: V took the GIL, so C, which had dropped it on request, may go on; it wants the GIL again and will ask for it after 5 ms without a switch.
        11 ms: V has finished, drops the GIL and signals W.
        11 ms: V finishes at 11 ms, 7 ms after its start.
        11.5 ms: V finished and dropped the GIL; W, which wanted it for 11.5 ms, takes it.
        13.5 ms: W drops the GIL and signals C before 1 ms of native code, which needs none.
        14 ms: W dropped the GIL to run native code; C, which wanted it for 5 ms, takes it.
        14.5 ms: W needs the GIL to go on, but C holds it, so W waits and will ask for it after 5 ms without a switch.
        19.5 ms: W waited 5 ms for the GIL and nobody switched meanwhile, so it asks C to drop it; C runs C code that keeps the GIL and sees the request only when that ends.
        19.5 ms: W has asked C to drop the GIL and waits behind all other waiters, for a whole switch interval of 5 ms again.
        24.5 ms: W waited 5 ms for the GIL and nobody switched meanwhile, so it asks C to drop it; C runs C code that keeps the GIL and sees the request only when that ends.
        24.5 ms: W has asked C to drop the GIL and waits behind all other waiters, for a whole switch interval of 5 ms again.
        26.75 ms: C sees that W asked for the GIL at 19.5 ms, 7.25 ms late because C code kept the GIL until now: it drops it and signals W.
        27.25 ms: W waited 5 ms for the GIL and nobody switched meanwhile, so it asked; C dropped it and W took it.
        27.25 ms: W took the GIL, so C, which had dropped it on request, may go on; it wants the GIL again and will ask for it after 5 ms without a switch.
        27.25 ms: W has finished, drops the GIL and signals C.
        27.25 ms: W finishes at 27.25 ms, 27.25 ms after its start.
        27.75 ms: W finished and dropped the GIL; C takes it.
        27.75 ms: C has finished and drops the GIL.
        27.75 ms: C finishes at 27.75 ms, 24.5 ms after its start.
        34 ms: Nobody holds the GIL, so A takes it.
        34 ms: A has finished and drops the GIL.
        34 ms: A finishes at 34 ms, 34 ms after its start.
    "#]]
    .assert_eq(&told(&run, &[DropGil, Finished, RequestGil, TakeGil, WantsGil]));
    expect![[r#"
        3.4 ms A: Sleeps since 3 ms. The sleep is over at 33 ms; then it needs a core and the GIL. Meanwhile it needs no core and does not hold the GIL.
        3.4 ms W: Waking since 3 ms. A released the GIL and signalled it. It is ready at 3.5 ms, and then needs a core. C holds the GIL now.
        3.4 ms C: Runs Python on core 0 since 3.25 ms. It has done 150 µs of 9 ms. It holds the GIL since 3.25 ms.
        3.4 ms V: Has not started yet. It starts at 4 ms.
        8.6 ms A: Sleeps since 3 ms. The sleep is over at 33 ms; then it needs a core and the GIL. Meanwhile it needs no core and does not hold the GIL.
        8.6 ms W: Wants the GIL since 0 ms. Nobody holds it now and V was signalled; W looks at 13.5 ms unless it is signalled before. Core 0 being free does not help.
        8.6 ms C: Must wait since 8.5 ms until another thread takes the GIL. It dropped the GIL because it was asked to. V is waking to take it. As soon as another thread has taken it, C goes on.
        8.6 ms V: Waking since 8.5 ms. C released the GIL and signalled it. It is ready at 9 ms, and then needs a core. The signal is no hand-over: whoever is on a core first takes the GIL.
        20 ms A: Sleeps since 3 ms. The sleep is over at 33 ms; then it needs a core and the GIL. Meanwhile it needs no core and does not hold the GIL.
        20 ms W: Wants the GIL since 14.5 ms. C holds it. W has asked C to drop it, and looks again at 24.5 ms. Core 1 being free does not help.
        20 ms C: Runs C code on core 0 since 17.75 ms. It has done 2.25 of 9 ms. It holds the GIL since 14 ms. W has asked for it; this code drops the GIL only at its end.
        20 ms V: Finished at 11 ms. Its program is over, 7 ms after its start. It needs nothing any more.
    "#]]
    .assert_eq(&statuses(&run, &[3_400, 8_600, 20_000]));
}

#[test]
fn the_checks_of_python_2_are_told() {
    let run = |hand_off: u64| {
        let costs = json!({ "custom": { "hand_off": hand_off, "gil_check": 4_000 } });
        let app = json!([{ "id": 1, "name": "app", "runtime": { "cpython2": { "check_interval": 1_000 } }, "threads": [
            thread(1, "A", &json!([python(1)])), thread(2, "B", &json!([python(1)]))] }]);
        run_with(&json!({ "computer": { "cores": 2, "policy": "fcfs", "costs": costs }, "processes": app }))
    };
    use Kind::{DropGil, Ready, TakeGil, Waking, WantsGil};
    expect![[r#"
        0 ms: A starts as a thread of app: it is ready and waits for a core.
        0 ms: B starts as a thread of app: it is ready and waits for a core.
        132 µs: The GIL was free for a moment: A gave it up at a check, which woke B and has taken it back by now. It needs a core; whoever is on a core when it is free gets it.
        1.232 ms: B released the GIL and signalled A, which is ready now; the signal is no hand-over: A needs a core, and the GIL may be gone by then.
    "#]]
    .assert_eq(&told(&run(0), &[Ready]));
    let run = run(MS / 10);
    expect![[r#"
        0 ms: A starts as a thread of app: it is ready and waits for a core.
        0 ms: B starts as a thread of app: it is ready and waits for a core.
        0 ms: Nobody holds the GIL, so A takes it.
        0 ms: B needs the GIL to go on, but A holds it. It sleeps until A gives the GIL up: for good, or for a moment, as it does every 1000 ticks (40 µs).
        132 µs: The GIL was free for a moment: A gave it up at a check, which woke B and has taken it back by now. Waking takes 100 µs; whoever is on a core when it is free gets it.
        232 µs: The GIL was free for a moment: A gave it up at a check, which woke B and has taken it back by now. It needs a core; whoever is on a core when it is free gets it.
        232 µs: A gives the GIL up for a moment, as after every 1000 ticks (40 µs), and cannot take it back at 210.909 µs of 1 ms of its Python: B is faster.
        232 µs: B won the race, after 232 µs: it is awake on a core just when A gives the GIL up for a moment, and takes it. At earlier checks it may have been too late many times.
        232 µs: A gave the GIL up at a check and wanted it back at once, but B was awake on a core and faster, so A waits. It sleeps until B gives the GIL up: for good, or for a moment, as it does every 1000 ticks (40 µs).
        1.332 ms: B has finished, drops the GIL and signals A.
        1.332 ms: B released the GIL and signalled A, the first who waited; waking takes 100 µs, and the signal is no hand-over: whoever is on a core first takes the GIL.
        1.432 ms: B released the GIL and signalled A, which is ready now; the signal is no hand-over: A needs a core, and the GIL may be gone by then.
        1.432 ms: B finished and dropped the GIL; A, which wanted it for 1.2 ms, takes it.
        2.221091 ms: A has finished and drops the GIL.
    "#]]
    .assert_eq(&told(&run, &[DropGil, Ready, TakeGil, Waking, WantsGil]));
    expect![[r#"
        100 µs A: Runs Python on core 0 since 0 ms. It has done 90.909 µs of 1 ms. It holds the GIL since 0 ms. Every 1000 ticks (40 µs) it is given up for a moment. B wants it.
        100 µs B: Wants the GIL since 0 ms. A holds it. Every 1000 ticks (40 µs) it is given up for a moment. B gets it if it is awake on another core in such a moment, or if A blocks.
    "#]]
    .assert_eq(&statuses(&run, &[100]));
}

#[test]
fn who_loses_at_a_check_or_takes_the_gil_of_who_was_taken_off_is_told() {
    // One core: the slice of A ends at 4 ms. Two: A sleeps as B, woken at its end, is still on its way; C is faster.
    let app = |threads: Value| json!([{ "id": 1, "name": "app", "runtime": { "cpython2": { "check_interval": 100 } }, "threads": threads }]);
    let two = json!([thread(1, "A", &json!([python(6)])), thread(2, "B", &json!([python(2)]))]);
    let policy = json!({ "round_robin": { "quantum": 4 * MS } });
    let run = run_with(&json!({ "computer": { "cores": 1, "policy": policy }, "processes": app(two) }));
    expect![[r#"
        0 ms: Nobody holds the GIL, so A takes it.
        4 ms: B has the core that A had to leave, and takes the GIL from it: A gives it up at its next check, and who has slept goes first.
        6 ms: Nobody holds the GIL, so A takes it.
    "#]]
    .assert_eq(&told(&run, &[Kind::TakeGil]));
    let three = json!([
        thread(1, "A", &json!([{ "extension": 3 * MS }, { "sleep": 9 * MS }])),
        thread(2, "B", &json!([python(1)])),
        { "id": 3, "name": "C", "start": { "at": 3 * MS + MS / 4 }, "program": [{ "extension": MS }] },
    ]);
    expect![[r#"
        0 ms: B needs the GIL to go on, but A holds it. It sleeps until A gives the GIL up: for good, or for a moment, as it does every 100 ticks (4 µs).
        3.5 ms: B was woken, but on its way C took the GIL, or kept it, so B lost the race. It sleeps until C gives the GIL up: for good, or for a moment, as it does every 100 ticks (4 µs).
    "#]]
    .assert_eq(&told(&slowly(3, &app(three)), &[Kind::WantsGil]));
}

#[test]
fn a_waiter_that_saw_a_switch_or_the_request_of_another_says_so() {
    // A holds the GIL until 3 ms, then C code of B; W looks at 6 ms, has seen the switch, and asks only at 11 ms, V at 9.
    let run = slowly(
        4,
        &json!([{ "id": 1, "name": "app", "threads": [
            thread(1, "A", &json!([python(3), { "io": 40 * MS }])),
            thread(2, "B", &json!([{ "extension": 16 * MS }])),
            { "id": 3, "name": "W", "start": { "at": MS }, "program": [python(1)] },
            { "id": 4, "name": "V", "start": { "at": 4 * MS }, "program": [python(1)] },
        ] }]),
    );
    expect![[r#"
        0 ms: B needs the GIL to go on, but A holds it, so B waits and will ask for it after 5 ms without a switch.
        1 ms: W needs the GIL to go on, but A holds it, so W waits and will ask for it after 5 ms without a switch.
        3 ms: A drops the GIL and signals B before it waits 40 ms for I/O.
        4 ms: V needs the GIL to go on, but B holds it, so V waits and will ask for it after 5 ms without a switch.
        6 ms: W waited a whole switch interval for the GIL, but the GIL changed hands meanwhile, so it may not ask; B holds it, and W waits 5 ms again.
        9 ms: V has asked B to drop the GIL and waits behind all other waiters, for a whole switch interval of 5 ms again.
        11 ms: W has asked B to drop the GIL and waits behind all other waiters, for a whole switch interval of 5 ms again.
        14 ms: V has asked B to drop the GIL and waits behind all other waiters, for a whole switch interval of 5 ms again.
        16 ms: W has asked B to drop the GIL and waits behind all other waiters, for a whole switch interval of 5 ms again.
        19 ms: V has asked B to drop the GIL and waits behind all other waiters, for a whole switch interval of 5 ms again.
        19.5 ms: B sees that V asked for the GIL at 9 ms, 10.5 ms late because C code kept the GIL until now: it drops it and signals W.
        20 ms: W took the GIL, so B, which had dropped it on request, may go on; it wants the GIL again and will ask for it after 5 ms without a switch.
        21 ms: W has finished, drops the GIL and signals V.
        22.5 ms: V has finished, drops the GIL and signals B.
        23 ms: B has finished and drops the GIL.
        44 ms: A has finished and drops the GIL.
    "#]]
    .assert_eq(&told(&run, &[Kind::WantsGil, Kind::DropGil]));
    expect![[r#"
        7 ms A: Waits for I/O since 3 ms. The I/O is over at 43 ms; then it needs a core and the GIL. Meanwhile it needs no core and does not hold the GIL.
        7 ms B: Runs C code on core 1 since 3.5 ms. It has done 3.5 of 16 ms. It holds the GIL since 3.5 ms. V wants it and looks again at 9 ms.
        7 ms W: Wants the GIL since 1 ms. B holds it. If nobody switches, W asks B to drop it at 11 ms. Core 0 being free does not help.
        7 ms V: Wants the GIL since 4 ms. B holds it. If nobody switches, V asks B to drop it at 9 ms. Core 0 being free does not help.
        10 ms A: Waits for I/O since 3 ms. The I/O is over at 43 ms; then it needs a core and the GIL. Meanwhile it needs no core and does not hold the GIL.
        10 ms B: Runs C code on core 1 since 3.5 ms. It has done 6.5 of 16 ms. It holds the GIL since 3.5 ms. V has asked for it; this code drops the GIL only at its end.
        10 ms W: Wants the GIL since 1 ms. B holds it. V has asked for it already; W looks again at 11 ms. Core 0 being free does not help.
        10 ms V: Wants the GIL since 4 ms. B holds it. V has asked B to drop it, and looks again at 14 ms. Core 0 being free does not help.
        12 ms A: Waits for I/O since 3 ms. The I/O is over at 43 ms; then it needs a core and the GIL. Meanwhile it needs no core and does not hold the GIL.
        12 ms B: Runs C code on core 1 since 3.5 ms. It has done 8.5 of 16 ms. It holds the GIL since 3.5 ms. V has asked for it; this code drops the GIL only at its end.
        12 ms W: Wants the GIL since 1 ms. B holds it. V has asked for it already; W looks again at 16 ms. Core 0 being free does not help.
        12 ms V: Wants the GIL since 4 ms. B holds it. V has asked B to drop it, and looks again at 14 ms. Core 0 being free does not help.
    "#]]
    .assert_eq(&statuses(&run, &[7_000, 10_000, 12_000]));
}
