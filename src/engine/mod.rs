//! What happens: a scenario's run, instant by instant.
//!
//! [`Plan`] is the fixed part, [`Machine`] the state, [`Record`]s what happened, [`Run`] all of it over time. Integers only,
//! no clock, no hash maps: the same scenario gives the same trace on every machine.

mod burst;
pub mod code;
mod compile;
mod deadlines;
mod draws;
mod endings;
mod gil;
mod hand;
mod instant;
mod kinds;
pub mod lanes;
mod machine;
pub mod mipmap;
mod moves;
mod occurrences;
mod placement;
pub mod plan;
mod plan_gil;
mod plan_objects;
mod plan_view;
pub mod policy;
mod program;
mod reasons;
mod run;
mod schedule;
pub mod segments;
mod shared;
pub mod shared_lanes;
mod slices;
mod state;
mod sync;
mod threads;
mod ticks;
pub mod trace;
mod view;

use gilscope_model::{ids, order, scenario, time};

pub use endings::{Ending, Limit};
pub use kinds::Kind;
pub use lanes::Lanes;
pub use machine::Machine;
pub use occurrences::Occurrence;
pub use plan::Plan;
pub use reasons::Reason;
pub use run::{MAX_RECORDS, Run};
pub use state::{Came, Cause, CoreState, GilState, ObjectState, Place, ReadyQueue, ThreadState, Work};
pub use trace::Record;
