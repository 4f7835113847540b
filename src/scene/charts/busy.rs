//! How many cores were busy, over time.

use super::super::kit::{self, Kit, dashed, line, point, solid};
use super::super::shape::{Fill, Pattern};
use super::super::{Ink, Rect, Scene};
use super::{COUNTED, PAD, area, axis, finished, head};
use crate::engine::Run;
use crate::metrics;
use crate::time::{Dur, Time};

/// The height of the area in CSS pixels.
const HEIGHT: f64 = 96.0;

/// Draws how many cores computed, and above that how many switched, from one instant to another; the run must be computed that
/// far or have ended.
#[must_use]
pub fn busy(run: &Run, from: Time, until: Time, width: f64, title: Option<&str>) -> Scene {
    let mut kit = Kit::default();
    let cores = run.plan().cores;
    let top = PAD + 6.0 + head(&mut kit, title, width);
    let area = area(&cores.to_string(), width, top, HEIGHT);
    let span = until.since(from);
    let across = axis::across(area, from, span);
    let bottom = axis::draw(&mut kit, area, &across);
    let columns = metrics::busy(run, from, until, area.w as usize);
    let high = |part: u128, whole: u64| HEIGHT * part as f64 / (whole.max(1) as f64 * f64::from(cores));
    let length = |i: usize| columns[i].length.ns();
    let computed: Vec<f64> = columns.iter().enumerate().map(|(i, c)| high(c.computed.ns().into(), length(i))).collect();
    let both = |i: usize| high(u128::from(columns[i].computed.ns()) + u128::from(columns[i].switched.ns()), length(i));
    if columns.iter().any(|c| !c.switched.is_zero()) {
        let all: Vec<f64> = (0..columns.len()).map(both).collect();
        let checks = Fill { pattern: Pattern::Checks, ..solid(Ink::Muted) };
        steps(&mut kit, area, &all, checks);
        // What lies under a pale area would shine through.
        steps(&mut kit, area, &computed, solid(Ink::Panel));
    }
    steps(&mut kit, area, &computed, COUNTED);
    axis::ground(&mut kit, area);
    kit.line(point(area.x, area.y), point(area.right(), area.y), line(Ink::Line, 1.0));
    kit.text(point(area.x - 6.0, area.y), area.x, kit::SMALL.end(), cores.to_string());
    kit.text(point(area.x - 6.0, area.bottom() - 4.0), area.x, kit::SMALL.end(), "0");
    let total: u128 = columns.iter().map(|c| u128::from(c.computed.ns())).sum();
    if span > Dur::ZERO {
        let y = area.bottom() - high(total, span.ns());
        kit.line(point(area.x, y), point(area.right(), y), dashed(Ink::Text, 1.2));
    }
    finished(kit, bottom)
}

/// An area below as many steps as there are heights.
fn steps(kit: &mut Kit, area: Rect, heights: &[f64], fill: Fill) {
    let wide = area.w / heights.len().max(1) as f64;
    let mut points = vec![(area.x, area.bottom())];
    let mut last = 0.0;
    for (i, height) in heights.iter().enumerate() {
        if *height != last {
            let x = area.x + wide * i as f64;
            points.extend([(x, area.bottom() - last), (x, area.bottom() - height)]);
            last = *height;
        }
    }
    points.extend([(area.right(), area.bottom() - last), (area.right(), area.bottom())]);
    kit.polygon(&points, Some(fill), None);
}
