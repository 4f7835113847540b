//! A number of many runs against the parameter in which they differ: axes with units, a point per run, a line through them,
//! and Amdahl's line where that applies.

use super::kit::{self, Kit, dashed, line, point, solid, tint};
use super::{Ink, Point, Rect, Shape, Size};
use crate::number::Within;

/// The room around the area of the points: left (for numbers), right, above, below, in CSS pixels.
const ROOM: (f64, f64, f64, f64) = (76.0, 18.0, 52.0, 46.0);

/// The radius of a point, and of the one that is chosen.
const RADIUS: (f64, f64) = (4.5, 7.0);

/// What is drawn.
#[derive(Clone, Copy)]
pub struct Chart<'a> {
    /// How far to the right each point lies, ascending, in any unit; one at minus infinity, as the logarithm of nothing, lies
    /// before the others and is not joined to them.
    pub at: &'a [f64],
    /// What is below each point: “1”, “2”, “5 ms”.
    pub labels: &'a [String],
    /// The name of the parameter.
    pub across: &'a str,
    /// The number of each run; `None` where it has none, or none yet.
    pub values: &'a [Option<f64>],
    /// The name of the number.
    pub up: &'a str,
    /// A value as a person reads it, with its unit.
    pub text: &'a dyn Fn(f64) -> String,
    /// What the values cannot exceed, or are compared with: a dashed line, or nothing.
    pub bound: &'a [f64],
    /// What the dashed line of `bound` is called.
    pub bound_name: &'a str,
    /// The point that is chosen, and what stands beside it.
    pub chosen: Option<(usize, &'a str)>,
    /// The size of the picture in CSS pixels.
    pub size: Size,
}

/// The picture, and where each point lies that has a number.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// What is drawn.
    pub shapes: Vec<Shape>,
    /// By run.
    pub places: Vec<Option<Point>>,
    /// How far from the left each run lies, in CSS pixels.
    across: Vec<f64>,
}

impl Drawn {
    /// The run nearest to a pixel from the left, whether it has a number or not.
    #[must_use]
    pub fn nearest(&self, x: f64) -> Option<usize> {
        let far = |run: usize| (self.across[run] - x).abs();
        (0..self.across.len()).reduce(|best, run| if far(run) < far(best) { run } else { best })
    }
}

/// Draws a chart.
#[must_use]
pub fn sweep_chart(chart: &Chart<'_>) -> Drawn {
    let mut kit = Kit::default();
    let Size { w, h } = chart.size;
    let (left, right, top, bottom) = ROOM;
    let area = Rect::new(left, top, (w - left - right).max(1.0), (h - top - bottom).max(1.0));
    let highest = chart.values.iter().flatten().chain(chart.bound).fold(0.0f64, |most, v| most.max(*v));
    let ticks = ticks(highest);
    let most = ticks.last().copied().unwrap_or(1.0).max(f64::MIN_POSITIVE);
    let y = |value: f64| area.bottom() - area.h * value / most;
    for tick in &ticks {
        kit.line(point(area.x, y(*tick)), point(area.right(), y(*tick)), line(Ink::Line, 1.0));
        kit.text(point(area.x - 8.0, y(*tick)), left - 12.0, kit::SMALL.end(), (chart.text)(*tick));
    }
    kit.text(point(8.0, 14.0), area.right() - 8.0, kit::NOTE.bold().ink(Ink::Text), chart.up);
    kit.line(point(area.x, area.bottom()), point(area.right(), area.bottom()), line(Ink::Muted, 1.5));
    let across = across(chart.at, area);
    let x = |i: usize| across[i];
    labels(&mut kit, chart.labels, &across, area.bottom());
    kit.text(point(area.center().x, h - 10.0), area.w, kit::NOTE.bold().ink(Ink::Text).middle(), chart.across);
    bound(&mut kit, chart, x, y);
    let places: Vec<Option<Point>> =
        chart.values.iter().enumerate().map(|(i, value)| value.map(|v| point(x(i), y(v)))).collect();
    for (pair, at) in places.windows(2).zip(chart.at) {
        if let ([Some(a), Some(b)], true) = (pair, at.is_finite()) {
            kit.line(*a, *b, line(Ink::Accent, 2.0));
        }
    }
    for (i, place) in places.iter().enumerate() {
        let Some(at) = *place else { continue };
        if chart.chosen.is_some_and(|(chosen, _)| chosen == i) {
            kit.line(point(at.x, area.y), point(at.x, area.bottom()), dashed(Ink::Muted, 1.2));
            kit.circle(at, RADIUS.1, Some(solid(Ink::Panel)), Some(line(Ink::Accent, 2.5)));
        }
        kit.circle(at, RADIUS.0, Some(solid(Ink::Accent)), None);
    }
    chosen(&mut kit, chart, &places, area);
    Drawn { shapes: kit.finish(h, 0, 0).shapes, places, across }
}

/// Where the points lie between the sides of the area, in CSS pixels.
fn across(at: &[f64], area: Rect) -> Vec<f64> {
    let finite = |at: &&f64| at.is_finite();
    let (first, last) = (at.iter().find(finite).unwrap_or(&0.0), at.last().filter(finite).unwrap_or(&0.0));
    let side = area.w / at.len().max(1) as f64 / 2.0;
    let apart = at.iter().any(|at| !at.is_finite());
    let from = area.x + side * if apart { 3.0 } else { 1.0 };
    let scale = (area.right() - side - from).max(0.0) / (last - first).max(f64::MIN_POSITIVE);
    at.iter().map(|at| if at.is_finite() { from + scale * (at - first) } else { area.x + side }).collect()
}

/// What stands below the points: as many as there is room for.
fn labels(kit: &mut Kit, labels: &[String], across: &[f64], bottom: f64) {
    let room = labels.iter().map(|label| kit::SMALL.width(label)).fold(0.0, f64::max) + 10.0;
    let mut free = f64::MIN;
    for (label, x) in labels.iter().zip(across) {
        let fits = *x >= free;
        kit.line(point(*x, bottom), point(*x, bottom + if fits { 5.0 } else { 3.0 }), line(Ink::Muted, 1.2));
        if fits {
            kit.text(point(*x, bottom + 14.0), room, kit::SMALL.middle(), label.as_str());
            free = x + room - 0.01;
        }
    }
}

/// The dashed line with its name at its end.
fn bound(kit: &mut Kit, chart: &Chart<'_>, x: impl Fn(usize) -> f64, y: impl Fn(f64) -> f64) {
    let places: Vec<Point> = chart.bound.iter().enumerate().map(|(i, v)| point(x(i), y(*v))).collect();
    for pair in places.windows(2) {
        kit.line(pair[0], pair[1], dashed(Ink::Muted, 1.6));
    }
    if let Some(end) = places.last() {
        let w = kit::SMALL.width(chart.bound_name);
        let under = Rect::new(end.x - w - 4.0, end.y - 22.0, w + 8.0, 17.0);
        kit.fill(under, 4.0, tint(Ink::Panel, 0.85));
        kit.text(point(end.x, under.center().y), w, kit::SMALL.end(), chart.bound_name);
    }
}

/// What the chosen point is, beside it.
fn chosen(kit: &mut Kit, chart: &Chart<'_>, places: &[Option<Point>], area: Rect) {
    let Some((i, text)) = chart.chosen else { return };
    let Some(Some(at)) = places.get(i) else { return };
    let w = kit::SMALL.bold().width(text) + 14.0;
    let x = (at.x - w / 2.0).within(0.0, area.right() - w);
    let pill = Rect::new(x, (at.y - 34.0).max(26.0), w, 20.0);
    kit.fill(pill, 5.0, solid(Ink::Text));
    kit.text(pill.center(), w, kit::SMALL.bold().middle().ink(Ink::Panel), text);
}

/// From 0 in steps of 1, 2 or 5 times a power of ten to the first that is not below: five or so.
fn ticks(highest: f64) -> Vec<f64> {
    if highest <= 0.0 {
        return vec![0.0];
    }
    let mut step = 1.0;
    // A step is 2, 2.5 or 2 times the one before, in turns.
    for factor in [2.0, 2.5, 2.0].into_iter().cycle() {
        if highest / step <= 5.0 {
            break;
        }
        step *= factor;
    }
    let count = (highest / step).ceil() as usize;
    (0..=count).map(|i| i as f64 * step).collect()
}
