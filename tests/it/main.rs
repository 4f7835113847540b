//! Host tests: one binary, a module per subject.

mod bad_input;
mod build;
mod claims;
mod engine;
mod json;
mod link;
mod random;
mod reference;
