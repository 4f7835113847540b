//! The page in a frame of another page: the picture, and a slim bar below it.
//!
//! A frame may be sandboxed with nothing but `allow-scripts`. Then there is no storage, no clipboard, no new window and no
//! address that could be changed: each of these is tried and done without.

use gilscope::session::Action;
use gilscope::session::embed::{Embed, Mode};
use gilscope::session::sharing::full_page;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::app::{App, Handle};
use super::icons::{self, icon};
use super::inspector::inspector;
use super::signal::live;
use super::story::story;
use super::toolbar::{Tool, readout, speed};
use super::{links, root, theme, window};

/// Tells the style sheet of the embed, and starts what its address wants to start.
pub(crate) fn begin(app: &App) {
    let Some(embed) = app.embed else { return };
    let _ = root().set_attribute("data-embed", "");
    // What could not be read of the address stays said.
    let notice = app.shown().notice.clone();
    if let Some(position) = embed.speed {
        app.act(Action::SetSpeed { position });
    }
    if embed.autoplay && !theme::prefers(theme::LESS_MOTION) {
        app.act(Action::TogglePlay);
    }
    app.show(|s| s.notice = notice);
}

/// What stands around the picture: the inspector where the scenario may be changed, the story, the bar.
pub(crate) fn around(app: &Handle, embed: &Embed) -> Html {
    let broken = app.shown().broken.is_some();
    html! {
        <>
            if embed.mode == Mode::Edit && !broken {
                <div class={classes!("sheet", app.shown().sheet.then_some("is-open"))}>{ inspector(app) }</div>
            }
            if let Some(name) = app.next_page().filter(|_| !broken) {
                { page_button(app, name) }
            }
            if embed.controls && !broken {
                { live(app, story) }
            }
            { bar(app, embed) }
        </>
    }
}

/// What the frame shows, for those who do not see it.
fn heading(app: &Handle) -> String {
    match app.session().scenario().title.as_str() {
        "" => "gilscope".to_owned(),
        title => title.to_owned(),
    }
}

fn bar(app: &Handle, embed: &Embed) -> Html {
    let broken = app.shown().broken.is_some();
    let steps = embed.controls && embed.mode != Mode::View;
    let (path, name) = match app.session().playing() {
        true => (icons::PAUSE, "Pause"),
        false => (icons::PLAY, "Play"),
    };
    html! {
        <div class="embed-bar" role="region" aria-label="Playback">
            <h1 class="visually-hidden">{ heading(app) }</h1>
            { Tool::new(name, "Space", path, Action::TogglePlay, broken).show(app) }
            if steps {
                { Tool::new("Previous event", "←", icons::PREVIOUS, Action::PreviousEvent, broken).show(app) }
                { Tool::new("Next event", "→", icons::NEXT, Action::NextEvent, broken).show(app) }
            }
            { button(app, "Reset", icons::RESET, broken, App::reset) }
            if embed.mode == Mode::Edit {
                { Tool::new("Undo", "Ctrl+Z", icons::UNDO, Action::Undo, app.session().undo_name().is_none()).show(app) }
            }
            if embed.controls {
                { live(app, readout) }
                { speed(app) }
            }
            if embed.mode == Mode::Edit {
                { inspector_button(app) }
            }
            { full_page_link(app) }
        </div>
    }
}

fn button(app: &Handle, name: &'static str, path: &'static str, disabled: bool, act: fn(&App)) -> Html {
    let app = app.clone();
    let onclick = Callback::from(move |_: MouseEvent| act(&app));
    html! {
        <button type="button" class="icon-button" aria-label={name} title={name} {disabled} {onclick}>{ icon(path) }</button>
    }
}

/// Shows another part of a picture that does not fit: the frame itself does not scroll, as the wheel belongs to the page
/// around it.
fn page_button(app: &Handle, name: &'static str) -> Html {
    let path = if name == "Board" { icons::UP } else { icons::DOWN };
    let app = app.clone();
    let onclick = Callback::from(move |_: MouseEvent| app.turn_page());
    html! {
        <button type="button" class="page-button" title="Show another part of the picture" {onclick}>
            { name }{ icon(path) }
        </button>
    }
}

/// Opens the inspector as a sheet, where there is no room beside the picture.
fn inspector_button(app: &Handle) -> Html {
    let open = app.shown().sheet;
    let app = app.clone();
    let onclick = Callback::from(move |_: MouseEvent| app.show(|s| s.sheet = !s.sheet));
    html! {
        <button type="button" class="icon-button sheet-button" aria-label="Inspector" title="Inspector"
            aria-expanded={if open { "true" } else { "false" }} {onclick}>{ icon(icons::PANEL) }</button>
    }
}

/// A plain link to the full page with the scenario as it is now. Its address is brought up to date whenever it may be used,
/// not with every frame.
fn full_page_link(app: &Handle) -> Html {
    let renew = {
        let app = app.clone();
        move |target: Option<web_sys::EventTarget>| {
            if let Some(link) = target.and_then(|t| t.dyn_into::<HtmlElement>().ok()) {
                let _ = link.closest("a").map(|a| a.map(|a| a.set_attribute("href", &address(&app))));
            }
        }
    };
    let on_focus = renew.clone();
    let on_press = renew.clone();
    let onclick = {
        let app = app.clone();
        Callback::from(move |event: MouseEvent| {
            renew(event.target());
            open_full_page(&app, &event);
        })
    };
    html! {
        <a class="full-page" target="_blank" rel="noopener" href={address(app)} aria-label="Open full page" {onclick}
            onfocus={Callback::from(move |event: FocusEvent| on_focus(event.target()))}
            onpointerdown={Callback::from(move |event: PointerEvent| on_press(event.target()))}>
            <span><span class="full-page-open">{ "Open " }</span><span class="full-page-short">{ "full page" }</span></span>{ icon(icons::OUT) }
        </a>
    }
}

/// The address of the full page with what is shown now; of what cannot be opened, as it came.
fn address(app: &App) -> String {
    let fragment = if app.shown().broken.is_some() { None } else { links::present_fragment(app, true).ok() };
    full_page(&links::href(), &fragment.unwrap_or_else(links::fragment))
}

/// In a sandbox that forbids new windows a link does nothing, silently. So there the window is opened here, and where that
/// fails the address is shown for copying.
fn open_full_page(app: &App, event: &MouseEvent) {
    let sandboxed =
        js_sys::Reflect::get(&window(), &"origin".into()).is_ok_and(|o| o.as_string().as_deref() == Some("null"));
    if !sandboxed {
        return;
    }
    event.prevent_default();
    let address = address(app);
    let opened = window().open_with_url_and_target(&address, "_blank").ok().flatten();
    match opened {
        Some(opened) => {
            let _ = opened.set_opener(&wasm_bindgen::JsValue::NULL);
        }
        None => app.show(|s| {
            s.notice = Some("This frame may not open the full page itself; its address:".to_owned());
            s.to_copy = Some(address);
        }),
    }
}
