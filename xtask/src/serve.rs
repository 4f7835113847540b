//! `cargo xtask serve`: builds, serves on this machine only, rebuilds and reloads on change.

use crate::page::ADDRESS_VAR;
use crate::prepare;
use crate::process::{root, step};
use anyhow::{Context, Result, bail};
use lexopt::prelude::*;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the page is made of: a change in it is a reason to build.
const PARTS: [&str; 5] = ["Cargo.lock", "Cargo.toml", "index.html", "src", "static"];

pub(crate) fn main(mut args: lexopt::Parser) -> Result<()> {
    let (mut port, mut release) = (8080u16, false);
    while let Some(arg) = args.next()? {
        match arg {
            Long("port") => port = args.value()?.parse()?,
            Long("release") => release = true,
            other => return Err(other.unexpected().into()),
        }
    }
    check_port(port)?;
    let tools = step("preparation", prepare::for_build)?;
    let address = format!("http://127.0.0.1:{port}/");
    println!("\n==> build; then the page is at {address}\n");
    let mut trunk = tools.trunk()?;
    trunk.env(ADDRESS_VAR, &address).arg("serve").args(["--port", &port.to_string()]);
    // Not dist/: what stands there is always a release build without the reload script.
    trunk.arg("--dist").arg(root().join("target").join("serve"));
    for path in beside_the_page(root())? {
        trunk.arg("--ignore").arg(path);
    }
    if release {
        trunk.arg("--release");
    }
    become_process(trunk)
}

/// What lies in the clone and is no part of the page. The clone is watched as a whole and this is left out, since a
/// file that is watched by its own name is lost as soon as an editor puts a new one in its place.
fn beside_the_page(root: &Path) -> Result<Vec<PathBuf>> {
    let entries = root.read_dir()?.collect::<Result<Vec<_>, _>>()?;
    let beside = entries.iter().filter(|entry| !PARTS.iter().any(|part| entry.file_name() == *part));
    Ok(beside.map(|entry| entry.path()).collect())
}

fn check_port(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            bail!(
                "port {port} is taken by another program: stop it, or choose another one: `cargo xtask serve --port N`"
            )
        }
        Err(error) => Err(error).with_context(|| format!("cannot serve at port {port}; try `--port N`")),
    }
}

/// Puts the server in the place of this process, so that whoever stops the one stops the other.
#[cfg(unix)]
fn become_process(mut command: Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).context("cannot start trunk")
}

#[cfg(not(unix))]
fn become_process(mut command: Command) -> Result<()> {
    crate::process::run(&mut command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_parts_of_the_page_are_watched() {
        let ignored = beside_the_page(root()).unwrap();
        assert!(ignored.contains(&root().join("xtask")), "{ignored:?}");
        assert!(!ignored.contains(&root().join("index.html")), "{ignored:?}");
        assert!(PARTS.iter().all(|part| root().join(part).exists()), "a part is gone");
    }

    #[test]
    fn a_taken_port_is_an_error_that_names_the_flag() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let error = check_port(taken.local_addr().unwrap().port()).unwrap_err();
        assert!(error.to_string().contains("--port"), "{error}");
    }
}
