//! What a process wraps beside its threads, with who holds a lock and how many items wait; and the pipes between processes
//! and the devices that all use.

use super::super::draw::View;
use super::super::facts::Res;
use super::super::kit::{self, Kit, line, point, solid};
use super::super::layout::ProcessPlace;
use super::super::{Ink, Point, Rect, Subject, names, words};
use crate::engine::Work;
use crate::engine::code::About;
use crate::engine::plan::ObjectKind;
use crate::ids::{ObjectIx, ThreadIx};

/// The most items and messages that are drawn one by one.
const MOST: u32 = 5;
const MORE: u32 = MOST + 1;

pub(super) fn draw(kit: &mut Kit, view: &View<'_>, place: &ProcessPlace) {
    for (res, rect) in &place.resources {
        kit.outline(*rect, 6.0, line(Ink::Line, 1.0));
        if let Res::Shared(object) = res {
            self::object(kit, view, *object, *rect, 6.0);
        }
        let text = words::resource(view.plan, res);
        match res {
            Res::Shared(object) if view.plan.object(*object).kind == ObjectKind::Lock => {
                self::lock(kit, view, *object, *rect, text);
            }
            Res::Shared(object) => self::shared(kit, view, *object, *rect, text),
            _ => kit.text(rect.center(), rect.w - 8.0, kit::SMALL.middle(), text),
        }
    }
}

/// Something shared can be pointed at.
fn object(kit: &mut Kit, view: &View<'_>, object: ObjectIx, rect: Rect, radius: f64) {
    view.mark(kit, rect, radius, Subject::Resource(object));
    kit.object(rect, Subject::Resource(object), names::object(view.plan, view.machine, object));
}

/// A padlock, closed while somebody holds it, and who that is.
fn lock(kit: &mut Kit, view: &View<'_>, lock: ObjectIx, rect: Rect, name: String) {
    let y = rect.center().y;
    let holder = view.machine.object(lock).holder;
    padlock(kit, point(rect.x + 13.0, y), holder);
    let x = rect.x + 24.0;
    let name_w = kit::SMALL.bold().width(&name);
    kit.text(point(x, y), name_w, kit::SMALL.bold().ink(Ink::Text), name);
    let (x, w) = (x + name_w + 8.0, rect.right() - x - name_w - 16.0);
    match holder {
        Some(thread) => {
            kit.circle(point(x + 4.0, y), 4.0, Some(solid(Ink::Thread(thread.0))), None);
            kit.text(point(x + 12.0, y), w - 12.0, kit::SMALL, view.plan.thread(thread).name.as_str());
        }
        None => kit.text(point(x, y), w, kit::SMALL, "free"),
    }
}

fn padlock(kit: &mut Kit, c: Point, holder: Option<ThreadIx>) {
    let ink = holder.map_or(Ink::Muted, |t| Ink::Thread(t.0));
    let (left, right, top) = (c.x - 3.2, c.x + 3.2, c.y - 6.0);
    let stroke = line(ink, 1.6);
    kit.line(point(left, c.y - 1.0), point(left, top), stroke);
    kit.line(point(left, top), point(right, top), stroke);
    // An open one has a shackle with a free end.
    kit.line(point(right, top), point(right, if holder.is_some() { c.y - 1.0 } else { c.y - 3.8 }), stroke);
    kit.rect(Rect::new(c.x - 5.0, c.y - 1.0, 10.0, 7.5), 1.5, holder.map(|_| solid(ink)), Some(stroke));
}

/// How many items a queue has, as squares while they are few, with room for as many as it may have; a semaphore likewise.
/// Whether an event is set; who has come to a barrier.
fn shared(kit: &mut Kit, view: &View<'_>, object: ObjectIx, rect: Rect, name: String) {
    let y = rect.center().y;
    let name_w = kit::SMALL.bold().width(&name);
    kit.text(point(rect.x + 8.0, y), name_w, kit::SMALL.bold().ink(Ink::Text), name);
    let x = rect.x + 16.0 + name_w;
    let (plan, state) = (view.plan.object(object), view.machine.object(object));
    let (items, size) = (state.items, plan.size);
    let text = match (plan.kind, items) {
        (ObjectKind::Event, 0) => "not set".to_owned(),
        (ObjectKind::Event, _) => "set".to_owned(),
        (ObjectKind::Barrier, _) => format!("{} of {size} there", state.waiters.len()),
        (ObjectKind::Queue, 0) if size > MOST => "empty".to_owned(),
        (ObjectKind::Queue, _) if size < u32::MAX && size > MOST => format!("{items}/{size} items"),
        (ObjectKind::Queue, MORE..) => format!("{items} items"),
        (_, 0) if size == 0 => "0 left".to_owned(),
        (_, MORE..) => format!("{items} left"),
        _ => {
            // With room for more if that is limited.
            let room = if size <= MOST { items.max(size) } else { items };
            for i in 0..room {
                let square = Rect::new(x + 11.0 * f64::from(i), y - 4.5, 9.0, 9.0);
                kit.rect(square, 2.0, (i < items).then(|| solid(Ink::Muted)), Some(line(Ink::Muted, 1.0)));
            }
            return;
        }
    };
    kit.text(point(x, y), rect.right() - x - 6.0, kit::SMALL, text);
}

/// The pipes: who sends, the messages inside, who receives. The devices: whom each serves, and who waits for it.
pub(super) fn pipes(kit: &mut Kit, view: &View<'_>) {
    for (object, rect) in &view.layout.board.pipes {
        match view.plan.object(*object).kind {
            ObjectKind::Device => device(kit, view, *object, *rect),
            _ => pipe(kit, view, *object, *rect),
        }
        self::object(kit, view, *object, *rect, 10.0);
    }
}

/// Whom a device serves, how far, and who is next.
fn device(kit: &mut Kit, view: &View<'_>, device: ObjectIx, rect: Rect) {
    kit.rect(rect, 10.0, Some(solid(Ink::Panel)), Some(line(Ink::Line, 1.0)));
    let (y, state) = (rect.center().y, view.machine.object(device));
    let style = kit::NOTE.bold();
    let name = format!("device {}", view.plan.object(device).name);
    let name_w = style.width(&name).min(0.4 * rect.w);
    kit.text(point(rect.x + 14.0, y), name_w, style, name);
    let mut x = rect.x + 14.0 + name_w + 14.0;
    let Some(served) = state.holder else {
        return kit.text(point(x, y), rect.right() - x - 8.0, kit::SMALL, "free");
    };
    for (i, thread) in std::iter::once(served).chain(state.waiters.iter().copied()).enumerate() {
        let text = if i == 0 { format!("serves {}", view.name(thread)) } else { view.name(thread).to_owned() };
        let w = kit::SMALL.width(&text) + 22.0;
        if x + w > rect.right() - 8.0 {
            return kit.text(point(x, y), rect.right() - x - 8.0, kit::SMALL, "…");
        }
        kit.circle(point(x + 4.0, y), 4.0, Some(solid(Ink::Thread(thread.0))), None);
        kit.text(point(x + 12.0, y), w, kit::SMALL, text);
        x += w + 4.0;
    }
}

fn pipe(kit: &mut Kit, view: &View<'_>, pipe: ObjectIx, rect: Rect) {
    kit.rect(rect, 10.0, Some(solid(Ink::Panel)), Some(line(Ink::Line, 1.0)));
    let y = rect.center().y;
    let style = kit::NOTE.bold();
    let name = format!("pipe {}", view.plan.object(pipe).name);
    let part = 0.3 * rect.w;
    let ends = [who(view, pipe, "send"), who(view, pipe, "receive")];
    let name_w = style.width(&name).min(part);
    kit.text(point(rect.x + 14.0, y), name_w, style, name);
    let from_x = rect.x + 14.0 + name_w + 10.0;
    let end_w = kit::SMALL.width(&ends[1]).min(0.2 * rect.w);
    let from_w = kit::SMALL.width(&ends[0]).min(0.2 * rect.w);
    kit.text(point(from_x, y), from_w, kit::SMALL, ends[0].as_str());
    kit.text(point(rect.right() - 12.0, y), end_w, kit::SMALL.end(), ends[1].as_str());
    let left = from_x + from_w + 8.0;
    let tube = Rect::new(left, y - 8.0, rect.right() - 12.0 - end_w - 16.0 - left, 16.0);
    if tube.w < 40.0 {
        return;
    }
    kit.rect(tube, 8.0, Some(solid(Ink::Well)), Some(line(Ink::Muted, 1.2)));
    let tip = tube.right() + 9.0;
    kit.polygon(&[(tip, y), (tip - 6.0, y - 5.0), (tip - 6.0, y + 5.0)], Some(solid(Ink::Muted)), None);
    let items = view.machine.object(pipe).items;
    for i in 0..items.min(MOST) {
        let x = tube.right() - 20.0 - 17.0 * f64::from(i);
        if x >= tube.x + 4.0 {
            envelope(kit, point(x, y), 1.0);
        }
    }
    if items > MOST {
        let text = items.to_string();
        kit.text(point(tube.x + 8.0, y), tube.w * 0.4, kit::SMALL, text);
    }
    for (done, length) in view.plan.thread_ixs().filter_map(|t| sending(view, t, pipe)) {
        // What is being sent comes in from the left.
        let part = done as f64 / length.max(1) as f64;
        envelope(kit, point(tube.x + 4.0 + part * 0.35 * tube.w, y), 0.6);
    }
}

/// How much of a message a thread has sent, and how much it is, in nanoseconds.
fn sending(view: &View<'_>, thread: ThreadIx, pipe: ObjectIx) -> Option<(u64, u64)> {
    let op = view.plan.thread(thread).ops.get(usize::from(view.machine.thread(thread).op?))?;
    if op.name != "send" || op.about != About::Object(pipe) || view.machine.work(thread) != Some(Work::Native) {
        return None;
    }
    let (done, length) = view.machine.progress(view.plan, thread, view.now)?;
    Some((done.ns(), length.ns()))
}

fn envelope(kit: &mut Kit, at: Point, alpha: f32) {
    let r = Rect::new(at.x, at.y - 4.5, 13.0, 9.0);
    let stroke = super::super::shape::Stroke { alpha, ..line(Ink::Text, 1.2) };
    kit.rect(r, 1.5, Some(solid(Ink::Card)), Some(stroke));
    kit.line(point(r.x, r.y), point(r.center().x, r.center().y + 0.5), stroke);
    kit.line(point(r.right(), r.y), point(r.center().x, r.center().y + 0.5), stroke);
}

/// Whose programs have an op on a pipe: “clerk”, “clerk +2”.
fn who(view: &View<'_>, pipe: ObjectIx, op: &str) -> String {
    let uses = |t: &ThreadIx| view.plan.thread(*t).ops.iter().any(|o| o.name == op && o.about == About::Object(pipe));
    let mut all = view.plan.thread_ixs().filter(uses);
    match (all.next(), all.count()) {
        (None, _) => "nobody".to_owned(),
        (Some(one), 0) => view.name(one).to_owned(),
        (Some(one), more) => format!("{} +{more}", view.name(one)),
    }
}
