//! What a case is, in a line.

use serde_json::Value;

use crate::verdict::short;

/// Its command, its program or its policy.
pub(crate) fn told(case: &Value) -> String {
    if let Some(command) = case.get("command").and_then(Value::as_str) {
        return command.to_owned();
    }
    let mut parts = Vec::new();
    for (key, unit) in [("cores", "cores"), ("switch_interval_ms", "ms interval"), ("check_interval_ticks", "ticks")] {
        if let Some(n) = case.get(key).and_then(Value::as_f64) {
            parts.push(format!("{} {}", short(n), if n == 1.0 { unit.trim_end_matches('s') } else { unit }));
        }
    }
    let processes = case.get("processes").and_then(Value::as_array);
    let processes: Vec<&Value> = processes.map_or_else(|| vec![case], |list| list.iter().collect());
    parts.extend(processes.into_iter().map(threads).filter(|p| !p.is_empty()));
    if parts.is_empty() {
        let quantum = case.pointer("/params/quantum").and_then(Value::as_f64);
        parts.extend(case.get("policy").and_then(Value::as_str).map(str::to_owned));
        parts.extend(quantum.map(|q| format!("quantum {}", short(q))));
    }
    parts.join("; ")
}

/// The threads of a process; those with the same program together.
fn threads(process: &Value) -> String {
    let mut programs: Vec<(String, Vec<String>)> = Vec::new();
    for thread in process.get("threads").and_then(Value::as_array).into_iter().flatten() {
        let name = thread.get("name").and_then(Value::as_str).unwrap_or("thread");
        let name = match thread.get("count").and_then(Value::as_u64) {
            Some(count) if count > 1 => format!("{count} × {name}"),
            _ => name.to_owned(),
        };
        let program = match thread.get("loop") {
            Some(steps) => format!("always ({})", listed(steps)),
            None => thread.get("program").map(listed).unwrap_or_default(),
        };
        match programs.iter_mut().find(|(p, _)| *p == program) {
            Some((_, names)) => names.push(name),
            None => programs.push((program, vec![name])),
        }
    }
    let one = |(program, names): &(String, Vec<String>)| format!("{}: {program}", names.join(", "));
    programs.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn listed(steps: &Value) -> String {
    let steps = steps.as_array().map(Vec::as_slice).unwrap_or_default();
    steps.iter().map(step).collect::<Vec<_>>().join(", ")
}

/// `["python_ms", 5]` is “python 5 ms”.
fn step(step: &Value) -> String {
    let part = |i: usize| step.get(i).unwrap_or(&Value::Null);
    let name = part(0).as_str().unwrap_or("?");
    if name == "repeat" {
        return format!("{} × ({})", part(1), listed(part(2)));
    }
    match (name.rsplit_once('_'), part(1)) {
        (Some((work, unit @ ("ms" | "us"))), Value::Number(n)) => {
            format!("{work} {n} {}", if unit == "us" { "µs" } else { unit })
        }
        (_, Value::Null) => name.to_owned(),
        (_, about) => format!("{name} {}", about.as_str().map_or_else(|| about.to_string(), str::to_owned)),
    }
}
