//! What hangs at the pointer during a drag: the ghost of the card, and what a drop would do.

use super::draw::View;
use super::kit::{self, Kit, line, point, solid, tint};
use super::{DropSays, Ink, Rect, board};

/// Size of the ghost's card.
const GHOST: (f64, f64) = (172.0, 54.0);
/// Widest line of the label.
const LABEL: f64 = 232.0;
const LINE: f64 = 19.0;

pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    let Some(drag) = view.picture.drag else { return };
    let at = point(drag.pointer.x - drag.grab.x, drag.pointer.y - drag.grab.y);
    // What it says stays readable at the right edge.
    let x = at.x.min(view.picture.size.w - GHOST.0 - 4.0);
    let ghost = Rect::new(x, at.y, GHOST.0, GHOST.1);
    if let Some(thread) = drag.what.thread() {
        board::ghost(kit, view, thread, ghost);
    }
    let (text, ink) = match &drag.says {
        None => return,
        Some(DropSays::Change(text)) => (text, Ink::Accent),
        Some(DropSays::Refused(text)) => (text, Ink::Alert),
    };
    let style = kit::NOTE.bold().ink(ink);
    let lines = style.wrap(text, LABEL.min(view.picture.size.w - 32.0));
    let w = lines.iter().map(|l| style.width(l)).fold(0.0, f64::max) + 20.0;
    let h = lines.len() as f64 * LINE + 10.0;
    let x = (ghost.center().x - w / 2.0).clamp(4.0, (view.picture.size.w - w - 4.0).max(4.0));
    let below = ghost.bottom() + 8.0;
    let y = if below + h <= view.layout.height { below } else { (ghost.y - h - 8.0).max(4.0) };
    let label = Rect::new(x, y, w, h);
    kit.fill(label, 8.0, solid(Ink::Panel));
    kit.rect(label, 8.0, Some(tint(ink, 0.10)), Some(line(ink, 1.5)));
    for (i, text) in lines.into_iter().enumerate() {
        kit.text(point(x + 10.0, y + 5.0 + LINE * (i as f64 + 0.5)), w - 20.0, style, text);
    }
}
