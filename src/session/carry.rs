//! Something on its way: a thread, a flag, an op or its edge, in the pointer's hand or the keyboard's. Where it is, what a drop there would
//! do, and the run that it would make.

use crate::engine::Run;
use crate::number::Within;
use crate::scene::{Carried, DragPicture, DropSays, DropTarget, Point, Scene, Subject, TimeAxis, Tool};
use crate::time::Time;

use super::{Effect, INSTANTS_PER_UPDATE, Session};

/// How near to the playhead a flag is dropped on its very instant, in CSS pixels.
const SNAP: f64 = 5.0;

/// Something on its way.
#[derive(Clone, Debug)]
pub(super) struct Carry {
    pub(super) picture: DragPicture,
    /// Whether the keyboard carries it, from target to target; the pointer has nothing to do with it then.
    pub(super) keys: bool,
    /// From the pointer to the pole of the flag, in CSS pixels to the right.
    pub(super) offset: f64,
    /// What `targets`, `says` and the preview were found for.
    judged: Option<(Option<DropTarget>, Time)>,
    /// The run with the drop applied.
    pub(super) preview: Option<Run>,
    /// The view as it was before it made room for a longer preview.
    axis_before: Option<TimeAxis>,
}

impl Carry {
    pub(super) const fn new(what: Carried, pointer: Point, targets: Vec<DropTarget>) -> Self {
        let picture = DragPicture { what, pointer, targets, over: None, says: None, change: None };
        Self { picture, keys: false, offset: 0.0, judged: None, preview: None, axis_before: None }
    }
}

impl Session {
    /// Whether something is carried by the keyboard now.
    #[must_use]
    pub fn carries_by_keys(&self) -> bool {
        self.pointer.carry().is_some_and(|carry| carry.keys)
    }

    /// Picks something up with the keyboard. It is at no target yet.
    pub(super) fn lift(&mut self, what: Carried, effects: &mut Vec<Effect>) {
        if !self.is_there(what) {
            return;
        }
        let subject = what.subject();
        let at = subject.and_then(|subject| self.where_is(|scene| middle(scene, subject))).unwrap_or_default();
        let carry = Carry { keys: true, ..Carry::new(what, at, self.judge().targets(what)) };
        let name = self.judge().name(what);
        let choose = if matches!(what, Carried::OpEdge(_)) { "length" } else { "place" };
        effects.push(Effect::Announce(format!("{name} picked up: choose a {choose} with the arrow keys")));
        self.pointer.take(carry);
    }

    /// Whether there is all of it, or it is new.
    fn is_there(&self, what: Carried) -> bool {
        let new = matches!(what, Carried::New(_));
        let mut threads = what.threads().iter();
        (new || what.subject().is_some_and(|s| self.exists(s))) && threads.all(|t| self.exists(Subject::Thread(t)))
    }

    /// Picks something up with the pointer that is not in the picture yet.
    pub(super) fn pick_up(&mut self, what: Carried, at: Point, effects: &mut Vec<Effect>) {
        self.cancel_drag(effects);
        if !self.is_there(what) {
            return;
        }
        self.pointer.take(Carry::new(what, at, self.judge().targets(what)));
        self.pointer.forget_hover();
        self.refresh_drag();
    }

    /// Lets what is carried be a copy of the threads, or the threads themselves.
    pub(super) fn set_copying(&mut self, copies: bool) {
        let Some(carry) = self.pointer.carry_mut().filter(|carry| !carry.keys) else { return };
        let what = match (carry.picture.what, copies) {
            (what @ (Carried::Thread(_) | Carried::Threads(_)), true) => Carried::Copies(what.threads()),
            (Carried::Copies(threads), false) => Carried::all(threads),
            _ => return,
        };
        carry.picture.what = what;
        carry.judged = None;
        self.refresh_drag();
    }

    /// Carries what the keyboard holds so many targets on, to the last or back to the first at most.
    pub(super) fn aim(&mut self, by: isize, effects: &mut Vec<Effect>) {
        let Some(carry) = self.pointer.carry().filter(|carry| carry.keys) else { return };
        let (what, over) = (carry.picture.what, carry.picture.over);
        if let Some(target) = self.next_target(what, over, by) {
            self.aim_at(what, Some(target), effects);
        }
    }

    /// Carries what the keyboard holds to a target, or away from all.
    pub(super) fn aim_at(&mut self, what: Carried, target: Option<DropTarget>, effects: &mut Vec<Effect>) {
        let at = target.and_then(|target| self.where_is(|scene| scene.middle_of(target)));
        if let Some(carry) = self.pointer.carry_mut() {
            carry.picture.over = target;
            carry.picture.pointer = at.unwrap_or(carry.picture.pointer);
        }
        self.refresh_drag();
        if let Some(target) = target
            && let Some(DropSays::Change(says) | DropSays::Refused(says)) = self.drag().and_then(|d| d.says.as_ref())
        {
            effects.push(Effect::Announce(format!("{}: {says}", self.judge().label(what, target))));
        }
    }

    /// So many places on from one of those where something can go; without one, the first. The last one may be the bin: it is
    /// reached by going on, never by going back from the first.
    fn next_target(&self, what: Carried, over: Option<DropTarget>, by: isize) -> Option<DropTarget> {
        if let Carried::OpEdge(op) = what {
            return self.next_length(op, over, by);
        }
        let places = self.judge().places(what);
        let last = places.len().checked_sub(1)?;
        let now = over.and_then(|over| places.iter().position(|p| *p == over));
        Some(places[now.map_or(0, |i| i.saturating_add_signed(by).min(last))])
    }

    /// Drops what the keyboard holds.
    pub(super) fn drop_here(&mut self, effects: &mut Vec<Effect>) {
        let Some(carry) = self.pointer.carry().filter(|carry| carry.keys) else { return };
        let (what, over) = (carry.picture.what, carry.picture.over);
        self.let_go(what, over, effects);
    }

    /// Drops what is on its way, or puts it back.
    pub(super) fn let_go(&mut self, what: Carried, over: Option<DropTarget>, effects: &mut Vec<Effect>) {
        let generation = self.generation;
        let before = self.pointer.carry().and_then(|carry| carry.axis_before);
        self.pointer.release();
        match over {
            Some(target) => self.drop_on(what, target, effects),
            None => {
                effects.push(Effect::Announce(format!("{} was put back; nothing changed", self.judge().name(what))))
            }
        }
        if generation == self.generation {
            self.view_again(before);
        }
    }

    /// Goes back to a view that a drag has changed.
    fn view_again(&mut self, before: Option<TimeAxis>) {
        if let Some(axis) = before {
            self.axis = axis;
            self.replace_axis();
        }
    }

    pub(super) fn cancel_drag(&mut self, effects: &mut Vec<Effect>) {
        if let Some(before) = self.pointer.carry().map(|carry| carry.axis_before) {
            self.view_again(before);
            effects.push(Effect::Announce("Dragging cancelled; nothing changed".to_owned()));
        }
        self.pointer.release();
    }

    /// Where the pole of a flag stands; for an edge, from where its way counts.
    pub(super) fn anchor_x(&self, what: Carried) -> Option<f64> {
        let flag = match what {
            Carried::Flag(flag) => flag,
            Carried::OpEdge(_) => return Some(0.0),
            _ => return None,
        };
        Some(self.axis.x(self.scenario().interventions.get(usize::from(flag))?.at))
    }

    /// Finds what a drop would do where it is now, if that may have changed, and the run that it would make.
    pub(super) fn refresh_drag(&mut self) {
        let Some(carry) = self.pointer.carry() else { return };
        let what = carry.picture.what;
        let over =
            if carry.keys { carry.picture.over } else { self.target_at(what, carry.picture.pointer, carry.offset) };
        let key = Some((over, self.playhead()));
        let judgement = (carry.judged != key).then(|| {
            let judge = self.judge();
            (judge.targets(what), over.map(|target| judge.drop(what, target)))
        });
        let Some(carry) = self.pointer.carry_mut() else { return };
        if let Some((targets, drop)) = judgement {
            carry.judged = key;
            carry.picture.over = over;
            carry.picture.targets = targets;
            let would = drop.as_ref().and_then(|drop| drop.as_ref().ok());
            carry.picture.change = would.map(|drop| drop.edit.kind);
            carry.preview = would.map(|drop| Run::new(&drop.edit.scenario));
            carry.picture.says = drop.map(|drop| match drop {
                Ok(drop) => DropSays::Change(drop.says),
                Err(reason) => DropSays::Refused(reason),
            });
        }
        let Some(mut preview) = carry.preview.take() else { return };
        let (axis, has_grown) = (self.axis, carry.axis_before.is_some());
        // What is dragged along the ruler is dragged by the scale, so that stays.
        let grown = !matches!(what, Carried::Flag(_) | Carried::Op(_) | Carried::OpEdge(_))
            && self.make_room(&mut preview, has_grown);
        let until = self.axis.to();
        let enough = self.computing.has_enough(&preview);
        self.pending |= !enough && !self.computing.extend(&mut preview, until, INSTANTS_PER_UPDATE);
        if let Some(carry) = self.pointer.carry_mut() {
            carry.preview = Some(preview);
            if grown {
                carry.axis_before.get_or_insert(axis);
            }
        }
    }

    /// Where a drop at a point would go. Where something came from is no target.
    fn target_at(&self, what: Carried, p: Point, offset: f64) -> Option<DropTarget> {
        let (target, on) = self.where_is(|scene| (scene.drop_target(p), scene.hit(p)));
        match what {
            Carried::Flag(_) | Carried::Op(_) if target == Some(DropTarget::Bin) => target,
            Carried::Op(op) => self.gap_at(op, p),
            Carried::OpEdge(op) => self.dragged_length(op, p.x + offset),
            // Anywhere on the board; what lies there is not meant.
            Carried::New(Tool::Process | Tool::Core | Tool::Device) => {
                let target = target.filter(|target| *target != DropTarget::Bin)?;
                Some(if target == DropTarget::Lanes { target } else { DropTarget::Board })
            }
            Carried::New(_) => target.filter(|target| *target != DropTarget::Bin),
            Carried::Thread(_) | Carried::Threads(_) | Carried::Copies(_) => {
                let gil = matches!(on, Some(Subject::Gil(_)));
                let there = target.filter(|target| match *target {
                    DropTarget::Board => false,
                    DropTarget::Lanes => !gil,
                    target => !self.judge().is_home(what, target),
                });
                there.or(gil.then_some(DropTarget::Gil))
            }
            Carried::Flag(_) => {
                let over_time = matches!(on?, Subject::Ruler | Subject::Flag(_) | Subject::Lanes | Subject::Record(_));
                let instant = DropTarget::Instant(self.instant_at(p.x + offset));
                (over_time && !self.judge().is_home(what, instant)).then_some(instant)
            }
        }
    }

    /// The instant at a pixel, within the view; near the playhead that of the playhead.
    fn instant_at(&self, x: f64) -> Time {
        let (axis, playhead) = (self.axis, self.playhead());
        if axis.shows(playhead) && (axis.x(playhead) - x).abs() <= SNAP {
            return playhead;
        }
        axis.time(x.within(axis.left, axis.left + axis.width))
    }
}

fn middle(scene: &Scene, subject: Subject) -> Option<Point> {
    scene.regions.iter().rev().find(|r| r.subject == subject).map(|r| r.rect.center())
}
