//! Sentences about locks, semaphores, queues and pipes.

use super::teller::{Teller, len, list};
use crate::engine::plan::ObjectKind;
use crate::engine::{Kind, Reason};
use crate::ids::ObjectIx;

/// Something shared: “lock L”.
fn object(t: &Teller<'_>, ix: ObjectIx) -> String {
    super::the_object(t.plan, ix)
}

/// The object of an act, which names it, or of a wait, which names its op.
pub(super) fn acted_on(t: &Teller<'_>) -> String {
    t.record.object().map_or_else(String::new, |o| object(t, ObjectIx(o)))
}

/// Who is woken by an act, as “, and wakes T1 and T2”: the engine says so right after it.
pub(super) fn wakes(t: &Teller<'_>) -> Option<String> {
    let woken = |reason| {
        use Reason::{AllThere, EventSet, ItemPut, ItemTaken, LockReleased, MessageSent, SemaphoreReleased};
        matches!(reason, AllThere | EventSet | ItemPut | ItemTaken | LockReleased | MessageSent | SemaphoreReleased)
    };
    let after = t.run.trace().get(t.index + 1..)?.iter();
    let by = after.take_while(|r| woken(r.reason()) && r.cause() == Some(t.record.thread()));
    let names: Vec<String> = by.map(|r| t.name(r.thread())).collect();
    (!names.is_empty()).then(|| format!(", and wakes {}", list(&names)))
}

/// “without a core and the GIL”
pub(super) fn without(t: &Teller<'_>) -> String {
    if t.has_gil() { format!("without a core and without {}", t.gil()) } else { "without a core".to_owned() }
}

/// Waits for a lock.
pub(super) fn waits_for_lock(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, lock, holder) = (t.who(), t.op_object()?, t.other());
    Some(match reason {
        Reason::LockHeld if t.record.cause() == Some(t.record.thread()) => {
            format!("{who} wants {lock}, which it holds itself, so it waits for itself, {}.", without(t))
        }
        Reason::LockHeld => {
            format!("{who} needs {lock}, but {holder} holds it, so it waits for its release, {}.", without(t))
        }
        Reason::LostRace => format!(
            "{who} was woken for {lock}, but a release is no hand-over: {holder} took it first, so {who} waits again."
        ),
        _ => return None,
    })
}

/// Waits for a semaphore.
pub(super) fn waits_for_semaphore(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, semaphore) = (t.who(), t.op_object()?);
    Some(match reason {
        Reason::NothingThere => {
            format!("{who} needs {semaphore}, whose count is 0, so it waits for a release, {}.", without(t))
        }
        Reason::LostRace => lost_race(&who, &semaphore),
        _ => return None,
    })
}

/// Waits for room in a queue.
pub(super) fn waits_for_room(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, queue) = (t.who(), t.op_object()?);
    Some(match reason {
        Reason::QueueFull => {
            format!("{who} wants to put an item into {queue}, which is full, so it waits, {}.", without(t))
        }
        Reason::LostRace => lost_race(&who, &format!("room in {queue}")),
        _ => return None,
    })
}

fn lost_race(who: &str, what: &str) -> String {
    format!("{who} was woken for {what}, but another thread took it first, so it waits again.")
}

/// Waits for an item in a queue.
pub(super) fn waits_for_item(t: &Teller<'_>, reason: Reason) -> Option<String> {
    waits_for_something(t, reason, "an item")
}

/// Waits for a message from a pipe.
pub(super) fn waits_for_message(t: &Teller<'_>, reason: Reason) -> Option<String> {
    waits_for_something(t, reason, "a message")
}

fn waits_for_something(t: &Teller<'_>, reason: Reason, what: &str) -> Option<String> {
    let (who, from) = (t.who(), t.op_object()?);
    Some(match reason {
        Reason::NothingThere => format!("{who} wants {what} from {from}, which is empty, so it waits, {}.", without(t)),
        Reason::LostRace => lost_race(&who, &format!("{what} from {from}")),
        _ => return None,
    })
}

/// Takes a lock.
pub(super) fn acquires(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, lock) = (t.who(), acted_on(t));
    Some(match reason {
        Reason::LockFree => format!("{who} takes {lock}, which nobody holds."),
        Reason::SomethingThere => format!("{who} takes one of {lock}."),
        Reason::HandedOver => {
            let first = t.earlier().find(|(_, r)| {
                r.thread() == t.record.thread() && r.kind() == Kind::WaitLock && r.reason() != Reason::LostRace
            });
            let waited = len(first.map_or_else(Default::default, |(_, r)| t.time() - r.time()));
            format!("{} hands {lock} over to {who}, which has waited {waited} for it: 1 ms or more.", t.other())
        }
        _ => return None,
    })
}

/// Gives a lock back.
pub(super) fn releases(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let held = t.record.cause().map_or_else(String::new, |h| format!(", which {} holds", t.name(h)));
    let object = ObjectIx(t.record.object()?);
    let one = if t.plan.object(object).kind == ObjectKind::Semaphore { "one of " } else { "" };
    gives(t, reason, &format!("releases {one}{}{held}", acted_on(t)))
}

/// Puts an item into a queue.
pub(super) fn puts(t: &Teller<'_>, reason: Reason) -> Option<String> {
    gives(t, reason, &format!("puts an item into {}", acted_on(t)))
}

/// Has sent a message.
pub(super) fn sends(t: &Teller<'_>, reason: Reason) -> Option<String> {
    gives(t, reason, &format!("has sent a message to {}", acted_on(t)))
}

fn gives(t: &Teller<'_>, reason: Reason, did: &str) -> Option<String> {
    let wakes = wakes(t).map_or_else(String::new, |woken| format!("{woken}, the first who waits for it"));
    (reason == Reason::ProgramSays).then(|| format!("{} {did}{wakes}.", t.who()))
}

/// Takes an item.
pub(super) fn gets(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let wakes = wakes(t).map_or_else(String::new, |woken| format!("{woken}, the first who waits for room"));
    (reason == Reason::SomethingThere).then(|| format!("{} takes an item from {}{wakes}.", t.who(), acted_on(t)))
}

/// Takes a message.
pub(super) fn receives(t: &Teller<'_>, reason: Reason) -> Option<String> {
    (reason == Reason::SomethingThere).then(|| format!("{} takes a message from {}.", t.who(), acted_on(t)))
}
