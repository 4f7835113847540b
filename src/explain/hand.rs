//! Sentences about what the user does to a run.

use super::teller::Teller;
use crate::engine::{Place, Reason};
use crate::ids::ThreadIx;
use crate::scenario::What;

/// An intervention takes effect.
pub(super) fn intervene(t: &Teller<'_>, reason: Reason) -> Option<String> {
    if reason != Reason::ByHand {
        return None;
    }
    let (who, core) = (t.who(), t.core());
    Some(match by_hand(t)? {
        What::Answer { text, .. } if text.is_empty() => format!("A person answers {who} with nothing but Enter."),
        What::Answer { text, .. } => format!("A person answers {who}: “{text}”."),
        What::Reorder { to: 0, .. } => format!("{who} is moved to the head of the ready queue by hand."),
        What::Reorder { to, .. } => format!("{who} is moved to place {} of the ready queue by hand.", to + 1),
        What::Preempt { .. } => format!("{who} is taken off its core by hand."),
        What::RunHere { .. } => match displaced(t) {
            Some(other) => format!("{who} is put on {core} by hand and displaces {} there.", t.name(other)),
            None => format!("{who} is put on {core} by hand."),
        },
    })
}

/// The intervention of the record.
fn by_hand<'a>(t: &Teller<'a>) -> Option<&'a What> {
    let index = t.record.object()?;
    t.plan.interventions.iter().find(|i| i.index == index).map(|i| &i.what)
}

/// Whom the intervention of the record takes off the core: the engine says so right after it.
fn displaced(t: &Teller<'_>) -> Option<ThreadIx> {
    let next = t.run.trace().get(t.index + 1)?;
    (next.reason() == Reason::Displaced && next.cause() == Some(t.record.thread())).then(|| next.thread())
}

/// An intervention is skipped.
pub(super) fn skip(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, core) = (t.who(), t.core());
    let skipped = match by_hand(t)? {
        What::RunHere { .. } => format!("{who} is not put on {core} by hand"),
        What::Answer { text, .. } => format!("The answer “{text}” to {who} is skipped"),
        What::Reorder { .. } => format!("{who} is not moved in the ready queue by hand"),
        What::Preempt { .. } => format!("{who} is not taken off its core by hand"),
    };
    Some(match reason {
        Reason::NotReady => format!("{skipped}: {}.", not_ready(t)),
        Reason::NotAllowedThere => format!("{skipped}: it may not run there."),
        Reason::OrderedByKey => format!("{skipped}: the policy orders it, {}.", order(t)),
        Reason::NobodyAwaits => format!("{skipped}: it awaits none now."),
        Reason::NotRunning => format!("{skipped}: it is on none."),
        Reason::AlreadyThere => format!("{skipped}: it is there already."),
        _ => return None,
    })
}

/// “the shorter the burst, the earlier”
fn order(t: &Teller<'_>) -> &'static str {
    crate::engine::policy::rules(&t.plan.policy).order().unwrap_or_default()
}

/// Why a core would not help the record's thread.
fn not_ready(t: &Teller<'_>) -> String {
    let why = match t.stay(t.record.thread()).map(|s| s.place) {
        None | Some(Place::NotStarted) => "it has not started yet",
        Some(Place::WantsGil) => "it wants the GIL, and a core would not help",
        Some(Place::ForcedWait) => {
            "it gave up the GIL on request and waits until another has taken it, and a core would not help"
        }
        Some(Place::Waiting(cause)) => return format!("it {}, and a core would not help", cause.in_words()),
        Some(Place::Waking) => "it is waking and not ready yet",
        Some(Place::Finished) => "it has finished",
        Some(Place::Ready | Place::SwitchingIn | Place::Running(_)) => "it is on a core",
    };
    why.to_owned()
}
