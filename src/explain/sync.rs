//! Sentences about events, barriers and devices.

use super::shared::{acted_on, wakes, without};
use super::teller::{Teller, len};
use crate::engine::Reason;
use crate::engine::code::About;
use crate::ids::ObjectIx;
use crate::text::capitalized;

/// Waits until an event is set.
pub(super) fn waits_for_event(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let event = t.op_object()?;
    (reason == Reason::NotYet).then(|| format!("{} waits until {event} is set, {}.", t.who(), without(t)))
}

/// Waits for the others at a barrier.
pub(super) fn waits_at_barrier(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let About::Object(barrier) = t.op()?.about else { return None };
    let (name, parties) = (super::the_object(t.plan, barrier), t.plan.object(barrier).size);
    (reason == Reason::NotYet)
        .then(|| format!("{} comes to {name} and waits until all {parties} are there, {}.", t.who(), without(t)))
}

/// Need not wait for an event or at a barrier.
pub(super) fn passes(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, object) = (t.who(), acted_on(t));
    Some(match reason {
        Reason::EventSet => format!("{} is set, so {who} goes on at once.", capitalized(&object)),
        Reason::AllThere => {
            let parties = t.plan.object(ObjectIx(t.record.object()?)).size;
            let wakes = wakes(t).unwrap_or_default();
            format!("{who} is the last of {parties} to come to {object}: it goes on at once{wakes}.")
        }
        _ => return None,
    })
}

/// Sets an event.
pub(super) fn sets(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let wakes = wakes(t).unwrap_or_default();
    (reason == Reason::ProgramSays).then(|| format!("{} sets {}{wakes}.", t.who(), acted_on(t)))
}

/// Makes an event not set.
pub(super) fn clears(t: &Teller<'_>, reason: Reason) -> Option<String> {
    (reason == Reason::ProgramSays)
        .then(|| format!("{} clears {}: who comes to it from now on waits.", t.who(), acted_on(t)))
}

/// Waits until a device has served those before it.
pub(super) fn waits_for_device(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (device, length) = (t.op_object()?, len(t.op()?.length));
    (reason == Reason::DeviceBusy).then(|| {
        let (who, other) = (t.who(), t.other());
        format!(
            "{who} needs {device} for {length}, but it is serving {other}, so {who} waits for its turn, {}.",
            without(t)
        )
    })
}

/// Is served by a device.
pub(super) fn served(t: &Teller<'_>, reason: Reason, device: &str) -> Option<String> {
    let (who, length) = (t.who(), len(t.op()?.length));
    Some(match reason {
        Reason::OpBegins => {
            format!("{} serves {who} for {length}; {who} needs {} meanwhile.", capitalized(device), t.needs())
        }
        Reason::DeviceFree => {
            format!("{} is done with {} and serves {who}, the next, for {length}.", capitalized(device), t.other())
        }
        _ => return None,
    })
}
