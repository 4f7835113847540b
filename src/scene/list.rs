//! A finished scene: shapes to paint and regions to point at.

use super::{DropTarget, Mover, Point, Rect, Shape, Subject};

/// What is drawn, and where things are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Later shapes cover earlier ones.
    pub shapes: Vec<Shape>,
    /// Later regions lie above earlier ones.
    pub regions: Vec<Region>,
    /// Where the ready queues are.
    pub queues: Vec<QueuePlace>,
    /// The cards and tokens among the shapes.
    pub movers: Vec<Mover>,
    /// Scenes with the same number have their places in common: things travel from one to the other.
    pub stage: u64,
    /// How many records of the run lie at or before the playhead.
    pub records: usize,
    /// The height the canvas needs so that nothing is cut off, in CSS pixels; the page scrolls if it is more than it has.
    pub height: f64,
}

/// Where a ready queue lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QueuePlace {
    /// Where.
    pub rect: Rect,
    /// The number of its first place, as in [`DropTarget::Queue`].
    pub first: u16,
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

    /// Where a thread dropped at a point would go: to the core, the pin, the process, the queue or the bin in which the
    /// point lies, whatever is drawn there.
    #[must_use]
    pub fn drop_target(&self, p: Point) -> Option<DropTarget> {
        self.regions.iter().rev().filter(|r| r.rect.contains(p)).find_map(|r| match r.subject {
            Subject::Pin(core) => Some(DropTarget::Pin(core)),
            Subject::Core(core) => Some(DropTarget::Core(core)),
            Subject::Process(process) => Some(DropTarget::Process(process)),
            Subject::ReadyQueue => {
                // Above several queues as in the first of them.
                let queue = self.queues.iter().find(|q| q.rect.contains(p)).or(self.queues.first())?;
                Some(DropTarget::Queue(queue.first + self.place_in(queue.rect, p)))
            }
            Subject::Bin => Some(DropTarget::Bin),
            Subject::Lanes => Some(DropTarget::Lanes),
            Subject::Board | Subject::Computer => Some(DropTarget::Board),
            _ => None,
        })
    }

    /// Where the middle of a target lies.
    #[must_use]
    pub fn middle_of(&self, target: DropTarget) -> Option<Point> {
        match target {
            DropTarget::Queue(place) => self.middle_of_place(place),
            _ => Some(self.place_of(target)?.center()),
        }
    }

    /// Where a target lies, that of a place in a queue with the whole queue.
    pub(super) fn place_of(&self, target: DropTarget) -> Option<Rect> {
        let is = |r: &&Region| match target {
            DropTarget::Pin(core) => r.subject == Subject::Pin(core),
            DropTarget::Core(core) => r.subject == Subject::Core(core),
            DropTarget::Process(process) => r.subject == Subject::Process(process),
            DropTarget::Queue(_) => r.subject == Subject::ReadyQueue,
            DropTarget::Bin => r.subject == Subject::Bin,
            DropTarget::Instant(_) => r.subject == Subject::Ruler,
            DropTarget::Before(op) | DropTarget::After(op) => r.subject == Subject::Op(op),
            DropTarget::Gil | DropTarget::Lanes | DropTarget::Length(_) => false,
            DropTarget::Board => r.subject == Subject::Computer,
        };
        // On the board, if there is a lane too.
        Some(self.regions.iter().filter(is).min_by_key(|r| r.name.is_empty())?.rect)
    }

    /// Where one drops a thread that shall go to a place of a ready queue.
    fn middle_of_place(&self, place: u16) -> Option<Point> {
        let queue = self.queues.iter().rev().find(|q| q.first <= place)?;
        let cards = self.cards_in(queue.rect);
        // On the first quarter of the card before which it goes, or the last quarter of the last.
        let at = |r: &Rect, part: f64| match in_row(&cards, r) {
            true => Point { x: r.x + part * r.w, y: r.center().y },
            false => Point { x: r.center().x, y: r.y + part * r.h },
        };
        let before = cards.get(usize::from(place - queue.first)).map(|r| at(r, 0.25));
        before.or(cards.last().map(|r| at(r, 0.75))).or(Some(queue.rect.center()))
    }

    /// Before which place of the queue in `rect` a point lies: behind all cards whose middle it has passed in reading order.
    fn place_in(&self, rect: Rect, p: Point) -> u16 {
        let cards = self.cards_in(rect);
        let passed = |card: &&Rect| match in_row(&cards, card) {
            true => p.y > card.bottom() || (p.y >= card.y && p.x > card.center().x),
            false => p.y > card.center().y,
        };
        cards.iter().filter(passed).count() as u16
    }

    /// Where the threads stand that lie within a place, in reading order.
    fn cards_in(&self, rect: Rect) -> Vec<Rect> {
        let threads = self.regions.iter().filter(|r| matches!(r.subject, Subject::Thread(_)));
        threads.map(|r| r.rect).filter(|card| rect.contains(card.center())).collect()
    }
}

/// Whether a card stands beside another one, and not in a column.
fn in_row(cards: &[Rect], card: &Rect) -> bool {
    cards.iter().any(|other| other != card && other.y < card.center().y && card.center().y < other.bottom())
}
