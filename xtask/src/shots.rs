//! `cargo xtask shots`: builds the page and photographs it.

use crate::build;
use crate::prepare;
use crate::process::{cargo, root, run, step};
use anyhow::Result;
use std::ffi::OsString;

/// `--no-build` takes `dist/` as it is; everything else goes to the program that takes the pictures.
pub(crate) fn main(mut args: lexopt::Parser) -> Result<()> {
    let (own, rest): (Vec<OsString>, Vec<OsString>) = args.raw_args()?.partition(|arg| arg == "--no-build");
    let only_help = rest.iter().any(|arg| arg == "--help" || arg == "-h");
    let mut camera = cargo();
    camera.args(["run", "--quiet", "-p", "browser", "--bin", "shots", "--"]).args(rest);
    camera.env("GILSCOPE_DIST", root().join("dist"));
    if only_help {
        return run(&mut camera);
    }
    if own.is_empty() {
        let tools = step("preparation", prepare::for_build)?;
        step("release build", || build::release(&tools))?;
    }
    step("preparation", prepare::for_photographs)?.give_to(&mut camera);
    run(&mut camera)
}
