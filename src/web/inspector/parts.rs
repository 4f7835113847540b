//! Small parts that several panels have.

use gilscope::ids::{ObjectId, ThreadId};
use gilscope::number::written;
use gilscope::scenario::{Edit, Limits, Problem, Scenario, Start};
use gilscope::session::Action;
use gilscope::time::Time;
use yew::prelude::*;

use crate::web::app::Handle;
use crate::web::field::{Choice, Field, length, reader, refused};
use crate::web::icons::{self, icon};

/// A heading of fields that make another run, from its start.
pub(super) fn from_start(title: &str) -> Html {
    html! {
        <h3>{ title.to_owned() }<span class="when" title="The run becomes another one, its past included">
            { "from the start" }
        </span></h3>
    }
}

/// A heading of buttons that change what comes after the playhead, and nothing before it.
pub(super) fn from_now(title: &str) -> Html {
    html! {
        <h3>{ title.to_owned() }<span class="when is-now" title="A flag on the ruler; what was before stays as it was">
            { "⚑ from now" }
        </span></h3>
    }
}

/// A button that makes an edit.
pub(super) fn edit_button(
    app: &Handle,
    name: &str,
    edit: impl Fn(&Scenario) -> Result<Edit, Problem> + 'static,
) -> Html {
    html! { <button type="button" class="button small" onclick={edits(app, edit)}>{ name.to_owned() }</button> }
}

/// Makes an edit when it is called.
pub(super) fn edits<E>(app: &Handle, edit: impl Fn(&Scenario) -> Result<Edit, Problem> + 'static) -> Callback<E> {
    let app = app.clone();
    Callback::from(move |_| {
        let edit = edit(app.session().scenario());
        app.edit(edit);
    })
}

/// A field for a name.
pub(super) fn name_field(
    app: &Handle,
    id: &'static str,
    value: &str,
    edit: impl Fn(&Scenario, &str) -> Result<Edit, Problem> + 'static,
) -> Html {
    let read = reader(app, move |s, text| refused(edit(s, text.trim())));
    html! { <Field app={app.clone()} {id} label="name" value={value.to_owned()} {read} /> }
}

/// A field for the interpreter of its process that runs a thread.
pub(super) fn interpreter_field(app: &Handle, id: ThreadId, number: u8, label: String) -> Html {
    let read = reader(app, move |s, text| {
        let number = written("interpreter", text, 0, i64::from(Limits::INTERPRETERS) - 1)?;
        refused(s.with_interpreter(id, number as u8))
    });
    let field = format!("interpreter-{}", id.0);
    html! { <Field app={app.clone()} id={field} {label} value={number.to_string()} {read} /> }
}

/// When a process or thread starts: three ways, and the time for the one that has one.
pub(super) fn start_fields(
    app: &Handle,
    start: Start,
    words: [&'static str; 3],
    edit: impl Fn(&Scenario, Start) -> Result<Edit, Problem> + Clone + 'static,
) -> Html {
    let options =
        words.iter().enumerate().map(|(i, w)| (i.to_string().into(), AttrValue::from(*w))).collect::<Vec<_>>();
    let value = match start {
        Start::Launch => "0",
        Start::At(_) => "1",
        Start::Spawned => "2",
    };
    let choose = {
        let (app, edit) = (app.clone(), edit.clone());
        Callback::from(move |way: String| {
            let start = match way.as_str() {
                "0" => Start::Launch,
                "1" => Start::At(app.session().playhead()),
                _ => Start::Spawned,
            };
            let edit = edit(app.session().scenario(), start);
            app.edit(edit);
        })
    };
    let at = match start {
        Start::At(at) => at.to_string(),
        _ => String::new(),
    };
    let read = reader(app, move |s, text| refused(edit(s, Start::At(Time::ZERO + length(text)?))));
    html! {
        <>
            <Choice id="starts" label="starts" {options} {value} {choose} />
            if !at.is_empty() {
                <Field app={app.clone()} id="starts-at" label="at" value={at} {read} />
            }
        </>
    }
}

/// What a field says of a queue without capacity.
const UNBOUNDED: &str = "unbounded";

/// A field for a semaphore's count, a barrier's parties or a queue's capacity.
fn figure_field(app: &Handle, id: ObjectId, (what, figure): (&'static str, u32)) -> Html {
    let value = if (what, figure) == ("capacity", 0) { UNBOUNDED.to_owned() } else { figure.to_string() };
    let read = reader(app, move |s, text| {
        let figure = match text.trim() {
            UNBOUNDED => 0,
            number => written(what, number, i64::from(what == "parties"), Limits::COUNT.into())? as u32,
        };
        refused(s.with_resource_figure(id, figure))
    });
    html! { <Field app={app.clone()} id={format!("figure-{}", id.0)} label={what} {value} {read} /> }
}

/// A row for a resource, a pipe or a device: its kind, its name, the number that belongs to it, and the way to take it away.
pub(super) fn object_row(
    app: &Handle,
    id: ObjectId,
    kind: &'static str,
    name: &str,
    figure: Option<(&'static str, u32)>,
) -> Html {
    let read = reader(app, move |s, text| refused(s.with_resource_name(id, text.trim())));
    let delete = format!("Delete {kind} {name}");
    html! {
        <li key={id.0} class="op">
            <span class="loop-word">{ kind }</span>
            <Field app={app.clone()} id={format!("object-{}", id.0)} label={format!("name of {kind} {name}")} quiet=true
                value={name.to_owned()} {read} />
            { for figure.map(|figure| figure_field(app, id, figure)) }
            <span class="op-tools">
                <button type="button" class="icon-button tiny" aria-label={delete} title="Delete"
                    onclick={edits(app, move |s| s.without_resource(id))}>{ icon(icons::DELETE) }</button>
            </span>
        </li>
    }
}

/// What a button does that has nothing to read: an action.
pub(super) fn act(app: &Handle, action: Action) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_| app.act(action.clone()))
}
