//! One figure of a scenario as a parameter: which values it may have, and the scenario with each of them.

use super::edit_ops::{any, rewrite};
use super::pairs::said;
use super::{Limits, Op, Process, Runtime, Scenario, Slot, Step, Thread};
use crate::ids::ThreadId;
use crate::time::{Dur, MAX_NS};

/// What can be varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// How many threads share the work of those that do the same: with twice as many each does half of it.
    Threads,
    /// The computer's cores.
    Cores,
    /// The switch interval of every process that has one.
    SwitchInterval,
    /// The length of the longest I/O; all others keep their share of it.
    Io,
    /// The quantum of the policy.
    Quantum,
}

/// The values that a parameter is given: counts, or lengths in nanoseconds; both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub from: u64,
    /// The last.
    pub to: u64,
}

impl Parameter {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Threads, Self::Cores, Self::SwitchInterval, Self::Io, Self::Quantum];

    /// Its name in an address.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Threads => "threads",
            Self::Cores => "cores",
            Self::SwitchInterval => "interval",
            Self::Io => "io",
            Self::Quantum => "quantum",
        }
    }

    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Threads => "threads",
            Self::Cores => "cores",
            Self::SwitchInterval => "switch interval",
            Self::Io => "I/O time",
            Self::Quantum => "quantum",
        }
    }

    /// Whether its values are counts; else they are lengths in nanoseconds.
    #[must_use]
    pub const fn is_count(self) -> bool {
        matches!(self, Self::Threads | Self::Cores)
    }

    /// The values that are offered first where `now` is the present one: counts from 1 on, lengths from an eighth of it to
    /// eight times as long, to the next round ones.
    #[must_use]
    pub fn usual(self, now: u64) -> Span {
        if self.is_count() {
            return Span { from: 1, to: now.max(16).min(Limits::CORES.into()) };
        }
        let least = if self == Self::SwitchInterval { Limits::SWITCH_INTERVAL.ns() } else { 1 };
        let from = round_lengths().filter(|v| *v <= now / 8).last().unwrap_or(1).max(least);
        let to = round_lengths().find(|v| *v >= now.saturating_mul(8)).unwrap_or(MAX_NS).max(from);
        Span { from, to }
    }

    /// The values in a span: every count, and lengths of 1, 2 and 5 times a power of ten, as a chart spreads them evenly.
    #[must_use]
    pub fn values(self, span: Span) -> Vec<u64> {
        if self.is_count() {
            return (span.from.max(1)..=span.to.min(u64::from(Limits::CORES))).collect();
        }
        let zero = (self == Self::Io).then_some(0);
        zero.into_iter().chain(round_lengths()).filter(|v| (span.from..=span.to.min(MAX_NS)).contains(v)).collect()
    }

    /// A value as a person reads it: “4”, “5 ms”.
    #[must_use]
    pub fn text(self, value: u64) -> String {
        if self.is_count() { value.to_string() } else { Dur::from_ns(value).to_string() }
    }

    /// A value as a person writes it.
    #[must_use]
    pub fn read(self, text: &str) -> Option<u64> {
        if self.is_count() { text.parse().ok() } else { text.parse::<Dur>().ok().map(Dur::ns) }
    }

    /// A scenario that has it with a value: “4 threads”, “a quantum of 5 ms”.
    #[must_use]
    pub fn says(self, value: u64) -> String {
        match (self, value) {
            (Self::Threads, 1) => "1 thread".to_owned(),
            (Self::Cores, 1) => "1 core".to_owned(),
            (Self::Threads | Self::Cores, n) => format!("{n} {}", self.name()),
            _ => format!("{} {}", self.name(), self.text(value)),
        }
    }

    /// The value that a scenario has.
    ///
    /// # Errors
    /// Why it has none, as a sentence.
    pub fn of(self, scenario: &Scenario) -> Result<u64, String> {
        let none = |what: &str| what.to_owned();
        match self {
            Self::Threads => workers(scenario).map(|threads| threads.len() as u64),
            Self::Cores => Ok(scenario.computer.cores.into()),
            Self::SwitchInterval => {
                let found = scenario.processes.iter().find_map(|p| p.runtime.switch_interval());
                found.map(Dur::ns).ok_or_else(|| {
                    none("No process of it has a switch interval. Give one CPython with a GIL, or vary something else.")
                })
            }
            Self::Io => match longest_io(scenario) {
                0 => Err(none("No thread of it does I/O. Put I/O into a program, or vary something else.")),
                length => Ok(length),
            },
            Self::Quantum => {
                let mut policy = scenario.computer.policy.clone();
                let found = policy.parameters().into_iter().find(|s| s.key == "quantum").and_then(|s| match s.slot {
                    Slot::Length(length) => Some(length.ns()),
                    Slot::Maybe(length) => length.map(Dur::ns),
                    _ => None,
                });
                found.ok_or_else(|| {
                    none("Its policy has no quantum. Choose one that has, such as round robin, or vary something else.")
                })
            }
        }
    }

    /// The scenario with another value.
    ///
    /// # Errors
    /// Why it cannot have it, as a sentence.
    pub fn set(self, scenario: &Scenario, value: u64) -> Result<Scenario, String> {
        let now = self.of(scenario)?;
        let length = Dur::from_ns(value);
        match self {
            Self::Threads => with_workers(scenario, value),
            Self::Cores => {
                let cores = u8::try_from(value).unwrap_or(u8::MAX);
                scenario.with_cores(cores).map(|edit| edit.scenario).map_err(said)
            }
            Self::SwitchInterval => edited(scenario, |s| {
                for process in &mut s.processes {
                    let (Runtime::Cpython { switch_interval, .. } | Runtime::Subinterpreters { switch_interval }) =
                        &mut process.runtime
                    else {
                        continue;
                    };
                    *switch_interval = length;
                }
            }),
            Self::Io => edited(scenario, |s| {
                s.rewrite(|mut step, steps| {
                    if is_io(&step.op) {
                        scale(&mut step, value, now);
                    }
                    steps.push(step);
                });
            }),
            Self::Quantum => edited(scenario, |s| {
                for setting in s.computer.policy.parameters().iter_mut().filter(|s| s.key == "quantum") {
                    match &mut setting.slot {
                        Slot::Length(quantum) => **quantum = length,
                        Slot::Maybe(quantum) => **quantum = Some(length),
                        _ => {}
                    }
                }
            }),
        }
    }
}

/// 1, 2 and 5 times the powers of ten, in nanoseconds.
fn round_lengths() -> impl Iterator<Item = u64> {
    (0..16).flat_map(|e| [1, 2, 5].map(|s| s * 10u64.pow(e)))
}

fn edited(scenario: &Scenario, change: impl FnOnce(&mut Scenario)) -> Result<Scenario, String> {
    scenario.edited("", change).map(|edit| edit.scenario).map_err(said)
}

const fn is_io(op: &Op) -> bool {
    matches!(op, Op::Io(_) | Op::IoAt { .. })
}

fn longest_io(scenario: &Scenario) -> u64 {
    let mut longest = 0;
    for (_, thread) in scenario.threads() {
        any(&thread.program, &mut |op| {
            if let Some(length) = op.length().filter(|_| is_io(op)) {
                longest = longest.max(length.ns());
            }
            false
        });
    }
    longest
}

/// Makes an op `times / of` as long, in whole nanoseconds.
fn scale(step: &mut Step, times: u64, of: u64) {
    if let Some(op) = step.op.length().and_then(|length| {
        let ns = u128::from(length.ns()) * u128::from(times) / u128::from(of.max(1));
        step.op.with_length(Dur::from_ns(u64::try_from(ns).unwrap_or(u64::MAX)))
    }) {
        step.op = op;
    }
}

/// The threads that do the same: the largest such group of one process. A thread that is alone is one, too.
fn workers(scenario: &Scenario) -> Result<Vec<ThreadId>, String> {
    let group = |process: &Process, like: &Thread| -> Vec<ThreadId> {
        process.threads.iter().filter(|t| t.program == like.program).map(|t| t.id).collect()
    };
    let groups = scenario.threads().map(|(process, thread)| group(process, thread));
    let largest = groups.reduce(|most, group| if group.len() > most.len() { group } else { most }).unwrap_or_default();
    let Some((_, one)) = largest.first().and_then(|id| scenario.thread(*id)) else {
        return Err("It has no threads.".to_owned());
    };
    if largest.len() == 1 && scenario.threads().count() > 1 {
        return Err("No two threads of one process do the same. Copy a thread, which then has the same program, or vary something else."
            .to_owned());
    }
    let counted = |op: &Op| op.object().is_some() && !matches!(op, Op::IoAt { .. } | Op::Acquire(_) | Op::Release(_));
    if any(&one.program, &mut |op| counted(op)) {
        return Err(format!("{} and others wait for each other: more or fewer of them would not fit.", one.name));
    }
    Ok(largest)
}

/// So many threads do the work of those that do the same.
fn with_workers(scenario: &Scenario, wanted: u64) -> Result<Scenario, String> {
    let mut threads = workers(scenario)?;
    let had = threads.len() as u64;
    if !(1..=Limits::THREADS as u64).contains(&wanted) {
        return Err(format!("{wanted} threads; from 1 to {}.", Limits::THREADS));
    }
    let mut made = scenario.clone();
    while threads.len() as u64 > wanted {
        let Some(last) = threads.pop() else { break };
        made = made.without_thread(last).map_err(said)?.scenario;
    }
    for _ in threads.len() as u64..wanted {
        let before: Vec<ThreadId> = made.threads().map(|(_, t)| t.id).collect();
        made = made.with_thread_copied(threads[threads.len() - 1]).map_err(said)?.scenario;
        threads.extend(made.threads().map(|(_, t)| t.id).filter(|id| !before.contains(id)));
    }
    edited(&made, |s| {
        for thread in threads {
            if let Some(thread) = s.thread_mut(thread) {
                rewrite(&mut thread.program, &mut |mut step, steps| {
                    scale(&mut step, had, wanted);
                    steps.push(step);
                });
            }
        }
    })
}
