//! What hangs at the pointer during a drag: the ghost of the card or flag, what a drop would do, and the bin.

use super::draw::View;
use super::kit::{self, Kit, dashed, line, point, solid, tint};
use super::{Carried, DragPicture, DropSays, DropTarget, Ink, OpAt, Point, Rect, Subject, board, lanes};
use crate::number::Within;

/// Size of the ghost's card.
const GHOST: (f64, f64) = (172.0, 54.0);
/// Widest line of the label.
const LABEL: f64 = 232.0;
const LINE: f64 = 19.0;
/// From the pointer to the ghost, to the right and down: what one aims at stays in sight.
const AWAY: f64 = 16.0;
/// Radius of the sign that a drop would do something, or nothing.
const SIGN: f64 = 8.0;

pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    let Some(drag) = view.picture.drag else { return };
    if !matches!(drag.what, Carried::OpEdge(_)) {
        bin(kit, view);
    }
    let ghost = match drag.what {
        Carried::Thread(_) | Carried::Threads(_) | Carried::Copies(_) => threads(kit, view, drag),
        Carried::Flag(_) => flag(kit, view, drag),
        Carried::Op(op) => block(kit, view, drag, op),
        // The block itself shows its new length.
        Carried::OpEdge(_) => Rect::new(drag.pointer.x - 8.0, drag.pointer.y - 14.0, 16.0, 28.0),
        Carried::New(tool) => new(kit, view, drag, tool.name()),
    };
    says(kit, view, drag, ghost);
}

/// The card of the thread, or of the first of several with their number; “copy” on what stays where it is.
fn threads(kit: &mut Kit, view: &View<'_>, drag: &DragPicture) -> Rect {
    let ghost = beside(view, drag.pointer, GHOST);
    let threads = drag.what.threads();
    let Some(first) = threads.iter().find(|t| t.ix() < view.plan.threads.len()) else { return ghost };
    let n = threads.len();
    for i in (1..n.min(3)).rev() {
        let under = Rect { x: ghost.x + 5.0 * i as f64, y: ghost.y + 5.0 * i as f64, ..ghost };
        kit.rect(under, 8.0, Some(solid(Ink::Card)), Some(line(Ink::Line, 1.0)));
    }
    board::ghost(kit, view, first, ghost);
    let text = match (matches!(drag.what, Carried::Copies(_)), n) {
        (false, 1) => return ghost,
        (false, n) => format!("{n} threads"),
        (true, 1) => "copy".to_owned(),
        (true, n) => format!("{n} copies"),
    };
    badge(kit, point(ghost.right() - 8.0, ghost.y), text);
    ghost
}

/// A rectangle of a size below and to the right of the pointer, inside the canvas; at its bottom above the pointer.
fn beside(view: &View<'_>, p: Point, (w, h): (f64, f64)) -> Rect {
    let x = (p.x + AWAY).within(4.0, (view.picture.size.w - w - 4.0).max(4.0));
    let y = if p.y + AWAY + h + 4.0 <= view.layout.height { p.y + AWAY } else { p.y - AWAY - h };
    Rect::new(x, y.max(4.0), w, h)
}

/// A word in a pill whose right end is at a point.
fn badge(kit: &mut Kit, at: Point, text: String) {
    let style = kit::SMALL.bold().ink(Ink::Panel);
    let w = style.width(&text) + 14.0;
    let rect = Rect::new(at.x - w, at.y - 10.0, w, 20.0);
    kit.fill(rect, 10.0, solid(Ink::Accent));
    kit.text(rect.center(), w, style.middle(), text);
}

/// Something new, by its name.
fn new(kit: &mut Kit, view: &View<'_>, drag: &DragPicture, name: &str) -> Rect {
    let w = kit::NAME.width(name) + 44.0;
    let rect = beside(view, drag.pointer, (w, 34.0));
    kit.fill(rect, 8.0, solid(Ink::Card));
    kit.outline(rect, 8.0, dashed(Ink::Accent, 1.5));
    let style = kit::NAME.middle();
    kit.text(point(rect.x + 16.0, rect.center().y), 16.0, style.ink(Ink::Accent), "+");
    kit.text(point(rect.center().x + 8.0, rect.center().y), w, style, name);
    rect
}

/// The flag where it would stand, or at the pointer.
fn flag(kit: &mut Kit, view: &View<'_>, drag: &DragPicture) -> Rect {
    let (time, ruler) = (view.layout.lanes.time, view.layout.lanes.ruler);
    let (x, top, bottom) = match drag.over {
        Some(DropTarget::Instant(at)) => (view.picture.axis.x(at), ruler.bottom() - 21.0, time.bottom()),
        _ => (drag.pointer.x, drag.pointer.y - 10.0, drag.pointer.y + 10.0),
    };
    lanes::cloth(kit, x, top, bottom, Some(tint(Ink::Accent, 0.6)), dashed(Ink::Accent, 1.5));
    Rect::new(x - 6.0, top, 24.0, 21.0)
}

/// The block of an op at the pointer.
fn block(kit: &mut Kit, view: &View<'_>, drag: &DragPicture, at: OpAt) -> Rect {
    let id = view.plan.thread(at.thread).id;
    let text = view.picture.scenario.ops(id).get(usize::from(at.op)).map(|op| view.picture.scenario.op_to_text(id, op));
    let (text, style) = (text.unwrap_or_default(), kit::NOTE.bold().ink(Ink::Text));
    let w = style.width(&text) + 20.0;
    let rect = beside(view, drag.pointer, (w, 26.0));
    let ink = Ink::Thread(at.thread.0);
    kit.rect(rect, 6.0, Some(tint(Ink::Card, 0.94)), Some(dashed(ink, 1.6)));
    kit.text(rect.center(), w, style.middle(), text);
    rect
}

/// What a drop would do, below the ghost or above it, with a sign there and on the target.
fn says(kit: &mut Kit, view: &View<'_>, drag: &DragPicture, ghost: Rect) {
    let (text, ink) = match &drag.says {
        None => return,
        Some(DropSays::Change(text)) => (text, Ink::Accent),
        Some(DropSays::Refused(text)) => (text, Ink::Alert),
    };
    let style = kit::NOTE.bold().ink(ink);
    let lines = style.wrap(text, LABEL.min(view.picture.size.w - 56.0));
    let w = lines.iter().map(|l| style.width(l)).fold(0.0, f64::max) + 44.0;
    let h = lines.len() as f64 * LINE + 10.0;
    let x = (ghost.center().x - w / 2.0).within(4.0, (view.picture.size.w - w - 4.0).max(4.0));
    let below = ghost.bottom() + 8.0;
    let y = if below + h <= view.layout.height { below } else { (ghost.y - h - 8.0).max(4.0) };
    let label = Rect::new(x, y, w, h);
    kit.fill(label, 8.0, solid(Ink::Panel));
    kit.rect(label, 8.0, Some(tint(ink, 0.10)), Some(line(ink, 1.5)));
    sign(kit, point(x + 18.0, y + 5.0 + LINE / 2.0), ink);
    for (i, text) in lines.into_iter().enumerate() {
        kit.text(point(x + 34.0, y + 5.0 + LINE * (i as f64 + 0.5)), w - 44.0, style, text);
    }
    let place = drag.over.filter(|over| !matches!(over, DropTarget::Instant(_))).and_then(|over| kit.place_of(over));
    if let Some(place) = place {
        sign(kit, point((place.x + 2.0).max(SIGN + 2.0), (place.y + 2.0).max(SIGN + 2.0)), ink);
    }
}

/// A check mark, or in the colour of refusals the bar of a no-entry sign, on a disc.
fn sign(kit: &mut Kit, p: Point, ink: Ink) {
    kit.circle(p, SIGN, Some(solid(ink)), Some(line(Ink::Panel, 1.5)));
    let stroke = line(Ink::Panel, 2.4);
    if ink == Ink::Alert {
        kit.line(point(p.x - 4.0, p.y), point(p.x + 4.0, p.y), stroke);
    } else {
        kit.line(point(p.x - 4.0, p.y), point(p.x - 1.0, p.y + 3.2), stroke);
        kit.line(point(p.x - 1.0, p.y + 3.2), point(p.x + 4.2, p.y - 3.2), stroke);
    }
}

/// The bin, beside the ruler, where nothing else is.
fn bin(kit: &mut Kit, view: &View<'_>) {
    let lanes = &view.layout.lanes;
    let left = lanes.panel.x + 6.0;
    let rect = Rect::new(left, lanes.panel.y + 6.0, lanes.ruler.x - left - 6.0, 36.0);
    kit.fill(rect, 8.0, solid(Ink::Panel));
    view.target(kit, rect, 8.0, DropTarget::Bin);
    let over = view.picture.drag.is_some_and(|d| d.over == Some(DropTarget::Bin));
    let ink = if over { Ink::Accent } else { Ink::Muted };
    let (x, y) = (rect.x + 20.0, rect.center().y);
    // The lid rises a little for what would fall in.
    let lid = y - if over { 8.0 } else { 5.5 };
    kit.line(point(x - 7.0, lid), point(x + 7.0, lid), line(ink, 1.8));
    kit.line(point(x - 2.5, lid - 2.5), point(x + 2.5, lid - 2.5), line(ink, 1.8));
    kit.polygon(
        &[(x - 5.5, y - 3.0), (x + 5.5, y - 3.0), (x + 4.3, y + 8.5), (x - 4.3, y + 8.5)],
        None,
        Some(line(ink, 1.6)),
    );
    for dx in [-1.8, 1.8] {
        kit.line(point(x + dx, y), point(x + dx, y + 5.5), line(ink, 1.2));
    }
    kit.text(point(x + 14.0, y), rect.right() - x - 18.0, kit::NOTE.bold().ink(ink), "delete");
    kit.region(rect, Subject::Bin);
}
