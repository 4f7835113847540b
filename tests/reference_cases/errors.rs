//! How far off a figure is, in parts of what is allowed.

use crate::verdict::{Figures, Row};

/// The difference from the reference, in parts of what is allowed on that side: from −1 to 1 where it is met.
#[derive(Clone, Copy)]
pub(crate) struct Error(pub(crate) f64);

impl Error {
    /// `None` where the row is no figure.
    pub(crate) fn of(row: &Row) -> Option<Self> {
        let Figures { expected, simulated, range: (least, most) } = row.figures?;
        let allowed = if simulated < expected { expected - least } else { most - expected };
        let off = simulated - expected;
        Some(Self(if off == 0.0 { 0.0 } else { off / allowed }))
    }

    pub(crate) fn size(self) -> f64 {
        self.0.abs()
    }
}

/// A number for people: four digits that count, without zeros at the end.
pub(crate) fn figure(x: f64) -> String {
    let decimals = [1_000.0, 100.0, 10.0, 1.0].iter().position(|least| x.abs() >= *least).unwrap_or(4);
    let text = format!("{x:.decimals$}");
    if decimals == 0 { text } else { text.trim_end_matches('0').trim_end_matches('.').to_owned() }
}
