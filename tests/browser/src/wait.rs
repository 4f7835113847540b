//! Waiting for the page: always for a condition, looked at once each frame.
//!
//! The page draws what was done to it with the next frame. So whoever looks at once may see what was before: the actions of
//! [`Page`] return when that frame has come, and what may take longer is waited for.

use crate::page::Page;
use crate::wire::Refused;
use anyhow::{Context, Result, anyhow};
use serde_json::json;
use std::fmt::Debug;
use std::time::Instant;

/// Resolves when the page has painted again, or soon after if it is not being painted.
const NEXT_FRAME: &str = "const done = arguments[arguments.length - 1];
    const late = setTimeout(done, 100);
    requestAnimationFrame(() => { clearTimeout(late); setTimeout(done, 0); });";

/// Resolves when the page has painted so many times. What it asked to be drawn before that has been drawn then: frames serve
/// those first who have asked first.
const FRAMES: &str = "const [count, done] = arguments;
    const wait = (left) => requestAnimationFrame(() => left > 1 ? wait(left - 1) : setTimeout(done, 0));
    wait(count);";

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
    /// The expression is not true in time, or throws until then; the error lists what went wrong in the page.
    pub fn wait_until(&self, what: &str, expression: &str) -> Result<()> {
        let script = format!("return Boolean({expression});");
        self.wait_for(what, || Ok((self.script(&script, &[])? == json!(true)).then_some(())))
    }

    /// Tries, once each frame, until there is something. A try that fails because the page is not that far counts as one
    /// that finds nothing.
    ///
    /// # Errors
    ///
    /// A try fails in another way, or there is nothing in time; the error then tells how the last try failed, if it did, and
    /// lists what went wrong in the page.
    pub fn wait_for<T>(&self, what: &str, mut attempt: impl FnMut() -> Result<Option<T>>) -> Result<T> {
        let deadline = self.deadline();
        loop {
            let failed = match attempt() {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => None,
                Err(error) if Refused::is_not_yet(&error) => Some(error),
                Err(error) => return Err(error),
            };
            if Instant::now() > deadline {
                let failed = failed.map(|error| format!(" The last look failed: {error:#}.")).unwrap_or_default();
                let problems = self.problems().unwrap_or_default();
                let waited = self.patience.as_secs();
                return Err(anyhow!("waited {waited} s in vain: {what}.{failed} Problems in the page: {problems:?}"));
            }
            self.pause()?;
        }
    }

    /// Looks, once each frame, until what is seen fits, and returns it.
    ///
    /// # Errors
    ///
    /// As [`Page::wait_for`]; the error tells what was seen last.
    pub fn wait_to_see<T: Debug>(
        &self,
        what: &str,
        look: impl Fn() -> Result<T>,
        fits: impl Fn(&T) -> bool,
    ) -> Result<T> {
        let mut last = None;
        let fitting = self.wait_for(what, || {
            let seen = look()?;
            if fits(&seen) {
                return Ok(Some(seen));
            }
            last = Some(seen);
            Ok(None)
        });
        fitting.map_err(|error| match last {
            Some(last) => error.context(format!("{what}: what was seen last is {last:?}")),
            None => error,
        })
    }

    /// Waits until the page has drawn all that was done so far, and what followed from that with the next frame: for a look at
    /// what shall *not* have happened.
    ///
    /// # Errors
    ///
    /// The page draws no more.
    pub fn settle(&self) -> Result<()> {
        self.frames(2)
    }

    /// An action was done: waits until the page has drawn what it does at once.
    pub(crate) fn drawn_after<T>(&self, action: Result<T>) -> Result<()> {
        action?;
        unless_gone(self.frames(1))
    }

    /// Between two looks. A page that is just being left paints no more: the next look is at another one.
    pub(crate) fn pause(&self) -> Result<()> {
        unless_gone(self.next_frame())
    }

    fn frames(&self, count: u32) -> Result<()> {
        self.script_async(FRAMES, &[count.into()]).map(drop)
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

/// Leaves out what a page says that is just being left.
fn unless_gone(frame: Result<()>) -> Result<()> {
    frame.or_else(|error| if Refused::is_not_yet(&error) { Ok(()) } else { Err(error) })
}
