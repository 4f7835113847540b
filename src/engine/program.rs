//! What a thread does on its core: its program, op by op.

use crate::ids::{CoreId, ThreadIx};
use crate::time::Dur;

use super::code::Instr;
use super::gil::Dropped;
use super::machine::{Instant, Machine};
use super::plan::{ObjectKind, Plan};
use super::state::{Came, Resume};
use super::{Cause, Place, Work};
use super::{Kind, Reason};

/// What follows an instruction that takes no time.
enum Next {
    /// The next one.
    Op,
    /// It must wait, and drops the GIL with this reason.
    Wait(Reason),
    /// Python refuses it.
    Raise(Reason),
}

impl Machine {
    /// Phase 2: the switch to a thread is over, or its burst.
    pub(super) fn burst_ends(&mut self, at: &mut Instant<'_>, core: CoreId) {
        let Some(thread) = self.core(core).thread else {
            // It has switched away from the last one.
            self.idle |= 1 << core.0;
            return;
        };
        if let Place::Running(work) = self.thread(thread).place {
            if let Instr::Send { pipe, .. } = *self.instr(at.plan, thread) {
                self.message_sent(at, thread, pipe);
            }
            self.count_burst(thread);
            let now = self.time;
            let state = &mut self.threads[thread.ix()];
            let at_once = state.burst_start == now;
            state.pc += 1;
            state.resume = Resume::Begin;
            if work == Work::Native && at.plan.thread(thread).gil.is_some() {
                state.needs_gil = Some(Came::Fresh);
            }
            // A call that kept the GIL returns to the interpreter, which looks for a request. So does Python that was taken
            // off its core just as it was done, and only now is on one again.
            if (work == Work::Extension || work == Work::Python && at_once)
                && let Some(gil) = at.plan.thread(thread).gil
                && self.gil(gil).requested_by.is_some()
            {
                return self.drop_on_request(at, thread, gil);
            }
        }
        self.go_on(at, thread, core);
    }

    /// A thread on a core goes on until it computes or leaves.
    pub(super) fn go_on(&mut self, at: &mut Instant<'_>, thread: ThreadIx, core: CoreId) {
        if self.thread(thread).resume == Resume::Retry && !self.retry(at, thread) {
            return;
        }
        if let (Some(came), Some(gil)) = (self.thread(thread).needs_gil, at.plan.thread(thread).gil)
            && !self.look_for_gil(at, thread, gil, came)
        {
            return;
        }
        if self.thread(thread).starter.is_some() {
            self.begins(at, thread);
        }
        match self.thread(thread).resume {
            Resume::Begin | Resume::Retry => self.begin(at, thread, core),
            Resume::Continue => self.compute(at, thread, core, Reason::Resumes),
            Resume::Detached => self.compute(at, thread, core, Reason::NextOp),
        }
    }

    /// Begins the instruction at `pc`, and those behind it that take no time.
    #[inline(never)]
    fn begin(&mut self, at: &mut Instant<'_>, thread: ThreadIx, core: CoreId) {
        let code = &at.plan.thread(thread).code;
        loop {
            let instr = &code[self.thread(thread).pc as usize];
            let state = &mut self.threads[thread.ix()];
            if let Some(op) = instr.op() {
                state.op = Some(op);
            }
            match *instr {
                Instr::LoopStart { counter, times } => {
                    self.counters[counter as usize] = times;
                    state.pc += 1;
                }
                Instr::LoopEnd { counter: None, start } => state.pc = start,
                Instr::LoopEnd { counter: Some(counter), start } => {
                    let left = &mut self.counters[counter as usize];
                    *left -= 1;
                    state.pc = if *left > 0 { start } else { state.pc + 1 };
                }
                Instr::Compute { work: Work::Native, length, .. } => {
                    state.remaining = length;
                    return self.detach(at, thread, core, Reason::ForNative);
                }
                Instr::Compute { length, .. } => {
                    state.remaining = length;
                    return self.compute(at, thread, core, Reason::NextOp);
                }
                Instr::Send { length, .. } => {
                    state.remaining = length;
                    return self.detach(at, thread, core, Reason::ForSend);
                }
                Instr::Io { .. } => return self.detach(at, thread, core, Reason::ForIo),
                Instr::Sleep { .. } => return self.detach(at, thread, core, Reason::ForSleep),
                Instr::Input { .. } => return self.detach(at, thread, core, Reason::ForInput),
                Instr::Receive { .. } if self.receive(at, thread) => {}
                Instr::Receive { .. } => return,
                Instr::Yield { .. } => return self.yield_now(at, thread),
                Instr::End => return self.finish(at, thread, Reason::ProgramOver),
                ref shared => match self.at_once(at, thread, shared) {
                    Next::Op => self.threads[thread.ix()].pc += 1,
                    Next::Wait(reason) => return self.detach(at, thread, core, reason),
                    Next::Raise(why) => return self.raise(at, thread, why),
                },
            }
        }
    }

    /// Does an instruction that takes no time and keeps the GIL, unless it must wait.
    // Seldom, and kept out of the way of what each slice does.
    #[inline(never)]
    fn at_once(&mut self, at: &mut Instant<'_>, thread: ThreadIx, instr: &Instr) -> Next {
        let wait_unless = |got: bool, reason| if got { Next::Op } else { Next::Wait(reason) };
        let raise_unless = |done: bool, why| if done { Next::Op } else { Next::Raise(why) };
        match *instr {
            Instr::Acquire { lock, .. } => {
                let semaphore = at.plan.object(lock).kind == ObjectKind::Semaphore;
                let reason = if semaphore { Reason::ForSemaphore } else { Reason::ForLock };
                wait_unless(self.try_take(at, thread), reason)
            }
            Instr::Wait { object, .. } => {
                let barrier = at.plan.object(object).kind == ObjectKind::Barrier;
                let reason = if barrier { Reason::ForBarrier } else { Reason::ForEvent };
                wait_unless(self.comes_to(at, thread, object), reason)
            }
            Instr::Set { event, .. } => {
                self.set_event(at, thread, event);
                Next::Op
            }
            Instr::Clear { event, .. } => {
                self.objects[event.ix()].items = 0;
                self.act(at, Kind::Clear, thread, Reason::ProgramSays, event.0);
                Next::Op
            }
            Instr::Put { .. } => wait_unless(self.try_take(at, thread), Reason::ForRoom),
            Instr::Get { .. } => wait_unless(self.try_take(at, thread), Reason::ForQueue),
            Instr::Join { thread: other, .. } if !self.can_join(other) => Next::Raise(Reason::NotStartedYet),
            Instr::Join { .. } => wait_unless(self.try_take(at, thread), Reason::ForJoin),
            Instr::Release { lock, .. } => raise_unless(self.release(at, thread, lock), Reason::LockNotHeld),
            Instr::Start { thread: child, .. } if !self.start_thread(at, thread, child) => {
                Next::Raise(Reason::StartedBefore)
            }
            Instr::Start { .. } => wait_unless(self.try_take(at, thread), Reason::ForStart),
            Instr::Spawn { process, .. } => raise_unless(self.spawn(at, thread, process), Reason::StartedBefore),
            _ => Next::Op,
        }
    }

    /// Drops the GIL, if there is one, and does the part of the instruction that needs none.
    fn detach(&mut self, at: &mut Instant<'_>, thread: ThreadIx, core: CoreId, reason: Reason) {
        self.threads[thread.ix()].resume = Resume::Detached;
        if let Some(gil) = at.plan.thread(thread).gil
            && self.drop_gil(at, thread, gil, reason) == Dropped::Forced
        {
            self.force_wait(at, thread, gil);
        } else if self.waits_next(at.plan, thread) {
            self.begin_wait(at, thread);
        } else {
            self.compute(at, thread, core, Reason::NextOp);
        }
    }

    /// Whether the instruction at `pc` waits rather than computes.
    pub(super) fn waits_next(&self, plan: &Plan, thread: ThreadIx) -> bool {
        !matches!(self.instr(plan, thread), Instr::Compute { .. } | Instr::Send { .. })
    }

    /// Phase 3: an I/O, a sleep or a scripted input ends.
    pub(super) fn wait_ends(&mut self, at: &mut Instant<'_>, thread: ThreadIx) {
        let costs = &at.plan.costs;
        let (reason, latency) = match self.thread(thread).place {
            Place::Waiting(Cause::Sleep) => (Reason::SleepEnded, costs.io_end),
            Place::Waiting(Cause::Input) => (Reason::Answered, costs.wake_input),
            _ => (Reason::IoEnded, costs.io_end),
        };
        let instr = *self.instr(at.plan, thread);
        self.wait_over(at.plan, thread);
        self.wake(at, thread, latency, reason, None);
        if let Instr::Io { device: Some(device), .. } = instr {
            self.serve_next(at, thread, device);
        }
    }

    /// Computes what remains of the instruction at `pc`.
    fn compute(&mut self, at: &mut Instant<'_>, thread: ThreadIx, core: CoreId, reason: Reason) {
        let (work, op) = match *self.instr(at.plan, thread) {
            Instr::Compute { work, op, .. } => (work, op),
            Instr::Send { op, .. } => (Work::Native, op),
            _ => return,
        };
        let kind = match work {
            Work::Python => Kind::RunPython,
            Work::Extension => Kind::RunExtension,
            Work::Native => Kind::RunNative,
        };
        let record = self.now(kind, thread, reason).on(core).of(op);
        self.put(at, thread, Place::Running(work), record);
        let now = self.time;
        let state = &mut self.threads[thread.ix()];
        state.burst_start = now;
        let end = now + state.remaining;
        self.bursts.set(core.ix(), end);
        self.begin_slice(at.plan, thread, core);
        if work == Work::Python
            && let Some(gil) = at.plan.thread(thread).gil
        {
            if self.gil(gil).requested_by.is_some() {
                self.look.push(gil);
            }
            self.keep_pace(at.plan, gil);
        }
    }

    /// Takes account of what a running thread has computed; it must leave its core or begin another burst next.
    pub(super) fn stop_burst(&mut self, thread: ThreadIx) {
        if let Place::Running(_) = self.thread(thread).place {
            self.count_burst(thread);
            self.threads[thread.ix()].resume = Resume::Continue;
        }
    }

    /// Wakes a thread: it is ready after `latency`.
    pub(super) fn wake(
        &mut self,
        at: &mut Instant<'_>,
        thread: ThreadIx,
        latency: Dur,
        reason: Reason,
        by: Option<ThreadIx>,
    ) {
        if latency.is_zero() {
            self.timers.clear(thread.ix());
            return self.make_ready(at, thread, reason, by);
        }
        self.threads[thread.ix()].woken_by = (reason, by);
        let record = self.now(Kind::Waking, thread, reason).by(by);
        self.put(at, thread, Place::Waking, record);
        self.timers.set(thread.ix(), self.time + latency);
    }
}
