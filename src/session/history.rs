//! The scenario as it is, as it was, and as it was loaded; and those that were open before and after it.

use crate::scenario::{Change, Scenario};
use crate::time::Time;

/// How many changes can be taken back; older ones are forgotten.
const DEPTH: usize = 500;

/// A change with the scenario on its other side: before it in the past, after it in the future.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) scenario: Scenario,
}

/// Another scenario, with its own history, that was open before or after this one.
#[derive(Clone, Debug)]
struct Other {
    /// What led from the earlier one to the later.
    name: String,
    history: Box<History>,
    /// Where the playhead stood there.
    playhead: Time,
}

/// The current scenario with the changes that led to it and those that were taken back.
#[derive(Clone, Debug)]
pub(super) struct History {
    /// Which loading it is of: no two have the same number.
    number: u64,
    original: Scenario,
    current: Scenario,
    past: Vec<Step>,
    future: Vec<Step>,
    before: Option<Other>,
    after: Option<Other>,
}

impl History {
    pub(super) fn new(scenario: Scenario) -> Self {
        Self::restored(scenario.clone(), scenario, Vec::new(), Vec::new())
    }

    /// A history as it was saved: `past` and `future` oldest first, as far as they were kept.
    pub(super) const fn restored(original: Scenario, current: Scenario, past: Vec<Step>, future: Vec<Step>) -> Self {
        Self { number: 0, original, current, past, future, before: None, after: None }
    }

    /// Opens another scenario, as the loading with this number. What was changed here, or shall be kept anyway, stays one
    /// step of undo away; so does what this one has replaced, if it was not changed itself.
    pub(super) fn open(&mut self, name: String, scenario: Scenario, number: u64, keep: bool, playhead: Time) {
        let mut left = std::mem::replace(self, Self { number, ..Self::new(scenario) });
        left.future.clear();
        left.after = None;
        self.before = match left.current != left.original || keep {
            true => Some(Other { name, history: Box::new(left), playhead }),
            false => left.before.map(|before| Other { name, ..before }),
        };
        // The browser's way back has led there.
        if let Some(same) = self.before.take_if(|before| before.history.current == self.current) {
            self.before = same.history.before;
        }
    }

    /// Which loading it is of.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// The changes that can be taken back; the last one is the last.
    pub(super) fn past(&self) -> &[Step] {
        &self.past
    }

    /// The changes that were taken back; the last one is the next to be done again.
    pub(super) fn future(&self) -> &[Step] {
        &self.future
    }

    pub(super) const fn current(&self) -> &Scenario {
        &self.current
    }

    pub(super) const fn original(&self) -> &Scenario {
        &self.original
    }

    /// Makes a change; what was taken back before it can no longer be done again.
    pub(super) fn push(&mut self, name: String, scenario: Scenario) {
        let before = std::mem::replace(&mut self.current, scenario);
        if self.past.len() == DEPTH {
            self.past.remove(0);
        }
        self.past.push(Step { name, scenario: before });
        self.future.clear();
        self.after = None;
    }

    /// Goes back to the scenario that was open before, if nothing of this one is left to be taken back; gives the name of
    /// what is undone by that and where the playhead stood there.
    pub(super) fn leave_back(&mut self, playhead: Time) -> Option<(String, Time)> {
        let Other { name, history, playhead: to } = self.before.take_if(|_| self.past.is_empty())?;
        let left = Box::new(std::mem::replace(self, *history));
        self.after = Some(Other { name: name.clone(), history: left, playhead });
        Some((name, to))
    }

    /// The way back from [`Self::leave_back`].
    pub(super) fn leave_forth(&mut self, playhead: Time) -> Option<(String, Time)> {
        let Other { name, history, playhead: to } = self.after.take_if(|_| self.future.is_empty())?;
        let left = Box::new(std::mem::replace(self, *history));
        self.before = Some(Other { name: name.clone(), history: left, playhead });
        Some((name, to))
    }

    /// Takes the last change back and gives its name.
    pub(super) fn undo(&mut self) -> Option<String> {
        Self::go(&mut self.past, &mut self.future, &mut self.current)
    }

    /// Does the last change that was taken back again and gives its name.
    pub(super) fn redo(&mut self) -> Option<String> {
        Self::go(&mut self.future, &mut self.past, &mut self.current)
    }

    fn go(from: &mut Vec<Step>, to: &mut Vec<Step>, current: &mut Scenario) -> Option<String> {
        let Step { name, scenario } = from.pop()?;
        let left = std::mem::replace(current, scenario);
        to.push(Step { name: name.clone(), scenario: left });
        Some(name)
    }

    pub(super) fn undo_name(&self) -> Option<&str> {
        self.past.last().map(|step| step.name.as_str()).or(self.before.as_ref().map(|other| other.name.as_str()))
    }

    pub(super) fn undo_kind(&self) -> Option<Change> {
        let to = self.past.last().map(|step| &step.scenario).or(self.before.as_ref().map(|b| &b.history.current));
        to.map(|to| Change::between(to, &self.current))
    }

    pub(super) fn redo_kind(&self) -> Option<Change> {
        let to = self.future.last().map(|step| &step.scenario).or(self.after.as_ref().map(|a| &a.history.current));
        to.map(|to| Change::between(&self.current, to))
    }

    pub(super) fn redo_name(&self) -> Option<&str> {
        self.future.last().map(|step| step.name.as_str()).or(self.after.as_ref().map(|other| other.name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_changes_are_forgotten_and_the_others_can_all_be_taken_back() {
        let mut history = History::new(Scenario::empty("0"));
        for i in 1..=DEPTH + 3 {
            history.push(format!("to {i}"), Scenario::empty(&i.to_string()));
        }
        let mut undone = 0;
        while history.undo().is_some() {
            undone += 1;
        }
        assert_eq!((undone, history.current().title.as_str()), (DEPTH, "3"));
        assert_eq!(history.redo_name(), Some("to 4"));
        assert_eq!(history.original().title, "0");
    }

    #[test]
    fn a_new_change_replaces_those_taken_back() {
        let mut history = History::new(Scenario::empty("a"));
        history.push("b".to_owned(), Scenario::empty("b"));
        assert_eq!(history.undo().as_deref(), Some("b"));
        history.push("c".to_owned(), Scenario::empty("c"));
        assert_eq!(history.redo(), None);
        assert_eq!(history.undo_name(), Some("c"));
    }
}
