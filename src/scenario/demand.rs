//! How much of a scenario's work can be done at the same time, as its programs say: for Amdahl's law.

use super::{Op, Parameter, Runtime, Scenario, Step};

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
    /// The part of the work that so many threads, or cores, can share, 0 to 1: all but what the GIL has to be held for. Threads
    /// share waiting, too; cores do not make it shorter. `None` for other parameters, for work without an end, and where several
    /// GILs are asked for: what one is held for goes on beside what another is held for, which is not what the law reckons with.
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
        let (mut all, mut held, mut of) = (0.0, 0.0, None);
        for (process, thread) in self.threads() {
            let mut demand = Demand::default();
            demand.add(&thread.program, 1.0);
            all += demand.held + demand.free + with_waits * demand.waits;
            if process.runtime.has_gil() && demand.held > 0.0 {
                let several = matches!(process.runtime, Runtime::Subinterpreters { .. });
                let gil = (process.id, if several { thread.interpreter } else { 0 });
                if of.replace(gil).is_some_and(|other| other != gil) {
                    return None;
                }
                held += demand.held;
            }
        }
        (all > 0.0).then(|| 1.0 - held / all)
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
