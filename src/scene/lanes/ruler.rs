//! The ruler: ticks, and the playhead's mark.

use super::super::draw::View;
use super::super::kit::{self, Kit, line, point, solid};
use super::super::shape::Stroke;
use super::super::{Ink, Rect, Subject, TimeAxis};
use crate::time::{Dur, Time};

/// Height of the tick labels; marks of the present and flags stand below them.
pub(super) const LABELS: f64 = 20.0;

pub(super) fn draw(kit: &mut Kit, view: &View<'_>) {
    let place = &view.layout.lanes;
    kit.region(place.ruler, Subject::Ruler);
    let bottom = place.time.bottom();
    let plates = super::marks::plates(view);
    for (x, text) in ticks(&view.picture.axis) {
        let grid = Stroke { alpha: 0.7, ..line(Ink::Line, 1.0) };
        kit.line(point(x, place.ruler.y + LABELS), point(x, bottom), grid);
        let half = kit::SMALL.width(&text) / 2.0;
        // The last label may stand a little to the left of its tick, so as not to leave the panel.
        let at = x.min(place.time.right() + 7.0 - half);
        let rect = Rect::new(at - half, place.ruler.y + 4.0, 2.0 * half, LABELS - 8.0);
        if !super::marks::covers(&plates, rect) {
            kit.text(rect.center(), rect.w, kit::SMALL.middle(), text);
        }
    }
}

/// Where ticks stand and what they say: at 1, 2 or 5 times a power of ten, in minutes and hours at whole parts of them.
pub(in super::super) fn ticks(axis: &TimeAxis) -> Vec<(f64, String)> {
    const STEPS: [u64; 3] = [1, 2, 5];
    const SECOND: u64 = 1_000_000_000;
    let decimal = (1..=10u32).flat_map(|e| STEPS.map(|s| s * 10u64.pow(e))).filter(|s| *s < 60 * SECOND);
    let sixty = [60, 120, 300, 600, 1_200, 3_600, 7_200, 18_000, 36_000, 86_400, 172_800, 432_000, 864_000, 4_320_000];
    for step in decimal.chain(sixty.map(|s| s * SECOND)) {
        let px = step as f64 / axis.ns_per_px;
        if px < 48.0 {
            continue;
        }
        let first = axis.from().ns().div_ceil(step) * step;
        let last = axis.to().ns();
        let at = |ns: u64| (axis.x(Time::from_ns(ns)), words(ns, step));
        let ticks: Vec<_> = (0..).map(|i| first + i * step).take_while(|ns| *ns <= last).map(at).collect();
        let widest = ticks.iter().map(|(_, text)| kit::SMALL.width(text)).fold(0.0, f64::max);
        if px >= 1.5 * widest + 20.0 {
            return ticks;
        }
    }
    Vec::new()
}

/// A tick's label in the unit that suits the step.
fn words(ns: u64, step: u64) -> String {
    const MINUTE: u64 = 60_000_000_000;
    if step < MINUTE {
        return Dur::from_ns(ns).to_string();
    }
    match (ns / (60 * MINUTE), ns / MINUTE % 60) {
        (0, m) => format!("{m} min"),
        (h, 0) => format!("{h} h"),
        (h, m) => format!("{h} h {m} min"),
    }
}

/// A line through the lanes at the present.
pub(super) fn playhead(kit: &mut Kit, view: &View<'_>) {
    let place = &view.layout.lanes;
    let x = view.picture.axis.x(view.now);
    let (top, bottom) = (place.ruler.bottom() - 9.0, place.time.bottom());
    kit.line(point(x, top), point(x, bottom), line(Ink::Playhead, 1.8));
    let head = [(x - 6.5, top - 1.0), (x + 6.5, top - 1.0), (x, top + 8.5)];
    kit.polygon(&head, Some(solid(Ink::Playhead)), None);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::MAX_NS;
    use proptest::prelude::*;

    fn labels(ns_per_px: f64, start_ns: f64) -> Vec<String> {
        let axis = TimeAxis { start_ns, ns_per_px, left: 0.0, width: 400.0 };
        ticks(&axis).into_iter().map(|t| t.1).collect()
    }

    #[test]
    fn ticks_are_readable_from_nanoseconds_to_hours() {
        assert_eq!(labels(1.0, 0.0), ["0 ms", "100 ns", "200 ns", "300 ns", "400 ns"]);
        assert_eq!(labels(50_000.0, 0.0), ["0 ms", "5 ms", "10 ms", "15 ms", "20 ms"]);
        assert_eq!(labels(1.4e9, 0.0), ["0 min", "2 min", "4 min", "6 min", "8 min"]);
        assert_eq!(labels(6e10, 0.0), ["0 min", "2 h", "4 h", "6 h"]);
        assert_eq!(labels(1.0, 12_400_000.0)[0], "12.4 ms");
    }

    proptest! {
        #[test]
        fn labels_never_touch_and_each_says_the_time_under_its_tick(
            exponent in 0.0..43.0f64,
            start in 0.0..MAX_NS as f64,
            early in 0u32..50,
            width in 300.0..3_000.0f64,
        ) {
            let start_ns = start / 2f64.powi(early as i32);
            let axis = TimeAxis { start_ns, ns_per_px: 2f64.powf(exponent), left: 80.0, width };
            let ticks = ticks(&axis);
            let inside = axis.start_ns + axis.span_ns() <= MAX_NS as f64;
            prop_assert!(!inside || !ticks.is_empty(), "{axis:?}");
            for pair in ticks.windows(2) {
                let half = |t: &(f64, String)| kit::SMALL.width(&t.1) / 2.0;
                prop_assert!(pair[0].0 + half(&pair[0]) < pair[1].0 - half(&pair[1]), "{pair:?}");
            }
            for (x, text) in ticks.iter().filter(|(_, text)| !text.contains(" min") && !text.contains(" h")) {
                let said: Dur = text.parse().expect("a length of time");
                prop_assert!(axis.time(*x).ns().abs_diff(said.ns()) <= 1, "{text} at {x}");
            }
        }
    }
}
