//! Time from left to right, below a chart.

use super::super::kit::{self, Kit, line, point};
use super::super::lanes::ticks;
use super::super::{Ink, Rect, TimeAxis};
use crate::time::{Dur, Time};

/// From the area to the middle of the labels below it, and to their lower edge.
const LABELS: f64 = 12.0;
const BELOW: f64 = 20.0;

/// An axis from `from` on, of this length, as wide as the area.
pub(super) fn across(area: Rect, from: Time, length: Dur) -> TimeAxis {
    let ns_per_px = (length.ns() as f64 / area.w).max(1e-3);
    TimeAxis { start_ns: from.ns() as f64, ns_per_px, left: area.x, width: area.w }
}

/// Draws the axis below an area, and what reaches up into it; says where it ends.
pub(super) fn draw(kit: &mut Kit, area: Rect, axis: &TimeAxis) -> f64 {
    for (x, text) in ticks(axis) {
        kit.line(point(x, area.y), point(x, area.bottom() + 4.0), line(Ink::Line, 1.0));
        let half = kit::SMALL.width(&text) / 2.0;
        // The last label may stand a little to the left of its tick.
        let at = x.min(area.right() + 2.0 - half);
        kit.text(point(at, area.bottom() + LABELS), 2.0 * half, kit::SMALL.middle(), text);
    }
    area.bottom() + BELOW
}

/// The ground line of an area, above what stands on it.
pub(super) fn ground(kit: &mut Kit, area: Rect) {
    kit.line(point(area.x, area.bottom()), point(area.right(), area.bottom()), line(Ink::Muted, 1.0));
}
