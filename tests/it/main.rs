//! Host tests: one binary, a module per subject.

mod build;
mod claims;
mod cli;
mod engine;
mod explain;
mod link;
mod metrics;
mod random;
mod reference;
mod tidy;
