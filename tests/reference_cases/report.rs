//! Reading a file of cases, and what is printed about it.

use std::fmt::{self, Display};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use serde_json::Value;

use crate::told::told;
use crate::verdict::{Compare, Comparison, Row, Stop};

/// All files.
pub(crate) struct Report {
    pub(crate) files: Vec<File>,
}

/// One file of cases.
pub(crate) struct File {
    pub(crate) name: String,
    /// `None`: there is no such file. `Some(Err)`: it cannot be read.
    pub(crate) cases: Option<Result<Vec<Case>, String>>,
}

/// What became of one case.
pub(crate) struct Case {
    pub(crate) id: String,
    /// What is run.
    pub(crate) told: String,
    /// Who says what it expects.
    pub(crate) source: String,
    pub(crate) outcome: Outcome,
}

pub(crate) enum Outcome {
    Compared(Comparison),
    Skipped(String),
}

impl Case {
    fn is_skipped(&self) -> bool {
        matches!(self.outcome, Outcome::Skipped(_))
    }

    fn is_met(&self) -> bool {
        matches!(&self.outcome, Outcome::Compared(c) if c.rows.iter().all(|r| r.met))
    }

    pub(crate) fn is_off(&self) -> bool {
        !self.is_met() && !self.is_skipped()
    }

    /// What was compared.
    pub(crate) fn rows(&self) -> &[Row] {
        match &self.outcome {
            Outcome::Compared(comparison) => &comparison.rows,
            Outcome::Skipped(_) => &[],
        }
    }
}

/// Reads a file and compares its cases.
pub(crate) fn read(folder: &Path, name: &str, compare: Compare) -> File {
    let path = folder.join(name);
    let cases = path.exists().then(|| {
        let text = std::fs::read_to_string(&path).map_err(|e| e.to_string())?;
        let file: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
        let cases = file.get("cases").and_then(Value::as_array).ok_or("there is no list `cases` in it")?;
        Ok(cases.iter().enumerate().map(|(i, case)| judge(i, case, compare)).collect())
    });
    File { name: name.to_owned(), cases }
}

fn judge(number: usize, case: &Value, compare: Compare) -> Case {
    let id = case.get("id").and_then(Value::as_str).map_or_else(|| format!("case {number}"), str::to_owned);
    // One case that breaks must not hide the others.
    let result = catch_unwind(AssertUnwindSafe(|| compare(case)));
    let outcome = match result {
        Ok(Ok(comparison)) if comparison.rows.is_empty() => {
            let keys = comparison.not_compared.join(", ");
            Outcome::Skipped(format!("this reader does not know what is expected: {keys}"))
        }
        Ok(Ok(comparison)) => Outcome::Compared(comparison),
        Ok(Err(Stop::Skip(why))) => Outcome::Skipped(why),
        Ok(Err(Stop::Broken(why))) => broken(why),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            broken(text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic"))
        }
    };
    let text = |key: &str| case.get(key).and_then(Value::as_str);
    let source = match (text("source"), text("python"), text("workload")) {
        (Some(source), ..) => source.to_owned(),
        (_, Some(python), Some(workload)) => format!("real CPython {python}, workload {workload}"),
        (_, Some(python), _) => format!("real CPython {python}"),
        _ => String::new(),
    };
    Case { id, told: told(case), source, outcome }
}

fn broken(why: impl Display) -> Outcome {
    Outcome::Compared(Comparison { rows: vec![Row::broken(why)], ..Comparison::default() })
}

impl Report {
    fn cases(&self) -> impl Iterator<Item = &Case> {
        self.files.iter().filter_map(|f| f.cases.as_ref()?.as_ref().ok()).flatten()
    }

    fn unreadable(&self) -> usize {
        self.files.iter().filter(|f| matches!(f.cases, Some(Err(_)))).count()
    }

    /// Whether nothing is off, and there was something.
    pub(crate) fn passed(&self) -> bool {
        self.unreadable() == 0 && self.cases().next().is_some() && !self.cases().any(Case::is_off)
    }

    /// The line that the usual test runner ends with, of cases instead of tests.
    pub(crate) fn closing_line(&self) -> String {
        let verdict = if self.passed() { "ok" } else { "FAILED" };
        let count = |f: fn(&Case) -> bool| self.cases().filter(|c| f(c)).count();
        let (met, off, skipped) = (count(Case::is_met), count(Case::is_off), count(Case::is_skipped));
        let failed = off + self.unreadable();
        format!("test result: {verdict}. {met} passed; {failed} failed; {skipped} ignored; 0 measured; 0 filtered out;")
    }
}

impl File {
    /// How many cases it has, how many are met, off and skipped.
    pub(crate) fn counts(&self) -> Option<[usize; 4]> {
        let cases = self.cases.as_ref()?.as_ref().ok()?;
        let count = |is: fn(&Case) -> bool| cases.iter().filter(|c| is(c)).count();
        Some([cases.len(), count(Case::is_met), count(Case::is_off), count(Case::is_skipped)])
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n{:28} {:>5} {:>5} {:>5} {:>8}", "file", "read", "met", "off", "skipped")?;
        for file in &self.files {
            write!(f, "{file}")?;
        }
        if self.cases().next().is_none() {
            writeln!(f, "No case was read.")?;
        }
        Ok(())
    }
}

impl Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cases = match &self.cases {
            None => return writeln!(f, "{:28} is not there", self.name),
            Some(Err(why)) => return writeln!(f, "{:28} cannot be read: {why}", self.name),
            Some(Ok(cases)) => cases,
        };
        let [read, met, off, skipped] = self.counts().unwrap_or_default();
        writeln!(f, "{:28} {read:>5} {met:>5} {off:>5} {skipped:>8}", self.name)?;
        for (why, ids) in reasons(cases) {
            writeln!(f, "    skipped {:>3}: {why} ({})", ids.len(), ids.join(", "))?;
        }
        for case in cases {
            let Outcome::Compared(Comparison { not_compared, .. }) = &case.outcome else { continue };
            if !not_compared.is_empty() {
                writeln!(f, "    not compared in {}: {}", case.id, not_compared.join(", "))?;
            }
        }
        for case in cases.iter().filter(|c| c.is_off()) {
            writeln!(f, "    OFF {}", case.id)?;
            let Outcome::Compared(comparison) = &case.outcome else { continue };
            for row in comparison.rows.iter().filter(|r| !r.met).take(3) {
                let Row { what, expected, simulated, tolerance, .. } = row;
                writeln!(f, "        {what}: expected {expected} {tolerance}; simulated {simulated}")?;
            }
        }
        Ok(())
    }
}

/// The reasons for which cases are skipped, in order of appearance, each with the cases.
fn reasons(cases: &[Case]) -> Vec<(&str, Vec<&str>)> {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for case in cases {
        let Outcome::Skipped(why) = &case.outcome else { continue };
        match reasons.iter_mut().find(|(w, _)| w == why) {
            Some((_, ids)) => ids.push(&case.id),
            None => reasons.push((why, vec![&case.id])),
        }
    }
    reasons
}
