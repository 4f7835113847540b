//! What has been changed: the kind of the last change, and whether what is open is still what was loaded.

use gilscope::scenario::{Change, Intervention, Scenario, What};
use gilscope::session::Action;
use gilscope::session::notice::{self, Notice};

use super::app::{App, passes};

/// How things were before an action that may change the scenario.
pub(super) struct Before {
    generation: u64,
    scenario: Scenario,
    /// What the action takes back or does again.
    travel: Option<Notice>,
}

impl App {
    /// How things are before an action that may change the scenario.
    pub(super) fn before(&self, action: &Action) -> Option<Before> {
        if passes(action) || matches!(action, Action::Load(_)) {
            return None;
        }
        let session = self.session();
        let travel = match action {
            Action::Undo => session.undo_name().map(|name| ("Undone", name)),
            Action::Redo => session.redo_name().map(|name| ("Done again", name)),
            _ => None,
        };
        let travel = travel.map(|(kind, name)| Notice { kind, says: name.to_owned() });
        Some(Before { generation: session.generation(), scenario: session.scenario().clone(), travel })
    }

    /// Says which of the two kinds of change has been made, or what was taken back, if anything was.
    pub(super) fn tell_change(&self, before: Before) {
        let session = self.session();
        if session.generation() != before.generation {
            let is_new = before.travel.is_none();
            let notice = before.travel.or_else(|| notice::of_change(&before.scenario, session.scenario()));
            self.shown_mut().change = notice.map(|notice| (session.generation(), notice, is_new));
        }
    }

    /// Whether the scenario differs from what was loaded.
    pub(crate) fn changed(&self) -> bool {
        *self.session().scenario() != self.shown().loaded
    }

    /// Whether it differs by more than answers, which the scenario asks for.
    pub(crate) fn edited(&self) -> bool {
        !same_but_for_answers(self.session().scenario(), &self.shown().loaded)
    }

    /// Whether it is a scenario that somebody began on an empty page.
    pub(crate) fn is_own(&self) -> bool {
        self.session().scenario().claim.is_empty() && !self.shown().loaded.claim.is_empty()
    }
}

/// Whether two scenarios differ in nothing but what people answered.
pub(super) fn same_but_for_answers(a: &Scenario, b: &Scenario) -> bool {
    fn by_hand(s: &Scenario) -> impl Iterator<Item = &Intervention> {
        s.interventions.iter().filter(|i| !matches!(i.what, What::Answer { .. }))
    }
    a == b || Change::between(a, b) != Change::FromStart && by_hand(a).eq(by_hand(b))
}
