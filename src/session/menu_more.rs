//! What can be done with a GIL, with what threads share, with the ready queue, the computer, the board and time.

use crate::engine::plan::ObjectKind;
use crate::ids::{GilIx, ObjectIx};
use crate::scenario::{PerCore, Policy, Queues, Runtime};
use crate::scene::{Carried, DropTarget, Subject, Tool};
use crate::time::Time;

use super::menu::{MOST_NAMED, MenuItem, change_item, edit_item, item};
use super::navigate::Read;
use super::range::End;
use super::{Action, Session};

impl Session {
    pub(super) fn more_menu(&self, subject: Subject) -> Vec<MenuItem> {
        match subject {
            Subject::Gil(gil) => self.gil_menu(gil),
            Subject::Resource(object) => self.resource_menu(object),
            Subject::ReadyQueue => self.queue_menu(),
            Subject::Computer => {
                let mut items: Vec<_> = self.computer_items(subject).collect();
                items.push(self.drop_item(Carried::New(Tool::Device), DropTarget::Board));
                items.push(self.queues_item());
                items
            }
            Subject::Board => self.board_menu(),
            Subject::Record(record) => self.record_menu(record as usize),
            Subject::Lanes | Subject::Ruler | Subject::Overview => {
                let mut items = time_menu();
                items.extend(self.lanes_items());
                items
            }
            _ => Vec::new(),
        }
    }

    fn gil_menu(&self, gil: GilIx) -> Vec<MenuItem> {
        let plan = self.run.plan();
        let process = plan.process(plan.gil(gil).process);
        let mut items = vec![
            item("Next hand-off", "go to where another thread takes it", Action::NextHandOff),
            item("Previous hand-off", "go back to where another thread took it", Action::PreviousHandOff),
        ];
        if let Some(holder) = self.machine().gil(gil).holder {
            let name = self.judge().name(Carried::Thread(holder));
            let label = format!("Select {name}");
            items.push(item(&label, "who holds it now", Action::Select(Some(Subject::Thread(holder)))));
        }
        let free = Runtime::free_threaded(Runtime::DEFAULT_OVERHEAD);
        items.push(change_item("Do without it".to_owned(), self.scenario().with_runtime(process.id, free)));
        items.push(self.select_item(Subject::Process(plan.gil(gil).process), "its switch interval is set there"));
        items
    }

    fn select_item(&self, subject: Subject, says: &str) -> MenuItem {
        let name = self.menu_title(subject).to_ascii_lowercase();
        item(&format!("Select {name}"), says, Action::Select(Some(subject)))
    }

    fn resource_menu(&self, object: ObjectIx) -> Vec<MenuItem> {
        let of = self.run.plan().object(object);
        let subject = Subject::Resource(object);
        let mut items = Vec::new();
        let figure = self.scenario().resource(of.id).and_then(|(_, r)| r.kind.figure());
        if let Some((what, now)) = figure {
            let mut set = |to: u32| {
                let edit = self.scenario().with_resource_figure(of.id, to);
                items.push(change_item(format!("Set its {what} to {to}"), edit));
            };
            set(now.saturating_add(1));
            if now > 0 {
                set(now - 1);
            }
        }
        let target = of.process.map_or(DropTarget::Board, DropTarget::Process);
        let another = Carried::New(tool_of(of.kind));
        items.push(match of.kind {
            ObjectKind::Pipe => change_item("Add a pipe".to_owned(), self.scenario().with_new_pipe()),
            _ => self.drop_item(another, target),
        });
        if let Some(process) = of.process {
            items.push(self.select_item(Subject::Process(process), "whose threads share it"));
        }
        items.extend(edit_item("Delete", Action::Delete(subject), self.delete(subject)));
        items
    }

    fn queue_menu(&self) -> Vec<MenuItem> {
        let mut items = Vec::new();
        for thread in self.machine().ready().take(MOST_NAMED) {
            let what = Carried::Thread(thread);
            let first = DropTarget::Queue(self.judge().queue_of(thread).start);
            if !self.judge().is_home(what, first) {
                let label = format!("{} to the head", self.judge().name(what));
                items.push(MenuItem { label, ..self.drop_item(what, first) });
            }
        }
        items.push(self.queues_item());
        let now = self.scenario().computer.policy.names().0;
        for (key, name) in Policy::NAMES.into_iter().filter(|(key, _)| *key != now) {
            if let Some(policy) = Policy::usual(key) {
                items.push(change_item(format!("Policy: {name}"), self.scenario().with_policy(policy)));
            }
        }
        items
    }

    /// One ready queue, or one per core: whichever it is not.
    fn queues_item(&self) -> MenuItem {
        let (label, queues) = match self.scenario().computer.queues {
            Queues::One => ("A ready queue per core", Queues::PerCore(PerCore::default())),
            Queues::PerCore(_) => ("One ready queue", Queues::One),
        };
        change_item(label.to_owned(), self.scenario().with_queues(queues))
    }

    fn board_menu(&self) -> Vec<MenuItem> {
        let process = self.sensible_process().map(DropTarget::Process);
        let add = |tool: Tool| {
            let on_board = matches!(tool, Tool::Process | Tool::Core | Tool::Device);
            let target = if on_board { DropTarget::Board } else { process.unwrap_or(DropTarget::Board) };
            self.drop_item(Carried::New(tool), target)
        };
        Tool::ALL.into_iter().map(add).collect()
    }

    /// The stretch of a lane at the playhead, and what the lane is of.
    pub(super) fn lane_menu(&self, lane: Subject) -> Vec<MenuItem> {
        let (lanes, now) = (self.run.lanes(), self.playhead());
        let at = match lane {
            Subject::ThreadLane(thread) => {
                lanes.thread(thread).iter().rev().find(|s| s.start <= now).map(|s| (s.start, s.end))
            }
            Subject::CoreLane(core) => lanes.core(core).iter().rev().find(|s| s.start <= now).map(|s| (s.start, s.end)),
            Subject::GilLane(gil) => lanes.gil(gil).iter().rev().find(|s| s.start <= now).map(|s| (s.start, s.end)),
            _ => None,
        };
        let mut items: Vec<_> = at.map_or_else(Vec::new, |(start, end)| self.stretch_items(start, Some(end)));
        items.extend(self.arrange_items(lane));
        items.extend(self.menu(lane.of_lane()));
        items
    }

    /// To where a stretch begins, and to where it ends.
    fn stretch_items(&self, start: Time, end: Option<Time>) -> Vec<MenuItem> {
        let go = |label: &str, to: Time| item(label, format!("move the playhead to {to:.3}"), Action::Seek(to));
        let mut items = vec![go("Go to its start", start)];
        let end = end.filter(|end| *end < Time::NEVER && !self.future_hidden());
        items.extend(end.map(|end| go("Go to what comes next", end)));
        items
    }

    /// A stretch of a lane: when it begins and ends, and whose it is.
    fn record_menu(&self, record: usize) -> Vec<MenuItem> {
        let trace = self.run.trace();
        let Some(begin) = trace.get(record) else { return Vec::new() };
        let end = trace.iter().skip(record + 1).find(|r| r.thread() == begin.thread() && r.time() > begin.time());
        let mut items = self.stretch_items(begin.time(), end.map(|r| r.time()));
        items.push(self.select_item(Subject::Thread(begin.thread()), "the thread whose lane this is"));
        items.extend(time_menu());
        items
    }
}

fn time_menu() -> Vec<MenuItem> {
    let read = |label, says: &str, read| item(label, says, Action::Read(read));
    vec![
        item("Fit the whole run", "show it from its start to its end", Action::Fit),
        read("Fit what is selected", "show the range, the stretch or the thread as large as it can be", Read::Fit),
        read("A range begins here", "at the playhead", Read::RangeEnd(End::From)),
        read("The range ends here", "at the playhead", Read::RangeEnd(End::To)),
        read("Set a marker", "at the playhead: A, then B, with the time between them", Read::Mark),
        read("No range and no marker", "take them away", Read::Unmark),
        item("To the start", "move the playhead there", Action::ToStart),
        item("To the end", "move the playhead there", Action::ToEnd),
        item("Hide or show the future", "show nothing of what will happen, or all", Action::ToggleFuture),
    ]
}

const fn tool_of(kind: ObjectKind) -> Tool {
    match kind {
        ObjectKind::Lock => Tool::Lock,
        ObjectKind::Semaphore => Tool::Semaphore,
        ObjectKind::Event => Tool::Event,
        ObjectKind::Barrier => Tool::Barrier,
        ObjectKind::Queue => Tool::Queue,
        ObjectKind::Pipe => Tool::Pipe,
        ObjectKind::Device => Tool::Device,
    }
}
