//! One browser with one window: opening, reading, waiting, taking pictures, and what went wrong in it.

use crate::wire::Driver;
use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::env;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long anything that is waited for may take. Generous: it only matters where a test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// Resolves when the page has painted again, or soon after if it is not being painted.
const NEXT_FRAME: &str = "const done = arguments[arguments.length - 1];
    const late = setTimeout(done, 100);
    requestAnimationFrame(() => { clearTimeout(late); setTimeout(done, 0); });";

/// Runs before anything of the page does.
const WATCH_VIOLATIONS: &str = "window.gsViolations = [];
    document.addEventListener('securitypolicyviolation', (e) => window.gsViolations.push(
        `${e.violatedDirective}: ${e.blockedURI} ${e.sourceFile ?? ''}:${e.lineNumber} ${e.sample}`));";

/// What the browser is like.
#[derive(Clone, Debug)]
pub struct Options {
    /// Width of the page's area, in CSS pixels.
    pub width: u32,
    /// Height of the page's area, in CSS pixels.
    pub height: u32,
    /// Device pixels for each CSS pixel.
    pub density: f64,
    /// Whether the person prefers dark colours.
    pub dark: bool,
    /// Whether the person prefers reduced motion.
    pub still: bool,
}

impl Default for Options {
    /// A laptop, light, with motion.
    fn default() -> Self {
        Self { width: 1440, height: 900, density: 1.0, dark: false, still: false }
    }
}

/// One browser with one window and an empty profile. It ends when this is dropped.
pub struct Page {
    // Dropped in this order: the browser must have ended before its profile goes.
    session: Session,
    _profile: TempDir,
    console: RefCell<Vec<(String, String)>>,
    patience: Duration,
}

struct Session {
    driver: Driver,
    path: String,
}

impl Drop for Session {
    fn drop(&mut self) {
        // Ends the browser. Fails only if that has ended already.
        let _ = self.driver.delete(&self.path);
    }
}

impl Page {
    /// Starts a browser and opens an address in it.
    ///
    /// # Errors
    ///
    /// There is no browser or driver, or the address cannot be loaded.
    pub fn open(options: &Options, url: &str) -> Result<Self> {
        let profile = TempDir::with_prefix("gilscope-browser-")?;
        let driver = Driver::start()?;
        let answer = driver.post("/session", &capabilities(profile.path())).context("no browser")?;
        let id = answer["sessionId"].as_str().context("the driver gave no session")?;
        let session = Session { path: format!("/session/{id}"), driver };
        let page = Self { session, _profile: profile, console: RefCell::default(), patience: PATIENCE };
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH_VIOLATIONS }))?;
        page.become_like(options)?;
        page.goto(url)?;
        Ok(page)
    }

    /// Changes how long things that are waited for may take, instead of 20 s.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// When something that is waited for from now on must have happened.
    pub(crate) fn deadline(&self) -> Instant {
        Instant::now() + self.patience
    }

    /// Changes the size, density and preferences at once, as if the person had.
    ///
    /// # Errors
    ///
    /// The browser refuses.
    pub fn become_like(&self, options: &Options) -> Result<()> {
        let &Options { width, height, density, dark, still } = options;
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": density, "mobile": false }),
        )?;
        let scheme = if dark { "dark" } else { "light" };
        let motion = if still { "reduce" } else { "no-preference" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": motion },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }))?;
        Ok(())
    }

    /// Loads an address. One that differs from the present one in the fragment only does not reload the page.
    ///
    /// # Errors
    ///
    /// The address cannot be loaded.
    pub fn goto(&self, url: &str) -> Result<()> {
        self.post("/url", json!({ "url": url })).map(drop)
    }

    /// Loads the page anew.
    ///
    /// # Errors
    ///
    /// The page cannot be loaded.
    pub fn reload(&self) -> Result<()> {
        self.post("/refresh", json!({})).map(drop)
    }

    /// The address of the page now, fragment included.
    ///
    /// # Errors
    ///
    /// The browser is gone.
    pub fn url(&self) -> Result<String> {
        Ok(self.session.driver.get(&format!("{}/url", self.session.path))?.as_str().unwrap_or_default().to_owned())
    }

    /// Runs the body of a JavaScript function in the page and returns what it returns (a promise is awaited).
    ///
    /// # Errors
    ///
    /// The script throws.
    pub fn script(&self, body: &str, args: &[Value]) -> Result<Value> {
        self.post("/execute/sync", json!({ "script": body, "args": args }))
    }

    /// What a person pasting from the clipboard would get.
    ///
    /// # Errors
    ///
    /// The clipboard holds no text.
    pub fn clipboard(&self) -> Result<String> {
        self.devtools("Browser.grantPermissions", json!({ "permissions": ["clipboardReadWrite"] }))?;
        let text = self.script("return navigator.clipboard.readText();", &[])?;
        Ok(text.as_str().context("the clipboard holds no text")?.to_owned())
    }

    /// An attribute of `<html>`.
    ///
    /// # Errors
    ///
    /// The browser is gone.
    pub fn root_attribute(&self, name: &str) -> Result<Option<String>> {
        let value = self.script("return document.documentElement.getAttribute(arguments[0]);", &[name.into()])?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// How many draws the page has completed (`data-gs-drawn`).
    ///
    /// # Errors
    ///
    /// The page does not count its draws.
    pub fn drawn(&self) -> Result<u64> {
        let count = self.root_attribute("data-gs-drawn")?.context("<html> has no data-gs-drawn")?;
        count.parse().with_context(|| format!("data-gs-drawn is '{count}'"))
    }

    /// Waits until the first real picture is drawn (`data-gs-ready`).
    ///
    /// # Errors
    ///
    /// That does not happen in time.
    pub fn wait_ready(&self) -> Result<()> {
        self.wait_until("the page is ready", "document.documentElement.dataset.gsReady === '1'")
    }

    /// Waits until the page has completed at least so many draws.
    ///
    /// # Errors
    ///
    /// That does not happen in time.
    pub fn wait_drawn(&self, count: u64) -> Result<()> {
        self.wait_until(
            &format!("{count} draws"),
            &format!("Number(document.documentElement.dataset.gsDrawn) >= {count}"),
        )
    }

    /// Waits until a JavaScript expression is true in the page.
    ///
    /// # Errors
    ///
    /// The expression throws, or is not true in time; the error then lists what went wrong in the page.
    pub fn wait_until(&self, what: &str, expression: &str) -> Result<()> {
        let script = format!("return Boolean({expression});");
        self.wait_for(what, || Ok((self.script(&script, &[])? == json!(true)).then_some(())))
    }

    /// Tries, once each frame, until there is something.
    ///
    /// # Errors
    ///
    /// A try fails, or there is nothing in time; the error then lists what went wrong in the page.
    pub fn wait_for<T>(&self, what: &str, mut attempt: impl FnMut() -> Result<Option<T>>) -> Result<T> {
        let deadline = self.deadline();
        loop {
            if let Some(found) = attempt()? {
                return Ok(found);
            }
            if Instant::now() > deadline {
                let problems = self.problems().unwrap_or_default();
                bail!("waited {} s in vain: {what}. Problems in the page: {problems:?}", self.patience.as_secs());
            }
            self.next_frame()?;
        }
    }

    /// Waits until the page has painted once more.
    ///
    /// # Errors
    ///
    /// The browser is gone.
    pub fn next_frame(&self) -> Result<()> {
        self.post("/execute/async", json!({ "script": NEXT_FRAME, "args": [] })).map(drop)
    }

    /// Writes what the window shows to a PNG file.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn screenshot(&self, file: &Path) -> Result<()> {
        let picture = self.session.driver.get(&format!("{}/screenshot", self.session.path))?;
        let png = STANDARD.decode(picture.as_str().context("no picture")?)?;
        fs::write(file, png).with_context(|| format!("cannot write {}", file.display()))
    }

    /// All that stands in the console so far: level (`INFO`, `WARNING`, `SEVERE`) and text.
    ///
    /// # Errors
    ///
    /// The browser is gone.
    pub fn console(&self) -> Result<Vec<(String, String)>> {
        // The driver hands each entry out once.
        let news = self.post("/se/log", json!({ "type": "browser" }))?;
        let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        let entries = news.as_array().into_iter().flatten().map(|entry| (text(entry, "level"), text(entry, "message")));
        self.console.borrow_mut().extend(entries);
        Ok(self.console.borrow().clone())
    }

    /// Errors in the console and violations of the Content-Security-Policy so far.
    ///
    /// # Errors
    ///
    /// The browser is gone.
    pub fn problems(&self) -> Result<Vec<String>> {
        let errors = self.console()?.into_iter().filter(|(level, _)| level == "SEVERE").map(|(_, text)| text);
        let violations = self.script("return window.gsViolations;", &[])?;
        let violations = violations.as_array().context("the page is not watched for violations")?;
        Ok(errors.chain(violations.iter().map(|violation| format!("policy violation: {violation}"))).collect())
    }

    /// # Errors
    ///
    /// There are errors in the console or violations of the Content-Security-Policy.
    pub fn assert_clean(&self) -> Result<()> {
        let problems = self.problems()?;
        ensure!(problems.is_empty(), "the page has problems: {problems:#?}");
        Ok(())
    }

    /// Calls the browser's DevTools protocol.
    pub(crate) fn devtools(&self, command: &str, params: Value) -> Result<Value> {
        self.post("/goog/cdp/execute", json!({ "cmd": command, "params": params })).context(command.to_owned())
    }

    /// POST to the session.
    pub(crate) fn post(&self, path: &str, body: Value) -> Result<Value> {
        self.session.driver.post(&format!("{}{path}", self.session.path), &body)
    }

    /// GET from the session.
    pub(crate) fn get(&self, path: &str) -> Result<Value> {
        self.session.driver.get(&format!("{}{path}", self.session.path))
    }
}

fn capabilities(profile: &Path) -> Value {
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
    json!({ "capabilities": { "alwaysMatch": {
        "browserName": "chrome",
        "goog:chromeOptions": chrome,
        "goog:loggingPrefs": { "browser": "ALL" },
    } } })
}
