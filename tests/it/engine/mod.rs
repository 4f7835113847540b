mod gil_rules;
mod laws;
mod scheduling;
