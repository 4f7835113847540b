//! A process: its runtime and switch interval, its GIL, its threads.

use gilscope::ids::{ProcessId, ProcessIx};
use gilscope::scenario::Runtime;
use gilscope::scene::Subject;
use gilscope::session::Action;
use yew::prelude::*;

use crate::web::app::Handle;
use crate::web::field::{Choice, Field, length, reader, refused};
use crate::web::format;
use crate::web::signal::live;

/// The panel of a process.
pub(super) fn process(app: &Handle, ix: ProcessIx) -> Html {
    let session = app.session();
    let plan = session.run().plan();
    let Some(process) = plan.processes.get(ix.ix()) else { return Html::default() };
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
            { runtime_fields(app, process.id) }
            { live(app, gil) }
            <h3>{ "Threads" }</h3>
            <ul class="rows">{ for threads }</ul>
        </>
    }
}

/// Runtime and switch interval of a process.
pub(super) fn runtime_fields(app: &Handle, id: ProcessId) -> Html {
    let session = app.session();
    let Some(process) = session.scenario().process(id) else { return Html::default() };
    let options = vec![("cpython".into(), "CPython".into()), ("native".into(), "native, no GIL".into())];
    let choose = {
        let app = app.clone();
        Callback::from(move |name: String| {
            let runtime = if name == "native" { Runtime::Native } else { Runtime::default() };
            let edit = app.session().scenario().with_runtime(id, runtime);
            app.edit(edit);
        })
    };
    let interval = match process.runtime {
        Runtime::Cpython { switch_interval } => Some(switch_interval.to_string()),
        Runtime::FreeThreaded { .. } | Runtime::Native => None,
    };
    let read = reader(app, move |s, text| refused(s.with_runtime(id, Runtime::cpython(length(text)?))));
    html! {
        <div class="fields">
            <Choice id="runtime" label="runtime" {options} {choose}
                value={if interval.is_some() { "cpython" } else { "native" }} />
            if let Some(value) = interval {
                <Field app={app.clone()} id="switch-interval" label="switch interval" {value} {read} />
            }
        </div>
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
