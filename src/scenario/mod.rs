//! What the user edits: the model, its limits and checks, the edits, the presets and the link codec.
//!
//! A [`Scenario`] is the only ground state of the whole program; a run is a pure function of one that passed
//! [`Scenario::check`].

pub mod check;
mod check_program;
mod core_set;
pub mod costs;
mod demand;
pub mod edit;
mod edit_cores;
mod edit_flags;
mod edit_ops;
mod edit_order;
mod edit_processes;
mod edit_shared;
mod edit_starts;
mod edit_threads;
pub mod json;
pub mod link;
pub mod model;
mod op_kinds;
pub mod pairs;
mod pairs_processes;
mod parameter;
pub mod params;
pub mod policy;
mod policy_table;
mod preset_list;
pub mod presets;
pub mod program;
mod program_json;
mod program_text;
mod program_words;
pub mod queues;
mod read;
mod runtime;
mod setting;
mod share;
mod shared;
mod value;
mod write;

pub use check::{Limits, Problem};
pub use core_set::CoreSet;
pub use costs::{CostSet, Costs};
pub use demand::Amdahl;
pub use edit::{Change, Edit, StepPath};
pub use link::LinkError;
pub use model::{Computer, Intervention, Process, Scenario, Start, Texts, Thread, What};
pub use op_kinds::{OP_KINDS, OpKind};
pub use pairs::Pair;
pub use parameter::{Parameter, Span};
pub use policy::{Policy, RoundRobin};
pub use presets::{Preset, Variant};
pub use program::{Op, Step};
pub use program_text::TextProblem;
pub use queues::{PerCore, Queues};
pub use runtime::Runtime;
pub use setting::{Setting, Slot};
pub use share::{Claim, Share};
pub use shared::{Device, Pipe, Resource, ResourceKind};
