//! Three hints for a first visit, one after the other: play, drag, share. One that was followed or dismissed never comes
//! back, nor does any on a later visit.

use super::Action;
use crate::number::Within;
use crate::scene::{Point, Rect, Size};

/// Between a hint and what it points at, and between it and the window's edges, in CSS pixels.
const APART: f64 = 10.0;

/// Something worth knowing on a first visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// That it plays.
    Play,
    /// That things can be dragged.
    Drag,
    /// That a link holds it all.
    Share,
}

/// All hints, in the order in which they are shown.
const ALL: [Hint; 3] = [Hint::Play, Hint::Drag, Hint::Share];

impl Hint {
    /// What it says.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Play => "It plays. Pause here or with Space; the arrow keys step from event to event.",
            Self::Drag => "Drag a thread, to a core or within the queue, and see the future change while you hold it.",
            Self::Share => "A link from here holds everything that you have made.",
        }
    }

    /// The hint that somebody who does this needs no more.
    #[must_use]
    pub const fn followed_by(action: &Action) -> Option<Self> {
        match action {
            Action::TogglePlay => Some(Self::Play),
            Action::Drop { .. } | Action::Lift(_) | Action::DropHere => Some(Self::Drag),
            action if action.is_step() => Some(Self::Play),
            _ => None,
        }
    }
}

/// Which hints are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hints([bool; 3]);

impl Hints {
    /// No hint at all.
    pub const NONE: Self = Self([false; 3]);

    /// What is left to show: on a first visit all, after a reload in the same tab what was left then, else nothing. `tab` and
    /// `ever` are what was kept for the tab and for good.
    #[must_use]
    pub fn begin(tab: Option<&str>, ever: Option<&str>) -> Self {
        match (tab, ever) {
            (Some(left), _) => Self([0, 1, 2].map(|i| left.as_bytes().get(i) == Some(&b'1'))),
            (None, Some(_)) => Self::NONE,
            (None, None) => Self([true; 3]),
        }
    }

    /// The one to show now.
    #[must_use]
    pub fn shown(self) -> Option<Hint> {
        ALL.into_iter().zip(self.0).find_map(|(hint, left)| left.then_some(hint))
    }

    /// Takes one away; whether it was left.
    pub fn done(&mut self, hint: Hint) -> bool {
        std::mem::take(&mut self.0[hint as usize])
    }

    /// As it is kept for the tab.
    #[must_use]
    pub fn text(self) -> String {
        self.0.map(|left| if left { '1' } else { '0' }).iter().collect()
    }
}

/// Where a hint lies: below what it points at, above where there is no room, and never on it. Below something wide it
/// lies at the right, where there is less to read.
#[must_use]
pub fn place(target: Rect, hint: Size, window: Size) -> Point {
    let x = if target.w > hint.w { target.right() - hint.w } else { target.center().x - hint.w / 2.0 };
    let x = x.within(APART, (window.w - hint.w - APART).max(APART));
    let (below, above) = (target.bottom() + APART, target.y - APART - hint.h);
    let y = if below + hint.h > window.h && above >= 0.0 { above } else { below };
    Point { x, y }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_come_one_after_the_other_and_never_again() {
        let mut hints = Hints::begin(None, None);
        assert_eq!(hints.shown(), Some(Hint::Play));
        assert!(hints.done(Hint::Drag), "who drags first needs no hint to");
        assert!(hints.done(Hint::Play) && !hints.done(Hint::Play));
        assert_eq!(hints.shown(), Some(Hint::Share));
        let reloaded = Hints::begin(Some(&hints.text()), Some(""));
        assert_eq!(reloaded, hints, "a reload brings back what is left, not what is done");
        hints.done(Hint::Share);
        assert_eq!(hints.shown(), None);
        assert_eq!(Hints::begin(Some(&hints.text()), Some("")).shown(), None);
        assert_eq!(Hints::begin(None, Some("")).shown(), None, "a later visit");
        assert_eq!(Hints::begin(Some("damaged"), None), Hints::NONE);
    }

    #[test]
    fn a_hint_never_covers_what_it_points_at_and_lies_in_the_window() {
        let (hint, window) = (Size { w: 280.0, h: 90.0 }, Size { w: 390.0, h: 844.0 });
        for x in [0.0, 150.0, 350.0] {
            for (y, w) in [(0.0, 40.0), (400.0, 40.0), (800.0, 40.0), (400.0, 350.0)] {
                let target = Rect::new(x, y, w, 40.0);
                let Point { x, y } = place(target, hint, window);
                assert!(y >= target.bottom() || y + hint.h <= target.y, "{target:?}: {y}");
                assert!(
                    x >= 0.0 && x + hint.w <= window.w && y >= 0.0 && y + hint.h <= window.h,
                    "{target:?}: {x} {y}"
                );
            }
        }
    }

    #[test]
    fn who_does_it_needs_no_hint() {
        assert_eq!(Hint::followed_by(&Action::TogglePlay), Some(Hint::Play));
        assert_eq!(Hint::followed_by(&Action::NextEvent), Some(Hint::Play));
        assert_eq!(Hint::followed_by(&Action::DropHere), Some(Hint::Drag));
        assert_eq!(Hint::followed_by(&Action::Fit), None);
    }
}
