//! Fields that change the scenario. What does not pass its check is said beside the field and never reaches the model.

use gilscope::scenario::{Edit, Problem, Scenario};
use gilscope::session::Action;
use gilscope::session::says::says;
use gilscope::time::Dur;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement, KeyboardEvent};
use yew::prelude::*;

use super::app::Handle;

/// What a text would change, or why it cannot be taken.
pub(crate) type Read = Callback<String, Result<Edit, String>>;

/// A reader that turns a text into an edit of the scenario as it is when the text is typed.
pub(crate) fn reader(app: &Handle, read: impl Fn(&Scenario, &str) -> Result<Edit, String> + 'static) -> Read {
    let app = app.clone();
    Callback::from(move |text: String| read(app.session().scenario(), &text))
}

/// A length of time as typed.
pub(crate) fn length(text: &str) -> Result<Dur, String> {
    text.parse::<Dur>().map_err(|e| e.to_string())
}

/// An edit's problem as the words beside a field.
pub(crate) fn refused(edit: Result<Edit, Problem>) -> Result<Edit, String> {
    edit.map_err(|problem| problem.to_string())
}

#[derive(Properties, PartialEq)]
pub(crate) struct FieldProps {
    pub(crate) app: Handle,
    /// Unique on the page.
    pub(crate) id: AttrValue,
    /// Its name.
    pub(crate) label: AttrValue,
    /// Whether the name is for assistive technology only.
    #[prop_or_default]
    pub(crate) quiet: bool,
    /// What it holds.
    pub(crate) value: AttrValue,
    /// What it holds unless somebody changes it, if that is to be said.
    #[prop_or_default]
    pub(crate) usual: Option<AttrValue>,
    /// Reads what is typed.
    pub(crate) read: Read,
}

/// A text field: checked with every key, taken when it is left or Enter is pressed, as it was before on Escape.
#[component]
pub(crate) fn Field(props: &FieldProps) -> Html {
    let app = props.app.clone();
    let draft = use_state(|| None::<String>);
    {
        // Undo, or another scenario, overrides what was typed and not taken.
        let draft = draft.clone();
        use_effect_with(props.value.clone(), move |_| draft.set(None));
    }
    let problem = draft.as_ref().and_then(|text| props.read.emit(text.clone()).err());
    let oninput = {
        let draft = draft.clone();
        Callback::from(move |event: InputEvent| draft.set(typed(&event)))
    };
    let onchange = {
        let (draft, read) = (draft.clone(), props.read.clone());
        Callback::from(move |event: Event| {
            let Some(text) = typed(&event) else { return };
            match read.emit(text.clone()) {
                Ok(edit) => {
                    draft.set(None);
                    app.edit(Ok(edit));
                }
                Err(_) => draft.set(Some(text)),
            }
        })
    };
    let onkeydown = {
        let (draft, app) = (draft.clone(), props.app.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                draft.set(None);
            } else if draft.is_none() {
                travels(&app, &event);
            }
        })
    };
    let error_id = format!("{}-error", props.id);
    let (explained, says_id) = explanation(&props.id, says(&props.label, ""), props.usual.as_ref());
    let described = problem.as_ref().map(|_| error_id.clone()).or(says_id);
    let value = draft.as_ref().map_or_else(|| props.value.clone(), |text| AttrValue::from(text.clone()));
    html! {
        <div class={classes!("field", props.quiet.then_some("is-quiet"))}>
            <label class={if props.quiet { "visually-hidden" } else { "field-label" }} for={props.id.clone()}>
                { props.label.clone() }
            </label>
            <input class="field-input" id={props.id.clone()} {value} autocomplete="off" spellcheck="false"
                aria-invalid={problem.as_ref().map(|_| "true")}
                aria-describedby={described}
                {oninput} {onchange} {onkeydown} />
            if let Some(problem) = problem {
                <p class="field-error" id={error_id} role="alert">{ problem }</p>
            }
            { explained }
        </div>
    }
}

/// The sentence that says what a field's setting does, and its id for those who hear the field. The style sheet shows it at
/// the foot of the panel while the field has the pointer or the focus, so that nothing moves.
fn explanation(id: &str, says: Option<&'static str>, usual: Option<&AttrValue>) -> (Html, Option<String>) {
    let Some(says) = says else { return (Html::default(), None) };
    let id = format!("{id}-says");
    let says = html! {
        <p class="field-says" id={id.clone()}>
            { says }
            if let Some(usual) = usual {
                { " Usual: " }{ usual }{ "." }
            }
        </p>
    };
    (says, Some(id))
}

/// Undoes or does again what was changed on the page, if that is what the key asks for: where nothing has been typed, the field
/// has nothing of its own to undo.
fn travels(app: &Handle, event: &KeyboardEvent) {
    if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
        return;
    }
    let action = match (event.key().as_str(), event.shift_key()) {
        ("z", false) => Action::Undo,
        ("z" | "Z", true) | ("y", false) => Action::Redo,
        _ => return,
    };
    event.prevent_default();
    app.act(action);
}

fn typed(event: &web_sys::Event) -> Option<String> {
    Some(event.target()?.dyn_into::<HtmlInputElement>().ok()?.value())
}

#[derive(Properties, PartialEq)]
pub(crate) struct ChoiceProps {
    /// Unique on the page.
    pub(crate) id: AttrValue,
    /// Its name.
    pub(crate) label: AttrValue,
    /// Whether the name is for assistive technology only.
    #[prop_or_default]
    pub(crate) quiet: bool,
    /// Values with what people read.
    pub(crate) options: Vec<(AttrValue, AttrValue)>,
    /// The value that is chosen.
    pub(crate) value: AttrValue,
    /// Called with another value.
    pub(crate) choose: Callback<String>,
    #[prop_or_default]
    pub(crate) class: Classes,
    /// What the value means, in a line.
    #[prop_or_default]
    pub(crate) title: Option<AttrValue>,
}

/// A choice of one among few.
#[component]
pub(crate) fn Choice(props: &ChoiceProps) -> Html {
    let select = use_node_ref();
    {
        // A choice that was refused or undone stands in the browser's own state, which rendering does not touch.
        let (select, value) = (select.clone(), props.value.clone());
        use_effect(move || {
            if let Some(select) = select.cast::<HtmlSelectElement>() {
                select.set_value(&value);
            }
        });
    }
    let update = use_force_update();
    let choose = props.choose.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok()) {
            choose.emit(select.value());
            update.force_update();
        }
    });
    let (explained, says_id) = explanation(&props.id, says(&props.label, &props.value), None);
    html! {
        <div class={classes!("field", props.quiet.then_some("is-quiet"), props.class.clone())}>
            <label class={if props.quiet { "visually-hidden" } else { "field-label" }} for={props.id.clone()}>
                { props.label.clone() }
            </label>
            <select class="field-input" id={props.id.clone()} ref={select} title={props.title.clone()}
                aria-describedby={says_id} {onchange}>
                { for props.options.iter().map(|(value, text)| html! {
                    <option key={value.to_string()} value={value.clone()} selected={*value == props.value}>
                        { text.clone() }
                    </option>
                }) }
            </select>
            { explained }
        </div>
    }
}
