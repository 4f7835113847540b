//! A process: its runtime, its GIL, its threads, its resources.

use gilscope::ids::{GilIx, ProcessId, ProcessIx, ThreadId};
use gilscope::metrics::GilMetrics;
use gilscope::number::written;
use gilscope::scenario::{Limits, ResourceKind, Runtime, Scenario};
use gilscope::scene::Subject;
use gilscope::session::{Action, Session};
use gilscope::time::Dur;
use yew::prelude::*;

use super::parts::{act, edit_button, from_start, interpreter_field, name_field, object_row, start_fields};
use crate::web::app::Handle;
use crate::web::field::{Choice, Field, Read, length, reader, refused};
use crate::web::format;
use crate::web::signal::live;

/// The count of a new semaphore, and the parties of a new barrier.
const NEW_COUNT: u32 = 2;

/// The size of a memory that is added: 16 MiB, about what an interpreter takes.
const NEW_MEMORY: u64 = 16 << 20;

/// The panel of a process.
pub(super) fn process(app: &Handle, ix: ProcessIx) -> Html {
    let session = app.session();
    let plan = session.run().plan();
    let Some(process) = plan.processes.get(ix.ix()) else { return Html::default() };
    let id = process.id;
    let several = matches!(session.scenario().process(id).map(|p| &p.runtime), Some(Runtime::Subinterpreters { .. }));
    let threads = process.threads.iter().map(|&thread| {
        let select = act(app, Action::Select(Some(Subject::Thread(thread))));
        let planned = plan.thread(thread);
        html! {
            <li class="thread-row">
                <button type="button" class="row-button" onclick={select}><b>{ planned.name.clone() }</b></button>
                if several {
                    { interpreter(app, planned.id, &planned.name) }
                }
            </li>
        }
    });
    html! {
        <>
            <h2>{ process.name.clone() }{ " " }<span class="kind">{ "process" }</span></h2>
            { settings(app, process.id) }
            { live(app, gil) }
            <h3>{ "Threads" }</h3>
            <ul class="rows">{ for threads }</ul>
            <div class="buttons">{ edit_button(app, "Add a thread", move |s| s.with_new_thread(id)) }</div>
            { resources(app, id) }
            <div class="buttons">
                { edit_button(app, "Copy the process", move |s| s.with_process_copied(id)) }
                { edit_button(app, "Delete the process", move |s| s.without_process(id)) }
            </div>
        </>
    }
}

/// Which interpreter of the process runs a thread.
fn interpreter(app: &Handle, id: ThreadId, name: &str) -> Html {
    let session = app.session();
    let Some((_, thread)) = session.scenario().thread(id) else { return Html::default() };
    interpreter_field(app, id, thread.interpreter, format!("interpreter of {name}"))
}

/// Name, start, runtime and what goes with it.
fn settings(app: &Handle, id: ProcessId) -> Html {
    let session = app.session();
    let Some(process) = session.scenario().process(id) else { return Html::default() };
    let words = ["at the start", "at a time", "when another process spawns it"];
    html! {
        <>
            { from_start("This process") }
            <div class="fields">
                { name_field(app, "process-name", &process.name, move |s, name| s.with_process_name(id, name)) }
                { start_fields(app, process.start, words, move |s, start| s.with_process_start(id, start)) }
                { runtime(app, id, &process.runtime) }
            </div>
        </>
    }
}

pub(super) fn runtime(app: &Handle, id: ProcessId, runtime: &Runtime) -> Html {
    let options = [
        ("cpython", "CPython"),
        ("several", "CPython, sub-interpreters"),
        ("free", "CPython without a GIL"),
        ("2", "Python 2.7"),
        ("native", "native, no GIL"),
    ];
    let options: Vec<_> = options.map(|(value, name)| (AttrValue::from(value), AttrValue::from(name))).into();
    let choose = {
        let app = app.clone();
        Callback::from(move |name: String| {
            let runtime = match name.as_str() {
                "native" => Runtime::Native,
                "free" => Runtime::free_threaded(Runtime::DEFAULT_OVERHEAD),
                "2" => Runtime::Cpython2 { check_interval: Runtime::DEFAULT_CHECK_INTERVAL },
                "several" => Runtime::Subinterpreters { switch_interval: Runtime::DEFAULT_SWITCH_INTERVAL },
                _ => Runtime::default(),
            };
            let edit = app.session().scenario().with_runtime(id, runtime);
            app.edit(edit);
        })
    };
    let interval = |of: fn(Dur) -> Runtime| {
        reader(app, move |s, text| refused(s.with_runtime(id, kept(s, id, of(length(text)?)))))
    };
    let (value, field) = match *runtime {
        Runtime::Cpython { switch_interval, .. } => {
            let read = interval(Runtime::cpython);
            ("cpython", Some(("switch interval", switch_interval.to_string(), read)))
        }
        Runtime::Subinterpreters { switch_interval } => {
            let read = interval(|switch_interval| Runtime::Subinterpreters { switch_interval });
            ("several", Some(("switch interval", switch_interval.to_string(), read)))
        }
        Runtime::Cpython2 { check_interval } => {
            let most = (1, Limits::CHECK_INTERVAL);
            let read = number(app, id, "check interval, in ticks", most, |check_interval| Runtime::Cpython2 {
                check_interval,
            });
            ("2", Some(("check interval", format!("{check_interval} ticks"), read)))
        }
        Runtime::FreeThreaded { overhead, .. } => {
            let of = |n: u32| Runtime::free_threaded(n.try_into().unwrap_or(u16::MAX));
            let read = number(app, id, "slower by, in %", (0, Limits::OVERHEAD.into()), of);
            ("free", Some(("slower by", format!("{overhead} %"), read)))
        }
        Runtime::Native => ("native", None),
    };
    let field = field.map(|(label, value, read)| {
        html! { <Field app={app.clone()} id="runtime-parameter" {label} {value} {read} /> }
    });
    html! {
        <><Choice id="runtime" label="runtime" {options} {choose} {value} /><>{ for field }</>{ handover(app, id, runtime) }</>
    }
}

/// Reads a runtime's parameter that is a number, with its unit or without. How locks are released stays as it is.
fn number(app: &Handle, id: ProcessId, what: &'static str, (least, most): (u32, u32), of: fn(u32) -> Runtime) -> Read {
    reader(app, move |s, text| {
        let number = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let number = written(what, number, least.into(), most.into())?;
        refused(s.with_runtime(id, kept(s, id, of(number as u32))))
    })
}

/// A runtime that releases locks as the process's does now.
fn kept(scenario: &Scenario, id: ProcessId, runtime: Runtime) -> Runtime {
    runtime.with_lock_handover(scenario.process(id).is_some_and(|p| p.runtime.lock_handover()))
}

/// How the runtime releases a lock, if it can do so in two ways.
fn handover(app: &Handle, id: ProcessId, runtime: &Runtime) -> Html {
    if runtime.clone().with_lock_handover(true) == runtime.clone().with_lock_handover(false) {
        return Html::default();
    }
    let options = [("", "wakes a waiter"), ("3.14", "hands over after 1 ms (3.14)")];
    let options: Vec<_> = options.map(|(value, name)| (AttrValue::from(value), AttrValue::from(name))).into();
    let value = if runtime.lock_handover() { "3.14" } else { "" };
    let choose = {
        let app = app.clone();
        Callback::from(move |way: String| {
            let runtime = app.session().scenario().process(id).map(|p| p.runtime.clone());
            if let Some(runtime) = runtime {
                let runtime = runtime.with_lock_handover(!way.is_empty());
                let edit = app.session().scenario().with_runtime(id, runtime);
                app.edit(edit);
            }
        })
    };
    html! { <Choice id="handover" label="lock release" {options} {choose} {value} /> }
}

/// What the operating system set aside for the process.
fn resources(app: &Handle, id: ProcessId) -> Html {
    let session = app.session();
    let Some(process) = session.scenario().process(id) else { return Html::default() };
    let add =
        |kind: ResourceKind| edit_button(app, &format!("+ {}", kind.name()), move |s| s.with_new_resource(id, kind));
    html! {
        <>
            { from_start("Resources") }
            <ul class="program">
                { for process.resources.iter().map(|r| object_row(app, r.id, r.kind.name(), &r.name, r.kind.figure())) }
            </ul>
            <div class="buttons">
                { add(ResourceKind::Lock) }
                { add(ResourceKind::Semaphore(NEW_COUNT)) }
                { add(ResourceKind::Event) }
                { add(ResourceKind::Barrier(NEW_COUNT)) }
                { add(ResourceKind::Queue(None)) }
                { add(ResourceKind::File) }
                { add(ResourceKind::Memory(NEW_MEMORY)) }
            </div>
        </>
    }
}

/// The GIL of the selected process, or each of them.
fn gil(app: &Handle) -> Html {
    let session = app.session();
    let (plan, now) = (session.run().plan(), session.playhead());
    let gils = match session.selection() {
        Some(Subject::Process(process)) => plan.processes.get(process.ix()).map(|p| p.gils.clone()).unwrap_or_default(),
        _ => Vec::new(),
    };
    let metrics = app.metrics(now);
    let figures = gils.into_iter().map(|gil| gil_figures(&session, gil, metrics.gils[gil.ix()]));
    html! { <>{ for figures }</> }
}

/// Who holds a GIL, who waits for it, and how busy it was.
pub(super) fn gil_figures(session: &Session, gil: GilIx, figures: GilMetrics) -> Html {
    let plan = session.run().plan();
    let state = session.machine().gil(gil);
    let name = |t| plan.thread(t).name.clone();
    let holder = state.holder.map_or_else(|| "nobody".to_owned(), name);
    let waiters: Vec<_> = state.waiters.iter().map(|&t| name(t)).collect();
    let title = match plan.gil(gil).interpreter {
        n if plan.has_several_gils(plan.gil(gil).process) => format!("GIL of interpreter {n}"),
        _ => "GIL".to_owned(),
    };
    html! {
        <>
            <h3>{ title }</h3>
            <dl class="figures">
                <dt>{ "held by" }</dt><dd>{ holder }</dd>
                if !waiters.is_empty() {
                    <dt>{ "wanted by" }</dt><dd>{ waiters.join(", ") }</dd>
                }
                <dt>{ "held so far" }</dt>
                <dd>{ format::percent(figures.held.ns(), (figures.held + figures.free).ns()) }</dd>
                <dt>{ "hand-offs so far" }</dt><dd>{ figures.hand_offs }</dd>
                if plan.gil(gil).switch_interval().is_some() {
                    <dt>{ "drop requests so far" }</dt><dd>{ figures.requests }</dd>
                }
            </dl>
        </>
    }
}
