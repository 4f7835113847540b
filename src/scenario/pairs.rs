//! Ready-made variants of a scenario to compare it with: the same work without a GIL, in processes, on other cores. Each is a
//! pure edit that passes the check, or the reason why it makes no sense here.

use super::{Problem, Runtime, Scenario, presets};
use crate::time::Dur;

/// The two switch intervals that are compared with each other: CPython's own, and a shorter one.
const INTERVALS: [Dur; 2] = [Runtime::DEFAULT_SWITCH_INTERVAL, Dur::from_ms(1)];

/// The two computers that are compared with each other, by their cores.
const CORES: [u8; 2] = [1, 4];

/// A way to make a variant of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair {
    /// All Python in builds without a GIL.
    FreeThreaded,
    /// All Python in builds with one.
    Gil,
    /// The threads of each Python process in processes of their own.
    Processes,
    /// The Python processes as threads of one.
    Threads,
    /// On a computer with so many cores.
    Cores(u8),
    /// With this switch interval in every process that has one.
    SwitchInterval(Dur),
    /// The variant of the preset with this number, counted from 1; 0 is the claim as it was.
    Variant(usize),
}

/// A variant, or why there is none.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Which one.
    pub pair: Pair,
    /// What it is called on a button.
    pub label: String,
    /// The scenario, or the reason as a sentence.
    pub scenario: Result<Scenario, String>,
}

impl Pair {
    /// Its name in an address: `free-threaded`, `cores-4`, `interval-1ms`, `variant-2`.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::FreeThreaded => "free-threaded".to_owned(),
            Self::Gil => "gil".to_owned(),
            Self::Processes => "processes".to_owned(),
            Self::Threads => "threads".to_owned(),
            Self::Cores(n) => format!("cores-{n}"),
            Self::SwitchInterval(d) => format!("interval-{}", d.to_string().replace(' ', "").replace('µ', "u")),
            Self::Variant(0) => "claim".to_owned(),
            Self::Variant(n) => format!("variant-{n}"),
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn read(key: &str) -> Option<Self> {
        let plain = [Self::FreeThreaded, Self::Gil, Self::Processes, Self::Threads, Self::Variant(0)];
        if let Some(found) = plain.into_iter().find(|pair| pair.key() == key) {
            return Some(found);
        }
        let (kind, figure) = key.split_once('-')?;
        match kind {
            "cores" => figure.parse().ok().map(Self::Cores),
            "interval" => figure.parse().ok().map(Self::SwitchInterval),
            "variant" => figure.parse().ok().map(Self::Variant),
            _ => None,
        }
    }

    /// What it makes of a scenario, as words on a button.
    #[must_use]
    pub fn label(self, of: &Scenario) -> String {
        match self {
            Self::FreeThreaded => "Without a GIL".to_owned(),
            Self::Gil => "With a GIL".to_owned(),
            Self::Processes => "A process each".to_owned(),
            Self::Threads => "Threads of one process".to_owned(),
            Self::Cores(1) => "On one core".to_owned(),
            Self::Cores(n) => format!("On {n} cores"),
            Self::SwitchInterval(d) => format!("Switch interval {d}"),
            Self::Variant(0) => "The claim as it was".to_owned(),
            Self::Variant(n) => variant(of, n).map_or_else(|| format!("Variant {n}"), |v| v.label.to_owned()),
        }
    }

    /// The variant of a scenario.
    ///
    /// # Errors
    /// Why there is none, or none that differs, as a sentence.
    pub fn of(self, scenario: &Scenario) -> Result<Scenario, String> {
        let made = match self {
            Self::FreeThreaded => with_runtimes(scenario, "No process of it has a GIL.", |runtime| {
                let direct = runtime.lock_handover();
                runtime.has_gil().then(|| Runtime::free_threaded(Runtime::DEFAULT_OVERHEAD).with_lock_handover(direct))
            }),
            Self::Gil => with_runtimes(scenario, "No process of it is a build without a GIL.", |runtime| {
                let free = matches!(runtime, Runtime::FreeThreaded { .. });
                free.then(|| Runtime::default().with_lock_handover(runtime.lock_handover()))
            }),
            Self::Processes => scenario.with_a_process_each(),
            Self::Threads => scenario.with_one_process(),
            Self::Cores(n) => scenario.with_cores(n).map(|edit| edit.scenario).map_err(said),
            Self::SwitchInterval(d) => {
                with_runtimes(scenario, "No process of it has a switch interval.", |runtime| match runtime {
                    Runtime::Cpython { lock_handover, .. } => {
                        Some(Runtime::cpython(d).with_lock_handover(*lock_handover))
                    }
                    Runtime::Subinterpreters { .. } => Some(Runtime::Subinterpreters { switch_interval: d }),
                    _ => None,
                })
            }
            Self::Variant(n) => {
                let preset = presets::by_name(&scenario.claim).ok_or("It was not made from a claim.")?;
                match (n, variant(scenario, n)) {
                    (0, _) => Ok(preset.scenario()),
                    (_, Some(variant)) => Ok(preset.variant(variant)),
                    (_, None) => Err(format!("The claim has no variant {n} that runs otherwise.")),
                }
            }
        }?;
        if made == *scenario { Err("It is so already.".to_owned()) } else { Ok(made) }
    }
}

/// The variants that a scenario is offered, those that make no sense with the reason; of opposites the one that it is not.
#[must_use]
pub fn offers(scenario: &Scenario) -> Vec<Offer> {
    let free = scenario.processes.iter().any(|p| matches!(p.runtime, Runtime::FreeThreaded { .. }));
    let gil = scenario.processes.iter().any(|p| p.runtime.has_gil());
    let mut pairs = vec![if free && !gil { Pair::Gil } else { Pair::FreeThreaded }];
    let apart = Pair::Processes.of(scenario).is_ok() || Pair::Threads.of(scenario).is_err();
    pairs.push(if apart { Pair::Processes } else { Pair::Threads });
    pairs.extend(CORES.into_iter().filter(|n| *n != scenario.computer.cores).map(Pair::Cores));
    let interval = scenario.processes.iter().find_map(|p| p.runtime.switch_interval());
    pairs.push(Pair::SwitchInterval(if interval == Some(INTERVALS[1]) { INTERVALS[0] } else { INTERVALS[1] }));
    if let Some(preset) = presets::by_name(&scenario.claim) {
        let numbers = (0..=preset.variants().len()).filter(|n| *n == 0 || variant(scenario, *n).is_some());
        pairs.extend(numbers.map(Pair::Variant).filter(|pair| pair.of(scenario).is_ok()));
    }
    let mut offers: Vec<Offer> = Vec::new();
    for pair in pairs {
        let made = pair.of(scenario);
        // A claim's variant is often one of these pairs.
        if made.is_err() || offers.iter().all(|offer| offer.scenario != made) {
            offers.push(Offer { pair, label: pair.label(scenario), scenario: made });
        }
    }
    offers
}

/// The variant with a number, counted from 1, of the claim that a scenario was made from; not one that only looks otherwise.
fn variant(of: &Scenario, number: usize) -> Option<&'static presets::Variant> {
    presets::by_name(&of.claim)?.variants().get(number.checked_sub(1)?).filter(|v| !v.outlines)
}

/// The scenario with other runtimes where there shall be others.
fn with_runtimes(
    scenario: &Scenario,
    none: &str,
    change: impl Fn(&Runtime) -> Option<Runtime>,
) -> Result<Scenario, String> {
    let mut changes = 0;
    let edit = scenario.edited("", |s| {
        for process in &mut s.processes {
            if let Some(runtime) = change(&process.runtime) {
                process.runtime = runtime;
                changes += 1;
            }
        }
    });
    if changes == 0 { Err(none.to_owned()) } else { edit.map(|edit| edit.scenario).map_err(said) }
}

/// A problem as a sentence.
pub(super) fn said(problem: Problem) -> String {
    crate::text::capitalized(&format!("{problem}."))
}
