//! `cargo xtask test`: every check, the cheapest first. The first failure ends it.

use crate::build;
use crate::prepare::{self, Browsers};
use crate::process::{cargo, root, run, seconds, step};
use anyhow::Result;
use lexopt::prelude::*;
use std::process::Command;
use std::time::{Duration, Instant};

/// Random scenarios that each law is held against with `--long`.
const LONG: &str = "100000";

/// The tests of mouse, touch and keyboard, and of what is kept and loaded, which browsers do in ways of their own. Its driver
/// cannot make a finger scroll the page.
const IN_FIREFOX_TOO: [&str; 16] = [
    "--test",
    "page",
    "--",
    "autosave::",
    "dragging::",
    "editing::",
    "keyboard::",
    "keys::",
    "library::",
    "links::",
    "moving::",
    "phone::",
    "playing::",
    "scheduling::",
    "--skip",
    "a_finger_that_moves_at_once_scrolls",
];

pub(crate) fn main(mut args: lexopt::Parser) -> Result<()> {
    let mut with_browser = true;
    let mut long = false;
    while let Some(arg) = args.next()? {
        match arg {
            Long("no-browser") => with_browser = false,
            Long("long") => long = true,
            other => return Err(other.unexpected().into()),
        }
    }
    let mut steps = Steps::default();
    let result = all(&mut steps, with_browser, long);
    println!("\n{}", steps.summary());
    result?;
    if !with_browser {
        println!("The browser tests were left out.");
    }
    println!("All checks passed.");
    Ok(())
}

fn all(steps: &mut Steps, with_browser: bool, long: bool) -> Result<()> {
    let (tools, browsers) = steps.run("preparation", || {
        let tools = prepare::for_build()?;
        prepare::for_lints()?;
        let browsers = if with_browser { Some(prepare::for_browser_tests()?) } else { None };
        Ok((tools, browsers))
    })?;
    steps.cargo("format", "fmt --all --check")?;
    steps.cargo("lints, host", "clippy --workspace --all-targets -- -D warnings")?;
    steps.cargo(
        "lints, wasm32",
        "clippy -p gilscope -p gilscope-model -p gilscope-engine --lib --bins --target wasm32-unknown-unknown -- -D warnings",
    )?;
    steps.run("host tests", || run(&mut host_tests(long)))?;
    let sizes = steps.run("release build", || build::release(&tools))?;
    steps.run("size budget", || {
        println!("{}", sizes.table());
        sizes.check()
    })?;
    if let Some(browsers) = browsers {
        steps.run("Chromium", || {
            let mut command = browser_tests(&browsers, &[]);
            browsers.chromium.give_to(&mut command);
            run(&mut command)
        })?;
        steps.run("Firefox", || {
            let mut command = browser_tests(&browsers, &IN_FIREFOX_TOO);
            browsers.firefox.give_to(&mut command);
            run(&mut command)
        })?;
    }
    Ok(())
}

fn browser_tests(browsers: &Browsers, args: &[&str]) -> Command {
    let mut command = cargo();
    command.args(["test", "-p", "browser"]).args(args);
    command.env("GILSCOPE_DIST", root().join("dist")).env("GILSCOPE_AXE", &browsers.axe);
    command
}

/// The laws of `tests/it` take their number of scenarios from the environment.
fn host_tests(long: bool) -> Command {
    let mut command = cargo();
    command.args(["test", "--workspace", "--exclude", "browser"]);
    if long {
        command.env("GILSCOPE_LAWS", LONG);
    }
    command
}

/// The steps so far: name, whether it passed, and how long it took.
#[derive(Default)]
struct Steps(Vec<(&'static str, bool, Duration)>);

impl Steps {
    fn run<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let start = Instant::now();
        let result = step(name, work);
        self.0.push((name, result.is_ok(), start.elapsed()));
        result
    }

    fn cargo(&mut self, name: &'static str, args: &str) -> Result<()> {
        self.run(name, || run(cargo().args(args.split(' '))))
    }

    fn summary(&self) -> String {
        let line = |&(name, ok, took): &(&str, bool, Duration)| {
            let verdict = if ok { "ok" } else { "FAILED" };
            format!("    {name:<16} {verdict:<7} {:>14}\n", seconds(took))
        };
        let total: Duration = self.0.iter().map(|step| step.2).sum();
        let lines: String = self.0.iter().map(line).collect();
        format!("==> summary\n{lines}    {:<16} {:<7} {:>14}", "total", "", seconds(total))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;

    #[test]
    fn only_the_long_profile_asks_for_more_scenarios() {
        let asked =
            |long| host_tests(long).get_envs().any(|(key, n)| key == "GILSCOPE_LAWS" && n == Some(LONG.as_ref()));
        assert!(asked(true));
        assert!(!asked(false));
    }

    #[test]
    fn the_summary_names_the_step_that_failed() {
        let mut steps = Steps::default();
        steps.run("one", || Ok(())).unwrap();
        steps.run("two", || -> Result<()> { bail!("no") }).unwrap_err();
        let summary = steps.summary();
        let lines: Vec<Vec<&str>> = summary.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[1][..2], ["one", "ok"]);
        assert_eq!(lines[2][..2], ["two", "FAILED"]);
        assert_eq!(lines[3][0], "total");
    }
}
