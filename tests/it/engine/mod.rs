mod fair;
mod gil_rules;
pub(crate) mod laws;
mod policies;
mod runtimes;
mod scheduling;
mod shares;
mod sharing_rules;
mod sync_rules;
