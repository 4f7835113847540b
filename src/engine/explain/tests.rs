//! Every record has a sentence of its own.
