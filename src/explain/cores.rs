//! Sentences about the ready queue and the cores.

use super::teller::{Stay, Teller, is_felt, len, list};
use super::ticks;
use super::{standing, waits};
use crate::engine::policy::rules;
use crate::engine::{Place, Reason};
use crate::ids::CoreId;
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
        Reason::GilCheck => ticks::woken(t),
        Reason::GilSignalled => format!(
            "{} released {} and signalled {who}, which is ready now; the signal is no hand-over: {who} needs a core, and the \
             GIL may be gone by then.",
            t.other(),
            t.gil(),
        ),
        Reason::GilTimeout => {
            let late = t.plan.costs.late_timeout;
            let late = if late.is_zero() {
                String::new()
            } else {
                format!(", plus the {} by which timers are late,", len(late))
            };
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
            format!("{who} lets others go first: it goes {} the ready queue{}.", to(t, "to the tail of"), then_gil(t))
        }
        Reason::Preempted => {
            let saved = t.progress(t.record.thread()).map_or_else(String::new, |p| format!(", saved at {p}"));
            let kept = kept_gil(t);
            let to = to(t, "to the tail of");
            format!("{who} was taken off its core by hand, so it goes {to} the ready queue{saved}{kept}.")
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
        Reason::Answered => {
            format!("{}, so it is ready and waits for a core{}.", waits::woken(t, reason)?, then_gil(t))
        }
        Reason::ChildRuns | Reason::Joined => {
            format!("{}: it is ready and waits for a core{}.", waits::woken(t, reason)?, then_gil(t))
        }
        // Others are named before.
        _ => format!("{}, so {who} is ready and waits for a core{}.", waits::woken(t, reason)?, then_gil(t)),
    })
}

/// “T1's I/O of 5 ms is over”.
pub(super) fn ended(t: &Teller<'_>, what: &str) -> String {
    let lane = t.run.lanes().thread(t.record.thread()).before(t.index);
    let wait = lane.iter().rev().take(2).find(|s| matches!(s.place, Place::Waiting(_)));
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
    let others = if rules.requeues_alone() { "" } else { " while others were ready" };
    let place = to(t, "to the tail of");
    let saved = t.progress(thread).map_or_else(String::new, |p| format!(", saved at {p}"));
    format!("{who}'s slice{quantum} ended{others}, so it goes {place} the ready queue{saved}{}.", kept_gil(t),)
}

fn outranked(t: &Teller<'_>) -> String {
    let (who, thread) = (t.who(), t.record.thread());
    let saved = t.progress(thread).map_or_else(String::new, |p| format!(", saved at {p}"));
    let why = t.record.cause().map_or_else(String::new, |other| standing::outranks(t, other, thread));
    format!("{why}, so {who} loses its core{saved}{}.", kept_gil(t))
}

fn displaced(t: &Teller<'_>) -> String {
    let (who, thread) = (t.who(), t.record.thread());
    let saved = t.progress(thread).map_or_else(String::new, |p| format!(", saved at {p}"));
    let rules = rules(&t.plan.policy);
    let slice = if rules.has_slices() { ", and keeps the rest of its slice" } else { "" };
    format!(
        "{} was put on {who}'s core by hand, so {who} goes {} the ready queue{saved}{slice}{}.",
        t.other(),
        to(t, "to the head of"),
        kept_gil(t),
    )
}

/// How a thread goes to that place of the ready queue, or just into it where it is ordered by a key.
fn to(t: &Teller<'_>, place: &'static str) -> &'static str {
    if rules(&t.plan.policy).order().is_some() { "back into" } else { place }
}

/// What it means for others that a thread which is taken off its core holds the GIL; empty if it does not.
fn kept_gil(t: &Teller<'_>) -> String {
    let thread = t.record.thread();
    let Some(gil) = t.plan.thread(thread).gil.filter(|_| t.holds(thread)) else { return String::new() };
    let waiters: Vec<String> = t.before().gil(gil).waiters.iter().map(|w| t.name(*w)).collect();
    match (waiters.is_empty(), t.others_of_gil()) {
        (false, _) => format!("; it keeps {}, so {} cannot run Python either", t.gil(), list(&waiters)),
        (true, Some(others)) => format!("; it keeps {}, so {others} can run Python", t.gil()),
        (true, None) => format!("; it keeps {}", t.gil()),
    }
}

/// Chosen for a core.
pub(super) fn dispatch(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, core) = (t.who(), t.core());
    let felt = |s: &Stay| s.place == Place::Ready && is_felt(t.plan, t.time().since(s.start));
    let waited = t.stay(t.record.thread()).filter(felt);
    let one = t.plan.queue_count() == 1;
    let there = if one { "there" } else { "of waiting" };
    let waited = waited.map_or_else(String::new, |s| format!(" after {} {there}", len(t.time() - s.start)));
    let key = || standing::with_key(t.plan, t.after(), t.record.thread());
    let keyed = matches!(reason, Reason::HeadOfQueue | Reason::OtherCore | Reason::Eligible);
    let mut key = if keyed { key() } else { String::new() };
    if !key.is_empty() {
        key.push(',');
    }
    if matches!(reason, Reason::HeadOfQueue | Reason::OtherCore | Reason::Drawn | Reason::Eligible)
        && let Some(why) = standing::chosen(t)
    {
        let gets = if reason == Reason::OtherCore { "moves to" } else { "gets" };
        let before = if reason == Reason::Eligible { "; those before it have had more than their share" } else { "" };
        return Some(format!("{why}, so it {gets} {core}{before}."));
    }
    Some(match reason {
        Reason::HeadOfQueue if one => {
            format!("{who}{key} is first in the ready queue{waited} and {core} is free, so it gets {core}.")
        }
        Reason::HeadOfQueue => {
            format!("{who}{key} is first in the ready queue of {core}, which is free, and gets it{waited}.")
        }
        Reason::OtherCore => match last_core(t) {
            Some(last) => format!(
                "{who}{key} is first in the ready queue{waited}; core {}, where it ran last, is taken, so it moves to {core}, \
                 which is free.",
                last.0
            ),
            None => format!(
                "{who}{key} is first in the ready queue{waited}; the core where it was last is taken, so it moves to {core}."
            ),
        },
        Reason::OthersPinned => {
            format!("Those before {who} in the ready queue may not run on {core}, so {who} gets it{waited}.")
        }
        Reason::Eligible => format!(
            "{who}{key} is eligible, unlike those before it in the ready queue, which have had more than their share, so it gets \
             {core}{waited}."
        ),
        Reason::Outranks => {
            let why = standing::outranks(t, t.record.thread(), t.record.cause()?);
            format!("{why}, so it takes {core} at once.")
        }
        Reason::Drawn => {
            let tickets = t.plan.thread(t.record.thread()).share.tickets;
            format!("A ticket was drawn, one of {who}'s {tickets}, so {who} gets {core}.")
        }
        Reason::ByHand => format!("{who} gets {core} by hand, past the ready queue."),
        _ => return None,
    })
}

/// From the ready queue of one core to that of another.
pub(super) fn moves(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, core, from) = (t.who(), t.core(), t.record.object()?);
    let queues = t.plan.per_core()?;
    Some(match reason {
        Reason::Pulled => {
            let waiting = t.before().queues()[usize::from(from)].threads.len();
            let wait = if waiting == 1 { "waits" } else { "wait" };
            let which = match (queues.random_victim || queues.compat.peek.is_some(), queues.from_tail) {
                (true, _) => ", which was drawn",
                (false, true) => ", the longest with one that may come, and from its tail",
                (false, false) => ", the longest with one that may come",
            };
            format!(
                "Nobody waits for {core}, so it takes {who} from the ready queue of core {from}{which}: {waiting} {wait} there."
            )
        }
        Reason::Balanced => format!(
            "Every {} the cores are evened out: {who} goes from the ready queue of core {from} to that of {core}.",
            len(queues.balance?),
        ),
        _ => return None,
    })
}

/// The core that the record's thread was last seen on, if it is another than the record's.
fn last_core(t: &Teller<'_>) -> Option<CoreId> {
    let lane = t.run.lanes().thread(t.record.thread()).before(t.index);
    lane.iter().rev().find_map(|s| s.core).filter(|c| Some(*c) != t.record.core())
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
