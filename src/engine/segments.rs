//! The entries of lanes, read from the records that they begin and end with.

use super::{Place, Record};
use crate::ids::{CoreId, ThreadIx};
use crate::time::Time;

/// A stretch of a thread's lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadSegment {
    /// First instant.
    pub start: Time,
    /// First instant after it; [`Time::NEVER`] while it lasts.
    pub end: Time,
    /// Where the thread is meanwhile.
    pub place: Place,
    /// The core it is on.
    pub core: Option<CoreId>,
    /// Number of the record that began it.
    pub record: u32,
}

/// A stretch of a core's lane. Between stretches the core is idle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoreSegment {
    /// First instant.
    pub start: Time,
    /// First instant after it; [`Time::NEVER`] while it lasts.
    pub end: Time,
    /// Who is on the core.
    pub thread: ThreadIx,
    /// `SwitchingIn` or `Running`.
    pub place: Place,
    /// Number of the record that began it.
    pub record: u32,
}

/// A stretch of a GIL's lane: one possession. Between stretches it is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GilSegment {
    /// When it was taken.
    pub start: Time,
    /// When it was dropped; [`Time::NEVER`] while it is held.
    pub end: Time,
    /// Who holds it.
    pub holder: ThreadIx,
    /// Number of the record that began it.
    pub record: u32,
}

/// A drop request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// When.
    pub time: Time,
    /// Who asked.
    pub by: ThreadIx,
    /// Number of the record.
    pub record: u32,
}

/// What a lane consists of.
pub trait Entry: Copy {
    /// How many record numbers of its lane an entry has.
    const MARKS: usize;

    /// Entry number `i` of the lane with these record numbers.
    fn read(trace: &[Record], marks: &[u32], i: usize) -> Self;

    /// Number of the record that began it.
    fn record(&self) -> u32;
}

/// An entry that lasts.
pub trait Segment: Entry {
    /// First instant.
    fn start(&self) -> Time;
    /// First instant after it.
    fn end(&self) -> Time;
    /// Who is there, if that is not the same in all of the lane; then the lane has gaps, and each entry two record numbers.
    fn who(&self) -> Option<ThreadIx>;
}

impl Entry for ThreadSegment {
    const MARKS: usize = 1;

    fn read(trace: &[Record], marks: &[u32], i: usize) -> Self {
        let (record, first, end) = stretch(trace, marks, i, i + 1);
        Self { start: first.time(), end, place: place(first), core: first.core(), record }
    }

    fn record(&self) -> u32 {
        self.record
    }
}

impl Entry for CoreSegment {
    const MARKS: usize = 2;

    fn read(trace: &[Record], marks: &[u32], i: usize) -> Self {
        let (record, first, end) = stretch(trace, marks, 2 * i, 2 * i + 1);
        Self { start: first.time(), end, thread: first.thread(), place: place(first), record }
    }

    fn record(&self) -> u32 {
        self.record
    }
}

impl Entry for GilSegment {
    const MARKS: usize = 2;

    fn read(trace: &[Record], marks: &[u32], i: usize) -> Self {
        let (record, first, end) = stretch(trace, marks, 2 * i, 2 * i + 1);
        Self { start: first.time(), end, holder: first.thread(), record }
    }

    fn record(&self) -> u32 {
        self.record
    }
}

impl Entry for Request {
    const MARKS: usize = 1;

    fn read(trace: &[Record], marks: &[u32], i: usize) -> Self {
        let record = marks[i];
        let asked = &trace[record as usize];
        Self { time: asked.time(), by: asked.thread(), record }
    }

    fn record(&self) -> u32 {
        self.record
    }
}

macro_rules! segment {
    ($($name:ty, $who:expr;)*) => {$(
        impl Segment for $name {
            fn start(&self) -> Time { self.start }
            fn end(&self) -> Time { self.end }
            fn who(&self) -> Option<ThreadIx> { ($who)(self) }
        }
    )*};
}
segment! {
    ThreadSegment, |_: &Self| None;
    CoreSegment, |s: &Self| Some(s.thread);
    GilSegment, |s: &Self| Some(s.holder);
}

/// The record that a stretch begins with, its number, and when the stretch ends.
fn stretch<'a>(trace: &'a [Record], marks: &[u32], first: usize, end: usize) -> (u32, &'a Record, Time) {
    let number = marks[first];
    let end = marks.get(end).map_or(Time::NEVER, |n| trace[*n as usize].time());
    (number, &trace[number as usize], end)
}

/// Where a record puts its thread; those that stand in lanes of threads and cores do.
fn place(record: &Record) -> Place {
    record.kind().place().unwrap_or(Place::NotStarted)
}
