//! Starts the page on wasm32 and the command line on a host.
fn main() {}
