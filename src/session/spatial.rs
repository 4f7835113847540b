//! From thing to thing of the picture with the arrow keys.

use crate::order::sorted;
use crate::scene::{OpAt, Point, Rect, Subject};

use super::keys::Direction;

/// How much farther a thing is that lies aside by a pixel than one that lies ahead by a pixel.
const ASIDE: f64 = 2.5;

/// What lies aside by more than this part of what it lies ahead by is not what an arrow points at.
const AHEAD: f64 = 0.6;

/// The thing to go to from one of several in reading order; `None` if there is none on that side. The blocks of a program are
/// reached from the lane of their thread, below it: in there, one goes from a block to its edge and on to the next, and up to
/// the lane again.
#[must_use]
pub fn go(things: &[(Subject, Rect)], from: usize, to: Direction) -> Option<usize> {
    let here = things.get(from)?.0;
    let strip = |thread| {
        let of = |i: &usize| op_of(things[*i].0).is_some_and(|(op, _)| op.thread == thread);
        sorted((0..things.len()).filter(of), |i| op_of(things[*i].0).map(|(op, edge)| (op.op, edge)))
    };
    let lane_of = |thread| things.iter().position(|(s, _)| *s == Subject::ThreadLane(thread));
    let rest: Vec<usize> = (0..things.len()).filter(|i| op_of(things[*i].0).is_none()).collect();
    let start = match (op_of(here), to) {
        (Some((op, _)), Direction::Up) => return lane_of(op.thread),
        (Some((op, _)), Direction::Left | Direction::Right) => {
            let strip = strip(op.thread);
            let at = strip.iter().position(|i| *i == from)?;
            let next = if to == Direction::Left { at.checked_sub(1)? } else { at + 1 };
            return strip.get(next).copied();
        }
        (Some((op, _)), _) => lane_of(op.thread)?,
        (None, _) => from,
    };
    if let (Subject::ThreadLane(thread), Direction::Down) = (here, to)
        && let Some(first) = strip(thread).first()
    {
        return Some(*first);
    }
    let places: Vec<Rect> = rest.iter().map(|i| things[*i].1).collect();
    rest.get(next(&places, rest.iter().position(|i| *i == start)?, to)?).copied()
}

/// Where to go when a thing is gone: from an edge to its block, from there to the lane.
pub fn near(gone: Subject) -> impl Iterator<Item = Subject> {
    let op = op_of(gone).map(|(op, _)| op);
    op.into_iter().flat_map(|op| [Subject::Op(op), Subject::ThreadLane(op.thread), Subject::Thread(op.thread)])
}

/// The op whose block or edge this is, and whether it is the edge.
const fn op_of(subject: Subject) -> Option<(OpAt, bool)> {
    match subject {
        Subject::Op(op) => Some((op, false)),
        Subject::OpEdge(op) => Some((op, true)),
        _ => None,
    }
}

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
