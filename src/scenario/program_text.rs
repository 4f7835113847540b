//! Programs as text that people write: `python 20ms; io 100ms; python 5ms`.
//!
//! ```text
//! python 20 ms                  # ops by their names, lengths as fields take them: 20ms, 1.5 s; ms where no unit stands
//! repeat 3 {                    # or: repeat for ever { … }
//!   acquire "my lock"; release "my lock"
//!   io 100 ms at disk           # without “at” at the network
//! }
//! input "Your name?" at 5 ms    # without a time, a person answers; what is asked may be left out
//! start worker; put jobs; send pipe 2048 bytes; yield
//! ```
//!
//! Ops are separated by `;` or new lines. What they are about is named; a name with blanks or signs stands in double quotes,
//! in which `\` goes before a quote or another `\`. If several things of a kind have the same name, `"lock"/3` is the one
//! with the id 3. What stands behind `#` is a comment.
//!
//! The reader is in `program_words`.

use std::fmt;

use super::check::{Problem, shortened};
use super::{Edit, Op, Process, Scenario, Step};
use crate::ids::ThreadId;

/// Characters of an op that an error repeats.
const SHOWN: usize = 40;

/// The length of a message that names none, in bytes.
pub(super) const BYTES: u32 = 1_024;

/// Why a text is no program: which op, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextProblem {
    /// The place of the op, counted from 1, `2.1` for the first one in a loop that is the second; empty if it is about the
    /// whole.
    pub place: String,
    /// The op as it is written.
    pub text: String,
    /// What is wrong.
    pub what: String,
}

impl TextProblem {
    pub(super) fn new(place: &[usize], text: &str, what: String) -> Self {
        let places: Vec<_> = place.iter().map(|i| (i + 1).to_string()).collect();
        Self { place: places.join("."), text: shortened(text, SHOWN), what }
    }
}

impl fmt::Display for TextProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() {
            return f.write_str(&self.what);
        }
        write!(f, "Op {}, “{}”: {}", self.place, self.text, self.what)
    }
}

impl std::error::Error for TextProblem {}

/// What an op of a kind can be about: what that is called, and each with its id and name.
pub(super) fn candidates<'a>(
    scenario: &'a Scenario,
    process: &'a Process,
    thread: ThreadId,
    op: &str,
) -> (&'static str, Vec<(u16, &'a str)>) {
    let resources = |kinds: &[&str]| {
        let of = process.resources.iter().filter(|r| kinds.contains(&r.kind.name()));
        of.map(|r| (r.id.0, r.name.as_str())).collect()
    };
    match op {
        "acquire" | "release" => ("lock or semaphore", resources(&["lock", "semaphore"])),
        "wait" => ("event or barrier", resources(&["event", "barrier"])),
        "set" | "clear" => ("event", resources(&["event"])),
        "put" | "get" => ("queue", resources(&["queue"])),
        "send" | "receive" => ("pipe", scenario.pipes.iter().map(|p| (p.id.0, p.name.as_str())).collect()),
        "io" => ("device", scenario.devices.iter().map(|d| (d.id.0, d.name.as_str())).collect()),
        "spawn" => {
            let others = scenario.processes.iter().filter(|p| p.id != process.id);
            ("other process", others.map(|p| (p.id.0, p.name.as_str())).collect())
        }
        _ => {
            let others = process.threads.iter().filter(|t| t.id != thread);
            ("other thread", others.map(|t| (t.id.0, t.name.as_str())).collect())
        }
    }
}

impl Scenario {
    /// A thread's program as text, an op a line; empty if there is no such thread.
    #[must_use]
    pub fn program_to_text(&self, thread: ThreadId) -> String {
        let mut text = String::new();
        if let Some((process, found)) = self.thread(thread) {
            self.write_steps(process, thread, &found.program, 0, &mut text);
        }
        text
    }

    fn write_steps(&self, process: &Process, thread: ThreadId, steps: &[Step], depth: usize, text: &mut String) {
        let indent = "  ".repeat(depth);
        for Step { op, .. } in steps {
            *text += &indent;
            *text += &self.op_in(process, thread, op);
            if let Op::Repeat { steps, .. } = op {
                *text += " {\n";
                self.write_steps(process, thread, steps, depth + 1, text);
                *text += &indent;
                *text += "}";
            }
            *text += "\n";
        }
    }

    /// An op as text; of a loop, how often it repeats.
    #[must_use]
    pub fn op_to_text(&self, thread: ThreadId, op: &Op) -> String {
        self.thread(thread).map_or_else(String::new, |(process, _)| self.op_in(process, thread, op))
    }

    fn op_in(&self, process: &Process, thread: ThreadId, op: &Op) -> String {
        let about = op.object().map(|id| id.0).or(op.thread().map(|id| id.0)).or(match op {
            Op::Spawn(id) => Some(id.0),
            _ => None,
        });
        let about = about.map(|id| name_of(&candidates(self, process, thread, op.name()).1, id));
        let mut text = match op {
            Op::Repeat { times: Some(times), .. } => format!("repeat {times}"),
            Op::Repeat { times: None, .. } => "repeat for ever".to_owned(),
            op => op.name().to_owned(),
        };
        let mut add = |word: &str| {
            text.push(' ');
            text += word;
        };
        if let Some(length) = op.length() {
            add(&length.to_string());
        }
        if let (Op::IoAt { .. }, Some(_)) = (op, &about) {
            add("at");
        }
        if let Some(name) = about {
            add(&name);
        }
        match op {
            Op::Send { bytes, .. } if *bytes != BYTES => add(&format!("{bytes} bytes")),
            Op::Input { prompt, at } => {
                if !prompt.is_empty() {
                    add(&quoted(prompt));
                }
                if let Some(at) = at {
                    add(&format!("at {at}"));
                }
            }
            _ => {}
        }
        text
    }

    /// Puts a program that is given as text in place of a thread's. Ops that stay keep the source lines that they stand
    /// for; whom it starts or spawns starts there, and no other way.
    ///
    /// # Errors
    /// The first op that is not understood, names what is not there, or that [`Scenario::check`] refuses.
    pub fn with_program_text(&self, thread: ThreadId, text: &str) -> Result<Edit, TextProblem> {
        let mut steps = self.program_from_text(thread, text)?;
        let old = self.thread(thread).map_or(&[][..], |(_, t)| &t.program);
        keep_lines(old, &mut steps);
        let mut name = format!("Change the program of {}", self.name_of(thread));
        let base = self.starting_all(&steps, &mut name);
        let refused = |Problem { place, what }: Problem| base.text_problem(thread, text, &place, what);
        base.edited(name, |s| {
            if let Some(thread) = s.thread_mut(thread) {
                thread.program = steps;
            }
        })
        .map_err(refused)
    }

    fn starting_all(&self, steps: &[Step], name: &mut String) -> Self {
        let mut scenario = self.clone();
        for step in steps {
            let also = match &step.op {
                Op::Repeat { steps, .. } => {
                    scenario = scenario.starting_all(steps, name);
                    continue;
                }
                op @ (Op::Start(_) | Op::Spawn(_)) => scenario.started_by(op),
                _ => continue,
            };
            scenario = also.0;
            *name += &also.1;
        }
        scenario
    }

    /// A problem that a check has found, said of the op in the text.
    fn text_problem(&self, thread: ThreadId, text: &str, place: &str, what: String) -> TextProblem {
        let numbers = place.split(", op ").skip(1).map_while(|n| n.parse::<usize>().ok());
        let path: Vec<usize> = numbers.map(|n| n.saturating_sub(1)).collect();
        let mut steps = self.program_from_text(thread, text).unwrap_or_default();
        let mut op = None;
        for &i in &path {
            op = (i < steps.len()).then(|| steps.swap_remove(i).op);
            steps = match &mut op {
                Some(Op::Repeat { steps, .. }) => std::mem::take(steps),
                _ => Vec::new(),
            };
        }
        match op {
            Some(op) => TextProblem::new(&path, &self.op_to_text(thread, &op), what),
            None => TextProblem::new(&[], "", format!("{place}: {what}")),
        }
    }
}

/// A name as it is written, with the id if another thing has the same.
fn name_of(of: &[(u16, &str)], id: u16) -> String {
    let Some((_, name)) = of.iter().find(|(i, _)| *i == id) else { return format!("\"\"/{id}") };
    match of.iter().filter(|(_, n)| n == name).count() {
        1 if name.chars().all(is_plain) => (*name).to_owned(),
        1 => quoted(name),
        _ => format!("{}/{id}", quoted(name)),
    }
}

/// Whether a character may stand in a word without quotes.
pub(super) const fn is_plain(c: char) -> bool {
    !(c.is_whitespace() || matches!(c, ';' | '{' | '}' | '#' | '"'))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Gives ops that were there before what a text does not say of them: those at the beginning and the end that are the same,
/// then those beside them of the same kind.
fn keep_lines(mut old: &[Step], mut new: &mut [Step]) {
    for same in [same, |a: &Op, b: &Op| a.name() == b.name()] {
        let first = old.iter().zip(new.iter()).take_while(|(a, b)| same(&a.op, &b.op)).count();
        old.iter().zip(new.iter_mut()).take(first).for_each(|(a, b)| keep(a, b));
        (old, new) = (&old[first..], &mut new[first..]);
        let last = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| same(&a.op, &b.op)).count();
        old.iter().rev().zip(new.iter_mut().rev()).take(last).for_each(|(a, b)| keep(a, b));
        let end = new.len() - last;
        (old, new) = (&old[..old.len() - last], &mut new[..end]);
    }
}

/// Whether two ops do the same, whatever lines they stand for.
fn same(a: &Op, b: &Op) -> bool {
    match (a, b) {
        (Op::Repeat { times, steps }, Op::Repeat { times: others, steps: other }) => {
            let pairs = steps.iter().zip(other);
            times == others && steps.len() == other.len() && pairs.into_iter().all(|(a, b)| same(&a.op, &b.op))
        }
        _ => a == b,
    }
}

fn keep(before: &Step, now: &mut Step) {
    now.line = before.line;
    now.extra.clone_from(&before.extra);
    if let (Op::Repeat { steps: old, .. }, Op::Repeat { steps: new, .. }) = (&before.op, &mut now.op) {
        keep_lines(old, new);
    }
}
