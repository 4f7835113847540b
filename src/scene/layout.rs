//! Where the large parts of the picture lie.

use super::{Rect, Size};
use crate::engine::Plan;

/// The area in which the lanes' time runs from left to right, without labels; the time axis takes its edges from here.
#[must_use]
pub fn lanes_area(_plan: &Plan, size: Size) -> Rect {
    Rect::new(120.0, size.h / 2.0, (size.w - 140.0).max(40.0), size.h / 2.0)
}
