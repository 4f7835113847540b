//! The limits of a scenario, checked at the edge: what passed [`Scenario::check`] runs, always.

use std::fmt;

use super::check_program::{check_shared_by_interpreters, check_steps, count};
use super::model::{Intervention, Process, Scenario, Start, Thread, What};
use super::runtime::check_runtime;
use super::{Costs, Queues, ResourceKind, Share, setting};
use crate::order::insert;
use crate::time::{Dur, MAX_NS, Time};

/// What a scenario may not exceed.
#[derive(Clone, Copy, Debug)]
pub struct Limits;

impl Limits {
    /// Cores of the computer.
    pub const CORES: u8 = 64;
    /// Processes.
    pub const PROCESSES: usize = 64;
    /// Threads of all processes together.
    pub const THREADS: usize = 1_024;
    /// Ops of all threads together, loops counted once.
    pub const OPS: usize = 10_000;
    /// Product of the counts of loops inside each other.
    pub const LOOP_PRODUCT: u64 = 1_000_000;
    /// Loops inside each other.
    pub const LOOP_DEPTH: usize = 8;
    /// Characters of a name or title.
    pub const NAME: usize = 64;
    /// Characters of each of the texts.
    pub const TEXT: usize = 2_000;
    /// Characters of the source.
    pub const SOURCE: usize = 20_000;
    /// Lines of the source.
    pub const SOURCE_LINES: usize = 1_000;
    /// Resources, pipes and devices together.
    pub const OBJECTS: usize = 256;
    /// The initial count of a semaphore, the parties of a barrier, the capacity of a queue.
    pub const COUNT: u32 = 10_000;
    /// Characters of what a person is asked.
    pub const PROMPT: usize = 64;
    /// Characters of what a person answers.
    pub const ANSWER: usize = 200;
    /// By how many percent Python may be slower without a GIL.
    pub const OVERHEAD: u16 = 1_000;
    /// Ticks between two checks of Python 2.
    pub const CHECK_INTERVAL: u32 = 1_000_000;
    /// Interpreters of a process; they are numbered from 0.
    pub const INTERPRETERS: u8 = 64;
    /// Interventions.
    pub const INTERVENTIONS: usize = 1_000;
    /// Levels of a multi-level feedback queue.
    pub const LEVELS: usize = 16;
    /// Given draws of each kind.
    pub const DRAWS: usize = 10_000;
    /// Least and most niceness, as in Unix.
    pub const NICE: (i8, i8) = (-20, 19);
    /// Tickets of a thread.
    pub const TICKETS: u32 = 1_000_000;
    /// The shortest switch interval that CPython accepts.
    pub const SWITCH_INTERVAL: Dur = Dur::from_us(1);
}

/// Why a scenario is refused: which thing, where, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The place, from the outside in: `process “web”, thread “T1”, op 3`.
    pub place: String,
    /// What is wrong, in words that can stand behind the place and a colon.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

impl std::error::Error for Problem {}

pub(super) fn problem<T>(place: impl Into<String>, what: impl Into<String>) -> Result<T, Problem> {
    Err(Problem { place: place.into(), what: what.into() })
}

impl Scenario {
    /// Checks every limit and every reference.
    ///
    /// # Errors
    /// The first problem, in reading order.
    pub fn check(&self) -> Result<(), Problem> {
        if self.v != super::model::SCHEMA {
            return problem("scenario", format!("version {} is not one that this version reads", self.v));
        }
        if self.claim.chars().count() > Limits::NAME {
            return problem("claim", format!("longer than {} characters", Limits::NAME));
        }
        if self.title.chars().count() > Limits::NAME {
            return problem("title", format!("longer than {} characters", Limits::NAME));
        }
        self.check_texts()?;
        self.check_computer()?;
        if self.processes.len() > Limits::PROCESSES {
            return problem("processes", format!("{} of them; at most {}", self.processes.len(), Limits::PROCESSES));
        }
        let threads = self.threads().count();
        if threads > Limits::THREADS {
            return problem("threads", format!("{threads} of them; at most {}", Limits::THREADS));
        }
        self.check_shared()?;
        let (mut processes, mut threads, mut ops) = (Vec::new(), Vec::new(), 0);
        for process in &self.processes {
            if !insert(&mut processes, process.id.0) {
                return problem(place_of(process), format!("its id {} is used twice", process.id.0));
            }
            check_process(process)?;
            for thread in &process.threads {
                let place = format!("{}, {}", place_of(process), named("thread", &thread.name, thread.id.0));
                if !insert(&mut threads, thread.id.0) {
                    return problem(place, format!("its id {} is used twice", thread.id.0));
                }
                self.check_thread(&place, process, thread)?;
                ops += thread.program.iter().map(count).sum::<usize>();
            }
            check_shared_by_interpreters(process)?;
        }
        if ops > Limits::OPS {
            return problem("programs", format!("{ops} ops in all; at most {}", Limits::OPS));
        }
        self.check_interventions()
    }

    fn check_texts(&self) -> Result<(), Problem> {
        let texts = [
            ("texts, in_short", &self.texts.in_short, Limits::TEXT),
            ("texts, more_exactly", &self.texts.more_exactly, Limits::TEXT),
            ("source", &self.source, Limits::SOURCE),
        ];
        if let Some((place, _, most)) = texts.into_iter().find(|(_, text, most)| text.chars().count() > *most) {
            return problem(place, format!("longer than {most} characters"));
        }
        if self.source.lines().count() > Limits::SOURCE_LINES {
            return problem("source", format!("more than {} lines", Limits::SOURCE_LINES));
        }
        Ok(())
    }

    fn check_computer(&self) -> Result<(), Problem> {
        let cores = self.computer.cores;
        if !(1..=Limits::CORES).contains(&cores) {
            let what = format!("{cores} cores; from 1 to {}", Limits::CORES);
            return problem("computer", if cores == 0 { "it needs at least one core".to_owned() } else { what });
        }
        setting::check("computer", &self.computer.policy.clone().parameters())?;
        if let Queues::PerCore(queues) = &self.computer.queues {
            setting::check("computer, queues", &queues.clone().parameters())?;
        }
        let mut c = self.computer.costs.costs();
        for (name, cost) in Costs::NAMES.into_iter().zip(c.each_mut()) {
            check_length(&format!("computer, cost {name}"), *cost)?;
        }
        Ok(())
    }

    fn check_thread(&self, place: &str, process: &Process, thread: &Thread) -> Result<(), Problem> {
        check_name(place, &thread.name)?;
        check_start(place, thread.start)?;
        if !thread.cores.fits(self.computer.cores) {
            return problem(place, format!("may run on none of the {} cores", self.computer.cores));
        }
        if thread.interpreter >= Limits::INTERPRETERS {
            let what = format!("interpreter {}; from 0 to {}", thread.interpreter, Limits::INTERPRETERS - 1);
            return problem(place, what);
        }
        check_share(place, thread.share)?;
        check_steps(place, &thread.program, 1, 0)?;
        self.check_references(place, process, thread)
    }

    /// Resources, pipes and devices.
    fn check_shared(&self) -> Result<(), Problem> {
        let resource = |p: &Process| place_of(p);
        let resources = self.processes.iter().flat_map(|p| p.resources.iter().map(move |r| (p, r)));
        let named = resources.map(|(p, r)| (format!("{}, {} “{}”", resource(p), r.kind.name(), r.name), r.id, &r.name));
        let pipes = self.pipes.iter().map(|p| (format!("pipe “{}”", p.name), p.id, &p.name));
        let devices = self.devices.iter().map(|d| (format!("device “{}”", d.name), d.id, &d.name));
        let mut ids = Vec::new();
        for (place, id, name) in named.chain(pipes).chain(devices) {
            let place = shortened(&place, 3 * Limits::NAME);
            if ids.len() == Limits::OBJECTS {
                return problem("resources, pipes and devices", format!("more than {} of them", Limits::OBJECTS));
            }
            check_name(&place, name)?;
            if !insert(&mut ids, id.0) {
                return problem(place, format!("its id {} is used twice", id.0));
            }
        }
        let memory = |r: &super::Resource| matches!(r.kind, ResourceKind::Memory(bytes) if bytes > MAX_NS);
        for r in self.processes.iter().flat_map(|p| &p.resources) {
            let what = if memory(r) { Some("more than 2⁵³ − 1 bytes".to_owned()) } else { r.kind.wrong() };
            if let Some(what) = what {
                return problem(format!("{} “{}”", r.kind.name(), r.name), what);
            }
        }
        Ok(())
    }

    fn check_interventions(&self) -> Result<(), Problem> {
        if self.interventions.len() > Limits::INTERVENTIONS {
            let n = self.interventions.len();
            return problem("interventions", format!("{n} of them; at most {}", Limits::INTERVENTIONS));
        }
        for (i, Intervention { at, what, .. }) in self.interventions.iter().enumerate() {
            let place = format!("intervention {}", i + 1);
            check_time(&place, *at)?;
            if self.thread(what.thread()).is_none() {
                return problem(place, format!("there is no thread with id {}", what.thread().0));
            }
            match what {
                What::RunHere { core, .. } if core.0 >= self.computer.cores => {
                    return problem(place, format!("there is no core {}", core.0));
                }
                What::Answer { text, .. } if text.chars().count() > Limits::ANSWER => {
                    return problem(place, format!("the answer is longer than {} characters", Limits::ANSWER));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

pub(super) fn place_of(process: &Process) -> String {
    named("process", &process.name, process.id.0)
}

/// `process “web”`, or by its id if it has no name; a name that is too long is cut.
fn named(kind: &str, name: &str, id: u16) -> String {
    if name.is_empty() {
        return format!("{kind} with id {id}");
    }
    format!("{kind} “{}”", shortened(name, Limits::NAME))
}

/// At most `max` characters of a text, and a sign if there are more.
pub(super) fn shortened(text: &str, max: usize) -> String {
    let mut chars = text.chars();
    let mut short: String = chars.by_ref().take(max).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}

fn check_share(place: &str, share: Share) -> Result<(), Problem> {
    let (least, most) = Limits::NICE;
    if !(least..=most).contains(&share.nice) {
        return problem(place, format!("nice {}; from {least} to {most}", share.nice));
    }
    if !(1..=Limits::TICKETS).contains(&share.tickets) {
        return problem(place, format!("{} tickets; from 1 to {}", share.tickets, Limits::TICKETS));
    }
    Ok(())
}

fn check_process(process: &Process) -> Result<(), Problem> {
    let place = place_of(process);
    check_name(&place, &process.name)?;
    check_start(&place, process.start)?;
    check_runtime(&place, &process.runtime)
}

fn check_name(place: &str, name: &str) -> Result<(), Problem> {
    match name.chars().count() {
        0 => problem(place, "has no name"),
        1..=Limits::NAME if name.trim().is_empty() => problem(place, "its name is blank"),
        1..=Limits::NAME if name.chars().any(unseen) => problem(place, "its name has characters that cannot be seen"),
        1..=Limits::NAME => Ok(()),
        _ => problem(place, format!("its name is longer than {} characters", Limits::NAME)),
    }
}

/// Control characters, and those that turn the direction of the text behind them.
fn unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn check_start(place: &str, start: Start) -> Result<(), Problem> {
    match start {
        Start::Launch | Start::Spawned => Ok(()),
        Start::At(time) => check_time(place, time),
    }
}

pub(super) fn check_time(place: &str, time: Time) -> Result<(), Problem> {
    check_length(place, Dur::from_ns(time.ns()))
}

pub(super) fn check_length(place: &str, length: Dur) -> Result<(), Problem> {
    if length.ns() > MAX_NS {
        return problem(place, format!("{} ns is more than 2⁵³ − 1", length.ns()));
    }
    Ok(())
}
