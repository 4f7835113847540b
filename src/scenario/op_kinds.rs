//! Kinds of ops: what each is in a line, and edits that turn an op into one of another kind, with all that it needs.

use super::program_text::BYTES;
use super::{Edit, Op, Problem, ResourceKind, Runtime, Scenario, Start, Step, StepPath};
use crate::ids::{ObjectId, ProcessId, ThreadId};
use crate::time::Dur;

/// How long an op of a new kind takes if the one before it took no time.
const NEW_LENGTH: Dur = Dur::from_ms(5);

/// How often a new loop repeats what it is put around.
const NEW_TIMES: u32 = 2;

/// The length of a new message in bytes.
pub(super) const NEW_BYTES: u32 = 1_024;

/// A kind of op.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpKind {
    /// Its name, as [`Op::name`] gives it.
    pub name: &'static str,
    /// What it does and needs, in a line.
    pub says: &'static str,
}

/// Every kind, in the order in which they are offered.
pub const OP_KINDS: [OpKind; 21] = [
    kind("python", "Python code: needs a core and the GIL, and gives the GIL up when another thread asks for it"),
    kind("extension", "C code that keeps the GIL: needs a core, and does not hear that others ask"),
    kind("native", "C code that has released the GIL, as hashing and NumPy do: needs a core only"),
    kind("io", "waits for the network or a device: needs neither core nor GIL"),
    kind("sleep", "waits for the clock: needs neither core nor GIL"),
    kind("input", "waits until a person answers: needs neither core nor GIL"),
    kind("acquire", "takes a lock or one of a semaphore, and waits while there is none to take"),
    kind("release", "gives a lock or one of a semaphore back"),
    kind("wait", "waits until an event is set, or until all parties of a barrier are there"),
    kind("set", "sets an event: all who wait for it go on"),
    kind("clear", "makes an event not set"),
    kind("put", "puts an item into a queue, and waits while that is full"),
    kind("get", "takes an item from a queue, and waits while there is none"),
    kind("start", "starts another thread of its process"),
    kind("join", "waits until another thread of its process has finished"),
    kind("spawn", "launches another process"),
    kind("send", "sends a message to a pipe, for another process: takes time on a core"),
    kind("receive", "takes a message from a pipe, and waits while there is none"),
    kind("yield", "lets others go first, as time.sleep(0) does"),
    kind("repeat", "does what is inside so many times"),
    kind("forever", "does what is inside for ever"),
];

const fn kind(name: &'static str, says: &'static str) -> OpKind {
    OpKind { name, says }
}

impl Scenario {
    /// Turns an op into one of another kind. It keeps its length if it has one; a resource or pipe that it needs is added
    /// if there is none, and a loop is put around it.
    ///
    /// # Errors
    /// If there is nothing that an op of this kind could be about: no thread to start, no process to spawn.
    pub fn with_op_kind(&self, thread: ThreadId, at: StepPath<'_>, kind: &str) -> Result<Edit, Problem> {
        let mut scenario = self.clone();
        let op = scenario.op_of_kind(thread, at, kind)?;
        scenario.with_op(thread, at, op)
    }

    /// Puts an op of a kind before the place `at`, which may be one behind the last step there, with all that it needs.
    ///
    /// # Errors
    /// If there is nothing that an op of this kind could be about, or there would be too many.
    pub fn with_new_op_of_kind(&self, thread: ThreadId, at: StepPath<'_>, kind: &str) -> Result<Edit, Problem> {
        let added = self.with_new_op(thread, at, self.new_op(thread))?;
        let Edit { scenario, .. } = added.scenario.with_op_kind(thread, at, kind)?;
        Ok(Edit { name: format!("Add {kind} to {}", self.name_of(thread)), scenario, ..added })
    }

    fn op_of_kind(&mut self, thread: ThreadId, at: StepPath<'_>, kind: &str) -> Result<Op, Problem> {
        let place = format!("thread “{}”", self.name_of(thread));
        let missing = |what: &str| Problem { place: place.clone(), what: what.to_owned() };
        let step = self.step(thread, at).ok_or_else(|| missing("there is no such op"))?.clone();
        let process = self.thread(thread).ok_or_else(|| missing("there is no such thread"))?.0.id;
        let body = match &step.op {
            Op::Repeat { steps, .. } => steps.clone(),
            op if op.length().is_some_and(|d| !d.is_zero()) => vec![step.clone()],
            // A loop that takes no time would not end.
            _ => vec![step.clone(), self.new_op(thread).into()],
        };
        Ok(match kind {
            "input" => Op::Input { prompt: String::new(), at: None },
            "acquire" => Op::Acquire(self.some_resource(process, ResourceKind::Lock, Some("semaphore"))?),
            "release" => Op::Release(self.some_resource(process, ResourceKind::Lock, Some("semaphore"))?),
            "wait" => Op::Wait(self.some_resource(process, ResourceKind::Event, Some("barrier"))?),
            "set" => Op::Set(self.some_resource(process, ResourceKind::Event, None)?),
            "clear" => Op::Clear(self.some_resource(process, ResourceKind::Event, None)?),
            "put" => Op::Put(self.some_resource(process, ResourceKind::Queue(None), None)?),
            "get" => Op::Get(self.some_resource(process, ResourceKind::Queue(None), None)?),
            "start" => Op::Start(self.startable(process, thread).next().ok_or_else(|| {
                missing("there is no thread to start: let another thread of its process wait to be started")
            })?),
            "join" => Op::Join(
                self.others(process, thread)
                    .next()
                    .ok_or_else(|| missing("there is no other thread in its process"))?,
            ),
            "spawn" => Op::Spawn(
                self.spawnable()
                    .find(|p| *p != process)
                    .ok_or_else(|| missing("there is no process to spawn: let another process wait to be spawned"))?,
            ),
            "send" => Op::Send { pipe: self.some_pipe()?, bytes: BYTES },
            "receive" => Op::Receive(self.some_pipe()?),
            "yield" => Op::Yield,
            "repeat" => Op::Repeat { times: Some(NEW_TIMES), steps: body },
            "forever" => Op::Repeat { times: None, steps: body },
            timed => Op::timed(timed, step.op.length().unwrap_or(NEW_LENGTH))
                .ok_or_else(|| missing("there is no op of this kind"))?,
        })
    }

    /// An op to begin with: code of the kind that the thread's process runs.
    #[must_use]
    pub fn new_op(&self, thread: ThreadId) -> Op {
        match self.thread(thread) {
            Some((process, _)) if process.runtime == Runtime::Native => Op::Native(NEW_LENGTH),
            _ => Op::Python(NEW_LENGTH),
        }
    }

    /// The threads of a process other than this one, which it may wait for.
    pub fn others(&self, process: ProcessId, thread: ThreadId) -> impl Iterator<Item = ThreadId> {
        let threads = self.process(process).map_or(&[][..], |p| &p.threads);
        threads.iter().map(|t| t.id).filter(move |t| *t != thread)
    }

    /// The threads of a process that wait for another one to start them.
    pub fn startable(&self, process: ProcessId, thread: ThreadId) -> impl Iterator<Item = ThreadId> {
        let waits = |t: &ThreadId| self.thread(*t).is_some_and(|(_, t)| t.start == Start::Spawned);
        self.others(process, thread).filter(waits)
    }

    /// The processes that wait to be spawned.
    pub fn spawnable(&self) -> impl Iterator<Item = ProcessId> {
        self.processes.iter().filter(|p| p.start == Start::Spawned).map(|p| p.id)
    }

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

    /// A resource of this kind, or of the other one that would do; a new one if the process has none.
    fn some_resource(
        &mut self,
        process: ProcessId,
        kind: ResourceKind,
        other: Option<&str>,
    ) -> Result<ObjectId, Problem> {
        let find = |s: &Self| {
            let resources = &s.process(process)?.resources;
            let named = |name: &str| resources.iter().find(|r| r.kind.name() == name).map(|r| r.id);
            named(kind.name()).or_else(|| named(other?))
        };
        if find(self).is_none() {
            *self = self.with_new_resource(process, kind)?.scenario;
        }
        Ok(find(self).unwrap_or(ObjectId(0)))
    }

    fn some_pipe(&mut self) -> Result<ObjectId, Problem> {
        if self.pipes.is_empty() {
            *self = self.with_new_pipe()?.scenario;
        }
        Ok(self.pipes.first().map_or(ObjectId(0), |p| p.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::json;

    const A: ThreadId = ThreadId(1);

    /// Two threads of one process and one of another, which is spawned.
    fn scenario() -> Scenario {
        let text = r#"{"v":1,"processes":[
            {"id":0,"name":"p","threads":[{"id":1,"name":"a","program":[{"python":7000000,"line":3}]},
                {"id":2,"name":"b","start":"spawned","program":[{"python":1}]}]},
            {"id":1,"name":"q","start":"spawned","threads":[{"id":3,"name":"c","program":[{"python":1}]}]}]}"#;
        json::from_str(text).expect("a scenario")
    }

    #[test]
    fn kinds_are_named_as_ops_are_and_each_can_be_made_of_any_other() {
        for from in OP_KINDS {
            let s = scenario().with_op_kind(A, &[0], from.name).expect(from.name).scenario;
            for to in OP_KINDS {
                let edit =
                    s.with_op_kind(A, &[0], to.name).unwrap_or_else(|p| panic!("{} to {}: {p}", from.name, to.name));
                let step = edit.scenario.step(A, &[0]).expect("the step");
                assert_eq!((step.op.name(), step.line), (to.name, Some(3)), "from {}", from.name);
                assert!(!to.says.is_empty());
            }
        }
    }

    #[test]
    fn an_op_of_any_kind_is_added_in_one_step() {
        for kind in OP_KINDS {
            let edit = scenario().with_new_op_of_kind(A, &[1], kind.name).expect(kind.name);
            assert_eq!(edit.name, format!("Add {} to a", kind.name));
            assert_eq!(edit.scenario.step(A, &[1]).expect("the step").op.name(), kind.name);
        }
    }

    #[test]
    fn a_length_is_kept_and_what_is_missing_is_added_once() {
        let s = scenario();
        let native = s.with_op_kind(A, &[0], "native").expect("an edit").scenario;
        assert_eq!(native.step(A, &[0]).expect("the step").op, Op::Native(Dur::from_ms(7)));
        let locked = s.with_op_kind(A, &[0], "acquire").expect("an edit").scenario;
        assert_eq!(locked.processes[0].resources.len(), 1);
        let released = locked.with_op_kind(A, &[0], "release").expect("an edit").scenario;
        assert_eq!(released.processes[0].resources, locked.processes[0].resources);
        assert_eq!(s.with_op_kind(A, &[0], "send").expect("an edit").scenario.pipes.len(), 1);
    }

    #[test]
    fn an_op_about_something_that_is_not_there_is_refused_with_the_way_to_have_it() {
        let mut s = scenario();
        s.processes[0].threads[1].start = Start::Launch;
        let refused = s.with_op_kind(A, &[0], "start").expect_err("nothing to start");
        assert!(refused.what.contains("no thread to start"), "{refused}");
        s.processes.pop();
        assert!(s.with_op_kind(A, &[0], "spawn").is_err());
        s.processes[0].threads.pop();
        assert!(s.with_op_kind(A, &[0], "join").is_err());
    }
}
