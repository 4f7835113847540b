//! The two browsers: how each one is started, and made like what a test asks for.

use crate::page::Options;
use anyhow::{Result, bail};
use serde_json::{Value, json};
use std::env;
use std::path::Path;

/// A kind of browser with its driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Chromium or Chrome, by `chromedriver`.
    Chromium,
    /// Firefox, by `geckodriver`.
    Firefox,
}

impl Kind {
    /// The one that `$GILSCOPE_BROWSER` names, `chromium` or `firefox`; Chromium if it is not set.
    ///
    /// # Errors
    ///
    /// It names something else.
    pub fn chosen() -> Result<Self> {
        match env::var("GILSCOPE_BROWSER").as_deref() {
            Err(_) | Ok("" | "chromium") => Ok(Self::Chromium),
            Ok("firefox") => Ok(Self::Firefox),
            Ok(other) => bail!("GILSCOPE_BROWSER is '{other}', and neither 'chromium' nor 'firefox'"),
        }
    }

    /// The environment variable that names the driver, and the driver on `PATH`.
    pub(crate) const fn driver(self) -> (&'static str, &'static str) {
        match self {
            Self::Chromium => ("CHROMEDRIVER", "chromedriver"),
            Self::Firefox => ("GECKODRIVER", "geckodriver"),
        }
    }

    /// What the driver is started with, so that it takes a free port and says which.
    pub(crate) const fn driver_args(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["--port=0", "--log-level=SEVERE"],
            // System access: preferences such as dark colours can only be changed from there while the browser runs.
            Self::Firefox => &["--port=0", "--websocket-port=0", "--log=info", "--allow-system-access"],
        }
    }

    /// The port in a line that the driver prints, if it is that line.
    pub(crate) fn port_in(self, line: &str) -> Option<u16> {
        let after = match self {
            Self::Chromium => line.split_once("successfully on port ")?.1.trim_end_matches('.'),
            Self::Firefox => line.split_once("Listening on 127.0.0.1:")?.1,
        };
        after.trim().parse().ok()
    }

    /// What a session is asked for. Firefox makes a profile of its own in the directory.
    pub(crate) fn capabilities(self, profile: &Path) -> Value {
        let wanted = match self {
            Self::Chromium => chromium(profile),
            Self::Firefox => firefox(),
        };
        json!({ "capabilities": { "alwaysMatch": wanted } })
    }
}

fn chromium(profile: &Path) -> Value {
    let mut args: Vec<String> = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    .map(str::to_owned)
    .to_vec();
    args.push(format!("--user-data-dir={}", profile.display()));
    let mut chrome = json!({ "args": args });
    if let Some(binary) = env::var_os("CHROME") {
        chrome["binary"] = binary.to_string_lossy().into();
    }
    json!({ "browserName": "chrome", "goog:chromeOptions": chrome, "goog:loggingPrefs": { "browser": "ALL" } })
}

fn firefox() -> Value {
    let mut options = json!({
        "args": ["-headless", "-remote-allow-system-access"],
        "prefs": {
            // What the page writes to its console, violations of its policy included, is printed for the driver to read.
            "devtools.console.stdout.content": true,
            // A test may read the clipboard without being asked.
            "dom.events.testing.asyncClipboard": true,
            "app.update.enabled": false,
            "app.normandy.enabled": false,
            "browser.safebrowsing.update.enabled": false,
            "datareporting.policy.dataSubmissionEnabled": false,
            "extensions.update.enabled": false,
            "network.captive-portal-service.enabled": false,
            "network.connectivity-service.enabled": false,
            "services.settings.server": "data:,#remote-settings-dummy/v1",
        },
    });
    if let Some(binary) = env::var_os("FIREFOX") {
        options["binary"] = binary.to_string_lossy().into();
    }
    json!({ "browserName": "firefox", "moz:firefoxOptions": options })
}

/// Sets Firefox's preferences for what a person prefers; a script for its system context.
pub(crate) fn firefox_preferences(options: &Options) -> (&'static str, Value) {
    let script = "const [dark, still, density] = arguments;
        Services.prefs.setIntPref('ui.systemUsesDarkTheme', dark ? 1 : 0);
        Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', dark ? 0 : 1);
        Services.prefs.setIntPref('ui.prefersReducedMotion', still ? 1 : 0);
        Services.prefs.setStringPref('layout.css.devPixelsPerPx', String(density));";
    (script, json!([options.dark, options.still, options.density]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_the_line_that_names_it() {
        let chromium = |line| Kind::Chromium.port_in(line);
        assert_eq!(chromium("ChromeDriver was started successfully on port 43817."), Some(43817));
        assert_eq!(chromium("Starting ChromeDriver 156.0.8078.79 on port 0"), None);
        assert_eq!(chromium("Please see security considerations"), None);
        let firefox = |line| Kind::Firefox.port_in(line);
        assert_eq!(firefox("1763885000000\tgeckodriver\tINFO\tListening on 127.0.0.1:38211"), Some(38211));
        assert_eq!(firefox("*** You are running in headless mode."), None);
    }
}
