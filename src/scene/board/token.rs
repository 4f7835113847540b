//! The GIL's token: a gold disc with a key.

use super::super::kit::{self, Kit, line, point, solid};
use super::super::{Ink, Point, Rect, Thing};
use crate::ids::{GilIx, ThreadIx};

/// Radius of the token on a card.
pub(super) const RADIUS: f64 = 10.5;

/// Draws a GIL's token, which rides on a thread's card, and says where it is.
pub(super) fn draw(kit: &mut Kit, gil: GilIx, center: Point, radius: f64, rides: Option<ThreadIx>) -> Rect {
    let from = kit.mark();
    kit.circle(center, radius, Some(solid(Ink::Gil)), Some(line(Ink::OnGil, 1.2)));
    let s = radius / 10.5;
    let stroke = line(Ink::OnGil, 1.7 * s);
    let at = |x: f64, y: f64| point(center.x + x * s, center.y + y * s);
    kit.circle(at(-2.8, -1.8), 2.7 * s, None, Some(stroke));
    kit.line(at(-0.8, 0.1), at(5.0, 4.6), stroke);
    kit.line(at(2.6, 2.8), at(1.3, 4.4), stroke);
    kit.line(at(4.6, 4.3), at(3.3, 5.9), stroke);
    let rect = Rect::new(center.x - radius, center.y - radius, 2.0 * radius, 2.0 * radius);
    kit.mover(Thing::Token(gil), rect, from, rides);
    rect
}

/// Draws the place of a token that is elsewhere.
pub(super) fn away(kit: &mut Kit, center: Point, radius: f64) {
    kit.circle(center, radius, Some(kit::tint(Ink::Gil, 0.12)), Some(kit::dashed(Ink::Gil, 1.6)));
}
