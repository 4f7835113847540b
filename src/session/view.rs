//! What is shown: the stretch of time, how much of the run is computed for it, and where things lie.

use crate::engine::{Ending, Plan, Run};
use crate::scene::{Picture, Reading, Rect, Scene, Size, Subject, TimeAxis, draw, lanes_area};
use crate::time::{Dur, Time};

use super::story::Asked;
use super::{EVERYTHING, INSTANTS_AHEAD, INSTANTS_PER_UPDATE, Session, story};

/// How much of a run without an end is shown at first.
const ENDLESS_FIT: Dur = Dur::from_ms(50);

/// The least that is shown of a run that waits for answers.
const OPEN_FIT: Dur = Dur::from_ms(20);

/// What is shown of a run that takes no time.
const EMPTY_FIT: Dur = Dur::from_ms(1);

/// How much of a view of the whole run the run may leave empty before the view is fitted to it anew, as the part that it
/// fills.
const WELL_FILLED: f64 = 0.85;

/// The smallest picture that is laid out, in CSS pixels; a smaller canvas shows a part of it. 320 is the width down to which
/// WCAG 2.2 (1.4.10) wants content to reflow.
const SMALLEST: Size = Size { w: 320.0, h: 200.0 };

/// The narrowest picture that is magnified, in CSS pixels: a narrower one is of one column and scrolls anyway.
const LEAST_WIDE: f64 = 600.0;

/// From 2 down to 1 in steps of 0.05.
const MAGNIFICATIONS: u32 = 20;

/// Whether the view shows the whole run, and shall go on doing so when another run takes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fitted {
    /// The user has zoomed or panned, or the view has followed the playhead: it stays where it is.
    No,
    /// It shall show the whole run as soon as it is known how long that is.
    Due,
    /// It does.
    Yes,
}

/// What the cached state at the playhead belongs to: the run, the playhead, and the end of what is computed if that is
/// earlier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct MachineAt {
    generation: u64,
    playhead: Time,
    seen: Time,
    asked: Option<Asked>,
}

/// Where things were when last drawn, with all that their places depend on.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    key: PlaceKey,
    /// Without its shapes.
    scene: Scene,
}

#[derive(Clone, Debug, PartialEq)]
struct PlaceKey {
    generation: u64,
    computed: usize,
    playhead: Time,
    axis: TimeAxis,
    size: Size,
    selection: Option<Subject>,
    dragging: bool,
    reading: Reading,
}

/// The axis of a canvas of this size, showing nothing in particular.
pub(super) fn axis_in(plan: &Plan, size: Size) -> TimeAxis {
    let area = lanes_area(plan, size);
    TimeAxis::fitting(EMPTY_FIT, area.x, area.w)
}

impl Session {
    /// Brings everything that follows from scenario, playhead and view up to date.
    pub(super) fn settle(&mut self) {
        let to_playhead = self.approach() && self.compute(self.playhead(), INSTANTS_PER_UPDATE);
        self.return_to_run();
        let enough = self.computing.has_enough(&self.run);
        let to_end = enough || self.is_endless() || self.compute(Time::NEVER, INSTANTS_AHEAD);
        // Under the user's hands nothing moves away.
        if !self.pointer.holds_time() {
            self.fit_if_due();
        }
        let to_edge = enough || self.compute(self.axis.to(), INSTANTS_PER_UPDATE);
        // The way to the view's edge may have been the way to the end.
        self.pending = !(to_playhead && (to_end || self.run.ending().is_some()) && to_edge);
        let seen = self.playhead().min(self.run.end());
        let (generation, playhead) = (self.generation, self.playhead());
        self.asked.take_if(|asked| (asked.generation, asked.at) != (generation, playhead));
        let at = MachineAt { generation, playhead, seen, asked: self.asked };
        if at != self.machine_at || self.story.is_none() {
            self.machine = self.run.seen(self.playhead());
            let MachineAt { generation, asked, .. } = self.machine_at;
            self.tell((at.generation, at.asked) != (generation, asked));
            self.machine_at = at;
        }
        self.refresh_drag();
        self.note_missing();
    }

    fn tell(&mut self, anew: bool) {
        let until = self.run.records_until(self.playhead());
        if anew || self.story.as_ref().is_none_or(|s| s.until != until) {
            self.story = story::tell(&self.run, self.playhead(), self.asked.map(|asked| asked.about));
        }
    }

    /// Shows the whole run, or a first stretch of one that has no end; and the playhead. Of a run that is a lot it shows what
    /// there is, and the rest when that is computed.
    pub(super) fn fit(&mut self) {
        if !self.is_endless() {
            self.compute_for_jump(Time::NEVER);
        }
        self.show_whole();
    }

    /// Another run will take the place of the one that is shown: a view of the whole is to be one again.
    pub(super) fn fit_later(&mut self) {
        if self.is_whole() {
            self.fitted = Fitted::Due;
        }
    }

    /// Whether the view is one of the whole run: meant so, or by hand but filled by it as well as one that is meant so.
    fn is_whole(&self) -> bool {
        self.is_fitted() || self.run.ending().is_some() && !self.is_endless() && self.fills_well()
    }

    /// Whether all of the run is shown and fills the view.
    fn fills_well(&self) -> bool {
        let (axis, whole) = (self.axis, self.whole());
        let filled = whole.ns() as f64 / axis.span_ns();
        axis.shows(Time::ZERO) && axis.shows(Time::ZERO + whole) && filled >= WELL_FILLED
    }

    /// Shows the whole run if that is to be done and its length is known. The scale stays if the run fills the view well
    /// enough as it is: after a drop things are where the preview showed them, and small edits do not make all lanes jump.
    fn fit_if_due(&mut self) {
        if self.fitted == Fitted::Due && (self.run.ending().is_some() || self.is_endless()) {
            if self.fills_well() {
                self.fitted = Fitted::Yes;
            } else {
                self.show_whole();
            }
        }
    }

    fn show_whole(&mut self) {
        self.axis.fit(self.whole());
        self.fitted = if self.is_endless() || self.run.ending().is_some() { Fitted::Yes } else { Fitted::Due };
    }

    /// The length of what a view of the whole run shows.
    fn whole(&self) -> Dur {
        let end = self.run.end().since(Time::ZERO);
        let length = match () {
            () if self.is_endless() => ENDLESS_FIT,
            // Somebody will answer behind the end.
            () if self.awaits_answers() => OPEN_FIT.max(end + Dur::from_ns(end.ns() / 4)),
            () => end,
        };
        // What it is compared with is to be seen to its end too.
        let compared = self.baseline().filter(|run| run.ending() == Some(&Ending::AllFinished));
        let length = length.max(compared.map_or(Dur::ZERO, |run| run.end().since(Time::ZERO)));
        let length = length.max(self.playhead().since(Time::ZERO));
        if length.is_zero() { EMPTY_FIT } else { length }
    }

    /// Makes room, by half of what is shown, for a playhead that has left the view of a whole run behind its end.
    fn make_room_for_playhead(&mut self) {
        let mut before = None;
        // The widest view there is cannot grow.
        while self.fitted != Fitted::No
            && self.awaits_answers()
            && self.playhead() > self.axis.to()
            && before != Some(self.axis)
        {
            before = Some(self.axis);
            self.axis.zoom(self.axis.left, 1.0 / 1.5);
        }
    }

    /// Makes room for a preview that is longer than the view of the whole run, so that a drop will not change the scale.
    /// `has_grown`: it has done so for another one of the same drag. True if something has changed.
    pub(super) fn make_room(&mut self, preview: &mut Run, has_grown: bool) -> bool {
        // While it has made room, the view is not filled by the run any more.
        if !(self.is_whole() || has_grown) || self.is_endless() {
            return false;
        }
        self.computing.extend(preview, Time::NEVER, INSTANTS_AHEAD);
        let longer = preview.ending().is_some() && !self.axis.shows(preview.end());
        if longer {
            self.axis.fit(preview.end().since(Time::ZERO));
        }
        longer
    }

    /// Whether the view shows the whole run, and shall go on doing so.
    pub(super) const fn is_fitted(&self) -> bool {
        !matches!(self.fitted, Fitted::No)
    }

    /// Shows a stretch of time, in nanoseconds.
    pub(super) fn show_stretch(&mut self, start_ns: f64, span_ns: f64) {
        self.axis.start_ns = start_ns;
        self.axis.ns_per_px = span_ns / self.axis.width;
        self.fitted = Fitted::No;
        // Within the limits of a zoom.
        self.axis.zoom(self.axis.left, 1.0);
    }

    /// Whether a program of the scenario has a loop without end.
    pub(super) fn is_endless(&self) -> bool {
        self.scenario().is_endless()
    }

    pub(super) fn resize(&mut self, size: Size) {
        if size.w.is_finite() && size.h.is_finite() {
            self.size = Size { w: size.w.max(SMALLEST.w), h: size.h.max(SMALLEST.h) };
            self.replace_axis();
        }
    }

    /// The lanes may lie elsewhere now.
    pub(super) fn replace_axis(&mut self) {
        let area = lanes_area(self.run.plan(), self.size);
        self.axis.place(area.x, area.w);
    }

    pub(super) fn zoom(&mut self, x: f64, factor: f64) {
        if x.is_finite() && factor.is_finite() && factor > 0.0 {
            self.axis.zoom(x, factor);
            self.fitted = Fitted::No;
            self.keep_in_view();
        }
    }

    /// How much larger than laid out the picture can be painted in an area and still be seen whole: 1 to 2. Where it is
    /// too large even so, it is to be read from afar and scrolled: 1.2. A narrow one stays as it is.
    #[must_use]
    pub fn magnification(&self, area: Size) -> f64 {
        // Who zooms gets the overview as well, for which nothing else becomes smaller.
        let mut axis = self.axis;
        axis.fit(self.whole().max(self.run.end().since(Time::ZERO)));
        let fits = |scale: f64| {
            let size = Size { w: area.w / scale, h: area.h / scale };
            size.w >= LEAST_WIDE && draw(&Picture { size, axis, ..self.picture() }).height <= size.h
        };
        let mut scales = (0..=MAGNIFICATIONS).map(|i| f64::from(40 - i) * 0.05);
        scales.find(|s| fits(*s)).unwrap_or(if area.w < LEAST_WIDE { 1.0 } else { 1.2 })
    }

    /// Where the lanes lie in the picture.
    #[must_use]
    pub fn lanes_area(&self) -> Rect {
        lanes_area(self.run.plan(), self.size)
    }

    /// The pixel about which a zoom without a pointer is made: that of the playhead while it is in view, so that it stays
    /// there, else the middle.
    #[must_use]
    pub fn zoom_centre(&self) -> f64 {
        let axis = self.axis;
        if axis.shows(self.playhead()) { axis.x(self.playhead()) } else { axis.left + axis.width / 2.0 }
    }

    pub(super) fn pan(&mut self, dx: f64) {
        if dx.is_finite() {
            self.axis.pan(dx);
            self.fitted = Fitted::No;
            self.keep_in_view();
        }
    }

    fn keep_in_view(&mut self) {
        if self.run.ending().is_some() {
            self.axis.keep_in_view(self.run.end().max(self.playhead()));
        }
    }

    /// Turns the view to the playhead if it is out of it.
    pub(super) fn reveal(&mut self) {
        if !self.axis.shows(self.playhead()) {
            self.fit_if_due();
            self.make_room_for_playhead();
        }
        if !self.axis.shows(self.playhead()) {
            self.axis.turn_to(self.playhead());
            self.fitted = Fitted::No;
        }
    }

    /// Keeps where things are in a picture that was drawn, for pointing at them.
    pub(super) fn remember(&self, scene: &Scene) {
        let scene = Scene {
            regions: scene.regions.clone(),
            queues: scene.queues.clone(),
            height: scene.height,
            ..Scene::default()
        };
        self.placed.replace(Some(Placed { key: self.place_key(), scene }));
    }

    /// Looks something up where things are now; draws only if that is not known.
    pub(super) fn where_is<T>(&self, look: impl FnOnce(&Scene) -> T) -> T {
        let key = self.place_key();
        if self.placed.borrow().as_ref().is_none_or(|p| p.key != key) {
            self.remember(&self.drawn(EVERYTHING));
        }
        match self.placed.borrow().as_ref() {
            Some(placed) => look(&placed.scene),
            None => look(&Scene::default()),
        }
    }

    fn place_key(&self) -> PlaceKey {
        PlaceKey {
            generation: self.generation,
            computed: self.run.trace().len(),
            playhead: self.playhead(),
            axis: self.axis,
            size: self.size,
            selection: self.selection,
            dragging: self.drag().is_some(),
            reading: self.reading.clone(),
        }
    }
}
