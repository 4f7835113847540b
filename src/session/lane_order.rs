//! How a reader arranges the lanes: pins them to the top, moves them, draws those of a process as one.

use crate::engine::Run;
use crate::scene::{LaneOrder, Subject, lane_subjects};

use super::menu::{MenuItem, item};
use super::navigate::Read;
use super::{Action, Effect, Session, subjects};

/// What is done with a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrange {
    /// Pins it above all others, or no more.
    Pin,
    /// Moves it before the one above it, of the same group.
    Up,
    /// Moves it behind the one below it, of the same group.
    Down,
    /// Draws the threads of its process, or all cores, in one lane; or in one each.
    Collapse,
    /// Shows how many threads are ready, or does not.
    Ready,
    /// Shows lanes of locks, semaphores and devices, or does not.
    Shared,
    /// Puts all lanes back as they were.
    Reset,
}

impl Session {
    pub(super) fn arrange(&mut self, what: Arrange, lane: Subject, effects: &mut Vec<Effect>) {
        let done = match what {
            Arrange::Pin => {
                let pinned = toggle(&mut self.reading.order.pinned, lane);
                if pinned { "Pinned to the top" } else { "Not pinned any more" }
            }
            Arrange::Up => self.move_lane(lane, true),
            Arrange::Down => self.move_lane(lane, false),
            Arrange::Collapse => {
                let Some(of) = self.collapses(lane) else { return };
                let collapsed = toggle(&mut self.reading.order.collapsed, of);
                if collapsed { "Drawn as one lane" } else { "Drawn as a lane each" }
            }
            Arrange::Ready => {
                let shown = self.shows_ready();
                self.reading.order.ready = Some(!shown);
                if shown { "The ready queue has no lane any more" } else { "The ready queue has a lane" }
            }
            Arrange::Shared => {
                let shown = self.shows_shared();
                self.reading.order.shared = Some(!shown);
                if shown { "Locks and devices have no lanes any more" } else { "Locks and devices have lanes" }
            }
            Arrange::Reset => {
                self.reading.order = LaneOrder::NATURAL;
                "All lanes are as they were"
            }
        };
        effects.push(Effect::Announce(done.to_owned()));
    }

    /// The lanes from top to bottom, and of each whether it is one of the group of the one above it.
    fn lanes(&self) -> Vec<(Subject, bool)> {
        lane_subjects(&self.run, &self.reading.order, self.size.w)
    }

    fn shows_shared(&self) -> bool {
        self.lanes().iter().any(|(lane, _)| matches!(lane, Subject::ObjectLane(_)))
    }

    /// Whether anything could have a lane that threads share.
    fn has_shared(&self) -> bool {
        let order = LaneOrder { shared: Some(true), ..LaneOrder::NATURAL };
        let lanes = lane_subjects(&self.run, &order, self.size.w);
        lanes.iter().any(|(lane, _)| matches!(lane, Subject::ObjectLane(_)))
    }

    fn shows_ready(&self) -> bool {
        self.lanes().iter().any(|(lane, _)| *lane == Subject::QueueLane)
    }

    /// The lane above it, or below, if that is of its group.
    fn beside(&self, lane: Subject, up: bool) -> Option<Subject> {
        let lanes = self.lanes();
        let at = lanes.iter().position(|(l, _)| *l == lane)?;
        let (before, after) = if up { (at.checked_sub(1)?, at) } else { (at + 1, at + 1) };
        lanes.get(after)?.1.then(|| lanes[before].0)
    }

    fn move_lane(&mut self, lane: Subject, up: bool) -> &'static str {
        let Some(other) = self.beside(lane, up) else {
            return if up { "It is the first of its group" } else { "It is the last of its group" };
        };
        if !self.reading.order.pinned.contains(&lane) {
            // From now on all lanes have a place.
            let lanes = self.lanes();
            self.reading.order.moved = lanes.into_iter().map(|(l, _)| l).collect();
        }
        let LaneOrder { pinned, moved, .. } = &mut self.reading.order;
        let list = if pinned.contains(&lane) { pinned } else { moved };
        let place = |of: Subject| list.iter().position(|l| *l == of);
        if let (Some(a), Some(b)) = (place(lane), place(other)) {
            list.swap(a, b);
        }
        if up { "Moved up" } else { "Moved down" }
    }

    /// The lane that would stand for this one and those like it, or stands for them now.
    fn collapses(&self, lane: Subject) -> Option<Subject> {
        let plan = self.run.plan();
        Some(match lane {
            Subject::ThreadLane(thread) => Subject::ProcessLane(plan.thread(thread).process),
            Subject::CoreLane(_) => Subject::ComputerLane,
            Subject::ProcessLane(_) | Subject::ComputerLane => lane,
            _ => return None,
        })
        .filter(|of| match of {
            Subject::ProcessLane(process) => plan.process(*process).threads.len() > 1,
            _ => plan.cores > 1,
        })
    }

    /// How a lane can be arranged, as lines of its menu.
    pub(super) fn arrange_items(&self, lane: Subject) -> Vec<MenuItem> {
        let line = |label: &str, says: &str, what| item(label, says, Action::Read(Read::Lane(what, lane)));
        let order = &self.reading.order;
        let mut items = Vec::new();
        if order.pinned.contains(&lane) {
            items.push(line("Do not pin the lane", "it goes back to its group", Arrange::Pin));
        } else {
            items.push(line("Pin the lane to the top", "above all others", Arrange::Pin));
        }
        for (label, what, up) in [("Move the lane up", Arrange::Up, true), ("Move the lane down", Arrange::Down, false)]
        {
            if let Some(other) = self.beside(lane, up) {
                let side = if up { "before" } else { "behind" };
                items.push(line(label, &format!("{side} that of {}", self.menu_title(other)), what));
            }
        }
        if let Some(of) = self.collapses(lane) {
            let whose = match of {
                Subject::ProcessLane(process) => format!("the lanes of {}", self.run.plan().process(process).name),
                _ => "the lanes of the cores".to_owned(),
            };
            if order.collapsed.contains(&of) {
                items.push(line(&format!("Expand {whose}"), "draw a lane each", Arrange::Collapse));
            } else {
                items.push(line(&format!("Collapse {whose}"), "draw all in one", Arrange::Collapse));
            }
        }
        items
    }

    /// What can be done with all lanes, as lines of a menu.
    pub(super) fn lanes_items(&self) -> Vec<MenuItem> {
        let line = |label, says, what| item(label, says, Action::Read(Read::Lane(what, Subject::QueueLane)));
        let mut items = vec![if self.shows_ready() {
            line("Hide the lane of the ready queue", "how many threads are ready", Arrange::Ready)
        } else {
            line("Show a lane of the ready queue", "how many threads are ready", Arrange::Ready)
        }];
        if self.shows_shared() {
            items.push(line("Hide the lanes of locks and devices", "who holds them or is served", Arrange::Shared));
        } else if self.has_shared() {
            items.push(line("Show lanes of locks and devices", "who holds them or is served", Arrange::Shared));
        }
        if self.reading.order != LaneOrder::NATURAL {
            items.push(line("Put all lanes back", "as they were before they were arranged", Arrange::Reset));
        }
        items
    }

    /// Another run is shown: of the lanes that were arranged those that are still there are so.
    pub(super) fn carry_lanes_over(&mut self, old: &Run) {
        let LaneOrder { pinned, moved, collapsed, .. } = &mut self.reading.order;
        for list in [pinned, moved, collapsed] {
            let over = |lane: Subject| Some(subjects::carry_over(lane.of_lane(), old, &self.run)?.lane());
            *list = list.iter().filter_map(|lane| over(*lane)).collect();
        }
    }
}

/// Takes something into a list or out of it; whether it is in it now.
fn toggle(list: &mut Vec<Subject>, subject: Subject) -> bool {
    let before = list.len();
    list.retain(|s| *s != subject);
    if list.len() == before {
        list.push(subject);
    }
    list.len() > before
}
