//! `cargo xtask frames`: builds the page and measures how long panning and zooming keep its main thread busy.

use crate::build;
use crate::prepare;
use crate::process::{cargo, root, run, stdout_of, step};
use anyhow::{Context, Result};
use std::ffi::OsString;

/// A million segments on 64 lanes.
const SCENARIO: &str = "benches/frames/million.json";

/// `--no-build` takes `dist/` as it is; everything else goes to the program that measures.
pub(crate) fn main(mut args: lexopt::Parser) -> Result<()> {
    let (own, rest): (Vec<OsString>, Vec<OsString>) = args.raw_args()?.partition(|arg| arg == "--no-build");
    let mut measure = cargo();
    measure.args(["run", "--quiet", "-p", "browser", "--bin", "frames", "--"]).args(rest);
    measure.env("GILSCOPE_DIST", root().join("dist"));
    let link = stdout_of(cargo().args(["run", "--quiet", "--", "link", SCENARIO]).current_dir(root()));
    measure.env("GILSCOPE_LINK", link.with_context(|| format!("{SCENARIO} makes no link"))?);
    if own.is_empty() {
        let tools = step("preparation", prepare::for_build)?;
        step("release build", || build::release(&tools))?;
    }
    step("preparation", prepare::for_photographs)?.give_to(&mut measure);
    run(&mut measure)
}
