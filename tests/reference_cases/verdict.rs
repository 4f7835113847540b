//! What comparing a case gives: rows of data, so that they can be printed, counted and drawn.

use std::fmt::{Debug, Display};

use crate::timeline::Timeline;

/// Why a case is not compared.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It asks for something that is not in this version, or that nobody asks of it.
    Skip(String),
    /// It cannot be read or run; counts as off.
    Broken(String),
}

impl Stop {
    /// A fact has a form of its own, and this one is new.
    pub(crate) fn unknown_form(why: &serde_json::Error) -> Self {
        Self::Skip(format!("this reader does not know its form: {why}"))
    }

    /// The operating system's policy of a case is not one of the engine's.
    pub(crate) fn no_policy(name: &str) -> Self {
        Self::Skip(format!("the policy {name} is not in this version"))
    }
}

impl From<String> for Stop {
    fn from(why: String) -> Self {
        Self::Broken(why)
    }
}

impl From<serde_json::Error> for Stop {
    fn from(why: serde_json::Error) -> Self {
        Self::Broken(format!("it is not in the form of the others: {why}"))
    }
}

/// Everything that one case compares.
#[derive(Default)]
pub(crate) struct Comparison {
    /// One per quantity.
    pub(crate) rows: Vec<Row>,
    /// What the case also expects, and this version does not compare.
    pub(crate) not_compared: Vec<String>,
    /// Who is on which core: expected and simulated, for a picture.
    pub(crate) timelines: Option<(Timeline, Timeline)>,
}

/// One compared quantity.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// How it is called.
    pub(crate) what: String,
    /// What the reference says.
    pub(crate) expected: String,
    /// What the engine says.
    pub(crate) simulated: String,
    /// Where the simulated value must lie, in words; empty where it must be the same.
    pub(crate) tolerance: String,
    /// Whether it does.
    pub(crate) met: bool,
    /// The same as numbers, for a picture.
    pub(crate) figures: Option<Figures>,
}

/// A quantity that is a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures {
    pub(crate) expected: f64,
    pub(crate) simulated: f64,
    /// The range in which the simulated value must lie.
    pub(crate) range: (f64, f64),
}

impl Figures {
    /// Whether it may be off by more than its own size.
    pub(crate) fn is_wide(&self) -> bool {
        let allowed = (self.range.1 - self.expected).max(self.expected - self.range.0);
        allowed > self.expected.abs().min(self.simulated.abs())
    }
}

/// Decimal fractions in the files are exact to fewer digits than this.
const ROUNDING: f64 = 1e-9;

impl Row {
    /// A number that may differ by `allowed` to either side.
    pub(crate) fn near(what: impl Into<String>, expected: f64, simulated: f64, allowed: f64) -> Self {
        let words = if allowed > 0.0 { format!("± {}", short(allowed)) } else { String::new() };
        Self::within(what, expected, simulated, (expected - allowed, expected + allowed), words)
    }

    /// A number that may differ by a factor to either side.
    pub(crate) fn factor(what: impl Into<String>, expected: f64, simulated: f64, factor: f64) -> Self {
        let words = format!("factor {}", short(factor));
        Self::within(what, expected, simulated, (expected / factor, expected * factor), words)
    }

    /// A number that must lie in a range.
    pub(crate) fn within(
        what: impl Into<String>,
        expected: f64,
        simulated: f64,
        range: (f64, f64),
        tolerance: impl Into<String>,
    ) -> Self {
        Self {
            what: what.into(),
            expected: short(expected),
            simulated: short(simulated),
            tolerance: tolerance.into(),
            met: simulated >= range.0 - ROUNDING && simulated <= range.1 + ROUNDING,
            figures: Some(Figures { expected, simulated, range }),
        }
    }

    /// A list that must be the same; shows the first difference.
    pub(crate) fn list<T: PartialEq + Debug>(what: impl Into<String>, expected: &[T], simulated: &[T]) -> Self {
        let what = what.into();
        let differs = (0..expected.len().max(simulated.len())).find(|&i| expected.get(i) != simulated.get(i));
        let at = |list: &[T], i: usize| list.get(i).map_or_else(|| "nothing".to_owned(), |v| format!("{v:?}"));
        match differs {
            None => Self::words(what, count(expected.len()), count(simulated.len()), true),
            Some(i) => Self::words(format!("{what}, number {i}"), at(expected, i), at(simulated, i), false),
        }
    }

    fn words(what: impl Into<String>, expected: String, simulated: String, met: bool) -> Self {
        Self { what: what.into(), expected, simulated, tolerance: String::new(), met, figures: None }
    }

    /// A case that could not be compared at all.
    pub(crate) fn broken(why: impl Display) -> Self {
        Self::words("the case", "can be compared".to_owned(), why.to_string(), false)
    }
}

/// How many entries a list has that is the same on both sides.
fn count(n: usize) -> String {
    format!("{n} {}", if n == 1 { "entry" } else { "entries" })
}

/// A number with at most four decimals, for people.
pub(crate) fn short(x: f64) -> String {
    let text = format!("{x:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Compares one case of a file.
pub(crate) type Compare = fn(&serde_json::Value) -> Result<Comparison, Stop>;
