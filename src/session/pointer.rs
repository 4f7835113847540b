//! The pointer over the canvas: hovering, clicking, scrubbing, panning, and carrying a thread to a core.

use crate::engine::Run;
use crate::ids::ThreadIx;
use crate::scene::{DragPicture, DropSays, DropTarget, Point, Region, Subject};
use crate::time::Time;

use super::{Effect, INSTANTS_PER_UPDATE, Session, view};

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
    /// A closed hand: a thread is being dragged.
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
    Still { on: Option<Subject>, from: Point, then: Then },
    /// Moves the playhead.
    Scrub,
    /// Moves the lanes.
    Pan { last: f64 },
    /// Carries a thread.
    Carry(Box<Carry>),
}

/// What a press becomes once it has moved far.
#[derive(Clone, Copy, Debug)]
enum Then {
    Nothing,
    Pan,
    /// `grab` is from the top left corner of what was pressed to the pointer.
    Carry {
        thread: ThreadIx,
        grab: Point,
    },
}

/// A thread on its way.
#[derive(Clone, Debug)]
struct Carry {
    picture: DragPicture,
    /// What `targets`, `says` and the preview were found for.
    judged: Option<(Option<DropTarget>, Time)>,
    /// The run with the drop applied.
    preview: Option<Run>,
}

impl Pointer {
    pub(super) const fn hover(&self) -> Option<Subject> {
        self.hover
    }

    pub(super) fn drag(&self) -> Option<&DragPicture> {
        match &self.press {
            Press::Carry(carry) => Some(&carry.picture),
            _ => None,
        }
    }

    /// The run that a drop here would make.
    pub(super) fn preview(&self) -> Option<&Run> {
        match &self.press {
            Press::Carry(carry) => carry.preview.as_ref(),
            _ => None,
        }
    }

    /// What the drag under way was last judged for: target and playhead.
    fn judged(&self) -> Option<(Option<DropTarget>, Time)> {
        match &self.press {
            Press::Carry(carry) => carry.judged,
            _ => None,
        }
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
            (Press::Carry(_), _) => Cursor::Grabbing,
            (Press::Pan { .. }, _) => Cursor::Pan,
            (Press::Scrub, _) | (Press::None, Some(Subject::Ruler)) => Cursor::Scrub,
            (Press::Still { then: Then::Carry { .. }, .. }, _) => Cursor::Grab,
            (Press::None, _) if self.over_draggable => Cursor::Grab,
            _ => Cursor::Default,
        }
    }
}

impl Session {
    pub(super) fn pointer_down(&mut self, p: Point) {
        let region = self.where_is(|scene| scene.region_at(p).cloned());
        let on = region.as_ref().map(|r| r.subject);
        let then = match region {
            Some(Region { subject: Subject::Ruler, .. }) => {
                self.pointer.press = Press::Scrub;
                self.scrub(p);
                return;
            }
            Some(Region { subject: Subject::Thread(thread), draggable: true, rect, .. }) => {
                Then::Carry { thread, grab: Point { x: p.x - rect.x, y: p.y - rect.y } }
            }
            Some(Region { subject: Subject::Lanes | Subject::Record(_), .. }) => Then::Pan,
            _ => Then::Nothing,
        };
        self.pointer.press = Press::Still { on, from: p, then };
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
            Then::Carry { thread, grab } => {
                let targets = self.judge().targets(thread);
                let picture = DragPicture { thread, pointer: p, grab, targets, over: None, says: None };
                self.pointer.press = Press::Carry(Box::new(Carry { picture, judged: None, preview: None }));
                self.pointer.forget_hover();
                self.refresh_drag();
            }
        }
    }

    pub(super) fn pointer_up(&mut self, p: Point, effects: &mut Vec<Effect>) {
        self.pointer_move(p);
        match std::mem::take(&mut self.pointer.press) {
            // A click; on the lanes where nothing is, it lets go of the selection.
            Press::Still { on, from, .. } if (p.x - from.x).hypot(p.y - from.y) < CLICK_SLOP => {
                self.selection = on.filter(|s| *s != Subject::Lanes);
            }
            Press::Carry(carry) => match carry.picture.over {
                Some(target) => self.drop_thread(carry.picture.thread, target, effects),
                None => {
                    let name = &self.run.plan().thread(carry.picture.thread).name;
                    effects.push(Effect::Announce(format!("{name} was dropped beside every core; nothing changed")));
                }
            },
            _ => {}
        }
        // What lies under the pointer depends on what the release changed.
        self.settle();
        self.hover_at(p);
    }

    pub(super) fn pointer_cancel(&mut self, effects: &mut Vec<Effect>) {
        self.cancel_drag(effects);
        self.pointer.forget_hover();
    }

    pub(super) fn cancel_drag(&mut self, effects: &mut Vec<Effect>) {
        if self.drag().is_some() {
            effects.push(Effect::Announce("Dragging cancelled; nothing changed".to_owned()));
        }
        self.pointer.release();
    }

    fn hover_at(&mut self, p: Point) {
        let found = self.where_is(|scene| scene.region_at(p).map(|r| (r.subject, r.draggable)));
        self.pointer.hover = found.map(|(subject, _)| subject);
        self.pointer.over_draggable = found.is_some_and(|(_, draggable)| draggable);
    }

    /// Moves the playhead to the pointer, within the view.
    fn scrub(&mut self, p: Point) {
        self.seek(self.axis.time(p.x.clamp(self.axis.left, self.axis.left + self.axis.width)));
    }

    /// Finds what a drop at the pointer would do, if that may have changed, and the run that it would make.
    pub(super) fn refresh_drag(&mut self) {
        let Some(DragPicture { thread, pointer, .. }) = self.drag().cloned() else { return };
        let over = self.where_is(|scene| scene.drop_target(pointer));
        let key = Some((over, self.playhead()));
        let judgement = (self.pointer.judged() != key).then(|| {
            let judge = self.judge();
            (judge.targets(thread), over.map(|target| judge.drop(thread, target)))
        });
        let Press::Carry(carry) = &mut self.pointer.press else { return };
        if let Some((targets, change)) = judgement {
            carry.judged = key;
            carry.picture.over = over;
            carry.picture.targets = targets;
            carry.preview = change.as_ref().and_then(|c| c.as_ref().ok()).map(|c| Run::new(&c.edit.scenario));
            carry.picture.says = change.map(|c| match c {
                Ok(change) => DropSays::Change(change.says),
                Err(reason) => DropSays::Refused(reason),
            });
        }
        if let Some(preview) = &mut carry.preview {
            self.pending |= !view::extend_for_view(preview, self.axis, INSTANTS_PER_UPDATE);
        }
    }
}
