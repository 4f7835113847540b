//! gilscope simulates and draws how a computer runs processes and threads, and CPython's Global Interpreter Lock as a token
//! that threads hand to each other. This crate is the pure library; the page (`src/web`) and the command line (`src/cli`)
//! are thin shells around it.
//!
//! Its two lowest layers are packages of their own, with their sources where all others are: `gilscope-model` (`src/model.rs`)
//! and `gilscope-engine` (`src/engine`). Cargo sets the level of optimisation by package, and the engine is the one part of the
//! page that is made for speed instead of its download; what it needs has to be below it. Everything is used by its path here,
//! as [`engine::Run`] or [`scenario::Scenario`].
//!
//! # The flow, one way
//!
//! ```text
//! Scenario ──► Run (Plan, trace, lanes, checkpoints) ──► Scene (shapes, regions) ──► canvas, SVG
//!    ▲                                                      ▲
//!    └──────── Session::update(Action) -> Vec<Effect> ──────┘   DOM events come in, effects go out
//! ```
//!
//! [`scenario::Scenario`] is the only ground state. An [`engine::Run`] is a pure function of it, a [`scene::Scene`] a pure
//! function of the run, the playhead and the view. [`session::Session`] is the one door back: everything a person does is an
//! [`session::Action`], so a drag, undo, zoom and playback are tested without a browser.
//!
//! # The layers
//!
//! Each may use those above it in this list, never those below; `tests/it/tidy.rs` keeps it so.
//!
//! | module | what |
//! |---|---|
//! | [`text`], [`number`], [`order`] | words for people; numbers; order among few |
//! | [`time`] | [`time::Time`], a point, and [`time::Dur`], a length: whole nanoseconds, never mixed |
//! | [`ids`] | newtype ids: `…Id` is written in the scenario, `…Ix` is dense and of one run |
//! | [`scenario`] | what the user edits: the model, limits and checks, edits, presets, JSON and links |
//! | [`engine`] | what happens: machine state, policies, the GIL, trace, run, lanes |
//! | [`metrics`], [`explain`] | where the time went; why it happened, in sentences |
//! | [`scene`] | where it is drawn: time axis, layout, display list, hit test, themes; pixels begin here |
//! | [`session`] | what the user did: actions, effects, playback, undo, drag |
//! | [`interop`] | other forms of a run: ASCII Gantt, JSON, summary, CSV, Chrome trace, SVG, a Python program |
//! | `src/main.rs` | on wasm32 starts `src/web` (Yew, canvas painter, listeners), on a host `src/cli` |
//!
//! # Invariants
//!
//! - The engine has integers only, no clock, no hash maps; ties are broken by a stated order (`engine::Machine`, phases of an
//!   instant). The same scenario gives the same trace on every machine.
//! - What passed [`scenario::Scenario::check`] runs; the engine returns no `Result` and does not panic. Endings are values
//!   ([`engine::Ending`]).
//! - A thread is in exactly one [`engine::Place`]; what it *is* and what it *holds* are separate: a thread that the operating
//!   system took off its core still holds the GIL. All laws are in `tests/it/engine/laws.rs`.
//! - A deadline is a field in a fixed slot (`engine/deadlines.rs`); nothing is ever cancelled, and a clone of
//!   [`engine::Machine`] is a checkpoint.
//! - Every record kind and reason has a sentence in [`explain`]; there is no catch-all.
//!
//! # Which file to open
//!
//! | to add | open |
//! |---|---|
//! | a scheduling policy | `scenario/policy.rs` ([`scenario::Policy`]: data), `policy_table.rs` (its parameters as a table, from which JSON, limits and the inspector's fields are made); `engine/policy/` (one file: its rules, and an arm in `rules`) |
//! | an op | `scenario/program.rs`, `program_json.rs` (name and JSON), `check_program.rs` (what it may name), `op_kinds.rs` (what it is in a line), `program_text.rs` and `program_words.rs` (how it is written and read as text), `engine/code.rs` and `compile.rs` (its instruction), `engine/program.rs`, `shared.rs`, `sync.rs`, `threads.rs` (what it does), `engine/kinds.rs`, `reasons.rs` and `explain/` (its records and sentences); `scene/lanes/program.rs` (its block), `web/inspector/op.rs` and `swatch.rs` (its fields and its picture) |
//! | something that threads share | `scenario/shared.rs` (data), `value.rs` (its JSON), `edit_shared.rs`; `engine/plan.rs`, `shared.rs` and `sync.rs`; `scene/facts.rs`, `scene/board/resources.rs` |
//! | a runtime | `scenario/runtime.rs` ([`scenario::Runtime`]), `engine/plan_gil.rs`; a GIL rule: `engine/gil.rs`, of Python 2 `engine/ticks.rs`, its sentences: `explain/gil.rs`, `explain/ticks.rs` |
//! | a field of the scenario | `scenario/model.rs`, `read.rs` and `write.rs` (its JSON), `check.rs` (its limits) |
//! | a cost | `scenario/costs.rs`, `value.rs` (its name), and the one place in `engine/` that charges it |
//! | something that a person does to a run | `scenario/model.rs` ([`scenario::What`]), `value.rs` (its JSON), `engine/hand.rs`, `explain/hand.rs` (its sentences), `session/drag/` |
//! | an ending | `engine/endings.rs` |
//! | a drag target | `scene/mod.rs` ([`scene::DropTarget`]), `session/drag/` (what a drop does, or why not; `places.rs`: its name in menus) |
//! | something on the board or a lane | `scene/board/`, `scene/lanes/`; its colour: `scene/theme.rs` |
//! | an edit | `scenario/edit*.rs` (its name says all that goes along with it); a key or button for it: `web/keys.rs`, `web/toolbar.rs` |
//! | a panel of the page | `web/inspector/` |
//! | a parameter of the address | `session/address.rs` (the fragment), `session/embed.rs` (the query, what an embed allows) |
//! | something that a reload keeps | `session/save.rs`; when it is written: `web/autosave.rs` |
//! | something about one's own scenarios, or the cards of the library | `session/library.rs`; `web/library/`, `web/store.rs` (the browser's database) |
//! | something to compare with, or to sweep | `scenario/pairs.rs` ([`scenario::Pair`]: the edit, its name in links) or `scenario/parameter.rs` ([`scenario::Parameter`]); `session/choices.rs`, `compare.rs`, `sweep.rs`; `scene/compare.rs`, `sweep_chart.rs`; `web/compare*.rs` |
//! | a hint for a first visit | `session/hints.rs`; `web/hints.rs` |
//! | a preset | `static/presets/`, `scenario/preset_list.rs`, and a test named after its claim in `tests/it/claims/` |
//! | a figure | `metrics/tally.rs` (where it is counted), `mod.rs` (its field), `words.rs` or `words_parts.rs` (its key, name and sentence): page and files list it by those |
//! | an output format | `interop/`, `cli.rs`; for the page `interop/export.rs`, `web/export.rs`. A new op also in `interop/python/ops.rs` |

pub mod explain;
pub mod interop;
pub mod metrics;
pub mod scene;
pub mod session;

pub use gilscope_engine as engine;
pub use gilscope_model::{ids, number, order, scenario, text, time};
