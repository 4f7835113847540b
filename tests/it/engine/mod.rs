mod gil_rules;
pub(crate) mod laws;
mod scheduling;
