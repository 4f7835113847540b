//! The scene: nothing overlaps, everything can be found, and the cost stays bounded.

mod board;
mod dragging;
mod fixtures;
mod layout;
mod motion;
mod pointing;
mod texts;
mod time;
