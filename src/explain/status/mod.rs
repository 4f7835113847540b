//! What a thread is doing at one instant, what it waits for, who holds that, and what will make it go on.

mod cores;
mod gil;
mod somebody;

use super::teller::{at, gil_name, len};
use super::{the_object, thread_name};
use crate::engine::code::About;
use crate::engine::{Cause, Machine, Place, Plan, Reason, Run, ThreadState};
use crate::ids::{GilIx, ObjectIx, ThreadIx};
use crate::time::Time;

/// What a thread is doing, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// What it is doing and since when: “Wants the GIL since 10.12 ms.”
    pub headline: String,
    /// What it waits for, who holds that, and what will make it go on.
    pub detail: String,
}

/// What `thread` is doing at `now`. `machine` is the state of `run` at `now`: nothing happens between its time and `now`.
#[must_use]
pub fn status(run: &Run, machine: &Machine, thread: ThreadIx, now: Time) -> Status {
    let ask = Ask { run, plan: run.plan(), machine, thread, state: machine.thread(thread), now };
    let (headline, detail) = match ask.state.place {
        Place::NotStarted => ask.not_started(),
        Place::Ready => ask.ready(),
        Place::SwitchingIn => ask.switching_in(),
        Place::Running(work) => ask.running(work),
        Place::Waking => ask.waking(),
        Place::WantsGil => ask.wants_gil(),
        Place::ForcedWait => ask.forced_wait(),
        Place::Waiting(cause) => ask.waiting(cause),
        Place::Finished => ask.finished(),
    };
    Status { headline, detail: detail.join(" ") }
}

struct Ask<'a> {
    run: &'a Run,
    plan: &'a Plan,
    machine: &'a Machine,
    thread: ThreadIx,
    state: &'a ThreadState,
    now: Time,
}

/// A headline and the sentences of the detail.
type Said = (String, Vec<String>);

impl Ask<'_> {
    fn name(&self, thread: ThreadIx) -> String {
        thread_name(self.plan, thread)
    }

    fn who(&self) -> String {
        self.name(self.thread)
    }

    fn since(&self) -> String {
        at(self.state.since)
    }

    fn gil(&self) -> Option<GilIx> {
        self.plan.thread(self.thread).gil
    }

    fn the_gil(&self) -> String {
        gil_name(self.plan, self.gil())
    }

    /// What its op is about.
    fn about(&self) -> Option<&About> {
        self.state.op.map(|op| &self.plan.thread(self.thread).ops[usize::from(op)].about)
    }

    /// The shared thing that its op is about.
    fn object(&self) -> Option<ObjectIx> {
        if let Some(About::Object(object)) = self.about() { Some(*object) } else { None }
    }

    fn core(&self) -> String {
        self.state.core.map_or_else(|| "a core".to_owned(), |c| format!("core {}", c.0))
    }

    /// When the thread's timer is due, for a sentence.
    fn due(&self) -> String {
        self.machine.timer(self.thread).map_or_else(|| "some time".to_owned(), at)
    }

    fn process(&self) -> &str {
        &self.plan.process(self.plan.thread(self.thread).process).name
    }

    fn not_started(&self) -> Said {
        let plan = self.plan.thread(self.thread);
        let when = match self.machine.timer(self.thread) {
            Some(start) => format!("It starts at {}.", at(start)),
            None if plan.with_process.is_some() => format!("It starts when {} is spawned.", self.process()),
            None => "It starts when another thread starts it.".to_owned(),
        };
        ("Has not started yet.".to_owned(), vec![when])
    }

    fn finished(&self) -> Said {
        let started = self.run.lanes().started(self.thread).unwrap_or_default();
        let life = len(self.state.since.since(started));
        let end = self.run.lanes().thread(self.thread).last().map(|s| self.run.trace()[s.record as usize].reason());
        let python = self.plan.process(self.plan.thread(self.thread).process).python;
        let (ended, over) = match (end, python) {
            (Some(Reason::Raised), true) => ("Ended", "An exception that nothing caught ended it"),
            (Some(Reason::Raised), false) => ("Ended", "A mistake ended it"),
            _ => ("Finished", "Its program is over"),
        };
        (
            format!("{ended} at {}.", self.since()),
            vec![format!("{over}, {life} after its start. It needs nothing any more.")],
        )
    }

    fn waiting(&self, cause: Cause) -> Said {
        let what = match cause {
            Cause::Io => "The I/O",
            Cause::Sleep => "The sleep",
            _ => return self.waiting_for_somebody(cause),
        };
        let headline = match cause {
            Cause::Sleep => format!("Sleeps since {}.", self.since()),
            _ => match self.object() {
                Some(device) => format!("Is served by {} since {}.", the_object(self.plan, device), self.since()),
                None => format!("Waits for I/O since {}.", self.since()),
            },
        };
        let then = self.then_needs();
        (headline, vec![format!("{what} is over at {}; then it needs {then}.", self.due()), self.without()])
    }

    /// What it needs once it has what it waits for.
    fn then_needs(&self) -> String {
        if self.gil().is_some() { format!("a core and {}", self.the_gil()) } else { "a core".to_owned() }
    }

    fn without(&self) -> String {
        match self.gil() {
            Some(_) => format!("Meanwhile it needs no core and does not hold {}.", self.the_gil()),
            None => "Meanwhile it needs no core.".to_owned(),
        }
    }
}
