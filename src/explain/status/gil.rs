//! The status of a thread on its way to the GIL.

use super::{Ask, Said};
use crate::engine::plan::Ticks;
use crate::engine::{Came, Place, Reason};
use crate::explain::teller::{at, len, wanting_since};
use crate::ids::{CoreId, GilIx, ThreadIx};

impl Ask<'_> {
    /// “, which T1 holds”, or nothing.
    pub(super) fn held_by(&self) -> String {
        self.holder().map_or_else(String::new, |h| format!(", which {} holds", self.name(h)))
    }

    fn holder(&self) -> Option<ThreadIx> {
        self.machine.gil(self.gil()?).holder
    }

    pub(super) fn waking(&self) -> Said {
        let (reason, cause) = self.state.woken_by;
        let cause = cause.map_or_else(|| "Another thread".to_owned(), |c| self.name(c));
        let mut detail = vec![match reason {
            Reason::GilSignalled => format!("{cause} released {} and signalled it.", self.the_gil()),
            Reason::GilCheck => format!("{cause} gave {} up for a moment at a check, which woke it.", self.the_gil()),
            Reason::SleepEnded => "Its sleep is over.".to_owned(),
            Reason::StartedBy => format!("{cause} started it, or spawned its process."),
            Reason::Answered => "Its input was answered.".to_owned(),
            Reason::LockReleased => format!("{cause} released the lock that it waits for."),
            Reason::HandedOver => format!("{cause} handed the lock over that it waited for: it holds that now."),
            Reason::SemaphoreReleased => format!("{cause} released the semaphore that it waits for."),
            Reason::EventSet => format!("{cause} set the event that it waits for."),
            Reason::AllThere => format!("{cause} was the last to come to the barrier."),
            Reason::ItemTaken => format!("{cause} took an item from the queue, so there is room."),
            Reason::ItemPut => format!("{cause} put an item into the queue that it waits for."),
            Reason::MessageSent => format!("{cause} sent the message that it waits for."),
            Reason::ChildRuns => format!("{cause}, which it started, runs."),
            Reason::Joined => format!("{cause}, which it joins, has finished."),
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
        let does = if reason == Reason::StartedBy { "Starting" } else { "Waking" };
        (format!("{does} since {}.", self.since()), detail)
    }

    pub(super) fn wants_gil(&self) -> Said {
        let who = self.who();
        let records = self.run.records_until(self.now);
        let since = wanting_since(self.run, self.thread, records).unwrap_or(self.state.since);
        let mut detail = Vec::new();
        let Some(gil) = self.gil() else { return (format!("Wants the GIL since {}.", at(since)), detail) };
        let state = self.machine.gil(gil);
        match state.holder {
            Some(holder) if self.plan.gil(gil).ticks().is_some() => {
                let holder = self.name(holder);
                detail.push(format!("{holder} holds it.{}", self.at_checks(gil)));
                detail.push(format!(
                    "{who} gets it if it is awake on another core in such a moment, or if {holder} blocks."
                ));
                return (format!("Wants {} since {}.", self.the_gil(), at(since)), detail);
            }
            Some(holder) => {
                let holder = self.name(holder);
                let switched = self.machine.saw_switch(self.thread, gil);
                detail.push(format!("{holder} holds it."));
                detail.push(self.will_ask(&holder, state.requested_by, switched));
            }
            None => {
                let coming =
                    self.signalled().map_or_else(String::new, |t| format!(" and {} was signalled", self.name(t)));
                let due = self.due();
                detail
                    .push(format!("Nobody holds it now{coming}; {who} looks at {due} unless it is signalled before."));
            }
        }
        if let Some(core) = self.idle_core() {
            detail.push(format!("Core {} being free does not help.", core.0));
        } else if let Some(other) = self.plan.core_ids().find(|c| self.is_elsewhere(*c)) {
            detail.push(format!("Core {} being free would not help.", other.0));
        }
        (format!("Wants {} since {}.", self.the_gil(), at(since)), detail)
    }

    /// What the holder of a Python 2 GIL does again and again; nothing of others.
    pub(super) fn at_checks(&self, gil: GilIx) -> String {
        let every = |t: Ticks| format!(" Every {} ticks ({}) it is given up for a moment.", t.count, len(t.interval));
        self.plan.gil(gil).ticks().map_or_else(String::new, every)
    }

    /// What happens at the end of the current wait for the GIL.
    fn will_ask(&self, holder: &str, requested_by: Option<ThreadIx>, switched: bool) -> String {
        let (who, due) = (self.who(), self.due());
        match requested_by {
            Some(asker) if asker == self.thread => {
                format!("{who} has asked {holder} to drop it, and looks again at {due}.")
            }
            Some(asker) => format!("{} has asked for it already; {who} looks again at {due}.", self.name(asker)),
            None if switched => {
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

    /// The waiter that was signalled and is on its way to the thread's GIL.
    fn signalled(&self) -> Option<ThreadIx> {
        self.plan
            .thread_ixs()
            .find(|t| self.plan.thread(*t).gil == self.gil() && self.machine.came_for_gil(*t) == Some(Came::Signalled))
    }

    pub(super) fn forced_wait(&self) -> Said {
        let mut detail = vec![format!("It dropped {} because it was asked to.", self.the_gil())];
        if let Some(next) = self.signalled() {
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
}
