//! The small pictures of the page, as SVG that a style sheet colours.

use std::fmt::Write;

use crate::errors::Error;
use crate::timeline::{Timeline, units};

/// Height of a lane.
const LANE: u32 = 10;
/// Jobs that have a colour of their own; the next ones share them.
pub(crate) const COLOURS: usize = 8;

/// By core, who was on it. Where the two are not the same everywhere, two lanes: who was expected, and who was.
pub(crate) fn gantt(expected: &Timeline, simulated: &Timeline) -> String {
    let end = expected.end().max(simulated.end());
    if end == 0 {
        return String::new();
    }
    let same = expected == simulated;
    let (lanes, label) = if same { (1, "the same in both") } else { (2, "expected above, simulated below") };
    let cores = expected.0.len().max(simulated.0.len()) as u32;
    let (pitch, end) = (lanes * LANE + 4, number(units(end)));
    let height = cores * pitch - 4;
    // The picture is as wide as there is room, so a unit of time is as wide as that makes it.
    let mut svg = format!(
        "<svg viewBox=\"0 0 {end} {height}\" height=\"{height}\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-label=\"who is on each core: {label}\">"
    );
    let mut paths = vec![String::new(); COLOURS];
    for (timeline, lane) in [(expected, 0), (simulated, 1)].into_iter().take(lanes as usize) {
        for (core, stretches) in (0u32..).zip(&timeline.0) {
            let y = core * pitch + lane * LANE + LANE / 2;
            for s in stretches {
                let _ = write!(paths[s.job % COLOURS], "M{} {y}H{}", number(units(s.start)), number(units(s.end)));
            }
        }
    }
    for (job, path) in paths.iter().enumerate().filter(|(_, path)| !path.is_empty()) {
        let _ = write!(svg, "<path class=\"job{job}\" d=\"{path}\"/>");
    }
    let _ = writeln!(svg, "</svg><p class=\"axis\"><span>0</span><span>{end}</span></p>");
    svg
}

fn number(x: f64) -> String {
    let text = format!("{x:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Where an error lies in a picture of a width, whose band of what is allowed leaves a tenth to either side.
fn place(error: Error, width: f64) -> String {
    number((width * (0.5 + 0.4 * error.0)).clamp(3.0, width - 3.0))
}

/// Where a figure lies in what is allowed, and how much of that it uses.
pub(crate) fn dot(error: Error) -> String {
    let percent = error.size() * 100.0;
    let words = if percent.is_finite() { format!("{percent:.0} %") } else { "beyond".to_owned() };
    format!("<svg class=\"band\" viewBox=\"0 0 120 14\"><path d=\"M{} 7h.01\"/></svg> {words}", place(error, 120.0))
}

/// Where all figures of a file lie in what is allowed.
pub(crate) fn strip(errors: impl Iterator<Item = Error>) -> String {
    let mut path = String::new();
    let mut largest: f64 = 0.0;
    for (i, error) in errors.enumerate() {
        // At different heights, so that figures that are off alike are seen.
        let _ = write!(path, "M{} {}h.01", place(error, 240.0), 4 + i * 7 % 17);
        largest = largest.max(error.size());
    }
    let label = format!("the largest error is {:.0} % of what is allowed", largest * 100.0);
    format!(
        "<svg class=\"band strip\" viewBox=\"0 0 240 24\" role=\"img\" aria-label=\"{label}\"><path d=\"{path}\"/></svg>"
    )
}
