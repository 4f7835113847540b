//! What a shape stands for: the link from the picture back to the model, for pointing, selecting and dragging.

use crate::ids::{CoreId, GilIx, ProcessIx, ThreadIx};

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
    /// The ready queue.
    ReadyQueue,
    /// The bin: what is dropped there is deleted.
    Bin,
    /// The computer: its panel.
    Computer,
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
    /// The lanes where nothing else is: dragging pans.
    Lanes,
}
