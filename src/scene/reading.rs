//! What a reader has set up on the lanes, to read them by. It is part of the view and of no scenario.

use super::Subject;
use crate::time::Time;

/// Between which lanes arrows are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrows {
    /// Wake-ups that cross cores or processes.
    #[default]
    Crossing,
    /// Every wake-up, hand-off, drop request and message.
    All,
    /// The same, as far as they lead to or from a selected thread.
    Selected,
    /// None.
    None,
}

impl Arrows {
    /// The one after this, and after the last the first.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Crossing => Self::All,
            Self::All => Self::Selected,
            Self::Selected => Self::None,
            Self::None => Self::Crossing,
        }
    }

    /// Which these are.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Crossing => "wake-ups that cross cores or processes",
            Self::All => "all wake-ups, hand-offs, requests and messages",
            Self::Selected => "those of the selected thread",
            Self::None => "none",
        }
    }
}

/// What a reader has set up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// A range of time, of which the figures are asked; its end is after its start.
    pub range: Option<(Time, Time)>,
    /// Two instants to compare; the second one only with the first.
    pub markers: [Option<Time>; 2],
    /// Which arrows are drawn.
    pub arrows: Arrows,
    /// Which lanes stand where.
    pub order: LaneOrder,
}

/// How a reader has arranged the lanes, each named by its subject (`Subject::ThreadLane` and so on).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LaneOrder {
    /// Those above all others, in this order.
    pub pinned: Vec<Subject>,
    /// Those of a group stand in this order; those that are not named behind them.
    pub moved: Vec<Subject>,
    /// Lanes of processes and of the computer that stand for those of their threads and cores.
    pub collapsed: Vec<Subject>,
    /// Whether there is a lane of how many threads are ready; `None`: if there are several at
    /// once, of many threads.
    pub ready: Option<bool>,
    /// Whether locks, semaphores and devices have lanes; `None`: if there are few for the width of the picture.
    pub shared: Option<bool>,
}

impl LaneOrder {
    /// By kind and process.
    pub const NATURAL: Self =
        Self { pinned: Vec::new(), moved: Vec::new(), collapsed: Vec::new(), ready: None, shared: None };
}
