//! Other forms of a run and other tools' formats.

pub mod gantt;
pub mod json;
pub mod summary;
