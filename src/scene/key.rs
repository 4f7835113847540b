//! The key of states, always visible, with those states only that this scenario can reach.

use super::draw::View;
use super::facts::{KeyEntry, KeyState};
use super::kit::{self, Kit, point};
use super::lanes::{Look, bar, in_vain};
use super::layout::SWATCH;
use super::shape::Pattern;
use super::{Ink, Rect, words};

pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    for (entry, place) in &view.layout.lanes.key {
        let y = place.center().y;
        let mut x = place.x;
        match *entry {
            KeyEntry::State(state) => {
                bar(kit, Rect::new(x, y - 7.5, SWATCH, 15.0), look(state), Ink::Muted, 1.0);
            }
            KeyEntry::InVain => in_vain(kit, point(x + SWATCH / 2.0, y), 1.0),
            KeyEntry::Future => {}
        }
        if *entry != KeyEntry::Future {
            x += SWATCH + 8.0;
        }
        let hidden = *entry == KeyEntry::Future && view.picture.hide_future;
        let text = if hidden { "the future is hidden" } else { words::key(*entry) };
        kit.text(point(x, y), place.right() - x, kit::NOTE, text);
    }
}

pub(super) const fn look(state: KeyState) -> Look {
    match state {
        KeyState::Runs | KeyState::RunsPython => Look::Full(Pattern::Solid),
        KeyState::Extension => Look::Full(Pattern::Dots),
        KeyState::Native => Look::Full(Pattern::Stripes),
        KeyState::WantsGil => Look::Hollow,
        KeyState::ForcedWait => Look::HollowDashed,
        KeyState::Ready => Look::Thin,
        KeyState::Waking => Look::ThinHollow,
        KeyState::Io => Look::Dotted,
        KeyState::Sleep => Look::Dashed,
        KeyState::Input => Look::DottedTwice,
        KeyState::Another => Look::Chain,
        KeyState::Switch => Look::Full(Pattern::Checks),
    }
}
