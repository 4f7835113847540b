//! The browsers of the browser tests: Chromium or Chrome with its driver, and Firefox.

use super::version::{first_version, major};
use super::{Found, announce};
use crate::process::{on_path, run, stdout_of};
use anyhow::{Context, Result, bail};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const CHROMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const CHROMES_ELSEWHERE: [&str; 4] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
];
const ADVICE: &str = "install Chromium or Chrome with the chromedriver of the same version (or set CHROME and \
                      CHROMEDRIVER to them), or leave the browser tests out: `cargo xtask test --no-browser`";

const FIREFOXES: [&str; 3] = ["firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"];
const FIREFOX_ADVICE: &str = "install Firefox (or set FIREFOX to it), or leave the browser tests out: \
                              `cargo xtask test --no-browser`";

/// A browser and the driver that fits it.
pub(crate) struct Browser {
    chrome: PathBuf,
    driver: PathBuf,
}

impl Browser {
    /// Tells the browser tests which browser to use.
    pub(crate) fn give_to(&self, command: &mut Command) {
        command.env("CHROME", &self.chrome).env("CHROMEDRIVER", &self.driver);
    }
}

/// A browser that is there, else (as root on Debian) the distribution's.
pub(super) fn find_or_install() -> Result<Found<Browser>> {
    let mut how = "found";
    let browser = match find() {
        Some(browser) => browser,
        None if may_install() => {
            announce("browser", "installing the packages chromium and chromium-driver (about a minute)");
            install(&["chromium", "chromium-driver"]).context(ADVICE)?;
            how = "installed";
            find().with_context(|| format!("the installed browser is not on PATH: {ADVICE}"))?
        }
        None => bail!("no browser with a driver found: {ADVICE}"),
    };
    let version = check_pair(&browser)?;
    Ok(Found { how: format!("{version}, {how}: {}", browser.chrome.display()), what: browser })
}

fn find() -> Option<Browser> {
    let named = |var: &str| env::var_os(var).filter(|value| !value.is_empty()).map(PathBuf::from);
    let elsewhere = || CHROMES_ELSEWHERE.iter().map(PathBuf::from).find(|path| path.is_file());
    let chrome = named("CHROME").or_else(|| CHROMES.iter().find_map(|name| on_path(name))).or_else(elsewhere)?;
    let driver = named("CHROMEDRIVER").or_else(|| on_path("chromedriver"))?;
    Some(Browser { chrome, driver })
}

/// Firefox, found or (as root on Debian) the distribution's.
pub(super) fn find_or_install_firefox() -> Result<Found<PathBuf>> {
    let find = || {
        let named = env::var_os("FIREFOX").filter(|value| !value.is_empty()).map(PathBuf::from);
        named.or_else(|| FIREFOXES.iter().find_map(|name| on_path(name)))
    };
    let mut how = "found";
    let firefox = match find() {
        Some(firefox) => firefox,
        None if may_install() => {
            announce("firefox", "installing the package firefox-esr (about a minute)");
            install(&["firefox-esr"]).context(FIREFOX_ADVICE)?;
            how = "installed";
            find().with_context(|| format!("the installed Firefox is not on PATH: {FIREFOX_ADVICE}"))?
        }
        None => bail!("no Firefox found: {FIREFOX_ADVICE}"),
    };
    let version = if cfg!(windows) { "Firefox".to_owned() } else { version_of(&firefox).context(FIREFOX_ADVICE)? };
    Ok(Found { how: format!("{version}, {how}: {}", firefox.display()), what: firefox })
}

fn may_install() -> bool {
    is_root() && is_debian(&fs::read_to_string("/etc/os-release").unwrap_or_default())
}

fn install(packages: &[&str]) -> Result<()> {
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq");
        command
    };
    run(apt().arg("update"))?;
    run(apt().args(["install", "-y", "--no-install-recommends"]).args(packages))
}

/// The driver speaks only to browsers of its own major version.
fn check_pair(browser: &Browser) -> Result<String> {
    let driver = version_of(&browser.driver).context(ADVICE)?;
    if cfg!(windows) {
        // There, asking a browser for its version opens a window instead.
        return Ok(driver);
    }
    let chrome = version_of(&browser.chrome).context(ADVICE)?;
    if major(&chrome) != major(&driver) {
        bail!("the browser has version {chrome}, its driver {driver}: {ADVICE}");
    }
    Ok(chrome)
}

fn version_of(program: &Path) -> Result<String> {
    stdout_of(Command::new(program).arg("--version"))
        .and_then(|text| first_version(&text).map(str::to_owned))
        .with_context(|| format!("{} does not run", program.display()))
}

/// Debian itself: on its descendants, the package of this name may be a pointer to another store.
fn is_debian(os_release: &str) -> bool {
    os_release.lines().any(|line| line == "ID=debian")
}

#[cfg(unix)]
fn is_root() -> bool {
    stdout_of(Command::new("id").arg("-u")).as_deref() == Some("0")
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_debian_itself_is_debian() {
        assert!(is_debian("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n"));
        assert!(!is_debian("ID=ubuntu\nID_LIKE=debian\n"));
        assert!(!is_debian(""));
    }
}
