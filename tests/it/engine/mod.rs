mod gil_rules;
pub(crate) mod laws;
mod runtimes;
mod scheduling;
mod sharing_rules;
