mod fair;
mod gil_rules;
pub(crate) mod laws;
mod scheduling;
mod sharing_rules;
