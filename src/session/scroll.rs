//! Scrolling while something is dragged to an edge.

use crate::number::Within;

/// Within how many CSS pixels of an edge what is dragged scrolls.
const MARGIN: f64 = 48.0;

/// The most that is scrolled in a second, at the edge itself and beyond, in CSS pixels.
const FASTEST: f64 = 900.0;

/// How fast to scroll while something is dragged at `at` in an area from `low` to `high`, in CSS pixels per second; negative
/// towards `low`. The nearer the edge, the faster.
#[must_use]
pub fn speed(at: f64, low: f64, high: f64) -> f64 {
    // In a low area its middle belongs to no edge.
    let margin = MARGIN.min((high - low) / 4.0).max(1.0);
    let part = |inside: f64| ((margin - inside) / margin).within(0.0, 1.0);
    FASTEST * (part(high - at) - part(at - low))
}
