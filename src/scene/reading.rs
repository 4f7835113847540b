//! What a reader has set up on the lanes, to read them by. It is part of the view and of no scenario.

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

/// What a reader has set up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// A range of time, of which the figures are asked; its end is after its start.
    pub range: Option<(Time, Time)>,
    /// Two instants to compare; the second one only with the first.
    pub markers: [Option<Time>; 2],
    /// Which arrows are drawn.
    pub arrows: Arrows,
}
