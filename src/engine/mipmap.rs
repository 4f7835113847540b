//! For how long a lane was each of the things that it can be, up to any instant, without a look at all its segments.
//!
//! A row holds the sums over all segments before it, and there is a row every so many segments; so a pixel column is the
//! difference of two looks, whatever its width, where a pyramid of levels would add up a few nodes of each. A look costs the
//! way to a row and the segments behind it, of which there are no more than the row has sums: a lane's memory grows by at most
//! 8 B per segment, by 4 B where few things happen in it.
//!
//! All sums are exact. Lanes that tell who is there have one for each of the first [`MOST_THREADS`] threads that come, and one
//! for all others together.

use crate::ids::ThreadIx;
use crate::time::Time;

use super::lanes::Lane;
use super::segments::Segment;
use super::{Kind, Record};

/// What a segment is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// The kind of the record that began it: what the lane is.
    Kind(Kind),
    /// Who is there.
    Thread(ThreadIx),
    /// Somebody is there who came after [`MOST_THREADS`] others.
    Others,
}

/// How many threads are counted one by one in a lane of a core or GIL.
pub const MOST_THREADS: usize = 40;

/// The most keys that a lane has: the threads, all others, and the kinds of places.
const MOST_KEYS: usize = 64;

/// The least number of segments between two rows.
const SPACING: usize = 16;

/// Keys from this one on are threads, those below kinds.
const THREADS: u16 = 64;

/// The key of [`Key::Others`].
const OTHERS: u16 = u16::MAX;

/// The sums of one lane, kept up with it while it grows.
#[derive(Clone, Debug, Default)]
pub(super) struct Mipmap {
    slots: Slots,
    /// Sums in nanoseconds, `width` to a row, in order of the slots.
    rows: Vec<u64>,
    width: usize,
}

/// Which sum of a row belongs to which key.
#[derive(Clone, Debug, Default)]
struct Slots {
    /// By key: 1 + its slot; 0: it has none.
    of: Vec<u8>,
    keys: Vec<u16>,
}

impl Slots {
    fn of(&mut self, key: u16) -> usize {
        let at = usize::from(key);
        if self.of.len() <= at {
            self.of.resize(at + 1, 0);
        }
        if self.of[at] == 0 {
            self.of[at] = 1 + self.add(key) as u8;
        }
        usize::from(self.of[at]) - 1
    }

    fn add(&mut self, key: u16) -> usize {
        let threads = self.keys.iter().filter(|k| **k >= THREADS).count();
        let key = if key >= THREADS && threads >= MOST_THREADS { OTHERS } else { key };
        let found = self.keys.iter().position(|k| *k == key && key == OTHERS);
        found.unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        })
    }

    /// Adds the length of a segment, as far as it is before `until`, to its sums.
    fn count<S: Segment>(&mut self, sums: &mut [u64; MOST_KEYS], trace: &[Record], segment: &S, until: Time) {
        let length = until.min(segment.end()).since(segment.start()).ns();
        let kind = trace[segment.record() as usize].kind();
        sums[self.of(kind as u16)] += length;
        if let Some(thread) = segment.who() {
            sums[self.of(THREADS + thread.0)] += length;
        }
    }
}

impl Mipmap {
    const fn spacing(&self) -> usize {
        if self.width > SPACING { self.width } else { SPACING }
    }

    fn len(&self) -> usize {
        self.rows.len().checked_div(self.width).unwrap_or(0)
    }

    fn row(&self, row: usize) -> [u64; MOST_KEYS] {
        let mut sums = [0; MOST_KEYS];
        sums[..self.width].copy_from_slice(&self.rows[row * self.width..(row + 1) * self.width]);
        sums
    }

    /// Takes in the segments of the lane that are over, if it is time for a row.
    #[inline]
    pub(super) fn take_in<S: Segment>(&mut self, trace: &[Record], marks: &[u32]) {
        if marks.len().is_multiple_of(SPACING * S::MARKS) {
            self.add_rows::<S>(trace, marks);
        }
    }

    #[inline(never)]
    fn add_rows<S: Segment>(&mut self, trace: &[Record], marks: &[u32]) {
        if self.width == 0 {
            self.width = 4;
            self.rows = vec![0; 4];
        }
        let over = if S::MARKS == 1 { marks.len() - 1 } else { marks.len() / 2 };
        loop {
            let (last, spacing) = (self.len() - 1, self.spacing());
            let first = last * spacing;
            if over < first + spacing {
                return;
            }
            let mut sums = self.row(last);
            for i in first..first + spacing {
                let segment = S::read(trace, marks, i);
                self.slots.count(&mut sums, trace, &segment, Time::NEVER);
            }
            if self.slots.keys.len() > self.width {
                self.widen();
            } else {
                self.rows.extend_from_slice(&sums[..self.width]);
            }
        }
    }

    /// Makes room for as many keys again, and keeps fewer rows of that width.
    fn widen(&mut self) {
        let (spacing, rows) = (self.spacing(), self.len());
        let mut wider = Self { width: 2 * self.width, ..Self::default() };
        for row in (0..rows).step_by(wider.spacing() / spacing) {
            wider.rows.extend_from_slice(&self.row(row)[..wider.width]);
        }
        (self.rows, self.width) = (wider.rows, wider.width);
    }
}

/// A walk along a lane that knows for how long the lane was what up to where it stands.
#[derive(Clone, Debug)]
pub struct Walk<'a, S> {
    lane: Lane<'a, S>,
    mipmap: &'a Mipmap,
    slots: Slots,
    keys: Vec<Key>,
    /// The first segment that is not over.
    at: usize,
    /// The sums over those before it.
    over: [u64; MOST_KEYS],
    sums: [u64; MOST_KEYS],
    /// How many rows the last step went on: the next one will go about as far.
    stride: usize,
}

impl<'a, S: Segment> Walk<'a, S> {
    pub(super) fn new(lane: Lane<'a, S>, mipmap: &'a Mipmap) -> Self {
        let mut slots = mipmap.slots.clone();
        let mut none = [0; MOST_KEYS];
        // What came behind the last row may be new.
        for segment in lane.part(mipmap.len().saturating_sub(1) * mipmap.spacing()..lane.len()).iter() {
            slots.count(&mut none, lane.trace(), &segment, Time::ZERO);
        }
        let keys = slots.keys.iter().map(|key| match *key {
            OTHERS => Key::Others,
            key if key >= THREADS => Key::Thread(ThreadIx(key - THREADS)),
            key => Key::Kind(Kind::ALL[usize::from(key)]),
        });
        let keys = keys.collect();
        Self { lane, mipmap, slots, keys, at: 0, over: none, sums: none, stride: 1 }
    }

    /// What the sums are of, in their order.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// The sums where it stands, in nanoseconds, in the order of the keys. A segment counts by its kind, and where the lane
    /// tells who is there by its thread too.
    #[must_use]
    pub fn sums(&self) -> &[u64] {
        &self.sums[..self.keys.len()]
    }

    /// The segment in which it stands or, in a gap, the next one.
    #[must_use]
    pub fn segment(&self) -> Option<S> {
        self.lane.get(self.at)
    }

    /// Walks on to `time`, which is not before where it stands.
    pub fn to(&mut self, time: Time) {
        self.skip(time);
        while let Some(segment) = self.segment().filter(|s| s.end() <= time) {
            self.slots.count(&mut self.over, self.lane.trace(), &segment, time);
            self.at += 1;
        }
        let keys = self.keys.len();
        self.sums[..keys].copy_from_slice(&self.over[..keys]);
        if let Some(segment) = self.segment() {
            self.slots.count(&mut self.sums, self.lane.trace(), &segment, time);
        }
    }

    /// Goes to the last row from which `time` is reached, if that is further on.
    fn skip(&mut self, time: Time) {
        let spacing = self.mipmap.spacing();
        let before = self.at / spacing;
        let reaches =
            |row: usize| row < self.mipmap.len() && self.lane.get(row * spacing).is_some_and(|s| s.start() <= time);
        let (mut row, mut step) = (before, self.stride);
        while reaches(row + step) {
            row += step;
            step *= 2;
        }
        while step > 1 {
            step /= 2;
            if reaches(row + step) {
                row += step;
            }
        }
        if row > before {
            self.stride = (row - before).next_power_of_two();
            self.at = row * spacing;
            self.over = self.mipmap.row(row);
        }
    }
}
