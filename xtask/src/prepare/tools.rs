//! Trunk, the wasm-bindgen CLI, `wasm-opt`, `geckodriver` and axe-core, each in exactly one version.
//!
//! A tool counts as there only if it runs and reports its version, so an interrupted install heals by itself.

use super::version::{first_version, locked};
use super::{Found, announce, cache};
use crate::process::{cargo, in_dir, on_path, root, run, stdout_of};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Later versions of Trunk need a newer compiler.
const TRUNK: &str = "0.21.14";
/// The first versions of binaryen fail on what today's compiler writes; this one is known to work.
const BINARYEN: &str = "132";

/// Drives Firefox for the browser tests.
const GECKODRIVER: &str = "0.36.0";

/// Checks pages for what keeps people with disabilities out; the browser tests run it in the page.
const AXE: &str = "4.14.1";

pub(super) fn trunk() -> Result<Found<PathBuf>> {
    cargo_tool("trunk", "trunk", TRUNK, &["--locked", "--no-default-features"], "about 10 minutes, once")
}

/// The CLI must be of the very version of the crate. Its own lock file cannot be resolved, so it goes without.
pub(super) fn wasm_bindgen() -> Result<Found<PathBuf>> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let version = locked(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", version, &[], "about 4 minutes, once")
}

pub(super) fn wasm_opt() -> Result<Found<PathBuf>> {
    let home = cache::dir()?.join(format!("binaryen-{BINARYEN}"));
    let bin = home.join("node_modules").join(".bin");
    if let Some(found) = find("wasm-opt", &bin, BINARYEN) {
        return Ok(found);
    }
    let npm = on_path("npm").context(
        "npm is missing, and wasm-opt comes from its package 'binaryen': install Node.js 18 or later with npm \
         (Debian: `apt-get install nodejs npm`)",
    )?;
    announce("wasm-opt", &format!("{BINARYEN}, installing by npm (seconds)"));
    from_npm(&npm, &home, "binaryen", &format!("{BINARYEN}.0.0"))?;
    checked("wasm-opt", &bin, BINARYEN).context("it runs on Node.js: is `node` 18 or later on PATH?")
}

/// The driver of Firefox.
pub(super) fn geckodriver() -> Result<Found<PathBuf>> {
    cargo_tool("geckodriver", "geckodriver", GECKODRIVER, &["--locked"], "about 3 minutes, once")
}

/// The script of axe-core.
pub(super) fn axe() -> Result<Found<PathBuf>> {
    let home = cache::dir()?.join(format!("axe-core-{AXE}"));
    let script = home.join("node_modules").join("axe-core").join("axe.min.js");
    if !script.exists() {
        let npm = on_path("npm").context("npm is missing, and axe-core comes from there: install Node.js with npm")?;
        announce("axe-core", &format!("{AXE}, installing by npm (seconds)"));
        from_npm(&npm, &home, "axe-core", AXE)?;
    }
    let how = format!("{AXE}, found in {}", home.display());
    Ok(Found { what: script, how })
}

/// Installs a package of npm into an empty directory.
fn from_npm(npm: &Path, home: &Path, package: &str, version: &str) -> Result<()> {
    start_afresh(home)?;
    run(Command::new(npm)
        .current_dir(home)
        .args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"])
        .arg(home)
        .arg(format!("{package}@{version}")))
    .with_context(|| format!("npm could not install {package}: check the network and the npm settings, then try again"))
}

/// A tool from `PATH` or the cache, else built by cargo into the cache.
fn cargo_tool(name: &str, package: &str, version: &str, flags: &[&str], how_long: &str) -> Result<Found<PathBuf>> {
    let cache = cache::dir()?;
    let home = cache.join(format!("{name}-{version}"));
    let bin = home.join("bin");
    if let Some(found) = find(name, &bin, version) {
        return Ok(found);
    }
    announce(name, &format!("{version}, building ({how_long}; an interrupted build goes on where it was)"));
    fs::create_dir_all(&home).with_context(|| format!("cannot create {}", home.display()))?;
    let target = cache.join("building").join(format!("{name}-{version}"));
    // Away from the clone, so that neither its settings nor its target directory take part. The resolver keeps to
    // packages that the compiler in use can build.
    run(cargo()
        .current_dir(&home)
        .env("CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS", "fallback")
        .args(["install", "--quiet", "--force", "--version", version, "--root"])
        .arg(&home)
        .arg("--target-dir")
        .arg(&target)
        .args(flags)
        .arg(package))
    .with_context(|| {
        format!("cargo could not build {package} {version}: check the network and the C compiler, then try again")
    })?;
    let found = checked(name, &bin, version)?;
    // Only saves disk space; what remains would be used by nobody.
    let _ = fs::remove_dir_all(target);
    Ok(found)
}

fn find(name: &str, bin: &Path, version: &str) -> Option<Found<PathBuf>> {
    let candidates = [in_dir(bin, name), on_path(name)];
    let path = candidates.into_iter().flatten().find(|path| reports(path, version))?;
    let place = path.parent().unwrap_or(Path::new("")).display();
    let how = format!("{version}, found in {place}");
    Some(Found { what: path, how })
}

fn checked(name: &str, bin: &Path, version: &str) -> Result<Found<PathBuf>> {
    match in_dir(bin, name).filter(|path| reports(path, version)) {
        Some(path) => Ok(Found { what: path, how: format!("{version}, installed in {}", bin.display()) }),
        None => bail!("{name} {version} was installed into {}, but does not run there", bin.display()),
    }
}

fn reports(tool: &Path, version: &str) -> bool {
    stdout_of(Command::new(tool).arg("--version")).is_some_and(|text| first_version(&text) == Some(version))
}

/// An empty directory, whatever an interrupted install left there.
fn start_afresh(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| format!("cannot empty {}", dir.display()))?;
    }
    fs::create_dir_all(dir).with_context(|| format!("cannot create {}", dir.display()))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_tool_counts_only_if_it_runs_and_reports_its_version() {
        let bin = std::env::temp_dir().join(format!("gilscope-xtask-tools-{}", std::process::id()));
        start_afresh(&bin).unwrap();
        let tool = bin.join("a-tool-nobody-has");
        let name = "a-tool-nobody-has";
        assert!(find(name, &bin, "1.2.3").is_none(), "not there");
        fs::write(&tool, "").unwrap();
        assert!(find(name, &bin, "1.2.3").is_none(), "half written");
        fs::write(&tool, "#!/bin/sh\necho tool 1.2.3\n").unwrap();
        fs::set_permissions(&tool, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(find(name, &bin, "1.2.3").is_some(), "there");
        assert!(find(name, &bin, "1.2.4").is_none(), "of another version");
        fs::remove_dir_all(&bin).unwrap();
    }
}
