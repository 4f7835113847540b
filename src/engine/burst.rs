//! How long a thread will compute before the next op at which it may wait: its burst, which SJF and SRTF go by.
//!
//! A simulator knows what textbooks assume to be known. What ends a burst is an op that may wait for something other than
//! the GIL or a core, or the end of the program; not a `yield`, after which the thread wants to compute on.

use super::Work;
use super::code::Instr;
use super::plan::PlanObject;
use super::state::{Place, Resume, ThreadState};
use crate::ids::ObjectIx;
use crate::time::{Dur, Time};

/// What is ahead of an instruction: how much computing, up to an instruction that may wait or to the end of the innermost
/// loop around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ahead {
    /// In nanoseconds; [`u64::MAX`] stands for what never ends.
    sum: u64,
    /// The end of the loop, if nothing before it may wait.
    loop_end: Option<u32>,
}

/// What is ahead of each instruction of a thread. In a Python, who starts a thread waits until it runs.
pub(super) fn ahead(code: &[Instr], python: bool, objects: &[PlanObject]) -> Vec<Ahead> {
    let bounded = |queue: ObjectIx| objects.get(queue.ix()).is_some_and(|o| o.size != u32::MAX);
    const WAITS: Ahead = Ahead { sum: 0, loop_end: None };
    let mut ahead = vec![WAITS; code.len()];
    // The ends of the counted loops around the instruction, the innermost last.
    let mut ends: Vec<u32> = Vec::new();
    for (i, instr) in code.iter().enumerate().rev() {
        let next = ahead.get(i + 1).copied().unwrap_or(WAITS);
        ahead[i] = match *instr {
            Instr::Compute { length, .. } | Instr::Send { length, .. } => {
                Ahead { sum: next.sum.saturating_add(length.ns()), ..next }
            }
            Instr::Start { .. } if !python => next,
            Instr::Put { queue, .. } if !bounded(queue) => next,
            Instr::Release { .. }
            | Instr::Set { .. }
            | Instr::Clear { .. }
            | Instr::Spawn { .. }
            | Instr::Yield { .. } => next,
            Instr::LoopEnd { counter, .. } => {
                ends.extend(counter.map(|_| i as u32));
                Ahead { sum: 0, loop_end: Some(i as u32) }
            }
            Instr::LoopStart { times, .. } => match ends.pop() {
                Some(end) if next.loop_end == Some(end) => passes(next.sum, times.into(), ahead[end as usize + 1]),
                _ => next,
            },
            Instr::Io { .. }
            | Instr::Sleep { .. }
            | Instr::Input { .. }
            | Instr::Acquire { .. }
            | Instr::Wait { .. }
            | Instr::Put { .. }
            | Instr::Get { .. }
            | Instr::Start { .. }
            | Instr::Join { .. }
            | Instr::Receive { .. }
            | Instr::End => WAITS,
        };
    }
    ahead
}

/// So many passes of a loop in which nothing waits, and what is ahead behind it.
const fn passes(pass: u64, times: u64, behind: Ahead) -> Ahead {
    Ahead { sum: pass.saturating_mul(times).saturating_add(behind.sum), ..behind }
}

/// What is ahead of an instruction, out of all loops around it, whose remaining passes are in `counters`.
fn sum(code: &[Instr], ahead: &[Ahead], counters: &[u32], pc: u32) -> u64 {
    let mut at = ahead[pc as usize];
    while let Some(end) = at.loop_end {
        let Instr::LoopEnd { counter, start } = code[end as usize] else { break };
        let pass = ahead[start as usize];
        let more = counter.map(|c| u64::from(counters[c as usize].saturating_sub(1)));
        at = match more {
            Some(0) => passes(at.sum, 1, ahead[end as usize + 1]),
            // A whole pass waits for nothing: so do all.
            Some(more) if pass.loop_end == Some(end) => {
                passes(at.sum, 1, passes(pass.sum, more, ahead[end as usize + 1]))
            }
            None if pass.loop_end == Some(end) => return u64::MAX,
            _ => Ahead { sum: at.sum.saturating_add(pass.sum), loop_end: None },
        };
    }
    at.sum
}

/// A thread's burst from where it is at `now`.
pub(super) fn burst(state: &ThreadState, code: &[Instr], ahead: &[Ahead], counters: &[u32], now: Time) -> Dur {
    let (rest, pc) = match (state.place, state.resume) {
        (Place::Running(Work::Python | Work::Extension | Work::Native), _) => {
            (state.remaining.saturating_sub(now.since(state.burst_start)), state.pc + 1)
        }
        (_, Resume::Continue) => (state.remaining, state.pc + 1),
        // It was woken and is likely to get what it waited for.
        (_, Resume::Retry) => (Dur::ZERO, state.pc + 1),
        _ => (Dur::ZERO, state.pc),
    };
    Dur::from_ns(rest.ns().saturating_add(sum(code, ahead, counters, pc)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ThreadIx;

    const fn compute(ns: u64) -> Instr {
        Instr::Compute { work: Work::Native, length: Dur::from_ns(ns), op: 0 }
    }

    const IO: Instr = Instr::Io { length: Dur::from_ns(5), device: None, op: 0 };

    fn from(code: &[Instr], counters: &[u32], pc: u32) -> u64 {
        sum(code, &ahead(code, true, &[]), counters, pc)
    }

    #[test]
    fn a_burst_goes_up_to_the_next_op_that_may_wait() {
        let code = [compute(3), Instr::Yield { op: 0 }, compute(4), IO, compute(5), Instr::End];
        assert_eq!([0, 1, 2, 3, 4, 5].map(|pc| from(&code, &[], pc)), [7, 4, 4, 0, 5, 0]);
    }

    #[test]
    fn who_starts_a_thread_waits_for_it_only_in_a_python() {
        let code = [compute(3), Instr::Start { thread: ThreadIx(1), op: 0 }, compute(4), Instr::End];
        assert_eq!(sum(&code, &ahead(&code, true, &[]), &[], 0), 3);
        assert_eq!(sum(&code, &ahead(&code, false, &[]), &[], 0), 7);
    }

    #[test]
    fn passes_that_wait_for_nothing_are_multiplied() {
        let code = [
            compute(1),
            Instr::LoopStart { counter: 0, times: 1_000 },
            compute(2),
            Instr::LoopStart { counter: 1, times: 1_000 },
            compute(3),
            Instr::LoopEnd { counter: Some(1), start: 4 },
            Instr::LoopEnd { counter: Some(0), start: 2 },
            compute(4),
            Instr::End,
        ];
        assert_eq!(from(&code, &[0, 0], 0), 1 + 1_000 * (2 + 3_000) + 4);
        // In the inner loop's last pass but one, and the outer one's last but two.
        assert_eq!(from(&code, &[3, 2], 4), 3 + 3 + 2 * 3_002 + 4);
        assert_eq!(from(&code, &[1, 1], 5), 4);
    }

    #[test]
    fn a_loop_that_waits_is_looked_at_up_to_there() {
        let code = [
            Instr::LoopStart { counter: 0, times: 9 },
            compute(1),
            IO,
            compute(2),
            Instr::LoopEnd { counter: Some(0), start: 1 },
            compute(4),
            Instr::End,
        ];
        assert_eq!(from(&code, &[0], 0), 1);
        assert_eq!(from(&code, &[3], 3), 2 + 1);
        assert_eq!(from(&code, &[1], 3), 2 + 4);
    }

    #[test]
    fn endless_computing_is_longer_than_any_other() {
        let waits = [compute(7), compute(1), IO, compute(2), Instr::LoopEnd { counter: None, start: 1 }, Instr::End];
        assert_eq!([0, 3].map(|pc| from(&waits, &[], pc)), [8, 3]);
        let computes = [compute(7), compute(1), Instr::LoopEnd { counter: None, start: 1 }, Instr::End];
        assert_eq!([0, 1, 2].map(|pc| from(&computes, &[], pc)), [u64::MAX; 3]);
        let inside = [
            Instr::LoopStart { counter: 0, times: 2 },
            compute(1),
            Instr::LoopEnd { counter: None, start: 1 },
            Instr::LoopEnd { counter: Some(0), start: 1 },
            Instr::End,
        ];
        assert_eq!(from(&inside, &[2], 0), u64::MAX);
    }
}
