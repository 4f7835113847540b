//! What the user did: [`Action`]s change the [`Session`], which answers with [`Effect`]s for the web layer to perform.
//!
//! Everything between a DOM event and the picture is decided here, on any machine, without a browser. One file per concern:
//! [`action`] the door, `update` its dispatch, `change` the scenario and its history, `events` playing, `stops` what one can
//! step to, [`navigate`] and [`range`] reading a long run, [`lane_order`] arranging its lanes, `view` the stretch of time that is shown, `pointer` pressing, `selection` what is selected, [`spatial`] the way of
//! the focus, [`keys`] what keys do, [`touch`] what fingers do, `carry` what is dragged by pointer or keys, `blocks` the ops
//! among it, [`drag`] what a drop does, `menu` the same as words, and more, `answer` what threads ask, `baseline` what a claim
//! is compared with, [`compare`] two runs, [`sweep`] many by their [`numbers`], [`story`] the sentence, [`table`] all of them, [`scroll`] at the edges, [`address`] what a page's address
//! asks for, [`embed`] the page in a frame, [`sharing`] passing on what is open, [`save`] keeping it, [`library`] scenarios to
//! choose from and one's own among them, [`files`] reading a file, [`hints`] for a first visit, [`says`] what settings do.

pub mod action;
pub mod address;
mod answer;
mod asked;
mod baseline;
mod blocks;
mod carry;
mod change;
pub mod choices;
pub mod compare;
mod computing;
pub mod drag;
pub mod embed;
mod events;
pub mod files;
pub mod hints;
mod history;
mod key_rows;
pub mod keys;
pub mod lane_order;
pub mod library;
mod menu;
mod menu_more;
pub mod navigate;
pub mod notice;
pub mod numbers;
pub mod playback;
mod pointer;
pub mod range;
pub mod save;
pub mod says;
pub mod scroll;
mod selection;
pub mod sharing;
pub mod spatial;
mod stops;
pub mod story;
mod subjects;
pub mod sweep;
pub mod table;
pub mod touch;
mod update;
mod view;

pub use action::{Action, Effect};
pub use computing::Progress;
pub use menu::MenuItem;
pub use navigate::Read;
pub use pointer::Cursor;
pub use story::Story;

use std::cell::RefCell;

use crate::engine::{Machine, Run};
use crate::scenario::{Change, Scenario};
use crate::scene::{DragPicture, Kept, Picture, Reading, Scene, Size, Subject, ThreadSet, TimeAxis, draw};
use crate::time::Time;

use history::History;
use playback::Playback;
use pointer::Pointer;
use view::Placed;

/// How many instants of a run one update computes; what is missing then comes with the next ticks.
const INSTANTS_PER_UPDATE: usize = 100_000;

/// How many instants of a run one update computes ahead, beyond all that is shown, towards its end: a few milliseconds of
/// work, so that nobody waits for what they may never look at.
const INSTANTS_AHEAD: usize = 20_000;

/// How many instants of a run an update computes that has to know them at once: a jump to the end, a new scenario.
const INSTANTS_PER_JUMP: usize = 1_000_000;

/// All of the picture's height.
const EVERYTHING: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// Everything that the page shows and the user can change.
#[derive(Clone, Debug)]
pub struct Session {
    history: History,
    run: Run,
    /// Counts the runs: two looks with the same number show the same run.
    generation: u64,
    /// The state at the playhead.
    machine: Machine,
    machine_at: view::MachineAt,
    story: Option<Story>,
    /// What the story was asked to tell of.
    asked: Option<story::Asked>,
    playback: Playback,
    axis: TimeAxis,
    fitted: view::Fitted,
    size: Size,
    selection: Option<Subject>,
    /// The threads that are selected, if they are several.
    group: ThreadSet,
    /// Whether the scenario may be changed here.
    editable: bool,
    pointer: Pointer,
    /// Whether the web layer was asked to tick.
    clock: bool,
    /// Whether something that is shown is not computed yet.
    pending: bool,
    computing: computing::Computing,
    /// Where things are, as last drawn.
    placed: RefCell<Option<Placed>>,
    future_hidden: bool,
    cores_outlined: bool,
    baseline: baseline::Baseline,
    /// What is set up on the lanes to read them by.
    reading: Reading,
    /// What is drawn alike from picture to picture.
    kept: Kept,
    /// For how long nothing has happened but that time went on while threads await answers, in seconds of wall time.
    idle: f64,
}

impl Session {
    /// A session at the start of a scenario, which must have passed [`Scenario::check`]. Send [`Action::Resize`] before
    /// the first draw.
    #[must_use]
    pub fn new(scenario: Scenario) -> Self {
        Self::opened(scenario, computing::Computing::new(None))
    }

    fn opened(scenario: Scenario, computing: computing::Computing) -> Self {
        let run = Run::new(&scenario);
        let machine = run.seen(Time::ZERO);
        let size = Size { w: 1_000.0, h: 600.0 };
        let mut session = Self {
            axis: view::axis_in(run.plan(), size),
            fitted: view::Fitted::No,
            history: History::new(scenario),
            run,
            generation: 0,
            machine,
            machine_at: view::MachineAt::default(),
            story: None,
            asked: None,
            playback: Playback::new(),
            size,
            selection: None,
            group: ThreadSet::default(),
            editable: true,
            pointer: Pointer::default(),
            clock: false,
            pending: false,
            computing,
            placed: RefCell::new(None),
            future_hidden: false,
            cores_outlined: false,
            baseline: baseline::Baseline::default(),
            reading: Reading::default(),
            kept: Kept::default(),
            idle: 0.0,
        };
        session.renew_baseline();
        session.fit();
        session.settle();
        session
    }

    /// The picture as shapes, with what each stands for.
    #[must_use]
    pub fn scene(&self) -> Scene {
        self.scene_in(EVERYTHING)
    }

    /// The same where only this part of the picture's height is in sight, in CSS pixels: of lanes outside of it there are the
    /// names alone.
    #[must_use]
    pub fn scene_in(&self, sight: (f64, f64)) -> Scene {
        let scene = self.drawn(sight);
        self.remember(&scene);
        scene
    }

    /// The picture, in which nothing can be picked up where the scenario may not be changed.
    fn drawn(&self, sight: (f64, f64)) -> Scene {
        let mut scene = draw(&Picture { sight, ..self.picture() });
        if !self.editable {
            scene.regions.retain(|region| !matches!(region.subject, Subject::OpEdge(_)));
            scene.regions.iter_mut().for_each(|region| region.draggable = false);
        }
        scene
    }

    /// Lets the scenario be changed, or not, from now on: loading another one and undo are not meant.
    pub const fn set_editable(&mut self, editable: bool) {
        self.editable = editable;
    }

    fn picture(&self) -> Picture<'_> {
        Picture {
            scenario: self.scenario(),
            run: &self.run,
            preview: self.pointer.preview(),
            machine: &self.machine,
            playhead: self.playhead(),
            axis: self.axis,
            selection: self.selection,
            group: self.group,
            frame: self.pointer.frame(),
            hover: self.pointer.hover(),
            drag: self.drag(),
            baseline: self.baseline(),
            hide_future: self.future_hidden,
            outline_cores: self.cores_outlined,
            reading: &self.reading,
            sight: EVERYTHING,
            generation: self.generation,
            kept: &self.kept,
            size: self.size,
        }
    }

    /// The scenario as it is, without what a drag would change.
    #[must_use]
    pub const fn scenario(&self) -> &Scenario {
        self.history.current()
    }

    /// The scenario as it was loaded.
    #[must_use]
    pub const fn original(&self) -> &Scenario {
        self.history.original()
    }

    /// The scenario before the last change, if one can be taken back.
    #[must_use]
    pub fn before_change(&self) -> Option<&Scenario> {
        self.history.past().last().map(|step| &step.scenario)
    }

    /// The run of [`Self::scenario`], computed to its ending, or if its programs have none, to the right edge of the view
    /// and one record beyond the playhead. If that is a lot, more of it comes with every tick.
    #[must_use]
    pub const fn run(&self) -> &Run {
        &self.run
    }

    /// Counts the runs: while it stays the same, what was found out about the run stays true as far as that is computed.
    #[must_use]
    pub const fn generation(&self) -> u64 {
        self.generation
    }

    /// Counts the loadings: which one the open scenario comes from. Undo can lead to one before.
    #[must_use]
    pub const fn loading(&self) -> u64 {
        self.history.number()
    }

    /// The state at the playhead.
    #[must_use]
    pub const fn machine(&self) -> &Machine {
        &self.machine
    }

    /// The instant that the board shows.
    #[must_use]
    pub const fn playhead(&self) -> Time {
        self.playback.playhead()
    }

    /// Whether the playhead moves by itself.
    #[must_use]
    pub const fn playing(&self) -> bool {
        self.playback.playing()
    }

    /// The position of the logarithmic speed slider, 0 to 1.
    #[must_use]
    pub const fn speed_position(&self) -> f64 {
        self.playback.position()
    }

    /// Simulated nanoseconds per second of wall time while playing.
    #[must_use]
    pub fn ns_per_second(&self) -> f64 {
        playback::ns_per_second(self.playback.position())
    }

    /// The stretch of time that the lanes show.
    #[must_use]
    pub const fn axis(&self) -> TimeAxis {
        self.axis
    }

    /// What is selected.
    #[must_use]
    pub const fn selection(&self) -> Option<Subject> {
        self.selection
    }

    /// The name of the change that undo would take back.
    #[must_use]
    pub fn undo_name(&self) -> Option<&str> {
        self.history.undo_name()
    }

    /// From when on the run has changed with the change that undo would take back.
    #[must_use]
    pub fn undo_kind(&self) -> Option<Change> {
        self.history.undo_kind()
    }

    /// From when on the run would change with the change that redo would do again.
    #[must_use]
    pub fn redo_kind(&self) -> Option<Change> {
        self.history.redo_kind()
    }

    /// The name of the change that redo would do again.
    #[must_use]
    pub fn redo_name(&self) -> Option<&str> {
        self.history.redo_name()
    }

    /// What has just happened at the playhead; `None` before the first record.
    #[must_use]
    pub fn story(&self) -> Option<Story> {
        self.story.clone()
    }

    /// The drag under way.
    #[must_use]
    pub fn drag(&self) -> Option<&DragPicture> {
        self.pointer.drag()
    }

    /// Whether what happens after the playhead is hidden.
    #[must_use]
    pub const fn future_hidden(&self) -> bool {
        self.future_hidden
    }

    /// Whether the cores that each process occupies are outlined.
    #[must_use]
    pub const fn cores_outlined(&self) -> bool {
        self.cores_outlined
    }

    /// What the mouse pointer looks like over the canvas.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        self.pointer.cursor()
    }
}
