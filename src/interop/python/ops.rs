//! What each thread does, as a function.

use super::names::{comment, ms};
use super::{Program, quoted};
use crate::ids::{ObjectId, ThreadId};
use crate::scenario::{Intervention, Op, Process, Runtime, Step, Thread, What};

/// Writes the functions of a process.
pub(super) struct Writer<'a> {
    pub(super) program: &'a Program<'a>,
    pub(super) process: &'a Process,
    /// The names of its resources and of its threads, in the scenario's order.
    pub(super) resources: &'a [String],
    pub(super) threads: &'a [String],
    pub(super) text: String,
}

impl Writer<'_> {
    /// The function of a thread.
    pub(super) fn thread(&mut self, thread: &Thread, name: &str) {
        self.text += &format!("\n    def run_{name}():\n");
        self.steps(thread, &thread.program, 8);
    }

    fn steps(&mut self, thread: &Thread, steps: &[Step], indent: usize) {
        if steps.is_empty() {
            self.line("pass", None, indent);
        }
        for step in steps {
            match &step.op {
                Op::Repeat { times, steps } => {
                    let head = times.map_or("while goes_on():".to_owned(), |n| format!("for _ in range({n}):"));
                    self.line(&head, step.line, indent);
                    self.steps(thread, steps, indent + 4);
                    if times.is_none() {
                        // Nothing comes after it.
                        return;
                    }
                }
                Op::IoAt { device, length } => {
                    self.line(&format!("with {}:", self.object(*device)), step.line, indent);
                    self.line(&format!("io({})", ms(length.ns())), None, indent + 4);
                }
                op => {
                    let call = self.call(thread, op);
                    self.line(&call, step.line, indent);
                }
            }
        }
    }

    /// A line, with that of the scenario's own source that it stands for.
    fn line(&mut self, code: &str, source: Option<u32>, indent: usize) {
        self.text += &" ".repeat(indent);
        self.text += code;
        let nth = source.and_then(|n| n.checked_sub(1));
        if let Some(line) = nth.and_then(|n| self.program.scenario.source.split('\n').nth(n as usize)) {
            self.text += &format!("  # {}", comment(line).trim());
        }
        self.text.push('\n');
    }

    fn call(&self, thread: &Thread, op: &Op) -> String {
        let native = self.process.runtime == Runtime::Native;
        match op {
            // Compiled code has no GIL to keep.
            Op::Python(d) | Op::Extension(d) if native => format!("native({})", ms(d.ns())),
            Op::Python(d) | Op::Extension(d) | Op::Native(d) | Op::Io(d) | Op::Sleep(d) => {
                format!("{}({})", op.name(), ms(d.ns()))
            }
            Op::Input { at, .. } => {
                let at = at.map_or("None".to_owned(), |t| ms(t.ns()));
                format!("person({at}, [{}])", self.answers(thread.id).join(", "))
            }
            Op::Acquire(id) => format!("{}.acquire()", self.object(*id)),
            Op::Release(id) => format!("{}.release()", self.object(*id)),
            Op::Wait(id) => format!("{}.wait()", self.object(*id)),
            Op::Set(id) => format!("{}.set()", self.object(*id)),
            Op::Clear(id) => format!("{}.clear()", self.object(*id)),
            Op::Put(id) => format!("{}.put(None)", self.object(*id)),
            Op::Get(id) => format!("{}.get()", self.object(*id)),
            Op::Receive(id) => format!("{}.receive()", self.object(*id)),
            Op::Send { pipe, bytes } => format!("{}.send({bytes})", self.object(*pipe)),
            Op::Start(id) => format!("{}.start()", self.other(*id)),
            Op::Join(id) => format!("{}.join()", self.other(*id)),
            Op::Spawn(id) => format!("spawn({})", quoted(self.program.process_name(*id))),
            Op::Yield => "sleep(0)".to_owned(),
            Op::IoAt { .. } | Op::Repeat { .. } => String::new(),
        }
    }

    /// When the person at the page has answered a thread, in ms.
    fn answers(&self, thread: ThreadId) -> Vec<String> {
        let answer = |i: &Intervention| match &i.what {
            What::Answer { thread: of, .. } if *of == thread => Some(ms(i.at.ns())),
            _ => None,
        };
        self.program.scenario.interventions.iter().filter_map(answer).collect()
    }

    /// The name of a resource, pipe or device.
    fn object(&self, id: ObjectId) -> &str {
        let scenario = self.program.scenario;
        if let Some(i) = self.process.resources.iter().position(|r| r.id == id) {
            return &self.resources[i];
        }
        let pipe = scenario.pipes.iter().position(|p| p.id == id);
        let device = || scenario.devices.iter().position(|d| d.id == id).map(|i| scenario.pipes.len() + i);
        pipe.or_else(device).map_or("", |i| &self.program.shared[i])
    }

    /// The name of another thread of the process.
    fn other(&self, id: ThreadId) -> &str {
        self.process.threads.iter().position(|t| t.id == id).map_or("", |i| &self.threads[i])
    }
}
