//! The GILs of a run: whose they are, and how they change hands.

use crate::ids::{GilIx, ProcessIx};
use crate::scenario::{Limits, Process, Runtime};
use crate::time::Dur;

use super::plan::Plan;
use super::ticks::Ticks;

/// A GIL of a run.
#[derive(Clone, Copy, Debug)]
pub struct PlanGil {
    /// The process whose threads share it.
    pub process: ProcessIx,
    /// The interpreter whose threads share it; 0 is the main one.
    pub interpreter: u8,
    /// How it changes hands.
    pub rule: GilRule,
}

/// How a GIL is taken from a holder that goes on computing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GilRule {
    /// Since CPython 3.2: a waiter asks the holder to drop it.
    Request {
        /// How long a waiter waits before it asks.
        interval: Dur,
    },
    /// Up to CPython 3.1: the holder gives it up at a check and takes it back at once, unless a waiter is faster.
    Ticks(Ticks),
}

impl PlanGil {
    /// How long a waiter waits before it asks for it, if waiters ask.
    #[must_use]
    pub const fn switch_interval(&self) -> Option<Dur> {
        match self.rule {
            GilRule::Request { interval } => Some(interval),
            GilRule::Ticks(_) => None,
        }
    }

    /// Its checks, if its holder makes any.
    #[must_use]
    pub const fn ticks(&self) -> Option<Ticks> {
        match self.rule {
            GilRule::Request { .. } => None,
            GilRule::Ticks(ticks) => Some(ticks),
        }
    }
}

impl Plan {
    /// Adds the GILs of a process, one for each of its interpreters.
    pub(super) fn add_gils(&mut self, ix: ProcessIx, process: &Process) -> Vec<GilIx> {
        let rule = match process.runtime {
            Runtime::Cpython { switch_interval, .. } | Runtime::Subinterpreters { switch_interval } => {
                GilRule::Request { interval: switch_interval }
            }
            Runtime::Cpython2 { check_interval } => GilRule::Ticks(Ticks::new(check_interval, self.cores, &self.costs)),
            Runtime::FreeThreaded { .. } | Runtime::Native => return Vec::new(),
        };
        let several = matches!(process.runtime, Runtime::Subinterpreters { .. });
        let used = |i: &u8| *i == 0 || several && process.threads.iter().any(|t| t.interpreter == *i);
        let first = self.gils.len() as u16;
        let interpreters = (0..Limits::INTERPRETERS).filter(used);
        self.gils.extend(interpreters.map(|interpreter| PlanGil { process: ix, interpreter, rule }));
        (first..self.gils.len() as u16).map(GilIx).collect()
    }

    /// Whether the threads of its process have a GIL for each of several interpreters.
    #[must_use]
    pub fn has_several_gils(&self, process: ProcessIx) -> bool {
        self.process(process).gils.len() > 1
    }

    /// What a GIL of another plan is in this one: that of the same interpreter of the same process.
    #[must_use]
    pub fn same_gil(&self, other: &Self, gil: GilIx) -> Option<GilIx> {
        let theirs = other.gil(gil);
        let process = self.process(self.process_ix(other.process(theirs.process).id)?);
        process.gils.iter().copied().find(|g| self.gil(*g).interpreter == theirs.interpreter)
    }

    /// Whose GIL it is, in words: the process, and the interpreter if the process has several.
    #[must_use]
    pub fn gil_owner(&self, ix: GilIx) -> String {
        let gil = self.gil(ix);
        let process = self.process(gil.process);
        match gil.interpreter {
            _ if process.gils.len() == 1 => process.name.clone(),
            0 => format!("{}, main interpreter", process.name),
            n => format!("{}, interpreter {n}", process.name),
        }
    }
}

/// The GIL of an interpreter; that of the main one where there is no other.
pub(super) fn gil_of(all: &[PlanGil], of_process: &[GilIx], interpreter: u8) -> Option<GilIx> {
    let own = of_process.iter().find(|g| all[g.ix()].interpreter == interpreter);
    own.or(of_process.first()).copied()
}
