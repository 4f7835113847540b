//! Changes of the scenario: edits, undo and redo, loading. None of them moves the playhead, except that it returns to the end
//! of a run that has become shorter, and that an intervention takes it along by the nanosecond by which it may come later, so
//! that the board shows its effect.

use crate::engine::Run;
use crate::ids::{CoreId, ProcessIx, ThreadIx};
use crate::scenario::{Edit, Problem, Scenario};
use crate::scene::{Carried, DropTarget, Reading, Subject, Tool};
use crate::time::Time;

use super::view::Fitted;
use super::{Action, Effect, Session, drag, subjects};

impl From<Edit> for Action {
    fn from(edit: Edit) -> Self {
        Self::Edit { name: edit.name, scenario: Box::new(edit.scenario) }
    }
}

impl Session {
    /// Changes the scenario, if the result may run; one undo step.
    pub(super) fn change(&mut self, name: String, scenario: Scenario, effects: &mut Vec<Effect>) {
        if scenario == *self.scenario() {
            return;
        }
        if let Err(problem) = scenario.check() {
            effects.push(Effect::Complain(problem.to_string()));
            return;
        }
        effects.push(Effect::Announce(name.clone()));
        self.history.push(name, scenario);
        let old = self.rerun();
        if let Some(added) = subjects::added(&old, &self.run) {
            self.select(Some(added));
        }
    }

    /// Makes a change that an edit came up with, or shows why there is none.
    pub(super) fn apply(&mut self, edit: Result<Edit, Problem>, effects: &mut Vec<Effect>) {
        match edit {
            Ok(Edit { name, scenario, .. }) => self.change(name, scenario, effects),
            Err(problem) => effects.push(Effect::Complain(problem.to_string())),
        }
    }

    /// Makes a change if there is anything that it could be made to.
    pub(super) fn apply_some(&mut self, edit: Option<Result<Edit, Problem>>, effects: &mut Vec<Effect>) {
        if let Some(edit) = edit {
            self.apply(edit, effects);
        }
    }

    pub(super) fn add_thread(&self, process: ProcessIx) -> Option<Result<Edit, Problem>> {
        let process = self.run.plan().processes.get(process.ix())?;
        Some(self.scenario().with_new_thread(process.id))
    }

    pub(super) fn copy(&self, subject: Subject) -> Option<Result<Edit, Problem>> {
        let (scenario, plan) = (self.scenario(), self.run.plan());
        match subject {
            Subject::Thread(thread) => Some(scenario.with_thread_copied(plan.threads.get(thread.ix())?.id)),
            Subject::Op(op) => self.copy_op(op),
            Subject::Process(process) => Some(scenario.with_process_copied(plan.processes.get(process.ix())?.id)),
            Subject::Core(_) | Subject::Computer => Some(scenario.with_cores(plan.cores + 1)),
            _ => None,
        }
    }

    pub(super) fn delete(&self, subject: Subject) -> Option<Result<Edit, Problem>> {
        let (scenario, plan) = (self.scenario(), self.run.plan());
        match subject {
            Subject::Thread(thread) => Some(scenario.without_thread(plan.threads.get(thread.ix())?.id)),
            Subject::Process(process) => Some(scenario.without_process(plan.processes.get(process.ix())?.id)),
            Subject::Flag(flag) => Some(scenario.without_intervention(flag)),
            Subject::Op(op) => self.delete_op(op),
            Subject::Resource(object) => Some(scenario.without_resource(plan.objects.get(object.ix())?.id)),
            Subject::Core(_) | Subject::Computer => Some(scenario.with_cores(plan.cores - 1)),
            _ => None,
        }
    }

    /// An empty page in place of this scenario, which stays one step of undo away.
    pub(super) fn start_anew(&mut self, effects: &mut Vec<Effect>) {
        match self.scenario().with_nothing() {
            Ok(Edit { name, scenario, .. }) => {
                effects.push(Effect::Announce(name.clone()));
                self.open(name, scenario, true);
            }
            Err(problem) => effects.push(Effect::Complain(problem.to_string())),
        }
    }

    /// What drops are judged by now.
    pub(super) const fn judge(&self) -> drag::Judge<'_> {
        drag::Judge { scenario: self.scenario(), run: &self.run, machine: &self.machine, playhead: self.playhead() }
    }

    /// Drops something on a target, by pointer, menu or keyboard. A refusal is shown and changes nothing.
    pub(super) fn drop_on(&mut self, what: Carried, target: DropTarget, effects: &mut Vec<Effect>) {
        let op = self.judge().op_after(what, target);
        match self.judge().drop(what, target) {
            Ok(drop) => {
                self.change(drop.edit.name, drop.edit.scenario, effects);
                if drop.playhead != self.playhead() {
                    self.playback.seek(drop.playhead);
                }
                if let Some(op) = op {
                    self.select(Some(Subject::Op(op)));
                }
            }
            Err(reason) => effects.push(Effect::Complain(reason)),
        }
    }

    /// Adds something new where it makes most sense.
    pub(super) fn add(&mut self, tool: Tool, effects: &mut Vec<Effect>) {
        let target = match (tool, self.sensible_process()) {
            (Tool::Process | Tool::Core | Tool::Device, _) | (_, None) => DropTarget::Board,
            (_, Some(process)) => DropTarget::Process(process),
        };
        self.drop_on(Carried::New(tool), target, effects);
    }

    /// Pins a thread, or lets it run anywhere; unlike a drop on the pin it does not matter whether it is pinned there.
    pub(super) fn pin(&mut self, thread: ThreadIx, core: Option<CoreId>, effects: &mut Vec<Effect>) {
        let Some(found) = self.run.plan().threads.get(thread.ix()) else { return };
        if core.is_some() && found.cores.pinned() == core {
            return;
        }
        let edit = self.scenario().with_pin(found.id, core);
        self.apply(edit, effects);
    }

    pub(super) fn undo(&mut self, effects: &mut Vec<Effect>) {
        let at = self.playhead();
        let left = self.history.leave_back(at).map(|left| self.after_leaving(left));
        let undone = left.or_else(|| self.history.undo());
        self.after_travel(undone, "Undone", "There is nothing to undo", effects);
    }

    pub(super) fn redo(&mut self, effects: &mut Vec<Effect>) {
        let at = self.playhead();
        let left = self.history.leave_forth(at).map(|left| self.after_leaving(left));
        let redone = left.or_else(|| self.history.redo());
        self.after_travel(redone, "Done again", "There is nothing to redo", effects);
    }

    /// Another scenario is open now, with the playhead where it was left; gives the name of what was undone or done again.
    fn after_leaving(&mut self, (name, playhead): (String, Time)) -> String {
        self.playback.pause();
        self.playback.seek(playhead);
        self.select(None);
        self.fitted = Fitted::Due;
        name
    }

    fn after_travel(&mut self, name: Option<String>, did: &str, nothing: &str, effects: &mut Vec<Effect>) {
        let Some(name) = name else {
            effects.push(Effect::Announce(nothing.to_owned()));
            return;
        };
        effects.push(Effect::Announce(format!("{did}: {name}")));
        self.rerun();
    }

    /// Goes back to the scenario as it was loaded, which is a change like any other.
    pub(super) fn reset(&mut self, effects: &mut Vec<Effect>) {
        let original = self.original().clone();
        self.change("Reset to the original".to_owned(), original, effects);
    }

    /// Takes another scenario in place of this one, which stays one step of undo away if it was changed; speed and size of
    /// the canvas stay.
    pub(super) fn load(&mut self, scenario: Scenario, effects: &mut Vec<Effect>) {
        if let Err(problem) = scenario.check() {
            effects.push(Effect::Complain(problem.to_string()));
            return;
        }
        let title = if scenario.title.is_empty() { "a scenario without a title" } else { scenario.title.as_str() };
        effects.push(Effect::Announce(format!("Loaded {title}")));
        let name = format!("Open {title}");
        self.open(name, scenario, false);
    }

    fn open(&mut self, name: String, scenario: Scenario, keep: bool) {
        let (position, playhead, generation) = (self.playback.position(), self.playhead(), self.generation + 1);
        let mut history = self.history.clone();
        history.open(name, scenario.clone(), generation, keep, playhead);
        let next = Self::opened(scenario, self.computing.anew());
        let (size, clock, editable) = (self.size, self.clock, self.editable);
        // What a lecturer hides or outlines stays so from claim to claim.
        let (future_hidden, cores_outlined) = (self.future_hidden, self.cores_outlined);
        let reading = Reading { arrows: self.reading.arrows, ..Reading::default() };
        *self = Self { history, clock, generation, editable, future_hidden, cores_outlined, reading, ..next };
        self.playback.set_position(position);
        self.resize(size);
        self.fit();
    }

    /// Computes the run of the scenario as it is now, from its start, and gives the one before. A drag under way was of that
    /// one and ends.
    fn rerun(&mut self) -> Run {
        self.pointer.release();
        self.fit_later();
        let run = Run::new(self.scenario());
        let old = std::mem::replace(&mut self.run, run);
        self.generation += 1;
        self.computing = self.computing.anew();
        self.selection = self.selection.and_then(|s| subjects::carry_over(s, &old, &self.run));
        let stays = |t| subjects::carry_over(Subject::Thread(t), &old, &self.run);
        let threads = self.group.iter().filter_map(stays);
        let group = threads.filter_map(|s| if let Subject::Thread(t) = s { Some(t) } else { None }).collect();
        if !self.group.is_empty() {
            self.select_threads(group);
        }
        self.carry_lanes_over(&old);
        self.pointer.forget_hover();
        self.replace_axis();
        self.renew_baseline();
        old
    }
}
