//! What went wrong in the page: the console and violations of its policy.

use crate::kind::Kind;
use crate::page::Page;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

impl Page {
    /// All that stands in the console so far: level (`INFO`, `WARNING`, `SEVERE`) and text.
    ///
    /// # Errors
    ///
    /// The browser is gone.
    pub fn console(&self) -> Result<Vec<(String, String)>> {
        let news = match self.kind() {
            Kind::Chromium => self.chromium_console()?,
            Kind::Firefox => self.printed().iter().filter_map(|line| firefox_entry(line)).collect(),
        };
        self.console.borrow_mut().extend(news);
        Ok(self.console.borrow().clone())
    }

    fn chromium_console(&self) -> Result<Vec<(String, String)>> {
        // The driver hands each entry out once.
        let news = self.post("/se/log", json!({ "type": "browser" }))?;
        let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        Ok(news.as_array().into_iter().flatten().map(|entry| (text(entry, "level"), text(entry, "message"))).collect())
    }

    /// Errors in the console and violations of the Content-Security-Policy so far.
    ///
    /// # Errors
    ///
    /// The browser is gone.
    pub fn problems(&self) -> Result<Vec<String>> {
        let errors = self.console()?.into_iter().filter(|(level, _)| level == "SEVERE").map(|(_, text)| text);
        if self.kind() == Kind::Firefox {
            // There, violations stand in the console.
            return Ok(errors.collect());
        }
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
}

/// How lines of Firefox itself begin, other than those that name one of its modules: it misses the services that it is not
/// let at, and its bookmarks dislike long addresses.
const OF_FIREFOX: [&str; 2] = ["RSLoader:", "[Exception... "];

/// Level and text of a line that Firefox prints, if it is from the page's console.
fn firefox_entry(line: &str) -> Option<(String, String)> {
    let (kind, text) = line.trim_start().split_once(": ")?;
    if text.contains(".sys.mjs") || OF_FIREFOX.iter().any(|start| text.starts_with(start)) {
        return None;
    }
    let level = match kind {
        "console.error" | "JavaScript error" => "SEVERE",
        "console.warn" | "JavaScript warning" => "WARNING",
        "console.log" | "console.info" => "INFO",
        _ => return None,
    };
    Some((level.to_owned(), text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_firefox_prints_from_the_page_has_a_level() {
        let level = |line| firefox_entry(line).map(|(level, _)| level);
        assert_eq!(level("console.error: \"no\"").as_deref(), Some("SEVERE"));
        assert_eq!(level("JavaScript error: http://127.0.0.1/a.js, line 1: Error: no").as_deref(), Some("SEVERE"));
        assert_eq!(level("JavaScript warning: http://127.0.0.1/a.js, line 1: old").as_deref(), Some("WARNING"));
        assert_eq!(level("console.error: RSLoader: "), None);
        assert_eq!(level("*** You are running in headless mode."), None);
    }
}
