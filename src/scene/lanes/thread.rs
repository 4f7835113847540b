//! A thread's lane: every state by pattern and height.

use super::super::draw::View;
use super::super::kit::{self, Kit, line, point, solid};
use super::super::layout::THIN;
use super::super::shape::{Fill, Pattern, Stroke};
use super::super::{Ink, Rect};
use super::columns::{Flat, stretches};
use crate::engine::lanes::Lane;
use crate::engine::segments::ThreadSegment;
use crate::engine::{Cause, Ending, Kind, Place, Plan, Work};
use crate::ids::ThreadIx;
use crate::number::Within;
use crate::time::Time;

/// The highest bar; in higher rows there is more between them.
const BAR_MAX: f64 = 64.0;

/// Narrower and lower bars have sharp corners.
const NARROW: f64 = 24.0;
const LOW: f64 = 14.0;

/// In how many steps an open end fades.
const FADE: f64 = 12.0;

/// What a stretch looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Look {
    /// Full height: on a core.
    Full(Pattern),
    /// An outline: wants the GIL.
    Hollow,
    /// A dashed outline: forced wait.
    HollowDashed,
    /// A thin bar: ready.
    Thin,
    /// A thin outline: waking.
    ThinHollow,
    /// A dotted line: waits for I/O.
    Dotted,
    /// A dashed line: sleeps.
    Dashed,
    /// Two dotted lines: awaits input.
    DottedTwice,
    /// A line of blocks: waits for another thread.
    Chain,
}

impl Look {
    /// What a place looks like for a thread; a thread without GIL has no other way to run.
    pub(in super::super) fn of(plan: &Plan, thread: ThreadIx, place: Place) -> Option<Self> {
        Self::at(place, plan.thread(thread).gil.is_some())
    }

    /// What a place looks like for a thread with or without GIL.
    pub(super) fn at(place: Place, gil: bool) -> Option<Self> {
        Some(match place {
            Place::NotStarted | Place::Finished => return None,
            Place::Running(Work::Extension) if gil => Self::Full(Pattern::Dots),
            Place::Running(Work::Native) if gil => Self::Full(Pattern::Stripes),
            Place::Running(_) => Self::Full(Pattern::Solid),
            Place::SwitchingIn => Self::Full(Pattern::Checks),
            Place::Ready => Self::Thin,
            Place::Waking => Self::ThinHollow,
            Place::WantsGil => Self::Hollow,
            Place::ForcedWait => Self::HollowDashed,
            Place::Waiting(Cause::Io) => Self::Dotted,
            Place::Waiting(Cause::Sleep) => Self::Dashed,
            Place::Waiting(Cause::Input) => Self::DottedTwice,
            Place::Waiting(_) => Self::Chain,
        })
    }
}

/// Draws a stretch of a lane of which `rect` is the full height.
pub(in super::super) fn bar(kit: &mut Kit, rect: Rect, look: Look, ink: Ink, alpha: f32) {
    let middle = |part: f64| {
        let h = (rect.h * part).max(2.0);
        Rect { y: rect.y + (rect.h - h) / 2.0, h, ..rect }
    };
    let fill = |alpha: f32, pattern| Some(Fill { ink, alpha, pattern });
    let stroke = |width: f64, dash: f64| Some(Stroke { ink, width, alpha, dash });
    let y = rect.center().y;
    // Round corners would make lozenges of small bars, and cost more than all the rest where there are thousands.
    let round = |radius: f64| if rect.w < NARROW || rect.h < LOW { 0.0 } else { radius };
    match look {
        Look::Full(pattern) => {
            // What lies under a pale bar would shine through; in a narrow one nobody sees that.
            if alpha < 1.0 && rect.w >= NARROW {
                kit.fill(rect, 3.0, solid(Ink::Panel));
            }
            kit.rect(rect, round(3.0), fill(alpha, pattern), None);
        }
        // Lines as thin as this would touch.
        Look::Hollow if rect.h < 9.0 => kit.rect(middle(0.62), round(1.0), fill(0.3 * alpha, Pattern::Solid), None),
        Look::Hollow => {
            kit.rect(middle(0.62).inset(0.75), round(3.0), fill(0.14 * alpha, Pattern::Solid), stroke(1.5, 0.0))
        }
        Look::HollowDashed => kit.rect(middle(0.62).inset(0.75), round(3.0), None, stroke(1.3, 3.0)),
        Look::Thin => kit.rect(middle(0.3), round(2.0), fill(0.45 * alpha, Pattern::Solid), None),
        Look::ThinHollow => kit.rect(middle(0.3).inset(0.5), round(2.0), None, stroke(1.2, 0.0)),
        Look::Dotted | Look::Dashed | Look::Chain => {
            let (width, dash) = match look {
                Look::Dotted => (2.0, 2.0),
                Look::Dashed => (2.0, 7.0),
                _ => (4.5, 3.5),
            };
            kit.line(point(rect.x, y), point(rect.right(), y), Stroke { ink, width, alpha, dash });
        }
        Look::DottedTwice => {
            for y in [y - 2.5, y + 2.5] {
                kit.line(point(rect.x, y), point(rect.right(), y), Stroke { ink, width: 2.0, alpha, dash: 2.0 });
            }
        }
    }
}

pub(super) fn draw(kit: &mut Kit, view: &View<'_>, thread: ThreadIx, row: Rect) {
    let Some(drawn) = view.drawn_thread(thread) else { return };
    let lane = view.drawn.lanes().thread(drawn);
    let ink = Ink::Thread(thread.0);
    let full = full_height(row);
    let axis = &view.shown;
    let look = |kind: Kind| Look::of(view.drawn.plan(), drawn, kind.place()?);
    let mut flat = Flat::new(view, full);
    for stretch in stretches(lane, axis, &look) {
        let Some(look) = look(stretch.kind) else { continue };
        if flat.takes(&stretch, look, ink) {
            super::pointable(kit, view, stretch.rect(full), stretch.record);
            continue;
        }
        if look == Look::DottedTwice && open_ended(view, drawn, stretch.record) {
            unanswered(kit, view, stretch.rect(full), ink);
            continue;
        }
        for (x0, x1, alpha) in super::sides(view, stretch.x0, stretch.x1) {
            bar(kit, Rect { x: x0, w: x1 - x0, ..full }, look, ink, alpha * stretch.alpha());
        }
        super::pointable(kit, view, stretch.rect(full), stretch.record);
    }
    flat.draw(kit);
    if row.h >= THIN {
        let shared = view.drawn.shared();
        super::vain::marks(kit, view, shared.lanes(view.drawn.trace()).failed_of(drawn), full.center().y, true);
    }
    end(kit, view, lane, full);
}

/// Whether a stretch has no end, as nobody answers.
fn open_ended(view: &View<'_>, drawn: ThreadIx, record: Option<u32>) -> bool {
    let last = view.drawn.lanes().thread(drawn).last();
    last.is_some_and(|s| s.end == Time::NEVER && Some(s.record) == record)
        && matches!(view.drawn.ending(), Some(Ending::AwaitingInput(_)))
}

/// A wait for an answer that nobody has given: it goes on to the edge, paler and paler.
fn unanswered(kit: &mut Kit, view: &View<'_>, rect: Rect, ink: Ink) {
    let now = view.picture.axis.x(view.now).within(rect.x, rect.right());
    bar(kit, Rect { w: now - rect.x, ..rect }, Look::DottedTwice, ink, 1.0);
    let step = (rect.right() - now) / FADE;
    for i in 0..FADE as u8 {
        let part = Rect { x: now + f64::from(i) * step, w: step, ..rect };
        bar(kit, part, Look::DottedTwice, ink, 0.6 * (1.0 - f32::from(i) / FADE as f32));
    }
    let text = "until somebody answers";
    let w = kit::SMALL.width(text);
    if rect.right() - now > w + 24.0 && rect.h >= 13.0 {
        let x = now + 12.0;
        kit.fill(Rect::new(x - 4.0, rect.center().y - 8.0, w + 8.0, 16.0), 4.0, solid(Ink::Panel));
        kit.text(point(x, rect.center().y), w, kit::SMALL, text);
    }
}

/// A full stop where the thread finished.
fn end(kit: &mut Kit, view: &View<'_>, lane: Lane<'_, ThreadSegment>, full: Rect) {
    let Some(last) = lane.last().filter(|s| s.place == Place::Finished && view.may_see(s.start)) else { return };
    let alpha = if last.start <= view.now { 1.0 } else { super::FUTURE };
    let x = view.picture.axis.x(last.start);
    let stroke = Stroke { alpha, ..line(Ink::Text, 2.0) };
    if last.start > Time::ZERO {
        kit.line(point(x, full.y), point(x, full.bottom()), stroke);
    }
}

/// The part of a row that bars fill.
pub(super) fn full_height(row: Rect) -> Rect {
    let h = (row.h * 0.82).min(row.h - 2.0).min(BAR_MAX);
    Rect { y: row.y + (row.h - h) / 2.0, h, ..row }
}
