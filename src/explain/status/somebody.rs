//! The status of a thread that waits for a person, for another thread, or for what one will give.

use super::{Ask, Said};
use crate::engine::code::About;
use crate::engine::{Cause, Place};
use crate::explain::teller::{at, list};
use crate::explain::{cycle_in_words, the_object};
use crate::ids::ThreadIx;

impl Ask<'_> {
    pub(super) fn waiting_for_somebody(&self, cause: Cause) -> Said {
        let about = self.about();
        let object = self.object().map_or_else(|| "it".to_owned(), |object| the_object(self.plan, object));
        let other = match about {
            Some(About::Thread(other)) => self.name(*other),
            _ => "another thread".to_owned(),
        };
        let since = self.since();
        let (headline, until) = match cause {
            Cause::Input => (format!("Waits for input since {since}."), self.answer(about)),
            Cause::Lock => (format!("Waits for {object} since {since}."), self.holder_of_lock()),
            Cause::Semaphore => {
                (format!("Waits for {object} since {since}."), "Its count is 0, until somebody releases it.".to_owned())
            }
            Cause::Event => (format!("Waits for {object} since {since}."), "It goes on when that is set.".to_owned()),
            Cause::Barrier => (format!("Waits at {object} since {since}."), self.others_at_barrier()),
            Cause::Device => (format!("Waits for {object} since {since}."), self.turn()),
            Cause::Room => (format!("Waits for room in {object} since {since}."), "It is full.".to_owned()),
            Cause::Queue => (format!("Waits for an item from {object} since {since}."), "It is empty.".to_owned()),
            Cause::Pipe => (format!("Waits for a message from {object} since {since}."), "It is empty.".to_owned()),
            Cause::Start => (format!("Waits since {since} until {other} runs."), self.doing(about)),
            _ => (format!("Waits since {since} until {other} has finished."), self.doing(about)),
        };
        let mut detail = vec![until];
        match self.machine.cycle(self.plan, self.thread) {
            Some(cycle) => detail.push(cycle_in_words(self.plan, &cycle)),
            None => detail.push(format!("Then it needs {}.", self.then_needs())),
        }
        detail.push(self.without());
        (headline, detail)
    }

    /// What was asked, and when the answer comes.
    fn answer(&self, about: Option<&About>) -> String {
        let asked = match about {
            Some(About::Prompt(prompt)) if !prompt.is_empty() => format!("It asked “{prompt}”. "),
            _ => String::new(),
        };
        match self.machine.timer(self.thread) {
            Some(due) => format!("{asked}The answer comes at {}, unless you give one before.", at(due)),
            None => format!("{asked}Time goes on until you answer."),
        }
    }

    /// How many are at the barrier, and how many come to it.
    fn others_at_barrier(&self) -> String {
        let Some(barrier) = self.object() else { return String::new() };
        let (here, all) = (self.machine.object(barrier).waiters.len(), self.plan.object(barrier).size);
        format!("{here} of {all} are there; the last one frees the others.")
    }

    /// Whom the device serves, until when, and who is before this thread.
    fn turn(&self) -> String {
        let Some(device) = self.object() else { return String::new() };
        let state = self.machine.object(device);
        let before: Vec<String> =
            state.waiters.iter().take_while(|t| **t != self.thread).map(|t| self.name(*t)).collect();
        let before = if before.is_empty() { String::new() } else { format!(", then {}", list(&before)) };
        match state.holder.map(|served| (self.name(served), self.machine.timer(served))) {
            Some((served, Some(until))) => {
                format!("It serves {served} until {}{before}, and then {}.", at(until), self.who())
            }
            _ => "It is about to be served.".to_owned(),
        }
    }

    fn holder_of_lock(&self) -> String {
        let Some(lock) = self.object() else { return String::new() };
        match self.machine.object(lock).holder {
            Some(holder) if holder == self.thread => "It holds that itself.".to_owned(),
            Some(holder) if self.machine.thread(holder).place == Place::Finished => {
                format!("{} finished without releasing it.", self.name(holder))
            }
            Some(holder) => format!("{} holds it.", self.name(holder)),
            None => "Nobody holds it now.".to_owned(),
        }
    }

    /// Where the other thread is.
    fn doing(&self, about: Option<&About>) -> String {
        let Some(About::Thread(other)) = about else { return String::new() };
        let doing = |t: ThreadIx| match self.machine.thread(t).place {
            Place::NotStarted => "has not started yet",
            Place::Ready => "is ready and waits for a core",
            Place::SwitchingIn | Place::Running(_) => "is on a core",
            Place::Waking => "is waking",
            Place::WantsGil | Place::ForcedWait => "waits for the GIL",
            Place::Waiting(_) => "waits too",
            Place::Finished => "has finished",
        };
        format!("{} {}.", self.name(*other), doing(*other))
    }
}
