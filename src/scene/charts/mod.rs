//! Small charts of a run's figures, from the same display list as the picture: so the page paints them, and they are saved as
//! SVG. Each is a [`Scene`] that is as wide as asked and as high as it needs, with a title if it stands alone.

mod axis;
mod busy;
mod lives;
mod wakes;

pub use busy::busy;
pub use lives::lives;
pub use wakes::wakes;

use super::kit::{self, Kit, point};
use super::shape::Fill;
use super::{Ink, Rect, Scene};

/// What each chart is called, with the unit of what it counts; axes of time have theirs.
pub const BUSY: &str = "Cores in use over time (number; dashed: mean)";
/// Likewise.
pub const LIVES: &str = "Time of each thread by state";
/// Likewise.
pub const WAKES: &str = "Starts and wake-ups (number) by time until running";

/// The room above and below a chart, in CSS pixels.
const PAD: f64 = 8.0;

/// The height of a title, in CSS pixels.
const TITLE: f64 = 24.0;

/// What is counted, not whose it is: the colour of bars and areas.
const COUNTED: Fill = kit::tint(Ink::Muted, 0.55);

/// The chart's title, if it carries one: so much lower begins what is below.
fn head(kit: &mut Kit, title: Option<&str>, width: f64) -> f64 {
    let Some(title) = title else { return 0.0 };
    kit.text(point(0.0, PAD + TITLE / 2.0), width, kit::NOTE.bold().ink(Ink::Text), title);
    TITLE
}

/// The chart as a scene that ends below `bottom`.
fn finished(kit: Kit, bottom: f64) -> Scene {
    kit.finish(bottom + PAD, 0, 0)
}

/// The area of a chart with numbers on its left side, the widest of which is `number`.
fn area(number: &str, width: f64, top: f64, height: f64) -> Rect {
    let left = kit::SMALL.width(number) + 8.0;
    Rect::new(left, top, (width - left - 2.0).max(1.0), height)
}
