//! Edits of what threads share, resources and pipes; and of when things start.

use super::{CostSet, Costs, Edit, Op, Pipe, Problem, Resource, ResourceKind, Scenario, Start, Step, StepPath};
use crate::ids::{ObjectId, ProcessId, ThreadId};
use crate::scenario::model::Extra;

impl Scenario {
    /// The step at a place of a thread's program.
    #[must_use]
    pub fn step(&self, thread: ThreadId, at: StepPath<'_>) -> Option<&Step> {
        let (last, loops) = at.split_last()?;
        let mut list = &self.thread(thread)?.1.program;
        for i in loops {
            let Op::Repeat { steps, .. } = &list.get(*i)?.op else { return None };
            list = steps;
        }
        list.get(*last)
    }

    /// Gives a process a resource more.
    ///
    /// # Errors
    /// If there would be too many.
    pub fn with_new_resource(&self, process: ProcessId, kind: ResourceKind) -> Result<Edit, Problem> {
        let of = self.process(process).map_or("", |p| p.name.as_str());
        self.edited(format!("Add a {} to {of}", kind.name()), |s| {
            s.add_resource(process, kind);
        })
    }

    /// Changes a resource of a process: its name, or how large a memory is.
    ///
    /// # Errors
    /// If its name is empty or too long.
    pub fn with_resource(&self, id: ObjectId, name: &str, kind: ResourceKind) -> Result<Edit, Problem> {
        self.edited(format!("Change {} {name}", kind.name()), |s| {
            if let Some(r) = s.resource_mut(id) {
                (r.name, r.kind) = (name.to_owned(), kind);
            }
        })
    }

    /// Takes a resource or a pipe away.
    ///
    /// # Errors
    /// If an op is about it.
    pub fn without_object(&self, id: ObjectId) -> Result<Edit, Problem> {
        let name = self.resource(id).map(|(_, r)| &r.name).or(self.pipe(id).map(|p| &p.name));
        self.edited(format!("Delete {}", name.map_or("", String::as_str)), |s| {
            s.processes.iter_mut().for_each(|p| p.resources.retain(|r| r.id != id));
            s.pipes.retain(|p| p.id != id);
        })
    }

    /// Adds a pipe between processes.
    ///
    /// # Errors
    /// If there would be too many.
    pub fn with_new_pipe(&self) -> Result<Edit, Problem> {
        self.edited("Add a pipe", |s| {
            s.add_pipe();
        })
    }

    /// Renames a pipe.
    ///
    /// # Errors
    /// If its name is empty or too long.
    pub fn with_pipe_name(&self, id: ObjectId, name: &str) -> Result<Edit, Problem> {
        self.edited(format!("Rename a pipe to {name}"), |s| {
            if let Some(pipe) = s.pipes.iter_mut().find(|p| p.id == id) {
                name.clone_into(&mut pipe.name);
            }
        })
    }

    /// Sets when a process is launched.
    ///
    /// # Errors
    /// If it is too late, or an op spawns it that then could not.
    pub fn with_process_start(&self, process: ProcessId, start: Start) -> Result<Edit, Problem> {
        let name = self.process(process).map_or("", |p| p.name.as_str());
        self.edited(format!("Launch {name} {}", in_words(start, "with the run", "when it is spawned")), |s| {
            if let Some(process) = s.process_mut(process) {
                process.start = start;
            }
        })
    }

    /// Sets when a thread starts.
    ///
    /// # Errors
    /// If it is too late, or an op starts it that then could not.
    pub fn with_thread_start(&self, thread: ThreadId, start: Start) -> Result<Edit, Problem> {
        let when = in_words(start, "with its process", "when a thread starts it");
        self.edited(format!("Start {} {when}", self.name_of(thread)), |s| {
            if let Some(thread) = s.thread_mut(thread) {
                thread.start = start;
            }
        })
    }

    /// Sets the costs one by one.
    ///
    /// # Errors
    /// If one of them is too long.
    pub fn with_own_costs(&self, costs: Costs) -> Result<Edit, Problem> {
        self.with_costs(CostSet::Custom(costs))
    }

    pub(super) fn add_resource(&mut self, process: ProcessId, kind: ResourceKind) -> ObjectId {
        let id = self.next_object();
        let names = self.process(process).into_iter().flat_map(|p| p.resources.iter().map(|r| r.name.as_str()));
        let name = free_name(kind.name(), names);
        if let Some(process) = self.process_mut(process) {
            process.resources.push(Resource { id, name, kind, extra: Extra::new() });
        }
        id
    }

    pub(super) fn add_pipe(&mut self) -> ObjectId {
        let id = self.next_object();
        let name = free_name("pipe", self.pipes.iter().map(|p| p.name.as_str()));
        self.pipes.push(Pipe { id, name, extra: Extra::new() });
        id
    }

    fn resource_mut(&mut self, id: ObjectId) -> Option<&mut Resource> {
        self.processes.iter_mut().flat_map(|p| &mut p.resources).find(|r| r.id == id)
    }

    fn next_object(&self) -> ObjectId {
        let resources = self.processes.iter().flat_map(|p| &p.resources).map(|r| r.id.0);
        let last = resources.chain(self.pipes.iter().map(|p| p.id.0)).max();
        ObjectId(last.map_or(0, |last| last.saturating_add(1)))
    }
}

/// A name that is not in use: “lock”, “lock 2”.
fn free_name<'a>(name: &str, used: impl Iterator<Item = &'a str> + Clone) -> String {
    let is_free = |n: &String| used.clone().all(|u| u != n);
    let numbered = (2..).map(|i| format!("{name} {i}"));
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

fn in_words(start: Start, at_launch: &str, spawned: &str) -> String {
    match start {
        Start::Launch => at_launch.to_owned(),
        Start::At(time) => format!("at {time}"),
        Start::Spawned => spawned.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::json;
    use crate::time::Time;

    fn scenario() -> Scenario {
        let text = r#"{"v":1,"processes":[{"id":4,"name":"p","threads":[{"id":1,"name":"a","program":[
            {"repeat":2,"steps":[{"python":1},{"io":2}]}]}]}]}"#;
        json::from_str(text).expect("a scenario")
    }

    #[test]
    fn resources_and_pipes_come_with_names_and_ids_of_their_own_and_go_again() {
        let p = ProcessId(4);
        let one = scenario().with_new_resource(p, ResourceKind::Lock).expect("an edit").scenario;
        let two = one.with_new_resource(p, ResourceKind::Lock).expect("an edit");
        assert_eq!(two.name, "Add a lock to p");
        let three = two.scenario.with_new_pipe().expect("an edit").scenario;
        let names: Vec<_> = three.processes[0].resources.iter().map(|r| (r.id.0, r.name.as_str())).collect();
        assert_eq!(names, [(0, "lock"), (1, "lock 2")]);
        assert_eq!(three.pipes[0].id, ObjectId(2));
        let renamed = three.with_resource(ObjectId(1), "db", ResourceKind::Lock).expect("an edit").scenario;
        assert_eq!(renamed.processes[0].resources[1].name, "db");
        assert!(three.with_resource(ObjectId(1), "", ResourceKind::Lock).is_err());
        let less = renamed.without_object(ObjectId(1)).expect("an edit");
        assert_eq!((less.name.as_str(), less.scenario.processes[0].resources.len()), ("Delete db", 1));
        assert!(less.scenario.without_object(ObjectId(2)).expect("an edit").scenario.pipes.is_empty());
    }

    #[test]
    fn what_an_op_is_about_cannot_be_taken_away() {
        let s = scenario().with_op_kind(ThreadId(1), &[0, 1], "acquire").expect("an edit").scenario;
        let refused = s.without_object(ObjectId(0)).expect_err("it is in use");
        assert!(refused.to_string().contains("no lock with id 0"), "{refused}");
    }

    #[test]
    fn starts_are_named_as_people_say_them() {
        let s = scenario();
        let name = |start| s.with_process_start(ProcessId(4), start).expect("an edit").name;
        assert_eq!(name(Start::At(Time::from_ms(3))), "Launch p at 3 ms");
        assert_eq!(name(Start::Spawned), "Launch p when it is spawned");
        let edit = s.with_thread_start(ThreadId(1), Start::Spawned).expect("an edit");
        assert_eq!(edit.name, "Start a when a thread starts it");
        assert_eq!(edit.scenario.thread(ThreadId(1)).expect("it").1.start, Start::Spawned);
    }

    #[test]
    fn a_step_is_found_inside_loops_and_nowhere_else() {
        let s = scenario();
        let name = |at: &[usize]| s.step(ThreadId(1), at).map(|step| step.op.name());
        assert_eq!((name(&[0]), name(&[0, 1])), (Some("repeat"), Some("io")));
        assert_eq!((name(&[]), name(&[1]), name(&[0, 2]), name(&[0, 0, 0])), (None, None, None, None));
    }
}
