//! What a figure is about, in words.

use super::thread_name;
use crate::engine::Plan;
use crate::metrics::Of;

/// The name of what a figure is about: “worker 1”, “core 0”, “GIL of app”; nothing for the run.
#[must_use]
pub fn whose(plan: &Plan, of: Of) -> String {
    match of {
        Of::Run => String::new(),
        Of::Thread(thread) => thread_name(plan, thread),
        Of::Core(core) => format!("core {}", core.0),
        Of::Gil(gil) => format!("GIL of {}", plan.gil_owner(gil)),
    }
}
