//! The rectangles of the process panels, of what is in them, and of the pipes between them.

use super::super::facts::{self, Res};
use super::super::{Rect, kit, words};
use super::board::{CARD_LOW, HEADER, PAD};
use super::wells::{WellPlace, wells};
use super::{Content, GAP, columns, grid};
use crate::engine::Plan;
use crate::engine::plan::ObjectKind;
use crate::ids::{ObjectIx, ProcessIx};
use crate::number::Within;

/// Height of a home chip.
pub(super) const CHIP: f64 = 26.0;
/// Between rows of home chips.
pub(super) const CHIP_GAP: f64 = 6.0;
/// Narrowest home chip beside others, with words and without.
const CHIP_MIN: f64 = 150.0;
const CHIP_MINI: f64 = 90.0;
/// What a home chip needs beside its thread's name: the dot, margins, and one of the longest places, “wants the GIL”.
const CHIP_WORDS: f64 = 136.0;

/// Height of a resource, and between two.
const RESOURCE: (f64, f64) = (24.0, 6.0);
/// Height of a pipe, and between two.
const PIPE: (f64, f64) = (32.0, 6.0);
/// The most pipes and devices that are shown.
const MOST_PIPES: usize = 4;
/// Height of a panel's header where cards have one line.
const HEADER_DENSE: f64 = 38.0;
/// Narrowest panel beside another.
const BROAD_PANEL: f64 = 470.0;
/// With more processes than this a panel shows chips only.
const MANY_PROCESSES: usize = 3;

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
    /// What the operating system set aside for it, below everything else.
    pub(in super::super) resources: Vec<(Res, Rect)>,
}

/// The process panels from the top left corner of a column down, each as low as it can be, and the bottom of the lowest.
/// Where there is no room for cards, but for two panels side by side, there are several columns.
pub(super) fn process_panels(plan: Content<'_>, card: f64, column: Rect) -> (Vec<ProcessPlace>, f64) {
    let n = plan.processes.len();
    let cols = if card < CARD_LOW { columns(column.w, BROAD_PANEL, GAP).min(n).max(1) } else { 1 };
    let w = (column.w + GAP) / cols as f64 - GAP;
    let (mut x, mut top, mut bottom) = (column.x, column.y, column.y);
    let mut places = Vec::new();
    for (i, process) in plan.process_ixs().enumerate() {
        if i > 0 && i.is_multiple_of(n.div_ceil(cols)) {
            (x, top) = (x + w + GAP, column.y);
        }
        let place = process_panel(plan, card, process, Rect { x, y: top, w, ..column });
        bottom = place.panel.bottom().max(bottom);
        top = place.panel.bottom() + GAP;
        places.push(place);
    }
    (places, bottom + pipes_height(&plan))
}

fn process_panel(plan: Content<'_>, card: f64, process: ProcessIx, at: Rect) -> ProcessPlace {
    let threads = &plan.process(process).threads;
    let many = plan.processes.len() > MANY_PROCESSES;
    let waits = if many { Vec::new() } else { facts::waits(&plan, process) };
    let (x, w) = (at.x + PAD + 4.0, at.w - 2.0 * PAD - 4.0);
    let resources = facts::resources(plan, process);
    if waits.is_empty() && threads.len() <= 1 && resources.is_empty() {
        let panel = Rect { h: 48.0, ..at };
        let chip_w = (w * 0.45).within(CHIP_MIN, 240.0);
        let chip = Rect::new(x + w - chip_w, at.y + 11.0, chip_w, CHIP);
        let header = Rect::new(x, at.y, w - chip_w - GAP, 48.0);
        return ProcessPlace { process, panel, header, chips: vec![chip], wells: Vec::new(), resources: Vec::new() };
    }
    let dense = card < CARD_LOW;
    let header = Rect::new(x, at.y, w, if dense { HEADER_DENSE } else { HEADER });
    let most = match plan.processes.len() {
        3..=4 if dense && !waits.is_empty() => 1,
        ..=4 if !dense => 3,
        ..=8 => 2,
        _ => 1,
    };
    let names = threads.iter().map(|t| kit::NOTE.bold().width(&plan.thread(*t).name));
    let spoken = columns(w, names.fold(0.0, f64::max).min(120.0) + CHIP_WORDS, 8.0);
    let alone = waits.is_empty() && threads.len() <= most;
    let cols = match columns(w, CHIP_MIN, 8.0) {
        _ if alone => 1,
        _ if dense && threads.len() > 2 && threads.len() <= columns(w, CHIP_MINI, 8.0) => threads.len(),
        _ if threads.len() <= spoken * most => spoken.min(threads.len()).max(1),
        brief if threads.len() <= brief * most => brief,
        // A glyph says where it is.
        _ => columns(w, CHIP_MINI, 8.0).min(threads.len()),
    };
    let rows = threads.len().div_ceil(cols).clamp(1, most);
    let area = Rect { y: header.bottom(), h: rows as f64 * (CHIP + CHIP_GAP) - CHIP_GAP, ..header };
    let chip_w = (w - 8.0 * (cols - 1) as f64) / cols as f64;
    let chips = grid(area, chip_w - 0.01, chip_w, CHIP, CHIP_GAP);
    let lines = if plan.processes.len() == 1 && threads.len() > 8 { 3 } else { 2 };
    let wells = wells(&waits, card, lines, Rect { y: area.bottom() + if dense { 6.0 } else { 10.0 }, ..header });
    let bottom = wells.last().map_or(area.bottom(), |well| well.rect.bottom());
    let resources = flow(plan.plan, resources, Rect { y: bottom + 8.0, ..header });
    let bottom = resources.last().map_or(bottom, |(_, r)| r.bottom()) + PAD;
    ProcessPlace { process, panel: Rect { h: bottom - at.y, ..at }, header, chips, wells, resources }
}

/// Things side by side, in as many rows as they need.
fn flow(plan: &Plan, resources: Vec<Res>, at: Rect) -> Vec<(Res, Rect)> {
    let (mut x, mut y) = (at.x, at.y);
    let mut place = |res: Res| {
        let w = words::resource_width(plan, &res).min(at.w);
        if x > at.x && x + w > at.right() {
            (x, y) = (at.x, y + RESOURCE.0 + RESOURCE.1);
        }
        let rect = Rect::new(x, y, w, RESOURCE.0);
        x += w + 8.0;
        (res, rect)
    };
    resources.into_iter().map(&mut place).collect()
}

fn pipe_ixs(plan: &Plan) -> impl Iterator<Item = ObjectIx> {
    let here = |o: &ObjectIx| matches!(plan.object(*o).kind, ObjectKind::Pipe | ObjectKind::Device);
    plan.object_ixs().filter(here).take(MOST_PIPES)
}

/// What the pipes need below the panels.
pub(super) fn pipes_height(plan: &Plan) -> f64 {
    match pipe_ixs(plan).count() {
        0 => 0.0,
        n => GAP + n as f64 * (PIPE.0 + PIPE.1) - PIPE.1,
    }
}

/// The pipes and devices at the bottom of a column.
pub(super) fn pipes(plan: &Plan, column: Rect) -> Vec<(ObjectIx, Rect)> {
    let top = column.bottom() - pipes_height(plan) + GAP;
    let place = |(i, pipe)| (pipe, Rect { y: top + i as f64 * (PIPE.0 + PIPE.1), h: PIPE.0, ..column });
    pipe_ixs(plan).enumerate().map(place).collect()
}
