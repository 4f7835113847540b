//! Events and barriers, at which threads meet, and devices, which serve one after the other.
//!
//! Who comes to an event that is not set, or to a barrier before the last, is among its waiters from then on, whatever it
//! must do before it waits: as in CPython, where it is enrolled in a `Condition` with the GIL held. So an event that is set
//! and cleared at once frees all who were there, and they do not look at it again. A barrier can be used again at once; in
//! CPython one who comes back before all have left waits for that first, which costs it another wake-up.

use crate::ids::{ObjectIx, ThreadIx};

use super::code::Instr;
use super::machine::{Instant, Machine};
use super::plan::ObjectKind;
use super::{Cause, Kind, Place, Reason};

impl Machine {
    /// A thread comes to an event or a barrier. True if it need not wait: the event is set, or it is the last at the
    /// barrier, where it frees the others and goes on without giving up the GIL.
    pub(super) fn comes_to(&mut self, at: &mut Instant<'_>, thread: ThreadIx, object: ObjectIx) -> bool {
        let (plan, state) = (at.plan.object(object), &mut self.objects[object.ix()]);
        let reason = match plan.kind {
            ObjectKind::Barrier if state.waiters.len() as u32 + 1 >= plan.size => Reason::AllThere,
            ObjectKind::Event if state.items > 0 => Reason::EventSet,
            _ => {
                state.waiters.push_back(thread);
                return false;
            }
        };
        self.act(at, Kind::Pass, thread, reason, object.0);
        if reason == Reason::AllThere {
            self.free_all(at, thread, object, reason);
        }
        true
    }

    /// Sets an event: all who wait for it go on.
    pub(super) fn set_event(&mut self, at: &mut Instant<'_>, thread: ThreadIx, event: ObjectIx) {
        self.objects[event.ix()].items = 1;
        self.act(at, Kind::Set, thread, Reason::ProgramSays, event.0);
        self.free_all(at, thread, event, Reason::EventSet);
    }

    /// All who wait for an object go on. One in a forced wait will find that it need not wait any more.
    fn free_all(&mut self, at: &mut Instant<'_>, by: ThreadIx, object: ObjectIx, reason: Reason) {
        for waiter in std::mem::take(&mut self.objects[object.ix()].waiters) {
            if let Place::Waiting(_) = self.thread(waiter).place {
                self.free(at, waiter, reason, by);
            }
        }
    }

    /// A waiting thread has what it waits for: it goes on with its next instruction.
    pub(super) fn free(&mut self, at: &mut Instant<'_>, thread: ThreadIx, reason: Reason, by: ThreadIx) {
        self.wait_over(at.plan, thread);
        self.wake(at, thread, at.plan.costs.wake_lock, reason, Some(by));
    }

    /// A thread without the GIL comes to a device: it is served if nobody else is, and otherwise waits behind those before.
    pub(super) fn goes_to(&mut self, at: &mut Instant<'_>, thread: ThreadIx, device: ObjectIx) {
        let state = &mut self.objects[device.ix()];
        let Some(served) = state.holder else { return self.serve(at, thread, device, Reason::OpBegins, None) };
        state.waiters.push_back(thread);
        let Instr::Io { op, .. } = *self.instr(at.plan, thread) else { return };
        let record = self.now(Kind::WaitDevice, thread, Reason::DeviceBusy).by(Some(served)).of(op);
        self.put(at, thread, Place::Waiting(Cause::Device), record);
    }

    /// A device has served a thread: the next is served at once.
    pub(super) fn serve_next(&mut self, at: &mut Instant<'_>, served: ThreadIx, device: ObjectIx) {
        let state = &mut self.objects[device.ix()];
        state.holder = None;
        if let Some(next) = state.waiters.pop_front() {
            self.serve(at, next, device, Reason::DeviceFree, Some(served));
        }
    }

    fn serve(
        &mut self,
        at: &mut Instant<'_>,
        thread: ThreadIx,
        device: ObjectIx,
        reason: Reason,
        after: Option<ThreadIx>,
    ) {
        let Instr::Io { length, op, .. } = *self.instr(at.plan, thread) else { return };
        self.objects[device.ix()].holder = Some(thread);
        let record = self.now(Kind::WaitIo, thread, reason).by(after).of(op);
        self.put(at, thread, Place::Waiting(Cause::Io), record);
        self.timers.set(thread.ix(), self.time + length);
    }
}
