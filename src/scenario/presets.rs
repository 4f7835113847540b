//! The presets: one scenario per claim that must be showable, each only as large as its claim needs.
//!
//! The files are in `static/presets`; `tests/it/claims/` asserts of each what makes its claim true. To add one: a file,
//! an entry in `preset_list.rs`, and a test with the claim as its name. A variant and a baseline are JSON objects whose keys
//! take the place of the preset's.

use serde_json::{Map, Value};

use super::preset_list::ALL;
use super::{Scenario, json};

/// A scenario that comes with gilscope.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Short name, as in `preset:P1a` and `#preset=P1a`.
    pub name: &'static str,
    /// The title of its scenario.
    pub title: &'static str,
    pub(super) json: &'static str,
    pub(super) baseline: Option<&'static str>,
    pub(super) variants: &'static [Variant],
}

/// A change of a preset that shows what *More exactly* says.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// What it does, as words on a button: “Try it without a GIL”.
    pub label: &'static str,
    /// Whether the picture outlines the cores that each process occupies.
    pub outlines: bool,
    pub(super) json: &'static str,
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

/// How many presets are claims of the lecture, and how many are about scheduling and sharing.
const SIZES: [usize; 2] = [13, 12];

/// The presets as they are offered: a heading, and what stands under it.
#[must_use]
pub fn groups() -> [(&'static str, &'static [Preset]); 3] {
    let (lecture, others) = ALL.split_at(SIZES[0]);
    let (scheduling, python) = others.split_at(SIZES[1]);
    [("The lecture", lecture), ("Scheduling and sharing", scheduling), ("Python in practice", python)]
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
