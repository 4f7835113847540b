//! What threads share, a GIL included: how it stands, who waits for it, and what can be changed about it.

use gilscope::engine::plan::ObjectKind;
use gilscope::ids::{GilIx, ObjectIx, ProcessIx};
use gilscope::scene::{Subject, object_state};
use gilscope::session::Action;
use yew::prelude::*;

use super::parts::{act, from_start, object_row};
use super::process::{gil_figures, runtime};
use crate::web::app::Handle;
use crate::web::signal::live;

/// The panel of something that threads share.
pub(super) fn resource(app: &Handle, ix: ObjectIx) -> Html {
    let session = app.session();
    let plan = session.run().plan();
    let object = plan.object(ix);
    let process = object.process.and_then(|p| session.scenario().process(plan.process(p).id));
    let resource = process.and_then(|p| p.resources.iter().find(|r| r.id == object.id));
    let (kind, figure) = match (resource, object.kind) {
        (Some(resource), _) => (resource.kind.name(), resource.kind.figure()),
        (None, ObjectKind::Device) => ("device", None),
        (None, _) => ("pipe", None),
    };
    html! {
        <>
            { heading(app, &object.name, kind, object.process) }
            { live(app, state) }
            { from_start("Settings") }
            <ul class="program">{ object_row(app, object.id, kind, &object.name, figure) }</ul>
        </>
    }
}

/// The panel of a GIL.
pub(super) fn gil(app: &Handle, ix: GilIx) -> Html {
    let session = app.session();
    let plan = session.run().plan();
    let process = plan.gil(ix).process;
    let Some(of) = session.scenario().process(plan.process(process).id) else { return Html::default() };
    let what = match plan.gil(ix).interpreter {
        n if plan.has_several_gils(process) => format!("GIL of interpreter {n}"),
        _ => "GIL".to_owned(),
    };
    html! {
        <>
            { heading(app, &what, "token", Some(process)) }
            { live(app, state) }
            { from_start("Runtime") }
            <div class="fields">{ runtime(app, of.id, &of.runtime) }</div>
        </>
    }
}

/// Its name, what it is, and a way to whose it is.
fn heading(app: &Handle, name: &str, kind: &'static str, process: Option<ProcessIx>) -> Html {
    let owner = process.map(|ix| {
        let select = act(app, Action::Select(Some(Subject::Process(ix))));
        let name = app.session().run().plan().process(ix).name.clone();
        html! { <>{ " of " }<button type="button" class="link" onclick={select}>{ name }</button></> }
    });
    html! { <h2>{ name.to_owned() }{ " " }<span class="kind">{ kind }{ for owner }</span></h2> }
}

/// How what is selected stands at the playhead.
fn state(app: &Handle) -> Html {
    let session = app.session();
    let (plan, machine) = (session.run().plan(), session.machine());
    match session.selection() {
        Some(Subject::Gil(gil)) if gil.ix() < plan.gils.len() => {
            gil_figures(&session, gil, app.metrics(session.playhead()).gils[gil.ix()])
        }
        Some(Subject::Resource(object)) if plan.object_ixs().any(|o| o == object) => {
            let waiters = machine.object(object).waiters.iter().map(|t| plan.thread(*t).name.as_str());
            let waiters: Vec<_> = waiters.collect();
            html! {
                <>
                    <h3>{ "Now" }</h3>
                    <dl class="figures">
                        <dt>{ "state" }</dt><dd>{ object_state(plan, machine, object) }</dd>
                        <dt>{ "waiting" }</dt>
                        <dd>{ if waiters.is_empty() { "nobody".to_owned() } else { waiters.join(", ") } }</dd>
                    </dl>
                </>
            }
        }
        _ => Html::default(),
    }
}
