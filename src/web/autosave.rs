//! Keeping what is open in the browser, so that a reload loses nothing.
//!
//! The session storage belongs to the tab: a reload of the same address goes on from there. The local storage outlives the
//! tab: an address that names nothing opens what was open last. An embed keeps nothing.

use std::cell::RefCell;
use std::rc::Rc;

use gilscope::session::Session;
use gilscope::session::address::{Address, Names};
use gilscope::session::library::Trouble;
use gilscope::session::save::MAX_SAVE;
use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use web_sys::Storage;

use super::app::App;
use super::{document, links, window};

pub(super) const KEY: &str = "gilscope.session";

/// How long after the last change it is kept, in milliseconds: not while a slider is being moved.
const DELAY_MS: u32 = 400;

/// What is left to the history where a storage takes no more.
const LITTLE: usize = MAX_SAVE / 32;

/// What waits to be kept.
#[derive(Default)]
pub(crate) struct Autosave(RefCell<Option<Timeout>>);

impl Autosave {
    /// Something has changed that is worth keeping.
    pub(crate) fn ask(&self, app: &App) {
        let Some(app) = app.frame.app().filter(|app| app.embed.is_none()) else { return };
        *self.0.borrow_mut() = Some(Timeout::new(DELAY_MS, move || keep(&app)));
    }
}

/// What was kept, if it is what an address asks for.
pub(crate) struct Kept {
    /// As it was.
    pub(crate) session: Session,
    /// Whether this is another tab or address than the one that it was kept for.
    pub(crate) elsewhere: bool,
}

/// The browser's storage for the tab and for good; those that it has forbidden are missing.
pub(super) fn storages() -> [Option<Storage>; 2] {
    [window().session_storage(), window().local_storage()].map(|storage| storage.ok().flatten())
}

/// What was kept and is to be opened instead of what an address names.
///
/// # Errors
/// Why it cannot be opened, as a sentence.
pub(crate) fn find(address: &Address) -> Result<Option<Kept>, String> {
    if address.embed.is_some() || matches!(address.names, Names::Broken(_)) {
        return Ok(None);
    }
    let nothing_named = matches!(address.names, Names::Nothing);
    for (storage, of_tab) in storages().into_iter().zip([true, false]) {
        let Some(text) = storage.and_then(|s| s.get_item(KEY).ok().flatten()) else { continue };
        let (fragment, saved) = text.split_once('\n').unwrap_or_default();
        let same = of_tab && fragment == links::fragment();
        if same || nothing_named {
            let session = Session::restore(saved).map_err(|why| format!("{why}; it was left out."))?;
            return Ok(Some(Kept { session, elsewhere: !same }));
        }
    }
    Ok(None)
}

/// Keeps what is open, with as much of its history as the browser takes.
fn keep(app: &App) {
    if app.shown().broken.is_some() {
        return;
    }
    let fragment = links::fragment();
    let saved = |most: usize| format!("{fragment}\n{}", app.session().save(most));
    let text = saved(MAX_SAVE / 2);
    let mut trouble = Some(Trouble::Forbidden);
    for storage in storages().into_iter().flatten() {
        // What is too large or cannot be replaced must not come back as if it were the last state.
        if storage.set_item(KEY, &text).is_err() && storage.set_item(KEY, &saved(LITTLE)).is_err() {
            let _ = storage.remove_item(KEY);
            trouble = trouble.map(|_| Trouble::Full);
        } else {
            trouble = None;
        }
    }
    // Who has changed nothing loses nothing.
    if let Some(trouble) = trouble.filter(|_| app.edited()) {
        app.tell(trouble);
    }
}

/// Keeps what is open when the page goes away, from now on.
pub(crate) fn follow(app: &Rc<App>) {
    if app.embed.is_some() {
        return;
    }
    let app = Rc::clone(app);
    let on_leave = Closure::<dyn FnMut()>::new(move || keep(&app));
    let listener = on_leave.as_ref().unchecked_ref();
    window().add_event_listener_with_callback("pagehide", listener).unwrap_throw();
    // On a phone a page that is put aside may never hear that it goes.
    document().add_event_listener_with_callback("visibilitychange", listener).unwrap_throw();
    on_leave.forget();
}
