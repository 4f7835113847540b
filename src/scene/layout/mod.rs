//! Where the large parts of the picture lie: a function of the plan, the canvas, the selection and whether all of the run is
//! in view, so nothing jumps while time passes, and the time axis agrees with what is drawn.

mod board;
mod lanes;
mod order;
mod processes;
mod stretch;
mod wells;

pub(super) use board::{Board, CARD_DENSE, CARD_LOW, CARD_MAX, CARD_MIN, CoreStyle, ROW_BESIDE};
pub(super) use lanes::{LaneOf, LanePlace, LanesPlace, SWATCH, THIN};
pub(crate) use order::lane_subjects;
pub(super) use processes::ProcessPlace;
pub(super) use wells::{FIELD, WellPlace};

use board::{CARD_HIGH, CARD_NARROW};

use std::ops::Deref;

use super::{LaneOrder, Rect, Size};
use crate::engine::Plan;
use crate::ids::ThreadIx;
use crate::scenario::Scenario;

/// Between panels, and around them.
pub(super) const GAP: f64 = 10.0;

/// By how much lines must make a board lower to be worth it.
const MUCH: f64 = 24.0;
/// A board in one column that is higher than this has lines for cards.
const MUCH_IN_A_COLUMN: f64 = 1_100.0;

/// How the parts of the board are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Processes, ready queue and computer side by side; 900 px or more.
    Wide,
    /// Processes beside ready queue and computer; 600 px or more.
    Medium,
    /// All in one column.
    Narrow,
}

impl Mode {
    fn of(width: f64) -> Self {
        match width {
            900.0.. => Self::Wide,
            600.0.. => Self::Medium,
            _ => Self::Narrow,
        }
    }
}

/// What there must be a place for.
#[derive(Clone, Copy)]
pub(super) struct Content<'a> {
    pub(super) plan: &'a Plan,
    /// Without it there is no place for resources.
    pub(super) scenario: Option<&'a Scenario>,
    pub(super) baseline: Option<&'a Plan>,
    /// The thread whose program is shown below its lane.
    pub(super) open: Option<ThreadIx>,
    /// How a reader wants the lanes.
    pub(super) order: &'a LaneOrder,
    /// Whether anybody woke in vain, and whether several threads were ever ready at once, as far as the run is computed.
    pub(super) in_vain: bool,
    pub(super) several_ready: bool,
    /// Whether the lanes show only a part of the run.
    pub(super) overview: bool,
}

impl Deref for Content<'_> {
    type Target = Plan;
    fn deref(&self) -> &Plan {
        self.plan
    }
}

/// The whole picture.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) mode: Mode,
    pub(super) board: Board,
    pub(super) lanes: LanesPlace,
    /// What the canvas needs.
    pub(super) height: f64,
}

impl Layout {
    pub(super) fn new(content: Content<'_>, size: Size) -> Self {
        let size = Size { w: size.w.max(240.0), h: size.h.max(0.0) };
        let mode = Mode::of(size.w);
        let board = board(content, mode, size);
        let lanes = LanesPlace::new(content, mode, board.bottom + GAP, size);
        let height = lanes.panel.bottom() + GAP / 2.0;
        Self { mode, board, lanes, height }
    }
}

/// The board with cards as high as the canvas has room for beside lanes that grow with them; where there is no room for
/// cards, with lines instead.
fn board(content: Content<'_>, mode: Mode, size: Size) -> Board {
    // It stays as it is when a thread is selected, and when somebody zooms.
    let content = Content { open: None, overview: false, ..content };
    let card = if mode == Mode::Narrow { CARD_NARROW } else { CARD_LOW };
    let low = Board::new(content, mode, size.w, card);
    let [least, comfortable] = lanes::heights(content, mode, size);
    let margins = 1.5 * GAP;
    let spare = size.h - low.bottom - least - margins;
    if spare <= 0.0 {
        // One column scrolls anyway.
        if mode == Mode::Narrow && low.bottom < MUCH_IN_A_COLUMN {
            return low;
        }
        let dense = Board::new(content, mode, size.w, CARD_DENSE);
        return if low.bottom - dense.bottom > MUCH { dense } else { low };
    }
    let high = Board::new(content, mode, size.w, CARD_HIGH);
    let wanted = high.bottom - low.bottom + comfortable - least;
    if spare >= wanted {
        return high;
    }
    // Heights grow no faster than in proportion, so this fits.
    Board::new(content, mode, size.w, (card + (CARD_HIGH - card) * spare / wanted).floor())
}

/// The area in which the lanes' time runs from left to right, with the ruler above it and without labels; the time axis
/// takes its edges from here. With a baseline it lies between the same edges, if not at the same height.
#[must_use]
pub fn lanes_area(plan: &Plan, size: Size) -> Rect {
    Layout::new(
        Content {
            plan,
            scenario: None,
            baseline: None,
            open: None,
            order: &LaneOrder::NATURAL,
            in_vain: false,
            several_ready: false,
            overview: false,
        },
        size,
    )
    .lanes
    .time
}

/// Where the board ends and what the whole picture needs, in CSS pixels from the top, on a canvas of a width and no height;
/// with room for the program of a thread below its lane.
#[must_use]
pub fn least_heights(plan: &Plan, scenario: &Scenario, baseline: Option<&Plan>, width: f64) -> [f64; 2] {
    let (open, order) = (plan.thread_ixs().next(), &LaneOrder::NATURAL);
    let (scenario, in_vain, several_ready, overview) = (Some(scenario), false, false, false);
    let content = Content { plan, scenario, baseline, open, order, in_vain, several_ready, overview };
    let layout = Layout::new(content, Size { w: width, h: 0.0 });
    [layout.board.bottom + GAP / 2.0, layout.height]
}

/// As many equal cells as fit into an area, row by row: at least `min_w` wide (or one column), at most `max_w`.
pub(super) fn grid(area: Rect, min_w: f64, max_w: f64, h: f64, gap: f64) -> Vec<Rect> {
    let cols = columns(area.w, min_w, gap);
    let w = ((area.w - gap * (cols - 1) as f64) / cols as f64).min(max_w);
    let rows = ((area.h + gap) / (h + gap)).floor().max(0.0) as usize;
    let cell = |i: usize| {
        let (row, col) = (i / cols, i % cols);
        Rect::new(area.x + col as f64 * (w + gap), area.y + row as f64 * (h + gap), w, h)
    };
    (0..rows * cols).map(cell).collect()
}

/// How many columns of at least `min_w` fit; one or more.
pub(super) fn columns(w: f64, min_w: f64, gap: f64) -> usize {
    ((w + gap) / (min_w + gap)).floor().max(1.0) as usize
}
