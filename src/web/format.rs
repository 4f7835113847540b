//! Figures as the toolbar writes them.

pub(crate) use gilscope::metrics::brief as length;
use gilscope::time::{Dur, Time};

/// A unit of time with the number of nanoseconds in it.
const UNITS: [(&str, u64); 4] = [("s", 1_000_000_000), ("ms", 1_000_000), ("µs", 1_000), ("ns", 1)];

/// The playhead with three decimals, in units that fit the whole run, so that its width stays while it moves.
pub(crate) fn playhead(time: Time, end: Time) -> String {
    // Up to ten seconds are told in milliseconds: most of what happens takes some of those.
    let (unit, ns) = match end.max(time).ns() {
        10_000_000_000.. => UNITS[0],
        10_000.. => UNITS[1],
        _ => UNITS[2],
    };
    let thousandths = (time.ns() + ns / 2_000) / (ns / 1_000);
    let (whole, part) = (thousandths / 1000, thousandths % 1000);
    match end.max(time).ns() / UNITS[0].1 {
        7_200.. => format!("{} h {:02} min {:02}.{part:03} s", whole / 3600, whole / 60 % 60, whole % 60),
        120.. => format!("{} min {:02}.{part:03} s", whole / 60, whole % 60),
        _ => format!("{whole}.{part:03} {unit}"),
    }
}

/// From when until when, and how long that is: “7.2 to 12.26 ms (5.06 ms)”.
pub(crate) fn stretch(from: Time, to: Time) -> String {
    let (mut begins, ends) = (format!("{from:.3}"), format!("{to:.3}"));
    // Of two numbers with one and the same unit the second has it alone.
    if let (Some((number, unit)), Some((_, same))) = (begins.split_once(' '), ends.split_once(' '))
        && unit == same
        && !unit.contains(' ')
    {
        begins = number.to_owned();
    }
    format!("{begins} to {ends} ({})", length(to.since(from)))
}

/// Simulated time per second of wall time with two digits: `1.3 ms per s`.
pub(crate) fn speed(ns_per_second: f64) -> String {
    let magnitude = 10f64.powf(ns_per_second.max(1.0).log10().floor() - 1.0);
    let ns = ((ns_per_second / magnitude).round() * magnitude).max(1.0);
    format!("{} per s", Dur::from_ns(ns as u64))
}

/// A part of a whole, as [`length`]; none if it is so short that it can only be the nanosecond by which what a person does
/// comes later.
pub(crate) fn part(part: Dur, whole: u64) -> String {
    length(if part.ns() < whole / 1_000_000 { Dur::ZERO } else { part })
}

/// A part of a whole in per cent; “–” of nothing.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    format!("{} %", (part as f64 / whole as f64 * 100.0).round() as u64)
}
