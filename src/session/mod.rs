//! What the user did: [`Action`]s change the [`Session`], which answers with [`Effect`]s for the web layer to perform.
//!
//! Everything between a DOM event and the picture is decided here, on any machine, without a browser.

pub mod action;

pub use action::{Action, Effect};
