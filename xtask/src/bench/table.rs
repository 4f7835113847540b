//! What the programs printed, turn by turn, as a table of medians.

use anyhow::{Context, Result};

/// What one program printed in one turn.
pub(super) type Turn = Vec<Line>;

/// One measurement.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    name: String,
    unit: String,
    value: f64,
    /// What the floor did at the same time, in the same unit, if there is one.
    floor: Option<f64>,
}

/// Reads lines of name, unit, value and floor, with tabs between them.
pub(super) fn read(text: &str) -> Result<Turn> {
    let line = |line: &str| {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap_or_default().trim().to_owned();
        let (name, unit, value, floor) = (cell(), cell(), cell(), cell());
        let value = value.parse().with_context(|| format!("no measurement: {line}"))?;
        Ok(Line { name, unit, value, floor: floor.parse().ok() })
    };
    text.lines().map(line).collect()
}

/// All turns of the three programs: native, WebAssembly built for speed, WebAssembly built as the page is.
#[derive(Default)]
pub(super) struct Rows(Vec<[Turn; 3]>);

impl Rows {
    pub(super) fn add(&mut self, turn: [Turn; 3]) {
        self.0.push(turn);
    }

    /// A table in Markdown, and the growth of the cost from the fewest threads to the most.
    pub(super) fn table(&self) -> String {
        let mut out = format!("{} turns of each program; medians (least to most)\n\n", self.0.len());
        out += "| what | native | of its floor | wasm | of its floor | of native | wasm as in the page | of its floor | of native |\n";
        out += "|---|---|---|---|---|---|---|---|---|\n";
        for first in self.0.first().map_or(&[][..], |turn| &turn[0]) {
            out += &format!("| {} |{}\n", first.name, self.cells(first));
        }
        for (what, few, many) in [
            ("round robin: cost per slice", "round robin 4x2", "round robin 1024x64"),
            ("GIL and I/O: cost per record", "GIL and I/O 4x2", "GIL and I/O 1024x64"),
            ("EEVDF, GIL and I/O: cost per record", "EEVDF, GIL and I/O 4x2", "EEVDF, GIL and I/O 1024x64"),
        ] {
            let growth = |program: usize| {
                let ratio = |turn: &[Turn; 3]| Some(value(&turn[program], few)? / value(&turn[program], many)?);
                spread(self.0.iter().filter_map(ratio).collect(), " ×")
            };
            let [native, fast, small] = [0, 1, 2].map(growth);
            out += &format!("| {what}, 4 to 1,024 threads | {native} | | {fast} | | | {small} | | |\n");
        }
        out
    }

    /// The cells behind the name of a measurement.
    fn cells(&self, first: &Line) -> String {
        let mut out = String::new();
        for program in 0..3 {
            let found = |turn: &[Turn; 3]| find(&turn[program], &first.name).cloned();
            let lines: Vec<Line> = self.0.iter().filter_map(found).collect();
            let of_floor = lines.iter().filter_map(|line| Some(line.value / line.floor?)).collect();
            let scale = if first.floor.is_some() { 1e6 } else { 1.0 };
            let unit = format!("{}{}", if first.floor.is_some() { " M " } else { " " }, first.unit);
            let values: Vec<f64> = lines.iter().map(|line| line.value / scale).collect();
            out += &format!(" {} | {} |", spread(values, &unit), spread(of_floor, ""));
            if program > 0 {
                let ratio =
                    |turn: &[Turn; 3]| Some(value(&turn[program], &first.name)? / value(&turn[0], &first.name)?);
                out += &format!(" {} |", spread(self.0.iter().filter_map(ratio).collect(), ""));
            }
        }
        out
    }
}

fn find<'a>(turn: &'a [Line], name: &str) -> Option<&'a Line> {
    turn.iter().find(|line| line.name == name)
}

fn value(turn: &[Line], name: &str) -> Option<f64> {
    find(turn, name).map(|line| line.value)
}

/// The median, the least and the most; nothing of nothing.
fn spread(mut values: Vec<f64>, unit: &str) -> String {
    values.sort_by(f64::total_cmp);
    let (Some(least), Some(most)) = (values.first(), values.last()) else { return String::new() };
    let digits = if *most < 0.1 {
        3
    } else if *most < 10.0 {
        2
    } else {
        1
    };
    let median = values[values.len() / 2];
    if least == most {
        return format!("{median:.digits$}{unit}");
    }
    format!("{median:.digits$}{unit} ({least:.digits$}–{most:.digits$})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_of_ratios_are_taken_turn_by_turn() {
        let turn = |native, floor, wasm| {
            let line = |value, floor| format!("round robin 4x2\tslices/s\t{value}\t{floor}\n");
            [read(&line(native, floor)).unwrap(), read(&line(wasm, floor)).unwrap(), Vec::new()]
        };
        let mut rows = Rows::default();
        // The machine was slow in the second turn: the ratios stay.
        for turn in [turn("2e6", "8e6", "1e6"), turn("1e6", "4e6", "5e5"), turn("4e6", "8e6", "2e6")] {
            rows.add(turn);
        }
        let table = rows.table();
        let row = table.lines().find(|line| line.starts_with("| round robin 4x2")).expect("a row");
        let native = "2.00 M slices/s (1.00–4.00) | 0.25 (0.25–0.50)";
        let wasm = "1.00 M slices/s (0.50–2.00) | 0.12 (0.12–0.25) | 0.50 |";
        assert!(row.contains(native) && row.contains(wasm), "{row}");
    }

    #[test]
    fn what_is_no_measurement_is_refused() {
        assert!(read("seek\tms\t0.1\t").is_ok_and(|turn| turn[0].floor.is_none()));
        assert!(read("seek\tms\tfast\t").is_err());
    }
}
