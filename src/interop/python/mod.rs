//! A scenario as a Python program that does the same work with real threads and processes, and prints when each thread has
//! finished beside what gilscope predicts.
//!
//! What a person would like to read stands first: what is predicted, and each process as a function in which each thread is
//! one; what these are made of follows (`runtime.py`). Computing is an amount of work, not a length of time: how much this
//! machine does in a millisecond is found out at the start.

mod names;
mod notes;
mod ops;

use serde_json::Value;

use self::names::{Names, comment, ms};
use self::ops::Writer;
use crate::engine::{Plan, Run};
use crate::explain::thread_name;
use crate::ids::{ProcessId, ThreadIx};
use crate::metrics::{Metrics, horizon};
use crate::scenario::{CoreSet, Process, Resource, ResourceKind, Runtime, Scenario, Start};
use crate::time::Time;

/// Everything that is the same in all programs.
const RUNTIME: &str = include_str!("runtime.py");

const IMPORTS: &str = "\nimport collections\nimport hashlib\nimport itertools\nimport multiprocessing.connection\nimport os\nimport queue\n\
    import sys\nimport threading\nimport time\n\n";

/// The program for a scenario and its run, which is the prediction and must be computed up to `until` or to its ending.
/// It needs Python 3.8 or later.
#[must_use]
pub fn render(scenario: &Scenario, run: &Run, until: Time) -> String {
    let program = Program::new(scenario, run.plan());
    let mut text = head(scenario);
    text += IMPORTS;
    text += &program.settings(run, horizon(run, until));
    for (process, name) in scenario.processes.iter().zip(&program.processes) {
        text += &program.process(process, name);
    }
    text += &program.between_processes();
    text + RUNTIME
}

/// What the program is, and what in it is not as in the scenario.
fn head(scenario: &Scenario) -> String {
    let title = if scenario.title.is_empty() { "A scenario of gilscope" } else { &scenario.title };
    // Python looks for an encoding in the first two lines, whatever else they say: none of the scenario's texts stands there.
    let mut text = format!(
        "#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n# {}\n#\n\
        # The same work with real threads and processes, to check a prediction of gilscope on your own machine.\n\
        # Run it with Python 3.8 or later. With SCALE=10 in the environment everything takes ten times as long,\n\
        # and what else the machine has to do matters less.\n#\n# What is not as in the scenario:\n",
        comment(title)
    );
    for note in notes::notes(scenario) {
        text += &format!("# - {}\n", comment(&note));
    }
    text
}

/// The scenario with the names that its things have in the program.
struct Program<'a> {
    scenario: &'a Scenario,
    plan: &'a Plan,
    /// In the scenario's order.
    processes: Vec<String>,
    /// Pipes and then devices, in the scenario's order.
    shared: Vec<String>,
    /// What each thread is called in the table that is printed.
    labels: Vec<String>,
    names: Names,
}

impl<'a> Program<'a> {
    fn new(scenario: &'a Scenario, plan: &'a Plan) -> Self {
        let mut names = Names::default();
        let processes = scenario.processes.iter().map(|p| names.global(&p.name)).collect();
        let pipes = scenario.pipes.iter().map(|p| &p.name);
        let shared = pipes.chain(scenario.devices.iter().map(|d| &d.name)).map(|name| names.global(name)).collect();
        let mut labels: Vec<String> = Vec::new();
        for thread in plan.thread_ixs() {
            let mut label = thread_name(plan, thread);
            while labels.contains(&label) {
                label.push('\'');
            }
            labels.push(label);
        }
        Self { scenario, plan, processes, shared, labels, names }
    }

    /// Numbers of the scenario and of the prediction.
    fn settings(&self, run: &Run, until: Time) -> String {
        let figures = Metrics::of(run, until);
        let mut text = format!(
            "SCALE = float(os.environ.get(\"SCALE\", \"1\"))\nCORES = {}\nNO_GIL = {}\n\
             # When each thread finishes, in ms; None: it does not, up to\nUNTIL = {}\nPREDICTED = {{\n",
            self.plan.cores,
            python_bool(self.scenario.processes.iter().any(|p| matches!(p.runtime, Runtime::FreeThreaded { .. }))),
            ms(until.ns())
        );
        // A thread that nobody starts is not in it.
        let started = |t: &ThreadIx| run.lanes().started(*t).is_some();
        for thread in self.scenario.threads().filter_map(|(_, t)| self.plan.thread_ix(t.id)).filter(started) {
            let finished = figures.threads[thread.ix()].finished.map_or("None".to_owned(), |t| ms(t.ns()));
            text += &format!("    {}: {finished},\n", quoted(&self.labels[thread.ix()]));
        }
        text += "}\n# The processes that are there from the start, and how long a thread waits before it asks for the GIL, in ms.\n";
        let named = || self.scenario.processes.iter().zip(&self.processes);
        let launched: Vec<String> =
            named().filter(|(p, _)| p.start != Start::Spawned).map(|(_, n)| quoted(n)).collect();
        text += &format!("LAUNCHED = [{}]\n", launched.join(", "));
        let interval = |(p, name): (&Process, &String)| {
            p.runtime.switch_interval().map(|i| format!("{}: {}", quoted(name), ms(i.ns())))
        };
        let intervals: Vec<String> = named().filter_map(interval).collect();
        text + &format!("INTERVALS = {{{}}}\n", intervals.join(", "))
    }

    /// The function of a process: what its threads share, what each does, and which are there from the start.
    fn process(&self, process: &Process, name: &str) -> String {
        let mut names = self.names.clone();
        let resources: Vec<String> = process.resources.iter().map(|r| names.local(&r.name)).collect();
        let threads: Vec<String> = process.threads.iter().map(|t| names.local(&t.name)).collect();
        let mut text = format!("\n\ndef {name}():\n    {}\n", quoted(&format!("Process {}.", process.name)));
        for (resource, name) in process.resources.iter().zip(&resources) {
            if let Some(made) = made(resource) {
                text += &format!("    {name} = {made}\n");
            }
        }
        let mut writer = Writer { program: self, process, resources: &resources, threads: &threads, text };
        for (thread, name) in process.threads.iter().zip(&threads) {
            writer.thread(thread, name);
        }
        let mut text = writer.text;
        text.push('\n');
        let mut launched = Vec::new();
        for (thread, name) in process.threads.iter().zip(&threads) {
            let Some(ix) = self.plan.thread_ix(thread.id) else { continue };
            let planned = self.plan.thread(ix);
            let kept = Vec::from(thread.cores).into_iter().filter(|core| *core < self.plan.cores);
            let kept: String = kept.map(|core| format!("{core}, ")).collect();
            let cores =
                if thread.cores == CoreSet::ALL { String::new() } else { format!(", cores=({})", kept.trim_end()) };
            text += &format!("    {name} = Worker({}, run_{name}{cores})\n", quoted(&self.labels[ix.ix()]));
            let start = Some(planned.start).filter(|t| *t != Time::NEVER);
            if let Some(start) = start.or(planned.with_process) {
                launched.push(format!("{name}: {}", ms(start.ns())));
            }
        }
        text + &format!(
            "    # Which threads start with it, and when at the earliest.\n    return {{{}}}\n",
            launched.join(", ")
        )
    }

    fn between_processes(&self) -> String {
        let pipes = self.scenario.pipes.iter().map(|_| "Channel()");
        let made = pipes.chain(self.scenario.devices.iter().map(|_| "multiprocessing.Lock()"));
        let made: Vec<String> = self.shared.iter().zip(made).map(|(name, made)| format!("{name}={made}")).collect();
        format!("\n\ndef between_processes():\n    return dict({})\n\n", made.join(", "))
    }

    /// The name of a process's function.
    fn process_name(&self, id: ProcessId) -> &str {
        let place = self.scenario.processes.iter().position(|p| p.id == id);
        place.map_or("", |i| &self.processes[i])
    }
}

/// What a resource is made with, unless it is only shown.
fn made(resource: &Resource) -> Option<String> {
    Some(match resource.kind {
        ResourceKind::Lock => "threading.Lock()".to_owned(),
        ResourceKind::Semaphore(count) => format!("threading.Semaphore({count})"),
        ResourceKind::Event => "threading.Event()".to_owned(),
        ResourceKind::Barrier(parties) => format!("threading.Barrier({parties})"),
        ResourceKind::Queue(None) => "queue.SimpleQueue()".to_owned(),
        ResourceKind::Queue(Some(capacity)) => format!("queue.Queue({capacity})"),
        ResourceKind::Memory(_) | ResourceKind::File => return None,
    })
}

/// A text as a literal, which JSON's are too.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

const fn python_bool(is: bool) -> &'static str {
    if is { "True" } else { "False" }
}
