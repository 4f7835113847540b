//! Programs as flat code: loops become jumps, and what takes no time and cannot be seen is left out.

use super::Work;
use super::plan::{Instr, PlanOp};
use crate::scenario::{Op, Step};

/// Makes a thread's program ready to run; `counters` counts the loop counters of all threads.
pub(super) fn compile(program: &[Step], counters: &mut usize) -> (Vec<PlanOp>, Vec<Instr>) {
    let mut compiler = Compiler { ops: Vec::new(), code: Vec::new(), counters };
    compiler.steps(program, 0);
    compiler.code.push(Instr::End);
    (compiler.ops, compiler.code)
}

struct Compiler<'a> {
    ops: Vec<PlanOp>,
    code: Vec<Instr>,
    counters: &'a mut usize,
}

impl Compiler<'_> {
    fn steps(&mut self, steps: &[Step], depth: usize) {
        for step in steps {
            let op = self.ops.len() as u16;
            let length = step.op.length().unwrap_or_default();
            self.ops.push(PlanOp { name: step.op.name(), length, depth, line: step.line });
            match &step.op {
                // Nothing can be seen of it, and a loop may hold very many.
                Op::Python(d) | Op::Extension(d) if d.is_zero() => {}
                Op::Python(_) => self.code.push(Instr::Compute { work: Work::Python, length, op }),
                Op::Extension(_) => self.code.push(Instr::Compute { work: Work::Extension, length, op }),
                Op::Native(_) => self.code.push(Instr::Compute { work: Work::Native, length, op }),
                Op::Io(_) => self.code.push(Instr::Io { length, op }),
                Op::Sleep(_) => self.code.push(Instr::Sleep { length, op }),
                Op::Repeat { times, steps } => self.repeat(*times, steps, depth),
            }
        }
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
