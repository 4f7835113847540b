//! What executes the threads of a process: the parameters of each runtime, their JSON and their limits.

use serde_json::Value;

use super::check::{Limits, Problem, check_length, problem};
use super::value::{Leaf, bare, closed, one, optional, required, variant};
use crate::time::Dur;

/// What executes a process's threads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// CPython 3.2 or later with one GIL (`gil-semantics.md` section 1).
    Cpython {
        /// How long a waiter waits before it asks the holder to drop the GIL, 1 µs or more.
        /// 5 ms unless `sys.setswitchinterval` changed it.
        switch_interval: Dur,
        /// As in 3.14 and later; see [`Self::lock_handover`].
        lock_handover: bool,
    },
    /// CPython 3.12 or later with several interpreters in one process, a GIL each (PEP 684): [`super::Thread::interpreter`]
    /// says to which one a thread belongs. Interpreters share no Python objects: of what their process has, threads of
    /// different ones may use the same queues (`concurrent.interpreters` has such) and pipes, and nothing else.
    Subinterpreters {
        /// As in [`Self::Cpython`]; each interpreter counts for itself.
        switch_interval: Dur,
    },
    /// CPython 2.7, or up to 3.1, whose holder gives the GIL up every so many ticks and takes it back at once unless a
    /// waiter that is awake on another core is faster (`gil-semantics.md` section 2).
    Cpython2 {
        /// From one check to the next, in ticks, 1 to 1,000,000; a tick is about one bytecode instruction.
        /// 100 unless `sys.setcheckinterval` changed it.
        check_interval: u32,
    },
    /// CPython built without a GIL (PEP 703): its threads run Python in parallel, each a little slower. Locks of objects and
    /// stops of all threads (`gil-semantics.md` section 3) are part of that overhead; none is drawn by itself.
    FreeThreaded {
        /// How much longer Python code takes than with a GIL, in percent, 0 to 1,000.
        overhead: u16,
        /// As in 3.14 and later; see [`Self::lock_handover`].
        lock_handover: bool,
    },
    /// No interpreter and no GIL: compiled code.
    Native,
}

impl Runtime {
    /// CPython's own default, `sys.getswitchinterval()`.
    pub const DEFAULT_SWITCH_INTERVAL: Dur = Dur::from_ms(5);

    /// The goal that PEP 779 sets for one thread of a build without a GIL, which CPython 3.14 meets: 10 %.
    pub const DEFAULT_OVERHEAD: u16 = 10;

    /// Python 2's own default, `sys.getcheckinterval()`.
    pub const DEFAULT_CHECK_INTERVAL: u32 = 100;

    /// CPython with the given switch interval.
    #[must_use]
    pub const fn cpython(switch_interval: Dur) -> Self {
        Self::Cpython { switch_interval, lock_handover: false }
    }

    /// CPython without a GIL, so many percent slower.
    #[must_use]
    pub const fn free_threaded(overhead: u16) -> Self {
        Self::FreeThreaded { overhead, lock_handover: false }
    }

    /// Whether a lock that is released goes directly to its first waiter, if that has waited 1 ms or more: CPython 3.14 and
    /// later (`TIME_TO_BE_FAIR_NS` in `Python/lock.c`). Before, a release is never a hand-over.
    #[must_use]
    pub const fn lock_handover(&self) -> bool {
        matches!(self, Self::Cpython { lock_handover: true, .. } | Self::FreeThreaded { lock_handover: true, .. })
    }

    /// The same runtime with or without [`Self::lock_handover`], if it is one that can have it.
    #[must_use]
    pub const fn with_lock_handover(mut self, direct: bool) -> Self {
        if let Self::Cpython { lock_handover, .. } | Self::FreeThreaded { lock_handover, .. } = &mut self {
            *lock_handover = direct;
        }
        self
    }

    /// Whether threads of this runtime need a GIL.
    #[must_use]
    pub const fn has_gil(&self) -> bool {
        !matches!(self, Self::FreeThreaded { .. } | Self::Native)
    }

    /// How long a waiter waits before it asks for the GIL, where waiters ask.
    #[must_use]
    pub const fn switch_interval(&self) -> Option<Dur> {
        match self {
            Self::Cpython { switch_interval, .. } | Self::Subinterpreters { switch_interval } => Some(*switch_interval),
            Self::Cpython2 { .. } | Self::FreeThreaded { .. } | Self::Native => None,
        }
    }
}

impl Default for Runtime {
    fn default() -> Self {
        Self::cpython(Self::DEFAULT_SWITCH_INTERVAL)
    }
}

/// The key of [`Runtime::lock_handover`], which is there only if it is set.
const HANDOVER: &str = "lock_handover";

impl Leaf for Runtime {
    fn read(value: Value) -> Result<Self, String> {
        let names = ["cpython", "subinterpreters", "cpython2", "free_threaded", "native"];
        let (name, parameters) = variant(value, &names)?;
        if name == "native" {
            return bare(Self::Native, &parameters);
        }
        let key = match name {
            "free_threaded" => "overhead",
            "cpython2" => "check_interval",
            _ => "switch_interval",
        };
        let may_hand_over = matches!(name, "cpython" | "free_threaded");
        let keys = [key, HANDOVER];
        let keys = &mut closed(parameters, if may_hand_over { &keys } else { &keys[..1] })?;
        let runtime = match name {
            "free_threaded" => Self::free_threaded(required(keys, key)?),
            "cpython2" => Self::Cpython2 { check_interval: required(keys, key)? },
            "subinterpreters" => Self::Subinterpreters { switch_interval: required(keys, key)? },
            _ => Self::cpython(required(keys, key)?),
        };
        Ok(runtime.with_lock_handover(optional(keys, HANDOVER)?.unwrap_or_default()))
    }
}

impl From<&Runtime> for Value {
    fn from(runtime: &Runtime) -> Self {
        let (name, mut parameters) = match *runtime {
            Runtime::Cpython { switch_interval, .. } => ("cpython", one("switch_interval", switch_interval.ns())),
            Runtime::Subinterpreters { switch_interval } => {
                ("subinterpreters", one("switch_interval", switch_interval.ns()))
            }
            Runtime::Cpython2 { check_interval } => ("cpython2", one("check_interval", check_interval)),
            Runtime::FreeThreaded { overhead, .. } => ("free_threaded", one("overhead", overhead)),
            Runtime::Native => return "native".into(),
        };
        if runtime.lock_handover() {
            parameters.insert(HANDOVER.to_owned(), true.into());
        }
        one(name, parameters).into()
    }
}

/// The limits of a runtime's parameters.
pub(super) fn check_runtime(place: &str, runtime: &Runtime) -> Result<(), Problem> {
    if let Runtime::FreeThreaded { overhead, .. } = *runtime
        && overhead > Limits::OVERHEAD
    {
        return problem(format!("{place}, overhead"), format!("{overhead} %; at most {} %", Limits::OVERHEAD));
    }
    if let Runtime::Cpython2 { check_interval } = *runtime
        && !(1..=Limits::CHECK_INTERVAL).contains(&check_interval)
    {
        let what = format!("{check_interval} ticks; from 1 to {}", Limits::CHECK_INTERVAL);
        return problem(format!("{place}, check interval"), what);
    }
    if let Some(switch_interval) = runtime.switch_interval() {
        check_length(&format!("{place}, switch interval"), switch_interval)?;
        if switch_interval < Limits::SWITCH_INTERVAL {
            let what = format!("{switch_interval}; CPython takes no less than {}", Limits::SWITCH_INTERVAL);
            return problem(format!("{place}, switch interval"), what);
        }
    }
    Ok(())
}
