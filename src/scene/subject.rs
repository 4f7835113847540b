//! What a shape stands for: the link from the picture back to the model, for pointing, selecting and dragging.

use crate::ids::{CoreId, GilIx, ObjectIx, ProcessIx, ThreadIx};

/// An op of a thread's program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OpAt {
    /// Whose.
    pub thread: ThreadIx,
    /// Its number in the program, loops before what is in them, as in `PlanThread::ops`.
    pub op: u16,
}

/// Something that can be pointed at, selected or dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A thread: its card, chip or lane label.
    Thread(ThreadIx),
    /// The field in which a person answers a thread that awaits input; its name is the prompt.
    Input(ThreadIx),
    /// A process: its panel.
    Process(ProcessIx),
    /// A core: its panel or lane label.
    Core(CoreId),
    /// The pin of a core.
    Pin(CoreId),
    /// A GIL: its dock, token or lane label.
    Gil(GilIx),
    /// A lock, a queue or something else that threads share, a pipe or a device.
    Resource(ObjectIx),
    /// The ready queue.
    ReadyQueue,
    /// The bin: what is dropped there is deleted.
    Bin,
    /// The computer: its panel.
    Computer,
    /// The board where nothing else is.
    Board,
    /// A thread's lane, for who goes from lane to lane by keys.
    ThreadLane(ThreadIx),
    /// A core's lane.
    CoreLane(CoreId),
    /// A GIL's lane.
    GilLane(GilIx),
    /// The lane of what threads share: who holds it or is served.
    ObjectLane(ObjectIx),
    /// The lane of how many threads are ready.
    QueueLane,
    /// The lane of a process whose threads have none of their own.
    ProcessLane(ProcessIx),
    /// The lane of all cores, which have none of their own.
    ComputerLane,
    /// A stretch of a lane or a mark on it; the number of the record that began it.
    Record(u32),
    /// A flag on the ruler; its number in the scenario's list of interventions.
    Flag(u16),
    /// An op: its block below the lane of its thread, each time that it is done.
    Op(OpAt),
    /// The edge of an op's block: dragging makes the op longer or shorter.
    OpEdge(OpAt),
    /// The ruler: pressing and dragging moves the playhead.
    Ruler,
    /// The overview of the whole run: pressing and dragging moves the view, or an edge of it.
    Overview,
    /// The lanes where nothing else is: dragging pans.
    Lanes,
}

impl Subject {
    /// The lane of a thing that has one; anything else is itself.
    #[must_use]
    pub const fn lane(self) -> Self {
        match self {
            Self::Thread(thread) => Self::ThreadLane(thread),
            Self::Core(core) => Self::CoreLane(core),
            Self::Gil(gil) => Self::GilLane(gil),
            Self::Resource(object) => Self::ObjectLane(object),
            Self::ReadyQueue => Self::QueueLane,
            Self::Process(process) => Self::ProcessLane(process),
            Self::Computer => Self::ComputerLane,
            other => other,
        }
    }

    /// The thing of which this is the lane; anything else is itself.
    #[must_use]
    pub const fn of_lane(self) -> Self {
        match self {
            Self::ThreadLane(thread) => Self::Thread(thread),
            Self::CoreLane(core) => Self::Core(core),
            Self::GilLane(gil) => Self::Gil(gil),
            Self::ObjectLane(object) => Self::Resource(object),
            Self::QueueLane => Self::ReadyQueue,
            Self::ProcessLane(process) => Self::Process(process),
            Self::ComputerLane => Self::Computer,
            other => other,
        }
    }
}
