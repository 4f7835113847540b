//! A sweep: the same scenario with one parameter over a range, each value a run, computed bit by bit.

use crate::engine::{Ending, Run};
use crate::metrics::{About, Unit};
use crate::number::decimal;
use crate::scenario::{Change, Edit, Parameter, Scenario, Span, amdahl};
use crate::time::{Dur, Time};

use super::asked::{MAKESPAN, OF_ENDLESS_RUNS, SPEED_UP};
use super::numbers::values;

pub use super::asked::{Asked, name, sentence};

/// How much of runs without an end is measured.
const OF_ENDLESS: Dur = Dur::from_ms(500);

/// After how many records a run is cut. Of such a run there are only figures that do not depend on where it is cut.
const MOST_RECORDS: usize = 1 << 18;

/// The most points of a sweep.
const MOST_POINTS: usize = 64;

/// Amdahl's law says nothing where less of the work than this can be shared.
const LEAST_PART: f64 = 0.005;

/// Nor where a run is so many times as fast as it allows; less is how the runs begin and end.
const BEYOND: f64 = 1.01;

/// What became of one value.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It was not computed yet.
    Waiting,
    /// The scenario cannot have it; the reason as a sentence.
    Refused(String),
    /// Its figures, in the order of [`About::whole`].
    Done(Vec<Option<u64>>),
}

/// One value of the parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The value: a count, or nanoseconds.
    pub value: u64,
    /// What became of it.
    pub outcome: Outcome,
}

/// How far a sweep is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// So many values are computed or refused.
    pub done: usize,
    /// Of so many.
    pub of: usize,
}

/// A sweep under way.
#[derive(Clone, Debug)]
pub struct Sweep {
    base: Scenario,
    parameter: Parameter,
    points: Vec<Point>,
    next: usize,
    run: Option<Run>,
    cancelled: bool,
    part: Option<f64>,
    /// The value that the scenario has.
    now: u64,
    /// Why the first run that has no end has none.
    endless: Option<&'static str>,
}

impl Sweep {
    /// A sweep of which nothing is computed yet; the value that the scenario has is among the others. The scenario must have
    /// passed [`Scenario::check`].
    ///
    /// # Errors
    /// Why the scenario has no such parameter, or that the range holds no value or too many, as a sentence.
    pub fn new(base: &Scenario, parameter: Parameter, span: Span) -> Result<Self, String> {
        let now = parameter.of(base)?;
        let mut values = parameter.values(span);
        if (span.from..=span.to).contains(&now) && !values.contains(&now) {
            values.insert(values.partition_point(|v| *v < now), now);
        }
        if values.is_empty() || values.len() > MOST_POINTS {
            return Err(format!("The range holds {} values: a sweep has from 1 to {MOST_POINTS}.", values.len()));
        }
        let points = values.into_iter().map(|value| Point { value, outcome: Outcome::Waiting }).collect();
        let part = base.parallel_part(parameter);
        Ok(Self {
            base: base.clone(),
            parameter,
            points,
            next: 0,
            run: None,
            cancelled: false,
            part,
            now,
            endless: None,
        })
    }

    /// Computes so many instants more of the run that it is at.
    pub fn advance(&mut self, instants: usize) -> Progress {
        if !self.is_over()
            && let Some(outcome) = self.compute(instants)
        {
            self.points[self.next].outcome = outcome;
            self.next += 1;
            self.run = None;
        }
        self.progress()
    }

    fn compute(&mut self, instants: usize) -> Option<Outcome> {
        if self.run.is_none() {
            match self.parameter.set(&self.base, self.points[self.next].value) {
                Ok(scenario) => self.run = Some(Run::new(&scenario)),
                Err(why) => return Some(Outcome::Refused(why)),
            }
        }
        let goal = if self.base.is_endless() { Time::ZERO + OF_ENDLESS } else { Time::NEVER };
        let run = self.run.as_mut()?;
        let far = run.trace().len() >= MOST_RECORDS || run.extend_past(goal, instants);
        if !far {
            return None;
        }
        let endless = match run.ending() {
            Some(Ending::AllFinished) => None,
            Some(Ending::AwaitingInput(_)) => Some("ends waiting for input"),
            Some(Ending::Deadlock(_)) => Some("ends in a deadlock"),
            None if goal == Time::NEVER => Some("is too long to be computed to its end"),
            _ => Some("does not end"),
        };
        self.endless = self.endless.or(endless);
        let mut values = values(run, run.reached().min(goal));
        if run.reached() < goal {
            // What is a part of the time says as much of a part of the run.
            let sums =
                About::whole().iter().zip(&mut values).filter(|(a, _)| !matches!(a.unit, Unit::Share | Unit::Mean));
            sums.for_each(|(_, value)| *value = None);
        }
        Some(Outcome::Done(values))
    }

    /// How far it is.
    #[must_use]
    pub const fn progress(&self) -> Progress {
        Progress { done: self.next, of: self.points.len() }
    }

    /// Gives up what is not computed yet.
    pub fn cancel(&mut self) {
        (self.cancelled, self.run) = (true, None);
    }

    /// Whether it was given up before its end.
    #[must_use]
    pub const fn is_cancelled(&self) -> bool {
        self.cancelled && self.next < self.points.len()
    }

    /// Whether nothing of it will be computed any more.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.cancelled || self.next == self.points.len()
    }

    /// What is varied.
    #[must_use]
    pub const fn parameter(&self) -> Parameter {
        self.parameter
    }

    /// All values with what became of them.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The number of the last point.
    #[must_use]
    pub const fn last(&self) -> usize {
        self.points.len().saturating_sub(1)
    }

    /// Which point is the scenario as it is now; `None` if the range leaves it out.
    #[must_use]
    pub fn now(&self) -> Option<usize> {
        self.points.iter().position(|point| point.value == self.now)
    }

    /// Why no run has a figure, and which one to draw instead, once all are computed; `None` if some have it.
    #[must_use]
    pub fn lacks(&self, figure: &About) -> Option<String> {
        let done = self.points.iter().any(|point| matches!(point.outcome, Outcome::Done(_)));
        if !self.is_over() || !done || self.series(figure).iter().any(Option::is_some) {
            return None;
        }
        let why = match self.endless {
            Some(why) if matches!(figure.key, MAKESPAN | SPEED_UP) => format!("as the run {why}"),
            _ => "whatever the value".to_owned(),
        };
        let other = About::by_key(OF_ENDLESS_RUNS).map_or("", |about| about.name);
        Some(format!("There is no {} here, {why}. Draw another figure, such as “{other}”.", name(figure)))
    }

    /// The part of the work that can be shared, 0 to 1, where Amdahl's law applies.
    #[must_use]
    pub const fn parallel_part(&self) -> Option<f64> {
        self.part
    }

    /// A figure at each value that has it, in its unit.
    #[must_use]
    pub fn series(&self, figure: &About) -> Vec<Option<u64>> {
        self.column(figure.key)
    }

    fn column(&self, key: &str) -> Vec<Option<u64>> {
        let speed_up = key == SPEED_UP;
        let key = if speed_up { MAKESPAN } else { key };
        let column = About::whole().iter().position(|about| about.key == key);
        let of = |point: &Point| match &point.outcome {
            Outcome::Done(values) => *values.get(column?)?,
            _ => None,
        };
        let values: Vec<_> = self.points.iter().map(of).collect();
        if !speed_up {
            return values;
        }
        let first = values.first().copied().flatten();
        let ratio = |value: Option<u64>| Some((first? as f64 / value.filter(|v| *v > 0)? as f64 * 1e6) as u64);
        values.into_iter().map(ratio).collect()
    }

    /// Whether Amdahl's line can be drawn beside a figure.
    #[must_use]
    pub fn has_amdahl(&self, figure: &About) -> bool {
        figure.key == SPEED_UP && !self.amdahl().is_empty()
    }

    /// What Amdahl's law says of the speed-up at each value, against the first one, in millionths as [`crate::metrics::Unit::Factor`] has it;
    /// empty where it does not apply: where nothing can be shared, or a run is faster, as its work depends on the value.
    #[must_use]
    pub fn amdahl(&self) -> Vec<f64> {
        let (Some(p), Some(first)) = (self.part, self.points.first()) else { return Vec::new() };
        let at = |value: u64| amdahl(p, value as f64);
        let law: Vec<f64> = self.points.iter().map(|point| 1e6 * at(point.value) / at(first.value)).collect();
        let beyond = |(law, speed): (&f64, Option<u64>)| speed.is_some_and(|speed| speed as f64 > BEYOND * law);
        if p < LEAST_PART || law.iter().zip(self.column(SPEED_UP)).any(beyond) { Vec::new() } else { law }
    }

    /// The edit that opens the run of a value: one step of undo.
    #[must_use]
    pub fn edit(&self, point: usize) -> Option<Edit> {
        let value = self.points.get(point)?.value;
        let scenario = self.parameter.set(&self.base, value).ok()?;
        let name = format!("Take {} from the sweep", self.parameter.says(value));
        Some(Edit { name, kind: Change::between(&self.base, &scenario), scenario })
    }

    /// What became of a value, in words: a figure, or why there is none.
    #[must_use]
    pub fn says(&self, point: usize, figure: &About) -> String {
        let value = self.series(figure).get(point).copied().flatten();
        match (value, &self.points[point].outcome) {
            (Some(value), _) => self.text(figure, value),
            (None, Outcome::Waiting) if self.cancelled => "not computed".to_owned(),
            (None, Outcome::Waiting) => "…".to_owned(),
            (None, Outcome::Refused(why)) => format!("Cannot be: {why}"),
            (None, Outcome::Done(_)) => "none".to_owned(),
        }
    }

    /// A value of a figure, with more digits where neighbours differ by little.
    #[must_use]
    pub fn text(&self, figure: &About, value: u64) -> String {
        let series = self.series(figure);
        let near = |pair: &[Option<u64>]| match pair {
            [Some(a), Some(b)] => a != b && a.abs_diff(*b) < a.max(b) / 100,
            _ => false,
        };
        if series.windows(2).any(near) { fine(figure.unit, value) } else { figure.unit.text(value) }
    }

    /// All figures of all values as a table of comma-separated values; lengths in nanoseconds.
    #[must_use]
    pub fn csv(&self) -> String {
        let unit = |is_length: bool| if is_length { "_ns" } else { "" };
        let head = [self.parameter.key(), unit(!self.parameter.is_count())].concat();
        let mut lines: Vec<String> = vec![head];
        lines.extend(self.points.iter().map(|point| point.value.to_string()));
        for about in About::whole() {
            lines[0] += &[",", about.key, unit(about.unit == Unit::Ns)].concat();
            for (line, value) in lines[1..].iter_mut().zip(self.series(about)) {
                line.push(',');
                line.push_str(&value.map(|value| about.unit.plain(value)).unwrap_or_default());
            }
        }
        lines.join("\n") + "\n"
    }
}

/// A value with five digits or so.
fn fine(unit: Unit, value: u64) -> String {
    let number = |of: f64| decimal(value as f64 / of);
    match unit {
        Unit::Count => value.to_string(),
        Unit::Share => format!("{} %", number(1e4)),
        Unit::Factor => format!("{} ×", number(1e6)),
        Unit::Mean => number(1e6),
        Unit::PerSecond => format!("{} per s", number(1e6)),
        Unit::Ns => {
            let mut whole = value;
            while whole >= 1_000 {
                whole /= 1_000;
            }
            let places = if whole < 10 { 4 } else { 3 };
            format!("{:.places$}", Dur::from_ns(value))
        }
    }
}
