//! Bad scenarios: every limit and every reference, each with an error that names the thing and the place; and no input
//! panics.

mod any_input;
mod extremes;
mod limits;
mod references;
mod shapes;

use gilscope::scenario::json::from_str;
use serde_json::{Value, json};

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
