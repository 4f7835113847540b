//! What went wrong in the page: the console and violations of its policy.

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
}
