//! Threads and processes that start, wait for and outlive each other.

use crate::ids::{ProcessIx, ThreadIx};
use crate::time::Time;

use super::code::Instr;
use super::gil::Dropped;
use super::machine::{Instant, Machine};
use super::{Cause, Kind, Place, Reason};

impl Machine {
    /// Starts a thread. False if it was started before, which Python refuses.
    pub(super) fn start_thread(&mut self, at: &mut Instant<'_>, by: ThreadIx, child: ThreadIx) -> bool {
        if self.thread(child).place != Place::NotStarted || self.will_start(child) {
            return false;
        }
        self.act(at, Kind::StartThread, by, Reason::ProgramSays, child.0);
        if at.plan.process(at.plan.thread(by).process).python {
            self.threads[child.ix()].starter = Some(by);
        }
        self.wake(at, child, at.plan.costs.thread_start, Reason::StartedBy, Some(by));
        true
    }

    /// A thread runs for the first time: who started it goes on.
    // Seldom, and kept out of the way of what each slice does.
    #[inline(never)]
    pub(super) fn begins(&mut self, at: &mut Instant<'_>, child: ThreadIx) {
        if let Some(starter) = self.threads[child.ix()].starter.take()
            && self.thread(starter).place == Place::Waiting(Cause::Start)
        {
            self.wait_over(at.plan, starter);
            self.wake(at, starter, at.plan.costs.wake_lock, Reason::ChildRuns, Some(child));
        }
    }

    /// Spawns a process: those of its threads that start with it. False if that was done before, which Python refuses.
    pub(super) fn spawn(&mut self, at: &mut Instant<'_>, by: ThreadIx, process: ProcessIx) -> bool {
        if self.spawned & (1 << process.0) != 0 {
            return false;
        }
        self.spawned |= 1 << process.0;
        self.act(at, Kind::SpawnProcess, by, Reason::ProgramSays, process.0);
        for &thread in &at.plan.process(process).threads {
            let launched = self.time + at.plan.costs.process_start;
            match at.plan.thread(thread).with_process {
                Some(later) if later > launched => self.timers.set(thread.ix(), later),
                Some(_) => self.wake(at, thread, at.plan.costs.process_start, Reason::StartedBy, Some(by)),
                None => {}
            }
        }
        true
    }

    /// Whether a thread can be joined: it was started, or will be at a time.
    pub(super) fn can_join(&self, thread: ThreadIx) -> bool {
        self.thread(thread).place != Place::NotStarted || self.will_start(thread)
    }

    /// Drops the GIL and goes to the tail of the ready queue.
    // Seldom, and kept out of the way of what each slice does.
    #[inline(never)]
    pub(super) fn yield_now(&mut self, at: &mut Instant<'_>, thread: ThreadIx) {
        self.wait_over(at.plan, thread);
        if let Some(gil) = at.plan.thread(thread).gil
            && self.drop_gil(at, thread, gil, Reason::ForYield) == Dropped::Forced
        {
            return self.force_wait(at, thread, gil);
        }
        self.make_ready(at, thread, Reason::Yielded, None);
    }

    /// Python refuses what the thread does, and nothing catches the exception.
    pub(super) fn raise(&mut self, at: &mut Instant<'_>, thread: ThreadIx, why: Reason) {
        let op = self.thread(thread).op.unwrap_or_default();
        self.act(at, Kind::Raise, thread, why, op);
        self.finish(at, thread, Reason::Raised);
    }

    /// The thread ends, and those who join it go on. A lock that it holds stays held.
    pub(super) fn finish(&mut self, at: &mut Instant<'_>, thread: ThreadIx, reason: Reason) {
        self.threads[thread.ix()].op = None;
        if let Some(gil) = at.plan.thread(thread).gil {
            self.drop_gil(at, thread, gil, Reason::ProgramOver);
        }
        let record = self.now(Kind::Finished, thread, reason);
        self.put(at, thread, Place::Finished, record);
        for other in at.plan.thread_ixs() {
            let joins = self.thread(other).place == Place::Waiting(Cause::Join)
                && matches!(*self.instr(at.plan, other), Instr::Join { thread: t, .. } if t == thread);
            if joins {
                self.wait_over(at.plan, other);
                self.wake(at, other, at.plan.costs.wake_lock, Reason::Joined, Some(thread));
            }
        }
    }

    /// A thread that has dropped its GIL goes on with the part of its instruction that needs none: it waits, unless what it
    /// would wait for has come during a forced wait.
    pub(super) fn begin_wait(&mut self, at: &mut Instant<'_>, thread: ThreadIx) {
        let (cause, kind, end, op) = match *self.instr(at.plan, thread) {
            Instr::Io { device: Some(device), .. } => return self.goes_to(at, thread, device),
            Instr::Io { length, op, .. } => (Cause::Io, Kind::WaitIo, self.time + length, op),
            Instr::Sleep { length, op } => (Cause::Sleep, Kind::WaitSleep, self.time + length, op),
            Instr::Input { at, op } => {
                (Cause::Input, Kind::WaitInput, at.map_or(Time::NEVER, |t| t.max(self.time)), op)
            }
            _ if self.try_take(at, thread) => {
                self.wait_over(at.plan, thread);
                return self.make_ready(at, thread, Reason::Freed, None);
            }
            _ => return self.wait_for_other(at, thread, Reason::OpBegins),
        };
        let record = self.now(kind, thread, Reason::OpBegins).of(op);
        self.put(at, thread, Place::Waiting(cause), record);
        self.timers.set(thread.ix(), end);
    }
}
