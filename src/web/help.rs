//! The list of keys: made from the table that the keys themselves are looked up in.

use gilscope::session::keys::{Group, Row, rows};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::icons::{self, icon};
use super::{document, keys};

const ID: &str = "keys";

fn dialog() -> Option<HtmlDialogElement> {
    document().get_element_by_id(ID)?.dyn_into().ok()
}

/// Shows the list; Escape and its button take it away.
pub(super) fn open() {
    if let Some(dialog) = dialog().filter(|d| !d.open()) {
        let _ = dialog.show_modal();
    }
}

fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

/// The dialog, which stands in the page unseen until it is opened.
pub(super) fn help() -> Html {
    // A press beside it is one on the dialog itself, whose own area its content fills.
    let beside = Callback::from(|event: MouseEvent| {
        if event.target().is_some_and(|t| t.has_type::<HtmlDialogElement>()) {
            close();
        }
    });
    html! {
        <dialog id={ID} class="dialog" aria-labelledby="keys-title" onclick={beside} onclose={|_| keys::stay()}>
            <div class="dialog-body">
                <div class="dialog-head">
                    <h2 id="keys-title">{ "Keys" }</h2>
                    <button type="button" class="icon-button" aria-label="Close" onclick={|_| close()}>
                        { icon(icons::DELETE) }
                    </button>
                </div>
                <div class="key-groups">{ for Group::ALL.into_iter().map(group) }</div>
                <p class="muted">
                    <a href="is-it-true.html" target="_blank" rel="noopener">{ "Is it true?" }</a>
                    { " What the model is held against, case by case" }
                </p>
            </div>
        </dialog>
    }
}

fn group(group: Group) -> Html {
    html! {
        <section>
            <h3>{ group.name() }</h3>
            <dl class="keys">{ for rows().iter().filter(|r| r.group == group).map(row) }</dl>
        </section>
    }
}

fn row(row: &Row) -> Html {
    html! {
        <>
            <dt>{ for row.keys.iter().map(|key| html! { <><kbd>{ *key }</kbd>{ " " }</> }) }</dt>
            <dd>{ row.says }</dd>
        </>
    }
}
