//! The figures of the run, kept between two renderings: most of these happen while nothing has changed.

use std::rc::Rc;

use gilscope::metrics::{Counted, Metrics};
use gilscope::session::Session;
use gilscope::time::Time;

use super::app::App;

/// Several parts are asked for in turns: up to the playhead, up to the end, and a range.
const KEPT: usize = 3;

/// How many records are counted at once: a few milliseconds. Figures of more come bit by bit.
const COUNTED: usize = 1 << 17;

/// What figures belong to: the run, how much of it is computed, and the two instants.
type Key = (u64, usize, Time, Time);

/// The figures that were last asked for, the last one first, and what was counted for them, by the run.
#[derive(Default)]
pub(crate) struct Figures(Vec<(Key, Rc<Metrics>)>, Vec<(u64, Counted)>);

impl Figures {
    /// The figures of the session's run between two instants, beside its baseline's; of much, only as far as they say that
    /// they are counted, and with each call further.
    pub(crate) fn between(&mut self, session: &Session, from: Time, until: Time) -> Rc<Metrics> {
        let run = session.run();
        // While a long run is computed, the playhead may stand beyond that.
        let until = until.min(run.reached()).max(from);
        let key = (session.generation(), run.trace().len(), from, until);
        let kept = match self.0.iter().position(|(k, _)| *k == key) {
            Some(at) => self.0.remove(at),
            None => {
                let mut metrics = self.counted(session, from, until).go_towards(run, until, COUNTED);
                if let Some(baseline) = session.baseline() {
                    metrics = metrics.against(baseline);
                }
                let metrics = Rc::new(metrics);
                if metrics.until < until {
                    return metrics;
                }
                self.0.truncate(KEPT - 1);
                (key, metrics)
            }
        };
        self.0.insert(0, kept);
        Rc::clone(&self.0[0].1)
    }

    /// What was counted from the same instant on and has gone farthest, but not beyond `until`.
    fn counted(&mut self, session: &Session, from: Time, until: Time) -> &mut Counted {
        let (run, counted) = (session.generation(), &mut self.1);
        counted.retain(|(of, _)| *of == run);
        let fits = |c: &Counted| c.from() == from && c.until() <= until;
        let best = (0..counted.len()).filter(|&i| fits(&counted[i].1)).max_by_key(|&i| counted[i].1.until());
        let next = match best {
            Some(i) => counted.remove(i),
            None => (run, Counted::new(session.run(), from)),
        };
        counted.truncate(KEPT - 1);
        counted.insert(0, next);
        &mut counted[0].1
    }
}

impl App {
    /// The figures of the run up to an instant.
    pub(crate) fn metrics(&self, until: Time) -> Rc<Metrics> {
        self.metrics_between(Time::ZERO, until)
    }

    /// The figures of a part of the run, beside its baseline's where there is one. All is rendered again until much is counted.
    pub(crate) fn metrics_between(&self, from: Time, until: Time) -> Rc<Metrics> {
        let session = self.session();
        let metrics = self.figures.borrow_mut().between(&session, from, until);
        if metrics.until < until.min(session.run().reached()) {
            self.frame.ask_structure();
        }
        metrics
    }
}
