//! The inspector: what the scenario shows, the selected thing, and the computer, each in a panel behind a tab.
//!
//! To add a panel: a file here, and an arm in [`selected`] or a tab in [`super::shown::Tab`].

mod claim;
mod computer;
mod figures;
mod moment;
mod numbers;
mod op;
mod parts;
mod process;
mod program;
mod resource;
mod source;
mod swatch;
mod text;
mod thread;

use gilscope::scenario::Scenario;
use gilscope::scene::Subject;
use gilscope::session::Action;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use parts::act;

use super::app::Handle;
use super::shown::Tab;

/// The tabs in their order.
const TABS: [Tab; 4] = [Tab::Claim, Tab::Selected, Tab::Computer, Tab::Numbers];

/// The inspector.
pub(crate) fn inspector(app: &Handle) -> Html {
    let current = app.shown().tab;
    let name = |tab| match tab {
        Tab::Claim => "About",
        Tab::Selected => "Selected",
        Tab::Computer => "Computer",
        Tab::Numbers => "Numbers",
    };
    let tab = |tab: Tab| {
        let show = {
            let app = app.clone();
            Callback::from(move |_: MouseEvent| app.show(|s| s.tab = tab))
        };
        let chosen = tab == current;
        html! {
            <button type="button" role="tab" id={tab_id(tab)} aria-selected={if chosen { "true" } else { "false" }}
                aria-controls="inspector-panel" tabindex={if chosen { "0" } else { "-1" }} onclick={show}>
                { name(tab) }
            </button>
        }
    };
    let step = {
        let app = app.clone();
        Callback::from(move |event: KeyboardEvent| {
            let now = app.shown().tab;
            let at = TABS.iter().position(|t| *t == now).unwrap_or_default();
            let to = match event.key().as_str() {
                "ArrowLeft" => TABS[(at + TABS.len() - 1) % TABS.len()],
                "ArrowRight" => TABS[(at + 1) % TABS.len()],
                _ => return,
            };
            app.show(|s| s.tab = to);
            focus(tab_id(to));
        })
    };
    html! {
        <aside class="inspector" aria-label="Inspector">
            <div class="tabs" role="tablist" aria-label="Panels" onkeydown={step}>{ for TABS.into_iter().map(tab) }</div>
            <div class="panel" role="tabpanel" id="inspector-panel" aria-labelledby={tab_id(current)} tabindex="-1">
                { match current {
                    Tab::Claim => claim::claim(app),
                    Tab::Selected => selected(app),
                    Tab::Computer => computer::computer(app),
                    Tab::Numbers => numbers::numbers(app),
                } }
            </div>
        </aside>
    }
}

const fn tab_id(tab: Tab) -> &'static str {
    match tab {
        Tab::Claim => "tab-about",
        Tab::Selected => "tab-selected",
        Tab::Computer => "tab-computer",
        Tab::Numbers => "tab-numbers",
    }
}

fn focus(id: &str) {
    let element = super::document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// The panel of the selected thing; without one, the threads to choose from.
fn selected(app: &Handle) -> Html {
    let session = app.session();
    match session.selection() {
        Some(Subject::Thread(thread)) => thread::thread(app, thread),
        Some(Subject::Op(op) | Subject::OpEdge(op)) => thread::thread(app, op.thread),
        Some(Subject::Process(process)) => process::process(app, process),
        Some(Subject::Gil(gil)) => resource::gil(app, gil),
        Some(Subject::Resource(object)) => resource::resource(app, object),
        Some(Subject::Record(record)) => moment::event(app, record),
        Some(Subject::Flag(flag)) => moment::flag(app, flag),
        _ => threads(app),
    }
}

/// Every thread, to select.
fn threads(app: &Handle) -> Html {
    let session = app.session();
    let plan = session.run().plan();
    let row = |thread| {
        let select = act(app, Action::Select(Some(Subject::Thread(thread))));
        let of = &plan.process(plan.thread(thread).process).name;
        html! {
            <li><button type="button" class="row-button" onclick={select}>
                <b>{ plan.thread(thread).name.clone() }</b><span class="muted">{ format!("thread of {of}") }</span>
            </button></li>
        }
    };
    html! {
        <>
            <p class="muted">{ "Select a thread, a process or a core in the picture, or a thread here:" }</p>
            <ul class="rows">{ for plan.thread_ixs().map(row) }</ul>
            <div class="buttons">{ parts::edit_button(app, "Add a process", Scenario::with_new_process) }</div>
        </>
    }
}
