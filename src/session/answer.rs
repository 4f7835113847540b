//! What threads ask the person at the page: who waits for an answer, and answering.

use crate::engine::code::About;
use crate::engine::{Cause, Kind, Place};
use crate::ids::ThreadIx;
use crate::time::Time;

use super::{Effect, Session};

impl Session {
    /// Whether a thread waits for input at the playhead.
    #[must_use]
    pub fn awaits(&self, thread: ThreadIx) -> bool {
        self.machine.thread(thread).place == Place::Waiting(Cause::Input)
    }

    /// The threads that wait for input at the playhead, with what each of them asks; that may be empty.
    #[must_use]
    pub fn awaited(&self) -> Vec<(ThreadIx, String)> {
        let plan = self.run.plan();
        let asks = |t: ThreadIx| {
            let op = self.machine.thread(t).op.and_then(|op| plan.thread(t).ops.get(usize::from(op)));
            match op.map(|op| &op.about) {
                Some(About::Prompt(prompt)) => (t, prompt.clone()),
                _ => (t, String::new()),
            }
        };
        plan.thread_ixs().filter(|t| self.awaits(*t)).map(asks).collect()
    }

    /// Answers the input that a thread waits for at the playhead. An answer that it would get later in the same wait is
    /// replaced by this one.
    pub(super) fn answer(&mut self, thread: ThreadIx, text: String, effects: &mut Vec<Effect>) {
        let Some(found) = self.run.plan().threads.get(thread.ix()) else { return };
        if !self.awaits(thread) {
            effects.push(Effect::Complain(format!("{} waits for no input", found.name)));
            return;
        }
        let since = self.machine.thread(thread).since;
        let until = self.end_of_wait(thread);
        let at = self.judge().after_what_happens_at(self.playhead());
        let edit = self.scenario().with_answer(found.id, text, at, (since, until));
        let generation = self.generation;
        self.apply(edit, effects);
        if self.generation != generation {
            self.playback.seek(at);
        }
    }

    /// When a thread that waits at the playhead goes on, as far as the run is computed.
    fn end_of_wait(&self, thread: ThreadIx) -> Time {
        let later = &self.run.trace()[self.run.records_until(self.playhead())..];
        let by_hand = |kind| matches!(kind, Kind::Intervene | Kind::SkipIntervention);
        let next = later.iter().find(|r| r.thread() == thread && !by_hand(r.kind()));
        next.map_or(Time::NEVER, |r| r.time())
    }
}
