//! The story: what has just happened, in a sentence.

use crate::engine::policy::rules;
use crate::engine::{Kind, Place, Reason, Record, Run};
use crate::explain::{is_choice, sentence, thread_name};
use crate::ids::ThreadIx;
use crate::time::Time;

/// The longest story that is told of two records, in characters: one line of a wide window.
const LONGEST: usize = 160;

/// The sentence of the last event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Number of the record it tells of.
    pub record: usize,
    /// When that happened.
    pub time: Time,
    /// The sentence, or two.
    pub text: String,
    /// The records up to the end of its instant.
    pub(super) until: usize,
}

/// What somebody asked to be told, as long as the playhead stays where that took it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) about: About,
    /// The playhead.
    pub(super) at: Time,
    /// Of which run.
    pub(super) generation: u64,
}

/// Of which records of an instant the one is chosen that is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// This one alone.
    Record(usize),
    /// Those of this thread.
    Thread(ThreadIx),
}

/// Tells what happens at the last instant at or before `time`: of its records, or of those that were asked for, the one that
/// tells most; and what comes of it at the same instant, as far as that is short.
pub(super) fn tell(run: &Run, time: Time, about: Option<About>) -> Option<Story> {
    let until = run.records_until(time);
    let asked = about.and_then(|about| match about {
        About::Record(record) => Some(record).filter(|i| *i < until),
        About::Thread(thread) => telling(run, until, Some(thread)),
    });
    let record = asked.or_else(|| telling(run, until, None))?;
    let mut text = sentence(run, record);
    if let Some(more) = follows(run, record, until)
        && text.chars().count() + more.chars().count() < LONGEST
    {
        text = format!("{text} {more}");
    }
    Some(Story { record, time: run.trace()[record].time(), text, until })
}

/// The first of the records at the time of the last one before `until`.
fn first_of_instant(run: &Run, until: usize) -> Option<usize> {
    let last = run.trace()[..until].last()?.time();
    Some(run.trace().partition_point(|r| r.time() < last))
}

/// Of the records of the last instant before record number `until`, all or those of a thread, the one that tells most; of
/// equals the last.
fn telling(run: &Run, until: usize, of: Option<ThreadIx>) -> Option<usize> {
    let from = first_of_instant(run, until)?;
    // Who takes the GIL only to drop it at the same instant has done something else.
    let instant = &run.trace()[from..until];
    let does = |kind, by: &Record| instant.iter().any(|r| r.kind() == kind && r.thread() == by.thread());
    let passing = |r: &Record| {
        matches!(r.kind(), Kind::TakeGil | Kind::DropGil) && does(Kind::DropGil, r) && does(Kind::TakeGil, r)
    };
    let tells = |i: &usize| if passing(&run.trace()[*i]) { 0 } else { rank(&run.trace()[*i]) };
    let all = || (from..until).filter(|i| of.is_none_or(|thread| run.trace()[*i].thread() == thread));
    let most = all().max_by_key(tells)?;
    let choice = || all().rev().find(|i| is_choice(run, *i));
    let by_order = rules(&run.plan().policy).order().is_none();
    if by_order || tells(&most) >= CHOICE { Some(most) } else { choice().or(Some(most)) }
}

/// What comes of a record at the same instant, before record number `until`: what else its thread does before it gives its
/// core away, or who gets that.
fn follows(run: &Run, record: usize, until: usize) -> Option<String> {
    let (trace, plan) = (run.trace(), run.plan());
    let told = trace[record];
    let after = || (record + 1..until).map(|i| (i, &trace[i]));
    if told.kind() == Kind::RequestGil {
        let drops = |r: &Record| r.kind() == Kind::DropGil && r.cause() == Some(told.thread());
        return after().find(|(_, r)| drops(r)).map(|(_, r)| format!("{} does so.", thread_name(plan, r.thread())));
    }
    if is_act(told.kind()) {
        let own = |r: &Record| r.thread() == told.thread() && ends_stay(r.kind());
        let (next, _) = after().filter(|(_, r)| own(r)).max_by_key(|(_, r)| rank(r))?;
        let (name, text) = (thread_name(plan, told.thread()), sentence(run, next));
        let does = text.strip_prefix(&name).filter(|rest| rest.starts_with(' ') && !rest.starts_with(" has "));
        return Some(does.map_or_else(|| text.clone(), |rest| format!("Then it{rest}")));
    }
    if !ends_stay(told.kind()) && told.reason() != Reason::SliceEnded {
        return None;
    }
    let core = run.lanes().thread(told.thread()).before(first_of_instant(run, until)?).last()?.core?;
    let gets = |r: &Record| r.kind() == Kind::Dispatch && r.core() == Some(core) && r.thread() != told.thread();
    let (next, pick) = after().find(|(_, r)| gets(r))?;
    Some(if is_choice(run, next) {
        sentence(run, next)
    } else {
        format!("{} gets core {}.", thread_name(plan, pick.thread()), core.0)
    })
}

/// Whether it is an act with something shared, after which its thread goes on.
const fn is_act(kind: Kind) -> bool {
    use Kind::{Acquire, Clear, Get, Pass, Put, Receive, Release, Send, Set};
    matches!(kind, Acquire | Release | Pass | Set | Clear | Put | Get | Send | Receive)
}

/// Whether its thread may leave its core with it.
fn ends_stay(kind: Kind) -> bool {
    kind == Kind::DropGil || matches!(kind.place(), Some(Place::Waiting(_) | Place::Finished | Place::WantsGil))
}

/// The rank of a choice of the policy that is not by the order of coming.
const CHOICE: u8 = 8;

/// How much a record tells of what happens at its instant: what the user did, what threads do to each other, the GIL's
/// changes, the scheduler's, then what follows from those.
fn rank(record: &Record) -> u8 {
    match (record.kind(), record.reason()) {
        (Kind::Deadlock | Kind::Raise, _) => 16,
        (Kind::Intervene | Kind::SkipIntervention, _) => 15,
        (Kind::StartThread | Kind::SpawnProcess | Kind::Send | Kind::Receive | Kind::WaitInput, _) => 14,
        (_, Reason::Answered) => 14,
        (Kind::Move | Kind::ChangeLevel, _) | (Kind::Acquire, Reason::HandedOver) => 13,
        (Kind::WaitLock | Kind::WaitSemaphore | Kind::WaitEvent | Kind::WaitBarrier | Kind::WaitDevice, _) => 13,
        (Kind::WaitQueue | Kind::WaitRoom | Kind::WaitPipe, _) => 13,
        (kind, _) if is_act(kind) => 12,
        (Kind::RequestGil, _) => 11,
        (Kind::TakeGil, Reason::GilFree) => 7,
        (Kind::TakeGil, _) => 10,
        (Kind::DropGil, _) => 9,
        (Kind::Finished | Kind::WaitStart | Kind::WaitJoin, _) => 6,
        (Kind::WantsGil, Reason::GilHeld) => 5,
        (Kind::Ready, Reason::SliceEnded) | (Kind::WaitIo | Kind::WaitSleep, _) => 4,
        (Kind::Dispatch, _) => 3,
        (Kind::WantsGil, _) => 2,
        (Kind::RunPython | Kind::RunExtension | Kind::RunNative, _) => 0,
        _ => 1,
    }
}
