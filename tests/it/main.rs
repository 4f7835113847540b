//! Host tests: one binary, a module per subject.

mod build;
mod engine;
mod link;
mod random;
mod reference;
mod tidy;
