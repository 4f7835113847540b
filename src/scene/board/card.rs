//! A thread's card: name, op and progress, its colour, its process's dot, and the GIL's token if it holds it.

use super::super::draw::View;
use super::super::kit::{self, Kit, dashed, line, point, solid, tint};
use super::super::layout::CARD_DENSE;
use super::super::{Ink, Point, Rect, Subject, Thing, names, words};
use super::token;
use crate::engine::code::About;
use crate::engine::{Cause, Place};
use crate::ids::ThreadIx;
use crate::number::Within;

/// Cards lower than this have one line.
const TWO_LINES: f64 = 44.0;

/// Draws a thread's card as its named object, with a note at the right end of its first line.
pub(super) fn draw(kit: &mut Kit, view: &View<'_>, thread: ThreadIx, rect: Rect, note: &str) {
    if view.dragged(thread) {
        kit.rect(rect, 8.0, None, Some(dashed(Ink::Thread(thread.0), 1.5)));
        let text = format!("{} was here", view.name(thread));
        kit.text(rect.center(), rect.w - 12.0, kit::NOTE.middle().ink(Ink::Accent), text);
    } else {
        let from = kit.mark();
        face(kit, view, thread, rect, note);
        view.mark(kit, rect, 8.0, Subject::Thread(thread));
        kit.mover(Thing::Card(thread), rect, from, None);
    }
    kit.object(rect, Subject::Thread(thread), names::thread_name(view.plan, view.machine, thread));
    kit.draggable(view.machine.thread(thread).place != Place::Finished);
    if view.machine.holds_gil(view.plan, thread) && !view.dragged(thread) {
        hold_token(kit, view, thread, rect);
    }
}

fn face(kit: &mut Kit, view: &View<'_>, thread: ThreadIx, rect: Rect, note: &str) {
    let shadow = Rect { y: rect.y + 2.0, ..rect };
    kit.fill(shadow, 8.0, tint(Ink::Line, 0.55));
    kit.rect(rect, 8.0, Some(solid(Ink::Card)), Some(line(Ink::Line, 1.0)));
    kit.fill(Rect { w: 6.0, ..rect }, 3.0, solid(Ink::Thread(thread.0)));
    let token = match view.machine.holds_gil(view.plan, thread) {
        true if rect.h < TWO_LINES => 2.0 * token_radius(rect),
        true => 2.0 * token::RADIUS,
        false => 0.0,
    };
    let pad = if rect.w < 80.0 { (9.0, 3.0) } else { (14.0, 9.0) };
    let (x, w) = (rect.x + pad.0, rect.w - pad.0 - pad.1);
    if rect.h < TWO_LINES {
        one_line(kit, view, thread, Rect::new(x, rect.y, w - token, rect.h), note);
    } else {
        two_lines(kit, view, thread, Rect::new(x, rect.y, w, rect.h), note, token);
    }
}

fn one_line(kit: &mut Kit, view: &View<'_>, thread: ThreadIx, r: Rect, note: &str) {
    // How far it is, below the words.
    let part = words::progress(view.plan, view.machine, thread, view.now).1.filter(|_| r.h >= CARD_DENSE);
    if let Some(part) = part {
        let done = Rect::new(r.x, r.bottom() - 5.0, r.w * part.within(0.0, 1.0), 2.5);
        kit.fill(Rect { w: r.w, ..done }, 1.25, tint(Ink::Line, 0.8));
        kit.fill(done, 1.25, solid(Ink::Thread(thread.0)));
    }
    let (name, y) = (view.name(thread), r.center().y - if part.is_some() { 2.0 } else { 0.0 });
    let small = kit::SMALL.ink(Ink::Text);
    let types =
        [(kit::NAME, name.into()), (small.bold(), small.bold().brief(name, r.w)), (small, small.brief(name, r.w))];
    let fits = types.iter().position(|(style, name)| style.width(name) <= r.w);
    let (style, name) = &types[fits.unwrap_or(2)];
    let name_w = style.width(name).min(r.w);
    let left = r.w - name_w - 8.0;
    let note = first_that_fits(note, left);
    let note_w = kit::SMALL.width(note);
    // A short name of broad letters is broader than estimated.
    kit.text(point(r.x, y), name_w.max(r.w - 8.0 - note_w), *style, &**name);
    if note_w <= left {
        kit.text(point(r.right(), y), left, kit::SMALL.end(), note);
    }
}

fn two_lines(kit: &mut Kit, view: &View<'_>, thread: ThreadIx, r: Rect, note: &str, token: f64) {
    let first = r.w - token;
    let name_w = kit::NAME.width(view.name(thread));
    let note = first_that_fits(note, first - name_w - 8.0);
    let note_w = kit::SMALL.width(note);
    let with_note = name_w + 8.0 + note_w <= first;
    // The lines move apart as the card grows.
    let (y1, y2) = (r.y + 0.28 * r.h, r.y + 0.34 * r.h + 15.0);
    kit.text(point(r.x, y1), first, kit::NAME, view.name(thread));
    if with_note {
        kit.text(point(r.x + first, y1), note_w, kit::SMALL.end(), note);
    }
    let dot = if view.plan.processes.len() > 1 { 14.0 } else { 0.0 };
    let (texts, part) = words::progress(view.plan, view.machine, thread, view.now);
    kit.text(point(r.x, y2), r.w, kit::NOTE, kit::NOTE.fit(texts, r.w));
    if let Some(part) = part {
        let bar = Rect::new(r.x, r.bottom() - (0.13 * r.h + 2.0), r.w - dot, 3.5);
        kit.fill(bar, 1.75, tint(Ink::Line, 0.8));
        let done = Rect { w: bar.w * part.within(0.0, 1.0), ..bar };
        if done.w >= 0.5 {
            kit.fill(done, 1.75, solid(Ink::Thread(thread.0)));
        }
    }
    if dot > 0.0 {
        let process = view.plan.thread(thread).process;
        kit.circle(point(r.right() - 3.5, r.bottom() - (0.13 * r.h)), 3.5, Some(solid(view.band(process))), None);
    }
}

/// A note, or only the first of its parts: “prio 3 · 4.8 ms”, “prio 3”.
fn first_that_fits(note: &str, width: f64) -> &str {
    if kit::SMALL.width(note) <= width { note } else { note.split(" · ").next().unwrap_or(note) }
}

fn hold_token(kit: &mut Kit, view: &View<'_>, thread: ThreadIx, rect: Rect) {
    let Some(gil) = view.plan.thread(thread).gil else { return };
    let small = rect.h < TWO_LINES;
    let (radius, center) = if small {
        let radius = token_radius(rect);
        (radius, point(rect.right() - radius - 4.0, rect.center().y))
    } else {
        (token::RADIUS, point(rect.right() - 11.0, rect.y + 8.0))
    };
    let around = token::draw(kit, gil, center, radius, Some(thread));
    kit.region(around, Subject::Gil(gil));
    if let Some(by) = view.machine.gil(gil).requested_by.filter(|_| !small) {
        asks(kit, view.name(by), point(center.x - radius - 4.0, rect.y - 1.0), 0.6 * rect.w);
    }
}

/// Radius of the token on a card of one line.
fn token_radius(card: Rect) -> f64 {
    if card.w < 80.0 { 6.0 } else { 8.0 }
}

/// Where a person answers a thread that awaits input; the page lays a real field over it.
pub(super) fn field(kit: &mut Kit, view: &View<'_>, thread: ThreadIx, rect: Rect) {
    let state = view.machine.thread(thread);
    if state.place != Place::Waiting(Cause::Input) {
        return;
    }
    let name = match state.op.and_then(|op| view.plan.thread(thread).ops.get(usize::from(op))).map(|op| &op.about) {
        Some(About::Prompt(prompt)) if !prompt.is_empty() => prompt.clone(),
        _ => format!("input for {}", view.name(thread)),
    };
    kit.rect(rect, 7.0, Some(solid(Ink::Card)), Some(line(Ink::Thread(thread.0), 2.0)));
    let (style, w) = (kit::BODY.ink(Ink::Muted), rect.w - 20.0);
    kit.text(point(rect.x + 10.0, rect.center().y), w, style, "type here");
    kit.object(rect, Subject::Input(thread), name);
}

/// A flag beside the token that says who has asked for it.
fn asks(kit: &mut Kit, name: &str, right: Point, max: f64) {
    let style = kit::SMALL.bold().ink(Ink::Alert);
    let text = format!("{name} asks");
    let w = (style.width(&text) + 12.0).min(max);
    let rect = Rect::new(right.x - w, right.y - 9.0, w, 18.0);
    kit.rect(rect, 5.0, Some(solid(Ink::Card)), Some(line(Ink::Alert, 1.4)));
    kit.text(rect.center(), w - 8.0, style.middle(), text);
}

/// The card under the pointer while it is dragged: one can see through it.
pub(in super::super) fn ghost(kit: &mut Kit, view: &View<'_>, thread: ThreadIx, rect: Rect) {
    let ink = Ink::Thread(thread.0);
    let from = kit.mark();
    kit.rect(rect, 8.0, Some(tint(Ink::Card, 0.92)), Some(dashed(ink, 1.6)));
    kit.fill(Rect { w: 6.0, ..rect }, 3.0, tint(ink, 0.8));
    let (x, w) = (rect.x + 14.0, rect.w - 22.0);
    kit.text(point(x, rect.y + 17.0), w, kit::NAME, view.name(thread));
    let (texts, _) = words::progress(view.plan, view.machine, thread, view.now);
    kit.text(point(x, rect.y + 36.0), w, kit::NOTE, kit::NOTE.fit(texts, w));
    // From here it travels when it is let go.
    kit.mover(Thing::Card(thread), rect, from, None);
}
