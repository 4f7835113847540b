//! gilscope: the pure library.
