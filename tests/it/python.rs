//! The exported Python program, under the Python of this machine.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use gilscope::engine::Run;
use gilscope::interop::python::render;
use gilscope::metrics::Metrics;
use gilscope::scenario::presets::{self, Preset};
use gilscope::scenario::{Scenario, json};
use gilscope::time::Time;
use serde_json::Value;

/// How long a program is to compute and wait, in milliseconds.
const LENGTH: f64 = 400.0;

/// How often a program may run until its threads finish in the order that is predicted: other work keeps the cores busy.
const TRIES: usize = 12;

/// By which part of the whole length two predictions have to differ for the order to be clear.
const CLEAR: f64 = 0.3;

/// Presets, or variants of them by their labels, which between them have nearly every op.
const PROGRAMS: [(&str, Option<&str>); 14] = [
    ("P1b", None),
    ("G1", None),
    ("G2", None),
    ("G4", Some("Let them talk through a pipe")),
    ("W1", Some("Answer by itself at 10 ms")),
    ("W2", Some("Answer by itself at 9 ms")),
    ("W4", None),
    ("W4", Some("Try two processes")),
    ("S5", None),
    ("S6", None),
    ("S10", None),
    ("S12", None),
    ("Y1", None),
    ("Y3", Some("Compute in another process")),
];

fn preset(name: &str) -> &'static Preset {
    presets::all().iter().find(|p| p.name == name).expect("a preset")
}

fn variant(name: &str, label: Option<&str>) -> Scenario {
    let preset = preset(name);
    match label {
        None => preset.scenario(),
        Some(label) => preset.variant(preset.variants().iter().find(|v| v.label == label).expect("a variant")),
    }
}

fn whole(scenario: &Scenario) -> Run {
    let mut run = Run::new(scenario);
    run.extend_to(Time::from_ms(10_000));
    run
}

fn program(scenario: &Scenario) -> String {
    render(scenario, &whole(scenario), Time::from_ms(10_000))
}

/// The Python of this machine. Without one nothing can be checked, which is not to go unseen where it must be.
fn python() -> Option<&'static str> {
    let works = |name: &&str| Command::new(name).arg("--version").output().is_ok_and(|o| o.status.success());
    let found = ["python3", "python"].into_iter().find(works);
    assert!(found.is_some() || std::env::var_os("CI").is_none(), "there is no python3 to run the exported programs");
    if found.is_none() {
        println!("NOT CHECKED: there is no python3 to run the exported programs");
    }
    found
}

fn written(name: &str, text: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("python");
    fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(format!("{name}.py"));
    fs::write(&path, text).expect("a file");
    path
}

/// A thread as the program tells of it: its name, when it is predicted to finish and when it did, in ms.
type Row = (String, Option<f64>, Option<f64>);

/// Runs a program to its end.
fn ran(python: &str, name: &str, scenario: &Scenario, scale: f64) -> Vec<Row> {
    let path = written(name, &program(scenario));
    let output = Command::new(python).arg(&path).env("SCALE", scale.to_string()).output().expect("it starts");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && err.is_empty(), "{name}: {out}{err}");
    let table = out.split_once("all lengths times").expect("a table").1;
    let rows = table.lines().skip(2).map(|line| {
        let chars: Vec<char> = line.chars().collect();
        // The columns end where they do in the head.
        let ends = table.lines().nth(1).map_or(0, |head| head.chars().count());
        let column =
            |from: usize, to: usize| chars[from..to.min(chars.len())].iter().collect::<String>().trim().to_owned();
        let number = |text: String| text.parse().ok();
        (column(0, ends - 24), number(column(ends - 22, ends - 12)), number(column(ends - 10, ends)))
    });
    rows.collect()
}

/// The pairs of threads that finished in another order than is clearly predicted.
fn wrong(rows: &[Row]) -> Vec<String> {
    let whole = rows.iter().filter_map(|r| r.1).fold(0.0, f64::max);
    let mut wrong = Vec::new();
    for (one, predicted, here) in rows {
        for (other, later, there) in rows {
            let (Some(predicted), Some(later)) = (predicted, later) else { continue };
            let is_clear = later - predicted > CLEAR * whole;
            if is_clear && here.zip(*there).is_none_or(|(here, there)| here >= there) {
                wrong.push(format!("{one} not before {other}"));
            }
        }
    }
    wrong
}

/// Runs a program until its threads finish in the order that is predicted.
fn holds(python: &str, name: &str, scenario: &Scenario) {
    let run = whole(scenario);
    let end = Metrics::of(&run, run.end()).until.ns().max(1) as f64 / 1e6;
    let scale = LENGTH / end;
    let enough = std::thread::available_parallelism().is_ok_and(|n| n.get() >= scenario.computer.cores.into());
    let mut said = Vec::new();
    for _ in 0..TRIES {
        let rows = ran(python, name, scenario, scale);
        assert_eq!(rows.len(), scenario.threads().count(), "{name}: {rows:?}");
        for (thread, predicted, here) in &rows {
            assert!(predicted.is_none() || here.is_some(), "{name}: {thread} did not finish: {rows:?}");
        }
        let wrong = wrong(&rows);
        if wrong.is_empty() || !enough {
            return;
        }
        said.push(format!("{wrong:?} {rows:?}"));
    }
    panic!("{name}, {TRIES} times: {}", said.join("\n"));
}

/// One after another: side by side they would disturb each other.
#[test]
fn real_threads_finish_in_the_predicted_order() {
    let Some(python) = python() else { return };
    for (name, label) in PROGRAMS {
        holds(python, &format!("{name}-{}", label.map_or(0, str::len)), &variant(name, label));
    }
}

/// Two threads, of which the first computes in C for 40 ms while the second would like to run at 4 ms.
fn beside(op: &str) -> Scenario {
    let text = format!(
        r#"{{"v":1,"computer":{{"cores":2}},"processes":[{{"id":1,"name":"p","threads":[
            {{"id":1,"name":"C code","program":[{{"{op}":40000000}}]}},
            {{"id":2,"name":"Python","program":[{{"sleep":4000000}},{{"python":1000000}}]}}]}}]}}"#
    );
    json::from_str(&text).expect("a scenario")
}

#[test]
fn the_stand_in_for_extensions_keeps_the_gil_and_that_for_native_code_releases_it() {
    let Some(python) = python() else { return };
    for (op, first) in [("extension", "C code"), ("native", "Python")] {
        let scenario = beside(op);
        let run = whole(&scenario);
        let order = Metrics::of(&run, run.end()).threads.iter().map(|t| t.finished).collect::<Vec<_>>();
        assert_eq!(order[0] < order[1], first == "C code", "{op}: {order:?}");
        let right = (0..TRIES).any(|_| {
            let rows = ran(python, op, &scenario, 10.0);
            (rows[0].2 < rows[1].2) == (first == "C code")
        });
        assert!(right, "{op}");
    }
}

#[test]
fn every_preset_is_a_program_that_python_can_read() {
    let Some(python) = python() else { return };
    let mut files = Vec::new();
    for preset in presets::all() {
        for (i, scenario) in preset.variants().iter().map(|v| preset.variant(v)).chain([preset.scenario()]).enumerate()
        {
            files.push(written(&format!("read-{}-{i}", preset.name), &program(&scenario)));
        }
    }
    let check = "import ast, sys\nfor name in sys.argv[1:]: ast.parse(open(name, encoding='utf-8').read(), name)";
    let output = Command::new(python).args(["-c", check]).args(&files).output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Python takes a comment with “coding:” in the first two lines for the encoding of the file, in which other texts may end
/// their comments: in UTF-7 `+AAo-` is the end of a line.
#[test]
fn no_title_chooses_how_a_program_is_read() {
    let Some(python) = python() else { return };
    for title in ["Huffman coding: a tree", "coding: utf-7"] {
        let mut scenario = beside("native");
        scenario.title = title.to_owned();
        scenario.source = "x +AAo-raise SystemExit(7)".to_owned();
        scenario.processes[0].threads[0].program[0].line = Some(1);
        scenario.processes[0].name = "p+AAo-raise SystemExit(8)".to_owned();
        assert_eq!(scenario.check(), Ok(()));
        assert_eq!(ran(python, "coding", &scenario, 0.1).len(), 2, "{title}");
    }
}

/// Things that are called as something that the rest of the program uses.
#[test]
fn no_name_of_a_scenario_hides_one_of_the_program() {
    let Some(python) = python() else { return };
    let text = r#"{"v":1,"computer":{"cores":2},"pipes":[{"id":9,"name":"bytes"}],"processes":[
        {"id":1,"name":"type","threads":[{"id":1,"name":"print","program":[{"send":9,"bytes":3}]}]},
        {"id":2,"name":"super","threads":[{"id":2,"name":"list","program":[{"receive":9},{"python":1000000}]}]}]}"#;
    let scenario = json::from_str(text).expect("a scenario");
    let rows = ran(python, "names", &scenario, 1.0);
    assert!(rows.iter().all(|(_, predicted, here)| predicted.is_some() && here.is_some()), "{rows:?}");
}

/// A scenario that somebody else made is to be looked at and run without fear: its texts are names, comments and literals.
#[test]
fn no_text_of_a_scenario_becomes_code() {
    let mut scenario = variant("S10", None);
    let evil = "\"\"\"\\\nraise SystemExit(7)  # 'x'; lock)";
    scenario.title = evil.to_owned();
    scenario.source = format!("{evil}\r{evil}\u{b}").repeat(40);
    let shown = evil.replace('\n', " ");
    for process in &mut scenario.processes {
        process.name.clone_from(&shown);
        process.resources.iter_mut().for_each(|r| r.name = format!("class {shown}"));
        process.threads.iter_mut().for_each(|t| t.name = format!("run_ {shown}"));
    }
    assert_eq!(scenario.check(), Ok(()));
    let text = program(&scenario);
    assert!(text.lines().all(|line| !line.trim_start().starts_with("raise SystemExit")), "{text}");
    assert!(!text.contains('\r'), "Python takes that for the end of a line");
    let Some(python) = python() else { return };
    let rows = ran(python, "evil", &scenario, 1.0);
    assert_eq!(rows.len(), 4);
    let names: Vec<Value> = rows.into_iter().map(|r| r.0.into()).collect();
    assert!(names.iter().all(|n| n.as_str().is_some_and(|n| n.contains("SystemExit(7)"))), "{names:?}");
}
