//! Sentences about a thread that computes, and about its end.

use super::teller::{Teller, at, len, list};
use crate::engine::Reason;

/// The beginning of a sentence about a burst: that it begins or goes on, with what, and where.
fn burst(t: &Teller<'_>, reason: Reason, what: &str) -> Option<String> {
    let (who, core) = (t.who(), t.core());
    let length = t.op().map_or_else(String::new, |op| len(op.length));
    match reason {
        Reason::NextOp if t.op().is_some_and(|op| op.length.is_zero()) => {
            Some(format!("{who} begins {what} on {core}"))
        }
        Reason::NextOp => Some(format!("{who} begins {length} of {what} on {core}")),
        Reason::Resumes => {
            let from = t.progress(t.record.thread()).unwrap_or_else(|| format!("the start of its {length}"));
            Some(format!("{who} goes on with its {what} on {core}, from {from}"))
        }
        _ => None,
    }
}

/// Runs bytecode.
pub(super) fn python(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let burst = burst(t, reason, "Python")?;
    Some(if t.has_gil() {
        format!("{burst}, holding {}.", t.gil())
    } else {
        format!("{burst}; {} has no GIL to hold.", t.process())
    })
}

/// Runs C code that keeps the GIL.
pub(super) fn extension(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let burst = burst(t, reason, "C code")?;
    Some(if t.has_gil() {
        format!("{burst}, and keeps {}: it cannot be asked to drop it before that code ends.", t.gil())
    } else {
        format!("{burst}; {} has no GIL to hold.", t.process())
    })
}

/// Runs C code without the GIL.
pub(super) fn native(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let sends = t.op().is_some_and(|op| op.name == "send");
    let burst = burst(t, reason, if sends { "sending a message" } else { "native code" })?;
    Some(if t.has_gil() {
        format!("{burst}, without {}, so another thread can run Python at the same time.", t.gil())
    } else {
        format!("{burst}.")
    })
}

/// Ended.
pub(super) fn finished(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let python = t.plan.process(t.plan.thread(t.record.thread()).process).python;
    let over = match reason {
        Reason::ProgramOver => "finishes",
        Reason::Raised if python => "ends by the exception",
        Reason::Raised => "ends by that mistake",
        _ => return None,
    };
    let life = len(t.time().since(t.started()));
    let held = t.run.seen(t.time());
    let held: Vec<_> = held.locks_of(t.record.thread()).map(|lock| super::the_object(t.plan, lock)).collect();
    let held = match &held[..] {
        [] => String::new(),
        locks => format!("; it still holds {}", list(locks)),
    };
    Some(format!("{} {over} at {}, {life} after its start{held}.", t.who(), at(t.time())))
}
