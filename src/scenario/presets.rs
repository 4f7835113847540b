//! The presets: one scenario per claim that must be showable, each only as large as its claim needs.
//!
//! The files are in `static/presets`; `tests/it/claims.rs` asserts of each what makes its claim true. To add one: a file,
//! a line in the list below, and a test with the claim as its name.

use super::{Scenario, json};

/// A scenario that comes with gilscope.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Short name, as in `preset:P1a` and `#preset=P1a`.
    pub name: &'static str,
    /// The title of its scenario.
    pub title: &'static str,
    json: &'static str,
}

impl Preset {
    /// Its scenario.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        json::from_str(self.json).expect("presets are read by tests")
    }
}

/// All presets, in the order in which they are taught.
#[must_use]
pub const fn all() -> &'static [Preset] {
    &ALL
}

/// The preset with this name, in upper or lower case.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Preset> {
    ALL.iter().find(|p| p.name.eq_ignore_ascii_case(name))
}

macro_rules! presets {
    ($($name:literal: $title:literal,)*) => {
        [$(Preset {
            name: $name,
            title: $title,
            json: include_str!(concat!("../../static/presets/", $name, ".json")),
        }),*]
    };
}

static ALL: [Preset; 1] = presets! {
    "P1a": "One core: everything takes turns",
};
