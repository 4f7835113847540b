//! Sentences about the ready queue and the cores.

use super::teller::{Teller, len, list, virtual_time};
use super::waits;
use crate::engine::policy::rules;
use crate::engine::{Place, Reason};
use crate::ids::CoreId;
use crate::scenario::Policy;
use crate::time::Dur;

/// Placed in the ready queue.
pub(super) fn ready(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let who = t.who();
    Some(match reason {
        Reason::Started => {
            let process = t.process();
            format!("{who} starts as a thread of {process}: it is ready and waits for a core.")
        }
        Reason::IoEnded => format!("{}, so it is ready and waits for a core{}.", ended(t, "I/O"), then_gil(t)),
        Reason::SleepEnded => format!("{}, so it is ready and waits for a core{}.", ended(t, "sleep"), then_gil(t)),
        Reason::GilSignalled => format!(
            "{} released {} and signalled {who}, which is ready now; the signal is no hand-over: {who} needs a core, and the \
             GIL may be gone by then.",
            t.other(),
            t.gil(),
        ),
        Reason::GilTimeout => {
            let late = t.plan.costs.late_timeout;
            let late =
                if late.is_zero() { String::new() } else { format!(" (and {} that timers are late)", len(late)) };
            let interval = len(t.interval());
            format!(
                "{who} waited its whole switch interval of {interval}{late} for {}, so it goes to look, and needs a core for \
                 that.",
                t.gil(),
            )
        }
        Reason::StartedBy => {
            let process = t.process();
            match waits::spawned(t) {
                Some(_) => {
                    format!("{who} starts with its process {process}, which {} spawned: it is ready.", t.other())
                }
                None => format!("{who} starts as a thread of {process}: {} started it, and it is ready.", t.other()),
            }
        }
        Reason::Yielded => {
            format!("{who} lets others go first: it goes to the tail of the ready queue{}.", then_gil(t))
        }
        Reason::Preempted => {
            let saved = t.progress(t.record.thread()).map_or_else(String::new, |p| format!(", saved at {p}"));
            let kept = kept_gil(t);
            format!("{who} was taken off its core by hand, so it goes to the tail of the ready queue{saved}{kept}.")
        }
        Reason::Freed if t.record.cause().is_none() => {
            format!("What {who} would wait for is there, so it is ready and waits for a core{}.", then_gil(t))
        }
        Reason::Freed => format!(
            "{} took {}, so {who}, which had dropped it on request and waited for that, may go on: it is ready and waits for \
             a core.",
            t.other(),
            t.gil(),
        ),
        Reason::SliceEnded => slice_ended(t),
        Reason::Outranked => outranked(t),
        Reason::Displaced => displaced(t),
        _ => format!("{}, so it is ready and waits for a core{}.", waits::woken(t, reason)?, then_gil(t)),
    })
}

/// “T1's I/O of 5 ms is over”.
pub(super) fn ended(t: &Teller<'_>, what: &str) -> String {
    let lane = t.run.lanes().thread(t.record.thread());
    let until = lane.partition_point(|s| (s.record as usize) < t.index);
    let wait = lane[..until].iter().rev().take(2).find(|s| matches!(s.place, Place::Waiting(_)));
    let length = wait.and_then(|s| t.op_of(&t.run.trace()[s.record as usize])).map_or(Dur::ZERO, |op| op.length);
    if length.is_zero() {
        format!("{}'s {what} is over", t.who())
    } else {
        format!("{}'s {what} of {} is over", t.who(), len(length))
    }
}

/// What a thread needs besides the core it waits for.
fn then_gil(t: &Teller<'_>) -> String {
    if t.has_gil() { format!(", and then needs {}", t.gil()) } else { String::new() }
}

fn slice_ended(t: &Teller<'_>) -> String {
    let (who, thread, rules) = (t.who(), t.record.thread(), rules(&t.plan.policy));
    let quantum = rules.quantum().map_or_else(String::new, |q| format!(" (quantum {})", len(q)));
    let place = if rules.order().is_some() { "back into" } else { "to the tail of" };
    let saved = t.progress(thread).map_or_else(String::new, |p| format!(", saved at {p}"));
    format!(
        "{who}'s slice{quantum} ended while others were ready, so it goes {place} the ready queue{saved}{}.",
        kept_gil(t),
    )
}

fn outranked(t: &Teller<'_>) -> String {
    let (who, thread, policy) = (t.who(), t.record.thread(), t.plan.policy.names().1);
    let saved = t.progress(thread).map_or_else(String::new, |p| format!(", saved at {p}"));
    format!(
        "{} became ready, and under {policy} it goes before {who}, which loses its core{saved}{}.",
        t.other(),
        kept_gil(t),
    )
}

fn displaced(t: &Teller<'_>) -> String {
    let (who, thread) = (t.who(), t.record.thread());
    let saved = t.progress(thread).map_or_else(String::new, |p| format!(", saved at {p}"));
    let rules = rules(&t.plan.policy);
    let slice = if rules.has_slices() { ", and keeps the rest of its slice" } else { "" };
    let place = if rules.order().is_some() { "back into" } else { "to the head of" };
    format!(
        "{} was put on {who}'s core by hand, so {who} goes {place} the ready queue{saved}{slice}{}.",
        t.other(),
        kept_gil(t),
    )
}

/// What it means for others that a thread which is taken off its core holds the GIL; empty if it does not.
fn kept_gil(t: &Teller<'_>) -> String {
    let thread = t.record.thread();
    let Some(gil) = t.plan.thread(thread).gil.filter(|_| t.holds(thread)) else { return String::new() };
    let waiters: Vec<String> = t.before().gil(gil).waiters.iter().map(|w| t.name(*w)).collect();
    let others = t.plan.process(t.plan.thread(thread).process).threads.len() > 1;
    match (waiters.is_empty(), others) {
        (false, _) => format!("; it keeps {}, so {} cannot run Python either", t.gil(), list(&waiters)),
        (true, true) => format!("; it keeps {}, so no other thread of {} can run Python", t.gil(), t.process()),
        (true, false) => format!("; it keeps {}", t.gil()),
    }
}

/// Chosen for a core.
pub(super) fn dispatch(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, core) = (t.who(), t.core());
    let waited = t.stay(t.record.thread()).filter(|s| s.place == Place::Ready && s.start < t.time());
    let waited = waited.map_or_else(String::new, |s| format!(" after {} there", len(t.time() - s.start)));
    let key = key(t);
    Some(match reason {
        Reason::HeadOfQueue => {
            format!("{who} is first in the ready queue{waited}{key} and {core} is free, so it gets {core}.")
        }
        Reason::OtherCore => match last_core(t) {
            Some(last) => format!(
                "{who} is first in the ready queue{waited}; core {}, where it ran last, is taken, so it moves to {core}, \
                 which is free.",
                last.0
            ),
            None => format!(
                "{who} is first in the ready queue{waited}; the core where it was last is taken, so it moves to {core}."
            ),
        },
        Reason::OthersPinned => {
            format!("Those before {who} in the ready queue may not run on {core}, so {who} gets it{waited}.")
        }
        Reason::Eligible => format!(
            "{who} is eligible{key}, unlike those before it in the ready queue, which have had more than their share, so it \
             gets {core}{waited}."
        ),
        Reason::Outranks => {
            format!("{who}{key} goes before {}, which was on {core}, so it takes {core} at once.", t.other())
        }
        Reason::Drawn => {
            let tickets = t.plan.thread(t.record.thread()).share.tickets;
            format!(
                "One of the tickets of the ready threads was drawn, and {who} holds it, with {tickets} tickets: it gets {core}."
            )
        }
        Reason::ByHand => format!("{who} gets {core} by hand, past the ready queue."),
        _ => return None,
    })
}

/// What the record's thread was picked by under CFS or EEVDF: “ (virtual deadline 12.4 ms)”; nothing under other policies.
fn key(t: &Teller<'_>) -> String {
    if !matches!(t.plan.policy, Policy::Cfs(_) | Policy::Eevdf(_)) {
        return String::new();
    }
    let fairness = t.run.seen(t.time()).fairness(t.plan, t.record.thread(), t.time());
    fairness.map_or_else(String::new, |s| match s.deadline {
        Some(deadline) => format!(" (virtual deadline {})", virtual_time(deadline)),
        None => format!(" (virtual runtime {})", virtual_time(s.virtual_runtime)),
    })
}

/// The core that the record's thread was last seen on, if it is another than the record's.
fn last_core(t: &Teller<'_>) -> Option<CoreId> {
    let lane = t.run.lanes().thread(t.record.thread());
    let until = lane.partition_point(|s| (s.record as usize) < t.index);
    lane[..until].iter().rev().find_map(|s| s.core).filter(|c| Some(*c) != t.record.core())
}

/// A core's switch to the thread has begun.
pub(super) fn switch_in(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, costs) = (t.who(), &t.plan.costs);
    if reason == Reason::Migrates {
        return Some(format!(
            "{who} was last on another core, so its data are not in the caches of {}: going on there costs {}.",
            t.core(),
            len(costs.migration),
        ));
    }
    if reason != Reason::CoreChangesThread {
        return None;
    }
    let other = t.other();
    let process = |ix| t.plan.thread(ix).process;
    let crosses = t.record.cause().is_some_and(|from| process(from) != process(t.record.thread()));
    let extra = if crosses { costs.process_switch } else { Dur::ZERO };
    let because = if extra.is_zero() {
        String::new()
    } else {
        format!(", {} of it because they are of different processes", len(extra))
    };
    let core = t.record.core().map_or_else(|| "The core".to_owned(), |c| format!("Core {}", c.0));
    Some(format!(
        "{core} switches from {other} to {who}: saving the state of one and loading that of the other takes {}{because}.",
        len(costs.switch + extra),
    ))
}
