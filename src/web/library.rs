//! The library: presets and one's own scenarios as cards with small live pictures.

mod cards;
mod keep;

use gilscope::scenario::{Scenario, json, presets};
use gilscope::session::library::Library;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::app::{App, Handle};
use super::icons::{self, icon};
use super::{document, files, links, theme};
use cards::Card;

const ID: &str = "library";

/// Which request for the focus the dialog has followed.
const FOLLOWED: &str = "data-followed";

/// What the library shows, and one's own scenarios.
#[derive(Default)]
pub(crate) struct Shelf {
    library: Library,
    /// What can be chosen, while the library is open.
    cards: Vec<Card>,
    search: String,
    /// The card that Tab leads to.
    active: String,
    /// The one that is being given another name.
    renaming: Option<u64>,
    /// Under what name the open scenario would be saved.
    name: String,
    said: String,
    /// Where the focus goes once it is rendered, and how often it was sent somewhere.
    focus: (String, u32),
}

impl Shelf {
    fn send_focus(&mut self, selector: impl Into<String>) {
        self.focus = (selector.into(), self.focus.1 + 1);
    }

    /// The name of one's own scenario.
    pub(crate) fn name_of(&self, id: u64) -> &str {
        self.library.get(id).map_or("", |own| &own.name)
    }
}

impl App {
    /// Opens the library. It is modal: Esc closes it, and the focus goes back to where it was.
    pub(crate) fn open_library(&self) {
        let name = {
            let (session, shown) = (self.session(), self.shown());
            match shown.origin {
                links::Origin::Own(id) if shown.shelf.library.get(id).is_some() => shown.shelf.name_of(id).to_owned(),
                _ => shown.shelf.library.free_name(&session.scenario().title),
            }
        };
        self.show(|s| {
            let shelf = &mut s.shelf;
            shelf.cards = cards::all(&shelf.library);
            (shelf.name, shelf.renaming) = (name, None);
            shelf.search.clear();
            shelf.said.clear();
            // Where a finger would call up a keyboard of half the window, the heading gets the focus.
            let taps = theme::prefers("(pointer: coarse)");
            shelf.send_focus(if taps { "#library-title" } else { "#library-search" });
        });
        if let Some(dialog) = dialog().filter(|d| !d.open()) {
            let _ = dialog.show_modal();
        }
        self.read_own();
    }

    /// The scenario of a card: a preset, or one's own.
    pub(crate) fn scenario_of(&self, card: &str) -> Option<Scenario> {
        match cards::own_id(card) {
            None => presets::by_name(card).map(presets::Preset::scenario),
            Some(id) => json::from_str(&self.shown().shelf.library.get(id)?.json).ok(),
        }
    }

    /// Opens what a card stands for. What was changed before is one step back in the browser's history.
    fn open_card(&self, card: &str) {
        match (cards::own_id(card), self.scenario_of(card)) {
            (None, _) => links::go_to_preset(self, card),
            (Some(id), Some(scenario)) => {
                links::leave_way_back(self);
                self.open_own(scenario, id);
                links::name_scenario(self);
            }
            (Some(_), None) => {
                let why = "It cannot be opened: a newer version of gilscope made it, or it is damaged".to_owned();
                return self.show(|s| s.shelf.said = why);
            }
        }
        close();
    }
}

fn dialog() -> Option<HtmlDialogElement> {
    document().get_element_by_id(ID)?.dyn_into().ok()
}

/// Closes it, if it is open.
pub(crate) fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

/// The dialog; empty until it is opened.
pub(crate) fn library(app: &Handle) -> Html {
    let shown = app.shown();
    let shelf = &shown.shelf;
    let onclose = {
        let app = app.clone();
        Callback::from(move |event: Event| {
            // A chooser of files inside of it is closed, too, at times; and it may be open again by the time at which this is told.
            let of_dialog = event.target().is_some_and(|t| t.has_type::<HtmlDialogElement>());
            if of_dialog && !dialog().is_some_and(|d| d.open()) {
                app.play_preview(None);
                app.forget_previews(None);
                app.show(|s| s.shelf.cards.clear());
            }
        })
    };
    let onclick = Callback::from(|event: MouseEvent| {
        if event.target().is_some_and(|t| t.has_type::<HtmlDialogElement>()) {
            close();
        }
    });
    if !shelf.cards.is_empty() {
        app.paint_previews();
    }
    html! {
        <dialog id={ID} class="dialog library" aria-labelledby="library-title" {onclose} {onclick}
            data-focus={shelf.focus.0.clone()} data-number={shelf.focus.1.to_string()}>
            if !shelf.cards.is_empty() {
                <div class="dialog-body" onkeydown={cards::keys(app)}>
                    { head(app, shelf) }
                    { keep::own_part(app, shelf) }
                    { for presets::groups().into_iter().map(|(heading, group)| {
                        let first = group[0].name;
                        cards::section(app, shelf, heading, shelf.cards.iter().skip_while(|c| c.key != first).take(group.len()))
                    }) }
                    if shelf.found().next().is_none() {
                        <p class="muted">{ "Nothing is called that, and no text says it." }</p>
                    }
                </div>
            }
        </dialog>
    }
}

fn head(app: &Handle, shelf: &Shelf) -> Html {
    let oninput = {
        let app = app.clone();
        Callback::from(move |event: InputEvent| {
            let text = value(&event);
            app.show(|s| s.shelf.search = text);
        })
    };
    let onchange = {
        let app = app.clone();
        Callback::from(move |event: Event| {
            let input = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
            files::open(&app, input.and_then(|input| input.files()));
        })
    };
    html! {
        <div class="dialog-head">
            <h2 id="library-title" tabindex="-1">{ "Scenarios" }</h2>
            <input id="library-search" class="field-input" role="searchbox" aria-label="Search scenarios"
                placeholder="Search: deadlock, pool, GIL…" value={shelf.search.clone()} {oninput} />
            <label class="button share-open">
                { "Open file…" }
                <input class="visually-hidden" type="file" accept=".json,application/json" {onchange} />
            </label>
            <button type="button" class="icon-button" aria-label="Close" onclick={|_: MouseEvent| close()}>
                { icon(icons::DELETE) }
            </button>
        </div>
    }
}

/// What is in the field that an event came from.
fn value(event: &InputEvent) -> String {
    event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()).map(|i| i.value()).unwrap_or_default()
}

/// The card in which an element lies.
fn card_at(target: Option<web_sys::EventTarget>) -> Option<String> {
    let element: Element = target?.dyn_into().ok()?;
    element.closest("[data-card]").ok()??.get_attribute("data-card")
}

/// Sends the focus where it was asked to go, once.
pub(crate) fn follow() {
    let Some(dialog) = dialog().filter(|d| d.open()) else { return };
    let number = dialog.get_attribute("data-number");
    if dialog.get_attribute(FOLLOWED) == number {
        return;
    }
    let _ = dialog.set_attribute(FOLLOWED, &number.unwrap_or_default());
    let selector = dialog.get_attribute("data-focus").unwrap_or_default();
    if let Some(element) = dialog.query_selector(&selector).ok().flatten() {
        let _ = element.unchecked_into::<HtmlElement>().focus();
    }
}
