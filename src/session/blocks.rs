//! Ops in hand: which place of the program a point stands for, and which length.

use crate::scenario::{Edit, Op, Problem};
use crate::scene::{Carried, DropTarget, OpAt, Point, Subject};
use crate::time::{Dur, MAX_NS};

use super::menu::edit_item;
use super::{Action, Effect, MenuItem, Session};

/// How many CSS pixels the edge of an op moves at least from one length to the next.
const GRID: f64 = 4.0;

impl Session {
    /// The length that an op has after its edge has been dragged by so many CSS pixels.
    pub(super) fn dragged_length(&self, at: OpAt, dx: f64) -> Option<DropTarget> {
        let length = self.judge().op(at)?.length()?;
        let ns = length.ns() as f64 + dx * self.axis().ns_per_px;
        let step = self.length_step().ns();
        // What is on no grid stays as it is while the pointer is near.
        if dx.abs() < GRID {
            return None;
        }
        let steps = (ns / step as f64).round().max(1.0) as u64;
        let length = Dur::from_ns(steps.saturating_mul(step).min(MAX_NS));
        Some(DropTarget::Length(length)).filter(|target| !self.judge().is_home(Carried::OpEdge(at), *target))
    }

    /// The length so many steps longer or shorter, on the grid of those that the pointer would give.
    pub(super) fn next_length(&self, at: OpAt, over: Option<DropTarget>, by: isize) -> Option<DropTarget> {
        let length = match over {
            Some(DropTarget::Length(length)) => length,
            _ => self.judge().op(at)?.length()?,
        };
        let step = self.length_step().ns();
        let floor = length.ns() / step;
        // From beside the grid the next one on it is less than a step away.
        let ceiling = if by < 0 { length.ns().div_ceil(step) } else { floor };
        let steps = ceiling.saturating_add_signed(by as i64).max(1);
        Some(DropTarget::Length(Dur::from_ns(steps.saturating_mul(step).min(MAX_NS))))
    }

    /// The least of 1, 2, 5, 10, … ns that is [`GRID`] pixels or more.
    fn length_step(&self) -> Dur {
        let least = self.axis().ns_per_px * GRID;
        let mut ten = 1;
        loop {
            for step in [ten, 2 * ten, 5 * ten] {
                if step as f64 >= least || step > MAX_NS / 10 {
                    return Dur::from_ns(step);
                }
            }
            ten *= 10;
        }
    }

    /// What can be done with an op, as lines: up, down, another one like it, a loop around it or away, delete.
    pub(super) fn op_menu(&self, at: OpAt) -> Vec<MenuItem> {
        let mut items = self.drops(Carried::Op(at));
        let Some(delete) = items.pop() else { return items };
        items.extend(edit_item("Copy", Action::Copy(Subject::Op(at)), self.copy(Subject::Op(at))));
        if let Some((label, edit)) = self.loop_edit(at) {
            let action = edit.clone().map_or(Action::Select(Some(Subject::Op(at))), Action::from);
            items.extend(edit_item(label, action, Some(edit)));
        }
        items.push(delete);
        items
    }

    /// A loop around an op, or for a loop, what is in it without the loop.
    fn loop_edit(&self, at: OpAt) -> Option<(&'static str, Result<Edit, Problem>)> {
        let (thread, path) = self.judge().find_op(at)?;
        Some(match self.judge().op(at)? {
            Op::Repeat { .. } => ("Take the loop away", self.scenario().without_loop(thread, &path)),
            _ => ("Put a loop around it", self.scenario().with_op_kind(thread, &path, "repeat")),
        })
    }

    /// Another op like this one, behind it.
    pub(super) fn copy_op(&self, at: OpAt) -> Option<Result<Edit, Problem>> {
        let (thread, path) = self.judge().find_op(at)?;
        Some(self.scenario().with_op_copied(thread, &path))
    }

    /// The op without which the program would be.
    pub(super) fn delete_op(&self, at: OpAt) -> Option<Result<Edit, Problem>> {
        let (thread, path) = self.judge().find_op(at)?;
        Some(self.scenario().without_op(thread, &path))
    }

    /// Carries what is in the hands of the keyboard to a target, or away from all: what dragging beside the picture does.
    pub(super) fn carry_to(&mut self, target: Option<DropTarget>, effects: &mut Vec<Effect>) {
        let Some(what) = self.drag().filter(|_| self.carries_by_keys()).map(|drag| drag.what) else { return };
        let target = target.filter(|target| !self.judge().is_home(what, *target));
        if target != self.drag().and_then(|d| d.over) {
            self.aim_at(what, target, effects);
        }
    }

    /// The place of its program that a point stands for: before or behind the block that is nearest, of those of the thread.
    pub(super) fn gap_at(&self, at: OpAt, p: Point) -> Option<DropTarget> {
        let target = self.where_is(|scene| {
            let blocks = scene.regions.iter().filter_map(|r| match r.subject {
                Subject::Op(op) if op.thread == at.thread => Some((op, r.rect)),
                _ => None,
            });
            let near = blocks.filter(|(_, r)| p.y > r.y - r.h && p.y < r.bottom() + r.h);
            let beside = |r: &crate::scene::Rect| (r.x - p.x).max(p.x - r.right()).max(0.0);
            let (op, rect) = near.min_by(|a, b| beside(&a.1).total_cmp(&beside(&b.1)))?;
            Some(if p.x < rect.center().x { DropTarget::Before(op) } else { DropTarget::After(op) })
        });
        target.filter(|target| !self.judge().is_home(Carried::Op(at), *target))
    }
}
