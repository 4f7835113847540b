//! Light or dark: what the system prefers, unless a choice was made on the page.

use std::rc::Rc;

use gilscope::scene::theme::Theme;
use wasm_bindgen::prelude::*;
use web_sys::Storage;

use super::app::App;
use super::{root, window};

const KEY: &str = "gilscope.theme";
/// The query for readers who want nothing to move by itself.
pub(crate) const LESS_MOTION: &str = "(prefers-reduced-motion: reduce)";
const DARK: &str = "(prefers-color-scheme: dark)";
const CONTRAST: &str = "(prefers-contrast: more)";

/// Which theme was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Choice {
    /// What the system prefers.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// Always high contrast.
    Contrast,
}

impl Choice {
    /// The choice kept by the browser, if it keeps any.
    pub(crate) fn load() -> Self {
        match storage().and_then(|s| s.get_item(KEY).ok().flatten()).as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            Some("contrast") => Self::Contrast,
            _ => Self::Auto,
        }
    }

    /// What the address of an embed asks for: it goes before what the browser keeps.
    pub(crate) const fn of(theme: Option<Theme>) -> Self {
        match theme {
            None => Self::Auto,
            Some(Theme::Light) => Self::Light,
            Some(Theme::Dark) => Self::Dark,
            Some(Theme::HighContrast) => Self::Contrast,
        }
    }

    /// Its name for people, and in the storage.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    /// The choice after this one.
    pub(crate) const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Contrast,
            Self::Contrast => Self::Auto,
        }
    }

    /// The theme it means now.
    pub(crate) fn theme(self) -> Theme {
        match self {
            Self::Light => Theme::Light,
            Self::Dark => Theme::Dark,
            Self::Contrast => Theme::HighContrast,
            Self::Auto if prefers(CONTRAST) => Theme::HighContrast,
            Self::Auto if prefers(DARK) => Theme::Dark,
            Self::Auto => Theme::Light,
        }
    }
}

/// Whether a media query fits.
pub(crate) fn prefers(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|m| m.matches())
}

/// The browser's storage; `None` where it is forbidden.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Chooses the next theme and keeps the choice if the browser lets it.
pub(crate) fn choose_next(app: &App) {
    let choice = app.shown().theme.next();
    if let Some(storage) = storage() {
        let _ = storage.set_item(KEY, choice.name());
    }
    app.show(|s| s.theme = choice);
    apply(app);
}

/// Shows the theme chosen, and follows the system's preferences from now on.
pub(crate) fn follow(app: &Rc<App>) {
    apply(app);
    for query in [DARK, CONTRAST] {
        let Some(media) = window().match_media(query).ok().flatten() else { continue };
        let app = Rc::clone(app);
        let on_change = Closure::<dyn FnMut()>::new(move || apply(&app));
        media.set_onchange(Some(on_change.as_ref().unchecked_ref()));
        on_change.forget();
        // The listener lives as long as the list: as long as the page.
        std::mem::forget(media);
    }
}

/// Names the theme for the style sheet, and draws in it.
fn apply(app: &App) {
    let name = match app.shown().theme.theme() {
        Theme::Light => "light",
        Theme::Dark => "dark",
        Theme::HighContrast => "contrast",
    };
    let _ = root().set_attribute("data-theme", name);
    app.frame.ask_draw();
}
