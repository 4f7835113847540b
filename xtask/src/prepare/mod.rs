//! Finds the tools, or installs them. One line of progress for each; each failure says what to do.

mod browser;
mod cache;
mod rust;
mod tools;
mod version;

pub(crate) use browser::Browser;

use crate::process::{cargo, path_with, seconds};
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// The tools that a build of the page needs, found or installed.
pub(crate) struct Tools {
    trunk: PathBuf,
    bindgen: PathBuf,
    wasm_opt: PathBuf,
}

impl Tools {
    /// Trunk, told to stay in the clone and off the network.
    pub(crate) fn trunk(&self) -> Result<Command> {
        let mut command = Command::new(&self.trunk);
        command.current_dir(crate::process::root());
        // It must find the others there, so that it downloads nothing.
        let dirs = [&self.bindgen, &self.wasm_opt].into_iter().filter_map(|tool| tool.parent().map(PathBuf::from));
        command.env("PATH", path_with(&dirs.collect::<Vec<_>>())?);
        // Trunk refuses the values that people commonly put here ("1").
        command.env_remove("NO_COLOR");
        Ok(command)
    }

    /// What writes the JavaScript around WebAssembly.
    pub(crate) fn bindgen(&self) -> Command {
        Command::new(&self.bindgen)
    }

    /// What optimises WebAssembly.
    pub(crate) fn wasm_opt(&self) -> Command {
        Command::new(&self.wasm_opt)
    }
}

/// Prepares what a build of the page needs.
pub(crate) fn for_build() -> Result<Tools> {
    report("rust", rust::compiler)?;
    report("wasm32 target", rust::wasm_target)?;
    let trunk = report("trunk", tools::trunk)?;
    let bindgen = report("wasm-bindgen", tools::wasm_bindgen)?;
    let wasm_opt = report("wasm-opt", tools::wasm_opt)?;
    Ok(Tools { trunk, bindgen, wasm_opt })
}

/// Prepares what the format check and the lints need.
pub(crate) fn for_lints() -> Result<()> {
    report("rustfmt", || rust::component("rustfmt", cargo().args(["fmt", "--version"])))?;
    report("clippy", || rust::component("clippy", cargo().args(["clippy", "--version"])))
}

/// What the browser tests need.
pub(crate) struct Browsers {
    pub(crate) chromium: Browser,
    pub(crate) firefox: Firefox,
    /// The script that checks pages for accessibility.
    pub(crate) axe: PathBuf,
}

/// Firefox and its driver.
pub(crate) struct Firefox {
    program: PathBuf,
    driver: PathBuf,
}

impl Firefox {
    /// Tells the browser tests to use it.
    pub(crate) fn give_to(&self, command: &mut Command) {
        command.env("GILSCOPE_BROWSER", "firefox").env("FIREFOX", &self.program).env("GECKODRIVER", &self.driver);
    }
}

/// Prepares a browser and its driver, for photographs.
pub(crate) fn for_photographs() -> Result<Browser> {
    report("browser", browser::find_or_install)
}

/// Prepares all that the browser tests need.
pub(crate) fn for_browser_tests() -> Result<Browsers> {
    let chromium = for_photographs()?;
    let program = report("firefox", browser::find_or_install_firefox)?;
    let driver = report("geckodriver", tools::geckodriver)?;
    Ok(Browsers { chromium, firefox: Firefox { program, driver }, axe: report("axe-core", tools::axe)? })
}

/// What was found, and the words that say so.
struct Found<T> {
    what: T,
    how: String,
}

fn report<T>(name: &str, work: impl FnOnce() -> Result<Found<T>>) -> Result<T> {
    let start = Instant::now();
    let Found { what, how } = work()?;
    let took = start.elapsed();
    let took = if took.as_secs() < 1 { String::new() } else { format!(" ({})", seconds(took)) };
    println!("    {name:<14} {how}{took}");
    Ok(what)
}

/// Announces something that takes long, before it starts.
fn announce(name: &str, text: &str) {
    println!("    {name:<14} {text}");
}
