//! An event of the run, and a flag on the ruler.

use gilscope::explain;
use gilscope::scene::Subject;
use gilscope::session::Action;
use gilscope::text::capitalized;
use gilscope::time::Time;
use yew::prelude::*;

use super::parts::act;
use crate::web::app::Handle;

/// What happened with record number `record`, whose doing it was, and the way there.
pub(super) fn event(app: &Handle, record: u32) -> Html {
    let session = app.session();
    let run = session.run();
    let number = record as usize;
    let Some(record) = run.trace().get(number) else { return Html::default() };
    let thread = record.thread();
    let select = act(app, Action::Select(Some(Subject::Thread(thread))));
    html! {
        <>
            <h2>{ format!("{:.6}", record.time()) }</h2>
            <p class="claim">{ explain::sentence(run, number) }</p>
            <div class="buttons">
                <button type="button" class="button" onclick={seek(app, record.time())}>{ "Go there" }</button>
                <button type="button" class="button" onclick={select}>
                    { format!("Show {}", explain::thread_name(run.plan(), thread)) }
                </button>
            </div>
        </>
    }
}

/// What was done by hand with intervention number `number` of the scenario, and the way to take it away.
pub(super) fn flag(app: &Handle, number: u16) -> Html {
    let session = app.session();
    let scenario = session.scenario();
    let Some(flag) = scenario.interventions.get(usize::from(number)) else {
        return Html::default();
    };
    html! {
        <>
            <h2>{ format!("{:.6}", flag.at) }{ " " }<span class="kind">{ "done by hand" }</span></h2>
            <p class="claim">{ format!("{}.", capitalized(&scenario.in_words(&flag.what))) }</p>
            <div class="buttons">
                <button type="button" class="button" onclick={seek(app, flag.at)}>{ "Go there" }</button>
                <button type="button" class="button" onclick={act(app, Action::RemoveFlag(number))}>
                    { "Take it away" }
                </button>
            </div>
        </>
    }
}

fn seek(app: &Handle, time: Time) -> Callback<MouseEvent> {
    act(app, Action::Seek(time))
}
