//! Programs as flat code: loops become jumps, names become indexes, and what takes no time and cannot be seen is left out.

use super::Work;
use super::code::{About, Instr, PlanOp};
use crate::ids::{ObjectId, ObjectIx, ProcessId, ProcessIx, ThreadId, ThreadIx};
use crate::scenario::{Costs, Op, Step};
use crate::time::{Dur, MAX_NS};

/// What the ids in a program stand for, and what is added to its lengths.
pub(super) struct Names<'a> {
    pub(super) threads: &'a [ThreadId],
    pub(super) processes: &'a [ProcessId],
    pub(super) objects: &'a [ObjectId],
    pub(super) costs: &'a Costs,
    /// By how many percent Python is slower.
    pub(super) overhead: u16,
}

impl Names<'_> {
    fn slower(&self, length: Dur) -> Dur {
        let ns = u128::from(length.ns()) * (100 + u128::from(self.overhead)) / 100;
        Dur::from_ns(ns.min(MAX_NS.into()) as u64)
    }

    // The ids are there: the scenario has passed its check.
    fn object(&self, id: ObjectId) -> ObjectIx {
        ObjectIx(self.objects.partition_point(|o| *o < id) as u16)
    }

    fn thread(&self, id: ThreadId) -> ThreadIx {
        ThreadIx(self.threads.partition_point(|t| *t < id) as u16)
    }

    fn process(&self, id: ProcessId) -> ProcessIx {
        ProcessIx(self.processes.partition_point(|p| *p < id) as u16)
    }

    /// What an op takes.
    fn length(&self, op: &Op) -> Dur {
        match op {
            Op::Python(d) | Op::Extension(d) => self.slower(*d),
            Op::Send { bytes, .. } => self.costs.message_of(*bytes),
            op => op.length().unwrap_or_default(),
        }
    }

    fn about(&self, op: &Op) -> About {
        match op {
            Op::Input { prompt, .. } => About::Prompt(prompt.clone()),
            Op::Start(id) | Op::Join(id) => About::Thread(self.thread(*id)),
            Op::Spawn(id) => About::Process(self.process(*id)),
            op => op.object().map_or(About::Nothing, |id| About::Object(self.object(id))),
        }
    }
}

/// Makes a thread's program ready to run; `counters` counts the loop counters of all threads.
pub(super) fn compile(program: &[Step], names: &Names<'_>, counters: &mut usize) -> (Vec<PlanOp>, Vec<Instr>) {
    let mut compiler = Compiler { ops: Vec::new(), code: Vec::new(), names, counters };
    compiler.steps(program, 0);
    compiler.code.push(Instr::End);
    (compiler.ops, compiler.code)
}

struct Compiler<'a> {
    ops: Vec<PlanOp>,
    code: Vec<Instr>,
    names: &'a Names<'a>,
    counters: &'a mut usize,
}

impl Compiler<'_> {
    fn steps(&mut self, steps: &[Step], depth: usize) {
        for step in steps {
            let op = self.ops.len() as u16;
            let (length, about) = (self.names.length(&step.op), self.names.about(&step.op));
            self.ops.push(PlanOp { name: step.op.name(), length, about, depth, line: step.line });
            if let Op::Repeat { times, steps } = &step.op {
                self.repeat(*times, steps, depth);
            } else if let Some(instr) = self.instr(&step.op, length, op) {
                self.code.push(instr);
            }
        }
    }

    /// The instruction of an op that is no loop.
    fn instr(&self, what: &Op, length: Dur, op: u16) -> Option<Instr> {
        let names = self.names;
        Some(match what {
            // Nothing can be seen of it, and a loop may hold very many.
            Op::Python(d) | Op::Extension(d) if d.is_zero() => return None,
            Op::Python(_) => Instr::Compute { work: Work::Python, length, op },
            Op::Extension(_) => Instr::Compute { work: Work::Extension, length, op },
            Op::Native(_) => Instr::Compute { work: Work::Native, length, op },
            Op::Io(_) => Instr::Io { length, device: None, op },
            Op::IoAt { device, .. } => Instr::Io { length, device: Some(names.object(*device)), op },
            Op::Sleep(_) => Instr::Sleep { length, op },
            Op::Input { at, .. } => Instr::Input { at: *at, op },
            Op::Acquire(id) => Instr::Acquire { lock: names.object(*id), op },
            Op::Release(id) => Instr::Release { lock: names.object(*id), op },
            Op::Wait(id) => Instr::Wait { object: names.object(*id), op },
            Op::Set(id) => Instr::Set { event: names.object(*id), op },
            Op::Clear(id) => Instr::Clear { event: names.object(*id), op },
            Op::Put(id) => Instr::Put { queue: names.object(*id), op },
            Op::Get(id) => Instr::Get { queue: names.object(*id), op },
            Op::Start(id) => Instr::Start { thread: names.thread(*id), op },
            Op::Join(id) => Instr::Join { thread: names.thread(*id), op },
            Op::Spawn(id) => Instr::Spawn { process: names.process(*id), op },
            Op::Send { pipe, .. } => Instr::Send { pipe: names.object(*pipe), length, op },
            Op::Receive(id) => Instr::Receive { pipe: names.object(*id), op },
            Op::Yield => Instr::Yield { op },
            Op::Repeat { .. } => return None,
        })
    }

    fn repeat(&mut self, times: Option<u32>, steps: &[Step], depth: usize) {
        let Some(times) = times else {
            let start = self.code.len() as u32;
            self.steps(steps, depth + 1);
            self.code.push(Instr::LoopEnd { counter: None, start });
            return;
        };
        if times == 0 {
            let keep = self.code.len();
            self.steps(steps, depth + 1);
            self.code.truncate(keep);
            return;
        }
        let counter = *self.counters as u32;
        *self.counters += 1;
        self.code.push(Instr::LoopStart { counter, times });
        let start = self.code.len() as u32;
        self.steps(steps, depth + 1);
        self.code.push(Instr::LoopEnd { counter: Some(counter), start });
    }
}
