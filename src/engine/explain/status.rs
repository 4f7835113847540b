//! What a thread is doing at one instant, what it waits for, who holds that, and what will make it go on.

use super::teller::{at, gil_name, len, list, part, wanting_since};
use super::thread_name;
use crate::engine::policy::rules;
use crate::engine::state::{Came, ThreadState};
use crate::engine::{Cause, Machine, Place, Plan, Reason, Run, Work};
use crate::ids::{CoreId, GilIx, ThreadIx};
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

    fn ready(&self) -> Said {
        let mut detail = vec![self.in_queue()];
        detail.extend(self.next_core());
        if self.machine.holds_gil(self.plan, self.thread) {
            detail.push(self.holds_though_off());
        } else if self.machine.needs_gil(self.thread) {
            detail.push(match self.state.needs_gil {
                Some(Came::TimedOut) => {
                    format!("It waited a whole switch interval for {}; once on a core it looks again.", self.the_gil())
                }
                Some(Came::Signalled) => format!(
                    "It was signalled that {} is free; once on a core it takes it, unless another thread is faster.",
                    self.the_gil()
                ),
                _ => format!("Once on a core it also needs {}{}.", self.the_gil(), self.held_by()),
            });
        }
        (format!("Ready since {}: waits for a core.", self.since()), detail)
    }

    fn in_queue(&self) -> String {
        let queue: Vec<ThreadIx> = self.machine.ready().collect();
        let place = queue.iter().position(|t| *t == self.thread).map_or(0, |i| i + 1);
        match queue.len() {
            1 => "It is alone in the ready queue.".to_owned(),
            n => format!("It is number {place} of {n} in the ready queue."),
        }
    }

    /// Who is on the cores that it may run on, and what will free one.
    fn next_core(&self) -> Vec<String> {
        let allowed: Vec<CoreId> =
            self.plan.core_ids().filter(|c| self.plan.thread(self.thread).cores.allows(*c)).collect();
        let taken: Vec<String> = allowed
            .iter()
            .filter_map(|c| Some(format!("{} is on core {}", self.name(self.machine.core(*c).thread?), c.0)))
            .collect();
        let mut said = Vec::new();
        if !taken.is_empty() {
            let only = if allowed.len() < usize::from(self.plan.cores) { ", and it may run nowhere else" } else { "" };
            said.push(format!("{}{only}.", list(&taken)));
        }
        let slice = |c: &CoreId| Some((self.machine.slice_end(*c)?, *c));
        match allowed.iter().filter_map(slice).min() {
            Some((end, core)) => {
                said.push(format!("A slice ends on core {} at {}, if not something earlier.", core.0, at(end)))
            }
            None if rules(&self.plan.policy).slice().is_none() => said.push(format!(
                "Under {} a thread keeps its core until it blocks or ends.",
                rules(&self.plan.policy).name()
            )),
            None => {}
        }
        said
    }

    fn holds_though_off(&self) -> String {
        format!(
            "It was taken off its core and still holds {}, so no other thread of {} can run Python.",
            self.the_gil(),
            self.process()
        )
    }

    /// “, which T1 holds”, or nothing.
    fn held_by(&self) -> String {
        self.holder().map_or_else(String::new, |h| format!(", which {} holds", self.name(h)))
    }

    fn holder(&self) -> Option<ThreadIx> {
        self.machine.gil(self.gil()?).holder
    }

    fn switching_in(&self) -> Said {
        let core = self.core();
        let end = self.state.core.map_or(Time::NEVER, |c| self.machine.bursts.get(c.ix()));
        let mut detail = vec![format!("The switch costs time and is over at {}; then it goes on.", at(end))];
        if self.machine.needs_gil(self.thread) {
            detail.push(format!("It then needs {}{}.", self.the_gil(), self.held_by()));
        }
        (format!("Is being put on {core} since {}.", self.since()), detail)
    }

    fn running(&self, work: Work) -> Said {
        let core = self.core();
        let what = match work {
            Work::Python => "Python",
            Work::Extension => "C code",
            Work::Native => "native code",
        };
        let mut detail = Vec::new();
        if let Some((done, length)) = self.machine.progress(self.plan, self.thread, self.now) {
            detail.push(format!("It has done {}.", part(done, length)));
        }
        detail.extend(self.gil_while_running(work));
        if let Some(end) = self.state.core.and_then(|c| self.machine.slice_end(c)) {
            detail.push(format!("Its slice ends at {}; alone, it gets a new one.", at(end)));
        }
        (format!("Runs {what} on {core} since {}.", self.since()), detail)
    }

    fn gil_while_running(&self, work: Work) -> Vec<String> {
        let Some(gil) = self.gil() else { return vec![format!("{} has no GIL.", self.process())] };
        let (the_gil, state) = (self.the_gil(), self.machine.gil(gil));
        if work == Work::Native {
            return vec![format!("It does not hold {the_gil}: another thread can run Python at the same time.")];
        }
        let mut said = vec![format!("It holds {the_gil} since {}.", at(state.taken_at))];
        match state.requested_by {
            Some(asker) => {
                said.push(format!("{} has asked for it; this code drops the GIL only at its end.", self.name(asker)));
            }
            None => said.extend(state.waiters.iter().copied().min_by_key(|w| self.machine.timer(*w)).map(|next| {
                let when = self.machine.timer(next).map_or_else(String::new, |t| format!(" at {}", at(t)));
                format!("{} wants it and looks again{when}.", self.name(next))
            })),
        }
        said
    }

    fn waking(&self) -> Said {
        let (reason, cause) = self.state.woken_by;
        let cause = cause.map_or_else(|| "Another thread".to_owned(), |c| self.name(c));
        let mut detail = vec![match reason {
            Reason::GilSignalled => format!("{cause} released {} and signalled it.", self.the_gil()),
            Reason::SleepEnded => "Its sleep is over.".to_owned(),
            _ => "Its I/O is over.".to_owned(),
        }];
        detail.push(format!("It is ready at {}, and then needs a core.", self.due()));
        if self.gil().is_some() {
            detail.push(match (reason, self.holder()) {
                (_, Some(holder)) => format!("{} holds {} now.", self.name(holder), self.the_gil()),
                (Reason::GilSignalled, None) => {
                    "The signal is no hand-over: whoever is on a core first takes the GIL.".to_owned()
                }
                (_, None) => format!("Nobody holds {} now.", self.the_gil()),
            });
        }
        (format!("Waking since {}.", self.since()), detail)
    }

    fn wants_gil(&self) -> Said {
        let who = self.who();
        let records = self.run.records_until(self.now);
        let since = wanting_since(self.run, self.thread, records).unwrap_or(self.state.since);
        let mut detail = Vec::new();
        let Some(gil) = self.gil() else { return (format!("Wants the GIL since {}.", at(since)), detail) };
        let state = self.machine.gil(gil);
        match state.holder {
            Some(holder) => {
                let holder = self.name(holder);
                detail.push(format!("{holder} holds it."));
                detail.push(self.will_ask(&holder, state.requested_by, state.switch_number));
            }
            None => detail.push(format!(
                "Nobody holds it now, but another waiter was signalled; if {who} is not, it looks at {}.",
                self.due()
            )),
        }
        if let Some(core) = self.idle_core() {
            detail.push(format!("Core {} being free does not help.", core.0));
        } else if let Some(other) = self.plan.core_ids().find(|c| self.is_elsewhere(*c)) {
            detail.push(format!("Core {} being free would not help.", other.0));
        }
        (format!("Wants {} since {}.", self.the_gil(), at(since)), detail)
    }

    /// What happens at the end of the current wait for the GIL.
    fn will_ask(&self, holder: &str, requested_by: Option<ThreadIx>, switches: u64) -> String {
        let (who, due) = (self.who(), self.due());
        match requested_by {
            Some(asker) if asker == self.thread => {
                format!("{who} has asked {holder} to drop it, and looks again at {due}.")
            }
            Some(asker) => format!("{} has asked for it already; {who} looks again at {due}.", self.name(asker)),
            None if self.state.snapshot != switches => {
                format!(
                    "It changed hands while {who} waits, so at {due} {who} may not ask and waits a whole interval again."
                )
            }
            None => format!("If nobody switches, {who} asks {holder} to drop it at {due}."),
        }
    }

    fn idle_core(&self) -> Option<CoreId> {
        self.plan.core_ids().find(|c| self.machine.core(*c).thread.is_none())
    }

    /// Whether the core is taken by a thread that does not hold the wanted GIL.
    fn is_elsewhere(&self, core: CoreId) -> bool {
        self.machine.core(core).thread.is_some_and(|t| Some(t) != self.holder())
    }

    fn forced_wait(&self) -> Said {
        let mut detail = vec![format!("It dropped {} because it was asked to.", self.the_gil())];
        let coming = |t: &ThreadIx| {
            self.plan.thread(*t).gil == self.gil() && self.machine.thread(*t).needs_gil == Some(Came::Signalled)
        };
        if let Some(next) = self.plan.thread_ixs().find(coming) {
            let how = match self.machine.thread(next).place {
                Place::Waking => "is waking to take it",
                Place::Ready => "was signalled and waits for a core",
                _ => "is about to take it",
            };
            detail.push(format!("{} {how}.", self.name(next)));
        }
        detail.push(format!("As soon as another thread has taken it, {} goes on.", self.who()));
        (format!("Must wait since {} until another thread takes {}.", self.since(), self.the_gil()), detail)
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
