//! A range of time and two markers, with how long it is between.

use super::super::draw::View;
use super::super::kit::{self, Kit, dashed, line, point, solid, tint};
use super::super::{Ink, Rect};
use super::ruler::LABELS;
use crate::number::Within;
use crate::time::Time;

/// The band of the range, below what the lanes show.
pub(super) fn band(kit: &mut Kit, view: &View<'_>) {
    let Some((from, to)) = view.picture.reading.range else { return };
    let (axis, time) = (view.picture.axis, view.layout.lanes.time);
    let [x0, x1] = [from, to].map(|t| axis.x(t).within(time.x, time.right()));
    kit.fill(Rect { x: x0, w: x1 - x0, ..time }, 0.0, tint(Ink::Accent, 0.09));
    for end in [from, to].into_iter().filter(|t| axis.shows(*t)) {
        let x = axis.x(end);
        kit.line(point(x, time.y), point(x, time.bottom()), line(Ink::Accent, 1.2));
    }
}

/// The plates on the ruler: the letters of markers, and lengths, each with its text.
fn plates(view: &View<'_>) -> Vec<(Rect, String)> {
    let (reading, axis, ruler) = (view.picture.reading, view.picture.axis, view.layout.lanes.ruler);
    let y = ruler.y + 0.5 * LABELS;
    let mut plates = Vec::new();
    for (at, letter) in reading.markers.into_iter().flatten().zip(["A", "B"]).filter(|(at, _)| axis.shows(*at)) {
        plates.push((Rect::new(axis.x(at) - 8.0, y - 8.0, 16.0, 16.0), letter.to_owned()));
    }
    if let [Some(a), Some(b)] = reading.markers {
        let (from, to) = (a.min(b), a.max(b));
        plates.push(length(view, (from, to), y, format!("Δ {}", to.since(from))));
    }
    if let Some((from, to)) = reading.range {
        // Where markers have their letters, the range's length stands below.
        let y = if plates.is_empty() { y } else { y + LABELS };
        plates.push(length(view, (from, to), y, to.since(from).to_string()));
    }
    plates
}

/// How long a stretch is, in the middle of what is seen of it; beside it if it is too narrow.
fn length(view: &View<'_>, (from, to): (Time, Time), y: f64, text: String) -> (Rect, String) {
    let (axis, time) = (view.picture.axis, view.layout.lanes.time);
    let [x0, x1] = [from, to].map(|t| axis.x(t).within(time.x, time.right()));
    let w = kit::SMALL.bold().width(&text) + 12.0;
    let x = if x1 - x0 - 20.0 >= w { 0.5 * (x0 + x1 - w) } else { x1 + 10.0 };
    let x = if x + w > time.right() + 8.0 { x0 - 10.0 - w } else { x };
    (Rect::new(x, y - 8.0, w, 16.0), text)
}

/// Whether a text of the ruler would stand behind a plate.
pub(super) fn covers(view: &View<'_>, text: Rect) -> bool {
    let hides = |r: &Rect| r.x < text.right() && text.x < r.right() && r.y < text.bottom() && text.y < r.bottom();
    plates(view).iter().any(|(r, _)| hides(r))
}

/// Markers and lengths, on top.
pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    let (axis, place) = (view.picture.axis, &view.layout.lanes);
    for at in view.picture.reading.markers.into_iter().flatten().filter(|at| axis.shows(*at)) {
        let x = axis.x(at);
        kit.line(point(x, place.ruler.y), point(x, place.time.bottom()), dashed(Ink::Accent, 1.4));
    }
    for (rect, text) in plates(view) {
        kit.rect(rect, 4.0, Some(solid(Ink::Panel)), Some(line(Ink::Accent, 1.0)));
        kit.text(rect.center(), rect.w, kit::SMALL.bold().middle().ink(Ink::Accent), text);
    }
}
