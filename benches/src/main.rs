//! One turn of every measurement, as lines of tab-separated values: name, unit, the engine's figure, its floor's.
//!
//! The same program runs natively and, under Node, as WebAssembly. `cargo xtask bench` lets them take turns and prints the
//! medians; a single turn says little. Arguments (natively only) select the measurements whose names contain one of them.

mod floor;
mod platform;
mod run;
mod scenarios;

use scenarios::{gil_and_io, gil_and_io_eevdf, loops, round_robin};

/// Threads and cores of the growth rows.
const SIZES: [(u16, u8); 3] = [(4, 2), (64, 16), (1_024, 64)];

fn main() {
    let wanted = platform::wanted();
    let out = Out { wanted };
    for (threads, cores) in SIZES {
        out.rate("slices/s", &format!("round robin {threads}x{cores}"), threads, || {
            run::slices_per_second(&round_robin(threads, cores))
        });
    }
    for (threads, cores) in SIZES {
        out.rate("records/s", &format!("GIL and I/O {threads}x{cores}"), threads, || {
            run::records_per_second(&gil_and_io(threads, cores))
        });
    }
    for (threads, cores) in SIZES {
        out.rate("records/s", &format!("EEVDF, GIL and I/O {threads}x{cores}"), threads, || {
            run::records_per_second(&gil_and_io_eevdf(threads, cores))
        });
    }
    out.figures("ms", "seek", || {
        let (median, worst) = run::seek(&gil_and_io(64, 16));
        vec![(", median", median), (", worst", worst)]
    });
    out.figures("ms", "edit to new run 16x4, 10 s", || vec![("", run::edit(&gil_and_io(16, 4)))]);
    let weighed = [
        ("round robin 64x16", round_robin(64, 16)),
        ("GIL and I/O 64x16", gil_and_io(64, 16)),
        ("5,000 loops", loops()),
    ];
    for (name, scenario) in weighed {
        out.figures("MB per million records", &format!("memory, {name}"), || run::memory(&scenario));
    }
}

/// What is printed.
struct Out {
    wanted: Vec<String>,
}

impl Out {
    fn wants(&self, name: &str) -> bool {
        self.wanted.is_empty() || self.wanted.iter().any(|part| name.contains(part.as_str()))
    }

    /// A rate and that of its floor, measured in turns after a round that is not counted. The best of each counts: the others
    /// were interrupted.
    fn rate(&self, unit: &str, name: &str, threads: u16, engine: impl Fn() -> f64) {
        if self.wants(name) {
            let floor = || floor::steps_per_second(usize::from(threads));
            floor();
            engine();
            let (mut best, mut best_floor) = (0.0f64, 0.0f64);
            for _ in 0..run::TRIES {
                best = best.max(engine());
                best_floor = best_floor.max(floor());
            }
            platform::print(&format!("{name}\t{unit}\t{best}\t{best_floor}"));
        }
    }

    /// Figures without a floor, each with the name of its part.
    fn figures(&self, unit: &str, name: &str, measure: impl FnOnce() -> Vec<(&'static str, f64)>) {
        if self.wants(name) {
            for (part, value) in measure() {
                platform::print(&format!("{name}{part}\t{unit}\t{value}\t"));
            }
        }
    }
}
