//! The built page in a real browser: one binary, a module per thing that a person does with it.

mod dragging;
mod editing;
mod keyboard;
mod links;
mod playing;
mod start;
mod visit;
