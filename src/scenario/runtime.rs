//! What executes the threads of a process: the parameters of each runtime, their JSON and their limits.

use serde_json::Value;

use super::check::{Limits, Problem, check_length, problem};
use super::value::{Leaf, bare, closed, one, required, variant};
use crate::time::Dur;

/// What executes a process's threads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// CPython 3.2 or later with one GIL (`gil-semantics.md` section 1).
    Cpython {
        /// How long a waiter waits before it asks the holder to drop the GIL, 1 µs or more.
        /// 5 ms unless `sys.setswitchinterval` changed it.
        switch_interval: Dur,
    },
    /// CPython built without a GIL (PEP 703): its threads run Python in parallel, each a little slower.
    FreeThreaded {
        /// How much longer Python code takes than with a GIL, in percent, 0 to 1,000.
        overhead: u16,
    },
    /// No interpreter and no GIL: compiled code.
    Native,
}

impl Runtime {
    /// CPython's own default, `sys.getswitchinterval()`.
    pub const DEFAULT_SWITCH_INTERVAL: Dur = Dur::from_ms(5);

    /// The goal that PEP 779 sets for one thread of a build without a GIL, which CPython 3.14 meets: 10 %.
    pub const DEFAULT_OVERHEAD: u16 = 10;

    /// CPython with the given switch interval.
    #[must_use]
    pub const fn cpython(switch_interval: Dur) -> Self {
        Self::Cpython { switch_interval }
    }

    /// Whether threads of this runtime need a GIL.
    #[must_use]
    pub const fn has_gil(&self) -> bool {
        matches!(self, Self::Cpython { .. })
    }
}

impl Default for Runtime {
    fn default() -> Self {
        Self::cpython(Self::DEFAULT_SWITCH_INTERVAL)
    }
}

impl Leaf for Runtime {
    fn read(value: Value) -> Result<Self, String> {
        let (name, parameters) = variant(value, &["cpython", "free_threaded", "native"])?;
        if name == "native" {
            return bare(Self::Native, &parameters);
        }
        if name == "free_threaded" {
            let mut keys = closed(parameters, &["overhead"])?;
            return Ok(Self::FreeThreaded { overhead: required(&mut keys, "overhead")? });
        }
        let mut keys = closed(parameters, &["switch_interval"])?;
        Ok(Self::Cpython { switch_interval: required(&mut keys, "switch_interval")? })
    }
}

impl From<&Runtime> for Value {
    fn from(runtime: &Runtime) -> Self {
        match runtime {
            Runtime::Cpython { switch_interval } => one("cpython", one("switch_interval", switch_interval.ns())).into(),
            Runtime::FreeThreaded { overhead } => one("free_threaded", one("overhead", *overhead)).into(),
            Runtime::Native => "native".into(),
        }
    }
}

/// The limits of a runtime's parameters.
pub(super) fn check_runtime(place: &str, runtime: &Runtime) -> Result<(), Problem> {
    if let Runtime::FreeThreaded { overhead } = *runtime
        && overhead > Limits::OVERHEAD
    {
        return problem(format!("{place}, overhead"), format!("{overhead} %; at most {} %", Limits::OVERHEAD));
    }
    if let Runtime::Cpython { switch_interval } = *runtime {
        check_length(&format!("{place}, switch interval"), switch_interval)?;
        if switch_interval < Limits::SWITCH_INTERVAL {
            let what = format!("{switch_interval}; CPython takes no less than {}", Limits::SWITCH_INTERVAL);
            return problem(format!("{place}, switch interval"), what);
        }
    }
    Ok(())
}
