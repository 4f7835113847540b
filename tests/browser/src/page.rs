//! One browser with one window: opening it, running scripts in it and taking pictures of it.

use crate::kind::{self, Kind};
use crate::wire::Driver;
use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// How long anything that is waited for may take. Generous: it only matters where a test fails.
const PATIENCE: Duration = Duration::from_secs(20);

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
    /// Whether the person's system sets the colours; only Chromium can be told so.
    pub forced: bool,
}

impl Default for Options {
    /// A laptop, light, with motion.
    fn default() -> Self {
        Self { width: 1440, height: 900, density: 1.0, dark: false, still: false, forced: false }
    }
}

/// One browser with one window and an empty profile. It ends when this is dropped.
pub struct Page {
    kind: Kind,
    // Dropped in this order: the browser must have ended before its profile goes.
    session: Session,
    _profile: TempDir,
    pub(crate) console: RefCell<Vec<(String, String)>>,
    pub(crate) patience: Duration,
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
        let kind = Kind::chosen()?;
        let profile = TempDir::with_prefix("gilscope-browser-")?;
        let driver = Driver::start(kind)?;
        let answer = driver.post("/session", &kind.capabilities(profile.path())).context("no browser")?;
        let id = answer["sessionId"].as_str().context("the driver gave no session")?;
        let session = Session { path: format!("/session/{id}"), driver };
        let page = Self { kind, session, _profile: profile, console: RefCell::default(), patience: PATIENCE };
        if kind == Kind::Chromium {
            page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH_VIOLATIONS }))?;
        }
        page.become_like(options)?;
        page.goto(url)?;
        Ok(page)
    }

    /// The browser it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Changes how long things that are waited for may take, instead of 20 s.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Changes the size, density and preferences at once, as if the person had.
    ///
    /// # Errors
    ///
    /// The browser refuses.
    pub fn become_like(&self, options: &Options) -> Result<()> {
        match self.kind {
            Kind::Chromium => self.chromium_become_like(options),
            Kind::Firefox => self.firefox_become_like(options),
        }
    }

    fn chromium_become_like(&self, options: &Options) -> Result<()> {
        let &Options { width, height, density, dark, still, forced } = options;
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": density, "mobile": false }),
        )?;
        let scheme = if dark { "dark" } else { "light" };
        let motion = if still { "reduce" } else { "no-preference" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": motion },
            { "name": "forced-colors", "value": if forced { "active" } else { "none" } },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }))?;
        Ok(())
    }

    fn firefox_become_like(&self, options: &Options) -> Result<()> {
        let (script, args) = kind::firefox_preferences(options);
        self.post("/moz/context", json!({ "context": "chrome" }))?;
        let set = self.post("/execute/sync", json!({ "script": script, "args": args }));
        self.post("/moz/context", json!({ "context": "content" }))?;
        set?;
        // The window is larger than the page's area by what stands around it.
        let around = self.script("return [outerWidth - innerWidth, outerHeight - innerHeight];", &[])?;
        let side = |at: usize| around[at].as_i64().context("a window without a size");
        let size =
            json!({ "width": i64::from(options.width) + side(0)?, "height": i64::from(options.height) + side(1)? });
        self.post("/window/rect", size).map(drop)
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

    /// Runs the body of a JavaScript function in the page and returns what it calls its last argument with.
    ///
    /// # Errors
    ///
    /// The script throws, or does not answer in time.
    pub fn script_async(&self, body: &str, args: &[Value]) -> Result<Value> {
        self.post("/execute/async", json!({ "script": body, "args": args }))
    }

    /// Lets requests fail from now on whose addresses fit a pattern such as `*.wasm`, as if the network lost them.
    ///
    /// # Errors
    ///
    /// The browser refuses.
    pub fn block(&self, pattern: &str) -> Result<()> {
        self.devtools("Network.enable", json!({}))?;
        self.devtools("Network.setBlockedURLs", json!({ "urls": [pattern] })).map(drop)
    }

    /// What a person pasting from the clipboard would get.
    ///
    /// # Errors
    ///
    /// The clipboard holds no text.
    pub fn clipboard(&self) -> Result<String> {
        if self.kind == Kind::Chromium {
            self.grant_clipboard()?;
        }
        let text = self.script("return navigator.clipboard.readText();", &[])?;
        Ok(text.as_str().context("the clipboard holds no text")?.to_owned())
    }

    fn grant_clipboard(&self) -> Result<()> {
        // What is not granted here is refused from now on, so the page's own copying is named too.
        let permissions = json!(["clipboardReadWrite", "clipboardSanitizedWrite"]);
        self.devtools("Browser.grantPermissions", json!({ "permissions": permissions })).map(drop)
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

    /// What driver and browser have printed since the last call.
    pub(crate) fn printed(&self) -> Vec<String> {
        self.session.driver.take_printed()
    }

    /// Calls Chromium's DevTools protocol.
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
