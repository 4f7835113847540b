//! For how long a lane was each of the things that it can be, up to any instant, without a look at the trace.
//!
//! A lane's changes are kept side by side, and every so many of them a row of sums over all that was before. So a pixel column
//! is the difference of two looks, whatever its width, where a pyramid of levels would add up a few nodes of each; a look
//! costs the way to a row, and the few changes behind it. That takes 8 B for each change and 8 B / 32 for each sum.
//!
//! All sums are exact. Lanes that tell who is there have one for each of the first [`MOST_THREADS`] threads that come, and one
//! for all others together.

use crate::ids::ThreadIx;
use crate::time::Time;

use super::segments::Segment;
use super::{Kind, Record};

/// How many threads are counted one by one in a lane of a core or GIL.
pub const MOST_THREADS: usize = 40;

/// How many changes there are between two rows.
const SPACING: usize = 32;

/// As many kinds put a thread in a place, or take a GIL, and one more for nothing.
const KINDS: usize = 32;

/// As many threads are counted, all others, and nobody.
const THREADS: usize = MOST_THREADS + 2;

/// A change: its time in the upper 53 bits, then what is from there on, 6 bits who and 5 bits what, both counted from 1.
type Change = u64;

const fn time(change: Change) -> u64 {
    change >> 11
}

/// Nanoseconds by what a lane was and by who was there; the first of each are those in which it was nothing.
#[derive(Clone, Copy, Debug)]
struct Sums {
    kinds: [u64; KINDS],
    threads: [u64; THREADS],
}

const NOTHING: Sums = Sums { kinds: [0; KINDS], threads: [0; THREADS] };

impl Sums {
    #[inline]
    const fn add(&mut self, state: Change, length: u64) {
        self.kinds[(state & 31) as usize] += length;
        // More than 42 there never are.
        let thread = (state >> 5 & 63) as usize;
        if thread < THREADS {
            self.threads[thread] += length;
        }
    }
}

/// The sums of one lane, kept up with it while it grows.
#[derive(Clone, Debug, Default)]
pub(super) struct Mipmap {
    keys: Keys,
    changes: Vec<Change>,
    /// The sums up to every so manieth change: of so many kinds, then of so many threads.
    rows: Vec<u64>,
    kinds: usize,
    threads: usize,
}

/// What the sums are of, in their order.
#[derive(Clone, Debug, Default)]
struct Keys {
    kinds: Vec<Kind>,
    /// By thread: 1 + its place among those that are counted; 0: it has none.
    places: Vec<u8>,
    threads: Vec<ThreadIx>,
}

impl Keys {
    /// What begins with mark `i` of a lane.
    fn change<S: Segment>(&mut self, trace: &[Record], marks: &[u32], i: usize) -> Change {
        let record = &trace[marks[i] as usize];
        let state = if S::MARKS == 2 && i % 2 == 1 {
            0
        } else {
            let kind = self.kind(record.kind());
            if S::MARKS == 2 { self.thread(record.thread()) << 5 | kind } else { kind }
        };
        record.time().ns() << 11 | state as u64
    }

    fn kind(&mut self, kind: Kind) -> usize {
        let known = self.kinds.iter().position(|k| *k == kind);
        1 + known.unwrap_or_else(|| {
            self.kinds.push(kind);
            self.kinds.len() - 1
        })
    }

    fn thread(&mut self, thread: ThreadIx) -> usize {
        if self.places.len() <= thread.ix() {
            self.places.resize(thread.ix() + 1, 0);
        }
        let place = &mut self.places[thread.ix()];
        if *place == 0 {
            if self.threads.len() < MOST_THREADS {
                self.threads.push(thread);
                *place = self.threads.len() as u8;
            } else {
                *place = MOST_THREADS as u8 + 1;
            }
        }
        usize::from(*place)
    }

    /// One of those who are counted together: the first of the threads.
    fn first_other(&self) -> Option<ThreadIx> {
        let first = self.places.iter().position(|place| usize::from(*place) > MOST_THREADS)?;
        Some(ThreadIx(first as u16))
    }

    /// How many sums there are of threads, with that of all others.
    const fn thread_sums(&self) -> usize {
        let threads = self.threads.len();
        if threads == MOST_THREADS { threads + 1 } else { threads }
    }
}

impl Mipmap {
    const fn width(&self) -> usize {
        self.kinds + self.threads
    }

    fn row(&self, row: usize) -> Sums {
        let mut sums = NOTHING;
        let (kinds, threads) = self.rows[row * self.width()..(row + 1) * self.width()].split_at(self.kinds);
        sums.kinds[1..=self.kinds].copy_from_slice(kinds);
        sums.threads[1..=self.threads].copy_from_slice(threads);
        sums
    }

    /// Takes in the changes of the lane that stay as they are, once they are many enough.
    #[inline]
    pub(super) fn take_in<S: Segment>(&mut self, trace: &[Record], marks: &[u32]) {
        if marks.len() > self.changes.len() + SPACING {
            self.take_in_some::<S>(trace, marks);
        }
    }

    /// The last mark may still become another one, or be taken away.
    #[inline(never)]
    fn take_in_some<S: Segment>(&mut self, trace: &[Record], marks: &[u32]) {
        let from = self.changes.len();
        for i in from..from + SPACING {
            let change = self.keys.change::<S>(trace, marks, i);
            self.changes.push(change);
        }
        let keys = &self.keys;
        if keys.kinds.len() > self.kinds || keys.thread_sums() > self.threads {
            self.kinds = keys.kinds.len();
            // One by one they would let a long lane be gone through often.
            self.threads = keys.thread_sums().next_power_of_two().min(THREADS - 1) * usize::from(S::MARKS == 2);
            self.rows = vec![0; self.width()];
        }
        let last = self.rows.len() / self.width() - 1;
        let mut sums = self.row(last);
        for at in last * SPACING + 1..=from {
            let [before, now] = [self.changes[at - 1], self.changes[at]];
            sums.add(before, time(now) - time(before));
            if at.is_multiple_of(SPACING) {
                self.keep(&sums);
            }
        }
    }

    fn keep(&mut self, sums: &Sums) {
        self.rows.extend_from_slice(&sums.kinds[1..=self.kinds]);
        self.rows.extend_from_slice(&sums.threads[1..=self.threads]);
    }
}

/// What most of a stretch of a lane is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    /// What it is for most of the time: the first kind of those that count as the same.
    pub kind: Kind,
    /// Who is there for most of the time, where the lane tells.
    pub who: Option<ThreadIx>,
    /// How long it is that and they are there, each by itself: the shorter of the two, in nanoseconds.
    pub length: u64,
}

/// A walk along a lane that knows for how long the lane was what up to where it stands.
#[derive(Clone, Debug)]
pub struct Walk<'a> {
    mipmap: &'a Mipmap,
    keys: Keys,
    /// What came since the mipmap was last added to.
    tail: Vec<Change>,
    /// Whether the lane tells who is there, and so has changes in pairs.
    tells: bool,
    /// The first change behind where it stands.
    next: usize,
    /// Where it stands, in nanoseconds, or the change that it has gone to.
    at: u64,
    /// The sums up to there.
    here: Sums,
    /// The sums where the last stretch began whose most was asked for.
    start: Sums,
    /// How many rows the last step went on: the next one will go about as far.
    stride: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new<S: Segment>(trace: &[Record], marks: &[u32], mipmap: &'a Mipmap) -> Self {
        let mut keys = mipmap.keys.clone();
        let tail = (mipmap.changes.len()..marks.len()).map(|i| keys.change::<S>(trace, marks, i)).collect();
        let (here, start) = (NOTHING, NOTHING);
        Self { mipmap, keys, tail, tells: S::MARKS == 2, next: 0, at: 0, here, start, stride: 1 }
    }

    /// The kinds that the lane has been, each with how long it was that up to where it stands, in nanoseconds.
    pub fn kinds(&self) -> impl Iterator<Item = (Kind, u64)> + '_ {
        self.keys.kinds.iter().copied().zip(self.here.kinds[1..].iter().copied())
    }

    /// The threads that have been there likewise; `None` are all who came after [`MOST_THREADS`] others. Nobody where the
    /// lane does not tell.
    pub fn threads(&self) -> impl Iterator<Item = (Option<ThreadIx>, u64)> + '_ {
        let all = self.keys.threads.iter().copied().map(Some).chain([None]);
        all.zip(self.here.threads[1..].iter().copied()).take(self.keys.thread_sums())
    }

    /// When the lane changes next; [`Time::NEVER`] if it is not known to.
    #[must_use]
    pub fn until(&self) -> Time {
        self.change(self.next).map_or(Time::NEVER, |change| Time::from_ns(time(change)))
    }

    /// The number of the segment in which it stands; none in a gap or before the first.
    #[must_use]
    pub fn segment(&self) -> Option<usize> {
        let last = self.next.checked_sub(1)?;
        match self.tells {
            true if last % 2 == 1 => None,
            true => Some(last / 2),
            false => Some(last),
        }
    }

    /// Walks on to `to`, which is not before where it stands.
    pub fn to(&mut self, to: Time) {
        self.skip(to.ns());
        let mut last = self.next.checked_sub(1).and_then(|i| self.change(i)).unwrap_or(0);
        while let Some(change) = self.change(self.next).filter(|change| time(*change) <= to.ns()) {
            self.here.add(last, time(change) - self.at);
            (last, self.at) = (change, time(change));
            self.next += 1;
        }
        self.here.add(last, to.ns() - self.at);
        self.at = to.ns();
    }

    /// Walks on to `to`, and says what most of the way there was, if it was anything that counts. `same`: by the order of
    /// [`Walk::kinds`], the first kind that counts as the same.
    pub fn most(&mut self, to: Time, same: &[Option<usize>]) -> Option<Most> {
        // Copying what is in use alone is a quarter of the time.
        let (kinds, threads) = (self.keys.kinds.len(), self.keys.thread_sums());
        self.start.kinds[1..=kinds].copy_from_slice(&self.here.kinds[1..=kinds]);
        self.start.threads[1..=threads].copy_from_slice(&self.here.threads[1..=threads]);
        self.to(to);
        let start = &self.start;
        let mut lengths = [0; KINDS];
        let (mut length, mut kind) = (0, None);
        for (i, first) in same.iter().enumerate().filter_map(|(i, first)| Some((i, (*first)?))) {
            lengths[first] += self.here.kinds[i + 1] - start.kinds[i + 1];
            if lengths[first] > length {
                (length, kind) = (lengths[first], Some(first));
            }
        }
        let kind = *self.keys.kinds.get(kind?)?;
        let (mut longest, mut who) = (0, None);
        for place in 1..=threads {
            let there = self.here.threads[place] - start.threads[place];
            if there > longest {
                (longest, who) = (there, Some(place));
            }
        }
        let Some(place) = who else { return Some(Most { kind, who: None, length }) };
        // One of those who are counted together stands for all of them.
        let who = self.keys.threads.get(place - 1).copied().or_else(|| self.keys.first_other());
        Some(Most { kind, who, length: length.min(longest) })
    }

    #[inline]
    fn change(&self, i: usize) -> Option<Change> {
        let known = &self.mipmap.changes;
        if i < known.len() { Some(known[i]) } else { self.tail.get(i - known.len()).copied() }
    }

    /// Goes to the last row from which `to` is reached, if that is further on.
    fn skip(&mut self, to: u64) {
        let rows = self.mipmap.rows.len().checked_div(self.mipmap.width()).unwrap_or(0);
        let now = self.next.saturating_sub(1) / SPACING;
        let reaches = |row: usize| row < rows && time(self.mipmap.changes[row * SPACING]) <= to;
        let (mut row, mut step) = (now, self.stride);
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
        if row > now {
            self.stride = (row - now).next_power_of_two();
            self.next = row * SPACING + 1;
            self.at = time(self.mipmap.changes[row * SPACING]);
            self.here = self.mipmap.row(row);
        }
    }
}
