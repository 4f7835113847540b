//! Instants of one kind to step to: hand-offs of a GIL, context switches.

use crate::engine::{Kind, Run};
use crate::time::Time;

use super::{Effect, INSTANTS_PER_UPDATE, Session};

/// What to stop at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// A thread takes a GIL that another had last.
    HandOff,
    /// A core is given to another thread than it had last, at once or after being idle.
    Switch,
}

impl Stop {
    const fn name(self) -> &'static str {
        match self {
            Self::HandOff => "hand-off of the GIL",
            Self::Switch => "context switch",
        }
    }

    /// When it happens in a run, as far as that is computed.
    fn times(self, run: &Run) -> impl Iterator<Item = Time> {
        let mut last = vec![None; usize::from(run.plan().cores)];
        let happens = run.trace().iter().filter(move |record| match (self, record.kind()) {
            (Self::HandOff, Kind::TakeGil) => record.cause().is_some_and(|before| before != record.thread()),
            (Self::Switch, Kind::Dispatch) => record.core().is_some_and(|core| {
                last[core.ix()].replace(record.thread()).is_some_and(|before| before != record.thread())
            }),
            _ => false,
        });
        happens.map(|record| record.time())
    }
}

impl Session {
    /// To the next instant at which it happens, and stays there.
    pub(super) fn next_stop(&mut self, stop: Stop, effects: &mut Vec<Effect>) {
        self.playback.pause();
        let now = self.playhead();
        let find = |run: &Run| stop.times(run).find(|t| *t > now);
        let found = find(&self.run).or_else(|| {
            // An endless run is computed a little beyond what is shown; further on there may be one.
            self.compute(Time::NEVER, INSTANTS_PER_UPDATE);
            find(&self.run)
        });
        match found {
            Some(time) => self.seek(time),
            None => effects.push(Effect::Announce(format!("There is no {} after this", stop.name()))),
        }
    }

    /// To the last instant before this one at which it happens, and stays there.
    pub(super) fn previous_stop(&mut self, stop: Stop, effects: &mut Vec<Effect>) {
        self.playback.pause();
        let now = self.playhead();
        match stop.times(&self.run).take_while(|t| *t < now).last() {
            Some(time) => self.seek(time),
            None => effects.push(Effect::Announce(format!("There is no {} before this", stop.name()))),
        }
    }
}
