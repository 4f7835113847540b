//! Every limit of a scenario, and times.

use gilscope::engine::{Ending, Run};
use gilscope::ids::ObjectId;
use gilscope::scenario::json::from_str;
use gilscope::scenario::{CostSet, Costs, Limits, Op, Policy, ResourceKind, Runtime, Scenario, Start};
use gilscope::time::{Dur, MAX_NS, Time};
use serde_json::{Value, json};

use super::{good, put, refused, t1};
use crate::build::{Build, computer, resource};

#[test]
fn every_limit_is_checked_and_named() {
    let process = |i: usize| json!({ "id": i, "name": format!("p{i}") });
    let thread = |i: usize| json!({ "id": i, "name": format!("t{i}") });
    let list = |n: usize, item: &dyn Fn(usize) -> Value| Value::Array((0..n).map(item).collect());
    let nested = |depth: usize, times: u64| {
        (0..depth).fold(json!({ "python": 1 }), |inside, _| json!({ "repeat": times, "steps": [inside] }))
    };
    let intervention = json!({ "at": 0, "do": { "run_here": { "thread": 1, "core": 0 } } });
    let name = "n".repeat(Limits::NAME + 1);
    let cut = "n".repeat(Limits::NAME);
    refused(&[
        ("/computer/cores", json!(0), "computer: it needs at least one core"),
        ("/computer/cores", json!(65), "computer: 65 cores; from 1 to 64"),
        ("/processes", list(65, &process), "processes: 65 of them; at most 64"),
        ("/processes/0/threads", list(1_024, &thread), "threads: 1025 of them; at most 1024"),
        (&t1("program"), list(10_000, &|_| json!({ "python": 1 })), "programs: 10001 ops in all; at most 10000"),
        (
            &t1("program/0"),
            nested(2, 1_001),
            "process “web”, thread “T1”, op 1, op 1: repeats 1002001 times in all; at most 1000000",
        ),
        (
            &t1("program/0"),
            nested(9, 1),
            "process “web”, thread “T1”, op 1, op 1, op 1, op 1, op 1, op 1, op 1, op 1, op 1: \
             more than 8 loops inside each other",
        ),
        ("/title", json!(name), "title: longer than 64 characters"),
        ("/processes/0/name", json!(name), &format!("process “{cut}…”: its name is longer than 64 characters")),
        ("/processes/0/name", json!(""), "process with id 1: has no name"),
        (&t1("name"), json!(name), &format!("process “web”, thread “{cut}…”: its name is longer than 64 characters")),
        (&t1("name"), json!(""), "process “web”, thread with id 1: has no name"),
        ("/interventions", list(1_001, &|_| intervention.clone()), "interventions: 1001 of them; at most 1000"),
        (
            "/processes/0/runtime",
            json!({ "cpython": { "switch_interval": 999 } }),
            "process “web”, switch interval: 999 ns; CPython takes no less than 1 µs",
        ),
        ("/computer/policy", json!({ "round_robin": { "quantum": 0 } }), "computer, quantum: 0 ms; it must be longer"),
    ]);
}

#[test]
fn what_is_at_a_limit_is_accepted_and_runs() {
    for (pointer, value) in [
        ("/computer/cores", json!(64)),
        ("/title", json!("é".repeat(64))),
        ("/computer/policy", json!({ "round_robin": { "quantum": 1 } })),
        ("/processes/0/runtime", json!({ "cpython": { "switch_interval": 1_000 } })),
        ("/processes/0/threads/0/program/0", json!({ "python": MAX_NS })),
        ("/processes/0/threads/0/program/0", json!({ "repeat": 1_000_000, "steps": [{ "python": 1 }] })),
        ("/processes/0/threads/0/program/0", json!({ "repeat": 0, "steps": [] })),
        ("/processes/1/threads/0/id", json!(65_535)),
        ("/interventions", json!([])),
    ] {
        let mut scenario = good();
        put(&mut scenario, pointer, value);
        let scenario = from_str(&scenario.to_string());
        let mut run = Run::new(&scenario.unwrap_or_else(|error| panic!("{pointer}: {error}")));
        run.extend_past(Time::from_ms(50), 200_000);
        assert!(!run.trace().is_empty(), "{pointer}");
    }
}

#[test]
fn the_largest_computer_runs() {
    let names: Vec<String> = (0..Limits::THREADS).map(|i| format!("t{i}")).collect();
    let threads: Vec<(&str, u64, &str)> =
        names.iter().map(|n| (n.as_str(), 0, "python 1ms; io 1ms; native 1ms")).collect();
    let mut scenario = computer(Limits::CORES).costs(CostSet::Measured).policy(Policy::default());
    for (i, members) in threads.chunks(Limits::THREADS / Limits::PROCESSES).enumerate() {
        scenario = scenario.process(&format!("p{i}"), Runtime::default(), members);
    }
    assert_eq!(scenario.processes.len(), Limits::PROCESSES);
    let run = scenario.run();
    assert_eq!(run.ending(), Some(&Ending::AllFinished));
}

#[test]
fn times_are_whole_nanoseconds_up_to_the_limit() {
    let too_big = "invalid value: integer `9007199254740992`, expected whole nanoseconds, from 0 to 2⁵³ − 1";
    let op = "process “web”, thread “T1”, op 1: “python”";
    refused(&[
        (&t1("program/0/python"), json!(MAX_NS + 1), &format!("{op}: {too_big}")),
        (
            &t1("program/0/python"),
            json!(-5),
            &format!("{op}: invalid value: integer `-5`, expected whole nanoseconds, from 0 to 2⁵³ − 1"),
        ),
        (
            &t1("program/0/python"),
            json!(0.5),
            &format!("{op}: invalid type: floating point `0.5`, expected whole nanoseconds, from 0 to 2⁵³ − 1"),
        ),
        (
            &t1("program/0/python"),
            json!("5 ms"),
            &format!("{op}: invalid type: string \"5 ms\", expected whole nanoseconds, from 0 to 2⁵³ − 1"),
        ),
        ("/interventions/0/at", json!(MAX_NS + 1), &format!("intervention 1, at: {too_big}")),
        (&t1("start"), json!({ "at": MAX_NS + 1 }), &format!("process “web”, thread “T1”, start: {too_big}")),
        ("/processes/0/start", json!({ "at": MAX_NS + 1 }), &format!("process “web”, start: {too_big}")),
        (
            "/processes/0/runtime",
            json!({ "cpython": { "switch_interval": MAX_NS + 1 } }),
            &format!("process “web”, runtime: {too_big}"),
        ),
        (
            "/computer/policy",
            json!({ "round_robin": { "quantum": MAX_NS + 1 } }),
            &format!("computer, policy: quantum: {too_big}"),
        ),
        ("/computer/costs", json!({ "custom": { "switch": MAX_NS + 1 } }), &format!("computer, costs: {too_big}")),
    ]);
}

#[test]
fn times_set_by_code_are_checked_as_well() {
    let over = Dur::from_ns(MAX_NS + 1);
    let good: Scenario = from_str(&good().to_string()).expect("a good scenario");
    let said = |change: &dyn Fn(&mut Scenario)| {
        let mut scenario = good.clone();
        change(&mut scenario);
        scenario.check().map_err(|e| e.to_string())
    };
    let err = |place: &str| Err(format!("{place}: 9007199254740992 ns is more than 2⁵³ − 1"));
    assert_eq!(said(&|s| s.computer.policy = Policy::round_robin(over)), err("computer, quantum"));
    for (cost, costs) in [
        ("late_timeout", Costs { late_timeout: over, ..Costs::default() }),
        ("hand_off", Costs { hand_off: over, ..Costs::default() }),
        ("io_end", Costs { io_end: over, ..Costs::default() }),
        ("switch", Costs { switch: over, ..Costs::default() }),
        ("process_switch", Costs { process_switch: over, ..Costs::default() }),
    ] {
        assert_eq!(said(&|s| s.computer.costs = CostSet::Custom(costs)), err(&format!("computer, cost {cost}")));
    }
    let late = Start::At(Time::from_ns(MAX_NS + 1));
    assert_eq!(said(&|s| s.processes[0].start = late), err("process “web”"));
    assert_eq!(said(&|s| s.processes[0].threads[0].start = late), err("process “web”, thread “T1”"));
    assert_eq!(said(&|s| s.processes[0].runtime = Runtime::cpython(over)), err("process “web”, switch interval"));
    let op = |s: &mut Scenario| s.processes[0].threads[0].program[0].op = Op::Io(over);
    assert_eq!(said(&op), err("process “web”, thread “T1”, op 1"));
    assert_eq!(said(&|s| s.interventions[0].at = Time::from_ns(MAX_NS + 1)), err("intervention 1"));
}

#[test]
fn texts_and_names_that_could_not_be_shown_are_refused() {
    let name = |name: &str| {
        let mut s = crate::build::computer(1);
        s = crate::build::Build::process(s, name, gilscope::scenario::Runtime::Native, &[]);
        s.check().map_err(|p| p.to_string())
    };
    assert_eq!(name(" "), Err("process “ ”: its name is blank".to_owned()));
    assert!(name("a\u{202e}b").unwrap_err().ends_with("its name has characters that cannot be seen"));
    assert!(name("a\nb").unwrap_err().ends_with("its name has characters that cannot be seen"));
    assert_eq!(name("été 1"), Ok(()));
    let mut s = crate::build::computer(1);
    s.source = "\n".repeat(1_001);
    assert_eq!(s.check().unwrap_err().to_string(), "source: more than 1000 lines");
    s.source = "x".repeat(20_001);
    assert_eq!(s.check().unwrap_err().to_string(), "source: longer than 20000 characters");
}

#[test]
fn steps_belong_to_repeat_alone() {
    let text = r#"{"v":1,"processes":[{"id":0,"name":"p","threads":[{"id":0,"name":"t","program":
        [{"forever":[{"io":5}],"steps":[{"io":7}]}]}]}]}"#;
    let error = gilscope::scenario::json::from_str(text).unwrap_err().to_string();
    assert_eq!(error, "process “p”, thread “t”, op 1: has “steps”, which “forever” does not take");
}

#[test]
fn parameters_of_runtimes_are_limited() {
    let python_2 = |check_interval| {
        computer(1).process("web", Runtime::Cpython2 { check_interval }, &[]).check().map_err(|p| p.to_string())
    };
    let refused = |n| Err(format!("process “web”, check interval: {n} ticks; from 1 to 1000000"));
    assert_eq!([0, 1, 1_000_000, 1_000_001].map(python_2), [refused(0), Ok(()), Ok(()), refused(1_000_001)]);
}

#[test]
fn interpreters_are_few_and_share_only_queues() {
    let several = Runtime::Subinterpreters { switch_interval: Dur::from_ms(5) };
    let with = |interpreter, op: fn(ObjectId) -> Op, kind| {
        let threads = [("A", 0, "python 1ms"), ("B", 0, "python 1ms")];
        let mut s = computer(1).process("web", several.clone(), &threads).interpreter("B", interpreter);
        s.processes[0].resources.push(resource(7, "it", kind));
        for thread in &mut s.processes[0].threads {
            let steps = vec![Op::Sleep(Dur::from_ms(1)).into(), op(ObjectId(7)).into()];
            thread.program.push(Op::Repeat { times: Some(1), steps }.into());
        }
        s.check().map_err(|p| p.to_string())
    };
    let lock = |interpreter| with(interpreter, Op::Acquire, ResourceKind::Lock);
    assert_eq!(lock(0), Ok(()));
    let shared = "used by “A” of interpreter 0 and “B” of interpreter 1, which share only queues";
    assert_eq!(lock(1), Err(format!("process “web”, lock “it”: {shared}")));
    assert_eq!(with(1, Op::Put, ResourceKind::Queue(None)), Ok(()));
    assert_eq!(with(63, Op::Put, ResourceKind::Queue(None)), Ok(()));
    let none = "process “web”, thread “B”: interpreter 64; from 0 to 63";
    assert_eq!(with(64, Op::Put, ResourceKind::Queue(None)), Err(none.to_owned()));
}
