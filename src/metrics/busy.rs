//! How busy the cores were, over time.

use crate::engine::{Kind, Run};
use crate::time::{Dur, Time};

/// What all cores did in a part of the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Busy {
    /// How long this part is.
    pub length: Dur,
    /// Threads computed; where a Python 2 GIL is checked for waiters, that included.
    pub computed: Dur,
    /// Cores switched to threads.
    pub switched: Dur,
}

/// How busy the cores were between two instants, in so many equal parts, to the nanosecond; in fewer if there are not as many
/// nanoseconds. The run must be computed that far or have ended.
#[must_use]
pub fn busy(run: &Run, from: Time, until: Time, parts: usize) -> Vec<Busy> {
    let span = until.since(from).ns();
    let parts = u64::try_from(parts).unwrap_or(u64::MAX).min(span);
    let edge = |part: u64| from + Dur::from_ns((u128::from(span) * u128::from(part) / u128::from(parts.max(1))) as u64);
    let edges: Vec<Time> = (0..=parts).map(edge).collect();
    let part = |ends: &[Time]| Busy { length: ends[1] - ends[0], ..Busy::default() };
    let mut all: Vec<Busy> = edges.windows(2).map(part).collect();
    for core in run.plan().core_ids() {
        let Some(mut walk) = run.lanes().core(core).walk() else { continue };
        // Computed and switched up to an instant, without a look at each stretch.
        let mut up_to = |at: Time| {
            walk.to(at);
            let add = |[computed, switched]: [u64; 2], (kind, ns): (Kind, u64)| match kind {
                Kind::SwitchIn => [computed, switched + ns],
                _ => [computed + ns, switched],
            };
            walk.kinds().fold([0; 2], add).map(Dur::from_ns)
        };
        let mut before = up_to(from);
        for (busy, end) in all.iter_mut().zip(&edges[1..]) {
            let now = up_to(*end);
            busy.computed += now[0] - before[0];
            busy.switched += now[1] - before[1];
            before = now;
        }
    }
    all
}
