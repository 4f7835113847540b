//! Edits of processes as wholes, of what they share, and of the scenario's title; the empty page.

use super::edit_ops::{along, fresh, rewrite, unique};
use super::edit_threads::new_thread;
use super::model::Extra;
use super::{Device, Edit, Op, Pipe, Problem, Process, Resource, ResourceKind, Runtime, Scenario, Start, Step};
use crate::ids::{ObjectId, ProcessId};

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
    /// If it is empty, blank or too long.
    pub fn with_process_name(&self, process: ProcessId, name: &str) -> Result<Edit, Problem> {
        let old = self.process(process).map_or("", |p| p.name.as_str());
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

    /// Gives a process something more that its threads share. Changes nothing if there is no such process.
    ///
    /// # Errors
    /// If there would be too many.
    pub fn with_new_resource(&self, process: ProcessId, kind: ResourceKind) -> Result<Edit, Problem> {
        let Some(of) = self.process(process) else {
            return self.edited("Add a resource", |_| {});
        };
        let name = unique(kind.name(), of.resources.iter().map(|r| r.name.as_str()));
        let resource = Resource { id: self.fresh_object(), name, kind, extra: Extra::new() };
        self.edited(format!("Add {} to {}", resource.name, of.name), |s| {
            if let Some(process) = s.process_mut(process) {
                process.resources.push(resource);
            }
        })
    }

    /// Adds a pipe between processes.
    ///
    /// # Errors
    /// If there would be too many.
    pub fn with_new_pipe(&self) -> Result<Edit, Problem> {
        let name = unique("pipe", self.pipes.iter().map(|p| p.name.as_str()));
        let pipe = Pipe { id: self.fresh_object(), name, extra: Extra::new() };
        self.edited(format!("Add {}", pipe.name), |s| s.pipes.push(pipe))
    }

    /// Adds a device that serves one thread at a time.
    ///
    /// # Errors
    /// If there would be too many.
    pub fn with_new_device(&self) -> Result<Edit, Problem> {
        let name = unique("device", self.devices.iter().map(|d| d.name.as_str()));
        let device = Device { id: self.fresh_object(), name, extra: Extra::new() };
        self.edited(format!("Add {}", device.name), |s| s.devices.push(device))
    }

    /// Sets the number that belongs to a resource: a semaphore's count, a barrier's parties, a queue's capacity.
    ///
    /// # Errors
    /// If it is too small or too large.
    pub fn with_resource_figure(&self, object: ObjectId, figure: u32) -> Result<Edit, Problem> {
        let kind = self.resource(object).map(|(_, r)| r.kind.with_figure(figure));
        let what = kind.and_then(|k| k.figure()).map_or("number", |(what, _)| what);
        self.edited(format!("Set the {what} of {} to {figure}", self.object_name(object)), |s| {
            let mut resources = s.processes.iter_mut().flat_map(|p| &mut p.resources);
            if let (Some(resource), Some(kind)) = (resources.find(|r| r.id == object), kind) {
                resource.kind = kind;
            }
        })
    }

    /// Deletes a resource, a pipe or a device, with the ops that name it.
    ///
    /// # Errors
    /// None that a removal can cause; the whole scenario is checked as after every edit.
    pub fn without_resource(&self, object: ObjectId) -> Result<Edit, Problem> {
        let mut ops = 0;
        let mut edit = self.edited(format!("Delete {}", self.object_name(object)), |s| {
            ops = s.remove_ops(|op| op.object() == Some(object));
            s.pipes.retain(|p| p.id != object);
            s.devices.retain(|d| d.id != object);
            for process in &mut s.processes {
                process.resources.retain(|r| r.id != object);
            }
        })?;
        edit.name += &along(ops, 0);
        Ok(edit)
    }

    /// Gives a resource, a pipe or a device another name.
    ///
    /// # Errors
    /// If it is empty, blank or too long.
    pub fn with_resource_name(&self, object: ObjectId, name: &str) -> Result<Edit, Problem> {
        self.edited(format!("Rename {} to {name}", self.object_name(object)), |s| {
            let resources = s.processes.iter_mut().flat_map(|p| &mut p.resources).map(|r| (r.id, &mut r.name));
            let pipes = s.pipes.iter_mut().map(|p| (p.id, &mut p.name));
            let devices = s.devices.iter_mut().map(|d| (d.id, &mut d.name));
            if let Some((_, old)) = resources.chain(pipes).chain(devices).find(|(id, _)| *id == object) {
                name.clone_into(old);
            }
        })
    }

    /// Sets the title.
    ///
    /// # Errors
    /// If it is too long.
    pub fn with_title(&self, title: &str) -> Result<Edit, Problem> {
        self.edited(format!("Set the title to “{title}”"), |s| title.clone_into(&mut s.title))
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

    fn fresh_objects(&self) -> impl Iterator<Item = ObjectId> + use<> {
        let resources = self.processes.iter().flat_map(|p| &p.resources).map(|r| r.id.0);
        let others = self.pipes.iter().map(|p| p.id.0).chain(self.devices.iter().map(|d| d.id.0));
        fresh(resources.chain(others).collect()).map(ObjectId)
    }

    fn fresh_object(&self) -> ObjectId {
        self.fresh_objects().next().unwrap_or(ObjectId(0))
    }

    fn object_name(&self, object: ObjectId) -> &str {
        let resource = self.resource(object).map(|(_, r)| r.name.as_str());
        let pipe = || Some(self.pipe(object)?.name.as_str());
        resource.or_else(pipe).or_else(|| Some(self.device(object)?.name.as_str())).unwrap_or_default()
    }
}

/// The id that stands for another one now.
fn renamed<T: Copy + PartialEq>(names: &[(T, T)], id: T) -> T {
    names.iter().find(|(old, _)| *old == id).map_or(id, |(_, new)| *new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ThreadId;

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
    fn processes_titles_and_resources_get_names_and_processes_a_start() {
        assert_eq!(names(&scenario().with_process_name(WEB, "site").unwrap().scenario)[0], "site");
        assert_eq!(scenario().with_title("Two").unwrap().name, "Set the title to “Two”");
        let edit = scenario().with_resource_name(ObjectId(0), "mutex").unwrap();
        assert_eq!((edit.name.as_str(), edit.scenario.object_name(ObjectId(0))), ("Rename m to mutex", "mutex"));
        let edit = scenario().with_resource_name(ObjectId(7), "out").unwrap();
        assert_eq!(edit.scenario.pipes[0].name, "out");
        let edit = scenario().with_process_start(ETL, Start::Launch).unwrap();
        assert_eq!(edit.name, "Launch etl at the start, and by no other process");
        assert_eq!(programs(&edit.scenario, ProcessId(4)), "[]");
    }

    #[test]
    fn resources_and_pipes_come_and_go_with_the_ops_that_name_them() {
        let edit = scenario().with_new_resource(WEB, ResourceKind::Queue(None)).unwrap();
        assert_eq!(edit.name, "Add queue to web");
        assert_eq!(edit.scenario.with_new_resource(WEB, ResourceKind::Queue(None)).unwrap().name, "Add queue 2 to web");
        assert_eq!(scenario().with_new_pipe().unwrap().name, "Add pipe");
        let edit = scenario().without_resource(ObjectId(0)).unwrap();
        assert_eq!(edit.name, "Delete m, with 2 ops that name it");
        assert_eq!(programs(&edit.scenario, WEB), r#"[{"start":1},{"join":1},{"send":7,"bytes":5}] [{"python":5}]"#);
        let edit = scenario().without_resource(ObjectId(7)).unwrap();
        assert_eq!((edit.scenario.pipes.len(), programs(&edit.scenario, ETL)), (0, "[]".to_owned()));
    }

    #[test]
    fn the_empty_page_runs() {
        let edit = scenario().with_nothing().unwrap();
        assert_eq!(edit.name, "Start with an empty page");
        assert_eq!((edit.scenario.title.as_str(), edit.scenario.claim.as_str()), ("", ""));
        assert_eq!(programs(&edit.scenario, ProcessId(0)), r#"[{"python":10000000}]"#);
    }
}
