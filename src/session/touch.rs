//! Fingers on the picture. One that moves scrolls the page; one that rests on something for a moment picks it up. Two zoom.
//! Times are milliseconds of any clock that goes on evenly.

use crate::scene::Point;

/// How long a finger rests on something before it has picked it up, in milliseconds.
pub const LONG_PRESS_MS: f64 = 350.0;

/// How far a finger that rests may stray, in CSS pixels.
const STRAY: f64 = 10.0;

/// How far things that were picked up rise from under the finger, in CSS pixels, so that it is seen.
pub const RISE: f64 = 10.0;

/// The least distance of two fingers that is reckoned with, in CSS pixels.
const LEAST_SPREAD: f64 = 8.0;

/// What one finger is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Finger {
    /// Nothing that has to do with picking up.
    #[default]
    Free,
    /// It rests on something that can be picked up.
    Resting {
        /// Where it went down.
        from: Point,
        /// When.
        since: f64,
    },
    /// It has picked something up, and has not moved since.
    Holding {
        /// Where it is.
        from: Point,
    },
    /// It carries something.
    Carrying,
}

/// What it means that a finger goes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifted {
    /// Nothing.
    Nothing,
    /// A tap: a click.
    Tap,
    /// It held something without moving: it wants to know what can be done with it.
    Menu,
    /// It drops what it carried.
    Drop,
}

impl Finger {
    /// A finger that went down on something that can be picked up.
    #[must_use]
    pub const fn resting(from: Point, now: f64) -> Self {
        Self::Resting { from, since: now }
    }

    /// Time has passed. Whether it picks something up now, and where.
    pub fn waited(&mut self, now: f64) -> Option<Point> {
        match *self {
            Self::Resting { from, since } if now - since >= LONG_PRESS_MS => {
                *self = Self::Holding { from };
                Some(from)
            }
            _ => None,
        }
    }

    /// The finger moved. Whether it carries something.
    pub fn moved(&mut self, to: Point) -> bool {
        let strays = |from: Point| (to.x - from.x).hypot(to.y - from.y) > STRAY;
        match *self {
            // It moved too early: it scrolls the page.
            Self::Resting { from, .. } if strays(from) => *self = Self::Free,
            Self::Holding { from } if strays(from) => *self = Self::Carrying,
            _ => {}
        }
        *self == Self::Carrying
    }

    /// The finger went up.
    pub const fn lift(&mut self) -> Lifted {
        match std::mem::replace(self, Self::Free) {
            Self::Free => Lifted::Nothing,
            Self::Resting { .. } => Lifted::Tap,
            Self::Holding { .. } => Lifted::Menu,
            Self::Carrying => Lifted::Drop,
        }
    }

    /// Whether it has picked something up, so that the page must not scroll.
    #[must_use]
    pub const fn holds(self) -> bool {
        matches!(self, Self::Holding { .. } | Self::Carrying)
    }
}

/// Two fingers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pinch {
    /// The middle between them.
    pub middle: f64,
    spread: f64,
}

impl Pinch {
    /// Two fingers at these places.
    #[must_use]
    pub fn of(a: Point, b: Point) -> Self {
        Self { middle: f64::midpoint(a.x, b.x), spread: (a.x - b.x).hypot(a.y - b.y).max(LEAST_SPREAD) }
    }

    /// What moving from one place to another does: how much larger things become about the new middle, and how far they
    /// move to the right before that.
    #[must_use]
    pub fn to(self, after: Self) -> (f64, f64) {
        (after.spread / self.spread, after.middle - self.middle)
    }
}
