//! What has been changed: the kind of the last change, and whether what is open is still what was loaded.

use gilscope::scenario::{Change, Intervention, Scenario, What};
use gilscope::session::Action;
use gilscope::session::notice::{self, Notice};

use super::app::{App, passes};
use super::links::{self, Origin};
use super::shown::Tab;

/// How things were before an action that may change the scenario.
pub(super) struct Before {
    generation: u64,
    scenario: Scenario,
    /// What the action takes back or does again.
    travel: Option<Notice>,
    /// Whether the action starts anew.
    is_fresh: bool,
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
        let is_fresh = matches!(action, Action::New);
        Some(Before { generation: session.generation(), scenario: session.scenario().clone(), travel, is_fresh })
    }

    /// Says which of the two kinds of change has been made, or what was taken back, if anything was.
    pub(super) fn tell_change(&self, before: Before) {
        let session = self.session();
        // An empty page has no past that could be another one now.
        if session.generation() != before.generation && !before.is_fresh {
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
        matches!(self.shown().origin, Origin::New)
    }

    /// Starts with an empty page; what was open is one step of undo away.
    pub(crate) fn start_anew(&self) {
        let left = self.left_behind();
        self.act(Action::New);
        self.show(|s| (s.left, s.notice, s.tab) = (left.is_some(), left, Tab::Claim));
    }

    /// What is said once something else is open, if there are changes that undo opens again then.
    pub(super) fn left_behind(&self) -> Option<String> {
        if self.shown().broken.is_some() || !self.edited() {
            return None;
        }
        let what = self.claim().unwrap_or("what was open");
        Some(format!("Your changes to {what} are one step back"))
    }

    /// Keeps where the open scenario came from, whose loading has this number: undo and redo may lead back to it.
    pub(super) fn remember_loading(&self, number: u64) {
        let shown = &mut *self.shown_mut();
        shown.others.retain(|other| other.0 != number);
        shown.others.push((number, shown.origin, shown.loaded.clone()));
    }

    /// Undo, redo or the empty page may have led to another loading than that with this number: that is what is open now.
    pub(super) fn follow_loading(&self, was: u64) {
        let now = self.session().loading();
        if was == now {
            return;
        }
        self.remember_loading(was);
        {
            let shown = &mut *self.shown_mut();
            let known = shown.others.iter().find(|other| other.0 == now);
            (shown.origin, shown.loaded) = match known {
                Some((_, origin, loaded)) => (*origin, loaded.clone()),
                None => (Origin::New, self.session().scenario().clone()),
            };
            shown.start = (None, None);
        }
        if let Ok(fragment) = links::present_fragment(self, false) {
            links::replace_fragment(&fragment);
        }
    }
}

/// Whether two scenarios differ in nothing but what people answered.
pub(super) fn same_but_for_answers(a: &Scenario, b: &Scenario) -> bool {
    fn by_hand(s: &Scenario) -> impl Iterator<Item = &Intervention> {
        s.interventions.iter().filter(|i| !matches!(i.what, What::Answer { .. }))
    }
    a == b || Change::between(a, b) != Change::FromStart && by_hand(a).eq(by_hand(b))
}
