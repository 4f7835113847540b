//! The dispatch of actions, and what follows from any of them.

use crate::scene::{Carried, DragPicture, DropSays, DropTarget, Reading, Rect, Size, Subject, ThreadSet, TimeAxis};
use crate::time::Time;

use super::embed::Mode;
use super::stops::Stop;
use super::story::Asked;
use super::{Action, Effect, Session};

/// All that can be seen and can change: where it differs after an action, the page is drawn again.
#[derive(Clone, Debug, PartialEq)]
struct Look {
    generation: u64,
    computed: usize,
    ended: bool,
    playhead: Time,
    playing: bool,
    position: f64,
    axis: TimeAxis,
    size: Size,
    selection: Option<Subject>,
    group: ThreadSet,
    frame: Option<Rect>,
    hover: Option<Subject>,
    drag: Option<DragPicture>,
    future_hidden: bool,
    cores_outlined: bool,
    reading: Reading,
    asked: Option<Asked>,
}

impl Session {
    /// Does what the user or the clock did, and says what the web layer shall do about it.
    pub fn update(&mut self, action: Action) -> Vec<Effect> {
        let before = self.look();
        let mut effects = Vec::new();
        self.perform(action, &mut effects);
        self.settle();
        // Keys need the name of the target too; `aim` has said it.
        if let Some(says) = self.drag().filter(|_| !self.carries_by_keys()).and_then(|d| d.says.as_ref())
            && before.drag.as_ref().and_then(|d| d.says.as_ref()) != Some(says)
        {
            let (DropSays::Change(text) | DropSays::Refused(text)) = says;
            effects.push(Effect::Announce(text.clone()));
        }
        if self.look() != before {
            effects.insert(0, Effect::Redraw);
        }
        let clock = self.playing() || self.pending;
        if clock != self.clock {
            self.clock = clock;
            effects.push(if clock { Effect::StartClock } else { Effect::StopClock });
        }
        effects
    }

    fn perform(&mut self, action: Action, effects: &mut Vec<Effect>) {
        if !self.editable && !Mode::Step.allows(&action) {
            return;
        }
        if !matches!(action, Action::Tick { .. }) {
            self.idle = 0.0;
        }
        match action {
            Action::TogglePlay => self.toggle_play(),
            Action::Tick { seconds } => self.tick(seconds, effects),
            Action::SetSpeed { position } => self.playback.set_position(position),
            Action::Seek(time) => self.seek(time),
            Action::ToStart => self.seek(Time::ZERO),
            Action::ToEnd => self.seek_end(),
            Action::NextEvent => self.next_event(effects),
            Action::PreviousEvent => self.previous_event(effects),
            Action::NextHandOff => self.next_stop(Stop::HandOff, effects),
            Action::PreviousHandOff => self.previous_stop(Stop::HandOff, effects),
            Action::NextSwitch => self.next_stop(Stop::Switch, effects),
            Action::PreviousSwitch => self.previous_stop(Stop::Switch, effects),
            Action::Select(subject) => self.select_by_keys(subject, effects),
            Action::Toggle(subject) => self.toggle(subject, effects),
            Action::SelectThreads(threads) => {
                self.select_threads(threads);
                self.say_selection(effects);
            }
            Action::Resize(size) => self.resize(size),
            Action::PointerDown(p) => self.pointer_down(p, false, effects),
            Action::PointerDownToo(p) => self.pointer_down(p, true, effects),
            Action::PointerMove(p) => self.pointer_move(p),
            Action::PointerUp(p) => self.pointer_up(p, effects),
            Action::PointerCancel => self.pointer_cancel(effects),
            Action::CancelDrag => self.cancel_drag(effects),
            Action::Drop { what, target } => self.drop_on(what, target, effects),
            Action::PickUp { what, at } => self.pick_up(what, at, effects),
            Action::Copying(copies) => self.set_copying(copies),
            Action::Lift(what) => self.lift(what, effects),
            Action::NextTarget => self.aim(1, effects),
            Action::PreviousTarget => self.aim(-1, effects),
            Action::Carry(by) => self.aim(by.into(), effects),
            Action::CarryTo(target) => self.carry_to(target, effects),
            Action::DropHere => self.drop_here(effects),
            Action::ToggleFuture => self.future_hidden = !self.future_hidden,
            Action::ToggleOutlines => self.cores_outlined = !self.cores_outlined,
            Action::Zoom { x, factor } => self.zoom(x, factor),
            Action::Pan { dx } => self.pan(dx),
            Action::Compute(on) => self.set_computing(on),
            Action::Fit => self.fit(),
            Action::Read(read) => self.read(read, effects),
            Action::RunHere { thread, core } => self.drop_on(Carried::Thread(thread), DropTarget::Core(core), effects),
            Action::Pin { thread, core } => self.pin(thread, core, effects),
            Action::Edit { name, scenario } => self.change(name, *scenario, effects),
            Action::RemoveFlag(index) => self.apply(self.scenario().without_intervention(index), effects),
            Action::Answer { thread, text } => self.answer(thread, text, effects),
            Action::AddThread(process) => self.apply_some(self.add_thread(process), effects),
            Action::Add(tool) => self.add(tool, effects),
            Action::AddProcess => self.apply(self.scenario().with_new_process(), effects),
            Action::Copy(subject) => self.apply_some(self.copy(subject), effects),
            Action::Delete(subject) => self.apply_some(self.delete(subject), effects),
            Action::New => self.start_anew(effects),
            Action::Undo => self.undo(effects),
            Action::Redo => self.redo(effects),
            Action::Load(scenario) => self.load(*scenario, effects),
            Action::Reset => self.reset(effects),
        }
    }

    fn look(&self) -> Look {
        Look {
            generation: self.generation,
            computed: self.run.trace().len(),
            ended: self.run.ending().is_some(),
            playhead: self.playhead(),
            playing: self.playing(),
            position: self.speed_position(),
            axis: self.axis,
            size: self.size,
            selection: self.selection,
            group: self.group,
            frame: self.pointer.frame(),
            hover: self.pointer.hover(),
            drag: self.drag().cloned(),
            future_hidden: self.future_hidden,
            cores_outlined: self.cores_outlined,
            reading: self.reading.clone(),
            asked: self.asked,
        }
    }
}
