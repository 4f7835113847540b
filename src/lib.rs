//! gilscope: the pure library.

pub mod engine;
pub mod ids;
pub mod interop;
mod number;
pub mod scenario;
pub mod scene;
pub mod session;
pub mod time;
