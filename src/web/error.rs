//! Errors as states of the page.

use gilscope::scenario::presets;
use gilscope::scene::{DragPicture, DropSays};
use gilscope::session::Action;
use gilscope::session::address::Broken;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::app::Handle;
use super::icons::{self, icon};
use super::links;

/// Stands in place of the picture when a link cannot be opened: why, its text, and ways on.
pub(crate) fn broken_link(app: &Handle, broken: &Broken) -> Html {
    let had_scenario = app.shown().had_scenario;
    let open_first = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| links::go_to_preset(&app, presets::first().name))
    };
    let back = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| links::back_to_scenario(&app))
    };
    let Broken { why, text } = broken;
    html! {
        <section class="broken" role="alert" data-gs-error="link">
            <h2>{ "This link cannot be opened" }</h2>
            <p class="broken-why">{ sentence(why) }</p>
            <p>{ "Nothing else has been opened in its place. This is its text; whoever sent it can compare it with the \
                  original:" }</p>
            <textarea class="broken-text" readonly=true rows="5" aria-label="The text of the damaged link"
                value={text.clone()} onfocus={select_all()} />
            <div class="broken-ways">
                if had_scenario {
                    <button type="button" class="button" onclick={back}>{ "Back to what was open" }</button>
                }
                <button type="button" class="button gold" onclick={open_first}>
                    { format!("Open {} instead", presets::first().name) }
                </button>
            </div>
        </section>
    }
}

/// Why the last action was refused, until the next one succeeds.
pub(crate) fn complaint(app: &Handle) -> Html {
    let why = app.shown().complaint.clone();
    let app = app.clone();
    let dismiss = Callback::from(move |_: MouseEvent| app.show(|s| s.complaint = None));
    html! {
        <div class="complaint-place" role="alert">
            if let Some(why) = why {
                <p class="complaint">
                    <span>{ sentence(&why) }</span>
                    <button type="button" class="icon-button" aria-label="Dismiss" onclick={dismiss}>
                        { icon(icons::DELETE) }
                    </button>
                </p>
            }
        </div>
    }
}

/// What the page did, such as copying a link; with the link itself where it must be copied by hand.
pub(crate) fn notice(app: &Handle) -> Html {
    let (notice, to_copy) = (app.shown().notice.clone(), app.shown().to_copy.clone());
    let change = app.shown().change.clone();
    let undo = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| {
            // Once: what came before that is not told of here.
            let offers = app.shown().left || app.shown().change.as_ref().is_some_and(|(.., is_new)| *is_new);
            if offers {
                app.act(Action::Undo);
            }
        })
    };
    let (restored, left) = (app.shown().restored, app.shown().left);
    let carries = app.session().carries_by_keys().then(|| match (&app.session().drag(), app.touch.grip.get()) {
        (Some(DragPicture { says: Some(DropSays::Change(says) | DropSays::Refused(says)), .. }), true) => says.clone(),
        (_, true) => "Let go between two blocks, or where it was".to_owned(),
        _ => "Arrows choose a place, Enter drops there, Esc cancels".to_owned(),
    });
    // What a drop would do is said by the live region.
    let drags = app.touch.grip.get().then_some("true");
    let app = app.clone();
    let afresh = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| links::go_to_preset(&app, presets::first().name))
    };
    let forget = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| app.show(|s| s.change = None))
    };
    let dismiss = Callback::from(move |_: MouseEvent| app.show(|s| (s.notice, s.to_copy) = (None, None)));
    let close = |onclick| {
        html! {
            <button type="button" class="icon-button" aria-label="Dismiss" {onclick}>{ icon(icons::DELETE) }</button>
        }
    };
    html! {
        <div class="notice-place" role="status">
            if let Some(carries) = carries {
                <p class="notice is-hint" aria-hidden={drags}>{ carries }</p>
            }
            if let Some((run, change, is_new)) = change {
                <div class="notice is-change" key={run}>
                    <span><b>{ change.kind }</b>{ ": " }{ change.says }</span>
                    if is_new {
                        <button type="button" class="button small" onclick={undo.clone()}>{ "Undo" }</button>
                    }
                    { close(forget) }
                </div>
            }
            if let Some(text) = notice {
                <div class="notice">
                    <span>{ text }</span>
                    if restored {
                        <button type="button" class="button small" onclick={afresh}>{ "Start afresh" }</button>
                    }
                    if left {
                        <button type="button" class="button small" onclick={undo}>{ "Open again" }</button>
                    }
                    if let Some(url) = to_copy {
                        <input class="field-input" readonly=true value={url} aria-label="Link" onfocus={select_all()} />
                    }
                    { close(dismiss) }
                </div>
            }
        </div>
    }
}

/// Selects all the text of a field when it gets the focus.
pub(crate) fn select_all() -> Callback<FocusEvent> {
    Callback::from(|event: FocusEvent| {
        let target = event.target();
        if let Some(area) = target.as_ref().and_then(|t| t.dyn_ref::<HtmlTextAreaElement>()) {
            area.select();
        } else if let Some(input) = target.as_ref().and_then(|t| t.dyn_ref::<HtmlInputElement>()) {
            input.select();
        }
    })
}

/// An error as a sentence of its own. It may begin with a name, which stays as it is.
fn sentence(why: &str) -> String {
    let stop = if why.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{why}{stop}")
}
