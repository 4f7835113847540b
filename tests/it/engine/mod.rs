mod gil_rules;
pub(crate) mod laws;
mod policies;
mod scheduling;
mod sharing_rules;
