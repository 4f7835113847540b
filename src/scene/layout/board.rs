//! The board's rectangles: process panels, the ready queue, the computer.

use super::super::Rect;
use super::super::facts;
use super::super::kit;
use super::stretch::{stretch, stretch_cores};
use super::wells::{WellPlace, wells};
use super::{GAP, Mode, columns, grid};
use crate::engine::Plan;
use crate::ids::ProcessIx;

/// Height of a thread's card where room is short.
pub(super) const CARD_LOW: f64 = 50.0;
/// The same in one column, where the page scrolls anyway.
pub(super) const CARD_NARROW: f64 = 56.0;
/// Height of a thread's card where there is room.
pub(super) const CARD_HIGH: f64 = 72.0;
/// Narrowest card beside others.
pub(in super::super) const CARD_MIN: f64 = 134.0;
/// Widest card.
pub(in super::super) const CARD_MAX: f64 = 220.0;
/// Height of a home chip.
pub(super) const CHIP: f64 = 26.0;
/// Between rows of home chips.
pub(super) const CHIP_GAP: f64 = 6.0;
/// Narrowest home chip beside others.
const CHIP_MIN: f64 = 150.0;
/// What a home chip needs beside its thread's name: the dot, margins, and one of the longest places, “wants the GIL”.
const CHIP_WORDS: f64 = 144.0;

const HEADER: f64 = 44.0;
/// Above the cards of a ready queue that is a column.
const QUEUE_HEADER: f64 = 72.0;
/// Above the cards of a ready queue that is no column.
const LOW_QUEUE_HEADER: f64 = 40.0;
const PAD: f64 = 12.0;
/// With more processes than this a panel shows chips only.
const MANY_PROCESSES: usize = 3;

/// The upper part of the picture.
#[derive(Clone, Debug)]
pub(in super::super) struct Board {
    /// Height of a thread's card.
    pub(in super::super) card: f64,
    pub(in super::super) processes: Vec<ProcessPlace>,
    pub(in super::super) ready: Rect,
    /// Where the cards of the ready queue lie.
    pub(in super::super) ready_cards: Rect,
    pub(in super::super) computer: Rect,
    pub(in super::super) cores: Vec<Rect>,
    pub(in super::super) core_style: CoreStyle,
    pub(in super::super) bottom: f64,
}

/// A process's panel.
#[derive(Clone, Debug)]
pub(in super::super) struct ProcessPlace {
    pub(in super::super) process: ProcessIx,
    pub(in super::super) panel: Rect,
    /// Name, runtime and the GIL's dock.
    pub(in super::super) header: Rect,
    /// Where home chips fit.
    pub(in super::super) chips: Vec<Rect>,
    pub(in super::super) wells: Vec<WellPlace>,
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
    pub(super) fn new(plan: &Plan, mode: Mode, width: f64, card: f64) -> Self {
        let at = Rect::new(GAP / 2.0, GAP / 2.0, width - GAP, 0.0);
        match mode {
            Mode::Wide => {
                let stacked = Self::wide(plan, card, at, 266.0);
                let beside = Self::wide(plan, card, at, (at.w * if plan.cores <= 2 { 0.345 } else { 0.37 }).round());
                // Few cores stand one above the other only beside something as high.
                if plan.cores == 2 && stacked.bottom <= beside.bottom + 24.0 { stacked } else { beside }
            }
            Mode::Medium => {
                let column = Self::medium(plan, card, at, false);
                let row = Self::medium(plan, card, at, true);
                // A column that is higher than what stands beside it leaves processes with empty places.
                if column.bottom + 24.0 <= row.bottom { column } else { row }
            }
            Mode::Narrow => Self::narrow(plan, card, at),
        }
    }

    /// Processes, ready queue and computer side by side.
    fn wide(plan: &Plan, card: f64, at: Rect, computer_w: f64) -> Self {
        let ready_w = (at.w * 0.2).round().clamp(212.0, 226.0);
        let left = at.w - ready_w - computer_w - 2.0 * GAP;
        let ready = Rect { x: at.x + left + GAP, w: ready_w, ..at };
        let computer = Rect { x: at.right() - computer_w, w: computer_w, ..at };
        let queue_h = QUEUE_HEADER + (card + 8.0) * waiting(plan).clamp(1, 3) as f64 + 2.0;
        Self::assemble(plan, card, Rect { w: left, ..at }, Rect { h: queue_h, ..ready }, QUEUE_HEADER, computer)
    }

    /// Processes beside the ready queue, and the computer below the queue, or below both.
    fn medium(plan: &Plan, card: f64, at: Rect, below_both: bool) -> Self {
        let left = Rect { w: (at.w * 0.54).round(), ..at };
        let mut ready = Rect { x: left.right() + GAP, w: at.w - left.w - GAP, ..at };
        ready.h = queue_height(plan, card, ready.w);
        let y = if below_both { process_panels(plan, card, left).1.max(ready.bottom()) } else { ready.bottom() } + GAP;
        if below_both {
            ready.h = y - GAP - ready.y;
        }
        let computer = if below_both { Rect { y, ..at } } else { Rect { y, ..ready } };
        Self::assemble(plan, card, left, ready, LOW_QUEUE_HEADER, computer)
    }

    /// All in one column.
    fn narrow(plan: &Plan, card: f64, at: Rect) -> Self {
        let (processes, bottom) = process_panels(plan, card, at);
        let y = if processes.is_empty() { at.y } else { bottom + GAP };
        let ready = Rect { y, h: queue_height(plan, card, at.w), ..at };
        Self::assemble(plan, card, at, ready, LOW_QUEUE_HEADER, Rect { y: ready.bottom() + GAP, ..at })
    }

    /// The board from where its three parts begin; those that stand side by side end at the same height.
    fn assemble(plan: &Plan, card: f64, left: Rect, mut ready: Rect, queue_header: f64, mut computer: Rect) -> Self {
        let (mut processes, left_bottom) = process_panels(plan, card, left);
        let beside = |part: Rect| part.x >= left.right();
        let least = if beside(computer) { left_bottom.max(ready.bottom()) } else { computer.y };
        let (mut cores, core_style, cores_bottom) = cores(plan, card, computer, least);
        let bottom = cores_bottom.max(least);
        if beside(computer) {
            stretch(&mut processes, bottom);
        } else if beside(ready) {
            stretch(&mut processes, ready.bottom());
        }
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
        Self { card, processes, ready, ready_cards, computer, cores, core_style, bottom }
    }
}

/// How many threads wait for a core if all of them want one.
fn waiting(plan: &Plan) -> usize {
    plan.threads.len().saturating_sub(usize::from(plan.cores))
}

/// Height of the ready queue where it is no column.
fn queue_height(plan: &Plan, card: f64, w: f64) -> f64 {
    let rows = waiting(plan).div_ceil(columns(w - 20.0, CARD_MIN, 8.0)).clamp(1, 2) as f64;
    LOW_QUEUE_HEADER + rows * (card + 8.0) + 4.0
}

/// The cores inside the computer's panel, of which `h` is still open, and the bottom that it gets from them. Many cores
/// are as wide as they can be above `least`.
fn cores(plan: &Plan, card: f64, computer: Rect, least: f64) -> (Vec<Rect>, CoreStyle, f64) {
    let n = usize::from(plan.cores);
    let inner = Rect::new(computer.x + PAD, computer.y + HEADER, computer.w - 2.0 * PAD, f64::MAX);
    let (widths, gap) = match n {
        ..=8 => ([CARD_MIN + 16.0; 2], 10.0),
        9..=32 => ([112.0, 88.0], 6.0),
        _ => ([112.0, 64.0], 4.0),
    };
    let registers = facts::slow_switch(plan);
    let [wide, narrow] = widths.map(|w| columns(inner.w, w, gap).min(n));
    let chips_h = n.div_ceil(wide) as f64 * (CoreStyle::Chip.height(card, registers) + gap);
    let cols = if inner.y + chips_h <= least { wide } else { narrow };
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

/// The process panels from the top left corner of a column down, each as low as it can be, and the bottom of the last.
fn process_panels(plan: &Plan, card: f64, column: Rect) -> (Vec<ProcessPlace>, f64) {
    let mut top = column.y;
    let mut places = Vec::new();
    for process in plan.process_ixs() {
        let place = process_panel(plan, card, process, Rect { y: top, ..column });
        top = place.panel.bottom() + GAP;
        places.push(place);
    }
    (places, (top - GAP).max(column.y))
}

fn process_panel(plan: &Plan, card: f64, process: ProcessIx, at: Rect) -> ProcessPlace {
    let threads = &plan.process(process).threads;
    let many = plan.processes.len() > MANY_PROCESSES;
    let waits = if many { Vec::new() } else { facts::waits(plan, process) };
    let (x, w) = (at.x + PAD + 4.0, at.w - 2.0 * PAD - 4.0);
    if waits.is_empty() && threads.len() <= 1 {
        let panel = Rect { h: 48.0, ..at };
        let chip_w = (w * 0.45).clamp(CHIP_MIN, 240.0);
        let chip = Rect::new(x + w - chip_w, at.y + 11.0, chip_w, CHIP);
        let header = Rect::new(x, at.y, w - chip_w - GAP, 48.0);
        return ProcessPlace { process, panel, header, chips: vec![chip], wells: Vec::new() };
    }
    let header = Rect::new(x, at.y, w, HEADER);
    let most = match plan.processes.len() {
        ..=4 => 3,
        5..=8 => 2,
        _ => 1,
    };
    let names = threads.iter().map(|t| kit::NOTE.bold().width(&plan.thread(*t).name));
    let spoken = columns(w, names.fold(0.0, f64::max).min(120.0) + CHIP_WORDS, 8.0);
    let alone = waits.is_empty() && threads.len() <= most;
    let cols = match () {
        () if alone => 1,
        () if threads.len() <= spoken * most => spoken.min(threads.len()).max(1),
        () => columns(w, CHIP_MIN, 8.0),
    };
    let rows = threads.len().div_ceil(cols).clamp(1, most);
    let area = Rect { y: header.bottom(), h: rows as f64 * (CHIP + CHIP_GAP) - CHIP_GAP, ..header };
    let chip_w = (w - 8.0 * (cols - 1) as f64) / cols as f64;
    let chips = grid(area, chip_w - 0.01, chip_w, CHIP, CHIP_GAP);
    let wells = wells(&waits, card, Rect { y: area.bottom() + 10.0, ..header });
    let bottom = wells.last().map_or(area.bottom(), |well| well.rect.bottom()) + PAD;
    ProcessPlace { process, panel: Rect { h: bottom - at.y, ..at }, header, chips, wells }
}
