//! A run as an ASCII Gantt chart, for terminals and goldens.
//!
//! One column stands for one step of time and shows what lasts longest in it; of equals, what comes first.
//!
//! ```text
//! core 0  AAAAA
//! core 1  -----
//! GIL     AAAAA
//! asks        B
//! A       PPPPP
//! B       ggggg
//! ```

use std::fmt::Write;

use crate::engine::lanes::Lane;
use crate::engine::segments::{CoreSegment, Segment};
use crate::engine::{Cause, Place, Plan, Run, Work};
use crate::ids::ThreadIx;
use crate::time::{Dur, Time};

/// What each letter in a thread's row means.
pub const KEY: &str = "P python, X extension, N native, s switching in, . ready, w waking, g wants the GIL, \
                       f forced wait, i I/O, z sleeps, \
                       ? awaits input, l lock, q queue, m message, c child to run, j joins; - idle core, free GIL, / core switches";

/// Draws the run from `from` to `to` with one column per `step`; what is not computed yet is left blank.
#[must_use]
pub fn render(run: &Run, from: Time, to: Time, step: Dur) -> String {
    let (plan, lanes) = (run.plan(), run.lanes());
    let known = to.min(run.reached());
    let columns = Columns { from, to: known, step: Dur::from_ns(step.ns().max(1)) };
    let mut rows: Vec<(String, String)> = Vec::new();
    for core in plan.core_ids() {
        let on = |s: &CoreSegment| if s.place == Place::SwitchingIn { '/' } else { letter(plan, s.thread) };
        let row = columns.row(lanes.core(core), '-', on);
        rows.push((format!("core {}", core.0), row));
    }
    for gil in plan.gil_ixs() {
        let name = match plan.gils.len() {
            1 => "GIL".to_owned(),
            _ => format!("GIL {}", plan.gil_owner(gil)),
        };
        rows.push((name, columns.row(lanes.gil(gil), '-', |s| letter(plan, s.holder))));
        let requests = lanes.requests(gil);
        if requests.iter().any(|r| r.time >= from && r.time < to) {
            let asked = requests.iter().map(|r| (r.time, letter(plan, r.by)));
            rows.push(("asks".to_owned(), columns.marks(asked)));
        }
    }
    for thread in plan.thread_ixs() {
        rows.push((plan.thread(thread).name.clone(), columns.row(lanes.thread(thread), ' ', |s| sign(s.place))));
    }
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    rows.iter().fold(String::new(), |mut text, (name, row)| {
        let line = format!("{name:width$}  {row}");
        let _ = writeln!(text, "{}", line.trim_end());
        text
    })
}

/// The letter of a thread: its initial if no other thread has the same, else one by its number.
#[must_use]
pub fn letter(plan: &Plan, thread: ThreadIx) -> char {
    let initial = |t: ThreadIx| plan.thread(t).name.chars().next();
    let own = initial(thread);
    match own {
        Some(c) if plan.thread_ixs().filter(|t| initial(*t) == own).count() == 1 => c,
        _ => char::from_digit(u32::from(thread.0) % 36, 36).unwrap_or('?'),
    }
}

/// The letter of a place.
#[must_use]
pub const fn sign(place: Place) -> char {
    match place {
        Place::NotStarted | Place::Finished => ' ',
        Place::Ready => '.',
        Place::SwitchingIn => 's',
        Place::Running(Work::Python) => 'P',
        Place::Running(Work::Extension) => 'X',
        Place::Running(Work::Native) => 'N',
        Place::Waking => 'w',
        Place::WantsGil => 'g',
        Place::ForcedWait => 'f',
        Place::Waiting(Cause::Io) => 'i',
        Place::Waiting(Cause::Device) => 'd',
        Place::Waiting(Cause::Sleep) => 'z',
        Place::Waiting(Cause::Input) => '?',
        Place::Waiting(Cause::Lock) => 'l',
        Place::Waiting(Cause::Semaphore) => 'v',
        Place::Waiting(Cause::Event) => 'e',
        Place::Waiting(Cause::Barrier) => 'b',
        Place::Waiting(Cause::Queue) => 'q',
        Place::Waiting(Cause::Room) => 'r',
        Place::Waiting(Cause::Pipe) => 'm',
        Place::Waiting(Cause::Start) => 'c',
        Place::Waiting(Cause::Join) => 'j',
    }
}

struct Columns {
    from: Time,
    to: Time,
    step: Dur,
}

impl Columns {
    fn starts(&self) -> impl Iterator<Item = Time> {
        std::iter::successors(Some(self.from), |t| Some(*t + self.step)).take_while(|t| *t < self.to)
    }

    fn row<S: Segment>(&self, lane: Lane<'_, S>, blank: char, sign: impl Fn(&S) -> char) -> String {
        self.starts().map(|start| longest(lane, start, start + self.step, blank, &sign)).collect()
    }

    fn marks(&self, marks: impl Iterator<Item = (Time, char)> + Clone) -> String {
        let mark = |start: Time| {
            let mut inside = marks.clone().filter(|(t, _)| *t >= start && *t < start + self.step);
            inside.next().map_or(' ', |(_, c)| c)
        };
        self.starts().map(mark).collect()
    }
}

/// The sign that covers most of `from..to`.
fn longest<S: Segment>(lane: Lane<'_, S>, from: Time, to: Time, blank: char, sign: &impl Fn(&S) -> char) -> char {
    let mut covered: Vec<(char, Dur)> = Vec::new();
    let mut free = to - from;
    for segment in lane.window(from, to).iter() {
        let length = segment.end().min(to) - segment.start().max(from);
        free -= length;
        let c = sign(&segment);
        match covered.iter_mut().find(|(other, _)| *other == c) {
            Some((_, sum)) => *sum += length,
            None => covered.push((c, length)),
        }
    }
    covered.push((blank, free));
    let most = covered.iter().map(|(_, d)| *d).max().unwrap_or_default();
    covered.iter().find(|(_, d)| *d == most).map_or(blank, |(c, _)| *c)
}
