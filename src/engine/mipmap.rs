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

    /// A kind and the place, counted from 1, of who is there, each with its length. One of those who are counted together
    /// stands for all of them.
    fn most(&self, kind: Kind, length: u64, there: Option<(u64, usize)>) -> Option<Most> {
        let Some((longest, place)) = there else { return Some(Most { kind, who: None, length }) };
        let who = self.threads.get(place - 1).copied().or_else(|| self.first_other());
        Some(Most { kind, who, length: length.min(longest) })
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

    /// Puts the sums of a row in place of others. Those of nothing, which nobody asks for, stay as they are.
    fn read(&self, row: usize, into: &mut Sums) {
        let (kinds, threads) = self.rows[row * self.width()..(row + 1) * self.width()].split_at(self.kinds);
        into.kinds[1..=self.kinds].copy_from_slice(kinds);
        into.threads[1..=self.threads].copy_from_slice(threads);
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
        let mut sums = NOTHING;
        self.read(last, &mut sums);
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

    /// The number of the segment in which it stands, or of the next one.
    #[must_use]
    pub const fn next_segment(&self) -> usize {
        if self.tells { self.next / 2 } else { self.next.saturating_sub(1) }
    }

    /// Whether more than `n` segments begin between where it stands and `to`, as far as is known.
    #[must_use]
    pub fn has_more_than(&self, n: usize, to: Time) -> bool {
        let changes = if self.tells { 2 * n } else { n };
        self.change(self.next + changes).is_some_and(|change| time(change) < to.ns())
    }

    /// Walks on to `to`, which is not before where it stands.
    pub fn to(&mut self, to: Time) {
        self.skip(to.ns());
        let mut last = self.last();
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
        if !self.reaches(self.row() + 1, to.ns()) {
            return self.most_near(to, same);
        }
        // Copying what is in use alone is a quarter of the time.
        let (kinds, threads) = (self.keys.kinds.len(), self.keys.thread_sums());
        self.start.kinds[1..=kinds].copy_from_slice(&self.here.kinds[1..=kinds]);
        self.start.threads[1..=threads].copy_from_slice(&self.here.threads[1..=threads]);
        self.to(to);
        let start = &self.start;
        let mut lengths = [0; KINDS];
        for (i, first) in same.iter().enumerate().filter_map(|(i, first)| Some((i, (*first)?))) {
            lengths[first] += self.here.kinds[i + 1] - start.kinds[i + 1];
        }
        let (length, kind) = longest((1 << kinds) - 1, &lengths)?;
        let kind = *self.keys.kinds.get(kind)?;
        let mut there = start.threads;
        for (there, here) in there.iter_mut().zip(&self.here.threads).skip(1).take(threads) {
            *there = here - *there;
        }
        // The first stands for nobody.
        self.keys.most(kind, length, longest((2 << threads) - 2, &there))
    }

    /// The same where no row of sums lies on the way: what the few changes on it add up to.
    fn most_near(&mut self, to: Time, same: &[Option<usize>]) -> Option<Most> {
        let mut last = self.last();
        let (mut kinds, mut threads) = ([0; KINDS], [0; THREADS]);
        // A bit for each of them that is not 0.
        let (mut kinds_seen, mut threads_seen) = (0u32, 0u64);
        loop {
            let next = self.change(self.next).filter(|change| time(*change) <= to.ns());
            let until = next.map_or(to.ns(), time);
            let (kind, thread, length) = ((last & 31) as usize, (last >> 5 & 63) as usize, until - self.at);
            self.here.add(last, length);
            if let Some(Some(first)) = same.get(kind.wrapping_sub(1)) {
                kinds[first & 31] += length;
                kinds_seen |= 1 << (first & 31);
            }
            if thread < THREADS {
                threads[thread] += length;
                threads_seen |= 1 << thread;
            }
            self.at = until;
            let Some(next) = next else { break };
            last = next;
            self.next += 1;
        }
        let (length, kind) = longest(kinds_seen.into(), &kinds)?;
        let kind = *self.keys.kinds.get(kind)?;
        self.keys.most(kind, length, longest(threads_seen & !1, &threads))
    }

    #[inline]
    fn change(&self, i: usize) -> Option<Change> {
        let known = &self.mipmap.changes;
        if i < known.len() { Some(known[i]) } else { self.tail.get(i - known.len()).copied() }
    }

    /// The change at or before where it stands.
    fn last(&self) -> Change {
        self.next.checked_sub(1).and_then(|i| self.change(i)).unwrap_or(0)
    }

    /// The last row at or before where it stands.
    const fn row(&self) -> usize {
        self.next.saturating_sub(1) / SPACING
    }

    /// Whether there is such a row, and `to` is not before it.
    #[inline]
    fn reaches(&self, row: usize, to: u64) -> bool {
        let rows = self.mipmap.rows.len().checked_div(self.mipmap.width()).unwrap_or(0);
        row < rows && time(self.mipmap.changes[row * SPACING]) <= to
    }

    /// Goes to the last row from which `to` is reached, if that is further on.
    fn skip(&mut self, to: u64) {
        let now = self.row();
        let (mut row, mut step) = (now, self.stride);
        while self.reaches(row + step, to) {
            row += step;
            step *= 2;
        }
        while step > 1 {
            step /= 2;
            if self.reaches(row + step, to) {
                row += step;
            }
        }
        if row > now {
            self.stride = (row - now).next_power_of_two();
            self.next = row * SPACING + 1;
            self.at = time(self.mipmap.changes[row * SPACING]);
            self.mipmap.read(row, &mut self.here);
        }
    }
}

/// The largest of the numbers whose bits are set, and which it is, the first of several; none if all are 0.
fn longest(mut bits: u64, lengths: &[u64]) -> Option<(u64, usize)> {
    let (mut longest, mut which) = (0, None);
    while bits != 0 {
        let i = bits.trailing_zeros() as usize;
        bits &= bits - 1;
        if lengths[i] > longest {
            (longest, which) = (lengths[i], Some(i));
        }
    }
    which.map(|i| (longest, i))
}
