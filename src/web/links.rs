//! The page's address: following it, and changing it.

use std::rc::Rc;

use gilscope::scenario::link;
use gilscope::scenario::presets::Preset;
use gilscope::session::address::Address;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::app::App;
use super::window;

/// Where a scenario came from.
#[derive(Clone, Copy)]
pub(crate) enum Origin {
    /// One of the presets.
    Preset(&'static Preset),
    /// A link.
    Link,
}

/// What the page's address asks for now.
pub(crate) fn address() -> Address {
    Address::read(&window().location().href().unwrap_or_default())
}

fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// Opens what the address names whenever it changes.
pub(crate) fn follow(app: &Rc<App>) {
    let app = Rc::clone(app);
    let on_change = Closure::<dyn FnMut()>::new(move || app.open(address()));
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
        app.open(address());
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
