//! The board: where everything is at the playhead.

mod card;
mod computer;
mod crossing;
mod process;
mod queue;
mod registers;
mod resources;
mod token;

pub(super) use card::ghost;

use super::draw::View;
use super::kit::{self, Kit, dashed, line, point, solid, tint};
use super::layout::{CARD_LOW, CARD_MAX, CARD_MIN, FIELD, grid};
use super::{Ink, Rect, Subject};
use crate::ids::ThreadIx;

/// Draws processes, ready queue and computer, which is also the order in which assistive technology reads them.
pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    let mut shown = Shown::default();
    let board = Rect::new(0.0, 0.0, view.picture.size.w, view.layout.board.bottom);
    kit.region(board, Subject::Board);
    process::draw(kit, view, &mut shown);
    resources::pipes(kit, view);
    queue::draw(kit, view, &mut shown);
    computer::draw(kit, view, &mut shown);
    // Last, as a chip is its thread's object only where there is no card.
    process::chips(kit, view, &shown);
    if view.picture.drag.is_none() {
        registers::fly(kit, view);
        crossing::draw(kit, view);
    }
}

/// The threads that have a card, which is then their named object, and carry their token there.
#[derive(Debug, Default)]
struct Shown(Vec<ThreadIx>);

impl Shown {
    fn has(&self, thread: ThreadIx) -> bool {
        self.0.contains(&thread)
    }
}

/// Narrowest card while there is room for all: its words are written out.
const CARD_WIDE: f64 = 186.0;
/// Highest card of one line.
const SMALL_CARD: f64 = 26.0;
/// Narrowest small card.
const SMALL_WIDTH: f64 = 92.0;
/// Size of the smallest cards, which have a name alone, and what is between two: a target of 24 px each.
const TINY: (f64, f64) = (46.0, 20.0);
const TINY_GAP: f64 = 4.0;
/// From line to line of a text of several.
const LINE: f64 = 16.0;

/// A panel on the page.
fn panel(kit: &mut Kit, rect: Rect) {
    kit.rect(rect, 12.0, Some(solid(Ink::Panel)), Some(line(Ink::Line, 1.0)));
}

/// Threads in a place that holds some of them.
struct Cards<'a> {
    area: Rect,
    /// With a note each.
    threads: &'a [(ThreadIx, String)],
    /// Before which of them another would be put.
    gap: Option<usize>,
    /// What each card has below it: the field for an answer.
    below: f64,
}

/// Cards if all fit as such, else small cards, and a count of those that do not fit.
fn cards(kit: &mut Kit, view: &View<'_>, place: Cards<'_>, shown: &mut Shown) {
    let Cards { area, threads, gap, below } = place;
    let (card, n) = (view.layout.board.card, threads.len());
    // Wide cards, narrow ones, low ones; where cards have one line, those only if there is no room for two.
    let high = card.max(CARD_LOW);
    let tries = [(CARD_WIDE, high), (CARD_MIN, high), (CARD_MIN, card.min(CARD_LOW))];
    let grids = tries.map(|(w, h)| grid(area, w, CARD_MAX, h + below, 8.0));
    let fits = grids.iter().position(|cells| n <= cells.len());
    let mut cells = grids.into_iter().nth(fits.unwrap_or(2)).unwrap_or_default();
    if n > cells.len() && below == 0.0 {
        // Two small cards, one above the other, are as high as a card of two lines.
        let (h, gap) = if card < CARD_LOW { (SMALL_CARD, 4.0) } else { (((card - 6.0) / 2.0).min(SMALL_CARD), 6.0) };
        let small = grid(area, SMALL_WIDTH, CARD_MAX, h, gap);
        cells = if small.len() > cells.len() { small } else { cells };
        let tiny = grid(area, TINY.0, CARD_MAX, TINY.1, TINY_GAP);
        // Smaller ones only where they spare a count of those who are not seen.
        cells = if n > cells.len() && tiny.len() > cells.len() { tiny } else { cells };
    }
    if let Some(at) = gap {
        open_gap(kit, view, &mut cells, at.min(n), n);
    }
    let fit = if threads.len() > cells.len() { cells.len().saturating_sub(1) } else { threads.len() };
    for ((thread, note), cell) in threads.iter().zip(&cells).take(fit) {
        card::draw(kit, view, *thread, Rect { h: cell.h - below, ..*cell }, note);
        if below > 0.0 {
            card::field(kit, view, *thread, Rect { y: cell.bottom() - FIELD, h: FIELD, ..*cell });
        }
        shown.0.push(*thread);
    }
    if let Some(cell) = cells.get(fit).filter(|_| fit < threads.len()) {
        more(kit, *cell, threads.len() - fit);
    }
}

/// A free cell before one of `n`, or a line where there is no room for one.
fn open_gap(kit: &mut Kit, view: &View<'_>, cells: &mut Vec<Rect>, at: usize, n: usize) {
    let (ink, word) = if view.refuses() { (Ink::Alert, "not here") } else { (Ink::Accent, "here") };
    if n < cells.len() {
        let cell = cells.remove(at);
        kit.rect(cell, 8.0, Some(tint(ink, 0.10)), Some(dashed(ink, 1.5)));
        kit.text(cell.center(), cell.w - 8.0, kit::NOTE.bold().middle().ink(ink), word);
    } else if let Some(cell) = cells.get(at).or(cells.last()) {
        let y = if at < cells.len() { cell.y - 3.0 } else { cell.bottom() + 3.0 };
        kit.fill(Rect::new(cell.x, y - 2.0, cell.w, 4.0), 2.0, tint(ink, 1.0));
    }
}

/// “+5 more”.
fn more(kit: &mut Kit, cell: Rect, n: usize) {
    kit.outline(cell, 8.0, dashed(Ink::Line, 1.0));
    kit.text(cell.center(), cell.w - 8.0, kit::NOTE.middle(), format!("+{n} more"));
}

/// What a place says that nobody is in: a word, and the first of the reasons that fits.
fn empty(kit: &mut Kit, rect: Rect, word: &str, reasons: &[String]) {
    kit.outline(rect, 8.0, dashed(Ink::Line, 1.0));
    let (style, room) = (kit::NOTE.middle(), rect.w - 12.0);
    let most = ((rect.h - 8.0) / LINE - 1.0).max(0.0) as usize;
    let mut lines = reasons.iter().map(|r| style.wrap(r, room)).find(|l| l.len() <= most).unwrap_or_default();
    lines.insert(0, word.to_owned());
    let center = rect.center();
    let top = center.y - LINE * (lines.len() - 1) as f64 / 2.0;
    for (i, text) in lines.into_iter().enumerate() {
        let style = if i == 0 && !reasons.is_empty() { style.bold() } else { style };
        kit.text(point(center.x, top + LINE * i as f64), room, style, text);
    }
}
