//! What can be done with a thing, as words: every drop, with what it would do or why it is refused.

use crate::scenario::{Edit, Problem};
use crate::scene::{Carried, DropTarget, Subject};

use super::{Action, Session};

/// A line of a menu.
#[derive(Clone, Debug, PartialEq)]
pub struct MenuItem {
    /// What the line is called: “Run on core 1 now”.
    pub label: String,
    /// What it would do, or why it would do nothing.
    pub says: String,
    /// What to do when it is chosen. If it is refused, doing it shows the reason and changes nothing.
    pub action: Action,
    /// Why it would do nothing.
    pub refused: Option<String>,
}

impl Session {
    /// What can be done with a thing; for those that can be carried, every place where they can be dropped. Empty for
    /// things that nothing can be done with.
    #[must_use]
    pub fn menu(&self, subject: Subject) -> Vec<MenuItem> {
        if !self.exists(subject) {
            return Vec::new();
        }
        match subject {
            Subject::Thread(thread) => {
                let mut items = self.drops(Carried::Thread(thread));
                let copy = edit_item("Copy", Action::Copy(subject), self.copy(subject));
                items.splice(items.len() - 1..items.len() - 1, copy);
                items
            }
            Subject::Flag(flag) => self.drops(Carried::Flag(flag)),
            Subject::Op(op) | Subject::OpEdge(op) => self.op_menu(op),
            Subject::Process(process) => [
                edit_item("Add a thread", Action::AddThread(process), self.add_thread(process)),
                edit_item("Copy", Action::Copy(subject), self.copy(subject)),
                edit_item("Delete", Action::Delete(subject), self.delete(subject)),
            ]
            .into_iter()
            .flatten()
            .collect(),
            Subject::Core(_) | Subject::Computer => [
                edit_item("Add a core", Action::Copy(subject), self.copy(subject)),
                edit_item("Take the last core away", Action::Delete(subject), self.delete(subject)),
                edit_item("Add a process", Action::AddProcess, Some(self.scenario().with_new_process())),
            ]
            .into_iter()
            .flatten()
            .collect(),
            _ => Vec::new(),
        }
    }

    /// Every place where something can be dropped, in reading order.
    pub(super) fn drops(&self, what: Carried) -> Vec<MenuItem> {
        self.judge().menu_places(what).into_iter().map(|target| self.drop_item(what, target)).collect()
    }

    fn drop_item(&self, what: Carried, target: DropTarget) -> MenuItem {
        let judge = self.judge();
        let (says, refused) = match judge.drop(what, target) {
            Ok(drop) => (drop.says, None),
            Err(reason) => (reason.clone(), Some(reason)),
        };
        MenuItem { label: judge.label(what, target), says, action: Action::Drop { what, target }, refused }
    }
}

/// The line for an edit that is no drop.
pub(super) fn edit_item(label: &str, action: Action, edit: Option<Result<Edit, Problem>>) -> Option<MenuItem> {
    let (says, refused) = match edit? {
        Ok(edit) => (edit.says(), None),
        Err(problem) => (problem.to_string(), Some(problem.to_string())),
    };
    Some(MenuItem { label: label.to_owned(), says, action, refused })
}
