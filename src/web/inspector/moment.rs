//! An event of the run, and a flag on the ruler.

use gilscope::explain::{self, Stretch};
use gilscope::ids::ThreadIx;
use gilscope::scene::Subject;
use gilscope::session::Action;
use gilscope::text::capitalized;
use gilscope::time::Time;
use yew::prelude::*;

use super::parts::act;
use crate::web::app::Handle;
use crate::web::format;

/// What record number `record` began, or what happened with it; whose doing it was, and the way there.
pub(super) fn event(app: &Handle, record: u32) -> Html {
    let session = app.session();
    let run = session.run();
    let number = record as usize;
    let Some(record) = run.trace().get(number) else { return Html::default() };
    match explain::stretch(run, number) {
        Some(stretch) => lasting(app, &stretch),
        None => html! {
            <>
                <h2>{ format!("{:.6}", record.time()) }</h2>
                <p class="claim">{ explain::sentence(run, number) }</p>
                <div class="buttons">
                    <button type="button" class="button" onclick={seek(app, record.time())}>{ "Go there" }</button>
                    { show(app, record.thread()) }
                </div>
            </>
        },
    }
}

/// A stretch of a lane: what it is, how long it lasts, why it began and ended, and who brought that about.
fn lasting(app: &Handle, of: &Stretch) -> Html {
    let session = app.session();
    // Nothing of a future that is hidden.
    let to = of.to.filter(|to| !session.future_hidden() || *to <= session.playhead());
    let when = match to {
        Some(to) => format::stretch(of.from, to),
        None => format!("From {:.3} on", of.from),
    };
    let why = |title: &'static str, records: &[usize]| {
        html! {
            <>
                <h3>{ title }</h3>
                { for records.iter().map(|i| html! { <p>{ explain::sentence(session.run(), *i) }</p> }) }
            </>
        }
    };
    html! {
        <>
            <h2>{ of.what.clone() }</h2>
            <p class="claim">{ when }</p>
            { why("Why it began", &of.began) }
            if to.is_some() {
                { why("Why it ended", &of.ended) }
            }
            <div class="buttons">
                <button type="button" class="button" onclick={seek(app, of.from)}>{ "Go to its start" }</button>
                if let Some(to) = to {
                    <button type="button" class="button" onclick={seek(app, to)}>{ "Go to its end" }</button>
                }
                { show(app, of.thread) }
            </div>
            if !of.caused_by.is_empty() {
                <h3>{ "Brought about by" }</h3>
                <div class="buttons">{ for of.caused_by.iter().map(|by| show(app, *by)) }</div>
            }
        </>
    }
}

/// A button that selects a thread.
fn show(app: &Handle, thread: ThreadIx) -> Html {
    let name = explain::thread_name(app.session().run().plan(), thread);
    let onclick = act(app, Action::Select(Some(Subject::Thread(thread))));
    html! { <button type="button" class="button" {onclick}>{ format!("Show {name}") }</button> }
}

/// What was done by hand with intervention number `number` of the scenario, and the way to take it away.
pub(super) fn flag(app: &Handle, number: u16) -> Html {
    let session = app.session();
    let scenario = session.scenario();
    let Some(flag) = scenario.interventions.get(usize::from(number)) else {
        return Html::default();
    };
    let take_away = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| {
            // Once it is gone its number may be another one's; that is not selected.
            let is_selected = app.session().selection() == Some(Subject::Flag(number));
            if is_selected {
                app.act(Action::RemoveFlag(number));
            }
        })
    };
    html! {
        <>
            <h2>{ format!("{:.6}", flag.at) }{ " " }<span class="kind">{ "done by hand" }</span></h2>
            <p class="claim">{ format!("{}.", capitalized(&scenario.in_words(&flag.what))) }</p>
            <div class="buttons">
                <button type="button" class="button" onclick={seek(app, flag.at)}>{ "Go there" }</button>
                <button type="button" class="button" onclick={take_away}>{ "Take it away" }</button>
            </div>
        </>
    }
}

fn seek(app: &Handle, time: Time) -> Callback<MouseEvent> {
    act(app, Action::Seek(time))
}
