//! Failed attempts: a thread was woken for the GIL, but another one had taken it meanwhile.

use super::super::draw::View;
use super::super::kit::{Kit, line, point, tint};
use super::super::shape::Stroke;
use super::super::{Ink, Point, Rect, Subject};
use crate::engine::lanes::Lane;
use crate::engine::segments::Request;

/// Half the size of the cross, and how far two of them are apart at least.
const HALF: f64 = 3.6;
const APART: f64 = 9.0;

/// With more of them than this in view of all lanes together nobody could tell anything by them, and there are none.
const MOST: usize = 600;

/// The cross that stands for it.
pub(in super::super) fn in_vain(kit: &mut Kit, at: Point, alpha: f32) {
    // Light around it, so that it is seen on bars.
    kit.circle(at, HALF + 1.5, Some(tint(Ink::Panel, 0.85)), None);
    // There and back over its middle: one line is half the work of two.
    let corner = |dx: f64, dy: f64| point(at.x + dx * HALF, at.y + dy * HALF);
    let points = [corner(-1.0, -1.0), corner(1.0, 1.0), at, corner(-1.0, 1.0), corner(1.0, -1.0)];
    kit.polyline(&points, Stroke { alpha, ..line(Ink::Alert, 2.0) });
}

/// Marks all of them in view at a height; where they are dense, as many as can be told apart, and none on
/// a thread's own lane that is full of them.
pub(super) fn marks(kit: &mut Kit, view: &View<'_>, failed: Lane<'_, Request>, y: f64, is_own: bool) {
    let axis = &view.shown;
    let after = failed.partition_point(|f| f.time <= axis.to());
    let mut i = failed.partition_point(|f| f.time < axis.from());
    let many = after.saturating_sub(i);
    if is_own && many as f64 * APART > axis.width || many * view.layout.lanes.rows.len() > MOST {
        return;
    }
    while let Some(one) = failed.get(i).filter(|_| i < after) {
        let x = axis.x(one.time);
        in_vain(kit, point(x, y), if one.time > view.now { 0.55 } else { 1.0 });
        kit.region(Rect::new(x - 5.0, y - 5.0, 10.0, 10.0), Subject::Record(one.record));
        let next = axis.time(x + APART).max(one.time);
        i = failed.partition_point(|f| f.time <= next).max(i + 1);
    }
}
