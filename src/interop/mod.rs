//! Other forms of a run and other tools' formats.

pub mod chrome;
pub mod csv;
pub mod export;
pub mod gantt;
pub mod json;
pub mod picture;
pub mod python;
pub mod summary;

use crate::engine::plan::ObjectKind;
use crate::engine::{Place, Plan, Work};
use crate::explain::object_name;
use crate::ids::ObjectIx;

/// Locks, semaphores and devices, by what they are called; with “of” their process if there are several.
fn named_objects(plan: &Plan) -> Vec<(ObjectIx, ObjectKind, String)> {
    let mut named = Vec::new();
    for object in plan.object_ixs() {
        let of = plan.object(object);
        if matches!(of.kind, ObjectKind::Lock | ObjectKind::Semaphore | ObjectKind::Device) {
            let mut name = object_name(plan, object);
            if let Some(process) = of.process.filter(|_| plan.processes.len() > 1) {
                name = format!("{name} of {}", plan.process(process).name);
            }
            named.push((object, of.kind, name));
        }
    }
    named
}

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
