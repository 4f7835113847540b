//! A run as tables for spreadsheets and scripts: comma-separated values after RFC 4180, but for line feeds between rows, with
//! a head of column names and times in whole nanoseconds. A name that a spreadsheet would take for a formula has an
//! apostrophe before it: scenarios come by links from anybody.

use std::fmt::Write;

use super::json::state_name;
use super::named_objects;
use crate::engine::lanes::Lane;
use crate::engine::plan::ObjectKind;
use crate::engine::segments::Segment;
use crate::engine::{Place, Run};
use crate::explain::{sentence, thread_name, whose};
use crate::ids::{CoreId, ThreadIx};
use crate::metrics::{self, Metrics, Row};
use crate::time::Time;

/// Every stretch of every lane up to `until`, as far as which the run must be computed, or to its ending: cores, GILs, locks
/// and devices, threads. The name is that of the thread that was there, held it or was served.
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
    let shared = run.shared();
    for (object, kind, lane) in named_objects(plan) {
        let state = if kind == ObjectKind::Device { "serves" } else { "held" };
        table.lane(&lane, shared.lanes(run.trace()).held(object), cut, |s| (name(s.holder), state, None));
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

/// Every figure of the run up to `until`, by its key, with what it is about and its unit; those of the whole run have no
/// subject. What is not there yet, as the end of a thread that goes on, is left out.
#[must_use]
pub fn numbers(run: &Run, until: Time) -> String {
    let mut table = Table::new("metric,subject,value,unit\n");
    for Row { about, of, value } in Metrics::of(run, metrics::horizon(run, until)).rows() {
        table.row(&[about.key, &whose(run.plan(), of), &about.unit.plain(value), about.unit.name()]);
    }
    table.0
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
            // No figure begins like this.
            let formula = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
            if field.contains([',', '"', '\n', '\r']) {
                // Writing to a string does not fail.
                let _ = write!(self.0, "\"{formula}{}\"", field.replace('"', "\"\""));
            } else {
                self.0.push_str(formula);
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
#[must_use]
pub fn snake_case(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}
