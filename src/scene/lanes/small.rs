//! The lanes of a run alone, small: no names, no ruler, no marks. Looks and patterns are those of the large picture.

use super::columns::{Flat, stretches};
use super::{FUTURE, Look, bar};
use crate::engine::{Plan, Run};
use crate::ids::{CoreId, GilIx, ThreadIx};
use crate::number::Within;
use crate::scene::kit::{Kit, line, point};
use crate::scene::shape::Pattern;
use crate::scene::{Ink, Rect, Shape, Size, TimeAxis, thread_ink};
use crate::time::Time;

/// The height of a row in CSS pixels: as much as there is, from this to that. What does not fit is left out, from below.
const ROW: (f64, f64) = (5.0, 20.0);

/// Between cores, GILs and threads, in CSS pixels.
const GAP: f64 = 4.0;

/// The narrowest stretch that is drawn beside others, in CSS pixels.
const NARROW: f64 = 0.7;

/// Around everything, in CSS pixels.
const MARGIN: f64 = 6.0;

/// Whose lane it is.
#[derive(Clone, Copy, Debug)]
pub(in super::super) enum Row {
    Core(CoreId),
    Gil(GilIx),
    Thread(ThreadIx),
}

/// Draws who is on each core, who holds each GIL and what each thread does, from the start of a run until `until`; what
/// comes after `now` is paler.
#[must_use]
pub fn small(run: &Run, until: Time, now: Time, size: Size) -> Vec<Shape> {
    let plan = run.plan();
    let mut kit = Kit::default();
    let width = (size.w - 2.0 * MARGIN).max(1.0);
    let axis = TimeAxis { start_ns: 0.0, ns_per_px: until.ns().max(1) as f64 / width, left: MARGIN, width };
    let edge = axis.x(now).within(axis.left, axis.left + width);
    bars(&mut kit, run, &axis, (until, edge), rows(plan, size));
    if now < until {
        kit.line(point(edge, 0.0), point(edge, size.h), line(Ink::Playhead, 1.5));
    }
    kit.finish(size.h, 0, 0).shapes
}

/// Draws the bars of some lanes until an instant; what lies behind the pixel `edge` is paler.
pub(in super::super) fn bars(
    kit: &mut Kit,
    run: &Run,
    axis: &TimeAxis,
    (until, edge): (Time, f64),
    rows: impl IntoIterator<Item = (Row, Rect)>,
) {
    let plan = run.plan();
    let lanes = run.lanes();
    for (row, rect) in rows {
        if edge.is_infinite() {
            columns(kit, run, axis, until, (row, rect));
            continue;
        }
        // One kind of iterator for all lanes: three copies of what follows would be downloaded by everybody.
        let stretches: Box<dyn Iterator<Item = (Time, Time, Option<Look>, Ink)> + '_> = match row {
            Row::Core(core) => Box::new(
                lanes
                    .core(core)
                    .iter()
                    .map(|s| (s.start, s.end, Look::of(plan, s.thread, s.place), thread_ink(plan, s.thread))),
            ),
            Row::Gil(gil) => {
                Box::new(lanes.gil(gil).iter().map(|s| (s.start, s.end, Some(Look::Full(Pattern::Solid)), Ink::Gil)))
            }
            Row::Thread(thread) => Box::new(
                lanes
                    .thread(thread)
                    .iter()
                    .map(move |s| (s.start, s.end, Look::of(plan, thread, s.place), thread_ink(plan, thread))),
            ),
        };
        let mut drawn = axis.left;
        for (start, end, look, ink) in stretches {
            let (x0, x1) = (axis.x(start), axis.x(end.min(until)));
            // Of stretches narrower than can be seen, as many as can be seen.
            let Some(look) = look.filter(|_| x1 >= drawn + NARROW) else { continue };
            drawn = x1;
            for (x0, x1, alpha) in [(x0, x1.min(edge), 1.0), (x0.max(edge), x1, FUTURE)] {
                if x1 - x0 > 0.3 {
                    bar(kit, Rect { x: x0, w: x1 - x0, ..rect }, look, ink, alpha);
                }
            }
        }
    }
}

/// Draws the bars of a lane as the large picture does: at most one for a pixel, however long the run is.
fn columns(kit: &mut Kit, run: &Run, axis: &TimeAxis, until: Time, (row, rect): (Row, Rect)) {
    let (plan, lanes) = (run.plan(), run.lanes());
    let axis = TimeAxis { width: axis.width.min(axis.x(until) - axis.left), ..*axis };
    let list = match row {
        Row::Core(core) => stretches(lanes.core(core), &axis, &|kind| Look::at(kind.place()?, true)),
        Row::Gil(gil) => stretches(lanes.gil(gil), &axis, &|_| Some(Look::Full(Pattern::Solid))),
        Row::Thread(thread) => stretches(lanes.thread(thread), &axis, &|kind| Look::of(plan, thread, kind.place()?)),
    };
    let mut flat = Flat::even(rect);
    for stretch in list {
        let look = |thread| Some((Look::of(plan, thread, stretch.place())?, thread_ink(plan, thread)));
        let seen = match row {
            Row::Core(_) => stretch.who.and_then(look),
            Row::Gil(_) => Some((Look::Full(Pattern::Solid), Ink::Gil)),
            Row::Thread(thread) => look(thread),
        };
        let Some((look, ink)) = seen else { continue };
        if !flat.takes(&stretch, look, ink) {
            bar(kit, Rect { x: stretch.x0, w: stretch.x1 - stretch.x0, ..rect }, look, ink, stretch.alpha());
        }
    }
    flat.draw(kit);
}

/// All lanes: of the cores, the GILs, the threads.
pub(in super::super) fn groups(plan: &Plan) -> [Vec<Row>; 3] {
    [
        plan.core_ids().map(Row::Core).collect(),
        plan.gil_ixs().map(Row::Gil).collect(),
        plan.thread_ixs().map(Row::Thread).collect(),
    ]
}

/// The rows that fit, with the places of their bars.
fn rows(plan: &Plan, size: Size) -> Vec<(Row, Rect)> {
    let groups = groups(plan);
    let count: usize = groups.iter().map(Vec::len).sum();
    let gaps = groups.iter().filter(|g| !g.is_empty()).count().saturating_sub(1) as f64;
    let room = size.h - 2.0 * MARGIN - gaps * GAP;
    let h = (room / count.max(1) as f64).within(ROW.0, ROW.1);
    let mut y = (MARGIN + (room - h * count as f64) / 2.0).max(MARGIN);
    let mut rows = Vec::new();
    for group in groups.into_iter().filter(|g| !g.is_empty()) {
        for row in group {
            if y + h <= size.h {
                rows.push((row, Rect::new(MARGIN, y + 0.5, size.w - 2.0 * MARGIN, h - 1.0)));
            }
            y += h;
        }
        y += GAP;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::presets;

    fn run(name: &str) -> Run {
        let mut run = Run::new(&presets::by_name(name).expect("a preset").scenario());
        run.extend_past(Time::NEVER, 10_000);
        run
    }

    const CARD: Size = Size { w: 220.0, h: 96.0 };

    #[test]
    fn every_shape_lies_in_the_picture_and_every_preset_has_some() {
        for preset in presets::all() {
            let run = run(preset.name);
            let shapes = small(&run, run.end(), run.end(), CARD);
            assert!(shapes.len() >= 3, "{}", preset.name);
            for shape in &shapes {
                if let Shape::Rect { rect, .. } = shape {
                    let inside = rect.x >= 0.0 && rect.right() <= CARD.w && rect.y >= 0.0 && rect.bottom() <= CARD.h;
                    assert!(inside, "{}: {rect:?}", preset.name);
                }
            }
        }
    }

    #[test]
    fn what_comes_after_now_is_paler_and_a_playhead_stands_between() {
        let run = run("P1a");
        let alphas = |now| {
            let mut alphas: Vec<f32> = small(&run, run.end(), now, CARD)
                .iter()
                .filter_map(|s| match s {
                    Shape::Rect { fill: Some(fill), .. } if matches!(fill.ink, Ink::Thread(_)) => Some(fill.alpha),
                    _ => None,
                })
                .collect();
            alphas.sort_by(f32::total_cmp);
            alphas.dedup();
            alphas
        };
        let lines = |now| small(&run, run.end(), now, CARD).iter().filter(|s| matches!(s, Shape::Line { .. })).count();
        assert_eq!(alphas(run.end()).last(), Some(&1.0));
        assert_eq!(alphas(Time::ZERO).last(), Some(&FUTURE), "all is still to come");
        assert_eq!([lines(run.end()), lines(Time::from_ms(20))], [0, 1]);
    }

    #[test]
    fn a_run_of_very_many_rows_shows_as_many_as_fit() {
        let mut scenario = presets::first().scenario();
        scenario.computer.cores = 64;
        let mut run = Run::new(&scenario);
        run.extend_past(Time::NEVER, 10_000);
        let fit = rows(run.plan(), CARD);
        assert!(fit.len() >= 12 && fit.len() < 67, "{}", fit.len());
        assert!(matches!(fit[0].0, Row::Core(_)));
    }
}
