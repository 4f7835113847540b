//! gilscope: the pure library.

pub mod ids;
pub mod scenario;
pub mod time;
