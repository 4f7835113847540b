//! What can be done with a thing, as words: all that dragging does, and more, with what it would do or why it is refused.
//!
//! Here are threads, flags, processes and cores; `menu_more` has the rest.

use crate::ids::{CoreId, ProcessIx, ThreadIx};
use crate::order::sorted;
use crate::scenario::{Edit, Problem};
use crate::scene::{Carried, DropTarget, Subject, ThreadSet, Tool};
use crate::time::Time;

use super::{Action, Session};

/// A line of a menu.
#[derive(Clone, Debug, PartialEq)]
pub struct MenuItem {
    /// What the line is called: “Run on core 1 now”.
    pub label: String,
    /// What it would do, or why it would do nothing; empty where that is what the line is called.
    pub says: String,
    /// What to do when it is chosen. If it is refused, doing it changes nothing.
    pub action: Action,
    /// Why it would do nothing.
    pub refused: Option<String>,
}

/// With more cores than these their lines stand behind all others.
const FEW_CORES: u8 = 4;

/// The most threads that a menu of something else names: it shall stay a menu.
pub(super) const MOST_NAMED: usize = 8;

impl Session {
    /// What can be done with a thing; for those that can be carried, every place where they can be dropped. Empty for
    /// things that nothing can be done with.
    #[must_use]
    pub fn menu(&self, subject: Subject) -> Vec<MenuItem> {
        if !self.exists(subject) {
            return Vec::new();
        }
        match subject {
            lane if lane.of_lane() != lane => self.lane_menu(lane),
            Subject::Thread(thread) | Subject::Input(thread) => self.thread_menu(thread),
            Subject::Flag(flag) => self.flag_menu(flag),
            Subject::Op(op) | Subject::OpEdge(op) => self.op_menu(op),
            Subject::Process(process) => self.process_menu(process),
            Subject::Core(core) | Subject::Pin(core) => self.core_menu(core),
            _ => self.more_menu(subject),
        }
    }

    /// What a menu is of: “log”, “3 threads”, “core 1”.
    #[must_use]
    pub fn menu_title(&self, subject: Subject) -> String {
        let plan = self.run.plan();
        match subject.of_lane() {
            _ if !self.exists(subject) => String::new(),
            Subject::Thread(thread) | Subject::Input(thread) => {
                self.judge().name(self.picked_up_with(Carried::Thread(thread)))
            }
            Subject::Flag(flag) => self.judge().name(Carried::Flag(flag)),
            Subject::Op(op) | Subject::OpEdge(op) => self.judge().name(Carried::Op(op)),
            Subject::Process(process) => format!("Process {}", plan.process(process).name),
            Subject::Core(core) | Subject::Pin(core) => format!("Core {}", core.0),
            Subject::Gil(gil) => format!("GIL of {}", plan.gil_owner(gil)),
            Subject::Resource(object) => plan.object(object).name.clone(),
            Subject::ReadyQueue => "Ready queue".to_owned(),
            Subject::Computer => "Computer".to_owned(),
            Subject::Board => "Board".to_owned(),
            Subject::Record(record) => self.judge().name(Carried::Thread(self.run.trace()[record as usize].thread())),
            Subject::Lanes | Subject::Ruler | Subject::Overview => "Time".to_owned(),
            _ => String::new(),
        }
    }

    fn thread_menu(&self, thread: ThreadIx) -> Vec<MenuItem> {
        let what = self.picked_up_with(Carried::Thread(thread));
        let copies = Carried::Copies(what.threads());
        let subject = Subject::Thread(thread);
        let mut items = self.drops(what);
        let delete = items.pop();
        let own = DropTarget::Process(self.run.plan().thread(thread).process);
        match what {
            Carried::Thread(_) => {
                items.extend(edit_item("Copy", Action::Copy(subject), self.copy(subject)));
            }
            _ => items.push(self.drop_item(copies, own)),
        }
        let others = self.judge().menu_places(copies).into_iter().filter(|target| *target != own);
        items.extend(others.map(|target| self.drop_item(copies, target)));
        items.extend(self.all_threads_of(self.run.plan().thread(thread).process));
        items.extend(delete);
        // What a pin does is what its line is called; that it counts from the start is all there is to add.
        let pins = |item: &MenuItem| matches!(item.action, Action::Drop { target: DropTarget::Pin(_), .. });
        for item in items.iter_mut().filter(|item| pins(item) && item.refused.is_none()) {
            item.label += ", from the start";
            item.says.clear();
        }
        // Many cores shall not stand before all else.
        let of_core = |item: &MenuItem| match item.action {
            Action::Drop { target: DropTarget::Core(_), .. } => 1,
            Action::Drop { target: DropTarget::Pin(_), .. } => 2,
            _ => 0,
        };
        if self.run.plan().cores > FEW_CORES { sorted(items, of_core) } else { items }
    }

    fn flag_menu(&self, flag: u16) -> Vec<MenuItem> {
        let mut items = self.drops(Carried::Flag(flag));
        if let Some(intervention) = self.scenario().interventions.get(usize::from(flag)) {
            let at = intervention.at;
            items.insert(0, item("Go there", format!("move the playhead to {at:.3}"), Action::Seek(at)));
        }
        items
    }

    fn process_menu(&self, process: ProcessIx) -> Vec<MenuItem> {
        let (plan, subject) = (self.run.plan(), Subject::Process(process));
        let mut items: Vec<_> =
            edit_item("Add a thread", Action::AddThread(process), self.add_thread(process)).into_iter().collect();
        let selected = self.selected_threads();
        if selected.iter().any(|t| plan.thread(t).process != process) {
            let what = Carried::all(selected);
            let here = self.drop_item(what, DropTarget::Process(process));
            items.push(MenuItem { label: format!("Move {} here", self.judge().name(what)), ..here });
        }
        let shared = Tool::ALL.into_iter().filter(|tool| tool.resource().is_some());
        for tool in shared {
            let add = self.drop_item(Carried::New(tool), DropTarget::Process(process));
            items.push(MenuItem { label: format!("Add {}", tool.one()), ..add });
        }
        let id = plan.process(process).id;
        for other in plan.process_ixs().filter(|p| *p != process).map(|p| plan.process(p)) {
            items.push(change_item(
                format!("Add a pipe to {}", other.name),
                self.scenario().with_new_pipe_between(id, other.id),
            ));
        }
        items.extend(self.all_threads_of(process));
        items.extend(edit_item("Copy", Action::Copy(subject), self.copy(subject)));
        items.extend(edit_item("Delete", Action::Delete(subject), self.delete(subject)));
        items
    }

    fn core_menu(&self, core: CoreId) -> Vec<MenuItem> {
        let mut items = Vec::new();
        let on = |threads: &mut dyn Iterator<Item = ThreadIx>, target, verb: &str, items: &mut Vec<MenuItem>| {
            for thread in threads.take(MOST_NAMED) {
                let drop = self.drop_item(Carried::Thread(thread), target);
                items
                    .push(MenuItem { label: format!("{verb} {}", self.judge().name(Carried::Thread(thread))), ..drop });
            }
        };
        if self.playhead() > Time::ZERO {
            on(&mut self.machine().ready(), DropTarget::Core(core), "Run here now:", &mut items);
        }
        let plan = self.run.plan();
        let pinned = |t: &ThreadIx| plan.thread(*t).cores.pinned() == Some(core);
        on(&mut plan.thread_ixs().filter(pinned), DropTarget::Pin(core), "Let go of", &mut items);
        let free = |t: &ThreadIx| !pinned(t);
        on(&mut plan.thread_ixs().filter(free), DropTarget::Pin(core), "Pin here:", &mut items);
        items.extend(self.computer_items(Subject::Core(core)));
        items
    }

    /// More cores or fewer, and more processes.
    pub(super) fn computer_items(&self, subject: Subject) -> impl Iterator<Item = MenuItem> {
        [
            edit_item("Add a core", Action::Copy(subject), self.copy(subject)),
            edit_item("Take the last core away", Action::Delete(subject), self.delete(subject)),
            edit_item("Add a process", Action::AddProcess, Some(self.scenario().with_new_process())),
        ]
        .into_iter()
        .flatten()
    }

    fn all_threads_of(&self, process: ProcessIx) -> Option<MenuItem> {
        let of = self.run.plan().process(process);
        let threads: ThreadSet = of.threads.iter().copied().collect();
        let says = format!("{} threads, to be dragged or moved together", threads.len());
        (threads.len() > 1).then(|| item(&format!("Select all of {}", of.name), says, Action::SelectThreads(threads)))
    }

    /// Every place where something can be dropped, in reading order.
    pub(super) fn drops(&self, what: Carried) -> Vec<MenuItem> {
        self.judge().menu_places(what).into_iter().map(|target| self.drop_item(what, target)).collect()
    }

    /// The line for a drop.
    pub(super) fn drop_item(&self, what: Carried, target: DropTarget) -> MenuItem {
        let judge = self.judge();
        let (says, refused) = match judge.drop(what, target) {
            Ok(drop) => (drop.says, None),
            Err(reason) => (reason.clone(), Some(reason)),
        };
        MenuItem { label: judge.label(what, target), says, action: Action::Drop { what, target }, refused }
    }
}

/// The line for something that changes nothing in the scenario.
pub(super) fn item(label: &str, says: impl Into<String>, action: Action) -> MenuItem {
    MenuItem { label: label.to_owned(), says: says.into(), action, refused: None }
}

/// The line for an edit that has an action of its own.
pub(super) fn edit_item(label: &str, action: Action, edit: Option<Result<Edit, Problem>>) -> Option<MenuItem> {
    let (says, refused) = match edit? {
        Ok(edit) => (edit.says(), None),
        Err(problem) => (problem.to_string(), Some(problem.to_string())),
    };
    Some(MenuItem { label: label.to_owned(), says, action, refused })
}

/// The line for any other edit.
pub(super) fn change_item(label: String, edit: Result<Edit, Problem>) -> MenuItem {
    match edit {
        Ok(edit) => MenuItem { label, says: edit.says(), action: edit.into(), refused: None },
        Err(problem) => {
            let why = problem.to_string();
            MenuItem { label, says: why.clone(), action: Action::CancelDrag, refused: Some(why) }
        }
    }
}
