//! All figures as a list, for the page, for files, and for charts that compare runs.

use crate::ids::{CoreId, GilIx, ThreadIx};
use crate::number::{decimal, grouped};
use crate::time::Dur;

use super::{Metrics, words, words_parts};

/// What a figure's whole number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nanoseconds.
    Ns,
    /// Things.
    Count,
    /// Millionths of a whole.
    Share,
    /// Millionths of one: how many times as much.
    Factor,
    /// Millionths of one: how many there are, as the mean over time.
    Mean,
    /// Millionths of one per second.
    PerSecond,
}

/// What a figure is.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Its name for files and links, which never changes: `wake_p95`.
    pub key: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// What its number counts.
    pub unit: Unit,
    /// What it means.
    pub sentence: &'static str,
    /// The figure of the thing with this number: a thread, a core or a GIL, and 0 for the run. `None` if there is none.
    pub(super) of: fn(&Metrics, usize) -> Option<u64>,
}

/// What a figure is about; its name is [`crate::explain::whose`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Everything.
    Run,
    /// A thread.
    Thread(ThreadIx),
    /// A core.
    Core(CoreId),
    /// A GIL.
    Gil(GilIx),
}

/// A figure.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// What it is.
    pub about: &'static About,
    /// Of what it is one.
    pub of: Of,
    /// How much, in the unit of `about`.
    pub value: u64,
}

impl About {
    /// Every figure that a whole run may have, in the order in which people read them.
    #[must_use]
    pub const fn whole() -> &'static [Self] {
        words::RUN
    }

    /// The figure of a whole run with this key.
    #[must_use]
    pub fn by_key(key: &str) -> Option<&'static Self> {
        words::RUN.iter().find(|about| about.key == key)
    }

    /// Why a run, with a GIL or without, does not have this figure, in two words; `None` if it is seen from the others.
    #[must_use]
    pub fn absent(&self, gil: bool) -> Option<&'static str> {
        match self.key {
            "wake_p95" | "wake_p99" => Some("too few"),
            key if !gil && words::OF_GIL.contains(&key) => Some("no GIL"),
            _ => None,
        }
    }

    /// This figure, if the run or the range has it.
    #[must_use]
    pub fn of_run(&self, metrics: &Metrics) -> Option<u64> {
        (self.of)(metrics, 0)
    }
}

impl Metrics {
    /// The figures of the run that it has.
    #[must_use]
    pub fn whole(&self) -> Vec<Row> {
        self.about(words::RUN, Of::Run, 0)
    }

    /// The figures of a thread, a core or a GIL, or of the run.
    #[must_use]
    pub fn rows_of(&self, of: Of) -> Vec<Row> {
        match of {
            Of::Run => self.whole(),
            Of::Thread(t) => self.about(words_parts::THREAD, of, t.ix()),
            Of::Core(c) => self.about(words_parts::CORE, of, c.ix()),
            Of::Gil(g) => self.about(words_parts::GIL, of, g.ix()),
        }
    }

    /// All figures: of the run, then of each thread, core and GIL.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let threads = (0..self.threads.len() as u16).map(|i| Of::Thread(ThreadIx(i)));
        let cores = (0..self.cores.len() as u8).map(|i| Of::Core(CoreId(i)));
        let gils = (0..self.gils.len() as u16).map(|i| Of::Gil(GilIx(i)));
        let all = std::iter::once(Of::Run).chain(threads).chain(cores).chain(gils);
        all.flat_map(|of| self.rows_of(of)).collect()
    }

    fn about(&self, table: &'static [About], of: Of, number: usize) -> Vec<Row> {
        let row = |about: &'static About| Some(Row { about, of, value: (about.of)(self, number)? });
        table.iter().filter_map(row).collect()
    }
}

impl Row {
    /// How much, for people: `5.06 ms`, `87 %`, `1.93 ×`.
    #[must_use]
    pub fn text(&self) -> String {
        self.about.unit.text(self.value)
    }
}

impl Unit {
    /// Its name in files; that of what is only counted is empty.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ns => "ns",
            Self::Count | Self::Mean => "",
            Self::Share => "of 1",
            Self::Factor => "times",
            Self::PerSecond => "per s",
        }
    }

    /// So much of it, for people.
    #[must_use]
    pub fn text(self, value: u64) -> String {
        match self {
            Self::Ns => brief(Dur::from_ns(value)),
            Self::Count => grouped(value),
            Self::Share => format!("{} %", digits(value.saturating_mul(100))),
            Self::Factor => format!("{} ×", digits(value)),
            Self::Mean => digits(value),
            Self::PerSecond if (1..MILLION / 2_000).contains(&value) => format!("{} per h", digits(value * 3_600)),
            Self::PerSecond => format!("{} per s", digits(value)),
        }
    }

    /// So much of it as a plain number, for files: `87000`, `0.873204`.
    #[must_use]
    pub fn plain(self, value: u64) -> String {
        match self {
            Self::Ns | Self::Count => value.to_string(),
            Self::Share | Self::Factor | Self::Mean | Self::PerSecond => {
                let text = format!("{}.{:06}", value / MILLION, value % MILLION);
                text.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
        }
    }
}

/// Millionths in one.
pub(super) const MILLION: u64 = 1_000_000;

/// A number of millionths with three digits or so.
fn digits(millionths: u64) -> String {
    let step = match millionths / MILLION {
        0 if millionths < MILLION / 10 => MILLION / 1_000,
        0..=9 => MILLION / 100,
        10..=99 => MILLION / 10,
        _ => MILLION,
    };
    let rounded = millionths.saturating_add(step / 2) / step * step;
    decimal(rounded as f64 / MILLION as f64)
}

/// A length with three digits or so, for tables.
#[must_use]
pub fn brief(length: Dur) -> String {
    let places = match length.ns() {
        0..10_000 | 1_000_000..10_000_000 | 1_000_000_000..10_000_000_000 => 2,
        10_000..100_000 | 10_000_000..100_000_000 | 10_000_000_000..100_000_000_000 => 1,
        _ => 0,
    };
    format!("{length:.places$}")
}
