//! Two runs on one time axis, A and B, with the differences in numbers.

use crate::engine::{Ending, Place, Run};
use crate::metrics::{About, Unit};
use crate::scenario::Scenario;
use crate::time::{Dur, Time};

use super::numbers::{difference, less_is_better, values};

/// How much of runs without an end is compared.
const OF_ENDLESS: Dur = Dur::from_ms(200);

/// After how many records a run is compared as far as it is computed. With its lanes a record takes about 100 B.
const MOST_RECORDS: usize = 1 << 18;

/// The figures that other cores change by themselves: B is neither better nor worse by them if it has more cores than A.
const OF_CORES: [&str; 5] = ["core_use", "core_switching", "core_idle", "parallelism", "ideal_share"];

/// Two runs.
#[derive(Clone, Debug)]
pub struct Comparison {
    runs: [Run; 2],
    goal: Time,
    done: bool,
    cursor: Time,
    /// The figures of A, once both are computed.
    of_a: Option<Vec<Option<u64>>>,
    rows: Vec<Row>,
}

/// A figure of both runs.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which one.
    pub about: &'static About,
    /// The values of A and B as a person reads them; “–” for none.
    pub values: [String; 2],
    /// What B has more or less than A, absolute and in percent.
    pub difference: String,
    /// “better”, “worse”, or nothing: what B is.
    pub verdict: &'static str,
}

impl Comparison {
    /// Two runs of which nothing is computed yet. Both scenarios must have passed [`Scenario::check`].
    #[must_use]
    pub fn new(a: &Scenario, b: &Scenario) -> Self {
        let endless = a.is_endless() || b.is_endless();
        let goal = if endless { Time::ZERO + OF_ENDLESS } else { Time::NEVER };
        let runs = [Run::new(a), Run::new(b)];
        Self { runs, goal, done: false, cursor: Time::ZERO, of_a: None, rows: Vec::new() }
    }

    /// Computes so many instants more of each run; whether both are computed as far as they are compared.
    pub fn advance(&mut self, instants: usize) -> bool {
        if !self.done {
            let goal = self.goal;
            let far = |run: &mut Run| run.trace().len() >= MOST_RECORDS || run.extend_past(goal, instants);
            let [a, b] = &mut self.runs;
            let both = [far(a), far(b)];
            if both == [true; 2] {
                let until = self.common();
                let [a, b] = &self.runs;
                // The figures of long runs take some time: those of B come with the next call.
                match self.of_a.take() {
                    None => self.of_a = Some(values(a, until)),
                    Some(of_a) => {
                        self.done = true;
                        let same = a.plan().core_ids().count() == b.plan().core_ids().count();
                        self.rows = rows(of_a, values(b, until), same);
                        self.seek(self.cursor);
                    }
                }
            }
        }
        self.done
    }

    /// Whether both runs are computed as far as they are compared.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.done
    }

    /// Both runs, as far as they are computed.
    #[must_use]
    pub const fn runs(&self) -> &[Run; 2] {
        &self.runs
    }

    /// The figures that at least one of them has and that are not nothing in both, once both are computed.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Up to where the numbers of both count, unless they end before.
    fn common(&self) -> Time {
        self.runs.iter().map(Run::reached).min().unwrap_or(Time::ZERO).min(self.goal)
    }

    /// The last instant that is shown.
    #[must_use]
    pub fn until(&self) -> Time {
        let of = |run: &Run| match run.ending() {
            Some(Ending::AllFinished | Ending::LimitReached(_)) => run.end(),
            // Who waits for ever is seen to wait.
            Some(_) => run.end() + Dur::from_ns(run.end().ns() / 6),
            None => run.end().min(self.goal),
        };
        let [a, b] = &self.runs;
        of(a).max(of(b)).max(Time::from_us(1))
    }

    /// The instant that both are read at.
    #[must_use]
    pub const fn cursor(&self) -> Time {
        self.cursor
    }

    /// Reads both at an instant, within what is shown.
    pub fn seek(&mut self, to: Time) {
        self.cursor = to.min(self.until());
    }

    /// Reads both at an instant that may not be computed yet.
    pub const fn begin_at(&mut self, at: Time) {
        self.cursor = at;
    }

    /// Goes to the next instant at which something happens in either run, or to the one before.
    pub fn step(&mut self, forward: bool) {
        let at = self.cursor;
        let of = |run: &Run| {
            let record = if forward {
                run.records_until(at)
            } else {
                run.trace().partition_point(|r| r.time() < at).checked_sub(1)?
            };
            run.trace().get(record).map(|r| r.time())
        };
        let times = self.runs.iter().filter_map(of);
        let to = if forward { times.min() } else { times.max() };
        self.seek(to.unwrap_or(at));
    }

    /// Moves by a part of what is shown, back if negative.
    pub fn move_by(&mut self, part: f64) {
        let ns = self.cursor.ns() as f64 + part * self.until().ns() as f64;
        self.seek(Time::from_ns(ns.max(0.0) as u64));
    }

    /// Who is on the cores of A and of B where both are read.
    #[must_use]
    pub fn readings(&self) -> [String; 2] {
        let [a, b] = &self.runs;
        [reading(a, self.cursor), reading(b, self.cursor)]
    }

    /// What the comparison comes to, as a sentence: by the makespans if both have one.
    #[must_use]
    pub fn says(&self) -> String {
        let ends = self.runs.each_ref().map(|run| match run.ending() {
            Some(Ending::AllFinished) => Some(run.end()),
            _ => None,
        });
        match ends {
            _ if !self.done => format!("Computed up to {:.3}", self.until()),
            [Some(a), Some(b)] if a == b => format!("A and B both take {a:.3}."),
            [Some(a), Some(b)] => {
                let (fast, slow, least, most) = if b < a { ("B", "A", b, a) } else { ("A", "B", a, b) };
                let times = Unit::Factor.text((most.ns() as f64 / least.ns().max(1) as f64 * 1e6) as u64);
                let by = match times.trim_end_matches(" ×") {
                    "1" => "hardly any difference".to_owned(),
                    times => format!("{fast} is {times} times as fast"),
                };
                format!("{fast} finishes in {least:.3}, {slow} in {most:.3}: {by}.")
            }
            [a, b] => {
                let of = |name: &str, run: &Run, end: Option<Time>| match (end, run.ending()) {
                    (Some(end), _) => format!("{name} finishes in {end:.3}"),
                    (None, Some(Ending::AwaitingInput(_))) => format!("{name} awaits an answer"),
                    (None, Some(Ending::Deadlock(_))) => format!("{name} ends in a deadlock"),
                    (None, Some(_)) => format!("{name} does not finish"),
                    (None, None) => format!("{name} is compared up to {:.3}", self.common()),
                };
                let [run_a, run_b] = &self.runs;
                format!("{}; {}.", of("A", run_a, a), of("B", run_b, b))
            }
        }
    }
}

/// Who is on the cores of a run, and who holds a GIL.
fn reading(run: &Run, at: Time) -> String {
    let plan = run.plan();
    let names = |place: &dyn Fn(Place) -> bool| {
        let threads = plan.thread_ixs().filter(|t| {
            let lane = run.lanes().thread(*t);
            let i = lane.partition_point(|s| s.start <= at);
            i.checked_sub(1).and_then(|i| lane.get(i)).is_some_and(|s| place(s.place))
        });
        threads.map(|t| plan.thread(t).name.as_str()).collect::<Vec<_>>()
    };
    let some = |what: &str, names: &[&str]| match names {
        [] => String::new(),
        all if all.len() > 4 => format!("{what}: {} threads", all.len()),
        all => format!("{what}: {}", all.join(", ")),
    };
    let parts = [
        some("on a core", &names(&|p| matches!(p, Place::Running(_) | Place::SwitchingIn))),
        some("ready", &names(&|p| p == Place::Ready)),
        some("wants the GIL", &names(&|p| matches!(p, Place::WantsGil | Place::ForcedWait))),
        some("waits", &names(&|p| matches!(p, Place::Waiting(_)))),
    ];
    let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if said.is_empty() { "nobody does anything".to_owned() } else { said.join(" · ") }
}

fn rows(a: Vec<Option<u64>>, b: Vec<Option<u64>>, same_cores: bool) -> Vec<Row> {
    let pairs = About::whole().iter().zip(a.into_iter().zip(b));
    let told = pairs.filter(|(_, (a, b))| a.or(*b).is_some() && (*a, *b) != (Some(0), Some(0)));
    let rows = told.map(|(about, (a, b))| {
        let row = row(about, [a, b]);
        if same_cores || !OF_CORES.contains(&about.key) { row } else { Row { verdict: "", ..row } }
    });
    rows.collect()
}

fn row(about: &'static About, both: [Option<u64>; 2]) -> Row {
    let values = both.map(|value| value.map_or_else(|| "–".to_owned(), |v| about.unit.text(v)));
    let (difference, verdict) = match both {
        [Some(a), Some(b)] if a == b || values[0] == values[1] => ("the same".to_owned(), ""),
        [Some(a), Some(b)] => (difference(about.unit, a, b), verdict(about, b < a)),
        _ => ("–".to_owned(), ""),
    };
    Row { about, values, difference, verdict }
}

/// What B is, if it has less of a figure, or more.
fn verdict(about: &About, less: bool) -> &'static str {
    match less_is_better(about) {
        None => "",
        Some(better) if better == less => "better",
        Some(_) => "worse",
    }
}
