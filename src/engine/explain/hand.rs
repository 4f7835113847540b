//! Sentences about what the user does to a run.

use super::teller::Teller;
use crate::engine::{Cause, Place, Reason};
use crate::ids::ThreadIx;

/// An intervention takes effect.
pub(super) fn intervene(t: &Teller<'_>, reason: Reason) -> Option<String> {
    if reason != Reason::ByHand {
        return None;
    }
    let (who, core) = (t.who(), t.core());
    Some(match displaced(t) {
        Some(other) => format!("{who} is put on {core} by hand and displaces {} there.", t.name(other)),
        None => format!("{who} is put on {core} by hand."),
    })
}

/// Whom the intervention of the record takes off the core: the engine says so right after it.
fn displaced(t: &Teller<'_>) -> Option<ThreadIx> {
    let next = t.run.trace().get(t.index + 1)?;
    (next.reason() == Reason::Displaced && next.cause() == Some(t.record.thread())).then(|| next.thread())
}

/// An intervention is skipped.
pub(super) fn skip(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, core) = (t.who(), t.core());
    let skipped = format!("{who} is not put on {core} by hand");
    Some(match reason {
        Reason::NotReady => format!("{skipped}: {}.", not_ready(t)),
        Reason::NotAllowedThere => format!("{skipped}: it may not run there."),
        Reason::AlreadyThere => format!("{skipped}: it is there already."),
        _ => return None,
    })
}

/// Why a core would not help the record's thread.
fn not_ready(t: &Teller<'_>) -> &'static str {
    match t.stay(t.record.thread()).map(|s| s.place) {
        None | Some(Place::NotStarted) => "it has not started yet",
        Some(Place::WantsGil) => "it wants the GIL, and a core would not help",
        Some(Place::ForcedWait) => {
            "it gave up the GIL on request and waits until another has taken it, and a core would not help"
        }
        Some(Place::Waiting(Cause::Io)) => "it waits for I/O, and a core would not help",
        Some(Place::Waiting(Cause::Sleep)) => "it sleeps, and a core would not help",
        Some(Place::Waking) => "it is waking and not ready yet",
        Some(Place::Finished) => "it has finished",
        Some(Place::Ready | Place::SwitchingIn | Place::Running(_)) => "it is neither ready nor running",
    }
}
