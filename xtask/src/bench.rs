//! `cargo xtask bench`: the host benchmarks, then the size of the download.

use crate::build;
use crate::prepare;
use crate::process::{cargo, run, step};
use anyhow::Result;

/// Whatever stands on the command line goes to `cargo bench`.
pub(crate) fn main(mut args: lexopt::Parser) -> Result<()> {
    let tools = step("preparation", prepare::for_build)?;
    step("host benchmarks", || run(cargo().args(["bench", "-p", "gilscope"]).args(args.raw_args()?)))?;
    let sizes = step("release build", || build::release(&tools))?;
    println!("\n{}", sizes.table());
    Ok(())
}
