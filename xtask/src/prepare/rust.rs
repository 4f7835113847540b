//! The compiler, its wasm32 target and its components.

use super::version::{first_version, major_minor};
use super::{Found, announce};
use crate::process::{on_path, run, stdout_of};
use anyhow::{Context, Result, bail};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest compiler that builds everything, as in `Cargo.toml`.
const OLDEST_RUST: (u32, u32) = (1, 88);
const TARGET: &str = "wasm32-unknown-unknown";

fn rustc() -> Command {
    Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

pub(super) fn compiler() -> Result<Found<()>> {
    let (major, minor) = OLDEST_RUST;
    let advice = "run `rustup update stable`, or install Rust from https://rustup.rs";
    let text = stdout_of(rustc().arg("--version")).with_context(|| format!("rustc does not run: {advice}"))?;
    let version = first_version(&text).with_context(|| format!("rustc has no version in '{text}': {advice}"))?;
    if major_minor(version) < Some(OLDEST_RUST) {
        bail!("Rust {version} is too old, at least {major}.{minor} is needed: {advice}");
    }
    Ok(Found { what: (), how: format!("{version}, found") })
}

pub(super) fn wasm_target() -> Result<Found<()>> {
    if has_target()? {
        return Ok(Found { what: (), how: "found".into() });
    }
    if on_path("rustup").is_none() {
        bail!(
            "the compiler has no {TARGET} target, and there is no rustup to add it: install the target with the \
             package manager that installed Rust (Debian: libstd-rust-dev-wasm32), or Rust from https://rustup.rs"
        );
    }
    announce("wasm32 target", "installing by rustup (seconds)");
    run(Command::new("rustup").args(["target", "add", TARGET]))
        .with_context(|| format!("run `rustup target add {TARGET}` by hand"))?;
    if !has_target()? {
        bail!("rustup added {TARGET} to another toolchain than the one in use: see `rustup show`");
    }
    Ok(Found { what: (), how: "installed".into() })
}

/// Whether the compiler in use has the standard library of the target.
fn has_target() -> Result<bool> {
    let sysroot = stdout_of(rustc().args(["--print", "sysroot"])).context("`rustc --print sysroot` fails")?;
    let libraries = Path::new(&sysroot).join("lib/rustlib").join(TARGET).join("lib");
    let is_core = |path: PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("libcore"));
    Ok(libraries.read_dir().is_ok_and(|entries| entries.flatten().any(|entry| is_core(entry.path()))))
}

/// A component that `check` calls; added by rustup if the call fails.
pub(super) fn component(name: &str, check: &mut Command) -> Result<Found<()>> {
    if stdout_of(check).is_some() {
        return Ok(Found { what: (), how: "found".into() });
    }
    if on_path("rustup").is_none() {
        bail!("{name} is missing: install it with the package manager that installed Rust");
    }
    announce(name, "installing by rustup (seconds)");
    run(Command::new("rustup").args(["component", "add", name]))
        .with_context(|| format!("run `rustup component add {name}` by hand"))?;
    Ok(Found { what: (), how: "installed".into() })
}
