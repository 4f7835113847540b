//! The ready queue, in the order in which the policy will pick. Where each core has one, one after another, and each thread
//! says which it is in.

use super::super::draw::View;
use super::super::kit::{self, Kit, line, point, solid};
use super::super::layout::Mode;
use super::super::{DropTarget, Ink, Rect, Subject, words};
use super::{Cards, Shown, cards, empty};
use crate::ids::ThreadIx;

pub(super) fn draw(kit: &mut Kit, view: &View<'_>, shown: &mut Shown) {
    let board = &view.layout.board;
    let rect = board.ready;
    kit.rect(rect, 12.0, Some(solid(Ink::Well)), Some(line(Ink::Line, 1.0)));
    view.mark(kit, rect, 12.0, Subject::ReadyQueue);
    let threads: Vec<ThreadIx> = view.machine.ready().collect();
    kit.object(rect, Subject::ReadyQueue, format!("ready queue, {}", words::count(threads.len(), "thread")));
    header(kit, view, rect, threads.len());
    let gap = view.picture.drag.and_then(|d| if let Some(DropTarget::Queue(at)) = d.over { Some(at) } else { None });
    match gap {
        Some(at) => view.target(kit, rect, 12.0, DropTarget::Queue(at)),
        None => view.targets(kit, rect, 12.0, |t| matches!(t, DropTarget::Queue(_))),
    }
    if threads.is_empty() && gap.is_none() {
        let area = board.ready_cards;
        empty(kit, Rect { h: area.h.min(board.card), ..area }, "nobody waits for a core", &[]);
    }
    let several = view.machine.queues().len() > 1;
    let note = |t| match queue_of(view, t).filter(|_| several) {
        Some(core) => format!("core {core} · {}", waited(view, t)),
        None => waited(view, t),
    };
    let noted: Vec<_> = threads.into_iter().map(|t| (t, note(t))).collect();
    let gap = gap.map(usize::from);
    cards(kit, view, Cards { area: board.ready_cards, threads: &noted, gap, below: 0.0 }, shown);
}

/// In which ready queue a thread is.
fn queue_of(view: &View<'_>, thread: ThreadIx) -> Option<usize> {
    view.machine.queues().iter().position(|queue| queue.threads.contains(&thread))
}

/// How long a thread has been where it is.
pub(super) fn waited(view: &View<'_>, thread: ThreadIx) -> String {
    format!("{:.1}", view.now.since(view.machine.thread(thread).since))
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
