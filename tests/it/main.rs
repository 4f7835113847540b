//! Host tests: one binary, a module per subject.

mod build;
mod engine;
mod explain;
mod metrics;
mod random;
mod reference;
