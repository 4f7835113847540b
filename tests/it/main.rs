//! Host tests: one binary, a module per subject.

mod build;
mod claims;
mod engine;
mod link;
mod random;
mod reference;
mod session;
mod tidy;
