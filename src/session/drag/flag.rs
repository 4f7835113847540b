//! A flag dropped at another instant, or in the bin.

use super::{Drop, Judge};
use crate::scene::DropTarget;

impl Judge<'_> {
    pub(super) fn drop_flag(&self, flag: u16, target: DropTarget) -> Result<Drop, String> {
        let Some(intervention) = self.scenario.interventions.get(usize::from(flag)) else {
            return Err("There is no such flag".to_owned());
        };
        let title = self.scenario.in_words(&intervention.what);
        match target {
            DropTarget::Instant(time) if time == intervention.at => Err(format!("“{title}” is at {time:.3} already")),
            DropTarget::Instant(time) => {
                let at = self.after_what_happens_at(time);
                let edit = self.scenario.with_intervention_at(flag, at).map_err(|problem| problem.to_string())?;
                // One that is put at the playhead takes it along, so that the board shows what it does.
                let playhead = if time == self.playhead { at } else { self.playhead };
                Ok(Drop { says: edit.says(), edit, playhead })
            }
            DropTarget::Bin => {
                let edit = self.scenario.without_intervention(flag).map_err(|problem| problem.to_string())?;
                Ok(Drop { says: edit.says(), edit, playhead: self.playhead })
            }
            _ => Err("A flag goes to another instant, or to the bin".to_owned()),
        }
    }
}
