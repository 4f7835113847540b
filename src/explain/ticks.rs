//! Sentences about Python 2's GIL: checks, and who is faster at one.

use super::teller::{Teller, len};
use crate::engine::{Kind, Place, Reason};
use crate::text::capitalized;

/// “100 ticks (4 µs)”: from one check to the next.
fn interval(t: &Teller<'_>) -> Option<String> {
    let gil = t.plan.thread(t.record.thread()).gil?;
    let ticks = t.plan.gil(gil).ticks()?;
    Some(format!("{} ticks ({})", ticks.count, len(ticks.interval)))
}

/// Waits for a GIL whose holder checks for nobody, but gives it up for a moment again and again.
pub(super) fn wants(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, holder, gil, every) = (t.who(), t.other(), t.gil(), interval(t)?);
    let hope =
        format!("It sleeps until {holder} gives the GIL up: for good, or for a moment, as it does every {every}");
    Some(match reason {
        Reason::LostAtCheck => format!(
            "{who} gave {gil} up at a check and wanted it back at once, but {holder} was awake on a core and faster, so \
             {who} waits. {hope}."
        ),
        Reason::LostRace => {
            format!("{who} was woken, but on its way {holder} took {gil}, or kept it, so {who} lost the race. {hope}.")
        }
        Reason::GilHeld => format!("{who} needs {gil} to go on, but {holder} holds it. {hope}."),
        _ => return None,
    })
}

/// Takes the GIL from who has just given it up for a moment.
pub(super) fn take(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, holder, gil) = (t.who(), t.other(), t.gil());
    let since = t.wanting_since().map(|since| len(t.time() - since));
    let waited = since.map_or_else(String::new, |since| format!(", after {since}"));
    Some(match reason {
        Reason::WonRace => format!(
            "{who} won the race{waited}: it is awake on a core just when {holder} gives {gil} up for a moment, and takes it. \
             At earlier checks it may have been too late many times."
        ),
        Reason::HolderOff => format!(
            "{who} has the core that {holder} had to leave, and takes {gil} from it{waited}: {holder} gives it up at its next \
             check, and who has slept goes first."
        ),
        _ => return None,
    })
}

/// Gives the GIL up at a check.
pub(super) fn drop(t: &Teller<'_>) -> Option<String> {
    let (who, other, gil, every) = (t.who(), t.other(), t.gil(), interval(t)?);
    let saved = t.progress(t.record.thread()).map_or_else(String::new, |p| format!(" at {p} of its Python"));
    Some(format!(
        "{who} gives {gil} up for a moment, as after every {every}, and cannot take it back{saved}: {other} is faster."
    ))
}

/// Was woken at a check.
pub(super) fn woken(t: &Teller<'_>) -> String {
    let (who, other) = (t.who(), t.other());
    let gil = capitalized(&t.gil());
    let takes = t.plan.costs.hand_off;
    let waking = match t.record.kind() {
        Kind::Waking if !takes.is_zero() => format!(" Waking takes {};", len(takes)),
        _ => " It needs a core;".to_owned(),
    };
    let again = match t.record.cause().and_then(|h| t.stay(h)).map(|s| s.place) {
        Some(Place::Running(_)) => " and has taken it back by now",
        _ => "",
    };
    format!(
        "{gil} was free for a moment: {other} gave it up at a check, which woke {who}{again}.{waking} whoever is on a core when it is free gets it."
    )
}
