//! Tables of a run.

use expect_test::expect;
use gilscope::engine::{Kind, Run};
use gilscope::interop::csv::{events, numbers, segments};
use gilscope::interop::export::{Form, file};
use gilscope::metrics::{Metrics, horizon};
use gilscope::scenario::{Scenario, json};
use gilscope::scene::Theme;
use gilscope::session::{Action, Session};
use gilscope::time::Time;
use proptest::prelude::*;

use crate::proving::hold;
use crate::random::endless_scenarios;

/// A thread whose name has every sign that a table has to take care of.
fn odd_name() -> Scenario {
    let text = r#"{"v":1,"processes":[{"id":1,"name":"a, b","threads":[
        {"id":1,"name":"say \"hi\", twice","program":[{"python":2000000},{"io":1000000}]}]}]}"#;
    json::from_str(text).expect("a scenario")
}

fn run_of(scenario: &Scenario, until: Time) -> Run {
    let mut run = Run::new(scenario);
    run.extend_to(until);
    run
}

/// Reads a table after RFC 4180.
fn read(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let (mut quoted, mut chars) = (false, text.chars().peekable());
    while let Some(c) = chars.next() {
        let row = rows.last_mut().expect("a row");
        let field = row.last_mut().expect("a field");
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.push(chars.next().unwrap_or_default()),
            '"' if quoted || field.is_empty() => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            c => field.push(c),
        }
    }
    assert!(!quoted && rows.pop() == Some(vec![String::new()]), "the last line ends");
    rows
}

#[test]
fn stretches_are_rows_and_names_are_quoted_where_they_must_be() {
    let run = run_of(&odd_name(), Time::from_ms(10));
    expect![[r#"
        lane,name,state,start_ns,end_ns,core
        core 0,"say ""hi"", twice",running_python,0,2000000,0
        "GIL of a, b","say ""hi"", twice",held,0,2000000,
        "thread say ""hi"", twice","say ""hi"", twice",running_python,0,2000000,0
        "thread say ""hi"", twice","say ""hi"", twice",waiting_io,2000000,3000000,
    "#]]
    .assert_eq(&segments(&run, Time::from_ms(10)));
}

#[test]
fn no_name_is_a_formula_of_a_spreadsheet() {
    for name in ["=1+1", "+1", "-1", "@sum"] {
        let text = format!(
            "{{\"v\":1,\"processes\":[{{\"id\":1,\"name\":\"p\",\"threads\":[{{\"id\":1,\"name\":{},\"program\":[{{\"python\":5}}]}}]}}]}}",
            serde_json::to_string(name).expect("a string")
        );
        let run = run_of(&json::from_str(&text).expect("a scenario"), Time::from_ms(1));
        let table = segments(&run, Time::from_ms(1));
        assert_eq!(read(&table)[1][1], format!("'{name}"), "{table}");
    }
}

#[test]
fn locks_and_devices_have_rows_too() {
    let text = r#"{"v":1,"computer":{"costs":"textbook"},"devices":[{"id":2,"name":"disk"}],"processes":[{"id":1,"name":"p","runtime":"native",
        "resources":[{"id":1,"name":"L","kind":"lock"}],"threads":[
        {"id":1,"name":"t","program":[{"acquire":1},{"native":1000000},{"release":1},{"io":2000000,"device":2}]}]}]}"#;
    let scenario: Scenario = json::from_str(text).expect("a scenario");
    let table = segments(&run_of(&scenario, Time::from_ms(10)), Time::from_ms(10));
    for row in ["lock L,t,held,0,1000000,", "device disk,t,serves,1000000,3000000,"] {
        assert!(table.lines().any(|line| line == row), "{row} is not in {table}");
    }
}

#[test]
fn events_are_told_in_sentences() {
    let run = run_of(&odd_name(), Time::from_ms(10));
    let table = events(&run, Time::from_ms(10));
    let rows = read(&table);
    assert_eq!(rows.len(), run.trace().len() + 1);
    assert!(rows.iter().all(|r| r.len() == 4), "{table}");
    assert_eq!(rows[rows.len() - 1][..3], ["3000000", "say \"hi\", twice", "finished"]);
}

#[test]
fn kinds_are_called_as_in_json() {
    for kind in Kind::ALL {
        let name = serde_json::to_value(kind).expect("a name");
        let snake = gilscope::interop::csv::snake_case(&format!("{kind:?}"));
        assert_eq!(name, snake);
    }
}

#[test]
fn rows_of_threads_add_up_to_their_lives() {
    hold(endless_scenarios(), |scenario| {
        let until = Time::from_us(40_321);
        let run = run_of(scenario, until);
        let figures = Metrics::of(&run, horizon(&run, until));
        let mut sum = 0;
        for row in read(&segments(&run, until)).iter().skip(1).filter(|row| row[0].starts_with("thread ")) {
            let number = |i: usize| row[i].parse::<u64>().expect("nanoseconds");
            sum += number(4) - number(3);
        }
        prop_assert_eq!(sum, figures.threads.iter().map(|t| t.totals.life().ns()).sum::<u64>());
        Ok(())
    });
}

#[test]
fn numbers_are_saved_of_more_records_than_other_tables_hold() {
    let long = json::from_str(include_str!("../../benches/frames/million.json")).expect("a scenario");
    let mut session = Session::new(long);
    while session.run().trace().len() <= 1 << 20 {
        session.update(Action::ToEnd);
    }
    let last = Time::from_ns(session.run().trace()[1 << 20].time().ns() - 1);
    let numbers = numbers(session.run(), last);
    assert!(file(&session, Form::Numbers, 1_000.0, Theme::Light).text == numbers, "of the first million");
}

#[test]
fn numbers_have_a_subject_and_a_unit() {
    let run = run_of(&odd_name(), Time::from_ms(10));
    let rows = read(&numbers(&run, Time::from_ms(10)));
    assert!(rows.iter().all(|r| r.len() == 4));
    let value = |metric: &str, subject: &str| {
        let row = rows.iter().find(|r| r[0] == metric && r[1] == subject).expect("a row");
        (row[2].as_str(), row[3].as_str())
    };
    assert_eq!(value("makespan", ""), ("3000000", "ns"));
    assert_eq!(value("finished", "say \"hi\", twice"), ("3000000", "ns"));
    assert_eq!(value("core_use", ""), ("0.666667", "of 1"));
    assert_eq!(value("context_switches", ""), ("0", ""));
}
