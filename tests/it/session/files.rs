//! A file that somebody opens or drops: a scenario, or a sentence that says why it is none.

use expect_test::expect;
use gilscope::scenario::{json, presets};
use gilscope::session::files::{LARGEST, check_size, read};

#[test]
fn the_file_of_a_scenario_is_that_scenario() {
    let scenario = presets::first().scenario();
    for text in [json::to_string(&scenario), format!("\u{feff}{}\r\n", json::to_string_pretty(&scenario))] {
        assert_eq!(read(&text), Ok(scenario.clone()));
    }
}

#[test]
fn a_file_that_is_no_scenario_says_why() {
    let says = |text: &str| read(text).expect_err("no scenario") + "\n";
    let all: String = [
        "",
        "Dear diary",
        "%PDF-1.7 \u{fffd}\u{fffd}\0",
        "[1, 2]",
        "{\"v\": 1, \"title\": ",
        "{\"v\": 2, \"title\": \"of the future\"}",
        "{\"name\": \"left-pad\", \"version\": \"1.3.0\"}",
        "{\"v\": 1, \"title\": 7}",
        "{\"v\": 1, \"title\": \"x\", \"computer\": {\"cores\": 65}}",
    ]
    .into_iter()
    .map(says)
    .collect();
    expect![[r#"
        this is not a gilscope file: its text does not begin with {
        this is not a gilscope file: its text does not begin with {
        this is not a gilscope file: its text does not begin with {
        this is not a gilscope file: its text does not begin with {
        it is damaged: line 1, column 17: EOF while parsing a value
        it was made by a newer version of gilscope: its schema is 2, this version reads up to 1
        this is not a gilscope file: missing field `v`
        scenario, title: invalid type: integer `7`, expected a string
        computer: 65 cores; from 1 to 64
    "#]]
    .assert_eq(&all);
}

#[test]
fn a_file_that_is_too_large_is_not_even_read() {
    assert_eq!(check_size(LARGEST), Ok(()));
    expect!["it is larger than any scenario (4 MiB)"].assert_eq(&check_size(LARGEST + 1).expect_err("too large"));
    expect!["it is empty"].assert_eq(&check_size(0).expect_err("empty"));
}
