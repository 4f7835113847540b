//! The page's address: following it, and changing it.

use std::rc::Rc;

use gilscope::scenario::LinkError;
use gilscope::scenario::presets::Preset;
use gilscope::session::address::Address;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::app::App;
use super::window;

/// Where a scenario came from.
#[derive(Clone, Copy)]
pub(crate) enum Origin {
    /// One of the presets.
    Preset(&'static Preset),
    /// A link.
    Link,
    /// A file.
    File,
    /// One's own scenario with this id in the library.
    Own(u64),
    /// An empty page.
    New,
}

/// The page's address.
pub(crate) fn href() -> String {
    window().location().href().unwrap_or_default()
}

/// What the page's address asks for now.
pub(crate) fn address() -> Address {
    Address::read(&href())
}

/// What stands behind the `#` of the page's address.
pub(crate) fn fragment() -> String {
    href().split_once('#').map(|(_, fragment)| fragment.to_owned()).unwrap_or_default()
}

/// Opens what the address names whenever it changes.
pub(crate) fn follow(app: &Rc<App>) {
    let app = Rc::clone(app);
    let on_change = Closure::<dyn FnMut()>::new(move || {
        app.open(address());
    });
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

/// The fragment of what is open now, as short as it can be: a preset is named as long as it is unchanged. With `moment`,
/// with the playhead and the selected thread.
///
/// # Errors
/// It is too large for a link.
pub(crate) fn present_fragment(app: &App, moment: bool) -> Result<String, LinkError> {
    let unchanged = match app.shown().origin {
        Origin::Preset(preset) if !app.changed() => Some(preset),
        _ => None,
    };
    app.session().fragment(unchanged, moment)
}

/// Makes the address name the scenario as it is, and says whether it does; one that is too large for a link leaves it as it
/// was.
pub(crate) fn name_scenario(app: &App) -> bool {
    let fragment = app.session().fragment(None, false);
    if let Ok(fragment) = &fragment {
        replace_fragment(fragment);
    }
    fragment.is_ok()
}

/// Gives what is opened next an address of its own, so that the browser's way back leads to what is open now.
pub(crate) fn leave_way_back(app: &App) {
    name_scenario(app);
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some("#file"));
    }
}

/// Puts a fragment into the address without opening it. An address that cannot be changed (a sandboxed frame) is left.
pub(crate) fn replace_fragment(fragment: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("#{fragment}")));
    }
}

/// Puts a text on the clipboard; whether that could be done.
pub(crate) async fn write_to_clipboard(text: &str) -> bool {
    let navigator = window().navigator();
    // Absent where the page has no secure context, whatever its type says.
    let there = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|c| !c.is_undefined());
    there && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
