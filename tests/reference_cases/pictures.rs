//! The small pictures of the page, as SVG that a style sheet colours.

use std::fmt::Write;

use crate::timeline::Timeline;
use crate::verdict::Figures;

/// Width of a picture of cores.
const WIDTH: f64 = 640.0;
/// Height of a lane in it.
const LANE: f64 = 9.0;
/// Jobs that have a colour of their own; the next ones share them.
const COLOURS: usize = 8;

/// By core, two lanes: who was expected on it, and who was.
pub(crate) fn gantt(expected: &Timeline, simulated: &Timeline) -> String {
    let end = expected.end().max(simulated.end());
    if end == 0 {
        return String::new();
    }
    let cores = expected.0.len().max(simulated.0.len());
    let height = cores as f64 * (2.0 * LANE + 6.0);
    let mut svg = format!(
        "<svg class=\"gantt\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"who is on each core\">"
    );
    let mut paths = vec![String::new(); COLOURS];
    for (timeline, lane) in [(expected, 0.0), (simulated, 1.0)] {
        for (core, stretches) in timeline.0.iter().enumerate() {
            let y = core as f64 * (2.0 * LANE + 6.0) + lane * (LANE + 1.0);
            for s in stretches {
                let x = |t: u64| t as f64 / end as f64 * WIDTH;
                let path = &mut paths[s.job % COLOURS];
                let _ = write!(path, "M{:.1} {y}h{:.1}v{LANE}H{:.1}z", x(s.start), x(s.end) - x(s.start), x(s.start));
            }
        }
    }
    for (job, path) in paths.iter().enumerate().filter(|(_, path)| !path.is_empty()) {
        let _ = write!(svg, "<path class=\"job{job}\" d=\"{path}\"/>");
    }
    svg.push_str("</svg>\n");
    svg
}

/// Where a figure lies in what is allowed.
pub(crate) fn range(figures: &Figures) -> String {
    let Figures { expected, simulated, range: (least, most) } = *figures;
    let margin = (most - least) / 2.0;
    if margin <= 0.0 || !simulated.is_finite() {
        return String::new();
    }
    // The allowed range is the middle half of the picture.
    let x = |value: f64| ((value - least + margin) / (4.0 * margin) * 120.0).clamp(0.0, 120.0);
    format!(
        "<svg class=\"range\" viewBox=\"0 0 120 14\" role=\"img\" aria-label=\"{simulated:.4}, allowed {least:.4} to {most:.4}\">\
         <rect x=\"30\" y=\"3\" width=\"60\" height=\"8\"/><path d=\"M{:.1} 0v14\"/><circle cx=\"{:.1}\" cy=\"7\" r=\"3\"/></svg>",
        x(expected),
        x(simulated)
    )
}
