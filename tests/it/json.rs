//! Scenarios as JSON: canonical, and nothing gets lost.

use gilscope::scenario::json::{from_str, to_string, to_string_pretty};
use gilscope::scenario::{Policy, Runtime, Scenario, presets};
use gilscope::time::Dur;
use proptest::prelude::*;
use serde_json::Value;

use crate::{random, sharing};

/// Has every key of schema 1, and keys that this version does not know in every object that keeps them.
const EVERYTHING: &str = include_str!("golden/links/v1.json");

#[test]
fn unknown_keys_survive_in_every_object() {
    let scenario = from_str(EVERYTHING).expect("a good scenario");
    let (before, after): (Value, Value) =
        (serde_json::from_str(EVERYTHING).expect("JSON"), serde_json::from_str(&to_string(&scenario)).expect("JSON"));
    assert_eq!(after, before);
    for key in ["later_text", "caches", "note", "why", "nice", "colour", "by", "later"] {
        assert!(to_string(&scenario).contains(&format!("\"{key}\":")), "{key}");
    }
}

#[test]
fn what_is_written_is_in_the_order_of_declaration_whatever_the_order_read() {
    let shuffled = r#"{"processes":[{"threads":[{"program":[{"line":2,"io":5}],"name":"T","id":1}],
        "runtime":"native","name":"P","id":4}],"computer":{"policy":"fcfs","cores":2},"title":"t","v":1}"#;
    let canonical = r#"{"v":1,"title":"t","computer":{"cores":2,"policy":"fcfs"},"processes":[{"id":4,"name":"P","runtime":"native","threads":[{"id":1,"name":"T","program":[{"io":5,"line":2}]}]}]}"#;
    assert_eq!(to_string(&from_str(shuffled).expect("a good scenario")), canonical);
}

#[test]
fn defaults_are_omitted() {
    assert_eq!(to_string(&Scenario::empty("")), r#"{"v":1}"#);
    let written_out = r#"{"v":1,"title":"","texts":{"in_short":""},"computer":{"cores":1,"policy":{"round_robin":
        {"quantum":4000000,"expired_first":false}},"costs":"textbook"},"processes":[{"id":0,"name":"P","start":"launch",
        "runtime":{"cpython":{"switch_interval":5000000}},"threads":[]}],"interventions":[],"seed":0,"source":""}"#;
    let scenario = from_str(written_out).expect("a good scenario");
    assert_eq!(to_string(&scenario), r#"{"v":1,"processes":[{"id":0,"name":"P"}]}"#);
    assert_eq!(scenario.computer.policy, Policy::round_robin(Dur::from_ms(4)));
    assert_eq!(scenario.processes[0].runtime, Runtime::cpython(Dur::from_ms(5)));
}

#[test]
fn what_threads_share_is_written_as_briefly_as_it_can_be() {
    let runtime = |key: &str| format!(r#"{{"free_threaded":{{"overhead":10{key}}}}}"#);
    let written = format!(
        r#"{{"v":1,"processes":[{{"id":0,"name":"P","runtime":{},"resources":[{{"id":1,"name":"s","kind":{{"semaphore":0}}}},{{"id":2,"name":"e","kind":"event"}},{{"id":3,"name":"b","kind":{{"barrier":3}}}},{{"id":4,"name":"q","kind":"queue"}},{{"id":5,"name":"r","kind":{{"queue":3}}}}],"threads":[{{"id":0,"name":"T","program":[{{"acquire":1}},{{"release":1}},{{"wait":2}},{{"set":2}},{{"clear":2}},{{"wait":3}},{{"io":5000000,"device":7,"line":2}}]}}]}}],"devices":[{{"id":7,"name":"disk","rpm":7200}}]}}"#,
        runtime(r#","lock_handover":true"#),
    );
    assert_eq!(to_string(&from_str(&written).expect("a good scenario")), written);
    let of = |handover: &str| written.replace(r#","lock_handover":true"#, handover);
    let not = of(r#","lock_handover":false"#);
    assert_eq!(to_string(&from_str(&not).expect("a good scenario")), of(""));
}

#[test]
fn custom_costs_of_zero_are_omitted() {
    let text = r#"{"v":1,"computer":{"costs":{"custom":{"switch":5}}}}"#;
    assert_eq!(to_string(&from_str(text).expect("a good scenario")), text);
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        scenario in prop_oneof![random::endless_scenarios().boxed(), sharing::endless_sharing_scenarios().boxed()],
    ) {
        prop_assert_eq!(from_str(&to_string_pretty(&scenario)), Ok(scenario.clone()));
        let text = to_string(&scenario);
        let again = from_str(&text);
        prop_assert_eq!(again.as_ref(), Ok(&scenario));
        prop_assert_eq!(again.map(|s| to_string(&s)), Ok(text));
    }
}

#[test]
fn presets_are_read_back_as_they_are() {
    for preset in presets::all() {
        let scenario = preset.scenario();
        assert_eq!(from_str(&to_string(&scenario)).as_ref(), Ok(&scenario), "{}", preset.name);
    }
}

#[test]
fn each_runtime_is_written_as_it_is_read() {
    let runtimes = [
        (
            r#"{"subinterpreters":{"switch_interval":2000000}}"#,
            Runtime::Subinterpreters { switch_interval: Dur::from_ms(2) },
        ),
        (r#"{"cpython2":{"check_interval":100}}"#, Runtime::Cpython2 { check_interval: 100 }),
        (r#"{"free_threaded":{"overhead":10}}"#, Runtime::free_threaded(10)),
        (r#""native""#, Runtime::Native),
    ];
    for (text, runtime) in runtimes {
        let json = format!(
            r#"{{"v":1,"processes":[{{"id":0,"name":"P","runtime":{text},"threads":[{{"id":0,"name":"T","interpreter":3}},{{"id":1,"name":"U"}}]}}]}}"#
        );
        let scenario = from_str(&json).expect("a scenario");
        assert_eq!(scenario.processes[0].runtime, runtime);
        assert_eq!(scenario.threads().map(|(_, t)| t.interpreter).collect::<Vec<_>>(), [3, 0]);
        assert_eq!(to_string(&scenario), json);
    }
}
