//! Frames: going into one and out again, and giving a page a file.

use crate::element::ELEMENT_KEY;
use crate::page::Page;
use anyhow::Result;
use serde_json::{Value, json};
use std::path::Path;

impl Page {
    /// Goes into the frame with a title: all that is found, read and run from now on is inside of it.
    ///
    /// # Errors
    ///
    /// There is no such frame in time.
    pub fn enter(&self, title: &str) -> Result<()> {
        let script = "return [...document.querySelectorAll('iframe')].find((f) => f.title === arguments[0]) ?? null;";
        self.wait_for(&format!("the frame '{title}'"), || {
            let found = self.script(script, &[title.into()])?;
            if found.is_null() {
                return Ok(None);
            }
            self.post("/frame", json!({ "id": found })).map(Some)
        })
        .map(drop)
    }

    /// Goes out of all frames, to the page itself.
    ///
    /// # Errors
    ///
    /// The browser is gone.
    pub fn go_out(&self) -> Result<()> {
        self.post("/frame", json!({ "id": Value::Null })).map(drop)
    }

    /// Chooses a file in the page's only file field.
    ///
    /// # Errors
    ///
    /// There is no such field in time.
    pub fn choose_file(&self, file: &Path) -> Result<()> {
        let id = self.wait_for("the page has a file field", || {
            let field = self.script("return document.querySelector('input[type=file]');", &[])?;
            Ok(field[ELEMENT_KEY].as_str().map(str::to_owned))
        })?;
        self.post(&format!("/element/{id}/value"), json!({ "text": file.display().to_string() })).map(drop)
    }
}
