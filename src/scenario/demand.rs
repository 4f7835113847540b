//! How much of a scenario's work can be done at the same time, as its programs say: for Amdahl's law.

use super::{Op, Parameter, Runtime, Scenario, Step};
use crate::ids::ProcessId;
use crate::order::sorted;

/// What programs ask for, in nanoseconds.
#[derive(Clone, Copy, Debug, Default)]
struct Demand {
    /// Computing that needs the GIL.
    held: f64,
    /// Computing that needs none.
    free: f64,
    /// Waiting for I/O and the clock.
    waits: f64,
}

impl Scenario {
    /// The part of the work that so many threads, or cores, can share, 0 to 1: all but what one GIL has to be held for. Where
    /// there are several GILs, that of which most is asked; a build without one has nothing that cannot be shared. Threads
    /// share waiting, too; cores do not make it shorter. `None` for other parameters, and for work without an end.
    #[must_use]
    pub fn parallel_part(&self, parameter: Parameter) -> Option<f64> {
        let with_waits = match parameter {
            Parameter::Threads => 1.0,
            Parameter::Cores => 0.0,
            _ => return None,
        };
        if self.is_endless() {
            return None;
        }
        let (mut all, mut gils) = (0.0, Vec::<((ProcessId, u8), f64)>::new());
        for (process, thread) in self.threads() {
            let mut demand = Demand::default();
            demand.add(&thread.program, 1.0);
            all += demand.held + demand.free + with_waits * demand.waits;
            if process.runtime.has_gil() {
                let several = matches!(process.runtime, Runtime::Subinterpreters { .. });
                gils.push(((process.id, if several { thread.interpreter } else { 0 }), demand.held));
            }
        }
        let (mut most, mut sum, mut last) = (0.0f64, 0.0, None);
        for (gil, held) in sorted(gils, |(gil, _)| *gil) {
            sum = if last == Some(gil) { sum + held } else { held };
            last = Some(gil);
            most = most.max(sum);
        }
        (all > 0.0).then(|| 1.0 - most / all)
    }
}

impl Demand {
    fn add(&mut self, steps: &[Step], times: f64) {
        for Step { op, .. } in steps {
            let length = times * op.length().map_or(0.0, |d| d.ns() as f64);
            match op {
                Op::Python(_) | Op::Extension(_) => self.held += length,
                Op::Native(_) => self.free += length,
                Op::Repeat { times: Some(n), steps } => self.add(steps, times * f64::from(*n)),
                _ => self.waits += length,
            }
        }
    }
}

/// How much faster work gets with `n` of something, by Amdahl's law, if the part `p` of it, 0 to 1, can be shared.
#[must_use]
pub fn amdahl(p: f64, n: f64) -> f64 {
    1.0 / ((1.0 - p) + p / n)
}
