//! The run that a claim is compared with.

use crate::engine::Run;
use crate::scenario::{Preset, presets};
use crate::time::Time;

use super::{INSTANTS_PER_JUMP, Session};

/// The baseline of a claim, computed once.
#[derive(Clone, Debug, Default)]
pub(super) struct Baseline {
    claim: String,
    run: Option<Run>,
}

impl Session {
    /// The run of the baseline that belongs to the claim of the scenario, if its author wrote one; computed to its end.
    /// Edits change nothing about it.
    #[must_use]
    pub const fn baseline(&self) -> Option<&Run> {
        self.baseline.run.as_ref()
    }

    /// Computes the baseline if the scenario is of another claim now.
    pub(super) fn renew_baseline(&mut self) {
        if self.baseline.claim == self.scenario().claim {
            return;
        }
        let claim = self.scenario().claim.clone();
        let run = presets::by_name(&claim).and_then(Preset::baseline).map(|scenario| {
            let mut run = Run::new(&scenario);
            run.extend_past(Time::NEVER, INSTANTS_PER_JUMP);
            run
        });
        self.baseline = Baseline { claim, run };
    }
}
