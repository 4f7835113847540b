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

/// Markers and lengths, on top.
pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    let reading = view.picture.reading;
    let marked = reading.markers[0].is_some();
    if let Some((from, to)) = reading.range {
        // Where markers have their letters, the range's length stands below.
        let y = view.layout.lanes.ruler.y + if marked { 1.5 } else { 0.5 } * LABELS;
        length(kit, view, (from, to), y, to.since(from).to_string());
    }
    let axis = view.picture.axis;
    let ruler = view.layout.lanes.ruler;
    let (y, bottom) = (ruler.y + 0.5 * LABELS, view.layout.lanes.time.bottom());
    let markers = reading.markers.into_iter().flatten().zip(["A", "B"]);
    for (at, letter) in markers.filter(|(at, _)| axis.shows(*at)) {
        let x = axis.x(at);
        kit.line(point(x, ruler.y), point(x, bottom), dashed(Ink::Accent, 1.4));
        plate(kit, Rect::new(x - 8.0, y - 8.0, 16.0, 16.0), letter.to_owned());
    }
    if let [Some(a), Some(b)] = reading.markers {
        let (from, to) = (a.min(b), a.max(b));
        length(kit, view, (from, to), y, format!("Δ {}", to.since(from)));
    }
}

/// How long a stretch is, in the middle of what is seen of it; beside it if it is too narrow.
fn length(kit: &mut Kit, view: &View<'_>, (from, to): (Time, Time), y: f64, text: String) {
    let (axis, time) = (view.picture.axis, view.layout.lanes.time);
    let [x0, x1] = [from, to].map(|t| axis.x(t).within(time.x, time.right()));
    let w = kit::SMALL.bold().width(&text) + 12.0;
    let room = x1 - x0 - 20.0;
    if room > 0.0 {
        kit.line(point(x0, y), point(x1, y), line(Ink::Accent, 1.2));
    }
    let x = if room >= w { 0.5 * (x0 + x1 - w) } else { x1 + 10.0 };
    let x = if x + w > time.right() + 8.0 { x0 - 10.0 - w } else { x };
    plate(kit, Rect::new(x, y - 8.0, w, 16.0), text);
}

fn plate(kit: &mut Kit, rect: Rect, text: String) {
    kit.rect(rect, 4.0, Some(solid(Ink::Panel)), Some(line(Ink::Accent, 1.0)));
    kit.text(rect.center(), rect.w, kit::SMALL.bold().middle().ink(Ink::Accent), text);
}
