//! A sweep: the same scenario with one parameter over a range, each value a run, computed bit by bit.

use crate::engine::Run;
use crate::metrics::About;
use crate::scenario::{Change, Edit, Parameter, Scenario, Span, amdahl};
use crate::time::{Dur, Time};

use super::numbers::values;

/// How much of runs without an end is measured.
const OF_ENDLESS: Dur = Dur::from_ms(500);

/// After how many records a run counts as one that does not end.
const MOST_RECORDS: usize = 1 << 18;

/// The most points of a sweep.
const MOST_POINTS: usize = 64;

/// The figure that is made from all makespans: how many times as fast as with the first value.
const SPEED_UP: &str = "speed_up";

/// What an address asks to sweep.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// What is varied.
    pub parameter: Parameter,
    /// From where to where.
    pub span: Span,
    /// Which figure is drawn.
    pub figure: &'static About,
}

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        let key = |asked: &Self| (asked.parameter, asked.span, asked.figure.key);
        key(self) == key(other)
    }
}

impl Eq for Asked {}

/// What a figure is called in a sweep.
#[must_use]
pub fn name(figure: &About) -> &'static str {
    if figure.key == SPEED_UP { "speed-up over the first value" } else { figure.name }
}

/// What a figure means in a sweep.
#[must_use]
pub fn sentence(figure: &About) -> &'static str {
    if figure.key == SPEED_UP {
        "The makespan with the first value divided by this one: above 1, this run is faster."
    } else {
        figure.sentence
    }
}

impl Asked {
    /// A parameter over its usual range, with the figure that tells most of it: the speed-up for what makes things faster,
    /// else the makespan.
    #[must_use]
    pub fn usual(parameter: Parameter) -> Self {
        let key = if parameter.is_count() { SPEED_UP } else { "makespan" };
        let figure = About::by_key(key).unwrap_or(&About::whole()[0]);
        Self { parameter, span: parameter.usual(), figure }
    }

    /// Reads `threads.1-16.makespan` or `interval.100us-10ms.hand_offs`.
    ///
    /// # Errors
    /// What cannot be read, as a sentence.
    pub fn read(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}” is no sweep such as threads.1-16.makespan.");
        let (parameter, rest) = text.split_once('.').ok_or_else(wrong)?;
        let (span, number) = rest.rsplit_once('.').ok_or_else(wrong)?;
        let known = Parameter::ALL.into_iter().find(|p| p.key() == parameter);
        let parameter = known.ok_or_else(|| {
            let names: Vec<_> = Parameter::ALL.iter().map(|p| p.key()).collect();
            format!("“{parameter}” cannot be swept: it is one of {}.", names.join(", "))
        })?;
        let ends = span.split_once('-').and_then(|(from, to)| Some((parameter.read(from)?, parameter.read(to)?)));
        let (from, to) = ends.ok_or_else(|| format!("“{span}” is no range such as 1-16 or 1ms-20ms."))?;
        let span = Span { from, to };
        if from > to || parameter.values(span).is_empty() {
            return Err("The range of the sweep holds no value.".to_owned());
        }
        let figure =
            About::by_key(number).ok_or_else(|| format!("“{number}” is no figure of a run, such as makespan."))?;
        Ok(Self { parameter, span, figure })
    }

    /// As [`Self::read`] reads it.
    #[must_use]
    pub fn text(self) -> String {
        let end = |value| self.parameter.text(value).replace(' ', "").replace('µ', "u");
        let (from, to) = (end(self.span.from), end(self.span.to));
        format!("{}.{from}-{to}.{}", self.parameter.key(), self.figure.key)
    }
}

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
}

impl Sweep {
    /// A sweep of which nothing is computed yet. The scenario must have passed [`Scenario::check`].
    ///
    /// # Errors
    /// Why the scenario has no such parameter, or that the range holds no value or too many, as a sentence.
    pub fn new(base: &Scenario, parameter: Parameter, span: Span) -> Result<Self, String> {
        parameter.of(base)?;
        let values = parameter.values(span);
        if values.is_empty() || values.len() > MOST_POINTS {
            return Err(format!("The range holds {} values; from 1 to {MOST_POINTS}.", values.len()));
        }
        let points = values.into_iter().map(|value| Point { value, outcome: Outcome::Waiting }).collect();
        let part = base.parallel_part(parameter);
        Ok(Self { base: base.clone(), parameter, points, next: 0, run: None, cancelled: false, part })
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
        far.then(|| Outcome::Done(values(run, run.reached().min(goal))))
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

    /// The part of the work that can be shared, 0 to 1, where Amdahl's law applies.
    #[must_use]
    pub const fn parallel_part(&self) -> Option<f64> {
        self.part
    }

    /// A figure at each value that has it, in its unit.
    #[must_use]
    pub fn series(&self, figure: &About) -> Vec<Option<u64>> {
        let speed_up = figure.key == SPEED_UP;
        let key = if speed_up { "makespan" } else { figure.key };
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
        figure.key == SPEED_UP && self.part.is_some()
    }

    /// What Amdahl's law says of the speed-up at each value, against the first one, in millionths as [`crate::metrics::Unit::Factor`] has it;
    /// empty where it does not apply.
    #[must_use]
    pub fn amdahl(&self) -> Vec<f64> {
        let (Some(p), Some(first)) = (self.part, self.points.first()) else { return Vec::new() };
        let at = |value: u64| amdahl(p, value as f64);
        self.points.iter().map(|point| 1e6 * at(point.value) / at(first.value)).collect()
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
            (Some(value), _) => figure.unit.text(value),
            (None, Outcome::Waiting) if self.cancelled => "not computed".to_owned(),
            (None, Outcome::Waiting) => "…".to_owned(),
            (None, Outcome::Refused(why)) => why.clone(),
            (None, Outcome::Done(_)) => "none: it has no end within reach".to_owned(),
        }
    }
}
