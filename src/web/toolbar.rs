//! The toolbar: claims, playback, speed, history, sharing; and the buttons beside the story, for what is shown.

use gilscope::engine::Ending;
use gilscope::number::decimal;
use gilscope::scenario::presets;
use gilscope::scene::Arrows;
use gilscope::session::keys::Command;
use gilscope::session::{Action, Read};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::app::Handle;
use super::format;
use super::icons::{self, icon};
use super::links::{self, Origin};
use super::share;
use super::signal::live;
use super::theme::{self, Choice};

/// The toolbar.
pub(crate) fn toolbar(app: &Handle) -> Html {
    html! {
        <header class="toolbar">
            <div class="brand">
                <h1>{ "gilscope" }</h1>
                <div class="presets">
                    { library_button(app) }
                    { claim_step(app, "Previous claim", "P", icons::LEFT, presets::previous, Command::PreviousClaim) }
                    { preset_menu(app) }
                    { claim_step(app, "Next claim", "N", icons::RIGHT, presets::next, Command::NextClaim) }
                </div>
            </div>
            { transport(app) }
            { live(app, readout) }
            { speed(app) }
            { history(app) }
        </header>
    }
}

/// The menu of presets; it says when the scenario is not as it was loaded any more.
fn preset_menu(app: &Handle) -> Html {
    let broken = app.shown().broken.is_some();
    let origin = if broken { None } else { Some(app.shown().origin) };
    let own = app.is_own();
    let current = match origin {
        Some(Origin::Preset(preset)) => preset.name,
        _ => "",
    };
    let unnamed = match origin {
        Some(Origin::New) => Some("Own scenario".to_owned()),
        Some(Origin::Preset(_)) => None,
        Some(Origin::Own(id)) => Some(format!("Saved · {}", app.shown().shelf.name_of(id))),
        Some(from) => Some(match app.session().scenario().title.as_str() {
            "" => "A scenario without a title".to_owned(),
            title if matches!(from, Origin::File) => format!("File · {title}"),
            title => format!("Link · {title}"),
        }),
        None => Some("Nothing is open".to_owned()),
    };
    let changed = !broken && !own && app.edited();
    let app = app.clone();
    let choose = Callback::from(move |event: Event| {
        if let Some(select) = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok())
            && !select.value().is_empty()
        {
            links::go_to_preset(&app, &select.value());
        }
    });
    html! {
        <>
            <select aria-label="Scenario" onchange={choose}>
                if let Some(text) = unnamed {
                    <option value="" selected={true}>{ text }</option>
                }
                { for presets::groups().map(|(label, group)| html! {
                    <optgroup {label}>
                        { for group.iter().map(|p| html! {
                            <option key={p.name} value={p.name} selected={p.name == current}>
                                { format!("{} · {}", p.name, p.title) }
                            </option>
                        }) }
                    </optgroup>
                }) }
            </select>
            if changed {
                <span class="changed">{ "changed" }</span>
            }
        </>
    }
}

fn library_button(app: &Handle) -> Html {
    let command = Command::Library;
    Tool { name: "Scenarios".to_owned(), keys: "/", path: icons::LIBRARY, command, disabled: false }.show(app)
}

/// The way to the claim beside the one that is open; from anything else, to the first.
fn claim_step(
    app: &Handle,
    name: &str,
    keys: &'static str,
    path: &'static str,
    step: fn(&str) -> Option<&'static presets::Preset>,
    command: Command,
) -> Html {
    let (name, disabled) = match app.claim().map(step) {
        Some(Some(to)) => (format!("{name}: {} · {}", to.name, to.title), false),
        Some(None) => (format!("{name}: there is none"), true),
        None => (name.to_owned(), false),
    };
    Tool { name, keys, path, command, disabled }.show(app)
}

/// A button with an icon.
pub(super) struct Tool {
    /// Its name for assistive technology, and its title.
    name: String,
    /// The keys that do the same.
    keys: &'static str,
    path: &'static str,
    command: Command,
    disabled: bool,
}

impl Tool {
    pub(super) fn new(
        name: impl Into<String>,
        keys: &'static str,
        path: &'static str,
        action: Action,
        disabled: bool,
    ) -> Self {
        Self { name: name.into(), keys, path, command: Command::Do(action), disabled }
    }

    pub(super) fn show(self, app: &Handle) -> Html {
        let Self { name, keys, path, command, disabled } = self;
        let title = if keys.is_empty() { name.clone() } else { format!("{name} ({keys})") };
        let primary = (command == Command::Do(Action::TogglePlay)).then_some("primary");
        html! {
            <button type="button" class={classes!("icon-button", primary)} aria-label={name} {title} {disabled}
                onclick={on_click(app, command)}>
                { icon(path) }
            </button>
        }
    }
}

fn transport(app: &Handle) -> Html {
    let playing = app.session().playing();
    let disabled = app.shown().broken.is_some();
    let (path, name) = if playing { (icons::PAUSE, "Pause") } else { (icons::PLAY, "Play") };
    let tools = [
        Tool::new("To the start", "Home", icons::TO_START, Action::ToStart, disabled),
        Tool::new("Previous event", "←", icons::PREVIOUS, Action::PreviousEvent, disabled),
        Tool::new(name, "Space", path, Action::TogglePlay, disabled),
        Tool::new("Next event", "→", icons::NEXT, Action::NextEvent, disabled),
        Tool::new("To the end", "End", icons::TO_END, Action::ToEnd, disabled),
    ];
    html! {
        <div class="transport" role="group" aria-label="Playback">
            { for tools.into_iter().map(|tool| tool.show(app)) }
        </div>
    }
}

/// Where the playhead stands, and how long the run is if it is known to end.
pub(super) fn readout(app: &Handle) -> Html {
    if app.shown().broken.is_some() {
        return Html::default();
    }
    let session = app.session();
    let run = session.run();
    let now = format::playhead(session.playhead(), run.end());
    let whole = match run.ending() {
        // Its length follows from when somebody answers.
        Some(Ending::AwaitingInput(_)) => "until you answer".to_owned(),
        Some(_) => format!("of {:.3}", run.end()),
        None => String::new(),
    };
    html! {
        <p class="readout" role="timer" aria-label="Playhead" data-gs-playhead={session.playhead().ns().to_string()}>
            <b>{ now }</b>{ " " }<span class="muted">{ whole }</span>
        </p>
    }
}

pub(super) fn speed(app: &Handle) -> Html {
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
            <input type="range" min="0" max="1" step="0.005" value={decimal(position)} aria-label="Speed"
                aria-valuetext={text.clone()} {oninput} />
            <span class="muted">{ text }</span>
        </label>
    }
}

fn history(app: &Handle) -> Html {
    let broken = app.shown().broken.is_some();
    let (undo, redo) = (owned(app.session().undo_name()), owned(app.session().redo_name()));
    let name = |verb: &str, what: &Option<String>| match what {
        Some(what) => format!("{verb}: {what}"),
        None => format!("{verb}: nothing to {}", verb.to_ascii_lowercase()),
    };
    let none = |what: &Option<String>| broken || what.is_none();
    let changed = !broken && app.changed();
    let share = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| share::open(&app))
    };
    let tools = [
        Tool::new(name("Undo", &undo), "Ctrl+Z", icons::UNDO, Action::Undo, none(&undo)),
        Tool::new(name("Redo", &redo), "Ctrl+Shift+Z", icons::REDO, Action::Redo, none(&redo)),
        Tool::new("Reset to the original", "R", icons::RESET, Action::Reset, !changed),
    ];
    html! {
        <div class="history" role="group" aria-label="Changes">
            { for tools.into_iter().map(|tool| tool.show(app)) }
            { theme_button(app) }
            <button type="button" class="button gold" disabled={broken} onclick={share} aria-haspopup="dialog"
                title="Link, file, or a frame for your own page">{ "Share" }</button>
        </div>
    }
}

fn owned(name: Option<&str>) -> Option<String> {
    name.map(str::to_owned)
}

fn on_click(app: &Handle, command: Command) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_| app.command(command.clone()))
}

/// What is shown and how, beside the story.
pub(crate) fn view_tools(app: &Handle) -> Html {
    let presenting = app.shown().presenting;
    let button = |name: &'static str, title: &'static str, pressed: Option<bool>, onclick: Callback<MouseEvent>| {
        let pressed = pressed.map(|on| if on { "true" } else { "false" });
        html! { <button type="button" class="button small" {title} aria-pressed={pressed} {onclick}>{ name }</button> }
    };
    let tool = |name, title, pressed, command| button(name, title, pressed, on_click(app, command));
    let present = if presenting {
        tool("Stop presenting", "Back to the whole page (Esc)", None, Command::Present)
    } else {
        tool("Present", "The picture alone, in large type (L)", None, Command::Present)
    };
    let drawn = match app.session().arrows() {
        Arrows::Crossing => "Arrows: crossing",
        Arrows::All => "Arrows: all",
        Arrows::Selected if app.session().lacks_thread_for_arrows() => "Arrows: select a thread",
        Arrows::Selected => "Arrows: selected",
        Arrows::None => "Arrows: none",
    };
    let (hidden, outlined) = (app.session().future_hidden(), app.session().cores_outlined());
    let hide = Command::Do(Action::ToggleFuture);
    let outline = Command::Do(Action::ToggleOutlines);
    html! {
        <div class="view-tools" role="group" aria-label="View">
            { tool("All events", "Table of all events (E)", Some(app.shown().events.is_some()), Command::Events) }
            { tool("Compare", "Compare two runs, or sweep a parameter (T)", None, Command::Compare) }
            { tool("Hide future", "Show nothing of what will happen (H)", Some(hidden), hide) }
            { button(drawn, "Which arrows are drawn between lanes (J)", None, next_arrows(app)) }
            { tool("Outline cores", "Outline the cores that each process occupies (O)", Some(outlined), outline) }
            { present }
            { tool("Keys", "The list of keys (?)", None, Command::Help) }
        </div>
    }
}

/// Draws other arrows than those that are drawn when it is pressed.
fn next_arrows(app: &Handle) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_| {
        let next = app.session().arrows().next();
        app.act(Action::Read(Read::Arrows(next)));
    })
}

/// Auto, light, dark, and round again.
fn theme_button(app: &Handle) -> Html {
    let choice = app.shown().theme;
    let path = match choice {
        Choice::Auto => icons::AUTO,
        Choice::Light => icons::LIGHT,
        Choice::Dark | Choice::Contrast => icons::DARK,
    };
    let name = format!("Theme: {}", choice.name());
    let app = app.clone();
    let onclick = Callback::from(move |_: MouseEvent| theme::choose_next(&app));
    html! {
        <button type="button" class="icon-button" aria-label={name.clone()} title={name} {onclick}>{ icon(path) }</button>
    }
}
