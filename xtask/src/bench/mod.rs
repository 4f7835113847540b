//! `cargo xtask bench`: speed of the engine, natively and in WebAssembly, each beside its floor; then the size of the download.

mod python;
mod table;

use crate::build;
use crate::prepare::{self, Tools};
use crate::process::{cargo, on_path, root, run, stdout_of, step};
use anyhow::{Context, Result, ensure};
use lexopt::prelude::*;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use table::{Rows, Turn};

/// As many medians as are asked for at least.
const TURNS: usize = 9;
const TARGET: &str = "wasm32-unknown-unknown";
/// As `index.html` asks for.
const WASM_OPT: [&str; 2] = ["-Oz", "--low-memory-unused"];

pub(crate) fn main(mut args: lexopt::Parser) -> Result<()> {
    let (mut turns, mut page, mut real) = (TURNS, true, false);
    while let Some(arg) = args.next()? {
        match arg {
            Long("turns") => turns = args.value()?.parse()?,
            Long("no-page") => page = false,
            Long("python") => real = true,
            other => return Err(other.unexpected().into()),
        }
    }
    if real {
        return python::main(turns);
    }
    let tools = step("preparation", prepare::for_build)?;
    let programs = step("build of the measurements", || {
        // The two builds for WebAssembly have one name, so each is moved before the next.
        Ok([native()?, node(&tools, "bench", "fast")?, node(&tools, "release", "small")?])
    })?;
    let rows = step(&format!("{turns} turns of each program"), || measure(programs, turns))?;
    println!("\n{}", rows.table());
    if page {
        let sizes = step("release build", || build::release(&tools))?;
        println!("\n{}", sizes.table());
    }
    Ok(())
}

/// The measurements as a program of the host, at `opt-level = 3`.
fn native() -> Result<Command> {
    run(cargo().args(["build", "-p", "benches", "--profile", "bench"]))?;
    Ok(Command::new(target().join("release").join(format!("measure{}", std::env::consts::EXE_SUFFIX))))
}

/// The measurements as WebAssembly under Node, built by a profile of `Cargo.toml`.
fn node(tools: &Tools, profile: &str, name: &str) -> Result<Command> {
    run(cargo().args(["build", "-p", "benches", "--target", TARGET, "--profile", profile]))?;
    let out = target().join("measure").join(name);
    fs::create_dir_all(&out).with_context(|| format!("cannot create {}", out.display()))?;
    let built = target().join(TARGET).join("release").join("measure.wasm");
    run(tools.bindgen().args(["--target", "nodejs", "--out-dir"]).arg(&out).arg(built))?;
    let wasm = out.join("measure_bg.wasm");
    run(tools.wasm_opt().args(WASM_OPT).arg(&wasm).arg("-o").arg(&wasm))?;
    let mut node = Command::new(on_path("node").context("`node` is missing: install Node.js 18 or later")?);
    // The optimising compiler from the beginning: when it takes over from the quick one is no matter of the engine.
    node.arg("--no-liftoff").arg(out.join("measure.js"));
    Ok(node)
}

fn target() -> PathBuf {
    root().join("target")
}

/// Lets the programs take turns: the machine's speed wanders, and what is compared is measured at about the same time.
fn measure(mut programs: [Command; 3], turns: usize) -> Result<Rows> {
    let mut rows = Rows::default();
    for _ in 0..turns {
        let mut turn: [Turn; 3] = Default::default();
        for (program, out) in programs.iter_mut().zip(&mut turn) {
            let text = stdout_of(program).context("a program of measurements failed")?;
            *out = table::read(&text)?;
        }
        ensure!(!turn[0].is_empty(), "nothing was measured");
        rows.add(turn);
    }
    Ok(rows)
}
