//! What the page shows beside the session.

use gilscope::ids::ThreadId;
use gilscope::scenario::Scenario;
use gilscope::scene::Subject;
use gilscope::session::address::Broken;
use gilscope::session::notice::Notice;
use gilscope::time::Time;

use super::events::Events;
use super::library::Shelf;
use super::links::Origin;
use super::menu::Menu;
use super::share::Sharing;
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
    /// The figures of the run.
    Numbers,
}

/// A part of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// All of it, as far as it is computed.
    Whole,
    /// Up to the playhead.
    SoFar,
    /// The range that is selected.
    Range,
}

/// What the page shows beside the session.
pub(crate) struct Shown {
    /// Where the scenario came from.
    pub(crate) origin: Origin,
    /// The scenario as it was loaded.
    pub(crate) loaded: Scenario,
    /// Both of those that were open before or after it, by the numbers of their loadings: undo leads back to them.
    pub(crate) others: Vec<(u64, Origin, Scenario)>,
    /// Where the playhead stands and which thread is selected at first, as the address asks.
    pub(crate) start: (Option<Time>, Option<ThreadId>),
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
    /// Whether changes have been left behind that undo opens again; the notice offers it.
    pub(crate) left: bool,
    /// Whether the notice tells of what was restored, and offers to start afresh.
    pub(crate) restored: bool,
    /// An address to copy by hand, where the clipboard is out of reach.
    pub(crate) to_copy: Option<String>,
    /// What the share panel shows, while it is open.
    pub(crate) share: Option<Sharing>,
    /// What the library shows.
    pub(crate) shelf: Shelf,
    /// Whether the inspector is open as a sheet, in an embed.
    pub(crate) sheet: bool,
    /// The inspector's panel.
    pub(crate) tab: Tab,
    /// Which part of the run the numbers are of, if somebody chose one.
    pub(crate) numbers: Option<Part>,
    /// Which theme was chosen.
    pub(crate) theme: Choice,
    /// The programs that somebody writes as text, as far as they are written, and whose they are.
    pub(crate) programs: Vec<(ThreadId, String)>,
    /// What the last change did to the run, with the number of the run, and whether it took nothing back.
    pub(crate) change: Option<(u64, Notice, bool)>,
    /// The menu that is open.
    pub(crate) menu: Option<Menu>,
    /// How many menus have been open.
    pub(crate) menus: u32,
    /// The table of all events, while it is open.
    pub(crate) events: Option<Events>,
    /// Which thing of the palette Tab stops at.
    pub(crate) palette: usize,
    /// Whether the picture is shown alone, in large type.
    pub(crate) presenting: bool,
    /// Whether the screen is blank, so that people look at the speaker.
    pub(crate) blank: bool,
}

impl Shown {
    /// Nothing yet: what is opened next is put in.
    pub(crate) fn new(theme: Choice) -> Self {
        Self {
            origin: Origin::Link,
            loaded: Scenario::empty(""),
            others: Vec::new(),
            start: (None, None),
            broken: None,
            had_scenario: false,
            complaint: None,
            said: String::new(),
            notice: None,
            left: false,
            restored: false,
            to_copy: None,
            share: None,
            shelf: Shelf::default(),
            sheet: false,
            tab: Tab::Claim,
            numbers: None,
            theme,
            programs: Vec::new(),
            change: None,
            menu: None,
            menus: 0,
            events: None,
            palette: 0,
            presenting: false,
            blank: false,
        }
    }
}

impl Shown {
    /// The program of a thread that somebody writes as text.
    pub(crate) fn draft(&self, thread: ThreadId) -> Option<&str> {
        self.programs.iter().find(|(of, _)| *of == thread).map(|(_, text)| text.as_str())
    }

    /// Keeps what somebody has written so far, or gives it up.
    pub(crate) fn set_draft(&mut self, thread: ThreadId, text: Option<String>) {
        self.programs.retain(|(of, _)| *of != thread);
        self.programs.extend(text.map(|text| (thread, text)));
    }
}

impl Tab {
    /// The panel that shows a selected thing.
    pub(crate) const fn of(selection: Option<Subject>) -> Self {
        match selection {
            None | Some(Subject::Ruler | Subject::Overview | Subject::Lanes | Subject::Board | Subject::Bin) => {
                Self::Claim
            }
            Some(Subject::Computer | Subject::Core(_) | Subject::Pin(_) | Subject::ReadyQueue) => Self::Computer,
            Some(_) => Self::Selected,
        }
    }
}
