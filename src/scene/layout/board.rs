//! The board's rectangles: process panels, the ready queue, the computer.

use super::super::Rect;
use super::super::facts;
use super::wells::{WellPlace, wells};
use super::{GAP, Mode, columns, grid};
use crate::engine::Plan;
use crate::ids::ProcessIx;

/// Height of a thread's card.
pub(in super::super) const CARD: f64 = 54.0;
/// Narrowest card beside others.
pub(in super::super) const CARD_MIN: f64 = 134.0;
/// Widest card.
pub(in super::super) const CARD_MAX: f64 = 220.0;
/// Height of a small card; two, one above the other, are as high as a card.
pub(in super::super) const SMALL_CARD: f64 = 24.0;
/// Height of a home chip.
pub(in super::super) const CHIP: f64 = 26.0;
/// Narrowest home chip beside others.
pub(in super::super) const CHIP_MIN: f64 = 150.0;

const HEADER: f64 = 44.0;
const PAD: f64 = 12.0;
/// With more processes than this a panel shows chips only.
const MANY_PROCESSES: usize = 3;

/// The upper part of the picture.
#[derive(Clone, Debug)]
pub(in super::super) struct Board {
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
    const fn height(self) -> f64 {
        match self {
            Self::Full => 116.0,
            Self::Card => 94.0,
            Self::Chip => 30.0,
        }
    }
}

impl Board {
    pub(super) fn new(plan: &Plan, mode: Mode, width: f64) -> Self {
        let (x, y, w) = (GAP / 2.0, GAP / 2.0, width - GAP);
        match mode {
            Mode::Wide => Self::wide(plan, x, y, w),
            Mode::Medium => {
                let left = (w * 0.54).round();
                let (processes, bottom) = process_panels(plan, x, y, left);
                let right = Rect::new(x + left + GAP, y, w - left - GAP, 0.0);
                Self::stacked(plan, processes, bottom, right)
            }
            Mode::Narrow => {
                let (processes, bottom) = process_panels(plan, x, y, w);
                let below = Rect::new(x, if processes.is_empty() { y } else { bottom + GAP }, w, 0.0);
                Self::stacked(plan, processes, bottom, below)
            }
        }
    }

    fn wide(plan: &Plan, x: f64, y: f64, w: f64) -> Self {
        let ready_w = 226.0;
        let computer_w = if plan.cores <= 2 { 266.0 } else { (w * 0.37).round() };
        let left = w - ready_w - computer_w - 2.0 * GAP;
        let (mut processes, bottom) = process_panels(plan, x, y, left);
        let computer = Rect::new(x + w - computer_w, y, computer_w, 0.0);
        let (cores, core_style, cores_bottom) = cores(plan, computer);
        let waiting = plan.threads.len().saturating_sub(usize::from(plan.cores)).clamp(1, 3);
        let few = 80.0 + (CARD + 8.0) * waiting as f64;
        let bottom = bottom.max(cores_bottom).max(y + few);
        stretch(&mut processes, bottom);
        let ready = Rect::new(x + left + GAP, y, ready_w, bottom - y);
        let cards = Rect::new(ready.x + 10.0, y + 72.0, ready.w - 20.0, (ready.h - 80.0).max(CARD));
        let computer = Rect { h: bottom - y, ..computer };
        Self { processes, ready, ready_cards: cards, computer, cores, core_style, bottom }
    }

    /// Ready queue above computer, in a column that begins at `at`.
    fn stacked(plan: &Plan, mut processes: Vec<ProcessPlace>, left_bottom: f64, at: Rect) -> Self {
        let rows =
            plan.threads.len().saturating_sub(usize::from(plan.cores)).div_ceil(columns(at.w - 20.0, CARD_MIN, 8.0));
        let rows = rows.clamp(1, 2) as f64;
        let ready = Rect { h: 40.0 + rows * (CARD + 8.0) + 4.0, ..at };
        let cards = Rect::new(ready.x + 10.0, ready.y + 40.0, ready.w - 20.0, rows * (CARD + 8.0) - 8.0);
        let computer = Rect { y: ready.bottom() + GAP, ..at };
        let (cores, core_style, cores_bottom) = cores(plan, computer);
        let bottom = left_bottom.max(cores_bottom);
        if processes.first().is_some_and(|p| p.panel.x < at.x) {
            stretch(&mut processes, bottom);
        }
        let computer = Rect { h: bottom - computer.y, ..computer };
        Self { processes, ready, ready_cards: cards, computer, cores, core_style, bottom }
    }
}

/// The cores inside the computer's panel, of which `h` is still open, and the bottom that it gets from them.
fn cores(plan: &Plan, computer: Rect) -> (Vec<Rect>, CoreStyle, f64) {
    let n = usize::from(plan.cores);
    let inner = Rect::new(computer.x + PAD, computer.y + HEADER, computer.w - 2.0 * PAD, f64::MAX);
    let (min_w, gap) = match n {
        ..=8 => (CARD_MIN + 16.0, 10.0),
        9..=32 => (88.0, 6.0),
        _ => (64.0, 4.0),
    };
    let cols = columns(inner.w, min_w, gap).min(n);
    let rows = n.div_ceil(cols);
    let style = match (n, rows) {
        (9.., _) => CoreStyle::Chip,
        (_, ..=2) => CoreStyle::Full,
        _ => CoreStyle::Card,
    };
    let h = rows as f64 * (style.height() + gap) - gap;
    let w = (inner.w - gap * (cols - 1) as f64) / cols as f64;
    let mut cells = grid(Rect { h, ..inner }, w - 0.01, w, style.height(), gap);
    cells.truncate(n);
    (cells, style, inner.y + h + PAD)
}

/// The process panels from the top left corner down, each as low as it can be, and the bottom of the last.
fn process_panels(plan: &Plan, x: f64, y: f64, w: f64) -> (Vec<ProcessPlace>, f64) {
    let mut top = y;
    let mut places = Vec::new();
    for process in plan.process_ixs() {
        let place = process_panel(plan, process, Rect::new(x, top, w, 0.0));
        top = place.panel.bottom() + GAP;
        places.push(place);
    }
    (places, (top - GAP).max(y))
}

fn process_panel(plan: &Plan, process: ProcessIx, at: Rect) -> ProcessPlace {
    let n = plan.process(process).threads.len();
    let many = plan.processes.len() > MANY_PROCESSES;
    let waits = if many { Vec::new() } else { facts::waits(plan, process) };
    let (x, w) = (at.x + PAD + 4.0, at.w - 2.0 * PAD - 4.0);
    if waits.is_empty() && n <= 1 {
        let panel = Rect { h: 48.0, ..at };
        let chip_w = (w * 0.45).clamp(CHIP_MIN, 190.0);
        let chip = Rect::new(x + w - chip_w, at.y + 11.0, chip_w, CHIP);
        let header = Rect::new(x, at.y, w - chip_w - GAP, 48.0);
        return ProcessPlace { process, panel, header, chips: vec![chip], wells: Vec::new() };
    }
    let header = Rect::new(x, at.y, w, HEADER);
    let rows = n.div_ceil(columns(w, CHIP_MIN, 8.0)).clamp(
        1,
        match plan.processes.len() {
            ..=4 => 3,
            5..=8 => 2,
            _ => 1,
        },
    );
    let chips_h = rows as f64 * (CHIP + 6.0) - 6.0;
    let cols = columns(w, CHIP_MIN, 8.0);
    let chips = (0..rows * cols).map(|i| chip(x, header.bottom(), w, cols, i)).collect();
    let top = header.bottom() + chips_h + 10.0;
    let wells = wells(&waits, Rect::new(x, top, w, 0.0));
    let bottom = wells.last().map_or(top + 2.0, |well| well.rect.bottom() + PAD);
    ProcessPlace { process, panel: Rect { h: bottom - at.y, ..at }, header, chips, wells }
}

/// The place of home chip `i` of a row of `cols`.
fn chip(x: f64, y: f64, w: f64, cols: usize, i: usize) -> Rect {
    let cw = ((w - 8.0 * (cols - 1) as f64) / cols as f64).min(190.0);
    Rect::new(x + (i % cols) as f64 * (cw + 8.0), y + (i / cols) as f64 * (CHIP + 6.0), cw, CHIP)
}

/// Gives the panels what is left above `bottom`, in equal parts; waiting places grow with their panel.
fn stretch(processes: &mut [ProcessPlace], bottom: f64) {
    let Some(last) = processes.last() else { return };
    let most = if processes.iter().any(|p| !p.wells.is_empty()) { 110.0 } else { 24.0 };
    let each = ((bottom - last.panel.bottom()) / processes.len() as f64).clamp(0.0, most);
    for (i, place) in processes.iter_mut().enumerate() {
        let down = each * i as f64;
        let middle = if place.wells.is_empty() { each / 2.0 } else { 0.0 };
        place.panel.y += down;
        place.panel.h += each;
        place.header.y += down + middle;
        place.chips.iter_mut().for_each(|c| c.y += down + middle);
        for well in &mut place.wells {
            well.rect.y += down;
        }
        let lowest = place.wells.iter().map(|w| w.rect.y).fold(0.0, f64::max);
        place.wells.iter_mut().filter(|w| w.rect.y == lowest).for_each(|w| w.rect.h += each);
    }
}
