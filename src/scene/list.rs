//! A finished scene: shapes to paint and regions to point at.

use super::{DropTarget, Mover, Point, Rect, Shape, Subject};

/// What is drawn, and where things are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Later shapes cover earlier ones.
    pub shapes: Vec<Shape>,
    /// Later regions lie above earlier ones.
    pub regions: Vec<Region>,
    /// The cards and tokens among the shapes.
    pub movers: Vec<Mover>,
    /// Scenes with the same number have their places in common: things travel from one to the other.
    pub stage: u64,
    /// How many records of the run lie at or before the playhead.
    pub records: usize,
    /// The height the canvas needs so that nothing is cut off, in CSS pixels; the page scrolls if it is more than it has.
    pub height: f64,
}

/// A place that stands for something.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Where.
    pub rect: Rect,
    /// What.
    pub subject: Subject,
    /// Its name for assistive technology, “worker 1, wants the GIL, second of two”; empty if it is no object of its own
    /// there (a stretch of a lane, the ruler).
    pub name: String,
    /// Whether it can be picked up and dragged.
    pub draggable: bool,
}

impl Scene {
    /// The topmost thing at a point.
    #[must_use]
    pub fn hit(&self, p: Point) -> Option<Subject> {
        self.region_at(p).map(|r| r.subject)
    }

    /// The topmost region at a point.
    #[must_use]
    pub fn region_at(&self, p: Point) -> Option<&Region> {
        self.regions.iter().rev().find(|r| r.rect.contains(p))
    }

    /// Where a thread dropped at a point would go: a core's pin, or the core on which the point lies, whatever is on it.
    #[must_use]
    pub fn drop_target(&self, p: Point) -> Option<DropTarget> {
        self.regions.iter().rev().filter(|r| r.rect.contains(p)).find_map(|r| match r.subject {
            Subject::Pin(core) => Some(DropTarget::Pin(core)),
            Subject::Core(core) => Some(DropTarget::Core(core)),
            _ => None,
        })
    }
}
