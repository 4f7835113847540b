//! The built command line: what each command prints, and its exit codes.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use expect_test::expect;
use serde_json::Value;

/// Two threads of one CPython process on two cores, without costs.
const TWO: &str = r#"{"v": 1, "title": "two", "computer": {"cores": 2}, "processes": [{"id": 1, "name": "web app",
    "threads": [{"id": 1, "name": "T1", "program": [{"python": 8000000}]},
                {"id": 2, "name": "T2", "program": [{"python": 7000000}, {"io": 2000000}]}]}]}"#;

const ENDLESS: &str = r#"{"v": 1, "processes": [{"id": 1, "name": "p",
    "threads": [{"id": 1, "name": "T1", "program": [{"forever": [{"python": 1000000}, {"io": 9000000}]}]}]}]}"#;

fn gilscope(args: &[&str], stdin: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gilscope"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the built command line starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    // A command that needs no input may have ended before it is written.
    let _ = pipe.write_all(stdin.as_bytes());
    drop(pipe);
    child.wait_with_output().expect("it ends")
}

/// What a command prints that must succeed.
fn printed(args: &[&str], stdin: &str) -> String {
    let output = gilscope(args, stdin);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), stderr.as_ref()), (Some(0), ""), "{args:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// What a command says on stderr that must fail with `code` and print nothing.
fn refused(args: &[&str], stdin: &str, code: i32) -> String {
    let output = gilscope(args, stdin);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(code), 0), "{args:?}");
    String::from_utf8(output.stderr).expect("text")
}

#[test]
fn run_draws_a_chart() {
    expect![[r#"
        0 ms to 17 ms, one column is 200 µs
        core 0  0000000000000000000000000-------------------------000000000000000--------------------
        core 1  -------------------------1111111111111111111111111---------------1111111111----------
        GIL     000000000000000000000000011111111111111111111111110000000000000001111111111----------
        asks                             1                        0
        T1      PPPPPPPPPPPPPPPPPPPPPPPPPgggggggggggggggggggggggggPPPPPPPPPPPPPPP
        T2      gggggggggggggggggggggggggPPPPPPPPPPPPPPPPPPPPPPPPPgggggggggggggggPPPPPPPPPPiiiiiiiiii

        P python, X extension, N native, s switching in, . ready, w waking, g wants the GIL, f forced wait, i I/O, z sleeps, ? awaits input, l lock, q queue, m message, c child to run, j joins; - idle core, free GIL, / core switches
    "#]].assert_eq(&printed(&["run", "-"], TWO));
}

#[test]
fn run_sums_up() {
    expect![[r#"
        two
        All threads have finished at 17 ms.

        thread  process  finished  runs Python  wants the GIL  waits for I/O
        T1      web app  13 ms     8 ms         5 ms           –
        T2      web app  17 ms     7 ms         8 ms           2 ms

        core  useful  overhead  idle
        0     8 ms    –         9 ms
        1     7 ms    –         10 ms

        GIL of   held   free  hand-offs  requests
        web app  15 ms  2 ms  3          2

        makespan                        17 ms
        least possible makespan         9 ms
        of the ideal speed              52.9 %
        threads finished                2
        throughput                      118 per s
        mean turnaround                 15 ms
        mean response                   2.5 ms
        cores compute                   44.1 %
        cores switch                    0 %
        cores idle                      55.9 %
        threads computing at once       0.88
        computing                       15 ms
        ready                           0 ms
        waiting for the GIL             13 ms
        waiting for something else      2 ms
        context switches                0
        migrations                      0
        GIL held                        88.2 %
        GIL contended                   76.5 %
        hand-offs                       3
        drop requests                   2
        failed wake-ups for the GIL     0
        longest wait for the GIL        5 ms
        starts and wake-ups, GIL aside  2
        wake-up to running, median      0 ms
        wake-up to running, p95         too few
        wake-up to running, p99         too few
        wake-up to running, worst       5 ms
    "#]]
    .assert_eq(&printed(&["run", "-", "--format", "summary"], TWO));
}

#[test]
fn an_endless_scenario_is_cut_and_says_so() {
    let summary = printed(&["run", "-", "--format", "summary"], ENDLESS);
    assert!(summary.starts_with("Cut at 10 s: the scenario goes on.\n"), "{summary}");
    let summary = printed(&["run", "-", "--format", "summary", "--until", "0.5s"], ENDLESS);
    assert!(summary.starts_with("Cut at 500 ms: the scenario goes on.\n"), "{summary}");
    let json: Value = serde_json::from_str(&printed(&["run", "-", "--format", "json"], ENDLESS)).expect("JSON");
    assert_eq!((&json["ending"], &json["makespan_ns"]), (&"cut".into(), &Value::Null));
    assert_eq!(json["metrics"]["until_ns"], 10_000_000_000_u64);
}

#[test]
fn run_as_json_covers_each_life_without_gaps() {
    let json: Value = serde_json::from_str(&printed(&["run", "-", "--format", "json"], TWO)).expect("JSON");
    let keys: Vec<&String> = json.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["ending", "makespan_ns", "cores", "gils", "threads", "metrics", "events"]);
    assert_eq!(json["ending"], "all_finished");
    // T1 0–5, T2 5–10, T1 10–13, T2 13–15, then its I/O.
    assert_eq!(json["makespan_ns"], 17_000_000);
    let stay = |start: u64, end: u64, thread: &str| serde_json::json!({"start_ns": start * 1_000_000, "end_ns": end * 1_000_000, "thread": thread});
    assert_eq!(json["cores"][0], Value::Array(vec![stay(0, 5, "T1"), stay(10, 13, "T1")]));
    assert_eq!(json["gils"][0]["possessions"].as_array().map(Vec::len), Some(4));
    for (thread, (name, end, first)) in
        json["threads"].as_array().expect("threads").iter().zip([("T1", 13, "running_python"), ("T2", 17, "wants_gil")])
    {
        assert_eq!((&thread["name"], &thread["process"]), (&name.into(), &"web app".into()));
        assert_eq!(thread["finished_ns"], end * 1_000_000);
        let states = thread["states"].as_array().expect("states");
        assert_eq!((&states[0]["start_ns"], &states[0]["state"]), (&0.into(), &first.into()));
        for pair in states.windows(2) {
            assert_eq!(pair[0]["end_ns"], pair[1]["start_ns"]);
        }
        assert_eq!(states[states.len() - 1]["end_ns"], thread["finished_ns"]);
        let totals = thread["totals"].as_object().expect("totals").values();
        assert_eq!(totals.filter_map(Value::as_u64).sum::<u64>(), end * 1_000_000);
    }
    let asks = json["events"].as_array().expect("events").iter().find(|e| e["kind"] == "request_gil");
    let asks = asks.expect("a request");
    assert_eq!((&asks["reason"], &asks["cause"]), (&"no_switch_seen".into(), &"T1".into()));
    assert!(asks["text"].as_str().is_some_and(|t| t.starts_with("T2 waited 5 ms for the GIL")), "{asks}");
}

#[test]
fn run_prints_every_other_form() {
    let run = |args: &[&str]| printed(&[&["run", "-", "--format"][..], args].concat(), TWO);
    let trace: Value = serde_json::from_str(&run(&["chrome"])).expect("JSON");
    let begins = trace["traceEvents"].as_array().expect("events").iter().filter(|e| e["ph"] == "B").count();
    // On cores, in hands and in lives: 4 possessions, of which each is a stay on a core, and 3 states of T1, 5 of T2.
    assert_eq!(begins, 4 + 4 + 8);
    assert!(run(&["svg"]).starts_with("<svg xmlns=") && run(&["svg", "--until", "7ms"]) != run(&["svg"]));
    let heads = ["lane,name,state,start_ns,end_ns,core", "time_ns,thread,kind,sentence", "metric,subject,value,unit"];
    for (what, head) in ["segments", "events", "numbers"].into_iter().zip(heads) {
        let table = run(&["csv", "--what", what]);
        assert!(table.starts_with(&format!("{head}\n")) && table.lines().count() > 8, "{table}");
    }
    assert_eq!(run(&["csv"]), run(&["csv", "--what", "segments"]));
    let program = run(&["python"]);
    for line in ["#!/usr/bin/env python3", "    \"T1\": 13,", "        python(7)", "        io(2)"] {
        assert!(program.lines().any(|l| l == line), "{line} is not in {program}");
    }
}

#[test]
fn every_other_form_of_an_endless_scenario_is_cut() {
    for form in ["chrome", "csv", "python", "svg"] {
        let text = printed(&["run", "-", "--format", form, "--until", "30ms"], ENDLESS);
        assert!(text.len() > 100, "{form}: {text}");
    }
    let segments = printed(&["run", "-", "--format", "csv", "--until", "25ms"], ENDLESS);
    assert!(segments.ends_with("thread T1,T1,waiting_io,21000000,25000000,\n"), "{segments}");
}

#[test]
fn a_link_made_here_opens_here() {
    let link = printed(&["link", "-"], TWO);
    assert!(link.starts_with("#s=gs1."), "{link}");
    let bare = link.trim_end().trim_start_matches("#s=");
    for form in [link.trim_end(), bare, &format!("https://example.org/gilscope/#s={bare}")] {
        assert_eq!(printed(&["check", form], ""), "OK: 2 cores, 1 process, 2 threads\n");
        assert_eq!(printed(&["run", form], ""), printed(&["run", "-"], TWO));
    }
}

#[test]
fn presets_are_listed_and_run() {
    let list = printed(&["presets"], "");
    assert!(list.starts_with("P1a\tOne core: everything takes turns\n"), "{list}");
    for line in list.lines() {
        let (name, title) = line.split_once('\t').expect("a tab");
        let summary = printed(&["run", &format!("preset:{name}"), "--format", "summary"], "");
        assert!(summary.starts_with(&format!("{title}\n")), "{summary}");
    }
}

#[test]
fn a_file_is_read() {
    let path = std::env::temp_dir().join(format!("gilscope-cli-{}.json", std::process::id()));
    std::fs::write(&path, TWO).expect("a file in the folder for temporary files");
    let checked = gilscope(&["check", &path.to_string_lossy()], "");
    std::fs::remove_file(&path).expect("it is still there");
    assert_eq!(checked.status.code(), Some(0));
    let missing = refused(&["check", &path.to_string_lossy()], "", 1);
    assert!(missing.contains("cannot read") && missing.contains("gilscope-cli-"), "{missing}");
}

#[test]
fn a_refused_scenario_names_the_thing_and_the_place() {
    let zero = TWO.replace("{\"python\": 8000000}", "{\"forever\": [{\"python\": 0}]}");
    for command in ["run", "check", "link"] {
        let reason = refused(&[command, "-"], &zero, 1);
        assert_eq!(
            reason,
            "gilscope: standard input: process “web app”, thread “T1”, op 1: an endless loop of zero length; put an op that \
             takes time inside\n"
        );
        refused(&[command, "-"], "not JSON", 1);
        refused(&[command, "gs1.AAAAAA.AAAA"], "", 1);
        let reason = refused(&[command, "preset:nonesuch"], "", 1);
        assert!(reason.contains("no preset “nonesuch”"), "{reason}");
    }
}

#[test]
fn wrong_usage_is_told_from_a_refused_scenario() {
    for args in [
        &[][..],
        &["fly"],
        &["run"],
        &["run", "-", "--format", "film"],
        &["run", "-", "--format", "csv", "--what", "all"],
        &["run", "-", "--until", "2h"],
        &["presets", "P1a"],
    ] {
        assert!(!refused(args, "", 2).is_empty(), "{args:?}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gilscope"))
        .args(["run", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the built command line starts");
    drop(child.stdout.take());
    child.stdin.take().expect("a pipe").write_all(ENDLESS.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
