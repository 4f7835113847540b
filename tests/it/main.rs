//! Host tests: one binary, a module per subject.

mod build;
mod engine;
mod random;
mod reference;
