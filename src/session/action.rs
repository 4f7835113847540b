//! The one door through which the session changes, and what it asks the world to do.

use crate::ids::{CoreId, ProcessIx, ThreadIx};
use crate::scenario::Scenario;
use crate::scene::{Carried, DropTarget, Point, Size, Subject, ThreadSet, Tool};
use crate::time::Time;

use super::navigate::Read;

/// What a user, or the clock, did.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Plays, or pauses; at the end, plays from the start.
    TogglePlay,
    /// The wall clock moved on by this many seconds since the last tick. Time stands still while the user holds a thread or
    /// the playhead.
    Tick {
        /// Seconds of wall time, 0 or more.
        seconds: f64,
    },
    /// Sets the simulated time per second of wall time.
    SetSpeed {
        /// Position of the logarithmic slider, 0 to 1.
        position: f64,
    },
    /// Moves the playhead.
    Seek(Time),
    /// Moves the playhead to the start.
    ToStart,
    /// Moves the playhead to the end, or to the right edge of the view if the run has none.
    ToEnd,
    /// Pauses and moves the playhead to the next instant at which something happens.
    NextEvent,
    /// Pauses and moves the playhead to the instant before this one at which something happens.
    PreviousEvent,
    /// Pauses and moves the playhead to the next hand-off of a GIL: a thread takes it that was not the last holder.
    NextHandOff,
    /// Pauses and moves the playhead to the hand-off before.
    PreviousHandOff,
    /// Pauses and moves the playhead to the next context switch: a core is given to another thread than it had last.
    NextSwitch,
    /// Pauses and moves the playhead to the context switch before.
    PreviousSwitch,
    /// Selects something, or nothing.
    Select(Option<Subject>),
    /// Selects a thread beside those that are, or lets go of it; something else as [`Self::Select`] does.
    Toggle(Subject),
    /// Selects threads, and nothing else.
    SelectThreads(ThreadSet),
    /// The canvas has this size now.
    Resize(Size),
    /// The pointer went down.
    PointerDown(Point),
    /// The pointer went down with a key that means “this too”: a click takes it into the selection or out of it, a drag from
    /// where nothing can be picked up draws a frame around what shall be selected.
    PointerDownToo(Point),
    /// The pointer moved, pressed or not.
    PointerMove(Point),
    /// The pointer went up.
    PointerUp(Point),
    /// The pointer left, or the browser took it away.
    PointerCancel,
    /// Gives up a drag under way, by pointer or keys (Esc).
    CancelDrag,
    /// Drops something on a target at once: what a menu does. A refusal is shown.
    Drop {
        /// What.
        what: Carried,
        /// Where.
        target: DropTarget,
    },
    /// Picks something up with the pointer that is not in the picture yet.
    PickUp {
        /// What.
        what: Carried,
        /// Where the pointer is.
        at: Point,
    },
    /// Whether what the pointer carries is a copy from now on: the key for that went down or up.
    Copying(bool),
    /// Picks something up with the keyboard.
    Lift(Carried),
    /// Carries what the keyboard holds to the next target, those that would take it first.
    NextTarget,
    /// Carries what the keyboard holds to the target before.
    PreviousTarget,
    /// Carries what the keyboard holds so many targets on, or back if negative; an edge so many steps of length.
    Carry(i16),
    /// Carries what the keyboard holds to a target, or away from all.
    CarryTo(Option<DropTarget>),
    /// Drops what the keyboard holds on the target it is at.
    DropHere,
    /// Hides what happens after the playhead, or shows it again.
    ToggleFuture,
    /// Outlines the cores that each process occupies, or stops doing so.
    ToggleOutlines,
    /// Zooms the time axis about a point: a factor above 1 shows less time.
    Zoom {
        /// The pixel that keeps its time.
        x: f64,
        /// How much larger things become.
        factor: f64,
    },
    /// Moves the lanes by so many CSS pixels to the right.
    Pan {
        /// CSS pixels.
        dx: f64,
    },
    /// Goes on computing what is shown, or stops with what is computed.
    Compute(bool),
    /// Shows the whole run.
    Fit,
    /// Reads the run: a range, markers, the way to what is selected.
    Read(Read),
    /// What dropping a thread on a core does, without a drag: pins at t = 0, runs it there now after. A refusal is
    /// announced.
    RunHere {
        /// Who.
        thread: ThreadIx,
        /// Where.
        core: CoreId,
    },
    /// Pins a thread to a core, or lets it run on all.
    Pin {
        /// Who.
        thread: ThreadIx,
        /// Where; `None` for every core.
        core: Option<CoreId>,
    },
    /// Changes the scenario; the run is recomputed from the start and the playhead stays.
    Edit {
        /// What is done, for the undo button: “Set the quantum to 2 ms”.
        name: String,
        /// The scenario as it shall be. Refused with the reason if it does not pass its check.
        scenario: Box<Scenario>,
    },
    /// Answers the input that a thread waits for at the playhead, in place of any other answer for that wait.
    Answer {
        /// Who.
        thread: ThreadIx,
        /// What was typed.
        text: String,
    },
    /// Adds a thread to a process.
    AddThread(ProcessIx),
    /// Adds something new where it makes most sense: to the process that is selected, or else to the last.
    Add(Tool),
    /// Adds a process with one thread.
    AddProcess,
    /// Adds another one that does the same: a thread, a process; or a core.
    Copy(Subject),
    /// Deletes a thread, a process, a flag, or the last core.
    Delete(Subject),
    /// Starts with an empty page: one core, one process with one thread. An undo step, with a history of its own.
    New,
    /// Removes an intervention.
    RemoveFlag(u16),
    /// Takes back the last change.
    Undo,
    /// Does the last change that was taken back again.
    Redo,
    /// Loads a scenario in place of this one, from a preset or a link. Its history starts anew; what was open before stays
    /// one step of undo away if it was changed.
    Load(Box<Scenario>),
    /// Goes back to the scenario as it was loaded; one undo step.
    Reset,
}

impl Action {
    /// Whether it takes the playhead to a place that somebody chose, other than the start.
    #[must_use]
    pub const fn is_step(&self) -> bool {
        matches!(
            self,
            Self::Seek(_)
                | Self::ToEnd
                | Self::NextEvent
                | Self::PreviousEvent
                | Self::NextHandOff
                | Self::PreviousHandOff
                | Self::NextSwitch
                | Self::PreviousSwitch
                | Self::Read(Read::Next | Read::Previous | Read::Record(_))
        )
    }
}

/// What the web layer shall do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Draw again: the picture, or something else that the session tells, has changed.
    Redraw,
    /// Start calling `Tick` with every frame; until `StopClock`. Not only while playing: the rest of a long run is computed
    /// with the ticks too.
    StartClock,
    /// Stop calling `Tick`.
    StopClock,
    /// Say this in the live region.
    Announce(String),
    /// Show this as an error until the next action succeeds.
    Complain(String),
}
