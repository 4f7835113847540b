//! The operating system's policies: who runs next, and for how long.
//!
//! To add one: a variant of [`Policy`] in the scenario, a file here that implements [`Rules`], and an arm in [`rules`].
//! `tests/reference/policies.md` specifies each, ties included.

mod fcfs;
mod round_robin;

use crate::scenario::Policy;
use crate::time::Dur;

/// Where in the ready queue a thread is placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Before all others.
    Head,
    /// Behind all others.
    Tail,
}

/// What a policy decides. The ready queue keeps the order in which threads were placed in it.
pub trait Rules {
    /// The name for people.
    fn name(&self) -> &'static str;

    /// The longest stay on a core while others are ready; `None` if a thread keeps its core until it blocks or ends.
    fn slice(&self) -> Option<Dur>;

    /// Where a thread goes whose slice ended.
    fn expired(&self) -> End;

    /// At one instant, whether a thread whose slice ended is queued before those that become ready.
    fn expired_first(&self) -> bool;
}

/// The rules of a policy.
#[must_use]
pub fn rules(policy: &Policy) -> &dyn Rules {
    match policy {
        Policy::Fcfs => &fcfs::Fcfs,
        Policy::RoundRobin(rules) => rules,
    }
}
