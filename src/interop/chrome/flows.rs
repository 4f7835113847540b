//! Arrows from thread to thread: who woke whom, and from whom a GIL came.

use super::{Out, thread_track};
use crate::engine::{Kind, Place, Reason, Run};
use crate::ids::ThreadIx;
use crate::time::Time;

/// Writes the arrows.
pub(super) fn flows(run: &Run, out: &mut Out) {
    let mut number = 0;
    wake_ups(run, out, &mut number);
    hand_offs(run, out, &mut number);
}

/// From whoever brought it about to each thread that was woken or started.
fn wake_ups(run: &Run, out: &mut Out, number: &mut u32) {
    let mut waking = vec![false; run.plan().threads.len()];
    for record in &run.trace()[..run.records_until(out.cut)] {
        if !record.kind().is_place() {
            continue;
        }
        let (kind, thread) = (record.kind(), record.thread());
        // Ready after waking is the end of the same wake-up.
        let was_waking = std::mem::replace(&mut waking[thread.ix()], kind == Kind::Waking);
        let is_woken = kind == Kind::Waking || kind == Kind::Ready && !was_waking;
        // Others took these off their cores.
        let is_pushed = matches!(record.reason(), Reason::Outranked | Reason::Displaced);
        if let Some(cause) = record.cause().filter(|_| is_woken && !is_pushed) {
            arrow(run, out, number, "wakes", (cause, record.time()), (thread, record.time()));
        }
    }
}

/// From each possession of a GIL to the next one by another thread.
fn hand_offs(run: &Run, out: &mut Out, number: &mut u32) {
    let cut = out.cut;
    for gil in run.plan().gil_ixs() {
        let lane = run.lanes().gil(gil);
        for (before, after) in lane.iter().zip(lane.iter().skip(1)).take_while(|(_, s)| s.start < cut) {
            if before.holder != after.holder {
                let from = (before.holder, before.end);
                arrow(run, out, number, "hands the GIL to", from, (after.holder, after.start));
            }
        }
    }
}

/// An arrow from the stretch in which a thread did something to the one that began with it for another. It is left out
/// where one of them has no stretch to stand in: who was woken and took no time at all, or a cause that is not there yet.
fn arrow(run: &Run, out: &mut Out, number: &mut u32, name: &str, from: (ThreadIx, Time), to: (ThreadIx, Time)) {
    // What it did ended the stretch before, so the arrow begins within that; if there is none, in the one that begins now.
    let earlier = Time::from_ns(from.1.ns().saturating_sub(1));
    let start = [earlier, from.1].into_iter().find(|at| stands(run, from.0, *at));
    let Some(start) = start.filter(|_| to.1 < out.cut && stands(run, to.0, to.1)) else { return };
    let id = format!(",\"cat\":\"flow\",\"id\":{number}");
    out.event('s', thread_track(run, from.0), start, name, &id);
    out.event('f', thread_track(run, to.0), to.1, name, &format!("{id},\"bp\":\"e\""));
    *number += 1;
}

/// Whether a thread's track has a stretch at an instant.
fn stands(run: &Run, thread: ThreadIx, at: Time) -> bool {
    let lane = run.lanes().thread(thread);
    let begun = lane.partition_point(|s| s.start <= at);
    begun > 0 && lane.get(begun - 1).is_some_and(|s| s.place != Place::Finished)
}
