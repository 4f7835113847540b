//! Sentences about the GIL: wanting, asking, dropping and taking it.

use super::teller::{Teller, at, is_felt, len};
use super::ticks;
use crate::engine::code::About;
use crate::engine::{Kind, Place, Reason, Record, Work};
use crate::text::capitalized;
use crate::time::{Dur, Time};

/// Waits for the GIL.
pub(super) fn wants(t: &Teller<'_>, reason: Reason) -> Option<String> {
    if t.plan.thread(t.record.thread()).gil.is_some_and(|g| t.plan.gil(g).ticks().is_some()) {
        return ticks::wants(t, reason);
    }
    let (who, holder, gil, interval) = (t.who(), t.other(), t.gil(), len(t.interval()));
    let freed = t.stay(t.record.thread()).is_some_and(|s| s.place == Place::ForcedWait);
    Some(match reason {
        Reason::GilHeld if freed => format!(
            "{holder} took {gil}, so {who}, which had dropped it on request, may go on; it wants the GIL again and will ask \
             for it after {interval} without a switch.",
        ),
        Reason::GilHeld => format!(
            "{who} needs {gil} to go on, but {holder} holds it, so {who} waits and will ask for it after {interval} without \
             a switch.",
        ),
        Reason::LostRace => format!(
            "{who} was signalled, but the signal is no hand-over: {holder} was on a core first and took {gil}, so {who} waits \
             for it again, for a whole switch interval of {interval}.",
        ),
        Reason::AfterRequest => format!(
            "{who} has asked {holder} to drop {gil} and waits behind all other waiters, for a whole switch interval of \
             {interval} again.",
        ),
        Reason::SwitchSeen => format!(
            "{who} waited a whole switch interval for {gil}, but the GIL changed hands meanwhile, so it may not ask; {holder} \
             holds it, and {who} waits {interval} again.",
        ),
        _ => return None,
    })
}

/// Waits until another thread has taken the GIL that it dropped.
pub(super) fn forced_wait(t: &Teller<'_>, reason: Reason) -> Option<String> {
    if reason != Reason::HandShake {
        return None;
    }
    Some(format!(
        "{} was asked to drop {}, so it may not go on before another thread has taken it: otherwise it could snatch it back.",
        t.who(),
        t.gil(),
    ))
}

/// Takes the GIL.
pub(super) fn take(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, gil) = (t.who(), t.gil());
    Some(match reason {
        Reason::GilFree => match t.wanting_since().filter(|since| is_felt(t.plan, t.time().since(*since))) {
            Some(since) => {
                let waited = len(t.time() - since);
                format!("Nobody holds {gil}, so {who}, which wanted it for {waited}, takes it.")
            }
            None => format!("Nobody holds {gil}, so {who} takes it."),
        },
        Reason::AfterSignal => after_signal(t),
        Reason::WonRace | Reason::HolderOff => return ticks::take(t, reason),
        Reason::Barged => match signalled_waiter(t) {
            Some(waiter) => format!(
                "{gil} is free because {waiter} was signalled and is still on its way; {who} is on a core first and takes \
                 it, so {waiter} will have to wait again.",
                gil = capitalized(&gil),
            ),
            None => format!(
                "{gil} is free while a signalled waiter is still on its way; {who} is on a core first and takes it.",
                gil = capitalized(&gil)
            ),
        },
        _ => return None,
    })
}

/// A signalled waiter takes the GIL: who had dropped it, and why.
fn after_signal(t: &Teller<'_>) -> String {
    let (who, gil, thread) = (t.who(), t.gil(), t.record.thread());
    let waited = t.wanting_since().map_or(Dur::ZERO, |since| t.time() - since);
    let felt = is_felt(t.plan, waited);
    let wanted = if felt { format!(", which wanted it for {},", len(waited)) } else { String::new() };
    let waited = len(waited);
    let drop = t.earlier().find(|(_, r)| r.kind() == Kind::DropGil && r.gil() == t.record.gil());
    let Some((number, drop)) = drop else {
        return format!("{who} waited {waited} for {gil}, was signalled, and takes it.");
    };
    let dropper = t.name(drop.thread());
    match (drop.cause(), drop.reason()) {
        (Some(asker), Reason::Requested) if asker == thread => {
            let interval = asked_after(t, number).unwrap_or_else(|| t.interval());
            let interval = len(interval);
            format!(
                "{who} waited {interval} for {gil} and nobody switched meanwhile, so it asked; {dropper} dropped it and {who} \
                 took it."
            )
        }
        (Some(asker), Reason::Requested) => format!(
            "{dropper} dropped {gil} because {} had asked for it; but asking sends one back to the tail of those who wait, so \
             {who}, now the first of them, takes it after {waited}.",
            t.name(asker),
        ),
        (_, Reason::ProgramOver) => {
            format!("{dropper} finished and dropped {gil}; {who}{wanted} takes it.")
        }
        (_, reason) => {
            let purpose = purpose(t, number, reason).unwrap_or_else(|| "on request".to_owned());
            format!("{dropper} dropped {gil} {purpose}; {who}{wanted} takes it.")
        }
    }
}

/// How long the record's thread had waited when it made the request that led to the drop in record `drop`.
fn asked_after(t: &Teller<'_>, drop: usize) -> Option<Dur> {
    let requests = t.run.lanes().requests(t.record.gil()?).before(drop);
    let request = requests.iter().rev().find(|r| r.by == t.record.thread())?;
    Some(waited_before(t, request.record as usize))
}

/// How long the record's thread had waited for the GIL, in its last wait, before the request in record `request`.
fn waited_before(t: &Teller<'_>, request: usize) -> Dur {
    let lane = t.run.lanes().thread(t.record.thread()).before(request);
    lane.iter().rev().find(|s| s.place == Place::WantsGil).map_or(Dur::ZERO, |s| s.end.since(s.start))
}

/// Who was signalled when the record's GIL was last dropped.
fn signalled_waiter(t: &Teller<'_>) -> Option<String> {
    let gil = t.plan.thread(t.record.thread()).gil;
    let signal = |r: &Record| r.reason() == Reason::GilSignalled && t.plan.thread(r.thread()).gil == gil;
    t.earlier().find(|(_, r)| signal(r)).map(|(_, r)| t.name(r.thread()))
}

/// Asks for the GIL.
pub(super) fn request(t: &Teller<'_>, reason: Reason) -> Option<String> {
    if reason != Reason::NoSwitchSeen {
        return None;
    }
    let (who, holder, gil) = (t.who(), t.other(), t.gil());
    let waited = len(waited_before(t, t.index));
    let place = t.record.cause().and_then(|h| t.stay(h)).map(|s| s.place);
    let seen = match place {
        Some(Place::Running(Work::Extension)) => {
            format!("; {holder} runs C code that keeps the GIL and sees the request only when that ends")
        }
        Some(Place::Ready | Place::SwitchingIn) => {
            format!("; {holder} is not running and sees the request only when it next runs Python")
        }
        _ => String::new(),
    };
    Some(format!(
        "{who} waited {waited} for {gil} and nobody switched meanwhile, so it asks {holder} to drop it{seen}."
    ))
}

/// Drops the GIL.
pub(super) fn drop(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let (who, gil, length) = (t.who(), t.gil(), op_length(t));
    let signals = signals(t);
    let asked = t.record.cause().map(|a| t.name(a));
    let forced = asked.as_ref().map_or_else(String::new, |asker| {
        format!("; {asker} had asked for it, so {who} must wait until another thread has taken it")
    });
    Some(match reason {
        Reason::Requested => {
            let asker = asked.unwrap_or_else(|| "a waiter".to_owned());
            let saved = t.progress(t.record.thread()).map_or_else(String::new, |p| format!(" at {p} of its Python"));
            format!("{who} sees that {asker} asked for {gil}{}: it drops it{saved}{signals}.", seen_late(t))
        }
        Reason::AtCheck => return ticks::drop(t),
        Reason::ForIo => format!("{who} drops {gil}{signals} before it waits{length} for I/O{forced}."),
        Reason::ForSleep => format!("{who} drops {gil}{signals} before it sleeps{length}{forced}."),
        Reason::ForNative => {
            format!("{who} drops {gil}{signals} before{length} of native code, which needs none{forced}.")
        }
        Reason::ProgramOver => {
            let fails = |r: &Record| r.kind() == Kind::Raise && r.thread() == t.record.thread();
            let ended = if t.just_before().any(|(_, r)| fails(r)) { "ends" } else { "has finished" };
            let and = if signals.is_empty() { " and" } else { "," };
            format!("{who} {ended}{and} drops {gil}{signals}.")
        }
        reason => {
            let signals = signals.replacen(" and", ", and", 1);
            format!("{who} drops {gil} {}{signals}{forced}.", purpose(t, t.index, reason)?)
        }
    })
}

/// “ 5 ms”: the length of the op that a drop of the GIL is for.
fn op_length(t: &Teller<'_>) -> String {
    let thread = t.record.thread();
    // The record of the op itself follows when the thread gets to it, which a forced wait may delay.
    let begin = |reason| matches!(reason, Reason::OpBegins | Reason::NextOp | Reason::DeviceBusy);
    let begins = |r: &&Record| r.thread() == thread && begin(r.reason());
    let op = t.run.trace()[t.index..].iter().find(begins).and_then(|r| t.op_of(r));
    op.map_or_else(String::new, |op| format!(" {}", len(op.length)))
}

/// Whom a drop signals: that waiter is woken in the next record.
fn signals(t: &Teller<'_>) -> String {
    let next = t.run.trace().get(t.index + 1);
    next.filter(|r| r.reason() == Reason::GilSignalled && r.cause() == Some(t.record.thread()))
        .map_or_else(String::new, |r| format!(" and signals {}", t.name(r.thread())))
}

/// Why the holder saw the request later than it was made; empty if it saw it at once.
fn seen_late(t: &Teller<'_>) -> String {
    let Some((time, number)) = first_request(t) else { return String::new() };
    if time == t.time() {
        return String::new();
    }
    let late = len(t.time() - time);
    let asked_at = at(time);
    let during = t.run.lanes().thread(t.record.thread()).before(number).last();
    match during.map(|s| s.place) {
        Some(Place::Running(Work::Extension)) => {
            format!(" at {asked_at}, {late} late because C code kept the GIL until now")
        }
        Some(Place::Ready | Place::SwitchingIn) => {
            format!(" at {asked_at}, {late} late because {} was not running", t.who())
        }
        _ => format!(" at {asked_at}"),
    }
}

/// The request that the record's drop answers: its time and number.
fn first_request(t: &Teller<'_>) -> Option<(Time, usize)> {
    let gil = t.record.gil()?;
    let lanes = t.run.lanes();
    let taken = lanes.gil(gil).before(t.index).last().map_or(0, |s| s.record);
    let requests = lanes.requests(gil).iter().skip_while(|r| r.record < taken);
    requests.into_iter().find(|r| Some(r.by) == t.record.cause()).map(|r| (r.time, r.record as usize))
}

/// What the drop in record `drop` is for, as words behind “dropped the GIL”.
fn purpose(t: &Teller<'_>, drop: usize, reason: Reason) -> Option<String> {
    let thread = t.run.trace()[drop].thread();
    // A forced wait may come between. What it waits for is told by the record of the wait; there is none if it need not.
    let place = |r: &&Record| r.thread() == thread && r.kind().is_place() && r.kind() != Kind::ForcedWait;
    let next = t.run.trace()[drop..].iter().find(place);
    let about = next.filter(|r| waits_for(reason) == Some(r.kind())).and_then(|r| t.op_of(r)).map(|op| &op.about);
    let name = match about {
        Some(About::Object(object)) => super::the_object(t.plan, *object),
        Some(About::Thread(other)) => t.name(*other),
        _ => return any_purpose(reason).map(str::to_owned),
    };
    let (before, after) = match reason {
        Reason::ForBarrier => ("for the others at ", ""),
        Reason::ForQueue => ("for an item from ", ""),
        Reason::ForRoom => ("for room in ", ""),
        Reason::ForStart => ("until ", " runs"),
        Reason::ForJoin => ("until ", " has finished"),
        _ => ("for ", ""),
    };
    Some(format!("to wait {before}{name}{after}"))
}

/// What a thread does that has dropped the GIL to wait for something shared or for another thread.
const fn waits_for(reason: Reason) -> Option<Kind> {
    Some(match reason {
        Reason::ForLock => Kind::WaitLock,
        Reason::ForSemaphore => Kind::WaitSemaphore,
        Reason::ForEvent => Kind::WaitEvent,
        Reason::ForBarrier => Kind::WaitBarrier,
        Reason::ForQueue => Kind::WaitQueue,
        Reason::ForRoom => Kind::WaitRoom,
        Reason::ForStart => Kind::WaitStart,
        Reason::ForJoin => Kind::WaitJoin,
        _ => return None,
    })
}

/// What a drop is for where it cannot be said more exactly.
const fn any_purpose(reason: Reason) -> Option<&'static str> {
    Some(match reason {
        Reason::ForIo => "to wait for I/O",
        Reason::ForSleep => "to sleep",
        Reason::ForNative => "to run native code",
        Reason::ForInput => "to wait for input",
        Reason::ForLock => "to wait for a lock",
        Reason::ForSemaphore => "to wait for a semaphore",
        Reason::ForEvent => "to wait for an event",
        Reason::ForBarrier => "to wait for the others at a barrier",
        Reason::ForQueue => "to wait for an item",
        Reason::ForRoom => "to wait for room in a queue",
        Reason::ForSend => "to send a message",
        Reason::ForReceive => "to receive a message",
        Reason::ForStart => "to wait until the thread that it started runs",
        Reason::ForJoin => "to wait until a thread has finished",
        Reason::ForYield => "to let others go first",
        _ => return None,
    })
}
