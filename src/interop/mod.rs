//! Other forms of a run and other tools' formats.

pub mod chrome;
pub mod csv;
pub mod export;
pub mod gantt;
pub mod json;
pub mod picture;
pub mod python;
pub mod summary;

use crate::engine::{Place, Work};

/// Where a thread is, behind its name: “wants the GIL”.
#[must_use]
pub const fn in_words(place: Place) -> &'static str {
    match place {
        Place::NotStarted => "has not started",
        Place::Ready => "ready",
        Place::SwitchingIn => "switching in",
        Place::Running(Work::Python) => "runs Python",
        Place::Running(Work::Extension) => "runs C code, GIL kept",
        Place::Running(Work::Native) => "runs native code",
        Place::Waking => "waking",
        Place::WantsGil => "wants the GIL",
        Place::ForcedWait => "forced wait",
        Place::Waiting(cause) => cause.in_words(),
        Place::Finished => "has finished",
    }
}
