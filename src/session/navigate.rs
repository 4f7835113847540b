//! Ways through a run: to what is selected, from event to event of a thread, and by the overview above the ruler.

use crate::engine::Place;
use crate::explain::stretch;
use crate::ids::ThreadIx;
use crate::number::Within;
use crate::scene::{Arrows, Point, Subject, overview_axis};
use crate::time::Time;

use super::lane_order::Arrange;
use super::range::End;
use super::story::{About, Asked};
use super::view::Fitted;
use super::{Effect, Session};

/// Within how many CSS pixels of an edge of the overview's window that edge is meant.
const EDGE: f64 = 6.0;

/// The narrowest window of the overview with an inside of its own, in CSS pixels.
const NARROW: f64 = 18.0;

/// What somebody does to read a run: it changes the view and no scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// Selects a range of time, or none.
    Range(Option<(Time, Time)>),
    /// Sets an end of the range at the playhead.
    RangeEnd(End),
    /// Sets the next of two markers at the playhead.
    Mark,
    /// Takes range and markers away.
    Unmark,
    /// Shows the range, or else what is selected, as large as it can be; or the whole run, if that is what it shows.
    Fit,
    /// Pauses and moves the playhead to the next event of the selected thread; of any, if none is.
    Next,
    /// Pauses and moves the playhead to the event before of the selected thread; of any, if none is.
    Previous,
    /// Moves the playhead to a record, by its number, of which the story tells then.
    Record(usize),
    /// Chooses which arrows are drawn.
    Arrows(Arrows),
    /// Arranges a lane, named by its subject, or all.
    Lane(Arrange, Subject),
}

/// What of the overview's window is held.
#[derive(Clone, Copy, Debug)]
pub(super) enum Grip {
    /// All of it; where it was last, in CSS pixels.
    Window(f64),
    From,
    To,
}

impl Session {
    pub(super) fn read(&mut self, read: Read, effects: &mut Vec<Effect>) {
        match read {
            Read::Range(range) => {
                self.reading.range = range.filter(|(from, to)| from < to);
                self.say_range(effects);
            }
            Read::RangeEnd(end) => self.set_range_end(end, effects),
            Read::Mark => self.mark(effects),
            Read::Unmark => self.unmark(effects),
            Read::Fit => self.fit_selected(),
            Read::Next => self.next_of_selected(effects),
            Read::Previous => self.previous_of_selected(effects),
            Read::Record(record) => {
                if let Some(time) = self.run.trace().get(record).map(|r| r.time()) {
                    self.seek_to_be_told(time, About::Record(record));
                }
            }
            Read::Arrows(arrows) => self.choose_arrows(arrows, effects),
            Read::Lane(what, lane) => self.arrange(what, lane, effects),
        }
    }

    /// Which arrows are drawn.
    #[must_use]
    pub const fn arrows(&self) -> Arrows {
        self.reading.arrows
    }

    /// Whether arrows of the selected threads alone are wanted where none is selected, so that there are none.
    #[must_use]
    pub fn lacks_thread_for_arrows(&self) -> bool {
        let is_thread = matches!(self.selection, Some(Subject::Thread(_) | Subject::Op(_)));
        self.arrows() == Arrows::Selected && !is_thread && self.group.is_empty()
    }

    /// Without a selected thread, the next choice after that of its arrows.
    fn choose_arrows(&mut self, arrows: Arrows, effects: &mut Vec<Effect>) {
        self.reading.arrows = arrows;
        if self.lacks_thread_for_arrows() {
            self.reading.arrows = arrows.next();
        }
        effects.push(Effect::Announce(format!("Arrows: {}", self.arrows().says())));
    }

    /// The innermost lane whose name is at a place of the picture.
    #[must_use]
    pub fn lane_at(&self, p: Point) -> Option<Subject> {
        let is_lane = |s: Subject| s.of_lane() != s;
        self.where_is(|scene| {
            scene.regions.iter().rev().find(|r| is_lane(r.subject) && r.rect.contains(p)).map(|r| r.subject)
        })
    }

    fn fit_selected(&mut self) {
        let before = self.axis;
        if let Some((from, to)) = self.range().or_else(|| self.selected_stretch()) {
            self.axis.fit_stretch(from, to);
            if self.axis != before {
                self.fitted = Fitted::No;
                return;
            }
        }
        self.fit();
    }

    /// When the selected thing is there: a stretch of a lane, or the life of a thread.
    fn selected_stretch(&self) -> Option<(Time, Time)> {
        let (from, to) = match self.selection()? {
            Subject::Record(record) if (record as usize) < self.run.trace().len() => {
                let of = stretch(&self.run, record as usize)?;
                (of.from, of.to.unwrap_or(Time::NEVER))
            }
            _ => {
                let lane = self.run.lanes().thread(self.selected_thread()?);
                (lane.first()?.start, lane.last().filter(|s| s.place == Place::Finished)?.start)
            }
        };
        let to = to.min(self.run.end());
        (from < to).then_some((from, to))
    }

    /// The thread that is selected, or whose op or stretch is.
    fn selected_thread(&self) -> Option<ThreadIx> {
        match self.selection()? {
            Subject::Thread(thread) | Subject::Input(thread) => Some(thread),
            Subject::Op(op) => Some(op.thread),
            Subject::Record(record) => Some(self.run.trace().get(record as usize)?.thread()),
            _ => None,
        }
    }

    fn next_of_selected(&mut self, effects: &mut Vec<Effect>) {
        let Some(thread) = self.selected_thread() else { return self.next_event(effects) };
        self.playback.pause();
        let now = self.playhead();
        let find = |session: &Self| {
            let after = session.run.records_until(now);
            session.run.trace()[after..].iter().find(|r| r.thread() == thread).map(|r| r.time())
        };
        let found = find(self).or_else(|| {
            self.compute_for_jump(Time::NEVER);
            find(self)
        });
        self.seek_event(found, thread, "after", effects);
    }

    fn previous_of_selected(&mut self, effects: &mut Vec<Effect>) {
        let Some(thread) = self.selected_thread() else { return self.previous_event(effects) };
        self.playback.pause();
        let now = self.playhead();
        let before = self.run.trace().partition_point(|r| r.time() < now);
        let found = self.run.trace()[..before].iter().rfind(|r| r.thread() == thread).map(|r| r.time());
        self.seek_event(found, thread, "before", effects);
    }

    fn seek_event(&mut self, found: Option<Time>, thread: ThreadIx, side: &str, effects: &mut Vec<Effect>) {
        match found {
            Some(time) => self.seek_to_be_told(time, About::Thread(thread)),
            None => {
                let name = &self.run.plan().thread(thread).name;
                effects.push(Effect::Announce(format!("Nothing happens to {name} {side} this")));
            }
        }
    }

    /// Moves the playhead; the story tells of this as long as it stays there.
    fn seek_to_be_told(&mut self, time: Time, about: About) {
        self.seek(time);
        self.asked = Some(Asked { about, at: self.playhead(), generation: self.generation });
    }

    /// What of the overview is pressed at a place. Beside its window, that comes there.
    pub(super) fn grip_overview(&mut self, p: Point) -> Option<Grip> {
        let overview = overview_axis(&self.run, self.axis, self.playhead())?;
        let edges = [self.axis.start_ns, self.axis.start_ns + self.axis.span_ns()]
            .map(|ns| overview.left + (ns / overview.ns_per_px).within(0.0, overview.width));
        // Of a narrow window the edges are outside.
        let inside = if edges[1] - edges[0] < NARROW { 0.0 } else { EDGE };
        Some(match p.x - edges[0] {
            d if (-EDGE..=inside).contains(&d) => Grip::From,
            d if p.x > edges[1] + EDGE || d < 0.0 => {
                let middle = overview.time(p.x).ns() as f64;
                self.show_stretch(middle - 0.5 * self.axis.span_ns(), self.axis.span_ns());
                Grip::Window(p.x)
            }
            _ if p.x >= edges[1] - inside => Grip::To,
            _ => Grip::Window(p.x),
        })
    }

    /// Moves the overview's window, or an edge of it, to a place.
    pub(super) fn move_overview(&mut self, grip: Grip, p: Point) {
        let Some(overview) = overview_axis(&self.run, self.axis, self.playhead()) else { return };
        let (from, to) = (self.axis.start_ns, self.axis.start_ns + self.axis.span_ns());
        let at = (p.x - overview.left).within(0.0, overview.width) * overview.ns_per_px;
        // No shorter than the finest scale has it.
        let least = self.axis.width;
        match grip {
            Grip::Window(before) => self.pan((before - p.x) * overview.ns_per_px / self.axis.ns_per_px),
            Grip::From => self.show_stretch(at.min(to - least), to - at.min(to - least)),
            Grip::To => self.show_stretch(from, at.max(from + least) - from),
        }
    }
}
