//! The built page in a real browser: one binary, a module per thing that a person does with it.

mod autosave;
mod dragging;
mod editing;
mod embed;
mod keyboard;
mod links;
mod playing;
mod share;
mod start;
mod visit;
