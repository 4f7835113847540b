//! The places inside a process's panel where its threads wait.

use super::super::Rect;
use super::super::facts::Wait;
use super::board::{CARD_LOW, CARD_MIN};
use super::columns;

const WELL_HEADER: f64 = 28.0;
/// The line below the cards that says what those who want the GIL will do about it.
const WELL_FOOTER: f64 = 24.0;
/// Narrowest waiting place: a card and its margins.
const WELL_MIN: f64 = CARD_MIN + 16.0;
/// The same where cards have one line.
const WELL_DENSE: f64 = 116.0;
/// Width and height of the small cards there, with what is between two.
const SMALL: (f64, f64) = (98.0, 30.0);
/// The same of the smallest, which have a name alone, and the most lines of them that a place is made higher for.
const TINY: (f64, f64) = (50.0, 24.0);
const TINY_LINES: usize = 3;

/// Height of the field in which a person answers.
pub(in super::super) const FIELD: f64 = 34.0;

/// A place inside a process where its threads wait.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct WellPlace {
    pub(in super::super) wait: Wait,
    pub(in super::super) rect: Rect,
    /// Height of a card.
    card: f64,
    /// How many threads may come here.
    threads: usize,
}

/// The waiting places in rows, each wide enough for a card; the first row has fewer if they do not come out even. Where
/// cards have one line there may be `most` lines of them in a place.
pub(super) fn wells(waits: &[(Wait, usize)], card: f64, most: usize, at: Rect) -> Vec<WellPlace> {
    let least = if card < CARD_LOW { WELL_DENSE } else { WELL_MIN };
    let cols = columns(at.w, least, 8.0);
    let (first, rest) = waits.split_at(waits.len() % cols);
    let rows = std::iter::once(first).filter(|r| !r.is_empty()).chain(rest.chunks(cols));
    let mut y = at.y;
    let mut places = Vec::new();
    for row in rows {
        let alone = row.len() == 1;
        let width = if alone { at.w } else { least };
        let height =
            |wait| if card < CARD_LOW { dense_height(wait, most, width) } else { well_height(wait, card, width) };
        let h = row.iter().map(height).fold(0.0, f64::max);
        places.extend(well_row(row, card, least, Rect { y, h, ..at }));
        y += h + 8.0;
    }
    places
}

/// Waiting places side by side, wider for more threads.
fn well_row(waits: &[(Wait, usize)], card: f64, least: f64, at: Rect) -> Vec<WellPlace> {
    let n = waits.len() as f64;
    // Below the waiters of a GIL stands what they will do about it, and who is asked something reads a question.
    let weight = |(wait, threads): &(Wait, usize)| {
        let words = if matches!(wait, Wait::Gil | Wait::Input) { 0.8 } else { 0.0 };
        (*threads).min(if *wait == Wait::Gil { 8 } else { 3 }) as f64 + words
    };
    let total: f64 = waits.iter().map(weight).sum();
    let spare = at.w - (n - 1.0) * 8.0 - n * least;
    let mut x = at.x;
    let mut beside = |wait: &(Wait, usize)| {
        let w = if waits.len() == 1 { at.w } else { least + spare * weight(wait) / total };
        let rect = Rect { x, w, ..at };
        x = rect.right() + 8.0;
        WellPlace { wait: wait.0, rect, card, threads: wait.1 }
    };
    waits.iter().map(&mut beside).collect()
}

/// A row of cards, and what its threads need as small cards if that is more, up to three lines of them. Who answers needs a
/// card of its own.
fn well_height((wait, threads): &(Wait, usize), card: f64, w: f64) -> f64 {
    // One of those who share a GIL usually holds it.
    let threads = if *wait == Wait::Gil { threads - 1 } else { *threads };
    let lines = threads.div_ceil(columns(w - 16.0, SMALL.0, 6.0)).min(3);
    let line = (0.5 * (card - 6.0)).min(26.0) + 6.0;
    let cards = match below(*wait) {
        0.0 => (lines as f64 * line - 6.0).max(card),
        below => threads.div_ceil(columns(w - 16.0, CARD_MIN, 8.0)).clamp(1, 2) as f64 * (card + below + 8.0) - 8.0,
    };
    WELL_HEADER + cards + 10.0 + footer(*wait)
}

/// As many lines as its threads need, up to `most`.
fn dense_height((wait, threads): &(Wait, usize), most: usize, w: f64) -> f64 {
    let threads = if *wait == Wait::Gil { threads - 1 } else { *threads };
    let lines = threads.div_ceil(columns(w - 10.0, SMALL.0, 0.0));
    let small = lines.clamp(1, most) as f64 * SMALL.1;
    let tiny = threads.div_ceil(columns(w - 12.0, TINY.0, 0.0)).min(TINY_LINES) as f64 * TINY.1;
    let cards = if lines > most { small.max(tiny) } else { small };
    WELL_HEADER + cards + below(*wait) + 8.0 + footer(*wait)
}

fn footer(wait: Wait) -> f64 {
    if wait == Wait::Gil { WELL_FOOTER } else { 0.0 }
}

/// What each card has below it: the field for the answer.
fn below(wait: Wait) -> f64 {
    if wait == Wait::Input { FIELD + 6.0 } else { 0.0 }
}

impl WellPlace {
    /// What each card has below it, in CSS pixels.
    pub(in super::super) fn below(&self) -> f64 {
        below(self.wait)
    }

    /// Where its cards lie.
    pub(in super::super) fn cards(&self) -> Rect {
        let r = self.rect;
        let room = r.h - WELL_HEADER - 8.0 - footer(self.wait);
        let rows = self.threads.div_ceil(columns(r.w - 16.0, CARD_MIN, 8.0)) as f64;
        let card = self.card.max(CARD_LOW);
        Rect::new(r.x + 8.0, r.y + WELL_HEADER, r.w - 16.0, room.min(rows * (card + self.below() + 8.0) - 8.0))
    }

    /// The line below the cards; without height but for a GIL.
    pub(in super::super) fn footer(&self) -> Rect {
        let (r, h) = (self.rect, footer(self.wait));
        Rect::new(r.x + 10.0, self.cards().bottom() + 3.0, r.w - 20.0, h)
    }
}
