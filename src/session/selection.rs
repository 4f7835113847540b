//! What is selected: one thing, or several threads at once.

use crate::ids::ProcessIx;
use crate::scene::{Carried, Point, Rect, Region, Subject, ThreadSet};

use super::{Effect, Session};

impl Session {
    /// The threads that are selected, if they are several; [`Self::selection`] is one of them.
    #[must_use]
    pub const fn group(&self) -> ThreadSet {
        self.group
    }

    /// Every thread that is selected.
    #[must_use]
    pub fn selected_threads(&self) -> ThreadSet {
        match self.selection {
            Some(Subject::Thread(thread)) if self.group.is_empty() => std::iter::once(thread).collect(),
            _ => self.group,
        }
    }

    /// Whether a thing is selected, alone or with others.
    #[must_use]
    pub fn is_selected(&self, subject: Subject) -> bool {
        self.selection == Some(subject) || matches!(subject, Subject::Thread(thread) if self.group.has(thread))
    }

    pub(super) fn select(&mut self, subject: Option<Subject>) {
        let whole = |subject: Subject| match subject.of_lane() {
            Subject::OpEdge(op) => Subject::Op(op),
            whole => whole,
        };
        self.selection = subject.filter(|s| self.exists(*s)).map(whole);
        self.group = ThreadSet::default();
    }

    /// Selects something that nobody points at, and says so.
    pub(super) fn select_by_keys(&mut self, subject: Option<Subject>, effects: &mut Vec<Effect>) {
        let had = self.selection;
        self.select(subject);
        match self.selection {
            Some(subject) => effects.push(Effect::Announce(format!("{} is selected", self.menu_title(subject)))),
            None if had.is_some() => effects.push(Effect::Announce("Nothing is selected".to_owned())),
            None => {}
        }
    }

    /// Selects threads, of which the first is the one that the inspector shows, unless one of them is shown already.
    pub(super) fn select_threads(&mut self, threads: ThreadSet) {
        let threads: ThreadSet = threads.iter().filter(|t| self.exists(Subject::Thread(*t))).collect();
        let stays = matches!(self.selection, Some(Subject::Thread(thread)) if threads.has(thread));
        if !stays {
            self.selection = threads.iter().next().map(Subject::Thread);
        }
        self.group = if threads.len() > 1 { threads } else { ThreadSet::default() };
    }

    /// Takes a thread into the selection or out of it; selects anything else alone.
    pub(super) fn toggle(&mut self, subject: Subject, effects: &mut Vec<Effect>) {
        let subject = subject.of_lane();
        let Subject::Thread(thread) = subject else { return self.select(Some(subject)) };
        if !self.exists(subject) {
            return;
        }
        let mut threads = self.selected_threads();
        threads.toggle(thread);
        self.select_threads(threads);
        if threads.has(thread) {
            self.selection = Some(subject);
        }
        self.say_selection(effects);
    }

    pub(super) fn say_selection(&self, effects: &mut Vec<Effect>) {
        let says = match self.selected_threads().len() {
            0 => "No thread is selected".to_owned(),
            1 => "1 thread is selected".to_owned(),
            n => format!("{n} threads are selected"),
        };
        effects.push(Effect::Announce(says));
    }

    /// What is picked up with a thread: all that are selected if it is one of them.
    pub(super) fn picked_up_with(&self, what: Carried) -> Carried {
        match what {
            Carried::Thread(thread) if self.group.has(thread) => Carried::Threads(self.group),
            what => what,
        }
    }

    /// Selects the threads that a frame touches beside those that were selected when it was begun.
    pub(super) fn select_in(&mut self, frame: Rect, before: ThreadSet) {
        let touches =
            |r: &Rect| r.x < frame.right() && frame.x < r.right() && r.y < frame.bottom() && frame.y < r.bottom();
        let within: Vec<_> = self.where_is(|scene| {
            let lanes = scene.regions.iter().find(|r| r.subject == Subject::Lanes).map_or(0.0, |r| r.rect.right());
            let thread = |r: &Region| match r.subject {
                Subject::Thread(t) if touches(&r.rect) => Some(t),
                // What is named is the beginning of the lane.
                Subject::ThreadLane(t) if touches(&Rect { w: lanes - r.rect.x, ..r.rect }) => Some(t),
                _ => None,
            };
            scene.regions.iter().filter_map(thread).collect()
        });
        self.select_threads(before.iter().chain(within).collect());
    }

    /// The process that something new is added to: that which is selected or has what is selected, else the last.
    pub(super) fn sensible_process(&self) -> Option<ProcessIx> {
        let plan = self.run.plan();
        let selected = match self.selection {
            Some(Subject::Process(process)) => Some(process),
            Some(Subject::Thread(thread) | Subject::Input(thread)) => Some(plan.thread(thread).process),
            Some(Subject::Gil(gil)) => Some(plan.gil(gil).process),
            Some(Subject::Resource(object)) => plan.object(object).process,
            _ => None,
        };
        let last = self.scenario().processes.last().and_then(|p| plan.process_ix(p.id));
        selected.or(last)
    }
}

/// The rectangle between two corners.
pub(super) fn frame(from: Point, to: Point) -> Rect {
    let (x, y) = (from.x.min(to.x), from.y.min(to.y));
    Rect::new(x, y, (from.x - to.x).abs(), (from.y - to.y).abs())
}
