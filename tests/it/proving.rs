//! Holding a law against random scenarios. One that breaks it is made as small as possible and printed as a link that opens
//! it, not as a page of data.

use std::cell::RefCell;
use std::fmt::Debug;

use expect_test::expect;
use gilscope::scenario::{Op, Scenario, link};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};

use crate::random::scenarios;

/// What the shown part of a difference may have, in characters.
const REASON: usize = 500;

/// How many scenarios a law is held against: 2,000, or what `GILSCOPE_LAWS` says, as `cargo xtask test --long` does.
pub(crate) fn cases() -> u32 {
    match std::env::var("GILSCOPE_LAWS") {
        Ok(number) => number.parse().expect("GILSCOPE_LAWS is a number of scenarios"),
        Err(_) => 2_000,
    }
}

/// How the runners are set: a broken law is kept by the link that it prints.
pub(crate) fn config(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}

/// Holds a law against random scenarios.
///
/// # Panics
///
/// A scenario breaks it.
#[track_caller]
pub(crate) fn hold(scenarios: impl Strategy<Value = Scenario>, law: impl Fn(&Scenario) -> Result<(), TestCaseError>) {
    hold_with(scenarios, Just(()), |scenario, ()| law(scenario));
}

/// The same for a law that is also about something else that is drawn.
///
/// # Panics
///
/// A scenario breaks it.
#[track_caller]
pub(crate) fn hold_with<T: Debug>(
    scenarios: impl Strategy<Value = Scenario>,
    with: impl Strategy<Value = T>,
    law: impl Fn(&Scenario, &T) -> Result<(), TestCaseError>,
) {
    if let Err(broken) = breaks(&mut TestRunner::new(config(cases())), scenarios, with, law) {
        panic!("{broken}");
    }
}

/// Runs a law; an error says which scenario breaks it, and why.
pub(crate) fn breaks<T: Debug>(
    runner: &mut TestRunner,
    scenarios: impl Strategy<Value = Scenario>,
    with: impl Strategy<Value = T>,
    law: impl Fn(&Scenario, &T) -> Result<(), TestCaseError>,
) -> Result<(), String> {
    runner.run(&(scenarios, with), |(scenario, with)| law(&scenario, &with)).map_err(|error| match error {
        TestError::Abort(why) => format!("too many scenarios are of no use: {why}"),
        TestError::Fail(why, (scenario, with)) => told(&why.to_string(), &scenario, &with),
    })
}

fn told(why: &str, scenario: &Scenario, with: &impl Debug) -> String {
    let (why, rest) = why.char_indices().nth(REASON).map_or((why, ""), |(end, _)| (&why[..end], " …"));
    let with = format!("{with:?}");
    let with = if with == "()" { String::new() } else { format!("with: {with}\n") };
    let link = link::encode(scenario);
    format!("a law does not hold: {why}{rest}\n{with}open it: #s={link}\nrun it: cargo run -- run '#s={link}'")
}

/// Two runs' records, of which the first that differ are shown.
pub(crate) fn same_records(
    one: &[gilscope::engine::Record],
    other: &[gilscope::engine::Record],
) -> Result<(), TestCaseError> {
    let differs = (0..one.len().max(other.len())).find(|&i| one.get(i) != other.get(i));
    match differs {
        None => Ok(()),
        Some(i) => Err(TestCaseError::fail(format!("record {i}: {:?}, and {:?}", one.get(i), other.get(i)))),
    }
}

fn has_io(steps: &[gilscope::scenario::Step]) -> bool {
    steps.iter().any(|step| match &step.op {
        Op::Io(_) => true,
        Op::Repeat { steps, .. } => has_io(steps),
        _ => false,
    })
}

#[test]
fn a_scenario_that_breaks_a_law_is_small_and_printed_as_a_link() {
    let fewest = RefCell::new(usize::MAX);
    let law = |scenario: &Scenario, us: &u64| {
        let io = scenario.threads().any(|(_, thread)| has_io(&thread.program));
        if io {
            let threads = scenario.threads().count();
            fewest.replace_with(|n| threads.min(*n));
        }
        prop_assert!(!io, "somebody does I/O at {us}{}", "!".repeat(1_000));
        Ok(())
    };
    let broken = breaks(&mut TestRunner::deterministic(), scenarios(), 0u64..9, law).expect_err("many have I/O");
    let (before, link) = broken.split_once("open it: #s=").expect("a link");
    expect![[r#"
        a law does not hold: somebody does I/O at 0 …
        with: 0
    "#]]
    .assert_eq(&before.replace("!!", ""));
    let (link, command) = link.split_once('\n').expect("a command");
    assert_eq!(command, format!("run it: cargo run -- run '#s={link}'"));
    assert!(broken.len() < 1_500, "{} characters: {broken}", broken.len());
    let opened = link::decode(link).expect("the link opens");
    assert_eq!(opened.threads().count(), *fewest.borrow());
    assert!(opened.threads().any(|(_, thread)| has_io(&thread.program)));
    assert!(breaks(&mut TestRunner::deterministic(), scenarios(), 0u64..9, |_, _| Ok(())).is_ok());
}
