//! The page: what only a browser can do.
//!
//! [`App`](app::App) holds the one session, outside the virtual DOM. DOM events become actions for it; it performs the
//! effects. The canvas is painted by the [frame loop](frame); components render again when one of two [signals](signal)
//! says so: `structure` after every change, `clock` some ten times per second while it plays.
//!
//! To add a panel, write a component in [`inspector`] and name it in its tabs. Nothing here decides what a scenario does.

mod app;
mod autosave;
mod canvas;
mod change;
mod charts;
mod compare;
mod compare_paint;
mod compare_pair;
mod compare_points;
mod compare_sweep;
mod computing;
mod edges;
mod embed;
mod error;
mod events;
mod export;
mod field;
mod figures;
mod files;
mod format;
mod frame;
mod help;
mod hints;
mod icons;
mod inspector;
mod keys;
mod library;
mod links;
mod menu;
mod overlay;
mod page;
mod painter;
mod palette;
mod picture;
mod pointer;
mod present;
mod previews;
mod share;
mod shown;
mod signal;
mod size;
mod store;
mod story;
mod strips;
mod theme;
mod tiles;
mod toolbar;
mod touch;

use std::rc::Rc;

use app::App;
use gilscope::session::address::Names;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, HtmlElement, Window};

/// Replaces what stands in the page until it has started, and starts it.
pub(crate) fn start() {
    let address = links::address();
    let names_nothing = matches!(address.names, Names::Nothing);
    let app = App::new(address);
    theme::follow(&app);
    keys::listen(&app);
    present::follow(&app);
    links::follow(&app);
    files::follow(&app);
    autosave::follow(&app);
    embed::begin(&app);
    hints::begin(&app, names_nothing);
    let document = document();
    if let Some(fallback) = document.get_element_by_id("fallback") {
        fallback.remove();
    }
    let root = document.create_element("div").unwrap_throw();
    root.set_id("app");
    document.body().unwrap_throw().append_child(&root).unwrap_throw();
    yew::Renderer::<page::Page>::with_root_and_props(root, page::PageProps { app: app::Handle(Rc::clone(&app)) })
        .render();
}

/// Calls a method that a browser may not have, and may refuse at once or later: then the page does without.
fn ask(of: &JsValue, method: &str, argument: &JsValue) {
    let Ok(function) = Reflect::get(of, &method.into()).and_then(JsCast::dyn_into::<Function>) else { return };
    if let Ok(promise) = function.call1(of, argument).and_then(JsCast::dyn_into::<Promise>) {
        spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}

/// The window; the page runs nowhere else.
fn window() -> Window {
    web_sys::window().unwrap_throw()
}

/// The document; the page runs nowhere else.
fn document() -> Document {
    window().document().unwrap_throw()
}

/// The root element, which carries the theme and what tests wait for.
fn root() -> HtmlElement {
    document().document_element().unwrap_throw().unchecked_into()
}
