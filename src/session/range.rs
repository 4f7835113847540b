//! A range of time and two markers, to measure with.

use crate::number::Within;
use crate::scene::Point;
use crate::time::Time;

use super::{Effect, Session};

/// An end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The earlier one.
    From,
    /// The later one.
    To,
}

impl Session {
    /// The range of time that is selected, of which figures may be shown. Its end is after its start.
    #[must_use]
    pub const fn range(&self) -> Option<(Time, Time)> {
        self.reading.range
    }

    /// The two markers; there is no second one without the first.
    #[must_use]
    pub const fn markers(&self) -> [Option<Time>; 2] {
        self.reading.markers
    }

    /// Selects the time between two instants, in either order; none if they are one.
    pub(super) fn select_range(&mut self, a: Time, b: Time) {
        self.reading.range = (a != b).then(|| (a.min(b), a.max(b)));
    }

    /// Sets an end of the range at the playhead. The other one stays if it is on its side, else it is that of the run.
    pub(super) fn set_range_end(&mut self, end: End, effects: &mut Vec<Effect>) {
        let (now, last) = (self.playhead(), self.run.end());
        let (from, to) = self.reading.range.unwrap_or((Time::ZERO, last));
        match end {
            End::From => self.select_range(now, if to > now { to } else { last.max(now) }),
            End::To => self.select_range(if from < now { from } else { Time::ZERO }, now),
        }
        self.say_range(effects);
    }

    pub(super) fn say_range(&self, effects: &mut Vec<Effect>) {
        effects.push(Effect::Announce(match self.range() {
            Some((from, to)) => format!("Range of {:.3}: {from:.3} to {to:.3}", to.since(from)),
            None => "No range is selected".to_owned(),
        }));
    }

    /// Takes the marker at the playhead away, and the other one is the first then. Without one there, sets the first, then
    /// the second, then the first anew.
    pub(super) fn mark(&mut self, effects: &mut Vec<Effect>) {
        let now = self.playhead();
        self.reading.markers = match self.reading.markers {
            [Some(a), b] if a == now => [b, None],
            [a, Some(b)] if b == now => [a, None],
            [Some(a), None] => [Some(a), Some(now)],
            _ => [Some(now), None],
        };
        effects.push(Effect::Announce(match self.reading.markers {
            [Some(a), Some(b)] => {
                let (after, by) = if b > a { ("after", b.since(a)) } else { ("before", a.since(b)) };
                format!("Marker B at {b:.3}, {by:.3} {after} A")
            }
            [Some(a), None] if a != now => format!("One marker is left, at {a:.3}"),
            [Some(a), None] => format!("Marker A at {a:.3}"),
            _ => "No marker".to_owned(),
        }));
    }

    /// Takes range and markers away.
    pub(super) fn unmark(&mut self, effects: &mut Vec<Effect>) {
        (self.reading.range, self.reading.markers) = (None, [None; 2]);
        effects.push(Effect::Announce("No range and no marker".to_owned()));
    }

    /// Whether there is a range or a marker.
    #[must_use]
    pub const fn is_marked(&self) -> bool {
        self.reading.range.is_some() || self.reading.markers[0].is_some()
    }

    /// The instant at a place of the lanes, within the view, with no more digits than a pixel can tell apart.
    pub(super) fn time_at(&self, p: Point) -> Time {
        let axis = self.axis;
        let exact = axis.time(p.x.within(axis.left, axis.left + axis.width)).ns();
        let mut step = 1;
        while (step * 10) as f64 <= axis.ns_per_px {
            step *= 10;
        }
        Time::from_ns((exact + step / 2) / step * step)
    }
}
