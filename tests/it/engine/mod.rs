mod gil_rules;
mod scheduling;
