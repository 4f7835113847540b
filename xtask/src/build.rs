//! `cargo xtask build`: leaves `dist/`.

use crate::prepare::{self, Tools};
use crate::process::{root, run, step};
use crate::size::Sizes;
use anyhow::Result;

pub(crate) fn main(mut args: lexopt::Parser) -> Result<()> {
    while let Some(arg) = args.next()? {
        match arg {
            // What it does anyway.
            lexopt::Arg::Long("release") => {}
            other => return Err(other.unexpected().into()),
        }
    }
    let tools = step("preparation", prepare::for_build)?;
    let sizes = step("release build", || release(&tools))?;
    println!("\n{}\n\ndist/ is ready: any static server can serve it, from any sub-path.", sizes.table());
    Ok(())
}

/// Builds `dist/` and weighs it.
pub(crate) fn release(tools: &Tools) -> Result<Sizes> {
    run(tools.trunk()?.args(["build", "--release"]))?;
    Sizes::of(&root().join("dist"))
}
