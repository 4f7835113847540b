//! The built page in a real browser: one binary, a module per thing that a person does with it.

mod claims;
mod dragging;
mod editing;
mod keyboard;
mod keys;
mod links;
mod phone;
mod playing;
mod present;
mod start;
mod visit;
