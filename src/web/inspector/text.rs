//! A program as text: copied, and written or pasted in place of the blocks.

use gilscope::ids::ThreadId;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};
use yew::prelude::*;

use crate::web::app::Handle;
use crate::web::document;
use crate::web::links;

const HINT: &str = "Ops by their names, between them ; or a new line: python 20ms; io 1.5 s; acquire lock. \
    Loops: repeat 3 { … }, repeat for ever { … }. Names with blanks in \"quotes\". Behind # is a comment.";

/// The button that opens the field, and gives it up.
const BUTTON: &str = "program-button";

/// The field.
const FIELD: &str = "program-text";

/// Gives the field the focus once it is there.
pub(super) fn follow() {
    const FOLLOWED: &str = "data-followed";
    if let Some(field) = document().get_element_by_id(FIELD).filter(|f| !f.has_attribute(FOLLOWED)) {
        let _ = field.set_attribute(FOLLOWED, "");
        super::focus(FIELD);
    }
}

/// The ways to a program's text, and while somebody writes it, the field for it.
pub(super) fn text(app: &Handle, id: ThreadId) -> Html {
    let draft = app.shown().draft(id).map(str::to_owned);
    let [mut field, mut hint] = [Html::default(), Html::default()];
    let buttons = if let Some(draft) = draft {
        let problem = app.session().scenario().with_program_text(id, &draft).err().map(|problem| problem.to_string());
        let wrong = problem.is_some();
        let apply = {
            let app = app.clone();
            move || {
                // What is written by now: more than was there when this was rendered.
                let read = app.shown().draft(id).map(|draft| app.session().scenario().with_program_text(id, draft));
                if let Some(Ok(edit)) = read {
                    close(&app, id);
                    app.edit(Ok(edit));
                }
            }
        };
        let cancel = {
            let app = app.clone();
            move |_: MouseEvent| close(&app, id)
        };
        field = self::field(app, id, draft, problem, apply.clone());
        hint = html! { <p class="muted" id="program-text-hint">{ HINT }</p> };
        [
            ("Apply", Some("Ctrl+Enter"), wrong, Callback::from(move |_| apply())),
            ("Cancel", Some("Esc"), false, cancel.into()),
        ]
    } else {
        let edit = {
            let app = app.clone();
            Callback::from(move |_: MouseEvent| {
                let written = app.session().scenario().program_to_text(id);
                app.show(|s| s.set_draft(id, Some(written)));
            })
        };
        [("Copy as text", None, false, copy(app, id)), ("Edit as text", None, false, edit)]
    };
    // The buttons stay the same elements, so that the one with the focus keeps it.
    let buttons = buttons.into_iter().zip([None, Some(BUTTON)]).map(|((name, title, disabled, onclick), id)| {
        html! {
            <button type="button" class="button small" {id} {title} {disabled} {onclick}>{ name }</button>
        }
    });
    html! {
        <div class="program-text">
            { field }
            <div class="buttons">{ for buttons }</div>
            { hint }
            { for others(app, id) }
        </div>
    }
}

/// Whose programs are written but not applied, of those that are elsewhere: what was typed is not lost.
fn others(app: &Handle, id: ThreadId) -> Option<Html> {
    let (session, shown) = (app.session(), app.shown());
    let names = shown.programs.iter().filter(|(of, _)| *of != id);
    let names: Vec<_> = names.filter_map(|(of, _)| Some(session.scenario().thread(*of)?.1.name.as_str())).collect();
    let says = || format!("Kept, and not applied yet: the text for {}.", names.join(", "));
    (!names.is_empty()).then(|| html! { <p class="muted" role="status">{ says() }</p> })
}

/// Gives up what is written; the focus goes back to where it came from.
fn close(app: &Handle, id: ThreadId) {
    app.show(|s| s.set_draft(id, None));
    super::focus(BUTTON);
}

fn field(app: &Handle, id: ThreadId, draft: String, problem: Option<String>, apply: impl Fn() + 'static) -> Html {
    let oninput = {
        let app = app.clone();
        Callback::from(move |event: InputEvent| {
            let field = event.target().and_then(|t| t.dyn_into::<HtmlTextAreaElement>().ok());
            if let Some(field) = field {
                app.show(|s| s.set_draft(id, Some(field.value())));
            }
        })
    };
    let onkeydown = {
        let app = app.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if event.ctrl_key() || event.meta_key() => apply(),
            "Escape" => close(&app, id),
            _ => {}
        })
    };
    let described = if problem.is_some() { "program-text-error" } else { "program-text-hint" };
    html! {
        <>
            <textarea id={FIELD} class="field-input" rows="8" spellcheck="false" aria-label="Program as text"
                aria-invalid={problem.as_ref().map(|_| "true")} aria-describedby={described} value={draft}
                {oninput} {onkeydown} />
            if let Some(problem) = problem {
                <p class="field-error" id="program-text-error" role="alert">{ problem }</p>
            }
        </>
    }
}

/// Copies a program as text; where the clipboard is out of reach, says how else to come by it.
fn copy(app: &Handle, id: ThreadId) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_| {
        let (app, text) = (app.clone(), app.session().scenario().program_to_text(id));
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
