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
    /// Directories that Trunk must find on `PATH`, so that it downloads nothing.
    dirs: Vec<PathBuf>,
}

impl Tools {
    /// Trunk, told to stay in the clone and off the network.
    pub(crate) fn trunk(&self) -> Result<Command> {
        let mut command = Command::new(&self.trunk);
        command.current_dir(crate::process::root());
        command.env("PATH", path_with(&self.dirs)?);
        // Trunk refuses the values that people commonly put here ("1").
        command.env_remove("NO_COLOR");
        Ok(command)
    }
}

/// Prepares what a build of the page needs.
pub(crate) fn for_build() -> Result<Tools> {
    report("rust", rust::compiler)?;
    report("wasm32 target", rust::wasm_target)?;
    let trunk = report("trunk", tools::trunk)?;
    let bindgen = report("wasm-bindgen", tools::wasm_bindgen)?;
    let wasm_opt = report("wasm-opt", tools::wasm_opt)?;
    let dirs = [bindgen, wasm_opt].iter().filter_map(|tool| tool.parent().map(PathBuf::from)).collect();
    Ok(Tools { trunk, dirs })
}

/// Prepares what the format check and the lints need.
pub(crate) fn for_lints() -> Result<()> {
    report("rustfmt", || rust::component("rustfmt", cargo().args(["fmt", "--version"])))?;
    report("clippy", || rust::component("clippy", cargo().args(["clippy", "--version"])))
}

/// Prepares a browser and its driver, and the script that checks pages for accessibility.
pub(crate) fn for_browser_tests() -> Result<(Browser, PathBuf)> {
    Ok((report("browser", browser::find_or_install)?, report("axe-core", tools::axe)?))
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
