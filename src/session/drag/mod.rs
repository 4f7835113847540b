//! What dropping a thread, a flag, an op or its edge somewhere would do, or why it would do nothing. Without pixels, so a drag, the menu and
//! the keyboard do exactly the same.
//!
//! `thread`, `group`, `flag`, `op` and `tool` judge what is carried, `places` knows where it can go and what those places are
//! called.

mod flag;
mod group;
mod op;
mod places;
mod thread;
mod tool;

use crate::engine::{Machine, Run};
use crate::explain;
use crate::ids::ThreadIx;
use crate::scenario::{Edit, Problem, Scenario};
use crate::scene::{Carried, DropSays, DropTarget};
use crate::time::{Dur, Time};

/// What a drop does.
#[derive(Clone, Debug, PartialEq)]
pub struct Drop {
    /// The scenario after it, with a name for the undo button.
    pub edit: Edit,
    /// What it does, in words for the ghost: “run zip here now; etl goes to the head of the queue”.
    pub says: String,
    /// Where the playhead stands after it: where it was, or at the intervention, which is at most 1 ns later.
    pub playhead: Time,
}

/// What a drop is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'a> {
    /// The scenario as it is.
    pub scenario: &'a Scenario,
    /// Its run, computed at least to the playhead.
    pub run: &'a Run,
    /// The state at the playhead.
    pub machine: &'a Machine,
    /// The instant at which it is dropped.
    pub playhead: Time,
}

impl Judge<'_> {
    /// What dropping something on a target would do.
    ///
    /// # Errors
    /// Why it would do nothing: “T3 wants the GIL; a core would not help”.
    pub fn drop(&self, what: Carried, target: DropTarget) -> Result<Drop, String> {
        match what {
            Carried::Thread(thread) => self.drop_thread(thread, target),
            Carried::Flag(flag) => self.drop_flag(flag, target),
            Carried::Op(op) => self.drop_op(op, target),
            Carried::OpEdge(op) => self.drop_edge(op, target),
            Carried::Threads(threads) => self.drop_threads(threads, target),
            Carried::Copies(threads) => self.drop_copies(threads, target),
            Carried::New(tool) => self.drop_new(tool, target),
        }
    }

    /// The same in words.
    #[must_use]
    pub fn says(&self, what: Carried, target: DropTarget) -> DropSays {
        match self.drop(what, target) {
            Ok(drop) => DropSays::Change(drop.says),
            Err(reason) => DropSays::Refused(reason),
        }
    }

    /// When an intervention at an instant of the run takes effect.
    ///
    /// Interventions come first within an instant, so one at an instant at which something else happens would come before
    /// what the user sees there, and could change it. One nanosecond later it comes after, and the past stays as it is.
    pub(super) fn after_what_happens_at(&self, time: Time) -> Time {
        let until = self.run.records_until(time);
        let taken = self.run.trace()[..until].last().is_some_and(|r| r.time() == time);
        if taken { time + Dur::from_ns(1) } else { time }
    }

    /// Why an edit of a thread is refused, in a sentence about the thread: a copy that does not exist yet has no name to be
    /// told by.
    fn because(&self, thread: ThreadIx, problem: &Problem) -> String {
        match problem.place.starts_with("thread “") && !problem.place.contains(',') {
            true => format!("{} {}", self.thread_name(thread), problem.what),
            false => problem.to_string(),
        }
    }

    /// The name of a thread, with its process where another one of that name is meant as well.
    fn thread_name(&self, thread: ThreadIx) -> String {
        explain::thread_name(self.run.plan(), thread)
    }
}
