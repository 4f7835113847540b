//! Bad scenarios: every limit and every reference, each with an error that names the thing and the place; and no input
//! panics.

use gilscope::engine::Run;
use gilscope::scenario::json::{from_str, to_string};
use gilscope::scenario::{CostSet, Costs, Limits, Op, Policy, Runtime, Scenario, Start};
use gilscope::time::{Dur, MAX_NS, Time};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::random;

/// Two processes on two cores, one of three ops; every test of the tables below changes one thing in it.
fn good() -> Value {
    json!({
        "v": 1,
        "computer": { "cores": 2 },
        "processes": [
            { "id": 1, "name": "web", "threads": [
                { "id": 1, "name": "T1", "program": [
                    { "python": 5 },
                    { "repeat": 2, "steps": [{ "io": 3 }, { "python": 1 }] },
                    { "forever": [{ "sleep": 1 }] },
                ] },
                { "id": 2, "name": "T2", "program": [{ "native": 7 }] },
            ] },
            { "id": 2, "name": "zip", "runtime": "native", "threads": [{ "id": 3, "name": "Z" }] },
        ],
        "interventions": [{ "at": 4, "do": { "run_here": { "thread": 1, "core": 1 } } }],
    })
}

/// A change of the good scenario at a JSON pointer, and the error it leads to.
type Case<'a> = (&'a str, Value, &'a str);

#[track_caller]
fn refused(cases: &[Case<'_>]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(pointer, value, expected)| {
            let mut scenario = good();
            put(&mut scenario, pointer, value.clone());
            let found = from_str(&scenario.to_string()).map_or_else(|e| e.to_string(), |_| "accepted".to_owned());
            (found != *expected).then(|| format!("{pointer} = {value:.60}\n  expected {expected}\n  found    {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Sets what a JSON pointer names, also a key that does not exist yet; `null` takes it away.
fn put(root: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer with a slash");
    match root.pointer_mut(parent).expect("an object or list at the pointer") {
        Value::Array(list) => list[key.parse::<usize>().expect("an index")] = value,
        Value::Object(object) if value.is_null() => drop(object.shift_remove(key)),
        Value::Object(object) => drop(object.insert(key.to_owned(), value)),
        other => unreachable!("{other} has no parts"),
    }
}

#[test]
fn the_scenario_that_the_tables_change_is_good() {
    assert_eq!(from_str(&good().to_string()).map(|s| s.threads().count()), Ok(3));
}

const T1: &str = "/processes/0/threads/0";

fn t1(key: &str) -> String {
    format!("{T1}/{key}")
}

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
        ("/computer/cores", json!(0), "computer: 0 cores; from 1 to 64"),
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
fn what_is_at_a_limit_is_accepted() {
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
        assert_eq!(from_str(&scenario.to_string()).map(|_| ()), Ok(()), "{pointer}");
    }
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
            &format!("computer, policy: {too_big}"),
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
fn ops_are_named() {
    refused(&[
        (
            &t1("program/0"),
            json!({ "line": 3, "teleport": 5 }),
            "process “web”, thread “T1”, op 1: “teleport” is not an op that this version knows",
        ),
        (
            &t1("program/1/steps/1"),
            json!({ "acquire": 1 }),
            "process “web”, thread “T1”, op 2, op 2: “acquire” is not an op that this version knows",
        ),
        (&t1("program/0"), json!({}), "process “web”, thread “T1”, op 1: names no op"),
        (
            &t1("program/0"),
            json!({ "python": 1, "io": 2 }),
            "process “web”, thread “T1”, op 1: names two ops, “python” and “io”",
        ),
        (&t1("program/0"), json!(5), "process “web”, thread “T1”, program, number 1: is not an object"),
        (&t1("program/0"), json!({ "repeat": 2 }), "process “web”, thread “T1”, op 1: “repeat” has no “steps”"),
        (
            &t1("program/1/repeat"),
            json!(-1),
            "process “web”, thread “T1”, op 2: “repeat”: -1 is not a number of times, from 0 to 4294967295",
        ),
        (&t1("program/2/forever"), json!(true), "process “web”, thread “T1”, op 3: is not a list"),
        (
            &t1("program/0/line"),
            json!("x"),
            "process “web”, thread “T1”, op 1: “line”: \"x\" is not the number of a line, from 0 to 4294967295",
        ),
    ]);
}

#[test]
fn values_of_the_wrong_kind_are_named() {
    refused(&[
        ("/v", json!(null), "scenario: missing field `v`"),
        ("/v", json!("1"), "scenario, v: invalid type: string \"1\", expected u32"),
        ("/v", json!(0), "scenario: version 0 is not one that this version reads"),
        ("/v", json!(2), "made by a newer version of gilscope: its schema is 2, this version reads up to 1"),
        ("/title", json!(5), "scenario, title: invalid type: integer `5`, expected a string"),
        ("/texts", json!({ "in_short": 5 }), "texts, in_short: invalid type: integer `5`, expected a string"),
        ("/computer", json!([]), "computer: is not an object"),
        (
            "/computer/cores",
            json!(300),
            "computer, cores: invalid value: integer `300`, expected a number of cores, from 1 to 64",
        ),
        (
            "/computer/policy",
            json!("lottery"),
            "computer, policy: unknown variant `lottery`, expected `fcfs` or `round_robin`",
        ),
        (
            "/computer/policy",
            json!({ "round_robin": { "quantum": 5, "ticks": 1 } }),
            "computer, policy: unknown field `ticks`, expected `quantum` or `expired_first`",
        ),
        ("/computer/policy", json!({ "round_robin": {} }), "computer, policy: missing field `quantum`"),
        (
            "/computer/costs",
            json!({ "custom": { "wake": 1 } }),
            "computer, costs: unknown field `wake`, expected one of `late_timeout`, `hand_off`, `io_end`, `switch`, \
             `process_switch`",
        ),
        (
            "/processes/0/runtime",
            json!("jvm"),
            "process “web”, runtime: unknown variant `jvm`, expected `cpython` or `native`",
        ),
        (
            "/processes/0/runtime",
            json!({ "cpython": { "switch_interval": 5_000, "version": 3 } }),
            "process “web”, runtime: unknown field `version`, expected `switch_interval`",
        ),
        (
            "/interventions/0/do",
            json!({ "preempt": {} }),
            "intervention 1, do: unknown variant `preempt`, expected `run_here`",
        ),
        ("/processes", json!({}), "processes: is not a list"),
        ("/processes/0", json!("web"), "processes, number 1: is not an object"),
        ("/processes/0/name", json!(null), "process 1: missing field `name`"),
        ("/processes/0/threads", json!(5), "process “web”, threads: is not a list"),
        (&t1("program"), json!("x"), "process “web”, thread “T1”, program: is not a list"),
        (&t1("name"), json!(["x"]), "process “web”, thread 1, name: invalid type: sequence, expected a string"),
        (&t1("id"), json!(null), "process “web”, thread “T1”: missing field `id`"),
        ("/interventions/0/at", json!(null), "intervention 1: missing field `at`"),
    ]);
}

#[test]
fn what_is_no_json_is_said_with_line_and_column() {
    let deep = "[".repeat(1_000);
    for (text, expected) in [
        ("", "not JSON: line 1, column 0: EOF while parsing a value"),
        ("hello", "not JSON: line 1, column 1: expected value"),
        ("{\n  \"v\": 1,\n}", "not JSON: line 3, column 1: trailing comma"),
        ("{\"v\": 1} x", "not JSON: line 1, column 10: trailing characters"),
        (&deep, "not JSON: line 1, column 128: recursion limit exceeded"),
        ("[]", "scenario: is not an object"),
        ("null", "scenario: is not an object"),
    ] {
        assert_eq!(from_str(text).map_err(|e| e.to_string()), Err(expected.to_owned()), "{text:.20}");
    }
}

/// Any JSON, often with the keys and words of a scenario.
fn values() -> impl Strategy<Value = Value> {
    let words = [
        "v",
        "title",
        "texts",
        "in_short",
        "computer",
        "cores",
        "policy",
        "round_robin",
        "quantum",
        "fcfs",
        "costs",
        "custom",
        "switch",
        "measured",
        "processes",
        "threads",
        "id",
        "name",
        "start",
        "at",
        "launch",
        "runtime",
        "cpython",
        "native",
        "switch_interval",
        "program",
        "python",
        "io",
        "repeat",
        "steps",
        "forever",
        "line",
        "interventions",
        "do",
        "run_here",
        "thread",
        "core",
        "seed",
        "source",
        "x",
    ];
    let word = prop::sample::select(words.to_vec());
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0u64..5).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
        ".{0,4}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())),
        ]
    })
}

/// Sets the `nth` part of a value, counted from the outside in.
fn set_nth(value: &mut Value, nth: &mut usize, with: &Value) -> bool {
    if *nth == 0 {
        *value = with.clone();
        return true;
    }
    *nth -= 1;
    match value {
        Value::Array(list) => list.iter_mut().any(|v| set_nth(v, nth, with)),
        Value::Object(object) => object.values_mut().any(|v| set_nth(v, nth, with)),
        _ => false,
    }
}

/// What was accepted runs: 50 ms of it, or as many records as fit in a moment.
fn runs(scenario: &Scenario) {
    let mut run = Run::new(scenario);
    let mut time = Time::ZERO;
    while time < Time::from_ms(50) && run.trace().len() < 20_000 {
        time = time + Dur::from_us(50);
        run.extend_to(time);
    }
}

proptest! {
    #[test]
    fn no_json_panics(mut value in values(), versioned in any::<bool>()) {
        if versioned && let Value::Object(object) = &mut value {
            object.insert("v".to_owned(), json!(1));
        }
        if let Ok(scenario) = from_str(&value.to_string()) {
            runs(&scenario);
        }
    }

    #[test]
    fn no_changed_part_panics(
        scenario in random::endless_scenarios(),
        changes in prop::collection::vec((1usize..80, values()), 1..3),
    ) {
        let mut value: Value = serde_json::from_str(&to_string(&scenario)).expect("JSON");
        for (mut nth, with) in changes {
            set_nth(&mut value, &mut nth, &with);
        }
        if let Ok(scenario) = from_str(&value.to_string()) {
            runs(&scenario);
        }
    }

    #[test]
    fn no_changed_character_panics(
        scenario in random::endless_scenarios(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), "[0-9\\[\\]{}\",:a-z-]{0,2}"), 1..4),
    ) {
        let mut chars: Vec<char> = to_string(&scenario).chars().collect();
        for (at, with) in changes {
            let at = at.index(chars.len());
            chars.splice(at..=at, with.chars());
        }
        if let Ok(scenario) = from_str(&chars.into_iter().collect::<String>()) {
            runs(&scenario);
        }
    }
}
