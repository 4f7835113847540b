//! The places inside a process's panel where its threads wait.

use super::super::Rect;
use super::super::facts::Wait;
use super::board::{CARD, CARD_MIN};
use super::columns;

const WELL_HEADER: f64 = 28.0;
/// Narrowest waiting place: a card and its margins.
const WELL_MIN: f64 = CARD_MIN + 16.0;

/// A place inside a process where its threads wait.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct WellPlace {
    pub(in super::super) wait: Wait,
    pub(in super::super) rect: Rect,
}

/// The waiting places in rows, each wide enough for a card; the first row has fewer if they do not come out even.
pub(super) fn wells(waits: &[(Wait, usize)], at: Rect) -> Vec<WellPlace> {
    let cols = columns(at.w, WELL_MIN, 8.0);
    let (first, rest) = waits.split_at(waits.len() % cols);
    let rows = std::iter::once(first).filter(|r| !r.is_empty()).chain(rest.chunks(cols));
    let mut y = at.y;
    let mut places = Vec::new();
    for row in rows {
        let h = row.iter().map(|w| well_height(w, if row.len() == 1 { at.w } else { WELL_MIN })).fold(0.0, f64::max);
        places.extend(well_row(row, Rect { y, h, ..at }));
        y += h + 8.0;
    }
    places
}

/// Waiting places side by side, wider for more threads.
fn well_row(waits: &[(Wait, usize)], at: Rect) -> Vec<WellPlace> {
    let n = waits.len() as f64;
    // Beside the waiters of a GIL stands what they will do about it.
    let weight =
        |(wait, threads): &(Wait, usize)| (*threads).min(3) as f64 + if *wait == Wait::Gil { 0.8 } else { 0.0 };
    let total: f64 = waits.iter().map(weight).sum();
    let spare = at.w - (n - 1.0) * 8.0 - n * WELL_MIN;
    let mut x = at.x;
    let mut beside = |wait: &(Wait, usize)| {
        let rect = Rect { x, w: WELL_MIN + spare * weight(wait) / total, ..at };
        x = rect.right() + 8.0;
        WellPlace { wait: wait.0, rect }
    };
    if waits.len() == 1 {
        vec![WellPlace { wait: waits[0].0, rect: at }]
    } else {
        waits.iter().map(&mut beside).collect()
    }
}

/// Two rows of cards where a place has a row of its own and threads enough, else one.
fn well_height((wait, threads): &(Wait, usize), w: f64) -> f64 {
    // One of those who share a GIL usually holds it.
    let threads = if *wait == Wait::Gil { threads - 1 } else { *threads };
    let most = if w > WELL_MIN { 2 } else { 1 };
    let rows = threads.div_ceil(columns(w - 16.0, CARD_MIN, 8.0)).clamp(1, most);
    WELL_HEADER + rows as f64 * (CARD + 8.0) + 2.0
}

impl WellPlace {
    /// Where its cards lie.
    pub(in super::super) fn cards(&self) -> Rect {
        let r = self.rect;
        Rect::new(r.x + 8.0, r.y + WELL_HEADER, r.w - 16.0, r.h - WELL_HEADER - 8.0)
    }
}
