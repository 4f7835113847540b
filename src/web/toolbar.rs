//! The toolbar: presets, playback, speed, history, sharing.

use gilscope::scenario::presets;
use gilscope::session::Action;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::app::Handle;
use super::format;
use super::icons::{self, icon};
use super::links::{self, Origin};
use super::signal::{use_clock, use_structure};
use super::theme::{self, Choice};

/// The toolbar.
#[component]
pub(crate) fn Toolbar() -> Html {
    html! {
        <header class="toolbar">
            <div class="brand">
                <h1>{ "gilscope" }</h1>
                <PresetMenu />
            </div>
            <Transport />
            <Readout />
            <Speed />
            <History />
        </header>
    }
}

/// The menu of presets; it says when the scenario is not as it was loaded any more.
#[component]
fn PresetMenu() -> Html {
    let app = use_structure();
    let broken = app.shown().broken.is_some();
    let origin = if broken { None } else { Some(app.shown().origin) };
    let current = match origin {
        Some(Origin::Preset(preset)) => preset.name,
        Some(Origin::Link) | None => "",
    };
    let unnamed = match origin {
        Some(Origin::Preset(_)) => None,
        Some(Origin::Link) => Some(match app.session().scenario().title.as_str() {
            "" => "A scenario from a link".to_owned(),
            title => format!("Link · {title}"),
        }),
        None => Some("Nothing is open".to_owned()),
    };
    let changed = !broken && app.changed();
    let choose = Callback::from(move |event: Event| {
        if let Some(select) = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok()) {
            if !select.value().is_empty() {
                links::go_to_preset(&app, &select.value());
            }
        }
    });
    html! {
        <div class="presets">
            <select aria-label="Scenario" onchange={choose}>
                if let Some(text) = unnamed {
                    <option value="" selected={true}>{ text }</option>
                }
                { for presets::all().iter().map(|p| html! {
                    <option key={p.name} value={p.name} selected={p.name == current}>
                        { format!("{} · {}", p.name, p.title) }
                    </option>
                }) }
            </select>
            if changed {
                <span class="changed">{ "changed" }</span>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ToolProps {
    /// Its name for assistive technology, and its title.
    name: AttrValue,
    /// The keys that do the same.
    #[prop_or_default]
    keys: AttrValue,
    path: &'static str,
    action: Action,
    #[prop_or_default]
    disabled: bool,
    #[prop_or_default]
    class: Classes,
}

/// A button with an icon that does one action.
#[component]
fn Tool(props: &ToolProps) -> Html {
    let app = super::signal::use_app();
    let action = props.action.clone();
    let onclick = Callback::from(move |_: MouseEvent| app.act(action.clone()));
    let title = if props.keys.is_empty() { props.name.to_string() } else { format!("{} ({})", props.name, props.keys) };
    html! {
        <button type="button" class={classes!("icon-button", props.class.clone())} aria-label={props.name.clone()}
            {title} disabled={props.disabled} {onclick}>
            { icon(props.path) }
        </button>
    }
}

#[component]
fn Transport() -> Html {
    let app = use_structure();
    let playing = app.session().playing();
    let disabled = app.shown().broken.is_some();
    let (path, name) = if playing { (icons::PAUSE, "Pause") } else { (icons::PLAY, "Play") };
    html! {
        <div class="transport" role="group" aria-label="Playback">
            <Tool {disabled} name="To the start" keys="Home" path={icons::TO_START} action={Action::ToStart} />
            <Tool {disabled} name="Previous event" keys="←" path={icons::PREVIOUS} action={Action::PreviousEvent} />
            <Tool {disabled} {name} keys="Space" {path} action={Action::TogglePlay} class="primary" />
            <Tool {disabled} name="Next event" keys="→" path={icons::NEXT} action={Action::NextEvent} />
            <Tool {disabled} name="To the end" keys="End" path={icons::TO_END} action={Action::ToEnd} />
        </div>
    }
}

/// Where the playhead stands, and how long the run is if it is known to end.
#[component]
fn Readout() -> Html {
    let app = use_clock();
    if app.shown().broken.is_some() {
        return Html::default();
    }
    let session = app.session();
    let run = session.run();
    let now = format::playhead(session.playhead(), run.end());
    let whole = match run.ending() {
        Some(_) => format!("of {:.3}", run.end()),
        None => String::new(),
    };
    html! {
        <p class="readout" data-gs-playhead={session.playhead().ns().to_string()}>
            <b>{ now }</b>{ " " }<span class="muted">{ whole }</span>
        </p>
    }
}

#[component]
fn Speed() -> Html {
    let app = use_structure();
    let position = app.session().speed_position();
    let text = format::speed(app.session().ns_per_second());
    let oninput = {
        let app = app.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) {
                app.act(Action::SetSpeed { position: input.value_as_number() });
            }
        })
    };
    html! {
        <label class="speed">
            <input type="range" min="0" max="1" step="0.005" value={format!("{position:.3}")} aria-label="Speed"
                aria-valuetext={text.clone()} {oninput} />
            <span class="muted">{ text }</span>
        </label>
    }
}

#[component]
fn History() -> Html {
    let app = use_structure();
    let broken = app.shown().broken.is_some();
    let (undo, redo) = (owned(app.session().undo_name()), owned(app.session().redo_name()));
    let name = |verb: &str, what: &Option<String>| match what {
        Some(what) => format!("{verb}: {what}"),
        None => format!("{verb}: nothing to {}", verb.to_lowercase()),
    };
    let changed = !broken && app.changed();
    let share = act_on_click(&app, Action::Share);
    html! {
        <div class="history" role="group" aria-label="Changes">
            <Tool disabled={broken || undo.is_none()} name={name("Undo", &undo)} keys="Ctrl+Z" path={icons::UNDO}
                action={Action::Undo} />
            <Tool disabled={broken || redo.is_none()} name={name("Redo", &redo)} keys="Ctrl+Shift+Z" path={icons::REDO}
                action={Action::Redo} />
            <Tool disabled={!changed} name="Reset to the original" path={icons::RESET} action={Action::Reset} />
            <ThemeButton />
            <button type="button" class="button gold" disabled={broken} onclick={share}
                title="Copy a link to this scenario">{ "Share" }</button>
        </div>
    }
}

fn owned(name: Option<&str>) -> Option<String> {
    name.map(str::to_owned)
}

fn act_on_click(app: &Handle, action: Action) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_| app.act(action.clone()))
}

/// Auto, light, dark, and round again.
#[component]
fn ThemeButton() -> Html {
    let app = use_structure();
    let choice = app.shown().theme;
    let path = match choice {
        Choice::Auto => icons::AUTO,
        Choice::Light => icons::LIGHT,
        Choice::Dark => icons::DARK,
    };
    let name = format!("Theme: {}", choice.name());
    let onclick = Callback::from(move |_: MouseEvent| theme::choose(&app, choice.next()));
    html! {
        <button type="button" class="icon-button" aria-label={name.clone()} title={name} {onclick}>{ icon(path) }</button>
    }
}
