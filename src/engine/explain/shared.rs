//! Sentences about locks, queues and pipes.

use super::teller::Teller;
use crate::engine::Reason;
use crate::ids::ObjectIx;

/// A lock, queue or pipe: “lock L”.
fn object(t: &Teller<'_>, ix: ObjectIx) -> String {
    super::object_name(t.plan, ix)
}

/// The object of an act, which names it, or of a wait, which names its op.
fn acted_on(t: &Teller<'_>) -> String {
    t.record.object().map_or_else(String::new, |o| object(t, ObjectIx(o)))
}

/// Who is woken by an act: the engine says so right after it.
fn wakes(t: &Teller<'_>) -> Option<String> {
    let next = t.run.trace().get(t.index + 1)?;
    let woken = matches!(next.reason(), Reason::LockReleased | Reason::ItemPut | Reason::MessageSent);
    (woken && next.cause() == Some(t.record.thread())).then(|| t.name(next.thread()))
}

/// “without a core and the GIL”
fn without(t: &Teller<'_>) -> String {
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
        Reason::LostRace => {
            format!("{who} was woken for {what} from {from}, but another thread took it first, so it waits again.")
        }
        _ => return None,
    })
}

/// Takes a lock.
pub(super) fn acquires(t: &Teller<'_>, reason: Reason) -> Option<String> {
    (reason == Reason::LockFree).then(|| format!("{} takes {}, which nobody holds.", t.who(), acted_on(t)))
}

/// Gives a lock back.
pub(super) fn releases(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let held = t.record.cause().map_or_else(String::new, |h| format!(", which {} holds", t.name(h)));
    gives(t, reason, &format!("releases {}{held}", acted_on(t)))
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
    let wakes = match wakes(t) {
        Some(woken) => format!(", and wakes {woken}, the first who waits for it"),
        None => String::new(),
    };
    (reason == Reason::ProgramSays).then(|| format!("{} {did}{wakes}.", t.who()))
}

/// Takes an item.
pub(super) fn gets(t: &Teller<'_>, reason: Reason) -> Option<String> {
    (reason == Reason::SomethingThere).then(|| format!("{} takes an item from {}.", t.who(), acted_on(t)))
}

/// Takes a message.
pub(super) fn receives(t: &Teller<'_>, reason: Reason) -> Option<String> {
    (reason == Reason::SomethingThere).then(|| format!("{} takes a message from {}.", t.who(), acted_on(t)))
}
