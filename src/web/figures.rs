//! The figures of the run, kept between two renderings: most of these happen while nothing has changed.

use std::rc::Rc;

use gilscope::metrics::Metrics;
use gilscope::session::Session;
use gilscope::time::Time;

/// Several parts are asked for in turns: up to the playhead, up to the end, and a range.
const KEPT: usize = 3;

/// What figures belong to: the run, how much of it is computed, and the two instants.
type Key = (u64, usize, Time, Time);

/// The figures that were last asked for.
#[derive(Default)]
pub(crate) struct Figures(Vec<(Key, Rc<Metrics>)>);

impl Figures {
    /// The figures of the session's run between two instants, beside its baseline's.
    pub(crate) fn between(&mut self, session: &Session, from: Time, until: Time) -> Rc<Metrics> {
        let run = session.run();
        let key = (session.generation(), run.trace().len(), from, until);
        if let Some((_, metrics)) = self.0.iter().find(|(k, _)| *k == key) {
            return Rc::clone(metrics);
        }
        let mut metrics = Metrics::between(run, from, until);
        if let Some(baseline) = session.baseline() {
            metrics = metrics.against(baseline);
        }
        let metrics = Rc::new(metrics);
        self.0.truncate(KEPT - 1);
        self.0.insert(0, (key, Rc::clone(&metrics)));
        metrics
    }
}
