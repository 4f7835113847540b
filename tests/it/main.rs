//! Host tests: one binary, a module per subject.

mod scene;
