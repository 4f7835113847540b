//! The same work by threads of one process and by processes: the pair that teaches what a GIL costs.

use super::edit_ops::{any, fresh, rewrite, unique};
use super::model::Extra;
use super::pairs::said;
use super::{Op, Pipe, Process, ResourceKind, Runtime, Scenario, Start, Step, Thread};
use crate::ids::{ObjectId, ProcessId, ThreadId};

/// What a process tells who waits for its end; real ones tell their exit status.
const END_BYTES: u32 = 1;

impl Scenario {
    /// Puts each thread of every process with a GIL but the first into a process of its own. Who starts one spawns that then,
    /// and who joins one waits for the message that it sends at its end.
    pub(super) fn with_a_process_each(&self) -> Result<Self, String> {
        let crowded: Vec<&Process> =
            self.processes.iter().filter(|p| p.runtime.has_gil() && p.threads.len() > 1).collect();
        if crowded.is_empty() {
            return Err("No process with a GIL has several threads.".to_owned());
        }
        crowded.iter().try_for_each(|process| self.check_apart(process))?;
        let mut ids = fresh(self.processes.iter().map(|p| p.id.0).collect()).map(ProcessId);
        let mut moved: Vec<(ProcessId, ThreadId, ProcessId)> = Vec::new();
        for process in &crowded {
            moved.extend(process.threads[1..].iter().zip(&mut ids).map(|(t, id)| (process.id, t.id, id)));
        }
        let edit = self.edited("", |s| {
            s.send_at_ends();
            s.rewrite(|step, steps| {
                let spawned = match step.op {
                    Op::Start(t) => moved.iter().find(|(_, thread, _)| *thread == t).map(|(.., to)| *to),
                    _ => None,
                };
                let along = match step.op {
                    Op::Spawn(p) => Some(p),
                    _ => None,
                };
                steps.push(Step { op: spawned.map_or(step.op, Op::Spawn), ..step });
                // Who came with its process is spawned with it.
                let with = moved.iter().filter(|(from, thread, _)| along == Some(*from) && self.is_launched(*thread));
                steps.extend(with.map(|(.., to)| Step::from(Op::Spawn(*to))));
            });
            for (from, thread, to) in &moved {
                s.move_out(*from, *thread, *to);
            }
        });
        edit.map(|edit| edit.scenario).map_err(said)
    }

    fn is_launched(&self, thread: ThreadId) -> bool {
        self.thread(thread).is_some_and(|(_, t)| t.start == Start::Launch)
    }

    /// That no two threads of a process share anything, and none joins another over and over.
    fn check_apart(&self, process: &Process) -> Result<(), String> {
        for resource in &process.resources {
            let mut users = process.threads.iter().filter(|t| uses(t, resource.id));
            if let (Some(a), Some(b)) = (users.next(), users.next()) {
                let kind = resource.kind.name();
                let (a, b) = (&a.name, &b.name);
                return Err(format!("{a} and {b} share the {kind} “{}”, which processes cannot.", resource.name));
            }
        }
        for thread in &process.threads {
            let loops = thread.program.iter().filter(|step| matches!(step.op, Op::Repeat { .. }));
            for step in loops {
                if any(std::slice::from_ref(step), &mut |op| matches!(op, Op::Join(_))) {
                    return Err(format!("{} joins threads in a loop, which a process does once.", thread.name));
                }
            }
        }
        Ok(())
    }

    /// Puts a message from the end of each joined thread in place of every join.
    fn send_at_ends(&mut self) {
        let mut ids = fresh(self.object_ids()).map(ObjectId);
        let mut ends: Vec<(ThreadId, ObjectId)> = Vec::new();
        let names: Vec<(ThreadId, String)> = self.threads().map(|(_, t)| (t.id, t.name.clone())).collect();
        let mut pipes = Vec::new();
        let crowded = self.processes.iter_mut().filter(|p| p.runtime.has_gil() && p.threads.len() > 1);
        for thread in crowded.flat_map(|p| &mut p.threads) {
            let mut joined = Vec::new();
            for step in std::mem::take(&mut thread.program) {
                let Op::Join(whom) = step.op else {
                    thread.program.push(step);
                    continue;
                };
                // It has ended when it is joined again.
                if let Some(id) = (!joined.contains(&whom)).then(|| ids.next()).flatten() {
                    joined.push(whom);
                    ends.push((whom, id));
                    let name = names.iter().find(|(id, _)| *id == whom).map_or("", |(_, name)| name);
                    let name = format!("end of {}", name.chars().take(40).collect::<String>());
                    pipes.push(Pipe { id, name, extra: Extra::new() });
                    thread.program.push(Step { op: Op::Receive(id), ..step });
                }
            }
        }
        for (whom, pipe) in ends {
            if let Some(thread) = self.thread_mut(whom) {
                thread.program.push(Op::Send { pipe, bytes: END_BYTES }.into());
            }
        }
        self.pipes.extend(pipes);
    }

    fn object_ids(&self) -> Vec<u16> {
        let resources = self.processes.iter().flat_map(|p| &p.resources).map(|r| r.id.0);
        resources.chain(self.pipes.iter().map(|p| p.id.0)).chain(self.devices.iter().map(|d| d.id.0)).collect()
    }

    /// Moves a thread into a new process with what only it uses.
    fn move_out(&mut self, from: ProcessId, thread: ThreadId, to: ProcessId) {
        let taken: Vec<String> = self.processes.iter().map(|p| p.name.clone()).collect();
        let Some(home) = self.processes.iter_mut().position(|p| p.id == from) else { return };
        let process = &mut self.processes[home];
        let Some(at) = process.threads.iter().position(|t| t.id == thread) else { return };
        let mut moved = process.threads.remove(at);
        let (along, stay) =
            std::mem::take(&mut process.resources).into_iter().partition(|r| uses(&moved, r.id) && !is_shown(r.kind));
        process.resources = stay;
        let start = match (moved.start, process.start) {
            (Start::Launch, start) => start,
            (Start::At(t), Start::At(p)) => Start::At(t.max(p)),
            (start, _) => start,
        };
        let name = unique(&moved.name, taken.iter().map(String::as_str));
        (moved.start, moved.interpreter) = (Start::Launch, 0);
        let runtime = process.runtime.clone();
        let new = Process { id: to, name, start, runtime, resources: along, threads: vec![moved], extra: Extra::new() };
        // Behind those that came out of the same one.
        let place = home + at;
        self.processes.insert(place.min(self.processes.len() - 1) + 1, new);
    }

    /// Makes all processes with a GIL threads of the first of them that is launched at the start. Who spawned one starts its
    /// threads then.
    pub(super) fn with_one_process(&self) -> Result<Self, String> {
        let python = |p: &&Process| p.runtime.has_gil();
        if self.processes.iter().filter(python).count() < 2 {
            return Err("Only one process has a GIL.".to_owned());
        }
        let home = self.processes.iter().find(|p| python(p) && p.start == Start::Launch);
        let Some(home) = home else { return Err("None of its processes is launched at the start.".to_owned()) };
        let guests: Vec<&Process> = self.processes.iter().filter(|p| python(p) && p.id != home.id).collect();
        let is_guest = |op: &Op| matches!(op, Op::Spawn(p) if guests.iter().any(|g| g.id == *p));
        let outside = |p: &&Process| p.runtime == Runtime::Native || !p.runtime.has_gil();
        for process in self.processes.iter().filter(outside) {
            if process.threads.iter().any(|t| any(&t.program, &mut |op| is_guest(op))) {
                return Err(format!("{} spawns one of them and has no GIL itself.", process.name));
            }
        }
        let edit = self.edited("", |s| {
            s.processes.retain(|p| !guests.iter().any(|g| g.id == p.id));
            let Some(home) = s.process_mut(home.id) else { return };
            for guest in &guests {
                home.resources.extend(guest.resources.iter().cloned());
                for thread in &guest.threads {
                    let name = unique(&thread.name, home.threads.iter().map(|t| t.name.as_str()));
                    let start = started_with(guest.start, thread.start);
                    home.threads.push(Thread { name, start, interpreter: 0, ..thread.clone() });
                }
            }
            for thread in &mut home.threads {
                rewrite(&mut thread.program, &mut |step, steps| match step.op {
                    Op::Spawn(p) if is_guest(&step.op) => {
                        let guest = guests.iter().find(|g| g.id == p);
                        let threads = guest.into_iter().flat_map(|g| &g.threads);
                        let with = threads.filter(|t| t.start != Start::Spawned && t.id != thread.id);
                        steps.extend(with.map(|t| Step { op: Op::Start(t.id), ..step.clone() }));
                    }
                    _ => steps.push(step),
                });
            }
        });
        edit.map(|edit| edit.scenario).map_err(said)
    }
}

/// When a thread starts that came with a process.
fn started_with(process: Start, thread: Start) -> Start {
    match (process, thread) {
        (_, Start::Spawned) | (Start::Spawned, _) => Start::Spawned,
        (Start::At(p), Start::At(t)) => Start::At(p.max(t)),
        (Start::Launch, start) | (start, Start::Launch) => start,
    }
}

fn uses(thread: &Thread, object: ObjectId) -> bool {
    any(&thread.program, &mut |op| op.object() == Some(object))
}

/// Whether it is only shown, and nobody uses it.
const fn is_shown(kind: ResourceKind) -> bool {
    matches!(kind, ResourceKind::Memory(_) | ResourceKind::File)
}
