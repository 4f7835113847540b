//! The computer: its cores, who is on them, and the pins.

use super::super::draw::View;
use super::super::kit::{self, Kit, line, point, solid, tint};
use super::super::layout::{CARD_LOW, CoreStyle};
use super::super::{DropTarget, Ink, Rect, Subject, names, words};
use super::{LINE, Shown, card, empty, panel, registers};
use crate::engine::{Place, Reason};
use crate::ids::{CoreId, ProcessIx, ThreadIx};

/// Least size of a pin's target, as WCAG 2.2 asks for.
const PIN: f64 = 24.0;
/// Up to so many cores each says why it is idle, and up to so many that it is.
const FEW: u8 = 4;
const MANY: u8 = 16;
/// Narrowest core with a word beside its pin.
const PIN_LABEL: f64 = 140.0;
/// Widest card on a core, where it is alone.
const CORE_CARD_MAX: f64 = 280.0;

pub(super) fn draw(kit: &mut Kit, view: &View<'_>, shown: &mut Shown) {
    let board = &view.layout.board;
    let r = board.computer;
    panel(kit, r);
    view.mark(kit, r, 12.0, Subject::Computer);
    let cores = words::count(board.cores.len(), "core");
    kit.object(r, Subject::Computer, format!("computer, {cores}"));
    let title_w = kit::TITLE.width("computer");
    kit.text(point(r.x + 14.0, r.y + 22.0), r.w - 28.0, kit::TITLE, "computer");
    kit.text(point(r.x + 22.0 + title_w, r.y + 22.0), r.w - title_w - 36.0, kit::NOTE, cores);
    for (core, rect) in view.plan.core_ids().zip(&board.cores) {
        match board.core_style {
            CoreStyle::Chip => chip(kit, view, core, *rect, shown),
            style => full(kit, view, core, *rect, style, shown),
        }
    }
}

fn ground(kit: &mut Kit, view: &View<'_>, core: CoreId, rect: Rect, radius: f64) {
    let busy = view.machine.core(core).thread.is_some();
    let fill = if busy { tint(Ink::Well, 1.0) } else { tint(Ink::Well, 0.45) };
    kit.rect(rect, radius, Some(fill), Some(line(Ink::Line, 1.0)));
    view.target(kit, rect, radius, DropTarget::Core(core));
    if let Some(process) = occupant(view, core) {
        kit.outline(rect, radius, line(view.band(process), 3.0));
    }
    view.mark(kit, rect, radius, Subject::Core(core));
    kit.object(rect, Subject::Core(core), names::core_name(view.plan, view.machine, core));
}

/// The process that occupies a core, if cores are outlined.
fn occupant(view: &View<'_>, core: CoreId) -> Option<ProcessIx> {
    let thread = view.machine.core(core).thread.filter(|_| view.picture.outline_cores)?;
    Some(view.plan.thread(thread).process)
}

/// The name of the process that occupies a core, on its lower edge.
fn tag(kit: &mut Kit, view: &View<'_>, process: ProcessIx, core: Rect) {
    let (name, style) = (view.plan.process(process).name.as_str(), kit::SMALL.bold().ink(Ink::Text));
    let w = (style.width(name) + 18.0).min(core.w - 20.0);
    let rect = Rect::new(core.right() - w - 10.0, core.bottom() - 9.0, w, 18.0);
    kit.rect(rect, 9.0, Some(solid(Ink::Panel)), Some(line(view.band(process), 2.0)));
    kit.text(rect.center(), w - 14.0, style.middle(), name);
}

fn full(kit: &mut Kit, view: &View<'_>, core: CoreId, rect: Rect, style: CoreStyle, shown: &mut Shown) {
    ground(kit, view, core, rect, 10.0);
    let label = rect.w >= PIN_LABEL;
    let pin_w = if label { 54.0 } else { PIN + 2.0 };
    let (name, text) = (kit::NAME.ink(Ink::Muted), format!("core {}", core.0));
    kit.text(point(rect.x + 12.0, rect.y + 16.0), rect.w - pin_w - 20.0, name, text);
    pin(kit, view, core, Rect::new(rect.right() - pin_w - 6.0, rect.y + 3.0, pin_w, PIN), label);
    let w = (rect.w - 20.0).min(CORE_CARD_MAX);
    // A core that is high may have a card where others have lines.
    let below = if registers::shown(view) { 80.0 } else { 64.0 };
    let h = view.layout.board.card.max((rect.h - below).min(CARD_LOW));
    let place = Rect::new(rect.x + 10.0, rect.y + 32.0, w, h);
    match view.machine.core(core).thread {
        Some(thread) => {
            card::draw(kit, view, thread, place, &words::standing(view.plan, view.machine, thread, ""));
            shown.0.push(thread);
        }
        None => {
            let free = Rect::new(place.x, place.y, rect.w - 20.0, rect.bottom() - 8.0 - place.y);
            let why = if view.plan.cores <= FEW { idle(view) } else { Vec::new() };
            empty(kit, free, "idle", &why);
        }
    }
    if let Some(thread) = view.machine.core(core).thread.filter(|_| style == CoreStyle::Full) {
        let mut below = Rect::new(rect.x + 12.0, place.bottom(), rect.w - 24.0, rect.bottom() - place.bottom());
        if registers::shown(view) {
            registers::draw(kit, view, core, Rect::new(below.x, rect.bottom() - 21.0, below.w, 14.0));
            below.h -= 15.0;
        } else if view.picture.outline_cores {
            below.h -= 8.0;
        }
        says(kit, below, &caption(view, core, thread));
    }
    if let Some(process) = occupant(view, core) {
        tag(kit, view, process, rect);
    }
}

fn chip(kit: &mut Kit, view: &View<'_>, core: CoreId, rect: Rect, shown: &mut Shown) {
    ground(kit, view, core, rect, 6.0);
    let number_w = kit::SMALL.width("00");
    let at = point(rect.x + 4.0 + number_w / 2.0, rect.center().y);
    match view.machine.core(core).thread {
        Some(thread) => {
            kit.text(at, number_w, kit::SMALL.middle(), core.0.to_string());
            let x = rect.x + number_w + if rect.w < 100.0 { 5.0 } else { 12.0 };
            let place = Rect::new(x, rect.y + 3.0, rect.right() - x - 3.0, rect.h - 6.0);
            card::draw(kit, view, thread, place, &words::standing(view.plan, view.machine, thread, ""));
            shown.0.push(thread);
        }
        None => {
            kit.text(at, number_w, kit::SMALL.middle(), core.0.to_string());
            let left = rect.w - number_w - 20.0;
            // Of many that are empty one sees that they are.
            if kit::SMALL.width("idle") <= left && view.plan.cores <= MANY {
                kit.text(point(rect.x + number_w + 16.0, rect.center().y), left, kit::SMALL, "idle");
            }
        }
    }
}

/// A drawing pin in a core's header, filled in the colour of who is pinned there.
fn pin(kit: &mut Kit, view: &View<'_>, core: CoreId, rect: Rect, label: bool) {
    let pinned = view.pinned(core);
    view.target(kit, rect, 6.0, DropTarget::Pin(core));
    view.mark(kit, rect, 6.0, Subject::Pin(core));
    let (ink, fill) = match pinned.first() {
        Some(thread) => (Ink::Thread(thread.0), Some(solid(Ink::Thread(thread.0)))),
        None => (Ink::Muted, None),
    };
    let (x, y) = (rect.right() - 13.0, rect.center().y);
    kit.polygon(
        &[
            (x - 3.0, y - 7.0),
            (x + 3.0, y - 7.0),
            (x + 2.2, y - 1.0),
            (x + 5.0, y + 2.0),
            (x - 5.0, y + 2.0),
            (x - 2.2, y - 1.0),
        ],
        fill,
        Some(line(ink, 1.3)),
    );
    kit.line(point(x, y + 2.0), point(x, y + 7.0), line(ink, 1.5));
    if label {
        let text = if pinned.len() > 1 { format!("pin {}", pinned.len()) } else { "pin".to_owned() };
        kit.text(point(rect.right() - 22.0, y), 36.0, kit::SMALL.end(), text);
    }
    let names: Vec<&str> = pinned.iter().map(|t| view.name(*t)).collect();
    let who = if names.is_empty() {
        "nobody is pinned there".to_owned()
    } else {
        format!("{} pinned there", names.join(", "))
    };
    kit.object(rect, Subject::Pin(core), format!("pin of core {}, {who}", core.0));
}

/// The first of the texts that fits between a core's card and its edge, else the last.
fn says(kit: &mut Kit, rect: Rect, texts: &[String]) {
    let most = ((rect.h - 10.0) / LINE).max(1.0) as usize;
    let wrapped = texts.iter().map(|t| kit::NOTE.wrap(t, rect.w));
    let lines = wrapped.enumerate().find(|(i, lines)| i + 1 == texts.len() || lines.len() <= most);
    let y = rect.y + (rect.h / 2.0).min(18.0);
    for (i, text) in lines.into_iter().flat_map(|l| l.1).take(most).enumerate() {
        kit.text(point(rect.x, y + LINE * i as f64), rect.w, kit::NOTE, text);
    }
}

/// What goes on on a core, in a few words and in fewer.
fn caption(view: &View<'_>, core: CoreId, thread: ThreadIx) -> [String; 3] {
    match view.machine.thread(thread).place {
        Place::Running(work) => {
            let [long, short] = words::running(view.plan, thread, work);
            if let Some(by) = asked(view, thread) {
                let asked = format!("{} asks for the GIL", view.name(by));
                return [format!("{long}; {asked}"), asked, short.to_owned()];
            }
            [long, short, short].map(str::to_owned)
        }
        _ => registers::caption(view, core, thread),
    }
}

/// Who has asked a thread to drop the GIL that it holds.
fn asked(view: &View<'_>, thread: ThreadIx) -> Option<ThreadIx> {
    let gil = view.plan.thread(thread).gil.filter(|_| view.machine.holds_gil(view.plan, thread))?;
    view.machine.gil(gil).requested_by
}

/// Why a core is idle, in words and in fewer.
fn idle(view: &View<'_>) -> Vec<String> {
    let at = |place: Place| move |t: &ThreadIx| view.machine.thread(*t).place == place;
    let mut wants = view.plan.thread_ixs().filter(at(Place::WantsGil));
    if view.machine.ready().next().is_some() {
        let elsewhere = view.machine.queues().len() > 1;
        let why = if elsewhere { "who is ready waits for another core" } else { "who is ready may not run here" };
        return vec![why.to_owned()];
    }
    let why = match (wants.next(), wants.count(), view.plan.thread_ixs().find(at(Place::Waking))) {
        (_, _, Some(waking)) => {
            let starts = view.machine.woken_by(waking) == Some(Reason::StartedBy);
            format!("{} is {}", view.name(waking), if starts { "starting" } else { "waking" })
        }
        (Some(thread), 0, _) => return no_help(format!("{} wants the GIL", view.name(thread))),
        (Some(_), more, _) => return no_help(format!("{} threads want the GIL", more + 1)),
        (None, ..) if view.plan.thread_ixs().all(|t| at(Place::Finished)(&t)) => "all have finished".to_owned(),
        (None, ..) => "nobody is ready".to_owned(),
    };
    vec![why]
}

fn no_help(who: String) -> Vec<String> {
    vec![format!("{who}, a core would not help"), who]
}
