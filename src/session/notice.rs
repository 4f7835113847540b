//! What a change of the scenario did to its run, in words: there are two kinds, and people shall know which it was.

use crate::scenario::{Change, Scenario};

/// The kind of a change by its name, and what it did: shown for a moment after each change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// “From the start” or “From now”.
    pub kind: &'static str,
    /// What became of the run.
    pub says: String,
}

/// Tells what led from one scenario to another; `None` if nothing did.
#[must_use]
pub fn of_change(before: &Scenario, after: &Scenario) -> Option<Notice> {
    if before == after {
        return None;
    }
    let (kind, says) = match Change::between(before, after) {
        Change::FromStart => ("From the start", "the whole run is computed anew; the playhead stays".to_owned()),
        Change::FromNow(at) => {
            let flag = match after.interventions.len().cmp(&before.interventions.len()) {
                std::cmp::Ordering::Greater => "a flag ⚑",
                std::cmp::Ordering::Equal => "a flag ⚑ has changed",
                std::cmp::Ordering::Less => "a flag ⚑ is gone",
            };
            ("From now", format!("{flag} at {at:.3}; what was before stays as it was"))
        }
    };
    Some(Notice { kind, says })
}
