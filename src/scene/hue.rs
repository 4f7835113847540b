//! Which colour a thread has: by its id, so that it keeps it whatever becomes of the others.

use super::{Ink, Shape};
use crate::engine::Plan;
use crate::ids::ThreadIx;

/// The colour of a thread. Ids count from 1, in files of others also from 0; the first has the first colour.
#[must_use]
pub fn thread_ink(plan: &Plan, thread: ThreadIx) -> Ink {
    Ink::Thread(hue(plan, thread.0))
}

/// A thread's colour among all; what is no thread's number stays as it is.
fn hue(plan: &Plan, thread: u16) -> u16 {
    let first = u16::from(plan.threads.iter().all(|t| t.id.0 > 0));
    plan.threads.get(usize::from(thread)).map_or(thread, |t| t.id.0 - first)
}

/// Puts the threads' colours in place of their numbers.
pub(super) fn colour(shapes: &mut [Shape], plan: &Plan) {
    let hues: Vec<u16> = (0..plan.threads.len() as u16).map(|thread| hue(plan, thread)).collect();
    if hues.iter().enumerate().all(|(thread, hue)| thread == usize::from(*hue)) {
        return;
    }
    let put = |ink: &mut Ink| {
        if let Ink::Thread(n) | Ink::OnThread(n) = ink
            && let Some(hue) = hues.get(usize::from(*n))
        {
            *n = *hue;
        }
    };
    for shape in shapes {
        match shape {
            Shape::Rect { fill, stroke, .. }
            | Shape::Circle { fill, stroke, .. }
            | Shape::Path { fill, stroke, .. } => {
                fill.iter_mut().for_each(|fill| put(&mut fill.ink));
                stroke.iter_mut().for_each(|stroke| put(&mut stroke.ink));
            }
            Shape::Line { stroke, .. } => put(&mut stroke.ink),
            Shape::Text { ink, .. } => put(ink),
            Shape::Columns { columns, .. } => columns.iter_mut().for_each(|column| put(&mut column.ink)),
            Shape::Clip(_) | Shape::Unclip => {}
        }
    }
}
