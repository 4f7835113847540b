//! The story: what has just happened, in a sentence.

use crate::engine::{Kind, Reason, Record, Run};
use crate::explain::sentence;
use crate::time::Time;

/// The sentence of the last event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Number of the record it tells of.
    pub record: usize,
    /// When that happened.
    pub time: Time,
    /// The sentence.
    pub text: String,
}

/// Of the records of the last instant at or before `time`, the one that tells most; of equals the last.
pub(super) fn telling(run: &Run, time: Time) -> Option<usize> {
    let until = run.records_until(time);
    let last = run.trace()[..until].last()?.time();
    let from = run.trace().partition_point(|r| r.time() < last);
    // Who takes the GIL only to drop it at the same instant has done something else.
    let instant = &run.trace()[from..until];
    let passing = |r: &Record| {
        let drops = |other: &Record| other.kind() == Kind::DropGil && other.thread() == r.thread();
        matches!(r.kind(), Kind::TakeGil | Kind::DropGil)
            && instant.iter().any(drops)
            && instant.iter().any(|other| other.kind() == Kind::TakeGil && other.thread() == r.thread())
    };
    (from..until).max_by_key(|i| if passing(&run.trace()[*i]) { 0 } else { rank(&run.trace()[*i]) })
}

/// Tells of a record.
pub(super) fn tell(run: &Run, record: usize) -> Story {
    Story { record, time: run.trace()[record].time(), text: sentence(run, record) }
}

/// How much a record tells of what happens at its instant: what the user did, then the GIL's changes, then the
/// scheduler's, then what follows from those.
fn rank(record: &Record) -> u8 {
    match (record.kind(), record.reason()) {
        (Kind::Deadlock | Kind::Raise, _) => 10,
        (Kind::Intervene | Kind::SkipIntervention, _) => 9,
        (Kind::StartThread | Kind::SpawnProcess | Kind::Send | Kind::Receive | Kind::WaitInput, _) => 8,
        (_, Reason::Answered) => 8,
        (Kind::RequestGil, _) => 8,
        (Kind::TakeGil, _) => 7,
        (Kind::DropGil, _) => 6,
        (Kind::Finished | Kind::ChangeLevel, _) => 5,
        (Kind::Ready, Reason::SliceEnded) => 4,
        (Kind::Dispatch | Kind::Move, _) => 3,
        (Kind::Acquire, Reason::HandedOver) => 5,
        (Kind::Acquire | Kind::Release | Kind::Put | Kind::Get | Kind::Pass | Kind::Set | Kind::Clear, _) => 4,
        (Kind::WaitLock | Kind::WaitSemaphore | Kind::WaitEvent | Kind::WaitBarrier | Kind::WaitDevice, _) => 4,
        (Kind::WaitQueue | Kind::WaitRoom | Kind::WaitPipe | Kind::WaitStart | Kind::WaitJoin, _) => 4,
        (Kind::WantsGil, Reason::GilHeld) => 4,
        (Kind::WaitIo | Kind::WaitSleep, _) => 4,
        (Kind::WantsGil, _) => 2,
        (Kind::SwitchIn | Kind::Waking | Kind::ForcedWait | Kind::Ready, _) => 1,
        (Kind::RunPython | Kind::RunExtension | Kind::RunNative, _) => 0,
    }
}
