//! WebDriver over HTTP: a driver process of our own, and requests to it.

use anyhow::{Context, Result, anyhow};
use serde_json::Value;
use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;
use ureq::Agent;

/// Longer than any page load or script may take.
const REQUEST_LIMIT: Duration = Duration::from_secs(120);
/// A screenshot of a large window at double density is well below that.
const RESPONSE_LIMIT_BYTES: u64 = 64 << 20;

/// A driver process. It ends when this is dropped.
pub(crate) struct Driver {
    process: Child,
    agent: Agent,
    base: String,
}

impl Driver {
    /// Starts a driver on a free port.
    ///
    /// # Errors
    ///
    /// There is no driver, or it ends at once.
    pub(crate) fn start() -> Result<Self> {
        let program = env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let process = Command::new(&program)
            .args(["--port=0", "--log-level=SEVERE"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {program:?}: run `cargo xtask test`"))?;
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(REQUEST_LIMIT))
            .proxy(None)
            .build()
            .new_agent();
        // From here on, an early return ends the process.
        let mut driver = Self { process, agent, base: String::new() };
        let port = driver.read_port()?;
        driver.base = format!("http://127.0.0.1:{port}");
        Ok(driver)
    }

    /// The driver says which port it took, once it listens.
    fn read_port(&mut self) -> Result<u16> {
        let stdout = self.process.stdout.take().context("the driver has no output")?;
        let mut lines = BufReader::new(stdout).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| port_in(&line));
        // The driver would stop at a full pipe.
        thread::spawn(move || lines.for_each(drop));
        port.context("the driver ended without saying its port")
    }

    /// Sends a POST with a JSON body and returns the `value` of the answer.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let request = self.agent.post(self.base.clone() + path);
        let response = request.header("content-type", "application/json").send(body.to_string());
        value_of(response.with_context(|| format!("POST {path}"))?, path)
    }

    /// Sends a GET and returns the `value` of the answer.
    pub(crate) fn get(&self, path: &str) -> Result<Value> {
        let response = self.agent.get(self.base.clone() + path).call();
        value_of(response.with_context(|| format!("GET {path}"))?, path)
    }

    /// Sends a DELETE and returns the `value` of the answer.
    pub(crate) fn delete(&self, path: &str) -> Result<Value> {
        let response = self.agent.delete(self.base.clone() + path).call();
        value_of(response.with_context(|| format!("DELETE {path}"))?, path)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Fails only if the driver has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn port_in(line: &str) -> Option<u16> {
    line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok()
}

fn value_of(mut response: ureq::http::Response<ureq::Body>, path: &str) -> Result<Value> {
    let ok = response.status().is_success();
    let body = response.body_mut().with_config().limit(RESPONSE_LIMIT_BYTES).read_to_string()?;
    let mut answer: Value = serde_json::from_str(&body).with_context(|| format!("{path}: no JSON: {body}"))?;
    let value = answer["value"].take();
    if ok {
        return Ok(value);
    }
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    Err(anyhow!("{}: {}", text("error"), text("message").lines().next().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_the_line_that_names_it() {
        assert_eq!(port_in("ChromeDriver was started successfully on port 43817."), Some(43817));
        assert_eq!(port_in("Starting ChromeDriver 156.0.8078.79 on port 0"), None);
        assert_eq!(port_in("Please see security considerations"), None);
    }
}
