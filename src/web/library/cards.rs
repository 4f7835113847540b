//! The cards: what stands on them, and how keys and the pointer lead through them.

use gilscope::scenario::{json, presets};
use gilscope::scene::Rect;
use gilscope::session::library::{Library, finds, toward};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::{Shelf, card_at, keep};
use crate::web::app::Handle;
use crate::web::document;

/// What begins the key of a card of one's own.
const OWN: &str = "own-";

/// A scenario to choose.
pub(super) struct Card {
    /// The name of the preset, or of one's own [`OWN`] and its id.
    pub(super) key: String,
    title: String,
    says: String,
}

/// The id of one's own scenario, if that is what a card stands for.
pub(super) fn own_id(card: &str) -> Option<u64> {
    card.strip_prefix(OWN)?.parse().ok()
}

/// The key of the card of one's own scenario.
pub(super) fn key_of(id: u64) -> String {
    format!("{OWN}{id}")
}

/// Every card: one's own, then the presets.
pub(super) fn all(library: &Library) -> Vec<Card> {
    let own = library.own().iter().map(|own| {
        let says = json::from_str(&own.json).map_or("It cannot be opened here.".to_owned(), |s| s.texts.in_short);
        Card { key: key_of(own.id), title: own.name.clone(), says }
    });
    let of_preset = |preset: &presets::Preset| Card {
        key: preset.name.to_owned(),
        title: format!("{} · {}", preset.name, preset.title),
        says: preset.scenario().texts.in_short,
    };
    own.chain(presets::all().iter().map(of_preset)).collect()
}

impl Shelf {
    /// The cards that the search finds.
    pub(super) fn found(&self) -> impl Iterator<Item = &Card> {
        self.cards.iter().filter(|card| self.finds(card))
    }

    /// How many those are, for whoever does not see them come and go; nothing while nothing is searched for.
    pub(super) fn says_found(&self) -> String {
        match self.found().count() {
            _ if self.search.trim().is_empty() => String::new(),
            1 => "1 scenario found".to_owned(),
            n => format!("{n} scenarios found"),
        }
    }

    fn finds(&self, card: &Card) -> bool {
        finds(&self.search, &[&card.title, &card.says])
    }
}

/// A heading and the cards under it that the search finds.
pub(super) fn section<'a>(
    app: &Handle,
    shelf: &Shelf,
    heading: &'static str,
    cards: impl Iterator<Item = &'a Card>,
) -> Html {
    let cards: Vec<Html> = cards.filter(|card| shelf.finds(card)).map(|c| card(app, shelf, c)).collect();
    if cards.is_empty() {
        return Html::default();
    }
    html! {
        <section aria-label={heading}>
            <h3>{ heading }</h3>
            <ul class="cards">{ for cards }</ul>
        </section>
    }
}

fn card(app: &Handle, shelf: &Shelf, card: &Card) -> Html {
    let Card { key, title, says } = card;
    // The one that Tab leads to: the last that had the focus, if it is still there, else the first.
    let is_found = shelf.found().any(|c| c.key == shelf.active);
    let reached = if is_found { *key == shelf.active } else { shelf.found().next().is_some_and(|c| c.key == *key) };
    let open = {
        let (app, key) = (app.clone(), key.clone());
        Callback::from(move |_: MouseEvent| app.open_card(&key))
    };
    let play = {
        let (app, key) = (app.clone(), key.clone());
        Callback::from(move |_: PointerEvent| app.play_preview(Some(key.clone())))
    };
    let stop = {
        let app = app.clone();
        Callback::from(move |_: PointerEvent| app.play_preview(None))
    };
    let onfocus = {
        let (app, key) = (app.clone(), key.clone());
        Callback::from(move |_: FocusEvent| {
            app.play_preview(Some(key.clone()));
            app.show(|s| s.shelf.active.clone_from(&key));
        })
    };
    let id = own_id(key);
    html! {
        <li class="card" key={key.clone()} data-card={key.clone()} onpointerenter={play} onpointerleave={stop}>
            if let Some(id) = id.filter(|id| shelf.renaming == Some(*id)) {
                { keep::rename_field(app, id, title) }
            } else {
                <button type="button" class="card-open" tabindex={if reached { "0" } else { "-1" }} onclick={open} {onfocus}>
                    { title }
                </button>
            }
            <canvas data-of={key.clone()} aria-hidden="true" />
            if !says.is_empty() {
                <p class="card-says">{ says }</p>
            }
            if let Some(id) = id {
                { keep::tools(app, id, title) }
            }
        </li>
    }
}

/// Arrows lead from card to card, a letter goes into the search, Enter there opens the first that is found.
pub(super) fn keys(app: &Handle) -> Callback<KeyboardEvent> {
    let app = app.clone();
    Callback::from(move |event: KeyboardEvent| {
        let key = event.key();
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let Some(target) = event.target().and_then(|t| t.dyn_into::<HtmlElement>().ok()) else { return };
        if target.id() == "library-title" && key == "ArrowDown" {
            focus(&event, 0);
        } else if target.id() == "library-search" {
            match key.as_str() {
                "ArrowDown" => focus(&event, 0),
                "Enter" => {
                    let first = app.shown().shelf.found().next().map(|card| card.key.clone());
                    if let Some(first) = first {
                        event.prevent_default();
                        app.open_card(&first);
                    }
                }
                _ => {}
            }
        } else if target.class_name() == "card-open" {
            let id = card_at(Some(target.clone().into())).and_then(|card| own_id(&card));
            match (key.as_str(), id) {
                ("F2", Some(id)) => app.begin_rename(id),
                ("Delete", Some(id)) => app.delete_own(id),
                (" ", _) => {}
                // It is the key that leads here, and no letter to search for.
                ("/", _) => {
                    event.prevent_default();
                    app.show_search();
                }
                (letter, _) if letter.chars().count() == 1 => app.show_search(),
                (key, _) => go(&event, key, &target),
            }
        }
    })
}

fn opens() -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all("#library .card-open") else { return Vec::new() };
    (0..found.length()).filter_map(|i| found.get(i)?.dyn_into().ok()).collect()
}

fn go(event: &KeyboardEvent, key: &str, from: &HtmlElement) {
    let opens = opens();
    let place = |open: &HtmlElement| {
        let rect = open.get_bounding_client_rect();
        Rect::new(rect.x(), rect.y(), rect.width(), rect.height())
    };
    let places: Vec<Rect> = opens.iter().map(place).collect();
    let Some(now) = opens.iter().position(|open| open == from) else { return };
    let to = toward(&places, now, key);
    if to != now {
        focus(event, to);
    }
}

fn focus(event: &KeyboardEvent, to: usize) {
    if let Some(open) = opens().get(to) {
        event.prevent_default();
        let _ = open.focus();
    }
}
