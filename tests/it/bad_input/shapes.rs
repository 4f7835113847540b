//! Values of the wrong kind, unknown words, and texts that are no JSON.

use gilscope::scenario::json::from_str;
use serde_json::json;

use super::{refused, t1};

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
            json!({ "borrow": 1 }),
            "process “web”, thread “T1”, op 2, op 2: “borrow” is not an op that this version knows",
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
            json!("lotto"),
            "computer, policy: unknown variant `lotto`, expected one of `fcfs`, `sjf`, `srtf`, `round_robin`, `priority`, `mlfq`, \
             `lottery`, `stride`, `cfs`, `eevdf`",
        ),
        (
            "/computer/policy",
            json!({ "round_robin": { "quantum": 5, "ticks": 1 } }),
            "computer, policy: unknown field `ticks`, expected one of `quantum`, `expired_first`, `compat`",
        ),
        ("/computer/policy", json!({ "round_robin": {} }), "computer, policy: missing field `quantum`"),
        (
            "/computer/costs",
            json!({ "custom": { "wake": 1 } }),
            "computer, costs: unknown field `wake`, expected one of `late_timeout`, `hand_off`, `gil_check`, `io_end`, `switch`, \
             `process_switch`, `migration`, `wake_lock`, `wake_pipe`, `wake_input`, `thread_start`, `process_start`, `message`, \
             `message_per_kib`",
        ),
        (
            "/processes/0/runtime",
            json!("jvm"),
            "process “web”, runtime: unknown variant `jvm`, expected one of `cpython`, `subinterpreters`, `cpython2`, `free_threaded`, `native`",
        ),
        (
            "/processes/0/runtime",
            json!({ "cpython": { "switch_interval": 5_000, "version": 3 } }),
            "process “web”, runtime: unknown field `version`, expected `switch_interval` or `lock_handover`",
        ),
        (
            "/interventions/0/do",
            json!({ "shove": {} }),
            "intervention 1, do: unknown variant `shove`, expected one of `run_here`, `answer`, `reorder`, `preempt`",
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
