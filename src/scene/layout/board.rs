//! The board's rectangles: the ready queue, the computer, and how they lie beside the processes.

use super::super::Rect;
use super::super::facts;
use super::processes::{ProcessPlace, pipes, pipes_height, process_panels};
use super::stretch::{stretch, stretch_cores};
use super::{Content, GAP, Mode, columns, grid};
use crate::engine::Plan;
use crate::ids::ObjectIx;
use crate::number::Within;

/// Height of a thread's card of one line, where there is no room for more.
pub(in super::super) const CARD_DENSE: f64 = 30.0;
/// Height of a thread's card where room is short.
pub(in super::super) const CARD_LOW: f64 = 50.0;
/// The same in one column, where the page scrolls anyway.
pub(super) const CARD_NARROW: f64 = 56.0;
/// Height of a thread's card where there is room.
pub(super) const CARD_HIGH: f64 = 72.0;
/// Narrowest card beside others.
pub(in super::super) const CARD_MIN: f64 = 134.0;
/// Widest card.
pub(in super::super) const CARD_MAX: f64 = 220.0;
/// Height of a panel's header.
pub(super) const HEADER: f64 = 44.0;
/// Narrowest core of a few, and the computer's width for two of them side by side.
const CORE_MIN: f64 = CARD_MIN + 14.0;
/// Narrowest core of a few where cards have one line.
const CORE_DENSE: f64 = 116.0;
const TWO_CORES: f64 = 2.0 * (CORE_MIN + PAD) + 10.0;
/// Above the cards of a ready queue that is a column.
const QUEUE_HEADER: f64 = 72.0;
/// Above the cards of a ready queue that is no column.
const LOW_QUEUE_HEADER: f64 = 40.0;
/// From this width on, a core's ready queue stands beside its name and not below it.
pub(in super::super) const ROW_BESIDE: f64 = 300.0;
/// Between the rows of several ready queues.
const ROW_GAP: f64 = 2.0;
/// Between a panel's edge and what is in it.
pub(super) const PAD: f64 = 12.0;

/// The upper part of the picture.
#[derive(Clone, Debug)]
pub(in super::super) struct Board {
    /// Height of a thread's card.
    pub(in super::super) card: f64,
    pub(in super::super) processes: Vec<ProcessPlace>,
    /// The pipes between processes and the devices, below their panels.
    pub(in super::super) pipes: Vec<(ObjectIx, Rect)>,
    pub(in super::super) ready: Rect,
    /// Where the cards of the ready queue lie.
    pub(in super::super) ready_cards: Rect,
    /// The rows of the ready queues where each core has one; none where they are too many for rows.
    pub(in super::super) queues: Vec<Rect>,
    pub(in super::super) computer: Rect,
    pub(in super::super) cores: Vec<Rect>,
    pub(in super::super) core_style: CoreStyle,
    pub(in super::super) bottom: f64,
}

/// How much of a core is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum CoreStyle {
    /// Header, card, a line of words.
    Full,
    /// Header and card.
    Card,
    /// One line.
    Chip,
}

impl CoreStyle {
    /// With `registers` there is a line for them below the words.
    fn height(self, card: f64, registers: bool) -> f64 {
        match self {
            Self::Full => card + 62.0 + if registers { 16.0 } else { 0.0 },
            Self::Card => card + 40.0,
            Self::Chip => 30.0,
        }
    }
}

impl Board {
    /// The board at its least height for cards of a height, in a canvas of a width.
    pub(super) fn new(plan: Content<'_>, mode: Mode, width: f64, card: f64) -> Self {
        let at = Rect::new(GAP / 2.0, GAP / 2.0, width - GAP, 0.0);
        match mode {
            Mode::Wide if plan.cores > 8 => {
                // As narrow as many cores can be without making the board much higher.
                let boards = [0.3, 0.37, 0.45, 0.53].map(|part: f64| Self::wide(plan, card, at, (at.w * part).round()));
                let lower = |a: Self, b: Self| if b.bottom + 24.0 < a.bottom { b } else { a };
                boards.into_iter().reduce(lower).unwrap_or_else(|| Self::narrow(plan, card, at))
            }
            Mode::Wide => {
                let stacked = Self::wide(plan, card, at, 266.0);
                let beside = Self::wide(plan, card, at, (at.w * if plan.cores <= 2 { 0.345 } else { 0.37 }).round());
                // Two cores stand one above the other beside something as high; a single one is wide unless that makes the
                // processes higher.
                let most = match plan.cores {
                    1 if card < CARD_LOW => beside.bottom,
                    1 => beside.bottom - 8.0,
                    2 => beside.bottom + 24.0,
                    _ => 0.0,
                };
                if stacked.bottom <= most { stacked } else { beside }
            }
            Mode::Medium => {
                // Beside processes that are broad, and that leave room for two cores; a column that is higher than what
                // stands beside it leaves processes with empty places.
                let broad = (at.w * 0.54).round();
                let columns = [broad, at.w - GAP - TWO_CORES].map(|w| Self::medium(plan, card, at, w, false));
                let row = Self::medium(plan, card, at, broad, true);
                let lower = |a: Self, b: Self| if b.bottom < a.bottom { b } else { a };
                let column = columns.into_iter().reduce(lower).filter(|c| c.bottom + 24.0 <= row.bottom);
                column.unwrap_or(row)
            }
            Mode::Narrow => Self::narrow(plan, card, at),
        }
    }

    /// Processes, ready queue and computer side by side.
    fn wide(plan: Content<'_>, card: f64, at: Rect, computer_w: f64) -> Self {
        let ready_w = (at.w * 0.2).round().within(212.0, 226.0);
        let left = at.w - ready_w - computer_w - 2.0 * GAP;
        let ready = Rect { x: at.x + left + GAP, w: ready_w, ..at };
        let computer = Rect { x: at.right() - computer_w, w: computer_w, ..at };
        let cards_h = match rows(&plan, ready_w) {
            Some(h) => h,
            None => (card + 8.0) * waiting(&plan).clamp(1, 3) as f64 + 2.0,
        };
        let ready = Rect { h: QUEUE_HEADER + cards_h, ..ready };
        Self::assemble(plan, card, Rect { w: left, ..at }, ready, QUEUE_HEADER, computer)
    }

    /// Processes beside the ready queue, and the computer below the queue, or below both.
    fn medium(plan: Content<'_>, card: f64, at: Rect, w: f64, below_both: bool) -> Self {
        let left = Rect { w, ..at };
        let mut ready = Rect { x: left.right() + GAP, w: at.w - left.w - GAP, ..at };
        ready.h = queue_height(&plan, card, ready.w);
        let y = if below_both { process_panels(plan, card, left).1.max(ready.bottom()) } else { ready.bottom() } + GAP;
        if below_both {
            ready.h = y - GAP - ready.y;
        }
        let computer = if below_both { Rect { y, ..at } } else { Rect { y, ..ready } };
        Self::assemble(plan, card, left, ready, LOW_QUEUE_HEADER, computer)
    }

    /// All in one column.
    fn narrow(plan: Content<'_>, card: f64, at: Rect) -> Self {
        let (processes, bottom) = process_panels(plan, card, at);
        let y = if processes.is_empty() { at.y } else { bottom + GAP };
        let ready = Rect { y, h: queue_height(&plan, card, at.w), ..at };
        Self::assemble(plan, card, at, ready, LOW_QUEUE_HEADER, Rect { y: ready.bottom() + GAP, ..at })
    }

    /// The board from where its three parts begin; those that stand side by side end at the same height.
    fn assemble(
        plan: Content<'_>,
        card: f64,
        left: Rect,
        mut ready: Rect,
        queue_header: f64,
        mut computer: Rect,
    ) -> Self {
        let (mut processes, left_bottom) = process_panels(plan, card, left);
        let beside = |part: Rect| part.x >= left.right();
        let least = if beside(computer) { left_bottom.max(ready.bottom()) } else { computer.y };
        let (mut cores, core_style, cores_bottom) = cores(&plan, card, computer, least);
        let bottom = cores_bottom.max(least);
        let mut left_bottom = left_bottom;
        if beside(computer) {
            left_bottom = bottom;
        } else if beside(ready) {
            left_bottom = ready.bottom();
        }
        let pipes = pipes(&plan, Rect { h: left_bottom - left.y, ..left });
        stretch(&mut processes, left_bottom - pipes_height(&plan));
        if computer.y == ready.y {
            ready.h = bottom - ready.y;
        }
        computer.h = bottom - computer.y;
        stretch_cores(&mut cores, core_style, bottom - cores_bottom);
        let ready_cards = Rect::new(
            ready.x + 10.0,
            ready.y + queue_header,
            ready.w - 20.0,
            (ready.h - queue_header - 10.0).max(card),
        );
        let n = rows(&plan, ready.w).map_or(0, |_| plan.queue_count());
        let h = ready_cards.h / n as f64;
        let queues = (0..n).map(|i| Rect { y: ready_cards.y + i as f64 * h, h: h - ROW_GAP, ..ready_cards }).collect();
        Self { card, processes, pipes, ready, ready_cards, queues, computer, cores, core_style, bottom }
    }
}

/// How many threads wait for a core if all of them want one.
fn waiting(plan: &Plan) -> usize {
    plan.threads.len().saturating_sub(usize::from(plan.cores))
}

/// The least height of a row for each ready queue in a panel of a width, if each core has one and there are a few.
fn rows(plan: &Plan, w: f64) -> Option<f64> {
    let n = plan.queue_count();
    let row = if w >= ROW_BESIDE { 34.0 } else { 48.0 };
    (2..=8).contains(&n).then_some(n as f64 * row + 10.0)
}

/// Height of the ready queue where it is no column.
fn queue_height(plan: &Plan, card: f64, w: f64) -> f64 {
    if let Some(h) = rows(plan, w) {
        return LOW_QUEUE_HEADER + h;
    }
    let rows = waiting(plan).div_ceil(columns(w - 20.0, CARD_MIN, 8.0)).clamp(1, 2) as f64;
    LOW_QUEUE_HEADER + rows * (card + 8.0) + 4.0
}

/// The cores inside the computer's panel, of which `h` is still open, and the bottom that it gets from them. Many cores
/// are as wide as they can be above `least`.
fn cores(plan: &Plan, card: f64, computer: Rect, least: f64) -> (Vec<Rect>, CoreStyle, f64) {
    let n = usize::from(plan.cores);
    let inner = Rect::new(computer.x + PAD, computer.y + HEADER, computer.w - 2.0 * PAD, f64::MAX);
    let (widths, gap) = match n {
        ..=8 if card < CARD_LOW => ([CORE_MIN, CORE_DENSE], 10.0),
        ..=8 => ([CORE_MIN; 2], 10.0),
        9..=32 => ([124.0, 96.0], 6.0),
        _ => ([108.0, 82.0], 4.0),
    };
    let registers = facts::slow_switch(plan);
    let [wide, narrow] = widths.map(|w| columns(inner.w, w, gap).min(n));
    let least_style = if n > 8 { CoreStyle::Chip } else { CoreStyle::Full };
    let wide_h = n.div_ceil(wide) as f64 * (least_style.height(card, registers) + gap);
    let cols = if inner.y + wide_h <= least { wide } else { narrow };
    let rows = n.div_ceil(cols);
    let style = match (n, rows) {
        (9.., _) => CoreStyle::Chip,
        (_, ..=2) => CoreStyle::Full,
        _ => CoreStyle::Card,
    };
    let h = rows as f64 * (style.height(card, registers) + gap) - gap;
    let w = (inner.w - gap * (cols - 1) as f64) / cols as f64;
    let mut cells = grid(Rect { h, ..inner }, w - 0.01, w, style.height(card, registers), gap);
    cells.truncate(n);
    (cells, style, inner.y + h + PAD)
}
