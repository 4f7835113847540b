//! Edits of threads as wholes: which there are, in which process, what they are called, when they start.

use super::edit_ops::{along, any, fresh, rewrite, unique};
use super::edit_shared::check_new_name;
use super::model::Extra;
use super::{CoreSet, Edit, Op, Problem, Process, Runtime, Scenario, Start, Step, Thread};
use crate::ids::{ObjectId, ProcessId, ThreadId};
use crate::time::Dur;

/// How long a new thread computes.
const A_LITTLE: Dur = Dur::from_ms(10);

impl Scenario {
    /// Adds a thread to a process that computes for 10 ms. Changes nothing if there is no such process.
    ///
    /// # Errors
    /// If there would be too many.
    pub fn with_new_thread(&self, process: ProcessId) -> Result<Edit, Problem> {
        let Some(of) = self.process(process) else {
            return self.edited("Add a thread", |_| {});
        };
        let base = if of.threads.is_empty() { "main" } else { "worker" };
        let name = unique(base, of.threads.iter().map(|t| t.name.as_str()));
        let thread = new_thread(self.fresh_thread(), name, &of.runtime);
        self.edited(format!("Add {} to {}", thread.name, of.name), |s| {
            if let Some(process) = s.process_mut(process) {
                process.threads.push(thread);
            }
        })
    }

    /// Sets the interpreter of its process that runs a thread.
    ///
    /// # Errors
    /// If there can be none of that number, or if it would share more than queues with threads of other interpreters.
    pub fn with_interpreter(&self, thread: ThreadId, interpreter: u8) -> Result<Edit, Problem> {
        self.edited(format!("Run {} in interpreter {interpreter}", self.name_of(thread)), |s| {
            if let Some(thread) = s.thread_mut(thread) {
                thread.interpreter = interpreter;
            }
        })
    }

    /// Adds another thread that does the same, behind it. Where one is started or joined by others, so is the other; but it
    /// starts and spawns nothing itself, as that can be done only once.
    ///
    /// # Errors
    /// If there would be too many threads or ops.
    pub fn with_thread_copied(&self, thread: ThreadId) -> Result<Edit, Problem> {
        let Some((of, original)) = self.thread(thread) else {
            return self.edited("Copy a thread", |_| {});
        };
        let id = self.fresh_thread();
        let name = unique(&original.name, of.threads.iter().map(|t| t.name.as_str()));
        let what = format!("Copy {} as {name}", original.name);
        let mut copy = Thread { id, name, ..original.clone() };
        rewrite(&mut copy.program, &mut |step, steps| {
            if !matches!(step.op, Op::Start(_) | Op::Spawn(_)) {
                steps.push(step);
            }
        });
        self.edited(what, |s| {
            s.rewrite(|step, steps| {
                let also = match step.op {
                    Op::Start(of) if of == thread => Some(Op::Start(id)),
                    Op::Join(of) if of == thread => Some(Op::Join(id)),
                    _ => None,
                };
                let also = also.map(|op| Step { op, ..step.clone() });
                steps.push(step);
                steps.extend(also);
            });
            if let Some(process) = s.process_mut(of.id) {
                let place = process.threads.iter().position(|t| t.id == thread).unwrap_or_default();
                process.threads.insert(place + 1, copy);
            }
        })
    }

    /// Deletes a thread, with the ops that start or join it and what is done to it by hand; the name of the edit says so.
    ///
    /// # Errors
    /// None that a removal can cause; the whole scenario is checked as after every edit.
    pub fn without_thread(&self, thread: ThreadId) -> Result<Edit, Problem> {
        let name = format!("Delete {}", self.name_of(thread));
        let (mut ops, mut flags) = (0, self.interventions.len());
        let mut edit = self.edited(name, |s| {
            for process in &mut s.processes {
                process.threads.retain(|t| t.id != thread);
            }
            ops = s.remove_ops(|op| op.thread() == Some(thread));
            s.interventions.retain(|i| i.what.thread() != thread);
            flags -= s.interventions.len();
        })?;
        edit.name += &along(ops, flags);
        Ok(edit)
    }

    /// Moves a thread to the end of another process. There it uses the locks and queues with the names of those that it
    /// used, and starts with its process if another thread started it before. Changes nothing if there is no such thread
    /// or process.
    ///
    /// # Errors
    /// If it uses something of its process that the other has not: processes cannot reach each other's memory. If it starts
    /// or joins threads that stay behind.
    pub fn with_thread_moved(&self, thread: ThreadId, process: ProcessId) -> Result<Edit, Problem> {
        let (Some((from, moved)), Some(to)) = (self.thread(thread), self.process(process)) else {
            return self.edited("Move a thread", |_| {});
        };
        if from.id == to.id {
            return self.edited("Move a thread", |_| {});
        }
        let mut moved = moved.clone();
        self.check_move(from, &moved, to)?;
        rewrite(&mut moved.program, &mut |mut step, steps| {
            if let Some(id) = step.op.object_mut() {
                *id = self.namesake(*id, to).unwrap_or(*id);
            }
            steps.push(step);
        });
        let mut name = format!("Move {} to {}", moved.name, to.name);
        let called = unique(&moved.name, to.threads.iter().map(|t| t.name.as_str()));
        if called != moved.name {
            name += &format!(" as {called}");
            moved.name = called;
        }
        if moved.start == Start::Spawned {
            moved.start = Start::Launch;
            name += ", where it starts with its process";
        }
        let mut ops = 0;
        let mut edit = self.edited(name, |s| {
            if let Some(process) = s.process_mut(from.id) {
                process.threads.retain(|t| t.id != thread);
            }
            ops = s.remove_ops(|op| op.thread() == Some(thread));
            if let Some(process) = s.process_mut(process) {
                process.threads.push(moved);
            }
        })?;
        if ops > 0 {
            edit.name += &format!("; {} starts or joins it no more", from.name);
        }
        Ok(edit)
    }

    /// Why a thread cannot go on as it is in another process.
    fn check_move(&self, from: &Process, thread: &Thread, to: &Process) -> Result<(), Problem> {
        let mut what = None;
        any(&thread.program, &mut |op| {
            what = match (op.object().and_then(|id| Some((id, self.resource(id)?.1))), op.thread()) {
                (Some((id, used)), _) if self.namesake(id, to).is_none() => {
                    let (kind, name) = (used.kind.name(), &used.name);
                    // “lock 1” says what it is.
                    let what = if name.starts_with(kind) { name.clone() } else { format!("{kind} “{name}”") };
                    Some(format!("uses {what} of {}; {} has no such {kind}", from.name, to.name))
                }
                _ if *op == Op::Spawn(to.id) => Some(format!("spawns {}, and a process cannot spawn itself", to.name)),
                (_, Some(other)) => Some(format!("starts or joins {}, a thread of {}", self.name_of(other), from.name)),
                _ => None,
            };
            what.is_some()
        });
        match what {
            Some(what) => Err(Problem { place: format!("thread “{}”", thread.name), what }),
            None => Ok(()),
        }
    }

    /// The resource of another process with the kind and the name of this one.
    fn namesake(&self, id: ObjectId, to: &Process) -> Option<ObjectId> {
        let (_, used) = self.resource(id)?;
        let same = to.resources.iter().find(|r| r.kind.name() == used.kind.name() && r.name == used.name);
        same.map(|r| r.id)
    }

    /// Gives a thread another name.
    ///
    /// # Errors
    /// If it is empty, blank or too long, or if another thread of its process has it.
    pub fn with_thread_name(&self, thread: ThreadId, name: &str) -> Result<Edit, Problem> {
        let of = self.thread(thread).map_or(&[][..], |(process, _)| &process.threads);
        check_new_name(name, of.iter().filter(|t| t.id != thread).map(|t| t.name.as_str()))?;
        self.edited(format!("Rename {} to {name}", self.name_of(thread)), |s| {
            if let Some(thread) = s.thread_mut(thread) {
                name.clone_into(&mut thread.name);
            }
        })
    }

    /// Sets when a thread starts. If it is not to be started by others, their ops that do so go.
    ///
    /// # Errors
    /// If the time is too long.
    pub fn with_thread_start(&self, thread: ThreadId, start: Start) -> Result<Edit, Problem> {
        let who = self.name_of(thread);
        let name = match start {
            Start::Launch => format!("Start {who} with its process"),
            Start::At(time) => format!("Start {who} at {time}"),
            Start::Spawned => format!("Let another thread start {who}"),
        };
        let mut ops = 0;
        let mut edit = self.edited(name, |s| {
            if start != Start::Spawned {
                ops = s.remove_ops(|op| *op == Op::Start(thread));
            }
            if let Some(thread) = s.thread_mut(thread) {
                thread.start = start;
            }
        })?;
        if ops > 0 {
            edit.name += ", and by no other thread";
        }
        Ok(edit)
    }

    /// The scenario in which an op may start or spawn what it names, and what that changes, for the name of an edit.
    pub(super) fn started_by(&self, op: &Op) -> (Self, String) {
        let mut scenario = self.clone();
        let started = match *op {
            Op::Start(thread) => scenario.thread_mut(thread).map(|t| (&t.name, &mut t.start)),
            Op::Spawn(process) => scenario.process_mut(process).map(|p| (&p.name, &mut p.start)),
            _ => None,
        };
        let also = match started {
            Some((name, start)) if *start != Start::Spawned => {
                *start = Start::Spawned;
                format!("; {name} starts there")
            }
            _ => String::new(),
        };
        (scenario, also)
    }

    pub(super) fn fresh_threads(&self) -> impl Iterator<Item = ThreadId> + use<> {
        // The first is 1, as in files.
        let mut taken: Vec<u16> = self.threads().map(|(_, t)| t.id.0).collect();
        if taken.is_empty() {
            taken.push(0);
        }
        fresh(taken).map(ThreadId)
    }

    pub(super) fn fresh_thread(&self) -> ThreadId {
        self.fresh_threads().next().unwrap_or(ThreadId(0))
    }
}

/// A thread that computes a little, as its runtime does it.
pub(super) fn new_thread(id: ThreadId, name: String, runtime: &Runtime) -> Thread {
    let op = if *runtime == Runtime::Native { Op::Native(A_LITTLE) } else { Op::Python(A_LITTLE) };
    Thread {
        id,
        name,
        start: Start::Launch,
        cores: CoreSet::ALL,
        interpreter: 0,
        share: Default::default(),
        program: vec![op.into()],
        extra: Extra::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIN: ThreadId = ThreadId(0);
    const WORKER: ThreadId = ThreadId(1);
    const OTHER: ThreadId = ThreadId(4);
    const WEB: ProcessId = ProcessId(0);
    const ETL: ProcessId = ProcessId(1);

    fn scenario() -> Scenario {
        let json = r#"{"v":1,"processes":[
            {"id":0,"name":"web","resources":[{"id":0,"name":"m","kind":"lock"},{"id":1,"name":"jobs","kind":"queue"}],"threads":[
                {"id":0,"name":"main","program":[{"start":1},{"repeat":2,"steps":[{"python":5},{"acquire":0},{"release":0}]},{"join":1}]},
                {"id":1,"name":"worker","start":"spawned","program":[{"acquire":0},{"python":5},{"release":0}]},
                {"id":2,"name":"reader","program":[{"get":1}]}]},
            {"id":1,"name":"etl","resources":[{"id":2,"name":"m","kind":"lock"}],"threads":[
                {"id":4,"name":"other","program":[{"python":5}]}]}],
            "interventions":[{"at":5,"do":{"run_here":{"thread":1,"core":0}}}]}"#;
        let scenario: Scenario = serde_json::from_str(json).unwrap();
        scenario.check().unwrap();
        scenario
    }

    fn program(s: &Scenario, thread: ThreadId) -> String {
        serde_json::to_string(&s.thread(thread).unwrap().1.program).unwrap()
    }

    fn names(s: &Scenario, process: ProcessId) -> Vec<&str> {
        s.process(process).unwrap().threads.iter().map(|t| t.name.as_str()).collect()
    }

    #[test]
    fn a_new_thread_computes_a_little() {
        let edit = scenario().with_new_thread(ETL).unwrap();
        assert_eq!(edit.name, "Add worker to etl");
        assert_eq!(names(&edit.scenario, ETL), ["other", "worker"]);
        assert_eq!(program(&edit.scenario, ThreadId(5)), r#"[{"python":10000000}]"#);
        assert_eq!(edit.scenario.with_new_thread(ETL).unwrap().name, "Add worker 2 to etl");
        assert_eq!(scenario().with_new_thread(ProcessId(9)).unwrap().scenario, scenario());
    }

    #[test]
    fn a_copy_is_started_and_joined_as_the_original() {
        let edit = scenario().with_thread_copied(WORKER).unwrap();
        assert_eq!(edit.name, "Copy worker as worker 2");
        assert_eq!(names(&edit.scenario, WEB), ["main", "worker", "worker 2", "reader"]);
        assert_eq!(
            program(&edit.scenario, MAIN),
            r#"[{"start":1},{"start":5},{"repeat":2,"steps":[{"python":5},{"acquire":0},{"release":0}]},{"join":1},{"join":5}]"#
        );
        assert_eq!(program(&edit.scenario, ThreadId(5)), program(&scenario(), WORKER));
        assert_eq!(edit.scenario.with_thread_copied(ThreadId(5)).unwrap().name, "Copy worker 2 as worker 3");
        let second = scenario().with_thread_copied(MAIN).unwrap().scenario;
        assert!(!program(&second, ThreadId(5)).contains("start"), "nobody is started twice");
    }

    #[test]
    fn with_a_thread_go_the_ops_that_name_it_and_its_flags_and_the_name_says_so() {
        let edit = scenario().without_thread(WORKER).unwrap();
        assert_eq!(edit.name, "Delete worker, with 2 ops that name it and 1 flag");
        assert!(!program(&edit.scenario, MAIN).contains("start") && !program(&edit.scenario, MAIN).contains("join"));
        assert!(edit.scenario.interventions.is_empty());
        assert_eq!(scenario().without_thread(OTHER).unwrap().name, "Delete other");
        assert_eq!(scenario().without_thread(ThreadId(9)).unwrap().scenario, scenario());
    }

    #[test]
    fn a_thread_that_moves_uses_what_has_the_same_name_there() {
        let edit = scenario().with_thread_moved(WORKER, ETL).unwrap();
        assert_eq!(edit.name, "Move worker to etl, where it starts with its process; web starts or joins it no more");
        assert_eq!(program(&edit.scenario, WORKER), r#"[{"acquire":2},{"python":5},{"release":2}]"#);
        assert_eq!(edit.scenario.thread(WORKER).unwrap().1.start, Start::Launch);
        assert!(!program(&edit.scenario, MAIN).contains("start"));
        assert_eq!(edit.scenario.interventions, scenario().interventions, "flags go along");
        assert_eq!(scenario().with_thread_moved(OTHER, WEB).unwrap().name, "Move other to web");
        for (thread, process) in [(WORKER, WEB), (ThreadId(9), WEB), (WORKER, ProcessId(9))] {
            assert_eq!(scenario().with_thread_moved(thread, process).unwrap().scenario, scenario());
        }
    }

    #[test]
    fn a_thread_does_not_move_away_from_what_it_needs() {
        let why = |thread| scenario().with_thread_moved(thread, ETL).unwrap_err().to_string();
        assert_eq!(why(ThreadId(2)), "thread “reader”: uses queue “jobs” of web; etl has no such queue");
        assert_eq!(why(MAIN), "thread “main”: starts or joins worker, a thread of web");
    }

    #[test]
    fn a_thread_gets_a_name_and_a_start() {
        let edit = scenario().with_thread_name(WORKER, "zip").unwrap();
        assert_eq!((edit.name.as_str(), names(&edit.scenario, WEB)[1]), ("Rename worker to zip", "zip"));
        let why = |name| scenario().with_thread_name(WORKER, name).unwrap_err().to_string();
        assert_eq!(
            [why(" "), why("main")],
            ["name: from 1 to 64 characters", "name: another one here is called “main”"]
        );
        assert!(scenario().with_thread_name(WORKER, "other").is_ok(), "it is of another process");
        let edit = scenario().with_thread_start(WORKER, Start::Launch).unwrap();
        assert_eq!(edit.name, "Start worker with its process, and by no other thread");
        assert!(program(&edit.scenario, MAIN).contains("join") && !program(&edit.scenario, MAIN).contains("start"));
        let edit = scenario().with_new_op(MAIN, &[0], Op::Start(ThreadId(2))).unwrap();
        assert_eq!(edit.name, "Add start to main; reader starts there");
        assert_eq!(edit.scenario.thread(ThreadId(2)).unwrap().1.start, Start::Spawned);
        let edit = scenario().with_op(MAIN, &[0], Op::Spawn(ETL)).unwrap();
        assert_eq!(edit.name, "Set an op of main to spawn; etl starts there; worker starts with its process");
        assert!(scenario().with_new_op(MAIN, &[0], Op::Start(MAIN)).is_err(), "nobody starts itself");
        assert_eq!(scenario().with_thread_start(OTHER, Start::Spawned).unwrap().name, "Let another thread start other");
    }
}
