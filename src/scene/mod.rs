//! Where it is drawn: a [`Picture`] of the session becomes a [`Scene`], a list of shapes with what each stands for.
//!
//! A pure function of its inputs. Pixels begin here: everything is in CSS pixels with the origin at the canvas's top left.
//! The canvas painter and the SVG export draw the same list.
//!
//! `layout/` says where things lie, from plan and canvas alone; `board/` and `lanes/` draw what is there; `drag` what hangs
//! at the pointer; `key` the key of states; `motion` how things travel from one picture to the next,
//! `damage` which parts of it have to be painted anew. `words` has the words of
//! every state, `names` those for assistive technology, `hue` whose colour is which, `facts` which states a scenario can reach, `charts/` small charts of a run's figures, `kit` the brush. How it
//! looks, and why, is written down in `docs/visual.md`. A new drop target: a region with its [`Subject`], an arm in
//! [`Scene::drop_target`], a call of `View::target` where it is drawn.

pub mod axis;
mod board;
mod chain;
pub mod charts;
pub mod compare;
pub mod damage;
mod drag;
mod draw;
mod facts;
mod hue;
mod key;
mod kit;
mod lanes;
mod layout;
mod list;
pub mod motion;
mod names;
mod progress;
pub mod reading;
pub mod shape;
pub mod subject;
pub mod svg;
pub mod sweep_chart;
pub mod theme;
pub mod tools;
mod words;

pub use axis::TimeAxis;
pub use draw::draw;
pub use hue::thread_ink;
pub use lanes::Kept;
pub(crate) use lanes::overview_axis;
pub use lanes::small;
pub(crate) use layout::lane_subjects;
pub use layout::{lanes_area, least_heights};
pub use list::{QueuePlace, Region, Scene};
pub use motion::{Flight, Motion, Mover, Thing};
pub use names::object_state;
pub use reading::{Arrows, LaneOrder, Reading};
pub use shape::{Ink, Point, Rect, Shape, Size, TextStyle};
pub use subject::{OpAt, Subject};
pub use theme::Theme;
pub use tools::{ThreadSet, Tool};

use crate::engine::{Machine, Run};
use crate::ids::{CoreId, ProcessIx, ThreadIx};
use crate::scenario::{Change, Scenario};
use crate::time::{Dur, Time};

/// All that a scene depends on.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    /// The scenario as it is, without what a drag would change.
    pub scenario: &'a Scenario,
    /// Its run, computed at least to the view's right edge.
    pub run: &'a Run,
    /// The run that the drop of a drag under way would make, computed as far; the lanes then show this one. Its threads and
    /// processes may be others than those of the scenario.
    pub preview: Option<&'a Run>,
    /// The state at the playhead, of the scenario as it is.
    pub machine: &'a Machine,
    /// The instant that the board shows.
    pub playhead: Time,
    /// The stretch of time that the lanes show.
    pub axis: TimeAxis,
    /// What is selected.
    pub selection: Option<Subject>,
    /// The threads that are selected, if they are several; `selection` is one of them.
    pub group: ThreadSet,
    /// The frame that is drawn around what shall be selected.
    pub frame: Option<Rect>,
    /// What is under the pointer.
    pub hover: Option<Subject>,
    /// A drag under way.
    pub drag: Option<&'a DragPicture>,
    /// The run that this one is compared with, computed at least to the view's right edge: a thin lane above the threads.
    pub baseline: Option<&'a Run>,
    /// Whether everything after the playhead is left out of the lanes.
    pub hide_future: bool,
    /// Whether each core is outlined in the colour of the process that occupies it.
    pub outline_cores: bool,
    /// What a reader has set up on the lanes.
    pub reading: &'a Reading,
    /// The part of the picture's height that is in sight, in CSS pixels; of lanes outside of it there are the names alone.
    pub sight: (f64, f64),
    /// A number that no other run has of which something is kept.
    pub generation: u64,
    /// What is kept from picture to picture.
    pub kept: &'a Kept,
    /// Size of the canvas in CSS pixels.
    pub size: Size,
}

/// What can be picked up and carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Carried {
    /// A thread.
    Thread(ThreadIx),
    /// The flag of an intervention; its number in the scenario's list.
    Flag(u16),
    /// An op, to another place of its program.
    Op(OpAt),
    /// The edge of an op, to another length.
    OpEdge(OpAt),
    /// Several threads at once.
    Threads(ThreadSet),
    /// Copies of threads, which stay where they are.
    Copies(ThreadSet),
    /// Something new from the palette.
    New(Tool),
}

impl Carried {
    /// The thread, if it is one.
    #[must_use]
    pub const fn thread(self) -> Option<ThreadIx> {
        match self {
            Self::Thread(thread) => Some(thread),
            _ => None,
        }
    }

    /// Threads, be it one or several.
    #[must_use]
    pub fn all(threads: ThreadSet) -> Self {
        match threads.iter().next() {
            Some(one) if threads.len() == 1 => Self::Thread(one),
            _ => Self::Threads(threads),
        }
    }

    /// The threads that it is, or copies of which it is.
    #[must_use]
    pub fn threads(self) -> ThreadSet {
        match self {
            Self::Thread(thread) => std::iter::once(thread).collect(),
            Self::Threads(threads) | Self::Copies(threads) => threads,
            _ => ThreadSet::default(),
        }
    }

    /// What of the picture it is; of several threads the first. Nothing of it is what is new.
    #[must_use]
    pub fn subject(self) -> Option<Subject> {
        Some(match self {
            Self::Flag(flag) => Subject::Flag(flag),
            Self::Op(op) => Subject::Op(op),
            Self::OpEdge(op) => Subject::OpEdge(op),
            _ => Subject::Thread(self.threads().iter().next()?),
        })
    }

    /// What is picked up where something lies; `None` if that stays where it is.
    #[must_use]
    pub const fn of(subject: Subject) -> Option<Self> {
        Some(match subject {
            Subject::Thread(thread) => Self::Thread(thread),
            Subject::Flag(flag) => Self::Flag(flag),
            Subject::Op(op) => Self::Op(op),
            Subject::OpEdge(op) => Self::OpEdge(op),
            _ => return None,
        })
    }
}

/// Something on its way, in the pointer's hand or the keyboard's, as the picture shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct DragPicture {
    /// What is carried.
    pub what: Carried,
    /// Where the pointer is; carried by keys, in the middle of the target.
    pub pointer: Point,
    /// The targets that would take it; without instants, which are all over the ruler.
    pub targets: Vec<DropTarget>,
    /// The target under the pointer, or the one chosen by keys.
    pub over: Option<DropTarget>,
    /// What a drop would do here, or why it would do nothing; `None` away from all targets.
    pub says: Option<DropSays>,
    /// Whether a drop here would change the run from its start or from an instant on; `None` if it would do nothing.
    pub change: Option<Change>,
}

/// Where something can be dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DropTarget {
    /// Anywhere on a core.
    Core(CoreId),
    /// The pin of a core.
    Pin(CoreId),
    /// A process, to belong to it.
    Process(ProcessIx),
    /// The ready queue, before the thread that stands at this place now; its length is behind the last. Where each core has
    /// a queue, its places follow those of the queue before it, the one behind the last included.
    Queue(u16),
    /// The bin.
    Bin,
    /// A GIL's token or dock, which says why nobody is given it.
    Gil,
    /// The lanes, which say that nothing is dropped there; an op, an edge or a flag is somewhere in them.
    Lanes,
    /// The computer, or the board where nothing else is: for something new.
    Board,
    /// An instant of the run, for a flag.
    Instant(Time),
    /// Before another op, in the loop in which that is; for an op.
    Before(OpAt),
    /// Behind another op, in the loop in which that is; for an op.
    After(OpAt),
    /// This length, for the edge of an op.
    Length(Dur),
}

/// What a drop would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DropSays {
    /// The change, in words: “run zip here now; etl goes to the head of the queue”.
    Change(String),
    /// Why nothing would happen: “T3 wants the GIL; a core would not help”.
    Refused(String),
}
