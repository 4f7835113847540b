//! `cargo xtask`: prepares the tools, then builds, serves, tests, measures or photographs the page.
//!
//! `prepare` finds or installs tools, `page` moves inline scripts to files, `size` weighs the download, `process`
//! starts programs and prints progress; each of the other modules is one subcommand.

mod bench;
mod build;
mod frames;
mod page;
mod prepare;
mod process;
mod serve;
mod shots;
mod size;
mod test;

use anyhow::{Result, bail};
use lexopt::prelude::*;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <command>

  serve [--port N] [--release]   prepare, build and serve the page at 127.0.0.1:8080; reload on change
  build                          prepare and build dist/, ready for any static server and any sub-path
  test  [--no-browser] [--long]  format, lints, host tests, release build with its size budget, browser tests;
                                 --long holds each law against 100,000 random scenarios instead of 2,000
  bench [--turns N] [--no-page]  speed of the engine, natively and in wasm, and the size of the download
  frames [--no-build] [ARGS]     build, then measure the frames of pan and zoom beside a floor (--help lists the flags)
  bench --python [--turns N]     how long the presets take as real Python programs, beside the predictions
  shots [--no-build] [ARGS]      build, then photograph the page into target/shots (--help lists the flags)
  finish-page                    (called by Trunk) move inline scripts of the built page into files

Tools that had to be built are kept in $GILSCOPE_CACHE, by default gilscope/tools in the user's cache directory.";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut args = lexopt::Parser::from_env();
    let Some(first) = args.next()? else {
        bail!("no command given\n\n{USAGE}");
    };
    match first {
        Short('h') | Long("help") => {
            println!("{USAGE}");
            Ok(())
        }
        Value(command) => match command.to_string_lossy().as_ref() {
            "serve" => serve::main(args),
            "build" => build::main(args),
            "test" => test::main(args),
            "bench" => bench::main(args),
            "frames" => frames::main(args),
            "shots" => shots::main(args),
            "finish-page" => page::main(args),
            other => bail!("unknown command '{other}'\n\n{USAGE}"),
        },
        other => Err(other.unexpected().into()),
    }
}
