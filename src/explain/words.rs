//! What kinds of events are called.

use crate::engine::{Kind, Reason, Record};

/// What happens in a record, in a few words: “wants the GIL”.
#[must_use]
pub fn in_few_words(record: &Record) -> &'static str {
    match record.kind() {
        Kind::Waking if record.reason() == Reason::StartedBy => "starts",
        Kind::Ready => "is ready",
        Kind::SwitchIn => "switches in",
        Kind::RunPython => "runs Python",
        Kind::RunExtension => "runs C code, keeps the GIL",
        Kind::RunNative => "runs",
        Kind::Waking => "wakes",
        Kind::WantsGil => "wants the GIL",
        Kind::ForcedWait => "forced wait",
        Kind::WaitIo => "waits for I/O",
        Kind::WaitDevice => "waits for a device",
        Kind::WaitSleep => "sleeps",
        Kind::WaitInput => "awaits input",
        Kind::WaitLock => "waits for a lock",
        Kind::WaitSemaphore => "waits for a semaphore",
        Kind::WaitEvent => "waits for an event",
        Kind::WaitBarrier => "waits at a barrier",
        Kind::WaitQueue => "waits for an item",
        Kind::WaitRoom => "waits for room",
        Kind::WaitPipe => "waits for a message",
        Kind::WaitStart => "waits for a start",
        Kind::WaitJoin => "waits for an end",
        Kind::Finished => "finishes",
        Kind::Dispatch => "gets a core",
        Kind::Move => "changes queue",
        Kind::TakeGil => "takes the GIL",
        Kind::RequestGil => "asks for the GIL",
        Kind::DropGil => "drops the GIL",
        Kind::StartThread => "starts a thread",
        Kind::SpawnProcess => "spawns a process",
        Kind::Acquire => "acquires",
        Kind::Release => "releases",
        Kind::Pass => "need not wait",
        Kind::Set => "sets an event",
        Kind::Clear => "clears an event",
        Kind::Put => "puts an item",
        Kind::Get => "gets an item",
        Kind::Send => "sends a message",
        Kind::Receive => "receives a message",
        Kind::Raise => "raises an exception",
        Kind::Deadlock => "deadlock",
        Kind::Intervene => "by hand",
        Kind::SkipIntervention => "by hand: skipped",
        Kind::ChangeLevel => "changes level",
    }
}
