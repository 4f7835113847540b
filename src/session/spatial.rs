//! From thing to thing of the picture with the arrow keys.

use crate::scene::{Point, Rect};

use super::keys::Direction;

/// How much farther a thing is that lies aside by a pixel than one that lies ahead by a pixel.
const ASIDE: f64 = 2.5;

/// What lies aside by more than this part of what it lies ahead by is not what an arrow points at.
const AHEAD: f64 = 0.6;

/// The place to go to from one of several in reading order; `None` if there is none on that side.
#[must_use]
pub fn next(places: &[Rect], from: usize, to: Direction) -> Option<usize> {
    let (dx, dy) = match to {
        Direction::First => return (!places.is_empty()).then_some(0),
        Direction::Last => return places.len().checked_sub(1),
        Direction::Left => (-1.0, 0.0),
        Direction::Right => (1.0, 0.0),
        Direction::Up => (0.0, -1.0),
        Direction::Down => (0.0, 1.0),
    };
    let here = eye(places.get(from)?);
    // Rather one that lies ahead; else any on that side.
    nearest(places, from, here, (dx, dy), AHEAD).or_else(|| nearest(places, from, here, (dx, dy), 0.0))
}

fn nearest(places: &[Rect], from: usize, here: Point, (dx, dy): (f64, f64), cone: f64) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    for (i, place) in places.iter().enumerate() {
        let there = eye(place);
        let (x, y) = (there.x - here.x, there.y - here.y);
        let (ahead, aside) = (x * dx + y * dy, (x * dy).abs() + (y * dx).abs());
        let far = ahead + ASIDE * aside;
        // Of two at one place the other is reached by the keys along the way.
        if i != from && ahead > 1.0 && ahead >= cone * aside && best.is_none_or(|(least, _)| far < least) {
            best = Some((far, i));
        }
    }
    best.map(|(_, i)| i)
}

/// Where one looks for a thing: at the beginning of its first line. So what a panel holds lies beside and below the panel.
fn eye(place: &Rect) -> Point {
    Point { x: place.x + place.w.min(60.0) / 2.0, y: place.y + place.h.min(36.0) / 2.0 }
}
