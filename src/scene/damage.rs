//! Which parts of a picture are different from the one before, so that the rest need not be painted again.
//!
//! The picture is divided into square tiles. Each has a number that is mixed from all shapes that reach into it, in the order
//! in which they are painted; where the number is another one than before, the tile is to be painted anew. So it does not
//! matter how many shapes came or went in between. Rows of such tiles that follow each other make a band, a plain
//! rectangle, as clipping to anything else would cost more than it spares.

use std::hash::{Hash, Hasher};

use super::shape::{Align, Fill, Stroke};
use super::{Flight, Point, Rect, Shape, TextStyle};
use crate::number::Within;
use crate::order::sorted;

/// Edge of a tile in device pixels.
const TILE: f64 = 64.0;

/// How far what smooths an edge reaches beyond a shape, in device pixels.
const BLUR: f64 = 1.0;

/// How much wider than estimated a text may be, where it is not held to its widest: other scripts have wider letters.
const WIDER: f64 = 1.5;

/// A shape on its way to the canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Its place among the shapes.
    pub shape: usize,
    /// By how much it is displaced, in CSS pixels.
    pub by: Point,
    /// What of the canvas it may change, in device pixels; `None` if it is a clip, or ends one.
    reach: Option<Rect>,
}

/// What was painted last, and what has to be painted now.
#[derive(Clone, Debug, Default)]
pub struct Damage {
    size: (u32, u32),
    tiles: Vec<u64>,
    steps: Vec<Step>,
}

impl Damage {
    /// Nothing on the canvas is as it was: all of it will be painted.
    pub fn forget(&mut self) {
        self.tiles.clear();
    }

    /// Takes in what is to be seen on a canvas of `size` device pixels, `density` of which are a CSS pixel. Returns the bands
    /// to paint, in device pixels: whole ones, from top to bottom, none of which touches another one.
    pub fn take_in(&mut self, shapes: &[Shape], flights: &[Flight], size: (u32, u32), density: f64) -> Vec<Rect> {
        self.steps = steps(shapes, flights, density);
        let columns = tiles_along(size.0);
        let mut now = vec![0; columns * tiles_along(size.1)];
        for step in &self.steps {
            if let Some(reach) = &step.reach {
                let number = number_of(&shapes[step.shape], step.by);
                for_tiles(reach, size, |tile| now[tile] = mixed(now[tile], number));
            }
        }
        let before = std::mem::replace(&mut self.tiles, now);
        let known = std::mem::replace(&mut self.size, size) == size && before.len() == self.tiles.len();
        let differs = |tile: usize| !known || before[tile] != self.tiles[tile];
        bands(columns, self.tiles.len().checked_div(columns).unwrap_or(0), size, differs)
    }

    /// What has to be painted, in order, for a band to be as it should.
    pub fn steps(&self, band: Rect) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(move |step| step.reach.is_none_or(|reach| overlap(&reach, &band)))
    }
}

/// All shapes in the order in which they are painted: what travels comes last.
fn steps(shapes: &[Shape], flights: &[Flight], density: f64) -> Vec<Step> {
    let mut order: Vec<(usize, Point)> = Vec::with_capacity(shapes.len());
    let mut from = 0;
    for flight in sorted(flights, |f| f.shapes.start) {
        order.extend((from..flight.shapes.start).map(|shape| (shape, Point::default())));
        from = flight.shapes.end;
    }
    order.extend((from..shapes.len()).map(|shape| (shape, Point::default())));
    for flight in flights {
        order.extend(flight.shapes.clone().map(|shape| (shape, flight.by)));
    }
    let mut clip = None;
    let step = |(shape, by): (usize, Point)| {
        let reach = match &shapes[shape] {
            Shape::Clip(rect) => {
                clip = Some(*rect);
                None
            }
            Shape::Unclip => {
                clip = None;
                None
            }
            of => {
                let Rect { x, y, w, h } = reach(of);
                let moved = Rect::new(x + by.x, y + by.y, w, h);
                let seen = clip.map_or(moved, |clip| common(&moved, &clip));
                let [x, y, w, h] = [seen.x, seen.y, seen.w, seen.h].map(|css| css * density);
                Some(Rect::new(x - BLUR, y - BLUR, w + 2.0 * BLUR, h + 2.0 * BLUR))
            }
        };
        Step { shape, by, reach }
    };
    order.into_iter().map(step).collect()
}

/// What a shape covers at most, in CSS pixels.
fn reach(shape: &Shape) -> Rect {
    let grown = |rect: &Rect, stroke: &Option<Stroke>| {
        let d = stroke.map_or(0.0, |s| s.width / 2.0);
        Rect::new(rect.x - d, rect.y - d, rect.w + 2.0 * d, rect.h + 2.0 * d)
    };
    match shape {
        Shape::Rect { rect, stroke, .. } => grown(rect, stroke),
        Shape::Line { from, to, stroke } => grown(&around(&[*from, *to]), &Some(*stroke)),
        Shape::Circle { center: Point { x, y }, radius: r, stroke, .. } => {
            grown(&Rect::new(x - r, y - r, 2.0 * r, 2.0 * r), stroke)
        }
        Shape::Path { points, stroke, .. } => grown(&around(points), stroke),
        Shape::Text { text, at, align, style, max_width, .. } => {
            let w = (style.width(text) * WIDER + style.size).min(*max_width) + 2.0;
            let x = match align {
                Align::Start => at.x - 1.0,
                Align::Middle => at.x - w / 2.0,
                Align::End => at.x - w + 1.0,
            };
            Rect::new(x, at.y - style.size, w, 2.0 * style.size)
        }
        Shape::Columns { rect, .. } => Rect { w: rect.w.ceil(), ..*rect },
        Shape::Clip(_) | Shape::Unclip => Rect::default(),
    }
}

/// The rectangle around points.
fn around(points: &[Point]) -> Rect {
    let ends = |of: fn(&Point) -> f64| {
        points.iter().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)))
    };
    let ((left, right), (top, bottom)) = (ends(|p| p.x), ends(|p| p.y));
    Rect::new(left, top, right - left, bottom - top)
}

fn common(a: &Rect, b: &Rect) -> Rect {
    let (x, y) = (a.x.max(b.x), a.y.max(b.y));
    Rect::new(x, y, (a.right().min(b.right()) - x).max(0.0), (a.bottom().min(b.bottom()) - y).max(0.0))
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}

const fn tiles_along(pixels: u32) -> usize {
    pixels.div_ceil(TILE as u32) as usize
}

/// Does something for each tile that a rectangle of device pixels reaches into.
fn for_tiles(reach: &Rect, size: (u32, u32), mut act: impl FnMut(usize)) {
    let range = |from: f64, to: f64, pixels: u32| {
        let n = tiles_along(pixels) as f64;
        ((from / TILE).floor().within(0.0, n) as usize, (to / TILE).ceil().within(0.0, n) as usize)
    };
    let ((left, right), (top, bottom)) =
        (range(reach.x, reach.right(), size.0), range(reach.y, reach.bottom(), size.1));
    for row in top..bottom {
        for column in left..right {
            act(row * tiles_along(size.0) + column);
        }
    }
}

/// Rows of tiles that differ, put together as long as they follow each other.
fn bands(columns: usize, rows: usize, size: (u32, u32), differs: impl Fn(usize) -> bool) -> Vec<Rect> {
    let edge = |tiles: usize, pixels: u32| (tiles as f64 * TILE).min(f64::from(pixels));
    let mut bands: Vec<Rect> = Vec::new();
    for row in 0..rows {
        let mut different = (0..columns).filter(|column| differs(row * columns + column));
        let Some(first) = different.next() else { continue };
        let last = different.next_back().unwrap_or(first);
        let (x, y) = (first as f64 * TILE, row as f64 * TILE);
        let (right, bottom) = (edge(last + 1, size.0), edge(row + 1, size.1));
        match bands.last_mut().filter(|above| above.bottom() >= y) {
            Some(above) => {
                let (left, right) = (above.x.min(x), above.right().max(right));
                *above = Rect::new(left, above.y, right - left, bottom - above.y);
            }
            None => bands.push(Rect::new(x, y, right - x, bottom - y)),
        }
    }
    bands
}

/// A shape as a number; shapes that look different have, as far as one can tell, different ones.
fn number_of(shape: &Shape, by: Point) -> u64 {
    let mut mix = Mix(0);
    mix.numbers(&[by.x, by.y]);
    match shape {
        Shape::Rect { rect, radius, fill, stroke } => {
            mix.numbers(&[1.0, rect.x, rect.y, rect.w, rect.h, *radius]);
            mix.paint(fill.as_ref(), stroke.as_ref());
        }
        Shape::Line { from, to, stroke } => {
            mix.numbers(&[2.0, from.x, from.y, to.x, to.y]);
            mix.paint(None, Some(stroke));
        }
        Shape::Circle { center, radius, fill, stroke } => {
            mix.numbers(&[3.0, center.x, center.y, *radius]);
            mix.paint(fill.as_ref(), stroke.as_ref());
        }
        Shape::Path { points, closed, fill, stroke } => {
            mix.numbers(&[4.0, f64::from(u8::from(*closed))]);
            points.iter().for_each(|p| mix.numbers(&[p.x, p.y]));
            mix.paint(fill.as_ref(), stroke.as_ref());
        }
        Shape::Text { text, at, align, style: TextStyle { size, bold, .. }, ink, max_width } => {
            mix.numbers(&[5.0, at.x, at.y, *size, *max_width]);
            (text, align, bold, ink).hash(&mut mix);
        }
        Shape::Columns { rect, columns } => {
            mix.numbers(&[6.0, rect.x, rect.y, rect.w, rect.h]);
            for column in columns {
                mix.write_u64(u64::from(column.x0.to_bits()) << 32 | u64::from(column.x1.to_bits()));
                mix.write_u64(u64::from(column.alpha.to_bits()) << 8 | column.height as u64);
                column.ink.hash(&mut mix);
            }
        }
        Shape::Clip(_) | Shape::Unclip => {}
    }
    mix.finish()
}

/// Mixes numbers into one. Not `std`'s own hasher, which would cost more than what it spares.
struct Mix(u64);

impl Mix {
    fn numbers(&mut self, numbers: &[f64]) {
        numbers.iter().for_each(|n| self.write_u64(n.to_bits()));
    }

    fn paint(&mut self, fill: Option<&Fill>, stroke: Option<&Stroke>) {
        if let Some(Fill { ink, alpha, pattern }) = fill {
            (ink, pattern).hash(self);
            self.write_u64(u64::from(alpha.to_bits()));
        }
        if let Some(Stroke { ink, width, alpha, dash }) = stroke {
            ink.hash(self);
            self.numbers(&[*width, f64::from(*alpha), *dash]);
        }
    }
}

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = mixed(self.0, n);
    }

    fn write_u16(&mut self, n: u16) {
        self.write_u64(u64::from(n));
    }

    fn write_isize(&mut self, n: isize) {
        self.write_u64(n as u64);
    }
}

/// A step of FNV-1a with whole words, turned so that the upper bits count too.
const fn mixed(hash: u64, n: u64) -> u64 {
    (hash.rotate_left(23) ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
