//! A run as tables for spreadsheets and scripts: comma-separated values after RFC 4180, a head of column names, times in
//! whole nanoseconds.

use std::fmt::Write;

use super::json::state_name;
use crate::engine::lanes::Lane;
use crate::engine::segments::Segment;
use crate::engine::{Place, Run};
use crate::explain::{sentence, thread_name};
use crate::ids::{CoreId, ThreadIx};
use crate::metrics::{self, Metrics};
use crate::time::{Dur, Time};

/// Every stretch of every lane up to `until`, as far as which the run must be computed, or to its ending: cores, GILs,
/// threads. Of a core's and a GIL's stretch the name is that of the thread that was there.
#[must_use]
pub fn segments(run: &Run, until: Time) -> String {
    let (plan, lanes) = (run.plan(), run.lanes());
    let threads: Vec<String> = plan.thread_ixs().map(|t| thread_name(plan, t)).collect();
    let name = |thread: ThreadIx| threads[thread.ix()].as_str();
    let mut table = Table::new("lane,name,state,start_ns,end_ns,core\n");
    let cut = metrics::horizon(run, until);
    for core in plan.core_ids() {
        let lane = format!("core {}", core.0);
        table.lane(&lane, lanes.core(core), cut, |s| (name(s.thread), state_name(s.place), Some(core)));
    }
    for gil in plan.gil_ixs() {
        let lane = format!("GIL of {}", plan.gil_owner(gil));
        table.lane(&lane, lanes.gil(gil), cut, |s| (name(s.holder), "held", None));
    }
    for thread in plan.thread_ixs() {
        let lane = format!("thread {}", name(thread));
        let life = lanes.thread(thread);
        let finished = life.last().is_some_and(|s| s.place == Place::Finished);
        let life = life.part(0..life.len() - usize::from(finished));
        table.lane(&lane, life, cut, |s| (name(thread), state_name(s.place), s.core));
    }
    table.0
}

/// Everything that happened up to `until`, a sentence each.
#[must_use]
pub fn events(run: &Run, until: Time) -> String {
    let mut table = Table::new("time_ns,thread,kind,sentence\n");
    for (i, record) in run.trace()[..run.records_until(until)].iter().enumerate() {
        let kind = snake_case(&format!("{:?}", record.kind()));
        let thread = thread_name(run.plan(), record.thread());
        table.row(&[&record.time().ns().to_string(), &thread, &kind, &sentence(run, i)]);
    }
    table.0
}

/// Every number of the run up to `until`. What is not there yet, as the end of a thread that goes on, is left out.
#[must_use]
pub fn numbers(run: &Run, until: Time) -> String {
    let mut table = Table::new("metric,subject,value,unit\n");
    for Number { metric, subject, value, unit } in rows(run, &Metrics::of(run, metrics::horizon(run, until))) {
        table.row(&[metric, &subject, &value.to_string(), unit]);
    }
    table.0
}

/// A row of the table of numbers.
struct Number {
    metric: &'static str,
    /// What it is about, in the words of the table of segments; the whole run if it is empty.
    subject: String,
    value: u64,
    unit: &'static str,
}

impl Number {
    fn count(metric: &'static str, subject: &str, value: u64) -> Self {
        Self { metric, subject: subject.to_owned(), value, unit: "" }
    }

    fn length(metric: &'static str, subject: &str, value: Dur) -> Self {
        Self { value: value.ns(), unit: "ns", ..Self::count(metric, subject, 0) }
    }

    /// A point in time, as the length since the start.
    fn time(metric: &'static str, subject: &str, value: Time) -> Self {
        Self::length(metric, subject, value.since(Time::ZERO))
    }
}

fn rows(run: &Run, figures: &Metrics) -> Vec<Number> {
    let plan = run.plan();
    let mut rows = vec![Number::time("until", "", figures.until)];
    rows.extend(figures.makespan.map(|t| Number::time("makespan", "", t)));
    rows.push(Number::count("context switches", "", figures.context_switches));
    for (thread, of) in plan.thread_ixs().zip(&figures.threads) {
        let subject = format!("thread {}", thread_name(plan, thread));
        rows.extend(of.start.map(|t| Number::time("start", &subject, t)));
        rows.extend(of.finished.map(|t| Number::time("finished", &subject, t)));
        rows.extend(of.response.map(|d| Number::length("response", &subject, d)));
        rows.extend(of.turnaround.map(|d| Number::length("turnaround", &subject, d)));
        rows.push(Number::count("migrations", &subject, of.migrations));
        rows.extend(of.totals.by_name().map(|(name, total)| Number::length(name, &subject, total)));
    }
    for (core, of) in plan.core_ids().zip(&figures.cores) {
        let subject = format!("core {}", core.0);
        let lengths = [("useful", of.useful), ("overhead", of.overhead), ("idle", of.idle)];
        rows.extend(lengths.map(|(name, d)| Number::length(name, &subject, d)));
    }
    for (gil, of) in plan.gil_ixs().zip(&figures.gils) {
        let subject = format!("GIL of {}", plan.gil_owner(gil));
        rows.extend([("held", of.held), ("free", of.free)].map(|(name, d)| Number::length(name, &subject, d)));
        rows.push(Number::count("hand-offs", &subject, of.hand_offs));
        rows.push(Number::count("requests", &subject, of.requests));
    }
    rows
}

/// Rows as text.
struct Table(String);

impl Table {
    fn new(head: &str) -> Self {
        Self(head.to_owned())
    }

    fn row(&mut self, fields: &[&str]) {
        for (i, field) in fields.iter().enumerate() {
            if i > 0 {
                self.0.push(',');
            }
            if field.contains([',', '"', '\n', '\r']) {
                // Writing to a string does not fail.
                let _ = write!(self.0, "\"{}\"", field.replace('"', "\"\""));
            } else {
                self.0.push_str(field);
            }
        }
        self.0.push('\n');
    }

    fn lane<'a, S: Segment>(
        &mut self,
        lane: &str,
        stretches: Lane<'_, S>,
        cut: Time,
        of: impl Fn(&S) -> (&'a str, &'static str, Option<CoreId>),
    ) {
        for s in stretches.iter().take_while(|s| s.start() < cut) {
            let (name, state, core) = of(&s);
            let (start, end) = (s.start().ns().to_string(), s.end().min(cut).ns().to_string());
            let core = core.map_or_else(String::new, |c| c.0.to_string());
            self.row(&[lane, name, state, &start, &end, &core]);
        }
    }
}

/// `TakeGil` as `take_gil`, which is how JSON has it.
fn snake_case(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}
