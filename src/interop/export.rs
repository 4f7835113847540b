//! What the page saves of what is open: which forms there are, what each is for, and the files.

use super::{chrome, csv, python};
use crate::engine::{Ending, Run};
use crate::scene::Theme;
use crate::scene::svg::to_svg;
use crate::session::Session;
use crate::session::sharing::file_name;
use crate::time::Time;

/// A form in which something is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A trace for Perfetto and speedscope.
    Chrome,
    /// The picture as it is shown.
    Svg,
    /// The table of the stretches of all lanes.
    Segments,
    /// The table of all that happened.
    Events,
    /// The table of numbers.
    Numbers,
    /// The program that does the same.
    Python,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub text: String,
    /// What is to be said when it is saved.
    pub said: String,
}

impl Form {
    /// What stands behind the scenario's name in the file's.
    const fn ending(self) -> &'static str {
        match self {
            Self::Chrome => "-trace.json",
            Self::Svg => ".svg",
            Self::Segments => "-segments.csv",
            Self::Events => "-events.csv",
            Self::Numbers => "-numbers.csv",
            Self::Python => ".py",
        }
    }

    /// How many records are written at once, so that the page does not stand still for long: a sentence about each of them
    /// takes much longer than its stretches, and to count it takes next to nothing.
    const fn most(self) -> usize {
        match self {
            Self::Events => 5_000,
            Self::Numbers => 1 << 20,
            _ => 100_000,
        }
    }
}

/// The name of a file with another ending than that of the scenario's own file.
#[must_use]
pub fn named(session: &Session, ending: &str) -> String {
    let name = file_name(session.scenario());
    format!("{}{ending}", name.trim_end_matches(".json"))
}

/// What is open, in a form: the run as far as it is computed, and the picture of a width in CSS pixels as it is shown.
#[must_use]
pub fn file(session: &Session, form: Form, width: f64, theme: Theme) -> File {
    let run = session.run();
    let (until, cut) = written(run, form.most());
    let text = match form {
        Form::Chrome => chrome::render(run, until),
        Form::Svg => to_svg(&session.scene(), width, theme),
        Form::Segments => csv::segments(run, until),
        Form::Events => csv::events(run, until),
        Form::Numbers => csv::numbers(run, until),
        Form::Python => python::render(session.scenario(), run, until),
    };
    let name = named(session, form.ending());
    let said = match cut {
        true if form != Form::Svg => format!("Saved {name}, up to {until:.3}"),
        _ => format!("Saved {name}"),
    };
    File { name, text, said }
}

/// Up to when a run is written, and whether it goes on there: to its ending, or as far as it is computed, but no more than
/// so many records.
fn written(run: &Run, most: usize) -> (Time, bool) {
    let goes_on = matches!(run.ending(), None | Some(Ending::LimitReached(_)));
    match run.trace().get(most) {
        // All that happens at an instant is written, or nothing.
        Some(record) => (Time::from_ns(record.time().ns().saturating_sub(1)), true),
        None => (run.reached().min(run.end()), goes_on),
    }
}
