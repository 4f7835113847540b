//! Process panels: a band of colour, the GIL's dock, a home chip per thread, and the places where its threads wait.

use super::super::draw::View;
use super::super::facts::{self, Wait};
use super::super::kit::{self, Kit, line, point, solid, tint};
use super::super::lanes::{Look, bar};
use super::super::layout::{ProcessPlace, WellPlace};
use super::super::{DropTarget, Ink, Rect, Subject, Thing, names, words};
use super::{Cards, Shown, cards, panel, queue, resources, token};
use crate::engine::plan::GilRule;
use crate::engine::{Place, Reason};
use crate::ids::{GilIx, ProcessIx, ThreadIx};
use crate::time::Time;

/// A header of this height has its words one below the other.
const TWO_LINES: f64 = 56.0;

/// Least width of a count of threads by their states.
const COUNTS: f64 = 190.0;

/// Width of a GIL's dock.
const DOCK: f64 = 68.0;

pub(super) fn draw(kit: &mut Kit, view: &View<'_>, shown: &mut Shown) {
    for place in &view.layout.board.processes {
        let process = view.plan.process(place.process);
        let r = place.panel;
        panel(kit, r);
        kit.fill(Rect::new(r.x, r.y + 10.0, 6.0, place.header.h - 20.0), 3.0, solid(view.band(place.process)));
        view.target(kit, r, 12.0, DropTarget::Process(place.process));
        if view.picture.outline_cores && view.occupies(place.process) > 0 {
            kit.outline(r, 12.0, line(view.band(place.process), 3.0));
        }
        view.mark(kit, r, 12.0, Subject::Process(place.process));
        let threads = words::count(process.threads.len(), "thread");
        kit.object(r, Subject::Process(place.process), format!("process {}, {threads}", process.name));
        header(kit, view, place);
        for well in &place.wells {
            self::well(kit, view, place, well, shown);
        }
        resources::draw(kit, view, place);
    }
}

fn header(kit: &mut Kit, view: &View<'_>, place: &ProcessPlace) {
    let process = view.plan.process(place.process);
    let r = place.header;
    let y = r.center().y;
    let docks = docks(view, place);
    let dock_w = docks.first().map_or(0.0, |(_, dock)| r.right() - dock.x + 4.0);
    let w = r.w - dock_w;
    let name_w = kit::TITLE.width(&process.name).min(w);
    if r.h >= TWO_LINES {
        kit.text(point(r.x, y - 10.0), w, kit::TITLE, process.name.as_str());
        kit.text(point(r.x, y + 11.0), w, kit::NOTE, kit::NOTE.fit(runtime(view, place.process), w));
    } else {
        kit.text(point(r.x, y), name_w, kit::TITLE, process.name.as_str());
        let left = w - name_w - 10.0;
        let text = kit::NOTE.fit(runtime(view, place.process), left);
        if kit::NOTE.width(&text) <= left {
            kit.text(point(r.x + name_w + 10.0, y + 0.5), left, kit::NOTE, text);
        }
    }
    for (gil, rect) in docks {
        dock(kit, view, gil, rect);
    }
}

/// What runs a process's code, in words and in fewer.
fn runtime(view: &View<'_>, process: ProcessIx) -> [String; 2] {
    if view.picture.outline_cores {
        let on = format!("on {} now", words::count(view.occupies(process), "core"));
        return [on.clone(), on];
    }
    match view.plan.process(process).gils.first().map(|gil| view.plan.gil(*gil).rule) {
        Some(GilRule::Request { interval }) if view.plan.has_several_gils(process) => {
            let n = words::count(view.plan.process(process).gils.len(), "interpreter");
            [format!("CPython · {n} · switch interval {interval}"), n]
        }
        Some(GilRule::Request { interval }) => [format!("CPython · switch interval {interval}"), "CPython".to_owned()],
        Some(GilRule::Ticks(t)) => [format!("Python 2.7 · check every {} ticks", t.count), "Python 2.7".to_owned()],
        None if view.plan.process(process).python => ["CPython without a GIL", "no GIL"].map(str::to_owned),
        None if facts::any_gil(view.plan) => ["native code, no GIL", "no GIL"].map(str::to_owned),
        None => ["native code", "native"].map(str::to_owned),
    }
}

/// The docks of a process's GILs at the right end of its header, as many as there is room for: of several, each has the
/// number of its interpreter.
fn docks(view: &View<'_>, place: &ProcessPlace) -> Vec<(GilIx, Rect)> {
    let (r, gils) = (place.header, &view.plan.process(place.process).gils);
    let fit = ((0.6 * r.w / DOCK) as usize).max(1).min(gils.len());
    let x = r.right() - fit as f64 * DOCK;
    let rect = |i: usize| Rect::new(x + i as f64 * DOCK + 8.0, r.center().y - 14.0, DOCK - 8.0, 28.0);
    gils.iter().take(fit).enumerate().map(|(i, gil)| (*gil, rect(i))).collect()
}

/// Where the token lies while nobody holds it.
fn dock(kit: &mut Kit, view: &View<'_>, gil: GilIx, rect: Rect) {
    let center = point(rect.right() - 13.0, rect.center().y);
    let owner = view.plan.gil(gil);
    let label = match owner.interpreter {
        n if view.plan.has_several_gils(owner.process) => format!("GIL {n}"),
        _ => "GIL".to_owned(),
    };
    kit.text(point(rect.right() - 31.0, center.y), rect.w - 30.0, kit::SMALL.bold().end(), label);
    match view.machine.gil(gil).holder {
        Some(_) => token::away(kit, center, 11.0),
        None => {
            token::draw(kit, gil, center, 11.0, None);
        }
    }
    view.mark(kit, rect, 8.0, Subject::Gil(gil));
    kit.object(rect, Subject::Gil(gil), names::gil_name(view.plan, view.machine, gil));
}

/// Draws the home chips of all processes.
pub(super) fn chips(kit: &mut Kit, view: &View<'_>, shown: &Shown) {
    for place in &view.layout.board.processes {
        chips_of(kit, view, place, shown);
    }
}

fn chips_of(kit: &mut Kit, view: &View<'_>, place: &ProcessPlace, shown: &Shown) {
    let threads = &view.plan.process(place.process).threads;
    let cells = &place.chips;
    let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return };
    let cols = cells.iter().filter(|c| c.y == first.y).count();
    // The others are counted at the end of the last row.
    let counted = ((COUNTS + 8.0) / (first.w + 8.0)).ceil() as usize;
    let fit = if threads.len() > cells.len() { cells.len() - counted.min(cols) } else { threads.len() };
    for (thread, cell) in threads.iter().zip(cells).take(fit) {
        chip(kit, view, *thread, *cell, shown.has(*thread));
    }
    if let Some(cell) = cells.get(fit).filter(|_| fit < threads.len()) {
        let cell = Rect { w: last.right() - cell.x, ..*cell };
        kit.outline(cell, 13.0, kit::dashed(Ink::Line, 1.0));
        let (style, w) = (kit::NOTE.middle(), cell.w - 16.0);
        kit.text(cell.center(), w, style, style.fit(words::tally(view.machine, &threads[fit..]), w));
    }
}

/// A thread's home chip: who, and where.
fn chip(kit: &mut Kit, view: &View<'_>, thread: ThreadIx, rect: Rect, has_card: bool) {
    let finished = view.machine.thread(thread).place == Place::Finished;
    let rim = (!finished).then(|| line(Ink::Rim, 1.0));
    kit.rect(rect, 13.0, Some(tint(Ink::Well, if finished { 0.5 } else { 1.0 })), rim);
    view.mark(kit, rect, 13.0, Subject::Thread(thread));
    if view.dragged(thread) {
        kit.outline(rect, 13.0, kit::dashed(Ink::Thread(thread.0), 1.5));
    }
    let holds = view.machine.holds_gil(view.plan, thread) && !has_card;
    let (x, y) = (rect.x + 25.0, rect.center().y);
    let w = rect.w - 25.0 - if holds { 26.0 } else { 10.0 };
    let style = kit::NOTE.ink(Ink::Text).bold();
    let name = style.brief(&view.plan.thread(thread).name, w);
    let name_w = style.width(&name).min(w);
    let left = w - name_w - 7.0;
    let place = kit::NOTE.fit(words::place(view.plan, view.machine, thread), left);
    let place_w = kit::NOTE.width(&place);
    let ink = Ink::Thread(thread.0);
    kit.text(point(x, y), name_w, style, name);
    if place_w <= left {
        kit.circle(point(rect.x + 14.0, y), 5.0, Some(solid(ink)), None);
        kit.text(point(x + w, y), left, kit::NOTE.end(), place);
    } else {
        // Where there is no room for words the state's pattern says it.
        let swatch = Rect::new(rect.x + 7.0, y - 6.0, 14.0, 12.0);
        match Look::of(view.plan, thread, view.machine.thread(thread).place) {
            Some(look) => bar(kit, swatch, look, ink, 1.0),
            None => kit.circle(swatch.center(), 4.0, None, Some(line(ink, 1.5))),
        }
    }
    if let Some(gil) = view.plan.thread(thread).gil.filter(|_| holds) {
        token::draw(kit, gil, point(rect.right() - 13.0, y), 8.0, None);
    }
    if !has_card && !view.dragged(thread) {
        // From here its card comes, and here it goes.
        kit.mover(Thing::Card(thread), rect, kit.mark(), None);
    }
    if has_card {
        kit.region(rect, Subject::Thread(thread));
    } else {
        kit.object(rect, Subject::Thread(thread), names::thread_name(view.plan, view.machine, thread));
    }
    kit.draggable(!finished);
}

fn well(kit: &mut Kit, view: &View<'_>, place: &ProcessPlace, well: &WellPlace, shown: &mut Shown) {
    let r = well.rect;
    kit.rect(r, 8.0, Some(solid(Ink::Well)), Some(line(Ink::Rim, 1.0)));
    let threads = waiting(view, place, well.wait);
    let (style, room) = (kit::NOTE.bold(), r.w - 40.0);
    kit.text(
        point(r.x + 10.0, r.y + 15.0),
        room,
        style,
        style.fit(words::well(view.plan, well.wait).map(str::to_owned), room),
    );
    if !threads.is_empty() {
        kit.text(point(r.right() - 10.0, r.y + 15.0), 28.0, kit::NOTE.end(), threads.len().to_string());
    }
    let area = well.cards();
    if threads.is_empty() {
        kit.text(point(area.x + 2.0, area.y + 12.0), area.w, kit::NOTE, "nobody");
    }
    let noted: Vec<_> = threads.iter().map(|t| (*t, note(view, *t))).collect();
    cards(kit, view, Cards { area, threads: &noted, gap: None, below: well.below() }, shown);
    if well.wait == Wait::Gil {
        let state = |gil: &GilIx| view.machine.gil(*gil);
        let due = |gil: &GilIx| state(gil).waiters.iter().filter_map(|t| view.machine.timer(*t)).min();
        let gils = view.plan.process(place.process).gils.iter().copied();
        // There is room to speak of one: that which is asked for, or will be next.
        let next = gils.min_by_key(|g| (state(g).requested_by.is_none(), due(g).unwrap_or(Time::NEVER)));
        if let Some(gil) = next {
            footer(kit, view, gil, well.footer());
        }
    }
}

/// Who waits in a place, in the order in which they will be served.
fn waiting(view: &View<'_>, place: &ProcessPlace, wait: Wait) -> Vec<ThreadIx> {
    let process = view.plan.process(place.process);
    let here = |t: &ThreadIx| match view.machine.thread(*t).place {
        Place::ForcedWait => wait == Wait::Gil,
        Place::Waiting(cause) => wait.takes(Wait::of(cause)),
        Place::Waking => woken_from(view, *t).is_some_and(|w| wait.takes(w)),
        _ => false,
    };
    let others = || process.threads.iter().copied().filter(here);
    if wait != Wait::Gil {
        return others().collect();
    }
    let forced = |t: &ThreadIx| view.machine.thread(*t).place == Place::ForcedWait;
    let waiters = process.gils.iter().flat_map(|gil| view.machine.gil(*gil).waiters.iter().copied());
    others().filter(|t| !forced(t)).chain(waiters).chain(others().filter(forced)).collect()
}

/// Where a thread that is waking has waited; nowhere if it starts.
fn woken_from(view: &View<'_>, thread: ThreadIx) -> Option<Wait> {
    Some(match view.machine.woken_by(thread)? {
        Reason::IoEnded => Wait::Io,
        Reason::SleepEnded => Wait::Sleep,
        Reason::Answered => Wait::Input,
        Reason::LockReleased => Wait::Lock,
        Reason::HandedOver => Wait::Lock,
        Reason::SemaphoreReleased => Wait::Semaphore,
        Reason::EventSet => Wait::Event,
        Reason::AllThere => Wait::Barrier,
        Reason::ItemTaken => Wait::Room,
        Reason::ItemPut => Wait::Queue,
        Reason::MessageSent => Wait::Pipe,
        Reason::ChildRuns | Reason::Joined => Wait::Thread,
        Reason::StartedBy => return None,
        _ => Wait::Gil,
    })
}

/// The right end of a waiting card's first line.
fn note(view: &View<'_>, thread: ThreadIx) -> String {
    match view.machine.thread(thread).place {
        place @ (Place::Waking | Place::ForcedWait) => {
            words::standing(view.plan, view.machine, thread, words::short(place))
        }
        _ => queue::waited(view, thread),
    }
}

/// What the waiters of a GIL will do about it, or who has just been signalled by whom.
fn footer(kit: &mut Kit, view: &View<'_>, gil: GilIx, rect: Rect) {
    let state = view.machine.gil(gil);
    let due = state.waiters.iter().filter_map(|t| view.machine.timer(*t).map(|due| (due, *t))).min();
    let signalled = view.plan.process(view.plan.gil(gil).process).threads.iter().copied();
    let signalled = signalled.into_iter().find(|t| view.machine.woken_by(*t) == Some(Reason::GilSignalled));
    let texts = match (state.requested_by, due, signalled, state.last_holder) {
        (Some(by), ..) => {
            let who = state.holder.map_or_else(String::new, |h| format!(" {}", view.name(h)));
            let by = view.name(by);
            [
                format!("{by} has asked{who} to drop the GIL"),
                format!("{by} has asked for it"),
                format!("{by} has asked"),
            ]
        }
        (None, _, Some(to), Some(from)) if state.holder.is_none() => {
            let (to, from) = (view.name(to), view.name(from));
            let dropped = format!("{from} dropped the GIL and signalled {to}");
            [dropped, format!("{from} signalled {to}"), format!("signal to {to}")]
        }
        _ if view.plan.gil(gil).ticks().is_some() && state.holder.is_some() && !state.waiters.is_empty() => {
            ["given up for a moment at each check", "given up at checks", "checks"].map(str::to_owned)
        }
        (None, Some((due, by)), ..) if view.may_see(due) => {
            let (by, asks) = (view.name(by), format!("asks at {due:.2}"));
            [format!("{by} {asks} if nobody switches"), format!("{by} {asks}"), asks]
        }
        _ => return,
    };
    let style = kit::NOTE.ink(Ink::Alert);
    kit.text(point(rect.x, rect.center().y), rect.w, style, style.fit(texts, rect.w));
}
