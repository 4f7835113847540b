//! A GIL's lane: who holds it, and who asked for it.

use super::super::draw::View;
use super::super::kit::{self, Kit, line, point, tint};
use super::super::shape::Pattern;
use super::super::{Ink, Rect, Subject};
use super::columns::{Flat, stretches};
use super::{Look, NAMED, Tag, shared, vain};
use crate::engine::lanes::Lane;
use crate::engine::segments::Request;
use crate::ids::GilIx;
use crate::number::Within;

/// Height of the marks of drop requests, above the bar, with words beside them.
const MARKS: f64 = 15.0;

/// How far two marks are apart at least, in CSS pixels: nearer ones would touch.
const APART: f64 = 9.0;

/// The same in a row; in a low one there are no words, and the bar has room for a name first.
fn marks(row: Rect) -> f64 {
    (row.h - 1.0 - NAMED).within(0.3 * row.h, MARKS)
}

/// Where the bar lies in its row.
pub(super) fn bar_rect(row: Rect) -> Rect {
    let marks = marks(row);
    Rect { y: row.y + marks, h: row.h - marks - 1.0, ..row }
}

pub(super) fn draw(kit: &mut Kit, view: &View<'_>, gil: GilIx, row: Rect) {
    let mut full = bar_rect(row);
    if view.drawn_gil(gil).is_some_and(|drawn| shared::waiters(kit, view, drawn, row)) {
        full.h -= shared::WAITERS;
    }
    let y = full.center().y;
    kit.line(point(row.x, y), point(row.right(), y), line(Ink::Line, 1.0));
    let Some(drawn) = view.drawn_gil(gil) else { return };
    let lanes = view.drawn.lanes();
    let look = Look::Full(Pattern::Solid);
    let mut flat = Flat::new(view, full);
    let mut edges = Flat::new(view, Rect { y: full.bottom() - 4.0, h: 4.0, ..full });
    for stretch in stretches(lanes.gil(drawn), &view.shown, &|_| Some(look)) {
        let Some(thread) = stretch.who.and_then(|t| view.own_thread(t)) else { continue };
        let holder = Ink::Thread(thread.0);
        let rect = stretch.rect(full);
        if flat.takes(&stretch, look, Ink::Gil) && edges.takes(&stretch, look, holder) {
            super::pointable(kit, view, rect, stretch.record);
            continue;
        }
        for (x0, x1, alpha) in super::sides(view, stretch.x0, stretch.x1) {
            super::bar(kit, Rect { x: x0, w: x1 - x0, ..full }, look, Ink::Gil, alpha * stretch.alpha());
        }
        let past = view.picture.axis.time(stretch.x0) < view.now;
        let alpha = if past { 1.0 } else { 0.6 };
        // In mixed columns the colour of the holder runs along the lower edge.
        let edge = if stretch.record.is_some() {
            Rect { w: rect.w.min(4.0), ..rect }
        } else {
            Rect { y: rect.bottom() - 4.0, h: 4.0, ..rect }
        };
        kit.fill(edge, 1.5, tint(holder, alpha));
        if stretch.record.is_some() {
            let text = Rect { x: rect.x + 2.0, w: (rect.w - 2.0).max(0.0), ..rect };
            super::name(kit, view, text, view.name(thread), Tag { ink: Ink::OnGil, ground: None });
        }
        super::pointable(kit, view, rect, stretch.record);
    }
    flat.draw(kit);
    edges.draw(kit);
    requests(kit, view, lanes.requests(drawn), row);
    let shared = view.drawn.shared();
    vain::marks(kit, view, shared.lanes(view.drawn.trace()).failed(drawn), full.y, false);
}

/// “T2 asks ┳”; the words are left out where they would touch.
fn requests(kit: &mut Kit, view: &View<'_>, requests: Lane<'_, Request>, row: Rect) {
    let axis = &view.shown;
    let (from, to) = (axis.from(), axis.to());
    let first = requests.partition_point(|r| r.time < from);
    let after = requests.partition_point(|r| r.time <= to);
    let shown = requests.part(first..after);
    let (mut text_right, mut mark_right) = (row.x, f64::NEG_INFINITY);
    let mut i = 0;
    while let Some(request) = shown.get(i) {
        let x = axis.x(request.time);
        let future = request.time > view.now;
        if x >= mark_right {
            mark(kit, x, row.y + 3.0, marks(row) - 3.0, if future { 0.55 } else { 1.0 });
            kit.region(Rect::new(x - 6.0, row.y, 12.0, marks(row)), Subject::Record(request.record));
            mark_right = x + APART;
        }
        // The next mark that can be told from this one.
        let until = axis.time(x + APART).max(request.time);
        i = shown.partition_point(|r| r.time <= until).max(i + 1);
        let next = shown.get(i).map_or(f64::INFINITY, |r| axis.x(r.time));
        let by = view.own_thread(request.by).map_or("", |t| view.name(t));
        let text = format!("{by} asks");
        let width = kit::SMALL.width(&text);
        // Before the mark, or behind it; where the playhead would strike it through, before that.
        let playhead = axis.x(view.now);
        let struck = |left: f64| left - 2.0 < playhead && playhead < left + width + 2.0;
        let places = [x - 8.0 - width, x + 8.0, playhead - 5.0 - width];
        let room = next.min(row.right() + 8.0);
        let free = |left: f64| {
            let right = left + width;
            left >= text_right && !struck(left) && (right <= x || left > x && right + 8.0 <= room)
        };
        let place = places.into_iter().find(|left| free(*left)).filter(|_| marks(row) == MARKS);
        if let Some(left) = place {
            kit.text(point(left, row.y + 7.0), width, kit::SMALL.ink(Ink::Alert), text);
            text_right = text_right.max(left + width + 4.0);
        }
        text_right = text_right.max(x + 8.0);
    }
}

fn mark(kit: &mut Kit, x: f64, y: f64, h: f64, alpha: f32) {
    let stroke = super::super::shape::Stroke { alpha, ..line(Ink::Alert, 1.8) };
    let points = [point(x - 4.5, y), point(x + 4.5, y), point(x, y), point(x, y + h)];
    kit.polyline(&points, stroke);
}
