//! The board: where everything is at the playhead.

mod card;
mod computer;
mod process;
mod queue;
mod token;

pub(super) use card::ghost;

use super::draw::View;
use super::kit::{self, Kit, dashed, line, point, solid};
use super::layout::{CARD, CARD_MAX, CARD_MIN, SMALL_CARD, grid};
use super::{Ink, Rect};
use crate::ids::ThreadIx;

/// Draws processes, ready queue and computer, which is also the order in which assistive technology reads them.
pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    let mut shown = Shown::default();
    process::draw(kit, view, &mut shown);
    queue::draw(kit, view, &mut shown);
    computer::draw(kit, view, &mut shown);
    // Last, as a chip is its thread's object only where there is no card.
    process::chips(kit, view, &shown);
}

/// The threads that have a card, which is then their named object, and carry their token there.
#[derive(Debug, Default)]
struct Shown(Vec<ThreadIx>);

impl Shown {
    fn has(&self, thread: ThreadIx) -> bool {
        self.0.contains(&thread)
    }
}

/// A panel on the page.
fn panel(kit: &mut Kit, rect: Rect) {
    kit.rect(rect, 12.0, Some(solid(Ink::Panel)), Some(line(Ink::Line, 1.0)));
}

/// Threads with a note each in a place that holds some of them: cards if all fit as such, else small cards, and a count of
/// those that do not fit.
fn cards(kit: &mut Kit, view: &View<'_>, area: Rect, threads: &[(ThreadIx, String)], shown: &mut Shown) {
    let mut cells = grid(area, CARD_MIN, CARD_MAX, CARD, 8.0);
    if threads.len() > cells.len() {
        let small = grid(area, 92.0, CARD_MAX, SMALL_CARD, 6.0);
        cells = if small.len() > cells.len() { small } else { cells };
    }
    let fit = if threads.len() > cells.len() { cells.len().saturating_sub(1) } else { threads.len() };
    for ((thread, note), cell) in threads.iter().zip(&cells).take(fit) {
        card::draw(kit, view, *thread, *cell, note);
        shown.0.push(*thread);
    }
    if let Some(cell) = cells.get(fit).filter(|_| fit < threads.len()) {
        more(kit, *cell, threads.len() - fit);
    }
}

/// “+5 more”.
fn more(kit: &mut Kit, cell: Rect, n: usize) {
    kit.outline(cell, 8.0, dashed(Ink::Line, 1.0));
    kit.text(cell.center(), cell.w - 8.0, kit::NOTE.middle(), format!("+{n} more"));
}

/// What a place says that nobody is in.
fn empty(kit: &mut Kit, rect: Rect, text: &str) {
    kit.outline(rect, 8.0, dashed(Ink::Line, 1.0));
    kit.text(point(rect.center().x, rect.center().y), rect.w - 8.0, kit::NOTE.middle(), text);
}
