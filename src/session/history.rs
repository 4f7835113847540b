//! The scenario as it is, as it was, and as it was loaded.

use crate::scenario::{Change, Scenario};

/// How many changes can be taken back; older ones are forgotten.
const DEPTH: usize = 500;

/// A change with the scenario on its other side: before it in the past, after it in the future.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) scenario: Scenario,
}

/// The current scenario with the changes that led to it and those that were taken back.
#[derive(Clone, Debug)]
pub(super) struct History {
    original: Scenario,
    current: Scenario,
    past: Vec<Step>,
    future: Vec<Step>,
}

impl History {
    pub(super) fn new(scenario: Scenario) -> Self {
        Self { original: scenario.clone(), current: scenario, past: Vec::new(), future: Vec::new() }
    }

    /// A history as it was saved: `past` and `future` oldest first, as far as they were kept.
    pub(super) const fn restored(original: Scenario, current: Scenario, past: Vec<Step>, future: Vec<Step>) -> Self {
        Self { original, current, past, future }
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
        self.past.last().map(|step| step.name.as_str())
    }

    pub(super) fn undo_kind(&self) -> Option<Change> {
        self.past.last().map(|step| Change::between(&step.scenario, &self.current))
    }

    pub(super) fn redo_kind(&self) -> Option<Change> {
        self.future.last().map(|step| Change::between(&self.current, &step.scenario))
    }

    pub(super) fn redo_name(&self) -> Option<&str> {
        self.future.last().map(|step| step.name.as_str())
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
