//! What the sentences need to know: names, and what the run was like before a record.

use std::sync::OnceLock;

use super::thread_name;
use crate::engine::code::{About, PlanOp};
use crate::engine::{Kind, Record};
use crate::engine::{Machine, Place, Plan, Reason, Run};
use crate::ids::{GilIx, ThreadIx};
use crate::time::{Dur, Time};

/// A record with the run it is part of.
pub(super) struct Teller<'a> {
    pub(super) run: &'a Run,
    pub(super) plan: &'a Plan,
    pub(super) record: Record,
    /// Number of the record.
    pub(super) index: usize,
    before: OnceLock<Machine>,
    after: OnceLock<Machine>,
}

/// Where a thread was before a record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stay {
    pub(super) place: Place,
    pub(super) start: Time,
}

impl<'a> Teller<'a> {
    pub(super) fn new(run: &'a Run, index: usize) -> Self {
        Self {
            run,
            plan: run.plan(),
            record: run.trace()[index],
            index,
            before: OnceLock::new(),
            after: OnceLock::new(),
        }
    }

    pub(super) const fn time(&self) -> Time {
        self.record.time()
    }

    pub(super) fn name(&self, thread: ThreadIx) -> String {
        thread_name(self.plan, thread)
    }

    /// The thread of the record.
    pub(super) fn who(&self) -> String {
        self.name(self.record.thread())
    }

    /// The other thread of the record, or “another thread”.
    pub(super) fn other(&self) -> String {
        self.record.cause().map_or_else(|| "another thread".to_owned(), |t| self.name(t))
    }

    /// The name of the process of the record's thread.
    pub(super) fn process(&self) -> &str {
        &self.plan.process(self.plan.thread(self.record.thread()).process).name
    }

    /// The core of the record: “core 0”.
    pub(super) fn core(&self) -> String {
        self.record.core().map_or_else(|| "its core".to_owned(), |c| format!("core {}", c.0))
    }

    /// The GIL of the record's thread; named after its process if there are several.
    pub(super) fn gil(&self) -> String {
        gil_name(self.plan, self.plan.thread(self.record.thread()).gil)
    }

    /// Those who need the GIL of the record's thread too: “no other thread of web”; `None` if nobody does.
    pub(super) fn others_of_gil(&self) -> Option<String> {
        others_of_gil(self.plan, self.record.thread())
    }

    /// Whether the record's thread needs a GIL to run Python.
    pub(super) fn has_gil(&self) -> bool {
        self.plan.thread(self.record.thread()).gil.is_some()
    }

    /// What a waiting thread needs: “neither a core nor the GIL”.
    pub(super) fn needs(&self) -> String {
        if self.has_gil() { format!("neither a core nor {}", self.gil()) } else { "no core".to_owned() }
    }

    /// How long a waiter waits for the GIL of the record's thread before it asks.
    pub(super) fn interval(&self) -> Dur {
        self.plan.thread(self.record.thread()).gil.and_then(|g| self.plan.gil(g).switch_interval()).unwrap_or_default()
    }

    /// The op that the record is about.
    pub(super) fn op(&self) -> Option<&'a PlanOp> {
        self.op_of(&self.record)
    }

    /// The lock, queue or pipe that the record's op is about.
    pub(super) fn op_object(&self) -> Option<String> {
        match self.op()?.about {
            About::Object(object) => Some(super::the_object(self.plan, object)),
            _ => None,
        }
    }

    /// When the record's thread started.
    pub(super) fn started(&self) -> Time {
        self.run.lanes().started(self.record.thread()).unwrap_or_default()
    }

    /// The op that a `Run…` or `Wait…` record is about.
    pub(super) fn op_of(&self, record: &Record) -> Option<&'a PlanOp> {
        self.plan.thread(record.thread()).ops.get(usize::from(record.object()?))
    }

    /// The state just before the instant of the record.
    pub(super) fn before(&self) -> &Machine {
        self.before.get_or_init(|| {
            let ns = self.time().ns();
            if ns == 0 { Machine::new(self.plan) } else { self.run.seen(Time::from_ns(ns - 1)) }
        })
    }

    /// The state after the instant of the record.
    pub(super) fn after(&self) -> &Machine {
        self.after.get_or_init(|| self.run.seen(self.time()))
    }

    /// The records of the same instant before this one, latest first, with their numbers.
    pub(super) fn just_before(&self) -> impl Iterator<Item = (usize, &'a Record)> + use<'a> {
        let time = self.time();
        self.earlier().take_while(move |(_, r)| r.time() == time)
    }

    /// All records before this one, latest first, with their numbers.
    pub(super) fn earlier(&self) -> impl Iterator<Item = (usize, &'a Record)> + use<'a> {
        self.run.trace()[..self.index].iter().enumerate().rev()
    }

    /// Where a thread was before this record; `None` before its start.
    pub(super) fn stay(&self, thread: ThreadIx) -> Option<Stay> {
        let same = self.just_before().find_map(|(_, r)| {
            let place = r.kind().place().filter(|_| r.thread() == thread)?;
            Some(Stay { place, start: r.time() })
        });
        same.or_else(|| {
            let s = self.run.lanes().thread(thread).before(self.index).last()?;
            Some(Stay { place: s.place, start: s.start })
        })
    }

    /// How much of its compute op a thread that is taken off or goes on has done, and the op's length: “7.1 of 20 ms”.
    /// `None` before the op has begun.
    pub(super) fn progress(&self, thread: ThreadIx) -> Option<String> {
        let begun = |r: &Record| r.thread() == thread && r.reason() == Reason::NextOp;
        if self.just_before().any(|(_, r)| begun(r)) {
            return None;
        }
        let (done, length) = self.before().progress(self.plan, thread, self.time())?;
        (is_felt(self.plan, done) && done < length).then(|| part(done, length))
    }

    /// Whether a thread holds its GIL at this record.
    pub(super) fn holds(&self, thread: ThreadIx) -> bool {
        self.just_before()
            .filter(|(_, r)| r.thread() == thread)
            .find_map(|(_, r)| match r.kind() {
                Kind::TakeGil => Some(true),
                Kind::DropGil => Some(false),
                _ => None,
            })
            .unwrap_or_else(|| self.before().holds_gil(self.plan, thread))
    }

    /// Since when the record's thread has wanted its GIL: across wake-ups to look for it, failed races and requests.
    pub(super) fn wanting_since(&self) -> Option<Time> {
        wanting_since(self.run, self.record.thread(), self.index)
    }
}

/// Since when a thread has wanted its GIL, as seen before record number `before`.
pub(super) fn wanting_since(run: &Run, thread: ThreadIx, before: usize) -> Option<Time> {
    let lane = run.lanes().thread(thread).before(before);
    lane.iter()
        .rev()
        .take_while(|s| matches!(s.place, Place::WantsGil | Place::Ready | Place::SwitchingIn | Place::Waking))
        .filter(|s| s.place == Place::WantsGil)
        .last()
        .map(|s| s.start)
}

/// The name of a GIL: of its process, and interpreter, if there are several.
pub(super) fn gil_name(plan: &Plan, gil: Option<GilIx>) -> String {
    match gil {
        Some(gil) if plan.has_several_gils(plan.gil(gil).process) => {
            let process = &plan.process(plan.gil(gil).process).name;
            match plan.gil(gil).interpreter {
                0 => format!("the GIL of the main interpreter of {process}"),
                n => format!("the GIL of interpreter {n} of {process}"),
            }
        }
        Some(gil) if plan.gils.len() > 1 => format!("the GIL of {}", plan.gil_owner(gil)),
        _ => "the GIL".to_owned(),
    }
}

/// Those who need the GIL of a thread too: “no other thread of web”, or of its interpreter; `None` if nobody does.
pub(super) fn others_of_gil(plan: &Plan, thread: ThreadIx) -> Option<String> {
    let this = plan.thread(thread);
    plan.thread_ixs().find(|t| *t != thread && plan.thread(*t).gil == this.gil)?;
    let of = if plan.has_several_gils(this.process) { "that interpreter" } else { &plan.process(this.process).name };
    Some(format!("no other thread of {of}"))
}

/// Whether a length of time is one to tell of. An intervention may come a nanosecond after what else happens at its instant:
/// nobody asked for that, so where there are any, what is shorter than a microsecond counts as no time.
pub(super) fn is_felt(plan: &Plan, length: Dur) -> bool {
    let least = if plan.interventions.is_empty() { Dur::from_ns(1) } else { Dur::from_us(1) };
    length >= least
}

/// A length for a sentence: at most three decimals.
pub(super) fn len(d: Dur) -> String {
    format!("{d:.3}")
}

/// A point in time for a sentence: at most three decimals.
pub(super) fn at(t: Time) -> String {
    format!("{t:.3}")
}

/// A virtual time for a sentence.
pub(super) fn virtual_time(ns: i64) -> String {
    format!("{}{}", if ns < 0 { "−" } else { "" }, len(Dur::from_ns(ns.unsigned_abs())))
}

/// `done` of `whole`; the unit is named once where it is the same: “7.1 of 20 ms”.
pub(super) fn part(done: Dur, whole: Dur) -> String {
    let (done, whole) = (len(done), len(whole));
    match (done.split_once(' '), whole.split_once(' ')) {
        (Some((number, unit)), Some((_, same))) if unit == same => format!("{number} of {whole}"),
        _ => format!("{done} of {whole}"),
    }
}

/// Names in a row: “T1”, “T1 and T2”, “T1, T2 and 3 others”.
pub(super) fn list(names: &[String]) -> String {
    match names {
        [] => "nobody".to_owned(),
        [one] => one.clone(),
        [a, b] => format!("{a} and {b}"),
        [a, b, c] => format!("{a}, {b} and {c}"),
        [a, b, rest @ ..] => format!("{a}, {b} and {} others", rest.len()),
    }
}
