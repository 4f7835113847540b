//! The keys of a run as JSON.

use serde::Serialize;

use crate::engine::{Kind, Reason};
use crate::ids::CoreId;
use crate::time::{Dur, Time};

/// A run from 0 to its ending or to where it was cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunJson {
    /// `all_finished`, `stuck`, `limit_reached`; `cut` if it goes on.
    pub ending: &'static str,
    /// When the last thread finished; null unless all have.
    pub makespan_ns: Option<Time>,
    /// By core, who was on it; one entry per stay, however often it changed what it computes.
    pub cores: Vec<Vec<Stretch>>,
    /// The GILs in order of their processes' ids.
    pub gils: Vec<GilJson>,
    /// The threads in order of their ids.
    pub threads: Vec<ThreadJson>,
    /// The figures.
    pub metrics: MetricsJson,
    /// What happened, in order.
    pub events: Vec<Event>,
}

/// A stretch of time with a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// First instant.
    pub start_ns: Time,
    /// First instant after it, or where the run was cut.
    pub end_ns: Time,
    /// Who.
    pub thread: String,
}

/// A GIL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GilJson {
    /// The process whose threads share it.
    pub process: String,
    /// The interpreter whose threads share it, if the process has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<u8>,
    /// Who held it.
    pub possessions: Vec<Stretch>,
    /// Who asked for it.
    pub requests: Vec<RequestJson>,
}

/// A drop request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestJson {
    /// When.
    pub time_ns: Time,
    /// Who asked.
    pub thread: String,
}

/// A thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThreadJson {
    /// Its name in the scenario.
    pub name: String,
    /// The name of its process.
    pub process: String,
    /// When it finished.
    pub finished_ns: Option<Time>,
    /// Its life, from its start to its end or to where the run was cut, without gaps.
    pub states: Vec<State>,
    /// How long it was in each state.
    pub totals: TotalsJson,
}

/// A stretch of a thread's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct State {
    /// First instant.
    pub start_ns: Time,
    /// First instant after it, or where the run was cut.
    pub end_ns: Time,
    /// Where it was: see [`super::state_name`].
    pub state: &'static str,
}

/// How long a thread was in each state, by the name of the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each key is a state's name with its unit; `Totals` says what the states are")]
pub struct TotalsJson {
    pub running_python_ns: Dur,
    pub running_extension_ns: Dur,
    pub running_native_ns: Dur,
    pub switching_in_ns: Dur,
    pub ready_ns: Dur,
    pub waking_ns: Dur,
    pub wants_gil_ns: Dur,
    pub forced_wait_ns: Dur,
    pub waiting_io_ns: Dur,
    pub waiting_devices_ns: Dur,
    pub waiting_sleep_ns: Dur,
    pub waiting_input_ns: Dur,
    pub waiting_locks_ns: Dur,
    pub waiting_signals_ns: Dur,
    pub waiting_messages_ns: Dur,
    pub waiting_threads_ns: Dur,
}

/// The figures of the whole run; see [`crate::metrics::Metrics`] for what each is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each key is a figure of `Metrics` with its unit")]
pub struct MetricsJson {
    pub until_ns: Time,
    pub context_switches: u64,
    pub cores: Vec<CoreFigures>,
    pub gils: Vec<GilFigures>,
    pub threads: Vec<ThreadFigures>,
}

/// The figures of a core.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each key is a figure of `CoreMetrics` with its unit")]
pub struct CoreFigures {
    pub useful_ns: Dur,
    pub overhead_ns: Dur,
    pub idle_ns: Dur,
}

/// The figures of a GIL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each key is a figure of `GilMetrics` with its unit")]
pub struct GilFigures {
    pub held_ns: Dur,
    pub free_ns: Dur,
    pub hand_offs: u64,
    pub requests: u64,
}

/// The figures of a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each key is a figure of `ThreadMetrics` with its unit")]
pub struct ThreadFigures {
    pub thread: String,
    pub start_ns: Option<Time>,
    pub response_ns: Option<Dur>,
    pub turnaround_ns: Option<Dur>,
    /// Of running Python, what was lost to checks for waiters; left out if nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gil_checks_ns: Option<Dur>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// When.
    pub time_ns: Time,
    /// Who.
    pub thread: String,
    /// What.
    pub kind: Kind,
    /// Why.
    pub reason: Reason,
    /// On which core.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub core: Option<CoreId>,
    /// Which other thread brought it about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// The same in one sentence.
    pub text: String,
}
