//! Where threads stand in a policy's order, in numbers, and sentences about changes of that.

use super::teller::{Teller, len, virtual_time};
use crate::engine::{Kind, Machine, Plan, Reason};
use crate::ids::ThreadIx;
use crate::scenario::Policy;
use crate::time::{Dur, MAX_NS};

/// “T3's burst of 3 ms is shorter than T1's of 5 ms”: why a thread that has just become ready goes before another.
pub(super) fn outranks(t: &Teller<'_>, winner: ThreadIx, loser: ThreadIx) -> String {
    let (first, second) = (t.name(winner), t.name(loser));
    let [a, b] = [winner, loser].map(|thread| t.after().kept_level(thread));
    let bursts = [winner, loser].map(|thread| t.after().burst_when_ready(thread));
    match &t.plan.policy {
        Policy::Srtf if bursts[0] < bursts[1] => {
            let [a, b] = bursts.map(burst);
            format!("{first}'s burst {a} is shorter than {second}'s {b}")
        }
        Policy::Priority(_) if a != b => {
            format!("{first} is ready with priority {a} and goes before {second} with {b}")
        }
        Policy::Mlfq(_) if a < b => {
            format!("{first} is ready on level {} and goes before {second} on level {}", a + 1, b + 1)
        }
        policy => {
            let key = with_key(t.plan, t.after(), winner);
            let comma = if key.is_empty() { "" } else { "," };
            format!("{first}{key}{comma} became ready, and under {} it goes before {second}", policy.names().1)
        }
    }
}

/// Why the policy has chosen the record's thread among several that were ready, as the beginning of a sentence: “photos, with
/// 200 tickets, has the smallest pass of those ready”. `None` where the order of coming decides, or nobody else was ready.
pub(super) fn chosen(t: &Teller<'_>) -> Option<String> {
    let (who, thread) = (t.who(), t.record.thread());
    let machine = t.after();
    let tickets = |thread: ThreadIx| u64::from(t.plan.thread(thread).share.tickets);
    let others = others_ready(t);
    if others.is_empty() {
        return None;
    }
    let level = machine.kept_level(thread);
    Some(match &t.plan.policy {
        Policy::Sjf | Policy::Srtf => {
            let left = if t.plan.policy == Policy::Srtf { "remaining " } else { "" };
            let length = burst(machine.burst_when_ready(thread));
            format!("{who}'s {left}burst {length} is the shortest of those ready")
        }
        Policy::Priority(_) => format!("{who} has the highest priority of those ready, {level}"),
        Policy::Mlfq(p) => format!(
            "{who} is the first on level {} of {}, and nobody is ready on a higher one",
            level + 1,
            p.levels.len()
        ),
        Policy::Lottery(_) => {
            let own = tickets(thread);
            let all = own + others.into_iter().map(tickets).sum::<u64>();
            format!("One of {who}'s {own} tickets was drawn, of the {all} of those ready")
        }
        Policy::Stride(_) => {
            format!("{who}, with {} tickets, has the smallest pass of those ready", tickets(thread))
        }
        Policy::Cfs(_) | Policy::Eevdf(_) => {
            let stands = machine.fairness(t.plan, thread, machine.time())?;
            match stands.deadline {
                Some(deadline) => {
                    format!("{who} has the earliest virtual deadline of those eligible, {}", virtual_time(deadline))
                }
                None => format!(
                    "{who} has the smallest virtual runtime of those ready, {}",
                    virtual_time(stands.virtual_runtime)
                ),
            }
        }
        _ => return None,
    })
}

/// Who else was ready for the core of a dispatch. Nobody where each core has a queue: those of others do not count.
fn others_ready(t: &Teller<'_>) -> Vec<ThreadIx> {
    if t.plan.queue_count() > 1 {
        return Vec::new();
    }
    let mut ready: Vec<ThreadIx> = t.before().ready().collect();
    let from = t.run.trace()[..t.index].partition_point(|r| r.time() < t.time());
    for record in &t.run.trace()[from..t.index] {
        if record.kind().is_place() || record.kind() == Kind::Dispatch {
            ready.retain(|other| *other != record.thread());
        }
        if record.kind() == Kind::Ready {
            ready.push(record.thread());
        }
    }
    let may = |thread: &ThreadIx| t.record.core().is_none_or(|core| t.plan.thread(*thread).cores.allows(core));
    ready.retain(|other| *other != t.record.thread() && may(other));
    ready
}

/// “of 5 ms”
fn burst(length: Dur) -> String {
    if length.ns() > MAX_NS { "without end".to_owned() } else { format!("of {}", len(length)) }
}

/// What a ready thread is ordered by, put behind its name: “, with a burst of 3 ms”; empty where it is the order of coming.
pub(super) fn with_key(plan: &Plan, machine: &Machine, thread: ThreadIx) -> String {
    let level = machine.kept_level(thread);
    match &plan.policy {
        Policy::Sjf | Policy::Srtf => format!(", with a burst {}", burst(machine.burst_when_ready(thread))),
        Policy::Priority(_) => format!(", with priority {level}"),
        Policy::Lottery(_) | Policy::Stride(_) => {
            let tickets = plan.thread(thread).share.tickets;
            format!(", with {tickets} ticket{}", if tickets == 1 { "" } else { "s" })
        }
        Policy::Mlfq(p) => format!(", on level {} of {}", level + 1, p.levels.len()),
        Policy::Cfs(_) | Policy::Eevdf(_) => {
            let fairness = machine.fairness(plan, thread, machine.time());
            fairness.map_or_else(String::new, |s| match s.deadline {
                Some(deadline) => format!(", with virtual deadline {}", virtual_time(deadline)),
                None => format!(", with virtual runtime {}", virtual_time(s.virtual_runtime)),
            })
        }
        _ => String::new(),
    }
}

/// The level of a thread under a multi-level feedback queue, and what it may still use up there.
pub(super) fn on_level(plan: &Plan, machine: &Machine, thread: ThreadIx) -> Option<String> {
    let (level, left) = (machine.level(plan, thread)?, machine.allotment_left(plan, thread)?);
    let left = if left == 1 { "this slice".to_owned() } else { format!("{left} slices, this one included") };
    Some(format!("It is on level {} and has {left} left there.", level + 1))
}

/// The policy has moved a thread to another level, or raised it.
pub(super) fn changes_level(t: &Teller<'_>, reason: Reason) -> Option<String> {
    let who = t.who();
    Some(match (reason, &t.plan.policy) {
        (Reason::LevelDropped, Policy::Mlfq(p)) => {
            let lower = usize::from(t.record.object()?);
            let (used, now) = (p.levels.get(lower.checked_sub(1)?)?, p.levels.get(lower)?);
            format!(
                "{who} has used up its allotment on level {lower}, {} of {}, so it drops to level {} of {}, where a slice is {}.",
                if used.allotment == 1 { "a slice".to_owned() } else { format!("{} slices", used.allotment) },
                len(used.quantum),
                lower + 1,
                p.levels.len(),
                len(now.quantum),
            )
        }
        (Reason::Boosted, Policy::Mlfq(p)) => {
            format!(
                "{who} goes back to the top level, as all threads do every {}, so that nobody waits for ever.",
                len(p.boost?)
            )
        }
        (Reason::Aged, Policy::Priority(p)) => format!(
            "{who} has waited {} more in the ready queue, so its priority rises to {} until it has computed.",
            len(p.aging?),
            t.after().kept_level(t.record.thread()),
        ),
        _ => return None,
    })
}
