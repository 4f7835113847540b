//! Two runs one below the other on one time axis: who is on each core, who holds each GIL, what each thread does.

use super::kit::{self, Kit, dashed, line, point, solid};
use super::lanes::{Row, bars, groups, ticks};
use super::{Ink, Rect, Shape, TimeAxis, thread_ink};
use crate::engine::{Ending, Plan, Run};
use crate::number::Within;
use crate::time::Time;

/// The most lanes of each run; what does not fit is left out, from below, and counted.
const MOST_LANES: usize = 40;

/// The height of the ruler, of a caption and between lanes of different kinds, in CSS pixels.
const RULER: f64 = 24.0;
const CAPTION: f64 = 34.0;
const GAP: f64 = 5.0;

/// Around everything, in CSS pixels.
const MARGIN: f64 = 8.0;

/// From this width of the picture on, in CSS pixels, names have more room.
const WIDE: f64 = 560.0;

/// The picture without its cursor.
#[derive(Clone, Debug)]
pub struct Compared {
    /// What is drawn.
    pub shapes: Vec<Shape>,
    /// Which time lies under which pixels.
    pub axis: TimeAxis,
    /// The height of the picture in CSS pixels.
    pub height: f64,
    /// From where to where the lanes of each run are.
    lanes: [(f64, f64); 2],
}

/// Draws two runs with their captions until an instant, in a picture of this width in CSS pixels.
#[must_use]
pub fn compared(runs: &[Run; 2], captions: [&str; 2], until: Time, width: f64) -> Compared {
    let left = if width >= WIDE { 128.0 } else { 84.0 };
    let room = (width - left - MARGIN).max(1.0);
    // What ends last ends a little before the edge.
    let axis = TimeAxis { start_ns: 0.0, ns_per_px: until.ns().max(1) as f64 / (0.985 * room), left, width: room };
    let mut kit = Kit::default();
    let blocks = [RULER, RULER + block_height(&runs[0])];
    let height = blocks[1] + block_height(&runs[1]) + MARGIN;
    for (x, text) in ticks(&axis) {
        kit.line(point(x, RULER - 4.0), point(x, height), line(Ink::Line, 1.0));
        let half = kit::SMALL.width(&text) / 2.0;
        kit.text(point(x.min(width - half), RULER / 2.0), 2.0 * half, kit::SMALL.middle(), text);
    }
    let ends = runs.each_ref().map(|run| (run.ending() == Some(&Ending::AllFinished)).then(|| axis.x(run.end())));
    let mut places = [(0.0, 0.0); 2];
    for (i, run) in runs.iter().enumerate() {
        caption(&mut kit, ["A", "B"][i], captions[i], run, Rect::new(MARGIN, blocks[i], width - 2.0 * MARGIN, CAPTION));
        let bottom = lanes(&mut kit, run, &axis, until, blocks[i] + CAPTION);
        let top = blocks[i] + CAPTION - 1.0;
        places[i] = (top, bottom);
        // Where the other one has finished already, or goes on to.
        if let (Some(x), true) = (ends[1 - i], ends[0] != ends[1]) {
            kit.line(point(x, top), point(x, bottom), dashed(Ink::Muted, 1.2));
        }
        if let Some(x) = ends[i] {
            kit.line(point(x, top), point(x, bottom), line(Ink::Text, 2.0));
        }
    }
    Compared { shapes: kit.finish(height, 0, 0).shapes, axis, height, lanes: places }
}

impl Compared {
    /// The cursor at an instant.
    #[must_use]
    pub fn cursor(&self, at: Time) -> Vec<Shape> {
        let mut kit = Kit::default();
        let x = self.axis.x(at);
        // Not through the captions.
        for (top, bottom) in [(RULER - 6.0, RULER - 1.0)].into_iter().chain(self.lanes) {
            kit.line(point(x, top), point(x, bottom), line(Ink::Playhead, 1.8));
        }
        let text = format!("{at:.3}");
        let w = kit::SMALL.bold().width(&text) + 12.0;
        let from = self.axis.left + self.axis.width + MARGIN - w;
        let pill = Rect::new((x - w / 2.0).within(0.0, from), 2.0, w, RULER - 6.0);
        kit.fill(pill, 5.0, solid(Ink::Playhead));
        kit.text(pill.center(), w, kit::SMALL.bold().middle().ink(Ink::Panel), text);
        kit.finish(self.height, 0, 0).shapes
    }
}

/// The height of a lane, which is lower the more there are.
fn lane_height(run: &Run) -> f64 {
    match groups(run.plan()).iter().map(Vec::len).sum() {
        ..=10 => 22.0,
        11..=20 => 18.0,
        _ => 14.0,
    }
}

/// The lanes of a run that are drawn, and how many are left out.
fn drawn(run: &Run) -> (Vec<Vec<Row>>, usize) {
    let (mut left, mut out) = (MOST_LANES, 0);
    let groups = groups(run.plan()).into_iter().filter(|group| !group.is_empty()).map(|mut group| {
        out += group.len().saturating_sub(left);
        group.truncate(left);
        left -= group.len();
        group
    });
    (groups.collect(), out)
}

fn block_height(run: &Run) -> f64 {
    let (groups, out) = drawn(run);
    let count: usize = groups.iter().map(Vec::len).sum();
    CAPTION + count as f64 * lane_height(run) + groups.len() as f64 * GAP + if out > 0 { 18.0 } else { 0.0 }
}

/// “A · As it is now”, and when it ends.
fn caption(kit: &mut Kit, letter: &str, text: &str, run: &Run, rect: Rect) {
    kit.fill(Rect { y: rect.y + 1.0, h: rect.h - 3.0, ..rect }, 0.0, solid(Ink::Panel));
    kit.line(point(rect.x, rect.y), point(rect.right(), rect.y), line(Ink::Line, 1.0));
    let y = rect.center().y + 1.0;
    kit.fill(Rect::new(rect.x, y - 10.0, 20.0, 20.0), 5.0, solid(Ink::Text));
    kit.text(point(rect.x + 10.0, y), 20.0, kit::NAME.middle().ink(Ink::Panel), letter);
    let end = match run.ending() {
        Some(Ending::AllFinished) => format!("finishes at {:.3}", run.end()),
        Some(Ending::AwaitingInput(_)) => "awaits an answer".to_owned(),
        Some(Ending::Deadlock(_)) => "deadlock".to_owned(),
        Some(_) => "does not finish".to_owned(),
        None => String::new(),
    };
    let room = if rect.w < WIDE - 2.0 * MARGIN { 0.55 * rect.w } else { 0.7 * rect.w };
    kit.text(point(rect.x + 28.0, y), room - 28.0, kit::NAME, text);
    kit.text(point(rect.right(), y), rect.w - room, kit::NOTE.end(), end);
}

/// Draws the lanes of a run from `y` on; where they end.
fn lanes(kit: &mut Kit, run: &Run, axis: &TimeAxis, until: Time, mut y: f64) -> f64 {
    let (groups, out) = drawn(run);
    let h = lane_height(run);
    let mut places = Vec::new();
    for group in groups {
        for row in group {
            let rect = Rect::new(axis.left, y + 1.5, axis.width, h - 3.0);
            name(kit, run.plan(), row, rect);
            places.push((row, rect));
            y += h;
        }
        y += GAP;
    }
    kit.clip(Rect::new(axis.left - 1.0, 0.0, axis.width + 2.0, y));
    bars(kit, run, axis, (until.min(run.known()), f64::INFINITY), places);
    kit.unclip();
    if out > 0 {
        kit.text(point(axis.left, y + 8.0), axis.width, kit::SMALL, format!("lanes left out: {out}"));
    }
    y
}

/// The name of a lane, at its left.
fn name(kit: &mut Kit, plan: &Plan, row: Row, rect: Rect) {
    let (x, y) = (MARGIN, rect.center().y);
    let style = kit::SMALL.ink(Ink::Text);
    let text = match row {
        Row::Core(core) => format!("core {}", core.0),
        Row::Gil(gil) => {
            kit.circle(point(x + 4.0, y), 4.0, Some(solid(Ink::Gil)), Some(line(Ink::OnGil, 1.0)));
            if plan.gils.len() == 1 { "GIL".to_owned() } else { plan.gil_owner(gil).to_string() }
        }
        Row::Thread(thread) => {
            kit.fill(Rect::new(x + 2.0, y - 0.36 * rect.h, 3.5, 0.72 * rect.h), 1.75, solid(thread_ink(plan, thread)));
            plan.thread(thread).name.clone()
        }
    };
    let indent = if matches!(row, Row::Core(_)) { 0.0 } else { 13.0 };
    kit.text(point(x + indent, y), rect.x - x - indent - 6.0, style, text);
}
