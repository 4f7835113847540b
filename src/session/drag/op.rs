//! An op dropped before or behind another one of its program, or in the bin; its edge, at another length.

use super::{Drop, Judge};
use crate::ids::ThreadId;
use crate::scenario::{Edit, Op, Problem, Scenario};
use crate::scene::{Carried, DropTarget, OpAt};

impl Judge<'_> {
    pub(super) fn drop_op(&self, at: OpAt, target: DropTarget) -> Result<Drop, String> {
        let (thread, from) = self.find_op(at).ok_or("There is no such op")?;
        let edit = match target {
            DropTarget::Before(to) | DropTarget::After(to) if to.thread != at.thread => {
                return Err("An op goes to another place of its own program".to_owned());
            }
            _ if self.is_home(Carried::Op(at), target) => return Err("The op is at this place already".to_owned()),
            DropTarget::Before(to) | DropTarget::After(to) => {
                let (_, to) = self.find_op(to).ok_or("There is no such op")?;
                self.scenario.with_op_put(thread, &from, &to, matches!(target, DropTarget::After(_)))
            }
            DropTarget::Bin => self.scenario.without_op(thread, &from),
            _ => return Err("An op goes before or behind another one of its program, or to the bin".to_owned()),
        };
        let edit = self.no_place(thread, edit)?;
        if edit.scenario == *self.scenario {
            return Err("The ops do the same, in this order and in that".to_owned());
        }
        Ok(Drop { says: edit.says(), edit, playhead: self.playhead })
    }

    pub(super) fn drop_edge(&self, at: OpAt, target: DropTarget) -> Result<Drop, String> {
        let (thread, path) = self.find_op(at).ok_or("There is no such op")?;
        let DropTarget::Length(length) = target else {
            return Err("An edge is moved along time".to_owned());
        };
        let op = self.op(at).ok_or("There is no such op")?;
        let longer = op.with_length(length).ok_or("This op has no length")?;
        let edit = self.no_place(thread, self.scenario.with_op(thread, &path, longer))?;
        let says = format!("{} {length}, was {}, from the start", op.name(), op.length().unwrap_or_default());
        Ok(Drop { says, edit, playhead: self.playhead })
    }

    /// The refusal without the name of the thread, which is plain from what is carried.
    fn no_place(&self, thread: ThreadId, edit: Result<Edit, Problem>) -> Result<Edit, String> {
        let name = self.scenario.thread(thread).map_or("", |(_, t)| &t.name);
        edit.map_err(|problem| match problem.place.contains(&format!("thread “{name}”")) {
            true => format!("{name}: {}", problem.what),
            false => problem.to_string(),
        })
    }

    /// The op, as the scenario has it.
    #[must_use]
    pub fn op(&self, at: OpAt) -> Option<&Op> {
        let (thread, path) = self.find_op(at)?;
        self.scenario.step(thread, &path).map(|step| &step.op)
    }

    /// Whose op it is and where it stands.
    pub(in super::super) fn find_op(&self, at: OpAt) -> Option<(ThreadId, Vec<usize>)> {
        let thread = self.run.plan().threads.get(at.thread.ix())?.id;
        Some((thread, self.scenario.path_of_op(thread, at.op)?))
    }

    /// Every place of its program where an op can go: before each other one, and behind the last of each loop.
    pub(super) fn gaps(&self, at: OpAt) -> Vec<DropTarget> {
        let Some((thread, from)) = self.find_op(at) else { return Vec::new() };
        let paths = self.scenario.op_paths(thread);
        let mut gaps = Vec::new();
        // The lists that are open, by the number of the last op in them.
        let mut open: Vec<u16> = Vec::new();
        for (n, path) in paths.iter().enumerate() {
            while open.len() > path.len() {
                gaps.extend(open.pop().map(|op| DropTarget::After(OpAt { op, ..at })));
            }
            open.truncate(path.len() - 1);
            open.push(n as u16);
            gaps.push(DropTarget::Before(OpAt { op: n as u16, ..at }));
        }
        gaps.extend(open.into_iter().rev().map(|op| DropTarget::After(OpAt { op, ..at })));
        let fits = |target: &DropTarget| match target {
            DropTarget::Before(to) | DropTarget::After(to) => {
                let path = &paths[usize::from(to.op)];
                let inside = path.len() > from.len() && path.starts_with(&from);
                !inside && !same_gap(&from, path, matches!(target, DropTarget::After(_)))
            }
            _ => true,
        };
        gaps.retain(fits);
        gaps
    }

    /// One place up and one down among the ops of the same list, as a menu offers them.
    pub(super) fn next_gaps(&self, at: OpAt) -> Vec<DropTarget> {
        let Some((thread, from)) = self.find_op(at) else { return Vec::new() };
        let (Some((&last, list)), paths) = (from.split_last(), self.scenario.op_paths(thread)) else {
            return Vec::new();
        };
        let sibling = |i: usize| {
            let is = |path: &Vec<usize>| path.split_last() == Some((&i, list));
            paths.iter().position(is).map(|n| OpAt { op: n as u16, ..at })
        };
        let up = last.checked_sub(1).and_then(sibling).map(DropTarget::Before);
        // As keys name it: before the one behind that, if there is one.
        let down = sibling(last + 2).map(DropTarget::Before).or(sibling(last + 1).map(DropTarget::After));
        up.into_iter().chain(down).collect()
    }

    /// Whether a place beside another op is where this one is now.
    pub(super) fn is_own_gap(&self, at: OpAt, to: OpAt, after: bool) -> bool {
        let (Some((_, from)), Some((_, path))) = (self.find_op(at), self.find_op(to)) else { return false };
        at.thread == to.thread && same_gap(&from, &path, after)
    }

    /// What a place beside another op is called.
    pub(super) fn gap_label(&self, what: Carried, to: OpAt, after: bool) -> String {
        if let Carried::Op(at) = what
            && let Some(i) = self.next_gaps(at).iter().position(|t| *t == gap(to, after))
        {
            let has_up = self.find_op(at).is_some_and(|(_, path)| path.last() != Some(&0));
            return if i == 0 && has_up { "Move up" } else { "Move down" }.to_owned();
        }
        let side = if after { "Behind" } else { "Before" };
        format!("{side} {}", self.op_text(to))
    }

    /// An op as its program has it as text.
    #[must_use]
    pub fn op_text(&self, at: OpAt) -> String {
        let found = self.find_op(at).and_then(|(thread, path)| Some((thread, self.scenario.step(thread, &path)?)));
        found.map_or_else(String::new, |(thread, step)| self.scenario.op_to_text(thread, &step.op))
    }

    /// The op that an op is after a drop, with its number then.
    #[must_use]
    pub fn op_after(&self, what: Carried, target: DropTarget) -> Option<OpAt> {
        let (Carried::Op(at), DropTarget::Before(to) | DropTarget::After(to)) = (what, target) else { return None };
        let ((thread, from), (_, path)) = (self.find_op(at)?, self.find_op(to)?);
        let edit = self.drop(what, target).ok()?.edit;
        let put = Scenario::put_at(&from, &path, matches!(target, DropTarget::After(_)));
        let op = edit.scenario.op_paths(thread).iter().position(|path| *path == put)?;
        Some(OpAt { op: op as u16, ..at })
    }
}

/// Whether a place beside another step is where a step is now.
fn same_gap(from: &[usize], to: &[usize], after: bool) -> bool {
    let (Some((own, list)), Some((other, others))) = (from.split_last(), to.split_last()) else { return false };
    let gap = other + usize::from(after);
    list == others && (gap == *own || gap == own + 1)
}

const fn gap(to: OpAt, after: bool) -> DropTarget {
    if after { DropTarget::After(to) } else { DropTarget::Before(to) }
}
