//! The figures of the run, kept between two renderings: most of these happen while nothing has changed.

use std::rc::Rc;

use gilscope::metrics::Metrics;
use gilscope::session::Session;
use gilscope::time::Time;

/// Two instants are asked for in turns: the playhead and the end.
const KEPT: usize = 2;

/// What figures belong to: the run, how much of it is computed, and the instant.
type Key = (u64, usize, Time);

/// The figures that were last asked for.
#[derive(Default)]
pub(crate) struct Figures(Vec<(Key, Rc<Metrics>)>);

impl Figures {
    /// The figures of the session's run up to an instant.
    pub(crate) fn at(&mut self, session: &Session, until: Time) -> Rc<Metrics> {
        let run = session.run();
        let key = (session.generation(), run.trace().len(), until);
        if let Some((_, metrics)) = self.0.iter().find(|(k, _)| *k == key) {
            return Rc::clone(metrics);
        }
        let metrics = Rc::new(Metrics::of(run, until));
        self.0.truncate(KEPT - 1);
        self.0.insert(0, (key, Rc::clone(&metrics)));
        metrics
    }
}
