//! Edits of threads as wholes: which there are, and in which process.

use super::{Edit, Problem, Scenario, What};
use crate::ids::{ProcessId, ThreadId};

impl Scenario {
    /// Moves a thread to the end of another process. Changes nothing if there is no such thread or process.
    ///
    /// # Errors
    /// If it uses something of its process that the other does not have.
    pub fn with_thread_moved(&self, thread: ThreadId, process: ProcessId) -> Result<Edit, Problem> {
        let to = self.process(process).map_or("", |p| p.name.as_str());
        self.edited(format!("Move {} to {to}", self.name_of(thread)), |s| {
            if s.process(process).is_none() {
                return;
            }
            let from = s.processes.iter_mut().find_map(|p| {
                let i = p.threads.iter().position(|t| t.id == thread)?;
                Some(p.threads.remove(i))
            });
            if let (Some(thread), Some(process)) = (from, s.process_mut(process)) {
                process.threads.push(thread);
            }
        })
    }

    /// Deletes a thread, with what is done to it by hand.
    ///
    /// # Errors
    /// None that a removal can cause; the whole scenario is checked as after every edit.
    pub fn without_thread(&self, thread: ThreadId) -> Result<Edit, Problem> {
        self.edited(format!("Delete {}", self.name_of(thread)), |s| {
            for process in &mut s.processes {
                process.threads.retain(|t| t.id != thread);
            }
            s.interventions.retain(|i| match i.what {
                What::RunHere { thread: of, .. } => of != thread,
            });
        })
    }
}
