//! All events as a table: what the lanes show, in words. Only the rows in sight are made, so that a run of a million events is
//! no more work than one of a hundred; what a search finds is found a part at a time.

use crate::engine::{Kind, Reason, Record};
use crate::explain::{in_few_words, sentence, thread_name};
use crate::ids::ThreadId;
use crate::time::Time;

use super::Session;

/// The highest area that rows scroll in, in CSS pixels. Browsers cut areas of more than 17 million off (Firefox) or 33
/// million (Chromium).
const HIGHEST: f64 = 8e6;

/// Which events are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Whose; `None` for all.
    pub thread: Option<ThreadId>,
    /// What they are about.
    pub about: About,
    /// What is written in them, in any case; empty for anything.
    pub text: String,
}

/// What events are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum About {
    /// Anything.
    #[default]
    All,
    /// Cores and ready queues.
    Cores,
    /// The GIL.
    Gil,
    /// I/O, sleep and input.
    Waits,
    /// Locks, semaphores, events, barriers, queues and pipes.
    Shared,
    /// Starts and ends of threads and processes.
    Lives,
    /// What a person did.
    ByHand,
}

impl About {
    /// Each with its name.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::All, "all kinds"),
        (Self::Cores, "cores and ready queue"),
        (Self::Gil, "the GIL"),
        (Self::Waits, "I/O, sleep and input"),
        (Self::Shared, "locks, queues, messages"),
        (Self::Lives, "starts and ends"),
        (Self::ByHand, "done by hand"),
    ];

    fn of(record: &Record) -> Self {
        match record.kind() {
            // Who goes on does so for a reason, which is what it is about.
            Kind::Ready | Kind::Waking => Self::of_going_on(record.reason()),
            Kind::SwitchIn | Kind::Dispatch | Kind::Move | Kind::ChangeLevel => Self::Cores,
            Kind::RunPython | Kind::RunExtension | Kind::RunNative => Self::Cores,
            Kind::WantsGil | Kind::ForcedWait | Kind::TakeGil | Kind::RequestGil | Kind::DropGil => Self::Gil,
            Kind::WaitIo | Kind::WaitDevice | Kind::WaitSleep | Kind::WaitInput => Self::Waits,
            Kind::WaitLock | Kind::WaitSemaphore | Kind::WaitEvent | Kind::WaitBarrier => Self::Shared,
            Kind::WaitQueue | Kind::WaitRoom | Kind::WaitPipe | Kind::Acquire | Kind::Release => Self::Shared,
            Kind::Pass | Kind::Set | Kind::Clear | Kind::Put | Kind::Get | Kind::Send | Kind::Receive => Self::Shared,
            Kind::Deadlock => Self::Shared,
            Kind::WaitStart | Kind::WaitJoin | Kind::Finished | Kind::StartThread | Kind::SpawnProcess => Self::Lives,
            Kind::Raise => Self::Lives,
            Kind::Intervene | Kind::SkipIntervention => Self::ByHand,
        }
    }

    const fn of_going_on(reason: Reason) -> Self {
        match reason {
            Reason::GilSignalled | Reason::GilCheck | Reason::GilTimeout | Reason::Freed => Self::Gil,
            Reason::IoEnded | Reason::SleepEnded | Reason::Answered => Self::Waits,
            Reason::LockReleased | Reason::HandedOver | Reason::SemaphoreReleased | Reason::EventSet => Self::Shared,
            Reason::AllThere | Reason::ItemPut | Reason::ItemTaken | Reason::MessageSent => Self::Shared,
            Reason::Started | Reason::StartedBy | Reason::ChildRuns | Reason::Joined => Self::Lives,
            Reason::ByHand | Reason::Displaced | Reason::Preempted => Self::ByHand,
            _ => Self::Cores,
        }
    }
}

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

/// The events that a filter lets through, as far as they have been looked at.
#[derive(Clone, Debug, Default)]
pub struct Found {
    filter: Filter,
    /// Of which run.
    generation: u64,
    /// How many records have been looked at.
    looked_at: usize,
    /// Their numbers; not kept where everything is let through.
    records: Vec<u32>,
}

impl Found {
    /// Nothing yet.
    #[must_use]
    pub fn new(filter: Filter) -> Self {
        Self { filter, ..Self::default() }
    }

    /// The filter.
    #[must_use]
    pub const fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Whether each record has to be told before it is known whether it is found, which takes a thousand times as long.
    #[must_use]
    pub fn reads(&self) -> bool {
        !self.filter.text.is_empty()
    }

    /// Looks at no more than so many further records. Returns which part of the run has been looked at, 0 to 1.
    pub fn look_on(&mut self, session: &Session, most: usize) -> f64 {
        if self.generation != session.generation() {
            (self.generation, self.looked_at) = (session.generation(), 0);
            self.records.clear();
        }
        let trace = session.run().trace();
        let to = if self.lets_all() { trace.len() } else { trace.len().min(self.looked_at + most) };
        if !self.lets_all() {
            let text = self.filter.text.to_ascii_lowercase();
            let found = (self.looked_at..to).filter(|i| self.lets(session, *i, &trace[*i], &text));
            let found: Vec<u32> = found.map(|i| i as u32).collect();
            self.records.extend(found);
        }
        self.looked_at = to;
        if trace.is_empty() { 1.0 } else { to as f64 / trace.len() as f64 }
    }

    fn lets_all(&self) -> bool {
        self.filter == Filter::default()
    }

    fn lets(&self, session: &Session, number: usize, record: &Record, text: &str) -> bool {
        let Filter { thread, about, .. } = self.filter;
        let plan = session.run().plan();
        let of = thread.is_none_or(|id| plan.thread(record.thread()).id == id);
        let kind = about == About::All || About::of(record) == about;
        of && kind && (text.is_empty() || session.event_row(number).says(text))
    }

    /// How many rows there are; none of a future that is hidden.
    #[must_use]
    pub fn count(&self, session: &Session) -> usize {
        let seen = session.seen_records();
        if self.lets_all() { seen } else { self.records.partition_point(|i| (*i as usize) < seen) }
    }

    /// The row of the event that the story tells, if there is one; where that is not found, the last one that is at or before
    /// the playhead.
    #[must_use]
    pub fn now(&self, session: &Session) -> Option<usize> {
        let told = session.told_record()?;
        if self.lets_all() {
            return Some(told);
        }
        let row = self.records.binary_search(&(told as u32)).ok();
        let last = session.last_record()?;
        row.or_else(|| self.records.partition_point(|i| *i as usize <= last).checked_sub(1))
    }

    /// So many rows from a row on, fewer at the end.
    #[must_use]
    pub fn rows(&self, session: &Session, from: usize, many: usize) -> Vec<EventRow> {
        let to = self.count(session).min(from + many);
        let number = |row: usize| if self.lets_all() { row } else { self.records[row] as usize };
        (from..to).map(|row| session.event_row(number(row))).collect()
    }
}

impl EventRow {
    /// Whether a text in small letters stands in it.
    fn says(&self, text: &str) -> bool {
        let has = |part: &str| part.to_ascii_lowercase().contains(text);
        has(&self.why) || has(&self.thread) || has(self.what)
    }
}

impl Session {
    fn event_row(&self, record: usize) -> EventRow {
        let of = self.run.trace()[record];
        EventRow {
            record,
            time: of.time(),
            thread: thread_name(self.run.plan(), of.thread()),
            what: in_few_words(&of),
            why: sentence(&self.run, record),
        }
    }

    /// How many records may be seen: all that are computed, or those up to the playhead while the future is hidden.
    fn seen_records(&self) -> usize {
        if self.future_hidden() { self.run.records_until(self.playhead()) } else { self.run.trace().len() }
    }

    /// The number of the record that the story tells.
    #[must_use]
    pub fn told_record(&self) -> Option<usize> {
        Some(self.story.as_ref()?.record)
    }

    /// The number of the last record at or before the playhead.
    #[must_use]
    pub fn last_record(&self) -> Option<usize> {
        self.run.records_until(self.playhead()).checked_sub(1)
    }
}

/// An area in which rows of one height scroll, of which only those in sight exist. All lengths in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scroller {
    /// How many rows.
    pub rows: usize,
    /// Height of each.
    pub row: f64,
    /// Height of what is in sight.
    pub seen: f64,
}

impl Scroller {
    /// How high all of it is; less than all rows where that is more than a browser can scroll.
    #[must_use]
    pub fn height(self) -> f64 {
        (self.rows as f64 * self.row).min(HIGHEST)
    }

    /// The row at the upper edge, possibly a part of it, when the area is scrolled so far.
    #[must_use]
    pub fn row_at(self, top: f64) -> f64 {
        top * self.rows_per_px()
    }

    /// How far to scroll so that a row is at the upper edge.
    #[must_use]
    pub fn top_of(self, row: f64) -> f64 {
        let farthest = (self.height() - self.seen).max(0.0);
        (row / self.rows_per_px()).min(farthest).max(0.0)
    }

    /// Where in the area a row stands when that is scrolled so far.
    #[must_use]
    pub fn place_of(self, row: usize, top: f64) -> f64 {
        top + (row as f64 - self.row_at(top)) * self.row
    }

    fn rows_per_px(self) -> f64 {
        let unseen = (self.rows as f64 - self.seen / self.row).max(0.0);
        let farthest = self.height() - self.seen;
        if farthest > 0.0 && self.rows as f64 * self.row > HIGHEST { unseen / farthest } else { 1.0 / self.row }
    }
}
