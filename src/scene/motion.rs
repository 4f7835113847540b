//! Motion: cards and tokens travel to where the picture now has them, in wall time. It explains who went where, and changes
//! nothing about what is drawn once it is over.
//!
//! A scene names its [`Mover`]s: which of its shapes are a thread's card, which a GIL's token. [`Motion`] follows scene
//! after scene, remembers where each thing is displayed, and says by how much its shapes are displaced now.

use std::ops::Range;

use super::{Point, Rect, Scene};
use crate::ids::{GilIx, ThreadIx};
use crate::order::sorted;

/// How long a card travels, in milliseconds of wall time.
const CARD_MS: f64 = 220.0;
/// How long a token travels: it is what the eye should follow.
const TOKEN_MS: f64 = 260.0;
/// How high a token's arc is at most, in CSS pixels, and as a part of its way.
const ARC: (f64, f64) = (36.0, 0.22);
/// Where more records lie between two pictures, nobody could follow: things are at once where they belong.
const FAR: usize = 64;
/// After this many starts without an arrival between them a thing travels no more until it has had time to.
const HURRY: u8 = 3;

/// Something that travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// A thread's card.
    Card(ThreadIx),
    /// A GIL's token.
    Token(GilIx),
}

/// Where a thing is in a scene.
#[derive(Clone, Debug, PartialEq)]
pub struct Mover {
    /// What.
    pub thing: Thing,
    /// Where it belongs.
    pub rect: Rect,
    /// Its shapes among those of the scene; none if it has a place but is not drawn there.
    pub shapes: Range<usize>,
    /// Whose card a token lies on: it travels with that card.
    pub rides: Option<ThreadIx>,
}

/// What is displaced, by how much: for one painting.
#[derive(Clone, Debug, PartialEq)]
pub struct Flight {
    /// The shapes.
    pub shapes: Range<usize>,
    /// To the right and down, in CSS pixels.
    pub by: Point,
}

/// Where everything is displayed.
#[derive(Clone, Debug, Default)]
pub struct Motion {
    stage: u64,
    records: usize,
    /// Ascending by thing.
    travels: Vec<Travel>,
}

/// A thing's way.
#[derive(Clone, Copy, Debug)]
struct Travel {
    thing: Thing,
    from: Point,
    to: Point,
    began_ms: f64,
    lasts_ms: f64,
    /// Height of the arc.
    lift: f64,
    rides: Option<ThreadIx>,
    /// How often it was sent on before it would have arrived.
    hurry: u8,
}

impl Motion {
    /// Takes in the scene that is to be displayed at `now_ms`, and says what is displaced in it, cards before tokens;
    /// nothing once all have arrived. With `still` everything is at once where it belongs, as it is in another scenario,
    /// on another canvas, and far away in time.
    pub fn follow(&mut self, scene: &Scene, now_ms: f64, still: bool) -> Vec<Flight> {
        let far = scene.records.abs_diff(self.records) > FAR + scene.movers.len();
        let still = still || far || scene.stage != self.stage;
        (self.stage, self.records) = (scene.stage, scene.records);
        let before = std::mem::take(&mut self.travels);
        let mut flights = Vec::new();
        for mover in sorted(&scene.movers, |m| m.thing) {
            let old = find(&before, mover.thing).filter(|_| !still && !mover.shapes.is_empty());
            let travel = old.map_or_else(|| Travel::resting(mover), |old| self.next(old, &before, mover, now_ms));
            let by = travel.displaced(now_ms);
            if by != Point::default() {
                flights.push(Flight { shapes: mover.shapes.clone(), by });
            }
            self.travels.push(travel);
        }
        flights
    }

    /// The way of a thing from now on. What rides on a card, and is displayed where it belongs on it, goes exactly as that.
    fn next(&self, old: &Travel, before: &[Travel], mover: &Mover, now_ms: f64) -> Travel {
        let to = anchor(mover);
        if old.to == to {
            return Travel { rides: mover.rides, ..*old };
        }
        let on_it = |card: &Travel| {
            let [a, b] = [old, card].map(|t| t.displaced(now_ms));
            (a.x - b.x).hypot(a.y - b.y) < 0.5
        };
        let stays = |t: &ThreadIx| mover.rides == old.rides && find(before, Thing::Card(*t)).is_some_and(on_it);
        match mover.rides.filter(stays).and_then(|t| find(&self.travels, Thing::Card(t))) {
            Some(card) => {
                let from = Point { x: to.x + card.from.x - card.to.x, y: to.y + card.from.y - card.to.y };
                Travel { thing: mover.thing, from, to, rides: mover.rides, ..*card }
            }
            None => old.sent(mover, now_ms),
        }
    }
}

impl Travel {
    fn resting(mover: &Mover) -> Self {
        let at = anchor(mover);
        let (began_ms, lasts_ms) = (f64::NEG_INFINITY, 0.0);
        Self { thing: mover.thing, from: at, to: at, began_ms, lasts_ms, lift: 0.0, rides: mover.rides, hurry: 0 }
    }

    /// From where it is displayed to where it belongs now.
    fn sent(&self, mover: &Mover, now_ms: f64) -> Self {
        let (from, to) = (self.shown(now_ms), anchor(mover));
        let (whole, arc) = match self.thing {
            Thing::Card(_) => (CARD_MS, 0.0),
            Thing::Token(_) => (TOKEN_MS, ARC.0),
        };
        let in_time = now_ms - self.began_ms >= whole;
        let hurry = if in_time { 0 } else { (self.hurry + 1).min(HURRY) };
        let lasts_ms = if hurry == HURRY { 0.0 } else { whole / f64::from(1 << hurry) };
        let way = (to.x - from.x).hypot(to.y - from.y);
        let lift = arc.min(ARC.1 * way);
        Self { thing: self.thing, from, to, began_ms: now_ms, lasts_ms, lift, rides: mover.rides, hurry }
    }

    /// How far from where it belongs it is displayed.
    fn displaced(&self, now_ms: f64) -> Point {
        let shown = self.shown(now_ms);
        Point { x: shown.x - self.to.x, y: shown.y - self.to.y }
    }

    /// Where it is displayed: eased, quick at first, and exactly where it belongs from the end on.
    fn shown(&self, now_ms: f64) -> Point {
        let part = (now_ms - self.began_ms) / self.lasts_ms;
        if self.lasts_ms <= 0.0 || part >= 1.0 {
            return self.to;
        }
        let rest = (1.0 - part.max(0.0)).powi(3);
        let lift = 4.0 * self.lift * rest * (1.0 - rest);
        Point {
            x: self.to.x + (self.from.x - self.to.x) * rest,
            y: self.to.y + (self.from.y - self.to.y) * rest - lift,
        }
    }
}

/// The point of a thing that stays the same when its size changes: a card's name, a token's middle.
fn anchor(mover: &Mover) -> Point {
    match mover.thing {
        Thing::Card(_) => Point { x: mover.rect.x, y: mover.rect.y },
        Thing::Token(_) => mover.rect.center(),
    }
}

fn find(travels: &[Travel], thing: Thing) -> Option<&Travel> {
    travels.binary_search_by_key(&thing, |t| t.thing).ok().map(|i| &travels[i])
}
