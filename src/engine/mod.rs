//! What happens: a scenario's run, instant by instant.
//!
//! [`Plan`] is the fixed part, [`Machine`] the state, [`Record`]s what happened, [`Run`] all of it over time. Integers only,
//! no clock, no hash maps: the same scenario gives the same trace on every machine.

mod compile;
mod deadlines;
pub mod explain;
mod gil;
mod kinds;
pub mod lanes;
mod machine;
pub mod metrics;
pub mod plan;
pub mod policy;
mod program;
mod run;
mod schedule;
mod state;
pub mod trace;
mod view;

pub use kinds::{Kind, Reason};
pub use lanes::Lanes;
pub use machine::{Ending, Limit, Machine};
pub use plan::Plan;
pub use run::{MAX_RECORDS, Run};
pub use state::{Cause, CoreState, GilState, Place, ThreadState, Work};
pub use trace::Record;
