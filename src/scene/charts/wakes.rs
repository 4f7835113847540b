//! How long threads took from being woken until they computed: how many took how long.

use super::super::kit::{self, Kit, dashed, point};
use super::super::{Ink, Rect, Scene};
use super::{COUNTED, PAD, area, axis, finished, head};
use crate::metrics::Metrics;
use crate::time::{Dur, Time};

/// The height of the bars' area, and of a line of text above it, in CSS pixels.
const HEIGHT: f64 = 96.0;
const LINE: f64 = 16.0;

/// The least width of a bar, in CSS pixels.
const NARROWEST: f64 = 10.0;

/// The percentiles that are marked.
const MARKED: [(usize, &str); 3] = [(50, "median"), (95, "p95"), (99, "p99")];

/// Draws a histogram of the wake-ups; nothing without any.
#[must_use]
pub fn wakes(metrics: &Metrics, width: f64, title: Option<&str>) -> Scene {
    let mut kit = Kit::default();
    let sorted = &metrics.wakes;
    let Some(worst) = sorted.last().copied() else { return finished(kit, 0.0) };
    let top = head(&mut kit, title, width) + PAD + LINE * MARKED.len() as f64;
    let number = sorted.len().to_string();
    let area = area(&number, width, top, HEIGHT);
    let step = step(worst, (area.w / NARROWEST) as u64);
    let bins = worst.ns() / step.ns() + 1;
    let across = axis::across(area, Time::ZERO, step * bins);
    let bottom = axis::draw(&mut kit, area, &across);
    let below = |bin: u64| sorted.partition_point(|d| d.ns() < step.ns() * bin);
    let counts: Vec<usize> = (0..bins).map(|bin| below(bin + 1) - below(bin)).collect();
    let most = counts.iter().copied().max().unwrap_or(1);
    let wide = area.w / bins as f64;
    for (bin, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let h = (HEIGHT * *count as f64 / most as f64).max(2.0);
        let bar = Rect::new(area.x + wide * bin as f64 + 0.5, area.bottom() - h, (wide - 1.0).max(1.0), h);
        kit.fill(bar, 1.0, COUNTED);
    }
    axis::ground(&mut kit, area);
    kit.text(point(area.x - 6.0, area.y + 6.0), area.x, kit::SMALL.end(), most.to_string());
    kit.text(point(area.x - 6.0, area.bottom() - 6.0), area.x, kit::SMALL.end(), "0");
    for (line, (percent, name)) in MARKED.into_iter().enumerate() {
        let Some(length) = metrics.wake(percent) else { continue };
        let (x, y) = (across.x(Time::ZERO + length), top - LINE * (MARKED.len() as f64 - line as f64 - 0.5));
        kit.line(point(x, y), point(x, area.bottom()), dashed(Ink::Text, 1.2));
        let text = format!("{name} {}", crate::metrics::brief(length));
        // On the side that has more room.
        let (at, style, room) = match x > area.center().x {
            true => (x - 5.0, kit::SMALL.ink(Ink::Text).end(), x - 5.0),
            false => (x + 5.0, kit::SMALL.ink(Ink::Text), width - x - 5.0),
        };
        kit.text(point(at, y), room, style, text);
    }
    finished(kit, bottom)
}

/// The least length of 1, 2 or 5 times a power of ten with which at most so many bars reach up to the worst.
fn step(worst: Dur, most: u64) -> Dur {
    let steps = (0..=18u32).flat_map(|e| [1, 2, 5].map(|s| s * 10u64.pow(e)));
    let fits = |step: &u64| worst.ns() / step < most.max(1);
    Dur::from_ns(steps.into_iter().find(fits).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_of_round_lengths_and_there_is_room_for_all() {
        let ns = |worst, most| step(Dur::from_ns(worst), most).ns();
        assert_eq!([ns(0, 24), ns(23, 24), ns(24, 24), ns(5_400_000, 24)], [1, 1, 2, 500_000]);
        for worst in [1u64, 999, 12_345_678, 1 << 52] {
            assert!(worst / ns(worst, 24) < 24);
        }
    }
}
