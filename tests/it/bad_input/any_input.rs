//! No input panics, and what is accepted runs.

use gilscope::engine::Run;
use gilscope::scenario::Scenario;
use gilscope::scenario::json::{from_str, to_string};
use gilscope::time::{Dur, Time};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::random;

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
