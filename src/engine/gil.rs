//! CPython's GIL since 3.2: `take_gil` and `drop_gil` of `Python/ceval_gil.c` as specified in
//! `tests/reference/gil-semantics.md` section 1.

use crate::ids::{GilIx, ThreadIx};
use crate::time::Time;

use super::machine::{Instant, Machine};
use super::state::Came;
use super::{Kind, Reason};
use super::{Place, Work};

/// What became of a drop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dropped {
    /// The thread goes on without the GIL.
    GoOn,
    /// A request was pending: the thread waits until another has taken the GIL.
    Forced,
}

impl Machine {
    /// A thread on a core looks for the GIL. True if it has it now; otherwise it has left the core and waits.
    ///
    /// A waiter whose whole interval passed asks the holder to drop it, but only if nobody switched since its wait began.
    /// Any wait is a fresh one: whole interval, new snapshot, tail of the queue.
    pub(super) fn look_for_gil(&mut self, at: &mut Instant<'_>, thread: ThreadIx, gil: GilIx, came: Came) -> bool {
        if matches!(came, Came::Signalled | Came::AtCheck) {
            self.gils[gil.ix()].signalled -= 1;
        }
        let state = &self.gils[gil.ix()];
        let Some(holder) = state.holder else {
            let reason = match came {
                Came::Signalled | Came::AtCheck => Reason::AfterSignal,
                Came::Fresh | Came::TimedOut if state.signalled > 0 => Reason::Barged,
                Came::Fresh | Came::TimedOut => Reason::GilFree,
            };
            self.take_gil(at, thread, gil, reason);
            return true;
        };
        if at.plan.gil(gil).ticks().is_some()
            && let Some(reason) = self.beats_holder(at.plan, thread, holder, came)
        {
            self.lose_gil(at, holder, gil, thread);
            self.take_gil(at, thread, gil, reason);
            if reason == Reason::WonRace {
                self.wait_for_gil(at, holder, gil, Reason::LostAtCheck);
            }
            return true;
        }
        let reason = match came {
            Came::Fresh => Reason::GilHeld,
            Came::Signalled | Came::AtCheck => Reason::LostRace,
            Came::TimedOut if state.switch_number == self.thread(thread).snapshot => {
                self.request_gil(at, thread, gil, holder);
                Reason::AfterRequest
            }
            Came::TimedOut => Reason::SwitchSeen,
        };
        self.wait_for_gil(at, thread, gil, reason);
        false
    }

    fn take_gil(&mut self, at: &mut Instant<'_>, thread: ThreadIx, gil: GilIx, reason: Reason) {
        let time = self.time;
        let state = &mut self.gils[gil.ix()];
        let before = state.last_holder;
        state.holder = Some(thread);
        state.taken_at = time;
        state.requested_by = None;
        if before != Some(thread) {
            state.last_holder = Some(thread);
            state.switch_number += 1;
        }
        let forced = state.forced.take();
        self.threads[thread.ix()].needs_gil = None;
        let mut record = self.now(Kind::TakeGil, thread, reason).by(before).of(gil.0);
        if let Some(core) = self.thread(thread).core {
            record = record.on(core);
        }
        at.record(record);
        if let Some(forced) = forced {
            self.free_dropper(at, forced, gil, thread);
        }
    }

    /// The forced dropper goes on, at no cost: its restart is part of the cost `late_timeout`.
    fn free_dropper(&mut self, at: &mut Instant<'_>, forced: ThreadIx, gil: GilIx, taker: ThreadIx) {
        if self.thread(forced).needs_gil.is_some() {
            self.wait_for_gil(at, forced, gil, Reason::GilHeld);
        } else if self.waits_next(at.plan, forced) {
            self.begin_wait(at, forced);
        } else {
            self.make_ready(at, forced, Reason::Freed, Some(taker));
        }
    }

    fn request_gil(&mut self, at: &mut Instant<'_>, thread: ThreadIx, gil: GilIx, holder: ThreadIx) {
        self.gils[gil.ix()].requested_by.get_or_insert(thread);
        at.record(self.now(Kind::RequestGil, thread, Reason::NoSwitchSeen).by(Some(holder)).of(gil.0));
        self.look.push(gil);
    }

    fn wait_for_gil(&mut self, at: &mut Instant<'_>, thread: ThreadIx, gil: GilIx, reason: Reason) {
        let holder = self.gils[gil.ix()].holder;
        let record = self.now(Kind::WantsGil, thread, reason).by(holder).of(gil.0);
        self.put(at, thread, Place::WantsGil, record);
        let interval = at.plan.gil(gil).switch_interval();
        let deadline = interval.map_or(Time::NEVER, |i| self.time + i + at.plan.costs.late_timeout);
        self.timers.set(thread.ix(), deadline);
        self.threads[thread.ix()].snapshot = self.gils[gil.ix()].switch_number;
        self.gils[gil.ix()].waiters.push_back(thread);
        self.keep_pace(at.plan, gil);
    }

    /// Phase 5: a waiter's interval is over; it leaves the queue and needs a core to look.
    pub(super) fn gil_deadline(&mut self, at: &mut Instant<'_>, thread: ThreadIx) {
        if let Some(gil) = at.plan.thread(thread).gil {
            if at.plan.gil(gil).ticks().is_some() {
                return self.woken_at_check(at, thread, gil);
            }
            let waiters = &mut self.gils[gil.ix()].waiters;
            if let Some(i) = waiters.iter().position(|t| *t == thread) {
                waiters.remove(i);
            }
        }
        self.threads[thread.ix()].needs_gil = Some(Came::TimedOut);
        self.make_ready(at, thread, Reason::GilTimeout, None);
    }

    /// Unlocks the GIL and signals the first waiter. The signal is no hand-over: whoever is on a core first takes it.
    pub(super) fn drop_gil(&mut self, at: &mut Instant<'_>, thread: ThreadIx, gil: GilIx, reason: Reason) -> Dropped {
        let state = &mut self.gils[gil.ix()];
        state.holder = None;
        state.last_holder = Some(thread);
        let asked = state.requested_by.take();
        let waiter = state.waiters.pop_front();
        state.race_left = None;
        let forced = asked.is_some() && reason != Reason::ProgramOver;
        if forced {
            state.forced = Some(thread);
        }
        let mut record = self.now(Kind::DropGil, thread, reason).by(asked).of(gil.0);
        if let Some(core) = self.thread(thread).core {
            record = record.on(core);
        }
        at.record(record);
        if let Some(waiter) = waiter {
            self.gils[gil.ix()].signalled += 1;
            self.threads[waiter.ix()].needs_gil = Some(Came::Signalled);
            self.wake(at, waiter, at.plan.costs.hand_off, Reason::GilSignalled, Some(thread));
        }
        if forced { Dropped::Forced } else { Dropped::GoOn }
    }

    /// The dropper leaves its core until another thread has taken the GIL.
    pub(super) fn force_wait(&mut self, at: &mut Instant<'_>, thread: ThreadIx, gil: GilIx) {
        let asked = self.gils[gil.ix()].waiters.front().copied();
        let record = self.now(Kind::ForcedWait, thread, Reason::HandShake).by(asked).of(gil.0);
        self.put(at, thread, Place::ForcedWait, record);
    }

    /// The holder drops the GIL because it was asked to, and wants it again as soon as another thread has taken it.
    pub(super) fn drop_on_request(&mut self, at: &mut Instant<'_>, holder: ThreadIx, gil: GilIx) {
        self.threads[holder.ix()].needs_gil = Some(Came::Fresh);
        self.drop_gil(at, holder, gil, Reason::Requested);
        self.force_wait(at, holder, gil);
    }

    /// Phase 6: holders that run bytecode drop a requested GIL at once; others see the request when they next do.
    pub(super) fn requests_seen(&mut self, at: &mut Instant<'_>) {
        let mut look = std::mem::take(&mut self.look);
        // In order of the GILs; a scenario has 64 at most.
        while let Some(gil) = look.iter().min().copied() {
            look.retain(|other| *other != gil);
            let state = &self.gils[gil.ix()];
            let (Some(holder), Some(_)) = (state.holder, state.requested_by) else { continue };
            if self.thread(holder).place != Place::Running(Work::Python) {
                continue;
            }
            self.stop_burst(holder);
            self.drop_on_request(at, holder, gil);
        }
        // Nothing was pushed meanwhile; give the allocation back.
        self.look = look;
    }
}
