//! Lanes of what threads share: who holds a lock, whom a device serves, how many wait for a GIL or are ready, who woke in vain,
//! and which message is which.
//!
//! The index is made when somebody looks at such a lane, and kept up from then on: a run that nobody looks at pays nothing.

use crate::ids::{GilIx, ObjectIx, ThreadIx};
use crate::time::Time;

use super::code::About;
use super::lanes::Lane;
use super::mipmap::Mipmap;
use super::plan::ObjectKind;
use super::segments::{Entry, GilSegment, Request};
use super::{Kind, Plan, Reason, Record};

/// How many steps of a [`Levels`] have one peak together.
const BLOCK: usize = 64;

/// A number that changes from time to time.
#[derive(Clone, Debug, Default)]
struct Steps {
    /// The records with which it changes.
    at: Vec<u32>,
    /// What it is from then on.
    level: Vec<u16>,
    /// The most in each full block but the last.
    peaks: Vec<u16>,
    now: i32,
}

impl Steps {
    fn add(&mut self, trace: &[Record], number: u32, by: i32) {
        self.now += by;
        let level = self.now.clamp(0, i32::from(u16::MAX)) as u16;
        let time = |n: u32| trace[n as usize].time();
        if self.at.last().is_some_and(|last| time(*last) == time(number)) {
            // What lasts no time is left out.
            self.level.pop();
            self.level.push(level);
            return;
        }
        let full = self.level.len() / BLOCK * BLOCK;
        if full > self.peaks.len() * BLOCK {
            self.peaks.push(self.level[full - BLOCK..].iter().copied().max().unwrap_or_default());
        }
        self.at.push(number);
        self.level.push(level);
    }
}

/// A number over time, to be read: 0 before the first step.
#[derive(Clone, Copy, Debug)]
pub struct Levels<'a> {
    trace: &'a [Record],
    steps: &'a Steps,
}

impl Levels<'_> {
    /// How many steps there are before an instant, or at it.
    fn until(self, time: Time) -> usize {
        self.steps.at.partition_point(|n| self.trace[*n as usize].time() <= time)
    }

    /// What it is after everything that happens at an instant.
    #[must_use]
    pub fn at(self, time: Time) -> u16 {
        self.until(time).checked_sub(1).map_or(0, |i| self.steps.level[i])
    }

    /// The most that it is at an instant or after that and before another one.
    #[must_use]
    pub fn peak(self, from: Time, to: Time) -> u16 {
        let begun = self.until(from);
        let after = self.steps.at.partition_point(|n| self.trace[*n as usize].time() < to);
        // That in force at the beginning counts too.
        self.most(begun.saturating_sub(1), after.max(begun))
    }

    /// The most of so many steps.
    fn most(self, mut first: usize, after: usize) -> u16 {
        let mut most = 0;
        while first < after {
            let block = first / BLOCK;
            if first.is_multiple_of(BLOCK) && first + BLOCK <= after && block < self.steps.peaks.len() {
                most = most.max(self.steps.peaks[block]);
                first += BLOCK;
            } else {
                most = most.max(self.steps.level[first]);
                first += 1;
            }
        }
        most
    }

    /// The most that it ever is, as far as the run is computed.
    #[must_use]
    pub fn max(self) -> u16 {
        self.most(0, self.steps.level.len())
    }

    /// How many steps there are from an instant to another one.
    #[must_use]
    pub fn count(self, from: Time, to: Time) -> usize {
        self.until(to).saturating_sub(self.until(from))
    }

    /// From when on it is what, and with which record, between two instants; the first is what it is at `from`.
    pub fn between(self, from: Time, to: Time) -> impl Iterator<Item = (Time, u16, Option<u32>)> {
        let (first, after) = (self.until(from), self.until(to));
        let step = move |i: usize| {
            let record = self.steps.at[i];
            (self.trace[record as usize].time(), self.steps.level[i], Some(record))
        };
        let before = first.checked_sub(1).map_or((from, 0, None), step);
        std::iter::once((from, before.1, before.2)).chain((first..after).map(step))
    }
}

/// Which records make up which of these lanes.
#[derive(Clone, Debug, Default)]
pub struct SharedIndex {
    /// By [`ObjectIx`]: the first and the last record of each possession, or of each time that a device serves.
    held: Vec<Vec<u32>>,
    /// By [`ObjectIx`]: for how long whom.
    held_sums: Vec<Mipmap>,
    /// By [`ObjectIx`]: how many of a semaphore are taken.
    taken_of: Vec<Steps>,
    /// By [`ObjectIx`]: what was put or sent, and what was taken or received.
    messages: Vec<[Vec<u32>; 2]>,
    /// By [`GilIx`]: how many wait for it.
    waiting: Vec<Steps>,
    /// By [`GilIx`]: who was woken and found it gone.
    failed: Vec<Vec<u32>>,
    /// By [`ThreadIx`], likewise.
    failed_of: Vec<Vec<u32>>,
    /// How many threads are ready.
    ready: Steps,
    /// By [`ThreadIx`]: for which GIL it waits, whether it is ready, which device serves it.
    now: Vec<(Option<GilIx>, bool, Option<ObjectIx>)>,
    /// How many records are taken in; `None` before there is a place for anything.
    taken: Option<usize>,
}

impl SharedIndex {
    /// Takes in the records that have come since.
    pub(super) fn take_in(&mut self, plan: &Plan, trace: &[Record]) {
        if self.taken.is_none() {
            let (threads, gils, objects) = (plan.threads.len(), plan.gils.len(), plan.objects.len());
            self.now.resize(threads, (None, false, None));
            self.failed_of.resize(threads, Vec::new());
            self.waiting.resize(gils, Steps::default());
            self.failed.resize(gils, Vec::new());
            self.held.resize(objects, Vec::new());
            self.held_sums.resize(objects, Mipmap::default());
            self.taken_of.resize(objects, Steps::default());
            self.messages.resize(objects, [Vec::new(), Vec::new()]);
        }
        for (number, record) in trace.iter().enumerate().skip(self.taken.unwrap_or(0)) {
            if record.kind().is_place() {
                self.place(plan, trace, record, number as u32);
            } else {
                self.act(plan, trace, record, number as u32);
            }
        }
        self.taken = Some(trace.len());
    }

    /// The lanes of the trace that it has taken in.
    #[must_use]
    pub const fn lanes<'a>(&'a self, trace: &'a [Record]) -> SharedLanes<'a> {
        SharedLanes { trace, index: self }
    }

    /// Whether it has taken in so many records, or has a place for them at least.
    pub(super) fn has(&self, records: usize) -> bool {
        self.taken.is_some_and(|taken| taken >= records)
    }

    /// A thread is somewhere else now.
    fn place(&mut self, plan: &Plan, trace: &[Record], record: &Record, number: u32) {
        let (thread, kind) = (record.thread(), record.kind());
        let gil = record.gil().filter(|_| kind == Kind::WantsGil);
        let device = || match plan.thread(thread).ops.get(usize::from(record.object()?))?.about {
            About::Object(object) if plan.object(object).kind == ObjectKind::Device => Some(object),
            _ => None,
        };
        let device = if kind == Kind::WaitIo { device() } else { None };
        let now = (gil, kind == Kind::Ready, device);
        let before = std::mem::replace(&mut self.now[thread.ix()], now);
        for (gil, by) in [(before.0, -1), (now.0, 1)] {
            if let Some(gil) = gil {
                self.waiting[gil.ix()].add(trace, number, by);
            }
        }
        if before.1 != now.1 {
            self.ready.add(trace, number, if now.1 { 1 } else { -1 });
        }
        if let Some(device) = before.2 {
            self.end(device.ix(), trace, number);
        }
        if let Some(device) = now.2 {
            self.begin(device.ix(), trace, number);
        }
        if let Some(gil) = gil.filter(|_| record.reason() == Reason::LostRace) {
            self.failed[gil.ix()].push(number);
            self.failed_of[thread.ix()].push(number);
        }
    }

    /// A thread has done something.
    fn act(&mut self, plan: &Plan, trace: &[Record], record: &Record, number: u32) {
        let kind = record.kind();
        let is_of_object =
            matches!(kind, Kind::Acquire | Kind::Release | Kind::Put | Kind::Get | Kind::Send | Kind::Receive);
        let Some(object) = record.object().filter(|_| is_of_object).map(usize::from) else { return };
        let semaphore = plan.objects[object].kind == ObjectKind::Semaphore;
        match kind {
            Kind::Acquire if semaphore => self.taken_of[object].add(trace, number, 1),
            Kind::Release if semaphore => self.taken_of[object].add(trace, number, -1),
            Kind::Acquire => self.begin(object, trace, number),
            Kind::Release => self.end(object, trace, number),
            Kind::Put | Kind::Send => self.messages[object][0].push(number),
            _ => self.messages[object][1].push(number),
        }
    }

    fn begin(&mut self, object: usize, trace: &[Record], number: u32) {
        self.end(object, trace, number);
        self.held[object].push(number);
    }

    /// Ends the last stretch if it is open; one that began just now has no length, and is taken away.
    fn end(&mut self, object: usize, trace: &[Record], number: u32) {
        let lane = &mut self.held[object];
        let Some(&first) = lane.last().filter(|_| lane.len() % 2 == 1) else { return };
        if trace[first as usize].time() == trace[number as usize].time() {
            lane.pop();
        } else {
            lane.push(number);
            self.held_sums[object].take_in::<GilSegment>(trace, lane);
        }
    }
}

/// The lanes of what threads share, as far as the run is computed.
#[derive(Clone, Copy, Debug)]
pub struct SharedLanes<'a> {
    trace: &'a [Record],
    index: &'a SharedIndex,
}

impl<'a> SharedLanes<'a> {
    /// Who holds a lock, or whom a device serves. Between stretches nobody.
    #[must_use]
    pub fn held(self, object: ObjectIx) -> Lane<'a, GilSegment> {
        Lane::new(self.trace, &self.index.held[object.ix()]).with(&self.index.held_sums[object.ix()])
    }

    /// How many of a semaphore are taken: acquired and not released; 0 also while more were released.
    #[must_use]
    pub fn taken(self, semaphore: ObjectIx) -> Levels<'a> {
        self.levels(&self.index.taken_of[semaphore.ix()])
    }

    /// How many threads wait for a GIL.
    #[must_use]
    pub fn waiting(self, gil: GilIx) -> Levels<'a> {
        self.levels(&self.index.waiting[gil.ix()])
    }

    /// How many threads are ready, in all ready queues together.
    #[must_use]
    pub fn ready(self) -> Levels<'a> {
        self.levels(&self.index.ready)
    }

    /// When who was woken for a GIL and found it gone.
    #[must_use]
    pub fn failed(self, gil: GilIx) -> Lane<'a, Request> {
        Lane::new(self.trace, &self.index.failed[gil.ix()])
    }

    /// When a thread was woken for its GIL and found it gone.
    #[must_use]
    pub fn failed_of(self, thread: ThreadIx) -> Lane<'a, Request> {
        Lane::new(self.trace, &self.index.failed_of[thread.ix()])
    }

    /// Who put or sent what a record says was taken or received: things are taken in the order in which they came.
    #[must_use]
    pub fn sent(self, received: u32) -> Option<Request> {
        let object = usize::from(self.trace.get(received as usize)?.object()?);
        let [sent, taken] = self.index.messages.get(object)?;
        let nth = taken.binary_search(&received).ok()?;
        (nth < sent.len()).then(|| Request::read(self.trace, sent, nth))
    }

    const fn levels(self, steps: &'a Steps) -> Levels<'a> {
        Levels { trace: self.trace, steps }
    }
}
