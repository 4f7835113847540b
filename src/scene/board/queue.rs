//! The ready queue, in the order in which the policy will pick. Where each core has one, a row for each; where those are too
//! many, one after another, and each thread says which it is in.

use super::super::draw::View;
use super::super::kit::{self, Kit, line, point, solid};
use super::super::layout::{Mode, ROW_BESIDE};
use super::super::{DropTarget, Ink, QueuePlace, Rect, Subject, words};
use super::{Cards, Shown, cards};
use crate::ids::ThreadIx;

pub(super) fn draw(kit: &mut Kit, view: &View<'_>, shown: &mut Shown) {
    let board = &view.layout.board;
    let rect = board.ready;
    kit.rect(rect, 12.0, Some(solid(Ink::Well)), Some(line(Ink::Line, 1.0)));
    view.mark(kit, rect, 12.0, Subject::ReadyQueue);
    let queues = view.machine.queues();
    let n = view.machine.ready().count();
    kit.object(rect, Subject::ReadyQueue, format!("ready queue, {}", words::count(n, "thread")));
    header(kit, view, rect, n);
    let mut first = 0;
    let mut threads = Vec::new();
    for (core, queue) in queues.iter().enumerate() {
        let row = board.queues.get(core);
        for &t in &queue.threads {
            let waited = waited(view, t);
            let beside = row.is_none() && queues.len() > 1;
            threads.push((t, if beside { format!("core {core} · {waited}") } else { waited }));
        }
        if let Some(row) = row {
            let area = core_name(kit, *row, core);
            one(kit, view, QueuePlace { rect: *row, first }, (area, "nobody"), &threads, shown);
            first += threads.len() as u16 + 1;
            threads.clear();
        }
    }
    if board.queues.is_empty() {
        one(kit, view, QueuePlace { rect, first }, (board.ready_cards, "nobody waits for a core"), &threads, shown);
    }
}

/// The name of a core before or above its queue, and what is left for the cards.
fn core_name(kit: &mut Kit, row: Rect, core: usize) -> Rect {
    let text = format!("core {core}");
    if row.w >= ROW_BESIDE {
        kit.text(point(row.x + 2.0, row.center().y), 52.0, kit::SMALL.bold(), text);
        return Rect { x: row.x + 56.0, w: row.w - 56.0, ..row };
    }
    kit.text(point(row.x + 2.0, row.y + 7.0), row.w, kit::SMALL.bold(), text);
    Rect { y: row.y + 16.0, h: row.h - 16.0, ..row }
}

/// A queue's cards in an area, or a word that nobody is there, and how it takes what is dragged.
fn one(
    kit: &mut Kit,
    view: &View<'_>,
    place: QueuePlace,
    (area, nobody): (Rect, &str),
    threads: &[(ThreadIx, String)],
    shown: &mut Shown,
) {
    let rect = place.rect;
    let places = place.first..=place.first + threads.len() as u16;
    kit.queue(place);
    let gap = view.picture.drag.and_then(|d| match d.over {
        Some(DropTarget::Queue(at)) if places.contains(&at) => Some(at),
        _ => None,
    });
    match gap {
        Some(at) => view.target(kit, rect, 12.0, DropTarget::Queue(at)),
        None => view.targets(kit, rect, 12.0, |t| matches!(t, DropTarget::Queue(at) if places.contains(at))),
    }
    if threads.is_empty() && gap.is_none() {
        kit.text(point(area.x + 2.0, area.y + (area.h / 2.0).min(12.0)), area.w, kit::NOTE, nobody);
    }
    let gap = gap.map(|at| usize::from(at - place.first));
    cards(kit, view, Cards { area, threads, gap, below: 0.0 }, shown);
}

/// What the policy goes by, and how long a thread has been where it is.
pub(super) fn waited(view: &View<'_>, thread: ThreadIx) -> String {
    let waited = format!("{:.1}", view.now.since(view.machine.thread(thread).since));
    words::standing(view.plan, view.machine, thread, &waited)
}

fn header(kit: &mut Kit, view: &View<'_>, rect: Rect, n: usize) {
    let (x, w) = (rect.x + 12.0, rect.w - 24.0);
    let title = "ready →";
    let title_w = kit::TITLE.width(title);
    kit.text(point(x, rect.y + 22.0), w, kit::TITLE, title);
    let [long, short] = words::policy(view.plan);
    if view.layout.mode == Mode::Wide {
        kit.text(point(x + w, rect.y + 22.0), 40.0, kit::NOTE.end(), n.to_string());
        kit.text(point(x, rect.y + 42.5), w, kit::NOTE, "waits for a core");
        kit.text(point(x, rect.y + 59.0), w, kit::SMALL, kit::SMALL.fit([long, short], w));
    } else {
        let left = w - title_w - 8.0;
        let texts = [format!("waits for a core · {long}"), long, short];
        kit.text(point(x + title_w + 8.0, rect.y + 22.0), left, kit::NOTE, kit::NOTE.fit(texts, left));
    }
}
