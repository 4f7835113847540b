//! What differs between a host and Node: the clock, the output, the allocator, the arguments.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use host::*;
#[cfg(target_arch = "wasm32")]
pub(crate) use node::*;

#[cfg(not(target_arch = "wasm32"))]
mod host {
    use cap::Cap;
    use std::alloc::System;
    use std::sync::LazyLock;
    use std::time::Instant;

    #[global_allocator]
    static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);

    /// Seconds since some instant.
    pub(crate) fn seconds() -> f64 {
        START.elapsed().as_secs_f64()
    }

    /// Bytes allocated at present.
    pub(crate) fn allocated() -> Option<usize> {
        Some(ALLOCATOR.allocated())
    }

    pub(crate) fn print(line: &str) {
        println!("{line}");
    }

    /// Parts of the names of the measurements that are asked for; none for all.
    pub(crate) fn wanted() -> Vec<String> {
        std::env::args().skip(1).collect()
    }
}

#[cfg(target_arch = "wasm32")]
mod node {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[global_allocator]
    static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = performance)]
        fn now() -> f64;
        #[wasm_bindgen(js_namespace = console)]
        fn log(line: &str);
    }

    /// Seconds since some instant.
    pub(crate) fn seconds() -> f64 {
        now() / 1e3
    }

    /// Memory is counted natively.
    pub(crate) fn allocated() -> Option<usize> {
        None
    }

    pub(crate) fn print(line: &str) {
        log(line);
    }

    /// Node runs all measurements.
    pub(crate) fn wanted() -> Vec<String> {
        Vec::new()
    }
}
