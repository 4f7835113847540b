//! Locks, semaphores, queues and pipes: what threads wait for and give each other.
//!
//! A lock or an item is not handed over: who gives it wakes the first who waits, and the woken thread tries again once it is
//! on a core, before it looks for the GIL. A thread that comes meanwhile may be faster (`gil-semantics.md` section 1.5).
//! From CPython 3.14 on a lock is handed over to who has waited long enough (section 1.7).

use crate::ids::{CoreId, ObjectIx, ThreadIx};
use crate::time::Dur;

use super::code::Instr;
use super::gil::Dropped;
use super::machine::{Instant, Machine};
use super::plan::ObjectKind;
use super::state::{Came, Resume};
use super::{Cause, Kind, Place, Plan, Reason};

/// Who waits for a lock at least as long gets it directly from who releases it: `TIME_TO_BE_FAIR_NS` of `Python/lock.c` in
/// CPython 3.14, where it is compared with `>`; nanoseconds pass there on the way, here none do.
const TIME_TO_BE_FAIR: Dur = Dur::from_ms(1);

impl Machine {
    /// Takes what the instruction at `pc` waits for, if it is there. True if so.
    pub(super) fn try_take(&mut self, at: &mut Instant<'_>, thread: ThreadIx) -> bool {
        match *self.instr(at.plan, thread) {
            Instr::Acquire { lock, .. } if at.plan.object(lock).kind == ObjectKind::Semaphore => {
                self.take_item(at, thread, lock, Kind::Acquire)
            }
            Instr::Acquire { lock, .. } => {
                let state = &mut self.objects[lock.ix()];
                if state.holder.is_some() {
                    return false;
                }
                state.holder = Some(thread);
                self.act(at, Kind::Acquire, thread, Reason::LockFree, lock.0);
                true
            }
            Instr::Put { queue, .. } => self.put_item(at, thread, queue),
            Instr::Get { queue, .. } => {
                let got = self.take_item(at, thread, queue, Kind::Get);
                if got {
                    self.wake_first(at, thread, queue, Cause::Room);
                }
                got
            }
            // Who came to one of these was put among the waiters, and is no more if it may go on.
            Instr::Wait { object, .. } => !self.object(object).waiters.contains(&thread),
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

    /// Gives a lock or one of a semaphore back. False for a lock that nobody holds, which Python refuses.
    pub(super) fn release(&mut self, at: &mut Instant<'_>, thread: ThreadIx, lock: ObjectIx) -> bool {
        if at.plan.object(lock).kind == ObjectKind::Semaphore {
            self.objects[lock.ix()].items += 1;
            self.act(at, Kind::Release, thread, Reason::ProgramSays, lock.0);
            self.wake_first(at, thread, lock, Cause::Semaphore);
            return true;
        }
        let Some(holder) = self.objects[lock.ix()].holder.take() else { return false };
        let record = self.now(Kind::Release, thread, Reason::ProgramSays).of(lock.0);
        at.record(self.where_on(record.by(Some(holder).filter(|h| *h != thread)), thread));
        match self.object(lock).waiters.front().copied().filter(|first| self.is_fair(at.plan, *first)) {
            Some(first) => self.hand_over(at, thread, lock, first),
            None => self.wake_first(at, thread, lock, Cause::Lock),
        }
        true
    }

    /// Whether a thread has waited for a lock so long that it gets it directly.
    fn is_fair(&self, plan: &Plan, waiter: ThreadIx) -> bool {
        let waited = self.time - self.thread(waiter).waiting_since;
        plan.process(plan.thread(waiter).process).lock_handover && waited >= TIME_TO_BE_FAIR
    }

    /// Gives a lock to the first who waits for it; once awake that only needs the GIL.
    fn hand_over(&mut self, at: &mut Instant<'_>, by: ThreadIx, lock: ObjectIx, to: ThreadIx) {
        let state = &mut self.objects[lock.ix()];
        state.waiters.pop_front();
        state.holder = Some(to);
        at.record(self.now(Kind::Acquire, to, Reason::HandedOver).by(Some(by)).of(lock.0));
        self.free(at, to, Reason::HandedOver, by);
    }

    /// Puts an item into a queue, if there is room. True if so.
    fn put_item(&mut self, at: &mut Instant<'_>, thread: ThreadIx, queue: ObjectIx) -> bool {
        let state = &mut self.objects[queue.ix()];
        if state.items >= at.plan.object(queue).size {
            return false;
        }
        state.items += 1;
        self.act(at, Kind::Put, thread, Reason::ProgramSays, queue.0);
        self.wake_first(at, thread, queue, Cause::Queue);
        true
    }

    /// A message has been written to a pipe.
    // Seldom, and kept out of the way of what each slice does.
    #[inline(never)]
    pub(super) fn message_sent(&mut self, at: &mut Instant<'_>, thread: ThreadIx, pipe: ObjectIx) {
        self.objects[pipe.ix()].items += 1;
        self.act(at, Kind::Send, thread, Reason::ProgramSays, pipe.0);
        self.wake_first(at, thread, pipe, Cause::Pipe);
    }

    /// Wakes the first who waits for an object with this cause; it tries again once it is on a core.
    fn wake_first(&mut self, at: &mut Instant<'_>, by: ThreadIx, object: ObjectIx, cause: Cause) {
        let waits = |t: &ThreadIx| self.thread(*t).place == Place::Waiting(cause);
        let Some(first) = self.object(object).waiters.iter().position(waits) else { return };
        let Some(waiter) = self.objects[object.ix()].waiters.remove(first) else { return };
        let costs = &at.plan.costs;
        let (latency, reason) = match cause {
            Cause::Lock => (costs.wake_lock, Reason::LockReleased),
            Cause::Semaphore => (costs.wake_lock, Reason::SemaphoreReleased),
            Cause::Room => (costs.wake_lock, Reason::ItemTaken),
            Cause::Pipe => (costs.wake_pipe, Reason::MessageSent),
            _ => (costs.wake_lock, Reason::ItemPut),
        };
        self.threads[waiter.ix()].resume = Resume::Retry;
        self.wake(at, waiter, latency, reason, Some(by));
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
        let kind_of = |object: ObjectIx| at.plan.object(object).kind;
        let (cause, kind, object, op, usual) = match *self.instr(at.plan, thread) {
            Instr::Acquire { lock, op } if kind_of(lock) == ObjectKind::Semaphore => {
                (Cause::Semaphore, Kind::WaitSemaphore, Some(lock), op, Reason::NothingThere)
            }
            Instr::Acquire { lock, op } => (Cause::Lock, Kind::WaitLock, Some(lock), op, Reason::LockHeld),
            Instr::Wait { object, op } if kind_of(object) == ObjectKind::Barrier => {
                (Cause::Barrier, Kind::WaitBarrier, None, op, Reason::NotYet)
            }
            Instr::Wait { op, .. } => (Cause::Event, Kind::WaitEvent, None, op, Reason::NotYet),
            Instr::Put { queue, op } => (Cause::Room, Kind::WaitRoom, Some(queue), op, Reason::QueueFull),
            Instr::Get { queue, op } => (Cause::Queue, Kind::WaitQueue, Some(queue), op, Reason::NothingThere),
            Instr::Receive { pipe, op } => (Cause::Pipe, Kind::WaitPipe, Some(pipe), op, Reason::NothingThere),
            Instr::Start { op, .. } => (Cause::Start, Kind::WaitStart, None, op, Reason::NotYet),
            Instr::Join { op, .. } => (Cause::Join, Kind::WaitJoin, None, op, Reason::NotYet),
            _ => return,
        };
        if let Some(object) = object {
            self.objects[object.ix()].waiters.push_back(thread);
        }
        let reason = if reason == Reason::LostRace {
            reason
        } else {
            self.threads[thread.ix()].waiting_since = self.time;
            usual
        };
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
