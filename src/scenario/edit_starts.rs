//! What becomes of threads and processes whose start an edit has taken away.

use std::fmt::Write;

use super::{Op, Scenario, Start, Step};

impl Scenario {
    /// Lets start by themselves whom a thread started or spawned before a change, and nobody does any more: otherwise they
    /// would never run, without a word. The name of the edit says so.
    pub(super) fn launch_the_forgotten(&self, changed: &mut Self, name: &mut String) {
        let before: Vec<&Op> = starts(self);
        let after: Vec<Op> = starts(changed).into_iter().cloned().collect();
        let forgotten = |op: Op| before.contains(&&op) && !after.contains(&op);
        for process in &mut changed.processes {
            if process.start == Start::Spawned && forgotten(Op::Spawn(process.id)) {
                process.start = Start::Launch;
                let _ = write!(name, "; {} is launched at the start", process.name);
            }
            for thread in &mut process.threads {
                if thread.start == Start::Spawned && forgotten(Op::Start(thread.id)) {
                    thread.start = Start::Launch;
                    let _ = write!(name, "; {} starts with its process", thread.name);
                }
            }
        }
    }
}

/// Every op that starts a thread or spawns a process.
fn starts(scenario: &Scenario) -> Vec<&Op> {
    fn collect<'a>(steps: &'a [Step], found: &mut Vec<&'a Op>) {
        for step in steps {
            match &step.op {
                Op::Repeat { steps, .. } => collect(steps, found),
                op @ (Op::Start(_) | Op::Spawn(_)) => found.push(op),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    for (_, thread) in scenario.threads() {
        collect(&thread.program, &mut found);
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::ids::{ProcessId, ThreadId};
    use crate::scenario::{Start, presets};

    #[test]
    fn whom_nobody_starts_any_more_starts_by_itself_and_the_name_says_so() {
        let g1 = presets::by_name("G1").expect("a preset").scenario();
        // Its main thread starts a and b, and is spawned by the shell.
        let edit = g1.without_op(ThreadId(2), &[1]).expect("an edit");
        assert!(edit.name.ends_with("; a starts with its process"), "{}", edit.name);
        assert_eq!(edit.scenario.thread(ThreadId(3)).expect("a").1.start, Start::Launch);
        assert_eq!(edit.scenario.thread(ThreadId(4)).expect("b").1.start, Start::Spawned);
        let edit = g1.without_thread(ThreadId(1)).expect("an edit");
        assert!(edit.name.contains("; app.py is launched at the start"), "{}", edit.name);
        assert_eq!(edit.scenario.process(ProcessId(2)).expect("app.py").start, Start::Launch);
    }
}
