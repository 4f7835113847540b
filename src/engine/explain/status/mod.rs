//! What a thread is doing at one instant, what it waits for, who holds that, and what will make it go on.

mod cores;
mod gil;

use super::teller::{at, gil_name, len};
use super::thread_name;
use crate::engine::state::ThreadState;
use crate::engine::{Cause, Machine, Place, Plan, Run};
use crate::ids::{GilIx, ThreadIx};
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
        let start = at(self.plan.thread(self.thread).start);
        ("Has not started yet.".to_owned(), vec![format!("It starts at {start}.")])
    }

    fn finished(&self) -> Said {
        let life = len(self.state.since.since(self.plan.thread(self.thread).start));
        (
            format!("Finished at {}.", self.since()),
            vec![format!("Its program is over, {life} after its start. It needs nothing any more.")],
        )
    }

    fn waiting(&self, cause: Cause) -> Said {
        let (headline, what) = match cause {
            Cause::Io => (format!("Waits for I/O since {}.", self.since()), "The I/O"),
            Cause::Sleep => (format!("Sleeps since {}.", self.since()), "The sleep"),
        };
        let (without, then) = match self.gil() {
            Some(_) => {
                let gil = self.the_gil();
                (format!("Meanwhile it needs no core and does not hold {gil}."), format!("a core and {gil}"))
            }
            None => ("Meanwhile it needs no core.".to_owned(), "a core".to_owned()),
        };
        (headline, vec![format!("{what} is over at {}; then it needs {then}.", self.due()), without])
    }
}
