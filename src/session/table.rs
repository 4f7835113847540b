//! All events as a table: what the lanes show, in words, a stretch of rows at a time, so that a run of a million is no more
//! work than one of a hundred.

use crate::engine::Kind;
use crate::explain::{sentence, thread_name};
use crate::ids::ThreadIx;
use crate::time::Time;

use super::Session;

/// How many rows there are at most before the one in the middle, and behind it.
pub const HALF: usize = 100;

/// A row: a record of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// Number of the record.
    pub record: usize,
    /// When it happens.
    pub time: Time,
    /// Whose it is.
    pub thread: String,
    /// What happens, in a few words.
    pub what: &'static str,
    /// Why, in a sentence.
    pub why: String,
}

/// Rows in the order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventTable {
    /// At most 200.
    pub rows: Vec<EventRow>,
    /// Whether there are more before them.
    pub earlier: bool,
    /// Whether there are more behind them, as far as the run is computed.
    pub later: bool,
}

impl Session {
    /// The rows around a record, of one thread or of all. Nothing of a future that is hidden.
    #[must_use]
    pub fn event_table(&self, of: Option<ThreadIx>, around: usize) -> EventTable {
        let trace = self.run.trace();
        let seen = if self.future_hidden() { self.run.records_until(self.playhead()) } else { trace.len() };
        let around = around.min(seen);
        let is = |i: &usize| of.is_none_or(|thread| trace[*i].thread() == thread);
        let mut before = (0..around).rev().filter(is);
        let mut behind = (around..seen).filter(is);
        let mut records: Vec<usize> = before.by_ref().take(HALF).collect();
        records.reverse();
        records.extend(behind.by_ref().take(HALF));
        let (earlier, later) = (before.next().is_some(), behind.next().is_some());
        EventTable { rows: records.into_iter().map(|record| self.event_row(record)).collect(), earlier, later }
    }

    fn event_row(&self, record: usize) -> EventRow {
        let of = self.run.trace()[record];
        EventRow {
            record,
            time: of.time(),
            thread: thread_name(self.run.plan(), of.thread()),
            what: what(of.kind()),
            why: sentence(&self.run, record),
        }
    }

    /// The number of the last record at or before the playhead.
    #[must_use]
    pub fn last_record(&self) -> Option<usize> {
        self.run.records_until(self.playhead()).checked_sub(1)
    }
}

/// What happens, in a few words.
const fn what(kind: Kind) -> &'static str {
    match kind {
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
