//! The run that a claim is compared with.

use crate::engine::Run;
use crate::scenario::model::Extra;
use crate::scenario::{Intervention, Op, Preset, Scenario, What, presets};
use crate::time::Time;

use super::{INSTANTS_PER_JUMP, Session};

/// The baseline of a claim with the answers that were given, computed once for each.
#[derive(Clone, Debug, Default)]
pub(super) struct Baseline {
    claim: String,
    answers: Vec<Intervention>,
    run: Option<Run>,
}

/// The answers that come by themselves, as if a person gave them.
fn scripted(scenario: &Scenario) -> impl Iterator<Item = Intervention> + '_ {
    let inputs = scenario.threads().flat_map(|(_, t)| t.program.iter().map(move |step| (t.id, &step.op)));
    inputs.filter_map(|(thread, op)| match op {
        Op::Input { at: Some(at), .. } => {
            Some(Intervention { at: *at, what: What::Answer { thread, text: String::new() }, extra: Extra::new() })
        }
        _ => None,
    })
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
        let mut answers: Vec<_> = scenario.interventions.iter().filter(answer).cloned().collect();
        answers.extend(scripted(scenario));
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
