//! Edits of processes as wholes, and of the scenario's title; the empty page.

use super::edit_ops::{along, fresh, rewrite, unique};
use super::edit_shared::check_new_name;
use super::edit_threads::new_thread;
use super::model::Extra;
use super::{Edit, Op, Problem, Process, Runtime, Scenario, Start, Step};
use crate::ids::ProcessId;

impl Scenario {
    /// Adds a Python process with one thread that computes for 10 ms.
    ///
    /// # Errors
    /// If there would be too many.
    pub fn with_new_process(&self) -> Result<Edit, Problem> {
        let name = unique("program", self.processes.iter().map(|p| p.name.as_str()));
        let process = self.new_process(name);
        self.edited(format!("Add process {}", process.name), |s| s.processes.push(process))
    }

    /// Adds another process that does the same, behind it, with copies of all that is in it. Where one is spawned, so is
    /// the other, but it spawns nothing itself, as that can be done only once. Both use the same pipes.
    ///
    /// # Errors
    /// If there would be too many processes, threads or ops.
    pub fn with_process_copied(&self, process: ProcessId) -> Result<Edit, Problem> {
        let Some(original) = self.process(process) else {
            return self.edited("Copy a process", |_| {});
        };
        let mut copy = original.clone();
        copy.id = self.fresh_process();
        copy.name = unique(&original.name, self.processes.iter().map(|p| p.name.as_str()));
        let (mut threads, mut objects) = (Vec::new(), Vec::new());
        for (resource, id) in copy.resources.iter_mut().zip(self.fresh_objects()) {
            objects.push((std::mem::replace(&mut resource.id, id), id));
        }
        for (thread, id) in copy.threads.iter_mut().zip(self.fresh_threads()) {
            threads.push((std::mem::replace(&mut thread.id, id), id));
        }
        for thread in &mut copy.threads {
            rewrite(&mut thread.program, &mut |mut step, steps| {
                match &mut step.op {
                    Op::Start(id) | Op::Join(id) => *id = renamed(&threads, *id),
                    op => {
                        if let Some(id) = op.object_mut() {
                            *id = renamed(&objects, *id);
                        }
                    }
                }
                if !matches!(step.op, Op::Spawn(_)) {
                    steps.push(step);
                }
            });
        }
        let (id, name) = (copy.id, format!("Copy process {} as {}", original.name, copy.name));
        self.edited(name, |s| {
            s.rewrite(|step, steps| {
                let also = (step.op == Op::Spawn(process)).then(|| Step { op: Op::Spawn(id), ..step.clone() });
                steps.push(step);
                steps.extend(also);
            });
            let place = s.processes.iter().position(|p| p.id == process).unwrap_or_default();
            s.processes.insert(place + 1, copy);
        })
    }

    /// Deletes a process with its threads, the ops that spawn it, and what is done to its threads by hand.
    ///
    /// # Errors
    /// None that a removal can cause; the whole scenario is checked as after every edit.
    pub fn without_process(&self, process: ProcessId) -> Result<Edit, Problem> {
        let name = format!("Delete process {}", self.process(process).map_or("", |p| p.name.as_str()));
        let (mut ops, mut flags) = (0, self.interventions.len());
        let mut edit = self.edited(name, |s| {
            s.processes.retain(|p| p.id != process);
            ops = s.remove_ops(|op| *op == Op::Spawn(process));
            let mut interventions = std::mem::take(&mut s.interventions);
            interventions.retain(|i| s.thread(i.what.thread()).is_some());
            flags -= interventions.len();
            s.interventions = interventions;
        })?;
        edit.name += &along(ops, flags);
        Ok(edit)
    }

    /// Gives a process another name.
    ///
    /// # Errors
    /// If it is empty, blank or too long, or if another process has it.
    pub fn with_process_name(&self, process: ProcessId, name: &str) -> Result<Edit, Problem> {
        let old = self.process(process).map_or("", |p| p.name.as_str());
        check_new_name(name, self.processes.iter().filter(|p| p.id != process).map(|p| p.name.as_str()))?;
        self.edited(format!("Rename process {old} to {name}"), |s| {
            if let Some(process) = s.process_mut(process) {
                name.clone_into(&mut process.name);
            }
        })
    }

    /// Sets when a process is launched. If it is not to be spawned, the ops that do so go.
    ///
    /// # Errors
    /// If the time is too long.
    pub fn with_process_start(&self, process: ProcessId, start: Start) -> Result<Edit, Problem> {
        let who = self.process(process).map_or("", |p| p.name.as_str());
        let name = match start {
            Start::Launch => format!("Launch {who} at the start"),
            Start::At(time) => format!("Launch {who} at {time}"),
            Start::Spawned => format!("Let another process spawn {who}"),
        };
        let mut ops = 0;
        let mut edit = self.edited(name, |s| {
            if start != Start::Spawned {
                ops = s.remove_ops(|op| *op == Op::Spawn(process));
            }
            if let Some(process) = s.process_mut(process) {
                process.start = start;
            }
        })?;
        if ops > 0 {
            edit.name += ", and by no other process";
        }
        Ok(edit)
    }

    /// Sets the title.
    ///
    /// # Errors
    /// If it is too long.
    pub fn with_title(&self, title: &str) -> Result<Edit, Problem> {
        self.edited(format!("Set the title to “{title}”"), |s| title.clone_into(&mut s.title))
    }

    /// Sets what it is there to show, in a sentence or two.
    ///
    /// # Errors
    /// If it is too long.
    pub fn with_claim_in_short(&self, text: &str) -> Result<Edit, Problem> {
        self.edited("Set the claim in short", |s| text.clone_into(&mut s.texts.in_short))
    }

    /// A page to build on: one core, and one Python process with one thread that computes for 10 ms.
    ///
    /// # Errors
    /// None; it passes every check.
    pub fn with_nothing(&self) -> Result<Edit, Problem> {
        self.edited("Start with an empty page", |s| {
            *s = Self::empty("");
            let process = s.new_process("program".to_owned());
            s.processes.push(process);
        })
    }

    fn new_process(&self, name: String) -> Process {
        let runtime = Runtime::default();
        let threads = vec![new_thread(self.fresh_thread(), "main".to_owned(), &runtime)];
        let (id, start, extra) = (self.fresh_process(), Start::Launch, Extra::new());
        Process { id, name, start, runtime, resources: Vec::new(), threads, extra }
    }

    fn fresh_process(&self) -> ProcessId {
        ProcessId(fresh(self.processes.iter().map(|p| p.id.0).collect()).next().unwrap_or(0))
    }
}

/// The id that stands for another one now.
fn renamed<T: Copy + PartialEq>(names: &[(T, T)], id: T) -> T {
    names.iter().find(|(old, _)| *old == id).map_or(id, |(_, new)| *new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ObjectId, ThreadId};

    const WEB: ProcessId = ProcessId(0);
    const ETL: ProcessId = ProcessId(3);

    fn scenario() -> Scenario {
        let json = r#"{"v":1,"title":"t","claim":"G3","processes":[
            {"id":0,"name":"web","resources":[{"id":0,"name":"m","kind":"lock"}],"threads":[
                {"id":0,"name":"main","program":[{"start":1},{"acquire":0},{"release":0},{"join":1},{"send":7,"bytes":5}]},
                {"id":1,"name":"worker","start":"spawned","program":[{"python":5}]}]},
            {"id":3,"name":"etl","start":"spawned","threads":[{"id":4,"name":"reader","program":[{"receive":7}]}]},
            {"id":4,"name":"shell","runtime":"native","threads":[{"id":5,"name":"main","program":[{"spawn":3}]}]}],
            "pipes":[{"id":7,"name":"to etl"}],
            "interventions":[{"at":5,"do":{"run_here":{"thread":1,"core":0}}},{"at":6,"do":{"run_here":{"thread":4,"core":0}}}]}"#;
        let scenario: Scenario = serde_json::from_str(json).unwrap();
        scenario.check().unwrap();
        scenario
    }

    fn programs(s: &Scenario, process: ProcessId) -> String {
        let threads = &s.process(process).unwrap().threads;
        let programs: Vec<_> = threads.iter().map(|t| serde_json::to_string(&t.program).unwrap()).collect();
        programs.join(" ")
    }

    fn names(s: &Scenario) -> Vec<&str> {
        s.processes.iter().map(|p| p.name.as_str()).collect()
    }

    #[test]
    fn a_copied_process_is_its_own_world_but_for_the_pipes() {
        let edit = scenario().with_process_copied(WEB).unwrap();
        assert_eq!(edit.name, "Copy process web as web 2");
        assert_eq!(names(&edit.scenario), ["web", "web 2", "etl", "shell"]);
        let copy = &edit.scenario.processes[1];
        assert_eq!((copy.id, copy.resources[0].id), (ProcessId(5), ObjectId(8)));
        assert_eq!(copy.threads.iter().map(|t| t.id).collect::<Vec<_>>(), [ThreadId(6), ThreadId(7)]);
        assert_eq!(
            programs(&edit.scenario, ProcessId(5)),
            r#"[{"start":7},{"acquire":8},{"release":8},{"join":7},{"send":7,"bytes":5}] [{"python":5}]"#
        );
        let edit = scenario().with_process_copied(ETL).unwrap();
        assert_eq!(programs(&edit.scenario, ProcessId(4)), r#"[{"spawn":3},{"spawn":5}]"#);
        let edit = scenario().with_process_copied(ProcessId(4)).unwrap();
        assert_eq!(programs(&edit.scenario, ProcessId(5)), "[]", "nobody is spawned twice");
        assert_eq!(scenario().with_process_copied(ProcessId(9)).unwrap().scenario, scenario());
    }

    #[test]
    fn with_a_process_go_its_threads_flags_and_the_ops_that_spawn_it() {
        let edit = scenario().without_process(ETL).unwrap();
        assert_eq!(edit.name, "Delete process etl, with 1 op that names it and 1 flag");
        assert_eq!(
            (names(&edit.scenario), programs(&edit.scenario, ProcessId(4))),
            (vec!["web", "shell"], "[]".to_owned())
        );
        assert_eq!(edit.scenario.interventions.len(), 1);
        let none = edit.scenario.without_process(WEB).unwrap().scenario.without_process(ProcessId(4)).unwrap();
        assert!(none.scenario.processes.is_empty());
    }

    #[test]
    fn a_new_process_computes_a_little() {
        let edit = scenario().with_new_process().unwrap();
        assert_eq!(edit.name, "Add process program");
        assert_eq!(programs(&edit.scenario, ProcessId(5)), r#"[{"python":10000000}]"#);
        assert_eq!(edit.scenario.with_new_process().unwrap().name, "Add process program 2");
    }

    #[test]
    fn processes_and_titles_get_names_and_processes_a_start() {
        assert_eq!(names(&scenario().with_process_name(WEB, "site").unwrap().scenario)[0], "site");
        let taken = scenario().with_process_name(WEB, "etl").unwrap_err();
        assert_eq!(taken.to_string(), "name: another one here is called “etl”");
        assert_eq!(scenario().with_title("Two").unwrap().name, "Set the title to “Two”");
        let edit = scenario().with_claim_in_short("Both run").unwrap();
        assert_eq!((edit.name.as_str(), edit.scenario.texts.in_short.as_str()), ("Set the claim in short", "Both run"));
        let edit = scenario().with_process_start(ETL, Start::Launch).unwrap();
        assert_eq!(edit.name, "Launch etl at the start, and by no other process");
        assert_eq!(programs(&edit.scenario, ProcessId(4)), "[]");
    }

    #[test]
    fn the_empty_page_runs() {
        let edit = scenario().with_nothing().unwrap();
        assert_eq!(edit.name, "Start with an empty page");
        assert_eq!((edit.scenario.title.as_str(), edit.scenario.claim.as_str()), ("", ""));
        assert_eq!(programs(&edit.scenario, ProcessId(0)), r#"[{"python":10000000}]"#);
    }
}
