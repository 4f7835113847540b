//! `cargo xtask serve`: builds, serves on this machine only, rebuilds and reloads on change.

use crate::page::ADDRESS_VAR;
use crate::prepare;
use crate::process::{root, step};
use anyhow::{Context, Result, bail};
use lexopt::prelude::*;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

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
    if release {
        trunk.arg("--release");
    }
    become_process(trunk)
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
    fn a_taken_port_is_an_error_that_names_the_flag() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let error = check_port(taken.local_addr().unwrap().port()).unwrap_err();
        assert!(error.to_string().contains("--port"), "{error}");
    }
}
