//! The page in a frame of another page: what its address asks for, and what a person may do there.

use crate::engine::Run;
use crate::scenario::params::value;
use crate::scene::{Size, Theme, least_heights};
use crate::time::Dur;

use super::address::choice;
use super::keys::Command;
use super::{Action, Session, playback};

/// The keys of a query that belong to an embed, and not to the full page.
pub const KEYS: [&str; 6] = ["embed", "mode", "theme", "controls", "speed", "autoplay"];

/// How much a person may do in an embed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Play, pause and go back to the start.
    #[default]
    View,
    /// Also step, move the playhead and the view, and select.
    Step,
    /// Everything: also change the scenario.
    Edit,
}

/// The words for the modes in an address.
pub const MODES: [(&str, Mode); 3] = [("view", Mode::View), ("step", Mode::Step), ("edit", Mode::Edit)];

/// The words for the themes in an address; `None` is what the reader's system prefers.
pub const THEMES: [(&str, Option<Theme>); 4] = [
    ("auto", None),
    ("light", Some(Theme::Light)),
    ("dark", Some(Theme::Dark)),
    ("contrast", Some(Theme::HighContrast)),
];

const SWITCH: [(&str, bool); 5] = [("1", true), ("0", false), ("true", true), ("false", false), ("", true)];

/// What the query of an embedded page asks for.
///
/// | parameter | values | without it |
/// |---|---|---|
/// | `embed` | `1` or nothing; `0` is the full page | the full page |
/// | `mode` | `view`, `step`, `edit` | `view` |
/// | `theme` | `auto`, `light`, `dark`, `contrast` | `auto`: as the reader's system prefers |
/// | `controls` | `1`; `0` leaves *Play*, *Reset* and *Open full page* | `1` |
/// | `speed` | simulated time per second, `1us` to `1s` | about `4ms` |
/// | `autoplay` | `1` or nothing plays at once, unless the reader wants less motion; `0` | `0` |
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Embed {
    /// How much a person may do.
    pub mode: Mode,
    /// Colours, whatever the reader's system prefers.
    pub theme: Option<Theme>,
    /// Whether all the buttons of the mode, the clock and the story are shown.
    pub controls: bool,
    /// Position of the logarithmic speed slider, 0 to 1.
    pub speed: Option<f64>,
    /// Whether it plays at once.
    pub autoplay: bool,
}

impl Embed {
    /// What a query asks for; `None` if for no embed. What cannot be read is named in `unread`.
    pub(super) fn read(query: &str, unread: &mut Vec<String>) -> Option<Self> {
        if value(query, "embed").is_none() || choice(query, "embed", &SWITCH, unread) == Some(false) {
            return None;
        }
        Some(Self {
            mode: choice(query, "mode", &MODES, unread).unwrap_or_default(),
            theme: choice(query, "theme", &THEMES, unread).flatten(),
            controls: choice(query, "controls", &SWITCH, unread).unwrap_or(true),
            speed: speed(query, unread),
            autoplay: choice(query, "autoplay", &SWITCH, unread).unwrap_or(false),
        })
    }
}

fn speed(query: &str, unread: &mut Vec<String>) -> Option<f64> {
    let text = value(query, "speed")?.unwrap_or_default();
    let position = text.parse::<Dur>().ok().and_then(playback::position_of);
    if position.is_none() {
        unread.push(format!("“{text}” is not known as speed: it is a length of simulated time per second, 1us to 1s."));
    }
    position
}

impl Mode {
    /// Whether a key or button does this here. In the frame of another page there is no lecture, and the page around it
    /// has its own keys.
    #[must_use]
    pub const fn obeys(self, command: &Command) -> bool {
        match command {
            Command::Do(action) => self.allows(action),
            Command::Menu(_) => matches!(self, Self::Edit),
            Command::Focus(_) => !matches!(self, Self::View),
            Command::NextVariant => matches!(self, Self::Edit),
            Command::NextClaim | Command::PreviousClaim | Command::Library | Command::Events => false,
            Command::Present | Command::Blank | Command::Help | Command::Compare => false,
        }
    }

    /// Whether a person may do this here. What the page does by itself (ticks, sizes, loading) is allowed always.
    #[must_use]
    pub const fn allows(self, action: &Action) -> bool {
        match action {
            Action::TogglePlay
            | Action::Tick { .. }
            | Action::SetSpeed { .. }
            | Action::ToStart
            | Action::Resize(_)
            | Action::PointerMove(_)
            | Action::PointerCancel
            | Action::Fit
            | Action::Compute(_)
            | Action::Load(_)
            | Action::Reset
            // Whoever reads is the person at the page whom a thread waits for.
            | Action::Answer { .. } => true,
            Action::ToggleFuture
            | Action::ToggleOutlines
            | Action::Select(_)
            | Action::Toggle(_)
            | Action::SelectThreads(_)
            | Action::PointerDown(_)
            | Action::PointerDownToo(_)
            | Action::PointerUp(_)
            | Action::CancelDrag
            | Action::Zoom { .. }
            | Action::Read(_)
            | Action::Pan { .. } => !matches!(self, Self::View),
            step if step.is_step() => !matches!(self, Self::View),
            // Whatever else there is changes the scenario.
            _ => matches!(self, Self::Edit),
        }
    }
}

/// How small the picture may be drawn to fit into a frame, in hundredths, the largest first. Its notes have 13 px; below
/// three quarters of that they could not be read.
const SCALES: [u32; 6] = [100, 95, 90, 85, 80, 75];

/// The scale at which the whole picture fits into a frame's stage (CSS pixels), or else its board, or else the smallest.
#[must_use]
pub fn scale(session: &Session, stage: Size) -> f64 {
    let (plan, scenario) = (session.run().plan(), session.scenario());
    let baseline = session.baseline().map(Run::plan);
    let heights = |width| least_heights(plan, scenario, baseline, width);
    let scales = || SCALES.iter().map(|hundredths| f64::from(*hundredths) / 100.0);
    let fits = |part: usize| scales().find(|scale| heights(stage.w / scale)[part] * scale <= stage.h);
    fits(1).or_else(|| fits(0)).unwrap_or(0.75)
}

/// A part of a picture that is higher than the stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Page {
    /// What is shown there.
    pub name: &'static str,
    /// Its upper edge in the picture, in the unit of all lengths here.
    pub top: f64,
}

/// The part after the one that begins at `top`; after the last comes the first. `None` if all of the picture is shown.
#[must_use]
pub fn next_page(top: f64, stage: f64, lanes: f64, height: f64) -> Option<Page> {
    let last = height - stage;
    if last < 1.0 {
        return None;
    }
    let pages = |from: f64, to: f64, names: [&'static str; 2]| {
        let at = move |n: u32| from + f64::from(n) * stage;
        (0..64)
            .take_while(move |n| *n == 0 || at(*n) + 1.0 < to)
            .map(move |n| Page { name: names[usize::from(n > 0)], top: at(n).min(last) })
    };
    let mut all = pages(0.0, lanes, ["Board", "More"]).chain(pages(lanes, height, ["Lanes", "More"]));
    all.find(|page| page.top > top + 1.0).or(Some(Page { name: "Board", top: 0.0 }))
}
