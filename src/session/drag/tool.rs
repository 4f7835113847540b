//! Something new from the palette, dropped on a process, the computer or the board.

use super::{Drop, Judge};
use crate::ids::ProcessIx;
use crate::scene::{DropTarget, Tool};
use crate::text::capitalized;

impl Judge<'_> {
    pub(super) fn drop_new(&self, tool: Tool, target: DropTarget) -> Result<Drop, String> {
        self.judge_new(tool, target)?;
        let scenario = self.scenario;
        let edit = match (tool, target) {
            (Tool::Process, _) => scenario.with_new_process(),
            (Tool::Core, _) => scenario.with_cores(scenario.computer.cores.saturating_add(1)),
            (Tool::Device, _) => scenario.with_new_device(),
            (_, DropTarget::Process(process)) => {
                let id = self.run.plan().process(process).id;
                match tool.resource() {
                    Some(kind) => scenario.with_new_resource(id, kind),
                    None if tool == Tool::Pipe => {
                        let other = self.other_end(process).map(|other| self.run.plan().process(other).id);
                        scenario.with_new_pipe_between(id, other.ok_or_else(one_process)?)
                    }
                    None => scenario.with_new_thread(id),
                }
            }
            _ => return Err(belongs(tool)),
        };
        let edit = edit.map_err(|problem| problem.to_string())?;
        Ok(Drop { says: edit.says(), edit, playhead: self.playhead })
    }

    /// Whether a target takes something new, without making it.
    pub(super) fn judge_new(&self, tool: Tool, target: DropTarget) -> Result<(), String> {
        match (tool, target) {
            (Tool::Process | Tool::Core | Tool::Device, DropTarget::Board) => Ok(()),
            (Tool::Process | Tool::Core | Tool::Device, _) => Err(format!("Drop {} on the board", tool.one())),
            (_, DropTarget::Process(process)) if process.ix() >= self.run.plan().processes.len() => Err(belongs(tool)),
            (Tool::Pipe, DropTarget::Process(process)) if self.other_end(process).is_none() => Err(one_process()),
            (_, DropTarget::Process(_)) => Ok(()),
            _ => Err(belongs(tool)),
        }
    }

    /// The process at the other end of a pipe that is dropped on one: the next, after the last the first.
    fn other_end(&self, process: ProcessIx) -> Option<ProcessIx> {
        let n = self.run.plan().processes.len();
        (n > 1).then(|| ProcessIx(((process.ix() + 1) % n) as u16))
    }
}

fn one_process() -> String {
    "A pipe joins two processes, and there is only one".to_owned()
}

fn belongs(tool: Tool) -> String {
    match tool {
        Tool::Pipe => "A pipe leads from a process to the next: drop it on one".to_owned(),
        _ => format!("{} belongs to a process: drop it on one", capitalized(tool.one())),
    }
}
