//! Waiting for the page: always for a condition, looked at once each frame.

use crate::page::Page;
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::time::Instant;

/// Resolves when the page has painted again, or soon after if it is not being painted.
const NEXT_FRAME: &str = "const done = arguments[arguments.length - 1];
    const late = setTimeout(done, 100);
    requestAnimationFrame(() => { clearTimeout(late); setTimeout(done, 0); });";

impl Page {
    /// When something that is waited for from now on must have happened.
    pub(crate) fn deadline(&self) -> Instant {
        Instant::now() + self.patience
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
}
