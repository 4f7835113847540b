//! The program of the selected thread below its lane: a block for each time that it does an op, where it does it. Blocks are
//! dragged to another place of the program, their edges to another length.

use super::super::draw::View;
use super::super::kit::{self, Kit, dashed, line, point, solid, tint};
use super::super::layout::{LaneOf, LanePlace};
use super::super::shape::{Pattern, Stroke};
use super::super::{Carried, DropTarget, Ink, OpAt, Picture, Rect, Subject};
use super::thread::{Look, bar};
use crate::engine::{Cause, Occurrence, Place, Work};
use crate::ids::ThreadIx;
use crate::number::Within;
use crate::scenario::Op;
use crate::time::Time;

/// The blocks' part of a row, which the layout makes high enough.
const PART: f64 = 0.44;
/// The lowest and the highest strip of blocks.
const STRIP: (f64, f64) = (18.0, 24.0);
/// Below the blocks, for the lines that stand for loops.
const LOOPS: f64 = 4.0;
/// How many records are gone through to find out when ops are done; with more than that in view, no block is wide enough.
const RECORDS: usize = 4_096;
/// Programs of more ops are edited beside the picture.
const OPS: usize = 400;
/// The narrowest block that is drawn, and the narrowest whose edge can be dragged.
const NARROW: f64 = 1.5;
const GRIP: f64 = 9.0;
/// Width of the mark of an op that takes no time.
const MARK: f64 = 7.0;
/// Opacity of a block, on which a name can be read.
const PALE: f32 = 0.34;

/// Whose program is shown below its lane.
pub(in super::super) fn open(picture: &Picture<'_>) -> Option<ThreadIx> {
    let dragged = picture.drag.and_then(|d| d.what.subject());
    [dragged, picture.selection].into_iter().flatten().find_map(|subject| match subject {
        Subject::Op(at) | Subject::OpEdge(at) => Some(at.thread),
        Subject::Thread(thread) if Some(subject) == picture.selection => Some(thread),
        _ => None,
    })
}

/// The part of a row that the lane itself has, and that of the blocks below it.
pub(super) fn split(view: &View<'_>, row: &LanePlace) -> (Rect, Option<Rect>) {
    let rect = row.rect;
    if !matches!(row.of, LaneOf::Thread(t) if open(view.picture) == Some(t)) {
        return (rect, None);
    }
    let h = (PART * rect.h).within(STRIP.0, STRIP.1);
    let strip = Rect { y: rect.bottom() - h - 1.0, h, ..rect };
    (Rect { h: rect.h - h - 1.0, ..rect }, Some(strip))
}

/// A block: one time that an op is done.
struct Block {
    at: OpAt,
    rect: Rect,
    /// Whether its right edge is where the op ends.
    ends: bool,
    /// Whether it takes no time.
    mark: bool,
    /// How much of it is under marks, from the left.
    under: f64,
    /// Whether it is the first one of its op that is seen.
    first: bool,
}

pub(super) fn draw(kit: &mut Kit, view: &View<'_>, thread: ThreadIx, strip: Rect) {
    let (scenario, id) = (view.picture.scenario, view.plan.thread(thread).id);
    let (mut ops, paths) = (scenario.ops(id), scenario.op_paths(id));
    if ops.len() > OPS {
        return;
    }
    let drag = view.picture.drag.map(|d| (d.what, d.over));
    let longer = match drag {
        Some((Carried::OpEdge(at), Some(DropTarget::Length(length)))) if at.thread == thread => {
            ops.get(usize::from(at.op)).and_then(|op| op.with_length(length)).map(|op| (at.op, op))
        }
        _ => None,
    };
    if let Some((i, op)) = &longer {
        ops[usize::from(*i)] = op;
    }
    let blocks = blocks(view, thread, strip, ops.len());
    loops(kit, &paths, &blocks, strip);
    // Marks lie above the blocks that they stand on.
    for mark in [false, true] {
        for block in blocks.iter().filter(|b| b.mark == mark) {
            let (op, path) = (ops[usize::from(block.at.op)], &paths[usize::from(block.at.op)]);
            let place: Vec<_> = path.iter().map(|i| (i + 1).to_string()).collect();
            let text = scenario.op_to_text(id, op);
            let name = format!("{text}, op {} of {}", place.join("."), view.name(thread));
            let name = if block.first { name } else { String::new() };
            self::block(kit, view, block, op, text);
            kit.object(block.rect, Subject::Op(block.at), name.clone());
            kit.draggable(true);
            if block.ends && op.length().is_some() && block.rect.w >= GRIP {
                grip(kit, view, block, name);
            }
        }
    }
    caret(kit, view, &blocks);
}

/// Where the ops of a thread are done. While an op is carried its program stays as it is under the pointer; the lanes show
/// what would become of it.
fn blocks(view: &View<'_>, thread: ThreadIx, strip: Rect, ops: usize) -> Vec<Block> {
    let carries_op = view.picture.drag.is_some_and(|d| matches!(d.what, Carried::Op(_)));
    let (run, ix) = if carries_op { (view.picture.run, Some(thread)) } else { (view.drawn, view.drawn_thread(thread)) };
    let axis = &view.shown;
    let done = ix.and_then(|ix| run.occurrences(ix, axis.from(), axis.to(), RECORDS)).unwrap_or_default();
    let right = axis.left + axis.width;
    let mut seen = vec![false; ops];
    // Marks of the same instant stand side by side.
    let mut marks = (Time::NEVER, 0.0);
    let mut blocks = Vec::new();
    for Occurrence { op, start, end } in done {
        let mark = end == start;
        let (x0, x1) = if mark {
            marks = (start, if marks.0 == start { marks.1 + MARK + 1.0 } else { 1.0 });
            (axis.x(start) + marks.1, axis.x(start) + marks.1 + MARK)
        } else {
            (axis.x(start).max(axis.left), if end == Time::NEVER { right } else { axis.x(end).min(right) })
        };
        let Some(first) = seen.get_mut(usize::from(op)).filter(|_| x1 - x0 >= NARROW && x0 < right && x1 > axis.left)
        else {
            continue;
        };
        let rect = Rect::new(x0, strip.y, x1 - x0, strip.h - LOOPS);
        let ends = !mark && end != Time::NEVER && axis.x(end) <= right;
        let first = !std::mem::replace(first, true);
        blocks.push(Block { at: OpAt { thread, op }, rect, ends, mark, under: 0.0, first });
    }
    // What is written on a block stands behind the marks at its beginning.
    for i in 1..blocks.len() {
        let (before, rest) = blocks.split_at_mut(i);
        let Some(block) = rest.first_mut().filter(|b| !b.mark) else { continue };
        let marks = before.iter().rev().take_while(|b| b.mark && b.rect.x >= block.rect.x);
        block.under = marks.map(|b| b.rect.right() - block.rect.x).fold(0.0, f64::max);
    }
    blocks
}

/// What an op looks like: as the thread does while it does nothing but that.
fn look(view: &View<'_>, thread: ThreadIx, op: &Op) -> Look {
    let place = match op {
        Op::Python(_) => Place::Running(Work::Python),
        Op::Extension(_) => Place::Running(Work::Extension),
        Op::Native(_) | Op::Send { .. } => Place::Running(Work::Native),
        Op::Io(_) | Op::IoAt { .. } => Place::Waiting(Cause::Io),
        Op::Sleep(_) => Place::Waiting(Cause::Sleep),
        Op::Input { .. } => Place::Waiting(Cause::Input),
        _ => Place::Waiting(Cause::Lock),
    };
    Look::of(view.plan, thread, place).unwrap_or(Look::Full(Pattern::Solid))
}

fn block(kit: &mut Kit, view: &View<'_>, block: &Block, op: &Op, text: String) {
    let (rect, ink) = (block.rect, Ink::Thread(block.at.thread.0));
    let subject = Subject::Op(block.at);
    let held = view.picture.drag.and_then(|d| d.what.subject());
    if block.mark {
        let rect = rect.inset(0.5);
        kit.rect(rect, 2.0, Some(solid(ink)), Some(line(Ink::Panel, 1.0)));
        return view.mark(kit, rect, 2.0, subject);
    }
    let inner = Rect { x: rect.x + 0.5, w: (rect.w - 1.0).max(1.0), ..rect };
    let radius = (inner.w / 4.0).min(4.0);
    let carried = held == Some(subject);
    kit.fill(inner, radius, solid(Ink::Panel));
    bar(kit, inner, look(view, block.at.thread, op), ink, if carried { 0.15 } else { PALE });
    kit.outline(inner, radius, if carried { dashed(ink, 1.2) } else { line(ink, 1.2) });
    if held == Some(Subject::OpEdge(block.at)) {
        kit.outline(inner, radius, line(Ink::Accent, 2.0));
    }
    view.mark(kit, inner, radius, subject);
    let style = kit::SMALL.bold().ink(Ink::Text);
    let room = inner.w - block.under - GRIP - 6.0;
    let length = op.length().map_or_else(String::new, |d| d.to_string());
    let text = style.fit([text, length], room);
    let w = style.width(&text);
    if !text.is_empty() && w <= room && inner.h >= 11.0 {
        let x = inner.x + block.under + 5.0;
        kit.fill(Rect::new(x - 2.0, inner.y + 1.0, w + 4.0, inner.h - 2.0), 3.0, tint(Ink::Panel, 0.85));
        kit.text(point(x, inner.center().y), w, style, text);
    }
}

/// What the edge of a block is pulled at.
fn grip(kit: &mut Kit, view: &View<'_>, block: &Block, name: String) {
    let Rect { y, h, .. } = block.rect;
    let right = block.rect.right();
    let subject = Subject::OpEdge(block.at);
    let lit = view.picture.hover == Some(subject);
    let ink = if lit { Ink::Accent } else { Ink::Thread(block.at.thread.0) };
    kit.fill(Rect::new(right - 4.5, y + 2.5, 3.0, h - 5.0), 1.5, solid(ink));
    let name = if name.is_empty() { name } else { format!("length of {name}") };
    kit.object(Rect::new(right - GRIP, y, GRIP + 2.0, h), subject, name);
    kit.draggable(true);
}

/// A line below all blocks that are done in a loop, one after another: a bracket per loop, those around others lower.
fn loops(kit: &mut Kit, paths: &[Vec<usize>], blocks: &[Block], strip: Rect) {
    let inside = |path: &Vec<usize>, op: u16| {
        paths[usize::from(op)].len() > path.len() && paths[usize::from(op)].starts_with(path)
    };
    let stroke = Stroke { alpha: 0.8, ..line(Ink::Muted, 1.4) };
    let y = strip.bottom() - LOOPS + 2.0;
    for path in paths.iter().filter(|path| path.len() <= 2) {
        let y = y + if path.len() == 1 { 2.0 } else { 0.0 };
        let mut rest = blocks;
        while let Some(from) = rest.iter().position(|b| inside(path, b.at.op)) {
            rest = &rest[from..];
            let n = rest.iter().take_while(|b| inside(path, b.at.op)).count();
            let (x0, x1) = (rest[0].rect.x + 1.0, rest[n - 1].rect.right() - 1.0);
            for x in [x0, x1] {
                kit.line(point(x, y - 2.0), point(x, y), stroke);
            }
            kit.line(point(x0, y), point(x1, y), stroke);
            rest = &rest[n..];
        }
    }
}

/// Where a carried op would go.
fn caret(kit: &mut Kit, view: &View<'_>, blocks: &[Block]) {
    let Some(drag) = view.picture.drag else { return };
    let (to, after) = match drag.over {
        Some(DropTarget::Before(to)) => (to, false),
        Some(DropTarget::After(to)) => (to, true),
        _ => return,
    };
    // Of the times that the other op is done, that at the pointer.
    let away = |b: &&Block| (b.rect.center().x - drag.pointer.x).abs();
    let near = blocks.iter().filter(|b| b.at == to).min_by(|a, b| away(a).total_cmp(&away(b)));
    let Some(rect) = near.map(|b| b.rect) else { return };
    let x = if after { rect.right() } else { rect.x };
    let ink = if view.refuses() { Ink::Alert } else { Ink::Accent };
    kit.fill(Rect::new(x - 1.5, rect.y - 3.0, 3.0, rect.h + 6.0), 1.5, solid(ink));
    kit.circle(point(x, rect.y - 3.0), 3.5, Some(solid(ink)), None);
}
