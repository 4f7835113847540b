mod gil_rules;
pub(crate) mod laws;
mod queues;
mod scheduling;
mod sharing_rules;
