//! Playing, seeking, and stepping from event to event.

use crate::engine::{Ending, Limit};
use crate::explain::cycle_in_words;
use crate::ids::ThreadIx;
use crate::number::grouped;
use crate::time::{Dur, MAX_NS, Time};

use super::view::Fitted;
use super::{Effect, INSTANTS_PER_UPDATE, Session};

/// For how long playback goes on behind the end of a run that waits for answers while nobody does anything, in seconds.
const PATIENCE: f64 = 30.0;

/// By how much what the user does may come later than what else happens at an instant.
const NEXT: Dur = Dur::from_ns(1);

impl Session {
    /// Plays, or pauses; at the end, plays from the start.
    pub(super) fn toggle_play(&mut self) {
        if self.playing() {
            self.playback.pause();
            return;
        }
        if self.at_end() {
            self.playback.seek(Time::ZERO);
        }
        self.playback.play();
        self.reveal();
    }

    /// The clock moved on. Also without playing: then only more of the run is computed, by [`Session::settle`].
    pub(super) fn tick(&mut self, seconds: f64, effects: &mut Vec<Effect>) {
        // While the user holds a thread or the playhead, it would be rude to move on under their hands.
        if !self.playing() || self.pointer.holds_time() {
            return;
        }
        let was_shown = self.axis.shows(self.playhead());
        self.playback.advance(seconds);
        self.head_for(None);
        if !self.compute(self.playhead(), INSTANTS_PER_UPDATE) {
            // More happens than can be computed in time: play as fast as it goes.
            self.playback.seek(self.playhead().min(self.run.end()));
        }
        if self.at_end() {
            self.playback.seek(self.run.end());
            self.playback.pause();
            effects.push(Effect::Announce(self.says_ending()));
        }
        self.wait_for_answers(seconds, effects);
        if was_shown {
            self.reveal();
        }
    }

    /// Behind the end of a run that waits for answers time goes on, but not for ever if nobody is there.
    fn wait_for_answers(&mut self, seconds: f64, effects: &mut Vec<Effect>) {
        if self.awaits_answers() && self.playhead() > self.run.end() {
            self.idle += seconds;
            if self.idle >= PATIENCE {
                self.idle = 0.0;
                self.playback.pause();
                effects.push(Effect::Announce(format!("Paused. {}", self.says_ending())));
            }
        }
    }

    /// Whether all that can still happen is that a person answers: then there is a future behind the end of the run.
    pub(super) fn awaits_answers(&self) -> bool {
        matches!(self.run.ending(), Some(Ending::AwaitingInput(_)))
    }

    /// Moves the playhead to a time, or to the end if that is earlier. As far as it cannot be computed at once it goes there
    /// with the ticks.
    pub(super) fn seek(&mut self, time: Time) {
        self.place_playhead(time);
        self.reveal();
    }

    /// Takes the playhead back to the end of a run that has become shorter.
    pub(super) fn return_to_run(&mut self) {
        if self.run.ending().is_some() && !self.awaits_answers() && self.playhead() > self.run.end() {
            self.playback.seek(self.run.end());
        }
    }

    pub(super) fn place_playhead(&mut self, time: Time) {
        let time = time.min(Time::from_ns(MAX_NS));
        let computed = self.compute_for_jump(time);
        self.head_for((!computed).then_some(time));
        let open = computed && (self.run.ending().is_none() || self.awaits_answers());
        let last = if open { time } else { self.run.end() };
        self.playback.seek(time.min(last));
    }

    /// To the end of the run. A view of the whole run stays one.
    pub(super) fn seek_end(&mut self) {
        if self.is_endless() {
            self.seek(self.axis.to());
            return;
        }
        let computed = self.compute_for_jump(Time::NEVER);
        self.place_playhead(if computed { self.run.end() } else { Time::from_ns(MAX_NS) });
        if self.fitted == Fitted::No {
            self.reveal();
        } else {
            self.fit();
        }
    }

    /// To the next instant at which something happens, and stays there.
    pub(super) fn next_event(&mut self, effects: &mut Vec<Effect>) {
        self.playback.pause();
        self.compute_for_jump(self.playhead());
        let next = self.run.records_until(self.playhead());
        match self.run.trace().get(next).map(|r| r.time()) {
            // What the user does there, a nanosecond later, belongs to it.
            Some(time) if self.is_by_hand(time + NEXT) => self.seek(time + NEXT),
            Some(time) => self.seek(time),
            None => effects.push(Effect::Announce(self.says_ending())),
        }
    }

    /// To the last instant before this one at which something happens, or to the start, and stays there.
    pub(super) fn previous_event(&mut self, effects: &mut Vec<Effect>) {
        self.playback.pause();
        if self.playhead() == Time::ZERO {
            effects.push(Effect::Announce("This is the start of the run".to_owned()));
        }
        let own = if self.is_by_hand(self.playhead()) { NEXT.ns() } else { 0 };
        let now = Time::from_ns(self.playhead().ns().saturating_sub(own));
        let before = self.run.trace().partition_point(|r| r.time() < now);
        let time = before.checked_sub(1).map_or(Time::ZERO, |i| self.run.trace()[i].time());
        self.seek(time);
    }

    /// Whether the user does something at this instant.
    fn is_by_hand(&self, time: Time) -> bool {
        self.scenario().interventions.iter().any(|i| i.at == time)
    }

    /// Whether the playhead is where nothing more can happen.
    fn at_end(&self) -> bool {
        self.run.ending().is_some() && !self.awaits_answers() && self.playhead() >= self.run.end()
    }

    fn says_ending(&self) -> String {
        let end = self.run.end();
        match self.run.ending() {
            Some(Ending::AllFinished) => {
                let idle: Vec<_> = self.run.never_started().map(|t| self.run.plan().thread(t).name.as_str()).collect();
                let who = if idle.is_empty() { "" } else { " that was started" };
                let never =
                    if idle.is_empty() { String::new() } else { format!("; nobody started {}", idle.join(", ")) };
                format!("The run ends at {end:.3}: every thread{who} has finished{never}")
            }
            Some(Ending::AwaitingInput(threads)) => {
                let name = |t: &ThreadIx| self.run.plan().thread(*t).name.as_str();
                let names: Vec<_> = threads.iter().map(name).collect();
                format!("Nothing happens after {end:.3} before you answer {}", names.join(", "))
            }
            Some(Ending::Deadlock(cycle)) => cycle_in_words(self.run.plan(), cycle),
            Some(Ending::Stuck(threads)) => {
                let name = |t: &ThreadIx| self.run.plan().thread(*t).name.as_str();
                let names: Vec<_> = threads.iter().map(name).collect();
                format!("Nothing can happen after {end:.3}: {} cannot go on", names.join(", "))
            }
            Some(Ending::LimitReached(Limit::Records)) => {
                let many = grouped(self.run.trace().len() as u64);
                format!("Stopped at {end:.3}, after {many} events: no more are computed")
            }
            Some(Ending::LimitReached(Limit::Time)) => {
                format!("The run goes on after {end:.3}, but is computed no further")
            }
            None => format!("Nothing happens soon after {end:.3}"),
        }
    }
}
