//! A process: its runtime, its GIL, its threads, its resources.

use gilscope::ids::{ProcessId, ProcessIx};
use gilscope::scenario::{ResourceKind, Runtime};
use gilscope::scene::Subject;
use gilscope::session::Action;
use yew::prelude::*;

use super::parts::{edit_button, from_start, name_field, object_row, start_fields};
use crate::web::app::Handle;
use crate::web::field::{Choice, Field, length, reader, refused};
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
    let threads = process.threads.iter().map(|&thread| {
        let select = {
            let app = app.clone();
            Callback::from(move |_: MouseEvent| app.act(Action::Select(Some(Subject::Thread(thread)))))
        };
        html! {
            <li><button type="button" class="row-button" onclick={select}><b>{ plan.thread(thread).name.clone() }</b></button></li>
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

fn runtime(app: &Handle, id: ProcessId, runtime: &Runtime) -> Html {
    let options = [("cpython", "CPython"), ("free", "CPython without a GIL"), ("native", "native, no GIL")];
    let options: Vec<_> = options.map(|(value, name)| (AttrValue::from(value), AttrValue::from(name))).into();
    let choose = {
        let app = app.clone();
        Callback::from(move |name: String| {
            let runtime = match name.as_str() {
                "native" => Runtime::Native,
                "free" => Runtime::free_threaded(Runtime::DEFAULT_OVERHEAD),
                _ => Runtime::default(),
            };
            let edit = app.session().scenario().with_runtime(id, runtime);
            app.edit(edit);
        })
    };
    let (value, field) = match *runtime {
        Runtime::Cpython { switch_interval, lock_handover } => {
            let read = reader(app, move |s, text| {
                refused(s.with_runtime(id, Runtime::cpython(length(text)?).with_lock_handover(lock_handover)))
            });
            let value = switch_interval.to_string();
            (
                "cpython",
                html! {
                    <Field app={app.clone()} id="switch-interval" label="switch interval" {value} {read} />
                },
            )
        }
        Runtime::FreeThreaded { overhead, lock_handover } => {
            let read = reader(app, move |s, text| {
                let number = text.trim().trim_end_matches('%').trim_end();
                let overhead = number.parse().map_err(|_| format!("“{number}” is not a whole number of per cent"))?;
                refused(s.with_runtime(id, Runtime::FreeThreaded { overhead, lock_handover }))
            });
            let value = format!("{overhead} %");
            ("free", html! { <Field app={app.clone()} id="overhead" label="slower by" {value} {read} /> })
        }
        Runtime::Native => ("native", Html::default()),
    };
    html! { <><Choice id="runtime" label="runtime" {options} {choose} {value} />{ field }{ handover(app, id, runtime) }</> }
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
        let (app, runtime) = (app.clone(), runtime.clone());
        Callback::from(move |way: String| {
            let runtime = runtime.clone().with_lock_handover(!way.is_empty());
            let edit = app.session().scenario().with_runtime(id, runtime);
            app.edit(edit);
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

/// Who holds the GIL of the selected process, who waits for it, and how busy it was.
fn gil(app: &Handle) -> Html {
    let session = app.session();
    let (run, now) = (session.run(), session.playhead());
    let plan = run.plan();
    let gil = match session.selection() {
        Some(Subject::Gil(gil)) => Some(gil),
        Some(Subject::Process(process)) => plan.processes.get(process.ix()).and_then(|p| p.gil),
        _ => None,
    };
    let Some(gil) = gil.filter(|g| g.ix() < plan.gils.len()) else { return Html::default() };
    let state = session.machine().gil(gil);
    let name = |t| plan.thread(t).name.clone();
    let holder = state.holder.map_or_else(|| "nobody".to_owned(), name);
    let waiters: Vec<_> = state.waiters.iter().map(|&t| name(t)).collect();
    let figures = app.metrics(now).gils[gil.ix()];
    html! {
        <>
            <h3>{ "GIL" }</h3>
            <dl class="figures">
                <dt>{ "held by" }</dt><dd>{ holder }</dd>
                if !waiters.is_empty() {
                    <dt>{ "wanted by" }</dt><dd>{ waiters.join(", ") }</dd>
                }
                <dt>{ "held so far" }</dt>
                <dd>{ format::percent(figures.held.ns(), (figures.held + figures.free).ns()) }</dd>
                <dt>{ "hand-offs so far" }</dt><dd>{ figures.hand_offs }</dd>
                <dt>{ "drop requests so far" }</dt><dd>{ figures.requests }</dd>
            </dl>
        </>
    }
}
