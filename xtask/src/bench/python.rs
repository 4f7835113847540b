//! Real Python beside gilscope's predictions: how long the presets take as Python programs on this machine.

use crate::process::{cargo, on_path, root, run, stdout_of, step};
use anyhow::{Context, Result};
use std::fs;
use std::process::Command;

/// By how much all lengths are multiplied: what a busy machine and the costs of slow motion add weighs less.
const SCALE: &str = "10";

/// Runs each preset's program so many times and prints its makespan beside the predicted one.
pub(super) fn main(turns: usize) -> Result<()> {
    let python = on_path("python3").context("`python3` is missing")?;
    step("build of the command line", || run(cargo().args(["build", "--bin", "gilscope"])))?;
    let gilscope = root().join("target/debug").join(format!("gilscope{}", std::env::consts::EXE_SUFFIX));
    let folder = root().join("target").join("python");
    fs::create_dir_all(&folder)?;
    println!("\nAll lengths times {SCALE}, {turns} turns.\n");
    println!("| preset | predicted, ms | here, ms: median (least–most) | of the prediction |");
    println!("|---|---|---|---|");
    let presets = stdout_of(Command::new(&gilscope).arg("presets")).context("the presets are not listed")?;
    for preset in presets.lines().filter_map(|l| l.split('\t').next()) {
        let scenario = format!("preset:{preset}");
        let program = stdout_of(Command::new(&gilscope).args(["run", &scenario, "--format", "python"]));
        let program = program.with_context(|| format!("{preset} is not exported"))?;
        let file = folder.join(format!("{preset}.py"));
        fs::write(&file, program)?;
        let mut here = Vec::new();
        let mut predicted = None;
        for _ in 0..turns {
            let said = stdout_of(Command::new(&python).arg(&file).env("SCALE", SCALE));
            let said = said.with_context(|| format!("{} failed", file.display()))?;
            let (gilscope, python) = makespans(&said);
            predicted = gilscope;
            here.extend(python);
        }
        here.sort_by(f64::total_cmp);
        match (predicted, here.first(), here.last()) {
            (Some(predicted), Some(least), Some(most)) => {
                let median = here[here.len() / 2];
                let part = median / predicted;
                println!("| {preset} | {predicted:.0} | {median:.0} ({least:.0}–{most:.0}) | {part:.2} |");
            }
            _ => println!("| {preset} | does not end | | |"),
        }
    }
    Ok(())
}

/// When the last thread finished, as predicted and here, from the table that a program prints; `None` where one did not.
fn makespans(said: &str) -> (Option<f64>, Option<f64>) {
    let table: Vec<&str> = said.lines().skip_while(|line| !line.starts_with("thread ")).collect();
    let end = table.first().map_or(0, |head| head.chars().count());
    let column = |from_end: usize| {
        let cell = |row: &&str| row.chars().take(end - from_end).skip(end - from_end - 10).collect::<String>();
        let times: Option<Vec<f64>> = table.iter().skip(1).map(|row| cell(row).trim().parse().ok()).collect();
        times?.into_iter().reduce(f64::max)
    };
    (column(12), column(0))
}
