//! Edits of what threads share: resources of a process, pipes between processes, devices of the computer.

use super::edit_ops::{along, fresh, unique};
use super::model::Extra;
use super::op_kinds::NEW_BYTES;
use super::{Device, Edit, Limits, Op, Pipe, Problem, Resource, ResourceKind, Scenario, Step};
use crate::ids::{ObjectId, ProcessId};

impl Scenario {
    /// Gives a process something more that its threads share. Changes nothing if there is no such process.
    ///
    /// # Errors
    /// If there would be too many.
    pub fn with_new_resource(&self, process: ProcessId, kind: ResourceKind) -> Result<Edit, Problem> {
        let Some(of) = self.process(process) else {
            return self.edited("Add a resource", |_| {});
        };
        let name = unique(&format!("{} 1", kind.name()), of.resources.iter().map(|r| r.name.as_str()));
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
        let name = unique("pipe 1", self.pipes.iter().map(|p| p.name.as_str()));
        let pipe = Pipe { id: self.fresh_object(), name, extra: Extra::new() };
        self.edited(format!("Add {}", pipe.name), |s| s.pipes.push(pipe))
    }

    /// Adds a pipe from a process to another: the first thread of the one sends at its end, that of the other receives. In an
    /// endless loop at the end that is the end of each round.
    ///
    /// # Errors
    /// If there would be too many pipes or ops.
    pub fn with_new_pipe_between(&self, from: ProcessId, to: ProcessId) -> Result<Edit, Problem> {
        let (Some(sender), Some(receiver)) = (self.process(from), self.process(to)) else {
            return self.edited("Add a pipe", |_| {});
        };
        let mut edit = self.with_new_pipe()?;
        edit.name = format!("{} from {} to {}", edit.name, sender.name, receiver.name);
        let pipe = edit.scenario.pipes.last().map_or(ObjectId(0), |p| p.id);
        for (process, op) in [(from, Op::Send { pipe, bytes: NEW_BYTES }), (to, Op::Receive(pipe))] {
            let thread = edit.scenario.process_mut(process).and_then(|p| p.threads.first_mut());
            if let Some(thread) = thread {
                push_last(&mut thread.program, op.into());
            }
        }
        edit.scenario.check()?;
        Ok(edit)
    }

    /// Adds a device that serves one thread at a time.
    ///
    /// # Errors
    /// If there would be too many.
    pub fn with_new_device(&self) -> Result<Edit, Problem> {
        let name = unique("device 1", self.devices.iter().map(|d| d.name.as_str()));
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

    /// Deletes a resource, a pipe or a device, with the ops that name it; an I/O at a device becomes one of the network.
    ///
    /// # Errors
    /// None that a removal can cause; the whole scenario is checked as after every edit.
    pub fn without_resource(&self, object: ObjectId) -> Result<Edit, Problem> {
        let mut ops = 0;
        let mut edit = self.edited(format!("Delete {}", self.object_name(object)), |s| {
            s.rewrite(|mut step, steps| {
                match step.op {
                    Op::IoAt { device, length } if device == object => step.op = Op::Io(length),
                    _ => {}
                }
                steps.push(step);
            });
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
    /// If it is empty, blank or too long, or if another one of its process, another pipe or another device has it.
    pub fn with_resource_name(&self, object: ObjectId, name: &str) -> Result<Edit, Problem> {
        let of = self.resource(object).map_or(&[][..], |(process, _)| &process.resources);
        let resources = of.iter().map(|r| (r.id, r.name.as_str()));
        let pipes = self.pipes.iter().filter(|_| self.pipe(object).is_some()).map(|p| (p.id, p.name.as_str()));
        let devices = self.devices.iter().filter(|_| self.device(object).is_some()).map(|d| (d.id, d.name.as_str()));
        check_new_name(name, resources.chain(pipes).chain(devices).filter(|(id, _)| *id != object).map(|(_, n)| n))?;
        self.edited(format!("Rename {} to {name}", self.object_name(object)), |s| {
            let resources = s.processes.iter_mut().flat_map(|p| &mut p.resources).map(|r| (r.id, &mut r.name));
            let pipes = s.pipes.iter_mut().map(|p| (p.id, &mut p.name));
            let devices = s.devices.iter_mut().map(|d| (d.id, &mut d.name));
            if let Some((_, old)) = resources.chain(pipes).chain(devices).find(|(id, _)| *id == object) {
                name.clone_into(old);
            }
        })
    }

    pub(super) fn fresh_objects(&self) -> impl Iterator<Item = ObjectId> + use<> {
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

/// Whether something can be given a name, beside what others around it are called.
///
/// # Errors
/// If it is empty or too long, or if one of the others has it.
pub(super) fn check_new_name<'a>(name: &str, mut others: impl Iterator<Item = &'a str>) -> Result<(), Problem> {
    let what = if !(1..=Limits::NAME).contains(&name.trim().chars().count()) {
        format!("from 1 to {} characters", Limits::NAME)
    } else if others.any(|other| other == name) {
        format!("another one here is called “{name}”")
    } else {
        return Ok(());
    };
    Err(Problem { place: "name".to_owned(), what })
}

/// Lets a program do something last, or where it never ends, last in each round.
fn push_last(steps: &mut Vec<Step>, step: Step) {
    match steps.last_mut() {
        Some(Step { op: Op::Repeat { times: None, steps }, .. }) => push_last(steps, step),
        _ => steps.push(step),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::json;

    const WEB: ProcessId = ProcessId(0);

    fn scenario() -> Scenario {
        let text = r#"{"v":1,"processes":[
            {"id":0,"name":"web","resources":[{"id":0,"name":"m","kind":"lock"},{"id":1,"name":"s","kind":{"semaphore":3}}],
                "threads":[{"id":0,"name":"main","program":[{"acquire":0},{"release":0},{"send":7,"bytes":5},{"acquire":1},
                    {"forever":[{"io":6,"device":8}]}]}]}],
            "pipes":[{"id":7,"name":"out"}],"devices":[{"id":8,"name":"disk"}]}"#;
        json::from_str(text).expect("a scenario")
    }

    fn program(s: &Scenario) -> String {
        serde_json::to_string(&s.processes[0].threads[0].program).expect("JSON")
    }

    #[test]
    fn what_is_shared_comes_and_goes_with_the_ops_that_name_it() {
        let edit = scenario().with_new_resource(WEB, ResourceKind::Queue(None)).expect("an edit");
        assert_eq!(edit.name, "Add queue 1 to web");
        let edit = edit.scenario.with_new_resource(WEB, ResourceKind::Queue(Some(2))).expect("an edit");
        assert_eq!(edit.name, "Add queue 2 to web");
        assert_eq!(scenario().with_new_pipe().expect("an edit").name, "Add pipe 1");
        let edit = scenario().with_new_device().expect("an edit");
        assert_eq!((edit.name.as_str(), edit.scenario.devices[1].id), ("Add device 1", ObjectId(9)));
        let edit = scenario().without_resource(ObjectId(0)).expect("an edit");
        assert_eq!(edit.name, "Delete m, with 2 ops that name it");
        let edit = edit.scenario.without_resource(ObjectId(7)).expect("an edit");
        assert_eq!((edit.name.as_str(), edit.scenario.pipes.len()), ("Delete out, with 1 op that names it", 0));
        assert_eq!(program(&edit.scenario), r#"[{"acquire":1},{"forever":[{"io":6,"device":8}]}]"#);
    }

    #[test]
    fn without_its_device_an_io_is_one_of_the_network() {
        let edit = scenario().without_resource(ObjectId(8)).expect("the loop still takes time");
        assert_eq!((edit.name.as_str(), edit.scenario.devices.len()), ("Delete disk", 0));
        assert!(program(&edit.scenario).ends_with(r#"{"forever":[{"io":6}]}]"#), "{}", program(&edit.scenario));
    }

    #[test]
    fn names_and_figures_are_set() {
        for (id, new) in [(0, "mutex"), (7, "pipe"), (8, "drum")] {
            let edit = scenario().with_resource_name(ObjectId(id), new).expect("an edit");
            assert_eq!(edit.scenario.object_name(ObjectId(id)), new);
            assert_eq!(edit.name, format!("Rename {} to {new}", scenario().object_name(ObjectId(id))));
        }
        let edit = scenario().with_resource_figure(ObjectId(1), 5).expect("an edit");
        assert_eq!(edit.name, "Set the count of s to 5");
        assert_eq!(edit.scenario.processes[0].resources[1].kind, ResourceKind::Semaphore(5));
        let why = |name| scenario().with_resource_name(ObjectId(0), name).expect_err("no such name").to_string();
        assert_eq!(why("s"), "name: another one here is called “s”");
        assert_eq!([why(""), why(" ")], ["name: from 1 to 64 characters"; 2]);
        assert!(scenario().with_resource_name(ObjectId(0), "out").is_ok(), "a lock and a pipe are told apart");
        let refused = scenario().with_resource_figure(ObjectId(1), 10_001).expect_err("too many");
        assert_eq!(refused.to_string(), "semaphore “s”: a count from 0 to 10000, not 10001");
    }
}
