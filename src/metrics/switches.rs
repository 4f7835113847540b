//! Why a core went from one thread to another.

use crate::engine::{Kind, Reason, Record};

/// Why a thread left its core, which another one was given next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwitchCause {
    /// Its quantum was over.
    Quantum,
    /// The policy preferred another thread.
    Preempted,
    /// It wanted the GIL, or had to give it up on request.
    Gil,
    /// It waited for something else.
    Blocked,
    /// It let others go first.
    Yielded,
    /// It finished.
    Finished,
    /// A person took it off.
    ByHand,
}

impl SwitchCause {
    /// Every cause, in order of their numbers.
    pub const ALL: [Self; 7] =
        [Self::Quantum, Self::Preempted, Self::Gil, Self::Blocked, Self::Yielded, Self::Finished, Self::ByHand];
}

/// Why the thread of a record left the core that it was on before.
pub(super) fn cause(record: &Record) -> SwitchCause {
    match (record.kind(), record.reason()) {
        (Kind::Ready, Reason::SliceEnded) => SwitchCause::Quantum,
        (Kind::Ready, Reason::Outranked) => SwitchCause::Preempted,
        (Kind::Ready, Reason::Yielded) => SwitchCause::Yielded,
        (Kind::Ready, Reason::ByHand | Reason::Displaced | Reason::Preempted) => SwitchCause::ByHand,
        (Kind::WantsGil | Kind::ForcedWait, _) => SwitchCause::Gil,
        (Kind::Finished, _) => SwitchCause::Finished,
        _ => SwitchCause::Blocked,
    }
}
