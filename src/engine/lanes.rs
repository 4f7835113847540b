//! Lanes: the trace as seen by one thread, core or GIL, as stretches of time. Nothing of the trace is copied: a lane is a list
//! of record numbers, and a stretch is read from those records when somebody looks at it.

use std::marker::PhantomData;
use std::ops::Range;

use crate::ids::{CoreId, GilIx, ThreadIx};
use crate::time::Time;

use super::mipmap::{Mipmap, Walk};
use super::segments::{CoreSegment, GilSegment, Request, ThreadSegment};
use super::segments::{Entry, Segment};
use super::{Kind, Record};

/// Which records make up which lane. Kept up with the trace while that grows.
#[derive(Clone, Debug)]
pub struct Index {
    /// By [`ThreadIx`]: the first record of each stretch, which ends where the next begins.
    // Not a `Vec` of them, the index of which is a call where code is compiled for size.
    threads: Box<[Vec<u32>]>,
    /// By [`ThreadIx`]: when its last stretch begins, and on which core it is, if there is one. Kept at hand, as the records
    /// that say so are far apart.
    last: Box<[(Time, Option<CoreId>)]>,
    /// By [`CoreId`]: whose stretch is its last.
    on: Box<[Option<ThreadIx>]>,
    /// By [`CoreId`]: the first record of each stretch, and the one that ended it.
    cores: Box<[Vec<u32>]>,
    /// By [`GilIx`], likewise.
    gils: Box<[Vec<u32>]>,
    /// Drop requests by [`GilIx`].
    requests: Box<[Vec<u32>]>,
    /// For how long each lane was what, by [`ThreadIx`], [`CoreId`] and [`GilIx`].
    thread_sums: Box<[Mipmap]>,
    core_sums: Box<[Mipmap]>,
    gil_sums: Box<[Mipmap]>,
    /// How many records are taken in.
    taken: usize,
}

impl Index {
    /// Empty lanes for so many threads, cores and GILs.
    #[must_use]
    pub fn new(threads: usize, cores: usize, gils: usize) -> Self {
        let lanes = |n: usize| vec![Vec::new(); n].into();
        let sums = |n: usize| vec![Mipmap::default(); n].into();
        let last = vec![(Time::NEVER, None); threads].into();
        Self {
            threads: lanes(threads),
            last,
            cores: lanes(cores),
            on: vec![None; cores].into(),
            gils: lanes(gils),
            requests: lanes(gils),
            thread_sums: sums(threads),
            core_sums: sums(cores),
            gil_sums: sums(gils),
            taken: 0,
        }
    }

    /// How many records are taken in.
    pub(crate) const fn taken(&self) -> usize {
        self.taken
    }

    /// Takes in the records that have come since.
    pub fn take_in(&mut self, trace: &[Record]) {
        for (number, record) in trace.iter().enumerate().skip(self.taken) {
            self.push(trace, record, number as u32);
        }
        self.taken = trace.len();
    }

    fn push(&mut self, trace: &[Record], record: &Record, number: u32) {
        let kind = record.kind();
        let is_now = |first: u32| trace[first as usize].time() == record.time();
        if kind.is_place() {
            let (thread, now) = (record.thread().ix(), (record.time(), record.core()));
            let lane = &mut self.threads[thread];
            let (since, left) = std::mem::replace(&mut self.last[thread], now);
            // A stretch of zero length is left out.
            match lane.last_mut().filter(|_| since == now.0) {
                Some(last) => *last = number,
                None => {
                    lane.push(number);
                    self.thread_sums[thread].take_in::<ThreadSegment>(trace, lane);
                }
            }
            // Two threads that change places by hand leave both cores before either is seen to run on the other.
            if let Some(core) = left.filter(|core| self.on[core.ix()] == Some(record.thread())) {
                close(&mut self.cores[core.ix()], number, |_| since == now.0);
                self.core_sums[core.ix()].take_in::<CoreSegment>(trace, &self.cores[core.ix()]);
            }
            if let Some(core) = record.core() {
                let lane = &mut self.cores[core.ix()];
                close(lane, number, is_now);
                self.core_sums[core.ix()].take_in::<CoreSegment>(trace, lane);
                lane.push(number);
                self.on[core.ix()] = Some(record.thread());
            }
        } else if let Some(gil) = record.gil() {
            match kind {
                Kind::TakeGil => self.gils[gil.ix()].push(number),
                Kind::DropGil => {
                    let lane = &mut self.gils[gil.ix()];
                    close(lane, number, is_now);
                    self.gil_sums[gil.ix()].take_in::<GilSegment>(trace, lane);
                }
                Kind::RequestGil => self.requests[gil.ix()].push(number),
                _ => {}
            }
        }
    }
}

/// Ends the last stretch if it is open; one that began just now has no length, and is taken away.
fn close(lane: &mut Vec<u32>, number: u32, is_now: impl Fn(u32) -> bool) {
    if let Some(&first) = lane.last().filter(|_| lane.len() % 2 == 1) {
        if is_now(first) {
            lane.pop();
        } else {
            lane.push(number);
        }
    }
}

/// All lanes of a run, as far as it is computed. Stretches of zero length are left out, except that a lane's last stretch may
/// still be open.
#[derive(Clone, Copy, Debug)]
pub struct Lanes<'a> {
    trace: &'a [Record],
    index: &'a Index,
}

impl<'a> Lanes<'a> {
    /// The lanes of a trace that the index has taken in.
    #[must_use]
    pub const fn new(trace: &'a [Record], index: &'a Index) -> Self {
        Self { trace, index }
    }

    /// A thread's lane, without gaps.
    #[must_use]
    pub fn thread(self, ix: ThreadIx) -> Lane<'a, ThreadSegment> {
        Lane::new(self.trace, &self.index.threads[ix.ix()]).with(&self.index.thread_sums[ix.ix()])
    }

    /// When a thread was started, as far as it is known.
    #[must_use]
    pub fn started(self, ix: ThreadIx) -> Option<Time> {
        self.thread(ix).first().map(|s| s.start)
    }

    /// A core's lane. Between stretches the core is idle.
    #[must_use]
    pub fn core(self, id: CoreId) -> Lane<'a, CoreSegment> {
        Lane::new(self.trace, &self.index.cores[id.ix()]).with(&self.index.core_sums[id.ix()])
    }

    /// A GIL's lane. Between stretches it is free.
    #[must_use]
    pub fn gil(self, ix: GilIx) -> Lane<'a, GilSegment> {
        Lane::new(self.trace, &self.index.gils[ix.ix()]).with(&self.index.gil_sums[ix.ix()])
    }

    /// The drop requests to a GIL's holders.
    #[must_use]
    pub fn requests(self, ix: GilIx) -> Lane<'a, Request> {
        Lane::new(self.trace, &self.index.requests[ix.ix()])
    }
}

/// A lane, or a part of one: what a slice is to a list, but each entry is made when it is read.
#[derive(Clone, Copy, Debug)]
pub struct Lane<'a, S> {
    trace: &'a [Record],
    /// The record numbers of the whole lane, of which this is a part.
    marks: &'a [u32],
    /// The sums over the whole lane, if there are any.
    mipmap: Option<&'a Mipmap>,
    from: usize,
    to: usize,
    entries: PhantomData<S>,
}

impl<'a, S: Entry> Lane<'a, S> {
    pub(super) fn new(trace: &'a [Record], marks: &'a [u32]) -> Self {
        Self { trace, marks, mipmap: None, from: 0, to: marks.len().div_ceil(S::MARKS), entries: PhantomData }
    }

    /// How many entries there are.
    #[must_use]
    pub const fn len(self) -> usize {
        self.to - self.from
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.to == self.from
    }

    /// The entry with this number.
    #[must_use]
    pub fn get(self, i: usize) -> Option<S> {
        (i < self.len()).then(|| S::read(self.trace, self.marks, self.from + i))
    }

    /// The first entry.
    #[must_use]
    pub fn first(self) -> Option<S> {
        self.get(0)
    }

    /// The last entry.
    #[must_use]
    pub fn last(self) -> Option<S> {
        self.get(self.len().wrapping_sub(1))
    }

    /// The entries in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = S> + ExactSizeIterator + Clone + use<'a, S> {
        (self.from..self.to).map(move |i| S::read(self.trace, self.marks, i))
    }

    /// The entries with numbers in the range, which is clipped to the lane.
    #[must_use]
    pub fn part(self, range: Range<usize>) -> Self {
        let to = self.to.min(self.from.saturating_add(range.end));
        Self { from: to.min(self.from.saturating_add(range.start)), to, ..self }
    }

    /// The entries that begin with a record before this one.
    #[must_use]
    pub fn before(self, record: usize) -> Self {
        self.part(0..self.partition_point(|s| (s.record() as usize) < record))
    }

    /// How many entries at the beginning fulfil a condition that none fulfils once one does not.
    pub fn partition_point(self, fulfils: impl Fn(&S) -> bool) -> usize {
        let (mut low, mut high) = (self.from, self.to);
        while low < high {
            let middle = low.midpoint(high);
            if fulfils(&S::read(self.trace, self.marks, middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low - self.from
    }
}

impl<'a, S: Segment> Lane<'a, S> {
    pub(super) const fn with(self, mipmap: &'a Mipmap) -> Self {
        Self { mipmap: Some(mipmap), ..self }
    }

    /// The lane of which this is a part.
    #[must_use]
    pub fn whole(self) -> Self {
        Self { from: 0, to: self.marks.len().div_ceil(S::MARKS), ..self }
    }

    /// A walk along the whole lane of which this is a part, for how long it was what.
    #[must_use]
    pub fn walk(self) -> Option<Walk<'a>> {
        self.mipmap.map(|mipmap| Walk::new::<S>(self.trace, self.marks, mipmap))
    }

    /// The kind of the record that began a stretch of it.
    #[must_use]
    pub fn kind(self, segment: &S) -> Kind {
        self.trace[segment.record() as usize].kind()
    }

    /// The stretches that overlap `from..to`.
    #[must_use]
    pub fn window(self, from: Time, to: Time) -> Self {
        self.part(self.partition_point(|s| s.end() <= from)..self.partition_point(|s| s.start() < to))
    }
}
