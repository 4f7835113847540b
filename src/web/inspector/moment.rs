//! An event of the run, and a flag on the ruler.

use gilscope::engine::explain;
use gilscope::scenario::{Intervention, What};
use gilscope::scene::Subject;
use gilscope::session::Action;
use gilscope::time::Time;
use yew::prelude::*;

use crate::web::app::Handle;
use crate::web::signal::use_structure;

#[derive(Properties, PartialEq)]
pub(crate) struct EventProps {
    /// Number of its record.
    pub(crate) record: u32,
}

/// What happened, whose doing it was, and the way there.
#[component]
pub(crate) fn Event(props: &EventProps) -> Html {
    let app = use_structure();
    let session = app.session();
    let run = session.run();
    let number = props.record as usize;
    let Some(record) = run.trace().get(number) else { return Html::default() };
    let thread = record.thread();
    let select = act(&app, Action::Select(Some(Subject::Thread(thread))));
    html! {
        <>
            <h2>{ format!("{:.6}", record.time()) }</h2>
            <p class="claim">{ explain::sentence(run, number) }</p>
            <div class="buttons">
                <button type="button" class="button" onclick={seek(&app, record.time())}>{ "Go there" }</button>
                <button type="button" class="button" onclick={select}>
                    { format!("Show {}", explain::thread_name(run.plan(), thread)) }
                </button>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct FlagProps {
    /// Its number in the scenario's list of interventions.
    pub(crate) flag: u16,
}

/// What was done by hand, and the way to take it away.
#[component]
pub(crate) fn Flag(props: &FlagProps) -> Html {
    let app = use_structure();
    let session = app.session();
    let scenario = session.scenario();
    let Some(Intervention { at, what, .. }) = scenario.interventions.get(usize::from(props.flag)) else {
        return Html::default();
    };
    let What::RunHere { thread, core } = *what;
    let name = scenario.thread(thread).map_or("", |(_, t)| t.name.as_str());
    html! {
        <>
            <h2>{ format!("{:.6}", at) }{ " " }<span class="kind">{ "done by hand" }</span></h2>
            <p class="claim">{ format!("Runs {name} on core {} now.", core.0) }</p>
            <div class="buttons">
                <button type="button" class="button" onclick={seek(&app, *at)}>{ "Go there" }</button>
                <button type="button" class="button" onclick={act(&app, Action::RemoveFlag(props.flag))}>
                    { "Take it away" }
                </button>
            </div>
        </>
    }
}

fn seek(app: &Handle, time: Time) -> Callback<MouseEvent> {
    act(app, Action::Seek(time))
}

fn act(app: &Handle, action: Action) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_| app.act(action.clone()))
}
