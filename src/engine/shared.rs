//! Locks, queues and pipes: what threads wait for and give each other.
//!
//! A lock or an item is never handed over: who gives it wakes the first who waits, and the woken thread tries again once it
//! is on a core, before it looks for the GIL. A thread that comes meanwhile may be faster (`gil-semantics.md` section 1.5).

use crate::ids::{CoreId, ObjectIx, ThreadIx};
use crate::time::Dur;

use super::code::Instr;
use super::gil::Dropped;
use super::machine::{Instant, Machine};
use super::state::{Came, Resume};
use super::{Cause, Kind, Place, Plan, Reason};

impl Machine {
    /// Takes what the instruction at `pc` waits for, if it is there. True if so.
    pub(super) fn try_take(&mut self, at: &mut Instant<'_>, thread: ThreadIx) -> bool {
        match *self.instr(at.plan, thread) {
            Instr::Acquire { lock, .. } => {
                let state = &mut self.objects[lock.ix()];
                if state.holder.is_some() {
                    return false;
                }
                state.holder = Some(thread);
                self.act(at, Kind::Acquire, thread, Reason::LockFree, lock.0);
                true
            }
            Instr::Get { queue, .. } => self.take_item(at, thread, queue, Kind::Get),
            Instr::Receive { pipe, .. } => self.take_item(at, thread, pipe, Kind::Receive),
            Instr::Join { thread: other, .. } => self.thread(other).place == Place::Finished,
            Instr::Start { thread: child, .. } => self.thread(child).starter.is_none(),
            _ => false,
        }
    }

    fn take_item(&mut self, at: &mut Instant<'_>, thread: ThreadIx, from: ObjectIx, kind: Kind) -> bool {
        let state = &mut self.objects[from.ix()];
        if state.items == 0 {
            return false;
        }
        state.items -= 1;
        self.act(at, kind, thread, Reason::SomethingThere, from.0);
        true
    }

    /// Reads from a pipe without the GIL. True if a message was there and the GIL is taken again, so that the next instruction
    /// may begin; otherwise the thread has left its core.
    // Seldom, and kept out of the way of what each slice does.
    #[inline(never)]
    pub(super) fn receive(&mut self, at: &mut Instant<'_>, thread: ThreadIx) -> bool {
        self.threads[thread.ix()].resume = Resume::Detached;
        let gil = at.plan.thread(thread).gil;
        if let Some(gil) = gil
            && self.drop_gil(at, thread, gil, Reason::ForReceive) == Dropped::Forced
        {
            self.force_wait(at, thread, gil);
            return false;
        }
        if !self.try_take(at, thread) {
            self.wait_for_other(at, thread, Reason::OpBegins);
            return false;
        }
        self.wait_over(at.plan, thread);
        gil.is_none_or(|gil| self.look_for_gil(at, thread, gil, Came::Fresh))
    }

    /// Gives a lock back. False if nobody holds it, which Python refuses.
    pub(super) fn release(&mut self, at: &mut Instant<'_>, thread: ThreadIx, lock: ObjectIx) -> bool {
        let Some(holder) = self.objects[lock.ix()].holder.take() else { return false };
        let record = self.now(Kind::Release, thread, Reason::ProgramSays).of(lock.0);
        at.record(self.where_on(record.by(Some(holder).filter(|h| *h != thread)), thread));
        self.wake_first(at, thread, lock, at.plan.costs.wake_lock, Reason::LockReleased);
        true
    }

    /// Puts an item into a queue.
    pub(super) fn put_item(&mut self, at: &mut Instant<'_>, thread: ThreadIx, queue: ObjectIx) {
        self.objects[queue.ix()].items += 1;
        self.act(at, Kind::Put, thread, Reason::ProgramSays, queue.0);
        self.wake_first(at, thread, queue, at.plan.costs.wake_lock, Reason::ItemPut);
    }

    /// A message has been written to a pipe.
    // Seldom, and kept out of the way of what each slice does.
    #[inline(never)]
    pub(super) fn message_sent(&mut self, at: &mut Instant<'_>, thread: ThreadIx, pipe: ObjectIx) {
        self.objects[pipe.ix()].items += 1;
        self.act(at, Kind::Send, thread, Reason::ProgramSays, pipe.0);
        self.wake_first(at, thread, pipe, at.plan.costs.wake_pipe, Reason::MessageSent);
    }

    /// Wakes the first who waits for an object; it tries again once it is on a core.
    fn wake_first(&mut self, at: &mut Instant<'_>, by: ThreadIx, object: ObjectIx, latency: Dur, reason: Reason) {
        if let Some(waiter) = self.objects[object.ix()].waiters.pop_front() {
            self.threads[waiter.ix()].resume = Resume::Retry;
            self.wake(at, waiter, latency, reason, Some(by));
        }
    }

    /// A woken thread on a core tries again. False if another was faster: it has left the core and waits.
    // Seldom, and kept out of the way of what each slice does.
    #[inline(never)]
    pub(super) fn retry(&mut self, at: &mut Instant<'_>, thread: ThreadIx) -> bool {
        let got = self.try_take(at, thread);
        if got {
            self.wait_over(at.plan, thread);
        } else {
            self.wait_for_other(at, thread, Reason::LostRace);
        }
        got
    }

    /// The wait of the instruction at `pc` is over: the next comes, once the thread has its GIL again.
    pub(super) fn wait_over(&mut self, plan: &Plan, thread: ThreadIx) {
        let state = &mut self.threads[thread.ix()];
        state.pc += 1;
        state.resume = Resume::Begin;
        state.needs_gil = plan.thread(thread).gil.map(|_| Came::Fresh);
    }

    /// Begins a wait for another thread, or for what one will give. The GIL has been dropped.
    pub(super) fn wait_for_other(&mut self, at: &mut Instant<'_>, thread: ThreadIx, reason: Reason) {
        let (cause, kind, object, op, usual) = match *self.instr(at.plan, thread) {
            Instr::Acquire { lock, op } => (Cause::Lock, Kind::WaitLock, Some(lock), op, Reason::LockHeld),
            Instr::Get { queue, op } => (Cause::Queue, Kind::WaitQueue, Some(queue), op, Reason::NothingThere),
            Instr::Receive { pipe, op } => (Cause::Pipe, Kind::WaitPipe, Some(pipe), op, Reason::NothingThere),
            Instr::Start { op, .. } => (Cause::Start, Kind::WaitStart, None, op, Reason::NotYet),
            Instr::Join { op, .. } => (Cause::Join, Kind::WaitJoin, None, op, Reason::NotYet),
            _ => return,
        };
        if let Some(object) = object {
            self.objects[object.ix()].waiters.push_back(thread);
        }
        let reason = if reason == Reason::LostRace { reason } else { usual };
        let record = self.now(kind, thread, reason).of(op);
        self.put(at, thread, Place::Waiting(cause), record.by(self.other_of(at.plan, thread)));
        if let Some(cycle) = self.cycle(at.plan, thread) {
            let next = cycle.get(1).copied().unwrap_or(thread);
            at.record(self.now(Kind::Deadlock, thread, Reason::CycleOfWaits).by(Some(next)).of(op));
        }
    }

    /// The thread that the instruction at `pc` is about.
    fn other_of(&self, plan: &Plan, thread: ThreadIx) -> Option<ThreadIx> {
        match *self.instr(plan, thread) {
            Instr::Acquire { lock, .. } => self.object(lock).holder,
            Instr::Start { thread, .. } | Instr::Join { thread, .. } => Some(thread),
            _ => None,
        }
    }

    /// Records an act of a thread.
    pub(super) fn act(&self, at: &mut Instant<'_>, kind: Kind, thread: ThreadIx, reason: Reason, object: u16) {
        at.record(self.where_on(self.now(kind, thread, reason).of(object), thread));
    }

    fn where_on(&self, record: super::Record, thread: ThreadIx) -> super::Record {
        match self.thread(thread).core {
            Some(core) => record.on(CoreId(core.0)),
            None => record,
        }
    }
}
