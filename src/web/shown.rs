//! What the page shows beside the session.

use gilscope::scenario::Scenario;
use gilscope::scene::Subject;
use gilscope::session::address::Broken;

use super::links::Origin;
use super::theme::Choice;

/// A panel of the inspector.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tab {
    /// What the scenario is there to show.
    #[default]
    Claim,
    /// The selected thing.
    Selected,
    /// Cores, policy, costs.
    Computer,
}

/// What the page shows beside the session.
pub(crate) struct Shown {
    /// Where the scenario came from.
    pub(crate) origin: Origin,
    /// The scenario as it was loaded.
    pub(crate) loaded: Scenario,
    /// A link that could not be read; it is shown in place of the scenario.
    pub(crate) broken: Option<Broken>,
    /// Whether a scenario was open before.
    pub(crate) had_scenario: bool,
    /// Why the last action was refused.
    pub(crate) complaint: Option<String>,
    /// What the live region says.
    pub(crate) said: String,
    /// What the page did, until the next action.
    pub(crate) notice: Option<String>,
    /// An address to copy by hand, where the clipboard is out of reach.
    pub(crate) to_copy: Option<String>,
    /// The inspector's panel.
    pub(crate) tab: Tab,
    /// Which theme was chosen.
    pub(crate) theme: Choice,
    /// Whether the picture is shown alone, in large type.
    pub(crate) presenting: bool,
    /// Whether the screen is blank, so that people look at the speaker.
    pub(crate) blank: bool,
}

impl Shown {
    /// Nothing yet: what is opened next is put in.
    pub(crate) fn new() -> Self {
        Self {
            origin: Origin::Link,
            loaded: Scenario::empty(""),
            broken: None,
            had_scenario: false,
            complaint: None,
            said: String::new(),
            notice: None,
            to_copy: None,
            tab: Tab::Claim,
            theme: Choice::load(),
            presenting: false,
            blank: false,
        }
    }
}

impl Tab {
    /// The panel that shows a selected thing.
    pub(crate) const fn of(selection: Option<Subject>) -> Self {
        match selection {
            None | Some(Subject::Ruler | Subject::Lanes | Subject::Bin) => Self::Claim,
            Some(Subject::Computer | Subject::Core(_) | Subject::Pin(_) | Subject::ReadyQueue) => Self::Computer,
            Some(_) => Self::Selected,
        }
    }
}
