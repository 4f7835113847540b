mod gil_rules;
pub(crate) mod laws;
mod scheduling;
mod sharing_rules;
mod sync_rules;
