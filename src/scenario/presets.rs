//! The presets: one scenario per claim that must be showable, each only as large as its claim needs.
//!
//! The files are in `static/presets`; `tests/it/claims/` asserts of each what makes its claim true. To add one: a file,
//! a line in the list below, and a test with the claim as its name. A variant and a baseline are JSON objects whose keys
//! take the place of the preset's.

use serde_json::{Map, Value};

use super::{Scenario, json};

/// A scenario that comes with gilscope.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Short name, as in `preset:P1a` and `#preset=P1a`.
    pub name: &'static str,
    /// The title of its scenario.
    pub title: &'static str,
    json: &'static str,
    baseline: Option<&'static str>,
    variants: &'static [Variant],
}

/// A change of a preset that shows what *More exactly* says.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// What it does, as words on a button: “Try it without a GIL”.
    pub label: &'static str,
    /// Whether the picture outlines the cores that each process occupies.
    pub outlines: bool,
    json: &'static str,
}

impl Preset {
    /// Its scenario.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        self.with("{}")
    }

    /// Its variants, in the order of its text.
    #[must_use]
    pub const fn variants(&self) -> &'static [Variant] {
        self.variants
    }

    /// The scenario of one of its variants.
    #[must_use]
    pub fn variant(&self, variant: &Variant) -> Scenario {
        self.with(variant.json)
    }

    /// Its scenario with the keys of another JSON object in place of its own.
    fn with(&self, changes: &str) -> Scenario {
        let object = |text| serde_json::from_str::<Map<String, Value>>(text).expect("presets are read by tests");
        let mut keys = object(self.json);
        keys.insert("claim".to_owned(), self.name.into());
        keys.extend(object(changes));
        json::from_value(keys.into()).expect("presets are read by tests")
    }

    /// What its scenario is to be compared with, written by the author of the preset; never derived.
    #[must_use]
    pub fn baseline(&self) -> Option<Scenario> {
        self.baseline.map(|changes| self.with(changes))
    }
}

/// All presets, in the order in which they are taught.
#[must_use]
pub const fn all() -> &'static [Preset] {
    &ALL
}

/// The presets as they are offered: a heading, and what stands under it.
#[must_use]
pub fn groups() -> [(&'static str, &'static [Preset]); 2] {
    let (lecture, scheduling) = ALL.split_at(LECTURE);
    [("The lecture", lecture), ("Scheduling and sharing", scheduling)]
}

/// The first of them, with which the page opens if nobody asks for another.
#[must_use]
pub const fn first() -> &'static Preset {
    &ALL[0]
}

/// The preset with this name, in upper or lower case.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Preset> {
    ALL.iter().find(|p| p.name.eq_ignore_ascii_case(name))
}

/// The preset that is taught after the one with this name.
#[must_use]
pub fn next(name: &str) -> Option<&'static Preset> {
    place(name).and_then(|i| ALL.get(i + 1))
}

/// The preset that is taught before the one with this name.
#[must_use]
pub fn previous(name: &str) -> Option<&'static Preset> {
    place(name).and_then(|i| ALL.get(i.checked_sub(1)?))
}

fn place(name: &str) -> Option<usize> {
    ALL.iter().position(|p| p.name.eq_ignore_ascii_case(name))
}

const fn preset(name: &'static str, title: &'static str, json: &'static str, variants: &'static [Variant]) -> Preset {
    Preset { name, title, json, baseline: None, variants }
}

/// A preset with what it is to be compared with.
const fn beside(baseline: &'static str, preset: Preset) -> Preset {
    Preset { baseline: Some(baseline), ..preset }
}

const fn variant(label: &'static str, json: &'static str) -> Variant {
    Variant { label, json, outlines: false }
}

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../static/presets/", $name, ".json"))
    };
}

/// How many presets are claims of the lecture.
const LECTURE: usize = 13;

static ALL: [Preset; 19] = [
    preset(
        "P1a",
        "One core: everything takes turns",
        file!("P1a"),
        &[variant("Give it a second core", file!("variants/P1a-two-cores"))],
    ),
    preset(
        "P1b",
        "Two cores: two processes at the same moment",
        file!("P1b"),
        &[variant("Take the messages away", file!("variants/P1b-independent"))],
    ),
    preset(
        "P2",
        "A thread runs on one core at a time; others wait",
        file!("P2"),
        &[variant("Run it as Python code", file!("variants/P2-python"))],
    ),
    preset(
        "P3",
        "A process wraps threads and resources",
        file!("P3"),
        &[Variant { label: "Outline the cores of each process", json: "{}", outlines: true }],
    ),
    preset(
        "P4",
        "Time slicing: saved, and loaded again",
        file!("P4"),
        &[variant("Use the measured costs", file!("variants/P4-measured"))],
    ),
    preset(
        "G1",
        "A program is a process with a main thread",
        file!("G1"),
        &[variant("Use the measured costs", file!("variants/G1-measured"))],
    ),
    preset(
        "G2",
        "One at a time runs Python, even with cores free",
        file!("G2"),
        &[
            variant("Try code that releases the GIL", file!("variants/G2-native")),
            variant("Try sub-interpreters", file!("variants/G2-subinterpreters")),
            variant("Try a build without a GIL", file!("variants/G2-free-threaded")),
        ],
    ),
    preset(
        "G3",
        "To run Python: a core and the GIL",
        file!("G3"),
        &[variant("Give it four cores", file!("variants/G3-four-cores"))],
    ),
    preset(
        "G4",
        "Several Python processes, a GIL each",
        file!("G4"),
        &[variant("Let them talk through a pipe", file!("variants/G4-pipe"))],
    ),
    beside(
        file!("baselines/W1"),
        preset(
            "W1",
            "Alone: delayed by everything it waits for",
            file!("W1"),
            &[variant("Answer by itself at 10 ms", file!("variants/W1-scripted"))],
        ),
    ),
    beside(
        file!("baselines/W2"),
        preset(
            "W2",
            "While it waits, others run",
            file!("W2"),
            &[variant("Answer by itself at 9 ms", file!("variants/W2-scripted"))],
        ),
    ),
    preset(
        "W3",
        "Nobody has to wait for the user",
        file!("W3"),
        &[variant("Let one thread do everything", file!("variants/W3-one-thread"))],
    ),
    beside(
        file!("baselines/W4"),
        preset(
            "W4",
            "Busy computing: threads do not help",
            file!("W4"),
            &[
                variant("Try native code", file!("variants/W4-native")),
                variant("Try two processes", file!("variants/W4-processes")),
                variant("Try it without a GIL", file!("variants/W4-free-threaded")),
                variant("Try Python 2.7", file!("variants/W4-python2")),
            ],
        ),
    ),
    preset(
        "S1",
        "First come, first served: the convoy",
        file!("S1"),
        &[
            variant("Try shortest job first", file!("variants/S1-sjf")),
            variant("Try shortest remaining time first", file!("variants/S1-srtf")),
            variant("Try round robin", file!("variants/S1-round-robin")),
        ],
    ),
    preset(
        "S2",
        "Feedback: who computes sinks",
        file!("S2"),
        &[
            variant("Try round robin", file!("variants/S2-round-robin")),
            variant("Boost all every 10 ms", file!("variants/S2-boost")),
        ],
    ),
    preset(
        "S3",
        "Shares of a core: tickets and nice",
        file!("S3"),
        &[
            variant("Try a lottery", file!("variants/S3-lottery")),
            variant("Try CFS", file!("variants/S3-cfs")),
            variant("Try EEVDF", file!("variants/S3-eevdf")),
        ],
    ),
    preset(
        "S4",
        "A ready queue per core",
        file!("S4"),
        &[
            variant("Take nothing from others", file!("variants/S4-alone")),
            variant("Even them out instead", file!("variants/S4-even")),
        ],
    ),
    preset(
        "S5",
        "Five philosophers: a deadlock",
        file!("S5"),
        &[variant("Take the lower one first", file!("variants/S5-ordered"))],
    ),
    preset(
        "S6",
        "A full queue: the faster thread waits",
        file!("S6"),
        &[
            variant("Let two threads send", file!("variants/S6-two")),
            variant("Give them one printer", file!("variants/S6-device")),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stepping_leads_through_all_presets_and_back() {
        let names = |first: &'static Preset, step: fn(&str) -> Option<&'static Preset>| {
            std::iter::successors(Some(first), |p| step(p.name)).map(|p| p.name).collect::<Vec<_>>()
        };
        let mut there = names(&ALL[0], next);
        assert_eq!(there, ALL.iter().map(|p| p.name).collect::<Vec<_>>());
        there.reverse();
        assert_eq!(names(&ALL[ALL.len() - 1], previous), there);
        assert!(next("no such preset").is_none() && previous("no such preset").is_none());
    }
}
