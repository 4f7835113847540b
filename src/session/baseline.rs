//! The run that a claim is compared with.

use crate::engine::Run;
use crate::scenario::{Intervention, Preset, What, presets};
use crate::time::Time;

use super::{INSTANTS_PER_JUMP, Session};

/// The baseline of a claim with the answers that were given, computed once for each.
#[derive(Clone, Debug, Default)]
pub(super) struct Baseline {
    claim: String,
    answers: Vec<Intervention>,
    run: Option<Run>,
}

impl Session {
    /// The run of the baseline that belongs to the claim of the scenario, if its author wrote one; computed to its end.
    /// Who asks there too gets the same answers at the same times; other edits change nothing about it.
    #[must_use]
    pub const fn baseline(&self) -> Option<&Run> {
        self.baseline.run.as_ref()
    }

    /// Computes the baseline if the scenario is of another claim now, or other answers were given.
    pub(super) fn renew_baseline(&mut self) {
        let scenario = self.scenario();
        let answer = |i: &&Intervention| matches!(i.what, What::Answer { .. });
        let answers: Vec<_> = scenario.interventions.iter().filter(answer).cloned().collect();
        if self.baseline.claim == scenario.claim && self.baseline.answers == answers {
            return;
        }
        let claim = scenario.claim.clone();
        let run = presets::by_name(&claim).and_then(Preset::baseline).map(|mut baseline| {
            let asked = answers.iter().filter(|a| baseline.thread(a.what.thread()).is_some());
            baseline.interventions = asked.cloned().collect();
            let mut run = Run::new(&baseline);
            run.extend_past(Time::NEVER, INSTANTS_PER_JUMP);
            run
        });
        self.baseline = Baseline { claim, answers, run };
    }
}
