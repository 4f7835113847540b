//! The lanes' rectangles: ruler, a row per core, GIL and thread, the key of states.

use super::super::facts::{self, KeyEntry};
use super::super::words;
use super::super::{Rect, Size, kit};
use super::order::lanes;
use super::{Content, GAP, Mode};
use crate::ids::{CoreId, GilIx, ObjectIx, ProcessIx, ThreadIx};
use crate::number::Within;

/// Above the ruler; and around the overview, which has a row of its own there.
const ABOVE: f64 = 6.0;
/// Height of the overview.
const OVERVIEW: f64 = 12.0;
/// Height of the ruler: tick labels above, the playhead's mark and flags below.
const RULER: f64 = 38.0;
/// Height of a row of the key.
pub(in super::super) const KEY_ROW: f64 = 22.0;
/// Width of a swatch in the key.
pub(in super::super) const SWATCH: f64 = 26.0;
/// Between groups of lanes, in parts of a row, and at least.
const GROUP: f64 = 0.2;
const GROUP_MIN: f64 = 6.0;
const PAD: f64 = 14.0;
/// Between the lanes and the key, and between that and the panel's bottom.
const ABOVE_KEY: f64 = 10.0;
const BELOW_KEY: f64 = PAD / 2.0;
/// A comfortable row.
const ROW: f64 = 52.0;
/// The least row of the thread whose program is shown below its lane.
const OPEN: f64 = 42.0;
/// The least row of lanes that share one.
const GRAPH: f64 = 26.0;
/// The highest row.
const ROW_MAX: f64 = 124.0;
/// Lowest row of a GIL where rows are low, where they are thin, and else; and the highest.
const GIL_ROW: [f64; 4] = [24.0, 16.0, 31.0, 58.0];
/// Rows lower than this are thin: they have no room for a name each.
pub(in super::super) const THIN: f64 = 13.0;

/// Height of a lane of the baseline, and of the line of words above the first.
const BASELINE: f64 = 18.0;
/// What a lane shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum LaneOf {
    Core(CoreId),
    /// All cores in one.
    Cores,
    Gil(GilIx),
    /// Who holds a lock, how many of a semaphore are taken, whom a device serves.
    Object(ObjectIx),
    /// How many threads are ready.
    Ready,
    /// A thread of the baseline, which is another run.
    Baseline(ThreadIx),
    Thread(ThreadIx),
    /// All threads of a process in one.
    Process(ProcessIx),
}

/// A lane's row, as wide as the time area.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct LanePlace {
    pub(in super::super) of: LaneOf,
    pub(in super::super) rect: Rect,
}

/// The lower part of the picture.
#[derive(Clone, Debug)]
pub(in super::super) struct LanesPlace {
    pub(in super::super) panel: Rect,
    /// Where time runs from left to right, ruler included.
    pub(in super::super) time: Rect,
    pub(in super::super) ruler: Rect,
    /// The strip of the whole run, while the view shows only a part.
    pub(in super::super) overview: Option<Rect>,
    /// Left edge of the labels.
    pub(in super::super) label_x: f64,
    pub(in super::super) rows: Vec<LanePlace>,
    /// Each entry of the key with the top left corner of its row.
    pub(in super::super) key: Vec<(KeyEntry, Rect)>,
}

impl LanesPlace {
    /// The line of words above the lanes of the baseline, if there is one.
    pub(in super::super) fn caption(&self) -> Option<Rect> {
        let first = self.rows.iter().find(|r| matches!(r.of, LaneOf::Baseline(_)))?.rect;
        Some(Rect { y: first.y - BASELINE, h: BASELINE, ..first })
    }

    pub(super) fn new(content: Content<'_>, mode: Mode, top: f64, size: Size) -> Self {
        let plan = content.plan;
        let x = GAP / 2.0;
        let w = size.w - GAP;
        let names = plan.threads.iter().map(|t| kit::NOTE.bold().width(&t.name) + 30.0);
        let labels = match mode {
            Mode::Wide => 124.0,
            Mode::Medium => 104.0,
            Mode::Narrow => names.fold(74.0, f64::max).min(100.0),
        };
        let (mut key, key_rows) = key(content, x + PAD, w - 2.0 * PAD);
        let key_h = key_rows as f64 * KEY_ROW;
        let time = Rect::new(x + labels, top + ABOVE, (w - labels - PAD).max(40.0), 0.0);
        let overview = content.overview.then_some(Rect { h: OVERVIEW, ..time });
        let time = Rect { y: overview.map_or(time.y, |strip| strip.bottom() + ABOVE), ..time };
        let ruler = Rect { h: RULER, ..time };
        let room = size.h - GAP / 2.0 - ruler.bottom() - key_h - ABOVE_KEY - BELOW_KEY;
        let (lanes, open) = (lanes(content, mode == Mode::Wide), content.open);
        let pitch = pitch(&lanes, open, room - 8.0);
        let rows = rows(&lanes, open, Rect { y: ruler.bottom() + 4.0, ..time }, pitch);
        // On a very high canvas the rows stay together, and the key stands at the bottom.
        let lanes_bottom = (rows.last().map_or(ruler.bottom(), |r| r.rect.bottom()) + 4.0).max(ruler.bottom() + room);
        let key_top = lanes_bottom + ABOVE_KEY;
        key.iter_mut().for_each(|(_, r)| r.y += key_top);
        let panel = Rect::new(x, top, w, key_top + key_h + BELOW_KEY - top);
        let time = Rect { h: lanes_bottom - time.y, ..time };
        Self { panel, time, ruler, overview, label_x: x + PAD, rows, key }
    }
}

/// The heights of the lanes' panel with the lowest and with comfortable rows.
pub(super) fn heights(content: Content<'_>, mode: Mode, size: Size) -> [f64; 2] {
    let lowest = LanesPlace::new(content, mode, 0.0, Size { h: 0.0, ..size });
    let (lanes, open) = (lanes(content, mode == Mode::Wide), content.open);
    let more = rows_height(&lanes, open, ROW) - rows_height(&lanes, open, least(lanes.len()));
    [lowest.panel.h, lowest.panel.h + more]
}

/// The lowest row that is readable among so many.
const fn least(lanes: usize) -> f64 {
    match lanes {
        ..=24 => 19.0,
        25..=72 => 14.0,
        _ => 6.0,
    }
}

/// Height of all lanes with the gaps between their groups.
fn rows_height(lanes: &[LaneOf], open: Option<ThreadIx>, pitch: f64) -> f64 {
    rows(lanes, open, Rect::default(), pitch).last().map_or(0.0, |r| r.rect.bottom())
}

/// The height of a row with which the lanes fill the room, within what is readable.
fn pitch(lanes: &[LaneOf], open: Option<ThreadIx>, room: f64) -> f64 {
    // The height grows with the pitch, so halving finds it; to a quarter of a pixel.
    let (mut low, mut high) = (least(lanes.len()), ROW_MAX);
    for _ in 0..9 {
        let middle = f64::midpoint(low, high);
        if rows_height(lanes, open, middle) <= room { low = middle } else { high = middle }
    }
    low
}

/// A row per lane, with room for blocks in that of the thread whose program is shown.
fn rows(lanes: &[LaneOf], open: Option<ThreadIx>, at: Rect, pitch: f64) -> Vec<LanePlace> {
    let mut y = at.y;
    let mut before = None;
    let mut place = |of: &LaneOf| {
        let kind = std::mem::discriminant(of);
        if before.replace(kind).is_some_and(|b| b != kind) {
            y += (GROUP * pitch).max(GROUP_MIN);
            if matches!(of, LaneOf::Baseline(_)) {
                y += BASELINE;
            }
        }
        let h = match *of {
            LaneOf::Gil(_) => {
                let [low, thin, least, most] = GIL_ROW;
                pitch.within(
                    if pitch < THIN {
                        thin
                    } else if pitch < 18.0 {
                        low
                    } else {
                        least
                    },
                    most,
                )
            }
            LaneOf::Baseline(_) => BASELINE,
            LaneOf::Thread(t) if open == Some(t) => pitch.max(OPEN),
            LaneOf::Core(_) | LaneOf::Object(_) | LaneOf::Thread(_) => pitch,
            LaneOf::Ready => pitch,
            LaneOf::Cores | LaneOf::Process(_) => pitch.max(GRAPH),
        };
        let rect = Rect { y, h, ..at };
        y += h;
        LanePlace { of: *of, rect }
    };
    lanes.iter().map(&mut place).collect()
}

/// The entries of the key from left to right, their rows counted from y = 0, and the number of rows. Rows are of like
/// length, and what is said about the future stands at the right end.
fn key(content: Content<'_>, x: f64, w: f64) -> (Vec<(KeyEntry, Rect)>, usize) {
    let (mut places, rows) = key_rows(content, w);
    let mut limit = w;
    while rows > 1 && limit > 0.6 * w {
        limit -= 20.0;
        match key_rows(content, limit) {
            (tighter, n) if n == rows => places = tighter,
            _ => break,
        }
    }
    for (entry, r) in &mut places {
        r.x = if *entry == KeyEntry::Future { (w - r.w).max(r.x) } else { r.x } + x;
    }
    (places, rows)
}

/// The entries in rows of at most `w`.
fn key_rows(content: Content<'_>, w: f64) -> (Vec<(KeyEntry, Rect)>, usize) {
    let entries = facts::states(content.plan)
        .into_iter()
        .map(KeyEntry::State)
        .chain(content.in_vain.then_some(KeyEntry::InVain))
        .chain([KeyEntry::Future]);
    let (mut at, mut row) = (0.0, 0);
    let mut places = Vec::new();
    for entry in entries {
        let swatch = if entry == KeyEntry::Future { 0.0 } else { SWATCH + 8.0 };
        let width = swatch + kit::NOTE.width(words::key(entry));
        if at > 0.0 && at + width > w {
            (at, row) = (0.0, row + 1);
        }
        places.push((entry, Rect::new(at, f64::from(row) * KEY_ROW, width.min(w), KEY_ROW)));
        at += width + 14.0;
    }
    (places, row as usize + 1)
}
