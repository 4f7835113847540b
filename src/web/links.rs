//! The page's address: what it names when the page opens, and the link that *Share* copies.

use std::rc::Rc;

use gilscope::ids::ThreadId;
use gilscope::scenario::presets::Preset;
use gilscope::scenario::{Scenario, link, presets};
use gilscope::time::{Dur, Time};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::app::App;
use super::window;

/// The preset with which the page opens if its address names nothing.
pub(crate) const FIRST_PRESET: &str = "P1a";

/// Where a scenario came from.
#[derive(Clone, Copy)]
pub(crate) enum Origin {
    /// One of the presets.
    Preset(&'static Preset),
    /// A link.
    Link,
}

/// A link that cannot be opened.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Broken {
    /// Why.
    pub(crate) why: String,
    /// The fragment as it was, for copying.
    pub(crate) text: String,
}

/// What an address names.
pub(crate) enum Opened {
    /// A scenario.
    Scenario {
        scenario: Box<Scenario>,
        origin: Origin,
        /// Where the playhead stands.
        at: Option<Time>,
        /// Who is selected.
        thread: Option<ThreadId>,
    },
    /// Nothing that can be read.
    Broken(Broken),
}

impl Opened {
    fn preset(preset: &'static Preset) -> Self {
        let scenario = Box::new(preset.scenario());
        Self::Scenario { scenario, origin: Origin::Preset(preset), at: None, thread: None }
    }
}

/// What a fragment names: `s=gs1…` or `preset=G3`, with `t=12.4ms` and `sel=T2` beside it.
fn parse(fragment: &str) -> Opened {
    let broken = |why: String| Opened::Broken(Broken { why, text: fragment.to_owned() });
    let value = |key: &str| {
        let found = fragment.split('&').filter_map(|pair| pair.split_once('=')).find(|(k, _)| *k == key);
        found.map(|(_, value)| decoded(value))
    };
    let mut opened = match (value("s"), value("preset")) {
        (Some(text), _) => match link::decode(&text) {
            Ok(scenario) => {
                Opened::Scenario { scenario: Box::new(scenario), origin: Origin::Link, at: None, thread: None }
            }
            Err(error) => return broken(error.to_string()),
        },
        (None, Some(name)) => match presets::by_name(&name) {
            Some(preset) => Opened::preset(preset),
            None => return broken(format!("There is no preset named “{name}”")),
        },
        (None, None) if fragment.is_empty() => match presets::by_name(FIRST_PRESET) {
            Some(preset) => Opened::preset(preset),
            None => return broken(format!("There is no preset named “{FIRST_PRESET}”")),
        },
        (None, None) => return broken("It names neither a scenario (s=…) nor a preset (preset=…)".to_owned()),
    };
    if let Opened::Scenario { scenario, at, thread, .. } = &mut opened {
        *at = value("t").and_then(|t| t.parse::<Dur>().ok()).map(|d| Time::ZERO + d);
        *thread = value("sel").and_then(|name| scenario.threads().find(|(_, t)| t.name == name).map(|(_, t)| t.id));
    }
    opened
}

fn decoded(value: &str) -> String {
    js_sys::decode_uri_component(value).map_or_else(|_| value.to_owned(), String::from)
}

fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// What the page's address names now.
pub(crate) fn opened_at_start() -> Opened {
    parse(&fragment())
}

/// Opens what the address names whenever it changes.
pub(crate) fn follow(app: &Rc<App>) {
    let app = Rc::clone(app);
    let on_change = Closure::<dyn FnMut()>::new(move || app.open(parse(&fragment())));
    window().set_onhashchange(Some(on_change.as_ref().unchecked_ref()));
    on_change.forget();
}

/// Goes to a preset. What was changed before stays reachable by the browser's way back.
pub(crate) fn go_to_preset(app: &App, name: &str) {
    if app.shown().broken.is_none() && app.changed() {
        name_scenario(app);
    }
    let target = format!("preset={name}");
    if fragment() == target {
        app.open(parse(&target));
    } else {
        // The change of the address opens it.
        let _ = window().location().set_hash(&target);
    }
}

/// Leaves the error state for the scenario that was open before.
pub(crate) fn back_to_scenario(app: &App) {
    name_scenario(app);
    app.show(|s| s.broken = None);
    app.frame.ask_draw();
}

/// Makes the address name the scenario as it is, unless it is too large for a link.
fn name_scenario(app: &App) {
    if let Ok(text) = link::share(app.session().scenario()) {
        replace_fragment(&format!("s={text}"));
    }
}

/// Puts a fragment into the address without opening it. An address that cannot be changed (a sandboxed frame) is left.
fn replace_fragment(fragment: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("#{fragment}")));
    }
}

/// Copies the link to a fragment and says so; where the clipboard is out of reach, shows the link to copy by hand.
pub(crate) fn share(app: &App, fragment: &str) {
    replace_fragment(fragment);
    let location = window().location();
    let page = location.href().unwrap_or_default();
    let url = format!("{}#{fragment}", page.split('#').next().unwrap_or_default());
    let Some(app) = app.frame.app() else { return };
    spawn_local(async move {
        let copied = write_to_clipboard(&url).await;
        app.show(|s| {
            let length = url.chars().count();
            s.notice = Some(if copied {
                format!("Link copied · {length} characters")
            } else {
                format!("The link has {length} characters: copy it from the field")
            });
            s.to_copy = (!copied).then_some(url);
        });
    });
}

async fn write_to_clipboard(text: &str) -> bool {
    let navigator = window().navigator();
    // Absent where the page has no secure context, whatever its type says.
    let there = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|c| !c.is_undefined());
    there && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
