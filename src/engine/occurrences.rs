//! When a thread does which of its ops. The trace does not name ops that take no time, and one op may be done many times; so
//! this plays a stretch of the run again and watches one thread.

use super::code::Instr;
use super::state::Resume;
use super::{Place, Reason, Run, ThreadState};
use crate::ids::ThreadIx;
use crate::time::Time;

/// One time that a thread does an op.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The op, counted as in [`super::plan::PlanThread::ops`]; never a loop.
    pub op: u16,
    /// When it begins; of one that had begun before, some instant up to the beginning of the stretch.
    pub start: Time,
    /// When it is over, what it needed to wait for included; [`Time::NEVER`] while it lasts at the end of the stretch.
    pub end: Time,
}

impl Run {
    /// What a thread does from one instant to another, in order; `None` if more than so many records would have to be gone
    /// through. A run that is not computed so far is looked at to where it is.
    #[must_use]
    pub fn occurrences(&self, thread: ThreadIx, from: Time, to: Time, records: usize) -> Option<Vec<Occurrence>> {
        let (mut machine, mut seen) = self.checkpoint(from);
        if self.records_until(to).saturating_sub(seen) > records {
            return None;
        }
        let (plan, trace, to) = (self.plan(), self.trace(), to.min(self.end()));
        let mut watch = Watch::new(&plan.thread(thread).code, machine.counters.clone(), machine.thread(thread));
        watch.start = machine.time();
        while machine.next_instant().is_some_and(|next| next <= to) {
            machine.settle_next(plan, None);
            let now = machine.time();
            let mut begins = false;
            while let Some(record) = trace.get(seen).filter(|r| r.time() <= now) {
                let first = matches!(record.reason(), Reason::NextOp | Reason::OpBegins | Reason::DeviceBusy);
                begins |= record.thread() == thread && first;
                seen += 1;
            }
            watch.step(now, machine.thread(thread), begins);
        }
        let mut found = watch.finish();
        found.retain(|o| o.end >= from);
        Some(found)
    }
}

/// Follows a thread through its code.
struct Watch<'a> {
    code: &'a [Instr],
    counters: Box<[u32]>,
    found: Vec<Occurrence>,
    pc: u32,
    /// Whether the instruction at `pc` has begun; else it is about to.
    inside: bool,
    /// When it began.
    start: Time,
    /// Whether what it does there has begun.
    begun: bool,
}

impl<'a> Watch<'a> {
    fn new(code: &'a [Instr], counters: Box<[u32]>, state: &ThreadState) -> Self {
        let inside = is_inside(state);
        Self { code, counters, found: Vec::new(), pc: state.pc, inside, start: Time::ZERO, begun: inside }
    }

    /// An instant has settled, at which the thread may have begun what it does.
    fn step(&mut self, now: Time, state: &ThreadState, begins: bool) {
        let (pc, inside) = (state.pc, is_inside(state));
        if self.inside {
            let goes_on = pc == self.pc && inside && !(begins && self.begun);
            if goes_on {
                self.begun |= begins;
                return;
            }
            self.push(self.pc, self.start, now);
            self.pc += 1;
        }
        self.pass(pc, now);
        (self.pc, self.inside, self.start, self.begun) = (pc, inside, now, begins);
    }

    /// Goes on to an instruction. What lies between took no time.
    fn pass(&mut self, to: u32, now: Time) {
        // A pass through a loop takes time, so there is none that goes round more than once.
        for _ in 0..2 * self.code.len() {
            if self.pc == to {
                return;
            }
            self.pc = match self.code[self.pc as usize] {
                Instr::LoopStart { counter, times } => {
                    self.counters[counter as usize] = times;
                    self.pc + 1
                }
                Instr::LoopEnd { counter: None, start } => start,
                Instr::LoopEnd { counter: Some(counter), start } => {
                    let left = &mut self.counters[counter as usize];
                    *left = left.saturating_sub(1);
                    if *left > 0 { start } else { self.pc + 1 }
                }
                Instr::End => return,
                _ => {
                    self.push(self.pc, now, now);
                    self.pc + 1
                }
            };
        }
    }

    fn push(&mut self, pc: u32, start: Time, end: Time) {
        if let Some(op) = self.code[pc as usize].op() {
            self.found.push(Occurrence { op, start, end });
        }
    }

    fn finish(mut self) -> Vec<Occurrence> {
        if self.inside {
            self.push(self.pc, self.start, Time::NEVER);
        }
        self.found
    }
}

/// Whether a thread is at its instruction, and not only about to begin it.
fn is_inside(state: &ThreadState) -> bool {
    matches!(state.place, Place::Running(_)) || state.resume != Resume::Begin && state.place != Place::Finished
}
