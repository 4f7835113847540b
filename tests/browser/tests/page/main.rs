//! The built page in a real browser: one binary, a module per thing that a person does with it.

mod access;
mod autosave;
mod blocks;
mod claims;
mod compare;
mod dragging;
mod editing;
mod embed;
mod events;
mod export;
mod hands;
mod keyboard;
mod keys;
mod lecture;
mod library;
mod links;
mod moving;
mod numbers;
mod phone;
mod playing;
mod present;
mod reading;
mod scheduling;
mod share;
mod start;
mod visit;
