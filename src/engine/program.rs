//! What a thread does on its core: its program, op by op.

use crate::ids::{CoreId, ThreadIx};
use crate::time::Dur;

use super::gil::Dropped;
use super::machine::{Instant, Machine};
use super::plan::{Instr, Plan};
use super::state::{Came, Resume};
use super::{Cause, Place, Work};
use super::{Kind, Reason};

impl Machine {
    /// Phase 2: the switch to a thread is over, or its burst.
    pub(super) fn burst_ends(&mut self, at: &mut Instant<'_>, core: CoreId) {
        let Some(thread) = self.core(core).thread else { return };
        let state = &mut self.threads[thread.ix()];
        if let Place::Running(work) = state.place {
            state.pc += 1;
            state.resume = Resume::Begin;
            if work == Work::Native && at.plan.thread(thread).gil.is_some() {
                state.needs_gil = Some(Came::Fresh);
            }
            // A call that kept the GIL returns to the interpreter, which looks for a request.
            if work == Work::Extension
                && let Some(gil) = at.plan.thread(thread).gil
                && self.gil(gil).requested_by.is_some()
            {
                return self.drop_on_request(at, thread, gil);
            }
        }
        self.go_on(at, thread, core);
    }

    /// A thread on a core goes on until it computes or leaves.
    fn go_on(&mut self, at: &mut Instant<'_>, thread: ThreadIx, core: CoreId) {
        if let (Some(came), Some(gil)) = (self.thread(thread).needs_gil, at.plan.thread(thread).gil)
            && !self.look_for_gil(at, thread, gil, came)
        {
            return;
        }
        match self.thread(thread).resume {
            Resume::Begin => self.begin(at, thread, core),
            Resume::Continue => self.compute(at, thread, core, Reason::Resumes),
            Resume::Detached => self.compute(at, thread, core, Reason::NextOp),
        }
    }

    /// Begins the instruction at `pc`, and those behind it that take no time.
    fn begin(&mut self, at: &mut Instant<'_>, thread: ThreadIx, core: CoreId) {
        let code = &at.plan.thread(thread).code;
        loop {
            let state = &mut self.threads[thread.ix()];
            match code[state.pc as usize] {
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
                Instr::Compute { work, length, op } => {
                    state.op = Some(op);
                    state.remaining = length;
                    return self.begin_compute(at, thread, core, work);
                }
                Instr::Io { op, .. } => {
                    state.op = Some(op);
                    return self.detach(at, thread, core, Reason::ForIo);
                }
                Instr::Sleep { op, .. } => {
                    state.op = Some(op);
                    return self.detach(at, thread, core, Reason::ForSleep);
                }
                Instr::End => return self.finish(at, thread),
            }
        }
    }

    fn begin_compute(&mut self, at: &mut Instant<'_>, thread: ThreadIx, core: CoreId, work: Work) {
        if work == Work::Native {
            self.detach(at, thread, core, Reason::ForNative);
        } else {
            self.compute(at, thread, core, Reason::NextOp);
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
        let code = &plan.thread(thread).code;
        matches!(code[self.thread(thread).pc as usize], Instr::Io { .. } | Instr::Sleep { .. })
    }

    /// Begins the wait of the I/O or sleep at `pc`; its length counts from now.
    pub(super) fn begin_wait(&mut self, at: &mut Instant<'_>, thread: ThreadIx) {
        let (cause, kind, length, op) = match at.plan.thread(thread).code[self.thread(thread).pc as usize] {
            Instr::Io { length, op } => (Cause::Io, Kind::WaitIo, length, op),
            Instr::Sleep { length, op } => (Cause::Sleep, Kind::WaitSleep, length, op),
            _ => return,
        };
        let record = self.now(kind, thread, Reason::OpBegins).of(op);
        self.put(at, thread, Place::Waiting(cause), record);
        self.timers.set(thread.ix(), self.time + length);
    }

    /// Phase 3: an I/O or a sleep ends.
    pub(super) fn wait_ends(&mut self, at: &mut Instant<'_>, thread: ThreadIx) {
        let state = &mut self.threads[thread.ix()];
        let reason = match state.place {
            Place::Waiting(Cause::Sleep) => Reason::SleepEnded,
            _ => Reason::IoEnded,
        };
        state.pc += 1;
        state.resume = Resume::Begin;
        state.needs_gil = at.plan.thread(thread).gil.map(|_| Came::Fresh);
        self.wake(at, thread, at.plan.costs.io_end, reason, None);
    }

    /// Computes what remains of the instruction at `pc`.
    fn compute(&mut self, at: &mut Instant<'_>, thread: ThreadIx, core: CoreId, reason: Reason) {
        let Instr::Compute { work, op, .. } = at.plan.thread(thread).code[self.thread(thread).pc as usize] else {
            return;
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
            && self.gil(gil).requested_by.is_some()
        {
            self.look.push(gil);
        }
    }

    /// Takes account of what a running thread has computed; it must leave its core or begin another burst next.
    pub(super) fn stop_burst(&mut self, thread: ThreadIx) {
        let now = self.time;
        let state = &mut self.threads[thread.ix()];
        if let Place::Running(_) = state.place {
            state.remaining -= now - state.burst_start;
            state.resume = Resume::Continue;
        }
    }

    fn finish(&mut self, at: &mut Instant<'_>, thread: ThreadIx) {
        self.threads[thread.ix()].op = None;
        if let Some(gil) = at.plan.thread(thread).gil {
            self.drop_gil(at, thread, gil, Reason::ProgramOver);
        }
        let record = self.now(Kind::Finished, thread, Reason::ProgramOver);
        self.put(at, thread, Place::Finished, record);
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
