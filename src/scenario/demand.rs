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

/// What Amdahl's law says of a scenario: how much of its work can be shared, and by how many at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amdahl {
    /// The part of the work that can be shared, 0 to 1.
    pub part: f64,
    /// Of all work, 0 to 1: computing that needs no GIL.
    free: f64,
    /// What else bounds how many compute at once: the cores where the threads vary, the threads where the cores do.
    pub most: u32,
}

impl Amdahl {
    /// How many times as fast the work gets with `n` threads or cores: by all of it that they share, and by the computing
    /// alone, for which there are no more than `most`.
    #[must_use]
    pub fn speed_up(self, n: u64) -> f64 {
        let held = 1.0 - self.part;
        let n = n as f64;
        1.0 / (held + self.part / n).max(held + self.free / n.min(self.most.into()))
    }
}

impl Scenario {
    /// What so many threads, or cores, can share of the work: all but what the GIL has to be held for. Threads share
    /// waiting, too; cores do not make it shorter. `None` for other parameters, for work without an end, and where several
    /// GILs are asked for: what one is held for goes on beside what another is held for, which is not what the law reckons with.
    #[must_use]
    pub fn amdahl(&self, parameter: Parameter) -> Option<Amdahl> {
        let threads = u32::try_from(self.threads().count()).unwrap_or(u32::MAX);
        let (with_waits, most) = match parameter {
            Parameter::Threads => (1.0, self.computer.cores.into()),
            Parameter::Cores => (0.0, threads),
            _ => return None,
        };
        if self.is_endless() {
            return None;
        }
        let (mut all, mut held, mut free, mut of) = (0.0, 0.0, 0.0, None);
        for (process, thread) in self.threads() {
            let mut demand = Demand::default();
            demand.add(&thread.program, 1.0);
            all += demand.held + demand.free + with_waits * demand.waits;
            free += demand.free;
            if !process.runtime.has_gil() {
                free += demand.held;
            } else if demand.held > 0.0 {
                let several = matches!(process.runtime, Runtime::Subinterpreters { .. });
                let gil = (process.id, if several { thread.interpreter } else { 0 });
                if of.replace(gil).is_some_and(|other| other != gil) {
                    return None;
                }
                held += demand.held;
            }
        }
        (all > 0.0).then(|| Amdahl { part: 1.0 - held / all, free: free / all, most })
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
