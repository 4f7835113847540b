//! A range of time and two markers, with how long it is between.

use super::super::draw::View;
use super::super::kit::{self, Kit, dashed, line, point, solid, tint};
use super::super::{Ink, Rect};
use super::ruler::LABELS;
use crate::number::Within;
use crate::time::Time;

/// Between two plates on the ruler, in CSS pixels.
const APART: f64 = 4.0;

/// The band of the range, below what the lanes show.
pub(super) fn band(kit: &mut Kit, view: &View<'_>) {
    let Some((from, to)) = view.picture.reading.range else { return };
    let (axis, time) = (view.picture.axis, below_labels(view));
    let [x0, x1] = [from, to].map(|t| axis.x(t).within(time.x, time.right()));
    kit.fill(Rect { x: x0, w: x1 - x0, ..time }, 0.0, tint(Ink::Accent, 0.09));
    for end in [from, to].into_iter().filter(|t| axis.shows(*t)) {
        let x = axis.x(end);
        kit.line(point(x, time.y), point(x, time.bottom()), line(Ink::Accent, 1.2));
    }
}

/// The lanes and the part of the ruler in which no line strikes a label.
fn below_labels(view: &View<'_>) -> Rect {
    let time = view.layout.lanes.time;
    Rect { y: time.y + LABELS, h: time.h - LABELS, ..time }
}

/// The plates on the ruler, in line with its labels: the letters of markers, and lengths, each with its text. None touches
/// another.
pub(super) fn plates(view: &View<'_>) -> Vec<(Rect, String)> {
    let (reading, axis) = (view.picture.reading, view.picture.axis);
    let mut plates = Vec::new();
    for (at, letter) in reading.markers.into_iter().flatten().zip(["A", "B"]).filter(|(at, _)| axis.shows(*at)) {
        place(view, &mut plates, (16.0, &[axis.x(at) - 8.0]), letter.to_owned());
    }
    if let [Some(a), Some(b)] = reading.markers {
        let (from, to) = (a.min(b), a.max(b));
        length(view, &mut plates, (from, to), format!("Δ {}", to.since(from)));
    }
    if let Some((from, to)) = reading.range {
        length(view, &mut plates, (from, to), to.since(from).to_string());
    }
    plates
}

/// How long a stretch is, in the middle of what is seen of it; beside it if it is too narrow.
fn length(view: &View<'_>, plates: &mut Vec<(Rect, String)>, (from, to): (Time, Time), text: String) {
    let (axis, time) = (view.picture.axis, view.layout.lanes.time);
    let [x0, x1] = [from, to].map(|t| axis.x(t).within(time.x, time.right()));
    let w = kit::SMALL.bold().width(&text) + 12.0;
    let inside = x1 - x0 - 20.0 >= w;
    let [middle, after, before] = [0.5 * (x0 + x1 - w), x1 + 10.0, x0 - 10.0 - w];
    place(view, plates, (w, &[if inside { middle } else { after }, after, before]), text);
}

/// Puts a plate of a width to the first of some left ends where it is free, else beside another one; where there is no room
/// for it at all, nowhere.
fn place(view: &View<'_>, plates: &mut Vec<(Rect, String)>, (w, lefts): (f64, &[f64]), text: String) {
    let ruler = view.layout.lanes.ruler;
    let others = plates.iter().flat_map(|(r, _)| [r.right() + APART, r.x - APART - w]);
    let mut rects = lefts.iter().copied().chain(others).map(|x| Rect::new(x, ruler.y + 0.5 * LABELS - 8.0, w, 16.0));
    let inside = |r: &Rect| r.x >= ruler.x - 8.1 && r.right() <= ruler.right() + 8.1;
    if let Some(rect) = rects.find(|r| inside(r) && !covers(plates, *r)) {
        plates.push((rect, text));
    }
}

/// Whether something in the line of the plates would touch one.
pub(super) fn covers(plates: &[(Rect, String)], other: Rect) -> bool {
    let near = 0.75 * APART;
    plates.iter().any(|(r, _)| r.x - near < other.right() && other.x < r.right() + near)
}

/// Where lines of markers and of the range go through the lower part of the ruler, which has the words of flags.
pub(super) fn lines(view: &View<'_>) -> impl Iterator<Item = f64> {
    let reading = view.picture.reading;
    let ends = reading.range.into_iter().flat_map(|(from, to)| [from, to]);
    reading.markers.into_iter().flatten().chain(ends).map(|t| view.picture.axis.x(t))
}

/// Markers and lengths, on top.
pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    let (axis, time) = (view.picture.axis, below_labels(view));
    for at in view.picture.reading.markers.into_iter().flatten().filter(|at| axis.shows(*at)) {
        let x = axis.x(at);
        kit.line(point(x, time.y), point(x, time.bottom()), dashed(Ink::Accent, 1.4));
    }
    for (rect, text) in plates(view) {
        kit.rect(rect, 4.0, Some(solid(Ink::Panel)), Some(line(Ink::Accent, 1.0)));
        kit.text(rect.center(), rect.w, kit::SMALL.bold().middle().ink(Ink::Accent), text);
    }
}
