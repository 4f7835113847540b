//! Edits of what the user does by hand at an instant of the run: the flags on the ruler.

use super::model::Extra;
use super::{Edit, Intervention, Problem, Scenario, What};
use crate::ids::{CoreId, ThreadId};
use crate::text::capitalized;
use crate::time::Time;

impl Scenario {
    /// Puts a thread on a core by hand at an instant of the run.
    ///
    /// # Errors
    /// If there is no such thread or core, or there are too many interventions.
    pub fn with_run_here(&self, thread: ThreadId, core: CoreId, at: Time) -> Result<Edit, Problem> {
        self.with_intervention(What::RunHere { thread, core }, at)
    }

    /// Moves a thread to place `to` of the ready queue, counted from 0 among the others.
    ///
    /// # Errors
    /// If there is no such thread, or there are too many interventions.
    pub fn with_reorder(&self, thread: ThreadId, to: u16, at: Time) -> Result<Edit, Problem> {
        self.with_intervention(What::Reorder { thread, to }, at)
    }

    /// Takes a thread off its core, to the tail of the ready queue.
    ///
    /// # Errors
    /// If there is no such thread, or there are too many interventions.
    pub fn with_preempt(&self, thread: ThreadId, at: Time) -> Result<Edit, Problem> {
        self.with_intervention(What::Preempt { thread }, at)
    }

    /// Answers the input that a thread waits for from `since` to `until`, in place of any other answer for that wait.
    ///
    /// # Errors
    /// If there is no such thread, the answer is too long, or there are too many interventions.
    pub fn with_answer(
        &self,
        thread: ThreadId,
        text: String,
        at: Time,
        (since, until): (Time, Time),
    ) -> Result<Edit, Problem> {
        let who = self.name_of(thread);
        let name = if text.is_empty() { format!("Answer {who}") } else { format!("Answer {who}: “{text}”") };
        let same = |i: &Intervention| {
            matches!(i.what, What::Answer { thread: of, .. } if of == thread) && since <= i.at && i.at <= until
        };
        self.edited(name, |s| {
            s.interventions.retain(|i| !same(i));
            s.interventions.push(Intervention { at, what: What::Answer { thread, text }, extra: Extra::new() });
        })
    }

    fn with_intervention(&self, what: What, at: Time) -> Result<Edit, Problem> {
        let name = format!("{} at {at:.3}", capitalized(&self.in_words(&what)));
        self.edited(name, |s| s.interventions.push(Intervention { at, what, extra: Extra::new() }))
    }

    /// Removes an intervention by its place in the list. Changes nothing if there is none.
    ///
    /// # Errors
    /// None that a removal can cause; the whole scenario is checked as after every edit.
    pub fn without_intervention(&self, index: u16) -> Result<Edit, Problem> {
        let index = usize::from(index);
        let name = match self.interventions.get(index) {
            Some(i) => format!("Remove the flag “{}” at {:.3}", self.in_words(&i.what), i.at),
            None => "Remove a flag".to_owned(),
        };
        self.edited(name, |s| {
            if index < s.interventions.len() {
                s.interventions.remove(index);
            }
        })
    }

    /// Moves an intervention, by its place in the list, to another instant. Changes nothing if there is none.
    ///
    /// # Errors
    /// If the time is too long.
    pub fn with_intervention_at(&self, index: u16, at: Time) -> Result<Edit, Problem> {
        let index = usize::from(index);
        let title = self.interventions.get(index).map_or_else(String::new, |i| self.in_words(&i.what));
        self.edited(format!("Move the flag “{title}” to {at:.3}"), |s| {
            if let Some(intervention) = s.interventions.get_mut(index) {
                intervention.at = at;
            }
        })
    }

    /// What an intervention does, in a few words: “run log on core 1”.
    #[must_use]
    pub fn in_words(&self, what: &What) -> String {
        let who = self.name_of(what.thread());
        match what {
            What::RunHere { core, .. } => format!("run {who} on core {}", core.0),
            What::Answer { text, .. } if text.is_empty() => format!("answer {who}"),
            What::Answer { text, .. } => format!("answer {who}: {text}"),
            What::Reorder { to: 0, .. } => format!("move {who} to the head of the ready queue"),
            What::Reorder { to, .. } => format!("move {who} to place {} of the ready queue", to + 1),
            What::Preempt { .. } => format!("take {who} off its core"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Change;

    const A: ThreadId = ThreadId(1);
    const B: ThreadId = ThreadId(2);

    fn scenario() -> Scenario {
        let json = r#"{"v":1,"computer":{"cores":4},"processes":[{"id":0,"name":"p","threads":[
            {"id":1,"name":"a","program":[]},{"id":2,"name":"b","program":[]}]}],
            "interventions":[{"at":5,"do":{"run_here":{"thread":1,"core":3}}}]}"#;
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_thread_is_put_on_a_core_by_hand_and_the_flag_removed() {
        let put = scenario().with_run_here(B, CoreId(1), Time::from_us(7_100)).unwrap();
        assert_eq!(put.name, "Run b on core 1 at 7.1 ms");
        assert_eq!(put.kind, Change::FromNow(Time::from_us(7_100)));
        assert_eq!(put.scenario.interventions.len(), 2);
        let gone = put.scenario.without_intervention(1).unwrap();
        assert_eq!(gone.name, "Remove the flag “run b on core 1” at 7.1 ms");
        assert_eq!((gone.kind, gone.scenario), (put.kind, scenario()));
        assert_eq!(scenario().without_intervention(9).unwrap().scenario, scenario());
        let nobody = scenario().with_run_here(ThreadId(9), CoreId(1), Time::ZERO).unwrap_err();
        assert_eq!(nobody.to_string(), "intervention 2: there is no thread with id 9");
    }

    #[test]
    fn a_flag_moves_in_time_and_the_run_changes_from_the_earlier_instant_on() {
        let later = scenario().with_intervention_at(0, Time::from_ms(2)).unwrap();
        assert_eq!(later.name, "Move the flag “run a on core 3” to 2 ms");
        assert_eq!(later.kind, Change::FromNow(Time::from_ns(5)));
        assert_eq!(later.scenario.interventions[0].at, Time::from_ms(2));
        assert_eq!(scenario().with_intervention_at(7, Time::from_ms(2)).unwrap().scenario, scenario());
        assert!(scenario().with_intervention_at(0, Time::NEVER).is_err());
    }

    #[test]
    fn a_queue_is_reordered_and_a_thread_taken_off_its_core() {
        let first = scenario().with_reorder(B, 0, Time::from_ms(3)).unwrap();
        assert_eq!(first.name, "Move b to the head of the ready queue at 3 ms");
        assert_eq!(first.scenario.interventions[1].what, What::Reorder { thread: B, to: 0 });
        let off = scenario().with_preempt(A, Time::from_ms(3)).unwrap();
        assert_eq!(off.name, "Take a off its core at 3 ms");
        assert_eq!(off.scenario.in_words(&off.scenario.interventions[1].what), "take a off its core");
    }

    #[test]
    fn a_second_answer_for_the_same_wait_replaces_the_first() {
        let wait = (Time::from_ms(2), Time::from_ms(9));
        let answer = |s: &Scenario, text: &str, ms| s.with_answer(A, text.to_owned(), Time::from_ms(ms), wait).unwrap();
        let first = answer(&scenario(), "yes", 9);
        assert_eq!(first.name, "Answer a: “yes”");
        let second = answer(&first.scenario, "no", 4);
        assert_eq!(second.kind, Change::FromNow(Time::from_ms(4)));
        let [_, Intervention { at, what, .. }] = &second.scenario.interventions[..] else { panic!("one answer") };
        assert_eq!((*at, what), (Time::from_ms(4), &What::Answer { thread: A, text: "no".to_owned() }));
        let other = second.scenario.with_answer(A, String::new(), Time::from_ms(20), (Time::from_ms(15), Time::NEVER));
        assert_eq!(other.unwrap().scenario.interventions.len(), 3, "another wait, another answer");
        assert!(scenario().with_answer(A, "x".repeat(201), Time::ZERO, wait).is_err());
    }

    #[test]
    fn from_when_on_the_run_is_another_one() {
        let one = scenario();
        let two = one.with_preempt(A, Time::from_ms(8)).unwrap().scenario;
        let three = two.with_preempt(A, Time::from_ms(3)).unwrap().scenario;
        let now = |ms| Change::FromNow(Time::from_ms(ms));
        assert_eq!(Change::between(&one, &two), now(8));
        assert_eq!(Change::between(&one, &three), now(3));
        assert_eq!(Change::between(&three, &two), now(3));
        let twice = two.with_preempt(A, Time::from_ms(8)).unwrap();
        assert_eq!(twice.kind, now(8), "the same once more");
        assert_eq!(Change::between(&one, &one.with_cores(2).unwrap().scenario), Change::FromStart);
    }
}
