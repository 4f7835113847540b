//! A core's lane: who is on it.

use super::super::draw::View;
use super::super::kit::{Kit, line, point};
use super::super::layout::THIN;
use super::super::shape::{Pattern, Stroke};
use super::super::{Ink, Rect};
use super::Tag;
use super::columns::{Flat, stretches};
use super::thread::{Look, bar, full_height};
use crate::engine::Place;
use crate::ids::CoreId;

pub(super) fn draw(kit: &mut Kit, view: &View<'_>, core: CoreId, row: Rect) {
    let y = row.center().y;
    let idle = Stroke { alpha: 0.9, ..line(Ink::Line, 1.0) };
    if row.h >= THIN {
        kit.line(point(row.x, y), point(row.right(), y), idle);
    }
    let full = full_height(row);
    // The drawn run is that of a drop that would happen, which may take a core away.
    if core.0 >= view.drawn.plan().cores {
        return;
    }
    let mut flat = Flat::new(view, full);
    // All that a core can be doing looks different, unless a thread has no GIL.
    for stretch in stretches(view.drawn.lanes().core(core), &view.shown, &|kind| Look::at(kind.place()?, true)) {
        let place = stretch.place();
        let seen = stretch.who.and_then(|t| view.own_thread(t).zip(Look::of(view.drawn.plan(), t, place)));
        let Some((thread, look)) = seen else { continue };
        let rect = stretch.rect(full);
        if flat.takes(&stretch, look, Ink::Thread(thread.0)) {
            super::pointable(kit, view, rect, stretch.record);
            continue;
        }
        for (x0, x1, alpha) in super::sides(view, stretch.x0, stretch.x1) {
            bar(kit, Rect { x: x0, w: x1 - x0, ..full }, look, Ink::Thread(thread.0), alpha * stretch.alpha());
        }
        if place != Place::SwitchingIn && stretch.record.is_some() {
            let plain = look == Look::Full(Pattern::Solid);
            let ground = if plain { None } else { Some(Ink::Thread(thread.0)) };
            super::name(kit, view, rect, view.name(thread), Tag { ink: Ink::OnThread(thread.0), ground });
        }
        super::pointable(kit, view, rect, stretch.record);
    }
    flat.draw(kit);
}
