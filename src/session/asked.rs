//! What an address asks to sweep, and what it is called.

use crate::metrics::About;
use crate::scenario::{Amdahl, Op, Parameter, Scenario, Span, Step, What};

/// The figure that is made from all makespans: how many times as fast as with the first value.
pub(super) const SPEED_UP: &str = "speed_up";

/// The figure that there is where nothing finishes.
pub(super) const OF_ENDLESS_RUNS: &str = "parallelism";

pub(super) const MAKESPAN: &str = "makespan";

/// The length around which a parameter is varied that a scenario does not have: 5 ms.
const USUAL: u64 = 5_000_000;

/// Whether it waits for an answer that only a person gives.
fn awaits(scenario: &Scenario) -> bool {
    fn any(steps: &[Step]) -> bool {
        steps.iter().any(|step| match &step.op {
            Op::Input { at, .. } => at.is_none(),
            Op::Repeat { steps, .. } => any(steps),
            _ => false,
        })
    }
    let answered = scenario.interventions.iter().any(|i| matches!(i.what, What::Answer { .. }));
    !answered && scenario.threads().any(|(_, thread)| any(&thread.program))
}

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

/// What the dashed line of Amdahl's law is.
pub(super) fn law_says(law: Amdahl, parameter: Parameter) -> String {
    let percent = (100.0 * law.part).round() as u32;
    let (work, by) = match parameter {
        Parameter::Threads => ("what is to be done, waiting included,", "core"),
        _ => ("the computing", "thread"),
    };
    let rest = if percent < 100 { ", the rest only one after the other" } else { "" };
    let (most, s) = (law.most, if law.most == 1 { "" } else { "s" });
    format!(
        "The dashed line is Amdahl’s law, the most that can be gained: {percent} % of {work} needs no GIL and can go on side \
        by side{rest}. As there {} {most} {by}{s}, no more than {most} can compute at once.",
        if most == 1 { "is" } else { "are" }
    )
}

impl Asked {
    /// A parameter around the value that a scenario has, with the figure that tells most of it: the speed-up for what makes
    /// things faster, else the makespan; where a run has no end, how much of it is computing.
    #[must_use]
    pub fn usual(parameter: Parameter, of: &Scenario) -> Self {
        let key = match parameter.is_count() {
            _ if of.is_endless() || awaits(of) => OF_ENDLESS_RUNS,
            true => SPEED_UP,
            false => MAKESPAN,
        };
        let figure = About::by_key(key).unwrap_or(&About::whole()[0]);
        Self { parameter, span: parameter.usual(parameter.of(of).unwrap_or(USUAL)), figure }
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
