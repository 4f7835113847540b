//! Host tests: one binary, a module per subject.

mod bad_input;
mod build;
mod chrome;
mod claims;
mod cli;
mod comparing;
mod csv;
mod engine;
mod explain;
mod json;
mod link;
mod metrics;
mod numbers;
mod program_text;
mod proving;
mod python;
mod random;
mod reference;
mod scene;
mod sentences;
mod session;
mod sharing;
mod stretches;
mod tidy;
mod told;
