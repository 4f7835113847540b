//! The pointer over the canvas: hovering, clicking, scrubbing, panning, and what it picks up.

use crate::engine::Run;
use crate::number::Within;
use crate::scene::{Carried, DragPicture, Point, Rect, Region, Subject, ThreadSet};
use crate::time::Time;

use super::carry::Carry;
use super::navigate::Grip;
use super::selection::frame;
use super::{Effect, Session};

/// How far the pointer moves before a press is a drag and no click, in CSS pixels.
const CLICK_SLOP: f64 = 4.0;

/// What the mouse pointer looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Cursor {
    /// The usual arrow.
    #[default]
    Default,
    /// An open hand: this can be picked up.
    Grab,
    /// A closed hand: something is being dragged.
    Grabbing,
    /// Arrows to both sides: pressing moves the playhead.
    Scrub,
    /// The lanes are being moved.
    Pan,
}

/// What is going on with the pointer.
#[derive(Clone, Debug, Default)]
pub(super) struct Pointer {
    hover: Option<Subject>,
    /// Whether what it hovers over can be picked up.
    over_draggable: bool,
    press: Press,
}

#[derive(Clone, Debug, Default)]
enum Press {
    /// Not pressed.
    #[default]
    None,
    /// Pressed, and not moved far: a click so far.
    Still { on: Option<Subject>, from: Point, then: Then, too: bool },
    /// Moves the playhead.
    Scrub,
    /// Moves the lanes.
    Pan { last: f64 },
    /// Moves the view by its window in the overview.
    Overview(Grip),
    /// Selects a range of time from here on.
    Range(Time),
    /// Draws a frame around threads beside those that are selected.
    Frame { from: Point, to: Point, before: Box<ThreadSet> },
    /// Carries something, the pointer or the keyboard.
    Carry(Box<Carry>),
}

/// What a press becomes once it has moved far.
#[derive(Clone, Copy, Debug)]
enum Then {
    Nothing,
    Pan,
    Frame,
    Range,
    Carry(Carried),
}

impl Pointer {
    pub(super) const fn hover(&self) -> Option<Subject> {
        self.hover
    }

    pub(super) fn drag(&self) -> Option<&DragPicture> {
        self.carry().map(|carry| &carry.picture)
    }

    /// The frame that is drawn around what shall be selected.
    pub(super) fn frame(&self) -> Option<Rect> {
        match self.press {
            Press::Frame { from, to, .. } => Some(frame(from, to)),
            _ => None,
        }
    }

    /// What is on its way.
    pub(super) fn carry(&self) -> Option<&Carry> {
        match &self.press {
            Press::Carry(carry) => Some(carry),
            _ => None,
        }
    }

    /// What is on its way, to be changed.
    pub(super) fn carry_mut(&mut self) -> Option<&mut Carry> {
        match &mut self.press {
            Press::Carry(carry) => Some(carry),
            _ => None,
        }
    }

    /// Takes something into the hands of the keyboard.
    pub(super) fn take(&mut self, carry: Carry) {
        self.press = Press::Carry(Box::new(carry));
    }

    /// The run that a drop here would make.
    pub(super) fn preview(&self) -> Option<&Run> {
        self.carry().and_then(|carry| carry.preview.as_ref())
    }

    /// Whether the user holds something that depends on the playhead staying where it is.
    pub(super) const fn holds_time(&self) -> bool {
        matches!(self.press, Press::Scrub | Press::Carry(_))
    }

    pub(super) fn release(&mut self) {
        self.press = Press::None;
    }

    pub(super) const fn forget_hover(&mut self) {
        self.hover = None;
        self.over_draggable = false;
    }

    pub(super) fn cursor(&self) -> Cursor {
        match (&self.press, self.hover) {
            (Press::Carry(carry), _) if !carry.keys => Cursor::Grabbing,
            (Press::Pan { .. }, _) => Cursor::Pan,
            (Press::Scrub | Press::Overview(_), _) | (Press::None, Some(Subject::Ruler | Subject::Overview)) => {
                Cursor::Scrub
            }
            (Press::Still { then: Then::Carry { .. }, .. }, _) => Cursor::Grab,
            (Press::None, _) if self.over_draggable => Cursor::Grab,
            _ => Cursor::Default,
        }
    }
}

impl Session {
    /// The pointer went down; with `too` on something that shall be selected beside what is.
    pub(super) fn pointer_down(&mut self, p: Point, too: bool, effects: &mut Vec<Effect>) {
        // What the keyboard held is put back.
        self.cancel_drag(effects);
        let region = self.where_is(|scene| scene.region_at(p).cloned());
        let on = region.as_ref().map(|r| r.subject);
        let then = match region {
            Some(Region { subject: Subject::Overview, .. }) => {
                let grip = self.grip_overview(p);
                self.pointer.press = grip.map_or(Press::None, Press::Overview);
                return;
            }
            Some(Region { subject: Subject::Ruler | Subject::Lanes | Subject::Record(_), .. })
                if too && p.x >= self.axis.left =>
            {
                Then::Range
            }
            Some(Region { subject: Subject::Ruler, .. }) => {
                self.pointer.press = Press::Scrub;
                self.scrub(p);
                return;
            }
            Some(Region { subject, draggable: true, .. }) => match Carried::of(subject) {
                Some(what) => Then::Carry(self.picked_up_with(what)),
                None => Then::Nothing,
            },
            _ if too => Then::Frame,
            Some(Region { subject: Subject::Lanes | Subject::Record(_), .. }) => Then::Pan,
            _ => Then::Nothing,
        };
        self.pointer.press = Press::Still { on, from: p, then, too };
    }

    pub(super) fn pointer_move(&mut self, p: Point) {
        match &mut self.pointer.press {
            Press::None => self.hover_at(p),
            Press::Scrub => self.scrub(p),
            Press::Still { from, then, .. } => {
                let (from, then) = (*from, *then);
                if (p.x - from.x).hypot(p.y - from.y) >= CLICK_SLOP {
                    self.begin(then, from, p);
                }
            }
            Press::Pan { last } => {
                let dx = p.x - std::mem::replace(last, p.x);
                self.pan(dx);
            }
            Press::Overview(grip) => {
                let before = *grip;
                if let Grip::Window(last) = grip {
                    *last = p.x;
                }
                self.move_overview(before, p);
            }
            Press::Range(from) => {
                let from = *from;
                self.select_range(from, self.time_at(p));
            }
            Press::Frame { from, to, before } => {
                *to = p;
                let (frame, before) = (frame(*from, p), **before);
                self.select_in(frame, before);
            }
            Press::Carry(carry) if carry.keys => self.hover_at(p),
            Press::Carry(carry) => {
                carry.picture.pointer = p;
                self.refresh_drag();
            }
        }
    }

    /// A press turns out to be a drag.
    fn begin(&mut self, then: Then, from: Point, p: Point) {
        match then {
            Then::Nothing => {}
            Then::Pan => {
                self.pointer.press = Press::Pan { last: p.x };
                self.pan(p.x - from.x);
            }
            Then::Frame => {
                let before = Box::new(self.selected_threads());
                self.pointer.press = Press::Frame { from, to: p, before };
                self.pointer_move(p);
            }
            Then::Range => {
                self.pointer.press = Press::Range(self.time_at(from));
                self.pointer_move(p);
            }
            Then::Carry(what) => {
                let mut carry = Carry::new(what, p, self.judge().targets(what));
                carry.offset = self.anchor_x(what).map_or(0.0, |x| x - from.x);
                self.pointer.press = Press::Carry(Box::new(carry));
                self.pointer.forget_hover();
                self.refresh_drag();
            }
        }
    }

    /// Whether letting go of the pointer here would be a click on something in the picture.
    #[must_use]
    pub fn clicks(&self, p: Point) -> bool {
        match &self.pointer.press {
            Press::Still { on: Some(on), from, .. } => {
                !matches!(on, Subject::Lanes | Subject::Board) && (p.x - from.x).hypot(p.y - from.y) < CLICK_SLOP
            }
            _ => false,
        }
    }

    pub(super) fn pointer_up(&mut self, p: Point, effects: &mut Vec<Effect>) {
        self.pointer_move(p);
        if self.carries_by_keys() {
            return;
        }
        match &self.pointer.press {
            // A click; on the lanes where nothing is, it lets go of the selection.
            Press::Still { on, from, too, .. } if (p.x - from.x).hypot(p.y - from.y) < CLICK_SLOP => {
                match on.filter(|s| !matches!(s, Subject::Lanes | Subject::Board | Subject::Ruler)) {
                    Some(subject) if *too => self.toggle(subject, effects),
                    subject => self.select(subject),
                }
            }
            Press::Frame { .. } => self.say_selection(effects),
            Press::Range(_) => self.say_range(effects),
            Press::Carry(carry) => {
                let (what, over) = (carry.picture.what, carry.picture.over);
                self.let_go(what, over, effects);
            }
            _ => {}
        }
        self.pointer.release();
        // What lies under the pointer depends on what the release changed.
        self.settle();
        self.hover_at(p);
    }

    pub(super) fn pointer_cancel(&mut self, effects: &mut Vec<Effect>) {
        if !self.carries_by_keys() {
            self.cancel_drag(effects);
        }
        self.pointer.forget_hover();
    }

    fn hover_at(&mut self, p: Point) {
        let found = self.where_is(|scene| scene.region_at(p).map(|r| (r.subject, r.draggable)));
        self.pointer.hover = found.map(|(subject, _)| subject);
        self.pointer.over_draggable = found.is_some_and(|(_, draggable)| draggable);
    }

    /// Moves the playhead to the pointer, within the view.
    fn scrub(&mut self, p: Point) {
        self.seek(self.axis.time(p.x.within(self.axis.left, self.axis.left + self.axis.width)));
    }
}
