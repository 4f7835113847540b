//! A run in figures, as text for a terminal.

use std::fmt::Write;

use crate::engine::{Ending, Limit, Run};
use crate::explain::{cycle_in_words, thread_name};
use crate::ids::ThreadIx;
use crate::metrics::{self, About, Metrics};
use crate::time::{Dur, Time};

/// How the run ended and where the time went, up to `until`, as far as which it must be computed, or to its ending.
#[must_use]
pub fn render(run: &Run, until: Time) -> String {
    let figures = Metrics::of(run, metrics::horizon(run, until));
    let mut text = format!("{}\n", ending(run, &figures));
    for table in [threads(run, &figures), cores(&figures), gils(run, &figures)] {
        if table.len() > 1 {
            let _ = write!(text, "\n{}", aligned(&table));
        }
    }
    let whole = About::whole().iter().filter_map(|about| {
        let value = about.of_run(&figures).map(|value| about.unit.text(value));
        Some(vec![about.name.to_owned(), value.or_else(|| about.absent(true).map(str::to_owned))?])
    });
    let _ = write!(text, "\n{}", aligned(&whole.collect()));
    text
}

/// How it ended, as a sentence.
fn ending(run: &Run, figures: &Metrics) -> String {
    let until = figures.until;
    match run.ending() {
        Some(Ending::AllFinished) => {
            let idle: Vec<String> = run.never_started().map(|t| thread_name(run.plan(), t)).collect();
            let never = if idle.is_empty() { String::new() } else { format!(" Never started: {}.", idle.join(", ")) };
            format!("All threads have finished at {until:.3}.{never}")
        }
        Some(Ending::AwaitingInput(threads)) => {
            let names: Vec<String> = threads.iter().map(|t| thread_name(run.plan(), *t)).collect();
            format!("Nothing happens any more after {until:.3} before a person answers: {}.", names.join(", "))
        }
        Some(Ending::Deadlock(cycle)) => format!("{} At {until:.3}.", cycle_in_words(run.plan(), cycle)),
        Some(Ending::Stuck(threads)) => {
            let names: Vec<String> = threads.iter().map(|t| thread_name(run.plan(), *t)).collect();
            format!("Nothing happens any more after {until:.3}; not finished: {}.", names.join(", "))
        }
        Some(Ending::LimitReached(Limit::Records)) => {
            format!("Cut at {until:.3}: more happens than is kept. The scenario goes on.")
        }
        Some(Ending::LimitReached(Limit::Time)) => format!("Cut at {until:.3}: the longest time."),
        None => format!("Cut at {until:.3}: the scenario goes on."),
    }
}

type Table = Vec<Vec<String>>;

fn cell(d: Dur) -> String {
    if d.is_zero() { "–".to_owned() } else { format!("{d:.3}") }
}

/// A row per thread; a column for each place in which any thread spent time.
fn threads(run: &Run, figures: &Metrics) -> Table {
    let plan = run.plan();
    let all: Vec<_> = figures.threads.iter().map(|t| t.totals.by_name()).collect();
    let used: Vec<usize> = match all.first() {
        None => Vec::new(),
        Some(row) => (0..row.len()).filter(|i| all.iter().any(|row| !row[*i].1.is_zero())).collect(),
    };
    let mut head: Vec<String> = ["thread", "process", "finished"].map(str::to_owned).to_vec();
    head.extend(used.iter().filter_map(|i| all.first().map(|row| row[*i].0.to_owned())));
    let mut table = vec![head];
    for (i, row) in all.iter().enumerate() {
        let thread = plan.thread(ThreadIx(i as u16));
        let finished = figures.threads[i].finished.map_or_else(|| "–".to_owned(), point);
        let mut cells = vec![thread.name.clone(), plan.process(thread.process).name.clone(), finished];
        cells.extend(used.iter().map(|i| cell(row[*i].1)));
        table.push(cells);
    }
    table
}

fn point(t: Time) -> String {
    format!("{t:.3}")
}

fn cores(figures: &Metrics) -> Table {
    let mut table = vec![["core", "useful", "overhead", "idle"].map(str::to_owned).to_vec()];
    for (i, core) in figures.cores.iter().enumerate() {
        table.push(vec![i.to_string(), cell(core.useful), cell(core.overhead), cell(core.idle)]);
    }
    table
}

fn gils(run: &Run, figures: &Metrics) -> Table {
    let plan = run.plan();
    let mut table = vec![["GIL of", "held", "free", "hand-offs", "requests"].map(str::to_owned).to_vec()];
    for (gil, g) in plan.gils.iter().zip(&figures.gils) {
        let process = plan.process(gil.process).name.clone();
        table.push(vec![process, cell(g.held), cell(g.free), g.hand_offs.to_string(), g.requests.to_string()]);
    }
    table
}

/// Columns of equal width, two blanks between them.
fn aligned(table: &Table) -> String {
    let columns = table.first().map_or(0, Vec::len);
    let width = |i: usize| table.iter().map(|row| row[i].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    table.iter().fold(String::new(), |mut text, row| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        let _ = writeln!(text, "{}", cells.collect::<Vec<_>>().join("  ").trim_end());
        text
    })
}
