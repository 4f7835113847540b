//! A program as text: copied, and written or pasted in place of the blocks.

use gilscope::ids::ThreadId;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};
use yew::prelude::*;

use crate::web::app::Handle;
use crate::web::links;

const HINT: &str = "Ops by their names, between them ; or a new line: python 20ms; io 1.5 s; acquire lock. \
    Loops: repeat 3 { … }, repeat for ever { … }. Names with blanks in \"quotes\". Behind # is a comment.";

/// The ways to a program's text, and while somebody writes it, the field for it.
pub(super) fn text(app: &Handle, id: ThreadId) -> Html {
    let draft = app.shown().program.clone().filter(|(thread, _)| *thread == id);
    let written = app.session().scenario().program_to_text(id);
    let Some((_, draft)) = draft else {
        let edit = {
            let (app, written) = (app.clone(), written.clone());
            Callback::from(move |_: MouseEvent| app.show(|s| s.program = Some((id, written.clone()))))
        };
        return html! {
            <div class="buttons">
                <button type="button" class="button small" onclick={edit}>{ "Edit as text" }</button>
                <button type="button" class="button small" onclick={copy(app, written)}>{ "Copy as text" }</button>
            </div>
        };
    };
    let read = app.session().scenario().with_program_text(id, &draft);
    let problem = read.as_ref().err().map(ToString::to_string);
    let apply = {
        let app = app.clone();
        move || {
            if let Ok(edit) = read.clone() {
                app.show(|s| s.program = None);
                app.edit(Ok(edit));
            }
        }
    };
    let cancel = {
        let app = app.clone();
        move || app.show(|s| s.program = None)
    };
    let oninput = {
        let app = app.clone();
        Callback::from(move |event: InputEvent| {
            let field = event.target().and_then(|t| t.dyn_into::<HtmlTextAreaElement>().ok());
            if let Some(field) = field {
                app.show(|s| s.program = Some((id, field.value())));
            }
        })
    };
    let onkeydown = {
        let (apply, cancel) = (apply.clone(), cancel.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if event.ctrl_key() || event.meta_key() => apply(),
            "Escape" => cancel(),
            _ => {}
        })
    };
    let described = if problem.is_some() { "program-text-error" } else { "program-text-hint" };
    html! {
        <div class="program-text">
            <textarea id="program-text" class="field-input" rows="8" spellcheck="false" aria-label="Program as text"
                aria-invalid={problem.as_ref().map(|_| "true")} aria-describedby={described} value={draft}
                {oninput} {onkeydown} />
            if let Some(problem) = &problem {
                <p class="field-error" id="program-text-error" role="alert">{ problem }</p>
            }
            <div class="buttons">
                <button type="button" class="button small" disabled={problem.is_some()} title="Ctrl+Enter"
                    onclick={Callback::from(move |_: MouseEvent| apply())}>{ "Apply" }</button>
                <button type="button" class="button small" title="Esc"
                    onclick={Callback::from(move |_: MouseEvent| cancel())}>{ "Cancel" }</button>
            </div>
            <p class="muted" id="program-text-hint">{ HINT }</p>
        </div>
    }
}

/// Copies a text; where the clipboard is out of reach, says how else to come by it.
fn copy(app: &Handle, text: String) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_| {
        let (app, text) = (app.clone(), text.clone());
        spawn_local(async move {
            let copied = links::write_to_clipboard(&text).await;
            let said = if copied {
                "The program is copied as text."
            } else {
                "The clipboard is out of reach. Press “Edit as text” and copy it by hand."
            };
            app.show(|s| s.notice = Some(said.to_owned()));
        });
    })
}
