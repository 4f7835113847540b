//! Lanes: the trace sorted by thread, core and GIL as stretches without gaps, built while the trace grows.

use crate::ids::{CoreId, GilIx, ThreadIx};
use crate::time::Time;

use super::{Kind, Record};
use super::{Place, Plan};

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

/// All lanes of a run. Stretches of zero length are left out, except that a lane's last stretch may still be open.
#[derive(Clone, Debug)]
pub struct Lanes {
    /// By [`ThreadIx`].
    pub threads: Vec<Vec<ThreadSegment>>,
    /// By [`CoreId`].
    pub cores: Vec<Vec<CoreSegment>>,
    /// By [`GilIx`].
    pub gils: Vec<Vec<GilSegment>>,
    /// Drop requests by [`GilIx`].
    pub requests: Vec<Vec<Request>>,
}

impl Lanes {
    /// Empty lanes for a run.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        Self {
            threads: vec![Vec::new(); plan.threads.len()],
            cores: vec![Vec::new(); usize::from(plan.cores)],
            gils: vec![Vec::new(); plan.gils.len()],
            requests: vec![Vec::new(); plan.gils.len()],
        }
    }

    /// Takes in record number `number` of the trace.
    pub fn push(&mut self, record: &Record, number: u32) {
        let (time, thread) = (record.time(), record.thread());
        if let Some(place) = record.kind().place() {
            let core = record.core();
            let lane = &mut self.threads[thread.ix()];
            let left = lane.last().and_then(|s| s.core);
            close(lane, time);
            lane.push(ThreadSegment { start: time, end: Time::NEVER, place, core, record: number });
            if let Some(core) = left {
                close(&mut self.cores[core.ix()], time);
            }
            if let Some(core) = core {
                self.cores[core.ix()].push(CoreSegment {
                    start: time,
                    end: Time::NEVER,
                    thread,
                    place,
                    record: number,
                });
            }
        }
        match (record.kind(), record.gil()) {
            (Kind::TakeGil, Some(gil)) => {
                let segment = GilSegment { start: time, end: Time::NEVER, holder: thread, record: number };
                self.gils[gil.ix()].push(segment);
            }
            (Kind::DropGil, Some(gil)) => close(&mut self.gils[gil.ix()], time),
            (Kind::RequestGil, Some(gil)) => {
                self.requests[gil.ix()].push(Request { time, by: thread, record: number });
            }
            _ => {}
        }
    }

    /// A thread's lane.
    #[must_use]
    pub fn thread(&self, ix: ThreadIx) -> &[ThreadSegment] {
        &self.threads[ix.ix()]
    }

    /// When a thread was started, as far as it is known.
    #[must_use]
    pub fn started(&self, ix: ThreadIx) -> Option<Time> {
        self.threads[ix.ix()].first().map(|s| s.start)
    }

    /// A core's lane.
    #[must_use]
    pub fn core(&self, id: CoreId) -> &[CoreSegment] {
        &self.cores[id.ix()]
    }

    /// A GIL's lane.
    #[must_use]
    pub fn gil(&self, ix: GilIx) -> &[GilSegment] {
        &self.gils[ix.ix()]
    }
}

/// A stretch of time with two ends.
pub trait Segment {
    /// First instant.
    fn start(&self) -> Time;
    /// First instant after it.
    fn end(&self) -> Time;
    /// Ends it.
    fn end_at(&mut self, end: Time);
}

macro_rules! segment {
    ($($name:ty),*) => {$(
        impl Segment for $name {
            fn start(&self) -> Time { self.start }
            fn end(&self) -> Time { self.end }
            fn end_at(&mut self, end: Time) { self.end = end; }
        }
    )*};
}
segment!(ThreadSegment, CoreSegment, GilSegment);

/// Ends the last stretch if it is open; one of zero length is taken away.
fn close<S: Segment>(lane: &mut Vec<S>, time: Time) {
    if let Some(last) = lane.last_mut().filter(|s| s.end() == Time::NEVER) {
        if last.start() == time {
            lane.pop();
        } else {
            last.end_at(time);
        }
    }
}

/// The stretches of a lane that overlap `from..to`, by binary search.
#[must_use]
pub fn window<S: Segment>(lane: &[S], from: Time, to: Time) -> &[S] {
    let first = lane.partition_point(|s| s.end() <= from);
    let after = lane.partition_point(|s| s.start() < to);
    &lane[first..after.max(first)]
}
