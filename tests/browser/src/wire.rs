//! WebDriver over HTTP: a driver process of our own, and requests to it.

use crate::kind::Kind;
use anyhow::{Context, Result};
use serde_json::Value;
use std::env;
use std::fmt;
use std::io::{BufRead, BufReader, Lines, Read};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;
use ureq::Agent;

/// Longer than any page load or script may take.
const REQUEST_LIMIT: Duration = Duration::from_secs(120);
/// A screenshot of a large window at double density is well below that.
const RESPONSE_LIMIT_BYTES: u64 = 64 << 20;

/// The errors that a page gives that is not that far yet.
const NOT_YET: [&str; 3] = ["javascript error", "no such element", "stale element reference"];

/// How often a driver is started before it is given up.
const STARTS: usize = 3;

/// A driver process. It ends when this is dropped.
pub(crate) struct Driver {
    process: Child,
    agent: Agent,
    base: String,
    /// What it and its browser have printed since it listens, and nobody has taken yet.
    printed: Arc<Mutex<Vec<String>>>,
}

impl Driver {
    /// Starts a driver on a free port.
    ///
    /// # Errors
    ///
    /// There is no driver, or it ends at once, each time.
    pub(crate) fn start(kind: Kind) -> Result<Self> {
        // It takes a free port of IPv4 and then wants the same one of IPv6, which another program may have taken meanwhile.
        let mut last = Self::start_once(kind);
        for _ in 1..STARTS {
            if last.is_ok() {
                break;
            }
            last = Self::start_once(kind);
        }
        last
    }

    fn start_once(kind: Kind) -> Result<Self> {
        let (variable, usual) = kind.driver();
        let program = env::var_os(variable).unwrap_or_else(|| usual.into());
        let process = Command::new(&program)
            .args(kind.driver_args())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {program:?}: run `cargo xtask test`"))?;
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(REQUEST_LIMIT))
            .proxy(None)
            .build()
            .new_agent();
        // From here on, an early return ends the process.
        let mut driver = Self { process, agent, base: String::new(), printed: Arc::default() };
        let port = driver.read_port(kind)?;
        driver.base = format!("http://127.0.0.1:{port}");
        Ok(driver)
    }

    /// The driver says which port it took, once it listens.
    fn read_port(&mut self, kind: Kind) -> Result<u16> {
        let errors = self.process.stderr.take().context("the driver has no errors")?;
        self.collect(BufReader::new(errors).lines());
        let mut lines = BufReader::new(self.process.stdout.take().context("the driver has no output")?).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| kind.port_in(&line));
        self.collect(lines);
        port.with_context(|| format!("the driver ended without saying its port; it said {:?}", self.take_printed()))
    }

    /// Reads all that is printed from now on: the driver would stop at a full pipe.
    fn collect<R: Read + Send + 'static>(&self, lines: Lines<BufReader<R>>) {
        let printed = Arc::clone(&self.printed);
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                printed.lock().unwrap_or_else(PoisonError::into_inner).push(line);
            }
        });
    }

    /// Takes what has been printed since the last call.
    pub(crate) fn take_printed(&self) -> Vec<String> {
        std::mem::take(&mut self.printed.lock().unwrap_or_else(PoisonError::into_inner))
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

fn value_of(mut response: ureq::http::Response<ureq::Body>, path: &str) -> Result<Value> {
    let ok = response.status().is_success();
    let body = response.body_mut().with_config().limit(RESPONSE_LIMIT_BYTES).read_to_string()?;
    let mut answer: Value = serde_json::from_str(&body).with_context(|| format!("{path}: no JSON: {body}"))?;
    let value = answer["value"].take();
    if ok {
        return Ok(value);
    }
    let text = |key: &str| value[key].as_str().unwrap_or_default();
    let message = text("message").lines().next().unwrap_or_default().to_owned();
    Err(Refused { kind: text("error").to_owned(), message }.into())
}

/// What the driver answers in place of a value.
#[derive(Debug)]
pub(crate) struct Refused {
    /// One of the error codes of WebDriver, such as `no such element`.
    kind: String,
    message: String,
}

impl Refused {
    /// Whether an error may only mean that the page is not that far: what is looked at is not there yet, or has just been
    /// replaced. A script finds nothing there and throws.
    pub(crate) fn is_not_yet(error: &anyhow::Error) -> bool {
        let refused = error.chain().find_map(|cause| cause.downcast_ref::<Self>());
        refused.is_some_and(|refused| NOT_YET.contains(&refused.kind.as_str()))
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.message)
    }
}

impl std::error::Error for Refused {}
