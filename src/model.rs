//! The ground that the rest of gilscope stands on: the scenario, and numbers, times, ids and words.

pub mod ids;
pub mod number;
pub mod order;
pub mod scenario;
pub mod text;
pub mod time;
